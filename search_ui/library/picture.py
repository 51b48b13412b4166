"""A picture of the collection: its documents by year, by issuer and by kind, each bar a way into the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.labels import number_label, value_label
from kb.wording import say
from search_ui.addresses import other_language
from search_ui.library.addresses import Leaf, library_address
from search_ui.library.listing import Entry, Wish, counts
from search_ui.library.pieces import counted, crumbs, lib, library_page, nothing_yet
from search_ui.markup import element, hidden, text

MOST_BARS = 12
YEAR_WIDTH, HEIGHT, FOOT, MARGIN = 24, 140, 24, 4  # of the picture of years, in its own units
MOST_YEARS = 60  # an earlier year is counted in the table alone
EVERY = 5  # of so many years one is named, beside the first and the last

Counts = Sequence[tuple[str, int]]


def render_picture_page(entries: Sequence[Entry], *, language: str) -> str:
    """The whole page."""
    title = say("ui.library.picture.title", language=language)
    return library_page(
        title,
        crumbs(language),
        element("h1", text(title)),
        *(_drawn(entries, language=language) if entries else (nothing_yet(language),)),
        language=language,
        elsewhere=library_address(Leaf.PICTURE, other_language(language)),
    )


def _drawn(entries: Sequence[Entry], *, language: str) -> Iterator[str]:
    known = {name: counts(entries, name) for name in ("year", "publisher", "kind")}
    yield element("p", text(counted("library.all", len(entries), language=language)))
    yield _years(known["year"], language=language)
    for name in ("publisher", "kind"):
        yield _bars(name, known[name], len(entries), language=language)


def _years(known: Counts, *, language: str) -> str:
    """Columns from the first year to the last, gaps too; the same as a table below."""
    heading = element("h2", lib("picture.year", language), id="year")
    if not known:
        return element("section", heading, element("p", lib("picture.unknown", language)))
    numbers = {int(year): count for year, count in known}
    last = max(numbers)
    years = range(max(min(numbers), last - MOST_YEARS + 1), last + 1)
    fold = element(
        "details",
        element("summary", lib("picture.as_table", language)),
        _table("year", known, language=language),
    )
    return element("section", heading, _columns(numbers, years, language=language), fold, class_="picture")


def _columns(numbers: dict[int, int], years: range, *, language: str) -> str:
    most = max(numbers.values())
    title = say("ui.library.picture.year_title", language=language, first=years[0], last=years[-1])
    described = ", ".join(f"{year}: {numbers[year]}" for year in years if year in numbers)
    parts = [_column(year, place, numbers.get(year, 0), most, years) for place, year in enumerate(years)]
    width = max(len(years) * YEAR_WIDTH, 10 * YEAR_WIDTH)
    drawn = element(
        "svg",
        element("title", text(title), id="years-title"),
        element("desc", text(described), id="years-desc"),
        *parts,
        viewBox=f"{-MARGIN} 0 {width + 2 * MARGIN} {HEIGHT + FOOT}",
        width=width + 2 * MARGIN,  # no smaller: its figures must be read on a telephone too
        class_="years",
        preserveAspectRatio="xMinYMax meet",
        role="img",
        aria_labelledby="years-title years-desc",
    )
    label = say("ui.library.picture.year", language=language)
    return element("div", drawn, class_="scroll latest", role="region", tabindex=0, aria_label=label)


def _column(year: int, place: int, count: int, most: int, years: range) -> str:
    left, height = place * YEAR_WIDTH, round(count / most * (HEIGHT - 20), 1)
    middle = left + YEAR_WIDTH / 2
    bar = element("rect", x=left + 3, y=str(HEIGHT - height), width=YEAR_WIDTH - 6, height=str(height), rx=2)
    number = element("text", str(count), x=str(middle), y=str(HEIGHT - height - 4), class_="count") if count else ""
    named = year in (years[0], years[-1]) or (year % EVERY == 0 and year - years[0] > 2 and years[-1] - year > 2)
    name = element("text", str(year), x=str(middle), y=HEIGHT + 17) if named or len(years) <= EVERY else ""
    return (bar if count else "") + number + name


def _bars(name: str, known: Counts, total: int, *, language: str) -> str:
    heading = element("h2", lib(f"picture.{name}", language), id=name)
    if not known:
        return element("section", heading, element("p", lib("picture.unknown", language)))
    largest = sorted(known, key=lambda pair: -pair[1])
    parts = [_table(name, largest[:MOST_BARS], language=language)]
    if len(largest) > MOST_BARS:
        rest = element("summary", text(counted("library.picture.more", len(largest) - MOST_BARS, language=language)))
        parts.append(element("details", rest, _table(name, largest[MOST_BARS:], language=language)))
    without = total - sum(count for _, count in known)
    if without:
        parts.append(element("p", text(counted("library.picture.without", without, language=language)), class_="soft"))
    return element("section", heading, *parts, class_="picture")


def _table(name: str, known: Counts, *, language: str) -> str:
    """A table whose rows are bars: the value, a bar, the number."""
    most = max(count for _, count in known)
    rows = (_bar(name, value, count, most, language=language) for value, count in known)
    head = element(
        "tr",
        element("th", lib(f"filter.{name}", language), scope="col"),
        element("td"),
        element("th", hidden(say("ui.library.picture.documents", language=language)), scope="col"),
    )
    return element("table", element("thead", head), element("tbody", *rows), class_="bars", aria_labelledby=name)


def _bar(name: str, value: str, count: int, most: int, *, language: str) -> str:
    address = library_address(Leaf.LIST, language, query=_wish(name, value).query)
    drawn = element(
        "svg",
        element("rect", width=str(round(100 * count / most, 1)), height=10),
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
    return element(
        "tr",
        element("th", element("a", text(value_label(name, value, language=language)), href=address), scope="row"),
        element("td", drawn),
        element("td", number_label(count, language=language), class_="number"),
    )


def _wish(name: str, value: str) -> Wish:
    return {"year": Wish(year=value), "publisher": Wish(publisher=value), "kind": Wish(kind=value)}[name]
