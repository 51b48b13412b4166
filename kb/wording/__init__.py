"""Everything that an end user reads, in one file per language: ``nl.toml`` (the default) and ``en.toml``.

The guide is a text of its own, beside it: ``guide.nl.md`` and ``guide.en.md``.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("nl", "en")


def default_language() -> str:
    """The language of ``BRONVAST_LANGUAGE``, Dutch if that is not set or not known."""
    wanted = os.environ.get("BRONVAST_LANGUAGE", "nl")
    return wanted if wanted in LANGUAGES else "nl"


@cache
def texts(language: str) -> dict[str, str]:
    """All texts of a language under dotted keys: "errors.home_busy"."""
    with files(__name__).joinpath(f"{language}.toml").open("rb") as file:
        return dict(_flatten(tomllib.load(file)))


def guide(language: str) -> str:
    """The guide for people who use the page, in Markdown."""
    return files(__name__).joinpath(f"guide.{language}.md").read_text("utf8")


def say(key: str, *, language: str | None = None, **values: object) -> str:
    """The text under a dotted key, with its ``{placeholders}`` filled in.

    Raises KeyError for a key that the language lacks; a test keeps the languages equal.
    """
    return texts(language or default_language())[key].format(**values)


def _flatten(table: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            pairs += _flatten(value, f"{prefix}{name}.")
        else:
            pairs.append((prefix + name, str(value)))
    return pairs
