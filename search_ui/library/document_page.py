"""The page of one document: what is known of it and from where, its versions, and what one can do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.types import INFO_FIELDS, Finding, Origin
from kb.labels import (
    document_language,
    field_name,
    finding_label,
    long_date,
    number_label,
    origin,
    reading_remarks,
    succession_label,
    value_label,
)
from kb.types import DocumentCard, State, Succession
from kb.wording import say
from search_ui.accounts.visitor import offers_changes
from search_ui.addresses import other_language
from search_ui.library.addresses import Leaf, library_address, question_within, viewer_of
from search_ui.library.listing import page_count
from search_ui.library.pieces import button_form, crumbs, done_message, lib, library_page, problem_box, table
from search_ui.library.sources import shown_source
from search_ui.markup import element, joined, text

LONG_TITLE = 80  # characters; a longer one is written smaller


@dataclass(frozen=True, slots=True)
class Shown:
    """A version of a document, with what its page tells around it. ``versions`` are all of its document, the newest
    first; ``replaces`` the documents whose place it takes.
    """

    card: DocumentCard
    versions: tuple[DocumentCard, ...]
    source: str
    succession: Succession | None
    successor: DocumentCard | None
    replaces: tuple[tuple[DocumentCard, Succession], ...]

    @property
    def titles(self) -> dict[str, str]:
        """Of the documents that it replaces or that replace it, by id."""
        others = (self.successor, *(card for card, _ in self.replaces))
        return {card.id: card.title for card in others if card}

    @property
    def current(self) -> DocumentCard:
        """The version that counts."""
        return self.versions[0]


def render_document_page(
    shown: Shown, *, language: str, done: str | None = None, problem: str | None = None, has_viewer: bool
) -> str:
    """The whole page."""
    card = shown.card
    return library_page(
        card.title,
        crumbs(language),
        element(
            "h1",
            element("cite", text(card.title), lang=document_language(card, language=language)),
            class_="long" if len(card.title) > LONG_TITLE else None,
        ),
        element("p", joined(origin(card, language=language)), class_="provenance"),
        problem_box(problem, language=language) if problem else done_message(done, language=language),
        _standing(shown, language=language),
        _uses(shown, language=language, has_viewer=has_viewer),
        _known(shown, language=language),
        _reading(shown, language=language),
        _versions(shown, language=language),
        _changes(shown, language=language),
        language=language,
        elsewhere=library_address(Leaf.DOCUMENT, other_language(language), key=card.key),
    )


def _standing(shown: Shown, *, language: str) -> str:
    """What a reader must know before anything else: withdrawn, an old version, replaced by another."""
    lines = []
    if shown.card.state is State.WITHDRAWN:
        lines.append(lib("document.is_withdrawn", language))
    if shown.card.state is State.REPLACED:
        address = library_address(Leaf.DOCUMENT, language, key=shown.current.key)
        lines.append(
            f"{lib('document.is_old', language)} {element('a', lib('document.newest', language), href=address)}."
        )
    if shown.succession and shown.successor:
        lines.append(
            _other(shown.successor, succession_label(shown.successor, shown.succession, language=language), language)
        )
    lines += [
        _other(card, say(_replaces_key(succession), language=language, title=card.title), language)
        for card, succession in shown.replaces
    ]
    return "".join(element("p", line, class_="note warning") for line in lines)


def _replaces_key(succession: Succession) -> str:
    return f"ui.library.document.{'maybe_replaces' if succession.is_guess else 'replaces'}"


def _other(card: DocumentCard, words: str, language: str) -> str:
    link = element("a", text(words), href=library_address(Leaf.DOCUMENT, language, key=card.key))
    return f"{link}."


def _uses(shown: Shown, *, language: str, has_viewer: bool) -> str:
    card = shown.card
    ask = element("a", lib("document.ask", language), href=question_within(card, language), class_="button primary")
    view = element("a", lib("document.view", language), href=viewer_of(card, language), class_="button")
    read = element(
        "a", lib("document.as_read", language), href=library_address(Leaf.READ, language, key=card.key), class_="button"
    )
    return element("p", ask if card.state is State.CURRENT else "", view if has_viewer else "", read, class_="bar")


# --- what is known ---------------------------------------------------------------------------------


def _known(shown: Shown, *, language: str) -> str:
    card = shown.card
    known = dict(card.findings.known())
    rows = [
        (text(field_name(name, language=language)), *_finding(name, known.get(name), shown, language))
        for name in INFO_FIELDS
    ]
    columns = [say(f"ui.library.document.{name}", language=language) for name in ("field", "value", "certainty")]
    caption = say("ui.library.document.known", language=language)
    change = (
        element(
            "p",
            element(
                "a",
                lib("document.correct", language),
                href=library_address(Leaf.CORRECT, language, key=card.key),
                class_="button",
            ),
            class_="bar",
        )
        if card.state is not State.REPLACED and offers_changes()
        else ""
    )
    return element(
        "section", element("h2", text(caption)), table(columns, rows, caption=caption, style="list cards known"), change
    )


def _finding(name: str, finding: Finding | None, shown: Shown, language: str) -> tuple[str, str]:
    """Value, and how sure it is and where from."""
    if finding is None:
        return element("span", lib("document.unknown", language), class_="unknown"), ""
    if not finding.value:
        return lib("document.none", language), text(finding_label(finding, language=language))
    words = shown.titles.get(finding.value) or value_label(name, finding.value, language=language)
    return text(words), text(_sureness(finding, language))


def _sureness(finding: Finding, language: str) -> str:
    if finding.origin is Origin.PERSON:
        return say("origins.person", language=language)
    return finding_label(finding, language=language)


def _reading(shown: Shown, *, language: str) -> str:
    card = shown.card
    pages = page_count(card)
    facts = [
        ("file", text(card.file_name)),
        ("format", text(card.format.upper())),
        ("source", text(shown_source(shown.source, language=language))),
        ("pages", number_label(pages, language=language) if pages is not None else lib("document.no_pages", language)),
        ("passages", number_label(card.passage_count, language=language)),
        ("added", _moment(card, language)),
        ("id", element("code", text(card.id))),
    ]
    remarks = reading_remarks(card, language=language)
    return element(
        "section",
        element("h2", lib("document.reading", language)),
        element(
            "dl",
            *(element("dt", lib(f"document.{name}", language)) + element("dd", value) for name, value in facts),
            class_="facts",
        ),
        *(element("p", text(remark), class_="note warning") for remark in remarks),
    )


def _moment(card: DocumentCard, language: str) -> str:
    local = card.added_at.astimezone()
    written = f"{long_date(local.date().isoformat(), language=language)}, {local:%H:%M}"
    return element("time", text(written), datetime=card.added_at.isoformat())


def _versions(shown: Shown, *, language: str) -> str:
    if len(shown.versions) == 1:
        return ""
    caption = say("ui.library.document.versions", language=language)
    columns = [
        say(f"ui.library.document.{name}", language=language) for name in ("added", "file", "passages", "column_state")
    ]
    rows = [_version(card, shown, language) for card in shown.versions]
    note = element("p", lib("document.versions_note", language))
    return element("section", element("h2", text(caption)), note, table(columns, rows, caption=caption))


def _version(card: DocumentCard, shown: Shown, language: str) -> Sequence[str]:
    moment = _moment(card, language)
    address = library_address(Leaf.DOCUMENT, language, key=card.key)
    link = moment if card.key == shown.card.key else element("a", moment, href=address)
    state = lib(f"document.state.{card.state}", language)
    return link, text(card.file_name), number_label(card.passage_count, language=language), state


# --- what one can do -------------------------------------------------------------------------------


def _changes(shown: Shown, *, language: str) -> str:
    """Only of the version that counts, for people who may."""
    card = shown.card
    if card.state is State.REPLACED or not offers_changes():
        return ""
    withdraw_or_restore = (Leaf.RESTORE, "restore") if card.state is State.WITHDRAWN else (Leaf.WITHDRAW, "withdraw")
    actions: Mapping[str, str] = {
        "new_version": _link(Leaf.NEW_VERSION, "new_version", card, language),
        withdraw_or_restore[1]: button_form(
            library_address(withdraw_or_restore[0], language, key=card.key),
            say(f"ui.library.change.{withdraw_or_restore[1]}", language=language),
        ),
        "remove": _link(Leaf.REMOVE, "remove", card, language, style="button danger"),
    }
    return element(
        "section",
        element("h2", lib("change.heading", language)),
        *(
            element("div", element("p", lib(f"change.{name}_text", language)), control, class_="change")
            for name, control in actions.items()
        ),
    )


def _link(leaf: Leaf, name: str, card: DocumentCard, language: str, *, style: str = "button") -> str:
    address = library_address(leaf, language, key=card.key)
    return element("a", lib(f"change.{name}", language), href=address, class_=style)
