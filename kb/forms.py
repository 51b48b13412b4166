"""Forms that a question asks for by name, and that nothing else answers: an amount, a telephone number; and days."""

from __future__ import annotations

import re

TIME = "seconden|minuten|uur|uren|dag|dagen|weken|week|maand|maanden|jaar|jaren|schooljaar|schooljaren|semesters?"
NUMBER_WORDS = (
    "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
    "negentien twintig vijfentwintig zesentwintig dertig veertig vijftig zestig honderd duizend miljoen helft half "
    "halve derde kwart tiental twintigtal honderdtal dubbel"
).split()
MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DAY = re.compile(
    rf"\b\d{{1,2}}[ -](?:{MONTHS})\b|\b\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}\b|\b(?:19|20)\d\d-\d\d-\d\d\b",
    re.IGNORECASE,
)
_ONE_OR_MORE = rf"\d+|\b(?:{'|'.join(NUMBER_WORDS)}|een|één|half)\b"
# How a question asks for a form.
ASKS_HOW_OFTEN = r"\bhoe ?vaak\b|\bhow often\b"
ASKS_HOW_LONG = r"\bhoe ?lang\b|\bhow long\b"
ASKS_FOR_SHARE = r"\bprocent|\bpercent|\baandeel\b"
ASKS_FOR_MONEY = (
    r"\bhoeveel kost|\bwat kost|\bbedrag\b|\bbedragen\b(?! de\b)|\beuro\b|\bprijs|\bhow much\b|\bhoe duur\b"
    r"|\bverdien(?:t|en)\b"
    r"|\b(?:hoeveel|hoe hoog)\b.*(?:vergoeding|premie|loon|salaris|wedde|boete|toelage|budget|tarief)\b"
)

# How a question asks for it, and what it looks like.
_FORMS: tuple[tuple[str, str], ...] = (
    (
        rf"{ASKS_HOW_OFTEN}|\bom de hoeveel\b",
        rf"(?:{_ONE_OR_MORE}) ?(?:keer|maal|x)\b|\b(?:keer|maal) per\b|\b(?:jaar|week|maan|dage)(?:de)?lijks\w*"
        r"|\bper (?:jaar|week|maand|dag|kwartaal)\b|\bom de\b|\belke\b",
    ),
    (ASKS_HOW_LONG, rf"(?:{_ONE_OR_MORE})\W.{{0,20}}\b(?:{TIME})\b"),
    (ASKS_FOR_SHARE, r"\d ?%|\bprocent\b|\bhelft\b|\bderde\b|\bkwart\b"),
    (
        ASKS_FOR_MONEY,
        r"€|\beuro(?:cent)?\b|\bEUR\b|\d ?cent\b|\bgratis\b|\bkosteloos",
    ),
    (r"\bhoe oud\b|\bwelke leeftijd\b|\bhow old\b", rf"(?:{_ONE_OR_MORE})[ -](?:jaar|jarig\w*)\b|\bleeftijd\b"),
    (r"\b(?:telefoon|gsm-?)nummer\b|\bphone number\b", r"(?:\+\d|\b0)\d*[\d ./()-]{6,}\d"),
    (r"\b(?:welk|wat is het|naar het) e?-?mail-?adres\b|\be-?mail address\b", r"\S@\S"),
    (
        r"\b(?:welk|wat is het) (?:post)?adres\b|\bpostcode\b|\bwhat address\b",
        r"(?-i:(?<!\bin )(?<!\bvan )\b[1-9]\d{3} ?(?:[A-Z]{2}\b|[A-ZÀ-Ý][a-zà-ÿ]+))|\bPostbus \d"
        r"|\b\w+(?:straat|laan|plein|weg|steeg|kaai|lei|dreef|baan|markt|singel|dijk|hof|gracht)\b,? \d",
    ),
    (r"\bwelke (?:web)?site\b|\bwat is de (?:web)?site\b", r"https?:|\bwww\.|\b[a-z-]+\.(?:be|nl|eu|com|org)\b"),
)
_COMPILED = tuple((re.compile(asking, re.IGNORECASE), re.compile(form, re.IGNORECASE)) for asking, form in _FORMS)


def asked_form(question: str) -> re.Pattern[str] | None:
    """What an answer to a question must hold; None where it asks for no form by name."""
    return next((form for asking, form in _COMPILED if asking.search(question)), None)
