"""Backups that are made while documents are added: is each of them, put back, found whole by the doctor?

python -m tests.bench.backups [NUMBER]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from rich.console import Console

from kb.backup import back_up, restore
from kb.doctor.examination import examine
from kb.doctor.types import Severity
from kb.home import Home

FILES = 40
PROGRAM = "from kb.cli.app import main; main()"


def main(number: int) -> None:
    """Add, replace and remove documents in another process, and back up meanwhile."""
    console = Console(width=150, highlight=False)
    with tempfile.TemporaryDirectory(prefix="bronvast-backups-") as name:
        folder = Path(name)
        home = Home(folder / "home")
        (folder / "documents").mkdir()
        write(folder / "documents", 0)
        bronvast(home, "ingest", str(folder / "documents"))
        stop = threading.Event()
        writer = threading.Thread(target=keep_writing, args=(home, folder / "documents", stop))
        writer.start()
        clean = 0
        for turn in range(number):
            made = back_up(home, folder / "kopie.zip", replace=True)
            put_back = Home(folder / f"back-{turn}")
            restore(folder / "kopie.zip", put_back)
            wrong = [remark.key for _, remark in examine(put_back) if remark.severity is Severity.WRONG]
            clean += not wrong and not made.missing
            counts = f"{made.documents} documents, {len(made.missing)} missing"
            console.print(f"{turn + 1:3d}: {counts}, wrong: {wrong or '-'}")
        stop.set()
        writer.join()
        console.print(f"clean: {clean} of {number}")


def keep_writing(home: Home, documents: Path, stop: threading.Event) -> None:
    """Change the documents and read them again, and remove one, until it is enough."""
    round_number = 1
    while not stop.is_set():
        write(documents, round_number)
        bronvast(home, "ingest", str(documents))
        bronvast(home, "remove", f"nota-{round_number % FILES}")
        round_number += 1


def write(documents: Path, round_number: int) -> None:
    """The notes as they are in this round."""
    for number in range(FILES):
        paragraphs = "\n\n".join(
            f"De minister keurt begroting {number}.{part} goed in ronde {round_number}." for part in range(20)
        )
        (documents / f"nota-{number}.md").write_text(f"# Nota {number}\n\n{paragraphs}\n", encoding="utf8")


def bronvast(home: Home, *arguments: str) -> None:
    """Run a command in a process of its own."""
    command = [sys.executable, "-c", PROGRAM, *arguments, "--home", str(home.path)]
    subprocess.run(command, check=False, capture_output=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
