"""Small OpenDocument files, written as the standard describes them."""

from __future__ import annotations

import io
import zipfile

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        **{
            prefix: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
            for prefix, name in (
                ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"),
                ("presentation", "presentation"), ("meta", "meta"), ("chart", "chart"), ("svg", "svg-compatible"),
                ("fo", "xsl-fo-compatible"), ("manifest", "manifest"),
            )
        },
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
        "xml": "http://www.w3.org/XML/1998/namespace",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    }.items()
)  # fmt: skip
TEXT, SLIDES = "text", "presentation"


def part(name: str, content: str) -> str:
    """An XML part of a package: its root element with the namespaces, around some content."""
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{name} {NAMESPACES}>{content}</office:{name}>'


def content(body: str, kind: str = TEXT, styles: str = "") -> str:
    """A ``content.xml`` with some automatic styles."""
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return part("document-content", f"{automatic}<office:body><office:{kind}>{body}</office:{kind}></office:body>")


def package(content_xml: str, kind: str = TEXT, **parts: str) -> bytes:
    """A package; ``parts`` are further members by name, with ``_`` for a full stop: ``styles_xml``, ``meta_xml``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content_xml)
        for name, text in parts.items():
            archive.writestr(name.replace("_", "."), text)
    return stream.getvalue()


def numbered(name: str, *levels: str) -> str:
    """A list style; each level is its number's form ("1", "a") or a bullet."""
    shown = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" style:num-suffix="."'
        f' text:display-levels="{level}"/>'
        if form.isalnum()
        else f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="{form}"/>'
        for level, form in enumerate(levels, start=1)
    )
    return f'<text:list-style style:name="{name}">{shown}</text:list-style>'


def items(*texts: str, style: str = "", attributes: str = "") -> str:
    """A list; a text that is XML itself stands as it is."""
    shown = (text if text.startswith("<") else f"<text:p>{text}</text:p>" for text in texts)
    named = f'text:style-name="{style}"' if style else ""
    return (
        f"<text:list {named} {attributes}>"
        + "".join(f"<text:list-item>{text}</text:list-item>" for text in shown)
        + "</text:list>"
    )


def style(name: str, properties: str = "", family: str = "paragraph", attributes: str = "") -> str:
    """A style of a paragraph ("paragraph") or a stretch of text ("text")."""
    return f'<style:style style:name="{name}" style:family="{family}" {attributes}>{properties}</style:style>'
