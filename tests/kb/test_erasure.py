"""Removing a document for good: not a byte of it stays in the home, for people who must honour that."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.catalogue import Catalogue
from kb.curating import Correction, DocumentInfo, correct, withdraw
from kb.errors import HomeError
from kb.home import Home
from kb.library import ingest, remove
from kb.testing import WordEncoder
from kb.vector_index import VectorIndex

FIRST = "# Dossier Zwaluwstaart\n\nHet Kanariebureau (KNB) kent Wielewaal.\n"
SECOND = "# Dossier Zwaluwstaart\n\nHet Kanariebureau (KNB) vergeet Wielewaal en kent Roodborst.\n"
SECRETS = ("zwaluw", "kanarie", "knb", "wielewa", "roodborst", "dossier", "geheim")
OTHERS = "".join(f"# Deel {number}\n\nDe minister keurt begroting {number} goed.\n\n" for number in range(40))


@pytest.fixture
def folder(tmp_path: Path, home: Home, encoder: WordEncoder) -> Path:
    """A folder that was read: a large note that stays, and a secret one in two versions, with all that hangs on it."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "nota.md").write_text(OTHERS)
    for text in (FIRST, SECOND):
        (made / "geheim.md").write_text(text)
        ingest(home, [made], encoder=encoder)
    correct(home, "geheim", Correction(DocumentInfo(title="Het geheim van Roodborst")), encoder=encoder)
    return made


def everything(home: Home) -> bytes:
    """The bytes of all files of a home, in small letters; and their names."""
    files = [path for path in home.path.rglob("*") if path.is_file()]
    return b"\n".join([path.read_bytes().lower() + path.name.encode() for path in files])


def secret_vectors(home: Home) -> list[bytes]:
    """The vectors of the secret document as the catalogue and as Chroma write them."""
    with Catalogue.open(home) as catalogue:
        keys = [stored.key for stored in catalogue.passages_of(catalogue.current("geheim").key)]
        vectors = catalogue.vectors(keys).passages
    return [row.astype(kind).tobytes() for row in vectors for kind in (np.float16, np.float32)]


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_a_removed_document_leaves_no_byte(home: Home, folder: Path, is_withdrawn: bool) -> None:
    """Of no version: no word, stem or vector in any file: catalogue, log, index, earlier copy, what was derived."""
    with Catalogue.open(home) as catalogue:
        digest = catalogue.current("geheim").digest
    vectors = secret_vectors(home)
    home.derived.mkdir(exist_ok=True)
    (home.derived / f"{digest}.json").write_text('["dossierzwaluwstaart"]')
    home.copy_of_version(1).write_bytes(home.catalogue.read_bytes())
    home.damaged("20260101").mkdir()
    (home.damaged("20260101") / "catalogue.sqlite3").write_bytes(home.catalogue.read_bytes())
    (home.arriving / "1").mkdir(parents=True)
    (home.arriving / "1.lock").touch()  # of a program that ended
    (home.arriving / "1" / "geheim.md").write_text(SECOND)
    if is_withdrawn:
        withdraw(home, ["geheim"])
    before = everything(home)

    remove(home, ["geheim"])

    after = everything(home)
    assert all(word.encode() in before for word in SECRETS)
    assert is_withdrawn or all(vector.lower() in before for vector in vectors)
    assert [word for word in SECRETS if word.encode() in after] == []
    assert not any(vector.lower() in after for vector in vectors)
    assert b"minister" in after


def test_an_interrupted_removal_is_finished_by_the_next_writer(home: Home, folder: Path) -> None:
    """A vector that a killed writer left in the index goes when the index is brought up to date."""
    vectors = secret_vectors(home)
    with home.writer_lock(), Catalogue.open(home, create=True) as catalogue:
        catalogue.remove("geheim")
        left = everything(home)
    index = VectorIndex(home.vectors)
    with Catalogue.open(home) as catalogue, home.writer_lock():
        index.bring_up_to_date(catalogue)
    index.close()

    assert any(vector.lower() in left for vector in vectors)
    assert not any(vector.lower() in everything(home) for vector in vectors)


def test_a_reader_in_the_way_is_said(
    home: Home, folder: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log cannot be wiped while a reader holds on to an old moment: the person hears so, and the next try wipes."""
    monkeypatch.setattr("kb.database._WAIT_MS", 50)
    with Catalogue.open(home) as reader, reader.snapshot():
        reader.documents()
        with pytest.raises(HomeError) as caught:
            remove(home, ["geheim"])
        in_the_way = b"roodborst" in everything(home)
    ingest(home, [folder / "nota.md"], encoder=encoder)

    assert (caught.value.key, in_the_way) == ("not_wiped", True)
    assert b"roodborst" not in everything(home)
