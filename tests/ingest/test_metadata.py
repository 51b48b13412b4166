"""What is known about a document: told from its front, its properties and its name; else unknown."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.assembly import assemble
from ingest.dates import date_in_name, months, whole_dates
from ingest.language import language_of
from ingest.metadata import KINDS, describe
from ingest.raw import RawBlock, RawDocument, page_from_blocks
from ingest.types import BlockKind, DocumentInfo

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
BODY = "De raad vindt dat leren op de werkvloer voor iedereen een goede weg is en dat het moet kunnen. " * 5


def _heading(text: str, level: int = 1) -> RawBlock:
    return RawBlock(HEADING, text, level)


def _described(
    *pages: list[RawBlock | str], name: str = "document.pdf", file_format: str = "pdf", **stated: Any
) -> DocumentInfo:
    """What is said of a document whose blocks are given; a string is a paragraph."""
    raw_pages = [
        page_from_blocks(
            number, [block if isinstance(block, RawBlock) else RawBlock(PARAGRAPH, block) for block in blocks]
        )
        for number, blocks in enumerate(pages, 1)
    ]
    raw = RawDocument(file_format, tuple(raw_pages), DocumentInfo(**stated))
    return describe(raw, assemble(raw), file_name=name).info


LETTER = [
    "De heer Jan JANSSENS",
    "Vlaams minister van Werk",
    "1210 BRUSSEL",
    "ons kenmerk SERV_ADV_20190305_Leren 5 maart 2019 secretariaat@serv.be",
    "Leren op de werkvloer",
    "Mijnheer de minister,",
    BODY,
    "Het decreet van 30 maart 2018 blijft gelden.",
]


def test_a_letter_says_who_when_and_what_about() -> None:
    """Its subject stands above the salutation, its sender in the reference and the address of its mail."""
    info = _described(LETTER, [_heading("Advies"), BODY], name="serv-advies-leren.txt", file_format="text")

    assert info == DocumentInfo("Leren op de werkvloer", "SERV", "2019-03-05", "advies", "nl", "Vlaanderen")


def test_nothing_is_made_up() -> None:
    """A text that says nothing of itself has a language and no more."""
    assert _described([BODY]) == DocumentInfo(language="nl")


def test_a_cover_is_read_as_one_title() -> None:
    """Lines that begin in lower case go on with the title; what kind it is stands alone."""
    info = _described(
        [_heading("DUAAL LEREN"), "in Oost-Vlaanderen", "VISIENOTA"],
        [
            _heading("Situering"),
            BODY,
            "De provincie Oost-Vlaanderen en haar partners. De provincie Oost-Vlaanderen doet mee.",
        ],
        file_format="text",
    )

    assert (info.title, info.kind) == ("DUAAL LEREN in Oost-Vlaanderen", "visienota")
    assert (info.publisher, info.region) == ("Provincie Oost-Vlaanderen", "Oost-Vlaanderen")


@pytest.mark.parametrize(
    "stated",
    [
        "Microsoft Word - nota.doc",
        "PowerPoint-presentatie",
        "Word Document",
        "nota_v3_def",
        "Verslag vergadering mobiliteit",
    ],
)
def test_a_title_in_the_properties_must_fit_the_text(stated: str) -> None:
    """Templates, file names and titles left from another document are no titles."""
    assert _described([_heading("Leren op de werkvloer"), BODY], title=stated).title == "Leren op de werkvloer"


def test_a_title_in_the_properties_that_fits_is_taken() -> None:
    """The word for its kind need not stand in the text."""
    info = _described([_heading("Leren"), BODY], title="Onderzoeksrapport leren op de werkvloer")

    assert (info.title, info.kind) == ("Onderzoeksrapport leren op de werkvloer", "rapport")


@pytest.mark.parametrize(
    ("blocks", "title"),
    [
        ([_heading("Inhoud"), _heading("Leren"), BODY], "Leren"),
        ([_heading("Agenda"), RawBlock(ITEM, "Welkom"), BODY], None),
        ([_heading("/// Leren op het werk"), BODY], "Leren op het werk"),
        ([_heading("Departement Omgeving"), _heading("Leren", 2), BODY], "Leren"),
        ([_heading("Onderwerp", 3), "Advies over leren", _heading("Samenvatting", 3), BODY], "Advies over leren"),
        ([_heading("LEREN"), _heading("OP HET WERK"), _heading("Doel", 2), BODY], "LEREN OP HET WERK"),
    ],
)
def test_the_title_is_the_first_heading_that_can_be_one(blocks: list[RawBlock | str], title: str | None) -> None:
    """Not a section's, not a letterhead, not a label."""
    assert _described(blocks).title == title


