"""Figures with their intervals as a picture: bars per group of questions, a panel for each figure.

One drawing, two ways to keep it: as SVG in an HTML page, or as PNG.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from kb.errors import UsageError
from kb.measures import ALL, Estimate, Measured, estimates, group_label, measure_label
from kb.wording import say

Groups = Mapping[str, Sequence[Measured]]

PANELS = (
    "passage hit@1",
    "answer holds all evidence",
    "passage hit@3",
    "short answer holds all evidence",
    "page hit@3",
    "quotes verbatim in source",
    "unanswerable refused",
    "answerable wrongly refused",
)
LOWER_IS_BETTER = frozenset({"answerable wrongly refused", "unanswerable wrongly answered"})

WIDTH, MARGIN, GAP = 1080, 36, 48
HEAD, TITLE, ROW, AXIS, PANEL_GAP = 84, 34, 26, 26, 22
LABELS, VALUES, BAR = 150, 52, 14
SCALE = 2  # of the PNG, for sharp letters on a fine screen
INK, SOFT, GRID, PAPER = "#1b2733", "#5b6b7a", "#dfe5ea", "#ffffff"
WHOLE, PART, WARM, WARM_WHOLE = "#1f4e79", "#7fa8cf", "#e0a878", "#a8581f"
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled box; pixels from the left and the top."""

    left: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text on a base line. ``anchor`` is "start", "middle" or "end"."""

    x: float
    y: float
    text: str
    size: int = 13
    colour: str = INK
    anchor: str = "start"
    bold: bool = False


Shape = Bar | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes, the later ones over the earlier, on a sheet of ``WIDTH`` by ``height`` pixels."""

    height: float
    shapes: tuple[Shape, ...]


def save_picture(groups: Groups, path: Path, *, title: str) -> None:
    """Draw the figures of groups of questions; ``path`` ends in .png or .html.

    Raises UsageError for another ending, OSError where the file cannot be written.
    """
    keep = _KEEPERS.get(path.suffix.lower())
    if keep is None:
        raise UsageError("picture_ending", path=path)
    keep(_drawing(groups, title), path, title)


# --- the drawing ---------------------------------------------------------------------------------------


def _drawing(groups: Groups, title: str) -> Drawing:
    found = {name: estimates(group) for name, group in groups.items()}
    rows = {panel: [name for name in groups if panel in found[name]] for panel in PANELS}
    panels = [panel for panel in PANELS if len(rows[panel]) > 0]
    shapes: list[Shape] = [
        Words(MARGIN, MARGIN + 12, title, size=20, bold=True),
        Words(MARGIN, MARGIN + 34, say("evaluation.picture_note", count=len(groups[ALL])), colour=SOFT),
    ]
    width = (WIDTH - 2 * MARGIN - GAP) / 2
    heights = [float(HEAD), float(HEAD)]
    for panel in panels:
        column = 0 if heights[0] <= heights[1] else 1
        shown = [
            (name, sum(panel in one.counts for one in groups[name]), found[name][panel])
            for name in _worth_showing(rows[panel])
        ]
        shapes += _panel(panel, shown, MARGIN + column * (width + GAP), heights[column], width)
        heights[column] += TITLE + len(shown) * ROW + AXIS + PANEL_GAP
    return Drawing(max(heights) + MARGIN - PANEL_GAP, tuple(shapes))


def _worth_showing(names: list[str]) -> list[str]:
    """All together and its parts; one part alone is all there is."""
    return names[1:] if len(names) == 2 else names


def _panel(
    panel: str, rows: Sequence[tuple[str, int, Estimate]], left: float, top: float, width: float
) -> Iterator[Shape]:
    yield Words(left, top + 18, measure_label(panel), size=15, bold=True)
    start, length = left + LABELS, width - LABELS - VALUES
    below = top + TITLE + len(rows) * ROW
    for tick in TICKS:
        yield Bar(start + tick * length, top + TITLE, 1, below - top - TITLE, GRID)
        yield Words(start + tick * length, below + 15, f"{100 * tick:.0f} %", size=11, colour=SOFT, anchor="middle")
    whole, part = (WARM_WHOLE, WARM) if panel in LOWER_IS_BETTER else (WHOLE, PART)
    for index, (name, count, estimate) in enumerate(rows):
        middle = top + TITLE + (index + 0.5) * ROW
        yield Words(start - 10, middle + 5, f"{group_label(name)} ({count})", anchor="end", bold=name == ALL)
        yield Bar(start, middle - BAR / 2, estimate.value * length, BAR, whole if name == ALL else part)
        yield from _whisker(start + estimate.low * length, start + estimate.high * length, middle)
        yield Words(left + width, middle + 5, f"{100 * estimate.value:.0f} %", anchor="end", bold=name == ALL)


def _whisker(low: float, high: float, middle: float) -> Iterator[Shape]:
    for edge, colour in ((1.5, PAPER), (0.0, INK)):  # a light rim, so that it shows on a dark bar too
        yield Bar(low, middle - 0.75 - edge, high - low, 1.5 + 2 * edge, colour)
        for end in (low, high):
            yield Bar(end - 0.75 - edge, middle - 4 - edge, 1.5 + 2 * edge, 8 + 2 * edge, colour)


# --- two ways to keep it ---------------------------------------------------------------------------------


def _keep_html(drawing: Drawing, path: Path, title: str) -> None:
    size = f'viewBox="0 0 {WIDTH} {drawing.height:.0f}" width="{WIDTH}"'
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{escape(title)}">'
    style = f"body{{margin:0;background:{PAPER}}}svg{{max-width:100%;height:auto;font-family:system-ui,sans-serif}}"
    body = "\n".join(_svg(shape) for shape in drawing.shapes)
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{style}</style>'
    path.write_text(f"<!doctype html>\n{head}\n{picture}\n{body}\n</svg>\n", "utf8")


def _svg(shape: Shape) -> str:
    if isinstance(shape, Bar):
        place = f'x="{shape.left:.1f}" y="{shape.top:.1f}" width="{shape.width:.1f}" height="{shape.height:.1f}"'
        return f'<rect {place} fill="{shape.colour}"/>'
    weight = ' font-weight="600"' if shape.bold else ""
    place = f'x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size}" text-anchor="{shape.anchor}"'
    return f'<text {place} fill="{shape.colour}"{weight}>{escape(shape.text)}</text>'


def _keep_png(drawing: Drawing, path: Path, _title: str) -> None:
    image = Image.new("RGB", (WIDTH * SCALE, round(drawing.height * SCALE)), PAPER)
    pencil = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        _paint(pencil, shape)
    image.save(path, "PNG")


def _paint(pencil: ImageDraw.ImageDraw, shape: Shape) -> None:
    if isinstance(shape, Bar):
        if shape.width > 0:
            box = (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
            pencil.rectangle([round(SCALE * side) for side in box[:2]] + [round(SCALE * s) - 1 for s in box[2:]],
                             fill=shape.colour)  # fmt: skip
        return
    font = ImageFont.load_default(shape.size * SCALE)
    anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape.anchor]
    for step in range(SCALE if shape.bold else 1):  # the font has no bold: drawn twice, a little apart
        place = (SCALE * shape.x + step, SCALE * shape.y)
        pencil.text(place, shape.text, fill=shape.colour, font=font, anchor=anchor)


_KEEPERS: dict[str, Callable[[Drawing, Path, str], None]] = {".html": _keep_html, ".png": _keep_png}
