"""How a hand-out looks in Word: an A4 page, quiet styles that the reader can change in one place, and a language."""

from __future__ import annotations

from typing import Any, TypeAlias

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

Word: TypeAlias = Any  # python-docx has no types

FOOTNOTE_TEXT, FOOTNOTE_MARK = "footnote text", "footnote reference"  # Word's own names of them
REMARK, ENTRY = "Bronvast Remark", "Bronvast Source"
LOCALES = {"nl": "nl-BE", "en": "en-GB", "fr": "fr-BE", "de": "de-DE"}

_FONT = "Calibri"
_ACCENT, _SOFT = RGBColor(0x0F, 0x4C, 0x5C), RGBColor(0x51, 0x5D, 0x60)
_FONT_SCRIPTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
_THEME_SCRIPTS = ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme")


def style_id(document: Word, name: str) -> str:
    """The id by which the XML names a style."""
    identifier: str = document.styles[name].style_id
    return identifier


def dress(document: Word, *, language: str) -> None:
    """Set the page, the styles and the language of an empty document."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    styles = document.styles
    _font(styles["Normal"], size=11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 22), ("Heading 1", 18), ("Heading 2", 13)):
        _font(styles[name], size=size, colour=_ACCENT)
        styles[name].paragraph_format.space_after = Pt(4)
    _without_rule(styles["Title"])
    _added(styles, FOOTNOTE_TEXT, size=9.5).paragraph_format.space_after = Pt(2)
    _added(styles, REMARK, size=9.5, colour=_SOFT, builtin=False)
    entry = _added(styles, ENTRY, size=11, builtin=False).paragraph_format
    entry.left_indent, entry.first_line_indent = Cm(1), Cm(-1)  # hanging, as a list of references is
    mark = styles.add_style(FOOTNOTE_MARK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    _speak(styles.element, language)


def set_language(run: Word, language: str | None) -> None:
    """Say in which language a run of text is, for spelling and for reading aloud."""
    if language in LOCALES:
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), LOCALES[language])
        run._r.get_or_add_rPr().append(spoken)  # noqa: SLF001 - python-docx's own name of the element


def _added(styles: Word, name: str, *, size: float, colour: RGBColor | None = None, builtin: bool = True) -> Word:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin)
    style.base_style = styles["Normal"]
    _font(style, size=size, colour=colour)
    return style


def _font(style: Word, *, size: float, colour: RGBColor | None = None) -> None:
    style.font.size = Pt(size)
    if colour is not None:
        style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in _FONT_SCRIPTS:
        fonts.set(qn(script), _FONT)
    for script in _THEME_SCRIPTS:
        fonts.attrib.pop(qn(script), None)


def _without_rule(style: Word) -> None:
    """Take away the line that python-docx's template draws under a title."""
    properties = style.element.get_or_add_pPr()
    for rule in properties.findall(qn("w:pBdr")):
        properties.remove(rule)


def _speak(styles: Word, language: str) -> None:
    for spoken in styles.iter(qn("w:lang")):
        spoken.set(qn("w:val"), LOCALES[language])
