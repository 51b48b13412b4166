"""A connection as the server keeps it: one that says nothing, or reads nothing, is ended.

Measured of the server alone (uvicorn 0.54): a connection that sends no request, or its headers one byte at a time,
stays for ever; so does one that never reads its reply, and one that drips a body that was refused. Here each of these
has a clock. Of connections that have not asked anything yet there are never more than ``MOST_WAITING``: a newcomer
takes the place of the one that has waited longest, so that a thousand idle ones shut nobody out.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle, Transport

    from uvicorn import Config
    from uvicorn.server import ServerState

HEADER_SECONDS = 10.0  # for the line and the headers of a request
READING_SECONDS = 30.0  # for a client to read a little of its reply, and afterwards to stop sending
LINGERING_SECONDS = 2.0  # for a client that is still sending to read why that is of no use
MOST_WAITING = 256
MOST_CONNECTIONS = 700  # of all kinds together, well below the files that a process may have open
LONGEST_HEADERS = 64 * 2**10  # bytes: the address of a dossier holds all its questions


class Connection(H11Protocol):
    """One connection, with a clock for each state that a client could stay in."""

    waiting: ClassVar[OrderedDict[Connection, None]] = OrderedDict()  # for a request, the longest first
    header_seconds: ClassVar[float] = HEADER_SECONDS
    reading_seconds: ClassVar[float] = READING_SECONDS

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._clock: TimerHandle | None = None
        self._reading_clock: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait_for_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all clocks."""
        self._stop_waiting()
        self._stop_reading_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what was sent; as long as that is no whole request, the clock goes on."""
        super().data_received(data)
        if self._is_at_work:
            self._stop_waiting()
        elif self._clock is None and not self.transport.is_closing():
            self._wait_for_request()

    def on_response_complete(self) -> None:
        """After the reply: a client that is still sending its body gets little time to stop."""
        super().on_response_complete()
        if self.cycle.response_complete and self.cycle.more_body and self._clock is None:
            self._clock = self.loop.call_later(LINGERING_SECONDS, self._end)

    def pause_writing(self) -> None:
        """The client reads more slowly than we write: it gets some time to catch up."""
        super().pause_writing()
        self._stop_reading_clock()
        self._reading_clock = self.loop.call_later(self.reading_seconds, self._end)

    def resume_writing(self) -> None:
        """It reads."""
        self._stop_reading_clock()
        super().resume_writing()

    @property
    def _is_at_work(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_for_request(self) -> None:
        if len(self.waiting) >= MOST_WAITING:
            longest, _ = self.waiting.popitem(last=False)
            longest._end()  # noqa: SLF001 - one of us
        self.waiting[self] = None
        self._clock = self.loop.call_later(self.header_seconds, self._end)

    def _stop_waiting(self) -> None:
        self.waiting.pop(self, None)
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _stop_reading_clock(self) -> None:
        if self._reading_clock is not None:
            self._reading_clock.cancel()
            self._reading_clock = None

    def _end(self) -> None:
        self.waiting.pop(self, None)
        if not self.transport.is_closing():
            self.transport.abort()


def connection_settings() -> dict[str, Any]:
    """What the server is told of connections (``uvicorn.Config``). There are no WebSockets here."""
    return {
        "http": Connection,
        "ws": "none",
        "limit_concurrency": MOST_CONNECTIONS,
        "h11_max_incomplete_event_size": LONGEST_HEADERS,
        "timeout_keep_alive": 5,
        "server_header": False,
        "proxy_headers": False,
        "access_log": False,  # addresses hold questions
        "log_config": None,  # what it says goes where the rest goes (logbook.py)
    }
