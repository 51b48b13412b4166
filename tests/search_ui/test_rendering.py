"""An answer as HTML: nothing of a document is ever markup, and everything a reader needs is said."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser

import pytest

from ingest.types import Origin
from kb.expansion import Expansion, ExpansionKind
from kb.types import (
    Answer,
    Citation,
    Facets,
    Filters,
    Hit,
    Notice,
    Statement,
    Status,
    StoredPassage,
    Succession,
)
from search_ui.accounts.visitor import Visitor, visited_by
from search_ui.library.pieces import nothing_yet
from search_ui.question.beside import render_examples, render_no_documents
from search_ui.question.cards import render_sources
from search_ui.question.choices import choices_of
from search_ui.question.filters import render_filters, render_scope
from search_ui.question.rendering import render_answer, render_answered, render_problem
from search_ui.question.request import Request
from search_ui.source.page import render_message_page
from tests.search_ui.samples import stored

ATTACK = """<script>alert(1)</script> "quoted' {{7*7}} ${alert(2)} <img src=x onerror=alert(3)>"""
TEXT = "Eerst iets anders. De vergoeding bedraagt 35 cent per kilometer. Daarna nog iets."
QUOTE = "De vergoeding bedraagt 35 cent per kilometer."


class Tags(HTMLParser):
    """The names of all elements, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element's name and attributes."""
        self.names.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        """Keep what a reader sees."""
        self.text += data


def cited(passage: StoredPassage, quote: str) -> Statement:
    """A statement that is a quote."""
    start = passage.passage.start + passage.passage.text.index(quote)
    return Statement(quote, (Citation(passage, start, start + len(quote)),))


def found(*statements: Statement) -> Answer:
    """An answer of these statements."""
    return Answer("Hoeveel bedraagt de vergoeding?", Status.FOUND, statements)


def sources_html(passage: StoredPassage, quote: str) -> str:
    """The card of one quote."""
    return render_sources(found(cited(passage, quote)), language="nl")


def test_text_of_documents_and_questions_is_never_markup() -> None:
    """Title, publisher, heading, quote, question and warning may hold anything; it is shown as it stands."""
    passage = stored(ATTACK, title=ATTACK, publisher=ATTACK, kind=ATTACK, date=ATTACK, headings=(ATTACK,))
    answer = Answer(ATTACK, Status.PARTIAL, (cited(passage, ATTACK),), (), (Notice("missing", (("names", ATTACK),)),))
    asked = Request(ATTACK, Filters((ATTACK,), (ATTACK,)))
    html = (
        render_answer(answer, asked, language="nl")
        + render_filters(choices_of(Facets(kinds=((ATTACK, 1),)), Facets(), asked.filters), asked, {}, language="nl")
        + render_scope(2, 1, asked, {}, language="nl")
        + render_examples([ATTACK], language="nl")
        + render_answered(asked.query, 1, words=ATTACK)
        + render_sources(answer, language="nl")
        + render_problem(ATTACK)
        + render_message_page(ATTACK, language="nl")
    )
    tags = Tags(html)

    assert not {"script", "img"} & set(tags.names)
    assert not [name for name, _ in tags.attributes if name.startswith("on")]
    assert tags.text.count("{{7*7}} ${alert(2)}") >= 14


def test_answers_that_differ_each_stand_under_their_document_issuer_and_date() -> None:
    """Who reads one figure sees beside it the other, who says it and since when; the rest follows."""
    newer = cited(stored(TEXT, title="Nota", publisher="Leeshuis", date="2024"), QUOTE)
    older = cited(stored(TEXT.replace("35", "30"), key=2, title="Gids", date="2019"), QUOTE.replace("35", "30"))
    differing = Notice("differing", (("positions", "“Nota”: 35; “Gids”: 30"), ("documents", "document")))

    html = render_answer(replace(found(newer, older), warnings=(differing,)), language="nl")

    said_by = re.findall(r'<p class="said-by">(.*?)</p>', html)
    assert html.index("Let op") < html.index("said-by")
    assert said_by == ["<cite>Nota</cite> · Leeshuis · 2024", "<cite>Gids</cite> · 2019"]
    assert "said-by" not in render_answer(found(newer, older), language="nl")


