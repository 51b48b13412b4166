"""From lines to headings, paragraphs, lists, footnotes and furniture."""

from __future__ import annotations

from ingest.layout import Gap, Layout, Line
from ingest.lines import blocks_of

LONG = "De stad telt elk jaar in mei hoeveel fietsen er in alle straten van het centrum staan."


def _page(text: str) -> list[Line]:
    """The lines of a page; an empty line leaves a gap, and a leading space there is a lost glyph."""
    page: list[Line] = []
    gap = Gap.APART
    for line in text.split("\n"):
        if line.strip():
            page.append(Line(line, gap, marked=gap is Gap.APART and line.startswith(" ")))
        gap = Gap.TIGHT if line.strip() else Gap.APART
    return page


def _double_spaced(text: str) -> Layout:
    """A page on which one empty line follows every line, and two part paragraphs."""
    gaps = {0: Gap.TIGHT, 1: Gap.LOOSE}
    page, blanks = [], 2
    for line in text.split("\n"):
        if line.strip():
            page.append(Line(line, gaps.get(blanks, Gap.APART)))
        blanks = 0 if line.strip() else blanks + 1
    return Layout([page], double_spaced=True)


def _blocks(layout: Layout | str) -> list[tuple[str, str]]:
    """Kind and text of all blocks, lines joined."""
    found = blocks_of(Layout([_page(layout)]) if isinstance(layout, str) else layout)
    return [(block.kind.value, " ".join(block.text.split())) for page in found for block in page.blocks]


def _levels(layout: Layout | str) -> list[tuple[int, str]]:
    found = blocks_of(Layout([_page(layout)]) if isinstance(layout, str) else layout)
    return [(block.level, block.text) for page in found for block in page.blocks if block.kind.value == "heading"]


# Paragraphs


def test_wrapped_lines_are_one_paragraph_and_a_gap_ends_it() -> None:
    """The plain case."""
    assert _blocks("De fiets staat in\nde stalling.\n\nDe bel rinkelt.") == [
        ("paragraph", "De fiets staat in de stalling."),
        ("paragraph", "De bel rinkelt."),
    ]


def test_a_sentence_goes_on_over_a_gap_when_it_has_not_ended() -> None:
    """A lower-case letter after an open sentence: something stood between them on the page."""
    assert _blocks("De fiets staat al jaren in de\n\nstalling van het station.") == [
        ("paragraph", "De fiets staat al jaren in de stalling van het station.")
    ]


def test_in_a_double_spaced_text_sentences_decide_where_paragraphs_end() -> None:
    """A line that is full goes on, also before a capital; an abbreviation ends nothing."""
    text = """
De stad telt elk jaar in mei alle fietsen in het oude centrum van Nieuw

Gent, en dat doet zij sinds vorig jaar ook in de wijken rond de stad (bv.

aan het station). Daarna volgt een verslag.

De raad leest dat verslag en stelt daar in juni vragen over aan de stad."""
    assert _blocks(_double_spaced(text)) == [
        (
            "paragraph",
            "De stad telt elk jaar in mei alle fietsen in het oude centrum van Nieuw Gent, en dat doet zij sinds "
            "vorig jaar ook in de wijken rond de stad (bv. aan het station). Daarna volgt een verslag.",
        ),
        ("paragraph", "De raad leest dat verslag en stelt daar in juni vragen over aan de stad."),
    ]


def test_a_line_of_rubble_stays_a_paragraph() -> None:
    """Vertical text and labels are kept as they come."""
    assert _blocks("F\nie\nts\n\nBel")[0][0] == "paragraph"


def test_lines_that_were_drawn_with_signs_are_left_out() -> None:
    """A rule is no text."""
    assert _blocks(f"{LONG}\n\n///////// ////\n\n{LONG}") == [("paragraph", LONG), ("paragraph", LONG)]


# Lists


