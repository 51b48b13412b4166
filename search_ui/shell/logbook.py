"""The log of the server: one JSON object a line in ``<home>/logs``, kept small, without what people ask or write.

Every request is a line (``search_ui.shell.tracing``), and so is every warning of this program and its libraries. Of
those only the fixed part of the message is kept, never what is filled in, and of a library not even that: what is
filled in may quote a question, a file name or a secret. Only where that is asked for, questions are a line too.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from kb.errors import HomeError
from kb.home import Home
from kb.knowledge_base import QUESTIONS
from kb.wording import say
from search_ui.shell.failures import failure_of, place_of

REQUESTS = "search_ui.requests"
FIELDS = "fields"  # the attribute of a record with what its line says, where that was chosen with care
LARGEST, OLDER = 5_000_000, 4  # bytes of a file, and how many older ones are kept
_OURS = ("ingest", "kb", "search_ui")


class JsonLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": when, "level": record.levelname.lower(), **_said(record)}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["failure"] = failure_of(error)
        return json.dumps(line, ensure_ascii=False)


def _said(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] | None = getattr(record, FIELDS, None)
    if fields is not None:
        return fields
    known = record.name.partition(".")[0] in _OURS
    told = {"event": str(record.msg)} if known else {"event": "message", "logger": record.name}
    return {**told, "where": place_of(record.pathname, record.lineno)}


class Short(logging.Formatter):
    """A record as one line for the person at the terminal: that something went wrong, and where more stands."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        fields: dict[str, Any] = getattr(record, FIELDS, {})
        return say("ui.serve.trouble", id=fields.get("id", "-"), file=self._file)


@contextmanager
def logbook(home: Home, *, port: int, with_questions: bool = False) -> Iterator[Path]:
    """Keep the log of the server at a port while the block runs; its file. Raises HomeError where that cannot be.

    The file is named for the port: two servers of one home never write in the same.
    """
    file = home.logs / f"server-{port}.jsonl"
    try:
        home.logs.mkdir(exist_ok=True)
        kept = RotatingFileHandler(file, maxBytes=LARGEST, backupCount=OLDER, encoding="utf8", errors="replace")
    except OSError as error:
        raise HomeError("home_not_writable", path=home.path, detail=error.strerror) from error
    kept.setFormatter(JsonLine())
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(logging.ERROR)
    terminal.addFilter(logging.Filter("search_ui"))
    terminal.setFormatter(Short(file))
    with _hearing(kept, terminal, with_questions=with_questions):
        yield file


@contextmanager
def _hearing(*handlers: logging.Handler, with_questions: bool) -> Iterator[None]:
    """Let handlers hear all that they should; afterwards all is as it was."""
    root = logging.getLogger()
    wanted = {root: logging.WARNING, logging.getLogger(REQUESTS): logging.INFO}
    wanted[logging.getLogger(QUESTIONS)] = logging.INFO if with_questions else logging.CRITICAL
    levels = {logger: logger.level for logger in wanted}
    muted = {handler: handler.level for handler in root.handlers}
    for handler in muted:  # what the terminal would have heard
        handler.setLevel(max(handler.level, root.level))
    for logger, level in wanted.items():
        logger.setLevel(min(level, root.level) if logger is root else level)
    for handler in handlers:
        root.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
        for logger, level in levels.items():
            logger.setLevel(level)
        for handler, level in muted.items():
            handler.setLevel(level)
