"""The commands that ask, as a user and as a script see them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kb.cli.app import build
from kb.home import Home
from kb.library import ingest
from kb.question import MAX_QUESTION_CHARS
from kb.testing import WordEncoder

DOCUMENTS = {
    "handleiding-bibliotheek.txt": """Handleiding voor de bibliotheek

1. Wie is de leescoach?

Een leescoach is een vrijwilliger die lezers helpt bij hun keuze.
\fTaken

De leescoach heeft drie taken:

- lezers onthalen;
- boeken aanraden;
- de leeskring leiden.
""",
    "jaarverslag-leeskring.md": """# Jaarverslag van de leeskring

## Cijfers

In 2021 telde de leeskring in Veurne 96 leden.
""",
}
SOURCES = """
["handleiding-bibliotheek.txt"]
kind = "handleiding"
publisher = "Leeshuis"
date = "2020-09"
education_level = "volwassenen"

["jaarverslag-leeskring.md"]
kind = "verslag"
publisher = "Leeskring Kust"
region = "Veurne"
date = "2022-03-01"
"""
KNOWN = [
    {
        "id": "v1",
        "question": "Wat is een leescoach?",
        "kind": "definition",
        "documents": ["handleiding-bibliotheek"],
        "evidence": ["een vrijwilliger die lezers helpt"],
    },
    {
        "id": "v2",
        "question": "Hoeveel leden telde de leeskring in Veurne in 2021?",
        "kind": "number",
        "documents": ["jaarverslag-leeskring"],
        "evidence": ["412 leden"],
    },
    {
        "id": "v3",
        "question": "Hoeveel kost een treinkaartje naar Parijs?",
        "kind": "unanswerable",
        "documents": [],
        "evidence": [],
    },
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a document of two pages and one without pages."""
    folder = tmp_path_factory.mktemp("bibliotheek")
    for name, text in {**DOCUMENTS, "sources.toml": SOURCES}.items():
        (folder / name).write_text(text, encoding="utf8")
    return stored_in(tmp_path_factory.mktemp("home"), folder)


def stored_in(home: Path, folder: Path) -> Path:
    """A home with the documents of a folder, its vectors made by counting words."""
    ingest(Home(home), [folder], encoder=WordEncoder())
    return home