def test_bullets_begin_items_and_are_left_out() -> None:
    """All usual signs; wrapped lines belong to their item, a paragraph after the list does not."""
    text = "Wij hebben:\n• een bel\n- een zadel van\nleer;\n– een wiel.\n\nMeer hebben wij niet."
    assert _blocks(text) == [
        ("paragraph", "Wij hebben:"),
        ("list_item", "een bel"),
        ("list_item", "een zadel van leer;"),
        ("list_item", "een wiel."),
        ("paragraph", "Meer hebben wij niet."),
    ]


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_next() -> None:
    """Some programs draw it apart."""
    assert _blocks("•\neen bel\n•\neen zadel") == [("list_item", "een bel"), ("list_item", "een zadel")]


def test_a_dash_in_a_wrapped_sentence_is_no_bullet() -> None:
    """The sentence is open, and goes on in lower case."""
    assert _blocks("De fietser\n– of haar broer – rijdt weg.") == [
        ("paragraph", "De fietser – of haar broer – rijdt weg.")
    ]


def test_numbering_stays_in_the_text_of_an_item() -> None:
    """It holds letters and digits, and people refer to it."""
    text = "Er is nood aan:\na. meer fietsen in\nde stad;\nb. minder lawaai.\n\n1) Eerst dit.\n2) Dan dat."
    assert _blocks(text) == [
        ("paragraph", "Er is nood aan:"),
        ("list_item", "a. meer fietsen in de stad;"),
        ("list_item", "b. minder lawaai."),
        ("list_item", "1) Eerst dit."),
        ("list_item", "2) Dan dat."),
    ]


def test_numbers_in_a_row_are_items_and_numbers_above_text_are_headings() -> None:
    """What follows tells "1. ..." in a list from "1. ..." above a chapter."""
    text = f"1. Inleiding\n\n{LONG}\n\nWij kiezen:\n\n1. Een bel\n\n2. Een zadel\n\n2. De stad\n\n{LONG}"
    assert [kind for kind, _ in _blocks(text)] == [
        *("heading", "paragraph", "paragraph"),
        *("list_item", "list_item", "heading", "paragraph"),
    ]


def test_a_lost_bullet_leaves_a_space_before_a_lower_case_letter() -> None:
    """Private-use glyphs vanish in some extractions."""
    assert _blocks(f"{LONG}\n\n de fietser is blij;\n\n de stad is stil.") == [
        ("paragraph", LONG),
        ("list_item", "de fietser is blij;"),
        ("list_item", "de stad is stil."),
    ]


def test_short_lines_under_a_colon_are_a_list_without_bullets() -> None:
    """Two or more of them, with nothing that ends a sentence."""
    assert _blocks("Belangrijke regels:\n\n20 minuten fietsen\n\n10 minuten rust") == [
        ("paragraph", "Belangrijke regels:"),
        ("list_item", "20 minuten fietsen"),
        ("list_item", "10 minuten rust"),
    ]


def test_the_text_under_a_title_in_a_list_is_one_level_deeper() -> None:
    """Right under an item that does not fill its line, a capital begins its explanation."""
    text = f"{LONG}\n\n{LONG}\n\n{LONG}\n\n{LONG}\n\n{LONG}\n\n▪ Versterking\nDoor te fietsen worden wij sterk."
    found = blocks_of(_double_spaced(text))[0].blocks
    assert [(block.level, block.text) for block in found[-2:]] == [
        (0, "Versterking"),
        (1, "Door te fietsen worden wij sterk."),
    ]


def test_the_comma_that_parts_items_does_not_pull_in_what_follows() -> None:
    """A capital after "…," and a gap is a new paragraph."""
    text = f"{LONG}\n\n{LONG}\n\n▪ de fiets van de buurman uit de straat,\n\nDe stad is blij."
    assert _blocks(_double_spaced(text))[-1] == ("paragraph", "De stad is blij.")


def test_items_nest_by_where_they_start() -> None:
    """A bullet further to the right is an item within an item."""
    page = [Line(f"• {text}", x=x) for text, x in (("stad", 72.0), ("fiets", 90.0), ("bel", 90.3), ("dorp", 72.0))]
    assert [block.level for block in blocks_of(Layout([page]))[0].blocks] == [0, 1, 1, 0]


# Headings


