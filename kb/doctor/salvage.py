"""A catalogue that is damaged, made again from what can be had: its own rows as far as they can be read, then the
originals in the home. The damaged file is kept aside. What was derived is left for the repairs that follow.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.formats import ATX_HEADING
from kb.audit import Act
from kb.catalogue import Catalogue
from kb.claims import working_folder
from kb.doctor.rescue import rescued
from kb.doctor.second_reading import read_original
from kb.doctor.types import Remark, good, note
from kb.errors import refused
from kb.flushing import flush, flush_tree, put_in_place
from kb.home import Home
from kb.library import prepared, right_encoder
from kb.progress import Progress

_LOG, _SHARED = "-wal", "-shm"
_NAME_CHARS = 12  # of a digest


@dataclass(frozen=True, slots=True)
class _Aside:
    """Where the damaged file is kept, with the originals of which it says nothing any more."""

    folder: Path

    @property
    def catalogue(self) -> Path:
        return Home(self.folder).catalogue

    @property
    def originals(self) -> Path:
        return Home(self.folder).originals


def salvage(home: Home, progress: Progress) -> Iterator[Remark]:
    """Make the catalogue of a home again, and tell what came of it. Raises HomeError where another writer is at work,
    or the disk refuses: nothing has changed then.
    """
    with home.writer_lock():
        try:
            aside = _kept_aside(home)
            with working_folder(home.path, ".restoring-") as folder:
                lost = rescued(aside.catalogue, Home(folder))
                orphans = _orphans(home, Home(folder), aside)
                _put_in_place(Home(folder), home)
        except OSError as error:
            raise refused(home.path, error) from error
        with Catalogue.open(home, create=True) as catalogue:
            catalogue.note(Act.SALVAGED)
            kept = len(catalogue.documents()) + len(catalogue.withdrawn())
            progress.start([home.original(digest).stat().st_size for digest in orphans])
            reread = [name for digest in orphans if (name := _reread(home, catalogue, aside, digest, progress))]
    yield good("salvaged", documents=kept, aside=aside.folder)
    if reread:
        yield note("salvaged_reread", count=len(reread), documents=", ".join(reread))
    if unread := len(orphans) - len(reread):
        yield note("salvaged_unread", count=unread, aside=aside.originals)
    for what in lost:
        yield note("salvaged_without", what=what)


def _kept_aside(home: Home) -> _Aside:
    """Copy the file, with what SQLite's log holds, to a place where it stays."""
    aside = _Aside(home.damaged(f"{datetime.now():%Y%m%d-%H%M%S}"))
    aside.originals.mkdir(parents=True)
    for end in ("", _LOG):
        source = home.catalogue.with_name(home.catalogue.name + end)
        if source.is_file():
            shutil.copy2(source, aside.catalogue.with_name(source.name))
    flush_tree(aside.folder)
    flush(home.path)
    return aside


def _put_in_place(made: Home, home: Home) -> None:
    """Let what was made take the place of the damaged file; its log is not that of the new one."""
    (home.vectors / "published.json").unlink(missing_ok=True)  # its keys may be given to others
    for end in (_LOG, _SHARED):
        home.catalogue.with_name(home.catalogue.name + end).unlink(missing_ok=True)
    put_in_place(made.catalogue, home.catalogue)


# --- what the originals hold ---------------------------------------------------------------------------


def _orphans(home: Home, made: Home, aside: _Aside) -> list[str]:
    """The originals that no document asks for any more; kept aside too, until they are read."""
    with Catalogue.open(made) as catalogue:
        known = catalogue.digests()
    found = sorted(path for path in home.originals.iterdir() if path.name not in known and path.suffix != ".part")
    for path in found:
        try:
            os.link(path, aside.originals / path.name)
        except OSError:  # a disk that cannot give a file two names
            shutil.copy2(path, aside.originals / path.name)
    flush(aside.originals)
    return [path.name for path in found]


def _name_for(original: Path) -> str:
    """A name of the file's digest. What is in a file tells its format, but for Markdown, which is called so."""
    is_markdown = b"\0" not in (data := original.read_bytes()) and ATX_HEADING.search(data.decode("utf8", "replace"))
    return original.name[:_NAME_CHARS] + (".md" if is_markdown else "")


def _reread(home: Home, catalogue: Catalogue, aside: _Aside, digest: str, progress: Progress) -> str:
    """Take a document in from its original, under a name made of its digest; its title, or empty where that fails."""
    progress.begin(digest[:_NAME_CHARS])
    try:
        read = read_original(home, digest, _name_for(home.original(digest)))
    except UnreadableFile:
        return ""
    encoder = right_encoder(catalogue, None)
    card = catalogue.add(prepared(catalogue, encoder, home.original(digest), f"original:{digest}", read))
    (aside.originals / digest).unlink()
    progress.finish()
    return card.title
