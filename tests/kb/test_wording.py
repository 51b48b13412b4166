"""Everything that a user reads: the same in each language, and there for everything that can go wrong."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from ingest.errors import PictureReason, Reason
from ingest.kinds import KINDS
from ingest.language import LANGUAGES as SPOKEN
from ingest.levels import EDUCATION_LEVELS
from ingest.types import INFO_FIELDS, BlockKind, Origin
from kb import database, errors
from kb.types import Outcome, Status
from kb.wording import LANGUAGES, default_language, say, texts

PROJECT = Path(__file__).resolve().parents[2]
ERRORS = {
    name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.KnowledgeBaseError)
}


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """Each call with a constant first argument in the code: function, that argument, names of the values given."""
    for path in (path for room in ("ingest", "kb", "search_ui") for path in (PROJECT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                values = {keyword.arg for keyword in node.keywords if keyword.arg}
                yield function, str(node.args[0].value), values


def raised() -> list[tuple[str, set[str]]]:
    """Each error key in the code with the values that come with it."""
    by_disk = [(key, {"path", "detail"}) for key in set(database._ERROR_KEYS.values())]
    return by_disk + [(key, values) for function, key, values in calls() if function in ERRORS]


def test_all_languages_say_the_same_things() -> None:
    """Each text stands in each language, with the same values to fill in."""
    shapes = [{key: placeholders(text) for key, text in texts(language).items()} for language in LANGUAGES]

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    """A key without a text is a hole in a sentence."""
    assert [key for key, text in texts(language).items() if not text.strip()] == []


def test_every_error_in_the_code_has_a_text_with_its_values() -> None:
    """No error can reach a reader as a key."""
    found = raised()
    missing = [key for key, _ in found if f"errors.{key}" not in texts("nl")]
    unfilled = [
        key for key, values in found if key not in missing and not placeholders(texts("nl")[f"errors.{key}"]) <= values
    ]

    assert len(found) > 20
    assert (missing, unfilled) == ([], [])


def test_every_text_that_the_code_names_exists() -> None:
    """A typing error in a key is found here, not by a reader."""
    named = [(key, values) for function, key, values in calls() if function == "say"]
    missing = [key for key, _ in named if key not in texts("nl")]
    unfilled = [key for key, values in named if key not in missing and not placeholders(texts("nl")[key]) <= values]

    assert len(named) > 20
    assert (missing, unfilled) == ([], [])


@pytest.mark.parametrize(
    "key",
    [
        *(f"reasons.{reason}" for reason in Reason),
        *(f"errors.picture_{reason}" for reason in PictureReason),
        *(f"cli.outcome_{outcome}" for outcome in Outcome),
        *(f"answer.{status}" for status in Status),
        *(f"fields.{field}" for field in INFO_FIELDS),
        *(f"origins.{origin}" for origin in Origin),
        *(f"read.block.{kind}" for kind in BlockKind),
        *(f"values.kind.{kind}" for kind in KINDS),
        *(f"values.education_level.{level}" for level in EDUCATION_LEVELS),
        *(f"values.language.{spoken}" for spoken in SPOKEN),
    ],
)
def test_every_kind_of_result_has_a_text(key: str) -> None:
    """Reasons, outcomes, states and kinds are said in words."""
    assert key in texts("nl")


def test_a_reason_needs_no_more_than_its_detail() -> None:
    """What a file's report holds is enough to say why it was set aside."""
    assert all(placeholders(texts("nl")[f"reasons.{reason}"]) <= {"detail"} for reason in Reason)


@pytest.mark.parametrize(("wanted", "spoken"), [("en", "en"), ("nl", "nl"), ("fr", "nl"), (None, "nl")])
def test_dutch_is_spoken_unless_a_known_language_is_asked(
    wanted: str | None, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One variable chooses the language of the command line."""
    if wanted:
        monkeypatch.setenv("BRONVAST_LANGUAGE", wanted)
    else:
        monkeypatch.delenv("BRONVAST_LANGUAGE", raising=False)

    assert default_language() == spoken


def test_values_are_filled_in() -> None:
    """A text is a sentence about what happened."""
    assert say("errors.unknown_document", language="en", document="plan") == (
        "there is no document plan; see the list with: bronvast documents"
    )
