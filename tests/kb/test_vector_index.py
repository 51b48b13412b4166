"""The vector index: it finds what the catalogue holds, and whatever happens to it, it can be made again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kb.catalogue import Catalogue
from kb.catalogue_reading import EncoderMark
from kb.errors import HomeError
from kb.generations import Generations
from kb.home import Home
from kb.testing import WordEncoder
from kb.vector_index import VectorIndex

WORDS = ("appel", "peer", "kers", "pruim", "druif")


@pytest.fixture
def catalogue(home: Home, prepare) -> Iterator[Catalogue]:
    """Five documents of one word each, with passage keys and document keys 1 to 5."""
    with Catalogue.open(home, create=True) as opened:
        opened.mark_encoder(EncoderMark("words", "words-512", 512))
        for word in WORDS:
            opened.add(prepare(word, word))
        yield opened


@pytest.fixture
def index(home: Home) -> Iterator[VectorIndex]:
    """The index of the same home, not built yet."""
    opened = VectorIndex(home.vectors)
    yield opened
    opened.close()


def generations(home: Home) -> list[str]:
    """The names of the generations on disk."""
    return sorted(entry.name for entry in home.vectors.iterdir() if entry.is_dir())


def nearest(index: VectorIndex, word: str, **options) -> list[int]:
    """The keys of the passages that share a word with this one: cosine above zero."""
    found = index.search(WordEncoder().encode_question(word), 5, **options)
    return [key for key, similarity in found if similarity > 0.01]


def test_a_passage_is_found_by_its_own_words(index: VectorIndex, catalogue: Catalogue) -> None:
    """The nearest comes first; the similarity is the cosine."""
    index.bring_up_to_date(catalogue)

    found = index.search(WordEncoder().encode_question("kers met peer"), 3)

    assert sorted(key for key, similarity in found if similarity > 0.1) == [2, 3]
    assert [similarity for _, similarity in found] == pytest.approx([3**-0.5, 3**-0.5, 0], abs=1e-3)


def test_an_index_that_was_never_built_finds_nothing(index: VectorIndex, catalogue: Catalogue) -> None:
    """Searching is no error, and the index knows that it lags behind."""
    assert nearest(index, "appel") == []
    assert not index.is_up_to_date(catalogue)


def test_an_empty_catalogue_has_an_empty_index(index: VectorIndex, home: Home) -> None:
    """Nothing to find is a state like any other."""
    with Catalogue.open(home, create=True) as catalogue:
        index.bring_up_to_date(catalogue)

        assert index.is_up_to_date(catalogue)
    assert nearest(index, "appel") == []


def test_only_chosen_documents_answer(index: VectorIndex, catalogue: Catalogue) -> None:
    """Document keys narrow the search, down to none at all."""
    index.bring_up_to_date(catalogue)

    assert nearest(index, "appel peer kers", document_keys=[2, 3]) == [2, 3]
    assert nearest(index, "appel peer kers", document_keys=[4]) == []
    assert nearest(index, "appel peer kers", document_keys=[]) == []


def test_a_rare_document_is_found_among_many(index: VectorIndex, home: Home, prepare) -> None:
    """A filter that few passages pass is not satisfied with what lies nearest."""
    with Catalogue.open(home, create=True) as catalogue:
        catalogue.mark_encoder(EncoderMark("words", "words-512", 512))
        catalogue.add(prepare("veel", *[f"appel {number}" for number in range(60)]))
        rare = catalogue.add(prepare("zelden", *[f"een twee drie vier appel {n}" for n in range(3)]))
        index.bring_up_to_date(catalogue)

    found = index.search(WordEncoder().encode_question("appel"), 2, [rare.key])

    assert {key for key, _ in found} < {61, 62, 63}
    assert len(found) == 2


def test_a_passage_beside_a_crowd_of_nearly_equal_ones_is_found(index: VectorIndex, home: Home, prepare) -> None:
    """Nobody in the crowd links to it while each has only few links."""
    with Catalogue.open(home, create=True) as catalogue:
        catalogue.mark_encoder(EncoderMark("words", "words-512", 512))
        catalogue.add(prepare("nota", "de minister keurt de begroting goed"))
        for number in range(150):
            catalogue.add(prepare(f"punt-{number}", f"deel {number} punt {number} van de agenda"))
        index.bring_up_to_date(catalogue)

    assert nearest(index, "minister") == [1]


def test_nothing_stands_behind_the_vectors_of_an_index(index: VectorIndex, catalogue: Catalogue, home: Home) -> None:
    """Where there is room for more, hnswlib would leave what was in memory."""
    index.bring_up_to_date(catalogue)

    (data,) = home.vectors.rglob("data_level0.bin")
    elements = np.frombuffer(data.read_bytes(), np.uint8).reshape(
        (data.with_name("length.bin").stat().st_size // 4, -1)
    )
    assert len(elements) > len(WORDS)
    assert (elements[: len(WORDS)].any(axis=1).all(), elements[len(WORDS) :].any()) == (True, False)


def test_a_change_is_a_new_generation(index: VectorIndex, catalogue: Catalogue, home: Home, prepare) -> None:
    """What was added is found, what went is not; the old generation is gone from the disk."""
    index.bring_up_to_date(catalogue)
    catalogue.add(prepare("mango", "mango"))
    catalogue.remove("peer")
    lagging = (nearest(index, "mango"), nearest(index, "peer"))
    index.bring_up_to_date(catalogue)

    assert lagging == ([], [2])
    assert (nearest(index, "mango"), nearest(index, "peer")) == ([6], [])
    assert generations(home) == ["000002"]


def test_nothing_new_is_no_work(index: VectorIndex, catalogue: Catalogue, home: Home) -> None:
    """An index that covers everything stays as it is."""
    index.bring_up_to_date(catalogue)
    index.bring_up_to_date(catalogue)
    untouched = generations(home)
    catalogue.mark_encoder(EncoderMark("woorden", "words-512", 512))
    index.bring_up_to_date(catalogue)

    assert untouched == generations(home) == ["000001"]


def test_the_index_is_built_anew_when_much_has_gone(
    index: VectorIndex, catalogue: Catalogue, home: Home, prepare
) -> None:
    """Chroma's graph never shrinks, so a copy is changed only while few passages have gone."""
    removed = []
    for word in ("", "appel", "peer"):
        if word:
            catalogue.withdraw(catalogue.current(word).key)
        index.bring_up_to_date(catalogue)
        published = Generations(home.vectors).published()
        removed.append(published.removed if published else None)

    assert removed == [0, 1, 0]
    assert nearest(index, "kers pruim druif peer appel") == [3, 4, 5]


