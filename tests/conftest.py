"""What all tests share: real documents where they exist, and a network that ends at this machine."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from ingest import ocr
from tests.needs import leave_out

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"

# Tests run beside each other, as reading processes do. Threads of OpenMP (torch, Tesseract) and OpenBLAS would wait for
# those of the others, and wait by counting. Here, before any of them is loaded.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS"), "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that drive a browser come first: they take longest, and no process waits for one of them in the end."""
    with_browser = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in with_browser)


def _shared_folder(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the real documents in ../shared/{name} are not on this machine")
    return folder


@pytest.fixture(scope="session")
def shared_corpus() -> Path:
    """The folder with the five real policy texts."""
    return _shared_folder("corpus")


@pytest.fixture(scope="session")
def shared_documents() -> Path:
    """The folder with real Dutch PDF, DOCX, PPTX and XLSX files."""
    return _shared_folder("documents")


@pytest.fixture(scope="session")
def starter_corpus() -> Path:
    """The documents that ship with the project."""
    return PROJECT / "corpus"


@pytest.fixture(scope="session")
def tesseract() -> None:
    """The program that recognises text on pictures, with its Dutch data."""
    if not ocr.is_installed():
        leave_out("no Tesseract for Dutch; install it with: apt-get install tesseract-ocr tesseract-ocr-nld")


class OutsideConnectionError(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bronvast works offline: any connection beyond the loopback address fails the test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OutsideConnectionError(f"connection to {address} attempted")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
