"""The two-mode network of actors and forums, each forum as one source describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.findings import Thing
from kg.namespaces import FB, ORG, RDF, SKOS, concept
from kg.records import Record, Records

if TYPE_CHECKING:
    import networkx as nx

    from kg.sources import Source

__all__ = [
    "Actor",
    "Ages",
    "Bare",
    "Flow",
    "Forum",
    "Membership",
    "Sector",
    "TypeTree",
    "actors",
    "ages_of",
    "build_bare",
    "build_network",
    "forums",
    "forums_by_source",
    "meets",
    "members",
    "sector_of",
    "type_tree",
    "types_of",
]

MUNICIPAL = frozenset(
    concept("aktorstyp", code)
    for code in (
        *("politik", "kommunledning", "trygghet-sakerhet", "socialtjanst", "skola", "elevhalsa", "fritid"),
        *("samhallsbyggnad", "samordnare"),
    )
)
MUNICIPALITY, REGION, HEALTH, POLICE, POLITICS = (
    concept("aktorstyp", code) for code in ("kommun", "region", "halso-sjukvard", "polis", "politik")
)
POLITICS = concept("aktorstyp", "politik")
LEADING = frozenset(concept("aktorstyp", code) for code in ("kommun", "kommunledning", "kommunalt-bolag"))
CIVIL = frozenset(
    concept("aktorstyp", code)
    for code in ("civilsamhalle", "naringsliv", "bevakningsforetag", "invanare", "vardnadshavare-ungdom")
)
STATE = frozenset(
    concept("aktorstyp", code)
    for code in (
        *("kriminalvard", "aklagare", "socialforsakring", "lansstyrelse", "statens-institutionsstyrelse"),
        *("ovrig-statlig-myndighet", "akademi", "samordningsforbund", "rattsmedicin"),
    )
)
NOT_RUNNING = frozenset(concept("status", code) for code in ("foreslagen", "planerad", "upphord"))


class Sector(StrEnum):
    """Where an actor stands, seen from the municipality that a source describes."""

    POLITICS = "politics"
    ADMINISTRATION = "administration"
    OPERATIONS = "operations"
    POLICE = "police"
    REGION = "region"
    STATE = "state"
    CIVIL = "civil"
    OTHER_MUNICIPALITIES = "other-municipalities"


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation, a part of one or a group: its types (its own, or the nearest parent's) and its parents."""

    thing: Thing
    classes: frozenset[str]
    types: frozenset[str]
    municipality: str
    parents: tuple[str, ...]

    @property
    def root(self) -> str:
        """IRI of the outermost organisation; the actor's own where it has no parent."""
        return self.parents[-1] if self.parents else self.thing.iri


@dataclass(frozen=True, slots=True, order=True)
class Ages:
    """A target group: ages in completed years, both included, None where open; whom it is for."""

    thing: Thing
    low: int | None
    high: int | None
    derived: bool
    risks: tuple[Thing, ...]

    @property
    def stated(self) -> bool:
        """Whether the group has an age at all."""
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Forum:
    """A forum (or programme) as one source describes it; the node of the network is the description."""

    description: str
    thing: Thing
    source: str
    municipality: str
    home: str
    programme: bool
    types: frozenset[str]
    parents: tuple[str, ...]
    levels: tuple[Thing, ...]
    completeness: str
    listed: int | None
    status: Thing | None
    rhythm: str
    meetings: tuple[float | None, float | None]
    ages: tuple[Ages, ...]
    claim: Record

    @property
    def running(self) -> bool:
        """Whether the source describes a forum that exists: not proposed, planned or ended."""
        return self.status is None or self.status.iri not in NOT_RUNNING

    @property
    def whole_list(self) -> bool:
        """Whether the source gives the member list as whole."""
        return self.completeness == concept("fullstandighet", "fullstandig")


@dataclass(frozen=True, slots=True)
class Membership:
    """One claim that an actor takes part in a forum: how, through whom, how often."""

    claim: Record
    actor: Actor
    types: frozenset[str]
    roles: tuple[Thing, ...]
    attendance: Thing | None
    functions: tuple[Thing, ...]
    status: Thing | None
    certainty: Thing | None
    listed: bool

    @property
    def current(self) -> bool:
        """Whether the source says that it holds: not ended, planned or proposed."""
        return self.status is None or self.status.iri not in NOT_RUNNING


@dataclass(frozen=True, slots=True)
class Flow:
    """One claim that information passes from one end to another."""

    claim: Record
    start: str
    end: str
    content: tuple[Thing, ...]


