"""Footnotes are joined to the marks that point to them; names that end on a number are none."""

from __future__ import annotations

import pytest

from ingest.marks import glued_marks, note_number, raised, raised_roman
from ingest.notes import note_links
from ingest.types import Block, BlockKind, Page, Span

PARAGRAPH, FOOTNOTE = BlockKind.PARAGRAPH, BlockKind.FOOTNOTE


def _links(*blocks: tuple[BlockKind, str], page_starts: tuple[int, ...] = (0,)) -> list[tuple[str, str, str]]:
    """The text up to each mark, the mark and its note, of a document with these blocks."""
    text, spans = "", []
    for kind, body in blocks:
        spans.append(Block(kind, len(text), len(text) + len(body)))
        text += f"{body}\n"
    pages = [Page(number, start, "") for number, start in enumerate(page_starts, 1)]
    return [
        (_cut(text, Span(0, link.mark.start)).split("\n")[-1], _cut(text, link.mark), _cut(text, link.note))
        for link in note_links(text, pages, spans)
    ]


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def test_a_note_is_joined_to_the_number_behind_a_word() -> None:
    """With a full stop between them too; the mark of the next note stands further on."""
    links = _links(
        (PARAGRAPH, "Gericht op werkenden1. In de vrije tijd.2"), (FOOTNOTE, "1 Nota."), (FOOTNOTE, "2 Boek.")
    )

    assert links == [
        ("Gericht op werkenden", "1", "1 Nota."),
        ("Gericht op werkenden1. In de vrije tijd.", "2", "2 Boek."),
    ]


@pytest.mark.parametrize(
    "text", ["In het HBO5 en OK2.", "Zie art.5 van het decreet", "Graad 5", "Ruim 5% meer, jong5%"]
)
def test_a_name_an_article_and_a_share_are_no_marks(text: str) -> None:
    """A capital, an abbreviation or a space before the number, or a per cent sign behind it."""
    assert list(glued_marks(text)) == []


def test_a_raised_number_goes_before_a_glued_one() -> None:
    """Readers that know what is raised write it in superscript; a power without a note is no mark."""
    links = _links((PARAGRAPH, "De groep2 meet 10 m³ en meer² lokalen"), (FOOTNOTE, "² Bron."))

    assert links == [("De groep2 meet 10 m³ en meer", "²", "² Bron.")]


def test_a_note_belongs_to_the_mark_on_its_page() -> None:
    """Where every page counts its notes from 1."""
    blocks = ((PARAGRAPH, "Eerste1 zin"), (FOOTNOTE, "1 A."), (PARAGRAPH, "Tweede1 zin"), (FOOTNOTE, "1 B."))

    assert _links(*blocks, page_starts=(0, 17)) == [("Eerste", "1", "1 A."), ("Tweede", "1", "1 B.")]


def test_a_mark_in_a_table_counts() -> None:
    """Notes of tables stand in their cells."""
    assert _links((BlockKind.TABLE_ROW, "Gent³ | 12"), (FOOTNOTE, "³ Voorlopig.")) == [("Gent", "³", "³ Voorlopig.")]


def test_numbers_are_raised_and_read_back() -> None:
    """Digits for footnotes, Roman numerals for endnotes."""
    assert [note_number(f"{raised('12')} Bron"), note_number(f"{raised_roman(14)} Bron")] == [12, 14]
