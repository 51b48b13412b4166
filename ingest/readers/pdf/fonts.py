"""Which fonts of a PDF are bold."""

from __future__ import annotations

import re
from typing import Any

BOLD_WEIGHT = 600
FORCE_BOLD = 1 << 18  # a flag of a font descriptor

_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi(?!ct)", re.I)


class Weights:
    """Which fonts are bold, looked up once for each."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, bool]] = {}  # the font is kept, so that its id stays its own

    def is_bold(self, font: Any) -> bool:  # noqa: ANN401 - pypdf leaves it untyped
        """Whether a font is bold by its name or descriptor."""
        if font is None:
            return False
        if id(font) not in self._known:
            self._known[id(font)] = (font, _is_bold(font))
        return self._known[id(font)][1]


def _is_bold(font: Any) -> bool:  # noqa: ANN401
    if _BOLD_NAME.search(str(font.get("/BaseFont", ""))):
        return True
    descriptor = font.get("/FontDescriptor")
    if descriptor is None:
        return False
    descriptor = descriptor.get_object()
    weight, flags = descriptor.get("/FontWeight", 0), descriptor.get("/Flags", 0)
    return (isinstance(weight, int | float) and weight >= BOLD_WEIGHT) or (
        isinstance(flags, int) and bool(flags & FORCE_BOLD)
    )
