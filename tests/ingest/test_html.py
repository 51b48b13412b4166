"""Web pages: every text that a reader sees, in order; what frames the page is told from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.raw import RawBlock
from ingest.readers.html import read
from ingest.tables import FIRST_ROW, HEADER_ROW
from ingest.types import BlockKind, DocumentInfo

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW
EDGE = BlockKind.BOILERPLATE


def _blocks(body: str) -> list[RawBlock]:
    (page,) = read(Path("a.html"), f"<!doctype html><meta charset=utf-8><body>{body}".encode()).pages
    assert page.number is None
    return list(page.blocks)


def _info(head: str, *, body: str = "<p>Tekst", attributes: str = "") -> DocumentInfo:
    return read(Path("a.html"), f"<html {attributes}><head>{head}</head><body>{body}</body></html>".encode()).info


def test_structure_is_kept_in_order() -> None:
    """Headings with their level, lists with their depth, and the text between and after."""
    assert _blocks(
        "<h1>Leren</h1><p>Een <b>goede</b>\n  zin.<br>Nog een.</p>"
        "<ul><li>een<ul><li>diep</li></ul>staart<li><p>twee</p></ul>"
        "<h3>Verder</h3><div>Los <div>en vast</div> eind</div>"
    ) == [
        RawBlock(HEADING, "Leren", 1),
        RawBlock(PARAGRAPH, "Een goede zin.\nNog een."),
        RawBlock(ITEM, "een", 0),
        RawBlock(ITEM, "diep", 1),
        RawBlock(ITEM, "staart", 0),
        RawBlock(ITEM, "twee", 0),
        RawBlock(HEADING, "Verder", 3),
        RawBlock(PARAGRAPH, "Los"),
        RawBlock(PARAGRAPH, "en vast"),
        RawBlock(PARAGRAPH, "eind"),
    ]


def test_rows_of_data_are_rows_and_tables_for_layout_are_not() -> None:
    """A row with a heading in it, or one cell, only places text on the page."""
    assert _blocks(
        "<table><tr><th>Jaar<th>Aantal<tr><td>2021<td><p>12</p><p>lopend</p><tr><td colspan=2>Bron: wij</table>"
        "<table><tr><td><h2>Links</h2><td>Rechts</table>"
    ) == [
        RawBlock(ROW, "Jaar | Aantal", HEADER_ROW),
        RawBlock(ROW, "2021 | 12\nlopend"),
        RawBlock(ROW, "Bron: wij"),
        RawBlock(HEADING, "Links", 2),
        RawBlock(PARAGRAPH, "Rechts"),
    ]


def test_cells_over_several_rows_or_columns_keep_the_others_in_place() -> None:
    """A figure stands under the name of its column."""
    assert _blocks(
        "<table><caption>Leerlingen</caption><thead><tr><td>Plaats<td colspan=2>Aantal<td>Noot</thead>"
        "<tr><td rowspan=2>Gent<td>12<td>13<td>a<tr><td>14<td>15<td>b<tr><td>Brugge<td colspan=x>16<td>17</table>"
        "<table><tr><td>Voorzitter<td>An<tr><td>Verslag<td>Jan</table>"
    ) == [
        RawBlock(PARAGRAPH, "Leerlingen"),
        RawBlock(ROW, "Plaats | Aantal |  | Noot", HEADER_ROW),
        RawBlock(ROW, "Gent | 12 | 13 | a"),
        RawBlock(ROW, " | 14 | 15 | b"),
        RawBlock(ROW, "Brugge | 16 | 17"),
        RawBlock(ROW, "Voorzitter | An", FIRST_ROW),
        RawBlock(ROW, "Verslag | Jan"),
    ]


def test_what_frames_the_page_is_boilerplate() -> None:
    """Navigation and edges; the header of an article belongs to it."""
    assert _blocks(
        "<header>Site</header><nav>Menu</nav><article><header><h1>Kop</h1></header>Tekst.<aside>Kader.</aside></article>"
        "<aside>Reclame</aside><footer>Voet</footer>"
    ) == [
        RawBlock(EDGE, "Site"),
        RawBlock(EDGE, "Menu"),
        RawBlock(HEADING, "Kop", 1),
        RawBlock(PARAGRAPH, "Tekst."),
        RawBlock(PARAGRAPH, "Kader."),
        RawBlock(EDGE, "Reclame"),
        RawBlock(EDGE, "Voet"),
    ]


def test_where_a_page_marks_its_main_part_the_rest_frames_it() -> None:
    """A mark around next to nothing is a mistake, and not followed."""
    text = "Dit is een zin over leren. " * 10

    kinds = [block.kind for block in _blocks(f"<div>Kruimelpad</div><main><p>{text}</main><div>Deel dit</div>")]
    mistaken = [block.kind for block in _blocks(f"<main></main><p>{text}</p>")]

    assert kinds == [EDGE, PARAGRAPH, EDGE]
    assert mistaken == [PARAGRAPH]


def test_code_and_controls_are_not_text_but_a_folded_question_is() -> None:
    """Questions that fold open are buttons within headings, or summaries."""
    assert _blocks(
        "<script>var x = 1</script><style>p {}</style><button>Sluiten</button><h2><button>Wat kost het?</button></h2>"
        "<div hidden>Iets.</div><details><summary>Voor wie?</summary>Voor iedereen.</details>"
    ) == [
        RawBlock(HEADING, "Wat kost het?", 2),
        RawBlock(PARAGRAPH, "Iets."),
        RawBlock(HEADING, "Voor wie?", 3),
        RawBlock(PARAGRAPH, "Voor iedereen."),
    ]


def test_what_no_reader_sees_is_no_text() -> None:
    """Hidden parts, unless something on the page opens them; words for screen readers; names of icons."""
    assert _blocks(
        "<p hidden>Weg.<p style='color:red; display: none'>Weg.<p class='visually-hidden'>Weg."
        "<a class='skip-link' href=#m>Naar inhoud</a>"
        "<p>Kijk <i class='material-icons'>arrow_forward</i>hier<span class='sr-only'> (opent nieuw)</span>."
        "<button aria-controls='a b'>Open</button><p>Nu."
        "<div id=a hidden>Eerst.</div><div id=b style='display:none'>Dan.</div>"
        "<div class='accordion__panel' hidden>Ook.</div>"
    ) == [RawBlock(PARAGRAPH, text) for text in ("Kijk hier.", "Nu.", "Eerst.", "Dan.", "Ook.")]


def test_a_question_that_folds_open_is_a_heading() -> None:
    """Also where a button asks it by itself; a button that only does something is no text."""
    assert _blocks(
        "<h2>Vragen</h2><button>Wat kost het?</button><div hidden>Niets.</div>"
        "<div class='faq'><div role=button>Voor wie</div><div class='collapse'>Iedereen.</div></div>"
        "<button>Druk af</button>"
    ) == [
        RawBlock(HEADING, "Vragen", 2),
        RawBlock(HEADING, "Wat kost het?", 3),
        RawBlock(PARAGRAPH, "Niets."),
        RawBlock(HEADING, "Voor wie", 3),
        RawBlock(PARAGRAPH, "Iedereen."),
    ]


def test_items_have_the_numbers_that_a_browser_shows() -> None:
    """From any number on, backwards, in letters or Roman; a list without marks has none."""
    blocks = _blocks(
        "<ol start=3><li>drie<li value=7><p>zeven</p><p>nog</p><li>acht<ul><li>punt</ul></ol>"
        "<ol reversed type=A><li>laatst<li>eerst</ol><ol type=i><li>een<li>twee</ol>"
        "<ol class=list-unstyled><li>los</ol>"
    )

    assert [block.text for block in blocks] == [
        "3. drie", "7. zeven", "nog", "8. acht", "punt", "B. laatst", "A. eerst", "i. een", "ii. twee", "los",
    ]  # fmt: skip


def test_a_definition_stands_under_its_term() -> None:
    """As an item under the item that it explains."""
    assert _blocks("<dl><dt>Mentor<dd>Begeleidt <b>leerlingen</b>.<dd>Kent het bedrijf.</dl>") == [
        RawBlock(ITEM, "Mentor", 0),
        RawBlock(ITEM, "Begeleidt leerlingen.", 1),
        RawBlock(ITEM, "Kent het bedrijf.", 1),
    ]


def test_a_note_is_a_footnote_and_its_mark_is_raised() -> None:
    """A number that links to a note; other raised numbers stay raised too."""
    assert _blocks(
        "<p>Sinds 2021<sup><a href='#fn1'>1</a></sup> op 10 m<sup>2</sup>."
        "<ol><li id=fn1><p>KU Leuven. <a href='#r'>↩</a></ol>"
    ) == [RawBlock(PARAGRAPH, "Sinds 2021¹ op 10 m²."), RawBlock(BlockKind.FOOTNOTE, "¹ KU Leuven. ↩")]


def test_what_is_called_after_a_frame_is_boilerplate() -> None:
    """Banners, crumbs and buttons to share; not what holds the title, whatever it is called."""
    text = "Dit is een zin over leren. " * 20
    blocks = _blocks(
        "<div id='cookie-banner'>Wij gebruiken cookies.</div><ul class='breadcrumb'><li>Home<li>Leren</ul>"
        f"<div class='site-header'><h1>Leren</h1></div><div id=content><p>{text}</p></div>"
        "<div class='social-share'>Deel dit</div><div role=dialog>Schrijf je in</div>"
        "<div class='shareholder'>Aandeel</div>"
    )

    assert [(block.kind, block.text) for block in blocks if block.text != text.strip()] == [
        (EDGE, "Wij gebruiken cookies."),
        (EDGE, "Home"),
        (EDGE, "Leren"),
        (HEADING, "Leren"),
        (EDGE, "Deel dit"),
        (EDGE, "Schrijf je in"),
        (EDGE, "Aandeel"),
    ]


def test_a_page_nested_beyond_reason_is_read() -> None:
    """Depth is no reason to lose text."""
    assert _blocks("<div>" * 1000 + "Diep." + "</div>" * 1000) == [RawBlock(PARAGRAPH, "Diep.")]


@pytest.mark.parametrize(
    "page",
    [
        '<meta charset="iso-8859-1"><p>één – café'.encode("cp1252"),
        "<p>één – café".encode("cp1252"),
        "<p>één – café".encode(),
        "\ufeff<p>één – café".encode("utf-16"),
        '<meta charset="bestaat-niet"><p>één – café'.encode(),
        '<meta charset="utf-8"><p>één – café'.encode("cp1252"),
    ],
)
def test_letters_are_right_in_any_encoding(page: bytes) -> None:
    """Declared rightly, wrongly or not at all."""
    assert [block.text for block in read(Path("a.html"), page).pages[0].blocks] == ["één – café"]


def test_a_page_says_what_it_is() -> None:
    """Title without the name of the site, publisher, date and language."""
    head = (
        "<title>Duaal leren | Onderwijs</title><meta property='og:site_name' content='Onderwijs'>"
        "<meta name='DCTERMS.issued' content='2021-03-04T10:00'>"
    )

    assert _info(head, attributes='lang="nl-BE"') == DocumentInfo("Duaal leren", "Onderwijs", "2021-03-04", None, "nl")


def test_the_heading_helps_to_find_the_title_among_its_parts() -> None:
    """Some sites put their name first."""
    assert _info("<title>Onderwijs - Duaal leren</title>", body="<h1>Duaal leren</h1>").title == "Duaal leren"
    assert _info("").title is None
