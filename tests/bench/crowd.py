"""A collection of ten thousand passages, made for measuring: the sentences of the starter corpus, mixed and varied.

The texts say nothing true, and are the same each time. They have what makes a large collection slow: many documents
that share their words, a vocabulary that goes on growing, long texts without pages.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ingest.files import find_files
from ingest.passages import split_passages
from ingest.reading import read_document
from ingest.types import Passage
from kb.home import Home
from kb.library import ingest

SECTIONS = (10, 30, 60, 150)  # of one document: about a passage each
DOCUMENTS = 160
OTHER_WORD, NEW_WORD = 0.2, 0.05  # how many of the longer words are another one, or a compound that nobody has seen
_LONG_WORD = re.compile(r"\b[a-zà-ÿ]{6,}\b")
_FIGURE = re.compile(r"\d+")


def crowd_home(folder: Path, corpus: Path) -> Path:
    """A home with a corpus and the crowd that is made from it. Embedding it takes ten minutes or so on two cores."""
    write_crowd(folder / "texts", corpus)
    ingest(Home(folder / "home"), [corpus, folder / "texts"])
    return folder / "home"


def write_crowd(folder: Path, corpus: Path) -> None:
    """Write the documents of the crowd, Markdown, made from those of a corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(10_000)
    passages = [p for file in find_files([corpus]) for p in split_passages(read_document(Path(file)))]
    headings = sorted({passage.headings[-1] for passage in passages if passage.headings})
    sentences = sorted({sentence for passage in passages for sentence in _sentences(passage)})
    words = sorted({word for sentence in sentences for word in _LONG_WORD.findall(sentence)})
    for number in range(DOCUMENTS):
        sections = SECTIONS[number % len(SECTIONS)]
        titles = [_varied(chance.choice(headings), words, chance) for _ in range(sections)]
        written = (_section(title, sentences, words, chance) for title in titles)
        text = "\n\n".join((f"# Nota {number}: {titles[0]}", *written))
        (folder / f"nota-{number:03}.md").write_text(text + "\n", "utf8")


def _sentences(passage: Passage) -> Iterator[str]:
    for unit in passage.units:
        sentence = " ".join(passage.slice(unit.start, unit.end).split())
        if sentence[:1].isupper() and sentence.endswith("."):
            yield sentence


def _section(title: str, sentences: Sequence[str], words: Sequence[str], chance: random.Random) -> str:
    """A heading, a paragraph, and for one in four a list."""
    chosen = [_varied(one, words, chance) for one in chance.sample(sentences, 6)]
    items: Iterable[str] = ()
    if not chance.randrange(4):
        chosen, items = chosen[:3], [f"- {one}" for one in chosen[3:]]
        chosen[-1] = chosen[-1].rstrip(".") + ":"
    return "\n\n".join((f"## {title}", " ".join(chosen), *(["\n".join(items)] if items else [])))


def _varied(text: str, words: Sequence[str], chance: random.Random) -> str:
    """A text with some of its words and all of its figures changed."""

    def other(match: re.Match[str]) -> str:
        luck = chance.random()
        if luck < NEW_WORD:
            return chance.choice(words) + chance.choice(words)
        return chance.choice(words) if luck < NEW_WORD + OTHER_WORD else match[0]

    return _FIGURE.sub(lambda match: str(chance.randrange(1, 10 ** len(match[0]))), _LONG_WORD.sub(other, text))
