"""Archives that are not what they say: unpacked with counting, and XML without definitions of its own."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from ingest.errors import Reason, UnreadableFile
from ingest.limits import Limits, under
from ingest.unpacking import plain_archive

PATH = Path("nota.docx")
KIBIBYTE = 1024
LOCAL_SIZE, CENTRAL_SIZE = 22, 24  # where the unpacked size stands in the two headers of a member


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    """What the members of a zip hold."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def with_stated_size(data: bytes, size: int) -> bytes:
    """An archive of one member that says that it unpacks to ``size`` bytes."""
    changed = bytearray(data)
    struct.pack_into("<I", changed, LOCAL_SIZE, size)
    struct.pack_into("<I", changed, data.index(b"PK\x01\x02") + CENTRAL_SIZE, size)
    return bytes(changed)


def reason_for(data: bytes, limits: Limits = Limits()) -> Reason:
    """Why an archive is refused."""
    with under(limits), pytest.raises(UnreadableFile) as caught:
        plain_archive(PATH, data)
    return caught.value.reason


def test_what_is_read_stays_and_pictures_are_emptied() -> None:
    """A reader finds each member, and no memory goes to pixels or to archives within the archive."""
    members = {
        "word/document.xml": b"<a>tekst</a>",
        "word/media/foto.png": b"x" * 99,
        "bijlage.zip": archive({"a": b"b"}),
    }

    plain = plain_archive(PATH, archive(members))

    assert members_of(plain) == {"word/document.xml": b"<a>tekst</a>", "word/media/foto.png": b"", "bijlage.zip": b""}


def test_the_last_of_equal_names_counts() -> None:
    """As for every library that opens the archive by name."""
    data = archive({"a.xml": b"<eerst/>", "b.xml": b"<later/>"}).replace(b"b.xml", b"a.xml")

    assert members_of(plain_archive(PATH, data)) == {"a.xml": b"<later/>"}


def test_a_size_that_is_too_small_is_not_believed() -> None:
    """What comes out is counted: a member that promises little cannot fill the memory."""
    honest = archive({"a.txt": bytes(4096 * KIBIBYTE)})
    limits = Limits(member_size=64 * KIBIBYTE)

    assert reason_for(honest, limits) is Reason.TOO_LARGE
    assert reason_for(with_stated_size(honest, 10), limits) is Reason.DAMAGED


def test_a_size_that_is_too_large_costs_nothing() -> None:
    """Only what comes out counts."""
    data = with_stated_size(archive({"a.txt": b"tekst"}), 2**31)

    assert members_of(plain_archive(PATH, data)) == {"a.txt": b"tekst"}


def test_members_are_counted_together() -> None:
    """Many that are small are as heavy as one that is large."""
    members = {f"{number}.txt": bytes(KIBIBYTE) for number in range(20)}

    assert reason_for(archive(members), Limits(unpacked_size=10 * KIBIBYTE)) is Reason.TOO_LARGE


def test_xml_that_shrinks_to_almost_nothing_is_refused() -> None:
    """No person writes two million empty paragraphs."""
    assert reason_for(archive({"a.xml": b"<p/>" * 2**20})) is Reason.TOO_LARGE


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method: int) -> None:
    """Office files know two; others unpack without bounds."""
    assert reason_for(archive({"a.xml": b"<a/>"}, method)) is Reason.DAMAGED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "definition",
    [
        '<!ENTITY lol "lol">',
        '<!ENTITY passwords SYSTEM "file:///etc/passwd">',
        '<!ENTITY % outer SYSTEM "http://example.org/a.dtd"> %outer;',
        '<!ATTLIST a b CDATA "long">',
    ],
)
def test_xml_that_defines_its_own_entities_is_refused(definition: str, encoding: str) -> None:
    """A few lines of them unpack to gigabytes, or fetch other files."""
    text = f'<?xml version="1.0" encoding="{encoding}"?><!-- <a> --><!DOCTYPE a [{definition}]><a>&lol;</a>'

    assert reason_for(archive({"word/styles.xml": text.encode(encoding)})) is Reason.UNSAFE


def test_a_doctype_without_definitions_is_harmless() -> None:
    """Old programs wrote one, and nothing is fetched for it."""
    members = {"a.xml": b'<!DOCTYPE a PUBLIC "-//A//B" "a.dtd"><a/>', "b.xml": b"no <xml"}

    assert members_of(plain_archive(PATH, archive(members))) == members
