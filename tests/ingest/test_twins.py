"""Word documents and the PDF made of them: nothing that Word shows is lost, and all stands where a reader meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.limits import Limits, under
from tests.bench.twins import agreement, twins

IN_ORDER = 0.99
WITHOUT_PICTURES = Limits(most_seconds=0)  # which would be recognised in seconds each
ON_PAGE = 0.97  # where Word did not note a break, its place is worked out


@pytest.mark.shared
def test_the_words_of_a_document_stand_in_its_pdf_in_the_same_order(shared_documents: Path) -> None:
    """Automatic numbers too; and on the same pages."""
    with under(WITHOUT_PICTURES):
        found = [agreement(*pair) for pair in twins(shared_documents)]

    assert len(found) > 5
    assert [one for one in found if one.in_order < IN_ORDER or one.on_page < ON_PAGE] == []
