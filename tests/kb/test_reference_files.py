"""References for reference managers, read back by the rules of each format."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate

import pytest

from ingest.types import Span
from kb.reference_files import bibtex, citation_key, ris
from kb.types import DocumentCard, PageMark
from tests.kb.test_references import ADVICE, HOSTILE, document

BACK = {
    "{\\textbackslash}": "\\",
    "{\\textbraceleft}": "{",
    "{\\textbraceright}": "}",
    "{\\textasciitilde}": "~",
    "{\\textasciicircum}": "^",
} | {f"\\{character}": character for character in "&%$#_"}


def named(document_id: str, **info: str | None) -> DocumentCard:
    """A document with this id."""
    return replace(document(**info), id=document_id)


def bibtex_fields(entry: str) -> dict[str, str]:
    """The fields of an entry as BibTeX reads them: a value ends where its braces match."""
    fields, rest = {}, entry.partition("\n")[2]
    while match := re.match(r"\s*(\w+) = (?=\{|(\w+),)", rest):
        rest = rest[match.end() :]
        depths = accumulate({"{": 1, "}": -1}.get(character, 0) for character in rest)
        end = next(at for at, depth in enumerate(depths) if depth == 0 and rest[at] in "},")
        value = rest[:end] if match[2] else rest[1:end]
        rest = rest[end:].lstrip("},")
        fields[match[1]] = value
    assert rest.strip() == "}"
    return fields


def as_typeset(value: str) -> str:
    """What LaTeX makes of a value."""
    whole = value[1:-1] if value.startswith("{") and value.endswith("}") and value not in BACK else value
    return re.sub("|".join(map(re.escape, BACK)), lambda match: BACK[match[0]], whole)


def ris_fields(record: str) -> list[tuple[str, str]]:
    """The lines of a record as tag and value."""
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in record.split("\r\n")[:-1])
    return [(line[:2], line[6:]) for line in record.split("\r\n")[:-1]]


def test_bibtex_holds_what_is_known() -> None:
    """A report of an organisation, whose name and title keep their capitals by double braces."""
    card = document(PageMark(3, 0), PageMark(4, 10), **ADVICE, reference="7", language="nl")

    assert bibtex(replace(card, id="serv-advies"), [Span(12, 13), Span(0, 5)], language="nl") == (
        "@techreport{serv-advies,\n"
        "  author = {{SERV}},\n"
        "  title = {{Duaal leren in het hoger onderwijs}},\n"
        "  institution = {{SERV}},\n"
        "  type = {Advies},\n"
        "  number = {7},\n"
        "  year = {2018},\n"
        "  day = {2},\n"
        "  pages = {3--4},\n"
        "  langid = {dutch},\n"
        "  month = jul,\n"
        "}\n"
    )


def test_ris_holds_what_is_known() -> None:
    """A report, from its type to its end."""
    card = replace(document(PageMark(3, 0), **ADVICE, language="nl"), id="serv-advies")

    assert ris_fields(ris(card, [Span(0, 5)], language="nl")) == [
        ("TY", "RPRT"),
        ("AU", "SERV"),
        ("TI", "Duaal leren in het hoger onderwijs"),
        ("PB", "SERV"),
        ("PY", "2018"),
        ("DA", "2018/07/02/"),
        ("M3", "Advies"),
        ("SP", "3"),
        ("LA", "nl"),
        ("ID", "serv-advies"),
        ("ER", ""),
    ]


def test_what_is_not_known_is_left_out() -> None:
    """No empty fields, and no date or issuer made up."""
    assert bibtex(named("nota")) == "@misc{nota,\n  title = {{document.pdf}},\n}\n"
    assert [tag for tag, _ in ris_fields(ris(named("nota")))] == ["TY", "TI", "ID", "ER"]


def test_a_date_without_a_day_has_none() -> None:
    """A month or a year alone stays alone."""
    month, year = document(title="N", date="2018-07"), document(title="N", date="2018")

    assert ("DA", "2018/07//") in ris_fields(ris(month))
    assert ("DA", "2018///") in ris_fields(ris(year))
    assert "day" not in bibtex_fields(bibtex(month))
    assert "month" not in bibtex_fields(bibtex(year))


def test_a_page_that_was_worked_out_is_marked_in_a_note() -> None:
    """There is no field for it, and its number alone would say too much."""
    card = document(PageMark(2, 0, inferred=True), title="N")

    assert bibtex_fields(bibtex(card, [Span(0, 3)], language="nl"))["note"] == "p. 2 (pagina afgeleid)"
    assert ("N1", "p. 2 (pagina afgeleid)") in ris_fields(ris(card, [Span(0, 3)], language="nl"))


def test_slides_are_slides() -> None:
    """RIS has a type for them."""
    assert ris(document(file_format="pptx")).startswith("TY  - SLIDE\r\n")


@pytest.mark.parametrize(
    "title",
    [
        *HOSTILE,
        "half {open",
        "dicht} @book{vals, title={x}}",
        "\\input{/etc/passwd}",
        "50% van R&D_kosten #1 in $ ~ ^",
        "rug\\",
        "}\n@misc{vals,",
    ],
)
def test_a_title_cannot_leave_its_field(title: str) -> None:
    """Read back by the rules of the format, it is the title on one line, and nothing else has changed."""
    card = named("nota", title=title, publisher=title)
    entry = bibtex(card)
    shown = as_typeset(bibtex_fields(entry)["title"])

    assert list(bibtex_fields(entry)) == ["author", "title", "institution"]
    assert shown == as_typeset(bibtex_fields(entry)["author"])
    assert shown.isprintable()
    assert [tag for tag, _ in ris_fields(ris(card))] == ["TY", "AU", "TI", "PB", "ID", "ER"]
    assert dict(ris_fields(ris(card)))["TI"] == shown


def test_keys_are_stable_plain_and_different() -> None:
    """A key goes by what the file is called, also where that cannot be a key itself."""
    ids = ["nota-2018", "Nota 2018", "nota 2018", "nota\u00a02018", "2018", "Ω", "coördinatie"]
    keys = [citation_key(named(one)) for one in ids]

    assert keys[0] == "nota-2018"
    assert len(set(keys)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)
    assert keys == [citation_key(named(one)) for one in ids]
