"""Known weaknesses of the libraries we pin: each is mended in the version that we use, or has a reason."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.version import Version

PROJECT = Path(__file__).resolve().parent.parent
TABLE = tomllib.loads((PROJECT / "tests" / "advisories.toml").read_text("utf8"))
REVIEWED = TABLE.pop("reviewed")
PINS = dict(
    line.lower().split("==")
    for line in (PROJECT / "constraints.txt").read_text("utf8").splitlines()
    if "==" in line and not line.startswith("#")
)
# What reads bytes from a browser, or from a file that somebody added.
FACING = {"gradio", "h11", "jinja2", "lxml", "orjson", "pillow", "pypdf", "pypdfium2", "python-multipart", "starlette",
          "uvicorn", "chromadb"}  # fmt: skip


@pytest.mark.parametrize("library", sorted(TABLE))
def test_every_known_weakness_is_mended_or_has_a_reason(library: str) -> None:
    """The pinned version is not below the one that mends it."""
    said = TABLE[library]
    below = {name: fixed for name, fixed in said.get("fixed", {}).items() if Version(PINS[library]) < Version(fixed)}

    assert below == {}
    assert said["faces"]
    assert all(len(reason) > 20 for reason in said.get("open", {}).values())


def test_what_faces_the_outside_was_looked_at() -> None:
    """None of them is left out."""
    assert FACING - set(TABLE) == set()


def test_an_older_version_would_be_noticed() -> None:
    """The comparison is one of versions, not of letters."""
    assert Version("0.0.9") < Version(TABLE["python-multipart"]["fixed"]["CVE-2026-40347"])
    assert Version("6.9.1") < Version(TABLE["pypdf"]["fixed"]["CVE-2026-40260"])
