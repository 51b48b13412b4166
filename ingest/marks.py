"""Footnote marks: the small numbers that point from a text to its notes, and those before the notes themselves.

A reader that knows a number to be raised writes it with superscript digits, as the page shows it: "onderwijs²". In
plain text the number is glued to a word: "onderwijs2".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ingest.types import Span

NO_MARK = "\u2060"  # a sign that nobody sees, and that repair takes out of every text
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_ROMAN = "ⁱᵛˣˡ"
_TO_RAISED = str.maketrans("0123456789ivxl", _RAISED_DIGITS + _RAISED_ROMAN)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_RAISED = rf"[{_RAISED_DIGITS}]{{1,3}}|[{_RAISED_ROMAN}]+"

_RAISED_MARK = re.compile(rf"(?<=\S)(?P<mark>{_RAISED})(?![{_RAISED_DIGITS}{_RAISED_ROMAN}])")
# "werkplek3" or "school.”3": a mark. "HBO5" and "OK2" are names: a capital stands before the number. "art.3" is none.
_GLUED_MARK = re.compile(
    r"(?:[a-zà-ÿ]|[a-zà-ÿA-Z](?<!\bart)(?<!\bnr)(?<!\bblz)(?<!\bp)[.,;:!?’”)]{1,2}|\d[’”)]{1,2})"
    r"(?P<mark>\[?\d{1,2}\]?)(?![\w%]|[.,/]\d)"
)
_NOTE = re.compile(
    rf"\s*(?:\[(?P<bracketed>\d{{1,3}})\]|(?P<plain>\d{{1,3}})(?!\d)|(?P<raised>{_RAISED}))\s{{0,3}}(?=[^\W\d_]|[‘“\"'«(])"
)


def raised(number: str) -> str:
    """A number in superscript: digits, or Roman numerals in lower case."""
    return number.translate(_TO_RAISED)


def raised_roman(number: int) -> str:
    """A number from 1 to 39 as a superscript Roman numeral, as Word counts endnotes."""
    tens, units = divmod(number, 10)
    return raised("x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[units])


def note_number(text: str) -> int | None:
    """The number that a note begins with, None for a text that does not begin as notes do."""
    match = _NOTE.match(text)
    return _value(match["bracketed"] or match["plain"] or match["raised"]) if match else None


def is_raised_number(text: str) -> bool:
    """Whether the text begins with a superscript number."""
    match = _NOTE.match(text)
    return bool(match and match["raised"])


def raised_marks(text: str) -> Iterator[tuple[int, Span]]:
    """The superscript numbers behind words, each with its value."""
    return _marks(_RAISED_MARK, text)


def glued_marks(text: str) -> Iterator[tuple[int, Span]]:
    """The ordinary numbers that are glued to a word, each with its value: marks where a note has this number."""
    return _marks(_GLUED_MARK, text)


def without_marks(text: str, marks: Iterable[Span]) -> str:
    """The text with ``NO_MARK`` in place of these marks: every other character stays where it is."""
    for mark in marks:
        text = text[: mark.start] + NO_MARK * (mark.end - mark.start) + text[mark.end :]
    return text


def one_line(text: str) -> str:
    """The text on one line, without the places where marks were."""
    return " ".join(text.replace(NO_MARK, "").split())


def _marks(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, Span]]:
    for match in pattern.finditer(text):
        value = _value(match["mark"].strip("[]"))
        if value is not None:
            yield value, Span(*match.span("mark"))


def _value(number: str) -> int | None:
    plain = unicodedata.normalize("NFKC", number)
    if plain.isdecimal():
        return int(plain)
    values = [_ROMAN[letter] for letter in plain]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
