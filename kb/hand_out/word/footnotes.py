"""Footnotes of a Word document, which python-docx does not write: the part of the file that holds them, the marks in
the text, and marks that point again to a footnote that is there already (Office Open XML, ECMA-376 part 1, 17.11).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from kb.hand_out.word.styles import FOOTNOTE_MARK, FOOTNOTE_TEXT, style_id
from kb.references import Part

Word: TypeAlias = Any  # python-docx has no types

# Word asks for these two: the lines between the text and its footnotes.
_EMPTY = f"""<w:footnotes {nsdecls("w")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""
_SETTINGS = f"""<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>"""
_BEFORE_COMPAT = "w:compat"  # the order of settings is fixed: the footnotes stand before this one


class Footnotes:
    """The footnotes of one document; each number is written once and may be pointed to again."""

    def __init__(self, document: Word) -> None:
        self._document = document
        self._notes = parse_xml(_EMPTY)
        self._written: set[int] = set()
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._notes, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        document.settings.element.find(qn(_BEFORE_COMPAT)).addprevious(parse_xml(_SETTINGS))

    def mark(self, paragraph: Word, number: int, note: Iterable[Part]) -> None:
        """Put the mark of a footnote behind a paragraph. ``note`` is what it says, written the first time.

        Word counts the footnotes by itself: numbers must come for the first time in rising order, from 1.
        """
        if number in self._written:
            self._point_again(paragraph, number)
            return
        self._written.add(number)
        self._write(number, note)
        start = _element("w:bookmarkStart", id=number)
        start.set(qn("w:name"), _bookmark(number))
        end = _element("w:bookmarkEnd", id=number)
        run = self._mark_run(paragraph, _element("w:footnoteReference", id=number))
        run.addprevious(start)
        run.addnext(end)

    def _write(self, number: int, note: Iterable[Part]) -> None:
        footnote = _element("w:footnote", id=number)
        self._notes.append(footnote)
        lines = _element("w:p")
        footnote.append(lines)
        properties = lines.get_or_add_pPr()
        properties.append(_element("w:pStyle", val=style_id(self._document, FOOTNOTE_TEXT)))
        lines.append(self._run(_element("w:footnoteRef"), style=FOOTNOTE_MARK))
        for part in (Part(" "), *note):
            lines.append(self._run(_text(part.text), italic=part.italic))

    def _point_again(self, paragraph: Word, number: int) -> None:
        """A field that shows the number of the footnote, also after others have come before it."""
        instruction = _text(f" NOTEREF {_bookmark(number)} \\f \\h ", tag="w:instrText")
        for content in (
            _element("w:fldChar", fldCharType="begin"),
            instruction,
            _element("w:fldChar", fldCharType="separate"),
            _text(str(number)),
            _element("w:fldChar", fldCharType="end"),
        ):
            self._mark_run(paragraph, content)

    def _mark_run(self, paragraph: Word, content: Word) -> Word:
        run = self._run(content, style=FOOTNOTE_MARK)
        paragraph._p.append(run)  # noqa: SLF001 - python-docx's own name of the element
        return run

    def _run(self, content: Word, *, style: str | None = None, italic: bool = False) -> Word:
        run = _element("w:r")
        properties = run.get_or_add_rPr()
        if style:
            properties.append(_element("w:rStyle", val=style_id(self._document, style)))
        if italic:
            properties.append(_element("w:i"))
        run.append(content)
        return run


def _bookmark(number: int) -> str:
    return f"_RefBron{number}"  # with an underscore Word does not list it


def _element(tag: str, **attributes: str | int) -> Word:
    made: Word = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def _text(words: str, *, tag: str = "w:t") -> Word:
    made: Word = OxmlElement(tag)
    made.text = words
    made.set(qn("xml:space"), "preserve")
    return made
