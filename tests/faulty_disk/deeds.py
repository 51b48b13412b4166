"""What is done in a fork of the warm process: a command on a disk that may fail, and a look at what is left."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.faulty_disk import disk, notes
from tests.faulty_disk.disk import Fault
from tests.faulty_disk.eye import Versions, versions_in

_FOUND = 0.99


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said; ``trace`` where it ended in an error that nobody made words for."""

    code: int
    output: str
    error: str
    trace: str = ""


def command(fault: Fault | None, *arguments: str) -> Said:
    """Run a command of Bronvast."""
    from typer.testing import CliRunner

    from kb.cli.app import build

    program = build()
    if fault is not None:
        disk.arm(fault)
    result = CliRunner().invoke(program, list(arguments))
    if fault is not None:
        disk.disarm()
    is_unexpected = result.exception is not None and not isinstance(result.exception, SystemExit)
    trace = "".join(traceback.format_exception(*result.exc_info)) if is_unexpected and result.exc_info else ""
    return Said(result.exit_code, result.stdout, result.stderr, trace)


def wrong_for_a_reader(home: Path, versions: Versions) -> list[str]:
    """What is wrong for somebody who opens a home and asks: each note must be found by its words and by its vectors."""
    from kb.home import Home
    from kb.knowledge_base import KnowledgeBase
    from kb.vector_index import IndexState, VectorIndex

    wrong = []
    with KnowledgeBase.open(home) as opened:
        cards = opened.documents()
        if {card.id for card in cards} != {notes.name(number) for number in versions}:
            wrong.append(f"other documents: {sorted(card.id for card in cards)}")
        for number, version in list(versions.items())[:2]:
            answer = opened.ask(notes.question(number, version))
            said = " ".join(statement.text for statement in answer.statements)
            if notes.words(number, version)[0] not in said:
                wrong.append(f"{notes.name(number)} does not answer: {said[:80]}")
        catalogue = opened.catalogue
        with closing(VectorIndex(Home(home).vectors)) as index:
            state = index.state(catalogue)
            if state is not IndexState.CURRENT:
                wrong.append(f"the index is {state.name}")
            for batch in catalogue.vectors_for_index():
                for key, vector in zip(batch.keys, batch.vectors, strict=True):
                    found = index.search(vector, 1)
                    if not found or found[0][1] < _FOUND:
                        wrong.append(f"vector {key} is not found by itself: {found}")
    return wrong


def wrong_for_the_doctor(home: Path, *, thorough: bool) -> list[str]:
    """What the doctor finds wrong: all its checks, or those alone of what was stored."""
    from kb.doctor import Severity, examine
    from kb.doctor.examination import CHECKS
    from kb.home import Home

    quick = ("catalogue_file", "originals", "texts", "lexical", "vectors", "words", "vector_index", "leftovers")
    checks = [check for check in CHECKS if thorough or check.__name__ in quick]
    report = examine(Home(home), checks=checks)
    return [f"doctor: {remark.key} {dict(remark.values)}" for _, remark in report if remark.severity is Severity.WRONG]


def looked_after(home: Path, finish: Sequence[str], thorough: bool = False) -> tuple[Versions, Versions, list[str]]:
    """A home after something went wrong: what is in it, what is in it after the command ``finish``, and what is wrong.

    First it is looked at by an independent eye, then by a reader, who may have to mend the index; then the command goes
    on where the other one stopped, and all must be whole.
    """
    before, wrong = versions_in(home)
    if before:
        wrong += wrong_for_a_reader(home, before)
    said = command(None, *finish, "--home", str(home))
    if said.code or said.trace:
        wrong.append(f"the next {finish[0]} fails: {said.code} {said.error} {said.trace}")
    after, broken = versions_in(home)
    wrong += [f"afterwards: {one}" for one in broken]
    wrong += [f"afterwards: {one}" for one in wrong_for_a_reader(home, after)] if after else []
    wrong += [f"afterwards: {one}" for one in wrong_for_the_doctor(home, thorough=thorough)]
    return before, after, wrong
