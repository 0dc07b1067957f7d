"""What a map says: the network of one source and its findings, gathered into frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace as _replace
from typing import TYPE_CHECKING

from kg.cases import evidence_of
from kg.findings import Evidence, Finding, Thing
from kg.maps.ghosts import gather_ghosts
from kg.maps.values import (
    Absence,
    ActorNode,
    Band,
    Denial,
    Edge,
    EdgeKind,
    ForumNode,
    Ghost,
    GhostKind,
    Line,
    LineKind,
    MapModel,
    Side,
    Text,
    key_of,
)
from kg.namespaces import DCTERMS, FB, concept, last_part
from kg.network import (
    Actor,
    Flow,
    Forum,
    Membership,
    TypeTree,
    actor_of,
    forums_by_source,
    members,
    sector_of,
    type_tree,
)
from kg.records import Record, Records
from kg.sources import Source, list_sources

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "ActorNode",
    "Band",
    "Edge",
    "ForumNode",
    "Ghost",
    "GhostKind",
    "Line",
    "MapModel",
    "Side",
    "Text",
    "build_map",
]

BANDS = {
    concept("forumniva", "politisk"): Band.POLITICAL,
    concept("forumniva", "strategisk"): Band.STRATEGIC,
    concept("forumniva", "operativ"): Band.OPERATIONAL,
    concept("forumniva", "individ"): Band.INDIVIDUAL,
}
BAND_ORDER = tuple(Band)
LEADING = frozenset(
    concept("deltagarroll", code) for code in ("ordforande", "sammankallande", "projektagare", "vice-ordforande")
)


def build_map(graph: nx.Graph, records: Records, source: Source, findings: Sequence[Finding]) -> MapModel:
    """Gather forums, actors, links and ghosts of one source; findings of other sources are left out.

    An actor is on the map when it sits in, informs or steers a forum that the source describes. Nothing is inferred:
    a forum without a stated level stands in a band of its own, and an actor that is not named is not drawn.
    """
    described = _described(graph, source)
    on_map = {iri: key_of(iri) for iri in described}
    own = tuple(each for each in findings if each.report.iri == source.thing.iri)
    claims = [*_members(graph, records, described), *_other_links(graph, records, source, on_map)]
    denials = tuple(_denials(records, source, on_map))
    edges = _merged(claims, denials)
    tree = type_tree(records)
    actors = {iri: actor_of(graph, iri) for iri in sorted({edge.actor for edge in edges})}
    return MapModel(
        municipality=source.municipality,
        report=source.thing,
        title=_title(records, source),
        observed_on=source.observed_on.isoformat(),
        precision=source.precision,
        own=source.own,
        forums=tuple(_forum_node(records, each) for each in described.values()),
        actors=tuple(_actor_node(records, each, source, tree) for each in actors.values()),
        edges=tuple(_with_keys(each, on_map) for each in edges),
        lines=tuple(_lines(graph, records, source, on_map)),
        ghosts=gather_ghosts(own, on_map, source, tree),
        denials=denials,
        absences=tuple(_absences(records, source, on_map)),
        findings=own,
        sections=tuple(sorted({section for each in described.values() for section in records.sections(each.claim)})),
    )


def _title(records: Records, source: Source) -> Text:
    """Return the title on the report's cover, or its name."""
    record = records.named.get(source.thing.iri) or Record(source.thing.iri)
    swedish = record.text(DCTERMS.title, "sv") or record.one(DCTERMS.title)
    return Text(swedish, record.text(DCTERMS.title, "en")) if swedish else Text(source.thing.sv, source.thing.en)


def _described(graph: nx.Graph, source: Source) -> dict[str, Forum]:
    """Return the forums of a source by IRI, the first description of each, in the order of their names."""
    found: dict[str, Forum] = {}
    for forum in forums_by_source(graph).get(source.thing.iri, ()):
        found.setdefault(forum.thing.iri, forum)
    return found


def _things(records: Records, iris: Iterable[str]) -> tuple[Thing, ...]:
    return tuple(records.thing(iri) for iri in sorted(iris))


def _maybe(records: Records, iri: str) -> Thing | None:
    return records.thing(iri) if iri else None


def _band(forum: Forum) -> Band:
    stated = [BANDS[level.iri] for level in forum.levels if level.iri in BANDS]
    if stated:
        return min(stated, key=BAND_ORDER.index)
    return Band.PROGRAMME if forum.programme else Band.UNSTATED


