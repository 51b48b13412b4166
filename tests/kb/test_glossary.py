"""Terms: what documents define, what the list says, and what people say of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.types import Passage, Span
from kb.catalogue import Catalogue
from kb.errors import UsageError
from kb.glossary.collecting import collect
from kb.glossary.defining import definitions
from kb.glossary.keeping import forget_term, hide_term, keep_term, problems
from kb.glossary.table import terms_csv
from kb.glossary.types import OwnTerm, Teller, Term, TermKind
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.testing import WordEncoder
from kb.thesaurus import Thesaurus, shipped_concepts

EARLIER = """# Nota over leren

Het Provinciaal Overlegforum (POF) bespreekt het aanbod.

Werkplekleren is een vorm van leren waarbij iemand het vak in een onderneming leert.
"""
LATER = """# Begrippen

- Werkplekleren: leren op een werkplek, begeleid door een mentor.
- CLW: centrum voor leren en werken
"""
MANIFEST = """
["earlier.md"]
title = "Nota over leren"
publisher = "Raad"
date = 2018

["later.md"]
title = "Begrippen"
publisher = "Dienst"
date = 2024
"""


def passage(*units: str, heading: str = "Kop") -> Passage:
    """A passage of these units, each on a line of its own."""
    text, spans = "\n".join(units), []
    for unit in units:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(unit)))
    return Passage("d", 0, len(text), text, headings=(heading,), units=tuple(spans))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Two notes that say what terms mean."""
    folder = tmp_path / "notes"
    folder.mkdir()
    for name, text in {"earlier.md": EARLIER, "later.md": LATER, "sources.toml": MANIFEST}.items():
        (folder / name).write_text(text, encoding="utf8")
    return folder


@pytest.fixture
def filled(home: Home, notes: Path) -> Home:
    """A home with the notes."""
    ingest(home, [notes], encoder=WordEncoder())
    return home


def terms_of(home: Home) -> dict[str, Term]:
    """All terms by name."""
    with Catalogue.open(home) as catalogue:
        return {term.name: term for term in collect(catalogue, Thesaurus(shipped_concepts()))}


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("Duaal leren is een leerweg waarbij school en werkplek samen opleiden.", "duaal leren"),
        ("Een leerwerkplek is de plaats waar een lerende het vak leert.", "leerwerkplek"),
        ("Het Provinciaal Overlegforum (POF) is het overleg waarin partners plannen.", "Provinciaal Overlegforum"),
        ("Onder mentor verstaan we de persoon die een lerende begeleidt.", "mentor"),
        ("Met stage wordt elke periode op een werkplek bedoeld.", "stage"),
        ("Een traject wordt hier omschreven als een reeks modules.", "traject"),
        ("3 VKS staat voor Vlaamse kwalificatiestructuur, de indeling in niveaus.", "VKS"),
    ],
)
def test_a_sentence_that_says_what_a_thing_is_defines_it(sentence: str, term: str) -> None:
    """Its name stands without article, and without the capital of the sentence."""
    assert [one.term for one in definitions([passage(sentence)])] == [term]


@pytest.mark.parametrize(
    "sentence",
    [
        "Duaal leren is een uitdaging voor scholen die klein zijn.",
        "Dit is een leerweg waarbij school en werkplek samen opleiden.",
        "Verder is de expertise van specialisten ingeschakeld, die voor het testen nodig was.",
        "Dat betekent een keuze die de leerling maakt.",
        "Werkplekleren: leren op een werkplek, begeleid door een mentor.",  # no list of terms
        "Is duaal leren een leerweg die bij mij past?",
    ],
)
def test_what_only_looks_like_a_definition_is_left_out(sentence: str) -> None:
    """A judgement, a sentence about something named before, a question: a list of terms with those is of no use."""
    assert definitions([passage(sentence)]) == ()


