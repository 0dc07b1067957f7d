"""What a sheet and a column are, and the columns that many sheets share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from kg.namespaces import FB, PROV, SKOS

__all__ = [
    "ACTORS",
    "ANY",
    "AREA",
    "AUDIENCE",
    "BASIS",
    "CERTAINTY",
    "CLAIM",
    "CLAIM_ID",
    "DATES",
    "ENGLISH",
    "EXAMPLE",
    "FORUMS",
    "FROM",
    "FUNCTION",
    "GUIDE",
    "HOME",
    "LISTS",
    "MODEL",
    "NONE",
    "NOTE",
    "OTHER_NAMES",
    "PARTIES",
    "PRECISION",
    "SCOPE",
    "SECTION",
    "SOURCE",
    "STATED",
    "STATUS",
    "SYSTEM",
    "THING_ID",
    "THROUGH",
    "TOPIC",
    "Column",
    "Kind",
    "Sheet",
    "choice",
    "class_column",
    "link",
    "name_column",
    "of_thing",
    "of_things",
    "rare",
    "words",
]

EXAMPLE: Final = "Exempel:"
"""A row whose first filled cell begins so is an example, and is not read."""
NONE: Final = "–"
"""In a cell: nothing here, not even what would otherwise be filled in."""
GUIDE: Final = "Läs mig"
LISTS: Final = "Listor"

ACTORS: Final = ("kommun", "region", "myndighet", "forbund", "bolag", "namnd", "org")
FORUMS: Final = ("forum", "program")
PARTIES: Final = (*ACTORS, *FORUMS)
ANY: Final = ("*",)


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
    PART = "i samlad bild"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what to write, and which property it becomes.

    `about` says of what: the thing of the row or the claim. `default` is filled in where the cell is empty: a concept,
    or `kommun`. `limit` is the most characters that a text may have. A column that is not `first` is only in exports.
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

    `classes` maps the words of the column Slag to classes, the first being the default; `kind` is the segment of the
    IRI of a thing, and `letter` that of a claim. `links` is the property from the claim to the thing.
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


def of_thing(column: Column) -> Column:
    """Return a column that is about the thing of the row."""
    return replace(column, about="thing")


def rare(column: Column) -> Column:
    """Return a column that is only in exports and in the whole template."""
    return replace(column, first=False)


def choice(name: str, meaning: str, term: str, *schemes: str, many: bool = False, required: bool = False) -> Column:
    """Return a column whose cells hold a word of a term scheme."""
    return Column(name, meaning, Kind.CONCEPT, term, schemes=schemes, many=many, required=required)


def link(
    name: str, meaning: str, term: str, kinds: tuple[str, ...], *, many: bool = True, required: bool = False
) -> Column:
    """Return a column whose cells name things of some kinds."""
    return Column(name, meaning, Kind.THING, term, kinds=kinds, many=many, required=required)


def words(name: str, meaning: str, term: str, *, many: bool = False, limit: int = 0) -> Column:
    """Return a column of Swedish text."""
    return Column(name, meaning, Kind.TEXT, term, many=many, limit=limit)


SOURCE: Final = Column(
    "Källa",
    "Källans namn, som i bladet Källor. Kan lämnas tom med en enda källa, och för deltagare i ett forum som en enda "
    "källa beskriver.",
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
    words("Enligt källan", "Källans egna ord, högst 120 tecken. Inga personer, inga ärenden.", FB.asStated, limit=120),
    aliases=("citat", "ordalydelse"),
)
CERTAINTY: Final = replace(
    choice(
        "Säkerhet",
        "uttalad: källan säger det. antydd: källan uttrycker sig försiktigt. tolkad: du har tolkat. "
        "Tom cell läses som uttalad.",
        FB.certainty,
        "visshet",
    ),
    default="uttalad",
    aliases=("visshet",),
)
BASIS: Final = rare(choice("Underlag", "Vad källan själv bygger på.", FB.evidenceBasis, "underlag"))
NOTE: Final = replace(
    words("Anmärkning", "Din egen anmärkning. Inga personuppgifter.", SKOS.note),
    aliases=("kommentar", "notering", "anteckning"),
)
CLAIM_ID: Final = rare(Column("Utsagans id", "Fylls i av programmet. Lämna tom i nya rader.", Kind.ID))
THING_ID: Final = rare(
    Column(
        "Id", "Fylls i av programmet. Lämna tom i nya rader; skilj två med samma namn åt här.", Kind.ID, about="thing"
    )
)
CLAIM: Final = (SOURCE, SECTION, STATED, CERTAINTY, BASIS, NOTE, CLAIM_ID)

FROM: Final = rare(Column("Från", "Första dagen det gäller.", Kind.DATE, FB.validFrom))
THROUGH: Final = rare(Column("Till och med", "Sista dagen det gäller.", Kind.DATE, FB.validThrough))
PRECISION: Final = rare(choice("Datumets noggrannhet", "Hur noga datumet är känt.", FB.datePrecision, "tidsprecision"))
DATES: Final = (FROM, THROUGH, PRECISION)
STATUS: Final = choice("Status", "etablerad, planerad, pausad, upphörd …", FB.status, "status")
TOPIC: Final = choice("Ämne", "Vad det handlar om.", FB.topic, "amne", many=True)
OTHER_NAMES: Final = words(
    "Andra namn", "Andra skrivsätt och förkortningar, åtskilda med semikolon.", SKOS.altLabel, many=True
)
ENGLISH: Final = rare(Column("Namn på engelska", "Om det finns.", Kind.ENGLISH, SKOS.prefLabel))
SCOPE: Final = rare(words("Förtydligande", "Vad namnet avser.", SKOS.scopeNote))
HOME: Final = replace(
    rare(link("Kommun", "Ifylls av programmet.", FB.municipality, ("kommun",), many=False)), default="kommun"
)
FUNCTION: Final = replace(
    link(
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
MODEL: Final = rare(link("Arbetsmodell", "Modellen som följs.", FB.usesModel, ("modell",)))
SYSTEM: Final = rare(link("System", "Informationssystem som används.", FB.usesSystem, ("system",)))
AREA: Final = link("Områden", "Bostadsområden eller orter som omfattas.", FB.covers, ("omrade",))


def name_column(name: str, meaning: str, *aliases: str) -> Column:
    """Return the column that names what a row describes."""
    return Column(name, meaning, Kind.NAME, SKOS.prefLabel, required=True, about="thing", aliases=aliases)


def class_column(meaning: str) -> Column:
    """Return the column Slag."""
    return Column("Slag", meaning, Kind.CLASS, about="thing")


def of_things(*columns: Column) -> tuple[Column, ...]:
    """Return columns that are about the thing of the row."""
    return tuple(map(of_thing, columns))
