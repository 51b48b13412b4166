"""The format of a file: its content decides, its name only where content cannot."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pptx
import pytest

from ingest.errors import Reason, UnreadableFile
from ingest.formats import Format, format_of

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 504
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256))


def _word_bytes() -> bytes:
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Een alinea over leren.")
    document.save(stream)
    return stream.getvalue()


def _slides_bytes() -> bytes:
    stream = io.BytesIO()
    pptx.Presentation().save(stream)
    return stream.getvalue()


def _zip_bytes(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _office_zip(main_type: str, **members: str) -> bytes:
    types = f'<Types><Override PartName="/main.xml" ContentType="application/{main_type}.main+xml"/></Types>'
    return _zip_bytes(**{"[Content_Types].xml": types, **members})


def _written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _locked(archive: bytes) -> bytes:
    """An archive whose first member says that it needs a password."""
    place = archive.index(b"PK\x01\x02") + 8
    return archive[:place] + bytes([archive[place] | 1]) + archive[place + 1 :]


def _reason_for(path: Path) -> Reason:
    with pytest.raises(UnreadableFile) as caught:
        format_of(path)
    assert caught.value.path == path
    return caught.value.reason


@pytest.mark.parametrize("name", ["nota.docx", "nota.pdf", "nota.txt", "nota"])
def test_a_word_document_is_one_under_any_name(tmp_path: Path, name: str) -> None:
    """A wrong suffix does not hide what a file is."""
    assert format_of(_written(tmp_path, name, _word_bytes())) is Format.DOCX


def test_bytes_before_a_zip_do_not_hide_it(tmp_path: Path) -> None:
    """Some servers put a few bytes of their own before an Office file."""
    assert format_of(_written(tmp_path, "deck.pptx", b"\r\r\x00\x00server" + _slides_bytes())) is Format.PPTX


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", "%PDF-1.7\n%âãÏÓ\n", Format.PDF),
        ("a.docx", _office_zip("vnd.openxmlformats-officedocument.spreadsheetml.sheet"), Format.XLSX),
        ("a.xlsm", _office_zip("vnd.ms-excel.sheet.macroEnabled"), Format.XLSX),
        ("a.docx", _zip_bytes(mimetype="application/vnd.oasis.opendocument.text"), Format.ODT),
        ("a.ott", _zip_bytes(mimetype="application/vnd.oasis.opendocument.text-template"), Format.ODT),
        ("a.txt", _zip_bytes(mimetype="application/vnd.oasis.opendocument.presentation"), Format.ODP),
        ("a.txt", "<!DOCTYPE html><html><body><p>Tekst</p></body></html>", Format.HTML),
        ("a.pdf", "\ufeff<?xml version='1.0'?>\n<!-- noot -->\n<html lang='nl'></html>", Format.HTML),
        ("a.htm", "<p>Een los stuk</p>", Format.HTML),
        ("a.txt", "Een brief over %PDF-bestanden.", Format.TEXT),
        ("a.md", "Gewone tekst.", Format.MARKDOWN),
        ("a.txt", "# Titel\n\nTekst met **vet** en **vetter**.\n", Format.MARKDOWN),
        ("a.txt", "# Titel\n\n## Deel\n\nTekst.\n", Format.MARKDOWN),
        ("a.txt", "# lln feb\n20\n# lln mei\n30\n", Format.TEXT),
        ("leesmij", "Gewone tekst.", Format.TEXT),
        ("brief.docx", r"{\rtf1\ansi Beste}", Format.RTF),
        ("a.txt", "\r\nReceived: by a.be;\r\n\tSat, 21 Nov\r\nFrom: an@a.be\r\n\r\nDag Jan", Format.EML),
        ("a.eml", "Subject: vraag\nMIME-Version: 1.0", Format.EML),
        ("a.txt", "From: An\nDit is geen kop: er staat tekst.\n", Format.TEXT),
        ("a.txt", "Subject: vraag\nDate: vandaag\n\nGewone tekst.", Format.TEXT),
        ("a.txt", "Van: An\nAan: Jan\n\nGewone tekst.", Format.TEXT),
        ("a.txt", "Zoë, één café".encode("latin-1"), Format.TEXT),
        ("a.txt", "Zoë leest".encode("utf-16"), Format.TEXT),
    ],
)
def test_content_tells_the_kinds_of_text_apart(
    tmp_path: Path, name: str, content: bytes | str, expected: Format
) -> None:
    """Marks in the text decide before the suffix does."""
    assert format_of(_written(tmp_path, name, content)) is expected


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("leeg.txt", b"", Reason.EMPTY),
        ("leeg.pdf", b" \r\n\t ", Reason.EMPTY),
        ("kort.docx", _word_bytes()[:2000], Reason.DAMAGED),
        ("ruis.pdf", bytes(range(256)) * 8, Reason.DAMAGED),
        ("foto.txt", JPEG, Reason.BINARY),
        ("foto.jpg", JPEG, Reason.UNKNOWN_FORMAT),
        ("ruis", bytes(range(256)) * 8, Reason.UNKNOWN_FORMAT),
        ("tabel.xlsb", _zip_bytes(**{"[Content_Types].xml": "<Types/>"}), Reason.UNKNOWN_FORMAT),
        ("cijfers.ods", _zip_bytes(mimetype="application/vnd.oasis.opendocument.spreadsheet"), Reason.UNKNOWN_FORMAT),
        ("lijst.csv", "naam;aantal\nA;1\n", Reason.UNKNOWN_FORMAT),
        ("brief.txt", "%!PS-Adobe-3.0", Reason.BINARY),
        ("feed.xml", "<?xml version='1.0'?><rss/>", Reason.UNKNOWN_FORMAT),
        ("geheim.docx", OLE + "EncryptedPackage".encode("utf-16-le"), Reason.PASSWORD),
        ("slot.docx", _locked(_word_bytes()), Reason.PASSWORD),
        ("oud.doc", OLE + "WordDocument".encode("utf-16-le"), Reason.OLD_OFFICE),
        ("oud.docx", OLE + "Workbook".encode("utf-16-le"), Reason.OLD_OFFICE),
        ("bericht.msg", OLE + "__properties_version1.0".encode("utf-16-le"), Reason.OUTLOOK_MESSAGE),
        ("thumbs.db", OLE, Reason.UNKNOWN_FORMAT),
    ],
)
def test_each_file_that_is_not_read_has_its_reason(
    tmp_path: Path, name: str, content: bytes | str, expected: Reason
) -> None:
    """What is wrong is said so that a person knows what to do."""
    assert _reason_for(_written(tmp_path, name, content)) is expected


def test_an_archive_that_would_flood_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    """A few kilobytes can unpack to gigabytes."""
    bomb = _office_zip("vnd.openxmlformats-officedocument.wordprocessingml.document", **{"document.xml": " " * 2**22})

    assert len(bomb) < 10_000
    assert _reason_for(_written(tmp_path, "bom.docx", bomb)) is Reason.TOO_LARGE


def test_a_file_that_is_gone_has_vanished(tmp_path: Path) -> None:
    """Between listing a folder and reading it, files may be deleted."""
    assert _reason_for(tmp_path / "weg.txt") is Reason.VANISHED


def test_what_cannot_be_opened_is_not_allowed(tmp_path: Path) -> None:
    """Whatever else the operating system refuses, here a folder in place of a file."""
    assert _reason_for(tmp_path) is Reason.NOT_ALLOWED
