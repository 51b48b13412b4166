"""What the disk is asked to keep before a name, a pointer or a commit counts: would a power cut take anything?

python -m tests.bench.power_loss

Each deed of ``tests.faulty_disk.states`` is done once on a disk that notes all operations, those of SQLite and
Chroma too; ``tests.faulty_disk.power`` reads them.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from rich.console import Console

from tests.faulty_disk import disk
from tests.faulty_disk.deeds import command
from tests.faulty_disk.disk import Fault
from tests.faulty_disk.power import unsafe
from tests.faulty_disk.states import DEEDS, Deed, Ground
from tests.faulty_disk.warm import Warm


def main() -> None:
    """Do, read, count."""
    console = Console(width=180, highlight=False)
    with tempfile.TemporaryDirectory(prefix="bronvast-power-") as name:
        top = Path(name)
        library = disk.build(top)
        if library is None:
            console.print(disk.NO_COMPILER)
            return
        with Warm(library) as warm:
            ground = Ground(top / "ground")
            ground.prepare(warm)
            for deed in DEEDS:
                count, found = looked_at(warm, ground, deed, top / "done")
                console.print(f"{deed.name}: {count} operations, unsafe: {len(found)}")
                for one in found:
                    console.print(f"  {one}", style="bold red", markup=False)


def looked_at(warm: Warm, ground: Ground, deed: Deed, folder: Path) -> tuple[int, list[str]]:
    """How many operations a deed took, and what is unsafe about them."""
    deed.lay(ground, folder)
    notes = folder.with_suffix(".notes")
    warm.call(command, Fault(folder, notes=notes), *deed.arguments(ground, folder))
    operations = disk.operations(notes)
    found = unsafe(operations, folder)
    shutil.rmtree(folder)
    notes.unlink()
    return len(operations), found


if __name__ == "__main__":
    main()
