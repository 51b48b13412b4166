"""What a question asks: its kind, the words that matter, and the names, years and acronyms it insists on."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from kb.analysis import is_stop_word, stem, words
from kb.expansion import Expansion

MAX_QUESTION_CHARS = 10_000  # a mail
DOCUMENT_LANGUAGE = "nl"
SAME_FROM = 0.5  # the share of a term from which another word says nearly the same


class QuestionKind(StrEnum):
    """The shape of the answer that a question wants."""

    DEFINITION = "definition"
    LIST = "list"
    NUMBER = "number"
    DATE = "date"
    WHO = "who"
    YES_NO = "yes_no"
    WHY = "why"
    HOW = "how"
    COMPARISON = "comparison"
    FREE = "free"


# Tried in order; the first that matches the lower-case question decides.
_KIND_PATTERNS: tuple[tuple[QuestionKind, str], ...] = (
    (QuestionKind.NUMBER, r"\b(hoeveel|hoe ?(vaak|lang|groot|hoog|oud|veel)|welk (percentage|aantal|aandeel|bedrag)"
                          r"|wat is het (percentage|aantal|aandeel|bedrag)|wat kost|how (many|much|often|long))\b"),
    (QuestionKind.COMPARISON, r"\b(verschil(?:t|len)?\b.{0,60}\b(?:tussen|met|van)|verhoudt? .{0,60}tot|vergelijk\w*"
                              r"|tegenover|versus|vs\.?|onderscheid tussen|differ from"
                              r"|difference between|compared? (?:to|with))\b"),
    (QuestionKind.WHY, r"\b(waarom|waardoor|om welke reden|wat is de reden|hoe komt het|hoezo|why)\b"),
    (QuestionKind.DATE, r"\b(wanneer|(in|sinds|vanaf|tot) welk(e)? (jaar|datum|schooljaar|maand)|welke datum"
                        r"|op welke dag|when|(in|since) (which|what) year)\b"),
    (QuestionKind.LIST, r"^\W*wat (is|zijn) .{2,80} niet\W*$"),
    (QuestionKind.DEFINITION, r"\b(definitie|definieer|definition|betekent|betekenis|afkorting"
                              r"|(staat|staan) .{1,40}voor\b\W*$"
                              r"|waarvoor (staat|staan)"
                              r"|stands? for|wat betekenen|wat (houdt|houden) .{2,60} in\b"
                              r"|bedoel(t|en)|bedoeld met|met .{2,60} bedoeld|verstaan? .{0,30}onder"
                              r"|onder .{2,40} verstaan|what does .{2,40} mean|omschrijving)"),
    (QuestionKind.LIST, r"\b(welke (?!auteurs)(?:(?:\w+ ){0,3}?\w+(?:en|s)\b"
                        r"|(?!\w+ (?:is|was|heeft|wil|kan|moet)\b|(?:minister|persoon|organisatie|instantie|dienst)\b)"
                        r"\w{3,})"
                        r"|wat zijn (de|het)|wie (zijn|waren)|wie (is|was) (er )?(allemaal )?aanwezig|noem"
                        r"|som .{0,60}op|opsomming|lijst|wat zit er|which|what are)\b"),
    (QuestionKind.WHO, r"\b(wie|door wie|aan wie|who|whom"
                       r"|welke (minister|auteurs?|organisatie|instantie|dienst|persoon))\b"),
    (QuestionKind.DEFINITION, r"^\W*(wat|what) (is|zijn|are) (?!.*\b(van|tussen|of|between|voor|bij)\b).{2,60}$"),
    (QuestionKind.HOW, r"^\W*(hoe|op welke (?:manier|wijze)|how)\b"),
    (QuestionKind.YES_NO, r"^\W*(is|zijn|kan|kun|kunnen|mag|mogen|moet|moeten|heeft|hebben|wordt|worden|bestaat"
                          r"|bestaan|geldt|krijgt|krijgen|does|do|can|may|must|are)\b"),
)  # fmt: skip

# Words that only say what kind of answer is wanted: the answer itself does not repeat them.
_ASKING_WORDS = {
    QuestionKind.NUMBER: frozenset("aantal percentage procent bedrag lang vaak groot number percentage".split()),
    QuestionKind.DATE: frozenset("jaar datum dag maand schooljaar year date".split()),
    QuestionKind.WHO: frozenset("naam persoon heet name person".split()),
    QuestionKind.DEFINITION: frozenset("houdt inhoudt houden begrip term woord concept afkorting voluit".split()),
    QuestionKind.WHY: frozenset("reden redenen".split()),
    QuestionKind.COMPARISON: frozenset(
        "verschil verschillen verschilt onderscheid verhoudt verhouden vergelijk vergelijken versus vs difference"
        " differ".split()
    ),
    QuestionKind.LIST: frozenset("som opsomming lijst list".split()),
}

# Words by which a question of a few words says what it wants.
MOST_TELEGRAM_WORDS = 6
_TELEGRAMS = {
    QuestionKind.DEFINITION: frozenset("voluit definitie betekenis afkorting begrip omschrijving definition".split()),
    QuestionKind.NUMBER: frozenset(
        "aantal percentage procent kost kostprijs prijs bedrag uren duur hoeveelheid minimum maximum frequentie cijfer"
        " stijging daling number cost".split()
    ),
    QuestionKind.DATE: frozenset("datum startdatum einddatum deadline sinds jaartal date".split()),
    QuestionKind.WHO: frozenset(
        "auteur auteurs voorzitter contactpersoon verantwoordelijke ondertekenaar ondertekenaars minister".split()
    ),
    QuestionKind.WHY: frozenset("reden redenen oorzaak waarom".split()),
    QuestionKind.COMPARISON: frozenset("verschil verschillen vs versus".split()),
    QuestionKind.LIST: frozenset(
        "taken voordelen nadelen voorwaarden stappen partners leden ambities doelen doelstellingen noden"
        " maatregelen krachtlijnen agendapunten aanbevelingen soorten vormen lijst opsomming"
        " tasks benefits conditions".split()
    ),
}

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ACRONYM = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Za-z0-9]{1,9}\b")
_NAME = re.compile(r"(?<![.?!:]\s)(?<!^)\b[A-Z][a-zà-ÿ]+(?:-[A-Z]?[a-zà-ÿ]+)*\b")
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]{3,80})[\"“”»]|(?<!\w)[‘']([^‘’']{3,80})[’'](?!\w)")
_ENGLISH = frozenset("the what which who how is are of does do in when where why many".split())
_DUTCH = frozenset("de het een wat welke wie hoe is zijn van in wanneer waar waarom hoeveel voor".split())


@dataclass(frozen=True, slots=True)
class Question:
    """A question, analysed.

    ``terms`` are the stems of its content words, each once, in order, and ``term_words`` for each the first word that
    has it. ``expansions`` are other words that count for a term too. ``demands`` are names, years and acronyms as the
    question writes them: an answer that lacks one is not an answer to this question. ``phrases`` stood
    between quotation marks, lower case. ``text`` is the question as understood: in Dutch, without typing errors;
    ``written`` as it was put, where that is known. Of a letter ``text`` is only the part that asks (``is_part``), and
    ``beside`` are stems of the rest, which help to find.
    """

    text: str
    kind: QuestionKind
    language: str
    terms: tuple[str, ...]
    term_words: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    demands: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    written: str = ""
    beside: tuple[str, ...] = ()
    is_part: bool = False

    @property
    def meant(self) -> str:
        """The question for an encoder, which reads whole sentences in both languages, but not words in a row."""
        return self.text if self.language == DOCUMENT_LANGUAGE else self.written or self.text

    @property
    def words(self) -> tuple[str, ...]:
        """The content words as written, lower case, for matching inside compounds."""
        return tuple(word for word in dict.fromkeys(words(self.text)) if not is_stop_word(word))

    def is_held(self, term: str, held: Collection[str]) -> bool:
        """Whether a text with these stems has a term of the question, or other words for it."""
        return term in held or any(
            one.term == term and all(part in held for part in one.stems) for one in self.expansions
        )

    def forms(self, term: str) -> tuple[str, ...]:
        """A term with the single stems that say nearly the same."""
        other = (one for one in self.expansions if one.term == term and one.share >= SAME_FROM)
        return (term, *(one.stems[0] for one in other if len(one.stems) == 1))


def without_broken_characters(text: str) -> str:
    """The text with "?" for half a surrogate pair, which is no character and cannot be written anywhere."""
    return text.encode("utf8", "replace").decode("utf8")


def analyse(text: str) -> Question:
    """Analyse a question by itself; what a collection adds to it is the work of ``kb.understanding``."""
    content = [word for word in words(text) if not is_stop_word(word)]
    kind = _kind(text)
    asking = _ASKING_WORDS.get(kind, frozenset())
    first_words: dict[str, str] = {}
    for word in content:
        if word not in asking:
            first_words.setdefault(stem(word), word)
    terms = tuple(first_words)
    return Question(
        text=text,
        kind=kind,
        language=_language(text),
        terms=terms,
        term_words=tuple(first_words.values()),
        demands=names_in_question(text),
        phrases=tuple(" ".join(phrase.lower().split()) for pair in _QUOTED.findall(text) for phrase in pair if phrase),
    )


def _kind(text: str) -> QuestionKind:
    lowered = " ".join(text.lower().split())
    found = next((kind for kind, pattern in _KIND_PATTERNS if re.search(pattern, lowered)), None)
    return found or _kind_of_telegram(words(text))


def _kind_of_telegram(tokens: list[str]) -> QuestionKind:
    """The kind of a few words without a verb: "POF taken?" asks for a list, "POF?" what it is."""
    if len(tokens) > MOST_TELEGRAM_WORDS:
        return QuestionKind.FREE
    if len(tokens) == 1:
        return QuestionKind.DEFINITION
    return next((kind for kind, names in _TELEGRAMS.items() if names.intersection(tokens)), QuestionKind.FREE)


def _language(text: str) -> str:
    """English or Dutch, by their function words; Dutch when in doubt."""
    tokens = words(text)
    english = sum(token in _ENGLISH for token in tokens)
    dutch = sum(token in _DUTCH for token in tokens)
    return "en" if english > dutch else "nl"


def names_in_question(text: str) -> tuple[str, ...]:
    """Names, years and acronyms. A question in capitals only names nothing in particular."""
    if text.isupper():
        return tuple(_YEAR.findall(text))
    found = [*_YEAR.findall(text), *_ACRONYM.findall(text), *_NAME.findall(text)]
    return tuple(name for name in dict.fromkeys(found) if not all(map(is_stop_word, words(name))))
