"""What a question means in this collection: the words that say the same there, from its glossary and the thesaurus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.acronyms import acronym_expansions
from kb.analysis import is_stop_word, stem, words
from kb.catalogue import Catalogue
from kb.compounds import compound_expansions
from kb.expansion import Expansion
from kb.glossary.collecting import long_forms
from kb.letters import asked_in
from kb.question import DOCUMENT_LANGUAGE, Question, QuestionKind, analyse
from kb.spelling import Spelling
from kb.thesaurus import Thesaurus, shipped_concepts
from kb.thesaurus.own import own_words
from kb.translating import in_dutch

MOST_EXPANSIONS = 40  # of one question: each asks the index
MOST_BESIDE = 8  # words of a letter that do not ask


@dataclass(frozen=True, slots=True)
class _Words:
    """What was read of the collection's own words and the thesaurus, until the collection changes."""

    revision: int
    long_forms: Mapping[str, tuple[str, ...]]


class Understanding:
    """Reads questions for one catalogue; safe to share between threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        own = own_words(catalogue.home.thesaurus)
        self.unreadable = own.unreadable
        self.thesaurus = Thesaurus((*shipped_concepts(), *own.concepts))
        self._words = _Words(-1, {})

    def question(self, text: str, *, expand: bool = True) -> Question:
        """A question with other words for its terms; without ``expand`` by itself, to the letter."""
        asked = asked_in(text)
        beside = self._beside(asked.rest)
        question = analyse(asked.text)
        if not expand:
            return replace(question, written=text, beside=beside, is_part=asked.is_letter)
        read, found = self._read_as_dutch(question)
        understood = analyse(read)
        if question.language != DOCUMENT_LANGUAGE:
            kind = understood.kind if question.kind is QuestionKind.FREE else question.kind
            understood = replace(understood, kind=kind, language=question.language)
        expansions = _distinct((*found, *self._expansions(understood)))
        return replace(
            understood,
            written=text,
            expansions=tuple(expansions)[:MOST_EXPANSIONS],
            beside=beside,
            is_part=asked.is_letter,
        )

    def _beside(self, rest: str) -> tuple[str, ...]:
        """The longest words of the rest of a letter that the collection has, as stems."""
        content = [word for word in dict.fromkeys(words(rest)) if not is_stop_word(word)]
        known = self._catalogue.known_words(content) if content else set()
        longest = sorted((word for word in content if word in known), key=len, reverse=True)
        return tuple(dict.fromkeys(stem(word) for word in longest[:MOST_BESIDE]))

    def _read_as_dutch(self, question: Question) -> tuple[str, tuple[Expansion, ...]]:
        """The text of a question in Dutch, without typing errors; and what was read for what."""
        if question.language != DOCUMENT_LANGUAGE:
            return in_dutch(question.text, self.thesaurus, self._catalogue.known_words)
        return Spelling(self._known, self._catalogue.words_beginning).corrected(question.text)

    def _known(self, asked: Sequence[str]) -> set[str]:
        """Which words the collection or the thesaurus has."""
        known = self._catalogue.known_words(asked)
        rest = [word for word in asked if word not in known and not is_stop_word(word)]
        return known | (self.thesaurus.words.intersection(rest) if rest else set())

    def _expansions(self, question: Question) -> Iterator[Expansion]:
        term_words = dict(zip(question.terms, question.term_words, strict=True))
        asked = [word for word in words(question.text) if not is_stop_word(word)]
        yield from acronym_expansions(term_words, asked, self._read().long_forms)
        yield from compound_expansions(term_words, words(question.text), self._catalogue.known_words)
        yield from self.thesaurus.expansions(term_words)

    def _read(self) -> _Words:
        """The words of the collection as it is now."""
        now = self._catalogue.revision()
        if self._words.revision != now:
            self._words = _Words(now, long_forms(self._catalogue, self.thesaurus))
        return self._words


def _distinct(expansions: Iterable[Expansion]) -> Iterator[Expansion]:
    """Each form of a term once, the first of them."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for one in expansions:
        if (one.term, one.stems) not in seen:
            seen.add((one.term, one.stems))
            yield one
