"""The values a map is made of: forums, actors, the links between them, and ghosts for what is missing or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kg.findings import Evidence, Finding, Lang, Section, Thing
from kg.namespaces import BASE, last_part
from kg.network import Ages, Sector

if TYPE_CHECKING:
    from kg.maps.told import Told

__all__ = [
    "LEFT",
    "RIGHT",
    "Absence",
    "ActorNode",
    "Band",
    "Denial",
    "Edge",
    "EdgeKind",
    "ForumNode",
    "Ghost",
    "GhostKind",
    "Line",
    "LineKind",
    "MapModel",
    "Side",
    "Text",
    "key_of",
]


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """Words in both languages; the English ones fall back on the Swedish.

    >>> Text("möte", "meeting").of("en"), Text("Araby").of("en")
    ('meeting', 'Araby')
    """

    sv: str
    en: str = ""

    def of(self, lang: Lang) -> str:
        """Return the words in `lang`."""
        return self.en if lang == "en" and self.en else self.sv


def key_of(iri: str) -> str:
    """Return the short form of an IRI that a link to a node carries.

    >>> key_of(BASE + "id/forum/0780/bra"), key_of(BASE + "def/aktorstyp/polis")
    ('forum/0780/bra', 'aktorstyp/polis')
    """
    for stem in (f"{BASE}id/", f"{BASE}def/", BASE):
        if iri.startswith(stem):
            return iri.removeprefix(stem)
    return iri


class Side(StrEnum):
    """The side of the forums on which an actor stands."""

    LEFT = "left"
    RIGHT = "right"


LEFT = (Sector.POLITICS, Sector.ADMINISTRATION, Sector.OPERATIONS)
RIGHT = (Sector.POLICE, Sector.REGION, Sector.STATE, Sector.CIVIL, Sector.OTHER_MUNICIPALITIES)


class Band(StrEnum):
    """The bands of the middle column, from the top."""

    POLITICAL = "political"
    STRATEGIC = "strategic"
    OPERATIONAL = "operational"
    INDIVIDUAL = "individual"
    UNSTATED = "unstated"
    PROGRAMME = "programme"
    MISSING = "missing"


class EdgeKind(StrEnum):
    """How an actor is linked to a forum; only a member sits in it."""

    MEMBER = "member"
    INFORMS = "informs"
    STEERS = "steers"


class LineKind(StrEnum):
    """How one forum is linked to another."""

    FLOW = "flow"
    STEERING = "steering"


class GhostKind(StrEnum):
    """What a dashed shape says: that something is missing, or that it is not known."""

    GAP = "gap"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class ForumNode:
    """A forum or programme as the report describes it."""

    key: str
    thing: Thing
    band: Band
    levels: tuple[Thing, ...]
    types: tuple[Thing, ...]
    programme: bool
    status: Thing | None
    running: bool
    completeness: Thing | None
    listed: int | None
    rhythm: str
    meetings: tuple[float | None, float | None]
    ages: tuple[Ages, ...]
    part_of: tuple[Thing, ...]
    owners: tuple[Thing, ...]
    certainty: Thing | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ActorNode:
    """An actor that sits in, informs or steers at least one forum of the map."""

    key: str
    thing: Thing
    sector: Sector
    types: tuple[Thing, ...]
    part_of: Thing | None

    @property
    def side(self) -> Side:
        """The side on which the actor stands."""
        return Side.LEFT if self.sector in LEFT else Side.RIGHT


@dataclass(frozen=True, slots=True)
class Edge:
    """A link from an actor to a forum, with all the claims behind it.

    `disputed` means that the same report, or another one of the same year, says that the actor does not take part.
    """

    actor: str
    forum: str
    kind: EdgeKind
    leads: bool = False
    roles: tuple[Thing, ...] = ()
    attendance: Thing | None = None
    functions: tuple[Thing, ...] = ()
    status: Thing | None = None
    listed: bool = False
    certainty: Thing | None = None
    disputed: bool = False
    words: Text = Text("")
    evidence: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()

    @property
    def weight(self) -> str:
        """How strong the link is drawn: `leads`, `member`, or `seldom` for who comes sometimes or is no member."""
        seldom = self.attendance is not None and last_part(self.attendance.iri) in {"ibland", "vid-behov"}
        if self.leads:
            return "leads"
        return "seldom" if seldom or self.kind is not EdgeKind.MEMBER else "member"


@dataclass(frozen=True, slots=True)
class Line:
    """A thin arrow from one forum to another: information that passes, or a line of mandate."""

    start: str
    end: str
    kind: LineKind
    words: Text
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Ghost:
    """A dashed shape: a gap (one actor type or thing), or the questions of one forum on one side, together.

    A ghost without a forum stands for a kind of forum, or another thing, that the municipality as a whole lacks.
    """

    key: str
    kind: GhostKind
    forum: str
    side: Side
    label: Text
    is_forum: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Denial:
    """The report says that an actor does not take part in a forum."""

    actor: Thing
    forum: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Absence:
    """The report says that a kind of thing does not exist; `forum` is empty where the scope is no forum of the map."""

    what: Thing
    within: Thing
    forum: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class MapModel:
    """All that one map says, in both languages, without a word of HTML; `told` is what `kg.maps.told.tell` adds.

    `own` tells that the source is no report but a description of one's own, which is then called a source.
    `rules` is the table of `kg.maps.rules`, by which the page judges supposed members; without it, it supposes nothing.
    """

    municipality: Thing
    report: Thing
    title: Text
    observed_on: str
    precision: str
    forums: tuple[ForumNode, ...]
    actors: tuple[ActorNode, ...]
    edges: tuple[Edge, ...]
    lines: tuple[Line, ...]
    ghosts: tuple[Ghost, ...]
    denials: tuple[Denial, ...]
    absences: tuple[Absence, ...]
    findings: tuple[Finding, ...]
    sections: tuple[Section, ...]
    own: bool = False
    told: Told | None = None
    rules: Mapping[str, Any] | None = None
