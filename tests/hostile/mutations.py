"""Documents with bytes changed at random: what a bad disk, a broken transfer or ill will makes of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

Change = Callable[[bytearray, random.Random], None]

MOST_CHANGES = 20
MOST_BYTES = 2000  # in one change


def flip(data: bytearray, chance: random.Random) -> None:
    """Turn some bits round."""
    for _ in range(chance.randint(1, MOST_CHANGES)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def overwrite(data: bytearray, chance: random.Random) -> None:
    """Put noise over a stretch."""
    start, size = _stretch(data, chance)
    data[start : start + size] = chance.randbytes(size)


def blank(data: bytearray, chance: random.Random) -> None:
    """Put zeros over a stretch."""
    start, size = _stretch(data, chance)
    data[start : start + size] = bytes(size)


def insert(data: bytearray, chance: random.Random) -> None:
    """Put a stretch of the file in at another place."""
    start, size = _stretch(data, chance)
    place = chance.randrange(len(data))
    data[place:place] = data[start : start + size]


def remove(data: bytearray, chance: random.Random) -> None:
    """Take a stretch out."""
    start, size = _stretch(data, chance)
    del data[start : start + size]


def truncate(data: bytearray, chance: random.Random) -> None:
    """Cut the end off."""
    del data[chance.randint(1, len(data)) :]


def change_numbers(data: bytearray, chance: random.Random) -> None:
    """Make other digits of some: lengths, counts and places that are wrong."""
    places = [place for place, byte in enumerate(data) if byte in b"0123456789"]
    for place in chance.sample(places, min(len(places), MOST_CHANGES)):
        data[place] = chance.choice(b"0123456789")


CHANGES: tuple[Change, ...] = (flip, overwrite, blank, insert, remove, truncate, change_numbers)


def _stretch(data: bytearray, chance: random.Random) -> tuple[int, int]:
    size = chance.randint(1, min(MOST_BYTES, len(data)))
    return chance.randint(0, len(data) - size), size


def mutate(files: Sequence[Path], folder: Path, *, number: int, seed: int) -> list[Path]:
    """So many changed files in a folder, each made from one of ``files``, in turn, by one or two changes. The same seed
    makes the same files.
    """
    chance = random.Random(seed)
    made = []
    for index in range(number):
        source = files[index % len(files)]
        data = bytearray(source.read_bytes())
        for change in chance.sample(CHANGES, chance.randint(1, 2)):
            if data:
                change(data, chance)
        path = folder / f"{index:03d}-{source.name}"
        path.write_bytes(data)
        made.append(path)
    return made
