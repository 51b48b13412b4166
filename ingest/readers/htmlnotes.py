"""The footnotes of a web page: what a small number in the text links to."""

from __future__ import annotations

import re
from typing import Any

Element = Any  # lxml's

NOTE_NAME = re.compile(
    r"(?:^|[_:-])(?:fn|ftn|footnote|voetnoot|note|noot|cite_note|endnote|eindnoot|edn)\D*?(\d{1,3})$", re.I
)
NUMBER = re.compile(r"[\[(]?(\d{1,3})[\])]?$")


def note_ids(root: Element) -> dict[str, str]:
    """The ids of the notes, with their numbers: named as notes, and linked to from a number in the text."""
    found: dict[str, str] = {}
    for link in root.iter("a"):
        target = (link.get("href") or "").partition("#")[2]
        number = NUMBER.match("".join(link.itertext()).strip())
        if number and NOTE_NAME.search(target):
            found.setdefault(target, number[1])
    return found
