"""The sheets for what is rarer: steering, follow-up, objectives, audit and registers."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from kg.namespaces import DCTERMS, FB, PROV, SKOS
from kg.workbook.columns import (
    ACTORS,
    ANY,
    AUDIENCE,
    CLAIM,
    DATES,
    ENGLISH,
    HOME,
    MODEL,
    NOTE,
    OTHER_NAMES,
    PARTIES,
    SCOPE,
    SECTION,
    SOURCE,
    STATED,
    STATUS,
    SYSTEM,
    THING_ID,
    TOPIC,
    Column,
    Kind,
    Sheet,
    choice,
    link,
    name_column,
    of_thing,
    of_things,
    rare,
    words,
)
from kg.workbook.later_sheets import WHAT

__all__ = ["MORE"]


def _more(name: str, meaning: str, *columns: Column, claim: str, letter: str) -> Sheet:
    return Sheet(f"Mer: {name}", meaning, (*columns, *CLAIM), claim=claim, letter=letter, first=False, aliases=(name,))


def _register(name: str, meaning: str, cls: str, kind: str, *columns: Column) -> Sheet:
    return Sheet(
        f"Mer: {name}",
        meaning,
        (name_column("Namn", "Namnet."), *of_things(*columns, OTHER_NAMES, SCOPE, ENGLISH, HOME, THING_ID)),
        classes=MappingProxyType({name: cls}),
        kind=kind,
        first=False,
        aliases=(name,),
    )


def _sourced(name: str, meaning: str, cls: str, kind: str, *columns: Column) -> Sheet:
    return Sheet(
        f"Mer: {name}",
        meaning,
        (name_column("Namn", "Namnet."), SOURCE, SECTION, *columns, STATED, NOTE, OTHER_NAMES, ENGLISH, HOME, THING_ID),
        classes=MappingProxyType({name: cls}),
        kind=kind,
        in_source=True,
        first=False,
        aliases=(name,),
    )


_TIMES: Final = (
    words("Hur ofta", "Som i källan.", FB.frequencyAsStated, limit=120),
    Column("Gånger per år, minst", "", Kind.NUMBER, FB.timesPerYearMin),
    Column("Gånger per år, högst", "", Kind.NUMBER, FB.timesPerYearMax),
)
_LABEL: Final = Column("Rubrik", "Kort rubrik.", Kind.TEXT, SKOS.prefLabel)
_CONCERNS: Final = link("Avser", "Det som det gäller.", FB.concerns, ANY)
_BODY: Final = link("Granskad", "Nämnden eller styrelsen.", FB.auditedBody, ACTORS)

MORE: Final = (
    Sheet(
        "Mer: Avsnitt",
        "Källornas avsnitt. Behövs bara för rubriker; nummer som används i andra blad läggs till av sig själva.",
        (
            SOURCE,
            Column(
                "Nummer",
                "3.1.2, eller ett kort namn.",
                Kind.PLAIN,
                FB.sectionNumber,
                required=True,
                about="thing",
                aliases=("avsnitt",),
            ),
            replace(name_column("Rubrik", "Avsnittets rubrik."), required=False),
            of_thing(OTHER_NAMES),
            of_thing(STATED),
        ),
        classes=MappingProxyType({"avsnitt": FB.SourceSection}),
        kind="avsnitt",
        in_source=True,
        first=False,
    ),
    _more(
        "Styrning",
        "Vem som styr, ger uppdrag, finansierar eller tar emot rapporter.",
        link("Styrande", "Vem som styr eller tar emot.", FB.steers, PARTIES, required=True),
        link("Styrd", "Vem som styrs eller rapporterar.", FB.isSteered, PARTIES, required=True),
        choice("Slag av styrning", "", FB.steeringKind, "styrning", required=True),
        *_TIMES,
        *DATES,
        claim=FB.SteeringRelation,
        letter="r",
    ),
    _more(
        "Samverkan",
        "Samverkan mellan parter utanför forum.",
        link("Parter", "Minst två.", FB.party, PARTIES, required=True),
        choice("Form", "", FB.collaborationKind, "samverkansform", many=True),
        TOPIC,
        choice("Omdöme", "Källans omdöme.", FB.judgedQuality, "omdome"),
        STATUS,
        claim=FB.Collaboration,
        letter="s",
    ),
    _more(
        "Det som finns",
        "Funktioner, planer och annat som källan säger finns.",
        choice("Vad som finns", "", FB.existing, *WHAT, many=True, required=True),
        replace(link("Finns hos", "Tom cell: kommunen.", FB.existsWithin, PARTIES), default="kommun"),
        TOPIC,
        rare(STATUS),
        *DATES,
        claim=FB.ExistenceClaim,
        letter="e",
    ),
    _more(
        "Uppföljning",
        "Vad som följs upp, av vem och till vem.",
        link("Vad som följs upp", "", FB.followUpOf, ANY, required=True),
        link("Följs upp av", "", FB.followedUpBy, PARTIES),
        link("Redovisas till", "", FB.followUpTo, PARTIES),
        *_TIMES,
        link("Undersökning", "", FB.usesSurvey, ("dokument", "system")),
        SYSTEM,
        MODEL,
        AUDIENCE,
        TOPIC,
        STATUS,
        Column("Datum", "", Kind.DATE, DCTERMS.date),
        claim=FB.FollowUp,
        letter="u",
    ),
    _sourced(
        "Mål",
        "Mål som kommunen har satt.",
        FB.Objective,
        "mal",
        link("Ansvarig", "", FB.objectiveOwner, PARTIES),
        words("Indikator", "", FB.indicator, many=True),
        link("Ingår i", "Dokumentet eller målet.", DCTERMS.isPartOf, ("dokument", "mal")),
        *DATES,
    ),
    _register(
        "Områden", "Bostadsområden och orter.", FB.Area, "omrade", choice("Områdestyp", "", FB.areaType, "omradestyp")
    ),
    _more(
        "Prioriterade områden",
        "Områden som ges särskild uppmärksamhet.",
        link("Område", "", FB.priorityArea, ("omrade",), many=False, required=True),
        replace(link("Prioriteras av", "Tom cell: kommunen.", FB.prioritisedBy, PARTIES), default="kommun"),
        claim=FB.AreaPriority,
        letter="p",
    ),
    _register("System", "Informationssystem.", FB.InformationSystem, "system"),
    _register("Arbetsmodeller", "Metoder och arbetssätt.", FB.WorkingModel, "modell"),
    _sourced(
        "Granskning",
        "Granskningen som rapporten redovisar.",
        FB.Audit,
        "granskning",
        link("Rapport", "Källan.", PROV.generated, ("kalla",)),
        link("Granskare", "", PROV.wasAssociatedWith, ACTORS),
        _BODY,
        link("Kriterier", "Lagar eller dokument.", FB.criterion, ("forfattning", "dokument")),
        link("Frågor", "", FB.auditQuestion, ("fraga",)),
        TOPIC,
        Column("Lägsta ålder", "", Kind.WHOLE, FB.scopeMinAge),
        Column("Högsta ålder", "", Kind.WHOLE, FB.scopeMaxAge),
    ),
    _sourced("Revisionsfrågor", "Frågorna som granskningen ställer.", FB.AuditQuestion, "fraga"),
    _more(
        "Bedömningar",
        "Vad granskarna bedömer.",
        _LABEL,
        replace(_BODY, required=True),
        link("Fråga", "", FB.answersQuestion, ("fraga",)),
        choice("Utslag", "", FB.verdict, "utslag", required=True),
        _CONCERNS,
        claim=FB.AuditFinding,
        letter="k",
    ),
    _more(
        "Rekommendationer",
        "Vad granskarna rekommenderar.",
        _LABEL,
        link("Riktas till", "", FB.directedAt, ("namnd",), required=True),
        _CONCERNS,
        claim=FB.Recommendation,
        letter="rek",
    ),
    _more(
        "Svar",
        "Svar på rekommendationer.",
        link("Rekommendation", "", FB.respondsTo, ("utsaga",), required=True),
        link("Svarande", "", FB.respondedBy, ACTORS, required=True),
        choice("Status", "", FB.status, "svarsstatus"),
        claim=FB.Response,
        letter="sv",
    ),
)
