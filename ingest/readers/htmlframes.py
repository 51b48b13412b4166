"""What a browser shows of a web page, and what only frames it: navigation, banners about cookies, the foot of the site.

The parts are told by the page's own marks (elements, roles, names of classes). All text that shows is kept and tagged;
libraries that pick out the main text of a page leave out the rest, and with it a question here and a table there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Element = Any  # lxml's

UNSEEN = {
    "head", "script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "audio", "video", "select",
    "textarea", "input", "datalist", "progress", "meter",
}  # fmt: skip
EDGE_ROLES = {
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
}
OPENERS = ("aria-controls", "data-target", "data-bs-target", "aria-owns")
PANEL_ROLES = {"tabpanel", "region"}
FOLDED = re.compile(r"accordion|collaps|toggle|tab|panel|fold|expand|uitklap|faq")
HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
FOR_SCREEN_READERS = re.compile(
    r"(?:^|\s)(?:\S*visually-?hidden|sr-only|\S*screen-?reader\S*|element-invisible|\S*skip-?(?:to|nav|link)\S*"
    r"|material-(?:icons|symbols)\S*)(?=\s|$)"
)
# Words in the id or class of an element that only frames the page.
FRAME = re.compile(
    r"(?:^|[\s_-])(?:cookies?|cookie\w*|consent|gdpr|breadcrumbs?|broodkruimel\w*|kruimelpad|navbar|(?:main|site|top)-?(?:nav|menu)\w*"
    r"|(?:site|page|global)-?(?:header|footer)|social(?:-?(?:media|links|share))?|share(?:-?\w+)?|sharing|deel-?knoppen"
    r"|pagination|pager|newsletter|nieuwsbrief|back-?to-?top)(?=[\s_-]|$)"
)
FRAMING = {"div", "section", "ul", "ol", "aside", "form", "header", "footer", "nav", "dialog", "p"}
MAIN_NAMES = {"main", "content", "main-content", "maincontent", "page-content", "inhoud", "hoofdinhoud", "hoofd-inhoud"}
MIN_MAIN_CHARS = 200  # a <main> with less than this is a mistake of the page's maker
MAIN_SHARE = 0.5  # of the text of a page: what an element that is only called so must hold


@dataclass(frozen=True, slots=True)
class Frames:
    """What is known of one page before it is read: the part that it is about, its title where that stands outside, and
    the ids that a button opens.
    """

    main: Element | None
    title: Element | None
    opened: frozenset[str]

    @classmethod
    def of(cls, root: Element) -> Frames:
        """The frames of a page."""
        ids = (value for element in root.iter() if isinstance(element.tag, str) for value in _opened_by(element))
        main = _main(root)
        return cls(main, _title_outside(root, main), frozenset(value.lstrip("#") for value in ids))

    def is_unseen(self, element: Element) -> bool:
        """Whether a browser shows nothing of an element, even when everything on the page is folded open."""
        if element.tag in UNSEEN or FOR_SCREEN_READERS.search(_class(element)):
            return True
        return _is_hidden(element) and element is not self.main and not self._folds_open(element)

    def is_question(self, element: Element) -> bool:
        """Whether an element is a button that folds open what comes right after it, as on a page of questions."""
        if element.tag != "button" and element.get("role") != "button":
            return False
        parent = element.getparent()
        panel = element.getnext() if element.getnext() is not None else parent.getnext()
        if panel is None or not (_is_hidden(panel) or FOLDED.search(_class(panel))):
            return False
        text = element.text_content().strip()
        return text.endswith("?") or any(FOLDED.search(_class(one)) for one in (element, parent, panel))

    def is_edge(self, element: Element) -> bool:
        """Whether an element is an edge of the page; the header of an article belongs to it."""
        if element.tag == "nav" or element.get("role") in EDGE_ROLES:
            return True
        if element.tag in ("header", "footer", "aside"):
            return not any(ancestor.tag in ("article", "main") for ancestor in element.iterancestors())
        return self._is_called_frame(element)

    def _folds_open(self, element: Element) -> bool:
        name = element.get("id")
        if name in self.opened or element.get("role") in PANEL_ROLES or _follows_button(element):
            return True
        return bool(FOLDED.search(_class(element)) or FOLDED.search((name or "").lower()))

    def _is_called_frame(self, element: Element) -> bool:
        """Whether an element is called after a frame, and holds neither a title nor what the page is about."""
        if element.tag not in FRAMING or not FRAME.search(f"{_class(element)} {(element.get('id') or '').lower()}"):
            return False
        return not any(below.tag in ("h1", "main", "article") or below is self.main for below in element.iter())


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(HIDING_STYLE.search(element.get("style") or ""))


def _follows_button(element: Element) -> bool:
    """Whether a button, in a heading perhaps, stands right before an element: it opens it."""
    before = element.getprevious()
    return before is not None and any(one.tag == "button" or one.get("role") == "button" for one in before.iter())


def _opened_by(element: Element) -> Iterable[str]:
    """The ids of what an element opens."""
    for name in OPENERS:
        yield from (element.get(name) or "").split()
    if element.tag == "a" and element.get("data-toggle"):
        yield element.get("href") or ""


def _main(root: Element) -> Element | None:
    """The element that holds what the page is about, where the page says so."""
    for element in root.iter("main", "div", "article", "section"):
        is_main = element.tag == "main" or element.get("role") == "main"
        if is_main and len(element.text_content().strip()) >= MIN_MAIN_CHARS:
            return element
    named = [element for element in root.iter("div", "section", "article") if _names(element) & MAIN_NAMES]
    whole = len(root.text_content().strip()) if named else 0
    return next((element for element in named if _holds_most(element, whole)), None)


def _title_outside(root: Element, main: Element | None) -> Element | None:
    """The only ``h1`` of a page, which may stand in a header above what it heads."""
    titles = [title for title in root.iter("h1") if title.text_content().strip()]
    is_outside = main is None or not any(title in titles for title in main.iter("h1"))
    return titles[0] if len(titles) == 1 and is_outside else None


def _holds_most(element: Element, whole: int) -> bool:
    length = len(element.text_content().strip())
    return length >= MIN_MAIN_CHARS and length >= MAIN_SHARE * whole


def _names(element: Element) -> set[str]:
    return {(element.get("id") or "").lower(), *_class(element).split()}


def _class(element: Element) -> str:
    return (element.get("class") or "").lower()
