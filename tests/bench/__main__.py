"""All figures, side by side in one run: ``make bench``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from rich.console import Console

from kb.cli.evaluation_command import judged
from kb.cli.evaluation_tables import print_figures
from kb.encoder import MINI_LM, load_encoder
from kb.evaluation import KnownQuestion
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from tests.bench import attacks, metadata, page, page_proof, pdf_reading, speed, twins
from tests.bench.crowd import crowd_home
from tests.bench.quality import (
    FURTHER_QUESTIONS,
    PROJECT,
    QUESTIONS,
    SHARED,
    TEXT_QUESTIONS,
    TRUTH_QUESTIONS,
    dense_ranks,
    ingested,
    questions_of,
    real_documents,
)
from tests.bench.recognition import print_recognition
from tests.truth.score import print_truth

console = Console(width=150)
REAL_SETS = {
    "real documents of another field": TRUTH_QUESTIONS,
    "eight further real documents": FURTHER_QUESTIONS,
    "the five real texts, questions for fitting": TEXT_QUESTIONS,
}


def main() -> None:
    """Quality on the starter corpus and, where they are, on real documents, by set of questions; then speed."""
    with tempfile.TemporaryDirectory() as folder:
        starter = Path(folder) / "starter"
        ingested(starter, PROJECT / "corpus")
        for split in ("fit", "held_out"):
            _print_quality(f"starter corpus, {split} questions", starter, questions_of(split))
        for name, questions in REAL_SETS.items():
            _print_real(name, real_documents(Path(folder) / questions.stem, questions), questions)
        measured, example = starter, questions_of("held_out")
        if SHARED.is_dir():
            console.rule("structure, against what people saw")
            print_truth(console)
            measured = Path(folder) / "real"
            ingested(measured, SHARED / "corpus")
            example = questions_of(None, SHARED / "gold" / "questions.jsonl")
            _print_quality("five real texts", measured, example)
            console.rule("what is known of real documents, against what a person saw")
            metadata.print_figures(console, SHARED)
        console.rule("attacks on the proof")
        attacks.print_attacks(console, PROJECT / "corpus")
        _print_dense(Path(folder))
        console.rule("scans")
        print_recognition(console, PROJECT / "corpus")
        console.rule("speed")
        speed.print_ingest(console, PROJECT / "corpus", Path(folder) / "again")
        asked = [question.question for question in example]
        speed.print_warm(console, "a few texts", measured, asked)
        crowd = crowd_home(Path(folder) / "crowd", PROJECT / "corpus")
        speed.print_warm(console, "a crowd", crowd, asked)
        speed.print_cold(console, measured)
        console.rule("the page in a browser")
        page.print_page(console, "a crowd", crowd, [question.question for question in questions_of("held_out")])
        if (SHARED / "documents").is_dir():
            pdf_reading.print_pdf_reading(console, SHARED / "documents")
            console.rule("words of Word documents in the PDF made of them")
            twins.print_twins(console, SHARED / "documents")
            console.rule("quotes on the page")
            page_proof.print_boxes(console, SHARED / "documents")
            page_proof.print_opening(console, SHARED / "documents", Home(Path(folder) / "pages"))


def _print_dense(folder: Path) -> None:
    """Vectors alone on the paraphrases, whose words are not those of the text: our encoder beside the English one."""
    console.rule("paraphrases, vectors alone")
    questions = questions_of(None, QUESTIONS / "paraphrases.jsonl")
    for encoder in (load_encoder(MINI_LM), load_encoder()):
        home = ingested(folder / f"dense-{encoder.name}", PROJECT / "corpus", encoder)
        ranks = dense_ranks(home, encoder, questions)
        shares = (
            f"hit@{k} {sum(rank is not None and rank <= k for rank in ranks) / len(ranks):.3f}" for k in (1, 3, 5)
        )
        console.print(f"{encoder.name}: {', '.join(shares)} ({len(ranks)} questions)")


def _print_real(name: str, home: Path | None, questions: Path) -> None:
    """The figures of a set of questions on real documents, of each half that it has."""
    for split in ("fit", "held_out"):
        known = questions_of(split, questions)
        if known and home is not None:
            _print_quality(f"{name}, {split} questions", home, known)
    if home is None:
        console.rule(name)
        console.print("left out: the documents are not on this machine (../shared/documents)")


def _print_quality(title: str, home: Path, questions: list[KnownQuestion]) -> None:
    console.rule(title)
    with KnowledgeBase.open(home) as knowledge_base:
        print_figures(console, judged(knowledge_base, questions))


if __name__ == "__main__":
    main()
