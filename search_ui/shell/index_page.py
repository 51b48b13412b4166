"""The page's outer HTML as Gradio serves it, put right before a browser sees it.

Gradio calls every page English and untitled until its script has run, follows the browser's language for its own
words, and puts ``head`` in only afterwards; so language, title, stylesheet and script are written here. Its inline
scripts get a nonce, so that the policy can refuse every other inline script, also one in a document's text.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import version

from kb.wording import say
from search_ui.addresses import Place
from search_ui.frame import CONTENT, STATIC, render_foot, render_looks, render_top
from search_ui.markup import element, text
from search_ui.source.page import render_script
from search_ui.take_away.dossier import render_dossier

_SCRIPT_WORDS = ("close", "trouble", "lost", "busy", "wrong")
_LANGUAGE = re.compile(r'(<html\s+lang=)"en"')
# Without <base>, "#bron-1" means this page also when its address has a query.
_DROPPED = re.compile(r'<base\b[^>]*>|<meta\s+(?:property="og:|name="twitter:)[^>]*>|<link rel="manifest"[^>]*>')
_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)")
_HEAD = "<head>"
_APP, _APP_END = "<gradio-app", "</gradio-app>"


def rewrite_index(html: str, *, language: str, nonce: str) -> str:
    """The same page with our language, title, stylesheet and script; its inline scripts carry ``nonce``."""
    html = _DROPPED.sub("", _LANGUAGE.sub(rf'\1"{language}"', html, count=1))
    html = html.replace(_HEAD, _HEAD + _head(language), 1)
    html = html.replace(
        _APP, f'{render_top(place=Place.QUESTION, language=language)}{_APP} id="{CONTENT}" tabindex="-1"', 1
    )
    html = html.replace(_APP_END, _APP_END + render_dossier(language=language) + render_foot(language=language), 1)
    return _SCRIPT.sub(f'<script nonce="{nonce}"', html)


def content_security_policy(nonce: str) -> str:
    """What the page may load and run: nothing from elsewhere. Gradio needs inline styles, and 'unsafe-eval': its script
    compiles the functions of ``js=`` and of its HTML parts in the browser, and without that no field appears (6.31).
    What a text could bring along is stopped before it: an inline script needs the nonce.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _head(language: str) -> str:
    """Title, icon, stylesheet, the language for Gradio's own words, and the page's script."""
    stamp = version("bronvast")
    words = {f"data_{key}": say(f"ui.script.{key}", language=language) for key in _SCRIPT_WORDS}
    words["data_often"] = say("ui.refused.too_often", language=language)
    override = (
        f"for (const [name, value] of [['language', {json.dumps(language)}], ['languages', [{json.dumps(language)}]]])"
        " Object.defineProperty(navigator, name, {get: () => value});"
    )
    return "".join(
        (
            '<meta charset="utf-8">',
            element("title", text(say("ui.page_title", language=language))),
            f'<meta name="description" content="{text(say("ui.tagline", language=language))}">',
            render_looks(),
            element("script", override),
            element("script", src=f"{STATIC}/page.js?{stamp}", defer="", **words),
            *(
                element("script", src=f"{STATIC}/{name}.js?{stamp}", defer="")
                for name in ("asking", "history", "take_away", "dossier", "terms")
            ),
            render_script(language),
        )
    )
