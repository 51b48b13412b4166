"""Texts that do something where they are taken for markup, a template, a link or a formula: each calls ``gekraakt``."""

from __future__ import annotations

MARKUP = (
    "<script>gekraakt(1)</script>",
    "</script><script>gekraakt(2)</script>",
    "</title><script>gekraakt(3)</script>",
    "</textarea><script>gekraakt(4)</script>",
    "</style><script>gekraakt(5)</script>",
    "</template><script>gekraakt(6)</script>",
    "<img src=x onerror=gekraakt(7)>",
    '"><img src=x onerror="gekraakt(8)">',
    "'><img src=x onerror='gekraakt(9)'>",
    "<img src=x:x onerror\n=gekraakt(10)>",
    "<svg onload=gekraakt(11)>",
    "<svg><script>gekraakt(12)</script></svg>",
    "<svg><animate onbegin=gekraakt(13) attributeName=x dur=1s>",
    '<svg><use href="data:image/svg+xml,<svg id=x onload=gekraakt(14)>#x"/></svg>',
    "<math><mtext></mtext><mglyph><style><img src=x onerror=gekraakt(15)></style></mglyph></math>",
    "<body onload=gekraakt(16)>",
    "<iframe srcdoc='<script>parent.gekraakt(17)</script>'></iframe>",
    "<iframe src=javascript:parent.gekraakt(18)></iframe>",
    "<object data=javascript:gekraakt(19)></object>",
    "<embed src=javascript:gekraakt(20)>",
    "<details open ontoggle=gekraakt(21)>",
    "<input autofocus onfocus=gekraakt(22)>",
    "<video><source onerror=gekraakt(23)></video>",
    "<marquee onstart=gekraakt(24)>x</marquee>",
    "<form action=javascript:gekraakt(25)><button>x</button></form>",
    "<meta http-equiv=refresh content=0;url=javascript:gekraakt(26)>",
    "<base href=javascript:gekraakt(27)//>",
    "<style>@import 'javascript:gekraakt(28)';*{color:red!important}</style>",
    "<!--><img src=x onerror=gekraakt(29)>-->",
    "<scr<script>ipt>gekraakt(30)</scr</script>ipt>",
    "<p id=answer></p><p id=stage><span data-answered data-number=9 onclick=gekraakt(31)></span></p>",
)
ATTRIBUTES = (
    '" onmouseover="gekraakt(32)" autofocus onfocus="gekraakt(33)" x="',
    "' onfocus='gekraakt(34)' autofocus tabindex=1 '",
    "x onfocus=gekraakt(35) autofocus",
    "javascript:gekraakt(36)",
    "JaVaScRiPt:gekraakt(37)//",
    "java\tscript:gekraakt(38)",
    "data:text/html,<script>parent.gekraakt(39)</script>",
)
TEMPLATES = (
    "${gekraakt(40)}",
    "`${gekraakt(41)}`",
    "${Object.assign(window,{gekraakt42:gekraakt(42)})}",
    "{{gekraakt(43)}}",
    "{{constructor.constructor('gekraakt(44)')()}}",
    "{{#with (lookup this 'constructor')}}{{constructor 'gekraakt(45)'}}{{/with}}",
    "{{value}} ${value}",
    "{% raw %}<%= gekraakt(46) %>{% endraw %}",
    "#{gekraakt(47)} [[gekraakt(48)]] @{gekraakt(49)}",
    "{0} %s %(gekraakt)s {self.knowledge_base}",
)
MARKDOWN = (
    "[klik](javascript:gekraakt(50))",
    '![x](x "onerror=gekraakt(51)")',
    "<javascript:gekraakt(52)>",
    "[x]: javascript:gekraakt(53)",
    "```html\n<script>gekraakt(54)</script>\n```",
)
UNICODE = (
    "＜script＞gekraakt(55)＜/script＞",
    "\u202e<script>gekraakt(56)</script>\u202c",
    "<\u200bscript>gekraakt(57)</script>",
    "&lt;script&gt;gekraakt(58)&lt;/script&gt;",
    "&#60;img src=x onerror=gekraakt(59)&#62;",
    "\\u003cscript\\u003egekraakt(60)\\u003c/script\\u003e",
    "%3Cscript%3Egekraakt(61)%3C/script%3E",
    "ı<ſcript>gekraakt(62)</ſcript>",
)
FORMULAS = (
    "=cmd|' /C calc'!A1",
    '+HYPERLINK("http://kwaad.example","klik")',
    "-2+3+cmd|' /C calc'!A1",
    "@SUM(1+1)*cmd|' /C calc'!A1",
    "\t=1+1",
    '=IMPORTXML("http://kwaad.example","//a")',
)
PAYLOADS = (*MARKUP, *ATTRIBUTES, *TEMPLATES, *MARKDOWN, *UNICODE, *FORMULAS)


def in_parts(longest: int) -> list[str]:
    """All payloads, joined into as few texts as are no longer than this, in characters."""
    parts = [""]
    for payload in PAYLOADS:
        if parts[-1] and len(parts[-1]) + len(payload) >= longest:
            parts.append("")
        parts[-1] = f"{parts[-1]} {payload}".strip(" ")
    return parts
