"""Word texts and slide decks as a PDF, through LibreOffice where it is installed, so that their pages can be drawn.

LibreOffice has a profile of its own each time: no macros, no links, no network; what it leaves behind goes with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path

from ingest.archives import is_archive
from ingest.errors import NoPicture, PictureReason
from ingest.limits import MEBIBYTE, Limits

# LibreOffice maps much more address space than it uses.
OFFICE_LIMITS = Limits(seconds=120, most_seconds=120, memory=4096 * MEBIBYTE, open_files=1024)
SETTINGS = "registrymodifications.xcu"
# Hidden slides too: the number of a page is then that of its slide.
_SLIDES = 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'
_TEXT = "pdf:writer_pdf_Export"
TARGETS = {"docx": _TEXT, "odt": _TEXT, "rtf": _TEXT, "pptx": _SLIDES, "odp": _SLIDES}
ZIP_START = b"PK\x03\x04"
PROGRAMS = ("soffice", "libreoffice")
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_WITHOUT_NETWORK = ("unshare", "--user", "--map-root-user", "--net")


def office_program() -> str | None:
    """LibreOffice on this machine; None where it is not installed."""
    return next(filter(None, map(shutil.which, (*PROGRAMS, *PLACES))), None)


def to_pdf(original: Path, document_format: str) -> bytes:
    """A document of a format among ``TARGETS`` as LibreOffice prints it.

    Meant for a process of its own (``ingest.isolation.run_limited`` with ``OFFICE_LIMITS``), which ends LibreOffice
    with all that it started when it takes too long. Raises NoPicture: NO_OFFICE, or NOT_CONVERTED with what it says.
    """
    program = office_program()
    if program is None:
        raise NoPicture(PictureReason.NO_OFFICE)
    with tempfile.TemporaryDirectory(prefix="bronvast-office-") as name:
        folder = Path(name)
        source = folder / f"document.{document_format}"
        source.write_bytes(_from_its_start(original.read_bytes()))
        said = _convert(program, source, TARGETS[document_format], profile=_profile(folder))
        try:
            return source.with_suffix(".pdf").read_bytes()
        except FileNotFoundError:
            raise NoPicture(PictureReason.NOT_CONVERTED, said) from None


def _from_its_start(data: bytes) -> bytes:
    """An archive without the bytes that some servers put before it, which LibreOffice does not forgive."""
    return data[max(data.find(ZIP_START), 0) :] if is_archive(data) else data


def _convert(program: str, source: Path, target: str, *, profile: Path) -> str:
    """Run LibreOffice; what it says."""
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    command += ["--nolockcheck", "--convert-to", target, "--outdir", str(source.parent), str(source)]
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            [*_without_network(), *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=os.environ | {"HOME": str(profile)},
        )
    except OSError as error:
        raise NoPicture(PictureReason.NOT_CONVERTED, str(error)) from error
    return done.stderr.decode(errors="replace").strip()[-500:] or f"exit code {done.returncode}"


def _profile(folder: Path) -> Path:
    """A new profile with our settings."""
    profile = folder / "profile"
    user = profile / "user"
    user.mkdir(parents=True)
    (user / SETTINGS).write_bytes(files("ingest").joinpath("office_settings.xcu").read_bytes())
    return profile


@cache
def _without_network() -> tuple[str, ...]:
    """The words before a command that take the network from it, where the system lets users do that."""
    if shutil.which(_WITHOUT_NETWORK[0]) is None:
        return ()
    works = subprocess.run([*_WITHOUT_NETWORK, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603
    return _WITHOUT_NETWORK if works else ()
