"""The sheets of a workbook and their columns: the one home of Swedish names, meanings and what they become.

A sheet describes things (in the register of the municipality), claims (in the graph of a source), or both: a row of
`Forum` is the forum and what one source says of it. A row becomes one thing, one claim, or one of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kg.namespaces import DCTERMS, FB, ORG, PROV, SCHEMA, SKOS

__all__ = ["ACTORS", "EXAMPLE", "GUIDE", "LISTS", "NONE", "OTHER", "SHEETS", "Column", "Kind", "Sheet", "sheet_of"]

EXAMPLE: Final = "Exempel:"
"""A row whose first filled cell begins so is an example, and is not read."""
NONE: Final = "–"
"""In a cell: nothing here, not even what would otherwise be filled in."""
GUIDE: Final = "Läs mig"
LISTS: Final = "Listor"

ACTORS: Final = ("kommun", "region", "myndighet", "forbund", "bolag", "namnd", "org")
_FORUMS: Final = ("forum", "program")
_PARTIES: Final = (*ACTORS, *_FORUMS)
_ANY: Final = ("*",)


class Kind(StrEnum):
    """What a cell holds."""

    NAME = "namn"
    CLASS = "slag"
    ID = "id"
    SOURCE = "källa"
    SECTION = "avsnitt"
    TEXT = "text"
    ENGLISH = "engelsk text"
    PLAIN = "tecken"
    DATE = "datum"
    WHOLE = "heltal"
    NUMBER = "tal"
    YES = "ja eller nej"
    CONCEPT = "val ur lista"
    THING = "hänvisning"
    AUDIENCE = "målgrupp"
    LISTED = "i listan"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what to write, and which property it becomes.

    `about` says of what: the thing of the row or the claim. `default` is filled in where the cell is empty: a concept, or
    `kommun`. `limit` is the most characters that a text may have. A column that is not `first` is only in exports.
    """

    name: str
    meaning: str
    kind: Kind
    term: str = ""
    schemes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    first: bool = True
    about: str = "claim"
    default: str = ""
    limit: int = 0
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, what it is for, its columns, and the classes and IRIs of what it describes.

    `classes` maps the words of the column Slag to classes, the first being the default; `kind` is the segment of the IRI
    of a thing, and `letter` that of a claim. `links` is the property from the claim to the thing.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    classes: Mapping[str, str] = field(default_factory=dict)
    claim: str = ""
    letter: str = ""
    kind: str = ""
    links: str = ""
    in_source: bool = False
    first: bool = True
    aliases: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """Return a column by its heading; raises `KeyError`."""
        return next((each for each in self.columns if each.name == name), None) or _missing(name)


def _missing(name: str) -> Column:
    raise KeyError(name)


def _thing(column: Column) -> Column:
    return replace(column, about="thing")


def _rare(column: Column) -> Column:
    return replace(column, first=False)


def _concept(name: str, meaning: str, term: str, *schemes: str, many: bool = False, required: bool = False) -> Column:
    return Column(name, meaning, Kind.CONCEPT, term, schemes=schemes, many=many, required=required)


def _ref(
    name: str, meaning: str, term: str, kinds: tuple[str, ...], *, many: bool = True, required: bool = False
) -> Column:
    return Column(name, meaning, Kind.THING, term, kinds=kinds, many=many, required=required)


def _text(name: str, meaning: str, term: str, *, many: bool = False, limit: int = 0) -> Column:
    return Column(name, meaning, Kind.TEXT, term, many=many, limit=limit)


