"""What may be told of an error in a log: which kind and where, never its message, which may quote a question."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.errors import KnowledgeBaseError

ROOMS = Path(__file__).resolve().parent.parent.parent
MOST_FRAMES = 30  # of an error, those nearest to it
MOST_CAUSES = 5


def failure_of(error: BaseException) -> dict[str, Any]:
    """The kind of an error with the places in the code that it passed, and so for what caused it."""
    told: dict[str, Any] = {"type": _name(error), "at": [*_places(error)][-MOST_FRAMES:]}
    causes = [{"type": _name(one), "at": [*_places(one)][-MOST_FRAMES:]} for one in _causes(error)]
    return told | ({"because": causes} if causes else {})


def place_of(path: str, line: int) -> str:
    """A place in the code: "kb/search.py:41", or "starlette/routing.py:12" for a library."""
    file = Path(path)
    short = file.relative_to(ROOMS) if file.is_relative_to(ROOMS) else Path(*file.parts[-2:])
    return f"{short.as_posix()}:{line}"


def _name(error: BaseException) -> str:
    """The name of an error; one of ours also says its key, which is never made of what somebody wrote."""
    name = type(error).__name__
    return f"{name}({error.key})" if isinstance(error, KnowledgeBaseError) else name


def _places(error: BaseException) -> Iterator[str]:
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"{place_of(frame.f_code.co_filename, line)} {frame.f_code.co_name}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen = {id(error)}
    for _ in range(MOST_CAUSES):
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is None or id(cause) in seen:
            return
        seen.add(id(cause))
        yield cause
        error = cause
