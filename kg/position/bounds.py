"""What open member lists leave possible: who may be the same, and the widest network that a report allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kg.cases import Case, evidence_of
from kg.findings import Analysis, Remark, Rollup, Stability, Standing, Thing
from kg.gaps.presence import is_closed
from kg.namespaces import FB, concept, last_part
from kg.network import MUNICIPALITY, Actor, Membership, Sector, actor_of, meets, sector_of
from kg.overlap.sharing import sits
from kg.records import Record
from kg.remarks import make_remark
from kg.rollup import actor_nodes, forum_nodes, forum_of, two_mode

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["UNKNOWN", "View", "kindred", "open_forums", "stands", "types_of", "view", "widest"]

LISTED = frozenset(concept("fullstandighet", code) for code in ("fullstandig", "exemplifierande"))
UNKNOWN = "unknown"
"""The node that stands for whoever an open list may hold besides those that the report names."""


def open_forums(case: Case, graph: nx.Graph) -> list[str]:
    """Return the forums whose member list is not whole, or not wholly in the graph, ordered by name."""
    return [node for node in forum_nodes(graph) if not is_closed(case, forum_of(graph, node))]


def types_of(graph: nx.Graph, node: str) -> frozenset[str]:
    """Return the types that an actor has in its forums: those of its functions too, where it is counted as itself."""
    actor: Actor = graph.nodes[node]["actor"]
    found = [
        each.types
        for forum in graph[node]
        for each in graph.edges[node, forum]["memberships"]
        if each.actor.thing.iri == node
    ]
    return frozenset().union(*found) if found else actor.types


def kindred(case: Case, graph: nx.Graph) -> list[tuple[str, str]]:
    """Return the pairs of actors that may be the same participant under two names, in the order of their names.

    A collective ("Skolan") may be any actor of its kind, and a part of the municipality where that is counted as one;
    the municipality, and a collective of its parts, may be any part of it; a whole may be present through its part. An
    actor that is always represented by a named function is no whole (`docs/decisions.md`, 9). Whether two are the same
    the report does not say: what rests on their being different is no more than a question. A function counts as what
    it sits for, so that two functions of a collective may be one, two of a named administration not.
    """
    nodes, home = actor_nodes(graph), case.source.municipality.iri
    actors: dict[str, Actor] = {node: graph.nodes[node]["actor"] for node in nodes}
    bases = {node: _base(case, actor) for node, actor in actors.items()}
    kinds = {node: _kinds(case, actor.types) for node, actor in bases.items()}
    ours = {
        node
        for node, actor in bases.items()
        if sector_of(actor, actor.types, home, case.tree) is not Sector.OTHER_MUNICIPALITIES
    }
    groups = {node for node in ours if FB.ActorGroup in bases[node].classes}
    named = {node: case.records.named.get(bases[node].thing.iri) or Record(node) for node in groups}
    vague = {node for node in groups if MUNICIPALITY in named[node].all(FB.actorType)}
    municipal = {
        node
        for node in ours
        if meets(MUNICIPALITY, bases[node], bases[node].types, case.tree, case.records, municipality=home)
    }
    whole = {node for node in nodes if _is_whole(graph, node)}

    def same(a: str, b: str) -> bool:
        first, second = bases[a], bases[b]
        if b in actors[a].parents and b in whole:
            return True
        if first == second:
            return a in groups
        if a in groups and ((first.types - {MUNICIPALITY}) & kinds[b] or (second.types - {MUNICIPALITY}) & kinds[a]):
            return True
        if b not in municipal or a not in municipal:
            return False
        return a in vague or (a == home and (a in whole or (b in groups and not second.parents)))

    return [(a, b) for a, b in combinations(nodes, 2) if same(a, b) or same(b, a)]


def _base(case: Case, actor: Actor) -> Actor:
    """Return the actor that a function sits for, any other actor itself."""
    is_function = FB.Function in actor.classes and actor.parents
    return actor_of(case.graph, actor.parents[0]) if is_function else actor


def _kinds(case: Case, types: frozenset[str]) -> frozenset[str]:
    return frozenset(above for each in types for above in case.tree.broader(each))


def _is_whole(graph: nx.Graph, node: str) -> bool:
    """Whether some membership of an actor names no function or part that sits there for it."""
    return any(
        not each.functions and each.actor.thing.iri == node
        for forum in graph[node]
        for each in graph.edges[node, forum]["memberships"]
    )


def stands(graph: nx.Graph, home: str, actor: str, forum: str) -> bool:
    """Whether an actor may stand for its parts in a forum: the municipality not where a named function sits for it."""
    held: tuple[Membership, ...] = graph.edges[actor, forum]["memberships"]
    return actor != home or any(not each.functions or each.actor.thing.iri != home for each in held)


def widest(case: Case, graph: nx.Graph) -> nx.Graph:
    """Return the two-mode graph with every tie that the report leaves possible, and `UNKNOWN` in each open list.

    Every actor is tied to every forum with an open list, unless the source says that it does not take part. What holds
    in the graph and in this one holds whoever else sits in the open lists. The input is not changed.
    """
    wide = graph.copy()
    denied = {
        (claim.one(FB.excludedActor), forum)
        for claim in case.records.claims_of(case.source.thing.iri, FB.NonMembership)
        for forum in claim.all(FB.excludedFrom)
    }
    actors, unlisted = actor_nodes(graph), open_forums(case, graph)
    wide.add_node(UNKNOWN, bipartite=0)
    for forum in unlisted:
        wide.add_edge(UNKNOWN, forum)
        wide.add_edges_from((each, forum) for each in actors if (each, forum_of(graph, forum).thing.iri) not in denied)
    return wide


@dataclass(frozen=True)
class View:
    """The network of a report at one level, with what open lists and uncertain names leave possible.

    `graph` is what the report says, `wide` what it leaves possible, `kin` the pairs that may be one participant,
    `organisations` the same memberships counted by organisation, `unlisted` the forums with open lists, `silent` those
    of them for which the source gives no list at all, only members in passing.
    """

    case: Case
    level: Rollup
    graph: nx.Graph
    wide: nx.Graph
    kin: tuple[tuple[str, str], ...]
    organisations: nx.Graph
    unlisted: frozenset[str]
    silent: frozenset[str]

    def thing(self, node: str) -> Thing:
        """Return the name of a node."""
        found: Thing = self.graph.nodes[node]["thing"]
        return found

    @property
    def home(self) -> str:
        """IRI of the municipality that the report is on."""
        return self.case.source.municipality.iri

    def sits(self, actor: str, forum: str) -> bool:
        """Whether an actor has a seat in a forum, and is not only a party to it or a researcher who follows it."""
        return actor in self.graph[forum] and any(map(sits, self._between(actor, forum)))

    def fills(self, actor: str, forum: str) -> bool:
        """Whether an actor is in a forum and nobody else is named there."""
        return set(self.graph[forum]) == {actor}

    def belongs(self, first: str, second: str) -> bool:
        """Whether one forum is a part of the other, so that they need no member to join them."""
        one, other = forum_of(self.graph, first), forum_of(self.graph, second)
        return one.thing.iri in other.parents or other.thing.iri in one.parents

    def family(self, forum: str) -> list[str]:
        """Return a forum with those that are parts of it and that it is a part of, in the order of their names."""
        return [forum, *(each for each in forum_nodes(self.graph) if each != forum and self.belongs(forum, each))]

    def memberships(self, actor: str, *forums: str) -> tuple[Membership, ...]:
        """Return the claims that an actor sits in these forums, or in any where none is given."""
        found = [each for forum in sorted(forums or self.graph[actor]) for each in self._between(actor, forum)]
        return tuple({each.claim.iri: each for each in found}.values())

    def _between(self, actor: str, forum: str) -> tuple[Membership, ...]:
        found: tuple[Membership, ...] = self.graph.edges[actor, forum]["memberships"]
        return found

    def remark(
        self,
        code: str,
        *,
        about: Sequence[Thing],
        names: Sequence[Thing] = (),
        figures: Iterable[tuple[str, int | float | str]] = (),
        memberships: Iterable[Membership] = (),
        held: Stability | None = None,
        key: Sequence[Thing] = (),
        rollup: Rollup | None = None,
        standing: Standing = Standing.COMPUTED,
    ) -> Remark:
        """Return a remark on this network; its id is made of report, code, level and what it is about (and `key`)."""
        records = self.case.records
        evidence = tuple(evidence_of(records, each.claim, kind="m", about=each.actor.thing.sv) for each in memberships)
        counted = None if standing is Standing.UNSTATED else rollup or self.level
        slugs = (last_part(each.iri) for each in (*about, *key))
        return make_remark(
            self.case.source,
            "position",
            code,
            counted.value if counted else "",
            *slugs,
            analysis=Analysis.POSITION,
            code=code,
            standing=standing,
            subjects=about,
            names=names,
            figures=tuple(figures),
            rollup=counted,
            stability=held,
            evidence=evidence,
        )

    def without(self, actor: str) -> nx.Graph:
        """Return the network by organisation as it is once an actor has left: what rests on it alone is gone."""
        gone = {each.claim.iri for each in self.memberships(actor)}
        left = self.organisations.copy()
        left.remove_edges_from(
            [(a, b) for a, b, held in left.edges(data="memberships") if {each.claim.iri for each in held} <= gone]
        )
        return left


def view(case: Case, level: Rollup) -> View:
    """Return the network of a report at a level with its bounds."""
    graph = two_mode(case, level)
    unlisted = frozenset(open_forums(case, graph))
    return View(
        case,
        level,
        graph,
        widest(case, graph),
        tuple(kindred(case, graph)),
        two_mode(case, Rollup.ORGANISATION),
        unlisted,
        frozenset(node for node in unlisted if forum_of(graph, node).completeness not in LISTED),
    )
