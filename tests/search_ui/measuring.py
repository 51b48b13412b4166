"""What can be measured of any page in a browser: its width, the size of what is pressed, where the keyboard comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LEAST_TARGET = 24  # CSS pixels on either side (WCAG 2.5.8)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ABOUT_COLOUR = ["color-contrast", "link-in-text-block"]  # the rules for which light and dark can differ
MOST_STOPS = 400  # of the keyboard on one page
# WCAG 1.4.12: what a reader may set without losing words.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""

_SHOWN = """
const name = (node) => `${node.tagName.toLowerCase()}${node.id && `#${node.id}`}${node.className && `.${node.className}`
  } “${(node.ariaLabel || node.textContent || node.value || "").trim().slice(0, 40)}”`;
const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  && node.getClientRects().length > 0 && !node.closest("[inert], .for-ears");
"""
_SMALL_TARGETS = f"""(least) => {{
  {_SHOWN}
  const pressed = `a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]`;
  const within = document.querySelector("dialog:modal") ?? document.body;
  const inSentence = (node) => {{
    if (getComputedStyle(node).display !== "inline") return false;
    const block = node.closest("p, li, td, dd, figcaption, span.badge") ?? node.parentElement;
    return block.textContent.trim() !== node.textContent.trim();
  }};
  const extent = (node) => {{
    const boxes = [node, ...(node.labels ?? [])].filter(shown).map((one) => one.getBoundingClientRect());
    return [Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height))];
  }};
  return [...within.querySelectorAll(pressed)].filter((node) => shown(node) && !inSentence(node))
    .map((node) => [name(node), ...extent(node)]).filter(([, width, height]) => Math.min(width, height) < least);
}}"""
_CUT_OFF = f"""() => {{
  {_SHOWN}
  const cuts = (node) => {{
    const look = getComputedStyle(node);
    return ["hidden", "clip"].some((way) => look.overflowX === way || look.overflowY === way)
      && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1);
  }};
  const hasWords = (node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
  const isCut = (node) => hasWords(node) && shown(node) && cuts(node);
  return [...document.body.querySelectorAll("*")].filter(isCut).map(name);
}}"""
_MOVING = """() => [...document.querySelectorAll("*")].flatMap((node) => ["transitionDuration", "animationDuration"]
  .filter((what) => getComputedStyle(node)[what].split(", ").some((time) => parseFloat(time) > 0.01))
  .map((what) => `${node.tagName} ${node.className} ${what}`))"""
_VIOLATIONS = """options => axe.run(options).then(({ violations }) =>
  violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, html }) => ({ target, html })) })))"""
_SPACE = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
# A colour that moves passes from an element to those within it, one frame for each of them.
_STILL = """async () => {
  const moves = () => document.getAnimations().some((one) => one.playState === "running");
  for (let still = 0; still < 3; still = moves() ? 0 : still + 1) {
    await new Promise((done) => requestAnimationFrame(done));
  }
}"""
_BEGIN_WALK = """() => {
  const look = (node) => {
    const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(node);
    return [outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor].join();
  };
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  window.looks = new Map([...document.querySelectorAll("*")].map((node) => [node, look(node)]));
  window.lookNow = look;
}"""
_STOP = f"""() => {{
  {_SHOWN}
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const box = node.getBoundingClientRect();
  const around = [node, node.parentElement, node.parentElement?.parentElement].filter(Boolean);
  return {{
    name: name(node),
    is_seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
    is_marked: around.some((one) => window.looks.has(one) && window.lookNow(one) !== window.looks.get(one)),
  }};
}}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the keyboard comes: whether it stands on the screen, and looks other than without the focus."""

    name: str
    is_seen: bool
    is_marked: bool


def violations(page: Page, *, only_colour: bool = False) -> list[str]:
    """What axe finds against WCAG A and AA, a line for each element."""
    only: dict[str, Any] = {"type": "rule", "values": ABOUT_COLOUR} if only_colour else {"type": "tag", "values": WCAG}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_VIOLATIONS, {"runOnly": only, "resultTypes": ["violations"]})
    return [f"{one['id']}: {node['target']} {node['html'][:200]}" for one in found for node in one["nodes"]]


def paint(page: Page, scheme: str) -> None:
    """Show the page in light or dark, and wait until every colour has got there."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(_STILL)


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def small_targets(page: Page) -> list[Any]:
    """What can be pressed and is smaller than ``LEAST_TARGET``; a link within a sentence may be."""
    return list(page.evaluate(_SMALL_TARGETS, LEAST_TARGET))


def cut_off(page: Page) -> list[str]:
    """Elements whose own words do not fit in them and cannot be scrolled to."""
    return list(page.evaluate(_CUT_OFF))


def moving(page: Page) -> list[str]:
    """What still moves."""
    return list(page.evaluate(_MOVING))


@contextmanager
def spread_text(page: Page) -> Iterator[None]:
    """Set lines, words and letters as far apart as a reader may."""
    page.evaluate(_SPACE, SPACING)
    yield
    page.evaluate("document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1)")


def walk(page: Page) -> list[Stop]:
    """Where the keyboard comes with Tab alone, from the top of the page until it leaves it or begins anew."""
    page.evaluate(_BEGIN_WALK)
    stops: list[Stop] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(_STOP)
        if found is None:
            return stops
        stops.append(Stop(**found))
    raise AssertionError(f"the keyboard does not get out: {[stop.name for stop in stops[-5:]]}")
