"""Who is on the other side of a request. As Starlette has it, ``scope["user"]`` is a ``Visitor`` or nobody, and
``scope["auth"]`` what he may do; pages ask ``current_visitor`` what to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from starlette.authentication import AuthCredentials, BaseUser

from kb.users.types import folded
from search_ui.shell.asgi import Scope

READ, CHANGE = "read", "change"  # what people may do


@dataclass(frozen=True, slots=True)
class Visitor(BaseUser):
    """Someone who may come in. ``name`` is empty where nobody is asked for one; ``can_leave`` by a button of ours."""

    name: str = ""
    may_change: bool = False
    can_leave: bool = False

    @property
    def is_authenticated(self) -> bool:
        """Whether it is known who this is."""
        return bool(self.name)

    @property
    def display_name(self) -> str:
        """The name as it is written."""
        return self.name

    @property
    def identity(self) -> str:
        """The name as it is compared."""
        return folded(self.name)

    @property
    def credentials(self) -> AuthCredentials:
        """What he may do."""
        return AuthCredentials([READ, CHANGE] if self.may_change else [READ])


EVERYBODY = Visitor(may_change=True)  # at this computer

_current: ContextVar[Visitor | None] = ContextVar("visitor", default=EVERYBODY)


def current_visitor() -> Visitor | None:
    """Who gets the page that is being made; None for whoever may not come in. It decides about looks, never rights."""
    return _current.get()


def offers_changes() -> bool:
    """Whether the page that is being made shows how to change something."""
    visitor = current_visitor()
    return visitor is not None and visitor.may_change


def visitor_of(scope: Scope) -> Visitor | None:
    """Who asks in a request."""
    user = scope.get("user")
    return user if isinstance(user, Visitor) else None


@contextmanager
def visited_by(visitor: Visitor | None) -> Iterator[None]:
    """Make pages for someone."""
    token = _current.set(visitor)
    try:
        yield
    finally:
        _current.reset(token)
