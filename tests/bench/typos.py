"""Typing errors in the starter questions: ``python -m tests.bench.typos`` writes ``variants/typos.jsonl`` beside them.

One or two words of a question get an error that fingers make: two letters swapped, one left out, one doubled, or the
key beside it. The same seed gives the same errors.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

QUESTIONS = Path(__file__).resolve().parent.parent / "questions"
SEED = 20240917
MIN_CHARS = 5
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    letter: "".join(row[i] for i in (at - 1, at + 1) if 0 <= i < len(row))
    for row in _ROWS
    for at, letter in enumerate(row)
}


def misspelt(word: str, chance: random.Random) -> str:
    """A word with one error after its first letter."""
    at = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return chance.choice(
        (
            before + after[0] + letter + after[1:],
            before + after,
            before + letter + letter + after,
            before + chance.choice(_BESIDE.get(letter, letter)) + after,
        )
    )


def with_typos(question: str, chance: random.Random) -> str:
    """A question with an error in one or two of its longer words, names and figures aside."""
    places = [match.span() for match in re.finditer(rf"\b[a-z]{{{MIN_CHARS},}}\b", question)]
    for start, end in sorted(chance.sample(places, min(len(places), chance.choice((1, 2)))), reverse=True):
        question = question[:start] + misspelt(question[start:end], chance) + question[end:]
    return question


def main() -> None:
    """Write the questions."""
    chance = random.Random(SEED)
    entries = [json.loads(line) for line in (QUESTIONS / "starter.jsonl").read_text("utf8").splitlines()]
    made = [
        entry | {"id": f"{entry['id']}-t", "question": with_typos(entry["question"], chance)}
        for entry in entries
        if entry["lang"] == "nl"
    ]
    text = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in made)
    (QUESTIONS / "variants" / "typos.jsonl").write_text(text, "utf8")


if __name__ == "__main__":
    main()
