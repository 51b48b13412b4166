"""Passages: what may stand together, and what travels along."""

from __future__ import annotations

from ingest.assembly import assemble
from ingest.notes import note_links
from ingest.passages import split_passages
from ingest.raw import RawBlock, RawDocument, page_from_blocks
from ingest.tables import FIRST_ROW, HEADER_ROW
from ingest.types import MAX_PASSAGE_CHARS, BlockKind, Document, Passage

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW
LONG = "De mentor begeleidt de leerling op de werkvloer en overlegt elke week met de school. "


def document(*blocks: RawBlock) -> Document:
    """A document of one page."""
    assembled = assemble(RawDocument("text", (page_from_blocks(1, list(blocks)),)))
    notes = note_links(assembled.text, assembled.pages, assembled.blocks)
    return Document("nota", "nota.txt", "text", "0", assembled.text, assembled.pages, assembled.blocks, notes=notes)


def passages(*blocks: RawBlock) -> list[Passage]:
    """The passages of such a document, each checked to be a slice of it that is short enough."""
    made = document(*blocks)
    found = list(split_passages(made))
    for passage in found:
        assert passage.text == made.text[passage.start : passage.end]
        assert len(passage.text) <= MAX_PASSAGE_CHARS
    return found


def texts(found: list[Passage]) -> list[str]:
    """What the passages show."""
    return [passage.text for passage in found]


def test_a_section_that_fits_is_one_passage_with_its_heading() -> None:
    """A heading opens its passage and is part of what can be shown."""
    found = passages(
        RawBlock(HEADING, "Doel", 1), RawBlock(PARAGRAPH, "Wij leren samen."), RawBlock(PARAGRAPH, "Echt.")
    )

    assert texts(found) == ["Doel\n\nWij leren samen.\n\nEcht."]
    assert found[0].headings == ("Doel",)
    assert [found[0].slice(unit.start, unit.end) for unit in found[0].units] == ["Wij leren samen.", "Echt."]


def test_a_passage_never_crosses_a_section() -> None:
    """Two sections give two passages, however short they are; each knows its path of headings."""
    found = passages(
        RawBlock(HEADING, "Werking", 1),
        RawBlock(PARAGRAPH, "Wij bellen."),
        RawBlock(HEADING, "Partners", 2),
        RawBlock(PARAGRAPH, "Wij schrijven."),
        RawBlock(HEADING, "Bijlage", 1),
        RawBlock(PARAGRAPH, "Slot."),
    )

    assert texts(found) == ["Werking\n\nWij bellen.", "Partners\n\nWij schrijven.", "Bijlage\n\nSlot."]
    assert [passage.headings for passage in found] == [("Werking",), ("Werking", "Partners"), ("Bijlage",)]


def test_headings_right_above_each_other_open_one_passage() -> None:
    """A chapter title without a text of its own goes with its first section."""
    found = passages(RawBlock(HEADING, "Advies", 1), RawBlock(HEADING, "Kern", 2), RawBlock(PARAGRAPH, "Het mag."))

    assert texts(found) == ["Advies\n\nKern\n\nHet mag."]


def test_boilerplate_and_a_table_of_contents_are_in_no_passage() -> None:
    """A page number between two paragraphs parts them; nobody can quote it."""
    found = passages(
        RawBlock(BlockKind.TOC, "1. Doel ....... 3"),
        RawBlock(PARAGRAPH, "Eerst dit."),
        RawBlock(BlockKind.BOILERPLATE, "3"),
        RawBlock(PARAGRAPH, "Dan dat."),
    )

    assert texts(found) == ["Eerst dit.", "Dan dat."]


def test_a_long_section_is_cut_between_blocks() -> None:
    """Parts are of about the same size, and no sentence is broken."""
    found = passages(RawBlock(HEADING, "Taken", 1), *[RawBlock(PARAGRAPH, LONG * 4)] * 6)

    assert len(found) > 2
    assert all(text.endswith(".") for text in texts(found))


def test_a_list_cut_in_two_keeps_its_lead_in() -> None:
    """The second half of a list says what it is a list of, as context that is searched but not shown."""
    items = [RawBlock(ITEM, LONG * 3) for _ in range(8)]
    found = passages(RawBlock(PARAGRAPH, "Welkom. Een mentor is niet:"), *items)

    assert found[0].text.startswith("Welkom.")
    assert found[0].lead_in is None
    assert {passage.lead_in for passage in found[1:]} == {"Een mentor is niet:"}
    assert found[1].search_text.startswith("Een mentor is niet:\n")


