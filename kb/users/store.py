"""Who may come in: one small file in the home, ``users.json``, that is replaced whole.

Not in the catalogue: a person can be removed while documents are taken in for hours, nothing is left of him in a log
beside it, and putting back a backup of documents does not decide about people (``kb.backup.restoring``). A server looks
at the file with every request, so a change holds at once, whoever made it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from secrets import token_urlsafe

from kb.errors import HomeError, UsageError
from kb.flushing import write_for_owner
from kb.home import Home
from kb.users.passwords import check_password, hashed
from kb.users.types import Role, User, folded, tidy_name

FORMAT = 1  # of the file; a higher one was made by a later Bronvast

_People = dict[str, User]  # by folded name
_Mark = tuple[int, int, int]


class Users:
    """The people of one home. Safe to share between threads; changes are made one after the other."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._seen: tuple[_Mark | None, _People] = (None, {})

    def all(self) -> list[User]:
        """Everybody, by name. Raises HomeError for a file that cannot be read."""
        return sorted(self._people().values(), key=lambda user: folded(user.name))

    def find(self, name: str) -> User | None:
        """The person with this name, in capitals or not. Raises HomeError."""
        return self._people().get(folded(name))

    def known(self, name: str) -> User:
        """The same. Raises UsageError where there is none."""
        return _among(self._people(), name)

    def new_name(self, written: str) -> str:
        """The name that someone new gets. Raises UsageError for one that is taken or cannot be a name."""
        name = tidy_name(written)
        if self.find(name) is not None:
            raise UsageError("user_exists", name=name)
        return name

    def add(self, name: str, role: Role, password: str | None) -> User:
        """Someone new; without a password one who comes in through a proxy only. Raises UsageError, HomeError."""
        tidy = self.new_name(name)
        user = User(tidy, role, _kept(password, tidy), "", "")

        def added(people: _People) -> User:
            if folded(tidy) in people:
                raise UsageError("user_exists", name=tidy)
            return user

        return self._change(added)

    def set_password(self, name: str, password: str) -> User:
        """Another password. Raises UsageError, HomeError."""
        kept = _kept(password, self.known(name).name)
        return self._change(lambda people: replace(_among(people, name), password=kept))

    def set_role(self, name: str, role: Role) -> User:
        """Another role. Raises UsageError, HomeError."""
        return self._change(lambda people: replace(_among(people, name), role=role))

    def remove(self, name: str) -> User:
        """Let someone in no longer. Raises UsageError, HomeError."""
        with self._home.users_lock():
            people = self._people()
            gone = _among(people, name)
            self._write(user for key, user in people.items() if key != folded(name))
        return gone

    def end_sessions(self) -> list[User]:
        """Give everybody another stamp: whoever is in has to come in anew. Raises HomeError."""
        with self._home.users_lock():
            self._write([_stamped(user) for user in self._people().values()])
        return self.all()

    def _change(self, change: Callable[[_People], User]) -> User:
        """Put one person, with another stamp, in the place of the one with that name."""
        with self._home.users_lock():
            people = self._people()
            user = _stamped(change(people))
            self._write({**people, folded(user.name): user}.values())
        return user

    def _people(self) -> _People:
        path = self._home.users
        try:
            found = path.stat()
            mark = (found.st_ino, found.st_mtime_ns, found.st_size)
            seen, people = self._seen
            if mark != seen:
                people = _read(path.read_bytes())
                self._seen = (mark, people)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise HomeError("users_damaged", path=path, detail=error) from error
        return people

    def _write(self, users: Iterable[User]) -> None:
        said = {"format": FORMAT, "users": [asdict(user) for user in users]}
        try:
            write_for_owner(self._home.users, json.dumps(said, ensure_ascii=False, indent=1).encode())
        except OSError as error:
            raise HomeError("home_not_writable", path=self._home.path, detail=error.strerror) from error


def _read(written: bytes) -> _People:
    said = json.loads(written)
    if said["format"] != FORMAT:
        raise ValueError(f"format {said['format']}")
    users = [User(**{**one, "role": Role(one["role"])}) for one in said["users"]]
    return {folded(user.name): user for user in users}


def _among(people: _People, name: str) -> User:
    if folded(name) not in people:
        raise UsageError("no_such_user", name=name)
    return people[folded(name)]


def _kept(password: str | None, name: str) -> str:
    if password is None:
        return ""
    check_password(password, name=name)
    return hashed(password)


def _stamped(user: User) -> User:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return replace(user, stamp=token_urlsafe(16), changed_at=now)
