"""Make the documents of the starter corpus from the drafts, and the manifest with their hashes.

python corpus/build.py            write the documents and sources.toml
python corpus/build.py --check    say what no longer belongs together; exit status 1 if anything
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from making.draft import LANGUAGE, LICENCE, PROVENANCE, PUBLISHER, Draft, read_draft
from making.pdf import write_pdf
from making.plain import write_markdown, write_plain
from making.slides import write_slides
from making.web import write_page
from making.word import write_word

CORPUS = Path(__file__).resolve().parent
DRAFTS = CORPUS / "drafts"
MANIFEST = CORPUS / "sources.toml"
IGNORED = ["drafts", "making", "build.py", "README.md"]

WRITERS: dict[str, Callable[[Draft, Path], None]] = {
    "docx": write_word,
    "html": write_page,
    "md": write_markdown,
    "pdf": write_pdf,
    "pptx": write_slides,
    "txt": write_plain,
}


def main(arguments: list[str]) -> int:
    """Build or check; the exit status."""
    if arguments == ["--check"]:
        return check()
    if arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    build()
    return 0


def build() -> None:
    """Write every document and the manifest."""
    tables = [_made(draft_path) for draft_path in sorted(DRAFTS.glob("*.md"))]
    MANIFEST.write_text("\n".join([_opening(), *tables]), encoding="utf-8", newline="\n")


def check() -> int:
    """Compare the documents and drafts with the hashes in the manifest; 1 where one differs."""
    problems = list(_problems())
    for problem in problems:
        sys.stderr.write(f"{problem}: run python corpus/build.py\n")
    return 1 if problems else 0


def _made(draft_path: Path) -> str:
    draft = read_draft(draft_path)
    target = CORPUS / draft.file_name
    WRITERS[draft.format](draft, target)
    sys.stdout.write(f"{target.name}\n")
    return _table(draft, sha256=_digest(target), draft_sha256=_digest(draft_path))


def _opening() -> str:
    return f"# Made by build.py from the drafts: edit those, then run it again.\nignore = {_toml(IGNORED)}\n"


def _table(draft: Draft, **digests: str) -> str:
    facts = {
        "title": draft.title,
        "publisher": PUBLISHER,
        "date": draft.date.isoformat(),
        "kind": draft.kind,
        "language": LANGUAGE,
        "region": draft.region,
        "provenance": PROVENANCE,
        "licence": LICENCE,
        "draft": f"drafts/{draft.name}.md",
        **digests,
        "reports_on": list(draft.reports_on),
    }
    lines = [f"{key} = {_toml(value)}" for key, value in facts.items()]
    return "\n".join([f"[{_toml(draft.file_name)}]", *lines, ""])


def _toml(value: Sequence[str]) -> str:
    """A string or list of strings in TOML, which writes both as JSON does."""
    return json.dumps(value, ensure_ascii=False)


def _problems() -> Iterator[str]:
    recorded = {name: table for name, table in _manifest().items() if isinstance(table, dict)}
    for name, table in recorded.items():
        if _digest(CORPUS / name) != table["sha256"]:
            yield f"{name} is not the file that was built"
        if _digest(CORPUS / table["draft"]) != table["draft_sha256"]:
            yield f"{table['draft']} has changed since {name} was built"
    for draft_path in DRAFTS.glob("*.md"):
        if draft_path.stem not in {Path(name).stem for name in recorded}:
            yield f"drafts/{draft_path.name} has not been built"


def _manifest() -> dict[str, object]:
    return tomllib.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {}


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