@pytest.mark.parametrize(
    ("blocks", "name", "date"),
    [
        (["Brussel, 2 juli 2018", BODY], "nota.pdf", "2018-07-02"),
        (["Start: 1/05/2018", "Datum: 02/07/2018", BODY], "nota.pdf", "2018-07-02"),
        (["Decreet van 30 maart 2018", BODY], "nota.pdf", None),
        ([BODY + "Op 23 januari 2018 kwam de vraag, en dat is een zin als een andere.", BODY], "nota.pdf", None),
        ([BODY], "verslag_20190612.pdf", "2019-06-12"),
        ([BODY], "verslag 04_12_19 - werkgroep.pdf", "2019-12-04"),
        (["Oktober 2020", BODY], "nota.pdf", "2020-10"),
        ([_heading("Jaarverslag 2021"), BODY], "nota.pdf", "2021"),
        ([BODY, "Op 20 april 2025 waren er 937. In april 2025 meer dan in mei 2023."], "nota.pdf", "2025"),
    ],
)
def test_the_date_is_the_documents_own(blocks: list[RawBlock | str], name: str, date: str | None) -> None:
    """Labelled, on the front, in its name or title; never that of a decree or of something in a sentence."""
    assert _described(blocks, name=name).date == date


def test_the_properties_date_is_a_last_resort_and_a_year_only() -> None:
    """Files are saved again and again; a date that a person wrote down in a page is another matter."""
    assert _described([BODY], date="2019-05-06").date == "2019"
    assert _described([BODY], date="2019-05-06", file_format="html").date == "2019-05-06"


@pytest.mark.parametrize(
    ("blocks", "publisher"),
    [
        (["Informatie Vlaanderen", _heading("Leren"), BODY], "Informatie Vlaanderen"),
        (["Departement Toekomst en Leren", _heading("Leren"), BODY], "Departement Toekomst en Leren"),
        ([_heading("Leren"), BODY, "Vragen? Mail naar info@vdab.be."], "VDAB"),
        ([_heading("Leren"), BODY, "De VDAB deed mee, net als Voka."], None),
        ([RawBlock(ITEM, "VDAB"), RawBlock(ITEM, "Voka"), BODY], None),
        (["VDAB", "Voka", BODY], None),
    ],
)
def test_the_publisher_needs_more_than_a_mention(blocks: list[RawBlock | str], publisher: str | None) -> None:
    """A letterhead or an address says who writes; who is in a list, or named in passing, does not."""
    assert _described(blocks).publisher == publisher


def test_the_company_of_the_typist_counts_only_when_it_is_known_to_publish() -> None:
    """Minutes are often typed by an adviser from elsewhere."""
    assert _described([BODY], publisher="Departement Omgeving").publisher == "Departement Omgeving"
    assert _described([BODY], publisher="Adviesbureau Jansen").publisher is None


@pytest.mark.parametrize(
    ("title", "name", "file_format", "kind"),
    [
        ("Advies over het ontwerpdecreet leren", "a.pdf", "pdf", "advies"),
        ("Verslag van het onderzoek", "a.pdf", "pdf", "verslag"),
        ("Leren", "OSLO_werkgroep_-_Verslag__46e348.pdf", "pdf", "verslag"),
        ("Leren", "deck.pptx", "pptx", "presentatie"),
        ("Leren", "flyer-leren.txt", "text", "folder"),
        ("Leren", "a.pdf", "pdf", None),
    ],
)
def test_the_kind_is_what_the_document_calls_itself(title: str, name: str, file_format: str, kind: str | None) -> None:
    """The first word for a kind counts; a deck that says nothing is a presentation."""
    assert _described([_heading(title), BODY], name=name, file_format=file_format).kind == kind
    assert kind is None or kind in KINDS


def test_the_one_heading_of_a_page_is_its_title_wherever_it_stands() -> None:
    """A folder may begin with its back; a line in capitals goes on with a title in capitals."""
    info = _described(
        [_heading("Wat is het?", 2), BODY],
        [BODY],
        [_heading("LEREN"), "DE KRACHT VAN DOEN", BODY],
        file_format="markdown",
    )

    assert info.title == "LEREN: DE KRACHT VAN DOEN"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wij willen dat het voor iedereen een goede weg is en dat het kan.", "nl"),
        ("We want this to be a good way for all of them and that it can be done by the people.", "en"),
        ("Nous voulons que ce soit une bonne voie pour tous et que la chose est dans les mains.", "fr"),
        ("Wir wollen dass es für alle ein guter Weg ist und dass das auch mit der Hand und nicht nur so geht.", "de"),
        ("Foo bar 12", None),
    ],
)
def test_common_words_vote_on_the_language(text: str, language: str | None) -> None:
    """Too few votes say nothing."""
    assert language_of(text) == language


def test_dates_are_found_in_any_spelling() -> None:
    """Days that do not exist are no dates."""
    text = "2 juli 2018, 02/07/2018, 2-7-2018, 2018-07-02, July 2, 2018, SERV_20180702, 31/02/2018, 20189912"

    assert [found.value for found in whole_dates(text)] == ["2018-07-02"] * 6
    assert [found.value for found in months("feb 2022 en Maart 2023")] == ["2022-02", "2023-03"]
    assert date_in_name("Workshop4_-_21mei19") == "2019-05-21"
    assert date_in_name("overleg_dd05102017") == "2017-10-05"
    assert date_in_name("presentatie-antwerpen-2022") == "2022"
    assert date_in_name("nota-12") is None
