"""A quote in another reading of its page, by letters alone."""

from __future__ import annotations

import pytest

from ingest.letters import Letters
from ingest.locating import Quote, locate
from ingest.repair import letters_and_digits
from ingest.types import Span


def quote_of(text: str, words: str) -> Quote:
    """A quote of a text, by its words."""
    start = text.index(words)
    return Quote.of(text, Span(start, start + len(words)))


def found(quote: Quote, page: str) -> list[str]:
    """The pieces of another reading that hold the quote."""
    seen = Letters.of(page)
    return [page[seen.places[first] : seen.places[last - 1] + 1] for first, last in locate(quote, seen.text)]


@pytest.mark.parametrize(
    "text", ["De mentor: ‘10 %’!", "ﬁnanciële ½ x²", "cafe\u0301", "Straße İstanbul", "\ud800 vreemd \u00ad", ""]
)
def test_letters_are_those_of_the_proof(text: str) -> None:
    """Boxes are drawn for the letters with which a quote is proven; each knows where it comes from."""
    letters = Letters.of(text)

    assert letters.text == letters_and_digits(text)
    assert len(letters.places) == len(letters.text)
    assert all(letter in letters_and_digits(text[place : place + 2])
               for letter, place in zip(letters.text, letters.places, strict=True))  # fmt: skip


def test_spaces_and_hyphens_do_not_matter() -> None:
    """They are where two readings differ."""
    quote = quote_of("Zo is het. De mentor begeleidt lerenden.", "De mentor begeleidt")

    assert found(quote, "Zo is het. De men tor bege-\nleidt lerenden.") == ["De men tor bege-\nleidt"]


def test_words_between_are_left_out() -> None:
    """A note or a number that another program reads in the middle of the quote is not part of it."""
    quote = quote_of("De mentor begeleidt lerenden op de werkplek.", "De mentor begeleidt lerenden op de werkplek")

    pieces = found(quote, "De mentor begeleidt lerenden 1 Zie ook bladzijde 4. op de werkplek.")

    assert pieces == ["De mentor begeleidt lerenden", "op de werkplek"]


def test_another_order_of_columns_is_followed() -> None:
    """Each piece is looked for by itself, and given in the order of the quote."""
    quote = quote_of("Taak van de mentor: begeleiden op de werkplek", "Taak van de mentor: begeleiden op de werkplek")

    pieces = found(quote, "begeleiden op de werkplek | Taak van de mentor")

    assert pieces == ["Taak van de mentor", "begeleiden op de werkplek"]


def test_a_short_word_is_not_fetched_from_afar() -> None:
    """Every page has a "de" somewhere."""
    quote = quote_of("Er is de ene mentor die begeleidt.", "de ene mentor die begeleidt")

    assert found(quote, "ene mentor die begeleidt" + " xyz" * 200 + " de") == ["ene mentor die begeleidt"]


def test_a_quote_that_is_not_there_has_no_place() -> None:
    """Nothing is drawn for it."""
    assert found(quote_of("Een mentor helpt.", "Een mentor helpt"), "Iets anders.") == []


def test_words_of_a_quote_do_not_make_the_quote() -> None:
    """A sentence that another program leaves out is not drawn on the words that it shares with others."""
    quote = quote_of("Er wordt afgestemd met bestaande projecten.", "Er wordt afgestemd met bestaande projecten.")

    assert found(quote, "Het verslag wordt bezorgd. Met de groep is alles afgestemd, ook bestaande regels.") == []
