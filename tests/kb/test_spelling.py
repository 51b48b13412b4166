"""Typing errors, spoken spelling, and words that only look wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kb.question import QuestionKind, analyse
from kb.spelling import Spelling

VOCABULARY = frozenset("leerling werkplek overeenkomst werkt migratie contact contract vlaanderen klein".split())


def known(words: Sequence[str]) -> set[str]:
    """Which words the collection has."""
    return VOCABULARY.intersection(words)


def words_beginning(beginnings: Sequence[str]) -> list[str]:
    """The words of the collection that begin so."""
    return [word for word in VOCABULARY if word.startswith(tuple(beginnings))]


SPELLING = Spelling(known, words_beginning)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Hoevel uur wertk een leerlign?", "Hoeveel uur werkt een leerling?"),
        ("waneer start de overeenkmost", "wanneer start de overeenkomst"),
        ("WELK CONTARCT", "WELK contract"),
        ("wa is een werkplek", "wat is een werkplek"),
        ("Hoelang duurt dat?", "Hoe lang duurt dat?"),
        ("Wat doet Vlaandern?", "Wat doet Vlaanderen?"),
    ],
)
def test_an_unknown_word_becomes_the_nearest_known_one(written: str, read: str) -> None:
    """Words that ask first, then those of the collection; capitals stay where they tell nothing."""
    assert SPELLING.corrected(written)[0].lower() == read.lower()


@pytest.mark.parametrize(
    "written",
    [
        "Wat helpt tegen migraine?",  # Dutch, though near a word of the collection
        "Hoeveel boorbedrijven zijn er?",  # made of Dutch words
        "Wie is Klien?",  # a name
        "Wat doet de WERKPLK?",  # an acronym, for all we know
        "Wat is xyzzyq?",  # near nothing
        "Mag dat om 24u in 2021?",
    ],
)
def test_a_word_that_may_be_right_is_left_alone(written: str) -> None:
    """A wrong correction is worse than none."""
    assert SPELLING.corrected(written) == (written, ())


def test_what_was_put_right_is_said() -> None:
    """With the word as it was written."""
    _, found = SPELLING.corrected("een leerlign")

    assert [(one.word, one.label, one.kind.value) for one in found] == [("leerlign", "leerling", "spelling")]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Hoevel leerlingen?", QuestionKind.NUMBER),
        ("waneer start het", QuestionKind.DATE),
        ("warom niet", QuestionKind.WHY),
    ],
)
def test_a_misspelt_question_word_still_asks(written: str, kind: QuestionKind) -> None:
    """The kind of question decides what an answer looks like."""
    assert analyse(SPELLING.corrected(written)[0]).kind is kind
