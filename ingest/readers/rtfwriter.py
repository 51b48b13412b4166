"""Gathers the paragraphs and tables of one stretch of a Rich Text document while its tokens pass by."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.readers.rtfstate import DEFAULT_HALF_POINTS, State
from ingest.readers.rtftree import Cell, Flow, Paragraph, Table, TableRow, Token
from ingest.readers.wordml import Mark


@dataclass(slots=True)
class RowPlan:
    """What a row says of its cells before or after they come: which of them only continue a merged one."""

    merged: list[bool] = field(default_factory=list)
    next_is_merged: bool = False
    is_header: bool = False

    def end_cell(self) -> None:
        """What was said was said of this cell."""
        self.merged.append(self.next_is_merged)
        self.next_is_merged = False


@dataclass(slots=True)
class _OpenTable:
    table: Table
    cells: list[Flow] = field(default_factory=list)
    cell: Flow = field(default_factory=Flow)


@dataclass(slots=True)
class Writer:
    """Writes one flow."""

    flow: Flow = field(default_factory=Flow)
    tokens: list[Token] = field(default_factory=list)
    label: str = ""
    has_label: bool = False
    in_contents: bool = False
    section_ended: bool = False
    _sizes: set[int] = field(default_factory=set)
    _weights: set[bool] = field(default_factory=set)
    _tables: list[_OpenTable] = field(default_factory=list)

    def add(self, text: str, state: State) -> None:
        """Text of the paragraph."""
        if self.section_ended and text.strip():
            self.tokens.insert(0, Mark.ASKED)
            self.section_ended = False
        self.tokens.append(text)
        self.in_contents |= state.in_contents
        if text.strip():
            self._sizes.add(state.size)
            self._weights.add(state.bold)

    def add_label(self, text: str) -> None:
        """The number or bullet that a program shows before the paragraph."""
        self.label += text
        self.has_label = True

    def end_paragraph(self, state: State, *, depth: int | None = None) -> None:
        """The end of a paragraph, which looks as the state there says."""
        if any(token for token in self.tokens if token != ""):
            self._items(state.depth if depth is None else depth).append(self._paragraph(state))
        self.tokens, self.label, self.has_label, self.in_contents = [], "", False, False
        self._sizes, self._weights = set(), set()

    def _paragraph(self, state: State) -> Paragraph:
        return Paragraph(
            tokens=[Mark.ASKED, *self.tokens] if state.opens_page else self.tokens,
            style=state.style,
            outline=state.outline,
            depth=state.list_depth if state.in_list or self.has_label else None,
            label=self.label.strip(),
            size=min(self._sizes, default=DEFAULT_HALF_POINTS),
            bold=self._weights == {True},
            in_contents=self.in_contents,
        )

    def end_cell(self, depth: int) -> None:
        """The end of a cell."""
        self._items(depth)
        table = self._tables[depth - 1]
        table.cells.append(table.cell)
        table.cell = Flow()

    def end_row(self, depth: int, plan: RowPlan) -> None:
        """The end of a row: its cells, and which of them show nothing."""
        self._items(depth)
        table = self._tables[depth - 1]
        merged = plan.merged + [False] * (len(table.cells) - len(plan.merged))
        cells = [Cell(body, is_merged) for body, is_merged in zip(table.cells, merged, strict=False)]
        table.table.rows.append(TableRow(cells, plan.is_header))
        table.cells = []

    def close(self, state: State) -> Flow:
        """The flow with all that was begun."""
        self.end_paragraph(state)
        self._close_tables(0)
        return self.flow

    def _items(self, depth: int) -> list[Paragraph | Table]:
        """Where a paragraph at a depth of tables goes."""
        self._close_tables(depth)
        while len(self._tables) < depth:
            outer = self._tables[-1].cell if self._tables else self.flow
            table = Table()
            outer.items.append(table)
            self._tables.append(_OpenTable(table))
        return (self._tables[-1].cell if self._tables else self.flow).items

    def _close_tables(self, depth: int) -> None:
        """End the tables that are deeper, with the cells of a row that was not ended itself."""
        while len(self._tables) > depth:
            table = self._tables.pop()
            left = [body for body in (*table.cells, table.cell) if body.items]
            if left:
                table.table.rows.append(TableRow([Cell(body) for body in left]))
