"""Without logging in, no address of the application gives anything; and whoever may only read changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from kb.knowledge_base import KnowledgeBase
from kb.users.store import Users
from kb.users.types import Role
from search_ui.accounts.access import Access, Way
from search_ui.accounts.rights import may_change
from search_ui.shell.app import create_app
from tests.search_ui.browsing import served
from tests.search_ui.crawling import TRICKS, Server, is_shut, linked, routes, told, try_all
from tests.search_ui.front_door import NAME, PASSWORD


@pytest.fixture(scope="module")
def app(knowledge_base: KnowledgeBase) -> FastAPI:
    """The whole application, where everybody logs in."""
    users = Users(knowledge_base.catalogue.home)
    for name, role in (("jan", Role.MANAGER), ("lies", Role.READER)):
        users.add(name, role, PASSWORD)
    access = Access(Way.LOGIN, frozenset({NAME}))
    with ThreadPoolExecutor(1) as aside:  # Gradio needs an event loop of its own
        return aside.submit(create_app, knowledge_base, access=access).result()


@pytest.fixture(scope="module")
def address(app: FastAPI) -> Iterator[str]:
    """Where it is served."""
    with served(app) as address:
        yield address


def test_every_route_is_shut(app: FastAPI, address: str) -> None:
    """Ours, Gradio's and those that the OpenAPI lists name, for a browser and for a program."""
    requests = {*routes(app), *told(app)}
    tried = try_all(Server(address, NAME), sorted(requests))

    assert len(requests) > 150
    assert tried.through == []


def test_what_pages_lead_to_is_shut(address: str) -> None:
    """Links, forms, files: found by somebody who is in, tried by somebody who is not."""
    manager = Server(address, NAME)
    manager.log_in("jan", PASSWORD)
    found = linked(manager, most=60)

    assert len(found) == 60
    assert try_all(Server(address, NAME), (("GET", path) for path in found)).through == []


def test_no_trick_with_a_path_opens_anything(address: str) -> None:
    """Where layers might read a path differently, the check stands before them all."""
    tried = try_all(Server(address, NAME), ((method, path) for method in ("GET", "POST") for path in TRICKS))

    assert [one for one in tried.through if not one.endswith((" 400", " 421"))] == []


def test_a_reader_gets_403_wherever_something_changes(app: FastAPI, address: str) -> None:
    """And no page leads him there, as it does a manager."""
    reader, manager = Server(address, NAME), Server(address, NAME)
    reader.log_in("lies", PASSWORD)
    manager.log_in("jan", PASSWORD)
    changing = [(method, route) for route in changing_routes(app) for method in route.methods]
    replies = [reader.ask(method, re.sub(r"\{\w+\}", "1", route.path))[0] for method, route in changing]
    found = [linked(one, most=40, begin=("/bibliotheek/document/1",)) for one in (reader, manager)]
    led_to = [{route.path for path in paths for _, route in changing if leads_to(path, route)} for paths in found]

    assert [method for method, _ in changing].count("POST") >= 28
    assert set(replies) == {403}
    assert led_to[0] == set()
    assert len(led_to[1]) >= 5


def test_one_who_was_removed_is_out_at_once(address: str, knowledge_base: KnowledgeBase) -> None:
    """Everywhere."""
    users, colleague = Users(knowledge_base.catalogue.home), Server(address, NAME)
    users.add("els", Role.READER, PASSWORD)
    colleague.log_in("els", PASSWORD)
    before = colleague.ask("GET", "/bibliotheek")[0]
    users.remove("els")

    assert before == 200
    assert all(is_shut(colleague.ask("GET", path)) for path in ("/bibliotheek", "/config", "/static/bronvast/page.js"))


def changing_routes(app: FastAPI) -> Iterator[APIRoute]:
    """What stands behind ``may_change``."""
    for route in app.routes:
        inner = getattr(route, "original_router", None)
        for one in inner.routes if inner else ():
            if may_change in {needed.dependency for needed in (*inner.dependencies, *one.dependencies)}:
                yield one


def leads_to(path: str, route: APIRoute) -> bool:
    """Whether an address is one of a route."""
    return route.path_regex.fullmatch(urlsplit(path).path) is not None
