"""What people decide about documents: their word wins, outlives the file, and is searched at once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ingest.types import DocumentInfo, Finding, Origin
from kb.analysis import stems
from kb.catalogue import Catalogue
from kb.curating import Correction, correct, restore, withdraw
from kb.errors import UsageError
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.lexical_index import any_of
from kb.library import ingest, reencode, remove
from kb.testing import WordEncoder
from kb.types import DocumentCard, Filters, Outcome, State, Status
from kb.vector_index import VectorIndex

ADVICE = "# Advies over het plan\n\nDe raad geeft advies over het plan.\n\nHet plan telt drie delen.\n"
QUESTION = "Keurt de minister de begroting goed?"
NOTE = "# Nota over geld\n\nDe minister keurt de begroting goed.\n"


@pytest.fixture
def folder(home: Home, tmp_path: Path, encoder: WordEncoder) -> Path:
    """A folder with an advice and a note, which are in the home."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "advies.md").write_text(ADVICE)
    (made / "nota.md").write_text(NOTE)
    ingest(home, [made], encoder=encoder)
    return made


def said(**values: str) -> Correction:
    """A correction of some fields."""
    return Correction(DocumentInfo(**values))


def card(home: Home, document_id: str = "nota") -> DocumentCard:
    """A document as the catalogue has it."""
    with Catalogue.open(home) as catalogue:
        return catalogue.current(document_id)


def found_by_words(home: Home, word: str) -> set[str]:
    """The documents that the lexical index finds."""
    with Catalogue.open(home) as catalogue:
        keys = [key for key, _ in catalogue.lexical_search(any_of(stems(word)), limit=9)]
        return {stored.document.id for stored in catalogue.passages(keys).values()}


def similarity(home: Home, words: str, document_id: str = "nota") -> float:
    """How near the vector index finds a document to a question: the cosine of its best passage."""
    index = VectorIndex(home.vectors)
    with Catalogue.open(home) as catalogue:
        own = {stored.key for stored in catalogue.passages_of(catalogue.current(document_id).key)}
        assert index.is_up_to_date(catalogue)
        found = index.search(WordEncoder().encode_question(words), 9)
        mine = [value for key, value in found if own.intersection(catalogue.passages_of_vectors([key]))]
    index.close()
    return max(mine, default=0.0)