def test_under_a_heading_that_announces_terms_each_item_defines_one() -> None:
    """An acronym with its long form is told apart: its letters stand in order in what follows."""
    found = definitions(
        [
            passage(
                "Stage: een periode op een werkplek.",
                "CLB | centrum voor leerlingenbegeleiding | nota",
                "ABC | heel iets anders | nota",
                heading="2 Begrippenlijst",
            )
        ]
    )

    assert [(one.term, one.long_form) for one in found] == [
        ("stage", None),
        ("CLB", "centrum voor leerlingenbegeleiding"),
        ("ABC", None),
    ]


def test_definitions_stand_side_by_side_the_newest_first(filled: Home) -> None:
    """Each with the words of its document, and the place."""
    meanings = terms_of(filled)["werkplekleren"].meanings

    assert [(one.citations[0].document.title, one.text) for one in meanings] == [
        ("Begrippen", "Werkplekleren: leren op een werkplek, begeleid door een mentor."),
        ("Nota over leren", "Werkplekleren is een vorm van leren waarbij iemand het vak in een onderneming leert."),
    ]
    assert terms_of(filled)["werkplekleren"].clear_meaning is None  # they differ


def test_the_shipped_list_names_its_public_source(filled: Home) -> None:
    """A reader sees that no document of theirs says so."""
    (meaning,) = terms_of(filled)["VDAB"].meanings

    assert (meaning.teller, meaning.source) == (Teller.LIST, "https://www.vdab.be")


def test_what_a_person_says_wins_and_outlives_documents(filled: Home, notes: Path) -> None:
    """Also when a document that says otherwise is read anew."""
    keep_term(filled, OwnTerm("werkplekleren", TermKind.CONCEPT, "leren door te doen", "onze cursus"))
    (notes / "later.md").write_text(LATER + "\nNog een zin.\n", encoding="utf8")
    ingest(filled, [notes], encoder=WordEncoder())

    term = terms_of(filled)["werkplekleren"]
    assert [one.teller for one in term.meanings] == [Teller.PERSON, Teller.DOCUMENT, Teller.DOCUMENT]
    assert term.clear_meaning == term.meanings[0]

    forget_term(filled, "Werkplekleren")
    assert terms_of(filled)["werkplekleren"].told_by_person is None


def test_acronyms_of_people_and_of_lists_help_finding(filled: Home) -> None:
    """A question with the acronym looks for its long form; not any more for one that is hidden."""
    with KnowledgeBase.open(filled.path, encoder=WordEncoder()) as knowledge_base:

        def also_sought(question: str) -> set[str]:
            return {one.label for one in knowledge_base.ask(question).expansions}

        assert "centrum voor leren en werken" in also_sought("Wat doet het CLW?")
        keep_term(filled, OwnTerm("KZW", TermKind.ACRONYM, "vak in een onderneming"))
        assert "vak in een onderneming" in also_sought("Wat is KZW?")
        hide_term(filled, "CLW")
        assert "centrum voor leren en werken" not in also_sought("Wat doet het CLW?")
        assert next(term for term in knowledge_base.terms() if term.name == "CLW").hidden


def test_what_cannot_be_kept_says_which_field_and_why() -> None:
    """Empty, too long, or no acronym; nothing is kept then."""
    said = OwnTerm("provinciaal overleg", TermKind.ACRONYM, "", "x" * 301)

    assert {field: error.key for field, error in problems(said).items()} == {
        "name": "acronym_of_words",
        "meaning": "term_without_meaning",
        "source": "term_too_long",
    }
    with pytest.raises(UsageError):
        keep_term(Home(Path("/nowhere")), said)


def test_a_table_of_terms_holds_no_formula(filled: Home) -> None:
    """Whatever a person writes, a spreadsheet shows it and does not run it."""
    keep_term(filled, OwnTerm("=1+1", TermKind.CONCEPT, "@SUM(A1)"))

    table = terms_csv(terms_of(filled).values(), language="nl").decode("utf-8-sig")

    assert '"\'=1+1";"omschrijving";"\'@SUM(A1)"' in table
    assert '"werkplekleren";"omschrijving";"Werkplekleren: leren op een werkplek' in table
