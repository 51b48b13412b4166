"""Numbers as lists count: 3, c, C, iii, III."""

from __future__ import annotations

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST_ROMAN = 3999
LARGEST_LETTER = 26 * 26


def roman(number: int) -> str:
    """A number in small Roman numerals; in digits where these end."""
    if not 0 < number <= LARGEST_ROMAN:
        return str(number)
    shown = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        shown += letters * count
    return shown


def letter(number: int) -> str:
    """A number as a small letter, after z twice: z, aa, bb; in digits where these end."""
    if not 0 < number <= LARGEST_LETTER:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)
