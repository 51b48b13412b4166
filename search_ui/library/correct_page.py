"""The page on which a person corrects what is known of a document, with what is wrong beside the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.kinds import KINDS
from ingest.language import LANGUAGES
from ingest.levels import EDUCATION_LEVELS
from ingest.types import INFO_FIELDS, DocumentInfo, Finding, Origin
from kb.curating import Correction
from kb.errors import UsageError
from kb.labels import field_name, finding_label, value_label
from kb.types import DocumentCard
from kb.wording import say
from search_ui.addresses import other_language
from search_ui.library.addresses import Leaf, library_address
from search_ui.library.pieces import alert, crumbs, error_words, lib, library_page, problem_box
from search_ui.markup import element, sentence, text

FORGET = "vergeet"  # the name of the boxes that take a correction back
_OF_OTHERS = ("replaced_by", "replaces")  # the fields that name another document
_CHOICES = {"education_level": EDUCATION_LEVELS, "language": LANGUAGES}
MOST_SUGGESTED = 500


def values_of(card: DocumentCard, names: Mapping[str, str]) -> dict[str, str]:
    """What is known of a document as its fields show it; ``names`` are those of other documents, by id."""
    known = {name: getattr(card.info, name) or "" for name in INFO_FIELDS}
    return known | {name: names.get(known[name], known[name]) for name in _OF_OTHERS}


def correction_of(shown: Mapping[str, str], said: Mapping[str, str], forget: Sequence[str]) -> Correction:
    """What a filled-in form says: the fields that are no longer what was shown, and the corrections taken back."""
    taken_back = tuple(name for name in INFO_FIELDS if name in forget)
    changed = {
        name: said[name].strip()
        for name in INFO_FIELDS
        if name in said and name not in taken_back and said[name].strip() != shown[name]
    }
    return Correction(DocumentInfo(**changed), taken_back)


def render_correct_page(
    card: DocumentCard,
    *,
    language: str,
    suggestions: Mapping[str, Sequence[str]],
    values: Mapping[str, str],
    problems: Mapping[str, UsageError] | None = None,
    problem: str | None = None,
) -> str:
    """The whole page. ``values`` are what is known or was filled in before, with its problems by field, or one of the
    whole.
    """
    title = say("ui.library.correct.title", language=language, title=card.title)
    known = dict(card.findings.known())
    wrong = {name: sentence(error_words(error, language=language)) for name, error in (problems or {}).items()}
    fields = (
        _field(name, values.get(name, ""), known.get(name), wrong.get(name), language=language) for name in INFO_FIELDS
    )
    lists = (_suggestions(name, some, language) for name, some in {"kind": KINDS, **suggestions}.items())
    address = library_address(Leaf.CORRECT, language, key=card.key)
    back = library_address(Leaf.DOCUMENT, language, key=card.key)
    save = element("button", lib("correct.save", language), type="submit", class_="button primary")
    return library_page(
        title,
        crumbs(language, (card.title, back)),
        element("h1", text(title)),
        problem_box(problem, language=language) if problem else _summary(wrong, language),
        element("p", lib("correct.text", language)),
        element(
            "form",
            *fields,
            element("p", save, element("a", lib("correct.cancel", language), href=back), class_="bar"),
            *lists,
            method="post",
            action=address,
            novalidate="",
        ),
        language=language,
        elsewhere=library_address(Leaf.CORRECT, other_language(language), key=card.key),
    )


def _summary(wrong: Mapping[str, str], language: str) -> str:
    """All problems at the top, each a link to its field."""
    if not wrong:
        return ""
    items = (
        element("li", element("a", text(f"{_label(name, language)}: {words}"), href=f"#veld-{name}"))
        for name, words in wrong.items()
    )
    heading = element("h2", lib("correct.problems", language))
    return alert(heading, element("ul", *items))


def _label(name: str, language: str) -> str:
    label = field_name(name, language=language)
    return label[:1].upper() + label[1:]


def _field(name: str, value: str, finding: Finding | None, wrong: str | None, *, language: str) -> str:
    hint = element("p", text(_hint(name, finding, language)), class_="hint", id=f"uitleg-{name}")
    error = element("p", text(wrong), class_="error", id=f"fout-{name}") if wrong else ""
    control = _control(name, value, has_error=bool(wrong), language=language)
    label = element("label", text(_label(name, language)), for_=f"veld-{name}")
    return element("div", label, hint, error, control, _forget(name, finding, language), class_="field correction")


def _hint(name: str, finding: Finding | None, language: str) -> str:
    """How the field is written, and where what stands in it comes from."""
    known = (
        say("ui.library.correct.known", language=language, origin=finding_label(finding, language=language))
        if finding
        else ""
    )
    how = say("ui.library.correct.date", language=language) if name == "date" else ""
    other = say("ui.library.correct.other", language=language) if name in _OF_OTHERS else ""
    return " ".join(part for part in (how, other, known) if part) or say(
        "ui.library.correct.unknown", language=language
    )


def _control(name: str, value: str, *, has_error: bool, language: str) -> str:
    described = f"fout-{name} uitleg-{name}" if has_error else f"uitleg-{name}"
    shared = {"name": name, "id": f"veld-{name}", "aria_describedby": described}
    if has_error:
        shared["aria_invalid"] = "true"
    if name not in _CHOICES:
        suggests = f"lijst-{name}" if name in ("kind", "publisher", "replaced_by") else None
        return element("input", value=value, maxlength=500, list=suggests, autocomplete="off", **shared)
    values = dict.fromkeys(("", *_CHOICES[name], value))
    options = (
        element("option", _choice(name, one, language), value=one, selected="" if one == value else None)
        for one in values
    )
    return element("select", *options, **shared)


def _choice(name: str, value: str, language: str) -> str:
    return text(value_label(name, value, language=language)) if value else lib("correct.no_choice", language)


def _forget(name: str, finding: Finding | None, language: str) -> str:
    if finding is None or finding.origin is not Origin.PERSON:
        return ""
    box = element("input", type="checkbox", name=FORGET, value=name, id=f"vergeet-{name}")
    label = element("label", lib("correct.forget", language), for_=f"vergeet-{name}")
    return element("div", box, label, class_="check")


def _suggestions(name: str, values: Sequence[str], language: str) -> str:
    labelled = ((value, value_label(name, value, language=language)) for value in values[:MOST_SUGGESTED])
    options = (element("option", value=value, label=None if label == value else label) for value, label in labelled)
    return element("datalist", *options, id=f"lijst-{name}")
