"""From bytes to text: the one door to charset-normalizer.

Dutch text that is not UTF-8 is nearly always Windows-1252; a guess is made only where that gives odd letters.
"""

from __future__ import annotations

from pathlib import Path

from charset_normalizer import from_bytes

from ingest.errors import Reason, UnreadableFile

_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# What stands beside ASCII in western text, and what of it is common in Dutch.
_EXPECTED = set("áàâäãåéèêëíìîïóòôöõúùûüýÿçñøæœßÁÀÂÄÅÉÈÊËÍÏÓÒÔÖÚÙÛÜÇÑØŒ‘’“”„«»–—…€£§°²³½¼µ·•©®™´\u00a0\u00ad")
_COMMON = set("éëïöüèêàçáóúíÉ‘’“”–…•€\u00a0")
_OLD = ("mac-roman", "cp850")  # of old Macs and of DOS
_SURE_SHARE = 0.9  # of the characters beside ASCII


def decode(path: Path, data: bytes) -> str:
    """The text of a file, with line feeds as its only line ends. Raises UnreadableFile BINARY when it is no text."""
    return _decoded(path, data).replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")


def _decoded(path: Path, data: bytes) -> str:
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if marked:
        return data.decode(marked, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data) or _guessed(path, data)


def _western(data: bytes) -> str | None:
    """The text as Windows-1252 or an older encoding, if that gives the letters of a western language."""
    for name, expected in (("cp1252", _EXPECTED), *((name, _COMMON) for name in _OLD)):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        special = [character for character in text if character > "\x7f"]
        if sum(character in expected for character in special) >= _SURE_SHARE * len(special):
            return text
    return None


def _guessed(path: Path, data: bytes) -> str:
    match = from_bytes(data).best()
    if match is None:
        raise UnreadableFile(path, Reason.BINARY, "no known character encoding fits")
    return str(match)
