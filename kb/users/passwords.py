"""Passwords: what they must be, and the only form in which they are kept (Argon2id, RFC 9106).

The library's own figures are used: 64 MiB of memory and three passes, RFC 9106's second recommended choice.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kb.errors import UsageError
from kb.users.types import folded

SHORTEST = 12  # characters
LONGEST = 1024  # bytes: what is longer is not even hashed
_LEAST_LEFT = 6  # different characters, when all that is easily guessed is taken away

_HASHER = PasswordHasher()
_LETTERS_FOR_SIGNS = str.maketrans("@4301!$57", "aaeoiisst")
_ROWS = ("qwertyuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "wxcvbn")
_ROWS_BOTH_WAYS = (*_ROWS, *(row[::-1] for row in _ROWS))
_YEAR = re.compile(r"(?:19|20)\d\d")
_GUESSED_FIRST = """
    bronvast wachtwoord paswoord password passwort passwoord passw geheim welkom welcome hallo hello login aanmelden
    beheerder lezer beheer administrator admin gebruiker user test kantoor office computer internet letmein iloveyou
    liefde schatje monkey dragon football voetbal vlaanderen nederland belgie brussel amsterdam antwerpen duaal leren
    januari februari maart april mei juni juli augustus september oktober november december
    lente zomer herfst winter maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
""".split()


def check_password(password: str, *, name: str) -> None:
    """Raise UsageError for a password that is too short, too long, or among the first that someone would guess."""
    if len(password) < SHORTEST:
        raise UsageError("password_short", least=SHORTEST)
    if len(_bytes(password)) > LONGEST:
        raise UsageError("password_long", most=LONGEST)
    if len(set(_hard_part(password, name))) < _LEAST_LEFT:
        raise UsageError("password_obvious", name=name)


def hashed(password: str) -> str:
    """What is kept of a password: salt, figures and hash in one text."""
    return _HASHER.hash(_bytes(password))


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one of which this was kept. With nothing kept it takes as long to say no."""
    nobodys = _hash_of_nobody()
    if len(_bytes(password)) > LONGEST:
        return False
    try:
        return _HASHER.verify(kept or nobodys, _bytes(password)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash(token_urlsafe())


def _bytes(password: str) -> bytes:
    """One form for one password, however a keyboard composed its accents; what is no text at all stays different."""
    return unicodedata.normalize("NFC", password).encode("utf8", "surrogatepass")


def _hard_part(password: str, name: str) -> str:
    """What is left of a password without years, keys in a row, and words that are guessed first."""
    left = _without_rows(_YEAR.sub("", password.casefold())).translate(_LETTERS_FOR_SIGNS)
    own = [part for part in re.split(r"\W+", folded(name)) if len(part) > 2]
    for word in sorted((*own, *_GUESSED_FIRST), key=len, reverse=True):
        left = left.replace(word.translate(_LETTERS_FOR_SIGNS), "")
    return left


def _without_rows(text: str) -> str:
    """Without what is typed by going on: 1234, dcba, aaa, qwert."""
    kept, start = "", 0
    while start < len(text):
        length = max(_steps(text, start), _along_a_row(text, start))
        kept += "" if length > 2 else text[start]
        start += length if length > 2 else 1
    return kept


def _steps(text: str, start: int) -> int:
    """How many characters from here on each come after the one before by the same step of -1, 0 or 1."""
    codes = [ord(character) for character in text[start:]]
    step = codes[1] - codes[0] if len(codes) > 1 else 2
    if abs(step) > 1:
        return 1
    length = 2
    while length < len(codes) and codes[length] - codes[length - 1] == step:
        length += 1
    return length


def _along_a_row(text: str, start: int) -> int:
    """How many characters from here on stand beside each other on a keyboard, in one row."""
    length = 1
    while start + length < len(text) and any(text[start : start + length + 1] in row for row in _ROWS_BOTH_WAYS):
        length += 1
    return length
