"""A quote on its page: the picture, the boxes, and what a person can do where there is none."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import PictureReason
from ingest.office_images import office_program
from ingest.places import Place
from ingest.types import Span
from kb.catalogue import Catalogue
from kb.errors import PictureError, UsageError
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest, remove
from kb.testing import WordEncoder
from kb.types import DocumentCard
from kb.wording import say

SENTENCE = "Een mentor begeleidt de lerende op de werkplek."


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The same sentence as PDF, Word text and Markdown."""
    folder = tmp_path / "files"
    folder.mkdir()
    canvas = Canvas(str(folder / "gids.pdf"))
    canvas.drawString(72, 700, "Voorwoord bij de gids.")
    canvas.showPage()
    canvas.drawString(72, 700, SENTENCE)
    canvas.save()
    word = docx.Document()
    word.add_heading("Begeleiding", 1)
    word.add_paragraph("Wie helpt er?")
    word.add_paragraph(SENTENCE)
    word.save(folder / "nota.docx")
    (folder / "blad.md").write_text(f"# Gids\n\n## Begeleiding\n\nWie helpt er?\n\n{SENTENCE}\n", "utf8")
    return folder


@pytest.fixture
def knowledge_base(home: Home, encoder: WordEncoder, files: Path) -> Iterator[KnowledgeBase]:
    """What was read of them."""
    ingest(home, [files], encoder=encoder)
    with KnowledgeBase.open(home.path, encoder=encoder) as opened:
        yield opened


def cited(knowledge_base: KnowledgeBase, document_id: str) -> tuple[DocumentCard, Span]:
    """The document with this id, and where the sentence stands in it."""
    (hit,) = (hit for hit in knowledge_base.search(SENTENCE) if hit.document.id == document_id)
    start = hit.passage.start + hit.passage.text.index(SENTENCE)
    return hit.document, Span(start, start + len(SENTENCE))


def darkness(image: bytes, left: float, top: float, right: float, bottom: float) -> int:
    """How dark the darkest point of a part of a picture is, by shares: 0 to 255."""
    picture = Image.open(io.BytesIO(image)).convert("L")
    width, height = picture.size
    part = picture.crop((int(left * width), int(top * height), int(right * width), int(bottom * height)))
    return 255 - part.getextrema()[0]


def test_a_quote_is_shown_on_its_page(knowledge_base: KnowledgeBase) -> None:
    """The page to open, its picture, and a box that has the ink in it."""
    document, span = cited(knowledge_base, "gids")

    proof = knowledge_base.page_proof(document.key, span)
    image = knowledge_base.page_image(document.key, proof.opens_at, width=600)

    (box,) = proof.boxes
    assert (proof.page_count, proof.opens_at, box.page, proof.problem) == (2, 1, 1, None)
    assert image.width == 600
    assert darkness(image.data, box.left, box.top, box.right, box.bottom) > 200
    assert darkness(image.data, 0, box.bottom + 0.01, 1, 1) < 20


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_a_word_text_is_shown_as_it_is_printed(knowledge_base: KnowledgeBase, home: Home, encoder: WordEncoder) -> None:
    """What was made for that stands beside the originals, and goes when the document is removed."""
    document, span = cited(knowledge_base, "nota")

    proof = knowledge_base.page_proof(document.key, span)
    image = knowledge_base.page_image(document.key, proof.opens_at)

    (box,) = proof.boxes
    assert (proof.page_count, proof.problem) == (1, None)
    assert darkness(image.data, box.left, box.top, box.right, box.bottom) > 200
    assert (home.derived / f"{document.digest}.pdf").is_file()
    remove(home, ["nota"])
    assert list(home.derived.iterdir()) == []


def test_without_libreoffice_the_place_is_said_in_words(
    knowledge_base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The headings above it and the number of the paragraph; and what to install."""
    document, span = cited(knowledge_base, "nota")
    monkeypatch.setenv("PATH", "")

    proof = knowledge_base.page_proof(document.key, span)

    assert proof.place == Place(("Begeleiding",), 2, None)
    assert (proof.page_count, proof.boxes) == (0, ())
    assert proof.problem is not None
    assert "LibreOffice" in say(proof.problem)


def test_a_format_without_pages_has_a_place_in_words(knowledge_base: KnowledgeBase) -> None:
    """Its picture cannot be asked for."""
    document, span = cited(knowledge_base, "blad")

    proof = knowledge_base.page_proof(document.key, span)

    assert proof.place == Place(("Gids", "Begeleiding"), 2, None)
    assert proof.problem == f"errors.picture_{PictureReason.NO_PAGES}"
    with pytest.raises(PictureError) as raised:
        knowledge_base.page_image(document.key, 0)
    assert f"errors.{raised.value.key}" == proof.problem


def test_an_original_that_is_gone_is_said(knowledge_base: KnowledgeBase, home: Home) -> None:
    """The text can still be read; the page cannot."""
    document, span = cited(knowledge_base, "gids")
    home.original(document.digest).unlink()

    assert knowledge_base.page_proof(document.key, span).problem == f"errors.picture_{PictureReason.NO_ORIGINAL}"


def test_a_page_or_document_that_is_not_there(knowledge_base: KnowledgeBase) -> None:
    """Both are said as such."""
    document, _ = cited(knowledge_base, "gids")

    with pytest.raises(PictureError, match=f"picture_{PictureReason.NO_SUCH_PAGE}"):
        knowledge_base.page_image(document.key, 2)
    with pytest.raises(UsageError):
        knowledge_base.page_image(10_000, 0)


def test_what_was_made_may_be_deleted(knowledge_base: KnowledgeBase, home: Home) -> None:
    """And what no document needs is, when somebody writes."""
    home.derived.mkdir()
    (home.derived / "abc.pdf").touch()

    with home.writer_lock(), Catalogue.open(home) as catalogue:
        catalogue.tidy()

    assert list(home.derived.iterdir()) == []


def test_a_question_waits_for_no_library_that_draws() -> None:
    """They are imported with the first page that is shown."""
    code = "import sys, kb.knowledge_base; print({'pypdf', 'pypdfium2', 'pytesseract', 'PIL'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"
