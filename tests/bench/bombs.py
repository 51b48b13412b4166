"""Each bomb in its full size, read under the usual limits: seconds, peak memory of the process, what became of it.

python -m tests.bench.bombs [NAME ...]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from ingest.errors import UnreadableFile
from ingest.isolation import Pool
from ingest.reading_pool import ReadingPool
from tests.hostile.bombs import BOMBS

# Of all children of a process the kernel tells only the largest, so each bomb is read by a process of its own; and a
# process that made a bomb is large itself, so it is another one that reads.
READ = "--read"


def main(names: list[str]) -> None:
    """Make and read the bombs of these names, or all."""
    console = Console(width=150, highlight=False)
    console.print(f"{'file':28}{'bytes':>12}{'seconds':>9}{'MB':>7}  outcome")
    for name in names or BOMBS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(BOMBS[name].make(BOMBS[name].full))
            command = [sys.executable, "-m", "tests.bench.bombs", READ, str(path)]
            done = subprocess.run(command, check=False, capture_output=True, text=True)
        console.print(done.stdout.rstrip() or f"{name}: {done.stderr[-500:]}", markup=False)


def line_for(path: Path) -> str:
    """Read a bomb: its line of the table."""
    start = time.perf_counter()
    outcome = _outcome(path)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return f"{path.name:28}{path.stat().st_size:>12}{seconds:>9.1f}{peak:>7}  {outcome}"


def _outcome(path: Path) -> str:
    pool = Pool(1)
    try:
        with ReadingPool(pool=pool) as readers:
            read = readers.begin(path).result()
    except UnreadableFile as error:
        return f"{error.reason} {error.detail[:60]}"
    finally:
        pool.close()
    return f"read: {len(read.document.pages)} pages, {len(read.document.text)} characters"


if __name__ == "__main__":
    if sys.argv[1:2] == [READ]:
        Console(width=200, highlight=False).print(line_for(Path(sys.argv[2])), markup=False)
    else:
        main(sys.argv[1:])
