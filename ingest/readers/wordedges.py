"""What stands above and below the pages of a Word document: once each, on the first page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.raw import RawBlock
from ingest.readers.blockstream import Stream, blocks_in
from ingest.readers.typography import HAS_A_WORD
from ingest.readers.wordml import Element, R, W, is_on
from ingest.types import BlockKind

Kinds = dict[tuple[str, str], str]  # ("header", "first"): the relation to the part that holds it


@dataclass(frozen=True, slots=True)
class Edges:
    """What a page shows above and below its text that no page before it shows."""

    header: tuple[RawBlock, ...] = ()
    footer: tuple[RawBlock, ...] = ()


def edges_of(
    sections: Sequence[Element], *, stream_of: Callable[[str], Stream], shows_even: bool = False
) -> list[Edges]:
    """The edges of the first pages, one after the other; ``stream_of`` reads the part behind a relation."""
    seen: set[str] = set()
    found = [
        Edges(*(_blocks(parts.get(edge), stream_of, seen) for edge in ("header", "footer")))
        for parts in _shown(sections, shows_even=shows_even)
    ]
    return [edges for place, edges in enumerate(found) if place == 0 or edges != Edges()]


def _shown(sections: Sequence[Element], *, shows_even: bool) -> Iterator[dict[str, str]]:
    """The parts that the pages show, by edge, in the order in which one comes upon them. A section takes over from the
    one before it what it does not name itself.
    """
    known: Kinds = {}
    for section in sections:
        known = {**known, **_named(section)}
        kinds = ["default", *["even"] * shows_even]
        for kind in ["first", *reversed(kinds)] if is_on(section.find(f"{W}titlePg")) else kinds:
            yield {edge: known[edge, kind] for edge in ("header", "footer") if (edge, kind) in known}


def _named(section: Element) -> Kinds:
    return {
        (edge, reference.get(f"{W}type", "default")): reference.get(f"{R}id", "")
        for edge in ("header", "footer")
        for reference in section.findall(f"{W}{edge}Reference")
    }


def _blocks(relation: str | None, stream_of: Callable[[str], Stream], seen: set[str]) -> tuple[RawBlock, ...]:
    """The texts at an edge that were not seen before; a page number by itself says nothing."""
    found = []
    for block in blocks_in(stream_of(relation)) if relation else ():
        text = " ".join(block.text.split())
        if HAS_A_WORD.search(text) and text not in seen:
            seen.add(text)
            found.append(RawBlock(BlockKind.BOILERPLATE, text))
    return tuple(found)
