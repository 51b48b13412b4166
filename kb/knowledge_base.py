"""The front door: open a home, ask a question, read a proven answer."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kb import proof
from kb.agreement import with_other_places
from kb.analysis import stem
from kb.asked_parts import AskedPart, asked_parts
from kb.catalogue import Catalogue
from kb.comparison import compares, definitions_first, names_of_sides, side_by_side_of, with_shared_noun
from kb.differing import notice_of_differing, side_by_side
from kb.encoder import Encoder, load_encoder, require_same
from kb.errors import UsageError
from kb.evidence import SEARCHED_HITS, Evidence, EvidenceWeights, best_first, ranked_by_answer, sentence_evidence
from kb.glossary.collecting import collect
from kb.glossary.types import Term
from kb.home import Home
from kb.index_care import IndexCare, Told, silent
from kb.library import encoded_words
from kb.matching import known_of
from kb.parts import Part, in_turn, said_of, shared, verdict_of_parts, without_lost
from kb.question import MAX_QUESTION_CHARS, Question, without_broken_characters
from kb.ranking import Weights
from kb.repetition import without_repetition
from kb.search import Found, Searcher
from kb.shelf import Shelf
from kb.silence import Verdict, judge, sources_of, text_with_context
from kb.stages import Listener, Stage, nobody
from kb.succession import notice_of, successions
from kb.types import (
    Answer,
    Citation,
    DocumentCard,
    Facets,
    Filters,
    Hit,
    Notice,
    Statement,
    Status,
    StoredPassage,
    Succession,
)
from kb.understanding import Understanding
from kb.vector_index import VectorIndex
from kb.word_vectors import WordLikeness, content_words
from kb.workings import Sought, Workings
from kb.writer import QuotingWriter, Writer

MAX_HITS = 10
QUESTIONS = "kb.questions"  # the log that hears what is asked; nobody listens to it unless that is asked for

_questions = logging.getLogger(QUESTIONS)


class KnowledgeBase(Shelf):
    """Reads a home; safe to share between threads. Writing is done by ``kb.library``."""

    def __init__(
        self,
        catalogue: Catalogue,
        index: VectorIndex,
        encoder: Encoder,
        *,
        weights: Weights = Weights(),
        evidence_weights: EvidenceWeights = EvidenceWeights(),
        writer: Writer | None = None,
        care: IndexCare | None = None,
    ) -> None:
        super().__init__(catalogue)
        self._index = index
        self._care = care or IndexCare(catalogue.home, catalogue, index)
        self._understanding = Understanding(catalogue)
        self._known_terms: tuple[int, tuple[Term, ...]] = (-1, ())
        self._known_successions: tuple[int, Mapping[int, Succession]] = (-1, {})
        self._searcher = Searcher(catalogue, index, encoder, weights)
        self._evidence_weights = evidence_weights
        self._writer = writer or QuotingWriter(catalogue)

    @classmethod
    def open(
        cls,
        home: Path | None = None,
        *,
        encoder: Encoder | None = None,
        weights: Weights = Weights(),
        told: Told | None = None,
    ) -> KnowledgeBase:
        """Open a home folder, by default the user's own.

        The vector index is mended first where that is needed. With ``told`` nobody waits for that: the index is looked
        at in a child process and mended in the background, while the words of a question find their passages; ``told``
        hears what a person should know of it (``kb.index_care``).

        Raises HomeError where there is nothing to read, EncoderError where the encoder is not the one that made the
        vectors.
        """
        place = Home(home)
        catalogue = Catalogue.open(place)
        index = VectorIndex(place.vectors, withheld=told is not None)
        care = IndexCare(place, catalogue, index, told or silent)
        try:
            mark = catalogue.encoder_mark()
            chosen = encoder or load_encoder(mark.name if mark else None)
            require_same(chosen, mark)
            if told is None:
                care.mend_now()
            else:
                care.begin()
            return cls(catalogue, index, chosen, weights=weights, care=care)
        except BaseException:
            index.close()
            catalogue.close()
            raise

    def close(self) -> None:
        """Let go of the files."""
        super().close()
        self._care.wait()
        self._index.close()
        self._catalogue.close()

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(
        self, question: str, *, filters: Filters = Filters(), expand: bool = True, begins: Listener = nobody
    ) -> Answer:
        """Answer a question with proven quotes, or say that nothing was found.

        Without ``expand`` only the words of the question itself count. ``begins`` hears of each stage as it begins.
        Raises UsageError for an empty question or one of more than ``MAX_QUESTION_CHARS`` characters.
        """
        _questions.info("asked", extra={"fields": {"event": "question", "question": question}})
        analysed = self._analyse(question, expand=expand)
        with self._catalogue.snapshot():
            begins(Stage.SEARCHING)
            found, evidence = self._found(analysed, filters)
            searches = [Sought(analysed, found, tuple(evidence))]
            parts = self._parts(analysed, evidence, filters, expand=expand)
            evidence = best_first((*evidence, *(one for part in parts for one in part.evidence)))
            begins(Stage.CHOOSING)
            written = self._writer.write(analysed, found, evidence)
            compared = compares(analysed)
            if parts:
                written = (side_by_side_of(parts, evidence, written) if compared else in_turn(parts)) or written
            written = side_by_side(analysed, written, evidence, lambda key: self.successor(key) is not None)
            written = with_other_places(written, evidence)
            begins(Stage.PROVING)
            examined = proof.examined(written, self._raw_pages)
            statements = examined.proven
            verdict = self._judged(analysed, found, evidence, statements)
            searches += [Sought.of_part(part) for part in parts]
            if parts:
                verdicts = [
                    self._judged(part.question, part.found, part.evidence, said_of(part, statements)) for part in parts
                ]
                verdict = verdict_of_parts(parts, verdicts, verdict)
                statements = without_lost(parts, verdicts, statements)
            shown = () if verdict.status is Status.NOT_FOUND else statements
            replaced = notice_of_differing(analysed, shown, evidence) + self._replaced(shown)
        unproven = (Notice("unproven", (("count", str(len(examined.dropped))),)),) if examined.dropped else ()
        notices = _understood(analysed) + verdict.notices + unproven + replaced + self._unread_words() + self._indexes()
        workings = Workings(tuple(searches), self._evidence_weights, verdict, examined.proven, examined.dropped)
        hits = shared(found, parts)[:MAX_HITS]
        return Answer(analysed.written, verdict.status, shown, hits, notices, found.expansions, workings)

    def search(
        self, question: str, *, limit: int = MAX_HITS, filters: Filters = Filters(), expand: bool = True
    ) -> tuple[Hit, ...]:
        """The best passages for a question, best first. Raises UsageError as ``ask`` does."""
        analysed = self._analyse(question, expand=expand)
        with self._catalogue.snapshot():
            found, evidence = self._found(analysed, filters, limit=limit)
            parts = self._parts(analysed, evidence, filters, expand=expand)
            return shared(found, parts)[:limit]

    @property
    def catalogue(self) -> Catalogue:
        """What is stored, to be listed and looked at."""
        return self._catalogue

    @property
    def encoder(self) -> Encoder:
        """The encoder that made the vectors."""
        return self._right_searcher().encoder

    def wait_for_index(self, *, mended: bool = True) -> None:
        """Wait until the index was looked at, and with ``mended`` until it is whole where that can be."""
        self._care.wait(mended=mended)

    def successor(self, document_key: int) -> Succession | None:
        """Which document takes the place of another, as was said or as it seems; None where none does."""
        return self.successions().get(document_key)

    def newer(self, document_key: int) -> tuple[StoredPassage, Succession] | None:
        """How the document that takes the place of another opens; None where none does."""
        succession = self.successor(document_key)
        passages = self._catalogue.passages_of(succession.by) if succession else ()
        return (passages[0], succession) if succession and passages else None

    def documents(self, filters: Filters = Filters()) -> tuple[DocumentCard, ...]:
        """The documents that can answer, by id."""
        return self._catalogue.documents(filters)

    def terms(self) -> tuple[Term, ...]:
        """The terms of the collection with what they mean, by name; hidden ones too."""
        now = self._catalogue.revision()
        if self._known_terms[0] != now:
            self._known_terms = (now, collect(self._catalogue, self._understanding.thesaurus))
        return self._known_terms[1]

    def facets(self, filters: Filters = Filters()) -> Facets:
        """What can be filtered on, with the numbers of documents that the other filters leave."""
        return self._catalogue.facets(filters)

    def _found(self, question: Question, filters: Filters, *, limit: int = MAX_HITS) -> tuple[Found, list[Evidence]]:
        """The hits in the order of what they answer, and the evidence in them, best first."""
        found = self._right_searcher().search(question, limit=max(limit, SEARCHED_HITS), filters=filters)
        evidence = sentence_evidence(question, found, self._evidence_weights)
        ranked = ranked_by_answer(question, found, evidence, self._evidence_weights)
        return replace(ranked, hits=without_repetition(ranked.hits)), evidence

    def _parts(
        self, question: Question, evidence: Sequence[Evidence], filters: Filters, *, expand: bool
    ) -> tuple[Part, ...]:
        """The two things that a question compares, or all that it asks, each sought by itself; nothing for a question
        that asks one thing.
        """
        names = names_of_sides(question)
        if names is not None:
            return tuple(self._side(name, filters, expand=expand) for name in with_shared_noun(names, evidence))
        return tuple(self._part(one, filters, expand=expand) for one in asked_parts(question, evidence))

    def _part(self, asked: AskedPart, filters: Filters, *, expand: bool) -> Part:
        question = self._analyse(asked.whole, expand=expand)
        question = replace(question, kind=self._analyse(asked.text, expand=expand).kind)
        found, evidence = self._found(question, filters)
        return Part(asked.text, question, found, evidence, self._writer.write(question, found, evidence))

    def _side(self, name: str, filters: Filters, *, expand: bool) -> Part:
        question = self._analyse(f"Wat is {name}?", expand=expand)
        found, scored = self._found(question, filters)
        evidence = definitions_first(question, scored)
        statements = self._writer.write(question, found, evidence)
        return Part(name, question, found, evidence, statements[:1], "side_missing")

    def _judged(
        self, question: Question, found: Found, evidence: Sequence[Evidence], statements: Sequence[Statement]
    ) -> Verdict:
        return judge(question, found, evidence, statements, self._likeness_of_words(question, statements))

    def _likeness_of_words(self, question: Question, statements: Sequence[Statement]) -> WordLikeness:
        """How much the words of the question are like those of the statements and of the passages they cite."""
        texts = [text_with_context(statement) for statement in statements]
        held = self._catalogue.word_vectors(
            content_words([*texts, *(known_of(source) for source in sources_of(statements))])
        )
        asked = content_words(question.term_words)
        known = self._catalogue.word_vectors(asked)
        known |= encoded_words(self._right_searcher().encoder, [word for word in asked if word not in known])
        return WordLikeness.of(known, held, self._tells_apart)

    def _tells_apart(self, word: str, other: str) -> bool:
        return self._understanding.thesaurus.tells_apart(stem(word), stem(other))

    def _right_searcher(self) -> Searcher:
        """The searcher with the encoder that made the vectors, also when they were made anew since this was opened."""
        mark = self._catalogue.encoder_mark()
        if mark is not None and mark.fingerprint != self._searcher.encoder.fingerprint:
            encoder = load_encoder(mark.name)
            require_same(encoder, mark)
            self._searcher = replace(self._searcher, encoder=encoder)
        return self._searcher

    def _replaced(self, statements: tuple[Statement, ...]) -> tuple[Notice, ...]:
        """What a reader should know of cited documents whose place another takes, each once."""
        cited = {citation.document.key: citation.document for one in statements for citation in one.places}
        found = [(card, self.successor(key)) for key, card in cited.items()]
        return tuple(
            notice_of(card, self._catalogue.card(succession.by), succession) for card, succession in found if succession
        )

    def successions(self) -> Mapping[int, Succession]:
        """Which document takes the place of which, by key; remembered until the catalogue changes."""
        now = self._catalogue.revision()
        if self._known_successions[0] != now:
            self._known_successions = (now, successions(self._catalogue.editions()))
        return self._known_successions[1]

    def _analyse(self, text: str, *, expand: bool) -> Question:
        if not text.strip():
            raise UsageError("empty_question")
        if len(text) > MAX_QUESTION_CHARS:
            raise UsageError("long_question", length=len(text), most=MAX_QUESTION_CHARS)
        return self._understanding.question(without_broken_characters(text).strip(), expand=expand)

    def _unread_words(self) -> tuple[Notice, ...]:
        """Which files of the thesaurus could not be read."""
        files = ", ".join(self._understanding.unreadable)
        return (Notice("thesaurus_unreadable", (("files", files),)),) if files else ()

    def _indexes(self) -> tuple[Notice, ...]:
        """Whether an index finds less than it should, or did until just now."""
        is_empty = not self._catalogue.passage_count()
        finds_meaning, finds_words = self._index.can_answer(), self._catalogue.has_todays_stems()
        if is_empty or (finds_meaning and finds_words):
            return self._care.news()
        self._care.mend()
        return (Notice("other_stems" if finds_meaning else "words_only"),)

    def _raw_pages(self, citation: Citation) -> list[str]:
        pages = citation.document.pages
        first, last = pages.index(citation.page), pages.index(citation.last_page)
        return self._catalogue.raw_pages(citation.document.key, first, last)


def _understood(question: Question) -> tuple[Notice, ...]:
    """Which sentences of a letter were taken as its question."""
    return (Notice("understood", (("question", question.text),)),) if question.is_part else ()
