"""Milliseconds and kilobytes as a reader meets them: the page in Chromium over a running server.

``python -m tests.bench.page HOME``, or within ``make bench``.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from rich.console import Console

from kb.knowledge_base import KnowledgeBase
from tests.bench.quality import questions_of
from tests.search_ui.browsing import chromium, visit, whole_page

LOADS = 7
MOST_QUESTIONS = 25
WIDE = {"width": 1280, "height": 800}
PATIENCE = 60_000  # milliseconds
# Each waits for two frames after what it waits for: then it stands on the screen.
_PAINTED = "const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => { window.took = now() }));"
_USABLE = """document.querySelector("#scope p") && !document.querySelector("#question textarea").disabled
  && performance.now()"""
_TIME_QUESTION = f"""() => {{
  let begin; const now = () => performance.now() - begin; {_PAINTED}
  window.took = null;
  document.addEventListener("keydown", (event) => {{ if (event.key === "Enter") begin = performance.now(); }},
    {{ capture: true, once: true }});
  document.addEventListener("bronvast:answered", painted, {{ once: true }});
}}"""
_TIME_SOURCE = f"""(link) => {{
  const begin = performance.now(); const now = () => performance.now() - begin; {_PAINTED}
  window.took = null;
  const look = () => {{
    const dialog = document.querySelector("dialog[open]");
    const picture = dialog?.querySelector(".picture");
    const images = [...(picture?.querySelectorAll("img") ?? [])];
    const is_there = dialog?.querySelector(".text") && images.length && images.every((one) => one.naturalWidth);
    if (is_there || picture?.matches(".in-words")) painted(); else requestAnimationFrame(look);
  }};
  link.click();
  look();
}}"""


def print_page(console: Console, title: str, home: Path, questions: Sequence[str]) -> None:
    """First load, question to answer on screen and source dialog with its picture, over one home."""
    with KnowledgeBase.open(home) as knowledge_base, whole_page(knowledge_base) as address, chromium() as browser:
        passages = sum(card.passage_count for card in knowledge_base.documents())
        loads = [_load(browser, address) for _ in range(LOADS)]
        with visit(browser, address, viewport=WIDE) as page:
            page.goto("/")
            page.wait_for_function(_USABLE)
            answers = [_answer(page, question) for question in questions[:MOST_QUESTIONS]]
            sources = [one for question in questions[:MOST_QUESTIONS] for one in _sources(page, question)]
    usable, transferred = zip(*loads, strict=True)
    console.print(
        f"{title}, {passages} passages, load {os.getloadavg()[0]:.1f}\n"
        f"first load: usable {_spread(usable)}, transferred {statistics.median(transferred) / 1000:.0f} kB\n"
        f"question to answer on screen: {_spread(answers)} ({len(answers)} questions)\n"
        f"source with the picture of its page, warm: {_spread(sources)} ({len(sources)} sources)"
    )


def _load(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds until a question can be asked, and bytes over the wire, in a browser that keeps nothing."""
    with closing(browser.new_context(base_url=address, viewport=WIDE)) as context:  # never one that was used before
        page = context.new_page()
        received: list[float] = []
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        page.goto("/", wait_until="commit")
        usable = page.wait_for_function(_USABLE, timeout=PATIENCE).json_value()
        page.wait_for_load_state()
        return float(usable), sum(received)


def _answer(page: Page, question: str) -> float:
    """Milliseconds from Enter until the answer stands on the screen."""
    page.get_by_label("Uw vraag").fill(question)
    page.evaluate(_TIME_QUESTION)
    page.keyboard.press("Enter")
    return _took(page)


def _sources(page: Page, question: str) -> Iterator[float]:
    """Milliseconds for each source of an answer that has a picture; opened once before, so that it has been drawn."""
    _answer(page, question)
    for link in page.locator("#sources .show").all():
        for is_warm in (False, True):
            link.evaluate(_TIME_SOURCE)
            took = _took(page)
            if is_warm and page.locator("dialog[open] .picture img").count():
                yield took
            page.keyboard.press("Escape")


def _took(page: Page) -> float:
    page.wait_for_function("window.took !== null", timeout=PATIENCE)
    return float(page.evaluate("window.took"))


def _spread(values: Sequence[Any]) -> str:
    """The middle and the slowest tenth."""
    if not values:
        return "nothing to measure"
    return f"p50 {statistics.median(values):.0f} ms, p90 {sorted(values)[int(len(values) * 0.9)]:.0f} ms"


if __name__ == "__main__":
    asked = [question.question for question in questions_of("held_out")]
    print_page(Console(width=150), sys.argv[1], Path(sys.argv[1]), asked)
