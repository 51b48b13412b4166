"""The tables of words that ship, and how they are made."""

from __future__ import annotations

import lzma
from pathlib import Path

from kb.compounds import split
from kb.vocabulary import is_dutch
from kb.vocabulary.make import dutch_stems_in, read_pairs, translations_in

PAIRS = """de hond slaapt\tthe dog sleeps\tt
de hond eet\tthe dog eats\tt
de kat slaapt\tthe cat sleeps\tt
de kat eet\tthe cat eats\tt
de kat loopt\tthe cat walks\tmoodle
"""


def test_words_that_go_together_are_translations(tmp_path: Path) -> None:
    """Two models must agree; a source whose licence does not allow it is left out."""
    file = tmp_path / "pairs.tsv.xz"
    file.write_bytes(lzma.compress((PAIRS * 4).encode()))

    assert translations_in(list(read_pairs(file))) == {
        "cat": ("kat",), "dog": ("hond",), "eats": ("eet",), "sleeps": ("slaapt",)
    }  # fmt: skip
    assert "loopt" not in dutch_stems_in(file, file)


def test_a_dutch_word_may_be_made_of_others() -> None:
    """Nobody lists all compounds."""
    assert is_dutch("overeenkomst")
    assert is_dutch("boorbedrijven")
    assert not is_dutch("overeenkmst")


def test_a_compound_is_split_at_its_longest_last_part() -> None:
    """With or without a letter that links the parts."""
    known = {"leer", "overeenkomst", "beroep", "opleiding", "werk", "plek"}.__contains__

    assert split("leerovereenkomst", known) == ("leer", "overeenkomst")
    assert split("beroepsopleiding", known) == ("beroep", "opleiding")
    assert split("werkplekleren", known) is None


def test_what_is_too_long_to_be_a_word_has_no_parts() -> None:
    """Trying them all would keep a processor busy for minutes, for one question of ten thousand letters."""
    assert split("werkplek" * 2, {"werkplek"}.__contains__) == ("werkplek", "werkplek")
    assert split("werkplek" * 1250, lambda _: True) is None
