"""Each file of a home truncated or overwritten: are there silent wrong answers, and what does the doctor see?

python -m tests.bench.faults [--quick] [HOME]

A copy of a home (else of the starter corpus, read anew) is damaged in one place; another process opens it and asks.
Right: the answers of the whole home. Loud: an error, a crash, or a warning that the index was mended or is not there.
What is neither is a silent wrong answer. Then the doctor looks, mends, and looks again;
not so with --quick.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from kb.home import Home
from kb.library import ingest

PROJECT = Path(__file__).resolve().parents[2]
GARBAGE = 65_536  # bytes, or the third part of a small file
ABOUT_THE_INDEX = {"words_only", "index_mended"}
QUESTIONS = 8
ASK, QUICK = "--ask", "--quick"


def damaged(data: bytes, seed: int) -> dict[str, bytes]:
    """The bytes of a file, spoilt in several ways."""
    chance = random.Random(seed)
    size = min(GARBAGE, max(len(data) // 3, 1))
    middle = (len(data) - size) // 2
    anywhere = chance.randrange(max(len(data) - size, 1))
    garbage = chance.randbytes(size)
    return {
        "truncated": data[: len(data) * 7 // 10],
        "garbage in the middle": data[:middle] + garbage + data[middle + size :],
        "garbage anywhere": data[:anywhere] + garbage + data[anywhere + size :],
        "zeros in the middle": data[:middle] + bytes(size) + data[middle + size :],
    }


def files_of(home: Path) -> Iterator[Path]:
    """Each file but the lock, and of the originals the first two."""
    kept = sorted(path for path in home.rglob("*") if path.is_file() and path.name != "lock")
    originals = [path for path in kept if path.parent.name == "originals"]
    yield from (path for path in kept if path not in originals[2:])


def main(arguments: list[str]) -> None:
    """Damage, ask, count."""
    console = Console(width=150, highlight=False)
    with tempfile.TemporaryDirectory(prefix="bronvast-faults-") as name:
        whole = Path(name) / "whole"
        is_quick = QUICK in arguments
        homes = [argument for argument in arguments if argument != QUICK]
        if homes:
            shutil.copytree(homes[0], whole)
        else:
            ingest(Home(whole), [PROJECT / "corpus"])
        expected = asked(whole)
        verdicts = Counter[str]()
        for number, path in enumerate(files_of(whole)):
            for kind, data in damaged(path.read_bytes(), number).items():
                home = Path(name) / "home"
                shutil.copytree(whole, home)
                (home / path.relative_to(whole)).write_bytes(data)
                verdict = judged(expected, asked(home))
                seen, left = ("", "") if is_quick else examined(home)
                shutil.rmtree(home)
                verdicts[verdict] += 1
                line = f"{path.name[:24]:26}{kind:24}{verdict:14}doctor: {seen:34} after repair: {left}"
                console.print(line, style="bold red" if verdict == "SILENT WRONG" else None)
        console.print(", ".join(f"{verdict} {count}" for verdict, count in sorted(verdicts.items())))


def asked(home: Path) -> list[dict[str, object]] | None:
    """What a home answers, in a process of its own; None where that fails."""
    command = [sys.executable, "-m", "tests.bench.faults", ASK, str(home)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def ask(home: Path) -> None:
    """Print the answers of a home as JSON."""
    from kb.knowledge_base import KnowledgeBase

    lines = (PROJECT / "tests" / "questions" / "starter.jsonl").read_text("utf8").splitlines()
    questions = [json.loads(line)["question"] for line in lines][:: max(len(lines) // QUESTIONS, 1)][:QUESTIONS]
    with KnowledgeBase.open(home) as opened:
        answers = [opened.ask(question) for question in questions]
    said = [
        {
            "status": answer.status,
            "statements": [statement.text for statement in answer.statements],
            "places": [[c.document.id, c.start] for s in answer.statements for c in s.citations],
            "notices": [notice.key for notice in answer.warnings],
        }
        for answer in answers
    ]
    sys.stdout.write(json.dumps(said))


def judged(expected: list[dict[str, object]] | None, found: list[dict[str, object]] | None) -> str:
    """Right, loud, or a silent wrong answer."""
    if found is None:
        return "loud"
    notices = {key for answer in found for key in answer.pop("notices")}  # type: ignore[attr-defined]
    plain = [{key: value for key, value in answer.items() if key != "notices"} for answer in expected or []]
    if found == plain:
        return "right, told" if notices & ABOUT_THE_INDEX else "right"
    return "loud" if notices & ABOUT_THE_INDEX else "SILENT WRONG"


def examined(home: Path) -> tuple[str, str]:
    """What the doctor finds wrong, and what is left of it after a repair."""
    return doctor(home), doctor(home, "--repair")


def doctor(home: Path, *options: str) -> str:
    """The keys of what is wrong."""
    program = "from kb.cli.app import main; main()"
    command = [sys.executable, "-c", program, "doctor", "--json", "--home", str(home), *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        return (done.stderr.strip() or f"exit {done.returncode}")[:34]
    return " ".join(one["key"] for one in said["checks"] if one["severity"] == "wrong") or "-"


if __name__ == "__main__":
    if sys.argv[1:2] == [ASK]:
        ask(Path(sys.argv[2]))
    else:
        main(sys.argv[1:])
