"""Attacks on the proof: none passes, and what is honest does. ``tests/bench/attacks.py`` makes thousands."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.proof import lacks_denial
from kb.types import Statement
from tests.attacks import KINDS, Library, attacks, honest, library_of

ROUNDS = 5
FILES = (
    "naslagnota-visienota-west-vlaanderen.docx",
    "folder-wat-duaal-leren-wel-en-niet-is.txt",
    "infosessie-duaal-leren.pptx",
    "veelgestelde-vragen-duaal-leren.html",
    "naslagnota-samdulea-antwerpen.md",
)


@pytest.fixture(scope="module")
def library(starter_corpus: Path) -> Library:
    """Documents of five formats, with and without pages."""
    return library_of(*(starter_corpus / name for name in FILES))


def test_what_the_documents_say_passes(library: Library) -> None:
    """Every sentence, item and row; but no item without the lead-in that denies it."""
    refused = [quote for quote in library.quotes if not library.accepts(honest(quote))]

    assert all(lacks_denial([quote]) for quote in refused)
    assert len(refused) < len(library.quotes) / 50


def test_no_attack_passes(library: Library) -> None:
    """Some of every kind."""
    tried = list(islice(attacks(library, seed=1), ROUNDS * len(KINDS)))

    assert not [attack for attack in tried if library.accepts(attack.statement)]
    assert len(Counter(attack.kind for attack in tried)) > len(KINDS) - 5


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_statement_passes_but_the_words_of_its_quotes(library: Library, data: st.DataObject) -> None:
    """Whatever is put in, taken out or exchanged, a statement that is not its quote is dropped."""
    quote = data.draw(st.sampled_from(library.quotes))
    text = quote.quote
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 8, len(text))))
    edited = text[:start] + data.draw(st.text(max_size=6)) + text[end:]

    assert not library.accepts(Statement(edited, (quote,))) or edited.split() == text.split()
