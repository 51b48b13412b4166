"""The proof of a quote against the raw pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.types import Findings, Passage, Span
from kb.proof import is_proven, proven
from kb.raw_proof import Signs, stands_on
from kb.types import Citation, DocumentCard, PageMark, Statement, StoredPassage

TEXT = "De leerling volgt minstens 20 uur les. Dat geldt niet voor stages."
CARD = DocumentCard(1, "nota", "nota.txt", "text", "0", Findings(), (PageMark(4, 0),), 1, datetime.now(UTC))
FIRST = len("De leerling volgt minstens 20 uur les.")
UNITS = (Span(0, FIRST), Span(FIRST + 1, len(TEXT)))
STORED = StoredPassage(1, 0, Passage("nota", 0, len(TEXT), TEXT, units=UNITS), CARD)


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


def over_a_page(at: int) -> Citation:
    """The text above, of which the second page begins at an offset."""
    pages = (PageMark(4, 0), PageMark(5, at))
    return replace(citation(TEXT), stored=replace(STORED, document=replace(CARD, pages=pages)))


def test_a_quote_over_a_page_break_is_proven_on_both_pages() -> None:
    """Each part on its own page; what stands between (a page number, a header) is no part of the sentence."""
    first, second = "Kop\nDe leerling volgt min-\nPagina 4", "Kop\nstens 20 uur les. Dat geldt niet voor stages."
    quote = over_a_page(TEXT.index("stens"))

    assert is_proven(quote, [first, second])
    assert not is_proven(quote, [second, first])
    assert not is_proven(quote, ["De leerling volgt min- of meer", second])


def test_the_page_that_is_cited_is_the_page_where_it_stands() -> None:
    """The words of page 4 do not prove a citation of page 5, nor one of both."""
    assert not is_proven(over_a_page(0), ["", "Een andere bladzijde."])
    assert not is_proven(over_a_page(FIRST + 1), [TEXT, ""])


@pytest.mark.parametrize(
    ("raw", "quote"),
    [
        ("18 uur les.", "8 uur les."),
        ("Het uurloon", "Het uur"),
        ("1.250 euro", "250 euro"),
        ("2 500 euro", "500 euro"),
        ("20 18", "2018"),
        ("de leer-\nling", "ling"),
        ("-5 graden", "5 graden"),
        ("1,5 uur", "15 uur"),
        ("20% les", "20"),
        ("m²", "m2"),
        ("20 uur", "²⁰ uur"),
        ("20 uur", chr(0xFF12) + "0 uur"),
        ("20 uur", "20 u\u200bur"),
        ("20 uur", "20 UUR"),
    ],
)
def test_a_part_of_a_word_or_figure_and_a_sign_that_looks_like_another_are_no_proof(raw: str, quote: str) -> None:
    """Even where the passage itself is wrong, the page tells."""
    stored = replace(STORED, passage=Passage("nota", 0, len(quote), quote))

    assert not is_proven(Citation(stored, 0, len(quote)), [raw])


def test_a_footnote_mark_may_stand_on_the_page_as_an_ordinary_number() -> None:
    """The text shows it raised, as the page does; the raw extraction may not."""
    text = "Het principe¹ geldt."
    stored = replace(STORED, passage=Passage("nota", 0, len(text), text))

    assert is_proven(Citation(stored, 0, len(text)), ["Het principe1 geldt."])
    assert is_proven(Citation(stored, 0, len(text)), [text])


def test_half_a_sentence_is_not_quoted() -> None:
    """It may lack the word that turns it round."""
    assert not is_proven(citation("Dat geldt"), [TEXT])
    assert not is_proven(citation("voor stages."), [TEXT])


def test_a_statement_that_says_more_than_its_proven_quotes_is_dropped() -> None:
    """No text without proof: neither an unproven quote nor words of the writer's own survive."""
    honest = Statement(TEXT, (citation(TEXT),))
    embroidered = replace(honest, text=TEXT + " Ook in de vakantie.")
    elsewhere = Statement("Dat geldt niet voor stages.", (citation("Dat geldt niet voor stages."),))

    kept = proven([honest, embroidered, elsewhere], lambda _: [TEXT])

    assert kept == (honest, elsewhere)
    assert proven([honest], lambda _: ["Een andere bladzijde."]) == ()


def test_quotes_are_put_together_in_the_order_of_one_document() -> None:
    """Two true sentences in another order, or of two documents, may say what neither says."""
    first, second = (replace(citation(TEXT), start=unit.start, end=unit.end) for unit in UNITS)
    other = replace(second, stored=replace(STORED, document=replace(CARD, key=2)))

    assert proven([Statement(f"{first.quote} {second.quote}", (first, second))], lambda _: [TEXT])
    assert not proven([Statement(f"{second.quote} {first.quote}", (second, first))], lambda _: [TEXT])
    assert not proven([Statement(f"{first.quote} {second.quote}", (first, other))], lambda _: [TEXT])


