"""The automatic numbers of Word: as Word shows them, so that a quote holds what stands on the page."""

from __future__ import annotations

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml

from ingest.raw import RawBlock
from ingest.types import BlockKind
from tests.ingest.word_samples import NAMESPACES, blocks, paragraph, texts, with_body


def _level(level: int, form: str, text: str, more: str = "") -> str:
    looks = f"<w:numFmt w:val='{form}'/>{more}<w:lvlText w:val='{text}'/>"
    return f"<w:lvl w:ilvl='{level}'><w:start w:val='1'/>{looks}</w:lvl>"


OUTLINE = _level(0, "decimal", "%1.") + _level(1, "decimal", "%1.%2") + _level(2, "lowerLetter", "%3)")
DECREE = _level(0, "upperRoman", "Hoofdstuk %1.") + _level(1, "decimal", "Artikel %1.%2", "<w:isLgl/>")


def _abstract(key: int, levels: str) -> str:
    return f"<w:abstractNum w:abstractNumId='{key}'>{levels}</w:abstractNum>"


def _list(key: int, abstract: int, more: str = "") -> str:
    return f"<w:num w:numId='{key}'><w:abstractNumId w:val='{abstract}'/>{more}</w:num>"


def _numbered(steps: list[tuple[int, int]], *definitions: str) -> Document:
    """A document with a paragraph in a list, at a level, for each step."""
    places = (f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{key}'/></w:numPr>" for key, level in steps)
    document = with_body("".join(paragraph("x", place) for place in places))
    document.part.numbering_part._element = parse_xml(f"<w:numbering {NAMESPACES}>{''.join(definitions)}</w:numbering>")
    return document


def test_levels_count_within_the_level_above() -> None:
    """A deeper level begins anew after each paragraph of a level above it."""
    steps = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)]

    assert texts(_numbered(steps, _abstract(7, OUTLINE), _list(1, 7))) == [
        "1. x", "1.1 x", "1.2 x", "a) x", "b) x", "1.3 x", "a) x", "2. x", "2.1 x",
    ]  # fmt: skip


def test_lists_of_one_kind_count_on_unless_one_says_where_it_starts() -> None:
    """An instance may start anew, or look different; a level above that is not there yet counts as begun."""
    anew = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride>"
    other = f"<w:lvlOverride w:ilvl='0'>{_level(0, 'decimalZero', '[%1]')}</w:lvlOverride>"
    steps = [(1, 1), (1, 0), (2, 0), (2, 0), (1, 0), (3, 0)]

    assert texts(_numbered(steps, _abstract(7, OUTLINE), _list(1, 7), _list(2, 7, anew), _list(3, 7, other))) == [
        "1.1 x",
        "2. x",
        "5. x",
        "6. x",
        "7. x",
        "[08] x",
    ]


def test_words_belong_to_the_number_and_legal_numbers_are_digits() -> None:
    """What a decree calls its parts is what people ask for."""
    steps = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)]

    assert texts(_numbered(steps, _abstract(7, DECREE), _list(1, 7))) == [
        "Hoofdstuk I. x", "Artikel 1.1 x", "Artikel 1.2 x", "Hoofdstuk II. x", "Artikel 2.1 x",
    ]  # fmt: skip


def test_a_level_may_count_on_over_the_levels_above() -> None:
    """Articles are often numbered through all chapters."""
    through = _level(0, "decimal", "Titel %1") + _level(1, "decimal", "Art. %2", "<w:lvlRestart w:val='0'/>")

    assert texts(_numbered([(1, 0), (1, 1), (1, 0), (1, 1)], _abstract(7, through), _list(1, 7))) == [
        "Titel 1 x", "Art. 1 x", "Titel 2 x", "Art. 2 x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("lowerRoman", "(iv) x"), ("upperLetter", "(D) x"), ("decimalZero", "(04) x"), ("ordinal", "(4th) x"),
        ("bullet", "x"), ("none", "x"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_format_of_their_level(form: str, expected: str) -> None:
    """A bullet is no text."""
    assert texts(_numbered([(1, 0)] * 4, _abstract(7, _level(0, form, "(%1)")), _list(1, 7)))[-1] == expected


def test_a_style_brings_its_number_and_its_level() -> None:
    """Headings are numbered by their styles; the list says which level belongs to which style."""
    document = docx.Document()
    levels = "".join(
        _level(level, "decimal", text, f"<w:pStyle w:val='Heading{level + 1}'/>")
        for level, text in enumerate(("%1", "%1.%2"))
    )
    numbering = f"<w:numbering {NAMESPACES}>{_abstract(7, levels)}{_list(1, 7)}</w:numbering>"
    document.part.numbering_part._element = parse_xml(numbering)
    for name in ("Heading 1", "Heading 2"):
        place = parse_xml(f"<w:numPr {NAMESPACES}><w:numId w:val='1'/></w:numPr>")
        document.styles[name].element.get_or_add_pPr().append(place)
    for text, level in (("Doel", 1), ("Wie", 2), ("Hoe", 2), ("Slot", 1)):
        document.add_heading(text, level)

    assert blocks(document) == [
        RawBlock(BlockKind.HEADING, "1 Doel", 1),
        RawBlock(BlockKind.HEADING, "1.1 Wie", 2),
        RawBlock(BlockKind.HEADING, "1.2 Hoe", 2),
        RawBlock(BlockKind.HEADING, "2 Slot", 1),
    ]


def test_an_empty_paragraph_shows_its_number_only_as_a_word() -> None:
    """It counts all the same."""
    document = _numbered(
        [(1, 0), (1, 0), (2, 0)], _abstract(7, OUTLINE), _abstract(8, DECREE), _list(1, 7), _list(2, 8)
    )
    for place in (0, 2):
        document.paragraphs[place].runs[0].text = ""

    assert texts(document) == ["2. x", "Hoofdstuk I. "]
