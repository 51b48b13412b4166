"""XML from files that nobody vouches for, through defusedxml: the only module that imports it.

Entities that a file defines itself are refused, since a few lines of them unpack to gigabytes; so are those that lie
elsewhere, since they reach for other files.
"""

from __future__ import annotations

import io
from collections.abc import Container, Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring, iterparse

__all__ = ["Element", "elements", "parse"]


def parse(data: bytes) -> Element:
    """The root of an XML text. Raises ParseError for what is no XML, a ValueError of defusedxml for what is refused."""
    root: Element = fromstring(data)
    return root


def elements(data: bytes, names: Container[str]) -> Iterator[Element]:
    """The elements with some local names of a large XML text, each once it is whole; emptied after that, so that
    memory holds one at a time. Raises as ``parse``.
    """
    for _, element in iterparse(io.BytesIO(data)):
        if element.tag.rpartition("}")[2] in names:
            yield element
            element.clear()
