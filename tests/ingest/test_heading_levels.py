"""How headings stand under one another, told by their numbers and their type."""

from __future__ import annotations

from ingest.heading_levels import Typed, typed_ranks


def _levels(*headings: tuple[str, float, bool]) -> list[int]:
    ranks = typed_ranks([Typed(text, size, bold) for text, size, bold in headings])
    order = sorted(set(ranks))
    return [order.index(rank) + 1 for rank in ranks]


def test_numbers_beat_size() -> None:
    """A title with two numbers stands under one with one number, even where it is set larger."""
    assert _levels(("1 Doel", 12, True), ("1.1 Waarom", 14, False), ("2 Plan", 12, True)) == [1, 2, 1]


def test_a_title_without_a_number_stands_beside_those_in_its_type() -> None:
    """The conclusion of a numbered report is no chapter of another kind."""
    assert _levels(("1 Doel", 16, True), ("1.1 Waarom", 13, True), ("Besluit", 16, True)) == [1, 2, 1]


def test_a_title_in_type_of_its_own_stands_where_its_size_puts_it() -> None:
    """Under the numbered titles that are larger."""
    assert _levels(("1 Doel", 16, True), ("Vooraf", 11, True), ("1.1 Waarom", 13, True)) == [1, 3, 2]


def test_what_stands_before_the_first_number_stands_beside_the_chapters() -> None:
    """The title of the document, and that of its preface."""
    assert _levels(("Jaarverslag", 30, False), ("Woord vooraf", 14, True), ("1 Doel", 16, True)) == [1, 1, 1]


def test_letters_in_brackets_stand_under_the_numbers_of_their_type() -> None:
    """As in a legal note: "2 Analyse", and under it "(a) Grondslag"."""
    assert _levels(("1 Inleiding", 9, True), ("2 Analyse", 9, True), ("(a) Grondslag", 9, True)) == [1, 1, 2]


def test_without_numbers_larger_and_bolder_comes_first() -> None:
    """Size classes give the order, then weight."""
    assert _levels(("Doel", 18, True), ("Opmerkingen", 14, True), ("Lezer", 14, False)) == [1, 2, 3]


def _told_levels(*headings: tuple[str, float, bool, int]) -> list[int]:
    ranks = typed_ranks([Typed(*heading) for heading in headings])
    return [sorted(set(ranks)).index(rank) + 1 for rank in ranks]


def test_the_outline_beats_numbers_and_type() -> None:
    """A file that tells its levels is believed."""
    assert _told_levels(("1 Doel", 12, True, 1), ("Waarom", 16, True, 2), ("2 Plan", 12, True, 1)) == [1, 2, 1]


def test_what_the_outline_leaves_out_stands_where_its_numbers_or_its_type_put_it() -> None:
    """Beside those with as many numbers, or in the same type; under those in larger type."""
    found = _told_levels(
        ("1 Doel", 16, True, 2),
        ("1.1 Waarom", 13, True, 3),
        ("1.2 Wanneer", 13, True, 0),
        ("Besluit", 16, True, 0),
        ("Vooraf", 11, True, 0),
    )
    assert found == [1, 2, 2, 1, 3]


def test_a_few_told_levels_say_nothing() -> None:
    """One bookmark among numbered titles changes nothing."""
    assert _told_levels(("1 Doel", 12, True, 0), ("1.1 Waarom", 12, True, 1), ("2 Plan", 12, True, 0)) == [1, 2, 1]
