"""Acronyms that a document explains itself."""

from __future__ import annotations

import pytest

from ingest.acronyms import acronyms
from ingest.assembly import assemble
from ingest.raw import RawBlock, RawDocument, page_from_blocks
from ingest.types import BlockKind, Document


def explained(text: str) -> list[tuple[str, str]]:
    """The pairs of short and long form in one paragraph."""
    page = page_from_blocks(None, [RawBlock(BlockKind.PARAGRAPH, text)])
    assembled = assemble(RawDocument("text", (page,)))
    document = Document("nota", "nota.txt", "text", "0", assembled.text, assembled.pages, assembled.blocks)
    return [(found.short, found.long) for found in acronyms(document)]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Het Regionaal Overleg Techniek (ROT) komt samen.", ("ROT", "Regionaal Overleg Techniek")),
        ("Dat is de Vlaamse Dienst voor Arbeid (VDA).", ("VDA", "Vlaamse Dienst voor Arbeid")),
    ],
)
def test_a_long_form_before_brackets_explains_the_acronym(text: str, pair: tuple[str, str]) -> None:
    """The letters of the acronym are found in the words before it, from right to left."""
    assert explained(text) == [pair]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("De Raad voor Techniek (hierna: RVT) keurt het goed.", ("RVT", "Raad voor Techniek")),
        ("Dat stond in de Nota Werkplekken Limburg (“NWL”).", ("NWL", "Nota Werkplekken Limburg")),
        ("Het heet ook Practical Training Plan of “PTP” in het Engels.", ("PTP", "Practical Training Plan")),
        ("De sleutel (Daily Access Key, DAK) wisselt elke dag.", ("DAK", "Daily Access Key")),
        ("Het ROT (Regionaal Overleg Techniek) komt samen.", ("ROT", "Regionaal Overleg Techniek")),
        ("ROT staat voor Regionaal Overleg Techniek en bestaat sinds 2016.", ("ROT", "Regionaal Overleg Techniek")),
        ("De regionale overleggen techniek (ROT-en) komen samen.", ("ROT", "regionale overleggen techniek")),
    ],
)
def test_the_two_forms_may_meet_in_other_ways(text: str, pair: tuple[str, str]) -> None:
    """In quotes, after a comma, the short form first, or in a plain sentence."""
    assert explained(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "Wij bellen morgen (of later).",
        "De raad (SERV) adviseert.",
        "Zie ook (VDAB) voor de cijfers.",
        "De VDAB (zie hoofdstuk 3) bemiddelt.",
        "Het team LO: het overleg begint om tien uur.",
    ],
)
def test_other_brackets_explain_nothing(text: str) -> None:
    """Without two capitals, or with other letters before it, there is no acronym."""
    assert explained(text) == []
