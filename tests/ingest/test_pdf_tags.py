"""What the tags of a PDF say of its headings and its running headers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from ingest.assembly import assemble
from ingest.readers.pdf import read
from ingest.readers.pdf.tags import Tag, tags_of

TEXT = "De stad telt elk jaar in mei hoeveel fietsen er in alle straten staan."
Part = tuple[str, str]  # role and text; the role "Artifact" is no part of the text
ROLES = {"/Kop1": "/H1", "/Kop2": "/Tussenkop", "/Tussenkop": "/H2", "/Rond": "/Kring", "/Kring": "/Rond"}


class _Writer:
    """A tagged PDF in one letter; each part is drawn line by line, and further from the last than its lines are."""

    def __init__(self, *pages: Sequence[Part], own_list: bool = False) -> None:
        self.writer = PdfWriter()
        self._own_list = own_list
        self.elements: list[DictionaryObject] = []
        for parts in pages:
            self._add_page(parts)
        roles = DictionaryObject({NameObject(name): NameObject(role) for name, role in ROLES.items()})
        self.root = DictionaryObject({NameObject("/RoleMap"): roles})
        self.root[NameObject("/K")] = ArrayObject(map(self.writer._add_object, self.elements))
        self.writer.root_object[NameObject("/StructTreeRoot")] = self.writer._add_object(self.root)

    def _add_page(self, parts: Sequence[Part]) -> None:
        page = self.writer.add_blank_page(595, 842)
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
        fonts = DictionaryObject({NameObject("/F1"): _names(font)})
        resources = DictionaryObject({NameObject("/Font"): fonts})
        properties = DictionaryObject()
        drawn, top = [], 800
        for mark, (role, text) in enumerate(parts):
            properties[NameObject(f"/Part{mark}")] = DictionaryObject({NameObject("/MCID"): NumberObject(mark)})
            drawn.append(self._opening(role, mark))
            for line in text.split("\n"):
                drawn.append(f"BT /F1 11 Tf 72 {top} Td ({line}) Tj ET")
                top -= 14
            drawn.append("EMC")
            top -= 20
            if role != "Artifact":
                self.elements.append(self._element(role, mark, page.indirect_reference))
        resources[NameObject("/Properties")] = properties
        page[NameObject("/Resources")] = resources
        stream = DecodedStreamObject()
        stream.set_data("\n".join(drawn).encode("latin-1"))
        page[NameObject("/Contents")] = self.writer._add_object(stream)

    def _opening(self, role: str, mark: int) -> str:
        if role == "Artifact":
            return "/Artifact BMC"
        return f"/{role} /Part{mark} BDC" if self._own_list else f"/{role} <</MCID {mark}>> BDC"

    def _element(self, role: str, mark: int, page: object) -> DictionaryObject:
        element = _names({"/Type": "/StructElem", "/S": f"/{role}"})
        element[NameObject("/Pg")] = page
        element[NameObject("/K")] = NumberObject(mark)
        return element

    @property
    def data(self) -> bytes:
        file = io.BytesIO()
        self.writer.write(file)
        return file.getvalue()


def _names(entries: dict[str, str]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in entries.items()})


def _blocks(data: bytes, *kinds: str) -> list[tuple[int, str]]:
    result = assemble(read(Path("nota.pdf"), data))
    found = (block for block in result.blocks if block.kind.value in kinds)
    return [(block.level, " ".join(result.text[block.start : block.end].split())) for block in found]


PARTS = [
    ("H1", "over de telling van alle fietsen\nin de straten van de stad"),
    ("P", TEXT),
    ("H2", "waarom er geteld wordt"),
    ("P", f"{TEXT}\n{TEXT}"),
    ("H1", "wat er volgt"),
    ("P", TEXT),
]
HEADINGS = [
    (1, "over de telling van alle fietsen in de straten van de stad"),
    (2, "waarom er geteld wordt"),
    (1, "wat er volgt"),
]


@pytest.mark.parametrize("own_list", [False, True], ids=["in the page", "in a list of properties"])
def test_tags_make_headings_with_their_levels(own_list: bool) -> None:
    """Also where type tells nothing, and over two lines."""
    assert _blocks(_Writer(PARTS, own_list=own_list).data, "heading") == HEADINGS


def test_roles_of_its_own_stand_for_known_ones() -> None:
    """A file may call its headings as it likes, if it says what they are; names in a circle are nothing."""
    names = {"H1": "Kop1", "H2": "Kop2", "P": "Rond"}
    parts = [(names[role], text) for role, text in PARTS]
    assert _blocks(_Writer(parts).data, "heading") == HEADINGS


def test_what_is_no_part_of_the_text_runs_at_the_edge() -> None:
    """A running header of one page is known by its tag alone."""
    data = _Writer([("Artifact", "Dienst Mobiliteit van de stad"), *PARTS]).data
    assert _blocks(data, "boilerplate") == [(0, "Dienst Mobiliteit van de stad")]


def test_what_is_drawn_amid_the_page_is_text() -> None:
    """Some programs call every box an artifact that nobody has tagged."""
    data = _Writer([*PARTS, ("Artifact", "De raad beslist in juni over het plan.")]).data
    assert _blocks(data, "boilerplate") == []


@pytest.mark.parametrize(
    "parts",
    [
        [("H1", text) for _, text in PARTS],
        [("H1", "\n".join([TEXT] * 8)), ("P", TEXT), ("H2", "\n".join([TEXT] * 8)), *PARTS[:1], ("P", TEXT)],
        [*PARTS[:2], *(("Artifact", TEXT) for _ in range(2)), ("P", TEXT)],
    ],
    ids=["all is a heading", "paragraphs are headings", "one heading"],
)
def test_a_tree_that_contradicts_the_page_is_not_believed(parts: list[Part]) -> None:
    """Headings are short, there are several, and most text is none."""
    assert _blocks(_Writer(parts).data, "heading") == []


def test_a_tree_that_knows_little_of_the_text_is_not_believed() -> None:
    """Such as that of one tagged page put before a report."""
    writer = _Writer(PARTS, [("P", "\n".join([TEXT] * 20))])
    writer.elements[-1][NameObject("/K")] = NullObject()
    assert _blocks(writer.data, "heading") == []


def test_broken_and_looping_trees_end() -> None:
    """An element under itself, a number that is none, a page that is none."""
    writer = _Writer(PARTS)
    loop, number, page = writer.elements[1], writer.elements[3], writer.elements[5]
    loop[NameObject("/K")] = writer.root["/K"]
    number[NameObject("/K")] = TextStringObject("drie")
    page[NameObject("/Pg")] = NumberObject(1)
    found = tags_of(PdfReader(io.BytesIO(writer.data)))
    assert {mark: tag.level for mark, tag in found[0].items() if tag.level} == {0: 1, 2: 2, 4: 1}


def test_an_untagged_file_has_no_tags() -> None:
    """And its text still reads."""
    writer = _Writer(PARTS)
    del writer.writer.root_object["/StructTreeRoot"]
    assert tags_of(PdfReader(io.BytesIO(writer.data))) == {}
    assert _blocks(writer.data, "heading") == []


def test_what_stands_under_a_heading_is_part_of_it() -> None:
    """A number or a link in a heading has an element of its own."""
    writer = _Writer([("Lbl", "1."), ("H1", "over de telling"), ("P", TEXT)])
    label, heading = writer.elements[:2]
    heading[NameObject("/K")] = ArrayObject([label, NumberObject(1)])
    writer.root[NameObject("/K")] = ArrayObject([heading, writer.elements[2]])
    tags = tags_of(PdfReader(io.BytesIO(writer.data)))[0]
    assert tags[0] == tags[1]
    assert tags[1].level == 1
    assert tags[2] == Tag()
