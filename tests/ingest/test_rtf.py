"""Rich Text: what Word shows of it, in order, whatever program wrote it."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from ingest.errors import Reason, UnreadableFile
from ingest.raw import RawBlock, RawDocument
from ingest.readers import docx, rtf
from ingest.reading import read_document
from ingest.tables import BODY_ROW, FIRST_ROW, HEADER_ROW
from ingest.types import BlockKind

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
ROW, NOTE, TOC = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.TOC
HEAD = (
    r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}{\f2\fcharset238 Arial CE;}}"
    r"{\stylesheet{Normal;}{\s1\outlinelevel0 Kop;}{\s2 heading 2;}{\s3 Title;}{\s4 toc 1;}{\*\cs5 Nadruk;}}"
)


def _read(body: str, head: str = HEAD) -> RawDocument:
    text = r"{\rtf1\ansi\ansicpg1252\deff0" + head + body + "}"
    return rtf.read(Path("nota.rtf"), text.encode("latin-1"))


def _blocks(body: str) -> list[RawBlock]:
    return [block for page in _read(body).pages for block in page.blocks]


def _texts(body: str) -> list[str]:
    return [block.text for block in _blocks(body)]


def _row(*cells: str, plan: str = "") -> str:
    ends = "".join(rf"\cellx{1000 * place}" for place in range(1, len(cells) + 1))
    return rf"\trowd{plan or ends}\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row"


def test_headings_are_told_by_their_style_or_level() -> None:
    """By an outline level, of the style or the paragraph, or by the style's name."""
    body = (
        r"\pard\s3 Nota\par\pard\s1 Doel\par\pard\s2 Waarom\par\pard\outlinelevel2 Hoe\par\pard\plain Leren.\par"
        r"\pard\s4 Doel 3\par"
    )

    assert _blocks(body) == [
        RawBlock(HEADING, "Nota", 1),
        RawBlock(HEADING, "Doel", 1),
        RawBlock(HEADING, "Waarom", 2),
        RawBlock(HEADING, "Hoe", 3),
        RawBlock(PARAGRAPH, "Leren."),
        RawBlock(TOC, "Doel 3"),
    ]


def test_a_short_bold_line_above_text_is_a_heading() -> None:
    """Many texts have no headings but those that are made to look so."""
    body = r"\pard{\b Doel}\par" + r"\pard\plain Wij willen leren.\par" * 3

    assert [block.kind for block in _blocks(body)] == [HEADING, PARAGRAPH, PARAGRAPH, PARAGRAPH]


def test_list_items_have_their_depth_and_number() -> None:
    """The number is stored with the item; a bullet, even one that is a letter, is no text."""
    body = (
        r"\pard\ilvl0\ls1{\listtext 1.\tab}een\par\pard\ilvl1\ls1{\listtext (a)\tab}diep\par"
        r"\pard\ilvl0\ls2{\listtext\f1\'b7\tab}punt\par\pard\ilvl1\ls2{\listtext o\tab}rondje\par"
        r"\pard{\pntext IV.\tab}{\*\pn\pnlvlbody{\pntxta .}}oud\par"
    )

    assert [(block.kind, block.text, block.level) for block in _blocks(body)] == [
        (ITEM, "1. een", 0),
        (ITEM, "(a) diep", 1),
        (ITEM, "punt", 0),
        (ITEM, "rondje", 1),
        (ITEM, "IV. oud", 0),
    ]


def test_characters_are_read_in_their_code_page() -> None:
    """Of the document, of the font, or as Unicode, with what old programs show instead left out."""
    body = (
        r"\pard Zo\'eb\u8217\'92s caf\u233?\par\pard{\f2 \'e8e\u352\'8a\'e8}\par"
        r"\pard{\uc0 \u8364}5{\uc2 \u8211\'96\'96}6\par"
        r"\pard\u-10179?\u-8704?\par\pard 50\'80\~\emdash\lquote a\rquote\_b\-c\par"
    )

    assert _texts(body + r"\pard \{x\} \\ y\par") == [
        "Zoë’s café",
        "čeŠč",
        "€5–6",
        "50€\u00a0—‘a’\u2011b\u00adc",
        "{x} \\ y",
    ]


def test_rows_keep_their_columns_and_know_their_header() -> None:
    """Repeated on each page, it was made the header; the part of a merged cell that shows nothing keeps its place."""
    body = (
        _row("Naam", "Jaar", plan=r"\trhdr\cellx1000\cellx2000")
        + _row("An", "2021", plan=r"\clvmgf\cellx1000\cellx2000")
        + _row("An", "2022", plan=r"\clvmrg\cellx1000\cellx2000")
        + r"\pard Tussen.\par"
        + _row("a", r"b\par c")
    )

    assert _blocks(body) == [
        RawBlock(ROW, "Naam | Jaar", HEADER_ROW),
        RawBlock(ROW, "An | 2021", BODY_ROW),
        RawBlock(ROW, " | 2022", BODY_ROW),
        RawBlock(PARAGRAPH, "Tussen."),
        RawBlock(ROW, "a | b\nc", FIRST_ROW),
    ]


def test_a_table_within_a_cell_is_part_of_that_cell() -> None:
    """Its rows are written in the cell, and what old programs show instead is left out."""
    inner = (
        r"\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
        r"{\nonesttables\par weg}"
    )
    body = r"\trowd\cellx1000\cellx2000\pard\intbl links\cell " + inner + r"\pard\intbl na\cell\row\pard Verder.\par"

    assert _texts(body) == ["links | x | y\nna", "Verder."]