@pytest.fixture(autouse=True)
def _settings(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command asks that home, in Dutch, with the encoder that it was made with, on a wide terminal."""
    monkeypatch.setenv("BRONVAST_HOME", str(library))
    monkeypatch.delenv("BRONVAST_LANGUAGE", raising=False)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr("kb.knowledge_base.load_encoder", lambda _name: WordEncoder())


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """Three questions with their evidence: one that is answered, one whose figure is another, one without answer."""
    return written(tmp_path / "bekend.jsonl", *KNOWN)


def written(path: Path, *objects: object) -> Path:
    """A file with one JSON object a line."""
    path.write_text("\n".join(json.dumps(each) for each in objects) + "\n", encoding="utf8")
    return path


def bronvast(*arguments: object) -> Result:
    """Run a command line."""
    return CliRunner().invoke(build(), [str(argument) for argument in arguments])


def shown(*arguments: object) -> str:
    """What a command that succeeds shows, without the white space at the end of its lines."""
    result = bronvast(*arguments)
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.stdout.splitlines())


def objects(*arguments: object) -> list[dict[str, Any]]:
    """The JSON objects that a command writes, one a line."""
    return [json.loads(line) for line in shown(*arguments).splitlines()]


def test_an_answer_reads_as_a_quote_and_where_it_stands() -> None:
    """The state, the list with its bullets, and a numbered source with title, publisher, kind, date, page, section."""
    assert shown("ask", "Welke drie taken heeft de leescoach?") == (
        "Gevonden in de documenten\n"
        "\n"
        "  De leescoach heeft drie taken:\n"
        "\n"
        "  • lezers onthalen;\n"
        "  • boeken aanraden;\n"
        "  • de leeskring leiden. [1]\n"
        "\n"
        "Bronnen\n"
        "  [1] Handleiding voor de bibliotheek, Leeshuis, handleiding, september 2020, p. 2, “Taken”"
    )


def test_a_source_without_pages_names_no_page() -> None:
    """Markdown has headings, and no pages."""
    assert shown("ask", "Hoeveel leden telde de leeskring in Veurne in 2021?").endswith(
        "[1] Jaarverslag van de leeskring, Leeskring Kust, verslag, 1 maart 2022, “Cijfers”"
    )


def test_silence_says_what_is_missing_and_what_comes_nearest() -> None:
    """No statement, no source; a warning, and passages that are said to be no answer."""
    text = shown("ask", "Hoeveel leden telde de leeskring in Hasselt?")

    assert text.startswith("Dit staat niet in de documenten\n")
    assert "! Geen van de gevonden bronnen noemt Hasselt." in text
    assert "Dit komt het dichtst in de buurt, maar is geen antwoord:\n  1. " in text
    assert "Bronnen" not in text


def test_one_variable_makes_it_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words around a quote change, the quote does not."""
    monkeypatch.setenv("BRONVAST_LANGUAGE", "en")

    text = shown("ask", "Wat is een leescoach?")

    assert text.startswith("Found in the documents\n")
    assert "Een leescoach is een vrijwilliger die lezers helpt bij hun keuze." in text
    assert "September 2020" in text


def test_an_answer_for_scripts_is_one_object() -> None:
    """State, statements with their citations, the passages behind them, and warnings."""
    (answer,) = objects("ask", "Wat is een leescoach?", "--json")
    citation = answer["statements"][0]["citations"][0]

    assert (answer["question"], answer["status"], answer["warnings"]) == ("Wat is een leescoach?", "found", [])
    assert citation["document"] == "handleiding-bibliotheek"
    assert (citation["page"], citation["section"]) == (1, "1. Wie is de leescoach?")
    assert citation["quote"] in answer["passages"][0]["text"]


def test_a_batch_is_answered_line_by_line(tmp_path: Path) -> None:
    """In order; a question that cannot be asked gets an empty answer, and the others theirs."""
    questions = ["Wat is een leescoach?", "", "a" * (MAX_QUESTION_CHARS + 1), "Welke taken heeft de leescoach?"]
    batch = written(tmp_path / "vragen.jsonl", *({"question": question} for question in questions))

    answers = objects("ask", "--batch", batch, "--json")

    assert [answer["question"] for answer in answers] == questions
    assert [answer["status"] for answer in answers] == ["found", "not_found", "not_found", "found"]
    assert [[notice["key"] for notice in answer["warnings"]] for answer in answers[1:3]] == [
        ["empty_question"],
        ["long_question"],
    ]
    assert {tuple(answer) for answer in answers} == {
        ("question", "status", "statements", "passages", "warnings", "expansions")
    }


def test_a_broken_line_of_a_batch_is_named(tmp_path: Path) -> None:
    """Nothing is answered before every line can be read."""
    batch = tmp_path / "vragen.jsonl"
    batch.write_text('{"question": "Wat is een leescoach?"}\n\n{"question": \n', encoding="utf8")

    result = bronvast("ask", "--batch", batch)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"regel 3 van {batch} is geen vraag in JSON")


def test_a_batch_that_is_not_there_is_named(tmp_path: Path) -> None:
    """One line on the error output."""
    result = bronvast("ask", "--batch", tmp_path / "weg.jsonl")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"het bestand met vragen {tmp_path}/weg.jsonl kan niet worden gelezen")


@pytest.mark.parametrize("arguments", [[], ["Wat is een leescoach?", "--batch", "vragen.jsonl"]])
def test_either_a_question_or_a_batch(arguments: list[str]) -> None:
    """Neither and both are refused, with what to do."""
    result = bronvast("ask", *arguments)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "geef één vraag op, of een bestand met vragen na --batch\n"


@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_empty_question_is_refused(command: str) -> None:
    """A question on the command line fails the command."""
    result = bronvast(command, "  ")

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "de vraag is leeg; typ een vraag\n")