def test_a_table_cut_in_two_keeps_its_header() -> None:
    """The rows in the middle of a long table say what their columns are, beside the text and not in it."""
    header = RawBlock(ROW, "Jaar | Aantal leerlingen", HEADER_ROW)
    rows = [RawBlock(ROW, f"{year} | {year - 1900} {LONG}") for year in range(2000, 2020)]
    found = passages(RawBlock(PARAGRAPH, "Aantal leerlingen per jaar:"), header, *rows)

    assert found[0].text.startswith("Aantal leerlingen per jaar:\n\nJaar | Aantal leerlingen\n2000 | 100")
    assert found[0].lead_in is None
    assert {passage.lead_in for passage in found[1:]} == {"Aantal leerlingen per jaar:\nJaar | Aantal leerlingen"}
    assert found[-1].search_text.startswith("Aantal leerlingen per jaar:\nJaar | Aantal leerlingen\n")


def test_a_page_end_within_a_table_keeps_its_header() -> None:
    """A page number and a footnote between two rows do not end their table; another table does."""
    found = passages(
        RawBlock(ROW, "Jaar | Aantal", HEADER_ROW),
        RawBlock(ROW, "2020 | 12"),
        RawBlock(BlockKind.FOOTNOTE, "1 Bron: wij"),
        RawBlock(BlockKind.BOILERPLATE, "3"),
        RawBlock(ROW, "2021 | 13"),
        RawBlock(BlockKind.BOILERPLATE, "4"),
        RawBlock(ROW, "Voorzitter | An", FIRST_ROW),
    )

    assert [(passage.text, passage.lead_in) for passage in found] == [
        ("Jaar | Aantal\n2020 | 12", None),
        ("1 Bron: wij", None),
        ("2021 | 13", "Jaar | Aantal"),
        ("Voorzitter | An", None),
    ]


def test_a_header_is_never_left_behind_by_itself() -> None:
    """It names the columns of the row under it, so the two stay together."""
    text = RawBlock(PARAGRAPH, LONG * 9)
    rows = [RawBlock(ROW, "Jaar | Aantal", HEADER_ROW), RawBlock(ROW, f"2020 | {LONG * 3}")] * 2
    found = passages(text, *rows)

    assert not any(passage.text.endswith("Jaar | Aantal") for passage in found)


def test_a_sentence_longer_than_a_passage_is_cut_between_words() -> None:
    """Even a text without full stops stays within bounds, and nothing of it is lost."""
    words = "woord " * 700
    found = passages(RawBlock(PARAGRAPH, words))

    assert "".join("".join(texts(found)).split()) == "".join(words.split())


def test_a_footnote_is_a_passage_of_its_own() -> None:
    """A note interrupts the page, not the thought: it can be found by itself, under its section."""
    found = passages(
        RawBlock(HEADING, "Studie", 1),
        RawBlock(PARAGRAPH, "Zie de studie1."),
        RawBlock(BlockKind.FOOTNOTE, "1 An Peeters, ‘Leren’, 2020"),
    )

    assert texts(found) == ["Studie\n\nZie de studie1.", "1 An Peeters, ‘Leren’, 2020"]
    assert found[1].headings == ("Studie",)


def test_a_table_of_contents_after_a_heading_ends_its_section() -> None:
    """Nothing that may not be quoted slips in between a heading and the next one."""
    found = passages(
        RawBlock(HEADING, "Inhoud", 1),
        RawBlock(BlockKind.TOC, "1. Doel ....... 3"),
        RawBlock(HEADING, "Doel", 2),
        RawBlock(PARAGRAPH, "Wij leren."),
    )

    assert texts(found) == ["Inhoud", "Doel\n\nWij leren."]
    assert found[1].headings == ("Inhoud", "Doel")


