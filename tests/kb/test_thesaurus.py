"""The words of the field, and those that people add."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.analysis import stem
from kb.errors import ThesaurusError
from kb.thesaurus import COMPILED, Concept, Label, Thesaurus, from_json, merged, shipped_concepts
from kb.thesaurus.__main__ import compiled
from kb.thesaurus.own import own_words
from kb.thesaurus.skos import concepts_in

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <urn:test:> .
:peer a skos:Concept ; skos:prefLabel "leescoach"@nl, "reading coach"@en ;
    skos:altLabel "leesbegeleider" ; skos:hiddenLabel "voorleesmeneer"@nl ; skos:related :raad .
:raad a skos:Concept ; skos:notation "RVL" ; skos:prefLabel "Raad voor Lezen"@nl .
"""


def terms(*words: str) -> dict[str, str]:
    """The terms of a question of these words."""
    return {stem(word): word for word in words}


def labels(thesaurus: Thesaurus, *words: str) -> set[str]:
    """What is looked for beside words."""
    return {expansion.label for expansion in thesaurus.expansions(terms(*words))}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with words that somebody added."""
    (tmp_path / "lezen.ttl").write_text(TURTLE, "utf8")
    return tmp_path


def test_what_ships_is_compiled_from_the_files_that_ship() -> None:
    """Who changes a Turtle file runs python -m kb.thesaurus."""
    assert list(shipped_concepts()) == compiled()


def test_every_shipped_acronym_names_a_public_source() -> None:
    """An acronym that nobody can check is not shipped."""
    text = (Path(__file__).parents[2] / "kb" / "thesaurus" / "acroniemen.ttl").read_text("utf8")

    assert text.count("dcterms:source <https://") == text.count("skos:notation") >= 50


def test_everyday_words_find_those_of_documents() -> None:
    """A parent says "baas" and "centen"; a document says "werkgever" and "leervergoeding"."""
    shipped = Thesaurus(shipped_concepts())

    assert "werkgever" in labels(shipped, "baas")
    assert "leervergoeding" in labels(shipped, "centen")


def test_hidden_words_are_not_looked_for(own: Path) -> None:
    """They are what people say: a document with such a word speaks of something else."""
    thesaurus = Thesaurus(concepts_in(own / "lezen.ttl"))

    assert labels(thesaurus, "voorleesmeneer") == {"leescoach", "leesbegeleider", "Raad voor Lezen"}
    assert labels(thesaurus, "leescoach") == {"leesbegeleider", "Raad voor Lezen"}


def test_a_long_label_takes_its_words_together() -> None:
    """Within "secundair onderwijs", "onderwijs" by itself means nothing else."""
    thesaurus = Thesaurus(
        [
            Concept(
                "a", (Label("secundair onderwijs", ("secundair", "onderwijs")), Label("middelbaar", ("middelbar",)))
            ),
            Concept("b", (Label("onderwijs", ("onderwijs",)), Label("school", ("school",)))),
        ]
    )

    assert labels(thesaurus, "secundair", "onderwijs") == {"middelbaar"}
    assert labels(thesaurus, "onderwijs") == {"school"}


def test_words_that_only_share_a_stem_are_not_the_same() -> None:
    """The word "gericht" is no "richting", and "opleiden" no "opleiding"."""
    thesaurus = Thesaurus([Concept("a", (Label("richting", (stem("richting"),)), Label("studie", ("studie",))))])

    assert stem("gericht") == stem("richting")
    assert labels(thesaurus, "gericht") == set()
    assert labels(thesaurus, "richtingen") == {"studie"}


def test_an_english_name_leads_to_the_dutch_one(own: Path) -> None:
    """Of English labels the Dutch preferred label is the translation."""
    thesaurus = Thesaurus(concepts_in(own / "lezen.ttl"))

    assert thesaurus.dutch_for([stem("what"), stem("reading"), stem("coach")], 1) == (2, "leescoach")
    assert thesaurus.dutch_for([stem("coach")], 0) is None


def test_people_add_labels_to_a_shipped_concept() -> None:
    """The same concept in two files is one."""
    both = merged([Concept("x", (Label("baas", ("baas",)),)), Concept("x", (Label("patron", ("patron",)),))])

    assert [label.text for label in both[0].labels] == ["baas", "patron"]


def test_own_words_are_compiled_once_and_again_when_they_change(own: Path) -> None:
    """Reading Turtle takes longer than answering: what was read is kept, as long as the files are the same."""
    first = own_words(own)
    kept = json.loads((own / COMPILED).read_text("utf8"))
    (own / "lezen.ttl").write_text(TURTLE.replace("RVL", "RVLB"), "utf8")
    changed = own_words(own)

    assert tuple(from_json(kept["concepts"])) == first.concepts
    assert own_words(own) == changed
    assert Thesaurus(first.concepts).acronyms() == {"RVL": "Raad voor Lezen"}
    assert Thesaurus(changed.concepts).acronyms() == {"RVLB": "Raad voor Lezen"}


def test_a_broken_file_is_named_and_the_rest_goes_on(own: Path) -> None:
    """A comma too many in one file takes nothing from the others."""
    (own / "stuk.ttl").write_text("dit is geen turtle", "utf8")

    found = own_words(own)

    assert found.unreadable == ("stuk.ttl",)
    assert len(found.concepts) == 2
    with pytest.raises(ThesaurusError):
        concepts_in(own / "stuk.ttl")


def test_without_a_folder_there_are_no_own_words(tmp_path: Path) -> None:
    """Most homes have none."""
    assert own_words(tmp_path / "thesaurus").concepts == ()
