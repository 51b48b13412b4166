"""What is in force at a place of a Rich Text file: how letters look, what a paragraph is, where text goes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

DEFAULT_HALF_POINTS = 24


class Goes(Enum):
    """Where the text of a group goes."""

    FLOW = auto()  # to the paragraph that is being written
    NOWHERE = auto()
    LABEL = auto()  # the number or bullet before a list item
    FONTS = auto()
    STYLES = auto()
    FIELD = auto()  # what a field is to show: "TOC" for a table of contents
    PROPERTY = auto()  # title, organisation


@dataclass(slots=True)
class State:
    """What a group hands on to the groups within it, and what ends with it."""

    goes: Goes = Goes.FLOW
    destination: str = ""
    codepage: str = "cp1252"
    skipped: int = 1  # so many bytes after a Unicode character repeat it for old programs
    bold: bool = False
    size: int = DEFAULT_HALF_POINTS
    is_hidden: bool = False
    style: int = 0
    outline: int | None = None
    in_list: bool = False
    list_depth: int = 0
    in_table: bool = False
    table_depth: int = 1
    opens_page: bool = False
    instruction: str = ""
    in_contents: bool = False

    @property
    def depth(self) -> int:
        """In how many tables, one within the other, a paragraph stands."""
        return max(self.table_depth, 1) if self.in_table else 0

    def take_instruction(self, instruction: str) -> None:
        """What a field within this group is to show."""
        if self.goes is Goes.FIELD:
            self.instruction = instruction
        else:
            self.in_contents = self.in_contents or instruction.split()[:1] == ["TOC"]

    def reset_letters(self) -> None:
        """The letters look as they usually do."""
        self.bold, self.size, self.is_hidden = False, DEFAULT_HALF_POINTS, False

    def reset_paragraph(self) -> None:
        """The paragraph is a usual one."""
        self.style, self.outline, self.in_list, self.list_depth = 0, None, False, 0
        self.in_table, self.table_depth, self.opens_page = False, 1, False
