"""Plain text files become pages of blocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.assembly import Assembled, assemble
from ingest.errors import Reason, UnreadableFile
from ingest.readers.text import read
from ingest.types import BlockKind, page_index

PATH = Path("nota.txt")
DUTCH = "De coördinator vroeg: ‘Eén fiets of twee?’ – en zweeg."


def _read(text: str) -> Assembled:
    return assemble(read(PATH, text.encode()))


def _blocks(text: str) -> list[tuple[str, str]]:
    result = _read(text)
    return [(block.kind.value, result.text[block.start : block.end]) for block in result.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    """Accents and typographic quotes come out right, whoever saved the file."""
    assert assemble(read(PATH, DUTCH.encode(encoding))).text == DUTCH


def test_files_of_old_machines_are_read() -> None:
    """Without typographic signs the letters must do."""
    plain = "De coördinator reed één keer naar Ieper, over de geïsoleerde weg, en vond die reëel gevaarlijk."
    assert assemble(read(PATH, plain.encode("latin-1"))).text == plain
    assert assemble(read(PATH, plain.encode("mac-roman"))).text == plain
    assert assemble(read(PATH, plain.encode("cp850"))).text == plain


def test_line_ends_of_all_systems_are_one() -> None:
    """Windows and old Macs end lines in their own way."""
    assert _read("Een\r\nfiets.\r\rEen bel.").text == "Een fiets.\n\nEen bel."


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf \n", "\u00a0\n".encode()])
def test_a_file_with_nothing_but_white_space_is_empty(data: bytes) -> None:
    """A byte-order mark is no text."""
    with pytest.raises(UnreadableFile) as raised:
        read(PATH, data)
    assert raised.value.reason is Reason.EMPTY


def test_slides_have_titles_and_bullets_that_were_decoded_as_letters() -> None:
    """A symbol font's bullet comes out as "Å" or "ω"; the first line of a slide is its title."""
    text = (
        "De fiets\n\nÅ Bel\n\nÅ Zadel van \nleer\n\nÅWiel\n\n\n\n"
        "Wie fietst er\n\nmee? \n\nFietsen is\n\nÅ Gezond\n\nFietsen is niet\n\nÅ Duur\n\n\n\n"
        "De route\n\nωLangs het kanaal\n\nωDoor het park\n\nωTerug\n\n\n\nTot slot\n\nBedankt!"
    )
    assert _blocks(text) == [
        ("heading", "De fiets"),
        ("list_item", "Bel"),
        ("list_item", "Zadel van leer"),
        ("list_item", "Wiel"),
        ("heading", "Wie fietst er mee?"),
        ("heading", "Fietsen is"),
        ("list_item", "Gezond"),
        ("heading", "Fietsen is niet"),
        ("list_item", "Duur"),
        ("heading", "De route"),
        ("list_item", "Langs het kanaal"),
        ("list_item", "Door het park"),
        ("list_item", "Terug"),
        ("heading", "Tot slot"),
        ("paragraph", "Bedankt!"),
    ]


def test_a_letter_that_starts_one_line_is_no_bullet() -> None:
    """Å is a letter in Norwegian, and a river there."""
    assert _blocks("Å Ligger ved havet, zei de fietser.") == [("paragraph", "Å Ligger ved havet, zei de fietser.")]


def test_remains_of_markdown_become_structure() -> None:
    """Signs that say what is a heading or bold are not shown."""
    text = "## DE FIETS\n\n**Een goede keuze.**\n\nEn is niet: een **auto**.\n\n- de **bel**\n- het zadel"
    assert _blocks(text) == [
        ("heading", "DE FIETS"),
        ("heading", "Een goede keuze."),
        ("paragraph", "En is niet: een auto."),
        ("list_item", "de bel"),
        ("list_item", "het zadel"),
    ]


def test_a_sign_of_markdown_alone_stays_text() -> None:
    """A "# fietsen" may count them."""
    assert _blocks("Opleiding\n\n# fietsen in mei")[-1] == ("paragraph", "# fietsen in mei")


def test_a_sentence_goes_on_over_an_inferred_page_break() -> None:
    """The block spans both pages; each keeps its own letters."""
    lines = ("De fietser rijdt elke dag met de", "trein en daarna met de bus naar", "het werk in de")
    result = _read("\n\n".join(lines) + " \n grote stad aan de rivier. Daar\n\ndrinkt zij koffie.")
    assert [page.number for page in result.pages] == [1, 2]
    assert len(result.blocks) == 1
    assert result.text[result.pages[1].start :] == "grote stad aan de rivier. Daar drinkt zij koffie."


def test_only_two_letters_may_go_as_bullets() -> None:
    """The raw page keeps what the file says; "o" marks an item and stays, for it may be a letter."""
    slides = _read("Fietsen is\n\nÅ Gezond\n\nÅ Leuk\n\nÅ Goed")
    minutes = _read("Fietsen is:\n\no Gezond\n\no Leuk\n\no Goed")

    assert slides.text == "Fietsen is\n\nGezond\nLeuk\nGoed"
    assert "Å Gezond" in slides.pages[0].raw
    assert minutes.text == "Fietsen is:\n\no Gezond\no Leuk\no Goed"


@pytest.mark.shared
def test_the_numbers_of_the_vision_note_are_those_of_its_contents(shared_corpus: Path) -> None:
    """Pages that were worked out agree with the table of contents, section by section."""
    path = next(shared_corpus.glob("visienota-*.txt"))
    result = assemble(read(path, path.read_bytes()))
    starts = tuple(page.start for page in result.pages)
    found = {
        result.text[block.start : block.end].split()[0]: result.pages[page_index(starts, block.start)].number
        for block in result.blocks
        if block.kind is BlockKind.HEADING
    }
    expected = {"3.": 6, "3.1": 7, "3.2": 9, "3.2.1": 9, "3.2.2": 10, "3.2.3": 10, "3.3": 11}
    assert expected.items() <= found.items()


@pytest.mark.shared
def test_each_slide_of_the_real_deck_is_a_page(shared_corpus: Path) -> None:
    """A slide break is a page break, and nearly every slide has its title."""
    path = next(shared_corpus.glob("presentatie-*.txt"))
    result = assemble(read(path, path.read_bytes()))
    starts = tuple(page.start for page in result.pages)
    titled = {page_index(starts, block.start) for block in result.blocks if block.kind is BlockKind.HEADING}
    assert (len(result.pages), len(titled)) == (26, 25)
