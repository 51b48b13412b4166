"""A draft as a Word document, with the styles that Word itself uses for headings, lists and captions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from making.archives import fix_times, set_properties
from making.draft import Block, Draft, Kind, Runs, column_shares

_ACCENT = RGBColor(0x0B, 0x4F, 0x6C)
_STYLES = {
    Kind.PARAGRAPH: "Normal",
    Kind.CAPTION: "Caption",
    Kind.BULLET: "List Bullet",
    Kind.NUMBERED: "List Number",
}
_WIDTH = Cm(16.4)
_TABLE_STYLE = "Light Grid Accent 1"
_LONG_TABLE = 15  # rows; a shorter table stays on one page


def write_word(draft: Draft, path: Path) -> None:
    """Write the draft as a DOCX file."""
    document = Document()
    _set_styles(document)
    _set_page(document.sections[0], draft)
    document.add_paragraph(draft.title, style="Title")
    document.add_paragraph(draft.subtitle, style="Subtitle")
    for block in draft.content:
        _add_block(document, block)
    set_properties(document.core_properties, draft)
    document.save(str(path))
    fix_times(path)


def _set_styles(document: Any) -> None:  # noqa: ANN401 - python-docx has no types
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-BE")
    normal.element.get_or_add_rPr().append(language)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        document.styles[name].font.color.rgb = _ACCENT
    document.styles["Title"].font.size = Pt(22)
    for name in ("Header", "Footer"):
        document.styles[name].font.size = Pt(9)
        document.styles[name].paragraph_format.tab_stops.clear_all()


def _set_page(section: Any, draft: Draft) -> None:  # noqa: ANN401
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.header.paragraphs[0].text = draft.title
    footer = section.footer.paragraphs[0]
    footer.paragraph_format.tab_stops.clear_all()
    footer.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(f"{draft.subtitle}\tBladzijde ")
    _add_page_number(footer)


def _add_page_number(paragraph: Any) -> None:  # noqa: ANN401
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(paragraph.add_run("1").element)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no public way to add a field


def _add_block(document: Any, block: Block) -> None:  # noqa: ANN401
    if block.kind == Kind.TABLE:
        _add_table(document, block.rows)
        return
    paragraph = document.add_paragraph(style=_style_of(block))
    _add_runs(paragraph, block.runs)
    paragraph.paragraph_format.keep_with_next = block.introduces
    if block.kind == Kind.NUMBERED and block.number == 1:
        _start_numbering(document)
    if block.kind == Kind.NUMBERED:
        _number(paragraph, _last_numbering(document))


def _style_of(block: Block) -> str:
    return f"Heading {block.level - 1}" if block.kind == Kind.HEADING else _STYLES[block.kind]


def _add_runs(paragraph: Any, runs: Runs) -> None:  # noqa: ANN401
    for run in runs:
        added = paragraph.add_run(run.text)
        added.bold, added.italic = run.bold or None, run.italic or None


def _start_numbering(document: Any) -> None:  # noqa: ANN401
    """Give a new list its own numbering: in Word, a style alone would count on from the list before."""
    style = document.styles["List Number"].element
    numbering = document.part.numbering_part.element
    pattern = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    numbering.add_num(pattern).add_lvlOverride(ilvl=0).add_startOverride(1)


def _last_numbering(document: Any) -> int:  # noqa: ANN401
    return int(document.part.numbering_part.element.num_lst[-1].numId)


def _number(paragraph: Any, numbering: int) -> None:  # noqa: ANN401
    properties = paragraph.paragraph_format.element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def _add_table(document: Any, rows: tuple[tuple[Runs, ...], ...]) -> None:  # noqa: ANN401
    table = document.add_table(rows=0, cols=len(rows[0]), style=_TABLE_STYLE)
    table.autofit = False
    widths = [int(_WIDTH * share) for share in column_shares(rows)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in rows:
        _add_row(table.add_row(), row, widths=widths, keep_with_next=row != rows[-1] and len(rows) < _LONG_TABLE)
    _mark_row(table.rows[0], "w:tblHeader")
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _add_row(row: Any, cells: Iterable[Runs], *, widths: list[int], keep_with_next: bool) -> None:  # noqa: ANN401
    _mark_row(row, "w:cantSplit")
    for cell, runs, width in zip(row.cells, cells, widths, strict=True):
        cell.width = width
        _add_runs(cell.paragraphs[0], runs)
        cell.paragraphs[0].paragraph_format.keep_with_next = keep_with_next
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def _mark_row(row: Any, mark: str) -> None:  # noqa: ANN401
    """Mark a row as heading (repeated on each page) or as one that no page break may cut."""
    row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001 - python-docx has no public way