def test_footnotes_follow_their_paragraph_with_their_number() -> None:
    """Counted as Word counts them, and raised as the page shows them."""
    note = r"{\super\chftn{\footnote\pard{\super\chftn} Zie %s.\par}}"
    body = rf"\pard Leren{note % 'hier'} en doen{note % 'daar'}.\par\pard Na.\par"

    assert [(block.kind, block.text) for block in _blocks(body)] == [
        (PARAGRAPH, "Leren¹ en doen²."),
        (NOTE, "¹ Zie hier."),
        (NOTE, "² Zie daar."),
        (PARAGRAPH, "Na."),
    ]


def test_a_text_box_follows_the_paragraph_that_it_hangs_on() -> None:
    """Its copy for old programs is left out, as are the names of its properties."""
    box = (
        r"{\shp{\*\shpinst\shpleft1{\sp{\sn naam}{\sv waarde}}{\shptxt\pard In het kader.\par}}"
        r"{\shprslt{\pard weg\par}}}"
    )

    assert _texts(rf"\pard Leren{box} en doen.\par") == ["Leren en doen.", "In het kader."]


def test_what_is_not_shown_is_not_read() -> None:
    """Hidden and deleted text, remarks, instructions of fields, pictures, and what a program keeps for itself."""
    body = (
        r"\pard Leren {\v geheim}{\deleted geschrapt}{\*\annotation waarom?}{\*\onbekend iets}is "
        r'{\field{\*\fldinst HYPERLINK "https://a.be"}{\fldrslt doen}}{\pict\pngblip 89504e47}{\pict\bin5 }}}}}}'
        r"{\xe\v register}.\par"
    )

    assert _texts(body) == ["Leren is doen."]


def test_the_lines_that_a_field_gathers_are_a_table_of_contents() -> None:
    """They repeat the headings, and are no place to quote from."""
    body = (
        r'\pard{\field{\*\fldinst { TOC \\o "1-3"}}{\fldrslt Doel\tab 3\par\pard{\field{\*\fldinst PAGEREF x}'
        r"{\fldrslt Hoe\tab 4}}}}\par\pard Leren.\par"
    )

    assert [block.kind for block in _blocks(body)] == [TOC, TOC, PARAGRAPH]


def test_pages_are_those_that_the_author_broke_off() -> None:
    """By a break, by a paragraph that asks for one, by a section that does not say otherwise."""
    body = (
        r"\pard Een\par\page\pard Twee\par\pard\pagebb Drie\par\pard\sect\sectd\pard Vier\par"
        r"\sect\sectd\sbknone\pard nog vier\par"
    )

    assert [(page.number, page.text, page.inferred) for page in _read(body).pages] == [
        (1, "Een", True),
        (2, "Twee", True),
        (3, "Drie", True),
        (4, "Vier\nnog vier", True),
    ]


def test_headers_and_footers_stand_once() -> None:
    """They are on every page, and say nothing of what is on it."""
    body = r"{\headerl Dienst Leren\par}{\headerr Dienst Leren\par}{\footer Blad 1\par}\pard Tekst.\par"

    assert [(block.kind, block.text) for block in _blocks(body)] == [
        (BlockKind.BOILERPLATE, "Dienst Leren"),
        (PARAGRAPH, "Tekst."),
        (BlockKind.BOILERPLATE, "Blad 1"),
    ]


def test_properties_say_what_they_know() -> None:
    """The year only where making and saving agree on it."""
    years = r"{\creatim\yr2021\mo3}{\revtim\yr2021\mo5}"
    info = _read(r"\pard Tekst.\par", rf"{{\info{{\title Over leren}}{{\author An}}{{\*\company SERV}}{years}}}").info

    assert (info.title, info.publisher, info.date) == ("Over leren", "SERV", "2021")


def test_a_file_that_ends_too_soon_says_so(tmp_path: Path) -> None:
    """What is there is read; that something may be missing is said."""
    path = tmp_path / "nota.rtf"
    path.write_text(r"{\rtf1\ansi\pard Leren is doen, {\b en")

    document = read_document(path)

    assert (document.text, document.warnings) == ("Leren is doen, en", ("cut_off",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [(r"{\rtf1 " + "{" * 100_000, Reason.TOO_NESTED), (r"{\rtf1\ansi\pard\par}", Reason.NO_TEXT)],
)
def test_what_cannot_be_read_has_its_reason(tmp_path: Path, text: str, expected: Reason) -> None:
    """Nested without end, or empty."""
    path = tmp_path / "nota.rtf"
    path.write_text(text)

    with pytest.raises(UnreadableFile) as caught:
        read_document(path)

    assert caught.value.reason is expected


@pytest.mark.parametrize("name", ["begrippenlijst-duaal-leren", "naslagnota-visienota-west-vlaanderen"])
def test_a_text_reads_as_its_twin_in_word_does(starter_corpus: Path, converted: Path, name: str) -> None:
    """LibreOffice saves the same text in both formats: the same words, in the same order and kinds of blocks."""
    word, rich = starter_corpus / f"{name}.docx", converted / f"{name}.rtf"
    expected, found = (
        [(block.kind, re.findall(r"\w+", block.text)) for page in document.pages for block in page.blocks]
        for document in (docx.read(word, word.read_bytes()), rtf.read(rich, rich.read_bytes()))
    )

    for kinds in ({HEADING, PARAGRAPH, ITEM, ROW, NOTE}, {ITEM}, {ROW}):
        assert list(chain(*(words for kind, words in found if kind in kinds))) == list(
            chain(*(words for kind, words in expected if kind in kinds))
        )
