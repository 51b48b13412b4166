"""The pages of a Word document: those of Word's last lay-out, also where Word did not note their breaks."""

from __future__ import annotations

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE

from ingest.types import BlockKind
from tests.ingest.word_samples import cell, paragraph, read_back, with_body

RENDERED = "<w:r><w:lastRenderedPageBreak/><w:t>{}</w:t></w:r>"


def _pages(document: Document) -> list[tuple[int | None, bool, list[tuple[str, bool]]]]:
    return [
        (page.number, page.inferred, [(block.text, block.continues) for block in page.blocks])
        for page in read_back(document).pages
    ]


def test_pages_are_those_of_words_last_layout() -> None:
    """A paragraph that runs over the end of a page goes on with itself on the next."""
    document = with_body(
        f"<w:p><w:r><w:t>Dit loopt </w:t></w:r>{RENDERED.format('verder.')}</w:p><w:p>{RENDERED.format('Derde.')}</w:p>"
    )

    assert _pages(document) == [
        (1, True, [("Dit loopt ", False)]),
        (2, True, [("verder.", True)]),
        (3, True, [("Derde.", False)]),
    ]


def test_a_break_that_the_author_sets_counts_once() -> None:
    """Word marks the page that it opens once more."""
    document = with_body(
        f"{paragraph('Een.')}<w:p><w:r><w:br w:type='page'/></w:r></w:p><w:p>{RENDERED.format('Twee.')}</w:p>"
    )

    assert [number for number, _, _ in _pages(document)] == [1, 2]


def test_without_trustworthy_breaks_there_are_no_page_numbers() -> None:
    """One break in a long text does not say where the other pages begin."""
    document = with_body(
        "".join(paragraph("Dit is een zin die een regel vult op de pagina. " * 10) for _ in range(12))
        + f"<w:p><w:r><w:br w:type='page'/></w:r></w:p>{paragraph('Slot.')}"
    )

    assert [number for number, _, _ in _pages(document)] == [None]


LINE = "Dit is een zin over leren op de werkvloer, die een hele regel vult van een gewone pagina tekst. "


def _page_of(document: Document, text: str) -> int | None:
    return next(page.number for page in read_back(document).pages if any(text in block.text for block in page.blocks))


def _with_page_count(document: Document, count: int) -> Document:
    parts = document.part.package.iter_parts()
    properties = next(part for part in parts if part.content_type == CONTENT_TYPE.OFC_EXTENDED_PROPERTIES)
    properties._blob = f"<Properties><Pages>{count}</Pages></Properties>".encode()
    return document


def test_a_page_that_begins_with_a_link_is_found_by_the_number_of_pages() -> None:
    """Word notes no break in a link or in an empty paragraph: the later pages would all be numbered one too low."""
    full = "".join(paragraph(LINE * 8) for _ in range(5))
    link = "<w:p><w:hyperlink><w:r><w:t>www.dienst.be</w:t></w:r></w:hyperlink></w:p>"
    body = f"{full}<w:p>{RENDERED.format(LINE * 8)}</w:p>{full[: len(full) // 5 * 4]}{link}{full}" + (
        f"<w:p>{RENDERED.format('Slot.')}</w:p>{full}"
    )

    assert _page_of(_with_page_count(with_body(body), 4), "www.dienst.be") == 3
    assert _page_of(_with_page_count(with_body(body), 4), "Slot.") == 4
    assert _page_of(_with_page_count(with_body(body), 3), "Slot.") == 3
    assert _page_of(with_body(body), "Slot.") == 3


def test_the_cells_of_a_row_go_back_to_the_page_on_which_it_begins() -> None:
    """Word marks each change of page from one text to the next, and thus also the way back."""
    over = f"<w:p><w:r><w:t>{LINE}</w:t></w:r>{RENDERED.format(LINE)}</w:p>"
    back = f"<w:p>{RENDERED.format(LINE)}{RENDERED.format(LINE)}</w:p>"
    row = f"<w:tr>{cell(paragraph('nummer'))}{cell(over)}{cell(back)}</w:tr>"
    after = f"<w:tr>{cell(paragraph('volgende'))}{cell(paragraph('rij'))}</w:tr>"
    long = row.replace(LINE, LINE * 4)

    for table in (row, long):
        document = with_body(f"<w:tbl>{table}{after}</w:tbl>{paragraph('Daarna.')}")

        assert _page_of(document, "nummer") == 1
        assert _page_of(document, "volgende") == 2
        assert _page_of(document, "Daarna.") == 2
    assert [block.text for page in read_back(document).pages for block in page.blocks][1:4] == [
        LINE * 4,
        LINE * 4,
        LINE * 8,
    ]


def test_a_row_that_ends_on_the_page_where_it_began_is_not_counted_twice() -> None:
    """The last cell is short, so the next row is marked as the first text of the new page."""
    over = f"<w:p><w:r><w:t>{LINE}</w:t></w:r>{RENDERED.format(LINE)}</w:p>"
    back = f"<w:p>{RENDERED.format('kort')}</w:p>"
    after = f"<w:tr>{cell(f'<w:p>{RENDERED.format(chr(66))}</w:p>')}{cell(paragraph('rij'))}</w:tr>"
    row = f"<w:tr>{cell(over)}{cell(back)}</w:tr>"

    for table in (row, row.replace(LINE, LINE * 6)):
        document = with_body(f"<w:tbl>{table}{after}</w:tbl>{paragraph('Daarna.')}")

        assert _page_of(document, "B | rij") == 2
        assert _page_of(document, "Daarna.") == 2


def test_a_section_may_ask_for_an_odd_page() -> None:
    """An empty page goes before it where that is needed."""
    section = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    document = with_body(f"{paragraph('Een.')}{section}{paragraph('Drie.')}")
    document.element.body.sectPr.insert(0, document.element.body.sectPr._new_type())
    document.sections[-1].start_type = docx.enum.section.WD_SECTION.ODD_PAGE

    assert _page_of(document, "Drie.") == 3


def test_edges_stand_on_the_first_page_that_shows_them() -> None:
    """The header of a first page is often a letterhead; the others come with the next page."""
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Dienst Onderwijs, Havenlaan 1"
    section.header.paragraphs[0].text = "Nota over leren"
    section.first_page_footer.paragraphs[0].text = "www.dienst.be"
    document.add_paragraph("Een.").add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    document.add_paragraph("Twee.")

    found = [
        (page.number, [(block.kind is BlockKind.BOILERPLATE, block.text) for block in page.blocks])
        for page in read_back(document).pages
    ]

    assert found == [
        (1, [(True, "Dienst Onderwijs, Havenlaan 1"), (False, "Een."), (True, "www.dienst.be")]),
        (2, [(True, "Nota over leren"), (False, "Twee.")]),
    ]