@pytest.mark.parametrize(
    ("said_too", "agrees"),
    [
        ("De leerling volgt ook minstens 20 uur les.", True),
        ("De leerling volgt ook minstens 12 uur les.", False),
        ("De leerling volgt ook minstens 20 dagen les.", False),
        ("De leerling volgt ook niet minstens 20 uur les.", False),
    ],
)
def test_another_place_that_says_the_same_has_its_figures_and_its_denials(said_too: str, agrees: bool) -> None:
    """One that does not agree, or is not there, is dropped; the statement stands on its own quote."""
    first = replace(citation(TEXT), end=FIRST)
    passage = Passage("b", 0, len(said_too), said_too)
    other = Citation(StoredPassage(2, 0, passage, replace(CARD, key=2)), 0, len(said_too))
    statement = Statement(first.quote, (first,), also=(other,))

    (kept,) = proven([statement], lambda cited: [TEXT if cited is first else said_too])

    assert kept.also == ((other,) if agrees else ())
    assert proven([statement], lambda _: [TEXT]) == (replace(statement, also=()),)
    assert proven([statement], lambda _: [said_too]) == ()


LISTING = "Een mentor is niet:\n\neen toezichter;\neen leraar.\n\nHij is een collega."


def test_an_item_is_not_quoted_without_a_lead_in_that_denies_it() -> None:
    """Alone it would say the opposite. What comes after the list stands by itself."""
    stored = replace(STORED, passage=Passage("nota", 0, len(LISTING), LISTING))
    whole, item, after = (
        Citation(stored, LISTING.index(quote), LISTING.index(quote) + len(quote))
        for quote in (LISTING.split("\n\nHij")[0], "een leraar.", "Hij is een collega.")
    )

    kept = proven([Statement(one.quote, (one,)) for one in (whole, item, after)], lambda _: [LISTING])

    assert [statement.citations for statement in kept] == [(whole,), (after,)]


def test_a_list_with_bullets_extracted_as_letters_is_cited_line_by_line() -> None:
    """Repair drops such a bullet; the raw page still has it between the lines."""
    text = "Een mentor is niet:\nEen toezichter\nEen leraar"
    stored = replace(STORED, passage=Passage("nota", 0, len(text), text))
    statement = Statement(text, (Citation(stored, 0, len(text)),))

    (kept,) = proven([statement], lambda _: ["Een mentor is niet:\nÅEen toezichter\nÅ Een leraar"])

    assert [citation.quote for citation in kept.citations] == text.split("\n")
    assert not proven([statement], lambda _: ["Een mentor is niet:\nÅEen toezichter\nEen tolk\nÅ Een leraar"])


def test_a_quote_cannot_reach_beyond_its_passage() -> None:
    """A citation is a slice; offsets outside the passage are refused."""
    with pytest.raises(ValueError, match="outside the passage"):
        _ = Citation(STORED, 0, len(TEXT) + 1).quote


def test_a_statement_without_citation_cannot_be_made() -> None:
    """The rule is in the type."""
    with pytest.raises(ValueError, match="at least one citation"):
        Statement(TEXT, ())


LONG_PAGE = "Voor 1 200 leerlingen. " * 300 + "In 2018 " + TEXT + " 3 500 scholen. " * 300


@pytest.mark.parametrize(
    ("raw", "proven_there"),
    [
        (LONG_PAGE, True),
        (LONG_PAGE.replace("De leerling volgt", "**De** leerling\n- volgt"), True),
        (LONG_PAGE.replace("De leerling", "De leer-\nling"), True),
        (LONG_PAGE.replace("In 2018 De", "In 2018De"), False),
        (LONG_PAGE.replace("20 uur", "-20 uur"), False),
        (LONG_PAGE.replace("20 uur", "20% uur"), False),
        (LONG_PAGE.replace("20 uur", "2 0 uur"), False),
        (LONG_PAGE.replace("niet voor", "niet, voor wie niet"), False),
        (LONG_PAGE.replace("In 2018 De", "In 2018De").replace("3 500", TEXT + " 3 500", 1), True),
    ],
)
def test_a_long_page_is_read_around_the_quote(raw: str, proven_there: bool) -> None:
    """The same signs are asked as on a short page, and each place where the words stand is looked at."""
    assert is_proven(citation(TEXT), [raw]) is proven_there


PIECES = (*"12²Uuie.,%- \n", "200", "uur", "  ", "-\n", "€ ", "**", "\u00a0", "\u00ad", "\u0301")


@given(
    quoted=st.lists(st.sampled_from(("1", "200", "uur", "Uur", "2", ".", ",", "-", "%")), min_size=1, max_size=4),
    around=st.tuples(*[st.lists(st.sampled_from(PIECES), max_size=6).map("".join)] * 3),
    broken=st.booleans(),
)
def test_around_the_quote_is_seen_what_the_whole_page_shows(
    quoted: list[str], around: tuple[str, str, str], broken: bool
) -> None:
    """Whether a word or figure goes on, a figure has a sign, or a line ends: the rest of a page has no part in it."""
    text = " ".join(quoted)
    one = Citation(replace(STORED, passage=Passage("nota", 0, len(text), text)), 0, len(text))
    there = text.replace(" ", "\n") if broken else text
    raw = around[0] + there + around[1] + there + around[2]
    signs = Signs.of(text)

    found = bool(signs.text) and Signs.of(raw).hold(signs, goes_on_before=False, goes_on_after=False)
    assert stands_on(one, [raw]) == found
