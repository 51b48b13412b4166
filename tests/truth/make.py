"""Make a truth file from notes with words: ``python -m tests.truth.make NOTES.txt > tests/truth/NAME.toml``.

The notes stay outside the project. One thing a line:

    file documents/*__0123ab.pdf
    split fit
    H 3 1 Title as on the page              page 3, level 1; "= other form" may follow
    ? 1 1 A title that may be no heading
    L 4 end of the lead-in > first item > last item > 5
    N 7 2 text before the mark > start of the note
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.truth.truth import Print, without_number

TABLES = {"H": "headings", "?": "doubtful", "L": "lists", "N": "notes"}


def main() -> None:
    """Print the truth file of the notes that the command line names."""
    sys.stdout.write("\n".join(truth_file(Path(sys.argv[1]).read_text("utf8").splitlines())) + "\n")


def truth_file(notes: Iterable[str]) -> Iterator[str]:
    """The lines of a truth file."""
    tables: dict[str, list[str]] = {sign: [] for sign in TABLES}
    for note in filter(str.strip, notes):
        sign, _, rest = note.partition(" ")
        if sign in TABLES:
            tables[sign].append(f"    {_entry(sign, rest)},")
        else:
            yield f'{sign} = "{rest.strip()}"'
    for sign, entries in tables.items():
        if entries:
            yield from (f"{TABLES[sign]} = [", *entries, "]")


def _entry(sign: str, rest: str) -> str:
    if sign == "L":
        page, words = rest.split(" ", 1)
        lead_in, first, last, items = words.split(" > ")
        return f"[{page}, {_stored(lead_in)}, {_stored(first)}, {_stored(last)}, {int(items)}]"
    page, number, words = rest.split(" ", 2)
    if sign == "N":
        return f"[{page}, {number}, {', '.join(map(_stored, words.split(' > ')))}]"
    return f"[{page}, {number}, {', '.join(_stored(without_number(form)) for form in words.split(' = '))}]"


def _stored(words: str) -> str:
    made = Print.of(words)
    return f'"{made.letters}:{made.sha}"'


if __name__ == "__main__":
    main()
