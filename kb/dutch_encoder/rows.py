"""Reading the text to train on: tab-separated files under xz, the last column names the source."""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """Two texts that belong together: Dutch and English, or a heading or question and its paragraph."""

    first: str
    second: str
    source: str


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file; none where the file is not there. Lines without three columns are passed over."""
    for line in read_lines(path):
        columns = line.split("\t")
        if len(columns) == 3 and columns[0] and columns[1]:
            yield Row(*columns)


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a file, under xz if its name says so; none where the file is not there."""
    if not path.is_file():
        return
    with lzma.open(path, "rt", encoding="utf8") if path.suffix == ".xz" else path.open(encoding="utf8") as file:
        for line in file:
            yield line.rstrip("\n")


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as they are read."""
    with path.open("w", encoding="utf8") as file:
        file.writelines(f"{row.first}\t{row.second}\t{row.source}\n" for row in rows)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write one text a line."""
    with path.open("w", encoding="utf8") as file:
        file.writelines(f"{line}\n" for line in lines)