@pytest.mark.parametrize(
    ("options", "document"),
    [
        (["--kind", "verslag"], "jaarverslag-leeskring"),
        (["--publisher", "Leeshuis"], "handleiding-bibliotheek"),
        (["--from", "2021"], "jaarverslag-leeskring"),
        (["--to", "2020"], "handleiding-bibliotheek"),
        (["--from", "2020", "--to", "2021"], "handleiding-bibliotheek"),
        (["--region", "Veurne"], "jaarverslag-leeskring"),
        (["--level", "volwassenen"], "handleiding-bibliotheek"),
    ],
)
def test_filters_say_which_documents_may_answer(options: list[str], document: str) -> None:
    """Kind, publisher, years, region and level hold for passages and for answers alike."""
    hits = objects("search", "leden en lezers van de leeskring", "--json", *options)
    (answer,) = objects("ask", "Wat doet de leeskring?", "--json", *options)

    assert {hit["document"] for hit in hits} == {document}
    assert {passage["document"] for passage in answer["passages"]} == {document}


def test_a_filter_may_be_given_more_than_once() -> None:
    """Two kinds are either of them."""
    hits = objects("search", "leeskring", "--json", "--kind", "verslag", "--kind", "handleiding")

    assert {hit["document"] for hit in hits} == {"jaarverslag-leeskring", "handleiding-bibliotheek"}


def test_passages_are_shown_best_first() -> None:
    """A number, where it stands, and how it begins."""
    number, text = shown("search", "boeken aanraden", "--limit", "1").splitlines()[:2]

    assert number == "  1. Handleiding voor de bibliotheek, Leeshuis, handleiding, september 2020, p. 2, Taken"
    assert text.strip().startswith("Taken De leescoach heeft drie taken:")


def test_passages_for_scripts_are_an_object_a_line() -> None:
    """As many as asked at the most, the best score first."""
    hits = objects("search", "taken van de leescoach", "--limit", "2", "--json")

    assert len(hits) == 2
    assert hits[0]["headings"] == ["Taken"]
    assert hits[0]["score"] >= hits[1]["score"]


@pytest.mark.parametrize("limit", ["0", "101", "veel"])
def test_a_limit_is_a_number_from_1_to_100(limit: str) -> None:
    """Anything else is a mistake in the command line."""
    assert bronvast("search", "leeskring", "--limit", limit).exit_code == 2


def test_figures_stand_in_a_column_for_each_kind(known: Path) -> None:
    """All questions first, then their kinds; a figure that a kind cannot show is left out."""
    heading, *rows = shown("evaluate", known).splitlines()
    figures = {row[:35].strip(): row[35:].split() for row in rows if row[:35].strip()}

    assert heading.split() == ["alle", "definitie", "getal", "zonder", "antwoord"]
    assert figures["vragen"] == ["3", "1", "1", "1"]
    assert figures["antwoord volledig"] == ["0.500", "1.000", "0.000"]
    assert figures["uitspraken zonder bron"] == ["0", "0", "0"]
    assert figures["terecht gezwegen"] == ["1.000", "1.000"]
    assert figures["citaten letterlijk in de bron"] == ["1.000", "1.000", "1.000"]


def test_misses_are_named_where_asked(known: Path) -> None:
    """The question whose evidence was not quoted, and no other."""
    *_, miss = shown("evaluate", known, "--misses").splitlines()

    assert miss.split()[:2] == ["v2", "found"]
    assert miss.endswith("Hoeveel leden telde de leeskring in Veurne in 2021?")
    assert "v1" not in shown("evaluate", known, "--misses")
    assert "v2" not in shown("evaluate", known)


def test_figures_for_scripts_are_one_object(known: Path) -> None:
    """The same columns, as numbers."""
    (figures,) = objects("evaluate", known, "--json")

    assert list(figures) == ["all", "definition", "number", "unanswerable", "intervals"]
    assert figures["all"]["questions"] == 3
    assert figures["definition"]["passage hit@1"] == 1
    assert figures["definition"]["page hit@1"] == 1
    assert figures["intervals"]["definition"]["passage hit@1"] == [1, 1]


