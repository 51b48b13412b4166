"""A draft as one web page without scripts or outside resources."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from making.draft import LICENCE, PUBLISHER, Draft, markdown

_PAGE = Template("""<!DOCTYPE html>
<html lang="nl-BE">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<meta name="author" content="$publisher">
<meta name="dcterms.publisher" content="$publisher">
<meta name="dcterms.date" content="$date">
<meta name="dcterms.type" content="$kind">
<meta name="dcterms.license" content="$licence">
<style>
body { font: 1.05rem/1.6 "Segoe UI", "DejaVu Sans", sans-serif; color: #1d2b33; margin: 0; background: #f4f6f7; }
main { max-width: 46rem; margin: 2rem auto; padding: 2rem 2.5rem; background: #fff; border-top: 6px solid #0b4f6c; }
h1, h2, h3 { color: #0b4f6c; line-height: 1.25; }
h1 + p { font-style: italic; color: #47606d; margin-top: -0.5rem; }
h2 { margin-top: 2.2rem; border-bottom: 1px solid #c9d5db; padding-bottom: 0.2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #c9d5db; padding: 0.4rem 0.7rem; text-align: left; vertical-align: top; }
th { background: #e7eef1; }
footer { max-width: 46rem; margin: 0 auto 2rem; padding: 0 2.5rem; color: #47606d; font-size: 0.9rem; }
</style>
</head>
<body>
<main>
$content</main>
<footer><p>$publisher, $date. Licentie: $licence.</p></footer>
</body>
</html>
""")


def write_page(draft: Draft, path: Path) -> None:
    """Write the draft as an HTML file."""
    page = _PAGE.substitute(
        title=escape(draft.title),
        publisher=escape(PUBLISHER),
        date=draft.date.isoformat(),
        kind=escape(draft.kind),
        licence=LICENCE,
        content=markdown().render(draft.body),
    )
    path.write_text(page, encoding="utf-8", newline="\n")
