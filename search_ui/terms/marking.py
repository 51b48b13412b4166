"""Terms in the statements of an answer: the first time that one stands there, its meaning is a touch or a Tab away.

The words of a statement stay what was proven: elements are put around them, and what they mean stands after all
statements, where copying a statement does not take it along.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape

from kb.analysis import words
from kb.glossary.types import Meaning, Teller, Term, TermKind
from kb.labels import long_date
from kb.wording import say
from search_ui.markup import element, joined, text, ui_text

_TAG = re.compile(r"(<[^>]*>)")  # an attribute never holds ">": search_ui.markup escapes it
_STATEMENT, _STATEMENT_END = '<div class="statement"', "</div>"
_LINK, _LINK_END = "<a ", "</a>"  # the citation marks: nothing is marked there


def with_meanings(html: str, terms: Iterable[Term], cited: Collection[int], *, language: str) -> str:
    """The HTML of an answer with its terms marked, each once, and what they mean behind it.

    ``cited`` are the keys of the documents that the answer quotes.
    """
    marker = _Marker(terms, html, cited)
    marked = "".join(marker.pieces())
    meanings = (_explanation(number, *known, language=language) for number, known in enumerate(marker.used, 1))
    return marked + "".join(meanings)


class _Marker:
    """Goes through an answer from its first word to its last, and remembers which terms it has met."""

    def __init__(self, terms: Iterable[Term], html: str, cited: Collection[int]) -> None:
        self._parts = tuple(_parts(html))
        said = " ".join(part for part, is_said in self._parts if is_said)
        held, flat = set(words(said)), _flat(said)
        near = (term for term in terms if not term.hidden and held.issuperset(words(term.name)))
        clear = ((term, term.clear_meaning) for term in near)
        self._known = {
            term.name: (term, meaning)
            for term, meaning in clear
            if meaning and _flat(meaning.text) not in flat and _is_meant(term, meaning, cited)
        }
        names = sorted(self._known, key=len, reverse=True)
        self._names = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", re.IGNORECASE)
        self.used: list[tuple[Term, Meaning]] = []

    def pieces(self) -> Iterator[str]:
        """The parts of the answer in order, its statements with their terms marked."""
        for part, is_said in self._parts:
            yield self._marked(part) if is_said and self._known else text(part) if is_said else part

    def _marked(self, said: str) -> str:
        pieces, position = [], 0
        for found in self._names.finditer(said):
            known = self._known.get(found[0]) or self._known.get(found[0][:1].lower() + found[0][1:])
            if known and known not in self.used:
                self.used.append(known)
                pieces += [text(said[position : found.start()]), _mark(found[0], len(self.used))]
                position = found.end()
        return "".join((*pieces, text(said[position:])))


def _parts(html: str) -> Iterator[tuple[str, bool]]:
    """The HTML in parts, and of each whether it is words of a statement; those are plain text, all others HTML."""
    within = beside = False
    for part in _TAG.split(html):
        if part.startswith("<"):
            within = (within or part.startswith(_STATEMENT)) and part != _STATEMENT_END
            beside = (beside or part.startswith(_LINK)) and part != _LINK_END
        is_said = within and not beside and not part.startswith("<")
        yield (unescape(part) if is_said else part), is_said


def _is_meant(term: Term, meaning: Meaning, cited: Collection[int]) -> bool:
    """Whether a meaning holds for the words of these documents: one word may be a term in one text and everyday in
    another, as "forum" is.
    """
    if meaning.kind is TermKind.ACRONYM or meaning.teller is Teller.PERSON or len(words(term.name)) > 1:
        return True
    return any(place.document.key in cited for place in meaning.citations)


def _flat(said: str) -> str:
    return " ".join(words(said))


def _mark(said: str, number: int) -> str:
    return element("dfn", text(said), tabindex=0, aria_describedby=f"uitleg-{number}")


def _explanation(number: int, term: Term, meaning: Meaning, *, language: str) -> str:
    told_by = element("span", _told_by(meaning, language=language), class_="provenance")
    body = element("strong", text(term.name)), element("span", text(meaning.text)), told_by
    return element("div", *body, id=f"uitleg-{number}", role="tooltip", popover="manual", class_="explanation")


def _told_by(meaning: Meaning, *, language: str) -> str:
    if not meaning.citations:
        key = "by_person" if meaning.teller is Teller.PERSON else "by_list"
        return ui_text(f"terms.{key}", language)
    document = meaning.citations[0].document
    dated = long_date(document.info.date, language=language) if document.info.date else ""
    known = (part for part in (document.title, document.info.publisher, dated) if part)
    return text(say("ui.terms.from", language=language)) + " " + joined(known)
