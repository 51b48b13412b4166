"""A draft as a PDF: A4, running header, page numbers, footnotes at the foot of the page, an outline.

The fonts are Bitstream Vera, which come with reportlab and may be embedded; only the letters that are
used go into the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    BaseDocTemplate,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from making.draft import PUBLISHER, Block, Draft, Kind, Run, Runs, column_shares

_ACCENT = HexColor("#0b4f6c")
_GREY = HexColor("#47606d")
_LINE = HexColor("#c9d5db")
_SIDE, _TOP = 24 * mm, 24 * mm
_NOTES_FLOOR = 18 * mm  # footnotes stand between this height and the end of the text
_NOTES_ROOM = 18 * mm
_WIDTH = A4[0] - 2 * _SIDE

_BODY = ParagraphStyle(
    "body", fontName="Vera", bulletFontName="Vera", fontSize=9.5, leading=14, spaceBefore=3, spaceAfter=6
)
_ITEM = ParagraphStyle("item", _BODY, leftIndent=16, bulletIndent=4, spaceBefore=0, spaceAfter=3)
_CELL = ParagraphStyle("cell", _BODY, fontSize=8.5, leading=11.5, spaceBefore=0, spaceAfter=0)
_CAPTION = ParagraphStyle("caption", _BODY, fontName="Vera-Italic", fontSize=8.5, textColor=_GREY, spaceBefore=4)
_NOTE = ParagraphStyle("note", _BODY, fontSize=7.5, leading=9.5, spaceBefore=0, spaceAfter=1)
_HEADINGS = {
    1: ParagraphStyle("title", fontName="Vera-Bold", fontSize=18, leading=23, textColor=_ACCENT, spaceAfter=6),
    2: ParagraphStyle(
        "section", fontName="Vera-Bold", fontSize=13, leading=17, textColor=_ACCENT, spaceBefore=14, spaceAfter=6
    ),
    3: ParagraphStyle(
        "part", fontName="Vera-Bold", fontSize=10.5, leading=14, textColor=_ACCENT, spaceBefore=8, spaceAfter=4
    ),
}
_SUBTITLE = ParagraphStyle("subtitle", _BODY, fontName="Vera-Italic", textColor=_GREY, spaceAfter=12)


def write_pdf(draft: Draft, path: Path) -> None:
    """Write the draft as a PDF file."""
    _register_fonts()
    _set_clock(draft)
    template = BaseDocTemplate(
        str(path),
        pagesize=A4,
        invariant=1,
        lang="nl-BE",
        title=draft.title,
        author=PUBLISHER,
        subject=draft.subtitle,
        creator=PUBLISHER,
    )
    bottom = _NOTES_FLOOR + _NOTES_ROOM
    frame = Frame(_SIDE, bottom, _WIDTH, A4[1] - _TOP - bottom, 0, 0, 0, 0)
    page = PageTemplate(frames=[frame], onPage=partial(_begin_page, draft), onPageEnd=partial(_end_page, draft))
    template.addPageTemplates([page])
    template.build(list(_story(draft)))


def _register_fonts() -> None:
    files = {"Vera": "Vera", "Vera-Bold": "VeraBd", "Vera-Italic": "VeraIt", "Vera-BoldItalic": "VeraBI"}
    for name, file in files.items():
        pdfmetrics.registerFont(TTFont(name, f"{file}.ttf"))
    pdfmetrics.registerFontFamily("Vera", "Vera", "Vera-Bold", "Vera-Italic", "Vera-BoldItalic")


def _set_clock(draft: Draft) -> None:
    """The day of writing is the day in the file's properties: reportlab reads it from the environment."""
    day = datetime(draft.date.year, draft.date.month, draft.date.day, tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(day.timestamp()))