def test_each_statement_is_followed_by_links_to_its_sources() -> None:
    """A passage keeps one number, however often it is cited."""
    first, second = stored(TEXT, key=1), stored("Een tweede bron.", key=2)
    both = Statement("Twee bronnen.", (Citation(second, 0, 3), Citation(first, 0, 5)))

    html = render_answer(found(cited(first, QUOTE), both), language="nl")

    assert re.findall(r'href="#(bron-\d)"[^>]*>\[(\d)\]', html) == [("bron-1", "1"), ("bron-2", "2"), ("bron-1", "1")]


def test_a_quote_is_marked_in_its_passage() -> None:
    """Exactly the quoted words stand in <mark>, with the words around them."""
    html = sources_html(stored(TEXT), QUOTE)

    assert f"Eerst iets anders. <mark>{QUOTE}</mark> Daarna nog iets." in html


def test_two_quotes_of_one_passage_share_a_card() -> None:
    """One card, two marks, and both in the address of the dialog."""
    passage = stored(TEXT)

    html = render_sources(
        found(cited(passage, "Daarna nog iets."), cited(passage, "Eerst iets anders.")), language="nl"
    )

    assert html.count("<li") == 1
    assert html.count("<mark>") == 2
    assert "start=0&amp;end=18&amp;start=65&amp;end=81" in html


def test_a_long_passage_is_cut_at_whole_words_around_its_quote() -> None:
    """The card shows what stands near the quote; the dialog shows the rest."""
    passage = stored(f"{'voor ' * 100}{QUOTE}{' achter' * 100}")

    shown = Tags(sources_html(passage, QUOTE)).text

    assert "… voor voor" in shown
    assert "achter achter …" in shown
    assert len(shown) < 600


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"date": "2018-07-02"}, "2 juli 2018"),
        ({"date": "2018-07"}, "juli 2018"),
        ({"date": "2018"}, "2018"),
        ({"page": 3}, "p. 3"),
        ({"page": 4, "file_format": "pptx"}, "dia 4"),
        ({"page": 5, "inferred": True}, "p. 5 (pagina afgeleid)"),
        ({"headings": ("Deel 1", "Bedrag")}, "“Bedrag”"),
        ({"publisher": "Dienst Mobiliteit"}, "Dienst Mobiliteit"),
        ({"replaced": True}, "dit document is vervangen door een nieuwere versie"),
    ],
)
def test_a_card_says_where_its_quote_stands(options: dict[str, object], expected: str) -> None:
    """Publisher, date in words, page or slide, section, and whether there is a newer version."""
    assert expected in Tags(sources_html(stored(TEXT, **options), QUOTE)).text  # type: ignore[arg-type]


def test_a_format_without_pages_shows_none() -> None:
    """A web page has no page numbers; none is invented."""
    assert "p. " not in Tags(sources_html(stored(TEXT, page=None, file_format="html"), QUOTE)).text


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (Status.FOUND, "Antwoord"),
        (Status.PARTIAL, "Gedeeltelijk antwoord"),
        (Status.NOT_FOUND, "Geen antwoord gevonden"),
    ],
)
def test_the_status_is_said_in_words(status: Status, heading: str) -> None:
    """Not by colour alone; and whoever has no whole answer reads what to do next."""
    statements = () if status is Status.NOT_FOUND else (cited(stored(TEXT), QUOTE),)

    html = render_answer(Answer("Hoeveel?", status, statements), language="nl")

    assert f">{heading}</h2>" in html
    assert ("Wat u nu kunt doen" in html) == (status is not Status.FOUND)


def test_a_statement_names_the_documents_that_say_the_same() -> None:
    """What its text is made of comes first; "ook in" tells that the rest only agrees."""
    first, second = stored(TEXT, key=1), stored(TEXT, key=2)
    statement = replace(cited(first, QUOTE), also=cited(second, QUOTE).citations)

    shown = Tags(render_answer(found(statement), language="nl")).text

    assert "kilometer. [1] ook in [2]" in shown


def test_filters_that_are_set_are_buttons_that_take_them_away() -> None:
    """Each says what it does, and asks the same without it."""
    asked = Request("Hoeveel?", Filters(kinds=("advies",), first_year=2018))

    html = render_scope(9, 4, asked, {}, language="nl")

    assert "Zoekt in 4 van de 9 documenten." in html
    assert re.findall(r'data-ask="([^"]*)"[^>]*>([^<]*)', html) == [
        ("?q=Hoeveel%3F&amp;van=2018", "advies"),
        ("?q=Hoeveel%3F&amp;soort=advies", "vanaf 2018"),
        ("?q=Hoeveel%3F", "Wis alle filters"),
    ]
    assert 'aria-label="advies verwijderen"' in html


