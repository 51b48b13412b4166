"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.wording import say

HomeOption = Annotated[Path | None, typer.Option("--home", help=say("cli.help_home"))]
EncoderOption = Annotated[str | None, typer.Option("--encoder", help=say("cli.help_encoder"))]
AsJson = Annotated[bool, typer.Option("--json", help=say("cli.help_json"))]
