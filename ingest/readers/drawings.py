"""The texts of charts and of SmartArt, which Office files keep in parts of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ingest.raw import RawBlock
from ingest.readers.numberformats import shown_date, shown_number
from ingest.tables import row_levels, row_text
from ingest.types import BlockKind

Element = Any  # lxml's

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
TEXT_CACHES = (f"{CHART}strCache", f"{CHART}strLit", f"{CHART}multiLvlStrCache")
CACHES = (*TEXT_CACHES, f"{CHART}numCache", f"{CHART}numLit")
QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
DATE_FORM = re.compile(r"[dy]", re.I)
FIRST_DAY, LAST_DAY = date(1899, 12, 30), 100_000  # days are counted from the first
MAX_DEPTH = 8
MAX_POINTS = 200  # a chart of more shows a line, and no figures


def diagram_blocks(model: Element) -> list[RawBlock]:
    """The texts of a SmartArt drawing as a list, in the order and at the depth of its outline: of a ``dataModel``."""
    points = {point.get("modelId"): point for point in model.iter(f"{DIAGRAM}pt")}
    below: dict[str, list[tuple[int, str]]] = {}
    for link in model.iter(f"{DIAGRAM}cxn"):
        if link.get("type", "parOf") == "parOf":
            below.setdefault(link.get("srcId"), []).append((int(link.get("srcOrd", "0")), link.get("destId")))
    roots = [key for key, point in points.items() if point.get("type") == "doc"]
    placed = [entry for root in roots for entry in _outline(root, below, depth=0, seen=set())]
    known = {key for key, _ in placed}
    rest = [(key, 0) for key, point in points.items() if key not in known and point.get("type") != "pres"]
    return [block for key, depth in [*placed, *rest] if key in points for block in _point(points[key], depth)]


def _outline(
    key: str, below: dict[str, list[tuple[int, str]]], *, depth: int, seen: set[str]
) -> Iterator[tuple[str, int]]:
    for _, child in sorted(below.get(key, [])):
        if child not in seen and depth <= MAX_DEPTH:
            seen.add(child)
            yield child, depth
            yield from _outline(child, below, depth=depth + 1, seen=seen)


def _point(point: Element, depth: int) -> Iterator[RawBlock]:
    """The text of one box; a field such as a date shows text too."""
    for body in point.findall(f"{DIAGRAM}t"):
        lines = ("".join(run.text or "" for run in line.iter(f"{A}t")) for line in body.iter(f"{A}p"))
        text = "\n".join(filter(None, lines))
        if any(character.isalnum() for character in text):
            yield RawBlock(BlockKind.LIST_ITEM, text, depth)


def chart_blocks(space: Element) -> list[RawBlock]:
    """The titles of a chart, and its figures as a table, with the series side by side: of a ``chartSpace``."""
    return [*_titles(space), *_figures(space)]


def _titles(space: Element) -> Iterator[RawBlock]:
    for title in space.iter(f"{CHART}title"):
        lines = ("".join(run.text or "" for run in line.iter(f"{A}t")) for line in title.iter(f"{A}p"))
        text = "\n".join(filter(None, lines))
        if any(character.isalnum() for character in text):
            yield RawBlock(BlockKind.PARAGRAPH, text)


def _figures(space: Element) -> Iterator[RawBlock]:
    series = list(space.iter(f"{CHART}ser"))
    names = [" ".join(_points(one.find(f"{CHART}tx")).values()) for one in series]
    categories: dict[int, str] = {}
    for one in series:
        categories = _points(one.find(f"{CHART}cat")) or categories
    values = [_points(one.find(f"{CHART}val")) for one in series]
    places = sorted({place for one in (*values, categories) for place in one})[:MAX_POINTS]
    rows = [["", *names], *([categories.get(place, ""), *(one.get(place, "") for one in values)] for place in places)]
    for row, level in zip(rows, row_levels(rows, declared=1), strict=True):
        text = row_text(row)
        if any(character.isalnum() for character in text):
            yield RawBlock(BlockKind.TABLE_ROW, text, level)


def _points(source: Element | None) -> dict[int, str]:
    """The values of a reference by place, figures as the chart writes them."""
    found: dict[int, str] = {}
    for cache in () if source is None else source.iter(*CACHES):
        form = None if cache.tag in TEXT_CACHES else (cache.findtext(f"{CHART}formatCode") or "General")
        for point in cache.iter(f"{CHART}pt"):
            text = (point.findtext(f"{CHART}v") or "").strip()
            found[int(point.get("idx", "0"))] = text if form is None else _figure(text, form)
    return found


def _figure(text: str, form: str) -> str:
    """A figure in the Dutch form of a number format: 0.25 as 25%, 44197 as 01/01/2021, 0.30000000000000004 as 0,3."""
    try:
        number = float(text)
    except ValueError:
        return text
    if DATE_FORM.search(QUOTED.sub("", form.split(";")[0])) and 0 < number < LAST_DAY:
        return shown_date(FIRST_DAY + timedelta(days=int(number)), form)
    return shown_number(number, form)
