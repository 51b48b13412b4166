"""Questions in other words than the documents use, to a small knowledge base."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.analysis import stem
from kb.as_json import answer_as_json
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.library import ingest
from kb.matching import TermWeights, missing_names
from kb.testing import WordEncoder
from kb.types import Status

WERKGEVER = stem("werkgever")
NOTES = """
# Werken en lezen

De werkgever betaalt de leervergoeding op het einde van elke maand, na overleg met de school.

Het Regionaal Overleg Techniek (ROT) keurt de opleiding van de leesbegeleider goed in september.

De VDAB stelt elk jaar de lijst van beroepen op voor de scholen aan de kust.

De trein naar de kust vertrekt elk uur vanaf het plein voor het station.
"""


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """A short note, read, stored and indexed as any document is; and a word that somebody added."""
    folder = tmp_path_factory.mktemp("notes")
    (folder / "nota.md").write_text(NOTES, "utf8")
    home = folder / "home"
    ingest(Home(home), [folder / "nota.md"], encoder=WordEncoder())
    (home / "thesaurus").mkdir()
    (home / "thesaurus" / "eigen.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<urn:x> a skos:Concept ; skos:prefLabel "leesbegeleider"@nl ; skos:hiddenLabel "voorleesmeneer"@nl .',
        "utf8",
    )
    with KnowledgeBase.open(home, encoder=WordEncoder()) as opened:
        yield opened


def first(knowledge_base: KnowledgeBase, question: str, *, expand: bool = True) -> str:
    """The best passage for a question."""
    return knowledge_base.search(question, expand=expand)[0].passage.text


def labels(knowledge_base: KnowledgeBase, question: str) -> set[str]:
    """What was looked for beside the words of a question."""
    return {expansion.label for expansion in knowledge_base.ask(question).expansions}


def test_everyday_words_find_the_words_of_documents(knowledge_base: KnowledgeBase) -> None:
    """No word of the question stands in the passage."""
    assert "leervergoeding" in first(knowledge_base, "Wanneer geeft de baas zijn centen?")


def test_an_acronym_finds_its_long_form_and_the_other_way_round(knowledge_base: KnowledgeBase) -> None:
    """What the document says of an acronym, or the shipped list."""
    assert "Regionaal Overleg Techniek" in labels(knowledge_base, "Wat doet het ROT?")
    assert "ROT" in labels(knowledge_base, "Wat doet het Regionaal Overleg Techniek?")
    assert "VDAB" in first(knowledge_base, "Vlaamse Dienst voor Arbeidsbemiddeling en Beroepsopleiding")


def test_people_add_words_of_their_own(knowledge_base: KnowledgeBase) -> None:
    """A Turtle file in the home's folder thesaurus is enough."""
    assert "leesbegeleider" in first(knowledge_base, "Wanneer krijgt de voorleesmeneer zijn opleiding?")


def test_other_words_can_be_switched_off(knowledge_base: KnowledgeBase) -> None:
    """Then only the question's own words count, and nothing else is looked for."""
    answer = knowledge_base.ask("Wanneer geeft de baas zijn centen?", expand=False)

    assert answer.expansions == ()
    assert answer.status is Status.NOT_FOUND


def test_the_answer_says_what_else_was_looked_for(knowledge_base: KnowledgeBase) -> None:
    """Each with the word of the question; only words that the collection holds."""
    found = answer_as_json(knowledge_base.ask("Wat betaalt de baas?"))["expansions"]

    assert found == [{"term": "baas", "label": "werkgever", "kind": "thesaurus"}]


def test_another_form_of_a_name_is_that_name(knowledge_base: KnowledgeBase) -> None:
    """A passage with the long form lacks nothing when the acronym is asked for."""
    question = knowledge_base._understanding.question("Wat doet ROT?")

    assert missing_names(question.demands, {"regional", "overleg", "techniek"}, question.expansions) == ("ROT",)
    assert missing_names(question.demands, {"regionaal", "overleg", "techniek"}, question.expansions) == ()


