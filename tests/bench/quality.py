"""Answers to questions with evidence, for benchmarks and for choosing weights."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.encoder import Encoder, load_encoder
from kb.evaluation import KnownQuestion, rank_of, read_questions
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.ranking import Weights
from kb.types import Answer

PROJECT = Path(__file__).resolve().parent.parent.parent
SHARED = PROJECT.parent / "shared"
QUESTIONS = PROJECT / "tests" / "questions"
TRUTH_QUESTIONS = PROJECT / "tests" / "truth" / "questions.jsonl"
FURTHER_QUESTIONS = PROJECT / "tests" / "truth" / "further_questions.jsonl"  # all of them "fit"
TEXT_QUESTIONS = PROJECT / "tests" / "truth" / "text_questions.jsonl"  # all of them "fit"


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents in a home, and the files with questions about them."""

    home: Path
    questions: tuple[Path, ...]


def collections(folder: Path) -> list[Collection]:
    """The starter corpus with the questions that ship; and, where they are, the real documents with theirs."""
    shipped = Collection(ingested(folder / "starter", PROJECT / "corpus"), tuple(sorted(QUESTIONS.glob("*.jsonl"))))
    homes = (
        (real_documents(folder / path.stem, path), path)
        for path in (TRUTH_QUESTIONS, FURTHER_QUESTIONS, TEXT_QUESTIONS)
    )
    return [shipped, *(Collection(home, (path,)) for home, path in homes if home is not None)]


def real_documents(home: Path, questions: Path = TRUTH_QUESTIONS) -> Path | None:
    """A home with the documents that questions are about; None where they are not on this machine."""
    wanted = {document for known in read_questions(questions) for document in known.documents}
    folders = (SHARED / "documents", SHARED / "corpus")
    files = [path for folder in folders for path in sorted(folder.glob("*.*")) if path.stem in wanted]
    if not files:
        return None
    ingest(Home(home), files, encoder=load_encoder())
    return home


def answered(collections: Iterable[Collection], split: str) -> Iterator[tuple[KnownQuestion, Answer]]:
    """The questions of a split, each with its answer as things are now."""
    for collection in collections:
        with KnowledgeBase.open(collection.home) as knowledge_base:
            for known in questions_of(split, *collection.questions):
                yield known, knowledge_base.ask(known.question)


def ingested(home: Path, folder: Path, encoder: Encoder | None = None) -> Path:
    """A home that holds the documents of a folder, read with an encoder, by default the default one."""
    ingest(Home(home), [folder], encoder=encoder or load_encoder())
    return home


def questions_of(split: str | None, *paths: Path) -> list[KnownQuestion]:
    """The questions of a split ("fit", "held_out", None for all), by default those that ship."""
    chosen = []
    for path in paths or sorted(QUESTIONS.glob("*.jsonl")):
        splits = [json.loads(line).get("split") for line in path.read_text("utf8").splitlines() if line.strip()]
        known = zip(read_questions(path), splits, strict=True)
        chosen += [question for question, own in known if split in (None, own)]
    return chosen


def dense_ranks(home: Path, encoder: Encoder, questions: Iterable[KnownQuestion]) -> list[int | None]:
    """The rank of each question's evidence by vectors alone: the cosines of passage and best sentence, added."""
    with KnowledgeBase.open(home, encoder=encoder, weights=Weights(0, 1, 1, 0, 0)) as knowledge_base:
        found = [(known, knowledge_base.search(known.question)) for known in questions]
    return [rank_of(known, [(hit.document.id, hit.passage.text) for hit in hits]) for known, hits in found]
