"""The program ``bronvast``: its commands, and how its errors read."""

from __future__ import annotations

import errno
import logging
import os
import sys
from importlib.metadata import entry_points
from io import TextIOWrapper
from typing import Annotated

import typer
from typer.core import TyperGroup

from ingest.errors import UnreadableFile
from kb.cli import (
    audit_command,
    backup_commands,
    curating_commands,
    doctor_command,
    encoder_commands,
    evaluation_command,
    library_commands,
    question_commands,
    read_command,
    terms_command,
    user_commands,
)
from kb.cli.options import HomeOption
from kb.errors import KnowledgeBaseError
from kb.home import VARIABLE
from kb.wording import default_language, say, texts

PLUGINS = "bronvast.commands"  # entry points: other rooms add commands of their own, and kb never names them
_INTERRUPTED = 130

DebugOption = Annotated[bool, typer.Option("--debug", help=say("cli.help_debug"))]


class Program(TyperGroup):
    """All commands. What goes wrong in one becomes a line that says what to do."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override] # typer hides the wider type
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo(say("cli.interrupted"), err=True)
            raise typer.Exit(_INTERRUPTED) from None
        except BrokenPipeError:  # whoever reads along has seen enough
            raise
        except (KnowledgeBaseError, UnreadableFile, OSError) as error:
            if ctx.params.get("debug"):
                raise
            typer.echo(error_line(error), err=True)
            raise typer.Exit(1) from error


def error_line(error: Exception) -> str:
    """What a person reads of an error: one line in their own language."""
    if isinstance(error, KnowledgeBaseError):
        return say(f"errors.{error.key}", **error.values)
    if isinstance(error, UnreadableFile):
        return f"{error.path}: {say(f'reasons.{error.reason}', detail=error.detail)}"
    is_full = isinstance(error, OSError) and error.errno == errno.ENOSPC
    return say("errors.system_full" if is_full else "errors.system", detail=error)


def build() -> typer.Typer:
    """The program with all its commands."""
    app = typer.Typer(cls=Program, help=say("cli.help"), no_args_is_help=True, add_completion=False)
    app.callback()(_settings)
    library_commands.register(app)
    read_command.register(app)
    curating_commands.register(app)
    question_commands.register(app)
    terms_command.register(app)
    backup_commands.register(app)
    doctor_command.register(app)
    audit_command.register(app)
    user_commands.register(app)
    evaluation_command.register(app)
    encoder_commands.register(app)
    for plugin in entry_points(group=PLUGINS):
        help_text = texts(default_language()).get(f"cli.{plugin.name}")
        app.command(plugin.name, help=help_text)(plugin.load())
    return app


def main() -> None:
    """Run the command that was typed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without é is no reason to stop
    build()()


def _settings(*, home: HomeOption = None, debug: DebugOption = False) -> None:
    """What holds for every command: these options may stand before its name."""
    if home is not None:
        os.environ[VARIABLE] = str(home)
    logging.basicConfig(level=logging.INFO if debug else logging.CRITICAL)
