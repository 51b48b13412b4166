"""Whether the files of a vector graph, as Chroma's hnswlib writes them, hold all that they should.

hnswlib does not ask whether its writing worked: where the disk fails for a moment, a stretch of a file is missing,
or holds what stood there before, and nobody is told. So the files are looked at as they lie on the disk: every
element has a vector of length 1, a name of its own and links to other elements.

    header.bin         the numbers of elements and bytes, where the search begins
    data_level0.bin    the elements one after the other: links, vector, name; there is room for more behind them
    length.bin         the lengths of the vectors as they were given
    link_lists.bin     for each element its links on the higher levels, behind their size in bytes
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_HEADER = struct.Struct("<iQQQQQQiIQQQdQ")
_VERSION = 1
_SIZE = struct.Struct("<I")
_SHORT, _LONG = 0.98, 1.02  # the length of a vector of length 1 that was kept in float16
_COUNT_BYTES = 2  # of links
_LINKS_AT = 4
_NAME_BYTES = 8
_LENGTH_BYTES = 4

Rows = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Header:
    count: int
    size: int  # of an element in bytes
    name_at: int  # in an element
    vector_at: int
    most_links: int


def is_whole(folder: Path, elements: int) -> bool:
    """Whether the files in a folder hold a graph of so many elements, those of removed passages too. Raises OSError."""
    header = _header((folder / "header.bin").read_bytes())
    if header is None or (folder / "data_level0.bin").stat().st_size < header.count * header.size:
        return False
    rows = np.memmap(folder / "data_level0.bin", np.uint8, "r", shape=(header.count, header.size))
    return (
        header.count == elements
        and _elements_are_whole(rows, header)
        and _lengths_are_whole(folder / "length.bin", header.count)
        and _holds_links_of(folder / "link_lists.bin", header.count)
    )


def clear_room(folder: Path) -> None:
    """Fill the room behind the elements with zeros: hnswlib writes what its memory held there before, be it a vector
    that was removed for good. Raises OSError.
    """
    header = _header((folder / "header.bin").read_bytes())
    if header is not None:  # else the graph is not whole
        _end_at(folder / "data_level0.bin", header.count * header.size)
        _end_at(folder / "length.bin", header.count * _LENGTH_BYTES)


def _end_at(file: Path, end: int) -> None:
    size = file.stat().st_size
    if size > end:
        with file.open("r+b") as opened:
            opened.truncate(end)
            opened.truncate(size)  # Chroma reads as much as there was


def _header(written: bytes) -> _Header | None:
    """What the header says; None where it makes no sense."""
    if len(written) != _HEADER.size:
        return None
    version, _, most, count, size, name_at, vector_at, _, first, *parameters = _HEADER.unpack(written)
    most_links = parameters[1]
    has_sense = (
        version == _VERSION
        and 0 < count <= most
        and first < count
        and all(parameters)
        and vector_at == _LINKS_AT + _SIZE.size * most_links < name_at == size - _NAME_BYTES
    )
    return _Header(count, size, name_at, vector_at, most_links) if has_sense else None


def _elements_are_whole(rows: Rows, header: _Header) -> bool:
    names = _numbers(rows[:, header.name_at :], np.uint64)
    vectors = _numbers(rows[:, header.vector_at : header.name_at], np.float32)
    if len(np.unique(names)) != header.count or not _are_unit_lengths(np.linalg.norm(vectors, axis=1)):
        return False
    counts = _numbers(rows[:, :_COUNT_BYTES], np.uint16).ravel()
    if header.count > 1 and not (1 <= counts.min() <= counts.max() <= header.most_links):
        return False
    links = _numbers(rows[:, _LINKS_AT : _LINKS_AT + _SIZE.size * header.most_links], np.uint32)
    is_used = np.arange(header.most_links) < counts[:, None]
    return not (links[is_used] >= header.count).any()


def _lengths_are_whole(file: Path, count: int) -> bool:
    lengths = np.fromfile(file, np.float32, count)
    return len(lengths) == count and _are_unit_lengths(lengths)


def _holds_links_of(file: Path, count: int) -> bool:
    """Whether a file holds so many lists of links, each behind its size, and nothing else."""
    links, place = file.read_bytes(), 0
    for _ in range(count):
        if place + _SIZE.size > len(links):
            return False
        place += _SIZE.size + _SIZE.unpack_from(links, place)[0]
    return place == len(links)


def _are_unit_lengths(lengths: npt.NDArray[np.float32]) -> bool:
    return bool(((lengths > _SHORT) & (lengths < _LONG)).all())


def _numbers(rows: Rows, kind: type[Any]) -> npt.NDArray[Any]:
    """Bytes of each row as numbers of a kind."""
    return np.ascontiguousarray(rows).view(kind)
