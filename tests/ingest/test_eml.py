"""E-mail: who wrote to whom, when and about what, then the text, with quotes and signatures told apart."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from ingest.errors import Reason, UnreadableFile
from ingest.raw import RawBlock, RawDocument
from ingest.readers.eml import read
from ingest.reading import read_document
from ingest.tables import BODY_ROW, HEADER_ROW
from ingest.types import BlockKind

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW
FROM, DATE = "An Célis <an@onderwijs.be>", "Sat, 21 Nov 2026 10:12:13 +0100"
SENTENCE = "Een leerling mag starten vanaf de tweede graad."


def _message(text: str | None = SENTENCE, subject: str = "Vraag over duaal leren") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Date"] = FROM, "jan@serv.be", subject, DATE
    if text is not None:
        message.set_content(text)
    return message


def _read(message: EmailMessage | str) -> RawDocument:
    data = message.encode("utf-8") if isinstance(message, str) else message.as_bytes(policy=SMTP)
    return read(Path("mail.eml"), data)


def _blocks(message: EmailMessage | str) -> list[RawBlock]:
    """The blocks under the header of a message."""
    blocks = [block for page in _read(message).pages for block in page.blocks]
    return [block for block in blocks if not block.text.startswith(("From:", "To:", "Date:"))]


def _texts(message: EmailMessage | str) -> list[str]:
    return [block.text for block in _blocks(message)]


def test_the_header_says_who_wrote_to_whom_and_when() -> None:
    """The subject is the heading; the sender can be found; what else the header says is known of the message."""
    raw = _read(_message())

    assert [(block.kind, block.text) for page in raw.pages for block in page.blocks] == [
        (BlockKind.BOILERPLATE, f"Date: {DATE}"),
        (BlockKind.BOILERPLATE, "To: jan@serv.be"),
        (HEADING, "Vraag over duaal leren"),
        (PARAGRAPH, f"From: {FROM}"),
        (PARAGRAPH, SENTENCE),
    ]
    assert (raw.info.title, raw.info.publisher, raw.info.date) == ("Vraag over duaal leren", "An Célis", "2026-11-21")


def test_a_message_is_a_document_of_its_own_kind(tmp_path: Path) -> None:
    """Its date is the day on which it was sent, its title is without the signs of a reply."""
    path = tmp_path / "mail.eml"
    path.write_bytes(_message(subject="RE: Fwd: Vraag over duaal leren").as_bytes())

    info = read_document(path).info

    assert (info.kind, info.title, info.date) == ("e-mail", "Vraag over duaal leren", "2026-11-21")


def test_quotes_and_signature_are_told_from_what_the_author_wrote() -> None:
    """A quote shows its sign, as many as people in between; a signature is no place to quote from."""
    text = (
        "Dag Jan,\n\nDat mag:\n\n- vanaf de tweede graad\n- met een werkplek\n\nJan schreef:\n"
        "> Mag een leerling\n> starten?\n> > Eerder gevraagd.\n\nGroeten\n\n-- \nAn Célis\nDienst Leren\n"
    )

    assert [(block.kind, " ".join(block.text.split())) for block in _blocks(_message(text))[1:]] == [
        (PARAGRAPH, "Dag Jan,"),
        (PARAGRAPH, "Dat mag:"),
        (ITEM, "vanaf de tweede graad"),
        (ITEM, "met een werkplek"),
        (PARAGRAPH, "Jan schreef:"),
        (PARAGRAPH, "> Mag een leerling starten?"),
        (PARAGRAPH, "> > Eerder gevraagd."),
        (PARAGRAPH, "Groeten"),
        (BlockKind.BOILERPLATE, "An Célis"),
        (BlockKind.BOILERPLATE, "Dienst Leren"),
    ]


def test_lines_that_flow_on_are_joined() -> None:
    """A program that cuts lines and says so means nothing by their ends."""
    head = f"From: {FROM}\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\n"

    assert " ".join(_texts(f"{head}Mag een \nleerling \nstarten?\nJa.\n")) == "Mag een leerling starten? Ja."


@pytest.mark.parametrize(
    ("plain", "page", "expected"),
    [
        (SENTENCE, f"<p>{SENTENCE}</p>", [SENTENCE]),
        ("Lees dit in een browser.", f"<h1>Nieuws</h1><p>{SENTENCE}</p>", ["Nieuws", SENTENCE]),
        (
            "Jaar Aantal 2020 12 2021 13",
            "<table><tr><th>Jaar<th>Aantal<tr><td>2020<td>12<tr><td>2021<td>13</table>",
            ["Jaar | Aantal", "2020 | 12", "2021 | 13"],
        ),
    ],
)
def test_of_two_forms_the_plain_one_is_read_unless_it_is_poorer(plain: str, page: str, expected: list[str]) -> None:
    """Some programs send hardly anything as plain text, and none can send a table so."""
    message = _message(plain)
    message.add_alternative(page, subtype="html")

    assert _texts(message)[1:] == expected


def test_a_web_page_stands_under_the_subject() -> None:
    """Its headings are lower than the subject; its tables have rows."""
    message = _message(None)
    message.set_content("<h1>Nieuws</h1><table><tr><th>Jaar<th>Aantal<tr><td>2020<td>12</table>", subtype="html")

    assert _blocks(message)[1:] == [
        RawBlock(HEADING, "Nieuws", 2),
        RawBlock(ROW, "Jaar | Aantal", HEADER_ROW),
        RawBlock(ROW, "2020 | 12", BODY_ROW),
    ]


def test_attachments_are_named_and_pictures_in_the_text_are_not() -> None:
    """A person is told that they were not read."""
    message = _message()
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="advies één.pdf")
    message.add_attachment("a;b", filename="lijst.csv")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", disposition="inline")

    assert _texts(message)[1:] == [SENTENCE, "advies één.pdf, lijst.csv"]
    assert _read(message).warnings == ("attachments_not_read",)


def test_a_message_within_a_message_is_read() -> None:
    """A forwarded message stands under its own subject; a chain without end is not followed."""
    message = _message("Eerste.", "Eerste bericht")
    for number in range(6):
        outer = _message(f"Doorgestuurd {number}.", f"Bericht {number}")
        outer.add_attachment(message)
        message = outer

    blocks = _blocks(message)

    assert [(block.text, block.level) for block in blocks if block.kind is HEADING] == [
        ("Bericht 5", 1),
        ("Bericht 4", 2),
        ("Bericht 3", 3),
        ("Bericht 2", 4),
    ]
    assert _read(message).warnings == ("attachments_not_read",)


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("utf-8", "Zoë leest één boek".encode()),
        ("iso-8859-1", "Zoë leest één boek".encode("cp1252")),
        ("us-ascii", "Zoë leest één boek".encode("latin-1")),
        ("onbekend-8", "Zoë leest één boek".encode()),
    ],
)
def test_characters_are_read_though_their_charset_is_wrong(charset: str, body: bytes) -> None:
    """A charset that does not hold is not followed."""
    head = f"From: {FROM}\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n"
    data = head.encode() + b"Content-Transfer-Encoding: 8bit\n\n" + body

    assert read(Path("mail.eml"), data).pages[0].blocks[-1].text == "Zoë leest één boek"


def test_a_header_in_raw_bytes_or_in_disorder_is_read() -> None:
    """Old programs write letters as they come; a broken date is no date."""
    head = b"From: Zo\xeb <zoe@a.be>\nSubject: =?utf-8?q?=C3=A9=C3=A9n?= vraag =?x?y?\nDate: gisteren\n"

    raw = read(Path("mail.eml"), head + b"MIME-Version: 1.0\n\nTekst.")

    assert raw.pages[0].blocks[1].text.startswith("één vraag")
    assert (raw.info.publisher, raw.info.date) == ("Zoë", None)


def test_an_encrypted_message_needs_its_key(tmp_path: Path) -> None:
    """Its text is in a part that nobody else can open."""
    path = tmp_path / "mail.eml"
    path.write_text(f"From: {FROM}\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime\n\nMIAGCSqGSIb3DQEHA6CA\n")

    with pytest.raises(UnreadableFile) as caught:
        read_document(path)

    assert caught.value.reason is Reason.PASSWORD
