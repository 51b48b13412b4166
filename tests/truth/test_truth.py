"""What is read of real documents is what a person saw on their pages; rules were improved on the "fit" half only."""

from __future__ import annotations

import pytest

from tests.truth.make import truth_file
from tests.truth.score import Figures, judge, total
from tests.truth.truth import Print, truths


@pytest.mark.shared
@pytest.mark.usefixtures("shared_corpus", "shared_documents")
def test_the_structure_of_real_documents_is_what_people_see() -> None:
    """Headings with level and page, lists with what introduces them, footnotes with their marks: of all, and of those
    that no rule was improved on.
    """
    judgements = [judge(truth) for truth in truths()]

    for split in (None, "held_out"):
        figures = total(judgements, split)
        assert figures.heading_f1 >= 0.93
        assert figures.level_f1 >= 0.87
        assert figures.page_right >= 0.98
        assert figures.lead_in_right >= 0.95
        assert figures.note_joined >= 0.95


def test_half_of_the_documents_choose_no_rule() -> None:
    """Each truth file says to which half it belongs."""
    splits = [truth.split for truth in truths()]

    assert set(splits) == {"fit", "held_out"}
    assert abs(splits.count("fit") - splits.count("held_out")) <= 1


def test_figures_are_shares_of_what_was_counted() -> None:
    """Doubtful headings count nowhere; without anything to find, all was found."""
    figures = Figures(seen=4, read=5, text=4, level=3)

    assert (figures.precision, figures.recall) == (0.8, 1.0)
    assert figures.heading_f1 == pytest.approx(8 / 9)
    assert figures.level_f1 == pytest.approx(6 / 9)
    assert figures.note_joined == 1.0


def test_a_print_knows_its_words_without_holding_them() -> None:
    """White space, hyphens and case do not count, as in the proof of quotes."""
    words = Print.of("Duaal  Leren")

    assert words.is_whole("duaalleren")
    assert words.opens("duaallereninhetkort")
    assert words.closes("watisduaalleren")
    assert list(words.places("watisduaallereninhetkort")) == [5]


def test_notes_with_words_become_a_file_without() -> None:
    """The number of a title is left out: some formats keep it apart from the text."""
    made = "\n".join(truth_file(["file x.pdf", "split fit", "H 2 1 1. Doel", "L 2 Doel: > een > drie > 3"]))

    assert "oel" not in made
    assert f'[2, 1, "4:{Print.of("doel").sha}"]' in made
    assert made.startswith('file = "x.pdf"\nsplit = "fit"')
