"""The collection of a made-up service, to walk through every page with: one document for each thing that people do."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

from reportlab.pdfgen.canvas import Canvas

from kb.home import Home
from kb.library import ingest
from kb.testing import WordEncoder

GUIDE_PAGES = (
    "Voorwoord. Deze gids is geschreven voor wie op de werkplek begeleidt. Hij bundelt wat de voorbije jaren is "
    "geleerd in ondernemingen van elke grootte. Wie hem leest, hoeft niet van voren af aan te beginnen. Achteraan "
    "staan adressen waar u met vragen terecht kunt. De gids wordt elk jaar nagelezen en waar nodig verbeterd.",
    "Een mentor is een ervaren collega die een lerende op de werkplek begeleidt. De onderneming wijst de mentor aan "
    "voor het begin van de overeenkomst. Zij maakt tijd vrij voor gesprekken en zorgt voor een rustige plaats. De "
    "school kent de naam van de mentor en houdt contact. Bij lange afwezigheid neemt een andere collega de taak over.",
    "Vorming. Wie begeleidt, volgt elk jaar een vorming van twee dagen. De eerste dag gaat over het voeren van "
    "gesprekken en het geven van terugkoppeling. De tweede dag gaat over het beoordelen van wat iemand kan. "
    "Inschrijven kan tot een maand vooraf. De kosten worden gedragen door het sectorfonds.",
)
LINE_LENGTH = 80  # characters of a line of the guide
TEXTS = {
    "advies-stage-2016.md": """# Advies over de stage

## Duur

De raad adviseert dat een stage ten minste vier weken duurt.
""",
    "advies-stage-2021.md": """# Advies over de lange stage

## Vergoeding

De raad adviseert dat een stagiair een vergoeding van 200 euro per maand krijgt.
""",
    "nota-stage.md": """# Nota over de stage

## Verzekering

De dienst adviseert om elke stagiair te verzekeren tegen ongevallen.
""",
    "nota-begrippen.md": """# Nota over begrippen

## Begrippen

Werkplekleren is een vorm van leren waarbij een lerende in een onderneming ervaring opdoet.

Het Platform Leren en Werken (PLW) volgt de trajecten op. Het PLW meldt elk traject aan de VDAB.
""",
    "nota-uitrusting.md": """# Nota over de uitrusting

## Uitrusting

De dienst bezorgt elke thuiswerker deze uitrusting:

- een draagbare computer;
- een scherm van minstens 24 duim;
- een verstelbare bureaustoel.
""",
}
MANIFEST = """
["gids-mentoren.pdf"]
title = "Gids voor mentoren"
publisher = "Steunpunt Leren"
kind = "gids"
date = 2023-04-05
language = "nl"

["advies-stage-2016.md"]
title = "Advies over de stage"
publisher = "Raad voor Leren"
kind = "advies"
date = 2016-05-02
language = "nl"

["advies-stage-2021.md"]
title = "Advies over de lange stage"
publisher = "Raad voor Leren"
kind = "advies"
date = 2021-09-14
language = "nl"

["nota-stage.md"]
title = "Nota over de stage"
publisher = "Dienst Personeel"
kind = "nota"
date = 2022-01-10
language = "nl"

["nota-begrippen.md"]
title = "Nota over begrippen"
publisher = "Steunpunt Leren"
kind = "nota"
date = 2020
language = "nl"

["nota-uitrusting.md"]
title = "Nota over de uitrusting"
publisher = "Dienst Personeel"
kind = "nota"
date = "2019-11"
language = "nl"
"""
FOUND = "Wat is een mentor?"
LIST = "Welke uitrusting bezorgt de dienst elke thuiswerker?"
PARTLY = "Wat is het verschil tussen een mentor en een coach?"
ACRONYM = "Aan wie meldt het PLW elk traject?"
NOWHERE = "Welke kleur heeft de stage van de koningin van Denemarken?"


def write_guide(path: Path) -> None:
    """The guide as a PDF."""
    canvas = Canvas(str(path))
    for page in GUIDE_PAGES:
        for number, line in enumerate(wrap(page, LINE_LENGTH)):
            canvas.drawString(72, 740 - 16 * number, line)
        canvas.showPage()
    canvas.save()


def fill(home: Path, folder: Path) -> None:
    """Read the collection into a home; among its files is one that cannot be read."""
    folder.mkdir()
    for name, text in {**TEXTS, "sources.toml": MANIFEST}.items():
        (folder / name).write_text(text, encoding="utf8")
    write_guide(folder / "gids-mentoren.pdf")
    (folder / "kapot.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00\x01\x02" * 99)
    ingest(Home(home), [folder], encoder=WordEncoder())
