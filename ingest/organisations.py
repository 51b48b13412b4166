"""Organisations that issue policy documents, as they name themselves. A list to add to; names by form come beside it.

A name is what filters show; an alias is what stands in texts; a domain is that of their mail or website.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FLANDERS = "Vlaanderen"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that publishes. ``place`` is set where its name is that of a place."""

    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...] = ()
    region: str | None = None
    place: str | None = None


def _flemish(name: str, aliases: str = "", domains: str = "") -> Organisation:
    return Organisation(name, (name, *filter(None, aliases.split("; "))), tuple(domains.split()), FLANDERS)


def _province(name: str, domains: str) -> Organisation:
    aliases = (f"Provincie {name}", f"Provinciebestuur {name}", f"Provincieraad {name}", f"Deputatie {name}")
    return Organisation(f"Provincie {name}", aliases, tuple(domains.split()), name, name)


def _city(name: str, domains: str) -> Organisation:
    aliases = (f"Stad {name}", f"Stadsbestuur {name}", f"Gemeente {name}", f"Gemeentebestuur {name}", f"OCMW {name}")
    return Organisation(f"Stad {name}", aliases, tuple(domains.split()), name, name)


ORGANISATIONS = (
    _flemish("SERV", "Sociaal-Economische Raad van Vlaanderen; Stichting Innovatie & Arbeid", "serv.be"),
    _flemish("Vlor", "Vlaamse Onderwijsraad", "vlor.be"),
    _flemish("VDAB", "Vlaamse Dienst voor Arbeidsbemiddeling en Beroepsopleiding", "vdab.be"),
    _flemish("Syntra Vlaanderen", "Vlaams Agentschap voor Ondernemersvorming", "syntravlaanderen.be"),
    _flemish("Vlaams Partnerschap Duaal Leren"),
    _flemish("Departement Onderwijs en Vorming", "Vlaams Ministerie van Onderwijs en Vorming", "ond.vlaanderen.be"),
    _flemish("AHOVOKS", "Agentschap voor Hoger Onderwijs, Volwassenenonderwijs, Kwalificaties en Studietoelagen"),
    _flemish("AGODI", "Agentschap voor Onderwijsdiensten"),
    _flemish("Onderwijsinspectie", "", "onderwijsinspectie.be"),
    _flemish("NVAO", "Nederlands-Vlaamse Accreditatieorganisatie", "nvao.org nvao.net"),
    _flemish("Departement Werk en Sociale Economie", "Departement WSE; Departement WEWIS"),
    _flemish("Europa WSE", "ESF Vlaanderen; ESF-agentschap Vlaanderen", "esf-vlaanderen.be"),
    _flemish("Agentschap Innoveren en Ondernemen", "VLAIO; Agentschap Innoveren & Ondernemen", "vlaio.be"),
    _flemish(
        "Digitaal Vlaanderen", "Agentschap Digitaal Vlaanderen",
        "digitaal.vlaanderen@vlaanderen.be vlaanderen.be/digitaal-vlaanderen"),
    _flemish(
        "Informatie Vlaanderen", "Agentschap Informatie Vlaanderen; Informatie Vlaanderen (AIV)",
        "informatie.vlaanderen@vlaanderen.be vlaanderen.be/informatievlaanderen"),
    _flemish("Statistiek Vlaanderen", "Vlaamse Statistische Autoriteit", "statistiekvlaanderen.be"),
    _flemish("Vlaamse Regering"),
    _flemish("Vlaams Parlement", "", "vlaamsparlement.be"),
    _flemish("Departement Kanselarij en Buitenlandse Zaken", "Departement Kanselarij en Bestuur"),
    _flemish("Agentschap Binnenlands Bestuur"),
    _flemish("Audit Vlaanderen", "", "auditvlaanderen.be"),
    _flemish("Departement Omgeving", "", "omgeving.vlaanderen.be omgevingvlaanderen.be"),
    _flemish("Departement Mobiliteit en Openbare Werken", "", "mow.vlaanderen.be"),
    _flemish("Agentschap Wegen en Verkeer", "", "wegenenverkeer.be"),
    _flemish("Departement Zorg", "Departement Welzijn, Volksgezondheid en Gezin; Agentschap Zorg en Gezondheid"),
    _flemish("Opgroeien", "Agentschap Opgroeien; Kind en Gezin", "opgroeien.be kindengezin.be"),
    _flemish("Departement Landbouw en Visserij"),
    _flemish("Departement Cultuur, Jeugd en Media", "", "cjsm.be"),
    _flemish("Departement Financiën en Begroting"),
    _flemish("Vlaamse Milieumaatschappij", "", "vmm.be"),
    _flemish("OVAM", "Openbare Vlaamse Afvalstoffenmaatschappij", "ovam.be"),
    _flemish("Vlaamse Landmaatschappij", "", "vlm.be"),
    _flemish("Databank Ondergrond Vlaanderen", "", "dov.vlaanderen.be"),
    _flemish("VVSG", "Vereniging van Vlaamse Steden en Gemeenten", "vvsg.be"),
    _flemish("Vlaamse Adviesraad voor Innoveren en Ondernemen", "VARIO", "vario.be"),
    _flemish("SALV", "Strategische Adviesraad voor Landbouw en Visserij", "salv.be"),
    _flemish("Minaraad", "Milieu- en Natuurraad van Vlaanderen", "minaraad.be"),
    _flemish("MORA", "Mobiliteitsraad van Vlaanderen", "mobiliteitsraad.be"),
    _flemish("GO! onderwijs van de Vlaamse Gemeenschap", "", "g-o.be"),
    _flemish("Katholiek Onderwijs Vlaanderen", "", "katholiekonderwijs.vlaanderen"),
    _flemish("OVSG", "Onderwijsvereniging van Steden en Gemeenten", "ovsg.be"),
    _flemish("Provinciaal Onderwijs Vlaanderen", "", "pov.be"),
    _flemish("UNIZO", "", "unizo.be"),
    _flemish("Voka", "", "voka.be"),
    _flemish("Vlaamse Hogescholenraad", "VLHORA", "vlaamsehogescholenraad.be"),
    _flemish("Vlaamse overheid", "Vlaamse Overheid"),
    _province("West-Vlaanderen", "west-vlaanderen.be"),
    _province("Oost-Vlaanderen", "oost-vlaanderen.be"),
    _province("Antwerpen", "provincieantwerpen.be"),
    _province("Limburg", "limburg.be"),
    _province("Vlaams-Brabant", "vlaamsbrabant.be"),
    _city("Antwerpen", "antwerpen.be"),
    _city("Gent", "stad.gent gent.be"),
    _city("Brugge", "brugge.be"),
    _city("Leuven", "leuven.be"),
    _city("Mechelen", "mechelen.be"),
    _city("Aalst", "aalst.be"),
    _city("Kortrijk", "kortrijk.be"),
    _city("Hasselt", "hasselt.be"),
    _city("Genk", "genk.be"),
    _city("Sint-Niklaas", "sint-niklaas.be"),
    _city("Oostende", "oostende.be"),
    _city("Roeselare", "roeselare.be"),
    _city("Turnhout", "turnhout.be"),
    _city("Vilvoorde", "vilvoorde.be"),
    Organisation("Rekenhof", ("Rekenhof",), ("ccrek.be", "rekenhof.be")),
    Organisation(
        "Autoriteit Persoonsgegevens", ("Autoriteit Persoonsgegevens",), ("autoriteitpersoonsgegevens.nl",),
        "Nederland"),
)  # fmt: skip

NAMED_BY_FORM = re.compile(
    r"(?:(?:Vlaams )?Agentschap|Departement|(?:Vlaams )?Ministerie van|Stad|Gemeente|Provincie|OCMW|RTC|POM|"
    r"Federale Overheidsdienst|FOD|Universiteit|Hogeschool|Stichting|Vereniging|Federatie|Inspectie|Instituut|Unie)"
    r"(?: (?:van|voor|de|het|en|te|in|ter|&|[A-Z0-9][\w'’-]*,?))*? [A-Z][\w'’-]*"
)


_NAMES = frozenset(name for organisation in ORGANISATIONS for name in (organisation.name, *organisation.aliases))


def is_organisation(name: str) -> bool:
    """Whether a name is that of an organisation, by the list or by its form."""
    return name in _NAMES or NAMED_BY_FORM.match(name) is not None


NOT_A_PUBLISHER = frozenset(  # whose mail and pages everybody uses
    """
    vlaanderen belgium brussels gmail hotmail outlook telenet skynet proximus yahoo live icloud google microsoft teams
    office youtube facebook twitter linkedin instagram github dropbox wetransfer zoom mentimeter eventbrite
    """.split()
)
