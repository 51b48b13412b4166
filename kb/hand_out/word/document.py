"""The body of the Word document: headings, statements with their footnotes, and the documents that were cited."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any, TypeAlias

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from kb.hand_out.making import asked_line, section_line
from kb.hand_out.types import HandOut, HandOutAnswer, HandOutStatement, ListedSource
from kb.hand_out.word.footnotes import Footnotes
from kb.hand_out.word.styles import ENTRY, FOOTNOTE_MARK, LOCALES, REMARK, dress, set_language
from kb.paragraphs import Paragraph
from kb.references import Part, apa
from kb.types import Status
from kb.wording import say

Word: TypeAlias = Any  # python-docx has no types


def word_document(hand_out: HandOut) -> bytes:
    """The hand-out as the bytes of a ``.docx`` file."""
    writing = _Writing(hand_out)
    written = io.BytesIO()
    writing.document.save(written)
    return written.getvalue()


class _Writing:
    """A document under way."""

    def __init__(self, hand_out: HandOut) -> None:
        self.hand_out = hand_out
        self.language = hand_out.language
        self.document: Word = docx.Document()
        dress(self.document, language=self.language)
        self.footnotes = Footnotes(self.document)
        self._properties()
        self._footer()
        if hand_out.is_dossier:
            self.document.add_paragraph(hand_out.title, style="Title")
        for answer in hand_out.answers:
            self._answer(answer)
        self._documents()
        self.document.add_paragraph(asked_line(hand_out), style=REMARK)

    def _properties(self) -> None:
        properties = self.document.core_properties
        properties.title, properties.language = self.hand_out.title, LOCALES[self.language]
        properties.author = properties.last_modified_by = "Bronvast"
        properties.comments = ""
        properties.created = properties.modified = datetime.combine(self.hand_out.asked_on, time(), UTC)

    def _footer(self) -> None:
        """The number of each page, counted by the program that shows it."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.style = REMARK
        words = say("hand_out.page", language=self.language, page="\0PAGE\0", pages="\0NUMPAGES\0")
        for place, words_or_field in enumerate(words.split("\0")):
            if place % 2:
                paragraph._p.append(_field(words_or_field))  # noqa: SLF001 - python-docx's own name of the element
            elif words_or_field:
                paragraph.add_run(words_or_field)

    def _answer(self, answer: HandOutAnswer) -> None:
        self.document.add_heading(answer.heading, level=1)
        if answer.heading != answer.question:
            self.document.add_paragraph(answer.question)
        verdict = self.document.add_paragraph(style=REMARK)
        verdict.add_run(answer.verdict).bold = answer.status is not Status.FOUND or None
        for statement in answer.statements:
            self._statement(statement)
        for warning in answer.warnings:
            paragraph = self.document.add_paragraph()
            paragraph.add_run(say("hand_out.mind", language=self.language)).bold = True
            paragraph.add_run(f" {warning}")
        for note in answer.notes:
            self.document.add_paragraph(note, style=REMARK)

    def _statement(self, statement: HandOutStatement) -> None:
        if statement.said_by:
            said_by = self.document.add_paragraph()
            said_by.paragraph_format.keep_with_next = True
            _add_parts(said_by, statement.said_by.parts)
        written = [line for paragraph in statement.paragraphs for line in self._lines(paragraph, statement.language)]
        # Below a table, not in its last cell: nor do two tables then run into one.
        last = self.document.add_paragraph() if statement.paragraphs[-1].rows else written[-1]
        self._marks(last, self.hand_out.sources_of(statement))

    def _lines(self, paragraph: Paragraph, language: str | None) -> Iterable[Word]:
        """Write a paragraph, a list or a table, and give what was written line by line, or cell by cell."""
        if paragraph.rows:
            yield from self._table(paragraph, language)
            return
        style = None if not paragraph.is_list else "List" if paragraph.numbered else "List Bullet"
        for line in paragraph.lines:
            yield self._written(self.document.add_paragraph(style=style), line, language)

    def _table(self, paragraph: Paragraph, language: str | None) -> Iterable[Word]:
        table = self.document.add_table(len(paragraph.rows), len(paragraph.rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, paragraph.rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                yield self._written(cell.paragraphs[0], words, language)

    def _written(self, paragraph: Word, words: str, language: str | None) -> Word:
        run = paragraph.add_run(words)
        if language != self.language:
            set_language(run, language)
        return paragraph

    def _marks(self, paragraph: Word, sources: Iterable[ListedSource]) -> None:
        for place, source in enumerate(sources):
            if place:
                paragraph.add_run(", ", style=FOOTNOTE_MARK)
            section = Part(section_line(source, language=self.language))
            self.footnotes.mark(paragraph, source.number, (*source.reference.parts, section))

    def _documents(self) -> None:
        """The cited documents, each once; the pages stand in the footnotes."""
        if self.hand_out.documents:
            level = 1 if self.hand_out.is_dossier else 2
            self.document.add_heading(say("answer.sources", language=self.language), level=level)
        for cited in self.hand_out.documents:
            entry = self.document.add_paragraph(style=ENTRY)
            _add_parts(entry, apa(cited.card, language=self.language).parts)


def _add_parts(paragraph: Word, parts: Iterable[Part]) -> None:
    for part in parts:
        paragraph.add_run(part.text).italic = part.italic or None


def _field(instruction: str) -> Word:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, shown = OxmlElement("w:r"), OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    return field
