"""The plain text of a message: what its author wrote, what he quotes of others, and the signature under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from ingest.raw import RawBlock
from ingest.readers import text as plain
from ingest.types import BlockKind

QUOTE = re.compile(r"(?:> ?)+")
SIGNATURE = re.compile(r"-- ?")
MAX_SIGNATURE_LINES = 12


def blocks_of(path: Path, text: str, *, flowed: bool = False) -> Iterator[RawBlock]:
    """The blocks of a text; quoted ones begin with as many ">" as people in between. ``flowed`` says that a line which
    ends with a space goes on in the next one (RFC 3676).
    """
    body, signature = _without_signature(text.split("\n"))
    for depth, lines in groupby(body, _depth):
        own = [line[len(_mark(line)) :] for line in lines]
        for block in _blocks(path, _unflowed(own) if flowed else own):
            yield replace(block, text="> " * depth + block.text) if depth else block
    for block in _blocks(path, signature):
        yield RawBlock(BlockKind.BOILERPLATE, block.text)


def _blocks(path: Path, lines: list[str]) -> Iterator[RawBlock]:
    """The blocks of lines that belong together."""
    joined = "\n".join(lines)
    if joined.strip():
        yield from (
            block for page in plain.read(path, joined.encode("utf-8", "replace")).pages for block in page.blocks
        )


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines before and after the last line that is only "-- ", if a few lines stand after it."""
    place = next((place for place in reversed(range(len(lines))) if SIGNATURE.fullmatch(lines[place])), len(lines))
    return (lines[:place], lines[place + 1 :]) if len(lines) - place <= MAX_SIGNATURE_LINES else (lines, [])


def _mark(line: str) -> str:
    """The signs before a quoted line."""
    match = QUOTE.match(line)
    return match[0] if match else ""


def _depth(line: str) -> int:
    return _mark(line).count(">")


def _unflowed(lines: list[str]) -> list[str]:
    """The lines as they were before they were cut."""
    whole: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on:
            whole[-1] += line
        else:
            whole.append(line)
        goes_on = line.endswith(" ")
    return whole
