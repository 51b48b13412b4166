"""Why a passage stands on the page: its points, part by part, for whoever opens "Waarom deze passage?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.explaining import Contribution, PassageExplained, passage_explained, points, words_told
from kb.types import Answer, StoredPassage
from kb.wording import say
from search_ui.markup import element, text


def render_why(answer: Answer, stored: StoredPassage, *, language: str) -> str:
    """What can be opened under a passage; nothing for an answer that came without its workings."""
    if answer.workings is None:
        return ""
    passage = passage_explained(answer, stored.key)
    told = _told(answer, passage, language=language) if passage else [_beside_search(answer, stored, language=language)]
    return element("details", element("summary", _said("question", language)), *told, class_="why")


def _beside_search(answer: Answer, stored: StoredPassage, *, language: str) -> str:
    """Why a passage is cited that no search found."""
    made_of = {citation.stored.key for statement in answer.statements for citation in statement.citations}
    return element("p", _said("goes_on" if stored.key in made_of else "same", language))


def _told(answer: Answer, passage: PassageExplained, *, language: str) -> Iterator[str]:
    assert answer.workings is not None  # noqa: S101 - where a search found it, there are workings
    parts = points(passage.contributions)
    if passage.asked != answer.workings.searches[0].question.text:
        yield element("p", _said("asked", language, question=passage.asked))
    yield element("p", _said("ranked", language, rank=passage.rank, points=sum(parts)))
    yield _table("passage", passage.contributions, parts, language=language)
    for line in words_told(passage.words, language=language):
        yield element("p", text(line))
    if passage.stretch:
        yield element("p", _said("best", language, quote=" ".join(passage.stretch.quote.split())))
        counted = points(passage.stretch.contributions)
        yield element("p", _said("best_points", language, points=sum(counted)))
        yield _table("stretch", passage.stretch.contributions, counted, language=language)


def _table(kind: str, contributions: Sequence[Contribution], counted: Sequence[int], *, language: str) -> str:
    """The parts that count for something, and their sum."""
    rows = [
        element("tr", _named(f"{kind}.{one.key}", language), element("td", _signed(number)))
        for one, number in zip(contributions, counted, strict=True)
        if number
    ]
    total = element("tr", element("th", _said("total", language), scope="row"), element("td", str(sum(counted))))
    heads = (element("th", _said(name, language), scope="col") for name in ("part", "points"))
    return element("table", element("thead", element("tr", *heads)), element("tbody", *rows), element("tfoot", total))


def _named(key: str, language: str) -> str:
    means = element("span", _said(f"{key}.means", language), class_="means")
    return element("th", _said(f"{key}.name", language), means, scope="row")


def _signed(number: int) -> str:
    """A number with a true minus sign where it is taken off."""
    return str(number).replace("-", "\N{MINUS SIGN}")


def _said(key: str, language: str, **values: object) -> str:
    return text(say(f"explain.{key}", language=language, **values))
