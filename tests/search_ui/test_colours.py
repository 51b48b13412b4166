"""The colours of the stylesheet can be told apart, in light and in dark (WCAG 2.1, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import product

import pytest

from search_ui.frame import GROUNDS

SHEET = files("search_ui").joinpath("static", "style.css").read_text(encoding="utf8")
TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
SCHEMES = {"light": 2, "dark": 3}  # the group of the expression above
CONTRAST_START = SHEET.index("@media (prefers-contrast: more)")

BACKGROUNDS = ("ground", "paper", "field")
TINTS = ("accent-soft", "good-soft", "caution-soft", "wrong-soft")
TEXT = [
    *product(("ink", "ink-soft", "accent", "accent-strong", "good", "caution", "wrong"), BACKGROUNDS),
    *product(("ink", "accent", "accent-strong"), TINTS),
    ("good", "good-soft"),
    ("caution", "caution-soft"),
    ("wrong", "wrong-soft"),
    ("ink-soft", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("marker-ink", "marker"),
]
EDGES = [*product(("field-line", "accent", "caution", "wrong"), BACKGROUNDS), ("field-line", "accent-soft")]


def colours(scheme: str, *, more_contrast: bool = False) -> dict[str, str]:
    """The tokens that are colours, in one scheme."""
    read = SHEET if more_contrast else SHEET[:CONTRAST_START]
    return {match[1]: match[SCHEMES[scheme]] for match in TOKEN.finditer(read)}


def luminance(colour: str) -> float:
    """The relative luminance of "#rrggbb", as WCAG 2.1 defines it."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("more_contrast", [False, True])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read_on_every_ground_it_stands_on(scheme: str, *, more_contrast: bool) -> None:
    """4.5 to 1 for all text."""
    palette = colours(scheme, more_contrast=more_contrast)
    ratios = {f"{ink} on {ground}": contrast(palette[ink], palette[ground]) for ink, ground in TEXT}

    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_of_fields_and_rings_can_be_seen(scheme: str) -> None:
    """3 to 1 for the lines that say where a field, a button or the keyboard is."""
    palette = colours(scheme)
    ratios = {f"{edge} on {ground}": contrast(palette[edge], palette[ground]) for edge, ground in EDGES}

    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 3} == {}


def test_a_colour_is_written_once() -> None:
    """Outside the tokens no rule names a colour of its own, but for paper and the veil behind a dialog."""
    rules = TOKEN.sub("", SHEET)
    printed = rules[: rules.index("@media print")]

    assert re.findall(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b(?=[;, )])", printed) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_browsers_frame_has_the_colour_of_the_page(scheme: str) -> None:
    """What the pages say in ``theme-color`` is the ground of the stylesheet."""
    assert colours(scheme)["ground"] == GROUNDS[scheme]


def test_every_token_that_is_used_is_one_of_ours() -> None:
    """A name that is not there is no error to a browser: the rule is only lost, or takes what Gradio calls so."""
    used, known = set(re.findall(r"var\(--([\w-]+)", SHEET)), set(re.findall(r"--([\w-]+):", SHEET))

    assert used - known == set()
