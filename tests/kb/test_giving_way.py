"""Threads that give way: what is long leaves the processor to who waits for an answer, and comes out the same."""

from __future__ import annotations

import os
import sys
import threading

import numpy as np
import pytest

from kb.encoder import load_encoder
from kb.giving_way import NICENESS, in_background


def _niceness(_: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives threads a priority of their own")
def test_only_the_work_gives_way() -> None:
    """The threads step back, and who asked for the work does not."""
    own = _niceness(0)

    assert set(in_background(_niceness, range(3))) == {max(own, NICENESS)}
    assert _niceness(0) == own


def test_results_come_in_the_order_of_the_tasks() -> None:
    """However many there are; an error comes out where its result would have."""
    found = in_background(lambda number: 10 // number, [5, 2, 1, 0, 1])

    assert [next(found) for _ in range(3)] == [2, 5, 10]
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_texts_in_many_batches_get_the_vectors_that_they_get_alone() -> None:
    """A long document gives way while it is encoded, a question does not: both mean the same."""
    encoder = load_encoder()
    texts = [f"De mentor begeleidt leerling {number} op de werkplek. " * 12 for number in range(30)]

    together = encoder.encode_passages(texts)

    assert np.abs(together[::10] - [encoder.encode_question(text) for text in texts[::10]]).max() < 1e-5
