"""What the tests of readers share: the project's own documents in the formats of LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

CONVERSIONS = (("odt", "docx"), ("rtf", "docx"), ("odp", "pptx"))


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory, starter_corpus: Path) -> Path:
    """A folder with the Word texts of the starter corpus as .odt and .rtf, and its slides as .odp."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice), which makes the other formats, is not installed")
    folder = tmp_path_factory.mktemp("converted")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for target, source in CONVERSIONS:
        files = sorted(str(path) for path in starter_corpus.glob(f"*.{source}"))
        command = [soffice, profile, "--headless", "--convert-to", target, "--outdir", str(folder), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder
