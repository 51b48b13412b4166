"""A progress bar on the terminal, a line now and then in a log."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from typing import Protocol, TypeVar

from tqdm import tqdm

Item = TypeVar("Item", covariant=True)


class Counted(Sized, Iterable[Item], Protocol[Item]):
    """A range, a list: what can be gone through and counted."""


def steps(of: Counted[Item], name: str) -> Iterable[Item]:
    """Go through ``of`` and show how far it is."""
    bar: Iterable[Item] = tqdm(of, desc=name, mininterval=5, smoothing=0.1)
    return bar