SOURCE: Final = Column(
    "Källa",
    "Källans namn, som i bladet Källor. Kan lämnas tom om arbetsboken bara har en källa.",
    Kind.SOURCE,
    aliases=("rapport",),
)
SECTION: Final = Column(
    "Avsnitt",
    "Avsnittets nummer eller rubrik i källan, till exempel 3.1.2. Flera skiljs åt med semikolon.",
    Kind.SECTION,
    PROV.wasDerivedFrom,
    many=True,
    aliases=("sida", "kapitel", "rubrik"),
)
STATED: Final = replace(
    _text("Enligt källan", "Källans egna ord, högst 120 tecken. Inga personer, inga ärenden.", FB.asStated, limit=120),
    aliases=("citat", "ordalydelse"),
)
CERTAINTY: Final = replace(
    _concept(
        "Säkerhet",
        "uttalad: källan säger det. antydd: källan uttrycker sig försiktigt. tolkad: du har tolkat. "
        "Tom cell läses som uttalad.",
        FB.certainty,
        "visshet",
    ),
    default="uttalad",
    aliases=("visshet",),
)
BASIS: Final = _rare(_concept("Underlag", "Vad källan själv bygger på.", FB.evidenceBasis, "underlag"))
NOTE: Final = replace(
    _text("Anmärkning", "Din egen anmärkning. Inga personuppgifter.", SKOS.note),
    aliases=("kommentar", "notering", "anteckning"),
)
CLAIM_ID: Final = _rare(Column("Utsagans id", "Fylls i av programmet. Lämna tom i nya rader.", Kind.ID))
THING_ID: Final = _rare(
    Column(
        "Id", "Fylls i av programmet. Lämna tom i nya rader; skilj två med samma namn åt här.", Kind.ID, about="thing"
    )
)
CLAIM: Final = (SOURCE, SECTION, STATED, CERTAINTY, BASIS, NOTE, CLAIM_ID)

FROM: Final = _rare(Column("Från", "Första dagen det gäller.", Kind.DATE, FB.validFrom))
THROUGH: Final = _rare(Column("Till och med", "Sista dagen det gäller.", Kind.DATE, FB.validThrough))
PRECISION: Final = _rare(
    _concept("Datumets noggrannhet", "Hur noga datumet är känt.", FB.datePrecision, "tidsprecision")
)
DATES: Final = (FROM, THROUGH, PRECISION)
STATUS: Final = _concept("Status", "etablerad, planerad, pausad, upphörd …", FB.status, "status")
TOPIC: Final = _concept("Ämne", "Vad det handlar om.", FB.topic, "amne", many=True)
OTHER_NAMES: Final = _text(
    "Andra namn", "Andra skrivsätt och förkortningar, åtskilda med semikolon.", SKOS.altLabel, many=True
)
ENGLISH: Final = _rare(Column("Namn på engelska", "Om det finns.", Kind.ENGLISH, SKOS.prefLabel))
SCOPE: Final = _rare(_text("Förtydligande", "Vad namnet avser.", SKOS.scopeNote))
HOME: Final = replace(
    _rare(_ref("Kommun", "Ifylls av programmet.", FB.municipality, ("kommun",), many=False)), default="kommun"
)
FUNCTION: Final = replace(
    _ref(
        "Funktion",
        "Rollen som företräder aktören, till exempel kommunpolis. Aldrig en persons namn.",
        FB.representedBy,
        ("funktion",),
    ),
    aliases=("roll i organisationen", "företräds av", "representant"),
)
AUDIENCE: Final = Column(
    "Målgrupp",
    "Till exempel 13–20 år, högstadiet, under 20.",
    Kind.AUDIENCE,
    FB.hasTargetGroup,
    many=True,
    aliases=("ålder",),
)
MODEL: Final = _rare(_ref("Arbetsmodell", "Modellen som följs.", FB.usesModel, ("modell",)))
SYSTEM: Final = _rare(_ref("System", "Informationssystem som används.", FB.usesSystem, ("system",)))
AREA: Final = _ref("Områden", "Bostadsområden eller orter som omfattas.", FB.covers, ("omrade",))


def _name(name: str, meaning: str, *aliases: str) -> Column:
    return Column(name, meaning, Kind.NAME, SKOS.prefLabel, required=True, about="thing", aliases=aliases)