def test_numbered_headings_have_the_depth_of_their_number() -> None:
    """A title that goes on in lower case is one heading."""
    text = (
        f"1 De fiets\n\n{LONG}\n\n1.1 De bel van de fiets en wat\ndaarbij hoort\n\n{LONG}\n\n1.1.1 De klank\n\n{LONG}"
    )
    assert _levels(text) == [
        (1, "1 De fiets"),
        (2, "1.1 De bel van de fiets en wat\ndaarbij hoort"),
        (3, "1.1.1 De klank"),
    ]


def test_a_numbered_sentence_is_no_heading() -> None:
    """A full stop ends a sentence; titles have none."""
    assert _levels("1.1 De stad koopt fietsen.\n\n1.2 Het dorp ook.") == []


def test_headings_by_name() -> None:
    """Chapters, articles and annexes; but not a sentence about them."""
    text = f"Hoofdstuk 2\n\nArtikel 4. Fietsen\n\n{LONG}\n\nArtikel 5 van het decreet geldt.\n\nBijlage 1\n\n{LONG}"
    assert _levels(text) == [(1, "Hoofdstuk 2"), (2, "Artikel 4. Fietsen"), (1, "Bijlage 1")]


def test_capitals_are_a_heading_and_never_join_other_lines() -> None:
    """Two lines of capitals are one; an abbreviation is none."""
    text = f"DE KRACHT VAN\nFIETSEN IN DE STAD\nwordt vaak onderschat.\n\n{LONG}\n\nNMBS"
    assert _blocks(text) == [
        ("heading", "DE KRACHT VAN FIETSEN IN DE STAD"),
        ("paragraph", "wordt vaak onderschat."),
        ("paragraph", LONG),
        ("paragraph", "NMBS"),
    ]


def test_a_short_line_by_itself_above_a_paragraph_is_a_heading() -> None:
    """Not above another short line, not at the end, and not how a letter begins."""
    text = f"Het doel\n\n{LONG}\n\nEen bel\n\nEen zadel\n\nGeachte mevrouw\n\n{LONG}\n\nTot ziens"
    assert [text for kind, text in _blocks(text) if kind == "heading"] == ["Het doel"]


def test_a_heading_with_a_list_that_says_the_opposite_stays_above_it() -> None:
    """Items of "... is niet" may never lose it."""
    assert _blocks("Fietsen is\n\n- gezond\n\nFietsen is niet\n\n- duur\n\n- traag") == [
        ("heading", "Fietsen is"),
        ("list_item", "gezond"),
        ("heading", "Fietsen is niet"),
        ("list_item", "duur"),
        ("list_item", "traag"),
    ]


def test_a_title_drawn_after_its_text_is_no_heading_of_the_next_page() -> None:
    """It stands last on its page, and would stand above what it does not head."""
    pages = [_page(f"{LONG}\n\nDE FIETS IN DE STAD"), _page(LONG)]
    assert _levels(Layout(pages)) == []


def test_type_decides_where_it_is_known() -> None:
    """Larger or bold: a heading, ranked by size; a short line in body type is none."""
    page = [
        Line("De fiets in de stad", Gap.APART, size=20.0),
        *(Line(LONG, Gap.TIGHT, size=11.0) for _ in range(5)),
        Line("De bel", Gap.APART, size=14.0),
        *(Line(LONG, Gap.TIGHT, size=11.0) for _ in range(5)),
        Line("Het zadel", Gap.APART, size=14.0),
        Line(LONG, Gap.TIGHT, size=11.0),
        Line("Het leer", Gap.APART, size=11.0, bold=True),
        Line(LONG, Gap.TIGHT, size=11.0),
        Line("Kort", Gap.APART, size=11.0),
        Line(LONG, Gap.APART, size=11.0),
    ]
    assert _levels(Layout([page])) == [
        (1, "De fiets in de stad"),  # stands once, before all else: no level of its own
        (1, "De bel"),
        (1, "Het zadel"),
        (2, "Het leer"),
    ]


# Footnotes, contents, furniture


