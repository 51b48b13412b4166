"""The charts of an OpenDocument: their titles, and their figures as a table with the series side by side."""

from __future__ import annotations

from math import isfinite

from ingest.readers.numberformats import shown_number
from ingest.readers.odf import CHART, OFFICE, TABLE, TEXT
from ingest.readers.safexml import Element

MAX_POINTS = 200  # a chart of more shows a line, and no figures


def chart_in(root: Element | None) -> Element | None:
    """The chart in the content of an embedded document, its figures as a Dutch reader writes them; None for another
    kind of content.
    """
    chart = None if root is None else root.find(f"{OFFICE}body/{OFFICE}chart/{CHART}chart")
    for table in () if chart is None else chart.findall(f"{TABLE}table"):
        for cell in table.iter(f"{TABLE}table-cell"):
            _show_figure(cell)
        for rows in table.findall(f"{TABLE}table-rows"):
            rows[:] = rows[:MAX_POINTS]
    return chart


def _show_figure(cell: Element) -> None:
    """A cell holds a figure as programs write it, "13.5", and "NaN" for none."""
    shown = cell.find(f"{TEXT}p")
    if cell.get(f"{OFFICE}value-type") == "float" and shown is not None:
        value = float(cell.get(f"{OFFICE}value", "nan"))
        shown.text = shown_number(value, "General") if isfinite(value) else ""
