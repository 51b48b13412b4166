"""Requests to every address of the application, made from how it describes itself, with values that nobody meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from hypothesis import strategies as st
from starlette.routing import Route

ODD = [
    "", " ", "\x00", "../../etc/passwd", "%00", "\ud7ff\ue000", "a" * 5000, "'; DROP TABLE documents; --", "-1", "0",
    "1", "2", "9" * 30, "1e9", "NaN", "null", "true", "\u202e\u0000\uffff", "{{7*7}}", "<script>", "nl", "csv",
    "2018-07-02", "[]", "{}", "=1+1", "http://127.0.0.1:1/", '"*^() NEAR/0', "5" * 32,
]  # fmt: skip
GRADIO = [("POST", "/gradio_api/queue/join"), ("POST", "/gradio_api/call/ask"), ("GET", "/gradio_api/call/ask/{event}"),
          ("GET", "/gradio_api/queue/data"),
          ("GET", "/config"), ("GET", "/gradio_api/info"), ("GET", "/")]  # fmt: skip

KINDS = ["application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "x",
         "application/x-www-form-urlencoded"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Operation:
    """An address with a method, and what it says that it takes: names with where they stand, and the kind of body."""

    method: str
    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What is asked: an address, and the rest for ``client.request``."""

    address: str
    sent: dict[str, Any] = field(default_factory=dict)


def operations(app: FastAPI) -> Iterator[Operation]:
    """All of them: described routes, plain routes, Gradio's doors that are open."""
    for route in app.routes:  # what changes something comes last
        if type(route) is Route:
            yield _plain("GET", route.path)
    for method, path in GRADIO:
        yield _plain(method, path, body="application/json" if method == "POST" else "")
    described = app.openapi()
    for path, methods in described["paths"].items():
        for method, said in methods.items():
            yield _described(method.upper(), path, said, described)


def requests_to(operation: Operation) -> st.SearchStrategy[Said]:
    """Requests to an address, most of them almost right."""
    names = [name for name, place in operation.parameters if place == "path"]
    paths = st.fixed_dictionaries({name: _values() for name in names})
    asked = [name for name, place in operation.parameters if place == "query"]
    queries = st.dictionaries(st.sampled_from([*asked, "taal", "q", "start", "pagina"]), _values(), max_size=4)
    return st.builds(_said, st.just(operation), paths, queries, _bodies(operation))


def _described(method: str, path: str, said: dict[str, Any], whole: dict[str, Any]) -> Operation:
    parameters = tuple((one["name"], one["in"]) for one in said.get("parameters", ()))
    content = said.get("requestBody", {}).get("content", {})
    kind = next(iter(content), "")
    schema = content.get(kind, {}).get("schema", {})
    if "$ref" in schema:
        schema = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return Operation(method, path, parameters, tuple(schema.get("properties", ())), kind)


def _plain(method: str, path: str, *, body: str = "") -> Operation:
    names = [part.partition("}")[0] for part in path.split("{")[1:]]
    return Operation(method, path, tuple((name, "path") for name in names), (), body)


def _values() -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(ODD), st.integers(-5, 5).map(str), st.text(max_size=30))


def _json() -> st.SearchStrategy[Any]:
    leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _values())
    known = st.fixed_dictionaries({}, optional=dict.fromkeys(("session_hash", "fn_index", "trigger_id"), leaves))
    asked = st.builds(lambda rest, text: {**rest, "data": [text]}, known, _values())
    return st.one_of(asked, st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))


def _bodies(operation: Operation) -> st.SearchStrategy[dict[str, Any]]:
    if operation.method == "GET":
        return st.just({})
    raw = st.builds(
        lambda content, kind: {"content": content, "headers": {"content-type": kind}},
        st.binary(max_size=300),
        st.sampled_from(KINDS),
    )
    if operation.body == "application/json":
        return st.one_of(raw, st.builds(lambda said: {"json": said}, _json()))
    names = st.sampled_from([*operation.fields, "naam", "bestanden", "title", "date", "vergeet"])
    forms = st.dictionaries(names, _values(), max_size=5)
    files = st.lists(st.tuples(st.just("bestanden"), st.tuples(_values(), st.binary(max_size=200))), max_size=2)
    filled = st.builds(lambda data, sent: {"data": data, "files": sent}, forms, files)
    return st.one_of(raw, filled, st.builds(lambda data: {"data": data}, forms))


def _said(operation: Operation, path: dict[str, str], query: dict[str, str], body: dict[str, Any]) -> Said:
    address = operation.path
    for name, value in path.items():
        address = address.replace(f"{{{name}}}", quote(value, safe="", errors="replace") or "-")
    pairs = "&".join(f"{name}={quote(value, safe='', errors='replace')}" for name, value in query.items())
    return Said(f"{address}?{pairs}", body)
