"""What a definition looks like: a text that names a thing and says of it what it is.

A name stands right before or after a defining word or sign, or above the text, in a heading. The more of the name is
what was asked for, the better: "duaal leren in het hoger onderwijs is een ..." defines something narrower than
"duaal leren is een ...".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.analysis import is_stop_word, stem, stems, words
from kb.question import Question, QuestionKind

NAME_REACH = 80  # characters before a defining verb in which it is named
BRACKET_REACH = 4  # words
VALUED = 0.8  # of a text that says what a thing is worth, or should become, and not what it is
BARE = 0.95  # of one that does not say what tells it from other things of its kind
NARROWER = 0.6  # how much less a name counts of which nothing but the asked words is asked

_ADVERB = (
    r"(?:(?:altijd|dus|ook|immers|namelijk|vooral|eigenlijk|daarbij|hier|dan|vandaag|(?:sinds|vanaf) (?:\w+ )?\d{4}) )?"
)
# Where what comes before is defined by what follows, and where what follows is the name of what came before.
_AFTER_NAME = re.compile(
    rf"\b(?:is|zijn|are) {_ADVERB}(?:een|de|het|elke|alle|dat|wie|wat|geen|niet|a|an|the)\b"
    r"|\bbetekent\b(?! (?:immers|dus|dat|ook|onder meer)\b)"
    r"|\b(?:vorm|betref)(?:t|fen|men)\b|\bverwijst naar\b|\bomvat(?:ten)?\b"
    r"|\bhoudt in\b|\bstaa[nt] voor\b|\bverst(?:aan|aat)\b|\bwordt (?:als|gezien|beschouwd|omschreven)\b"
    r"|:\s+\S| \| | [–-] |\((?=[^()\d]{12,}\))",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"\b(?:hierna|aangeduid als|genaamd|(?:kortweg |wordt |worden |ook )genoemd|zogenaamde?|gerefereerd als"
    r"|definitie van"
    r"|met de term|het begrip|met|onder)\b",
    re.IGNORECASE,
)
# What people say that a thing is when they judge it, or wish it.
JUDGING = (
    r"(?:uitdaging|kans|voorwaarde|meerwaarde|probleem|must|keuze|stap|troef|aandachtspunt|noodzaak|bedreiging"
    r"|belemmering|hefboom|succes|feit|vraag|reden|voorbeeld|onderdeel|gevolg|pluspunt|sleutel)\w*"
)
_JUDGED = re.compile(rf"\b(?:is|zijn) (?:een|de|het) (?:\w+ ){{0,2}}{JUDGING}\b", re.IGNORECASE)
_WISHED = re.compile(
    r"\b(?:ambities?|doel(?:en|stelling\w*)?|droom|dromen|missie|wens\w*|slogan|merk|streven|2030)\b", re.IGNORECASE
)
_NARROWS = re.compile(r"^[^.:|]{2,80}[:|]|\b(?:een|de|het|elke) [^.;]{3,90}?\b(?:die|dat|waar\w*|om)\b", re.IGNORECASE)
_MEANT = re.compile(r"\b(?:verstaan|bedoel\w+|gedefinieerd|verstaat)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.:;?!]\s|[‘“]")
_ACCORDING_TO = re.compile(r"\b(?:volgens|according to) .*", re.IGNORECASE)
_ASKED = re.compile(
    r"^\W*(?:wat (?:is|zijn)|what (?:is|are)) (?:(?:een|de|het|nu|eigenlijk|precies|an?|the) )*"
    r"(?P<subject>.{2,60}?)\W*$",
    re.IGNORECASE,
)
MOST_SUBJECT_WORDS = 5
_DEFINING_PHRASES = ("is een", "is de", "is het", "zijn", "betekent", "vormt", "betreft", "staat voor")
_ANNOUNCES = re.compile(r"\b(?:definitie|(?:begrips)?omschrijving|betekenis|definition)\b[^.]{0,40}$", re.IGNORECASE)


def definition_fit(question: Question, text: str, heading: str, announcement: str) -> float:
    """How well a text defines what a question asks, from 0 to 1.

    ``heading`` is the nearest above it, ``announcement`` what stands right before it ("Definitie:").
    """
    above = _likeness(question, heading)
    if above and _ANNOUNCES.search(announcement):
        return 0.2 + 0.8 * above
    named = max((_likeness(question, name) for name in _names_defined(text)), default=0.0)
    if named:
        return (0.2 + 0.8 * named) * _defines(question, text, heading)
    starts_with_it = _share_of_terms(question, text[:NAME_REACH])
    named_above = above if _share_of_terms(question, heading) == 1 and text.rstrip("”\"’' ").endswith(".") else 0.0
    return max(0.3 * starts_with_it, 0.4 * named_above)


def _defines(question: Question, text: str, heading: str) -> float:
    """How much a text says what a thing is, and not what it is worth or should become."""
    if _WISHED.search(question.text):
        return 1.0
    if _JUDGED.search(text) or _WISHED.search(f"{heading} {text}"):
        return VALUED
    return 1.0 if _NARROWS.search(text) else BARE


def defining_phrases(question: Question) -> tuple[str, ...]:
    """Stems in a row with which a definition of what is asked may begin: "duaal ler is een"; none where the question
    does not simply ask what something is.
    """
    asked = _ASKED.match(question.text) if question.kind is QuestionKind.DEFINITION else None
    subject = stems(asked["subject"]) if asked else []
    if not 0 < len(subject) <= MOST_SUBJECT_WORDS:
        return ()
    return tuple(" ".join((*subject, *stems(phrase))) for phrase in _DEFINING_PHRASES)


def _names_defined(text: str) -> Iterator[str]:
    """Stretches of a text that a defining word says are the name of something."""
    for match in _AFTER_NAME.finditer(text):
        before = _CLAUSE.split(text[max(match.start() - NAME_REACH, 0) : match.start()])[-1]
        # A bracket explains the words right before it, not the whole sentence.
        yield " ".join(before.split()[-BRACKET_REACH:]) if match[0] == "(" else before
    for match in _BEFORE_NAME.finditer(text):
        after = text[match.end() : match.end() + NAME_REACH]
        if match[0].lower() not in ("met", "onder"):
            yield re.split(r"[.:;?!,)]\s", after)[0]
        elif meant := _MEANT.search(after):
            yield after[: meant.start()]


def _likeness(question: Question, name: str) -> float:
    """How much of what is asked a name holds, less where it names more than that."""
    recall = _share_of_terms(question, name)
    content = [stem(word) for word in dict.fromkeys(words(name)) if not is_stop_word(word)]
    if not recall or not content:
        return 0.0
    asked = sum(any(question.is_held(term, (one,)) for term in question.terms) for one in content)
    return recall * (1 - NARROWER + NARROWER * max(asked, 1) / len(content))


def _share_of_terms(question: Question, text: str) -> float:
    """The share of the terms that a text holds, leaving out who is to say so ("volgens de raad")."""
    sources = set(stems(" ".join(_ACCORDING_TO.findall(question.text))))
    terms = [term for term in question.terms if term not in sources] or question.terms
    held = frozenset(stems(text))
    return sum(question.is_held(term, held) for term in terms) / max(len(terms), 1)
