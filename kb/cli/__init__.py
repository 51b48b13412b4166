"""The command line: ``bronvast``."""

from kb.cli.app import main

__all__ = ["main"]