def test_what_a_person_says_wins(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """It is certain, it says where it comes from, and the rest is as it was found."""
    before = card(home)
    after = correct(home, "nota", said(date="2 juli 2018", publisher=" Leerhuis  Noord "), encoder=encoder)

    assert after == card(home)
    assert after.info.date == "2018-07-02"
    assert after.findings.publisher == Finding("Leerhuis Noord", 1.0, Origin.PERSON)
    assert (after.findings.title, after.findings.kind) == (before.findings.title, before.findings.kind)


def test_filters_follow_a_correction(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """What is chosen by year, publisher, region or level is what a person said."""
    correction = said(date="2018", publisher="Leerhuis", region="Gent", education_level="Hoger", kind="NOTA")
    correct(home, "nota", correction, encoder=encoder)

    with Catalogue.open(home) as catalogue:
        for filters in (
            Filters(first_year=2018, last_year=2018),
            Filters(publishers=("Leerhuis",)),
            Filters(regions=("Gent",)),
            Filters(education_levels=("hoger",)),
        ):
            assert [document.id for document in catalogue.documents(filters)] == ["nota"]
        facets = catalogue.facets()
    assert (facets.regions, facets.education_levels) == ((("Gent", 1),), (("hoger", 1),))
    assert dict(facets.kinds) == {"advies": 1, "nota": 1}


def test_another_title_is_searched_at_once(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """By its words and by its meaning: catalogue, lexical index and vector index agree."""
    keys = _keys(home)
    similar = similarity(home, "zwaluwen")
    encoder.encoded.clear()
    correct(home, "nota", said(title="Zwaluwen"), encoder=encoder)

    assert found_by_words(home, "zwaluwen") == {"nota"}
    assert similar == 0
    assert similarity(home, "zwaluwen") > 0.2
    assert _keys(home) == keys
    assert all("advies" not in text for text in encoder.encoded)


def _keys(home: Home) -> set[int]:
    with Catalogue.open(home) as catalogue:
        return catalogue.passage_keys()


def test_what_is_not_searched_needs_no_encoder(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """A date is corrected in a moment: nothing is embedded anew; of a publisher only the words that are new."""
    encoder.encoded.clear()
    correct(home, "nota", said(date="2018"), encoder=encoder)
    of_a_date = list(encoder.encoded)
    correct(home, "nota", said(publisher="Minister Zwaluw"), encoder=encoder)

    assert of_a_date == []
    assert encoder.encoded == ["zwaluw"]


def test_a_correction_outlives_a_new_version_of_the_file(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """And a changed sources.toml, and another encoder; the new version is found under the corrected title."""
    correct(home, "nota", said(title="Zwaluwen", date="2018"), encoder=encoder)
    (folder / "nota.md").write_text(NOTE.replace("begroting", "rekening"))
    ingest(home, [folder], encoder=encoder)
    (folder / "sources.toml").write_text('["nota.md"]\ntitle = "Anders"\ndate = 2020\nregion = "Gent"\n')
    report = ingest(home, [folder], encoder=encoder)
    reencode(home, WordEncoder(name="shorter", dimension=256))

    info = card(home).info
    assert [file.outcome for file in report.files] == [Outcome.UNCHANGED, Outcome.REPLACED]
    assert (info.title, info.date, info.region) == ("Zwaluwen", "2018", "Gent")
    assert found_by_words(home, "zwaluwen") == found_by_words(home, "rekening") == {"nota"}
    assert found_by_words(home, "anders") == set()


def test_what_was_said_can_be_taken_back(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """What was found comes to light again, and is searched again."""
    before = card(home)
    correct(home, "nota", said(title="Zwaluwen", date="2018"), encoder=encoder)
    after = correct(home, "nota", Correction(forget=("title", "date")), encoder=encoder)

    assert after.findings == before.findings
    assert (found_by_words(home, "zwaluwen"), found_by_words(home, "geld")) == (set(), {"nota"})


def test_a_wrong_value_can_be_taken_away(home: Home, folder: Path) -> None:
    """A person may know that there is none, without knowing a better one; filters know it too."""
    after = correct(home, "nota", said(kind=""))

    assert after.info.kind is None
    assert after.findings.kind == Finding("", 1.0, Origin.PERSON)
    with Catalogue.open(home) as catalogue:
        assert catalogue.documents(Filters(kinds=("nota",))) == ()


@pytest.mark.parametrize(
    ("correction", "key"),
    [
        (said(date="gisteren"), "not_a_date"),
        (said(date="2018-02-31"), "not_a_date"),
        (said(education_level="kleuter"), "not_among"),
        (said(language="klingon"), "not_among"),
        (said(replaced_by="onbekend"), "unknown_document"),
        (said(replaced_by="nota"), "own_successor"),
        (Correction(forget=("colour",)), "unknown_field"),
    ],
)
def test_what_cannot_be_is_refused(home: Home, folder: Path, correction: Correction, key: str) -> None:
    """The error names it, and nothing has changed."""
    before = card(home)
    with pytest.raises(UsageError) as caught:
        correct(home, "nota", correction)

    assert caught.value.key == key
    assert card(home) == before


def test_two_documents_do_not_replace_each_other(home: Home, folder: Path) -> None:
    """A chain of successors ends somewhere."""
    correct(home, "nota", said(replaced_by="advies"))

    with pytest.raises(UsageError) as caught:
        correct(home, "advies", said(replaced_by="nota"))
    assert caught.value.key == "own_successor"


def test_an_unknown_document_cannot_be_corrected(home: Home, folder: Path) -> None:
    """A typing error is named."""
    with pytest.raises(UsageError) as caught:
        correct(home, "notta", said(title="Anders"))

    assert caught.value.values == {"document": "notta"}


def test_removal_takes_the_corrections_along(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """Of what a person said of a removed document, or of its place in a chain, nothing stays."""
    correct(home, "nota", said(publisher="Zwaluwhuis"), encoder=encoder)
    correct(home, "advies", said(replaced_by="nota"))
    remove(home, ["nota"])

    assert card(home, "advies").info.replaced_by is None
    with sqlite3.connect(home.catalogue) as catalogue:
        assert catalogue.execute("SELECT count(*) FROM corrections").fetchone() == (0,)


def test_a_withdrawn_document_does_not_answer(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """It is kept, can be read by its key, and is found by nothing, also by who has the collection open."""
    with KnowledgeBase.open(home.path, encoder=encoder) as knowledge_base:
        before = knowledge_base.ask(QUESTION)
        withdraw(home, ["nota"])
        after = knowledge_base.ask(QUESTION)
        listed = [document.id for document in knowledge_base.documents()]

    assert (before.status, after.status) == (Status.FOUND, Status.NOT_FOUND)
    assert {hit.document.id for hit in after.hits} <= {"advies"}
    assert listed == ["advies"]
    assert card(home).state is State.WITHDRAWN
    assert found_by_words(home, "begroting") == set()


def test_an_index_that_lags_does_not_bring_it_back(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """What the vector index still holds of a withdrawn document is not shown."""
    with KnowledgeBase.open(home.path, encoder=encoder) as knowledge_base:
        with Catalogue.open(home, create=True) as catalogue:
            catalogue.withdraw(catalogue.current("nota").key)
        answer = knowledge_base.ask(QUESTION)

    assert {hit.document.id for hit in answer.hits} <= {"advies"}


def test_an_ingest_brings_no_withdrawn_document_back(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """Neither unchanged nor changed; the report says why."""
    withdraw(home, ["nota"])
    (folder / "nota.md").write_text(NOTE.replace("begroting", "rekening"))
    report = ingest(home, [folder], encoder=encoder)

    assert [(file.outcome, file.document_id) for file in report.files] == [
        (Outcome.UNCHANGED, "advies"),
        (Outcome.WITHDRAWN, "nota"),
    ]
    assert card(home).state is State.WITHDRAWN


def test_a_restored_document_answers_as_before(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """By words and vectors, under its corrected title; the next ingest brings it up to date."""
    keys = _keys(home)
    withdraw(home, ["nota", "nota"])
    correct(home, "nota", said(title="Zwaluwen"), encoder=encoder)
    restore(home, ["nota", "advies"], encoder=encoder)

    assert card(home).state is State.CURRENT
    assert _keys(home) == keys
    assert found_by_words(home, "zwaluwen") == found_by_words(home, "begroting") == {"nota"}
    assert similarity(home, "begroting zwaluwen") > 0.2
    (folder / "nota.md").write_text(NOTE.replace("begroting", "rekening"))
    assert ingest(home, [folder], encoder=encoder).files[1].outcome is Outcome.REPLACED


def test_a_restored_document_explains_its_acronyms_again(home: Home, tmp_path: Path, encoder: WordEncoder) -> None:
    """The glossary goes with a withdrawn document and comes back with it."""
    source = tmp_path / "nota.md"
    source.write_text("# Nota\n\nDe Vlaamse Onderwijsraad (VLOR) geeft advies.\n")
    ingest(home, [source], encoder=encoder)
    with Catalogue.open(home) as catalogue:
        before = catalogue.glossary()
    withdraw(home, ["nota"])
    with Catalogue.open(home) as catalogue:
        meanwhile = catalogue.glossary()
    restore(home, ["nota"], encoder=encoder)

    with Catalogue.open(home) as catalogue:
        assert (catalogue.glossary(), meanwhile) == (before, ())


def test_who_cites_a_replaced_document_says_so(home: Home, folder: Path, encoder: WordEncoder) -> None:
    """A warning names both; the document still answers, and the warning goes with the correction."""
    correct(home, "nota", said(replaced_by="advies"))
    with KnowledgeBase.open(home.path, encoder=encoder) as knowledge_base:
        warned = knowledge_base.ask(QUESTION)
        correct(home, "nota", Correction(forget=("replaced_by",)))
        unwarned = knowledge_base.ask(QUESTION)

    assert (warned.status, unwarned.status) == (Status.FOUND, Status.FOUND)
    assert [(notice.key, dict(notice.values)) for notice in warned.warnings] == [
        (
            "replaced",
            {
                "document": "Nota over geld",
                "by": "Advies over het plan",
                "document_id": "nota",
                "by_id": "advies",
            },
        )
    ]
    assert unwarned.warnings == ()
