"""What a term means, side by side: each in the words of who says so, with where it stands."""

from __future__ import annotations

from ingest.types import Span
from kb.glossary.types import Meaning, Teller, Term
from kb.labels import document_language, origin, page_labels
from kb.types import Citation
from kb.wording import say
from search_ui.markup import element, hidden, joined, text, ui_count, ui_text
from search_ui.source.addresses import source_address

MOST_PLACES = 3  # of one meaning, before the others are only counted


def render_meanings(term: Term, *, language: str) -> str:
    """All meanings of a term, in their order."""
    if not term.meanings:
        return ""
    cards = (element("li", _meaning(one, language=language)) for one in term.meanings)
    return element("ul", *cards, class_="meanings")


def _meaning(meaning: Meaning, *, language: str) -> str:
    told_by = _told_by(meaning, language=language)
    if not meaning.citations:
        return element("p", text(meaning.text)) + told_by
    spoken = document_language(meaning.citations[0].document, language=language)
    words = element("p", text(meaning.text), class_="verbatim", lang=spoken)
    places = "".join(_place(one, language=language) for one in meaning.citations[:MOST_PLACES])
    more = len(meaning.citations) - MOST_PLACES
    rest = element("p", text(ui_count("terms.more", more, language=language)), class_="soft") if more > 0 else ""
    return words + places + rest + told_by


def _place(citation: Citation, *, language: str) -> str:
    document, span = citation.document, Span(citation.start, citation.end)
    title = element("cite", text(document.title), lang=document_language(document, language=language))
    known = (*origin(document, language=language), *page_labels(document, (span,), language=language))
    label = ui_text("show", language) + hidden(f" ({document.title})")
    address = source_address(citation.stored, (span,), language=language)
    link = element("a", label, href=address, aria_haspopup="dialog", data_source="")
    return element(
        "p", title, joined(("", *known)), element("span", " · ", link, class_="on-screen"), class_="provenance"
    )


def _told_by(meaning: Meaning, *, language: str) -> str:
    """Who says so where no document does, or who says so too."""
    if meaning.teller is Teller.PERSON:
        key = "by_person_from" if meaning.source else "by_person"
        said = say(f"ui.terms.{key}", language=language, source=meaning.source)
        return element("p", text(said), class_="provenance")
    if meaning.teller is Teller.LIST or meaning.source:
        return element("p", ui_text("terms.by_list", language), _web_link(meaning.source), class_="provenance")
    return ""


def _web_link(source: str) -> str:
    """The public source of the list; only an address of the web becomes a link."""
    if not source.startswith(("https://", "http://")):
        return ""
    return " · " + element("a", text(source.split("//", 1)[1]), href=source, rel="noreferrer noopener")
