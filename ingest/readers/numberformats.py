"""Numbers and dates of a spreadsheet as a Dutch reader sees them: "12,5%", "1.234,50", "21/11/2026".

A cell holds 0.30000000000000004 and a format; what is shown is neither. Of a format's sections only the first is
followed, which is that of positive numbers.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

GENERAL_DIGITS = 10  # as many as a cell of the usual width shows
LARGEST_SHIFT = 6  # thousands that a format may leave out
MOST_PLACES = 15
# Literal text, fillers, currencies ([$€-413]) and other conditions, the digits, anything else.
PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<digits>[#0?][#0?.,\s]*[#0?.,]|[#0?])|(?P<other>.)"
)
FIRST_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*')
UNFOLLOWED = re.compile(r"general|[eE][+-]|[#0?]\s*/", re.I)  # everything, powers of ten, fractions
WORDS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def shown_number(value: float, code: str) -> str:
    """A number in the format with this code."""
    section = (FIRST_SECTION.match(code) or [""])[0]
    parts = [match for match in PART.finditer(section) if match[0]]
    digits = [match["digits"] for match in parts if match["digits"]]
    if not digits or not isfinite(value) or UNFOLLOWED.search(WORDS.sub("", section)):
        return _general(value)
    texts = [_text(match, value, section, digits[0]) for match in parts]
    sign = "-" if value < 0 and any(character in "123456789" for text in texts for character in text) else ""
    return sign + "".join(texts).strip()


def shown_date(value: datetime | date | time | timedelta, code: str) -> str:
    """A day, a month with its year, a year or a time, as much of them as the format shows."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    plain = WORDS.sub("", code).lower()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    has_clock = (
        isinstance(value, datetime) and "h" in plain and value.time() != time()
    )  # midnight is no hour, but a day
    return " ".join(filter(None, (_day(value, plain), f"{value:%H:%M}" if has_clock else "")))


def _day(value: date, plain: str) -> str:
    if "d" in plain or not any(part in plain for part in "ymh"):
        return f"{value.day:02}/{value.month:02}/{value.year}"
    months = re.sub(r"h+:?m+|m+:?s+", "", plain)
    if "m" in months:
        return f"{value.month:02}/{value.year}"
    return str(value.year) if "y" in plain else ""


def _general(value: float) -> str:
    if isfinite(value) and value == int(value) and abs(value) < 10**MOST_PLACES:
        return str(int(value))
    return f"{value:.{GENERAL_DIGITS}g}".replace(".", ",")


def _text(match: re.Match[str], value: float, section: str, digits: str) -> str:
    if match["digits"]:
        return (
            _in_digits(abs(value) * (100 if "%" in WORDS.sub("", section) else 1), digits) if match[0] == digits else ""
        )
    return match["quoted"] or match["escaped"] or match["currency"] or (match["other"] or "").lstrip("+-@")


def _in_digits(value: float, digits: str) -> str:
    """A number in digits with the commas and full stops of Dutch."""
    whole, _, behind = digits.strip().partition(".")
    shift = len(whole) - len(whole.rstrip(",")) + len(behind) - len(behind.rstrip(","))
    places = min(sum(sign in "0#?" for sign in behind), MOST_PLACES)
    number = Decimal(repr(value)) / 1000 ** min(shift, LARGEST_SHIFT)
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    grouped = "," if "," in whole.rstrip(",") else ""
    before, _, after = f"{rounded:{grouped}f}".partition(".")
    optional = len(behind.rstrip(",")) - len(behind.rstrip(",").rstrip("#?"))
    after = after[: len(after) - optional] + after[len(after) - optional :].rstrip("0") if optional else after
    before = before.zfill(whole.count("0")) if not grouped else before
    return before.replace(",", ".") + ("," + after if after else "")
