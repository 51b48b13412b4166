"""The commands that keep a knowledge base safe: ``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb import backup as backups
from kb.cli.options import HomeOption
from kb.cli.progress import ProgressBar
from kb.home import Home
from kb.wording import say

BackupFile = Annotated[Path, typer.Argument(help=say("cli.help_backup"), metavar="FILE")]
ForceOfBackup = Annotated[bool, typer.Option("--force", help=say("cli.help_force_backup"))]
ForceOfRestore = Annotated[bool, typer.Option("--force", help=say("cli.help_force_restore"))]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(help=say("cli.backup"))(backup)
    app.command(help=say("cli.restore"))(restore)


def backup(file: BackupFile, *, force: ForceOfBackup = False, home: HomeOption = None) -> None:
    """Write a backup to a file."""
    with ProgressBar() as progress:
        manifest = backups.back_up(Home(home), file, replace=force, progress=progress)
    typer.echo(say("cli.backed_up", path=file, documents=manifest.documents, size=_megabytes(file)))
    if manifest.missing:
        typer.echo(say("cli.backup_lacks", count=len(manifest.missing)), err=True)


def restore(file: BackupFile, *, force: ForceOfRestore = False, home: HomeOption = None) -> None:
    """Put a backup back."""
    place = Home(home)
    with ProgressBar() as progress:
        restored = backups.restore(file, place, replace=force, progress=progress)
    typer.echo(say("cli.put_back", path=place.path, documents=restored.manifest.documents))
    if restored.earlier is not None:
        typer.echo(say("cli.kept_aside", path=restored.earlier))
    if restored.users:
        typer.echo(say("cli.users_put_back", names=", ".join(restored.users)))
    if restored.manifest.missing:
        typer.echo(say("cli.backup_lacks", count=len(restored.manifest.missing)), err=True)


def _megabytes(file: Path) -> str:
    return f"{max(file.stat().st_size / 1e6, 0.1):.1f}"