def _story(draft: Draft) -> Iterator[Any]:
    yield Paragraph(escape(draft.title), _HEADINGS[1])
    yield Paragraph(escape(draft.subtitle), _SUBTITLE)
    for block in draft.content:
        if block.kind == Kind.TABLE:
            yield _table(block)
            yield Spacer(1, 10)
        else:
            yield _paragraph(block)


def _paragraph(block: Block) -> Any:  # noqa: ANN401 - reportlab has no types
    if block.kind == Kind.HEADING:
        mark = f'<onDraw name="bookmark" label="{block.level} {escape(block.text)}"/>'
        return Paragraph(mark + _markup(block.runs), _kept(_HEADINGS[block.level]))
    if block.kind in (Kind.BULLET, Kind.NUMBERED):
        mark = "•" if block.kind == Kind.BULLET else f"{block.number}."
        return Paragraph(_markup(block.runs), _ITEM, bulletText=mark)
    style = _CAPTION if block.kind == Kind.CAPTION else _BODY
    return Paragraph(_markup(block.runs), _kept(style) if block.introduces else style)


def _kept(style: Any) -> Any:  # noqa: ANN401
    return ParagraphStyle(f"{style.name}-kept", style, keepWithNext=1)


def _markup(runs: Runs) -> str:
    return "".join(map(_run_markup, runs))


def _run_markup(run: Run) -> str:
    if run.note is not None:
        return f'<onDraw name="footnote" label="{run.note}"/><super size="6">{run.note}</super>'
    text = escape(run.text)
    text = f"<b>{text}</b>" if run.bold else text
    return f"<i>{text}</i>" if run.italic else text


def _table(block: Block) -> Any:  # noqa: ANN401
    rows = [[Paragraph(_markup(cell), _CELL) for cell in row] for row in block.rows]
    rows[0] = [Paragraph(f"<b>{_markup(cell)}</b>", _CELL) for cell in block.rows[0]]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, _LINE),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e7eef1")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Table(
        rows,
        colWidths=[_WIDTH * share for share in column_shares(block.rows)],
        repeatRows=1,
        style=style,
        hAlign="LEFT",
    )


def _begin_page(draft: Draft, canvas: Any, _template: Any) -> None:  # noqa: ANN401
    canvas.notes_here = []
    canvas.setNamedCB("footnote", _note_footnote)
    canvas.setNamedCB("bookmark", _add_bookmark)
    canvas.setFont("Vera", 7.5)
    canvas.setFillColor(_GREY)
    canvas.drawString(_SIDE, A4[1] - 15 * mm, draft.title)
    canvas.drawString(_SIDE, 11 * mm, draft.subtitle)
    canvas.drawRightString(A4[0] - _SIDE, 11 * mm, f"Bladzijde {canvas.getPageNumber()}")


def _note_footnote(canvas: Any, _kind: str, label: str) -> None:  # noqa: ANN401
    canvas.notes_here.append(int(label))


def _add_bookmark(canvas: Any, _kind: str, label: str) -> None:  # noqa: ANN401
    level, text = label.split(" ", 1)
    canvas.bookmarkPage(text)
    canvas.addOutlineEntry(text, text, int(level) - 2)


def _end_page(draft: Draft, canvas: Any, _template: Any) -> None:  # noqa: ANN401
    notes = [Paragraph(f"{number} {_markup(draft.footnotes[number])}", _NOTE) for number in canvas.notes_here]
    heights = [note.wrap(_WIDTH, _NOTES_ROOM)[1] for note in notes]
    height = _NOTES_FLOOR + sum(heights)
    if sum(heights) > _NOTES_ROOM - 3 * mm:
        raise ValueError(f"{draft.name}: too many footnotes on page {canvas.getPageNumber()}; move one")
    if notes:
        canvas.setStrokeColor(_LINE)
        canvas.line(_SIDE, height + 2 * mm, _SIDE + 40 * mm, height + 2 * mm)
    for note, used in zip(notes, heights, strict=True):
        height -= used
        note.drawOn(canvas, _SIDE, height)
