"""The figures that answers are measured by."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kb.errors import UsageError
from kb.evaluation import KnownQuestion, PageText, holds, judge_answer, read_questions
from kb.measures import figures

ASKED = KnownQuestion("v1", "Hoeveel uur?", "number", ("nota",), ("20 uur per week",))
NO_ANSWER = KnownQuestion("v2", "Hoeveel kost brood?", "unanswerable", (), ())


def answer(status: str, *quotes: tuple[str, str], passages: tuple[tuple[str, str], ...] = ()) -> dict[str, Any]:
    """An answer as the JSON contract has it, made of (document, quote) and (document, text)."""
    citations = [{"document": document, "quote": quote} for document, quote in quotes]
    return {
        "status": status,
        "statements": [{"text": "", "citations": [citation]} for citation in citations],
        "passages": [{"document": document, "text": text} for document, text in passages],
    }


def test_only_letters_and_digits_are_compared() -> None:
    """Line breaks, hyphens at their end and punctuation do not make a right answer wrong."""
    judged = judge_answer(ASKED, answer("found", ("nota", "20 uur\nper  wee-\nk!")))

    assert (judged.holds_all, judged.short_holds_all) == (True, True)


def test_the_right_words_from_another_document_do_not_count() -> None:
    """A quote must come from a document that answers."""
    judged = judge_answer(ASKED, answer("found", ("ander", "20 uur per week")))

    assert not judged.holds_some


def test_a_passage_counts_by_its_first_1200_characters() -> None:
    """The rank is that of the first passage in which a reader would see the evidence."""
    late, early = ("nota", "x" * 1200 + "20 uur per week"), ("nota", "les: 20 uur per week")

    assert judge_answer(ASKED, answer("found", passages=(late, early))).rank == 2


def test_figures_are_shares_over_the_questions_that_can_show_them() -> None:
    """Refusing is right for one question and wrong for the other."""
    judged = [judge_answer(ASKED, answer("not_found")), judge_answer(NO_ANSWER, answer("not_found"))]

    shown = figures(judged)

    assert shown["unanswerable refused"] == 1
    assert shown["answerable wrongly refused"] == 1
    assert shown["answer holds all evidence"] == 0


@pytest.mark.parametrize("line", ["geen json", "[]", '{"vraag": "Wie?"}', '{"question": "Wie?"}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    """The error says which line of which file."""
    path = tmp_path / "vragen.jsonl"
    good = {"id": "v1", "question": "Wie?", "kind": "who", "documents": [], "evidence": []}
    path.write_text(f"{json.dumps(good)}\n{line}\n", "utf8")

    with pytest.raises(UsageError) as caught:
        read_questions(path)

    assert caught.value.values == {"path": str(path), "line": "2"}


def test_evidence_may_be_a_hash() -> None:
    """A document that may not be copied is still asked about: its evidence is a length and a hash of letters."""
    letters = "minstens20uurperweek"
    hashed = f"8:{hashlib.sha256(b'20uurper').hexdigest()[:16]}"

    assert holds(letters, hashed)
    assert not holds("minstens12uurperweek", hashed)
    assert holds(letters, "20 uur")


PAGES = (PageText.of(3, "Iets anders."), PageText.of(4, "Een leerling volgt 20 uur"), PageText.of(5, "per week les."))


@pytest.mark.parametrize(
    ("place", "rank"), [({"page": 4, "last_page": 4}, 1), ({"page": 3, "last_page": 5}, 1), ({"page": 3}, None)]
)
def test_a_page_counts_where_the_evidence_stands_on_it(place: dict[str, int], rank: int | None) -> None:
    """Evidence that goes on over a page's end stands on both; a passage counts by all of its pages."""
    found = answer("found", passages=(("nota", "Andere woorden."),))
    found["passages"][0] |= place

    judged = judge_answer(ASKED, found, lambda _: PAGES)

    assert (judged.has_page, judged.page_rank) == (True, rank)


def test_a_document_without_pages_counts_by_its_passages() -> None:
    """And a question whose documents have none cannot show the figure."""
    found = answer("found", passages=(("nota", "20 uur per week"),))

    judged = judge_answer(ASKED, found, lambda _: (PageText.of(None, "20 uur per week"),))

    assert (judged.has_page, judged.page_rank) == (False, 1)


def test_a_quote_is_exact_when_its_letters_stand_in_its_document() -> None:
    """Counted per quote."""
    found = answer("found", ("nota", "20 uur\nper week"), ("nota", "12 uur per week"))

    judged = judge_answer(ASKED, found, lambda _: PAGES)

    assert (judged.quotes, judged.exact_quotes) == (2, 1)