def test_a_run_is_kept_and_compared_with(known: Path, tmp_path: Path) -> None:
    """The same answers again: nothing got better or worse."""
    shown("evaluate", known, "--save", tmp_path / "run.json", "--picture", tmp_path / "figures.png")
    (figures,) = objects("evaluate", known, "--compare", tmp_path / "run.json", "--json")

    assert (tmp_path / "figures.png").stat().st_size > 1000
    assert figures["comparison"]["differences"]["answer holds all evidence"] == [0, 0, 0]
    assert (figures["comparison"]["questions"], figures["comparison"]["better"]) == (3, [])
    assert "Vergeleken over 3 vragen" in shown("evaluate", known, "--compare", tmp_path / "run.json")


def test_the_parts_of_a_set_can_stand_beside_each_other(tmp_path: Path) -> None:
    """What weights were chosen on, and what was held out."""
    split = [entry | {"split": name} for entry, name in zip(KNOWN, ("fit", "held_out", "fit"), strict=True)]
    (figures,) = objects("evaluate", written(tmp_path / "v.jsonl", *split), "--split", "--json")

    assert {name: figures[name]["questions"] for name in ("all", "fit", "held_out")} == {
        "all": 3,
        "fit": 2,
        "held_out": 1,
    }


def test_no_questions_give_no_figures(tmp_path: Path) -> None:
    """An empty file is more likely a mistake than a measurement."""
    empty = tmp_path / "leeg.jsonl"
    empty.write_text("\n", encoding="utf8")

    result = bronvast("evaluate", empty)

    assert (result.exit_code, result.stderr) == (1, f"in {empty} staan geen vragen\n")


@pytest.mark.shared
def test_the_figures_are_those_of_the_common_yardstick(
    shared_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same answers to the same questions, weighed by another program, give the same figures."""
    gold = shared_corpus.parent / "gold"
    if not gold.is_dir():
        pytest.skip("the questions in ../shared/gold are not on this machine")
    monkeypatch.setenv("BRONVAST_HOME", str(stored_in(tmp_path / "home", shared_corpus)))
    answers = tmp_path / "answers.jsonl"
    answers.write_text(bronvast("ask", "--batch", gold / "questions.jsonl", "--json").stdout, encoding="utf8")

    yardstick = subprocess.run(
        [sys.executable, gold / "score.py", gold / "questions.jsonl", answers, "--sources", shared_corpus, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    weighed = json.loads(yardstick.stdout)
    (figures,) = objects("evaluate", gold / "questions.jsonl", "--json")

    assert weighed.pop("median answer characters") == int(figures["all"]["median answer characters"])
    assert {name: figures["all"][name] for name in weighed} == pytest.approx(weighed, abs=1e-9)


def test_why_is_told_in_plain_words() -> None:
    """How sure the answer is, the points of each passage, and how its best sentence answers."""
    text = shown("ask", "Welke drie taken heeft de leescoach?", "--explain")

    assert re.search(r"Waarom dit antwoord\?\nGevonden: \d+ % zeker\.", text)
    (best,) = re.findall(r"^  1  .*", text, re.MULTILINE)
    points, *parts = map(int, best.partition("●")[0].split()[1:])
    assert points == sum(parts)
    assert best.endswith("● Handleiding voor de bibliotheek, p. 2, “Taken”")
    assert "  Woorden van de vraag die er staan: drie, taken, leescoach.\n" in text


def test_why_is_an_object_for_scripts() -> None:
    """Only where it is asked for; its amounts add up to the scores of the passages."""
    (plain,) = objects("ask", "Wat is een leescoach?", "--json")
    (answer,) = objects("ask", "Wat is een leescoach?", "--json", "--explain")
    explanation = answer.pop("explanation")

    assert answer == plain
    assert set(explanation) == {"status", "passages", "expansions", "dropped"}
    assert explanation["status"]["because"] == "sure"
    for told, passage in zip(explanation["passages"], answer["passages"], strict=True):
        assert told["document"] == passage["document"]
        assert sum(one["amount"] for one in told["contributions"]) == pytest.approx(passage["score"], abs=1e-4)
