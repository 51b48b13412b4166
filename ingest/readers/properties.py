"""What the property parts of an Office file say of it: title, organisation, dates."""

from __future__ import annotations

import html
import re
from typing import Any

from ingest.types import DocumentInfo

Package = Any  # an opened package of python-docx or python-pptx, neither of which has types
CoreProperties = Any  # theirs, or openpyxl's
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
EXTENDED = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
PAGES = re.compile(rb"<(?:\w+:)?Pages>(\d{1,6})</")
COMPANY = re.compile(r"<(?:\w+:)?Company>([^<]+)</")


def info_from_properties(package: Package) -> DocumentInfo:
    """Title, organisation, language and year."""
    parts = {part.content_type: part for part in package.iter_parts()}
    company = company_in(parts[EXTENDED].blob) if EXTENDED in parts else None
    # Where there are none, the libraries would make up properties, dated today.
    return info_from_core(package.core_properties if CORE in parts else None, company)


def info_from_core(core: CoreProperties | None, company: str | None) -> DocumentInfo:
    """Title, language and year from the core properties, if there are any.

    A year is given only when making and saving agree on it: a template is years older than what is made of it.
    """
    if core is None:
        return DocumentInfo(publisher=company)
    years = {moment.year for moment in (core.created, core.modified) if moment}
    return DocumentInfo(
        title=(core.title or "").strip() or None,
        publisher=company,
        date=str(years.pop()) if len(years) == 1 else None,
        language=(core.language or "").strip()[:2].lower() or None,
    )


def page_count(package: Package) -> int | None:
    """The number of pages when the file was last saved, where the program noted it."""
    parts = (part for part in package.iter_parts() if part.content_type == EXTENDED)
    found = next((PAGES.search(part.blob) for part in parts), None)
    return int(found[1]) if found else None


def company_in(properties: bytes) -> str | None:
    """The organisation in whose name the program was installed."""
    company = COMPANY.search(properties.decode("utf-8", "replace"))
    return (html.unescape(company[1]).strip() or None) if company else None
