"""White space, invisible characters and words cut at a line's end."""

from __future__ import annotations

import pytest

from ingest.repair import Repair, letters_and_digits, tidy


def mended(text: str, *elsewhere: str) -> str:
    """The text, mended in a document that also holds the other texts."""
    return Repair.of([text, *elsewhere]).mend(text)


def test_lines_are_joined_with_single_spaces() -> None:
    """A wrapped paragraph becomes one line."""
    assert mended("Wij  tellen\u00a0de \n fietsen\tin de straat. ") == "Wij tellen de fietsen in de straat."


def test_invisible_characters_go_and_ligatures_become_letters() -> None:
    """Nobody sees zero-width spaces, soft hyphens, private-use glyphs or control characters."""
    assert tidy("\ufeffﬁ\u200bets\u00adbel \ue0b7\x07") == "fietsbel"


def test_accents_are_composed() -> None:
    """An e with a separate diaeresis is the letter ë."""
    assert tidy("ide\u0308e") == "idëe"


@pytest.mark.parametrize(
    ("text", "elsewhere", "expected"),
    [
        ("de fiets-\nbel", "Een fietsbel rinkelt.", "de fietsbel"),  # the document has the joined word
        ("de fiets-\nbel", "Een fiets-bel rinkelt.", "de fiets-bel"),  # the document has the hyphen
        ("de fiets-\nbel", "", "de fiets-bel"),  # unsure, and nothing here is hyphenated
        ("be-\ndacht op fiets-\nbel", "Een fietsbel.", "bedacht op fietsbel"),  # unsure, but this is
        ("in Oost- \nVlaanderen", "Een fietsbel.", "in Oost-Vlaanderen"),  # a name
        ("fiets- \nen wandelroutes", "", "fiets- en wandelroutes"),  # a word that comes later
        ("de doe-het-zelf-\nwinkel, fiets-\nbel", "fietsbel", "de doe-het-zelf-winkel, fietsbel"),
        ("oud-\nstudenten, fiets-\nbel", "fietsbel", "oud-studenten, fietsbel"),  # a prefix
        ("data-\nanalyse met data, fiets-\nbel", "fietsbel", "data-analyse met data, fietsbel"),  # vowels
        ("de NMBS-\nlijn, fiets-\nbel", "fietsbel", "de NMBS-lijn, fietsbel"),  # an abbreviation
        ("van 2019-\n2020", "", "van 2019-2020"),
        ("de fiets -\neen oude", "", "de fiets - een oude"),  # a dash
        ("de fiets\u00ad\nbel", "", "de fietsbel"),  # a soft hyphen
    ],
)
def test_a_hyphen_at_a_lines_end(text: str, elsewhere: str, expected: str) -> None:
    """The document's own words decide whether a hyphen is real; in doubt it stays."""
    assert mended(text, elsewhere) == expected


def test_glued_words_and_typing_errors_are_left_alone() -> None:
    """What is quoted must stand in the source."""
    assert mended("Er zijn412 fietsenin de satd") == "Er zijn412 fietsenin de satd"


def test_letters_and_digits_ignore_what_repair_may_touch() -> None:
    """White space, punctuation and case do not count; letters and digits do."""
    assert letters_and_digits("De ﬁets-\nbel²") == letters_and_digits("de fietsbel2") == "defietsbel2"
