"""From answers to a hand-out: what it holds, before anything lays it out."""

from __future__ import annotations

from kb.paragraphs import Paragraph, paragraphs_of
from kb.types import Filters, Notice
from tests.kb.hand_out.samples import ADVISED, FRENCH, NOTED, found, handed_out, not_found, says, separately, whole


def test_statements_keep_their_lists_and_the_numbers_of_the_page() -> None:
    """The same numbers as on the screen: a source each, in the order in which they are cited."""
    hand_out = whole()
    (answer,) = hand_out.answers

    assert answer.statements[0].paragraphs == (
        Paragraph(("De raad vraagt drie dingen:",)),
        Paragraph(("tijd;", "geld;", "een mentor."), is_list=True),
    )
    assert [statement.numbers for statement in answer.statements] == [(1, 2), (3,)]
    assert [(source.number, source.section) for source in hand_out.sources] == [(1, "4.2 Kosten"), (2, None), (3, None)]


def test_a_list_with_numbers_of_its_own_keeps_them() -> None:
    """They may be referred to."""
    assert paragraphs_of("a) tijd\nb) geld") == (Paragraph(("a) tijd", "b) geld"), is_list=True, numbered=True),)
    assert paragraphs_of("Kort.\n\n\n  \n• alleen") == (Paragraph(("Kort.",)), Paragraph(("alleen",), is_list=True))


def test_the_rows_of_a_table_stand_under_each_other() -> None:
    """Also where cells are empty; one line with such signs may be anything."""
    (table,) = paragraphs_of(" | plaats | sinds\nGent | | 2019\nBrugge | haven")

    assert table.rows == (("", "plaats", "sinds"), ("Gent", "", "2019"), ("Brugge", "haven", ""))
    assert not table.is_list
    above, around, below = paragraphs_of("Dit geldt:\nGent | 2019\nsamen\nBrugge | 2020\nElders niet.")
    assert (above.lines, below.lines) == (("Dit geldt:",), ("Elders niet.",))
    assert around.rows == (("Gent", "2019"), ("samen", ""), ("Brugge", "2020"))
    assert paragraphs_of("Bel 02 555 | mail ons") == (Paragraph(("Bel 02 555 | mail ons",)),)


def test_answers_together_share_one_list_of_sources() -> None:
    """A passage that two answers cite has one number, and a document stands once in the alphabet of documents."""
    advice, note, french = separately(ADVISED, NOTED, FRENCH)
    hand_out = handed_out(found("Eén?", says(french), says(advice)), found("Twee?", says(note), says(advice)))

    assert [[one.numbers for one in answer.statements] for answer in hand_out.answers] == [[(1,), (2,)], [(3,), (2,)]]
    assert [document.card.title for document in hand_out.documents] == ["Note", "Nota", "Advies over leren"]
    assert hand_out.title == "Dossier"


def test_what_limits_an_answer_is_said() -> None:
    """Its verdict, its warnings, and the filters that it was sought with."""
    filters = Filters(kinds=("advies",), first_year=2018, regions=("Vlaanderen",))
    warnings = (Notice("understood", (("question", "Wat?"),)), Notice("uncertain"))
    (answer,) = handed_out(found("Wat?", says(NOTED), warnings=warnings), filters=filters).answers

    assert answer.verdict == "Gevonden in de documenten."
    assert answer.warnings == ("De bronnen spreken maar over een deel van de vraag.",)
    assert answer.notes == (
        "Begrepen als vraag: “Wat?”",
        "Alleen gezocht in documenten met: advies; Vlaanderen; vanaf 2018.",
    )


def test_documents_that_differ_are_named_at_what_they_say() -> None:
    """Who reads a copy sees who says what."""
    advice, note = separately(ADVISED, NOTED)
    differ = Notice("differing", (("documents", "document-1, document-2"), ("positions", "a; b")))
    (answer,) = handed_out(found("Hoeveel?", says(advice), says(note), warnings=(differ,))).answers

    assert [one.said_by.plain for one in answer.statements if one.said_by] == [
        "SERV. (2018, 2 juli). Advies over leren [Advies].",
        "Nota. (2020).",
    ]


def test_where_nothing_was_found_nothing_is_handed_out_as_an_answer() -> None:
    """Only that it is not there."""
    hand_out = handed_out(not_found("Wat kost een kaartje?"))

    assert (
        hand_out.answers[0].verdict == "Niet gevonden: in de doorzochte documenten staat geen antwoord op deze vraag."
    )
    assert (hand_out.answers[0].statements, hand_out.sources, hand_out.documents) == ((), (), ())


def test_a_whole_mail_is_no_heading() -> None:
    """The heading is cut short, the question is kept."""
    question = "Beste collega,\n\n" + "graag uw advies over de vergoeding. " * 20
    (answer,) = handed_out(found(question, says(NOTED))).answers

    assert len(answer.heading) <= 160
    assert answer.heading.endswith(" …")
    assert answer.question == " ".join(question.split())
