"""PDF files of a few kilobytes that ask for gigabytes or hours."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SHOW = b"BT /F1 12 Tf 72 720 Td (tekst) Tj ET\n"
CATALOG, PAGES, FIRST = 1, 2, 3
A4 = b"/MediaBox [0 0 595 842]"


def pdf(objects: Sequence[bytes]) -> bytes:
    """A file with these objects, numbered from 1; the first is the catalogue."""
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, count = len(made), len(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n" % count
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return bytes(made)


def stream(content: bytes, entries: bytes = b"", *, times: int = 1) -> bytes:
    """A stream, compressed so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return _stream(content, entries + b" /Filter [%s]" % (b"/FlateDecode " * times))


def _stream(content: bytes, entries: bytes) -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def one_page(content: bytes, *resources: bytes) -> bytes:
    """A file of one page with a content stream (an object); resources are objects 6, 7, ... under /XObject /X0, /X1."""
    names = b" ".join(b"/X%d %d 0 R" % (index, 6 + index) for index in range(len(resources)))
    page = (
        b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << %s >> >> >>"
    )
    return pdf([_catalog(), _pages([FIRST]), page % (A4, names), content, FONT, *resources])


def _catalog() -> bytes:
    return b"<< /Type /Catalog /Pages 2 0 R >>"


def _pages(kids: Sequence[int], count: int | None = None) -> bytes:
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    return b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids) if count is None else count)


def _deflated_zeros(size: int, byte: bytes = b" ") -> bytes:
    """So many equal bytes, compressed, without ever holding them."""
    packer = zlib.compressobj(9)
    chunk = byte * 2**20
    parts = [packer.compress(chunk) for _ in range(size // len(chunk))]
    return b"".join([*parts, packer.flush()])


def flate(size: int) -> bytes:
    """A page whose content unpacks to ``size`` bytes of white space."""
    return one_page(_stream(_deflated_zeros(size), b"/Filter /FlateDecode"))


def triple_flate(size: int) -> bytes:
    """The same, compressed three times: less than a kilobyte."""
    packed = zlib.compress(zlib.compress(_deflated_zeros(size), 9), 9)
    return one_page(_stream(packed, b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"))


def page_tree_loop() -> bytes:
    """A tree of pages that holds itself."""
    return pdf([_catalog(), _pages([2, 2], 2)])


def long_page_tree_loop(length: int) -> bytes:
    """A circle of nodes, each of which holds the next twice."""
    nodes = [_pages([2 + (index + 1) % length] * 2, 2) for index in range(length)]
    return pdf([_catalog(), *nodes])


def deep_page_tree(depth: int) -> bytes:
    """Nodes below nodes, with one page at the bottom."""
    nodes = [_pages([3 + index], 1) for index in range(depth)]
    page = b"<< /Type /Page /Parent %d 0 R %s /Contents %d 0 R >>" % (depth + 1, A4, depth + 3)
    return pdf([_catalog(), *nodes, page, stream(SHOW)])


def wide_page_tree(levels: int) -> bytes:
    """Each node holds the one below ten times: ten to the power of ``levels`` pages."""
    nodes = [_pages([3 + level] * 10, 10 ** (levels - level)) for level in range(levels)]
    page = b"<< /Type /Page /Parent 2 0 R %s /Contents %d 0 R >>" % (A4, levels + 3)
    return pdf([_catalog(), *nodes, page, stream(SHOW)])


def repeated_page(times: int) -> bytes:
    """One page, so many times."""
    page = b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>" % A4
    return pdf([_catalog(), _pages([FIRST] * times), page, stream(SHOW), FONT])


def form_in_itself() -> bytes:
    """A form that draws itself."""
    form = stream(b"/X0 Do\n" + SHOW, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] %s" % _form_resources(6))
    return one_page(stream(b"/X0 Do\n" + SHOW), form)


def forms_in_forms(levels: int) -> bytes:
    """Each form draws the one below ten times."""
    kind = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
    forms = [stream(b"/X0 Do\n" * 10, kind + _form_resources(7 + level)) for level in range(levels)]
    return one_page(stream(b"/X0 Do\n"), *forms, stream(SHOW, kind + b"/Resources << /Font << /F1 5 0 R >> >>"))


def _form_resources(number: int) -> bytes:
    return b"/Resources << /Font << /F1 5 0 R >> /XObject << /X0 %d 0 R >> >>" % number


def text_operators(number: int) -> bytes:
    """A page that shows a word so many times."""
    return one_page(stream(b"BT /F1 1 Tf\n" + b"(a) Tj\n" * number + b"ET"))


def saved_states(number: int) -> bytes:
    """A page that saves its state so many times, and never goes back."""
    return one_page(stream(b"q\n" * number + SHOW))


def nested_arrays(depth: int) -> bytes:
    """An array in an array, in the content of a page."""
    return one_page(stream(b"[" * depth + b"]" * depth + b" TJ\n" + SHOW))