def _forum_node(records: Records, forum: Forum) -> ForumNode:
    return ForumNode(
        key=key_of(forum.thing.iri),
        thing=forum.thing,
        band=_band(forum),
        levels=tuple(sorted(forum.levels, key=lambda each: list(BANDS).index(each.iri) if each.iri in BANDS else 9)),
        types=_things(records, forum.types),
        programme=forum.programme,
        status=forum.status,
        running=forum.running,
        completeness=_maybe(records, forum.completeness),
        listed=forum.listed,
        rhythm=forum.rhythm,
        meetings=forum.meetings,
        ages=forum.ages,
        part_of=_things(records, forum.parents),
        owners=_things(records, forum.claim.all(FB.forumOwner)),
        certainty=_maybe(records, forum.claim.one(FB.certainty)),
        evidence=(evidence_of(records, forum.claim, kind="b"),),
    )


def _actor_node(records: Records, actor: Actor, source: Source, tree: TypeTree) -> ActorNode:
    return ActorNode(
        key=key_of(actor.thing.iri),
        thing=actor.thing,
        sector=sector_of(actor, actor.types, source.municipality.iri, tree),
        types=_things(records, actor.types),
        part_of=_maybe(records, actor.parents[0] if actor.parents else ""),
    )


def _members(graph: nx.Graph, records: Records, described: dict[str, Forum]) -> Iterator[Edge]:
    for forum in described.values():
        for each in members(graph, forum):
            yield _member_edge(records, each, forum)


def _member_edge(records: Records, membership: Membership, forum: Forum) -> Edge:
    return Edge(
        actor=membership.actor.thing.iri,
        forum=forum.thing.iri,
        kind=EdgeKind.MEMBER,
        leads=any(role.iri in LEADING for role in membership.roles),
        roles=membership.roles,
        attendance=membership.attendance,
        functions=membership.functions,
        status=None if membership.current else membership.status,
        listed=membership.listed,
        certainty=membership.certainty,
        evidence=(evidence_of(records, membership.claim, kind="m", about=membership.actor.thing.sv),),
    )


def _words(things: Iterable[Thing]) -> Text:
    found = list(things)
    return Text(", ".join(each.sv for each in found), ", ".join(each.label("en") for each in found))


def _flows(graph: nx.Graph, source: Source) -> list[Flow]:
    flows: list[Flow] = graph.graph["flows"].get(source.thing.iri, [])
    return sorted(flows, key=lambda each: (each.start, each.end, each.claim.iri))


def _through_systems(graph: nx.Graph, source: Source) -> Iterator[tuple[str, str, tuple[Thing, ...], tuple[Flow, ...]]]:
    """Yield start, end, content and claims of each flow; one that enters a system goes on to where the system leads."""
    flows = _flows(graph, source)
    for flow in flows:
        yield flow.start, flow.end, flow.content, (flow,)
        if "/id/system/" in flow.end:
            for onward in flows:
                if onward.start == flow.end:
                    yield flow.start, onward.end, onward.content or flow.content, (flow, onward)


def _other_links(graph: nx.Graph, records: Records, source: Source, on_map: dict[str, str]) -> Iterator[Edge]:
    """Yield what actors do with forums without sitting in them: they inform or steer them."""
    for start, end, content, flows in _through_systems(graph, source):
        if end in on_map and start not in on_map and start and "/id/system/" not in start:
            evidence = tuple(evidence_of(records, each.claim, kind="f") for each in flows)
            yield _link(start, end, EdgeKind.INFORMS, _words(content), evidence)
    for claim, start, end in _steering(records, source):
        words = _words(_things(records, claim.all(FB.steeringKind)))
        if end in on_map and start not in on_map:
            yield _link(start, end, EdgeKind.STEERS, words, (evidence_of(records, claim, kind="r"),))


def _link(actor: str, forum: str, kind: EdgeKind, words: Text, evidence: tuple[Evidence, ...]) -> Edge:
    certainties = [each.certainty for each in evidence if each.certainty]
    return Edge(
        actor, forum, kind, words=words, certainty=max(certainties, key=_doubt, default=None), evidence=evidence
    )


def _steering(records: Records, source: Source) -> Iterator[tuple[Record, str, str]]:
    for claim in records.claims_of(source.thing.iri, FB.SteeringRelation):
        start, end = claim.one(FB.steers), claim.one(FB.isSteered)
        if start and end and start != end:
            yield claim, start, end


