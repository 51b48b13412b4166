"""The address of a letter is one block."""

from __future__ import annotations

import pytest

from ingest.layout import Gap, Layout, Line
from ingest.lines import blocks_of
from ingest.types import BlockKind

BODY = "De raad vraagt om de fietsen in alle straten van de stad elk jaar in mei te tellen."


def _blocks(*lines: str, gap: Gap = Gap.APART) -> list[tuple[BlockKind, str]]:
    (page,) = blocks_of(Layout([tuple(Line(line, gap) for line in lines)]))
    return [(block.kind, " ".join(block.text.split())) for block in page.blocks]


@pytest.mark.parametrize("gap", list(Gap))
@pytest.mark.parametrize("person", ["Mevrouw Ans Peeters", "Aan de heer Jan Maes", "T.a.v. dhr. J. Maes"])
def test_an_address_stays_together(person: str, gap: Gap) -> None:
    """Person, function, building, street and town are one paragraph, however far apart the lines stand."""
    address = (person, "Schepen van Mobiliteit", "Stadhuis", "Grote Markt 1", "2000 ANTWERPEN")
    assert (BlockKind.PARAGRAPH, " ".join(address)) in _blocks(*address, "Geachte,", BODY, gap=gap)


def test_the_address_of_the_sender_is_furniture() -> None:
    """Without a person, a street above a town is a letterhead."""
    found = _blocks("Dienst Mobiliteit", "Grote Markt 1", "2000 Antwerpen", BODY)
    assert [text for kind, text in found if kind is BlockKind.BOILERPLATE] == ["Grote Markt 1", "2000 Antwerpen"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Mevrouw de schepen,", BODY, "9000 GENT"),
        ("Mevrouw Ans Peeters", "Schepen van Mobiliteit", "De telling is voorbij.", "2000 ANTWERPEN"),
        ("Mevrouw Ans Peeters", "Schepen van Mobiliteit"),
    ],
    ids=["salutation", "a sentence between", "no town"],
)
def test_what_only_looks_like_an_address_is_none(lines: tuple[str, ...]) -> None:
    """A salutation, a list of names: these have no town, or a sentence stands before it."""
    assert not any(all(line in text for line in lines) for _, text in _blocks(*lines, BODY))