def test_without_an_answer_the_filters_are_named_and_may_be_cleared() -> None:
    """An answer may stand where was not looked."""
    asked = Request("Hoeveel?", Filters(kinds=("advies",), first_year=2018, last_year=2020))

    html = render_answer(Answer("Hoeveel?", Status.NOT_FOUND), asked, language="nl")

    assert "Zoek zonder filters (nu: advies; vanaf 2018; tot en met 2020)" in html
    assert 'data-ask="?q=Hoeveel%3F"' in html


def test_other_words_can_be_switched_off_and_on() -> None:
    """The line names them; the button asks the same without them, and back."""
    expansion = Expansion("fiets", ("rijwiel",), 0.9, ExpansionKind.THESAURUS, "fiets", "rijwiel")
    asked, literally = Request("Fiets?"), Request("Fiets?", literal=True)

    expanded = render_answer(replace(found(), expansions=(expansion,)), asked, language="nl")
    literal = render_answer(found(), literally, language="nl")

    assert "Ook gezocht op: rijwiel." in expanded
    assert f'data-ask="{escape(literally.query)}"' in expanded
    assert f'data-ask="{escape(asked.query)}"' in literal
    assert "data-ask" not in render_answer(found(), asked, language="nl")


@pytest.mark.parametrize(
    ("origin", "words"),
    [(Origin.PERSON, "vervangen door Nota 2025"), (Origin.COLLECTION, "mogelijk vervangen door Nota 2025")],
)
def test_a_source_links_to_the_document_that_takes_its_place(origin: Origin, words: str) -> None:
    """A guess is called one; the link leads to the newer text itself."""
    old, new = stored(TEXT, key=1), stored("Nieuw.", key=7, title="Nota 2025")
    newer = {old.document.key: (new, Succession(1, 7, 0.8, origin))}

    html = render_sources(found(cited(old, QUOTE)), language="nl", newer=newer)

    assert re.search(rf'<a href="/bron/7\?[^>]*>{words}<', html)


def test_the_nearest_passages_are_no_answer() -> None:
    """Without an answer they are offered as what they are: nothing in them is marked or numbered."""
    html = render_sources(Answer("Hoeveel?", Status.NOT_FOUND, (), (Hit(stored(TEXT), 0.4),)), language="nl")

    assert "Dit is geen antwoord op uw vraag" in html
    assert "<mark>" not in html
    assert "bron-1" not in html


def test_the_lines_of_a_list_are_a_list() -> None:
    """List items stand on lines of their own; their bullets become the list's."""
    statement = Statement("De dienst bezorgt:\n\n- een scherm;\n- een stoel.", (Citation(stored(TEXT), 0, 5),))

    html = render_answer(found(statement), language="nl")

    assert "<p>De dienst bezorgt:</p><ul><li>een scherm;</li><li>een stoel. <a" in html


def test_text_in_another_language_says_so() -> None:
    """A screen reader pronounces a French quote in French."""
    html = sources_html(stored(TEXT, language="fr"), QUOTE)

    assert re.search(r'<blockquote[^>]* lang="fr"', html)
    assert " lang=" not in sources_html(stored(TEXT, language="nl"), QUOTE)


def test_an_empty_knowledge_base_says_how_to_fill_it() -> None:
    """The first thing a new user sees is the next command to type."""
    assert "<code>bronvast ingest PAD</code>" in render_no_documents(language="nl")
    assert "<code>bronvast ingest PATH</code>" in render_no_documents(language="en")


def test_who_may_not_add_documents_reads_who_can() -> None:
    """A reader is sent to nobody's locked door: not by an answer that fails, a library that is empty, or a file."""
    nothing = Answer("Hoeveel?", Status.NOT_FOUND)
    pages = (lambda: render_answer(nothing, language="nl"), lambda: nothing_yet("nl"))

    assert all(' href="/bibliotheek/toevoegen"' in page() for page in pages)
    with visited_by(Visitor("lies")):
        assert not any('toevoegen"' in page() for page in pages)
        assert all("wie Bronvast bij u beheert" in page() for page in pages)
