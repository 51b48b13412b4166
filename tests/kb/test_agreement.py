"""The same fact in several documents is one statement with several citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from kb.as_json import answer_as_json
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.saying import read, says_same
from kb.sources import numbers_of, sources_of
from kb.testing import WordEncoder

Notes = dict[str, tuple[str, str]]  # by file name: date and text


@contextmanager
def knowing(folder: Path, notes: Notes, *, replaced_by: Mapping[str, str] = {}) -> Iterator[KnowledgeBase]:
    """A knowledge base of dated notes, some of which are said to be replaced by another."""
    documents = folder / "notes"
    documents.mkdir()
    manifest = []
    for name, (date, text) in notes.items():
        (documents / name).write_text(text, encoding="utf8")
        successor = f'replaced_by = "{replaced_by[name]}"\n' if name in replaced_by else ""
        manifest.append(f'["{name}"]\ndate = "{date}"\npublisher = "Mentorhuis"\n{successor}')
    (documents / "sources.toml").write_text("".join(manifest), encoding="utf8")
    ingest(Home(folder / "home"), [documents], encoder=WordEncoder())
    with KnowledgeBase.open(folder / "home", encoder=WordEncoder()) as opened:
        yield opened


def note(title: str, *sentences: str) -> str:
    """A note of one section; every sentence is a paragraph of its own."""
    return f"# {title}\n\n## Mentoren\n\n" + "\n\n".join(sentences) + "\n"


COURSE = "De opleiding tot mentor in de techniek duurt minstens twee dagen."


def test_what_three_documents_say_is_one_statement_with_three_citations(tmp_path: Path) -> None:
    """The place that is quoted comes first, then the others, the newest first; each quote is a place of its own."""
    notes = {
        "gids.md": ("2018", note("Gids", COURSE)),
        "folder.md": ("2022", note("Folder", "De opleiding tot mentor in de techniek duurt minstens 2 dagen.")),
        "brief.md": ("2020", note("Brief", COURSE.replace("dagen.", "volle dagen (zie bijlage 3)."))),
    }
    with knowing(tmp_path, notes) as knowledge_base:
        answer = knowledge_base.ask("Hoelang duurt de opleiding tot mentor?")

    statement = answer.statements[0]
    dates = [citation.document.info.date for citation in statement.also]
    assert len(answer.statements) == 1
    assert {citation.document.id for citation in statement.places} == {"gids", "folder", "brief"}
    assert dates == sorted(dates, key=str, reverse=True)
    assert statement.text == statement.citations[0].quote


def test_scripts_learn_which_citations_say_the_same_elsewhere(tmp_path: Path) -> None:
    """In JSON the first citations are what the text is made of; people see one number for each place."""
    notes = {"gids.md": ("2018", note("Gids", COURSE)), "folder.md": ("2022", note("Folder", COURSE))}
    with knowing(tmp_path, notes) as knowledge_base:
        answer = knowledge_base.ask("Hoelang duurt de opleiding tot mentor?")

    (statement,) = answer_as_json(answer)["statements"]  # type: ignore[misc]
    assert [citation.get("same") for citation in statement["citations"]] == [None, True]
    assert numbers_of(answer.statements[0], sources_of(answer)) == (1, 2)


@pytest.mark.parametrize(
    "other",
    [
        COURSE.replace("twee", "drie"),
        COURSE.replace("minstens", "hoogstens"),
        COURSE.replace("duurt", "duurt niet"),
        COURSE.replace("in de techniek", "in Gent"),
        COURSE.replace("De opleiding", "Als de school dat vraagt, de opleiding"),
    ],
)
def test_a_sentence_that_could_mean_something_else_is_no_second_citation(other: str) -> None:
    """Another figure, limit, denial, place or condition: the words may be alike, what is said is not."""
    assert not says_same(read(COURSE), read(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("De school van Aalst helpt het bedrijf uit Ninove.", "Het bedrijf uit Ninove helpt de school van Aalst."),
        ("De leerling betaalt de mentor vooraf.", "De mentor betaalt de leerling vooraf."),
        ("De gids beschrijft de inhoud van de nota.", "De gids beschrijft de inhoud van het verslag."),
    ],
)
def test_the_same_words_turned_round_do_not_say_the_same(one: str, other: str) -> None:
    """Who does what to whom is part of what is said, and so is about what."""
    assert not says_same(read(one), read(other))


def test_an_item_of_a_list_is_denied_by_what_announces_it(tmp_path: Path) -> None:
    """After "Een mentor is niet:" the words of the definition say its opposite."""
    definition = "Een mentor is een ervaren collega van de afdeling."
    denied = "Een mentor is niet:\n\n- een ervaren collega van de afdeling;\n- een toezichter."
    notes = {"gids.md": ("2018", note("Gids", definition)), "folder.md": ("2022", note("Folder", denied))}
    with knowing(tmp_path, notes) as knowledge_base:
        answer = knowledge_base.ask("Wat is een mentor?")

    assert answer.statements[0].text == definition
    assert answer.statements[0].also == ()


@pytest.mark.parametrize("count", [2, 7])
def test_a_statement_has_few_further_citations(tmp_path: Path, count: int) -> None:
    """Five places are proof enough, however many documents say it."""
    notes = {f"nota-{number}.md": (str(2010 + number), note(f"Nota {number}", COURSE)) for number in range(count)}
    with knowing(tmp_path, notes) as knowledge_base:
        answer = knowledge_base.ask("Hoelang duurt de opleiding tot mentor?")

    assert len(answer.statements[0].places) == min(count, 5)
