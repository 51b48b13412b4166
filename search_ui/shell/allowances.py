"""What a request may cost, by its kind: bytes, how many in a row, how many at once. All such figures stand here.

People never come near them: they are for programs that run wild, and for those who mean harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from starlette.routing import compile_path

from ingest.limits import MEBIBYTE, Limits
from kb.wording import LANGUAGES
from search_ui.library.addresses import Leaf, route_of
from search_ui.shell.asgi import SAFE_METHODS, Scope


class Kind(StrEnum):
    """What a request is for."""

    ASSET = "asset"  # scripts, styles, fonts
    LOOK = "look"  # pages
    PICTURE = "picture"  # of pages, drawn in child processes
    QUESTION = "question"
    HAND_OUT = "hand_out"  # answers as a file: up to fifty questions in one request
    UPLOAD = "upload"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Allowance:
    """``body``: bytes of a body. ``burst``: requests that one sender may make in a row, None for as many as they like;
    ``a_second``: how fast that grows back. ``at_once``: requests of all senders that are worked on at the same time,
    None where they do not stand in each other's way; ``waiting``: those that may wait for their turn.
    """

    kind: Kind
    body: int = MEBIBYTE
    burst: int | None = None
    a_second: float = 0.0
    at_once: int | None = None
    waiting: int = 0


ALLOWANCES = {
    one.kind: one
    for one in (
        Allowance(Kind.ASSET),
        Allowance(Kind.LOOK, burst=1000, a_second=30),
        Allowance(Kind.PICTURE, burst=1000, a_second=30, at_once=6, waiting=100),
        Allowance(Kind.QUESTION, burst=200, a_second=4),
        Allowance(Kind.HAND_OUT, burst=30, a_second=0.5, at_once=2, waiting=20),
        # The library says itself what is wrong with a file that is a little too large.
        Allowance(Kind.UPLOAD, body=Limits().file_size + MEBIBYTE, burst=6000, a_second=50),
        Allowance(Kind.CHANGE, burst=300, a_second=5),
    )
}

_ASSETS = ("/static/", "/assets/", "/gradio_api/startup-events", "/theme.css", "/favicon.ico")
_QUESTIONS = ("/gradio_api/queue/join", "/gradio_api/call/", "/gradio_api/run/", "/gradio_api/api/")
_HAND_OUTS = "/meenemen/"
_PICTURES = ("/beeld", ".webp")
_UPLOADS = tuple(
    compile_path(route_of(leaf, language))[0]
    for leaf in (Leaf.ADD, Leaf.NEW_VERSION, Leaf.BATCH_FILE)
    for language in LANGUAGES
)


def allowance_of(scope: Scope) -> Allowance:
    """What a request may cost."""
    return ALLOWANCES[_kind_of(scope["path"], is_safe=scope["method"] in SAFE_METHODS)]


def _kind_of(path: str, *, is_safe: bool) -> Kind:
    inside = path.removeprefix("/en")
    if inside.startswith(_QUESTIONS):
        return Kind.QUESTION
    if path.startswith(_HAND_OUTS):
        return Kind.HAND_OUT
    if is_safe:
        return _kind_of_look(inside)
    return Kind.UPLOAD if any(route.fullmatch(path) for route in _UPLOADS) else Kind.CHANGE


def _kind_of_look(path: str) -> Kind:
    if path.startswith(_ASSETS):
        return Kind.ASSET
    return Kind.PICTURE if path.startswith("/document/") and path.endswith(_PICTURES) else Kind.LOOK
