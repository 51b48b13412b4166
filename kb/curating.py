"""What people decide about documents: what is known of them, and whether they answer.

A correction belongs to the document, not to a version of its file: it wins over all that is read, until it is
forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.acronyms import acronyms
from ingest.dates import spoken_date
from ingest.kinds import KINDS
from ingest.language import LANGUAGES
from ingest.levels import EDUCATION_LEVELS
from ingest.types import INFO_FIELDS, DocumentInfo, Finding, Findings, Origin
from kb.analysis import lexical_fields
from kb.catalogue import Catalogue
from kb.catalogue_reading import CatalogueReading
from kb.encoder import Encoder
from kb.errors import UsageError
from kb.home import Home
from kb.library import encoded, encoded_words, glossary_of, right_encoder, unknown_words, writing
from kb.progress import SILENCE, Progress
from kb.stored_vectors import Vectors
from kb.storing import Searchable
from kb.types import DocumentCard, State

MAX_CHARS = 500


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a document. A value of None says nothing, an empty one that there is none; of the fields
    in ``forget`` what was said before is taken back.
    """

    said: DocumentInfo = field(default_factory=DocumentInfo)
    forget: tuple[str, ...] = ()


def correct(
    home: Home,
    document_id: str,
    correction: Correction,
    *,
    encoder: Encoder | None = None,
    progress: Progress = SILENCE,
) -> DocumentCard:
    """Keep what a person says of a document, and search by it from now on; the document as it is then.

    Raises UsageError, and changes nothing, for an unknown document or field, and for a value that cannot be one: a
    date that is none, a level or language that is not known, a document that would replace itself.
    """
    home.require()
    with writing(home, progress) as catalogue:
        card = catalogue.current(document_id)
        changes = _checked(catalogue, card, correction)
        info = _after(catalogue, card, changes).info
        found_by = _searchable_under(catalogue, card, info, encoder)
        catalogue.correct(card.key, changes, found_by, _new_words(catalogue, info, encoder))
        return catalogue.card(card.key)


def withdraw(home: Home, document_ids: Sequence[str], *, progress: Progress = SILENCE) -> None:
    """Keep documents, and answer with them no longer. Raises UsageError, and changes nothing, when one is unknown."""
    home.require()
    with writing(home, progress) as catalogue:
        cards = [catalogue.current(document_id) for document_id in dict.fromkeys(document_ids)]
        for card in cards:
            if card.state is State.CURRENT:
                catalogue.withdraw(card.key)


def restore(
    home: Home, document_ids: Sequence[str], *, encoder: Encoder | None = None, progress: Progress = SILENCE
) -> None:
    """Answer with withdrawn documents again. Raises UsageError, and changes nothing, when one is unknown."""
    home.require()
    with writing(home, progress) as catalogue:
        cards = [catalogue.current(document_id) for document_id in dict.fromkeys(document_ids)]
        withdrawn = [card for card in cards if card.state is State.WITHDRAWN]
        progress.start([card.passage_count for card in withdrawn])
        for card in withdrawn:
            progress.begin(card.file_name)
            found_by = searchable(catalogue, card, card.info, right_encoder(catalogue, encoder))
            catalogue.restore(card.key, found_by, glossary_of(acronyms(catalogue.document(card.key))))
            progress.finish()


def _searchable_under(
    catalogue: Catalogue, card: DocumentCard, info: DocumentInfo, encoder: Encoder | None
) -> Searchable | None:
    """What makes a document findable under another title; None where it keeps its own, or answers no longer."""
    if info.title == card.info.title or card.state is not State.CURRENT:
        return None
    return searchable(catalogue, card, info, right_encoder(catalogue, encoder))


def _new_words(catalogue: Catalogue, info: DocumentInfo, encoder: Encoder | None) -> Mapping[str, Vectors]:
    """The vectors of the words of what is known that no document had."""
    unknown = unknown_words(catalogue, (), info)
    return encoded_words(right_encoder(catalogue, encoder), unknown) if unknown else {}


def searchable(catalogue: Catalogue, card: DocumentCard, info: DocumentInfo, encoder: Encoder) -> Searchable:
    """What makes the stored passages of a version findable, under what is known of it."""
    stored = catalogue.passages_of(card.key)
    passages = [one.passage for one in stored]
    passage_vectors, unit_vectors = encoded(encoder, info.title, passages)
    return Searchable(
        passage_keys=tuple(one.key for one in stored),
        fields=tuple(lexical_fields(passage, info) for passage in passages),
        passage_vectors=passage_vectors,
        unit_vectors=unit_vectors,
    )


def _after(catalogue: Catalogue, card: DocumentCard, changes: Mapping[str, str | None]) -> Findings:
    """What is known of a document once these changes to its corrections are made."""
    source = catalogue.source(card.key)
    kept = {name: finding for name, finding in catalogue.corrections(source).known() if name not in changes}
    said = {name: Finding(value, 1.0, Origin.PERSON) for name, value in changes.items() if value is not None}
    return Findings(**kept | said).over(catalogue.found(card.key))


# --- what can be said ------------------------------------------------------------------------------


def _checked(catalogue: Catalogue, card: DocumentCard, correction: Correction) -> dict[str, str | None]:
    """The changes to a document's corrections by field; None takes one back."""
    unknown = [name for name in correction.forget if name not in INFO_FIELDS]
    if unknown:
        raise UsageError("unknown_field", field=unknown[0], fields=", ".join(INFO_FIELDS))
    changes: dict[str, str | None] = dict.fromkeys(correction.forget)
    for name in INFO_FIELDS:
        said = getattr(correction.said, name)
        if said is not None:
            changes[name] = _value(catalogue, card, name, " ".join(said.split())[:MAX_CHARS])
    return changes


def problems(catalogue: CatalogueReading, card: DocumentCard, said: DocumentInfo) -> dict[str, UsageError]:
    """What is wrong with each value that a person says of a document, by field; nothing where all can be kept."""
    found = {}
    for name, value in ((name, getattr(said, name)) for name in INFO_FIELDS):
        try:
            _value(catalogue, card, name, " ".join((value or "").split()))
        except UsageError as error:
            found[name] = error
    return found


def _value(catalogue: CatalogueReading, card: DocumentCard, name: str, said: str) -> str:
    """A value as it is kept. Raises UsageError for one that cannot be."""
    if not said:
        return said
    if name == "date":
        return _date(said)
    if name in ("education_level", "language"):
        return _one_of(said, {"education_level": EDUCATION_LEVELS, "language": LANGUAGES}[name])
    if name == "kind":
        return said.lower() if said.lower() in KINDS else said
    if name == "replaced_by":
        return _successor(catalogue, card, said)
    return said


def _date(said: str) -> str:
    found = spoken_date(said)
    if found is None:
        raise UsageError("not_a_date", value=said)
    return found


def _one_of(said: str, known: Sequence[str]) -> str:
    if said.lower() not in known:
        raise UsageError("not_among", value=said, known=", ".join(known))
    return said.lower()


def _successor(catalogue: CatalogueReading, card: DocumentCard, said: str) -> str:
    """The id of the document that takes the place of another: one that is there, and that is not replaced by it."""
    seen, other = {card.id}, catalogue.current(said)
    while other.id not in seen:
        seen.add(other.id)
        following = other.findings.replaced_by
        if following is None or following.origin is not Origin.PERSON or not following.value:
            return said
        other = catalogue.current(following.value)
    raise UsageError("own_successor", document=card.id, other=said)
