"""What a reader should know of a document that was not read wholly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.types import TextSource
from kb.notices import notices_of, ranges
from kb.types import Notice, PageMark
from kb.wording import LANGUAGES, say
from tests.search_ui.samples import stored

KEYS = ("pages_unread_without_ocr", "pages_unread_too_many", "pages_unread_no_text")


@pytest.mark.parametrize(
    ("numbers", "text"), [([2], "2"), ([2, 5, 6, 7], "2, 5-7"), ([1, 2, 4, 6, 7], "1-2, 4, 6-7"), ([], "")]
)
def test_pages_are_named_as_people_do(numbers: list[int], text: str) -> None:
    """A row of pages by its first and last."""
    assert ranges(numbers) == text


def test_a_warning_knows_which_pages_it_is_about() -> None:
    """Those that show something of which nothing could be read."""
    sources = [TextSource.FILE, TextSource.NONE, TextSource.OCR, TextSource.NONE, TextSource.NONE]
    pages = tuple(PageMark(number, 0, source=source) for number, source in enumerate(sources, 1))
    card = replace(stored("x").document, pages=pages, warnings=KEYS[:1])

    assert notices_of(card) == (Notice("pages_unread_without_ocr", (("pages", "2, 4-5"),)),)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_the_pages(key: str, language: str) -> None:
    """In every language."""
    assert "p. 2, 5-7" in say(f"warnings.{key}", language=language, pages="2, 5-7")
