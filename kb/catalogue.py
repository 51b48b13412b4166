"""The catalogue: the one truth about what Bronvast knows, in one SQLite file.

A document appears, changes and goes by a single transaction, so that a reader sees it whole or not at all.
Reading is safe from any thread; writing asks that the caller holds ``Home.writer_lock``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from types import MappingProxyType

from kb import audit, lexical_index, migrations, originals, schema, set_aside, stored_findings, storing
from kb.analysis import fingerprint, lexical_fields
from kb.audit import Act
from kb.catalogue_reading import CatalogueReading, EncoderMark
from kb.database import Database
from kb.errors import HomeError, UsageError
from kb.glossary import stored_terms
from kb.glossary.types import OwnTerm
from kb.home import Home
from kb.stored_vectors import Vectors, pack
from kb.storing import PreparedDocument, Reread, Searchable
from kb.types import DocumentCard, GlossaryEntry, State


class Catalogue(CatalogueReading):
    """Everything that is stored, by key. Scores: higher is better."""

    def __init__(self, home: Home, database: Database) -> None:
        super().__init__(database)
        self.home = home

    @classmethod
    def open(cls, home: Home, *, create: bool = False) -> Catalogue:
        """The catalogue of a home; with ``create`` it is made where there is none.

        One that an earlier Bronvast made is brought up to date; with ``create`` the caller is the only writer already.
        Raises HomeError where there is none to read, or a later Bronvast made it.
        """
        if create:
            home.create()
        else:
            home.require()
        database = Database(home.catalogue)
        try:
            _prepare(database, home, create=create)
        except BaseException:
            database.close()
            raise
        return cls(home, database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, prepared: PreparedDocument) -> DocumentCard:
        """Store a document with its original file, as the current version of its source.

        Raises UnreadableFile where the file is no longer what was read, HomeError where the disk refuses.
        """
        fields = storing.analysed(prepared)
        originals.keep(self.home, prepared.source, digest=prepared.document.digest)
        with self._database.transaction():
            act = Act.ADDED if self.with_source(prepared.identity) is None else Act.REPLACED
            key = storing.store(self._database, prepared, fields)
            audit.write(self._database, act, document=key)
            self._raise_revision()
        return self.card(key)

    def remove(self, document_id: str) -> None:
        """Delete all versions of a document: text, index, vectors, originals, what was kept of earlier catalogues.

        What SQLite's log still holds goes with ``flush``. Raises UsageError for a document that is not there.
        """
        with self._database.transaction():
            key = storing.erase(self._database, document_id)
            if key is None:
                raise UsageError("unknown_document", document=document_id)
            audit.write(self._database, Act.REMOVED, document=key)
            # Before the commit: killed after it, nobody would come back for them.
            for copy in self.home.copies_of_versions():
                copy.unlink(missing_ok=True)
            for folder in self.home.damaged_ones():
                shutil.rmtree(folder)
            lexical_index.compact(self._database)
            storing.forget_words(self._database)
            self._raise_revision()
            self._database.change(
                "INSERT OR REPLACE INTO settings SELECT 'erased', value FROM settings WHERE name = 'revision'"
            )
        self.tidy()

    def flush(self) -> bool:
        """Bring all that was written into the file itself, and empty SQLite's log, which keeps what was overwritten.

        False where a reader stands in the way for seconds.
        """
        ((is_busy, _, _),) = self._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return not is_busy

    def correct(
        self,
        key: int,
        changes: Mapping[str, str | None],
        searchable: Searchable | None = None,
        word_vectors: Mapping[str, Vectors] = MappingProxyType({}),
    ) -> None:
        """Keep what a person says of the document of a version, by field; None takes back what was said.

        ``searchable`` comes with another title: by it the passages are found from now on. ``word_vectors`` are those
        of the words of what was said that were not known yet.
        """
        with self._database.transaction():
            source = self.source(key)
            stored_findings.correct(self._database, source, changes)
            stored_findings.write_known(self._database, key, self.corrections(source).over(self.found(key)))
            if searchable is not None:
                storing.make_unfindable(self._database, key)
                storing.make_findable(self._database, searchable)
            storing.store_words(self._database, word_vectors)
            audit.write(self._database, Act.CORRECTED, document=key, subject=", ".join(sorted(changes)))
            self._raise_revision()

    def withdraw(self, key: int) -> None:
        """Keep a document, and find it no longer."""
        with self._database.transaction():
            storing.retire(self._database, key, State.WITHDRAWN)
            audit.write(self._database, Act.WITHDRAWN, document=key)
            self._raise_revision()

    def restore(self, key: int, searchable: Searchable, glossary: Sequence[GlossaryEntry]) -> None:
        """Let a withdrawn document be found again."""
        with self._database.transaction():
            storing.make_findable(self._database, searchable)
            storing.store_glossary(self._database, key, glossary)
            self._database.change("UPDATE documents SET state = ? WHERE key = ?", (State.CURRENT.value, key))
            audit.write(self._database, Act.RESTORED, document=key)
            self._raise_revision()

    # --- mending -----------------------------------------------------------------------------------

    def index_words_anew(self) -> int:
        """Make the lexical index again from the passages that answer; how many there are."""
        keys = self.document_keys()
        stored = (one for key in keys for one in self.passages_of(key))
        with self._database.transaction():
            lexical_index.make_anew(
                self._database, ((one.key, lexical_fields(one.passage, one.document.info)) for one in stored)
            )
            self._database.change("INSERT OR REPLACE INTO settings VALUES ('analysis', ?)", (fingerprint(),))
            self._raise_revision()
        return self.passage_count()

    def renew_stems(self) -> None:
        """Make the lexical index again where another analysis of words made it: an earlier Bronvast's."""
        if not self.has_todays_stems():
            self.index_words_anew()

    def mend_text(self, key: int, read: Reread) -> None:
        """Write the text of a version anew, with all that was made of it."""
        card = self.card(key)
        with self._database.transaction():
            storing.lay_again(self._database, key, read, card.info, is_found=card.state is State.CURRENT)
            self._raise_revision()
        self.forget_blocks()

    def mend_findability(self, key: int, searchable: Searchable | None) -> None:
        """Make a version findable by these fields and vectors and no others; by none with None."""
        with self._database.transaction():
            storing.make_unfindable(self._database, key)
            if searchable is not None:
                storing.make_findable(self._database, searchable)
            self._raise_revision()

    def mend_words(self, vectors: Mapping[str, Vectors]) -> None:
        """Put the vectors (d,) of words in the place of those that are there."""
        with self._database.transaction():
            self._database.change("DELETE FROM word_vectors")
            storing.store_words(self._database, vectors)
            self._raise_revision()

    def tidy(self) -> None:
        """Delete original files, and what was made from them, that no document needs; and what ended on its way in."""
        self.home.sweep_arriving()
        originals.sweep(self.home, needed=self.digests())

    def set_aside(self, source: str, file_name: str, reason: str, detail: str) -> None:
        """Remember a file that could not be read."""
        set_aside.keep(self._database, source, file_name, reason, detail)

    def forget_set_aside(self, source: str) -> bool:
        """Remember it no longer; False where it was not remembered."""
        return set_aside.forget(self._database, source)

    def keep_term(self, said: OwnTerm) -> None:
        """Keep what a person says of a term; it outlives every document."""
        with self._database.transaction():
            stored_terms.keep(self._database, said)
            audit.write(self._database, Act.TERM_KEPT, subject=said.name)
            self._raise_revision()

    def forget_term(self, name: str) -> bool:
        """Take back what a person said of a term; False where nobody said anything."""
        with self._database.transaction():
            known = stored_terms.forget(self._database, name)
            if known:
                audit.write(self._database, Act.TERM_FORGOTTEN, subject=name)
            self._raise_revision()
        return known

    def mark_encoder(self, mark: EncoderMark) -> None:
        """Remember which encoder makes the vectors from now on."""
        with self._database.transaction():
            self._write_mark(mark)

    def replace_vectors(
        self,
        mark: EncoderMark,
        made: Iterable[tuple[int, Vectors, Vectors]],
        word_vectors: Mapping[str, Vectors] = MappingProxyType({}),
    ) -> None:
        """Put other vectors in place of all: passage key, vector (d,), unit vectors (m, d); and of all words."""
        with self._database.transaction():
            self._database.change("DELETE FROM vectors")
            self._database.change("DELETE FROM word_vectors")
            storing.store_words(self._database, word_vectors)
            self._database.change_many(
                "INSERT INTO vectors (passage_key, passage, units) VALUES (?, ?, ?)",
                ((key, pack(passage), pack(units)) for key, passage, units in made),
            )
            self._write_mark(mark)
            audit.write(self._database, Act.REENCODED)
            self._raise_revision()

    def note(self, act: Act, subject: str = "") -> None:
        """Write down what was done beside documents and terms: of a user, by their name."""
        audit.write(self._database, act, subject=subject)

    def _write_mark(self, mark: EncoderMark) -> None:
        for name in ("name", "fingerprint", "dimension"):
            self._database.change(
                "INSERT OR REPLACE INTO settings VALUES (?, ?)", (f"encoder_{name}", str(getattr(mark, name)))
            )

    def _raise_revision(self) -> None:
        self._database.change("UPDATE settings SET value = value + 1 WHERE name = 'revision'")


def begin_home(home: Home) -> None:
    """Make an empty knowledge base where there is none. Raises HomeError."""
    if not home.exists:
        with home.writer_lock():
            Catalogue.open(home, create=True).close()


def _prepare(database: Database, home: Home, *, create: bool) -> None:
    """Check the version of the tables; make them where that is asked, and those of an earlier version anew."""
    version = migrations.version_of(database)
    if version > schema.VERSION:
        raise HomeError("home_newer", path=home.path)
    if version == 0 and not create:
        raise HomeError("home_missing", path=home.path)
    if version == 0:
        analysis = f"INSERT INTO settings VALUES ('analysis', '{fingerprint()}');"  # noqa: S608
        database.script(f"BEGIN IMMEDIATE; {schema.SCHEMA} {analysis} PRAGMA user_version = {schema.VERSION}; COMMIT;")
    elif version < schema.VERSION:
        with nullcontext() if create else home.writer_lock():
            migrations.bring_up_to_date(database, home)
