"""Repair of extracted text: white space, invisible characters, ligatures and words cut at a line's end.

No letter or digit is added, dropped or changed: ``letters_and_digits`` is equal before and after.
Glued words, typing errors and lost letters stay as they are: what is quoted must stand in the source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SOFT_HYPHEN = "\u00ad"
# Zero-width and direction marks, private-use glyphs, half surrogate pairs, control characters.
_UNSEEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff\ufffe\uffff]"
    "|[\ud800-\udfff]|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}

_CUT = re.compile(r"(?<![\w'’-])(\w[\w'’-]*)[-‐]\s*\n\s*(\w+)")  # a word at a line's end, and its other half
_HEAD = re.compile(r"(?<![\w'’-])(\w[\w'’-]*)([-‐\u00ad])$")
_TAIL = re.compile(r"\w+")
_WORD = re.compile(r"\w+(?:[-‐]\w+)*")

# "stage- en werkplekken": the hyphen stands for a word that comes later.
_SUSPENDING = frozenset("en of tot als dan noch maar en/of resp respectievelijk and or".split())
# Before these the hyphen belongs to the word in Dutch spelling: "niet-deelnemers", "oud-leerlingen".
_HYPHENATED_PREFIXES = frozenset("niet oud ex co e non anti vice mini semi adjunct aspirant pseudo quasi".split())
_COLLIDING_VOWELS = frozenset("aa ae ai au ee ei eu ie ii oe oi oo ou ui uu".split())


def letters_and_digits(text: str) -> str:
    """What repair must leave equal: the letters and digits of ``text``, in their compatibility form, folded."""
    plain = unicodedata.normalize("NFKC", without_unseen(text)).casefold()
    return "".join(filter(str.isalnum, plain))


def without_unseen(text: str) -> str:
    """The text without zero-width, private-use and control characters and half surrogate pairs."""
    return _UNSEEN.sub("", text)


def tidy(line: str) -> str:
    """One line with single spaces between its words and without characters that nobody sees."""
    visible = unicodedata.normalize("NFC", without_unseen(line)).translate(_LIGATURES)
    words = " ".join(visible.split())
    return words[:-1].replace(SOFT_HYPHEN, "") + words[-1:]


@dataclass(frozen=True, slots=True)
class Repair:
    """Mends the texts of one document, whose own words decide which line-break hyphens are real.

    ``words`` are the document's whole words in lower case; ``hyphenates`` says that it was set with
    automatic hyphenation, so that a hyphen at a line's end means nothing by itself.
    """

    words: frozenset[str]
    hyphenates: bool

    @classmethod
    def of(cls, texts: Iterable[str]) -> Repair:
        """The repair for a document, given all its texts."""
        whole: set[str] = set()
        cuts: list[tuple[str, str]] = []
        for text in texts:
            cuts += [(head.lower(), tail.lower()) for head, tail in _CUT.findall(text)]
            whole.update(word.lower() for word in _WORD.findall(_CUT.sub(" ", text)))
        joined = sum(head + tail in whole for head, tail in cuts)
        kept = sum(f"{head}-{tail}" in whole for head, tail in cuts)
        return cls(frozenset(whole), joined > 0 and joined >= kept)

    def mend(self, text: str) -> str:
        """The text on one line."""
        return "".join(self._mended_lines(text))

    def _mended_lines(self, text: str) -> Iterator[str]:
        left = ""
        for line in filter(None, map(tidy, text.splitlines())):
            left, glue = self.seam(left, line)
            yield left + glue
            left = line
        yield left

    def seam(self, left: str, right: str) -> tuple[str, str]:
        """How two tidy lines meet: the left one, less a hyphen that only marks the break, and what
        stands between them.
        """
        head, tail = _HEAD.search(left), _TAIL.match(right)
        if not left or not right:
            return left, ""
        if head is None or tail is None or tail[0] in _SUSPENDING:
            return left.removesuffix(SOFT_HYPHEN), " "
        drops = head[2] == SOFT_HYPHEN or self._is_break(head[1], tail[0])
        return (left[:-1] if drops else left), ""

    def _is_break(self, head: str, tail: str) -> bool:
        """Whether the hyphen between these halves only marks the line's end."""
        first, second = head.lower(), tail.lower()
        if f"{first}-{second}" in self.words or not head[-1].islower() or not tail[0].islower():
            return False
        if first + second in self.words:
            return True
        collides = first[-1] + second[0] in _COLLIDING_VOWELS and first in self.words
        return self.hyphenates and not ("-" in head or first in _HYPHENATED_PREFIXES or collides)
