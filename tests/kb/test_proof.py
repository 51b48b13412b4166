"""The proof of a quote against the raw pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.types import Findings, Passage
from kb.proof import is_proven, proven
from kb.types import Citation, DocumentCard, PageMark, Statement, StoredPassage

TEXT = "De leerling volgt minstens 20 uur les. Dat geldt niet voor stages."
CARD = DocumentCard(1, "nota", "nota.txt", "text", "0", Findings(), (PageMark(4, 0),), 1, datetime.now(UTC))
STORED = StoredPassage(1, 0, Passage("nota", 0, len(TEXT), TEXT), CARD)


def citation(quote: str) -> Citation:
    """A citation of a stretch of the text above."""
    start = TEXT.index(quote)
    return Citation(STORED, start, start + len(quote))


def test_white_space_and_hyphens_of_the_page_do_not_matter() -> None:
    """The page as extracted is broken into lines; the quote is repaired text."""
    raw = "De leer-\nling volgt\n\nminstens 20\nuur les. Dat geldt niet voor stages."

    assert is_proven(citation("De leerling volgt minstens 20 uur les."), [raw])


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.replace("20", "12"),
        TEXT.replace("minstens 20", "minstens"),
        TEXT.replace("geldt niet", "geldt"),
        TEXT.replace("leerling", "mentor"),
        "",
    ],
)
def test_a_changed_figure_negation_or_name_is_no_proof(raw: str) -> None:
    """One letter or digit of difference is a different statement."""
    assert not is_proven(citation(TEXT), [raw])


def test_a_quote_over_a_page_break_is_proven_on_both_pages() -> None:
    """The raw texts of the cited pages are read as one."""
    assert is_proven(citation(TEXT), ["De leerling volgt min-", "stens 20 uur les. Dat geldt niet voor stages."])


def test_a_statement_that_says_more_than_its_proven_quotes_is_dropped() -> None:
    """No text without proof: neither an unproven quote nor words of the writer's own survive."""
    honest = Statement(TEXT, (citation(TEXT),))
    embroidered = replace(honest, text=TEXT + " Ook in de vakantie.")
    elsewhere = Statement("Dat geldt niet voor stages.", (citation("Dat geldt niet voor stages."),))

    kept = proven([honest, embroidered, elsewhere], lambda _: [TEXT])

    assert kept == (honest, elsewhere)
    assert proven([honest], lambda _: ["Een andere bladzijde."]) == ()


def test_a_place_that_says_the_same_is_proven_by_itself_or_dropped() -> None:
    """The statement stands on its own quote; what should confirm it must be there too."""
    there, gone = citation("De leerling volgt minstens 20 uur les."), citation("Dat geldt niet voor stages.")
    statement = Statement(there.quote, (there,), also=(gone,))

    assert proven([statement], lambda _: [there.quote]) == (replace(statement, also=()),)
    assert proven([statement], lambda _: [TEXT]) == (statement,)
    assert proven([statement], lambda _: [gone.quote]) == ()


def test_a_list_with_bullets_extracted_as_letters_is_cited_line_by_line() -> None:
    """Repair drops such a bullet; the raw page still has it between the lines."""
    text = "Een mentor is niet:\nEen toezichter\nEen leraar"
    stored = replace(STORED, passage=Passage("nota", 0, len(text), text))
    statement = Statement(text, (Citation(stored, 0, len(text)),))

    (kept,) = proven([statement], lambda _: ["Een mentor is niet:\nÅEen toezichter\nÅ Een leraar"])

    assert [citation.quote for citation in kept.citations] == text.split("\n")


def test_a_quote_cannot_reach_beyond_its_passage() -> None:
    """A citation is a slice; offsets outside the passage are refused."""
    with pytest.raises(ValueError, match="outside the passage"):
        _ = Citation(STORED, 0, len(TEXT) + 1).quote


def test_a_statement_without_citation_cannot_be_made() -> None:
    """The rule is in the type."""
    with pytest.raises(ValueError, match="at least one citation"):
        Statement(TEXT, ())
