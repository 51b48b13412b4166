"""From a reader's pages to the one repaired text of a document and the spans over it.

The text is the blocks of all pages, repaired, in order: page by page its letters and digits are those of the
reader's raw page. Blocks are parted by an empty line; the items of one list and the rows of one table by a
line's end.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest.raw import RawBlock, RawDocument
from ingest.repair import Repair
from ingest.tables import opens_table
from ingest.types import Block, BlockKind, Page

_BLOCK_END = "\n\n"
_ITEM_END = "\n"
_ROWS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
_ENDED = (BlockKind.HEADING, BlockKind.FOOTNOTE)  # a text on the next page does not go on with these


@dataclass(frozen=True, slots=True)
class Assembled:
    """One text and its spans.

    The starts of ``pages`` never fall and the first is 0. A page that starts where the next one starts is
    empty; ``ingest.types.page_index`` gives the last of such pages, the one that holds the text.
    """

    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]


def assemble(raw: RawDocument) -> Assembled:
    """The repaired text of all pages. A block that ``continues`` extends the block at the end of the page
    before, unless boilerplate or a footnote stands between them.
    """
    builder = _Builder(Repair.of(block.text for page in raw.pages for block in page.blocks))
    starts = [builder.add_page(page.blocks) for page in raw.pages]
    pages = [Page(page.number, 0, page.text, page.inferred, page.source) for page in raw.pages]
    return Assembled(builder.text, _with_starts(pages, starts, builder.length), tuple(builder.blocks))


def _with_starts(pages: list[Page], starts: list[int | None], end: int) -> tuple[Page, ...]:
    """The pages with their starts; an empty page starts where the next text starts."""
    placed: list[Page] = []
    following = end
    for page, start in zip(reversed(pages), reversed(starts), strict=True):
        following = following if start is None else start
        placed.append(replace(page, start=following))
    return tuple(reversed(placed))


@dataclass(slots=True)
class _Builder:
    """The text so far, in pieces, and the blocks over it."""

    repair: Repair
    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add_page(self, blocks: tuple[RawBlock, ...]) -> int | None:
        """Append a page's blocks; where its text starts, None for a page without text."""
        first: int | None = None
        for block in blocks:
            text = self.repair.mend(block.text)
            if text:
                start = self._add(replace(block, text=text), opens_page=first is None)
                first = start if first is None else first
        return first

    def _add(self, block: RawBlock, *, opens_page: bool) -> int:
        """Append a block with text; where it starts."""
        if block.continues and opens_page and self._is_open():
            return self._extend(block.text)
        if self.blocks:
            self._append(_ITEM_END if self._goes_on(block) else _BLOCK_END)
        start = self.length
        self._append(block.text)
        self.blocks.append(Block(block.kind, start, self.length, block.level))
        return start

    def _goes_on(self, block: RawBlock) -> bool:
        """Whether a block belongs to the same list or table as the last one."""
        last = self.blocks[-1]
        if block.kind is not last.kind or block.kind not in _ROWS:
            return False
        return block.kind is not BlockKind.TABLE_ROW or not opens_table(block.level, after=last.level)

    def _is_open(self) -> bool:
        """Whether the last block may go on: text of the page, with nothing after it."""
        return bool(self.blocks) and self.blocks[-1].kind.is_content and self.blocks[-1].kind not in _ENDED

    def _extend(self, text: str) -> int:
        """Let the last block go on with this text; where the text starts."""
        last, glue = self.repair.seam(self.pieces[-1], text)
        self.length -= len(self.pieces.pop())
        for piece in (last, glue):
            self._append(piece)
        start = self.length
        self._append(text)
        self.blocks[-1] = replace(self.blocks[-1], end=self.length)
        return start

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)
