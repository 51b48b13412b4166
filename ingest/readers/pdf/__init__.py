"""PDF files, through pypdf and pypdfium2: the only package that imports them.

Text is taken in the order in which the file draws it, with the size, weight and place of every line.
"""

from __future__ import annotations

from ingest.readers.pdf.reader import read

__all__ = ["read"]
