"""What stands before the items of a list: bullets, which go, and numbering, which stays in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

BULLET = "•"
MIN_LETTER_BULLETS = 3
_SIGNS = "•▪●◦○■□◆◇▶►➢➤❖✓✔✗‣⁃∙·➔→☐☑✘◼◾⚫\u25aa\uf0b7\uf0a7\uf0d8\uf0fc"
_BULLET = re.compile(rf"\s*(?:[{_SIGNS}\ue000-\uf8ff]+\s*|[-–*](?:\s+|$))")
# "Å" and "ω" come from slides, the others from the symbol fonts of Word.
_LETTER_BULLET = re.compile(r"\s*(?:[Åω](?=[\s\dA-Z])|[oØüvqln§](?=\s+\S))")
_COMMON_LETTERS = "oØüvqln"
_NUMBERING = re.compile(
    r"\s*(?P<open>\()?(?:(?P<number>\d{1,2})|(?P<letter>[a-zA-Z])|(?P<roman>[ivx]{2,4}))(?P<close>[.)])\s+(?=\S)"
)
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12}


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before an item. ``style`` is equal for the items of one list; ``value`` counts them, and is
    None for a bullet; ``text`` is what is kept of the line.
    """

    style: str
    value: int | None
    text: str

    @property
    def opens_list(self) -> bool:
        """Whether a list can begin with it: a bullet, or the first number, letter or Roman numeral."""
        return self.value in (None, 1) or self.style.strip("(.)") == "roman" or self.text.lstrip("( ")[:1] == "i"

    def follows(self, other: Marker | None) -> bool:
        """Whether this is the next number after the other."""
        if other is None or self.value is None or other.value is None:
            return False
        return self.style == other.style and self.value == other.value + 1


def marker_of(line: str) -> Marker | None:
    """The marker at the start of a line."""
    if bullet := _BULLET.match(line):
        return Marker(bullet[0].strip()[:1], None, line[bullet.end() :])
    numbering = _NUMBERING.match(line)
    if numbering is None:
        return None
    kind = next(name for name in ("number", "letter", "roman") if numbering[name])
    style = f"{numbering['open'] or ''}{kind}{numbering['close']}"
    if kind == "letter" and numbering["letter"].isupper():
        style = style.upper()
    return Marker(style, _value(kind, numbering[kind]), line)


def _value(kind: str, text: str) -> int:
    if kind == "number":
        return int(text)
    return _ROMAN.get(text, 0) if kind == "roman" else ord(text.lower()) - ord("a") + 1


def letter_bullets(lines: Iterable[str]) -> frozenset[str]:
    """The letters that are bullets in this document: glyphs of a symbol font that were decoded as letters."""
    found = Counter(match[0].strip() for line in lines if (match := _LETTER_BULLET.match(line)))
    return frozenset(letter for letter, count in found.items() if count >= MIN_LETTER_BULLETS)


def with_bullets(line: str, letters: frozenset[str]) -> str:
    """The line with a bullet where a letter stands for one.

    "Å" and "ω" give way to it. Any other letter stays behind its bullet: repair drops no letter that could be one.
    """
    match = _LETTER_BULLET.match(line)
    if match is None or (letter := match[0].strip()) not in letters:
        return line
    kept = f" {letter}" if letter in _COMMON_LETTERS else ""
    return f"{line[: match.end() - 1]}{BULLET}{kept}{line[match.end() :]}"
