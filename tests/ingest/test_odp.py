"""OpenDocument slides: a slide is a page, read as its twin in PowerPoint is."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.raw import RawBlock, RawDocument
from ingest.readers import odp, pptx
from ingest.reading import read_document
from ingest.tables import FIRST_ROW, HEADER_ROW
from ingest.types import BlockKind
from tests.ingest.odf_samples import SLIDES, content, items, numbered, package, part

HEADING, PARAGRAPH, ITEM, NOTE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.NOTE
PATH = Path("deck.odp")


def _read(*slides: str, styles: str = "", **parts: str) -> RawDocument:
    body = "".join(f"<draw:page>{slide}</draw:page>" for slide in slides)
    return odp.read(PATH, package(content(body, SLIDES, styles), SLIDES, **parts))


def _blocks(*slides: str, styles: str = "", **parts: str) -> list[RawBlock]:
    return [block for page in _read(*slides, styles=styles, **parts).pages for block in page.blocks]


def _box(text: str, x: float = 1, y: float = 1, role: str = "", attributes: str = "") -> str:
    shown = text if text.startswith("<") else f"<text:p>{text}</text:p>"
    named = f'presentation:class="{role}"' if role else ""
    place = f'svg:x="{x}cm" svg:y="{y}cm" svg:width="5cm" svg:height="1cm"'
    return f"<draw:frame {place} {named} {attributes}><draw:text-box>{shown}</draw:text-box></draw:frame>"


def test_a_slide_has_its_title_its_points_and_its_notes() -> None:
    """The title comes first wherever it was drawn; notes come last, edges are tagged."""
    slide = (
        _box(items("Doen", f"<text:p>samen</text:p>{items('dieper')}", style="L"), y=4, role="outline")
        + _box("Wat is leren?", role="title")
        + _box("<text:p>Blad <text:page-number>&lt;number&gt;</text:page-number></text:p>", y=19, role="footer")
        + f"<presentation:notes><draw:page-thumbnail/>{_box('Vertel dit.', role='notes')}</presentation:notes>"
    )

    assert _blocks(slide, styles=numbered("L", "•", "•")) == [
        RawBlock(HEADING, "Wat is leren?", 1),
        RawBlock(ITEM, "Doen", 0),
        RawBlock(ITEM, "samen", 0),
        RawBlock(ITEM, "dieper", 1),
        RawBlock(NOTE, "Vertel dit."),
        RawBlock(BlockKind.BOILERPLATE, "Blad "),
    ]


def test_each_slide_is_a_page_hidden_ones_too() -> None:
    """Numbers are those of the slides, and are called so."""
    hidden = (
        '<style:style style:name="dp1" style:family="drawing-page">'
        '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    body = "".join(
        f'<draw:page draw:style-name="dp1">{_box(text, role="title")}</draw:page>' for text in ("Een", "Twee")
    )

    pages = odp.read(PATH, package(content(body, SLIDES, hidden), SLIDES)).pages

    assert [(page.number, page.text, page.inferred) for page in pages] == [(1, "Een", False), (2, "Twee", False)]


def test_boxes_are_read_by_place_and_groups_from_within() -> None:
    """The order in which boxes were drawn says nothing; a turned shape says its place otherwise."""
    place = 'draw:transform="rotate (0.7) translate (1cm 6cm)"'
    turned = f"<draw:custom-shape {place}><text:p>onder</text:p></draw:custom-shape>"
    slide = turned + f"<draw:g>{_box('rechts', 10, 3)}{_box('links', 1, 3)}</draw:g>" + _box("Titel", 1, 1, "title")

    assert [block.text for block in _blocks(slide)] == ["Titel", "links", "rechts", "onder"]


def test_a_slide_without_a_title_has_its_first_short_text_as_heading() -> None:
    """Else it would be read as part of the slide before."""
    slide = _box("Wie zijn wij", 1, 1) + _box("Wij zijn een netwerk van scholen en bedrijven.", 1, 5)

    assert [block.kind for block in _blocks(slide)] == [HEADING, PARAGRAPH]


def test_tables_and_charts_are_read() -> None:
    """A table is drawn in a frame; a chart lies in the package as a document of its own."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell}{cell}</table:table-row>"
    table = f"<draw:frame><table:table>{row.format('Jan', 'SERV')}{row.format('An', 'VDAB')}</table:table></draw:frame>"
    chart = '<draw:frame svg:y="9cm"><draw:object xlink:href="./Object 2"/></draw:frame>'
    figure = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>'
    named = f"<table:table-header-rows>{row.format('', 'Aantal')}</table:table-header-rows>"
    counted = f"<table:table-row>{cell.format('2021')}{figure.format('13.5')}</table:table-row>"
    shown = "<chart:title><text:p>Leerlingen</text:p></chart:title><chart:plot-area/>"
    figures = f"<table:table>{named}<table:table-rows>{counted}</table:table-rows></table:table>"
    body = f"<office:body><office:chart><chart:chart>{shown}{figures}</chart:chart></office:chart></office:body>"
    title = part("document-content", body)

    assert _blocks(_box("T", role="title") + table + chart, **{"Object 2/content_xml": title})[1:] == [
        RawBlock(BlockKind.TABLE_ROW, "Jan | SERV", FIRST_ROW),
        RawBlock(BlockKind.TABLE_ROW, "An | VDAB"),
        RawBlock(PARAGRAPH, "Leerlingen"),
        RawBlock(BlockKind.TABLE_ROW, " | Aantal", HEADER_ROW),
        RawBlock(BlockKind.TABLE_ROW, "2021 | 13,5"),
    ]


def test_an_empty_placeholder_shows_nothing() -> None:
    """Its text is an invitation to whoever makes the slide."""
    empty = _box("Klik om tekst toe te voegen", 1, 5, "outline", 'presentation:placeholder="true"')

    assert [block.text for block in _blocks(_box("Titel", role="title") + empty)] == ["Titel"]


def test_a_deck_reads_as_its_twin_in_powerpoint_does(starter_corpus: Path, converted: Path) -> None:
    """LibreOffice saves the same slides in both formats: the same words and kinds of blocks, in the same order."""
    name = "infosessie-duaal-leren"
    slides, opendocument = starter_corpus / f"{name}.pptx", converted / f"{name}.odp"
    expected, found = (
        [
            (page.number, block.kind, re.findall(r"[^\W\d_]+", block.text))
            for page in document.pages
            for block in page.blocks
            if block.kind.is_content
        ]
        for document in (pptx.read(slides, slides.read_bytes()), odp.read(opendocument, opendocument.read_bytes()))
    )

    assert found == expected


def test_a_place_in_a_deck_is_a_slide(tmp_path: Path) -> None:
    """A person looks for slide 2, not for page 2."""
    path = tmp_path / "deck.odp"
    path.write_bytes(package(content(f"<draw:page>{_box('Wat is leren?', role='title')}</draw:page>", SLIDES), SLIDES))

    document = read_document(path)

    assert (document.format, document.info.kind) == ("odp", "presentatie")