def _class(meaning: str) -> Column:
    return Column("Slag", meaning, Kind.CLASS, about="thing")


def _identity(*columns: Column) -> tuple[Column, ...]:
    return tuple(map(_thing, columns))


def sheet_of(name: str) -> Sheet:
    """Return a sheet by its name; raises `KeyError`."""
    return _BY_NAME[name]


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
        _thing(
            replace(
                _text("Slag av källa", "rapport, webbsida, beslut eller egen uppgift.", DCTERMS.type),
                aliases=("slag", "typ"),
            )
        ),
        _thing(_text("Titel", "Dokumentets titel. Tom cell: källans namn.", DCTERMS.title)),
        _thing(
            replace(
                _ref(
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
        _thing(PRECISION),
        _thing(_rare(Column("Publicerad", "Dagen den gavs ut.", Kind.DATE, DCTERMS.issued))),
        _thing(Column("Webbadress", "Om källan finns på webben.", Kind.PLAIN, SCHEMA.url)),
        _thing(
            _rare(
                Column("Kontrollsumma", "SHA-256 för källans text, om du har den som textfil.", Kind.PLAIN, FB.sha256)
            )
        ),
        _thing(_rare(_ref("Svar på", "Källan som denna besvarar.", DCTERMS.relation, ("kalla",)))),
        *_identity(NOTE, ENGLISH, HOME, THING_ID),
    ),
    classes=MappingProxyType({"Källa": FB.Source}),
    kind="kalla",
    in_source=True,
)

_ACTORS: Final = Sheet(
    "Aktörer och funktioner",
    "Nämnder, förvaltningar, enheter, grupper, föreningar, bolag och funktioner (roller). En rad per aktör.",
    (
        _name(
            "Namn",
            "Som i kommunen: Socialförvaltningen, Fältgruppen, Kommunpolis.",
            "aktör",
            "funktion",
            "organisation",
        ),
        _class("Vad det är. Tom cell: programmet gissar av namnet och säger till."),
        _thing(
            replace(
                _concept(
                    "Aktörstyp",
                    "Verksamhetens art, till exempel skola, socialtjänst, polis. Tom cell: programmet gissar och säger till.",
                    FB.actorType,
                    "aktorstyp",
                    many=True,
                ),
                aliases=("typ", "typ av aktör"),
            )
        ),
        _thing(
            replace(
                _ref(
                    "Del av",
                    "Vad den hör till: förvaltningen, nämnden, kommunen, regionen.",
                    ORG.subOrganizationOf,
                    ACTORS,
                ),
                aliases=("tillhör", "organisation", "överordnad"),
            )
        ),
        _thing(_ref("Lyder under", "Nämnden som förvaltningen arbetar för.", FB.answersTo, ("namnd",))),
        _thing(_ref("Ägare", "För bolag och förbund.", FB.owner, ACTORS)),
        _thing(_rare(_ref("Tolkas som", "Aktören som en samlad benämning troligen avser.", FB.interpretedAs, ACTORS))),
        _thing(OTHER_NAMES),
        _thing(_rare(Column("Organisationsnummer", "Bara för juridiska personer.", Kind.PLAIN, FB.organisationNumber))),
        *_identity(SCOPE, ENGLISH, HOME, THING_ID),
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
        }
    ),
    kind="org",
    aliases=("aktörer", "funktioner", "organisationer"),
)