def test_a_footnote_has_its_number_in_the_text_above() -> None:
    """Its number is glued to a word; numbered headings, figures and names such as HBO5 have none there."""
    text = f"De studie van de stad1 gaat over HBO5.\n\n5 Fietsen\n\n{LONG}\n\n1 ‘Fietsen in de stad’, 2018, p. 9"
    assert _blocks(text) == [
        ("paragraph", "De studie van de stad1 gaat over HBO5."),
        ("heading", "5 Fietsen"),
        ("paragraph", LONG),
        ("footnote", "1 ‘Fietsen in de stad’, 2018, p. 9"),
    ]


def test_footnotes_follow_one_another() -> None:
    """The second may stand right under the first, which need not end with a full stop."""
    text = f"De stad1 en het dorp2 fietsen.\n{LONG}\n\n1 Zie de nota (mei 2018)\n2 Wij bedoelen alle dorpen."
    assert [kind for kind, _ in _blocks(text)][-2:] == ["footnote", "footnote"]


def test_a_table_of_contents_is_tagged_with_its_title() -> None:
    """By dot leaders anywhere, by page numbers under its name."""
    dotted = "1. De fiets ........ 3\n1.1 De bel van de fiets\nen het zadel ........ 4"
    assert {kind for kind, _ in _blocks(dotted)} == {"toc"}
    plain = "Inhoud\nDe fiets 3\nDe bel 4\nHet zadel 7"
    assert {kind for kind, _ in _blocks(plain)} == {"toc"}


def test_lines_that_end_on_a_number_are_no_contents_without_a_name() -> None:
    """A table of figures looks the same."""
    assert not {kind for kind, _ in _blocks("Gent 3\nBrugge 4\nIeper 7")} & {"toc"}


def test_running_heads_and_page_numbers_are_furniture() -> None:
    """They return at the edge of pages; a heading that also stands elsewhere is none."""
    middle = "\n\n".join([LONG] * 6)
    pages = [_page(f"Stad Gent\n\n{middle}\n\nUitleg\n\n{middle}\n\nPagina {number} van 4") for number in range(1, 5)]
    kinds = {text: kind for kind, text in _blocks(Layout(pages))}
    assert kinds["Stad Gent"] == kinds["Pagina 2 van 4"] == "boilerplate"
    assert kinds["Uitleg"] == "heading"


def test_bare_page_numbers_count_the_pages() -> None:
    """A figure by itself at the foot of one page does not."""
    texts = ("De bel rinkelt.", "Het wiel draait.", "Verkocht:", "Het zadel zit.")
    pages = [_page(f"{text}\n\n{number}") for text, number in zip(texts, (7, 8, 350, 10), strict=True)]
    assert [text for kind, text in _blocks(Layout(pages)) if kind == "boilerplate"] == ["7", "8", "10"]


def test_a_postal_address_is_furniture_and_the_addressee_is_not() -> None:
    """One may ask to whom a letter was sent, and where."""
    assert _blocks(
        f"Dienst Fiets\n\nMarkt 1\n\n9000 Gent\n\nMevrouw An PEETERS\n\nWetstraat 16\n\n1000 BRUSSEL\n\n{LONG}"
    ) == [
        ("paragraph", "Dienst Fiets"),
        ("boilerplate", "Markt 1"),
        ("boilerplate", "9000 Gent"),
        ("paragraph", "Mevrouw An PEETERS Wetstraat 16 1000 BRUSSEL"),
        ("paragraph", LONG),
    ]


def test_links_noted_once_more_under_a_slide_are_furniture() -> None:
    """They are quoted where they are shown."""
    assert _blocks("Zie https://fiets.example/\n\nhttps://fiets.example/") == [
        ("paragraph", "Zie https://fiets.example/"),
        ("boilerplate", "https://fiets.example/"),
    ]


def test_glyph_numbers_instead_of_letters_are_never_quoted() -> None:
    """A font that does not say its letters gives numbers."""
    assert _blocks("/25/26/11/9/15/18 /27/28/29") == [("boilerplate", "/25/26/11/9/15/18 /27/28/29")]


# Pages


def test_a_block_continues_over_a_page_break_when_its_sentence_does() -> None:
    """Also when a page number stands between, which assembly then takes into account."""
    pages = [_page("De fiets staat al jaren in"), _page("de stalling.\n\nDe bel."), _page("Het zadel.")]
    found = blocks_of(Layout(pages))
    assert [[block.continues for block in page.blocks] for page in found] == [[False], [True, False], [False]]


