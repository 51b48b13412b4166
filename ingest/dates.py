"""Dates as people write them: "2 juli 2018", "02/07/2018", "juli 2018", and in names of files "20180702"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may",
            "juni june jun", "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct",
            "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY = r"(?<![\d.,/])(?P<day>\d{1,2})(?:e|ste|de|st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d{2})(?![\d])"
SEPARATOR = r"\s?[-/.]\s?"

WRITTEN = re.compile(rf"{DAY}\s+{MONTH}\s+{YEAR}", re.I)
AMERICAN = re.compile(rf"\b{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{YEAR}", re.I)
NUMERIC = re.compile(rf"(?<![\d.,/-])(?P<day>\d{{1,2}}){SEPARATOR}(?P<month>\d{{1,2}}){SEPARATOR}{YEAR}")
ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
MONTH_AND_YEAR = re.compile(rf"\b{MONTH}\s+{YEAR}", re.I)

# In the name of a file anything may stand between the parts, and a year may be short.
NAME_DAY = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<gap>[ ._-])(?P<month>\d{1,2})(?P=gap)(?P<year>20\d{2}|\d{2})(?!\d)")
NAME_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>20\d{2})(?P<gap>[ ._-])(?P<month>\d{2})(?P=gap)(?P<day>\d{2})(?!\d)")
NAME_COMPACT = re.compile(r"(?<!\d)(?P<day>[0-3]\d)(?P<month>[01]\d)(?P<year>20\d{2})(?!\d)")
NAME_WRITTEN = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})[ ._-]?(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")[ ._-]?"
    r"(?P<year>20\d{2}|\d{2})(?!\d)",
    re.I,
)  # fmt: skip
NAME_YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ISO 8601, whole or as year and month, and where it stands."""

    value: str
    start: int
    end: int


def whole_dates(text: str) -> list[FoundDate]:
    """The dates with day, month and year, in order."""
    found = [date for pattern in (WRITTEN, AMERICAN, NUMERIC, ISO, COMPACT) for date in _matches(pattern, text, _day)]
    return sorted(found, key=lambda found_date: found_date.start)


def months(text: str) -> list[FoundDate]:
    """The months with their year, in order, that are not part of a whole date."""
    taken = [range(found.start, found.end) for found in whole_dates(text)]
    found_months = _matches(MONTH_AND_YEAR, text, _month)
    return [found for found in found_months if not any(found.start in place for place in taken)]


def lone_years(text: str) -> list[str]:
    """The years in a text, as in "Jaarverslag 2021"."""
    return NAME_YEAR.findall(text)


def date_in_name(name: str) -> str | None:
    """The date in the name of a file without its suffix, whole or its year."""
    plain = name.replace("_", " ")
    for pattern in (NAME_YEAR_FIRST, COMPACT, NAME_DAY, NAME_COMPACT, NAME_WRITTEN):
        found = next(_matches(pattern, plain, _day), None)
        if found:
            return found.value
    month = next(iter(months(plain.replace("-", " "))), None)
    years = lone_years(plain)
    return month.value if month else (years[-1] if years else None)


def spoken_date(text: str) -> str | None:
    """The date that a whole text is, in any spelling, in ISO 8601 as far as it goes: "2 juli 2018", "2018"."""
    said = text.strip()
    for found in (*whole_dates(said), *months(said)):
        if (found.start, found.end) == (0, len(said)):
            return found.value
    shape = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", said)
    return said if shape and 1 <= int(shape[2] or 1) <= 12 else None


def _matches(
    pattern: re.Pattern[str], text: str, value_of: Callable[[re.Match[str]], str | None]
) -> Iterator[FoundDate]:
    for match in pattern.finditer(text):
        value = value_of(match)
        if value:
            yield FoundDate(value, match.start(), match.end())


def _day(match: re.Match[str]) -> str | None:
    year = int(match["year"])
    try:
        return date(year if year > 99 else 2000 + year, _month_number(match), int(match["day"])).isoformat()
    except ValueError:
        return None


def _month(match: re.Match[str]) -> str | None:
    return f"{match['year']}-{_month_number(match):02}"


def _month_number(match: re.Match[str]) -> int:
    return int(match["month"]) if match["month"].isdigit() else MONTHS[match["month"].lower()]
