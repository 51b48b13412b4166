"""What the control words of Rich Text Format do: to the paragraph, the row, the letters, the fonts, the styles."""

from __future__ import annotations

from collections.abc import Callable

from ingest.marks import raised
from ingest.readers.rtfreading import Reading, Style, known
from ingest.readers.rtfstate import DEFAULT_HALF_POINTS, Goes
from ingest.readers.rtftokens import CHARSETS, Word
from ingest.readers.wordml import Mark

Act = Callable[[Reading, Word], None]

LARGEST_DEPTH = 8  # of tables within tables, and of lists
DECLARED = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
CREATED_OR_SAVED = {"creatim", "revtim"}


def _end_paragraph(reading: Reading, _: Word) -> None:
    reading.writer.end_paragraph(reading.state)


def _end_section(reading: Reading, _: Word) -> None:
    reading.writer.end_paragraph(reading.state)
    reading.writer.section_ended = True


def _set_section(reading: Reading, word: Word) -> None:
    """A section begins on a new page unless it says otherwise, which it does before its text."""
    reading.section_opens_page = word.name not in ("sbknone", "sbkcol")
    reading.writer.section_ended = reading.writer.section_ended and reading.section_opens_page


def _break_page(reading: Reading, _: Word) -> None:
    reading.writer.tokens.append(Mark.HARD)


def _count_note(reading: Reading, _: Word) -> None:
    """The mark of a note: once in the text, and once more where the note begins."""
    is_in_text = len(reading.writers) == 1
    reading.notes += is_in_text
    reading.add(raised(str(reading.notes)) + ("" if is_in_text else " "))


def _end_cell(reading: Reading, word: Word) -> None:
    depth = _depth(reading, is_nested=word.name == "nestcell")
    reading.writer.end_paragraph(reading.state, depth=depth)
    reading.writer.end_cell(depth)


def _end_row(reading: Reading, word: Word) -> None:
    is_nested = word.name == "nestrow"
    reading.writer.end_row(_depth(reading, is_nested=is_nested), reading.plans[is_nested])


def _depth(reading: Reading, *, is_nested: bool) -> int:
    return max(reading.state.depth, 2) if is_nested else 1


def _plan_row(reading: Reading, word: Word) -> None:
    if word.name == "trowd":
        plan = reading.plan
        plan.merged, plan.next_is_merged, plan.is_header = [], False, False
    elif word.name == "trhdr":
        reading.plan.is_header = True
    elif word.name == "cellx":
        reading.plan.end_cell()
    else:
        reading.plan.next_is_merged = True


def _set_font(reading: Reading, word: Word) -> None:
    reading.font = word.number or 0
    if reading.state.goes is not Goes.FONTS:
        reading.state.codepage = reading.fonts.get(reading.font, reading.codepage)


def _set_charset(reading: Reading, word: Word) -> None:
    """The character set of a font, by a number of its own or by that of a code page."""
    if reading.state.goes is Goes.FONTS:
        name = f"cp{word.number}" if word.name == "cpg" else CHARSETS.get(word.number or 0)
        reading.fonts[reading.font] = known(name, reading.codepage)


def _set_codepage(reading: Reading, word: Word) -> None:
    name = f"cp{word.number}" if word.name == "ansicpg" else DECLARED[word.name]
    reading.codepage = reading.state.codepage = known(name, reading.codepage)


def _set_style(reading: Reading, word: Word) -> None:
    """A style, as an entry of the style sheet or as that of a paragraph."""
    if reading.state.goes is Goes.STYLES:
        reading.style = reading.parsed.styles[word.number or 0] = Style()
    else:
        reading.state.style = word.number or 0


def _set_outline(reading: Reading, word: Word) -> None:
    if reading.state.goes is Goes.STYLES:
        reading.style.outline = word.number
    else:
        reading.state.outline = word.number


def _set_year(reading: Reading, word: Word) -> None:
    if reading.state.destination in CREATED_OR_SAVED and word.number:
        reading.parsed.years[reading.state.destination] = word.number


def _reset_paragraph(reading: Reading, _: Word) -> None:
    reading.state.reset_paragraph()


def _reset_letters(reading: Reading, _: Word) -> None:
    reading.state.reset_letters()


def _set_letters(reading: Reading, word: Word) -> None:
    if word.name == "b":
        reading.state.bold = word.is_on
    elif word.name == "fs":
        reading.state.size = word.number or DEFAULT_HALF_POINTS
    else:
        reading.state.is_hidden = word.is_on


def _set_skipped(reading: Reading, word: Word) -> None:
    reading.state.skipped = max(word.number or 0, 0)


def _set_list(reading: Reading, word: Word) -> None:
    if word.name == "ls":
        reading.state.in_list = bool(word.number)
    else:
        reading.state.list_depth = min(max(word.number or 0, 0), LARGEST_DEPTH)


def _set_table(reading: Reading, word: Word) -> None:
    if word.name == "intbl":
        reading.state.in_table = word.is_on
    else:
        reading.state.table_depth = min(max(word.number or 0, 0), LARGEST_DEPTH)
        reading.state.in_table = bool(word.number)


def _set_page(reading: Reading, word: Word) -> None:
    reading.state.opens_page = word.is_on


# Those that write, which do nothing where nothing is shown, and those that only say what is in force.
WRITING: dict[str, Act] = {
    "par": _end_paragraph, "sect": _end_section, "page": _break_page, "chftn": _count_note, "cell": _end_cell,
    "nestcell": _end_cell, "row": _end_row, "nestrow": _end_row,
}  # fmt: skip
SETTING: dict[str, Act] = {
    "pard": _reset_paragraph, "plain": _reset_letters, "b": _set_letters, "fs": _set_letters, "v": _set_letters,
    "deleted": _set_letters, "uc": _set_skipped, "f": _set_font, "fcharset": _set_charset, "cpg": _set_charset,
    "ansicpg": _set_codepage, "mac": _set_codepage, "pc": _set_codepage, "pca": _set_codepage, "s": _set_style,
    "outlinelevel": _set_outline, "yr": _set_year, "ls": _set_list, "ilvl": _set_list, "intbl": _set_table,
    "itap": _set_table, "pagebb": _set_page, "trowd": _plan_row, "trhdr": _plan_row, "cellx": _plan_row,
    "clvmrg": _plan_row, "clmrg": _plan_row, "sbknone": _set_section, "sbkcol": _set_section, "sbkpage": _set_section,
    "sbkodd": _set_section, "sbkeven": _set_section, "sectd": _set_section,
}  # fmt: skip
