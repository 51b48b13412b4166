"""What is known of a Rich Text document while its tokens pass by."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from ingest.readers.rtfstate import Goes, State
from ingest.readers.rtftree import Flow
from ingest.readers.rtfwriter import RowPlan, Writer

USUAL_CODEPAGE = "cp1252"
NESTED_ROW = "nesttableprops"  # the destination in which a row of a table within a table is described


@dataclass(slots=True)
class Style:
    """What the style sheet says of a paragraph style."""

    name: str = ""
    outline: int | None = None


@dataclass(slots=True)
class Parsed:
    """A document: its body, what stands above and below its pages, its styles by number, its properties."""

    body: Flow = field(default_factory=Flow)
    headers: list[Flow] = field(default_factory=list)
    footers: list[Flow] = field(default_factory=list)
    styles: dict[int, Style] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    years: dict[str, int] = field(default_factory=dict)
    is_cut_off: bool = False


@dataclass(slots=True)
class Reading:
    """The document so far, what is in force, and the writers of the flows that were begun, the innermost last."""

    parsed: Parsed = field(default_factory=Parsed)
    state: State = field(default_factory=State)
    writers: list[Writer] = field(default_factory=lambda: [Writer()])
    codepage: str = USUAL_CODEPAGE
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    style: Style = field(default_factory=Style)
    notes: int = 0
    section_opens_page: bool = True
    plans: dict[bool, RowPlan] = field(default_factory=lambda: {False: RowPlan(), True: RowPlan()})

    @property
    def writer(self) -> Writer:
        """The writer of the flow that text goes to."""
        return self.writers[-1]

    @property
    def in_flow(self) -> bool:
        """Whether what comes now is shown."""
        return self.state.goes is Goes.FLOW

    @property
    def plan(self) -> RowPlan:
        """The row that is being described."""
        return self.plans[self.state.destination == NESTED_ROW]

    def add(self, text: str) -> None:
        """Text goes where its group sends it."""
        goes = self.state.goes
        if goes is Goes.FLOW and not self.state.is_hidden:
            self.writer.add(text, self.state)
        elif goes is Goes.LABEL:
            self.writer.add_label(text)
        elif goes is Goes.FIELD:
            self.state.instruction += text
        elif goes is Goes.STYLES:
            self.style.name += text
        elif goes is Goes.PROPERTY:
            name = self.state.destination
            self.parsed.properties[name] = self.parsed.properties.get(name, "") + text


def known(codepage: str | None, otherwise: str) -> str:
    """A code page that can be decoded."""
    try:
        return codecs.lookup(codepage or otherwise).name
    except LookupError:
        return otherwise
