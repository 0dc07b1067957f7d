"""The eight sheets that a workbook begins with: here sources, actors, forums and who takes part."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from kg.namespaces import DCTERMS, FB, ORG, SCHEMA, SKOS
from kg.workbook.columns import (
    ACTORS,
    AREA,
    AUDIENCE,
    BASIS,
    CERTAINTY,
    CLAIM,
    CLAIM_ID,
    DATES,
    ENGLISH,
    FORUMS,
    FUNCTION,
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
    TOPIC,
    Column,
    Kind,
    Sheet,
    choice,
    class_column,
    link,
    name_column,
    of_thing,
    of_things,
    rare,
    words,
)
from kg.workbook.later_sheets import ABSENCES, DOCUMENTS, FLOWS, INTERVENTIONS

__all__ = ["FIRST"]

_SOURCES: Final = Sheet(
    "Källor",
    "Varifrån uppgifterna kommer: en rapport, en webbsida, ett beslut eller egen uppgift. En rad per källa.",
    (
        Column(
            "Källa",
            "Ett kort namn som du använder i de andra bladen.",
            Kind.NAME,
            SKOS.prefLabel,
            required=True,
            about="thing",
        ),
        of_thing(
            replace(
                words("Slag av källa", "rapport, webbsida, beslut eller egen uppgift.", DCTERMS.type),
                aliases=("slag", "typ"),
            )
        ),
        of_thing(words("Titel", "Dokumentets titel. Tom cell: källans namn.", DCTERMS.title)),
        of_thing(
            replace(
                link(
                    "Utgivare",
                    "Organisationen bakom källan, aldrig en person. Tom cell för egen uppgift: kommunen.",
                    DCTERMS.creator,
                    ACTORS,
                ),
                aliases=("upphov", "avsändare"),
            )
        ),
        Column(
            "Datum",
            "Dagen källan speglar: 2024-03-17, mars 2024 eller 2024.",
            Kind.DATE,
            FB.observedOn,
            required=True,
            about="thing",
        ),
        of_thing(PRECISION),
        of_thing(rare(Column("Publicerad", "Dagen den gavs ut.", Kind.DATE, DCTERMS.issued))),
        of_thing(Column("Webbadress", "Om källan finns på webben.", Kind.PLAIN, SCHEMA.url)),
        of_thing(
            rare(Column("Kontrollsumma", "SHA-256 för källans text, om du har den som textfil.", Kind.PLAIN, FB.sha256))
        ),
        of_thing(
            rare(
                Column(
                    "I samlad bild",
                    "nej om källan ska läsas för sig. Tom cell: alla utom revisionsrapporter och svar läses ihop.",
                    Kind.PART,
                )
            )
        ),
        of_thing(rare(link("Svar på", "Källan som denna besvarar.", DCTERMS.relation, ("kalla",)))),
        *of_things(NOTE, ENGLISH, HOME, THING_ID),
    ),
    classes=MappingProxyType({"Källa": FB.Source}),
    kind="kalla",
    in_source=True,
)

_ACTORS: Final = Sheet(
    "Aktörer och funktioner",
    "Nämnder, förvaltningar, enheter, grupper, föreningar, bolag och funktioner (roller). En rad per aktör.",
    (
        name_column(
            "Namn",
            "Som i kommunen: Socialförvaltningen, Fältgruppen, Kommunpolis.",
            "aktör",
            "funktion",
            "organisation",
        ),
        class_column("Vad det är. Tom cell: programmet gissar av namnet och säger till."),
        of_thing(
            replace(
                choice(
                    "Aktörstyp",
                    "Verksamhetens art: skola, socialtjänst, polis … Tom cell: programmet gissar och säger till.",
                    FB.actorType,
                    "aktorstyp",
                    many=True,
                ),
                aliases=("typ", "typ av aktör"),
            )
        ),
        of_thing(
            replace(
                link(
                    "Del av",
                    "Vad den hör till: förvaltningen, nämnden, kommunen, regionen.",
                    ORG.subOrganizationOf,
                    ACTORS,
                ),
                aliases=("tillhör", "organisation", "överordnad"),
            )
        ),
        of_thing(link("Lyder under", "Nämnden som förvaltningen arbetar för.", FB.answersTo, ("namnd",))),
        of_thing(link("Ägare", "För bolag och förbund.", FB.owner, ACTORS)),
        of_thing(rare(link("Tolkas som", "Aktören som en samlad benämning troligen avser.", FB.interpretedAs, ACTORS))),
        of_thing(OTHER_NAMES),
        of_thing(
            rare(Column("Organisationsnummer", "Bara för juridiska personer.", Kind.PLAIN, FB.organisationNumber))
        ),
        *of_things(SCOPE, ENGLISH, HOME, THING_ID),
    ),
    classes=MappingProxyType(
        {
            "aktörsgrupp": FB.ActorGroup,
            "nämnd": FB.Committee,
            "fullmäktige": FB.Assembly,
            "politiskt organ": FB.PoliticalBody,
            "förvaltning": FB.Administration,
            "avdelning": FB.Department,
            "enhet": FB.Unit,
            "funktion": FB.Function,
            "bolag": FB.Company,
            "förening": FB.CivilSocietyOrganisation,
            "förbund": FB.JointAuthority,
            "statlig myndighet": FB.StateAgency,
            "offentligt organ": FB.PublicBody,
            "kommun": FB.Municipality,
            "region": FB.Region,
            "utgivare": ORG.FormalOrganization,
        }
    ),
    kind="org",
    aliases=("aktörer", "funktioner", "organisationer"),
)

_FORUM: Final = Sheet(
    "Forum",
    "Grupper och råd där aktörer möts. En rad per forum och källa.",
    (
        replace(name_column("Forum", "Forumets namn.", "grupp", "råd", "namn"), kind=Kind.NAME),
        class_column("forum, eller program för ett projekt med parter."),
        of_thing(
            replace(
                choice(
                    "Forumtyp",
                    "BRÅ, SSPF-grupp, EST-grupp … Tom cell: programmet gissar av namnet och säger till.",
                    FB.forumType,
                    "forumtyp",
                    many=True,
                ),
                aliases=("typ", "typ av forum"),
            )
        ),
        SOURCE,
        SECTION,
        choice(
            "Nivå",
            "politisk, strategisk, operativ, individ. Tom cell: källan säger inget.",
            FB.level,
            "forumniva",
            many=True,
        ),
        replace(
            choice(
                "Deltagarlista",
                'fullständig bara om källan räknar upp alla ("består av"). exemplifierande: "bland annat". '
                "Tom cell: ej angiven.",
                FB.listingCompleteness,
                "fullstandighet",
            ),
            default="ej angiven",
            aliases=("lista", "listans fullständighet"),
        ),
        Column(
            "Antal i listan",
            "Hur många deltagare källans lista räknar upp. Tom cell: programmet räknar raderna.",
            Kind.WHOLE,
            FB.listedMembers,
        ),
        replace(
            words(
                "Hur ofta",
                "Som i källan: varannan vecka, 6–8 gånger per år, vid behov.",
                FB.frequencyAsStated,
                many=True,
                limit=120,
            ),
            aliases=("mötesfrekvens", "frekvens", "möten"),
        ),
        rare(Column("Möten per år, minst", "Räknas fram ur Hur ofta.", Kind.NUMBER, FB.meetingsPerYearMin)),
        rare(Column("Möten per år, högst", "Räknas fram ur Hur ofta.", Kind.NUMBER, FB.meetingsPerYearMax)),
        rare(choice("Närmaste frekvens", "Räknas fram ur Hur ofta.", FB.frequency, "frekvens")),
        rare(Column("Även vid behov", "ja om forumet också kallas vid behov.", Kind.YES, FB.meetsOnDemand)),
        words("Syfte", "Med egna ord, högst 120 tecken.", FB.purpose, limit=120),
        AUDIENCE,
        TOPIC,
        choice("Mandat", "Vad forumet får göra.", FB.mandate, "mandat", many=True),
        replace(
            link("Ansvarig", "Vem som äger eller kallar forumet.", FB.forumOwner, PARTIES),
            aliases=("ägare", "forumägare"),
        ),
        Column("Enskilda ärenden", "ja om enskilda barn eller unga tas upp.", Kind.YES, FB.handlesIndividualCases),
        rare(
            choice(
                "Delningsgrund", "Vad som tillåter att uppgifter delas.", FB.sharingBasis, "delningsgrund", many=True
            )
        ),
        STATUS,
        rare(Column("Parallella grupper", "Antal grupper som raden avser.", Kind.WHOLE, FB.parallelGroups)),
        rare(AREA),
        MODEL,
        SYSTEM,
        rare(
            choice(
                "Preventionsnivå", "universell, selektiv, indikerad.", FB.preventionLevel, "preventionsniva", many=True
            )
        ),
        *DATES,
        STATED,
        CERTAINTY,
        BASIS,
        NOTE,
        *of_things(
            OTHER_NAMES,
            rare(link("Del av", "Forumet som det hör till.", ORG.subOrganizationOf, FORUMS)),
            SCOPE,
            ENGLISH,
            HOME,
            THING_ID,
        ),
        CLAIM_ID,
    ),
    classes=MappingProxyType({"forum": FB.Forum, "program": FB.Programme}),
    claim=FB.ForumDescription,
    letter="b",
    kind="forum",
    links=FB.describesForum,
)

_MEMBERS: Final = Sheet(
    "Deltagande",
    "Vem som deltar var. En rad per aktör och forum.",
    (
        replace(
            link("Forum", "Forumets namn.", ORG.organization, FORUMS, many=False, required=True),
            aliases=("grupp", "råd"),
        ),
        replace(
            link(
                "Aktör",
                "Den som deltar, eller funktionen.",
                ORG.member,
                (*ACTORS, "funktion"),
                many=False,
                required=True,
            ),
            aliases=("deltagare", "medlem", "ledamot", "organisation", "deltar"),
        ),
        FUNCTION,
        replace(
            choice("Roll", "ledamot, ordförande, sammankallande … Tom cell: ledamot.", ORG.role, "deltagarroll"),
            default="ledamot",
        ),
        choice("Närvaro", "regelbunden, ibland, vid behov. Tom cell: källan säger inget.", FB.attendance, "narvaro"),
        Column(
            "I källans lista",
            "nej om deltagandet sägs på annat ställe än i forumets deltagarlista.",
            Kind.LISTED,
            FB.listsMembership,
        ),
        rare(STATUS),
        *DATES,
        *CLAIM,
    ),
    claim=FB.ForumMembership,
    letter="m",
    aliases=("deltagare", "medlemmar", "medlemskap"),
)

FIRST: Final = (_SOURCES, _ACTORS, _FORUM, _MEMBERS, FLOWS, INTERVENTIONS, DOCUMENTS, ABSENCES)
