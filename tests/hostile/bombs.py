"""All bombs by name, each in its full size and in one that is quickly made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile import office_bombs as office
from tests.hostile import pdf_bombs as pdf
from tests.hostile import text_bombs as text

MEGA = 2**20
DEFINITIONS = {"laughs": office.BILLION_LAUGHS, "outside": office.OUTSIDE, "quadratic": office.QUADRATIC}
USE = "&l9;" * 1000


@dataclass(frozen=True, slots=True)
class Bomb:
    """A hostile file: what makes it, given its size, and the sizes of the real thing and of one for a quick test."""

    file_name: str
    make: Callable[[int], bytes]
    full: int = 0
    small: int = 0


def _whole(content: Callable[[], bytes]) -> Callable[[int], bytes]:
    """A bomb that has one size."""
    return lambda _size: content()


def _with_definitions(name: str, doctype: str) -> list[Bomb]:
    """Files of each kind that define their own entities and use them a thousand times."""
    files: dict[str, Callable[[], bytes]] = {
        "body.docx": lambda: office.docx(office.paragraph(USE), doctype=doctype),
        "styles.docx": lambda: office.docx(office.paragraph(office.TEXT), styles=doctype),
        "numbering.docx": lambda: office.docx(office.paragraph(office.TEXT), numbering=doctype),
        "slide.pptx": lambda: office.pptx(office.shape(USE), doctype=doctype),
        "sheet.xlsx": lambda: office.xlsx(office.cell(USE), doctype=doctype),
        "body.odt": lambda: office.odt(office.odf_paragraph(USE), doctype=doctype),
    }
    return [Bomb(f"{name}-{file_name}", _whole(make)) for file_name, make in files.items()]


PDF_BOMBS = [
    Bomb("flate.pdf", pdf.flate, full=1024 * MEGA, small=100 * MEGA),
    Bomb("triple-flate.pdf", pdf.triple_flate, full=1024 * MEGA, small=100 * MEGA),
    Bomb("page-tree-loop.pdf", _whole(pdf.page_tree_loop)),
    Bomb("long-page-tree-loop.pdf", pdf.long_page_tree_loop, full=50, small=50),
    Bomb("deep-page-tree.pdf", pdf.deep_page_tree, full=5000, small=5000),
    Bomb("wide-page-tree.pdf", pdf.wide_page_tree, full=9, small=9),
    Bomb("repeated-page.pdf", pdf.repeated_page, full=20_000, small=20_000),
    Bomb("form-in-itself.pdf", _whole(pdf.form_in_itself)),
    Bomb("forms-in-forms.pdf", pdf.forms_in_forms, full=9, small=9),
    Bomb("text-operators.pdf", pdf.text_operators, full=500_000, small=500_000),
    Bomb("saved-states.pdf", pdf.saved_states, full=1_000_000, small=100_000),
    Bomb("nested-arrays.pdf", pdf.nested_arrays, full=200_000, small=200_000),
]
OFFICE_BOMBS = [
    Bomb("paragraphs.docx", office.many_paragraphs, full=2_000_000, small=2_000_000),
    Bomb(
        "paragraphs-lying.docx",
        lambda size: office.with_small_promise(office.many_paragraphs(size)),
        2_000_000,
        500_000,
    ),
    Bomb("words.docx", office.many_words, full=2_000_000, small=100_000),
    Bomb("long-text.docx", office.long_text, full=300 * MEGA, small=20 * MEGA),
    Bomb("long-text-lying.docx", lambda size: office.with_small_promise(office.long_text(size)), 300 * MEGA, 20 * MEGA),
    Bomb("zips.docx", office.zip_of_zips, full=6, small=4),
    Bomb("zips.zip", office.zip_of_zips, full=6, small=4),
    Bomb("zips-inside.docx", office.docx_of_zips, full=6, small=4),
    Bomb("tables.docx", office.nested_tables, full=10_000, small=10_000),
    Bomb("tables-80.docx", office.nested_tables, full=80, small=80),
    Bomb("groups.pptx", office.nested_groups, full=10_000, small=10_000),
    Bomb("lists.odt", office.nested_lists, full=10_000, small=10_000),
    Bomb("cells.odt", office.repeated_cells, full=1_000_000, small=1_000_000),
    Bomb("spaces.odt", office.repeated_spaces, full=2_000_000_000, small=2_000_000_000),
    Bomb("corners.xlsx", _whole(office.wide_sheet)),
    Bomb("rows.xlsx", office.many_rows, full=1_000_000, small=100_000),
    *(bomb for name, doctype in DEFINITIONS.items() for bomb in _with_definitions(name, doctype)),
]
TEXT_BOMBS = [
    Bomb("divs.html", text.nested_html, full=100_000, small=100_000),
    Bomb("tables.html", lambda size: text.nested_html(size, "table><tr><td"), full=100_000, small=20_000),
    Bomb("lists.html", lambda size: text.nested_html(size, "ul><li"), full=100_000, small=20_000),
    Bomb("unclosed.html", text.unclosed_html, full=1_000_000, small=50_000),
    Bomb("paragraphs.html", text.many_html_paragraphs, full=2_000_000, small=200_000),
    Bomb("laughs.html", _whole(text.laughing_html)),
    Bomb("laughs.svg", _whole(text.laughing_svg)),
    Bomb("quotes.md", text.quotes, full=100_000, small=100_000),
    Bomb("lists.md", text.markdown_lists, full=100_000, small=100_000),
    Bomb("steps.md", text.steps, full=5_000, small=1_000),
    Bomb("brackets.md", text.brackets, full=200_000, small=50_000),
    Bomb("stars.md", text.stars, full=100_000, small=20_000),
    Bomb("long-word.txt", text.long_line, full=50 * MEGA, small=5 * MEGA),
    Bomb("long-line.txt", lambda size: text.long_line(size, "lang "), full=50 * MEGA, small=5 * MEGA),
    Bomb("spaces.txt", lambda size: text.long_line(size, " ") + b"einde\n", full=50 * MEGA, small=5 * MEGA),
    Bomb("dots.txt", lambda size: text.long_line(size, ". "), full=50 * MEGA, small=5 * MEGA),
    Bomb("brackets.txt", lambda size: text.long_line(size, "("), full=50 * MEGA, small=5 * MEGA),
    Bomb("lines.txt", text.many_lines, full=2_000_000, small=200_000),
    Bomb("parts.eml", text.nested_message, full=20_000, small=2_000),
    Bomb("messages.eml", text.message_in_message, full=20_000, small=2_000),
    Bomb("groups.rtf", text.nested_rtf, full=1_000_000, small=100_000),
    Bomb("paragraphs.rtf", text.repeated_rtf, full=2_000_000, small=200_000),
]
BOMBS = {bomb.file_name: bomb for bomb in [*PDF_BOMBS, *OFFICE_BOMBS, *TEXT_BOMBS]}
