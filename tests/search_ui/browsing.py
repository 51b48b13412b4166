"""A browser for the tests, and servers to point it at."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from kb.knowledge_base import KnowledgeBase
from search_ui.accounts.access import ON_THIS_COMPUTER, Access
from search_ui.serve import address_of, listen
from search_ui.shell.connections import connection_settings
from tests.needs import program

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000  # milliseconds until a test gives up: on a busy machine an answer may take long
EXPECTED = (
    "Failed to load resource: the server responded with a status of 4",
    "The Cross-Origin-Opener-Policy header has been ignored, because the URL's origin was untrustworthy.",  # by http
    "AbortError: signal is aborted without reason",  # Gradio, when its page is left before the last word of an answer
    "Unexpected error Connection errored out.",  # and with it this; a page that stays without answer fails its test
)
_CONTEXTS: WeakKeyDictionary[Browser, dict[str, BrowserContext]] = WeakKeyDictionary()  # that are free, by settings


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    """The Chromium of this computer; where there is none, the test is left out."""
    # The shell without windows is the same engine, and takes a fifth less of the processor.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    executable = program(*names, package="chromium-headless-shell")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*ARGUMENTS, *arguments])
        yield browser
        browser.close()


@contextmanager
def tab(browser: Browser, address: str, **settings: Any) -> Iterator[Page]:
    """A page of its own at an address. ``settings`` are those of a browser context: pages with the same ones have, one
    after the other, the same context, which has fetched and compiled our scripts before. It keeps nothing else.
    """
    free = _CONTEXTS.setdefault(browser, {})
    key = f"{address} {sorted(settings.items())}"
    context = free.pop(key, None) or _context(browser, base_url=address, **settings)
    page = context.new_page()
    yield page
    _wipe(context, page, address, permissions=settings.get("permissions", []))
    free[key] = context


def _context(browser: Browser, **settings: Any) -> BrowserContext:
    """A new context with an empty page that stays: without any, Chromium makes everything anew for the next one."""
    context = browser.new_context(**settings)
    context.new_page()
    return context


def _wipe(context: BrowserContext, page: Page, address: str, *, permissions: list[str]) -> None:
    """Leave a context as it was when it was new, but for what it has fetched."""
    forget(page, address)
    context.clear_cookies()
    context.set_offline(offline=False)
    context.clear_permissions()
    context.grant_permissions(permissions)
    for each in context.pages[1:]:
        each.close()


def forget(page: Page, address: str) -> None:
    """Wipe what a browser keeps for an address."""
    kept = {"origin": address.rstrip("/"), "storageTypes": "cookies,local_storage,indexeddb,service_workers"}
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", kept)


@contextmanager
def visit(browser: Browser, address: str, **settings: Any) -> Iterator[Page]:
    """Such a page in a browser that speaks English: ours is Dutch all the same. Closing checks what every test must
    keep: no complaint in the console (but what is expected), and no request to another host.
    """
    with tab(browser, address, **{"locale": "en-GB", **settings}) as page:
        complaints: list[str] = []
        hosts: set[str | None] = set()

        def note_host(request: Request) -> None:
            hosts.add(urlsplit(request.url).hostname)

        page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.context.on("request", note_host)
        yield page
        page.context.remove_listener("request", note_host)
    assert [line for line in complaints if not line.startswith(EXPECTED)] == []
    assert hosts - {None} <= {urlsplit(address).hostname}


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of an application that answers."""
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1, **connection_settings())
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield address_of(listener)
        server.should_exit = True
        thread.join(30)


@contextmanager
def whole_page(knowledge_base: KnowledgeBase, access: Access = ON_THIS_COMPUTER) -> Iterator[str]:
    """The address of the whole application over a knowledge base, which may be changed through it."""
    with ThreadPoolExecutor(
        1
    ) as aside:  # where a browser is driven an event loop runs, and Gradio needs one of its own
        app = aside.submit(_application, knowledge_base, access).result()
    with served(app) as address:
        yield address
    app.state.intake.stop()
    app.state.intake.join(60)


def _application(knowledge_base: KnowledgeBase, access: Access) -> FastAPI:
    from search_ui.shell.app import create_app  # Gradio takes seconds to load

    return create_app(knowledge_base, access=access)
