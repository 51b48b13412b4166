"""Markdown: the text as it is rendered, without its marks."""

from __future__ import annotations

from pathlib import Path

from ingest.raw import RawBlock
from ingest.readers.markdown import read
from ingest.tables import HEADER_ROW
from ingest.types import BlockKind, DocumentInfo

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW


def _blocks(text: str) -> list[RawBlock]:
    (page,) = read(Path("a.md"), text.encode()).pages
    assert page.number is None
    assert page.text == "\n".join(block.text for block in page.blocks)
    return list(page.blocks)


def test_marks_become_kinds_and_leave_the_text() -> None:
    """Emphasis, links and code keep their words; a numbered item keeps its number."""
    assert _blocks(
        "# Leren\n\nEen **goede** [zin](https://x.be) met `code`\nen meer.\n\n- een\n  - diep\n- *twee*\n\n"
        "3. derde\n4. vierde\n\n> Gezegd.\n"
    ) == [
        RawBlock(HEADING, "Leren", 1),
        RawBlock(PARAGRAPH, "Een goede zin met code\nen meer."),
        RawBlock(ITEM, "een", 0),
        RawBlock(ITEM, "diep", 1),
        RawBlock(ITEM, "twee", 0),
        RawBlock(ITEM, "3. derde", 0),
        RawBlock(ITEM, "4. vierde", 0),
        RawBlock(PARAGRAPH, "Gezegd."),
    ]


def test_tables_are_read_by_row() -> None:
    """The line under the header is no row."""
    assert _blocks("| Jaar | Aantal |\n|---|---:|\n| 2021 | 12 |\n") == [
        RawBlock(ROW, "Jaar | Aantal", HEADER_ROW),
        RawBlock(ROW, "2021 | 12"),
    ]


def test_no_text_is_lost_to_a_rule_of_markdown() -> None:
    """Indented text is no code, a note with a link no definition, and HTML keeps what it shows."""
    assert _blocks(
        "Zie de studie[^1].\n\n    ingesprongen **tekst**\n\n[^1]: https://x.be\n\n"
        "<div><b>Kader</b> &amp; rand</div>\n\n```\nletterlijk\n```\n"
    ) == [
        RawBlock(PARAGRAPH, "Zie de studie¹."),
        RawBlock(PARAGRAPH, "ingesprongen tekst"),
        RawBlock(BlockKind.FOOTNOTE, "¹ https://x.be"),
        RawBlock(PARAGRAPH, "Kader & rand"),
        RawBlock(PARAGRAPH, "letterlijk\n"),
    ]


def test_notes_are_numbered_in_the_order_of_their_marks() -> None:
    """As they are rendered, whatever they are called; what refers to nothing stays as it is."""
    assert [block.text for block in _blocks(
        "Eerst[^b], dan[^a], nogmaals[^b] en niets[^c].\n\n[^a]: Tweede.\n[^b]: Eerste.\n\n10 m<sup>2</sup>"
    )] == ["Eerst¹, dan², nogmaals¹ en niets[^c].", "² Tweede.", "¹ Eerste.", "10 m²"]  # fmt: skip


def test_tasks_pictures_and_tables_in_html_are_read_as_they_are_shown() -> None:
    """A box that is ticked or not; no words that stand for a picture; rows of a table written in HTML."""
    assert _blocks(
        "- [ ] bellen\n- [x] mailen\n\n![logo van de dienst](logo.png)\n\n"
        "<table><tr><th>Jaar<th>Aantal<tr><td>2021<td>12</table>\n"
    ) == [
        RawBlock(ITEM, "☐ bellen", 0),
        RawBlock(ITEM, "☑ mailen", 0),
        RawBlock(ROW, "Jaar | Aantal", HEADER_ROW),
        RawBlock(ROW, "2021 | 12"),
    ]


def test_a_line_in_bold_capitals_is_a_heading() -> None:
    """Extracted folders set their headings so; a bold sentence stays text."""
    found = _blocks("## Wie\n\n**SCHOLEN**\n\n- leren\n\n**Een vette zin.**\n")

    assert [(block.kind, block.text, block.level) for block in found] == [
        (HEADING, "Wie", 2),
        (HEADING, "SCHOLEN", 3),
        (ITEM, "leren", 0),
        (PARAGRAPH, "Een vette zin.", 0),
    ]


def test_front_matter_says_what_the_document_is() -> None:
    """Simple lines between dashes at the top; anything else there is text."""
    raw = read(
        Path("a.md"), b"---\ntitel: 'Nota over leren'\ndatum: 2021-03-04\nlang: nl\nauteur: iemand\n---\nTekst.\n"
    )

    assert raw.info == DocumentInfo(title="Nota over leren", date="2021-03-04", language="nl")
    assert raw.pages[0].blocks == (RawBlock(PARAGRAPH, "Tekst."),)
    assert (
        read(Path("a.md"), b"---\ntags:\n  - leren\n- werken\n# noot\ntitle: Nota\n---\nTekst.\n").info.title == "Nota"
    )
    assert _blocks("---\nGeen sleutel\n---\nTekst.\n")[-1] == RawBlock(PARAGRAPH, "Tekst.")


def test_markdown_that_was_extracted_to_text_keeps_its_pages() -> None:
    """In a .txt, three empty lines are the trace of a page; in a .md they are nothing."""
    text = "\n\n\n\n".join(f"## Deel {number}\n\nTekst {number}." for number in range(1, 6)).encode()

    assert [(page.number, page.inferred) for page in read(Path("a.txt"), text).pages] == [
        (number, True) for number in range(1, 6)
    ]
    assert len(read(Path("a.md"), text).pages) == 1
