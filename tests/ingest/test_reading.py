"""Reading a file from end to end: one text, its pages and blocks, what is known, and what is said when it fails."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pptx
import pytest

from ingest.errors import Reason, UnreadableFile
from ingest.files import find_files
from ingest.reading import read_document
from ingest.types import BlockKind, DocumentInfo

TEXT = "Wij vinden dat het voor iedereen een goede weg is en dat het moet kunnen."


def _word(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Doel", 1)
    document.add_paragraph(TEXT)
    document.save(str(path))
    return path


def _reason(path: Path) -> Reason:
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    assert caught.value.path == path
    return caught.value.reason


def test_a_document_is_one_text_with_spans(tmp_path: Path) -> None:
    """Blocks are offsets into it; the digest is that of the file's bytes."""
    path = _word(tmp_path / "nota-2021.docx")

    document = read_document(path)

    assert (document.id, document.file_name, document.format) == ("nota-2021", "nota-2021.docx", "docx")
    assert document.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        (BlockKind.HEADING, "Doel"),
        (BlockKind.PARAGRAPH, TEXT),
    ]
    assert (document.info.date, document.info.kind, document.info.language) == ("2021", "nota", "nl")


def test_what_people_know_goes_before_what_is_found(tmp_path: Path) -> None:
    """The manifest beside the file, or the caller; what they leave open is still told from the text."""
    path = _word(tmp_path / "nota-2021.docx")
    (tmp_path / "sources.toml").write_text('["nota-2021.docx"]\ntitle = "Over leren"\ndate = 2020-05-06')

    assert read_document(path).info == DocumentInfo("Over leren", None, "2020-05-06", "nota", "nl")
    assert read_document(path, override=DocumentInfo(title="Anders")).info.title == "Anders"


def test_a_broken_manifest_is_reported_and_harms_no_document(tmp_path: Path) -> None:
    """It is one more file that is set aside."""
    _word(tmp_path / "nota.docx")
    (tmp_path / "sources.toml").write_text("[")

    manifest, document = find_files([tmp_path])

    assert _reason(manifest) is Reason.BAD_MANIFEST
    assert read_document(document).id == "nota"


def test_a_file_without_words_has_no_text(tmp_path: Path) -> None:
    """A deck of pictures is named as such, not stored as an empty document."""
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    deck.save(str(tmp_path / "deck.pptx"))
    (tmp_path / "streepjes.txt").write_text("--- 12 ---")
    (tmp_path / "leeg.html").write_text("<html><body><script>x = 1</script></body></html>")

    reasons = [_reason(tmp_path / name) for name in ("deck.pptx", "streepjes.txt", "leeg.html")]

    assert reasons == [Reason.NO_TEXT] * 3


def test_a_damaged_file_is_named_whatever_the_library_throws(tmp_path: Path) -> None:
    """An Office file whose parts are gone, or are no XML, opens as a zip and then fails in its library."""
    whole = io.BytesIO(_word(tmp_path / "heel.docx").read_bytes()).getvalue()
    (tmp_path / "kapot.docx").write_bytes(_with_part(whole, "word/document.xml", b"<w:document"))
    (tmp_path / "wees.docx").write_bytes(_with_part(whole, "_rels/.rels", None))

    assert [_reason(tmp_path / name) for name in ("kapot.docx", "wees.docx")] == [Reason.DAMAGED] * 2


def _with_part(archive: bytes, name: str, content: bytes | None) -> bytes:
    """An archive with one member replaced, or left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(stream, "w") as target:
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
            elif content is not None:
                target.writestr(member, content)
    return stream.getvalue()


def test_a_plain_text_needs_no_office_library(tmp_path: Path) -> None:
    """Readers are loaded when a file asks for them: the first answer must not wait for PowerPoint."""
    (tmp_path / "a.txt").write_text(TEXT)
    program = (
        "import sys; from pathlib import Path; from ingest.reading import read_document\n"
        f"read_document(Path({str(tmp_path / 'a.txt')!r}))\n"
        "print([name for name in ('docx', 'pptx', 'lxml', 'pypdf', 'markdown_it') if name in sys.modules])"
    )

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"