class TypeTree:
    """The broader relation between kinds, read once; a kind is broader than itself."""

    def __init__(self, records: Records) -> None:
        self._broader = {iri: record.all(SKOS.broader) for iri, record in records.named.items() if "/def/" in iri}
        self.broader = cache(self._closure)
        self.all_broader = cache(self._closure_of_all)
        self.meets = cache(self._meets)
        self.answers = cache(self._answers)
        self.actor_kinds = frozenset(each for each in self._broader if "/def/aktorstyp/" in each) - {MUNICIPALITY}

    def _closure(self, kind: str) -> frozenset[str]:
        found, ahead = {kind}, [kind]
        while ahead:
            for parent in self._broader.get(ahead.pop(), ()):
                if parent not in found:
                    found.add(parent)
                    ahead.append(parent)
        return frozenset(found)

    def _closure_of_all(self, kinds: frozenset[str]) -> frozenset[str]:
        return frozenset(above for kind in kinds for above in self.broader(kind))

    def _answers(
        self, classes: frozenset[str], types: frozenset[str], of_region: bool
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Return which of `actor_kinds` an actor meets, and of which only a broader kind is known."""
        answers = {each: self.meets(each, classes, types, of_region) for each in self.actor_kinds}
        return (
            frozenset(each for each, answer in answers.items() if answer),
            frozenset(each for each, answer in answers.items() if answer is None),
        )

    def _meets(self, expected: str, classes: frozenset[str], types: frozenset[str], of_region: bool) -> bool | None:
        """Say whether an actor of these classes and types meets an expected type other than the municipality."""
        kinds = self.all_broader(types)
        if expected in kinds:
            return True
        if expected == REGION:
            return HEALTH in kinds or FB.Region in classes or of_region
        if types & (self.broader(expected) - {expected}):
            return None
        collective = FB.ActorGroup in classes and MUNICIPALITY in types
        if expected in MUNICIPAL and (collective or types == {MUNICIPALITY}):
            return None
        if REGION in types and HEALTH not in kinds and HEALTH in self.broader(expected):
            return None
        return False if types else None


def type_tree(records: Records) -> TypeTree:
    """Return the tree of kinds of the records, read once."""
    known: TypeTree | None = records.derived.get(("tree", ""))
    if known is None:
        known = records.derived["tree", ""] = TypeTree(records)
    return known


class _Actors:
    """Actors built from records, each once."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: dict[str, Actor] = {}

    def get(self, iri: str) -> Actor:
        actor = self._known.get(iri)
        if actor is None:
            actor = self._known[iri] = self._build(iri)
        return actor

    def _build(self, iri: str) -> Actor:
        record = self._records.named.get(iri) or Record(iri)
        parents = tuple(self._parents(iri))
        types = record.all(FB.actorType)
        for parent in parents:
            if types:
                break
            above = self._records.named.get(parent)
            types = above.all(FB.actorType) if above else ()
        return Actor(
            record.thing, frozenset(record.all(RDF.type)), frozenset(types), record.one(FB.municipality), parents
        )

    def _parents(self, iri: str) -> Iterator[str]:
        seen = {iri}
        while record := self._records.named.get(iri):
            iri = record.one(ORG.subOrganizationOf) or record.one(FB.functionIn)
            if not iri or iri in seen:
                return
            seen.add(iri)
            yield iri


def _things(records: Records, iris: Iterable[str]) -> tuple[Thing, ...]:
    return tuple(records.thing(iri) for iri in iris)


def _maybe(records: Records, iri: str) -> Thing | None:
    return records.thing(iri) if iri else None


def ages_of(records: Records, iri: str) -> Ages:
    """Return a target group with its ages and risk groups."""
    known: Ages | None = records.derived.get(("ages", iri))
    if known is None:
        known = records.derived["ages", iri] = _ages_of(records, iri)
    return known


def _ages_of(records: Records, iri: str) -> Ages:
    record = records.named.get(iri) or Record(iri)
    low, high = record.number(FB.minAge), record.number(FB.maxAge)
    return Ages(
        record.thing,
        None if low is None else int(low),
        None if high is None else int(high),
        record.one(FB.ageBasis) not in {"", concept("aldersgrund", "angiven")},
        _things(records, record.all(FB.riskGroup)),
    )


def _forum(records: Records, claim: Record, source: Source) -> Forum:
    iri = claim.one(FB.describesForum)
    forum = records.named.get(iri) or Record(iri)
    listed = claim.number(FB.listedMembers)
    return Forum(
        description=claim.iri,
        thing=forum.thing,
        source=source.thing.iri,
        municipality=source.municipality.iri,
        home=forum.one(FB.municipality),
        programme=forum.is_a(FB.Programme),
        types=frozenset(forum.all(FB.forumType)),
        parents=forum.all(ORG.subOrganizationOf),
        levels=_things(records, claim.all(FB.level)),
        completeness=claim.one(FB.listingCompleteness),
        listed=None if listed is None else int(listed),
        status=_maybe(records, claim.one(FB.status)),
        rhythm=claim.text(FB.frequencyAsStated, "sv"),
        meetings=(claim.number(FB.meetingsPerYearMin), claim.number(FB.meetingsPerYearMax)),
        ages=tuple(sorted(ages_of(records, each) for each in claim.all(FB.hasTargetGroup))),
        claim=claim,
    )


def types_of(actor: Actor, functions: Iterable[Actor]) -> frozenset[str]:
    """Return the union of the actor's and its functions' types.

    A function says more than "the municipality", but several heads of "the administrations" may be of any of them.
    """
    of_functions = frozenset(each for function in functions for each in function.types - actor.types)
    one_body = FB.ActorGroup not in actor.classes
    own = actor.types - {MUNICIPALITY, REGION} if of_functions and one_body else actor.types
    return own | of_functions


def _apart(sources: Iterable[Source]) -> Iterator[Source]:
    """Yield the sources without a whole of which a part came before it, as where a part is asked for by name."""
    wholes: set[str] = set()
    for source in sources:
        wholes.add(source.part_of)
        if source.key not in wholes:
            yield source


def build_network(records: Records, sources: Iterable[Source]) -> nx.Graph:
    """Return the two-mode graph of actors and described forums.

    Nodes: actor IRIs (`bipartite=0`, `actor`) and description IRIs (`bipartite=1`, `forum`). Edges carry
    `memberships`, the tuple of claims behind them. Memberships of a forum that the source does not describe are left
    out; `checks/orphan_membership.rq` finds them. A whole that comes after one of its parts is left out: the two share
    descriptions. The graph's own attributes: `flows` by source, `records`.
    """
    import networkx as nx  # noqa: PLC0415  the command starts without it

    graph: nx.Graph = nx.Graph()
    known = _Actors(records)
    flows: dict[str, list[Flow]] = {}
    for source in _apart(sources):
        of_forum: dict[str, str] = {}
        listed: dict[str, frozenset[str]] = {}
        for claim in records.claims_of(source.thing.iri, FB.ForumDescription):
            forum = _forum(records, claim, source)
            graph.add_node(forum.description, bipartite=1, forum=forum)
            of_forum[forum.thing.iri] = forum.description
            listed[forum.description] = frozenset(claim.all(FB.listsMembership))
        for claim in records.claims_of(source.thing.iri, FB.ForumMembership):
            description = of_forum.get(claim.one(ORG.organization))
            if description is None:
                continue
            membership = _membership(records, known, claim, listed[description])
            node = membership.actor.thing.iri
            graph.add_node(node, bipartite=0, actor=membership.actor)
            before = graph.edges[node, description]["memberships"] if graph.has_edge(node, description) else ()
            graph.add_edge(node, description, memberships=(*before, membership))
        flows[source.thing.iri] = _flows(records, source)
    graph.graph.update(records=records, flows=flows, actors=known)
    return graph


@dataclass(frozen=True, slots=True)
class Bare:
    """The attributes of a network without its nodes: its flows, and actors for `actor_of`.

    That is enough to judge what is said of bodies, at a fraction of the cost of the whole network.
    """

    graph: dict[str, Any]


def build_bare(records: Records, sources: Iterable[Source]) -> Bare:
    """Return the network of the sources without its nodes."""
    flows = {source.thing.iri: _flows(records, source) for source in sources}
    return Bare({"records": records, "flows": flows, "actors": _Actors(records)})


def _flows(records: Records, source: Source) -> list[Flow]:
    return [
        Flow(claim, claim.one(FB.flowFrom), claim.one(FB.flowTo), _things(records, claim.all(FB.flowContent)))
        for claim in records.claims_of(source.thing.iri, FB.InformationFlow)
    ]


def _membership(records: Records, known: _Actors, claim: Record, listed: frozenset[str]) -> Membership:
    actor = known.get(claim.one(ORG.member))
    functions = [known.get(iri) for iri in claim.all(FB.representedBy)]
    return Membership(
        claim=claim,
        actor=actor,
        types=types_of(actor, functions),
        roles=_things(records, claim.all(ORG.role)),
        attendance=_maybe(records, claim.one(FB.attendance)),
        functions=tuple(each.thing for each in functions),
        status=_maybe(records, claim.one(FB.status)),
        certainty=_maybe(records, claim.one(FB.certainty)),
        listed=claim.iri in listed,
    )


def forums(graph: nx.Graph) -> list[Forum]:
    """Return the forums of the network, ordered by source and name."""
    found = [data["forum"] for _, data in graph.nodes(data=True) if data["bipartite"] == 1]
    return sorted(found, key=lambda each: (each.source, each.thing.sv, each.description))


def forums_by_source(graph: nx.Graph) -> dict[str, list[Forum]]:
    """Return the forums of the network under the source that describes them, each list ordered by name.

    They are looked up once for a network, which does not change once it is built.
    """
    known: tuple[int, dict[str, list[Forum]]] | None = graph.graph.get("by source")
    if known is None or known[0] != len(graph):
        found: dict[str, list[Forum]] = {}
        for forum in forums(graph):
            found.setdefault(forum.source, []).append(forum)
        known = graph.graph["by source"] = len(graph), found
    return known[1]


def actors(graph: nx.Graph) -> list[Actor]:
    """Return the actors of the network, ordered by name."""
    found = [data["actor"] for _, data in graph.nodes(data=True) if data["bipartite"] == 0]
    return sorted(found, key=lambda each: (each.thing.sv, each.thing.iri))


def members(graph: nx.Graph, forum: Forum) -> list[Membership]:
    """Return the memberships of a forum, in the order of the actors' names."""
    if forum.description not in graph:
        return []
    found = [each for data in graph[forum.description].values() for each in data["memberships"]]
    return sorted(found, key=lambda each: (each.actor.thing.sv, each.claim.iri))


def actor_of(graph: nx.Graph, iri: str) -> Actor:
    """Return any actor of the records, in the network or not."""
    known: _Actors = graph.graph["actors"]
    return known.get(iri)


def _municipal(actor: Actor, types: frozenset[str], tree: TypeTree, records: Records, municipality: str) -> bool:
    """Whether an actor is a part of the municipality, or of any where none is given."""
    record = records.named.get(actor.thing.iri) or Record(actor.thing.iri)
    root = records.named.get(actor.root) or Record(actor.root)
    if root.is_a(FB.Municipality):
        return not municipality or root.iri == municipality
    if municipality and actor.municipality not in {"", municipality}:
        return False
    outside = {FB.Region, FB.StateAgency, FB.CivilSocietyOrganisation, FB.JointAuthority}
    if actor.classes & outside or any(root.is_a(each) for each in outside):
        return False
    if FB.Company in actor.classes:
        owners = set(record.all(FB.owner))
        owned = municipality in owners if municipality else any("/id/kommun/" in each for each in owners)
        return owned and any(tree.broader(kind) & MUNICIPAL for kind in types)
    if actor.classes & {FB.PoliticalBody, FB.Committee, FB.Assembly, FB.Administration}:
        return True
    return any(tree.broader(kind) & (MUNICIPAL | {MUNICIPALITY}) for kind in types)


def meets(
    expected: str, actor: Actor, types: frozenset[str], tree: TypeTree, records: Records, *, municipality: str = ""
) -> bool | None:
    """Say whether an actor meets an expected type: yes, no, or None where only a broader kind is known of it.

    `kommun` is met by any part of the municipality given (of any, where none is), `region` by any part of a region and
    by health care.
    """
    if expected == MUNICIPALITY:
        return _municipal(actor, types, tree, records, municipality)
    return tree.meets(expected, actor.classes, types, expected == REGION and is_of_region(actor, records))


def is_of_region(actor: Actor, records: Records) -> bool:
    """Whether an actor is a region or a part of one."""
    root = records.named.get(actor.root)
    return root is not None and root.is_a(FB.Region)


def sector_of(actor: Actor, types: frozenset[str], municipality: str, tree: TypeTree) -> Sector:
    """Return where an actor stands, seen from a municipality."""
    kinds = tree.all_broader(types)
    elsewhere = actor.municipality and actor.municipality != municipality
    if POLICE in kinds:
        return Sector.POLICE
    group = FB.ActorGroup in actor.classes
    others = group and not actor.parents and types == {MUNICIPALITY}  # "närliggande kommuner" belong to no one body
    if elsewhere or others or (FB.Municipality in actor.classes and actor.thing.iri != municipality):
        return Sector.OTHER_MUNICIPALITIES
    if FB.Region in actor.classes or "/id/region/" in actor.root or HEALTH in kinds or REGION in kinds:
        return Sector.REGION
    if actor.classes & {FB.StateAgency, FB.JointAuthority} or "/id/myndighet/" in actor.root or kinds & STATE:
        return Sector.STATE
    if FB.CivilSocietyOrganisation in actor.classes or kinds & CIVIL:
        return Sector.CIVIL
    if actor.classes & {FB.PoliticalBody, FB.Committee, FB.Assembly} or (group and POLITICS in kinds):
        return Sector.POLITICS
    if actor.classes & {FB.Municipality, FB.Administration, FB.Department, FB.Company} or (group and kinds & LEADING):
        return Sector.ADMINISTRATION
    return Sector.OPERATIONS
