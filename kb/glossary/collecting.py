"""All terms of a collection: what its documents say they mean, what the shipped list says, and what people say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingest.types import Span
from kb.analysis import stems
from kb.catalogue_reading import CatalogueReading
from kb.glossary.types import Meaning, OwnTerm, Teller, Term, TermKind, folded
from kb.thesaurus import Thesaurus
from kb.types import Citation, StoredPassage

Found = tuple[str, Meaning]  # a term as it is written, and one meaning of it
_FIRST = (Teller.PERSON, Teller.DOCUMENT, Teller.LIST)


def collect(catalogue: CatalogueReading, thesaurus: Thesaurus) -> tuple[Term, ...]:
    """Every term once, by name; hidden ones too."""
    own = {folded(one.name): one for one in catalogue.own_terms()}
    written: dict[str, dict[str, list[Meaning]]] = {}  # by folded name, then as it is written
    for name, meaning in (*_said(own.values()), *_found_in(catalogue), *_listed(thesaurus)):
        written.setdefault(folded(name), {}).setdefault(name, []).append(meaning)
    for key, one in own.items():
        if one.is_hidden:
            written.setdefault(key, {one.name: []})
    terms = (_term(names, hidden=key in own and own[key].is_hidden) for key, names in written.items())
    return tuple(sorted(terms, key=lambda term: (folded(term.name), term.name)))


def holds(term: Term, wanted: str) -> bool:
    """Whether these words stand in the name of a term or in what it means, in capitals or not."""
    return folded(wanted) in folded(" ".join((term.name, *(meaning.text for meaning in term.meanings))))


def long_forms(catalogue: CatalogueReading, thesaurus: Thesaurus) -> dict[str, tuple[str, ...]]:
    """What acronyms stand for, the likeliest first: what people say, else documents, else the thesaurus. A hidden one
    stands for nothing.
    """
    found: dict[str, tuple[str, ...]] = {}
    for acronym, long_form in _of_documents(catalogue):
        found[acronym] = tuple(dict.fromkeys((*found.get(acronym, ()), long_form)))
    known = {acronym: (meaning,) for acronym, meaning in thesaurus.acronyms().items()} | found
    own = {folded(one.name): one for one in catalogue.own_terms()}
    kept = {acronym: meanings for acronym, meanings in known.items() if folded(acronym) not in own}
    said = {one.name: (one.meaning,) for one in own.values() if one.kind is TermKind.ACRONYM and not one.is_hidden}
    return kept | said


def _of_documents(catalogue: CatalogueReading) -> Iterator[tuple[str, str]]:
    for _, entry in catalogue.glossary():
        yield entry.acronym, entry.long_form
    for _, found in catalogue.definitions():
        if found.long_form:
            yield found.term, found.long_form


def _said(own: Iterable[OwnTerm]) -> Iterator[Found]:
    for one in own:
        if not one.is_hidden:
            yield one.name, Meaning(one.kind, one.meaning, Teller.PERSON, source=one.source)


def _listed(thesaurus: Thesaurus) -> Iterator[Found]:
    for acronym, concept in thesaurus.acronym_concepts().items():
        yield acronym, Meaning(TermKind.ACRONYM, concept.labels[0].text, Teller.LIST, source=concept.source)


def _found_in(catalogue: CatalogueReading) -> Iterator[Found]:
    """What documents say, the newest first."""
    places = [
        (key, Span(entry.start, entry.end), entry.acronym, entry.long_form) for key, entry in catalogue.glossary()
    ]
    places += [(key, one.span, one.term, one.long_form or "") for key, one in catalogue.definitions()]
    passages = catalogue.passages_at((key, span.start) for key, span, _, _ in places)
    found = (
        (name, _meaning(passages[key, span.start], span, long_form))
        for key, span, name, long_form in places
        if (key, span.start) in passages
    )
    return iter(sorted(found, key=lambda one: one[1].citations[0].document.info.date or "", reverse=True))


def _meaning(stored: StoredPassage, span: Span, long_form: str) -> Meaning:
    citation = Citation(stored, span.start, min(span.end, stored.passage.end))
    if long_form:
        return Meaning(TermKind.ACRONYM, long_form, Teller.DOCUMENT, (citation,))
    return Meaning(TermKind.CONCEPT, " ".join(citation.quote.split()), Teller.DOCUMENT, (citation,))


def _term(written: Mapping[str, list[Meaning]], *, hidden: bool) -> Term:
    """One term of all that is said of it; it is written as whoever says it first writes it, and as most do."""
    name = next(iter(written)) if len(written) == 1 else max(written, key=lambda one: _weight(written[one]))
    meanings = _merged(meaning for said in written.values() for meaning in said)
    return Term(name, tuple(sorted(meanings, key=lambda one: _FIRST.index(one.teller))), hidden)


def _weight(said: Iterable[Meaning]) -> tuple[bool, int]:
    meanings = list(said)
    return any(one.teller is Teller.PERSON for one in meanings), len(meanings)


def _merged(meanings: Iterable[Meaning]) -> list[Meaning]:
    """Those that say the same as one, with all their places; an address of the list stays with it."""
    merged: dict[tuple[TermKind, str], Meaning] = {}
    for one in meanings:
        key = one.kind, "".join(stems(one.text))
        known = merged.setdefault(key, one)
        if known is not one:
            places, source = known.citations + one.citations, known.source or one.source
            merged[key] = replace(known, citations=places, source=source)
    return list(merged.values())
