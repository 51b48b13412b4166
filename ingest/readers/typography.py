"""Headings that are only made to look like headings: short lines, larger or bolder than the text around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

MAX_HEADING_CHARS = 120
MAX_STYLED_CHARS = 300  # a longer text is no heading, whatever its style says
LARGER = 1.15
MAX_SHARE = 0.4  # where more of the lines look like headings than this, none of them is one
ENDS_LIKE_A_SENTENCE = re.compile(r"[.;:,]\s*$")
HAS_A_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph to judge. ``size`` is the smallest size in it, in any unit; ``bold`` when all of it is."""

    text: str
    size: float
    bold: bool
    is_list_item: bool = False
    level: int | None = None  # of a heading that is known to be one


def heading_levels(lines: Iterable[Line]) -> list[int | None]:
    """The heading level of each line, in the same order; None for running text."""
    shown = list(lines)
    body = _body_size(shown)
    large = sorted({line.size for line in shown if _is_large(line, body)}, reverse=True)
    known = [line.level for line in shown if line.level is not None]
    bold_level = max([len(large), *known]) + 1
    stand_alone = _stand_alone(shown, body)
    if sum(stand_alone) + sum(_is_large(line, body) for line in shown) > MAX_SHARE * len(shown):
        return [line.level for line in shown]
    return [
        _level(line, body, large, bold_level if alone else None) for line, alone in zip(shown, stand_alone, strict=True)
    ]


def _level(line: Line, body: float, large: list[float], bold_level: int | None) -> int | None:
    if line.level is not None:
        return line.level if len(line.text) <= MAX_STYLED_CHARS else None
    return large.index(line.size) + 1 if _is_large(line, body) else bold_level


def _body_size(lines: list[Line]) -> float:
    """The size that most letters have."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _could_be_heading(line: Line) -> bool:
    return (
        line.level is None
        and len(line.text) <= MAX_HEADING_CHARS
        and not ENDS_LIKE_A_SENTENCE.search(line.text)
        and bool(HAS_A_WORD.search(line.text))
    )


def _is_large(line: Line, body: float) -> bool:
    stands_out = line.bold or not line.is_list_item
    return stands_out and line.size >= body * LARGER and _could_be_heading(line)


def _is_bold(line: Line, body: float) -> bool:
    return line.bold and not line.is_list_item and not _is_large(line, body) and _could_be_heading(line)


def _stand_alone(lines: list[Line], body: float) -> list[bool]:
    """Which lines are bold with something else after them: several in a row are an address or a slogan."""
    bold = [_is_bold(line, body) for line in lines]
    return [is_bold and not next_is_bold for is_bold, next_is_bold in pairwise([*bold, True])]
