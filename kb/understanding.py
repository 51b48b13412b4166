"""What a question means in this collection: the words that say the same there, from its glossary and the thesaurus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kb.acronyms import acronym_expansions
from kb.analysis import is_stop_word, words
from kb.catalogue import Catalogue
from kb.expansion import Expansion
from kb.question import Question, analyse
from kb.thesaurus import Thesaurus, shipped_concepts
from kb.thesaurus.own import own_words

MOST_EXPANSIONS = 40  # of one question: each asks the index


@dataclass(frozen=True, slots=True)
class _Words:
    """What was read of the collection's own words and the thesaurus, until the collection changes."""

    revision: int
    long_forms: Mapping[str, tuple[str, ...]]


class Understanding:
    """Reads questions for one catalogue; safe to share between threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        own = own_words(catalogue.home.thesaurus)
        self.unreadable = own.unreadable
        self._thesaurus = Thesaurus((*shipped_concepts(), *own.concepts))
        self._words = _Words(-1, {})

    def question(self, text: str, *, expand: bool = True) -> Question:
        """A question with other words for its terms; without ``expand`` by itself, to the letter."""
        question = analyse(text)
        if not expand:
            return question
        expansions = _distinct(self._expansions(question))
        return replace(question, expansions=tuple(expansions)[:MOST_EXPANSIONS])

    def _expansions(self, question: Question) -> Iterator[Expansion]:
        term_words = dict(zip(question.terms, question.term_words, strict=True))
        asked = [word for word in words(question.text) if not is_stop_word(word)]
        yield from acronym_expansions(term_words, asked, self._read().long_forms)
        yield from self._thesaurus.expansions(term_words)

    def _read(self) -> _Words:
        """The words of the collection as it is now."""
        now = self._catalogue.revision()
        if self._words.revision != now:
            self._words = _Words(now, self._long_forms())
        return self._words

    def _long_forms(self) -> dict[str, tuple[str, ...]]:
        """What acronyms stand for. What a document says of one wins from what the thesaurus says."""
        found: dict[str, tuple[str, ...]] = {}
        for _, entry in self._catalogue.glossary():
            found[entry.acronym] = tuple(dict.fromkeys((*found.get(entry.acronym, ()), entry.long_form)))
        return {acronym: (meaning,) for acronym, meaning in self._thesaurus.acronyms().items()} | found


def _distinct(expansions: Iterator[Expansion]) -> Iterator[Expansion]:
    """Each form of a term once, the first of them."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for one in expansions:
        if (one.term, one.stems) not in seen and one.stems != (one.term,):
            seen.add((one.term, one.stems))
            yield one
