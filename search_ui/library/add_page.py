"""The page on which files are added: the form, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.limits import Limits
from kb.errors import UsageError
from kb.labels import notice_label, number_label
from kb.types import DocumentCard, FileReport, Outcome
from kb.wording import say
from search_ui.addresses import other_language
from search_ui.library.addresses import Leaf, library_address, question_within
from search_ui.library.jobs import Job, JobFile
from search_ui.library.pieces import button_form, crumbs, error_words, file_field, lib, library_page, problem_box
from search_ui.library.sources import SameName
from search_ui.markup import element, text, ui_count

Find = Callable[[str], DocumentCard]  # a document by its id; raises UsageError

_SCRIPT_WORDS = ("waiting", "sending", "sent", "not_sent", "too_large", "lost", "finished", "chosen", "stopping")


def render_add_page(jobs: Sequence[Job], find: Find, *, language: str, problem: str | None = None) -> str:
    """The whole page."""
    title = say("ui.library.add.title", language=language)
    return library_page(
        title,
        crumbs(language),
        element("h1", text(title)),
        problem_box(problem, language=language) if problem else "",
        element("p", lib("add.text", language)),
        _form(language),
        element("section", render_jobs(jobs, find, language=language), id="jobs"),
        element("p", role="status", class_="for-ears", id="progress-said"),
        _stop(jobs, language),
        language=language,
        elsewhere=library_address(Leaf.ADD, other_language(language)),
    )


def _form(language: str) -> str:
    words = {f"data_{name}": say(f"ui.library.add.script.{name}", language=language) for name in _SCRIPT_WORDS}
    files = file_field("bestanden", say("ui.library.add.files", language=language), language, multiple="")
    folder = file_field(
        "map", say("ui.library.add.folder", language=language), language, multiple="", webkitdirectory=""
    )
    drop = element("p", lib("add.drop", language), class_="drop-here", aria_hidden="true")
    limit = element("p", lib("add.limit", language, most=Limits().file_size // 2**20), class_="hint")
    choices = (_same_name(choice, language) for choice in SameName)
    legend = element("legend", lib("add.same_name", language))
    submit = element("button", lib("add.submit", language), type="submit", class_="button primary")
    return element(
        "form",
        element("div", drop, element("div", files, folder, class_="fields"), limit, class_="drop"),
        element("fieldset", legend, *choices),
        element("ul", class_="sending", id="sending"),
        element("p", submit, class_="bar"),
        method="post",
        enctype="multipart/form-data",
        action=library_address(Leaf.ADD, language),
        id="add",
        data_batch=library_address(Leaf.BATCH, language),
        data_progress=library_address(Leaf.PROGRESS, language),
        data_most=Limits().file_size,
        **words,
    )


def _same_name(choice: SameName, language: str) -> str:
    usual = choice is SameName.REPLACE
    field = element(
        "input",
        type="radio",
        name="naam",
        value=choice.value,
        id=f"naam-{choice}",
        checked="" if usual else None,
        aria_describedby=f"naam-{choice}-uitleg",
    )
    label = element("label", lib(f"add.{choice}", language), for_=f"naam-{choice}")
    hint = element("p", lib(f"add.{choice}_text", language), class_="hint", id=f"naam-{choice}-uitleg")
    return element("div", field, label, hint, class_="check")


def _stop(jobs: Sequence[Job], language: str) -> str:
    busy = any(not job.stage.is_over for job in jobs)
    button = button_form(library_address(Leaf.STOP, language), say("ui.library.add.stop", language=language))
    refresh = element(
        "a", lib("add.refresh", language), href=library_address(Leaf.ADD, language), class_="without-script"
    )
    return element("div", button, refresh, class_="bar", id="stop", hidden=None if busy else "")


# --- how far it is ---------------------------------------------------------------------------------


def render_jobs(jobs: Sequence[Job], find: Find, *, language: str) -> str:
    """What becomes of the files: a list for each job, the newest first."""
    return "".join(_job(job, find, language) for job in jobs)


def said_of(jobs: Sequence[Job], *, language: str) -> str:
    """The newest job in one line, for the ears."""
    return _line(jobs[0], language) if jobs else ""


def _job(job: Job, find: Find, language: str) -> str:
    bar = element("progress", value=job.done, max=max(len(job.files), 1), aria_labelledby=f"job-{job.number}")
    problem = (
        element("p", text(error_words(job.problem, language=language)), class_="note warning") if job.problem else ""
    )
    now = element("p", lib("add.at_work_on", language, name=job.at_work_on), class_="now") if job.at_work_on else ""
    items = (_file(file, find, language) for file in job.files if file.is_done)
    return element(
        "section",
        element("h2", text(_line(job, language)), id=f"job-{job.number}"),
        "" if job.stage.is_over else bar,
        problem,
        now,
        element("ul", *items, class_="outcomes"),
        class_=f"job {job.stage}",
    )


def _line(job: Job, language: str) -> str:
    """How far a job is: "3 van 10 bestanden", and once it is over how many became what."""
    stage = say(f"ui.library.stage.{job.stage}", language=language)
    if job.stage.is_over:
        return f"{stage} {_sums(job, language)}"
    done = say(
        "ui.library.add.done",
        language=language,
        done=number_label(job.done, language=language),
        total=number_label(len(job.files), language=language),
    )
    return f"{stage} {done}"


def _sums(job: Job, language: str) -> str:
    reports = [file.report.outcome for file in job.files if file.report]
    counts = [(outcome, reports.count(outcome)) for outcome in Outcome]
    parts = [ui_count(f"library.sum.{outcome}", count, language=language) for outcome, count in counts if count]
    left = sum(not file.is_done for file in job.files)
    if left:
        parts.append(ui_count("library.sum.left", left, language=language))
    skipped = sum(file.skipped for file in job.files)
    if skipped:
        parts.append(ui_count("library.sum.skipped", skipped, language=language))
    return f"{', '.join(parts)}." if parts else say("ui.library.sum.nothing", language=language)


def _file(file: JobFile, find: Find, language: str) -> str:
    name = element("strong", text(file.name))
    if file.report is None:
        return element("li", name, ": ", lib("outcome.skipped", language), class_="skipped")
    words = text(_outcome(file.report, language))
    warnings = (
        element("p", text(notice_label(notice, language=language)), class_="note warning")
        for notice in file.report.warnings
    )
    return element(
        "li", name, ": ", words, _links(file.report, find, language), *warnings, class_=file.report.outcome.value
    )


def _outcome(report: FileReport, language: str) -> str:
    if report.outcome is Outcome.SET_ASIDE:
        reason = say(f"reasons.{report.reason}", language=language, detail=report.detail)
        return say("ui.library.outcome.set_aside", language=language, reason=reason)
    if report.outcome is Outcome.UNCHANGED and report.detail:
        return say("ui.library.outcome.copy", language=language, original=report.detail)
    return say(f"ui.library.outcome.{report.outcome}", language=language)


def _links(report: FileReport, find: Find, language: str) -> str:
    """To the document, and to a question within it; nothing where it is gone by now."""
    if report.document_id is None:
        return ""
    try:
        card = find(report.document_id)
    except UsageError:
        return ""
    title = element("a", text(card.title), href=library_address(Leaf.DOCUMENT, language, key=card.key))
    if report.outcome is Outcome.WITHDRAWN:
        return element("p", title)
    ask = element("a", lib("document.ask", language), href=question_within(card, language))
    return element("p", title, " · ", ask)
