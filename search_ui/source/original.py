"""The original file as it was read: a PDF opens in the browser, everything else is saved and never opened here."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from fastapi.responses import FileResponse

from kb.types import DocumentCard

# Nothing in the file may load, run or be put in a frame.
SEALED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
# A browser's own viewer of PDF does not work in a sandbox; it runs no script of the file on our behalf.
SEALED_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; frame-ancestors 'none'"

# Control characters, signs that turn the writing direction, and what means something in a path.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069/\\]")
_PLAIN_SIGN = re.compile(r"[^A-Za-z0-9._ ()+,=@-]")


def original_response(card: DocumentCard, path: Path) -> FileResponse:
    """The file at ``path`` as the original of a document."""
    shows = card.format == "pdf"
    headers = {
        "content-disposition": disposition("inline" if shows else "attachment", card.file_name),
        "content-security-policy": SEALED_PDF if shows else SEALED,
        "cache-control": "private, no-cache",
    }
    return FileResponse(path, headers=headers, media_type="application/pdf" if shows else "application/octet-stream")


def disposition(kind: str, file_name: str) -> str:
    """The header that names a file: in plain signs for old programs, and in all its signs (RFC 6266, RFC 8187)."""
    name = _UNSAFE.sub("_", file_name).strip() or "document"
    plain = _PLAIN_SIGN.sub("_", name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"
