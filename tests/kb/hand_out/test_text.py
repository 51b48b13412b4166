"""A hand-out as plain text and as Markdown, which is read back as Markdown is read."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from kb.hand_out.markdown import markdown
from kb.hand_out.plain import plain_text
from tests.kb.hand_out.samples import TABLE, found, handed_out, not_found, says, whole
from tests.search_ui.samples import stored

PLAIN = """Wat vraagt de raad?

Gevonden in de documenten.

De raad vraagt drie dingen:

• tijd;
• geld;
• een mentor. [1] [2]

Un tuteur accompagne. [3]

Let op: De bronnen spreken maar over een deel van de vraag.

Bronnen
[1] SERV. (2018, 2 juli). Advies over leren (p. 3) [Advies]. Onder “4.2 Kosten”.
[2] Nota. (2020).
[3] FOREM. (z.d.). Note (p. 9 [pagina afgeleid]).

Gevraagd aan Bronvast op 21 november 2026. Woordelijk overgenomen uit de documenten; lees de bron na voor u het \
antwoord gebruikt.
"""


def test_plain_text_reads_as_a_mail() -> None:
    """Question, answer, sources, and when it was asked."""
    assert plain_text(whole()) == PLAIN


def test_markdown_has_headings_lists_and_sources() -> None:
    """As any program shows them."""
    shown = MarkdownIt().render(markdown(whole()))

    assert shown.startswith("<h1>Wat vraagt de raad?</h1>\n<p>Gevraagd aan Bronvast op 21 november 2026.")
    assert "<ul>\n<li>tijd;</li>\n<li>geld;</li>\n<li>een mentor. [1] [2]</li>\n</ul>" in shown
    assert "<p><strong>Let op:</strong> De bronnen" in shown
    assert (
        "<h2>Bronnen</h2>\n<ol>\n<li>SERV. (2018, 2 juli). <em>Advies over leren</em> (p. 3) [Advies]. "
        "Onder “4.2 Kosten”.</li>\n" in shown
    )


def test_a_table_stays_one() -> None:
    """Its figures mean nothing without their columns; the marks stand below it."""
    hand_out = handed_out(found("Waar?", says(TABLE)))
    shown = MarkdownIt().enable("table").render(markdown(hand_out))

    assert "<td>Brugge</td>\n<td>2021 *</td>" in shown
    assert "</table>\n<p>[1]</p>" in shown
    assert "Gent | 2019\nBrugge | 2021 * [1]" in plain_text(hand_out)


@pytest.mark.parametrize(
    "text",
    [
        "# geen kop",
        "1. geen lijst",
        "- geen lijst",
        "== geen streep",
        "`code` en *ster* en _streep_",
        "[tekst](javascript:alert(1)) ![beeld](x)",
        "<script>alert(1)</script> &amp; <!-- weg -->",
        "rug\\",
        "| a | b |",
        "~~weg~~ a^b $x$",
        "einde #",
    ],
)
def test_markdown_shows_what_stands_in_a_document(text: str) -> None:
    """Sign for sign, in a question, a statement, a title and a heading."""
    passage = stored(text, title=text, publisher=text, headings=(f"Over {text}",))
    shown = MarkdownIt("commonmark").parse(markdown(handed_out(found(text, says(passage)))))
    texts = [
        "".join(child.content for child in token.children or () if child.type in ("text", "text_special"))
        for token in shown
        if token.type == "inline"
    ]

    kinds = {child.type for token in shown for child in token.children or ()}
    assert kinds <= {"text", "em_open", "em_close"}
    assert texts[0] == text
    assert f"{text.removeprefix('- ')} [1]" in texts  # an item of the document is one here
    assert any(one.startswith(text) and one.endswith(f"Onder “Over {text}”.") for one in texts)


@pytest.mark.parametrize("write", [plain_text, markdown])
def test_no_answer_is_handed_out_as_no_answer(write: object) -> None:
    """The question, that nothing was found, and no sources."""
    assert callable(write)
    written = write(handed_out(not_found("Wat kost een kaartje?")))

    assert "Niet gevonden" in written
    assert "Bronnen" not in written
    assert "Een mentor begeleidt" not in written
