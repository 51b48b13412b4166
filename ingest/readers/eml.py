"""E-mail messages as they are saved to a file: who wrote to whom, when and about what, then the text.

Of a text that was sent in two forms, the plain one is read unless it is poorer. Attachments are named, not read; a
message within a message is read too.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeAlias

from ingest.decoding import decode
from ingest.errors import Reason, UnreadableFile
from ingest.raw import RawBlock, RawDocument, page_from_blocks
from ingest.readers import html, mailtext
from ingest.types import BlockKind, DocumentInfo

Part: TypeAlias = Any  # an EmailMessage, whose types do not follow its parts

ENVELOPE = ("Date", "To", "Cc")
SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
READ = ("text/plain", "text/html")
DEEPEST_MESSAGE = 4  # a message in a message, and so on
LOWEST_HEADING = 6
MIN_PLAIN_SHARE = 0.6  # a plain text with fewer of the letters only says that there is another
MIN_ROWS = 3  # so many rows of a table are worth what plain text cannot show
ATTACHMENTS = "attachments_not_read"
BAD_HEADER = (ValueError, IndexError, AttributeError, TypeError, LookupError)  # what the library trips over in headers
RAW_BYTES = re.compile("[\udc80-\udcff]")  # as the library hands on bytes that are no ASCII
REPLY = re.compile(r"(?:(?:re|fwd?|aw|antw|tr|doorst)\s*:\s*)+", re.I)


def read(path: Path, data: bytes) -> RawDocument:
    """The text of a message, on one page without a number. Raises UnreadableFile PASSWORD for an encrypted one."""
    message = message_from_bytes(data, policy=policy.default)
    reader = _Reader(path)
    blocks = list(reader.message(message, 1))
    warnings = (ATTACHMENTS,) if reader.leaves_out else ()
    return RawDocument("eml", (page_from_blocks(None, blocks),), _info(path, message), warnings)


@dataclass(slots=True)
class _Reader:
    """Reads one file; ``leaves_out`` says that something in it is not read."""

    path: Path
    leaves_out: bool = False
    attachments: list[str] = field(default_factory=list)

    def message(self, message: Part, level: int) -> Iterator[RawBlock]:
        """A message: its subject, who and when, its text, the names of its attachments."""
        outer, self.attachments = self.attachments, []
        for name in ENVELOPE:
            yield from self._named(BlockKind.BOILERPLATE, message, name)
        yield from _block(BlockKind.HEADING, _header(self.path, message, "Subject"), level)
        yield from self._named(BlockKind.PARAGRAPH, message, "From")  # a question may name who wrote it
        yield from self._part(message, level)
        yield from _block(BlockKind.PARAGRAPH, ", ".join(self.attachments))
        self.attachments = outer

    def _named(self, kind: BlockKind, message: Part, name: str) -> Iterator[RawBlock]:
        text = _header(self.path, message, name)
        yield from _block(kind, f"{name}: {text}" if text else "")

    def _part(self, part: Part, level: int) -> Iterator[RawBlock]:
        kind = part.get_content_type()
        if kind in ENCRYPTED:
            raise UnreadableFile(self.path, Reason.PASSWORD)
        if kind == "message/rfc822" and part.is_multipart():
            yield from self._inner_message(part, level)
        elif kind == "multipart/alternative" and part.is_multipart():
            yield from self._best(part, level)
        elif part.get_content_maintype() == "multipart" and part.is_multipart():
            for inner in part.get_payload():
                yield from self._part(inner, level)
        elif kind in READ and part.get_content_disposition() != "attachment":
            yield from self._text(part, level)
        else:
            self._name(part)

    def _inner_message(self, part: Part, level: int) -> Iterator[RawBlock]:
        if level >= DEEPEST_MESSAGE:
            self.leaves_out = True
            return
        for inner in part.get_payload():
            yield from self.message(inner, level + 1)

    def _best(self, part: Part, level: int) -> Iterator[RawBlock]:
        """Of the forms of one text, the plain one unless another says clearly more."""
        forms = [(inner.get_content_type(), list(self._part(inner, level))) for inner in part.get_payload()]
        plain = next((blocks for kind, blocks in forms if kind == "text/plain"), [])
        rich: list[RawBlock] = next((blocks for kind, blocks in reversed(forms) if kind != "text/plain" and blocks), [])
        rows = sum(block.kind is BlockKind.TABLE_ROW for block in rich)
        yield from rich if rows >= MIN_ROWS or _letters(plain) < MIN_PLAIN_SHARE * _letters(rich) else plain

    def _text(self, part: Part, level: int) -> Iterator[RawBlock]:
        text = _decoded(self.path, part)
        if part.get_content_type() == "text/html":
            blocks = self._web_page(text)
        else:
            blocks = mailtext.blocks_of(self.path, text, flowed=part.get_param("format") == "flowed")
        for block in blocks:  # its headings stand under the subject
            is_heading = block.kind is BlockKind.HEADING
            yield replace(block, level=min(block.level + level, LOWEST_HEADING)) if is_heading else block

    def _web_page(self, text: str) -> Iterator[RawBlock]:
        if text.strip():
            page = html.read(self.path, codecs.BOM_UTF8 + text.encode("utf-8", "replace"))
            yield from (block for page in page.pages for block in page.blocks)

    def _name(self, part: Part) -> None:
        """Note an attachment; a picture that stands in the text, or the proof of a signature, is none."""
        is_shown = part.get_content_maintype() == "image" and "Content-ID" in part
        if part.get_content_type() in SIGNATURES or (is_shown and part.get_content_disposition() != "attachment"):
            return
        with contextlib.suppress(*BAD_HEADER):
            self.attachments += filter(None, [_clean(self.path, part.get_filename() or "")])
        self.leaves_out = True


def _header(path: Path, message: Part, name: str) -> str:
    """The value of a header, decoded; "" for one that is not there. One in raw bytes, or in such disorder that the
    library fails on it, is given as it stands.
    """
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    if RAW_BYTES.search(raw):
        return _clean(path, raw)
    with contextlib.suppress(*BAD_HEADER):
        return _clean(path, str(message.get(name, "")))
    return _clean(path, raw)


def _clean(path: Path, value: str) -> str:
    """A value on one line; bytes that no charset was given for are read as the text of a file is."""
    with contextlib.suppress(UnicodeError, UnreadableFile):
        value = decode(path, value.encode("utf-8", "surrogateescape"))
    return " ".join(value.encode("utf-8", "ignore").decode("utf-8").split())


def _decoded(path: Path, part: Part) -> str:
    """The characters of a text, as it declares them where that holds."""
    payload = part.get_payload(decode=True) or b""
    declared = str(part.get_content_charset() or "utf-8").lower()
    with contextlib.suppress(UnicodeDecodeError, LookupError):
        name = "windows-1252" if declared in ("iso-8859-1", "latin1") else declared
        return payload.decode(name).replace("\r\n", "\n").replace("\r", "\n")
    with contextlib.suppress(UnreadableFile):
        return decode(path, payload)
    return payload.decode("utf-8", "replace")  # some bytes were lost on the way: the rest can be read


def _letters(blocks: list[RawBlock]) -> int:
    return sum(character.isalpha() for block in blocks for character in block.text)


def _block(kind: BlockKind, text: str, level: int = 0) -> Iterator[RawBlock]:
    if any(character.isalnum() for character in text):
        yield RawBlock(kind, text, level)


def _info(path: Path, message: EmailMessage) -> DocumentInfo:
    subject = REPLY.sub("", _header(path, message, "Subject"), count=1)
    name, address = parseaddr(_header(path, message, "From"))
    return DocumentInfo(
        title=subject or None,
        publisher=name or address or None,
        date=_day(_header(path, message, "Date")),
        kind="e-mail",
    )


def _day(value: str) -> str | None:
    with contextlib.suppress(*BAD_HEADER):
        return parsedate_to_datetime(value).date().isoformat()
    return None
