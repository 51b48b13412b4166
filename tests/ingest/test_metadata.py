"""What is known about a document: told from its front, its properties and its name; else unknown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.assembly import assemble
from ingest.dates import date_in_name, months, whole_dates
from ingest.language import language_of
from ingest.metadata import EDUCATION_LEVELS, KINDS, completed, describe
from ingest.raw import RawBlock, RawDocument, page_from_blocks
from ingest.types import BlockKind, DocumentInfo, Finding, Findings, Origin
from tests.bench.metadata import FIELDS, verdicts

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
BODY = "De raad vindt dat leren op de werkvloer voor iedereen een goede weg is en dat het moet kunnen. " * 5


def _heading(text: str, level: int = 1) -> RawBlock:
    return RawBlock(HEADING, text, level)


def _described(*pages: list[RawBlock | str], **described: Any) -> DocumentInfo:
    """The values alone of what is said of a document."""
    return _found(*pages, **described).info


def _found(
    *pages: list[RawBlock | str], name: str = "document.pdf", file_format: str = "pdf", **stated: Any
) -> Findings:
    """What is said of a document whose blocks are given; a string is a paragraph."""
    raw_pages = [
        page_from_blocks(
            number, [block if isinstance(block, RawBlock) else RawBlock(PARAGRAPH, block) for block in blocks]
        )
        for number, blocks in enumerate(pages, 1)
    ]
    raw = RawDocument(file_format, tuple(raw_pages), DocumentInfo(**stated))
    return describe(raw, assemble(raw), file_name=name)


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

    assert info == DocumentInfo(
        title="Leren op de werkvloer",
        publisher="SERV",
        date="2019-03-05",
        kind="advies",
        language="nl",
        region="Vlaanderen",
        reference="SERV_ADV_20190305_Leren",
    )


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


def test_a_publisher_nobody_listed_is_spelled_by_its_address() -> None:
    """The letters of a mail address are those of a name in the text; a free mailbox names nobody."""
    contact = "Vragen? Mail naar info@leerhuisnoord.be."

    assert _described([contact, BODY, "Het Leerhuis Noord helpt scholen."]).publisher == "Leerhuis Noord"
    assert _described([contact.replace("leerhuisnoord", "gmail"), BODY, "Gmail werkt."]).publisher is None


def test_a_publisher_may_stand_on_every_page() -> None:
    """What a header or footer repeats is a letterhead; a name in passing is not."""
    footer = RawBlock(BlockKind.BOILERPLATE, "Informatie Vlaanderen ///")

    found = _found([_heading("Leren"), BODY], [BODY, footer], [BODY, footer])

    assert found.publisher == Finding("Informatie Vlaanderen", 0.85, Origin.LETTERHEAD)


@pytest.mark.parametrize(
    ("title", "body", "level"),
    [
        ("Leren in het hoger onderwijs", "De leerlingen van het secundair onderwijs. " * 9, "hoger"),
        ("Leren", "De leerlingen van het secundair onderwijs kiezen zelf. " * 9, "secundair"),
        ("Leren", "De cursisten van een cvo kiezen zelf. " * 9, "volwassenen"),
        ("Leren", "De leerlingen van het secundair onderwijs en de studenten van het hoger onderwijs. " * 9, None),
        ("Leren", "De leerling kiest zelf.", None),
        ("Een ethische analyse", "Jan Peeters, Universiteit Gent. Els Claes, Universiteit Antwerpen. " * 9, None),
    ],
)
def test_the_level_is_what_the_text_is_mostly_about(title: str, body: str, level: str | None) -> None:
    """The title says more than the text; a text about two levels is about none of them."""
    assert _described([_heading(title), body]).education_level == level
    assert level is None or level in EDUCATION_LEVELS


@pytest.mark.parametrize(
    ("blocks", "name", "reference"),
    [
        (["Ons kenmerk: 2018/0456-A", BODY], "a.pdf", "2018/0456-A"),
        ([_heading("Datum"), "6 augustus 2020", _heading("Ons kenmerk"), "z2020-11824", BODY], "a.pdf", "z2020-11824"),
        (["contactpersoon ons kenmerk Brussel", "Jan Peeters RAAD_BR_20180702_Leren 2 juli 2018", BODY], "a.pdf",
         "RAAD_BR_20180702_Leren"),
        (["voor van datum zaaknr", "De minister", "12 mei 2020", "Leren", "11014156", BODY], "a.pdf", "11014156"),
        (["VR 2019 1705 DOC.0123/1", BODY], "a.pdf", "VR 2019 1705 DOC.0123/1"),
        ([BODY], "RAAD_ADV_20190305_Leren.pdf", "RAAD_ADV_20190305_Leren"),
        (["Uw kenmerk: 2018/0456-A", BODY], "a.pdf", None),
        (["Ons kenmerk", "Tel. 02/20901234", "Brussel, 02/07/2018", BODY], "a.pdf", None),
        ([f"Een kenmerk van leren in schooljaar 2018-2019 is dat het boeit. {BODY}"], "a.pdf", None),
    ],
)  # fmt: skip
def test_the_reference_is_the_issuers_own(blocks: list[RawBlock | str], name: str, reference: str | None) -> None:
    """Beside or below its label, or by its form; no telephone, no date, and not that of whom it is written to."""
    assert _described(blocks, name=name).reference == reference


def test_a_reference_of_another_issuer_is_not_the_documents_own() -> None:
    """Who says that a note is their own says that the letter it reports on is not."""
    found = _found(LETTER)

    assert completed(DocumentInfo(publisher="Leerhuis"), found).reference is None
    assert completed(DocumentInfo(publisher="SERV"), found).reference == found.reference
    assert completed(DocumentInfo(title="Leren"), found).title == Finding("Leren", 1.0, Origin.MANIFEST)


@pytest.mark.parametrize(
    ("blocks", "name", "version"),
    [
        (["Versie: 2.0", BODY], "a.pdf", "2.0"),
        ([_heading("Versie"), "2.1", BODY], "a.pdf", "2.1"),
        (["Versie /// ontwerp voor de werkgroep", BODY], "a.pdf", "ontwerp"),
        (["CONCEPT", BODY], "a.pdf", "concept"),
        ([BODY], "nota_v1.00_DRAFT.pdf", "1.00 draft"),
        ([BODY], "nota-def.pdf", "definitief"),
        ([BODY], "nota_v20180822.pdf", None),
        (["Een nieuwe versie 3 van de app", BODY], "a.pdf", None),
        (["Advies over het ontwerp van decreet", BODY], "a.pdf", None),
    ],
)
def test_the_version_is_what_the_document_says_of_itself(
    blocks: list[RawBlock | str], name: str, version: str | None
) -> None:
    """Labelled, alone on the front, or in its name; not that of something that it is about."""
    assert _described(blocks, name=name).version == version


def test_a_footer_with_a_version_keeps_it_apart_from_the_page() -> None:
    """A number that differs from page to page is no version."""
    pages = [
        [BODY, RawBlock(BlockKind.BOILERPLATE, f"Pagina {number} van 3 – {last}")]
        for number, last in ((1, "v1.3"), (2, "v1.3"), (3, "v1.3"))
    ]
    other = [[BODY, RawBlock(BlockKind.BOILERPLATE, f"Openbare versie {number}")] for number in (1, 2, 3)]

    assert _described(*pages).version == "1.3"
    assert _described(*other).version is None


def test_a_document_says_what_it_replaces_and_what_replaces_it() -> None:
    """In a sentence about itself, or in a line of its own."""
    replacing = _described([_heading("Omzendbrief"), "Deze omzendbrief vervangt de omzendbrief SO 64 van 2014.", BODY])
    replaced = _described([_heading("Nota"), "Deze nota is op 1 mei vervangen door de Gids Leren. Zie daar.", BODY])
    neither = _described([_heading("Nota"), "De stage wordt vervangen door leren op het werk.", BODY])

    assert (replacing.replaces, replacing.replaced_by) == ("omzendbrief SO 64 van 2014", None)
    assert (replaced.replaces, replaced.replaced_by) == (None, "Gids Leren")
    assert (neither.replaces, neither.replaced_by) == (None, None)


def test_two_places_that_agree_are_surer_than_one() -> None:
    """How sure a value is rests on where it stands, and rises when another place says the same."""
    name = "advies_20180702.pdf"
    alone, agreed = _found([BODY], name=name), _found([_heading("Advies over leren"), "2 juli 2018", BODY], name=name)

    assert alone.date == Finding("2018-07-02", 0.8, Origin.FILE_NAME)
    assert agreed.date == Finding("2018-07-02", 0.98, Origin.FRONT)
    assert alone.kind == Finding("advies", 0.8, Origin.FILE_NAME)
    assert agreed.kind == Finding("advies", 0.95, Origin.FRONT)


def test_a_text_that_speaks_of_one_country_is_about_it() -> None:
    """Where neither title nor publisher names a place; a text that speaks of two is about none."""
    flemish = "De Vlaamse scholen in Vlaanderen doen mee. " * 4

    assert _found([flemish]).region == Finding("Vlaanderen", 0.6, Origin.BODY)
    assert _described([flemish + "In Nederland ook. " * 4]).region is None


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
    found = language_of(text)

    assert (found.value if found else None) == language


def test_dates_are_found_in_any_spelling() -> None:
    """Days that do not exist are no dates."""
    text = "2 juli 2018, 02/07/2018, 2-7-2018, 2018-07-02, July 2, 2018, SERV_20180702, 31/02/2018, 20189912"

    assert [found.value for found in whole_dates(text)] == ["2018-07-02"] * 6
    assert [found.value for found in months("feb 2022 en Maart 2023")] == ["2022-02", "2023-03"]
    assert date_in_name("Workshop4_-_21mei19") == "2019-05-21"
    assert date_in_name("overleg_dd05102017") == "2017-10-05"
    assert date_in_name("presentatie-antwerpen-2022") == "2022"
    assert date_in_name("nota-12") is None


@pytest.mark.shared
def test_of_the_five_real_texts_nothing_wrong_is_said(shared_corpus: Path) -> None:
    """What is found of them is what a person saw on them; what cannot be told stays unknown."""
    judged = list(verdicts(shared_corpus))

    assert len(judged) == 5 * len(FIELDS)
    assert [verdict for verdict in judged if verdict.verdict == "wrong"] == []
    assert sum(verdict.verdict == "right" for verdict in judged) >= 0.9 * len(judged)
