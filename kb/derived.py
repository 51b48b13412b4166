"""What is made from the originals so that their pages can be shown: it may be deleted at any time.

<home>/derived/<digest>.pdf      a Word text or a slide deck as LibreOffice prints it
<home>/derived/<digest>.json     the letters and digits of each of its pages
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import LimitExceeded, NoPicture, PictureReason
from ingest.geometry import letters_of_pages
from ingest.isolation import run_limited
from ingest.office_images import OFFICE_LIMITS, office_program, to_pdf
from kb.errors import refused
from kb.flushing import arriving_at, make_folder
from kb.home import Home


@dataclass(frozen=True, slots=True)
class Printed:
    """A document as pages: its PDF, and the letters and digits of each page."""

    pdf: Path
    page_letters: tuple[str, ...]


class Printer:
    """Makes pages of documents that have none of their own; one at a time, and each once."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._at_work = threading.Lock()
        self._refused: dict[
            str, NoPicture | LimitExceeded
        ] = {}  # what cannot be printed is not tried again by this process

    def printed(self, digest: str, document_format: str) -> Printed:
        """The original with this SHA-256 as pages: seconds for the first time.

        Raises NoPicture, or HomeError where the home cannot take it.
        """
        with self._at_work:
            kept = self._kept(digest)
            return kept or self._print(digest, document_format)

    def _kept(self, digest: str) -> Printed | None:
        pdf, letters = self._paths(digest)
        try:
            return Printed(pdf, tuple(json.loads(letters.read_text("utf8")))) if pdf.is_file() else None
        except (FileNotFoundError, ValueError):
            return None

    def _print(self, digest: str, document_format: str) -> Printed:
        if digest in self._refused:
            raise self._refused[digest]
        if office_program() is None:
            raise NoPicture(PictureReason.NO_OFFICE)
        try:
            data = run_limited(to_pdf, self._home.original(digest), document_format, limits=OFFICE_LIMITS)
            page_letters = run_limited(letters_of_pages, data)
        except (NoPicture, LimitExceeded) as error:
            refused = self._refused[digest] = NoPicture(PictureReason.NOT_CONVERTED, error.detail or error.reason)
            raise refused from error
        pdf, letters = self._paths(digest)
        self._keep(pdf, data)
        self._keep(letters, json.dumps(page_letters).encode())
        return Printed(pdf, page_letters)

    def _paths(self, digest: str) -> tuple[Path, Path]:
        return self._home.derived / f"{digest}.pdf", self._home.derived / f"{digest}.json"

    def _keep(self, path: Path, data: bytes) -> None:
        try:
            make_folder(path.parent)
            with arriving_at(path) as arriving:
                arriving.write_bytes(data)
        except OSError as error:
            raise refused(self._home.path, error) from error
