"""Make the word tables anew: ``python -m kb.vocabulary PAIRS.tsv.xz PARAGRAPHS.tsv.xz``."""

from __future__ import annotations

import lzma
import sys
from pathlib import Path

from kb.vocabulary import DUTCH, TRANSLATIONS
from kb.vocabulary.make import dutch_stems_in, read_pairs, translations_in

HEADER = "# English words with Dutch ones, the likeliest first; made by python -m kb.vocabulary, see PROVENANCE.md.\n"


def main(pairs: Path, paragraphs: Path, folder: Path = Path(__file__).parent) -> None:
    """Write both tables."""
    (folder / DUTCH).write_bytes(lzma.compress("\n".join(dutch_stems_in(pairs, paragraphs)).encode(), preset=9))
    found = translations_in(list(read_pairs(pairs)))
    rows = (f"{english}\t{' '.join(dutch)}\n" for english, dutch in found.items())
    (folder / TRANSLATIONS).write_text(HEADER + "".join(rows), "utf8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
