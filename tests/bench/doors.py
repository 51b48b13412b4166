"""Every address of the application without logging in, and what guessing costs: ``python -m tests.bench.doors HOME``.

HOME is only read; a copy of it is served. Figures are processor times, so that a busy machine changes them little.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.console import Console

from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.users.passwords import hashed, matches
from kb.users.store import Users
from kb.users.types import Role
from search_ui.accounts.access import Access, Way
from search_ui.shell.app import create_app
from tests.search_ui.browsing import served
from tests.search_ui.crawling import METHODS, TRICKS, Server, Tried, linked, routes, told, try_all
from tests.search_ui.front_door import NAME, PASSWORD

MOST_LINKS = 500
GUESSES = 100
ROUNDS = 10


def print_doors(console: Console, home: Path) -> None:
    """How many requests were made of each kind, and which came through."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(home, Path(folder) / "home"))
        Users(Home(copy)).add("jan", Role.MANAGER, PASSWORD)
        with KnowledgeBase.open(copy) as knowledge_base:
            app = create_app(knowledge_base, access=Access(Way.LOGIN, frozenset({NAME})))
            with served(app) as address:
                nobody, manager = Server(address, NAME), Server(address, NAME)
                manager.log_in("jan", PASSWORD)
                paths = {"routes": {path for _, path in routes(app)}, "OpenAPI lists": {path for _, path in told(app)}}
                paths |= {"links": set(linked(manager, most=MOST_LINKS)), "tricks": set(TRICKS)}
                for name, found in paths.items():
                    asked = ((method, path) for path in sorted(found) for method in METHODS)
                    _print(console, f"{name} ({len(found)})", try_all(nobody, asked))
                _print_guesses(console, nobody)


def print_work(console: Console) -> None:
    """What checking a password costs, for a name that is there and for one that is not."""
    kept, spent = hashed(PASSWORD), dict[str, list[float]]()
    matches("", "")  # nobody's hash is made once
    for _ in range(ROUNDS):
        for who, what in {"known, wrong": kept, "known, right": kept, "unknown": ""}.items():
            before = time.process_time()
            matches(PASSWORD if who == "known, right" else "verkeerd wachtwoord", what)
            spent.setdefault(who, []).append(time.process_time() - before)
    for who, times in spent.items():
        console.print(f"password of a name that is {who}: {1000 * sorted(times)[ROUNDS // 2]:.0f} ms of processor time")


def _print(console: Console, what: str, tried: Tried) -> None:
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(tried.statuses.items()))
    console.print(f"{what}: {tried.number} requests, {len(tried.through)} through {tried.through[:10]} ({statuses})")


def _print_guesses(console: Console, nobody: Server) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    statuses = Counter(
        nobody.ask("POST", "/aanmelden", f"naam=jan&wachtwoord=gok+{number}", **form)[0] for number in range(GUESSES)
    )
    console.print(f"{GUESSES} wrong passwords in a row: {dict(statuses)} (401: looked at, 429: not looked at)")


if __name__ == "__main__":
    print_doors(Console(width=150), Path(sys.argv[1]))
    print_work(Console(width=150))
