"""What was read, compared with what a person saw: ``python -m tests.truth.score [--misses]``, and in ``make bench``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from rich.console import Console
from rich.table import Table

from ingest.passages import split_passages
from ingest.reading import read_document
from ingest.repair import letters_and_digits
from ingest.types import Block, BlockKind, Document, Passage
from tests.truth.show import found_words
from tests.truth.truth import Print, SeenHeading, SeenList, SeenNote, Truth, truths, without_number

_SKIPPED = (BlockKind.BOILERPLATE, BlockKind.FOOTNOTE, BlockKind.TOC, BlockKind.NOTE)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts that can be added. ``read`` are headings of the document, doubtful ones aside; ``seen`` those of the
    truth file; ``paged`` right headings of documents whose pages are known.
    """

    seen: int = 0
    read: int = 0
    text: int = 0
    level: int = 0
    paged: int = 0
    page: int = 0
    lists: int = 0
    led: int = 0
    whole: int = 0
    notes: int = 0
    joined: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Figures)))

    @property
    def precision(self) -> float:
        """The share of headings read that are headings."""
        return _share(self.text, self.read)

    @property
    def recall(self) -> float:
        """The share of headings seen that were read."""
        return _share(self.text, self.seen)

    @property
    def heading_f1(self) -> float:
        """The harmonic mean of precision and recall, on the text of headings."""
        return _share(2 * self.text, self.read + self.seen)

    @property
    def level_f1(self) -> float:
        """The same, where the level must be right too."""
        return _share(2 * self.level, self.read + self.seen)

    @property
    def page_right(self) -> float:
        """The share of right headings that stand on the right page."""
        return _share(self.page, self.paged)

    @property
    def lead_in_right(self) -> float:
        """The share of lists whose first and last item can be quoted with what introduces them."""
        return _share(self.led, self.lists)

    @property
    def list_whole(self) -> float:
        """The share of lists that have as many items as were seen."""
        return _share(self.whole, self.lists)

    @property
    def note_joined(self) -> float:
        """The share of footnotes joined to the right mark."""
        return _share(self.joined, self.notes)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """The figures of one document, and in words what is not right."""

    truth: Truth
    figures: Figures
    misses: tuple[str, ...]


def judge(truth: Truth) -> Judgement:
    """Read the document of a truth file and compare."""
    document = read_document(truth.path)
    parts = [_judge_headings(truth, document), _judge_lists(truth, document), _judge_notes(truth, document)]
    return Judgement(
        truth, sum((figures for figures, _ in parts), Figures()), tuple(m for _, own in parts for m in own)
    )


def total(judgements: Iterable[Judgement], split: str | None = None) -> Figures:
    """The figures of all documents of a split ("fit", "held_out"), None for all, added up."""
    chosen = (judgement.figures for judgement in judgements if split in (None, judgement.truth.split))
    return sum(chosen, Figures())


def _judge_headings(truth: Truth, document: Document) -> tuple[Figures, list[str]]:
    read = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    pairs, left = _paired(truth.headings, read, document)
    spurious = [block for block in left if not any(seen.is_text(_text(document, block)) for seen in truth.doubtful)]
    paged = [(seen, block) for seen, block in pairs if seen.page]
    found = [seen for seen, _ in pairs]
    misses = [f"no heading: {found_words(document, seen)}" for seen in truth.headings if not _among(seen, found)]
    misses += [f"level {block.level}, not {seen.level}: {_text(document, block)}" for seen, block in pairs
               if block.level != seen.level]  # fmt: skip
    misses += [f"page {_page(document, block)}, not {seen.page}: {_text(document, block)}" for seen, block in paged
               if _page(document, block) != seen.page]  # fmt: skip
    misses += [f"heading too many: {_page(document, block)}: {_text(document, block)[:90]}" for block in spurious]
    figures = Figures(
        seen=len(truth.headings),
        read=len(pairs) + len(spurious),
        text=len(pairs),
        level=sum(seen.level == block.level for seen, block in pairs),
        paged=len(paged),
        page=sum(_page(document, block) == seen.page for seen, block in paged),
    )
    return figures, misses


def _among(seen: SeenHeading, others: Iterable[SeenHeading]) -> bool:
    return any(seen is other for other in others)


def _paired(
    seen: Sequence[SeenHeading], read: Sequence[Block], document: Document
) -> tuple[list[tuple[SeenHeading, Block]], list[Block]]:
    """Headings seen with those read that have their text, best on the same page, and the headings that are left."""
    left = list(read)
    pairs = []
    for heading in seen:
        alike = [block for block in left if heading.is_text(_text(document, block))]
        if alike:
            best = min(alike, key=lambda block: _page(document, block) != heading.page)
            left.remove(best)
            pairs.append((heading, best))
    return pairs, left