def _lines(graph: nx.Graph, records: Records, source: Source, on_map: dict[str, str]) -> Iterator[Line]:
    """Yield the arrows between forums, one for each pair and kind."""
    found: dict[tuple[str, str, LineKind], Line] = {}
    arrows = [
        (
            start,
            end,
            LineKind.FLOW,
            _words(content),
            tuple(evidence_of(records, each.claim, kind="f") for each in flows),
        )
        for start, end, content, flows in _through_systems(graph, source)
    ]
    for claim, start, end in _steering(records, source):
        words = _words(_things(records, claim.all(FB.steeringKind)))
        arrows.append((start, end, LineKind.STEERING, words, (evidence_of(records, claim, kind="r"),)))
    for start, end, kind, words, evidence in arrows:
        if start not in on_map or end not in on_map or start == end:
            continue
        key = (on_map[start], on_map[end], kind)
        before = found.get(key)
        found[key] = Line(*key, before.words if before else words, (*(before.evidence if before else ()), *evidence))
    for key in sorted(found):
        yield found[key]


def _same_year(records: Records, source: Source) -> list[Source]:
    """Return the source and the others on the same municipality of the same year: later ones tell of change instead."""
    others = [
        each
        for each in list_sources(records)
        if each.municipality.iri == source.municipality.iri and not each.part_of and each.key != source.part_of
    ]
    near = [each for each in others if each.observed_on.year == source.observed_on.year and each.key != source.key]
    return [source, *near]


def _denials(records: Records, source: Source, on_map: dict[str, str]) -> Iterator[Denial]:
    for each in _same_year(records, source):
        for claim in records.claims_of(each.thing.iri, FB.NonMembership):
            actor = records.thing(claim.one(FB.excludedActor))
            for forum in claim.all(FB.excludedFrom):
                if forum in on_map:
                    yield Denial(actor, on_map[forum], evidence_of(records, claim, kind="n", about=actor.sv))


def _absences(records: Records, source: Source, on_map: dict[str, str]) -> Iterator[Absence]:
    for claim in records.claims_of(source.thing.iri, FB.AbsenceClaim):
        for what in claim.all(FB.absent):
            for within in claim.all(FB.absentWithin):
                evidence = evidence_of(records, claim, kind="a")
                yield Absence(records.thing(what), records.thing(within), on_map.get(within, ""), evidence)


def _merged(claims: Iterable[Edge], denials: tuple[Denial, ...]) -> list[Edge]:
    """Join the claims on one actor and forum; a member that is also said to inform is drawn as a member."""
    denied: dict[tuple[str, str], list[Evidence]] = {}
    for denial in denials:
        denied.setdefault((denial.actor.iri, denial.forum), []).append(denial.evidence)
    found: dict[tuple[str, str, EdgeKind], Edge] = {}
    for edge in claims:
        key = (edge.actor, edge.forum, edge.kind)
        before = found.get(key)
        found[key] = edge if before is None else _joined(before, edge)
    edges = []
    for (actor, forum, kind), edge in sorted(found.items()):
        if kind is EdgeKind.INFORMS and (actor, forum, EdgeKind.MEMBER) in found:
            continue
        against = tuple(denied.get((actor, key_of(forum)), ())) if kind is EdgeKind.MEMBER else ()
        edges.append(_replace(edge, disputed=bool(against), against=against))
    return edges


def _joined(first: Edge, second: Edge) -> Edge:
    """Return one edge for two claims: all roles and functions, the surest certainty, the first stated attendance."""
    certainties = [each for each in (first.certainty, second.certainty) if each]
    return _replace(
        first,
        leads=first.leads or second.leads,
        roles=tuple(dict.fromkeys((*first.roles, *second.roles))),
        attendance=first.attendance or second.attendance,
        functions=tuple(dict.fromkeys((*first.functions, *second.functions))),
        status=first.status if first.status and second.status else None,
        listed=first.listed or second.listed,
        certainty=min(certainties, key=_doubt, default=None),
        words=first.words if first.words.sv else second.words,
        evidence=(*first.evidence, *second.evidence),
    )


def _doubt(certainty: Thing) -> int:
    order = ("uttalad", "antydd", "tolkad")
    code = last_part(certainty.iri)
    return order.index(code) if code in order else len(order)


def _with_keys(edge: Edge, on_map: dict[str, str]) -> Edge:
    return _replace(edge, actor=key_of(edge.actor), forum=on_map[edge.forum])
