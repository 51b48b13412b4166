"""Sentences of Dutch policy texts."""

from __future__ import annotations

import pytest

from ingest.sentences import sentences


def split(text: str) -> list[str]:
    """The sentences as text."""
    return [text[span.start : span.end] for span in sentences(text)]


def test_a_text_is_cut_at_full_stops_and_question_marks() -> None:
    """Sentences come in order, without the white space between them."""
    assert split("De school belt.  Wat nu? Het bedrijf wacht.") == ["De school belt.", "Wat nu?", "Het bedrijf wacht."]


@pytest.mark.parametrize(
    "text",
    [
        "De raad kijkt o.a. naar Gent en naar Brugge.",
        "Zie art. 12 i.f.v. de opstart van het traject.",
        "De school overlegt m.b.t. de stage met het bedrijf.",
        "Het bedrag is 3.5 euro per uur.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(text: str) -> None:
    """Policy texts are full of abbreviations that end in a full stop."""
    assert split(text) == [text]


def test_an_opening_quote_stays_with_its_sentence() -> None:
    """A quotation mark belongs to the sentence that it opens."""
    assert split("Zij belde. “Dat kan!” zei hij.") == ["Zij belde.", "“Dat kan!” zei hij."]


def test_white_space_alone_has_no_sentences() -> None:
    """Nothing comes of nothing."""
    assert sentences(" \n ") == ()
