"""How many passages match an expression of the lexical index, remembered until the catalogue changes."""

from __future__ import annotations

from collections.abc import Iterable

from kb import lexical_index
from kb.database import Database

MOST_REMEMBERED = 50_000  # expressions: a few megabytes


class Frequencies:
    """Counts of matching passages. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: tuple[int, dict[str, int]] = (-1, {})

    def of(self, matches: Iterable[str], *, revision: int) -> dict[str, int]:
        """For each FTS5 expression the number of passages that match it, at this revision of the catalogue."""
        at, known = self._known
        if at != revision or len(known) > MOST_REMEMBERED:
            known = {}
            self._known = (revision, known)
        counts = {}
        for match in matches:
            if match not in known:
                known[match] = lexical_index.passages_matching(self._database, match)
            counts[match] = known[match]
        return counts