def test_a_slide_without_title_is_a_section_of_its_own() -> None:
    """What stands on a slide does not go on with the slide before."""
    pages = (
        page_from_blocks(1, [RawBlock(HEADING, "Doel", 1), RawBlock(ITEM, "Leren")]),
        page_from_blocks(2, [RawBlock(ITEM, "Bellen")]),
    )
    made = assemble(RawDocument("pptx", pages))
    deck = Document("infosessie", "infosessie.pptx", "pptx", "0", made.text, made.pages, made.blocks)

    assert [(passage.text, passage.headings) for passage in split_passages(deck)] == [
        ("Doel\n\nLeren", ("Doel",)),
        ("Bellen", ()),
    ]


def test_a_title_drawn_last_on_its_page_heads_that_page() -> None:
    """A designer's page may end with its title; what stands on the page is found by it, the next page is not."""
    pages = (
        page_from_blocks(1, [RawBlock(PARAGRAPH, f"Wij {what}.") for what in ("bellen", "mailen", "lezen")]
                         + [RawBlock(PARAGRAPH, "WAT DOEN WIJ?")]),
        page_from_blocks(2, [RawBlock(PARAGRAPH, "Tot morgen.")]),
    )  # fmt: skip
    made = assemble(RawDocument("pdf", pages))
    guide = Document("gids", "gids.pdf", "pdf", "0", made.text, made.pages, made.blocks)

    first, *_ = split_passages(guide)

    assert first.headings == ("WAT DOEN WIJ?",)


def test_a_page_with_its_own_title_does_not_go_on_with_the_section_before_it() -> None:
    """Its list stands under that title alone, not under the last heading of the page before."""
    pages = (
        page_from_blocks(1, [RawBlock(BlockKind.HEADING, "Bellen", level=1), RawBlock(PARAGRAPH, "Wij bellen u.")]),
        page_from_blocks(2, [RawBlock(ITEM, what) for what in ("Hang op.", "Deel uit.", "Vraag na.")]
                         + [RawBlock(PARAGRAPH, "LIJSTJE")]),
    )  # fmt: skip
    made = assemble(RawDocument("pdf", pages))
    guide = Document("gids", "gids.pdf", "pdf", "0", made.text, made.pages, made.blocks)

    assert [passage.headings for passage in split_passages(guide)] == [("Bellen",), ("LIJSTJE",)]


def test_a_footnote_does_not_part_the_text_around_it() -> None:
    """What stands above and below it on the page is one passage, and a list keeps its lead-in."""
    found = passages(
        RawBlock(PARAGRAPH, "Een graad is1:"),
        RawBlock(BlockKind.FOOTNOTE, "1 Decreet van 2018."),
        RawBlock(ITEM, f"bachelor {LONG * 9}"),
        RawBlock(ITEM, f"master {LONG * 9}"),
    )

    assert texts(found)[0].startswith("Een graad is1:\n\n1 Decreet van 2018.\n\nbachelor")
    assert found[1].lead_in == "Een graad is:"


def test_an_item_of_an_inner_list_keeps_the_items_that_it_stands_under() -> None:
    """Where the list is cut, the lead-in names the way down to the item."""
    inner = [RawBlock(ITEM, f"punt {LONG * 3}", 1) for _ in range(5)]
    found = passages(RawBlock(PARAGRAPH, "Besproken:"), RawBlock(ITEM, "Het model", 0), *inner)

    assert found[-1].lead_in == "Besproken:\nHet model"


def test_marks_are_shown_and_not_searched() -> None:
    """The quoted text is that of the page; what is embedded and indexed has no number glued to a word."""
    (found, _) = passages(
        RawBlock(PARAGRAPH, "Gericht op werkenden1. En op anderen."),
        RawBlock(BlockKind.FOOTNOTE, "1 Advies van 2018."),
    )

    assert found.text == "Gericht op werkenden1. En op anderen."
    assert found.search_text == "Gericht op werkenden. En op anderen."
    assert [found.plain(unit.start, unit.end) for unit in found.units] == ["Gericht op werkenden.", "En op anderen."]


def test_a_sentence_ends_before_the_mark_behind_it() -> None:
    """A number glued to a full stop does not join two sentences."""
    (found, _) = passages(
        RawBlock(PARAGRAPH, "Een proef met de proeftuin.1 Het doel is testen."),
        RawBlock(BlockKind.FOOTNOTE, "1 Met vijf regio's."),
    )

    assert [found.slice(unit.start, unit.end) for unit in found.units] == [
        "Een proef met de proeftuin.",
        "Het doel is testen.",
    ]