def test_another_word_counts_less_than_the_words_own_and_less_still_where_that_is_known(
    knowledge_base: KnowledgeBase,
) -> None:
    """The question's own word wins where the collection uses it."""
    question = knowledge_base._understanding.question("baas")
    unknown = TermWeights.from_frequencies(question.terms, {WERKGEVER: 3}, 10, expansions=question.expansions)
    known = TermWeights.from_frequencies(question.terms, {WERKGEVER: 3, "baas": 2}, 10, expansions=question.expansions)

    assert question.terms == ("baas",)
    assert 1 > unknown.coverage({WERKGEVER}) > known.coverage({WERKGEVER}) > 0
    assert known.coverage({"baas"}) == 1


def test_a_broken_file_of_words_is_named_in_the_answer(tmp_path: Path) -> None:
    """Whoever wrote it learns that it does not count, and the question is answered."""
    (tmp_path / "nota.md").write_text(NOTES, "utf8")
    home = tmp_path / "home"
    ingest(Home(home), [tmp_path / "nota.md"], encoder=WordEncoder())
    (home / "thesaurus").mkdir()
    (home / "thesaurus" / "stuk.ttl").write_text("geen turtle", "utf8")

    with KnowledgeBase.open(home, encoder=WordEncoder()) as opened:
        answer = opened.ask("Wie betaalt de leervergoeding?")

    assert answer.statements
    assert [(one.key, dict(one.values)) for one in answer.warnings if one.key == "thesaurus_unreadable"] == [
        ("thesaurus_unreadable", {"files": "stuk.ttl"})
    ]


MAIL = """Beste collega

Vorige week las ik uw nota over de kust. Ik bereid een vorming voor over lezen.

{question}

Alvast bedankt!

Met vriendelijke groet
An Peeters, directeur
Tel. 050 12 34 56

Van: Jan
Verzonden: maandag 3 juni
> Wanneer vertrekt de trein?
"""


def test_of_a_mail_the_question_is_asked_and_shown(knowledge_base: KnowledgeBase) -> None:
    """Not the greeting, the signature or what is quoted; and the answer is not in part for it."""
    alone = knowledge_base.ask("Wie betaalt de leervergoeding?")
    answer = knowledge_base.ask(MAIL.format(question="Wie betaalt de leervergoeding?"))

    assert answer.statements == alone.statements
    assert answer.status is alone.status
    assert [dict(one.values) for one in answer.warnings if one.key == "understood"] == [
        {"question": "Wie betaalt de leervergoeding?"}
    ]


def test_the_parts_of_a_compound_that_the_collection_lacks_are_looked_for(knowledge_base: KnowledgeBase) -> None:
    """And words that the collection writes as one."""
    assert "trein station" in labels(knowledge_base, "Waar is het treinstation?")
    assert "leervergoeding" in labels(knowledge_base, "Wie betaalt de leer vergoeding?")


def test_a_hyphen_makes_no_difference(tmp_path: Path) -> None:
    """The words "co-creatie" and "cocreatie" are one word, "back-end-server" and "back end server" the same words."""
    (tmp_path / "nota.md").write_text(
        "# Nota\n\nDe co-creatie met de scholen begint in maart op de kade.\n\nDe backend-server staat in de kelder.\n"
        "\nHet lokaal overleg volgt daarna in de grote zaal van het stadhuis.\n",
        "utf8",
    )
    home = tmp_path / "home"
    ingest(Home(home), [tmp_path / "nota.md"], encoder=WordEncoder())

    with KnowledgeBase.open(home, encoder=WordEncoder()) as opened:
        assert opened.ask("Wanneer begint de cocreatie met de scholen?").statements
        assert "kelder" in opened.ask("Waar staat de back-end-server?").statements[0].text
        assert "kelder" in opened.ask("Waar staat de back end server?").statements[0].text
