"""Archives made safe before a library opens them: unpacked with counting, without pictures, XML without entities.

What an archive's directory says of sizes is not trusted: a member that promises a kilobyte can hold a gigabyte, and
``ZipFile.read`` unpacks it all before it looks. Archives within archives are left as they are, packed and unread.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from ingest.archives import BROKEN_ARCHIVE, LOCKED, MAX_XML_RATIO, RATIO_FROM_BYTES
from ingest.errors import Reason, UnreadableFile
from ingest.limits import limits_in_force

CHUNK_BYTES = 1 << 16
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those of Office files; others unpack without bounds
XML_SUFFIXES = {".xml", ".rels", ".vml"}
# Parts that no reader reads: they stay in the archive, empty, so that what refers to them is whole.
UNREAD_FOLDERS = {"media", "embeddings", "fonts", "activex", "pictures", "thumbnails"}
UNREAD_SUFFIXES = set(
    """
    .bin .bmp .docx .emf .eot .eps .fntdata .gif .jpeg .jpg .m4a .m4v .mov .mp3 .mp4 .odttf .ole .otf .pdf .png .pptx
    .svg .svm .tif .tiff .ttf .wav .wdp .webp .wmf .wmv .xlsx .zip
    """.split()
)


def plain_archive(path: Path, data: bytes) -> bytes:
    """The archive as one that is safe to open: the same members without compression, those that nobody reads empty.

    Raises UnreadableFile: TOO_LARGE for what unpacks beyond the limits in force, PASSWORD for locked members, UNSAFE
    for XML with entities of its own, DAMAGED for what cannot be unpacked.
    """
    plain = io.BytesIO()
    left = limits_in_force().unpacked_size
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(plain, "w") as target:
            for member in {member.filename: member for member in packed.infolist()}.values():
                content = b"" if _is_unread(member.filename) else _unpacked(path, packed, member, left)
                left -= len(content)
                target.writestr(member.filename, content)
    except BROKEN_ARCHIVE as error:
        raise UnreadableFile(path, Reason.DAMAGED, str(error)) from error
    return plain.getvalue()


def _is_unread(name: str) -> bool:
    place = PurePosixPath(name.lower())
    return place.suffix in UNREAD_SUFFIXES or not UNREAD_FOLDERS.isdisjoint(place.parts[:-1])


def _unpacked(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    if member.flag_bits & LOCKED:
        raise UnreadableFile(path, Reason.PASSWORD)
    if member.compress_type not in METHODS:
        raise UnreadableFile(path, Reason.DAMAGED, f"{member.filename} is packed in a way that Office files are not")
    content = _counted(path, archive, member, min(left, limits_in_force().member_size))
    if PurePosixPath(member.filename.lower()).suffix in XML_SUFFIXES:
        _refuse_definitions(path, member.filename, content)
    return content


def _counted(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """What a member holds, as long as it is no more than ``most`` bytes, nor all too many times its packed size."""
    is_xml = PurePosixPath(member.filename.lower()).suffix in XML_SUFFIXES
    if is_xml:
        most = min(most, max(MAX_XML_RATIO * member.compress_size, RATIO_FROM_BYTES))
    content = bytearray()
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            content += chunk
            if len(content) > most:
                raise UnreadableFile(path, Reason.TOO_LARGE, f"unpacked size of {member.filename}")
    return bytes(content)


class _RootReached(Exception):
    """Definitions stand before the first element; what follows is for the reader."""


def _refuse_definitions(path: Path, name: str, content: bytes) -> None:
    """Raise UnreadableFile where an XML text defines entities or attributes of its own, as a few lines of which
    unpack to gigabytes, or fetch other files. What is no XML at all is for the reader to refuse.
    """
    parser = expat.ParserCreate()

    def doctype(_name: str, _system: str | None, _public: str | None, has_definitions: bool) -> None:  # noqa: FBT001
        if has_definitions:
            raise UnreadableFile(path, Reason.UNSAFE, name)

    def element(_name: str, _attributes: dict[str, str]) -> None:
        raise _RootReached

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = element
    try:
        parser.Parse(content, True)  # noqa: FBT003 - a positional of expat's: all there is
    except (_RootReached, expat.ExpatError):
        return
