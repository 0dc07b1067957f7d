"""The later half of the first sheets: flows, interventions, documents, and what a source says is lacking."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from kg.namespaces import DCTERMS, FB, PROV
from kg.workbook.columns import (
    ACTORS,
    ANY,
    AREA,
    AUDIENCE,
    BASIS,
    CERTAINTY,
    CLAIM,
    CLAIM_ID,
    ENGLISH,
    FORUMS,
    FROM,
    HOME,
    MODEL,
    NOTE,
    OTHER_NAMES,
    PARTIES,
    PRECISION,
    SCOPE,
    SECTION,
    SOURCE,
    STATED,
    STATUS,
    SYSTEM,
    THING_ID,
    THROUGH,
    TOPIC,
    Column,
    Kind,
    Sheet,
    choice,
    class_column,
    link,
    name_column,
    of_things,
    rare,
)

__all__ = ["ABSENCES", "DOCUMENTS", "FLOWS", "INTERVENTIONS", "WHAT"]

FLOWS: Final = Sheet(
    "Flöden",
    "Information som går från en aktör eller ett forum till ett annat.",
    (
        replace(link("Från", "Avsändaren.", FB.flowFrom, (*PARTIES, "system"), required=True), aliases=("avsändare",)),
        replace(link("Till", "Mottagaren.", FB.flowTo, (*PARTIES, "system"), required=True), aliases=("mottagare",)),
        choice(
            "Innehåll",
            "lägesbild, händelserapport, individärende, statistik.",
            FB.flowContent,
            "informationsinnehall",
            required=True,
        ),
        SYSTEM,
        *CLAIM,
    ),
    claim=FB.InformationFlow,
    letter="f",
    aliases=("informationsflöden",),
)

INTERVENTIONS: Final = Sheet(
    "Insatser",
    "Vad som erbjuds för att förebygga. En rad per insats och källa.",
    (
        name_column("Insats", "Insatsens namn.", "namn", "åtgärd"),
        SOURCE,
        SECTION,
        replace(link("Utförare", "Den som ger insatsen.", FB.provider, ACTORS, required=True), aliases=("ansvarig",)),
        link("Samverkanspart", "Andra som medverkar.", FB.partner, ACTORS),
        AUDIENCE,
        choice("Preventionsnivå", "universell, selektiv, indikerad.", FB.preventionLevel, "preventionsniva", many=True),
        rare(choice("Insatsnivå", "samhälle, grupp, individ.", FB.interventionLevel, "insatsniva", many=True)),
        TOPIC,
        Column("Kräver biståndsbeslut", "ja eller nej. Tom cell: källan säger inget.", Kind.YES, FB.needsDecision),
        link("Ges genom", "Forumet som insatsen ges genom.", FB.deliveredThrough, FORUMS),
        rare(link("Rättslig grund", "Lagen.", FB.legalBasis, ("forfattning",))),
        rare(AREA),
        MODEL,
        STATUS,
        STATED,
        CERTAINTY,
        BASIS,
        NOTE,
        *of_things(OTHER_NAMES, SCOPE, ENGLISH, HOME, THING_ID),
        CLAIM_ID,
    ),
    classes=MappingProxyType({"insats": FB.Intervention}),
    claim=FB.InterventionDescription,
    letter="i",
    kind="insats",
    links=FB.describesIntervention,
)

DOCUMENTS: Final = Sheet(
    "Dokument",
    "Planer, policyer, rutiner och överenskommelser.",
    (
        name_column("Dokument", "Dokumentets namn.", "namn", "titel"),
        class_column("styrdokument, eller överenskommelse mellan parter."),
        choice("Dokumenttyp", "åtgärdsplan, rutin, lägesbild …", FB.documentType, "dokumenttyp", many=True),
        SOURCE,
        SECTION,
        replace(link("Beslutad av", "Vem som beslutade.", FB.decidedBy, PARTIES), aliases=("beslutsfattare",)),
        replace(
            Column("Beslutsdatum", "2024-03-17, mars 2024 eller 2024.", Kind.DATE, DCTERMS.issued),
            aliases=("datum", "beslutad"),
        ),
        link("Parter", "För överenskommelser.", FB.party, PARTIES),
        link("Gäller", "Vem eller vad det styr.", FB.regulates, ANY),
        replace(FROM, first=True),
        replace(THROUGH, first=True),
        PRECISION,
        rare(STATUS),
        rare(link("Utgivare", "Om inte kommunen.", DCTERMS.creator, PARTIES)),
        rare(Column("Diarienummer", "", Kind.PLAIN, DCTERMS.identifier)),
        rare(Column("Ändrad", "", Kind.DATE, DCTERMS.modified)),
        rare(link("Ersätter", "Det äldre dokumentet.", PROV.wasRevisionOf, ("dokument",))),
        rare(link("Ingår i", "Dokumentet som det är en del av.", DCTERMS.isPartOf, ("dokument",))),
        STATED,
        NOTE,
        OTHER_NAMES,
        ENGLISH,
        HOME,
        THING_ID,
    ),
    classes=MappingProxyType({"styrdokument": FB.GoverningDocument, "överenskommelse": FB.Agreement}),
    kind="dokument",
    in_source=True,
)

WHAT: Final = ("foreteelse", "dokumenttyp", "forumtyp", "aktorstyp", "informationsinnehall", "forumniva")

ABSENCES: Final = Sheet(
    "Det som saknas",
    "Bara det som källan uttryckligen säger inte finns, eller vem som inte deltar. Att källan är tyst hör inte hit.",
    (
        replace(
            link("Aktör som inte deltar", "Fyll i tillsammans med I forum.", FB.excludedActor, ACTORS, many=False),
            aliases=("aktör",),
        ),
        replace(
            link("I forum", "Forumet som aktören inte deltar i.", FB.excludedFrom, FORUMS, many=False),
            aliases=("forum",),
        ),
        replace(
            choice("Vad som saknas", "Till exempel BRÅ, åtgärdsplan, samlad uppföljning.", FB.absent, *WHAT, many=True),
            aliases=("saknas",),
        ),
        replace(
            link("Saknas hos", "Kommunen, nämnden eller forumet. Tom cell: kommunen.", FB.absentWithin, PARTIES),
            aliases=("inom",),
            default="kommun",
        ),
        rare(link("Avser", "Dokumentet eller annat som det gäller.", FB.concerns, ANY)),
        rare(TOPIC),
        *(replace(each, required=True) if each is STATED else each for each in CLAIM),
    ),
    claim=FB.AbsenceClaim,
    letter="a",
    aliases=("saknas", "avsaknad", "brister"),
)
