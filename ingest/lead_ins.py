"""What introduces each item of a list and each row of a table: the sentence above, and the items that it stands under.

Page furniture and footnotes between the parts of a list change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.marks import one_line
from ingest.sentences import sentences
from ingest.tables import opens_table
from ingest.types import Block, BlockKind

ITEMS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


def lead_ins(text: str, blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """The items and rows among the blocks of one section that something introduces, each with what does: on a line of
    its own each, the sentence above the list and the items above this one. ``text`` is that of the document.
    """
    sentence = ""
    above: list[Block] = []  # the items that are open around the present place, the outermost first
    previous: Block | None = None
    for block in blocks:
        if block.kind is BlockKind.FOOTNOTE or not block.kind.is_content:
            continue
        if begins_list(previous, block):
            sentence, above = _last_sentence(text, previous), []
        if block.kind in ITEMS:
            above = [item for item in above if item.level < block.level and block.kind is BlockKind.LIST_ITEM]
            if introduction := "\n".join(filter(None, [sentence, *(_line(text, item) for item in above)])):
                yield block, introduction
            above.append(block)
        previous = block


def begins_list(previous: Block | None, block: Block) -> bool:
    """Whether a list or table begins at this block, given the one before it."""
    if block.kind not in ITEMS:
        return False
    if previous is None or previous.kind not in ITEMS:
        return True
    if block.kind is BlockKind.LIST_ITEM:
        return False
    return previous.kind is not BlockKind.TABLE_ROW or opens_table(block.level, after=previous.level)


def _last_sentence(text: str, block: Block | None) -> str:
    """The sentence right above a list; a table that stands right under a list or table has none."""
    if block is None or block.kind in (*ITEMS, BlockKind.HEADING):
        return ""
    found = sentences(text[block.start : block.end])
    return one_line(text[block.start + found[-1].start : block.start + found[-1].end]) if found else ""


def _line(text: str, block: Block) -> str:
    return one_line(text[block.start : block.end])
