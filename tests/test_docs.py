"""What is written about the project holds: commands, targets, files, examples, versions."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ingest.manifest import read_manifest
from ingest.reading import read_document
from ingest.types import BlockKind
from kb.cli.app import build
from kb.labels import origin
from kb.wording import LANGUAGES, texts
from search_ui.serve import DEFAULT_PORT
from tests.search_ui.samples import stored

PROJECT = Path(__file__).resolve().parent.parent
DOCS = ("README.md", "CONTRIBUTING.md")
PINNED = {"torch": "2.13.0", "chromadb": "1.5.9", "gradio": "6.31.0"}
PROGRAM = typer.main.get_command(build())
COMMANDS = PROGRAM.commands  # type: ignore[attr-defined]


def written(name: str) -> str:
    """The text of a file of the project."""
    return (PROJECT / name).read_text(encoding="utf8")


def with_parts(name: str, command: object) -> dict[str, object]:
    """A command, with those that stand behind its name."""
    parts = getattr(command, "commands", {})
    return {name: command} | {f"{name} {part}": one for part, one in parts.items()}


EVERYTHING = {"": PROGRAM} | {
    path: each for name, command in COMMANDS.items() for path, each in with_parts(name, command).items()
}


def options_of(command: object) -> set[str]:
    """The options of a command and its parts, with those that stand before its name."""
    commands = [*with_parts("", command).values(), PROGRAM]
    params = [param for each in commands for param in each.params]  # type: ignore[attr-defined]
    return {option for param in params for option in param.opts if option.startswith("--")}


def command_lines(text: str) -> list[tuple[str, list[str]]]:
    """Each command of the program that a text names, with the options behind it."""
    named = re.findall(r"\bbronvast ([a-z]+)([^\n`#]*)", text)
    return [(command, re.findall(r"--[a-z-]+", rest)) for command, rest in named]


@pytest.mark.parametrize("name", DOCS)
def test_commands_that_are_named_exist(name: str) -> None:
    """With every option that is shown behind them."""
    unknown = [
        (command, options)
        for command, options in command_lines(written(name))
        if command not in COMMANDS or set(options) - options_of(COMMANDS[command])
    ]

    assert unknown == []


def test_options_in_running_text_exist() -> None:
    """Those of any command."""
    known = set().union(*(options_of(command) for command in COMMANDS.values()))

    assert set(re.findall(r"`(--[a-z-]+)`", written("README.md"))) - known == set()


def test_the_readme_shows_every_daily_command() -> None:
    """A newcomer meets each of them; only a change of encoder is left for later."""
    shown = {command for command, _ in command_lines(written("README.md"))}

    assert set(COMMANDS) - shown == {"encoder"}


@pytest.mark.parametrize("name", DOCS)
def test_targets_that_are_named_exist_and_explain_themselves(name: str) -> None:
    """Every `make` word has a line in `make help`."""
    explained = set(re.findall(r"^([a-z]+):.*## \S", written("Makefile"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:^ +|`)make ([a-z]+)", written(name), flags=re.MULTILINE))

    assert named
    assert named - explained == set()


@pytest.mark.parametrize("name", DOCS)
def test_files_and_modules_that_are_named_exist(name: str) -> None:
    """Names with a part in capitals are yours to choose."""
    paths = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]*(?:\.[a-z]+)?)`", written(name)))
    modules = set(re.findall(r"python -m ([a-z_.]+)", written(name)))

    assert [path for path in sorted(paths) if not (PROJECT / path).exists()] == []
    assert [module for module in sorted(modules) if importlib.util.find_spec(module) is None] == []


def test_the_readme_names_the_port_of_the_page() -> None:
    """The address that a newcomer opens."""
    assert f"http://127.0.0.1:{DEFAULT_PORT}" in written("README.md")


def test_the_manifest_of_the_readme_can_be_used(tmp_path: Path) -> None:
    """Copied into a folder, it says what it seems to say."""
    (example,) = re.findall(r"```toml\n(.*?)```", written("README.md"), flags=re.DOTALL)
    (tmp_path / "sources.toml").write_text(example, encoding="utf8")
    manifest = read_manifest(tmp_path)

    info = manifest.info_for(tmp_path / "advies-2018.pdf")

    assert (info.title, info.publisher) == ("Duaal leren in het hoger onderwijs", "SERV")
    assert (info.date, info.kind) == ("2018-07-02", "advies")
    assert manifest.ignores(tmp_path / "concepten" / "nota.md")


def example() -> tuple[str, str]:
    """The example at the top of the README, on one line each: what is said, and its source."""
    shown = written("README.md").partition("    $ bronvast ask ")[2].partition("\n## ")[0]
    said, _, source = shown.partition("Gevonden in de documenten")[2].partition("Bronnen")
    return " ".join(said.split()).removesuffix(" [1]"), " ".join(source.split()).removeprefix("[1] ")


def test_a_cited_answer_stands_at_the_top_of_the_readme() -> None:
    """Before line 25, with its source."""
    top = written("README.md").splitlines()[:24]

    assert any(line.endswith(" [1]") for line in top)
    assert any(line.strip().startswith("[1] ") for line in top)
    assert all(example())


def test_the_answer_of_the_readme_is_a_quote() -> None:
    """From a document that ships: its words, and what is said of their source."""
    quote, source = example()
    manifest = read_manifest(PROJECT / "corpus")
    (name,) = (name for name, info in manifest.documents.items() if source.startswith(f"{info.title}, "))
    document = read_document(PROJECT / "corpus" / name)
    section = source.rpartition("“")[2].removesuffix("”")
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING]

    assert quote in " ".join(document.text.split())
    assert section in headings
    card = stored("x", publisher=document.info.publisher, kind=document.info.kind, date=document.info.date).document
    assert ", ".join(origin(card, language="nl")) in source


def test_the_changelog_begins_with_what_is_not_yet_released() -> None:
    """So that a change has a place to be told."""
    titles = re.findall(r"^## (.*)$", written("CHANGELOG.md"), flags=re.MULTILINE)

    assert titles[0] == "[Unreleased]"


def test_everything_on_the_command_line_is_explained_in_every_language() -> None:
    """Commands, arguments and options: each help text is one that all languages have."""
    keys = {text: key for language in LANGUAGES for key, text in texts(language).items()}
    explained = {
        f"{name} {param.name}": param.help for name, command in EVERYTHING.items() for param in command.params
    } | {name: command.help for name, command in EVERYTHING.items()}
    untold = [what for what, text in explained.items() if text not in keys]
    in_one_language = [
        what
        for what, text in explained.items()
        if text in keys and not all(texts(each)[keys[text]] for each in LANGUAGES)
    ]

    assert len(explained) > 25
    assert (untold, in_one_language) == ([], [])


def required() -> list[Requirement]:
    """What the program and its development need."""
    project = tomllib.loads(written("pyproject.toml"))["project"]
    return [Requirement(line) for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]]


def constrained() -> dict[str, str]:
    """The version that was tested of each package."""
    lines = re.findall(r"^([\w.-]+)==(\S+)$", written("constraints.txt"), flags=re.MULTILINE)
    return {canonicalize_name(name): version for name, version in lines}


def test_what_was_tested_is_what_is_asked_for() -> None:
    """Every dependency stands in constraints.txt, in a version that pyproject.toml allows."""
    tested = constrained()
    missing = [each.name for each in required() if canonicalize_name(each.name) not in tested]
    refused = [
        str(each)
        for each in required()
        if each.name not in missing and not each.specifier.contains(tested[canonicalize_name(each.name)])
    ]

    assert (missing, refused) == ([], [])


@pytest.mark.parametrize(("name", "version"), PINNED.items())
def test_three_libraries_are_pinned_for_everybody(name: str, version: str) -> None:
    """For the reasons that stand beside them in pyproject.toml and constraints.txt."""
    (asked,) = (str(each.specifier) for each in required() if each.name == name)

    assert (asked, constrained()[name]) == (f"=={version}", version)
