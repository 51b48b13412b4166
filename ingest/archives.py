"""What lies in an Office file before it is unpacked: its main content type, and whether it is safe to open.

A .docx or .pptx is a zip archive. One of 300 kB can unpack to gigabytes, so the sizes in its directory are looked at
first. They may be too small: ``ingest.unpacking`` counts what really comes out, before a library opens the archive.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

from ingest.errors import Reason, UnreadableFile

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
MAX_MEMBER_BYTES = 200 * 2**20
MAX_TOTAL_BYTES = 2**30
MAX_XML_RATIO = 200  # measured on real documents: below 40
RATIO_FROM_BYTES = 2**20  # a small member may be as empty as it likes
LOCKED = 1  # the flag of a member that needs a password
# What zipfile raises for archives that are cut off, overwritten or packed in ways of their own.
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, OSError, ValueError)
CONTENT_TYPES = "[Content_Types].xml"
MAX_TYPES_BYTES = 8 * 2**20
MEDIA_TYPE = "mimetype"  # the member that says what an OpenDocument is
MAX_MEDIA_TYPE_BYTES = 100


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a zip, or the beginning of one. Some servers put a few bytes of their own before it."""
    return data.startswith(ZIP_MAGIC) or zipfile.is_zipfile(io.BytesIO(data))


def main_content_type(path: Path, data: bytes) -> str | None:
    """What an archive says it is: the content type of the main part of an Office file, or the media type of an
    OpenDocument; None when it is another kind of zip.

    Raises UnreadableFile: DAMAGED for a truncated archive, PASSWORD for one with locked members, TOO_LARGE for
    one that would flood the memory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {CONTENT_TYPES, MEDIA_TYPE}.intersection(archive.namelist())
            if not names:
                return None
            _check_members(path, archive.infolist())
            if CONTENT_TYPES not in names:
                return archive.open(MEDIA_TYPE).read(MAX_MEDIA_TYPE_BYTES).decode("ascii", "replace").strip()
            types = archive.open(CONTENT_TYPES).read(MAX_TYPES_BYTES).decode("utf-8", "replace")
    except BROKEN_ARCHIVE as error:
        raise UnreadableFile(path, Reason.DAMAGED, str(error)) from error
    main = re.search(r'ContentType="([^"]+\.main\+xml)"', types)
    return main[1] if main else None


def member(path: Path, data: bytes, name: str) -> bytes | None:
    """The content of one member of an archive, None when it is not there. Raises UnreadableFile DAMAGED."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if name not in archive.namelist():
                return None
            return archive.read(name)
    except BROKEN_ARCHIVE as error:
        raise UnreadableFile(path, Reason.DAMAGED, str(error)) from error


def _check_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & LOCKED for member in members):
        raise UnreadableFile(path, Reason.PASSWORD)
    if sum(member.file_size for member in members) > MAX_TOTAL_BYTES:
        raise UnreadableFile(path, Reason.TOO_LARGE, "unpacked size")
    for member in members:
        if member.file_size > MAX_MEMBER_BYTES or _is_bomb(member):
            raise UnreadableFile(path, Reason.TOO_LARGE, f"unpacked size of {member.filename}")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    is_xml = member.filename.endswith((".xml", ".rels"))
    ratio = member.file_size / max(member.compress_size, 1)
    return is_xml and member.file_size > RATIO_FROM_BYTES and ratio > MAX_XML_RATIO
