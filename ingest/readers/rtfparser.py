"""From the tokens of Rich Text Format to a tree of paragraphs and tables.

striprtf gives the words, but no headings, footnotes, depth of lists, headers of tables or pages, and deleted text too;
so the format is read here. What Word does not show is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from ingest.readers.rtfacts import CREATED_OR_SAVED, SETTING, WRITING
from ingest.readers.rtfreading import NESTED_ROW, Parsed, Reading, Style
from ingest.readers.rtfstate import Goes, State
from ingest.readers.rtftokens import CHARACTERS, Brace, Token, Word
from ingest.readers.rtftree import Box, Note
from ingest.readers.rtfwriter import Writer

DEEPEST_GROUP = 2000
UNSEEN = set(
    """
    aftncn aftnsep aftnsepc annotation atnauthor atnid atnref atntime author buptim category colortbl comment doccomm
    ftncn ftnsep ftnsepc hlinkbase info keywords manager mmathPict nextfile nonesttables nonshppict objclass
    operator pict printim private rxe shprslt sn subject sv tc tcn template txe xe
    """.split()
)
FOR_NEW_PROGRAMS = {
    "shpinst",
    "fldinst",
    "footnote",
    NESTED_ROW,
    "moMath",
    "moMathPara",
}  # starred, and read all the same
BOXES = {"shptxt", "dptxbxtext"}
HEADERS = {"header", "headerl", "headerr", "headerf"}
FOOTERS = {"footer", "footerl", "footerr", "footerf"}
FLOWS = {"footnote", *BOXES, *HEADERS, *FOOTERS}
PROPERTIES = {"title", "company"}
DESTINATIONS = {
    "fonttbl": Goes.FONTS,
    "stylesheet": Goes.STYLES,
    "listtext": Goes.LABEL,
    "pntext": Goes.LABEL,
    "fldinst": Goes.FIELD,
    NESTED_ROW: Goes.FLOW,
}


class TooNestedError(RecursionError):
    """Groups within groups, deeper than any program writes them."""


def parsed(tokens: Iterable[Token]) -> Parsed:
    """The document that some tokens make. Raises TooNestedError."""
    parser = _Parser()
    for token in tokens:
        parser.feed(token)
    return parser.finish()


class _Parser:
    """Follows tokens: gathers text until its code page is sure, opens and closes groups."""

    def __init__(self) -> None:
        self._reading = Reading()
        self._groups: list[tuple[State, Callable[[], None] | None]] = []
        self._on_close: Callable[[], None] | None = None
        self._bytes = bytearray()
        self._units: list[int] = []  # of UTF-16
        self._repeated = 0  # so many bytes still repeat a Unicode character for old programs
        self._is_starred = False

    def feed(self, token: Token) -> None:
        """Follow one token."""
        if isinstance(token, bytes):
            self._take(token)
        elif isinstance(token, Word) and token.name == "u":
            self._take_unit(token.number or 0)
        else:
            self._flush()
            self._repeated = 0
            self._follow(token)

    def finish(self) -> Parsed:
        """The document; groups that were not closed end where the file does."""
        self._flush()
        self._reading.parsed.is_cut_off = bool(self._groups)
        while self._groups:
            self._close()
        self._reading.parsed.body = self._reading.writer.close(self._reading.state)
        return self._reading.parsed

    def _take(self, text: bytes) -> None:
        if self._reading.state.goes is Goes.NOWHERE:
            return
        rest = text[self._repeated :]
        self._repeated -= len(text) - len(rest)
        if rest and self._units:
            self._flush()
        self._bytes += rest

    def _take_unit(self, number: int) -> None:
        if self._bytes:
            self._flush()
        self._units.append(number & 0xFFFF)
        self._repeated = self._reading.state.skipped

    def _flush(self) -> None:
        text = self._bytes.decode(self._reading.state.codepage, "replace")
        text += b"".join(unit.to_bytes(2, "little") for unit in self._units).decode("utf-16-le", "replace")
        self._bytes.clear()
        self._units.clear()
        if text:
            self._reading.add(text)

    def _follow(self, token: Brace | Word) -> None:
        if isinstance(token, Word):
            self._follow_word(token)
        elif token.opens:
            self._open()
        else:
            self._close()

    def _open(self) -> None:
        if len(self._groups) >= DEEPEST_GROUP:
            raise TooNestedError(f"{DEEPEST_GROUP} groups within one another")
        state = self._reading.state
        self._groups.append((state, self._on_close))
        self._reading.state, self._on_close = replace(state), None
        self._is_starred = False
        if state.goes is Goes.STYLES:
            self._reading.style = self._reading.parsed.styles.setdefault(0, Style())  # the usual style needs no number

    def _close(self) -> None:
        if self._on_close is not None:
            self._on_close()
        if self._groups:
            closed = self._reading.state
            self._reading.state, self._on_close = self._groups.pop()
            if closed.goes is Goes.FIELD:
                self._reading.state.take_instruction(closed.instruction)

    def _follow_word(self, word: Word) -> None:
        is_starred, self._is_starred = self._is_starred, word.name == "*"
        if word.name == "*" or self._is_destination(word.name, is_starred=is_starred):
            return
        act = SETTING.get(word.name) or (WRITING.get(word.name) if self._reading.in_flow else None)
        if act is not None:
            act(self._reading, word)
        elif word.name in CHARACTERS:
            self._reading.add(CHARACTERS[word.name])

    def _is_destination(self, name: str, *, is_starred: bool) -> bool:
        """Whether a word says where the text of its group goes, as it does from now on."""
        state = self._reading.state
        if state.destination == "info" and name in PROPERTIES | CREATED_OR_SAVED:
            state.destination, state.goes = name, Goes.PROPERTY if name in PROPERTIES else Goes.NOWHERE
        elif state.goes is Goes.NOWHERE:
            return False
        elif name in DESTINATIONS:
            state.destination, state.goes = name, DESTINATIONS[name]
        elif name in UNSEEN or (is_starred and name not in FOR_NEW_PROGRAMS):
            state.destination, state.goes = name, Goes.NOWHERE
        elif name in FLOWS:
            self._begin_flow(name)
        else:
            return False
        return True

    def _begin_flow(self, name: str) -> None:
        """A stretch that stands elsewhere on the page than the paragraph in which it is stored."""
        self._reading.state.reset_letters()
        self._reading.state.reset_paragraph()
        self._reading.writers.append(Writer())
        self._on_close = partial(self._end_flow, name)

    def _end_flow(self, name: str) -> None:
        reading = self._reading
        body = reading.writers.pop().close(reading.state)
        if name in HEADERS:
            reading.parsed.headers.append(body)
        elif name in FOOTERS:
            reading.parsed.footers.append(body)
        else:
            reading.writer.tokens.append(Note(body) if name == "footnote" else Box(body))