def test_furniture_and_footnotes_do_not_part_a_sentence() -> None:
    """They go before its first half or behind its second, on their own pages, and so do the lines of the raw page."""
    first = _page(f"{LONG}\n\nDe fiets staat1 in\n\n1 Sinds 2018.\n\n1")
    second = _page("Stadsblad\n\nde stalling.\n\n2")
    pages = [first, second, *(_page(f"Stadsblad\n\n{6 * LONG}\n\n{number}") for number in (3, 4, 5))]
    found = blocks_of(Layout(pages))

    assert [[block.text for block in page.blocks] for page in found[:2]] == [
        [LONG, "1 Sinds 2018.", "1", "De fiets staat1 in"],
        ["de stalling.", "Stadsblad", "2"],
    ]
    assert found[1].blocks[0].continues
    assert found[1].raw_text([line.text for line in second]) == "de stalling.\nStadsblad\n2"


def test_small_type_counts_on_from_the_footnotes_before() -> None:
    """Where sizes are known, the next number in small type is a footnote, even if its mark was lost."""
    pages = [
        [*(Line(LONG, size=11.0) for _ in range(3)), Line(f"De stad{number} telt.", size=11.0), Line(note, size=9.0)]
        for number, note in (("1", "1 Zie de nota."), ("", "2 Zie het verslag."))
    ]
    assert [page.blocks[-1].kind.value for page in blocks_of(Layout(pages))] == ["footnote", "footnote"]


def test_a_deep_number_above_a_capital_that_would_have_fitted_is_a_title() -> None:
    """Set in body type, right above its text."""
    text = f"{LONG}\n{LONG}\n{LONG}\n{LONG}\n\n4.3.2 De bel van de fiets en het geluid dat zij maakt\n{LONG}"
    assert ("heading", "4.3.2 De bel van de fiets en het geluid dat zij maakt") in _blocks(text)


def test_titles_that_count_with_a_word_of_their_own() -> None:
    """Such as "Doel 1: ..." and "Doel 2: ..." with text under each are titles; sentences are not."""
    titles = "\n\n".join(f"Ambitie {number}: Een plaats voor elke fiets\n\n{LONG}" for number in (1, 2, 3))
    sentences = "\n\n".join(f"Ambitie {number}: Elke fiets krijgt een plaats.\n\n{LONG}" for number in (1, 2, 3))

    assert [title[:10] for _, title in _levels(titles)] == ["Ambitie 1:", "Ambitie 2:", "Ambitie 3:"]
    assert _levels(sentences) == []


def test_a_little_larger_is_a_title_where_no_running_text_is_so_large() -> None:
    """Sub-headings of reports are often hardly larger than their text."""
    lines = [Line("Buiten bestek", Gap.APART, size=10.9, x=50, y=0.2)]
    lines += [Line(LONG, Gap.APART if index == 0 else Gap.TIGHT, size=10, x=50, y=0.3) for index in range(4)]

    assert _levels(Layout([lines])) == [(1, "Buiten bestek")]


def test_a_label_in_a_picture_is_no_title() -> None:
    """Bold, and much smaller than the text."""
    lines = [Line(LONG, Gap.TIGHT, size=10, x=50, y=0.1) for _ in range(4)]
    lines += [Line("Server", Gap.APART, size=5, bold=True, x=80, y=0.4)]
    lines += [Line(LONG, Gap.APART if index == 0 else Gap.TIGHT, size=10, x=50, y=0.6) for index in range(4)]

    assert _levels(Layout([lines])) == []


def test_a_watermark_is_furniture() -> None:
    """A word at one height on every page, over the text."""
    pages = [
        [Line(f"{LONG} {number}", Gap.TIGHT, size=10, x=50, y=0.3), Line("ONTWERP", Gap.APART, size=60, x=90, y=0.5)]
        for number in range(4)
    ]

    kinds = [(kind, text) for kind, text in _blocks(Layout(pages)) if text == "ONTWERP"]
    assert kinds == [("boilerplate", "ONTWERP")] * 4
