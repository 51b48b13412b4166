"""Words of the field: which words name the same thing, and which acronyms stand for what.

``duaal-leren.ttl`` and ``acroniemen.ttl`` are SKOS (https://www.w3.org/TR/skos-reference/) in Turtle. Reading Turtle
takes longer than answering a question, so that ``compiled.json`` says the same for the program: make it anew with
``python -m kb.thesaurus``. People add their own words in ``<home>/thesaurus/*.ttl``, which are compiled when they
change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from kb.analysis import is_stop_word, words
from kb.expansion import Expansion, ExpansionKind

SAME_SHARE, NEAR_SHARE = 0.8, 0.2
DUTCH, ENGLISH = "nl", "en"
COMPILED = "compiled.json"


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a concept with its stems; a hidden one is said by people, and not written in documents."""

    text: str
    stems: tuple[str, ...]
    language: str = DUTCH
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """What some labels name. ``near`` are the ids of broader and related concepts, ``acronyms`` stand for its name.

    ``source`` is the public address that says so, where one is named.
    """

    id: str
    labels: tuple[Label, ...]
    near: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    source: str = ""


class Thesaurus:
    """Concepts by their labels."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = {concept.id: concept for concept in merged(concepts)}
        self._by_stem: dict[str, list[tuple[Label, Concept]]] = {}
        for concept in self._concepts.values():
            for label in concept.labels:
                if label.stems:
                    self._by_stem.setdefault(label.stems[0], []).append((label, concept))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the labels."""
        return frozenset(
            word for concept in self._concepts.values() for label in concept.labels for word in words(label.text)
        )

    def tells_apart(self, stem: str, other: str) -> bool:
        """Whether two stems name different things that are not near each other: those of "leerkracht", "leerling"."""
        named, others = self._named_by(stem), self._named_by(other)
        return bool(named and others) and not any(
            one.id == two.id or one.id in two.near or two.id in one.near for one in named for two in others
        )

    def _named_by(self, stem: str) -> list[Concept]:
        """The concepts of which a stem is a whole label."""
        return [concept for label, concept in self._by_stem.get(stem, ()) if len(label.stems) == 1]

    def acronyms(self) -> dict[str, str]:
        """What each acronym stands for."""
        return {acronym: concept.labels[0].text for acronym, concept in self.acronym_concepts().items()}

    def acronym_concepts(self) -> dict[str, Concept]:
        """The concept whose name each acronym stands for."""
        named = (concept for concept in self._concepts.values() if concept.labels)
        return {acronym: concept for concept in named for acronym in concept.acronyms}

    def expansions(self, term_words: Mapping[str, str]) -> Iterator[Expansion]:
        """Other words for the terms of a question: ``term_words`` has the word of each, in order.

        Where a longer label fits, its words are not looked up by themselves.
        """
        terms, position = tuple(term_words), 0
        while position < len(terms):
            found = [
                (label, concept)
                for label, concept in self._labels_at(terms, position, DUTCH)
                if _are_same_words(label, [term_words[term] for term in terms[position:]])
            ]
            length = max((len(label.stems) for label, _ in found), default=1)
            named = terms[position : position + length]
            for label, concept in found:
                if len(label.stems) == length:
                    yield from self._other_words(named, term_words, concept)
            position += length

    def dutch_for(self, stems: Sequence[str], position: int) -> tuple[int, str] | None:
        """How many English stems from a position name a concept, and its Dutch name; None where they name none."""
        found = self._labels_at(stems, position, ENGLISH)
        if not found:
            return None
        label, concept = max(found, key=lambda pair: len(pair[0].stems))
        return len(label.stems), concept.labels[0].text

    def _labels_at(self, stems: Sequence[str], position: int, language: str) -> list[tuple[Label, Concept]]:
        return [
            (label, concept)
            for label, concept in self._by_stem.get(stems[position], ())
            if label.language == language and tuple(stems[position : position + len(label.stems)]) == label.stems
        ]

    def _other_words(
        self, named: Sequence[str], term_words: Mapping[str, str], concept: Concept
    ) -> Iterator[Expansion]:
        near = (self._concepts[other] for other in concept.near if other in self._concepts)
        for share, other in ((SAME_SHARE, concept), *((NEAR_SHARE, one) for one in near)):
            for label in other.labels:
                if label.language == DUTCH and not label.hidden:
                    for term in (one for one in dict.fromkeys(named) if one not in label.stems):
                        yield Expansion(term, label.stems, share, ExpansionKind.THESAURUS, term_words[term], label.text)


def _are_same_words(label: Label, asked: Sequence[str]) -> bool:
    """Whether words with the stems of a label are forms of its words: not so "gericht" and "richting"."""
    pairs = zip(content_words(label.text), asked, strict=False)
    return all(one[0] == other[0] and _is_act(one) == _is_act(other) for one, other in pairs)


def _is_act(word: str) -> bool:
    """Whether a word names what is done: "opleiding", beside "opleiden"."""
    return word.endswith(("ing", "ingen"))


def content_words(text: str) -> list[str]:
    """What a label says without stop words; all words of one of stop words alone."""
    return [word for word in words(text) if not is_stop_word(word)] or words(text)


def merged(concepts: Sequence[Concept]) -> list[Concept]:
    """Concepts with the same id as one: the labels of the first come first."""
    by_id: dict[str, Concept] = {}
    for concept in concepts:
        known = by_id.get(concept.id, Concept(concept.id, ()))
        by_id[concept.id] = Concept(
            concept.id,
            tuple(dict.fromkeys((*known.labels, *concept.labels))),
            tuple(dict.fromkeys((*known.near, *concept.near))),
            tuple(dict.fromkeys((*known.acronyms, *concept.acronyms))),
            known.source or concept.source,
        )
    return list(by_id.values())


def as_json(concepts: Sequence[Concept]) -> list[object]:
    """Concepts for ``from_json``."""
    return [
        [
            concept.id,
            [[label.text, " ".join(label.stems), label.language, int(label.hidden)] for label in concept.labels],
            list(concept.near),
            list(concept.acronyms),
            concept.source,
        ]
        for concept in concepts
    ]


def from_json(entries: Sequence[Sequence[Sequence[Sequence[object]]]]) -> list[Concept]:
    """The concepts that ``as_json`` wrote."""
    return [
        Concept(
            str(identity),
            tuple(
                Label(str(text), tuple(str(stems).split()), str(language), bool(hidden))
                for text, stems, language, hidden in labels
            ),
            tuple(map(str, near)),
            tuple(map(str, acronyms)),
            str(source),
        )
        for identity, labels, near, acronyms, source in entries
    ]


@cache
def shipped_concepts() -> tuple[Concept, ...]:
    """The concepts that come with the program."""
    return tuple(from_json(json.loads(files(__name__).joinpath(COMPILED).read_text("utf8"))))
