"""Where pages begin in a text that lost them, and which numbers they have."""

from __future__ import annotations

from ingest.page_breaks import TextPage, is_double_spaced, split_pages

# As some programs write a page: an empty line after every line, wrapped or not.
WRAPPED = """De fietser rijdt elke dag met de

trein en daarna met de bus naar

het werk in de grote stad. Daar

drinkt zij eerst een kop koffie

met haar collega van de eerste

verdieping."""


def _numbers(text: str) -> list[tuple[int | None, bool]]:
    return [(page.number, page.inferred) for page in split_pages(text)]


def test_a_text_without_traces_is_one_page_without_a_number() -> None:
    """No page 1 is invented."""
    assert split_pages("Een fiets.\n\nEen bel.") == [TextPage(("Een fiets.", "", "Een bel."))]


def test_form_feeds_part_numbered_pages() -> None:
    """A form feed is a page break; one at the very end opens no page."""
    pages = split_pages("Eerste.\fTweede.\f\fVierde.\f\n")
    assert [(page.number, page.lines) for page in pages] == [
        (1, ("Eerste.",)),
        (2, ("Tweede.",)),
        (3, ("",)),
        (4, ("Vierde.",)),
    ]


def test_a_double_spaced_text_is_told_from_paragraphs() -> None:
    """In a double-spaced text sentences go on after empty lines."""
    assert is_double_spaced(WRAPPED.split("\n"))
    assert not is_double_spaced("Een fiets.\n\nEen bel.\n\nEen zadel.".split("\n"))


def test_a_space_after_a_single_line_end_is_a_lost_form_feed() -> None:
    """Only where lines are otherwise parted by empty lines; the numbers are worked out."""
    pages = split_pages(f"{WRAPPED}\n Daarna fietst zij terug.")
    assert [(page.number, page.inferred) for page in pages] == [(1, True), (2, True)]
    assert pages[1].lines == (" Daarna fietst zij terug.",)


def test_a_space_after_an_empty_line_is_no_page_break() -> None:
    """There a bullet was lost."""
    assert _numbers(f"{WRAPPED}\n\n een bel") == [(None, False)]


def test_three_empty_lines_join_pages_and_five_hold_an_empty_page() -> None:
    """So many runs of empty lines are no accident."""
    text = "Een.\n\n\n\nTwee.\n\n\n\nDrie.\n\n\n\n\n\nVijf."
    assert _numbers(text) == [(1, True), (2, True), (3, True), (4, True), (5, True)]
    assert split_pages(text)[3].lines == ()


def test_one_or_two_runs_of_empty_lines_are_only_white_space() -> None:
    """A writer may leave room too."""
    assert _numbers("Een.\n\n\n\nTwee.\n\n\n\nDrie.") == [(None, False)]


def test_two_empty_lines_after_a_link_end_a_slide() -> None:
    """Links noted under a slide swallow one of the empty lines."""
    text = "Een.\n\n\n\nTwee.\n\nhttps://fiets.example/\n\n\nDrie.\n\n\n\nVier.\n\n\n\nVijf."
    assert len(split_pages(text)) == 5


def test_printed_page_numbers_number_the_pages_between_them() -> None:
    """A printed number is certain; its neighbours are worked out from it."""
    text = "Voorblad\n\n\n\n2\n\nDe bel.\n\n\n\nHet zadel.\n\n\n\n4\n\nDe ketting."
    assert _numbers(text) == [(1, True), (2, False), (3, True), (4, False)]
    assert split_pages(text)[1].number_line == 0


def test_a_number_that_does_not_fit_the_count_is_a_statistic() -> None:
    """A page that starts with a figure is not page 367."""
    text = "Fietsen\n\n\n\n367\n\nverkocht.\n\n\n\n3\n\nDe bel.\n\n\n\n4\n\nHet zadel."
    assert _numbers(text) == [(1, True), (2, True), (3, False), (4, False)]


def test_where_a_break_was_missed_no_number_is_given() -> None:
    """Between two printed numbers that are too far apart nobody knows."""
    text = "2\n\nDe bel.\n\n\n\n3\n\nHet wiel.\n\n\n\nHet zadel.\n\n\n\n7\n\nDe ketting.\n\n\n\n8\n\nHet slot."
    assert _numbers(text) == [(2, False), (3, False), (None, True), (7, False), (8, False)]


def test_the_table_of_contents_says_which_page_is_which() -> None:
    """Where no number is printed, the headings it names do."""
    text = (
        "Inhoud\n\n1 De bel ........ 5\n\n2 Het zadel ........ 6"
        "\n\n\n\nVoorwoord\n\n\n\n1 De bel\n\nDie rinkelt.\n\n\n\n2 Het zadel\n\nDat zit."
    )
    assert [number for number, _ in _numbers(text)] == [3, 4, 5, 6]