def _judge_lists(truth: Truth, document: Document) -> tuple[Figures, list[str]]:
    passages = split_passages(document)
    led = whole = 0
    misses = []
    for seen in truth.lists:
        runs = [run for run in _runs(document, seen) if not seen.page or _page(document, run[0]) == seen.page]
        right = [run for run in runs if _is_led(document, passages, run, seen)]
        led += bool(right)
        whole += any(len(run) == seen.items for run in right)
        if not right:
            misses.append(f"list without its lead-in: {found_words(document, seen)}")
        elif not any(len(run) == seen.items for run in right):
            misses.append(f"list of {[len(run) for run in right]}, not {seen.items}: {found_words(document, seen)}")
    return Figures(lists=len(truth.lists), led=led, whole=whole), misses


def _runs(document: Document, seen: SeenList) -> Iterator[list[Block]]:
    """For each item that begins as the first one does: it and the items of its depth in the same list."""
    blocks = [block for block in document.blocks if block.kind not in _SKIPPED]
    for index, first in enumerate(blocks):
        if first.kind is BlockKind.LIST_ITEM and _opens(document, first, seen.first):
            run = []
            for block in blocks[index:]:
                if block.kind is not BlockKind.LIST_ITEM or block.level < first.level:
                    break
                if block.level == first.level:
                    run.append(block)
            yield run


def _is_led(document: Document, passages: Sequence[Passage], run: list[Block], seen: SeenList) -> bool:
    """Whether the first and last item stand in passages that hold or carry the lead-in."""
    last = [block for block in run if _opens(document, block, seen.last)]
    return bool(last) and all(_is_carried(passages, block, seen.lead_in) for block in (run[0], last[-1]))


def _is_carried(passages: Sequence[Passage], item: Block, lead_in: Print) -> bool:
    passage = next(passage for passage in passages if passage.start <= item.start < passage.end)
    above = letters_and_digits(passage.text[: item.start - passage.start])
    context = [
        letters_and_digits(text) for text in (*passage.headings, *([passage.lead_in] if passage.lead_in else []))
    ]
    return any(next(lead_in.places(text), None) is not None for text in (above, *context))


def _judge_notes(truth: Truth, document: Document) -> tuple[Figures, list[str]]:
    wrong = [seen for seen in truth.notes if not any(_is_joined(document, seen, *link) for link in _links(document))]
    misses = [f"footnote {seen.number} not joined to its mark, page {seen.page}" for seen in wrong]
    return Figures(notes=len(truth.notes), joined=len(truth.notes) - len(wrong)), misses


def _links(document: Document) -> Iterator[tuple[str, str, str]]:
    """Of each footnote: the text before its mark, the mark, the note."""
    for link in document.notes:
        mark = document.text[link.mark.start : link.mark.end]
        yield document.text[: link.mark.start], mark, document.text[link.note.start : link.note.end]


def _is_joined(document: Document, seen: SeenNote, before: str, mark: str, note: str) -> bool:
    number = str(seen.number)
    plain = letters_and_digits(note)
    is_right_mark = letters_and_digits(mark) == number and seen.before.closes(letters_and_digits(before))
    return is_right_mark and seen.start.opens(plain.removeprefix(number))


def _opens(document: Document, block: Block, words: Print) -> bool:
    """Whether a block begins with these words, after its number or the letter that was its bullet."""
    text = _text(document, block)
    marker, _, rest = text.partition(" ")
    forms = [text, without_number(text), *([rest] if len(marker) <= 4 else [])]
    return any(words.opens(letters_and_digits(form)) for form in forms)


def _text(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


def _page(document: Document, block: Block) -> int:
    return document.page_at(block.start).number or 0


def print_truth(console: Console, *, misses: bool = False) -> None:
    """The figures of each document and split; misses of "fit" documents only, since the others choose no rule."""
    judgements = [judge(truth) for truth in truths()]
    table = Table("", "headings", "P", "R", "F1", "F1 level", "page", "lists", "lead-in", "whole", "notes", "joined")
    for judgement in sorted(judgements, key=lambda judgement: judgement.truth.split):
        table.add_row(f"{judgement.truth.name} ({judgement.truth.split})", *_cells(judgement.figures))
    for split in ("fit", "held_out", None):
        table.add_row(split or "all", *_cells(total(judgements, split)), style="bold")
    console.print(table)
    for judgement in judgements:
        for miss in judgement.misses if misses and judgement.truth.split == "fit" else ():
            console.print(f"{judgement.truth.name}: {miss}", highlight=False, markup=False)


def _cells(figures: Figures) -> list[str]:
    shares = (figures.precision, figures.recall, figures.heading_f1, figures.level_f1, figures.page_right)
    lists = (figures.lead_in_right, figures.list_whole)
    return [
        str(figures.seen),
        *(f"{share:.3f}" for share in shares),
        str(figures.lists),
        *(f"{share:.3f}" for share in lists),
        str(figures.notes),
        f"{figures.note_joined:.3f}",
    ]


if __name__ == "__main__":
    print_truth(Console(width=150), misses="--misses" in sys.argv)
