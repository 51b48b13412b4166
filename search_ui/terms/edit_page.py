"""The page on which a person says what a term means, with what is wrong beside the field."""

from __future__ import annotations

from collections.abc import Mapping

from kb.errors import KnowledgeBaseError, UsageError
from kb.glossary.keeping import MOST_CHARS
from kb.glossary.types import OwnTerm, TermKind
from kb.wording import say
from search_ui.addresses import Place, other_language
from search_ui.frame import render_page
from search_ui.markup import element, sentence, text, ui_text
from search_ui.terms.addresses import Leaf, terms_address

FIELDS = {"name": "naam", "kind": "soort", "meaning": "betekenis", "source": "bron"}  # what the form calls them


def render_edit_page(
    said: OwnTerm,
    *,
    language: str,
    problems: Mapping[str, UsageError] | None = None,
    problem: KnowledgeBaseError | None = None,
) -> str:
    """The whole page around what was said so far, with its problems by field, or one of the whole."""
    wrong = {field: _words(error, language=language) for field, error in (problems or {}).items()}
    title = say("ui.terms.edit_heading", language=language)
    save = element("button", ui_text("terms.save", language), type="submit", class_="button primary")
    cancel = element("a", ui_text("terms.cancel", language), href=terms_address(Leaf.LIST, language))
    form = element(
        "form",
        _field("name", said.name, wrong, language=language),
        _kinds(said.kind, language=language),
        _field("meaning", said.meaning, wrong, language=language),
        _field("source", said.source, wrong, language=language),
        element("p", save, cancel, class_="bar"),
        method="post",
        action=terms_address(Leaf.EDIT, language),
        novalidate="",
    )
    main = element(
        "div",
        element("h1", text(title)),
        element("p", ui_text("terms.edit_intro", language)),
        element("p", text(_words(problem, language=language)), class_="note error", role="alert") if problem else "",
        form,
        class_="terms",
    )
    elsewhere = terms_address(Leaf.EDIT, other_language(language), naam=said.name)
    return render_page(title, main, place=Place.TERMS, language=language, elsewhere=elsewhere)


def _words(error: KnowledgeBaseError, *, language: str) -> str:
    return sentence(say(f"errors.{error.key}", language=language, **error.values))


def _field(field: str, value: str, wrong: Mapping[str, str], *, language: str) -> str:
    name = FIELDS[field]
    label = element("label", ui_text(f"terms.field.{field}", language), for_=f"veld-{name}")
    hint = element("p", ui_text(f"terms.hint.{field}", language), class_="hint", id=f"uitleg-{name}")
    error = element("p", text(wrong[field]), class_="error", id=f"fout-{name}") if field in wrong else ""
    shared: dict[str, str | int | None] = {
        "name": name,
        "id": f"veld-{name}",
        "maxlength": MOST_CHARS[field],
        "aria_describedby": f"fout-{name} uitleg-{name}" if error else f"uitleg-{name}",
        "aria_invalid": "true" if error else None,
        "autofocus": "" if field == next(iter(wrong), None) else None,
        "required": None if field == "source" else "",
    }
    if field == "meaning":
        control = element("textarea", text(value), rows=4, **shared)
    else:
        control = element("input", value=value, autocomplete="off", **shared)
    return element("div", label, hint, error, control, class_="field")


def _kinds(chosen: TermKind, *, language: str) -> str:
    legend = element("legend", ui_text("terms.field.kind", language))
    return element("fieldset", legend, *(_kind(one, chosen, language=language) for one in TermKind), class_="field")


def _kind(kind: TermKind, chosen: TermKind, *, language: str) -> str:
    box = element("input", type="radio", name=FIELDS["kind"], value=kind.value, checked="" if kind is chosen else None)
    return element("label", box, element("span", ui_text(f"terms.kinds.{kind}", language)))
