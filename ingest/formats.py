"""Which format a file is in. Its content decides; the name only tells plain text from other kinds of text."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from ingest.archives import is_archive, main_content_type
from ingest.errors import Reason, UnreadableFile
from ingest.files import read_bytes


class Format(StrEnum):
    """The formats that are read."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    ODT = "odt"
    ODP = "odp"
    XLSX = "xlsx"
    EML = "eml"
    RTF = "rtf"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdown", ".mkd"}
TEXT_SUFFIXES = {"", ".txt", ".text", ".asc", ".rst"}
HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
OFFICE_SUFFIXES = {
    ".pdf", ".docx", ".docm", ".dotx", ".dotm", ".pptx", ".pptm", ".ppsx", ".ppsm", ".potx",
    ".odt", ".ott", ".odp", ".otp", ".xlsx", ".xlsm", ".xltx",
    ".eml", ".rtf",
}  # fmt: skip

# What the content type of an archive's main part, or its media type, holds.
ARCHIVED = {
    ("word",): Format.DOCX,
    ("opendocument.text",): Format.ODT,
    ("opendocument.presentation",): Format.ODP,
    ("presentation", "powerpoint"): Format.PPTX,
    ("spreadsheetml", "ms-excel"): Format.XLSX,
}
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
OLD_STREAMS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "Book", "PowerPoint Document"))
OUTLOOK_STREAM = "__properties_version".encode("utf-16-le")
RTF_MAGIC = b"{\\rtf"
FOREIGN_TEXT = (b"%!PS",)  # text to the eye, but written for a program
WIDE_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
SNIFFED_BYTES = 1 << 20
MAX_CONTROL_SHARE = 0.005  # compressed data holds 0.11; text with stray form controls far less

# RFC 5322: names without spaces, lines that go on with white space; an empty line, or nothing, after them.
MAIL_HEADER = re.compile(r"\s*(?:[!-9;-~]+:.*(?:\r?\n|\Z)(?:[ \t]+\S.*(?:\r?\n|\Z))*)+(?=\r?\n|\Z)")
HEADER_NAME = re.compile(r"^([!-9;-~]+):", re.M)
MAIL_NAMES = {"from", "to", "subject", "date", "message-id", "mime-version", "received"}
SENDING_NAMES = {"from", "message-id", "mime-version", "received"}
MIN_MAIL_NAMES = 2

HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
XML_START = re.compile(r"\s*<\?xml\b", re.I)
TAG = re.compile(r"<(?:p|div|h[1-6]|table|ul|ol|br|span|article|section)\b[^<>]*>", re.I)
ATX_HEADING = re.compile(r"^ {0,3}(#{1,6}) +\S", re.M)
STRONG = re.compile(r"\*\*\S[^*\n]*\S\*\*")
LINK = re.compile(r"\[[^\]\n]+\]\([^)\s]+\)")


def format_of(path: Path) -> Format:
    """The format of a file, by its content.

    Raises UnreadableFile: EMPTY, NOT_ALLOWED, VANISHED, PASSWORD, DAMAGED, TOO_LARGE, BINARY for something
    else that is named as text, UNKNOWN_FORMAT for every other kind.
    """
    return detect(path, read_bytes(path))


def detect(path: Path, data: bytes) -> Format:
    """The format of a file whose bytes have been read; raises as ``format_of``."""
    if b"%PDF-" in data[:1024] and (data.lstrip().startswith(b"%PDF-") or not _is_text(data)):
        return Format.PDF
    if is_archive(data):
        return _archive_format(path, data)
    if data.startswith(OLE_MAGIC):
        raise UnreadableFile(path, _old_office(path, data))
    if data[:SNIFFED_BYTES].lstrip().startswith(RTF_MAGIC):
        return Format.RTF
    if data.startswith(FOREIGN_TEXT) or not _is_text(data):
        raise UnreadableFile(path, _foreign(path))
    return _text_format(path, _sniffed(data))


def _archive_format(path: Path, data: bytes) -> Format:
    content_type = main_content_type(path, data) or ""
    found = next((kind for names, kind in ARCHIVED.items() if any(name in content_type for name in names)), None)
    if found is None:
        raise UnreadableFile(path, _foreign(path))
    return found


def _old_office(path: Path, data: bytes) -> Reason:
    """Why a file in the container of the Office programs before 2007 is set aside."""
    if ENCRYPTED_OFFICE in data:
        return Reason.PASSWORD
    if OUTLOOK_STREAM in data:
        return Reason.OUTLOOK_MESSAGE
    return Reason.OLD_OFFICE if any(name in data for name in OLD_STREAMS) else _foreign(path)


def _foreign(path: Path) -> Reason:
    """Why a file that is no text, and nothing else that is read, is set aside."""
    suffix = path.suffix.casefold()
    if suffix in OFFICE_SUFFIXES:
        return Reason.DAMAGED
    if suffix in (TEXT_SUFFIXES | MARKDOWN_SUFFIXES | HTML_SUFFIXES) - {""}:
        return Reason.BINARY
    return Reason.UNKNOWN_FORMAT


def _is_text(data: bytes) -> bool:
    if data.startswith(tuple(WIDE_MARKS)):
        return True
    head = data[:SNIFFED_BYTES]
    if b"\x00" in head:
        return False
    return len(head) - len(head.translate(None, CONTROL)) <= MAX_CONTROL_SHARE * len(head)


def _sniffed(data: bytes) -> str:
    """The first part of a text, decoded well enough to see what it is."""
    wide = next((name for mark, name in WIDE_MARKS.items() if data.startswith(mark)), None)
    return data[:SNIFFED_BYTES].decode(wide or "utf-8-sig", "replace")


def _text_format(path: Path, text: str) -> Format:
    suffix = path.suffix.casefold()
    if _is_mail(text):
        return Format.EML
    if HTML_START.match(text) or (suffix in HTML_SUFFIXES and TAG.search(text)):
        return Format.HTML
    if suffix in MARKDOWN_SUFFIXES:
        return Format.MARKDOWN
    if XML_START.match(text) or suffix not in TEXT_SUFFIXES | HTML_SUFFIXES | OFFICE_SUFFIXES:
        raise UnreadableFile(path, Reason.UNKNOWN_FORMAT)
    return Format.MARKDOWN if _looks_like_markdown(text) else Format.TEXT


def _is_mail(text: str) -> bool:
    """Whether a text begins with the header of a message: lines with a name and a colon, among them the usual ones."""
    header = MAIL_HEADER.match(text)
    names = {name.lower() for name in HEADER_NAME.findall(header[0])} if header else set()
    return len(names & MAIL_NAMES) >= MIN_MAIL_NAMES and not names.isdisjoint(SENDING_NAMES)


def _looks_like_markdown(text: str) -> bool:
    """Headings say it, but not alone: "# 3" may count something, and "# note" may be a remark."""
    levels = [len(mark) for mark in ATX_HEADING.findall(text)]
    marks = len(STRONG.findall(text)) + len(LINK.findall(text))
    return bool(levels) and (marks >= 2 or (len(levels) >= 2 and max(levels) >= 2))
