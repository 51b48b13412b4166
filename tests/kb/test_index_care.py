"""A knowledge base that is opened over a damaged index: it answers by words, mends the index, and says so."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from ingest.errors import LimitExceeded
from kb.analysis import stem
from kb.catalogue import Catalogue
from kb.generations import Generations, checksums
from kb.home import Home
from kb.index_care import examined_apart
from kb.knowledge_base import KnowledgeBase
from kb.lexical_index import any_of
from kb.library import ingest
from kb.testing import WordEncoder
from kb.types import Answer
from kb.vector_index import IndexState, VectorIndex

ABOUT_THE_INDEX = ("words_only", "other_stems", "index_mended", "index_renewed")
QUESTION = "Wie keurt de begroting goed?"


@pytest.fixture
def read(home: Home, encoder: WordEncoder) -> Home:
    """A home with a note of several passages."""
    note = home.path.parent / "nota.md"
    others = "".join(f"# Deel {number}\n\nPunt {number} van de agenda.\n\n" for number in range(30))
    note.write_text(f"# Nota\n\nDe minister keurt de begroting goed.\n\n{others}")
    ingest(home, [note], encoder=encoder)
    return home


def damage(home: Home) -> None:
    """Garbage in the file that makes Chroma end the process."""
    (links,) = home.vectors.rglob("link_lists.bin")
    links.write_bytes(b"\xff" * 1_000_000)


def cut(home: Home) -> None:
    """A file that Chroma reads without a word."""
    (data,) = home.vectors.rglob("data_level0.bin")
    data.write_bytes(data.read_bytes()[: data.stat().st_size * 7 // 10])


def notices(answer: Answer) -> list[str]:
    """The keys of the warnings about the index."""
    return [notice.key for notice in answer.warnings if notice.key in ABOUT_THE_INDEX]


@pytest.mark.parametrize("harm", [damage, cut])
def test_a_damaged_index_is_mended_before_the_first_answer(harm, read: Home) -> None:
    """Where one question is asked it is mended first, and the answer says so: once."""
    harm(read)

    with KnowledgeBase.open(read.path, encoder=WordEncoder()) as opened:
        answers = [opened.ask(QUESTION) for _ in range(2)]

    assert [notices(answer) for answer in answers] == [["index_mended"], []]
    assert answers[0].statements == answers[1].statements != ()


@pytest.mark.parametrize("harm", [damage, cut])
def test_a_server_answers_by_words_while_the_index_is_mended(harm, read: Home) -> None:
    """Nobody waits, each answer says how it was found, and the person who serves hears what happens."""
    harm(read)
    told: list[str] = []

    with read.writer_lock(), KnowledgeBase.open(read.path, encoder=WordEncoder(), told=told.append) as opened:
        meanwhile = opened.ask(QUESTION)
        opened.wait_for_index()
        refused = list(told)
    with KnowledgeBase.open(read.path, encoder=WordEncoder(), told=told.append) as opened:
        opened.wait_for_index()
        afterwards = opened.ask(QUESTION)

    assert meanwhile.statements == afterwards.statements != ()
    assert (notices(meanwhile), notices(afterwards)) == (["words_only"], ["index_mended"])
    assert refused == ["index_damaged", "index_not_mended"]
    assert told == [*refused, "index_damaged", "index_mended"]


def test_a_whole_index_is_looked_at_in_silence(read: Home) -> None:
    """Nothing is told, and nothing is said in an answer."""
    told: list[str] = []
    with KnowledgeBase.open(read.path, encoder=WordEncoder(), told=told.append) as opened:
        opened.wait_for_index()
        answer = opened.ask(QUESTION)

    assert (told, notices(answer)) == ([], [])


def test_an_index_that_breaks_under_a_server_is_mended(read: Home) -> None:
    """The next answer says that it was found by words alone, and one after it finds all again."""
    told: list[str] = []
    with KnowledgeBase.open(read.path, encoder=WordEncoder(), told=told.append) as opened:
        opened.wait_for_index()
        (read.vectors / "published.json").write_text("{")
        broken = opened.ask(QUESTION)
        opened.wait_for_index()
        mended = opened.ask(QUESTION)

    assert [notices(answer) for answer in (broken, mended)] == [["words_only"], ["index_mended"]]
    assert told == ["index_damaged", "index_mended"]


def test_an_index_of_an_earlier_bronvast_is_renewed(read: Home) -> None:
    """Nothing was damaged, and nobody is told so."""
    pointer, told = read.vectors / "published.json", list[str]()
    said = json.loads(pointer.read_text())
    pointer.write_text(json.dumps({name: value for name, value in said.items() if name != "built"}))
    with Catalogue.open(read) as catalogue:
        before = VectorIndex(read.vectors).state(catalogue)

    with KnowledgeBase.open(read.path, encoder=WordEncoder(), told=told.append) as opened:
        opened.wait_for_index()
        answers = [opened.ask(QUESTION) for _ in range(2)]

    assert (before, told) == (IndexState.OUTDATED, ["index_outdated", "index_renewed"])
    assert [notices(answer) for answer in answers] == [["index_renewed"], []]


def with_other_stems(home: Home) -> None:
    """As an earlier Bronvast left it, which took a minister for something small."""
    with closing(sqlite3.connect(home.catalogue)) as connection, connection:
        connection.execute("UPDATE lexical SET body = replace(body, 'minister', 'mini')")
        connection.execute("UPDATE settings SET value = 'earlier' WHERE name = 'analysis'")


def passages_with_minister(home: Home) -> int:
    """How many are found by that word."""
    with Catalogue.open(home) as catalogue:
        return len(catalogue.lexical_search(any_of([stem("minister")]), limit=9))


def test_words_are_indexed_anew_where_they_are_cut_otherwise_now(read: Home) -> None:
    """By whoever opens the home; as long as another writer is at work, each answer says that it may lack something."""
    with_other_stems(read)
    told = list[str]()
    with read.writer_lock(), KnowledgeBase.open(read.path, encoder=WordEncoder(), told=told.append) as opened:
        opened.wait_for_index()
        meanwhile = opened.ask(QUESTION)
        before = passages_with_minister(read)
    with KnowledgeBase.open(read.path, encoder=WordEncoder(), told=told.append) as opened:
        opened.wait_for_index()
        answers = [opened.ask(QUESTION) for _ in range(2)]

    assert (before, passages_with_minister(read)) == (0, 1)
    assert [notices(answer) for answer in (meanwhile, *answers)] == [["other_stems"], ["index_renewed"], []]
    assert told == ["stems_outdated", "index_not_mended", "stems_outdated", "index_renewed"]


def test_the_next_writer_indexes_words_anew(read: Home, encoder: WordEncoder) -> None:
    """Without a word: nobody needs to know."""
    with_other_stems(read)

    ingest(read, [read.path.parent / "nota.md"], encoder=encoder)

    assert passages_with_minister(read) == 1


def test_what_a_killed_writer_left_is_done_by_the_next_reader(read: Home) -> None:
    """The original of a document whose removal was committed, and not more, goes; the index follows."""
    with Catalogue.open(read) as catalogue:
        card = catalogue.documents()[0]
        with closing(sqlite3.connect(read.catalogue)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("DELETE FROM lexical")
            connection.execute("DELETE FROM documents")
            connection.execute("UPDATE settings SET value = value + 1 WHERE name = 'revision'")

    with KnowledgeBase.open(read.path, encoder=WordEncoder()) as opened:
        found = opened.documents()

    assert (found, read.original(card.digest).exists()) == ((), False)


def test_an_index_is_looked_at_in_a_process_of_its_own(read: Home) -> None:
    """On garbage that no checksum guards Chroma ends its process, or finds nothing: ours goes on, and knows."""
    (links,) = read.vectors.rglob("data_level0.bin")
    links.write_bytes(b"\xff" * links.stat().st_size)
    (generation,) = (path for path in read.vectors.iterdir() if path.is_dir())
    pointer = read.vectors / "published.json"
    published = Generations(read.vectors).published()
    assert published is not None
    name = next(name for name in published.checksums if name.endswith("data_level0.bin"))
    wrong, right = published.checksums[name], checksums(generation)[name]
    pointer.write_text(pointer.read_text().replace(wrong, right))

    with Catalogue.open(read) as catalogue, pytest.raises((LimitExceeded, ValueError)):
        examined_apart(read, catalogue)
