"""What the tests of readers share: the project's own documents in the formats of LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from filelock import FileLock

CONVERSIONS = (("odt", "docx"), ("rtf", "docx"), ("odp", "pptx"))


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory, starter_corpus: Path) -> Path:
    """A folder with the Word texts of the starter corpus as .odt and .rtf, and its slides as .odp: made by the first of
    the processes that run tests, found by the others.
    """
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice), which makes the other formats, is not installed")
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "converted"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            arriving = folder.with_suffix(".part")
            convert(soffice, starter_corpus, arriving)
            arriving.replace(folder)
    return folder


def convert(soffice: str, corpus: Path, folder: Path) -> None:
    """Have LibreOffice save documents in its own formats."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for target, source in CONVERSIONS:
        files = sorted(str(path) for path in corpus.glob(f"*.{source}"))
        command = [soffice, profile, "--headless", "--convert-to", target, "--outdir", str(folder), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
