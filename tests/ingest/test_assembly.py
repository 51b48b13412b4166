"""One repaired text from many pages, and spans that point at it."""

from __future__ import annotations

from ingest.assembly import Assembled, assemble
from ingest.raw import RawBlock, RawDocument, RawPage, page_from_blocks
from ingest.repair import letters_and_digits
from ingest.types import BlockKind, page_index

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM


def _assembled(*pages: list[RawBlock]) -> Assembled:
    raw_pages = tuple(page_from_blocks(number, blocks) for number, blocks in enumerate(pages, 1))
    return assemble(RawDocument("pdf", raw_pages))


def _texts(result: Assembled) -> list[str]:
    return [result.text[block.start : block.end] for block in result.blocks]


def _page_slices(result: Assembled) -> list[str]:
    starts = [page.start for page in result.pages]
    return [result.text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


def test_blocks_are_parted_by_an_empty_line_and_list_items_by_a_line_end() -> None:
    """The separators say what belongs together: paragraphs stand apart, a list stays one thing."""
    result = _assembled(
        [
            RawBlock(HEADING, "Wat  we doen", 1),
            RawBlock(PARAGRAPH, "Wij geven\nraad:"),
            RawBlock(ITEM, "aan scholen;"),
            RawBlock(ITEM, "aan winkels."),
            RawBlock(PARAGRAPH, "Elke dag."),
        ]
    )
    assert result.text == "Wat we doen\n\nWij geven raad:\n\naan scholen;\naan winkels.\n\nElke dag."
    assert _texts(result) == ["Wat we doen", "Wij geven raad:", "aan scholen;", "aan winkels.", "Elke dag."]


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    """A continuing block extends the one before, and the new page starts in the middle of it."""
    result = _assembled(
        [RawBlock(PARAGRAPH, "De fiets staat in")],
        [RawBlock(PARAGRAPH, "de stalling.", continues=True), RawBlock(PARAGRAPH, "Daar blijft hij.")],
    )
    assert _texts(result) == ["De fiets staat in de stalling.", "Daar blijft hij."]
    assert _page_slices(result) == ["De fiets staat in ", "de stalling.\n\nDaar blijft hij."]


def test_a_word_cut_by_a_page_break_is_made_whole() -> None:
    """The hyphen goes where the document shows the whole word, and stays where it belongs."""
    result = _assembled(
        [RawBlock(PARAGRAPH, "Een fietsenstalling kost geld. De fietsen-")],
        [RawBlock(PARAGRAPH, "stalling in Oost-", continues=True)],
        [RawBlock(PARAGRAPH, "Vlaanderen is nieuw.", continues=True)],
    )
    assert result.text == "Een fietsenstalling kost geld. De fietsenstalling in Oost-Vlaanderen is nieuw."
    assert _page_slices(result) == [
        "Een fietsenstalling kost geld. De fietsen",
        "stalling in Oost-",
        "Vlaanderen is nieuw.",
    ]


def test_a_footnote_or_page_number_in_between_keeps_two_blocks_apart() -> None:
    """Text is never moved: what stands between two halves stays between them."""
    for kind in (BlockKind.FOOTNOTE, BlockKind.BOILERPLATE):
        result = _assembled(
            [RawBlock(PARAGRAPH, "De fiets staat in"), RawBlock(kind, "1 Zie verder")],
            [RawBlock(PARAGRAPH, "de stalling.", continues=True)],
        )
        assert _texts(result) == ["De fiets staat in", "1 Zie verder", "de stalling."]


def test_empty_pages_stay_and_start_where_the_next_text_starts() -> None:
    """Page numbers keep their meaning; an offset is looked up on the page that holds its text."""
    result = _assembled([], [RawBlock(PARAGRAPH, "Eerste.")], [], [RawBlock(PARAGRAPH, "Tweede.")], [])
    starts = tuple(page.start for page in result.pages)
    assert starts == (0, 0, 9, 9, 16)
    assert [result.pages[page_index(starts, offset)].number for offset in (0, 6, 9, 15)] == [2, 2, 4, 4]


def test_page_by_page_the_letters_and_digits_are_those_of_the_raw_page() -> None:
    """The promise on which every quote rests."""
    result = _assembled(
        [RawBlock(PARAGRAPH, "De  ﬁetsen-\nstalling\u00a0heeft 12 plaatsen1."), RawBlock(ITEM, "\u200b- vrij")],
        [RawBlock(PARAGRAPH, "\ue000 geen ﬁetsenstalling", continues=True)],
    )
    for page, text in zip(result.pages, _page_slices(result), strict=True):
        assert letters_and_digits(text) == letters_and_digits(page.raw)


def test_a_document_without_text_has_its_pages_and_no_blocks() -> None:
    """Nothing is invented where there is nothing."""
    result = assemble(RawDocument("txt", (RawPage(None, " \n", ()),)))
    assert (result.text, result.blocks, result.pages[0].start) == ("", (), 0)
