"""OpenDocument packages: the XML parts of an .odt or .odp, their names, and what ``meta.xml`` says of the document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.archives import member
from ingest.errors import Reason, UnreadableFile
from ingest.readers.safexml import Element, parse
from ingest.types import DocumentInfo

_NAMESPACE = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
OFFICE, TEXT, STYLE, TABLE, DRAW, PRESENTATION, META, CHART = (
    _NAMESPACE.format(name) for name in ("office", "text", "style", "table", "drawing", "presentation", "meta", "chart")
)
FO, SVG = (_NAMESPACE.format(f"{name}-compatible") for name in ("xsl-fo", "svg"))
EXTENSION = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
MATH = "{http://www.w3.org/1998/Math/MathML}"
LINK = "{http://www.w3.org/1999/xlink}href"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

ENCRYPTED = b"encryption-data"


@dataclass(frozen=True, slots=True)
class Package:
    """An OpenDocument file in memory."""

    path: Path
    data: bytes

    @classmethod
    def of(cls, path: Path, data: bytes) -> Package:
        """The package in a file's bytes. Raises UnreadableFile PASSWORD when its parts are encrypted."""
        if ENCRYPTED in (member(path, data, "META-INF/manifest.xml") or b""):
            raise UnreadableFile(path, Reason.PASSWORD)
        return cls(path, data)

    def part(self, name: str) -> Element:
        """A part as XML; an empty element for one that is not there, since only the content is obligatory."""
        content = member(self.path, self.data, name)
        return Element(name) if content is None else parse(content)

    def content(self) -> Element:
        """The part with the text. Raises UnreadableFile DAMAGED when it is not there."""
        root = self.part("content.xml")
        if root.find(f"{OFFICE}body") is None:
            raise UnreadableFile(self.path, Reason.DAMAGED, "no content.xml with a body")
        return root

    def embedded(self, drawing: Element) -> Element | None:
        """The content of a formula or chart that lies in the package as a document of its own."""
        link = drawing.get(LINK, "").removeprefix("./")
        return self.part(f"{link}/content.xml") if link and ":" not in link else None

    def info(self) -> DocumentInfo:
        """Title, organisation, language, and the year when making and saving agree on it."""
        meta = self.part("meta.xml").find(f"{OFFICE}meta")
        if meta is None:
            return DocumentInfo()
        years = {moment[:4] for name in (f"{META}creation-date", f"{DC}date") if (moment := _value(meta, name))}
        year = years.pop() if len(years) == 1 else ""
        language = _value(meta, f"{DC}language")
        return DocumentInfo(
            title=_value(meta, f"{DC}title"),
            publisher=_company(meta),
            date=year if year.isdecimal() else None,
            language=language[:2].lower() if language else None,
        )


def _value(meta: Element, name: str) -> str | None:
    return " ".join((meta.findtext(name) or "").split()) or None


def _company(meta: Element) -> str | None:
    """The organisation in whose name the program was installed, which Word's files bring along."""
    named = (field for field in meta.iter(f"{META}user-defined") if field.get(f"{META}name") == "Company")
    return next(((field.text or "").strip() or None for field in named), None)
