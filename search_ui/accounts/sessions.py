"""Who has logged in: in the memory of this server, so that a restart ends everything and no backup holds any of it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from secrets import token_urlsafe

from kb.users.types import User

LONGEST = 12 * 60 * 60  # seconds since someone logged in
IDLE = 2 * 60 * 60  # seconds since he last asked for something
MOST_OF_ONE = 20  # browsers in which one person is logged in; the oldest goes first
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """Someone who logged in, with the stamp that he had then."""

    name: str
    stamp: str
    began: float
    used: float


class Sessions:
    """Sessions under the hash of their token. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._by_hash: dict[str, Session] = {}  # the oldest first

    def begin(self, user: User) -> str:
        """Let someone in; the token for his browser, of 256 random bits."""
        token, now = token_urlsafe(_TOKEN_BYTES), self._clock()
        with self._guard:
            self._by_hash = {key: one for key, one in self._by_hash.items() if _is_alive(one, now)}
            own = [key for key, one in self._by_hash.items() if one.name == user.name]
            for key in own[: max(0, len(own) + 1 - MOST_OF_ONE)]:
                del self._by_hash[key]
            self._by_hash[_hash(token)] = Session(user.name, user.stamp, now, now)
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token, used once more; None where it is over or never was."""
        key, now = _hash(token), self._clock()
        with self._guard:
            session = self._by_hash.get(key)
            if session is None:
                return None
            if not _is_alive(session, now):
                del self._by_hash[key]
                return None
            self._by_hash[key] = replace(session, used=now)
            return session

    def end(self, token: str) -> None:
        """Let whoever has this token in no longer."""
        with self._guard:
            self._by_hash.pop(_hash(token), None)


def _is_alive(session: Session, now: float) -> bool:
    return now - session.began < LONGEST and now - session.used < IDLE


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf8", "surrogatepass")).hexdigest()