_FORUM: Final = Sheet(
    "Forum",
    "Grupper och råd där aktörer möts. En rad per forum och källa.",
    (
        replace(_name("Forum", "Forumets namn.", "grupp", "råd", "namn"), kind=Kind.NAME),
        _class("forum, eller program för ett projekt med parter."),
        _thing(
            replace(
                _concept(
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
        _concept(
            "Nivå",
            "politisk, strategisk, operativ, individ. Tom cell: källan säger inget.",
            FB.level,
            "forumniva",
            many=True,
        ),
        replace(
            _concept(
                "Deltagarlista",
                'fullständig bara om källan räknar upp alla ("består av"). exemplifierande: "bland annat". Tom cell: ej angiven.',
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
            _text(
                "Hur ofta",
                "Som i källan: varannan vecka, 6–8 gånger per år, vid behov.",
                FB.frequencyAsStated,
                many=True,
                limit=120,
            ),
            aliases=("mötesfrekvens", "frekvens", "möten"),
        ),
        _rare(Column("Möten per år, minst", "Räknas fram ur Hur ofta.", Kind.NUMBER, FB.meetingsPerYearMin)),
        _rare(Column("Möten per år, högst", "Räknas fram ur Hur ofta.", Kind.NUMBER, FB.meetingsPerYearMax)),
        _rare(_concept("Närmaste frekvens", "Räknas fram ur Hur ofta.", FB.frequency, "frekvens")),
        _rare(Column("Även vid behov", "ja om forumet också kallas vid behov.", Kind.YES, FB.meetsOnDemand)),
        _text("Syfte", "Med egna ord, högst 120 tecken.", FB.purpose, limit=120),
        AUDIENCE,
        TOPIC,
        _concept("Mandat", "Vad forumet får göra.", FB.mandate, "mandat", many=True),
        replace(
            _ref("Ansvarig", "Vem som äger eller kallar forumet.", FB.forumOwner, _PARTIES),
            aliases=("ägare", "forumägare"),
        ),
        Column("Enskilda ärenden", "ja om enskilda barn eller unga tas upp.", Kind.YES, FB.handlesIndividualCases),
        _rare(
            _concept(
                "Delningsgrund", "Vad som tillåter att uppgifter delas.", FB.sharingBasis, "delningsgrund", many=True
            )
        ),
        STATUS,
        _rare(Column("Parallella grupper", "Antal grupper som raden avser.", Kind.WHOLE, FB.parallelGroups)),
        _rare(AREA),
        MODEL,
        SYSTEM,
        _rare(
            _concept(
                "Preventionsnivå", "universell, selektiv, indikerad.", FB.preventionLevel, "preventionsniva", many=True
            )
        ),
        *DATES,
        STATED,
        CERTAINTY,
        BASIS,
        NOTE,
        *_identity(
            OTHER_NAMES,
            _rare(_ref("Del av", "Forumet som det hör till.", ORG.subOrganizationOf, _FORUMS)),
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
            _ref("Forum", "Forumets namn.", ORG.organization, _FORUMS, many=False, required=True),
            aliases=("grupp", "råd"),
        ),
        replace(
            _ref(
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
            _concept("Roll", "ledamot, ordförande, sammankallande … Tom cell: ledamot.", ORG.role, "deltagarroll"),
            default="ledamot",
        ),
        _concept("Närvaro", "regelbunden, ibland, vid behov. Tom cell: källan säger inget.", FB.attendance, "narvaro"),
        Column(
            "I källans lista",
            "nej om deltagandet sägs på annat ställe än i forumets deltagarlista.",
            Kind.LISTED,
            FB.listsMembership,
        ),
        _rare(STATUS),
        *DATES,
        *CLAIM,
    ),
    claim=FB.ForumMembership,
    letter="m",
    aliases=("deltagare", "medlemmar", "medlemskap"),
)

_FLOWS: Final = Sheet(
    "Flöden",
    "Information som går från en aktör eller ett forum till ett annat.",
    (
        replace(_ref("Från", "Avsändaren.", FB.flowFrom, (*_PARTIES, "system"), required=True), aliases=("avsändare",)),
        replace(_ref("Till", "Mottagaren.", FB.flowTo, (*_PARTIES, "system"), required=True), aliases=("mottagare",)),
        _concept(
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

_INTERVENTIONS: Final = Sheet(
    "Insatser",
    "Vad som erbjuds för att förebygga. En rad per insats och källa.",
    (
        _name("Insats", "Insatsens namn.", "namn", "åtgärd"),
        SOURCE,
        SECTION,
        replace(_ref("Utförare", "Den som ger insatsen.", FB.provider, ACTORS, required=True), aliases=("ansvarig",)),
        _ref("Samverkanspart", "Andra som medverkar.", FB.partner, ACTORS),
        AUDIENCE,
        _concept(
            "Preventionsnivå", "universell, selektiv, indikerad.", FB.preventionLevel, "preventionsniva", many=True
        ),
        _rare(_concept("Insatsnivå", "samhälle, grupp, individ.", FB.interventionLevel, "insatsniva", many=True)),
        TOPIC,
        Column("Kräver biståndsbeslut", "ja eller nej. Tom cell: källan säger inget.", Kind.YES, FB.needsDecision),
        _ref("Ges genom", "Forumet som insatsen ges genom.", FB.deliveredThrough, _FORUMS),
        _rare(_ref("Rättslig grund", "Lagen.", FB.legalBasis, ("forfattning",))),
        _rare(AREA),
        MODEL,
        STATUS,
        STATED,
        CERTAINTY,
        BASIS,
        NOTE,
        *_identity(OTHER_NAMES, SCOPE, ENGLISH, HOME, THING_ID),
        CLAIM_ID,
    ),
    classes=MappingProxyType({"insats": FB.Intervention}),
    claim=FB.InterventionDescription,
    letter="i",
    kind="insats",
    links=FB.describesIntervention,
)

_DOCUMENTS: Final = Sheet(
    "Dokument",
    "Planer, policyer, rutiner och överenskommelser.",
    (
        _name("Dokument", "Dokumentets namn.", "namn", "titel"),
        _class("styrdokument, eller överenskommelse mellan parter."),
        _concept("Dokumenttyp", "åtgärdsplan, rutin, lägesbild …", FB.documentType, "dokumenttyp", many=True),
        SOURCE,
        SECTION,
        replace(_ref("Beslutad av", "Vem som beslutade.", FB.decidedBy, _PARTIES), aliases=("beslutsfattare",)),
        replace(
            Column("Beslutsdatum", "2024-03-17, mars 2024 eller 2024.", Kind.DATE, DCTERMS.issued),
            aliases=("datum", "beslutad"),
        ),
        _ref("Parter", "För överenskommelser.", FB.party, _PARTIES),
        _ref("Gäller", "Vem eller vad det styr.", FB.regulates, _ANY),
        replace(FROM, first=True),
        replace(THROUGH, first=True),
        PRECISION,
        _rare(STATUS),
        _rare(_ref("Utgivare", "Om inte kommunen.", DCTERMS.creator, _PARTIES)),
        _rare(Column("Diarienummer", "", Kind.PLAIN, DCTERMS.identifier)),
        _rare(Column("Ändrad", "", Kind.DATE, DCTERMS.modified)),
        _rare(_ref("Ersätter", "Det äldre dokumentet.", PROV.wasRevisionOf, ("dokument",))),
        _rare(_ref("Ingår i", "Dokumentet som det är en del av.", DCTERMS.isPartOf, ("dokument",))),
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

_WHAT: Final = ("foreteelse", "dokumenttyp", "forumtyp", "aktorstyp", "informationsinnehall", "forumniva")

_ABSENCES: Final = Sheet(
    "Det som saknas",
    "Bara det som källan uttryckligen säger inte finns, eller vem som inte deltar. Att källan är tyst hör inte hit.",
    (
        replace(
            _ref("Aktör som inte deltar", "Fyll i tillsammans med I forum.", FB.excludedActor, ACTORS, many=False),
            aliases=("aktör",),
        ),
        replace(
            _ref("I forum", "Forumet som aktören inte deltar i.", FB.excludedFrom, _FORUMS, many=False),
            aliases=("forum",),
        ),
        replace(
            _concept(
                "Vad som saknas", "Till exempel BRÅ, åtgärdsplan, samlad uppföljning.", FB.absent, *_WHAT, many=True
            ),
            aliases=("saknas",),
        ),
        replace(
            _ref("Saknas hos", "Kommunen, nämnden eller forumet. Tom cell: kommunen.", FB.absentWithin, _PARTIES),
            aliases=("inom",),
            default="kommun",
        ),
        _rare(_ref("Avser", "Dokumentet eller annat som det gäller.", FB.concerns, _ANY)),
        _rare(TOPIC),
        *(replace(each, required=True) if each is STATED else each for each in CLAIM),
    ),
    claim=FB.AbsenceClaim,
    letter="a",
    aliases=("saknas", "avsaknad", "brister"),
)

FIRST: Final = (_SOURCES, _ACTORS, _FORUM, _MEMBERS, _FLOWS, _INTERVENTIONS, _DOCUMENTS, _ABSENCES)


def _more(name: str, meaning: str, *columns: Column, claim: str, letter: str) -> Sheet:
    return Sheet(f"Mer: {name}", meaning, (*columns, *CLAIM), claim=claim, letter=letter, first=False, aliases=(name,))


def _register(name: str, meaning: str, cls: str, kind: str, *columns: Column) -> Sheet:
    return Sheet(
        f"Mer: {name}",
        meaning,
        (_name("Namn", "Namnet."), *_identity(*columns, OTHER_NAMES, SCOPE, ENGLISH, HOME, THING_ID)),
        classes=MappingProxyType({name: cls}),
        kind=kind,
        first=False,
        aliases=(name,),
    )


def _sourced(name: str, meaning: str, cls: str, kind: str, *columns: Column) -> Sheet:
    return Sheet(
        f"Mer: {name}",
        meaning,
        (_name("Namn", "Namnet."), SOURCE, SECTION, *columns, STATED, NOTE, OTHER_NAMES, ENGLISH, HOME, THING_ID),
        classes=MappingProxyType({name: cls}),
        kind=kind,
        in_source=True,
        first=False,
        aliases=(name,),
    )


_TIMES: Final = (
    _text("Hur ofta", "Som i källan.", FB.frequencyAsStated, limit=120),
    Column("Gånger per år, minst", "", Kind.NUMBER, FB.timesPerYearMin),
    Column("Gånger per år, högst", "", Kind.NUMBER, FB.timesPerYearMax),
)
_LABEL: Final = Column("Rubrik", "Kort rubrik.", Kind.TEXT, SKOS.prefLabel)
_CONCERNS: Final = _ref("Avser", "Det som det gäller.", FB.concerns, _ANY)
_BODY: Final = _ref("Granskad", "Nämnden eller styrelsen.", FB.auditedBody, ACTORS)

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
            replace(_name("Rubrik", "Avsnittets rubrik."), required=False),
            _thing(OTHER_NAMES),
            _thing(STATED),
        ),
        classes=MappingProxyType({"avsnitt": FB.SourceSection}),
        kind="avsnitt",
        in_source=True,
        first=False,
    ),
    _more(
        "Styrning",
        "Vem som styr, ger uppdrag, finansierar eller tar emot rapporter.",
        _ref("Styrande", "Vem som styr eller tar emot.", FB.steers, _PARTIES, required=True),
        _ref("Styrd", "Vem som styrs eller rapporterar.", FB.isSteered, _PARTIES, required=True),
        _concept("Slag av styrning", "", FB.steeringKind, "styrning", required=True),
        *_TIMES,
        *DATES,
        claim=FB.SteeringRelation,
        letter="r",
    ),
    _more(
        "Samverkan",
        "Samverkan mellan parter utanför forum.",
        _ref("Parter", "Minst två.", FB.party, _PARTIES, required=True),
        _concept("Form", "", FB.collaborationKind, "samverkansform", many=True),
        TOPIC,
        _concept("Omdöme", "Källans omdöme.", FB.judgedQuality, "omdome"),
        STATUS,
        claim=FB.Collaboration,
        letter="s",
    ),
    _more(
        "Det som finns",
        "Funktioner, planer och annat som källan säger finns.",
        _concept("Vad som finns", "", FB.existing, *_WHAT, many=True, required=True),
        replace(_ref("Finns hos", "Tom cell: kommunen.", FB.existsWithin, _PARTIES), default="kommun"),
        TOPIC,
        _rare(STATUS),
        *DATES,
        claim=FB.ExistenceClaim,
        letter="e",
    ),
    _more(
        "Uppföljning",
        "Vad som följs upp, av vem och till vem.",
        _ref("Vad som följs upp", "", FB.followUpOf, _ANY, required=True),
        _ref("Följs upp av", "", FB.followedUpBy, _PARTIES),
        _ref("Redovisas till", "", FB.followUpTo, _PARTIES),
        *_TIMES,
        _ref("Undersökning", "", FB.usesSurvey, ("dokument", "system")),
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
        _ref("Ansvarig", "", FB.objectiveOwner, _PARTIES),
        _text("Indikator", "", FB.indicator, many=True),
        _ref("Ingår i", "Dokumentet eller målet.", DCTERMS.isPartOf, ("dokument", "mal")),
        *DATES,
    ),
    _register(
        "Områden", "Bostadsområden och orter.", FB.Area, "omrade", _concept("Områdestyp", "", FB.areaType, "omradestyp")
    ),
    _more(
        "Prioriterade områden",
        "Områden som ges särskild uppmärksamhet.",
        _ref("Område", "", FB.priorityArea, ("omrade",), many=False, required=True),
        replace(_ref("Prioriteras av", "Tom cell: kommunen.", FB.prioritisedBy, _PARTIES), default="kommun"),
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
        _ref("Rapport", "Källan.", PROV.generated, ("kalla",)),
        _ref("Granskare", "", PROV.wasAssociatedWith, ACTORS),
        _BODY,
        _ref("Kriterier", "Lagar eller dokument.", FB.criterion, ("forfattning", "dokument")),
        _ref("Frågor", "", FB.auditQuestion, ("fraga",)),
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
        _ref("Fråga", "", FB.answersQuestion, ("fraga",)),
        _concept("Utslag", "", FB.verdict, "utslag", required=True),
        _CONCERNS,
        claim=FB.AuditFinding,
        letter="k",
    ),
    _more(
        "Rekommendationer",
        "Vad granskarna rekommenderar.",
        _LABEL,
        _ref("Riktas till", "", FB.directedAt, ("namnd",), required=True),
        _CONCERNS,
        claim=FB.Recommendation,
        letter="rek",
    ),
    _more(
        "Svar",
        "Svar på rekommendationer.",
        _ref("Rekommendation", "", FB.respondsTo, ("utsaga",), required=True),
        _ref("Svarande", "", FB.respondedBy, ACTORS, required=True),
        _concept("Status", "", FB.status, "svarsstatus"),
        claim=FB.Response,
        letter="sv",
    ),
)

OTHER: Final = Sheet(
    "Övriga uppgifter",
    "Uppgifter som inget annat blad har plats för. Fylls i av programmet.",
    (
        SOURCE,
        Column("Vad", "Det som uppgiften gäller (id).", Kind.PLAIN, required=True),
        Column("Egenskap", "Egenskapens namn i vokabulären.", Kind.PLAIN, required=True),
        Column("Värde", "Värdet.", Kind.PLAIN, required=True),
        Column("Typ", "id, sv, en, text eller en datatyp.", Kind.PLAIN),
    ),
    first=False,
)

SHEETS: Final = (*FIRST, *MORE, OTHER)
"""All sheets, in the order of the workbook."""

_BY_NAME: Final = {sheet.name: sheet for sheet in SHEETS}
