"""What is asked of a document itself, and by what words documents give it: to whom it goes, who wrote it, when.

A line that answers such a question shares no word with it: "Aan: de minister", "Datum: 2 juli 2018".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.kinds import names_a_kind
from kb.analysis import stems, words
from kb.forms import DAY, YEAR

MOST_KEY_WORDS = 4


class Role(StrEnum):
    """What a document says of itself."""

    ADDRESSEE = "addressee"
    CLIENT = "client"  # who asked for it
    AUTHOR = "author"
    PERFORMER = "performer"
    SIGNATORY = "signatory"
    COPY = "copy"
    CONTACT = "contact"
    DATE = "date"
    PLACE = "place"
    REFERENCE = "reference"
    PRESENT = "present"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class RoleForms:
    """How a question asks for a role, and by which key a document gives it: the words of a key, lower case, match
    ``keys`` as a whole. A sentence that gives it has ``said``, and the value of a key has ``value``; ``is_list`` says
    whether it may be many.
    """

    role: Role
    asking: re.Pattern[str]
    keys: re.Pattern[str]
    said: re.Pattern[str]
    value: re.Pattern[str]
    is_list: bool = False


def _forms(role: Role, asking: str, keys: str, said: str = "", value: str = "", *, is_list: bool = False) -> RoleForms:
    compiled = [re.compile(pattern, re.IGNORECASE) for pattern in (asking, keys, said, value)]
    return RoleForms(role, compiled[0], compiled[1], compiled[2], compiled[3], is_list)


_PAPER = r"(?:advies|nota|notitie|brief|verslag|rapport|analyse|studie|onderzoek|document|gids|presentatie)"
_MADE = r"(?:geschreven|opgesteld|opgemaakt|gemaakt|samengesteld|written|drafted)"
_OUT = (
    r"(?:verschenen|verscheen|gepubliceerd|uitgebracht|bracht|gedateerd|dateert|opgemaakt|goedgekeurd|vastgesteld"
    r"|ondertekend|bekendgemaakt|verstuurd|published|issued|dated)"
)
# Tried in order; the first that asks decides.
FORMS = (
    _forms(
        Role.EXCUSED,
        r"\b(?:wie|who)\b.*\b(?:verontschuldigd|afwezig|excused|absent)\b|\bverontschuldigden\b",
        r"verontschuldigd(?:en)?|afwezig(?:en)?|excused|absent",
        r"\b(?:verontschuldig|afwezig|excus|absent)",
        is_list=True,
    ),
    _forms(
        Role.PRESENT,
        r"\b(?:wie|who)\b.*\b(?:aanwezig(?:en)?|present|attended)\b|\bwie nam\w* deel\b|\baanwezigen\b",
        r"aanwezigen?|aanwezig|aanwezige leden|aanwezigheidslijst|deelnemers(?:lijst)?|present|attendees|participants",
        r"\b(?:aanwezig|deelne|deelgenomen|na(?:m|men) .{0,40}\bdeel\b|present|attend|particip)",
        is_list=True,
    ),
    _forms(
        Role.COPY,
        r"\b(?:kopie|afschrift|copy)\b",
        r"kopie(?: aan)?|cc|afschrift(?: aan)?|copy(?: to)?",
        r"\b(?:kopie|afschrift|cc|copy)\b",
    ),
    _forms(
        Role.ADDRESSEE,
        r"\b(?:aan|tot|voor) wie\b.*\b(?:gericht|geadresseerd|verstuurd|gestuurd|bestemd|bezorgd)\b"
        r"|\b(?:geadresseerde|bestemmeling|adressaat)\b|\baddressed to\b|\baddressee\b",
        r"aan|voor|t a v|tav|ter attentie van|gericht aan|bestemd voor|bestemmeling(?:en)?|geadresseerde|adressaat|to",
        r"\b(?:gericht|richt\w*) (?:\w+ )?(?:aan|tot)\b|\b(?:aan|tot) .{2,60} gericht\b|geadresseerd|bestem[dm]"
        r"|bezorgd|addressed",
    ),
    _forms(
        Role.CLIENT,
        rf"\bwie vroeg\b.*\b{_PAPER}\b|\bwie heeft\b.*\b{_PAPER}\b.*\b(?:gevraagd|besteld)\b"
        r"|\bwie gaf (?:de )?opdracht\b|\b(?:adviesvrager|opdrachtgever|aanvrager)\b|\bwho commissioned\b"
        r"|\b(?:in opdracht|op (?:vraag|verzoek)) van wie\b",
        r"adviesvrager|adviesvraag van|opdrachtgever|in opdracht van|op (?:vraag|verzoek) van|aanvrager"
        r"|aangevraagd door|client",
        r"\b(?:opdracht|vr(?:oeg|aagt)|gevraagd|verzo(?:ek|cht)|op vraag|adviesvra\w+|commission)",
    ),
    _forms(
        Role.SIGNATORY,
        r"\bwie\b.*\b(?:onder)?(?:teken(?:t|en|de|den)|getekend)\b|\bondertekenaars?\b|\bdoor wie\b.*\bondertekend\b"
        r"|\b(?:who|was) signed\b",
        r"(?:onder|ge)tekend(?: door)?|voor akkoord|namens|handtekening(?:en)?|ondertekening|signed(?: by)?",
        r"(?:onder|ge)teken|\btekende|handtekening|\bsign",
    ),
    _forms(
        Role.AUTHOR,
        rf"\bwie (?:schreef|schreven|maakte)\b|\bwie heeft\b.*\b{_MADE}\b|\bwie stelde\b.*\bop\b"
        rf"|\bdoor wie\b.*\b{_MADE}\b|\b(?:auteurs?|verslaggever|samenstellers?)\b|\bwho wrote\b|\bauthors?\b",
        r"auteurs?|redactie|samenstell(?:ing|ers?)|(?:opgesteld|opgemaakt|geschreven|verslag) door|verslaggever|van"
        r"|authors?|written by",
        r"\b(?:schr(?:eef|even|ijv)|geschreven|auteur|opgesteld|opstel|opgemaakt|maakt|gemaakt|samengesteld|redactie|verslag|author|wr[io]t)",
    ),
    _forms(
        Role.PERFORMER,
        r"\b(?:wie|welk\w* \w+|who)\b.*\buitgevoerd\b|\bwie voerde\b.*\buit\b|\buitvoerder\b|\bcarried out by\b",
        r"uitgevoerd door|uitvoerders?|uitvoering|onderzoeksbureau",
        r"\b(?:uitgevoerd|uitvoer|voer(?:t|de)\b|carried out)",
    ),
    _forms(
        Role.CONTACT,
        r"\bcontactperso(?:on|nen)\b|\bcontact person\b",
        r"(?:uw )?contact(?:perso(?:on|nen)|gegevens)?|behandeld door|contact person",
        r"contact",
    ),
    _forms(
        Role.REFERENCE,
        r"\bkenmerk\b|\breferentie(?:nummer)?\b|\b(?:zaak|dossier)(?:nummer|nr)\b|\breference number\b",
        r"(?:ons |onze )?(?:kenmerk|referentie)|ref|(?:zaak|dossier)(?:nummer|nr)|(?:our )?reference",
        value=r"(?<!\S)(?!(?:19|20)\d\d\b)(?=\S*\d{3})",
    ),
    _forms(
        Role.DATE,
        rf"\b(?:wanneer|welke (?:datum|dag)|welk jaar|when|what date)\b.*\b{_OUT}\b"
        rf"|\bdatum\b.*\b{_PAPER}\b|\b{_PAPER} datum\b|\bvan wanneer (?:is|dateert)\b"
        r"|\b(?:wanneer|welke (?:datum|dag))\b (?:vond|ging)\b.*\b(?:plaats|door)\b",
        rf"date|gedateerd|(?:publicatie)?datum(?: van)?(?: opmaak| publicatie| vergadering)?(?: het| de)?(?: {_PAPER})?"
        r"|(?:opgemaakt|goedgekeurd|verschenen|gepubliceerd)(?: op)?|laatste (?:aanpassing|wijziging)",
        value=rf"{DAY.pattern}|{YEAR.pattern}",
    ),
    _forms(
        Role.PLACE,
        r"\bwaar (?:vond|vindt|ging|gaat)\b.*\b(?:plaats|door)\b|\bwelke (?:plaats|locatie)\b.*\b(?:vond|ging)\b",
        r"locatie|plaats|location|venue",
    ),
)
_OTHER_KEYS = re.compile(
    r"inzake|onderwerp|betreft|bijlagen?|versie|status|uw kenmerk|uw brief van|subject|telefoon|e mail"
)
_MEETINGS = re.compile(r"\w*(?:document|tekst|vergadering|werkgroep|workshop|sessie|overleg|bijeenkomst|meeting)")
# What a question says of the role, and not of the document.
ROLE_STEMS = frozenset(
    stems(
        "uitgevoerd uitvoerder voerde gericht geadresseerd geadresseerde verstuurd gestuurd bestemd bestemmeling"
        " bezorgd kopie afschrift"
        " ging kreeg schreef schreven geschreven opgesteld stelde opgemaakt gemaakt maakte samengesteld auteur"
        " auteurs naam verslaggever vond vindt plaats locatie verschenen verscheen gepubliceerd uitgebracht"
        " bracht gedateerd dateert goedgekeurd vastgesteld ondertekend ondertekende ondertekenden ondertekent"
        " ondertekenen ondertekenaar tekende getekend aanwezig aanwezigen verontschuldigd verontschuldigden"
        " afwezig deelnemers deel nam namen contactpersoon kenmerk referentie zaaknummer dossiernummer"
        " opdracht opdrachtgever adviesvrager gaf vroeg gevraagd datum dag jaar laatst lijst"
    )
)


def asks_of_a_document(question: str) -> bool:
    """Whether a question asks something of a document, or of the meeting that it reports on, and names one."""
    said = words(question)
    return asked_role(question) is not None and any(names_a_kind(one) or _MEETINGS.fullmatch(one) for one in said)


def asked_role(question: str) -> RoleForms | None:
    """What a question asks of a document itself; None where it asks something else."""
    return next((forms for forms in FORMS if forms.asking.search(question)), None)


def is_key(forms: RoleForms, text: str) -> bool:
    """Whether a few words are a key by which documents give a role."""
    said = words(text)
    return 0 < len(said) <= MOST_KEY_WORDS and forms.keys.fullmatch(" ".join(said)) is not None


def keys_in_a_row(text: str) -> tuple[str, ...]:
    """The keys of a line that has two or more and nothing else, but for one word (a place): "contactpersoon ons kenmerk
    Brussel"; none of another line.
    """
    said = words(text)
    found, other, at = [], 0, 0
    while at < len(said):
        length = next((size for size in (3, 2, 1) if _is_any_key(" ".join(said[at : at + size]))), 0)
        found += [" ".join(said[at : at + length])] if length else []
        other += not length
        at += length or 1
    return tuple(found) if len(found) > 1 and other <= 1 else ()


def _is_any_key(text: str) -> bool:
    return any(forms.keys.fullmatch(text) for forms in FORMS) or _OTHER_KEYS.fullmatch(text) is not None
