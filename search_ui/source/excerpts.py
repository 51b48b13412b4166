"""Text with marked stretches: cut to size around its marks, then written as safe HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from ingest.types import Span
from kb.sources import merged
from kb.types import Context

ELLIPSIS = "…"

_PARAGRAPH_END = re.compile(r"\n{2,}")
_GAP = '<span class="gap"></span>'


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A piece of a document. ``start`` is the document's offset of its first character; ``marks`` are
    stretches of the document, in order and apart.
    """

    text: str
    start: int
    marks: tuple[Span, ...] = ()

    @property
    def end(self) -> int:
        """The document's offset just after the last character."""
        return self.start + len(self.text)

    def cut(self, start: int, end: int) -> MarkedText:
        """The piece between two offsets of the document."""
        return MarkedText(self.text[start - self.start : end - self.start], start, self.marks)


def in_context(context: Context, spans: Iterable[Span]) -> MarkedText:
    """A passage with the text around it, the given stretches of it marked."""
    passage = context.stored.passage
    within = (Span(max(s.start, passage.start), min(s.end, passage.end)) for s in spans)
    marks = merged(span for span in within if span.start < span.end)
    text = context.before + passage.text + context.after
    return MarkedText(text, passage.start - len(context.before), marks)


def excerpt(marked: MarkedText, *, margin: int) -> MarkedText:
    """From about ``margin`` characters before the first mark to as many after the last, at whole words."""
    if not marked.marks:
        return marked
    start = max(marked.marks[0].start - margin, marked.start)
    end = min(marked.marks[-1].end + margin, marked.end)
    return marked.cut(_word_start(marked, start), _word_end(marked, end))


def opening(marked: MarkedText, *, length: int) -> MarkedText:
    """The first ``length`` characters or so, at a whole word."""
    return marked.cut(marked.start, _word_end(marked, min(marked.start + length, marked.end)))


def _word_start(marked: MarkedText, offset: int) -> int:
    """The start of the first whole word at or after ``offset``, never beyond the first mark."""
    text, position = marked.text, offset - marked.start
    while 0 < position < len(text) and not text[position - 1].isspace():
        position += 1
    return min(marked.start + position, marked.marks[0].start)


def _word_end(marked: MarkedText, offset: int) -> int:
    """The end of the last whole word at or before ``offset``, never before the end of the last mark."""
    text, position = marked.text, offset - marked.start
    while 0 < position < len(text) and not text[position].isspace():
        position -= 1
    last_mark = marked.marks[-1].end if marked.marks else marked.start
    return max(marked.start + position, last_mark)


def to_html(marked: MarkedText, *, within: Span | None = None) -> str:
    """The text escaped, its marks in ``<mark>``; ``…`` where ``within`` says that the text goes on."""
    pieces: list[str] = []
    position = marked.start
    for mark in _visible(marked):
        pieces += [_escaped(marked, position, mark.start), f"<mark>{_escaped(marked, mark.start, mark.end)}</mark>"]
        position = mark.end
    pieces.append(_escaped(marked, position, marked.end))
    body = "".join(pieces).strip()
    if within is None:
        return body
    before = f"{ELLIPSIS} " if marked.start > within.start else ""
    after = f" {ELLIPSIS}" if marked.end < within.end else ""
    return f"{before}{body}{after}"


def _visible(marked: MarkedText) -> tuple[Span, ...]:
    clipped = (Span(max(m.start, marked.start), min(m.end, marked.end)) for m in marked.marks)
    return tuple(span for span in clipped if span.start < span.end)


def _escaped(marked: MarkedText, start: int, end: int) -> str:
    """A piece escaped, with a gap where a paragraph ends; other line ends are the stylesheet's to keep."""
    return _PARAGRAPH_END.sub(_GAP, escape(marked.text[start - marked.start : end - marked.start]))