def test_an_open_reader_sees_the_next_generation(index: VectorIndex, catalogue: Catalogue, home: Home, prepare) -> None:
    """A reader that stays open notices what another index object published."""
    index.bring_up_to_date(catalogue)
    reader = VectorIndex(home.vectors)
    before = nearest(reader, "mango")
    catalogue.add(prepare("mango", "mango"))
    index.bring_up_to_date(catalogue)
    after = nearest(reader, "mango")
    reader.close()

    assert (before, after) == ([], [6])


READER = """
import pathlib, sys
from kb.testing import WordEncoder
from kb.vector_index import VectorIndex

index = VectorIndex(pathlib.Path(sys.argv[1]))
for word in sys.stdin:
    print(index.search(WordEncoder().encode_question(word), 1)[0][0], flush=True)
"""


def test_a_reader_in_another_process_sees_the_next_generation(
    index: VectorIndex, catalogue: Catalogue, home: Home, prepare
) -> None:
    """The pointer on disk is all that two processes share."""
    index.bring_up_to_date(catalogue)
    command = [sys.executable, "-c", READER, str(home.vectors)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None

        def ask(word: str) -> str:
            print(word, file=reader.stdin, flush=True)
            return reader.stdout.readline().strip()

        before = ask("kers")
        catalogue.add(prepare("mango", "mango"))
        index.bring_up_to_date(catalogue)
        after = ask("mango")
        reader.stdin.close()

    assert (before, after) == ("3", "6")


def cut_in_half(home: Home) -> None:
    """Truncate Chroma's graph."""
    (data,) = home.vectors.rglob("data_level0.bin")
    data.write_bytes(data.read_bytes()[: data.stat().st_size // 2])


def fill_with_garbage(home: Home) -> None:
    """Keep the graph's size but not its sense."""
    (data,) = home.vectors.rglob("data_level0.bin")
    data.write_bytes(b"\xff" * data.stat().st_size)


def delete_database(home: Home) -> None:
    """Take Chroma's database away."""
    (database,) = home.vectors.rglob("chroma.sqlite3")
    database.unlink()


def spoil_database(home: Home) -> None:
    """Make Chroma's database no database."""
    (database,) = home.vectors.rglob("chroma.sqlite3")
    database.write_bytes(b"\x00" * database.stat().st_size)


def delete_generation(home: Home) -> None:
    """Leave a pointer to nothing."""
    shutil.rmtree(home.vectors / "000001")


def spoil_pointer(home: Home) -> None:
    """Leave a pointer that says nothing."""
    (home.vectors / "published.json").write_text('{"name": ')


def delete_everything(home: Home) -> None:
    """Take the whole index away."""
    shutil.rmtree(home.vectors)
    home.vectors.mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        cut_in_half,
        fill_with_garbage,
        delete_database,
        spoil_database,
        delete_generation,
        spoil_pointer,
        delete_everything,
    ],
)
def test_a_damaged_index_is_noticed_and_made_again(damage, catalogue: Catalogue, home: Home) -> None:
    """A search finds nothing rather than something wrong, and one call makes the index whole."""
    built = VectorIndex(home.vectors)
    built.bring_up_to_date(catalogue)
    built.close()
    damage(home)
    index = VectorIndex(home.vectors)

    while_damaged = (nearest(index, "kers"), index.is_up_to_date(catalogue))
    index.bring_up_to_date(catalogue)
    mended = (nearest(index, "kers"), index.is_up_to_date(catalogue))
    index.close()

    assert while_damaged == ([], False)
    assert mended == ([3], True)


def test_a_generation_that_vanishes_under_a_reader_is_no_error(
    index: VectorIndex, catalogue: Catalogue, home: Home
) -> None:
    """What is in memory may go on answering, or find nothing; it does not fail."""
    index.bring_up_to_date(catalogue)
    nearest(index, "kers")
    shutil.rmtree(home.vectors / "000001")

    assert nearest(index, "kers") in ([3], [])


def test_a_reader_that_opens_as_the_next_generation_comes_opens_that_one(
    index: VectorIndex, catalogue: Catalogue, home: Home, prepare, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that it was about to open is gone by then: that is no damage."""
    index.bring_up_to_date(catalogue)
    reader, published = VectorIndex(home.vectors), Generations.published

    def overtaken(self: Generations) -> object:
        found = published(self)
        monkeypatch.undo()
        catalogue.add(prepare("mango", "mango"))
        index.bring_up_to_date(catalogue)
        return found

    monkeypatch.setattr(Generations, "published", overtaken)

    assert nearest(reader, "mango") == [6]
    reader.close()


def test_vectors_of_another_encoder_make_another_index(index: VectorIndex, catalogue: Catalogue, home: Home) -> None:
    """Other vectors of the same passages are not mistaken for the old ones, whatever their length."""
    index.bring_up_to_date(catalogue)
    vectors = np.eye(5, dtype=np.float32)
    catalogue.replace_vectors(
        EncoderMark("other", "other-5", 5), [(key + 1, vectors[key], vectors[key : key + 1]) for key in range(5)]
    )

    index.bring_up_to_date(catalogue)

    ((key, similarity),) = index.search(vectors[3], 1)
    assert (catalogue.passages_of_vectors([key]), similarity) == ([4], pytest.approx(1.0))


def test_an_index_that_cannot_be_written_is_an_error_of_the_home(catalogue: Catalogue, home: Home) -> None:
    """The writer learns why; the catalogue does not suffer."""
    shutil.rmtree(home.vectors)
    home.vectors.write_text("a file in the way")
    index = VectorIndex(home.vectors)

    with pytest.raises(HomeError) as caught:
        index.bring_up_to_date(catalogue)

    assert caught.value.key == "index_not_built"
    assert catalogue.passage_count() == 5


BUILDER = """
import pathlib, sys
from kb.catalogue import Catalogue
from kb.home import Home
from kb.vector_index import VectorIndex

home = Home(pathlib.Path(sys.argv[1]))
index = VectorIndex(home.vectors)
with home.writer_lock(), Catalogue.open(home) as catalogue:
    index.search(catalogue.vectors([1]).passages[0], 1)
    print("ready", flush=True)
    index.bring_up_to_date(catalogue)
    print("published", flush=True)
"""


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.2])
def test_a_killed_builder_leaves_the_old_index_or_the_new(
    moment: float, catalogue: Catalogue, home: Home, prepare, tmp_path: Path
) -> None:
    """Whenever a builder dies, readers find the old passages, and the next builder finishes the work."""
    index = VectorIndex(home.vectors)
    index.bring_up_to_date(catalogue)
    catalogue.add(prepare("vijgen", *[f"vijg {number}" for number in range(400)]))
    command = [sys.executable, "-c", BUILDER, str(home.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as builder:
        assert builder.stdout is not None
        builder.stdout.readline()
        try:
            builder.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            builder.kill()

    survived = (nearest(index, "kers"), index.is_up_to_date(catalogue))
    with home.writer_lock():
        index.bring_up_to_date(catalogue)
    finished = (nearest(index, "vijg 7")[0], index.is_up_to_date(catalogue))
    index.close()

    assert survived[0] == [3]
    assert finished == (13, True)
    assert len(generations(home)) == 1
