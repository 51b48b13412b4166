"""The files of a graph as they lie on the disk: a stretch that was never written is noticed."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from kb.chroma_collection import ChromaCollection
from kb.graph_files import clear_room, is_whole
from kb.stored_vectors import Vectors

COUNT, DIMENSION = 120, 16
FILES = ("header.bin", "data_level0.bin", "length.bin", "link_lists.bin")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of some vectors of length 1, as Chroma writes it."""
    folder = tmp_path_factory.mktemp("graaf")
    passages = ChromaCollection.create(folder, changes=COUNT)
    passages.add(range(1, COUNT + 1), [1] * COUNT, vectors())
    passages.close()
    (header,) = folder.rglob("header.bin")
    return header.parent


def vectors() -> Vectors:
    """The vectors."""
    made = np.random.default_rng(5).normal(size=(COUNT, DIMENSION)).astype(np.float32)
    unit: Vectors = made / np.linalg.norm(made, axis=1, keepdims=True)
    return unit


def test_a_graph_is_whole_as_it_was_written(written: Path) -> None:
    """With the number of elements that it has, and no other."""
    assert [is_whole(written, count) for count in (COUNT - 1, COUNT, COUNT + 1)] == [False, True, False]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("at", [0.0, 0.4, 0.99])
def test_a_stretch_that_is_missing_is_noticed(name: str, at: float, written: Path, tmp_path: Path) -> None:
    """Cut out of a file, so that all behind it moves up; or never written, so that nothing stands there."""
    for harm in (cut_out, left_empty):
        folder = tmp_path / harm.__name__
        shutil.copytree(written, folder)
        data = (folder / name).read_bytes()
        place = int(at * len(data)) // 4 * 4
        if name == "data_level0.bin":  # the start of an element: room for more links holds whatever was in memory
            place = int(at * COUNT) * (len(data) // elements_of_room(written))
        (folder / name).write_bytes(harm(data, min(place, len(data) - 8)))

        assert not is_whole(folder, COUNT) or (folder / name).read_bytes() == data  # where nothing stood anyway


def test_room_behind_the_elements_holds_nothing(written: Path, tmp_path: Path) -> None:
    """Chroma writes there what was in memory, such as a vector that was removed; the elements stay what they are."""
    folder, room = tmp_path / "graaf", b"geheim" * 500
    shutil.copytree(written, folder)
    whole = {name: (folder / name).read_bytes() for name in FILES}
    with_room = ("data_level0.bin", "length.bin")
    for name in with_room:
        (folder / name).write_bytes(whole[name] + room)

    clear_room(folder)

    left = {name: (folder / name).read_bytes() for name in FILES}
    assert left == {name: data + bytes(len(room) * (name in with_room)) for name, data in whole.items()}
    assert is_whole(folder, COUNT)


def cut_out(data: bytes, place: int) -> bytes:
    """Eight bytes less."""
    return data[:place] + data[place + 8 :]


def left_empty(data: bytes, place: int) -> bytes:
    """Eight bytes of nothing."""
    return data[:place] + bytes(8) + data[place + 8 :]


def elements_of_room(written: Path) -> int:
    """For how many elements there is room in the files."""
    return (written / "length.bin").stat().st_size // 4
