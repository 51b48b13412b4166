"""Clients that do not behave: connections by hand, which send what no browser would."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import urlsplit

PATIENCE = 30.0  # seconds until a test gives up
MOST_READ = 2**20


@contextmanager
def connected(address: str, *, small: bool = False) -> Iterator[socket.socket]:
    """A connection to a server; a ``small`` one takes in next to nothing until it is read."""
    parts = urlsplit(address)
    with socket.socket() as connection:
        if small:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(PATIENCE)
        connection.connect((parts.hostname, parts.port))
        yield connection


@contextmanager
def many_connected(address: str, number: int) -> Iterator[list[socket.socket]]:
    """Many connections at once."""
    with ExitStack() as stack:
        yield [stack.enter_context(connected(address)) for _ in range(number)]


def head(address: str, line: str, *fields: str) -> bytes:
    """The line and the headers of a request to a server, without their end."""
    return "\r\n".join((f"{line} HTTP/1.1", f"Host: {urlsplit(address).netloc}", *fields, "")).encode("latin-1")


def status_of(address: str, request: bytes) -> int:
    """What the server answers to these bytes; 0 where it ends the connection without a word."""
    with connected(address) as connection:
        return sent_and_answered(connection, request)


def sent_and_answered(connection: socket.socket, request: bytes) -> int:
    """The same on a connection that is there. What the server no longer reads is not sent."""
    with suppress(OSError):  # it may have answered all the same
        connection.sendall(request)
    try:
        line = connection.recv(MOST_READ).partition(b"\r\n")[0]
    except OSError:
        return 0
    return int(line.split()[1]) if line.startswith(b"HTTP/") else 0


def is_ended(connection: socket.socket) -> bool:
    """Whether the server ends a connection within the patience of a test, whatever it says before."""
    try:
        while connection.recv(MOST_READ):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True
