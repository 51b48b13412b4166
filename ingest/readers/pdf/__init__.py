"""PDF files, through pypdf and pypdfium2: the only package that imports them.

Text is taken in the order in which the file draws it, with the size, weight and place of every line.
"""

from __future__ import annotations

from pathlib import Path

from ingest.raw import RawDocument

__all__ = ["read"]


def read(path: Path, data: bytes) -> RawDocument:
    """The pages of a PDF. Raises UnreadableFile."""
    from ingest.readers.pdf import reader  # only now: pictures of pages need pdfium, and not pypdf

    return reader.read(path, data)
