"""Which document takes the place of which: what is said counts, what is guessed says that it is a guess."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ingest.types import Finding, Origin
from kb.succession import MAX_ALIKE, Edition, notice_of, successions
from kb.types import Succession
from tests.search_ui.samples import stored

COLLECTION = Origin.COLLECTION


def edition(key: int, **known: Any) -> Edition:
    """A document; its file's name says nothing."""
    return Edition(key, f"document-{key}", f"{key}.pdf", **known)


def test_what_a_document_says_of_itself_counts() -> None:
    """It may name the other by title, file name, reference or id, with words around it."""
    said = Finding("de omzendbrief SO 64 over leren van 2014", 0.8, Origin.FRONT)
    old = edition(1, title="Omzendbrief SO 64 over leren")
    by_id = replace(old, replaced_by=Finding("document-2", 1.0, Origin.PERSON))

    assert successions([old, edition(2, title="Omzendbrief", replaces=said)]) == {
        1: Succession(1, 2, 0.8, Origin.FRONT)
    }
    assert successions([by_id, edition(2, title="Omzendbrief")]) == {1: Succession(1, 2, 1.0, Origin.PERSON)}


def test_a_name_that_two_share_names_neither() -> None:
    """And one that nobody has, nothing."""
    said = edition(3, replaces=Finding("Nota over leren", 0.8, Origin.FRONT))
    other = edition(4, replaces=Finding("Iets heel anders", 0.8, Origin.FRONT))
    same = [edition(1, title="Nota over leren", date="2018"), edition(2, title="Nota over leren", date="2018")]

    assert successions([*same, said, other]) == {}


@pytest.mark.parametrize(
    ("earlier", "later", "confidence"),
    [
        ({"version": "1.9"}, {"version": "1.10"}, 0.8),
        ({"version": "1.0 draft", "date": "2018"}, {"version": "1.0", "date": "2018"}, 0.7),
        ({"version": "ontwerp"}, {"version": "definitief"}, 0.7),
        ({"date": "2018", "kind": "visienota"}, {"date": "2020-05", "kind": "visienota"}, 0.5),
        ({"date": "2018", "kind": "verslag"}, {"date": "2020", "kind": "verslag"}, None),
        ({"date": "2018"}, {"date": "2018-07"}, None),
        ({"version": "1.0", "date": "2020"}, {"version": "2.0", "date": "2018"}, None),
        ({"date": "2018", "publisher": "SERV"}, {"date": "2020", "publisher": "Vlor"}, None),
        ({}, {}, None),
    ],
)
def test_a_later_one_of_the_same_title_seems_to_take_its_place(
    earlier: dict[str, str], later: dict[str, str], confidence: float | None
) -> None:
    """By number, by draft and final, by date; minutes of the same name stand beside each other."""
    found = successions([edition(1, title="Visie op leren", **earlier), edition(2, title="VISIE OP LEREN", **later)])

    assert found == ({1: Succession(1, 2, confidence, COLLECTION)} if confidence else {})


def test_names_of_files_may_tell() -> None:
    """A version in the name of a file is no part of what it is about; a number in a title is."""
    first = Edition(1, "a", "visienota_duaal_leren_v1.docx", version="1")
    second = Edition(2, "b", "visienota_duaal_leren_v2_def.docx", version="2 definitief")
    workshops = [edition(number, title=f"Verslag werkgroep {number}", date=f"201{number}") for number in (3, 4)]

    assert successions([first, second, *workshops]) == {1: Succession(1, 2, 0.8, COLLECTION)}


def test_each_is_replaced_by_the_last() -> None:
    """Who opens the first of three is sent to the third."""
    found = successions([edition(number, title="Visie op leren", version=str(number)) for number in (1, 2, 3)])

    assert {key: succession.by for key, succession in found.items()} == {1: 3, 2: 3}


def test_a_person_ends_the_guessing() -> None:
    """Who says that nothing takes its place is believed, and so is who says what does."""
    nothing, other = Finding("", 1.0, Origin.PERSON), Finding("document-3", 1.0, Origin.PERSON)
    first, last = edition(1, title="Visie op leren", version="1"), edition(2, title="Visie op leren", version="2")

    assert successions([replace(first, replaced_by=nothing), last]) == {}
    assert successions([replace(first, replaced_by=other), last, edition(3)])[1].by == 3


def test_a_title_that_everybody_has_says_nothing() -> None:
    """Nor does a title of one word."""
    many = [edition(key, title="Visie op leren", version=str(key)) for key in range(MAX_ALIKE + 1)]

    assert successions(many) == {}
    assert successions([edition(1, title="Visienota", version="1"), edition(2, title="Visienota", version="2")]) == {}


def test_a_notice_names_both() -> None:
    """By title, or by the names of their files where the titles are the same; a guess is called one."""
    old = replace(stored("x", title="Visie").document, file_name="visie-1.pdf", id="visie-1")
    new = replace(old, file_name="visie-2.pdf", id="visie-2")
    guess = Succession(1, 2, 0.8, COLLECTION)

    guessed, said = notice_of(old, new, guess), notice_of(old, new, replace(guess, origin=Origin.FRONT))

    assert (guessed.key, said.key) == ("maybe_replaced", "replaced")
    assert dict(guessed.values) == {
        "document": "visie-1.pdf",
        "by": "visie-2.pdf",
        "document_id": "visie-1",
        "by_id": "visie-2",
    }
