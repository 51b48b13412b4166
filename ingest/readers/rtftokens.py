"""The tokens of Rich Text Format: control words, groups, and bytes of text in one code page or another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
# The code pages of the character sets that a font can name.
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "~": "\u00a0", "_": "\u2011",
    "-": "\u00ad", "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A control word or sign, with its number: ("fs", 24) for letters of twelve points."""

    name: str
    number: int | None = None

    @property
    def is_on(self) -> bool:
        """Whether a switch is on: with the number 0 it is not."""
        return self.number != 0


@dataclass(frozen=True, slots=True)
class Brace:
    """The beginning of a group, or its end."""

    opens: bool


Token = Word | Brace | bytes


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a text; bytes are characters in the code page in force. Bytes of pictures are passed over."""
    place = 0
    while found := TOKEN.match(data, place):
        place = found.end()
        if found["text"]:
            yield found["text"]
        elif found["hex"]:
            yield bytes.fromhex(found["hex"].decode("ascii"))
        elif found["brace"]:
            yield Brace(found["brace"] == b"{")
        elif found["word"] == b"bin":
            place += max(int(found["number"] or 0), 0)
        elif found["word"] or found["sign"]:
            yield _word(found)


def _word(found: re.Match[bytes]) -> Word:
    if found["word"]:
        return Word(found["word"].decode("ascii"), int(found["number"]) if found["number"] else None)
    return Word("par" if found["sign"] in (b"\n", b"\r") else found["sign"].decode("latin-1"))
