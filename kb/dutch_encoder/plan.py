"""How a variant is trained."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings of one variant; ``rank`` 0 trains the table only, ``start`` goes on from another variant.

    Rates stay full until the last share ``decay`` of the course, and fall to nothing along a straight line: so a
    course can be cut short or made longer on the way, by starting it again with other ``epochs``.

    ``english`` is the share of batches that bring English sentences through the new vocabulary, ``passages`` the share
    that bring headings and questions with their paragraphs, cut at ``passage_tokens``.
    """

    epochs: float = 1.5
    decay: float = 0.5
    batch: int = 128
    table_rate: float = 2e-3
    rank: int = 16
    correction_rate: float = 5e-4
    contrast: float = 0.2
    english: float = 0.15
    passages: float = 0.0
    passage_tokens: int = 48
    start: str = ""
    warm_up: int = 100
    seed: int = 1
    save_every: int = 250
