"""Who has logged in. A restart of the server lets nobody wait before the door: what is needed to know a browser again
is kept in the home, for the owner of the file alone, and no token is in it. No backup holds any of it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from secrets import token_urlsafe

from kb.flushing import write_for_owner
from kb.users.types import User

LONGEST = 12 * 60 * 60  # seconds since someone logged in
IDLE = 2 * 60 * 60  # seconds since he last asked for something
KEPT_EVERY = 5 * 60  # seconds, where nothing changed but who asked last
MOST_OF_ONE = 20  # browsers in which one person is logged in; the oldest goes first
_TOKEN_BYTES = 32
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Session:
    """Someone who logged in, with the stamp that he had then."""

    name: str
    stamp: str
    began: float
    used: float


class Sessions:
    """Sessions under the hash of their token, in the memory of one server and in a file. Safe to share between threads.

    Where the disk refuses, the sessions last as long as the server.
    """

    def __init__(self, clock: Callable[[], float], file: Path) -> None:
        self._clock = clock
        self._file = file
        self._guard = threading.Lock()
        self._by_hash = _kept_in(file)  # the oldest first
        self._kept_at = clock()

    def begin(self, user: User) -> str:
        """Let someone in; the token for his browser, of 256 random bits."""
        token, now = token_urlsafe(_TOKEN_BYTES), self._clock()
        with self._guard:
            self._by_hash = {key: one for key, one in self._by_hash.items() if _is_alive(one, now)}
            own = [key for key, one in self._by_hash.items() if one.name == user.name]
            for key in own[: max(0, len(own) + 1 - MOST_OF_ONE)]:
                del self._by_hash[key]
            self._by_hash[_hash(token)] = Session(user.name, user.stamp, now, now)
            self._keep(now)
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
            if now - self._kept_at >= KEPT_EVERY:
                self._keep(now)
            return session

    def end(self, token: str) -> None:
        """Let whoever has this token in no longer."""
        with self._guard:
            if self._by_hash.pop(_hash(token), None) is not None:
                self._keep(self._clock())

    def _keep(self, now: float) -> None:
        self._kept_at = now
        said = {key: asdict(session) for key, session in self._by_hash.items()}
        try:
            self._file.parent.mkdir(mode=0o700, exist_ok=True)
            write_for_owner(self._file, json.dumps(said).encode())
        except OSError as error:
            _log.warning("who is logged in is not kept for after a restart: %s", error)


def _kept_in(file: Path) -> dict[str, Session]:
    """What the file holds; nothing where it cannot be read."""
    try:
        return {key: Session(**said) for key, said in json.loads(file.read_text("utf8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _is_alive(session: Session, now: float) -> bool:
    return now - session.began < LONGEST and now - session.used < IDLE


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf8", "surrogatepass")).hexdigest()
