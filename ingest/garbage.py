"""Python's search for objects that hold one another, made rare while a file is read.

Reading makes millions of small objects that are freed as soon as nobody holds them; the search, which looks at all that
live each time some hundreds were made, takes a quarter of the time and finds next to nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = (10_000, 20, 50)  # for ``gc.set_threshold``


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Run code with a rare search. Holds for the whole process while it runs."""
    usual = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
