"""The command ``read``: what was read in a file, or in a document of the knowledge base."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import LimitExceeded, NoPicture, PictureReason
from ingest.isolation import run_limited
from ingest.limits import Limits
from ingest.reading_pool import ReadingPool
from ingest.types import Document, Passage, Span
from kb.catalogue import Catalogue
from kb.cli.options import AsJson, HomeOption
from kb.cli.outline import print_outline, print_raw
from kb.cli.readable import console
from kb.errors import HomeError, PictureError, UsageError
from kb.home import Home
from kb.read_as_json import Boxes, reading_as_json, spans_with_boxes
from kb.wording import say

BOXES = Limits(seconds=600)  # every span is looked for on its page: somebody asked for it, and waits

FileOrId = Annotated[str, typer.Argument(help=say("cli.help_file_or_id"))]
WithBoxes = Annotated[bool, typer.Option("--boxes", help=say("cli.help_boxes"))]
Raw = Annotated[bool, typer.Option("--raw", help=say("cli.help_raw"))]


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(help=say("cli.read"))(read)


def read(
    file: FileOrId, *, as_json: AsJson = False, boxes: WithBoxes = False, raw: Raw = False, home: HomeOption = None
) -> None:
    """Show what was read."""
    if boxes and not as_json:
        raise UsageError("boxes_need_json")
    path = Path(file)
    document, passages, original = _read(path) if path.exists() else _stored(file, Home(home))
    if as_json:
        found = _boxes(original, document, spans_with_boxes(document, passages)) if boxes else None
        typer.echo(json.dumps(reading_as_json(document, passages, found), ensure_ascii=False))
    elif raw:
        print_raw(console(), document)
    else:
        print_outline(console(), document, passage_count=len(passages))


def _read(path: Path) -> tuple[Document, Sequence[Passage], Path]:
    """A file, read now, as ``bronvast ingest`` would."""
    if path.is_dir():
        raise UsageError("one_file", path=path)
    with ReadingPool() as readers:
        found = readers.begin(path).result()
    return found.document, found.passages, path


def _stored(document_id: str, home: Home) -> tuple[Document, Sequence[Passage], Path]:
    """A document of the knowledge base, as it was read when it was added."""
    try:
        with Catalogue.open(home) as catalogue:
            card = catalogue.current(document_id)
            passages = [stored.passage for stored in catalogue.passages_of(card.key)]
            return catalogue.document(card.key), passages, home.original(card.digest)
    except (HomeError, UsageError) as error:
        raise UsageError("no_file_or_document", name=document_id) from error


def _boxes(original: Path, document: Document, spans: Sequence[Span]) -> Boxes:
    """The boxes of spans, worked out in a process with limits."""
    try:
        return run_limited(boxes_of_spans, original.read_bytes(), document, spans, limits=BOXES)
    except NoPicture as error:
        raise PictureError(f"picture_{error.reason}", detail=error.detail) from error
    except LimitExceeded as error:
        raise PictureError(f"picture_{PictureReason.NOT_DRAWN}", detail=error.detail) from error


def boxes_of_spans(data: bytes, document: Document, spans: Sequence[Span]) -> Boxes:
    """The boxes of several spans of a document."""
    from ingest.geometry import boxes_of  # only now: it opens PDF files, and most commands do not

    return {span: boxes_of(data, document, span) for span in spans}
