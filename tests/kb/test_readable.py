"""How answers look in a terminal."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from kb.cli.readable import print_answer, print_hits
from kb.types import Answer, Citation, Hit, Notice, Statement, Status
from tests.search_ui.samples import stored

TEXT = "De leescoach onthaalt lezers. Hij leidt de leeskring. Hij is vrijwilliger."
SOURCE = stored(TEXT, headings=("Taken",), title="Nota", publisher="Leeshuis", date="2020")


@pytest.fixture(autouse=True)
def _dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The language of most readers."""
    monkeypatch.delenv("BRONVAST_LANGUAGE", raising=False)


def shown(printed: object, *arguments: object, **options: object) -> list[str]:
    """The lines that a function prints, without the white space at their end."""
    console = Console(file=StringIO(), width=100)
    printed(console, *arguments, **options)  # type: ignore[operator]
    return [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]


def quoted(start: int, end: int) -> Statement:
    """A statement that is a stretch of the source."""
    return Statement(TEXT[start:end], (Citation(SOURCE, start, end),))


def test_a_source_that_is_cited_twice_has_one_number() -> None:
    """And one line, however many sentences rest on it."""
    other = stored("Lezen is fijn.", key=2, page=None, title="Folder")
    statements = (quoted(0, 29), Statement("Lezen is fijn.", (Citation(other, 0, 14),)), quoted(54, 74))

    assert shown(print_answer, Answer("Wie?", Status.FOUND, statements)) == [
        "Gevonden in de documenten",
        "",
        "  De leescoach onthaalt lezers. [1]",
        "",
        "  Lezen is fijn. [2]",
        "",
        "  Hij is vrijwilliger. [1]",
        "",
        "Bronnen",
        "  [1] Nota, Leeshuis, 2020, p. 3, “Taken”",
        "  [2] Folder",
    ]


def test_answers_that_differ_each_stand_under_who_says_so_and_when() -> None:
    """A figure that another source contradicts is never shown without its own."""
    other = stored("Hij is bediende.", key=2, page=None, title="Folder", date="2019")
    statements = (quoted(54, 74), Statement("Hij is bediende.", (Citation(other, 0, 16),)))
    differing = Notice("differing", (("positions", "“Nota”; “Folder”"), ("documents", "document")))

    assert shown(print_answer, Answer("Wie?", Status.FOUND, statements, warnings=(differing,)))[2:7] == [
        "  Nota, Leeshuis, 2020:",
        "  Hij is vrijwilliger. [1]",
        "",
        "  Folder, 2019:",
        "  Hij is bediende. [2]",
    ]


def test_items_of_a_list_get_bullets_and_paragraphs_do_not() -> None:
    """A lead-in and a closing sentence are no items."""
    listing = "Hij heeft taken:\n\nonthalen;\nleiden.\n\nMeer niet."
    source = stored(listing, title="Nota", page=None)
    answer = Answer("Wat?", Status.FOUND, (Statement(listing, (Citation(source, 0, len(listing)),)),))

    assert shown(print_answer, answer)[2:-3] == [
        "  Hij heeft taken:",
        "",
        "  • onthalen;",
        "  • leiden.",
        "",
        "  Meer niet. [1]",
    ]


def test_square_brackets_of_a_document_are_text() -> None:
    """No document can colour, hide or break what is shown."""
    text = "Zie [bold]artikel 3[/bold] en [/]."
    source = stored(text, title="[red]Nota[/red]", page=None, headings=("[link=x]",))
    answer = Answer("Wat?", Status.FOUND, (Statement(text, (Citation(source, 0, len(text)),)),))
    lines = shown(print_answer, answer)

    assert (lines[2], lines[-1]) == (f"  {text} [1]", "  [1] [red]Nota[/red], “[link=x]”")


def test_warnings_stand_between_what_is_said_and_its_sources() -> None:
    """Where nobody who reads on can miss them."""
    notices = (Notice("missing", (("names", "Gent"),)),)
    lines = shown(print_answer, Answer("Wie?", Status.PARTIAL, (quoted(0, 29),), warnings=notices))

    assert lines[0] == "Gedeeltelijk gevonden: lees de waarschuwing"
    assert lines[3:7] == ["", "! Geen van de gevonden bronnen noemt Gent.", "", "Bronnen"]


def test_the_three_nearest_passages_go_with_silence_only() -> None:
    """An answer that was found needs none, and silence without any passage says just that."""
    hits = tuple(Hit(stored(f"Zin {number}.", key=number, title="Nota"), 0.1) for number in range(1, 6))

    silent = shown(print_answer, Answer("Wie?", Status.NOT_FOUND, hits=hits))
    found = shown(print_answer, Answer("Wie?", Status.FOUND, (quoted(0, 29),), hits))

    assert [line for line in silent if "Nota" in line] == [f"  {number}. Nota, p. 3" for number in (1, 2, 3)]
    assert [line for line in found if "Zin" in line] == []
    assert shown(print_answer, Answer("Wie?", Status.NOT_FOUND)) == ["Dit staat niet in de documenten"]


def test_a_long_passage_is_cut_between_words() -> None:
    """Its path of headings is shown, its beginning, and that it goes on."""
    hit = Hit(stored("woord\n" * 100, headings=("Deel", "Taken"), title="Nota"), 0.5)
    first, *rest = shown(print_hits, [hit])

    assert first == "  1. Nota, p. 3, Deel › Taken"
    assert " ".join(" ".join(rest).split()) == "woord " * 46 + "…"
