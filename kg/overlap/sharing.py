"""Who sits in two forums of one report: the members they share by name, and between what that can lie."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from kg.cases import Case
from kg.findings import Rollup, Thing
from kg.gaps.presence import attendance_of
from kg.namespaces import FB, concept
from kg.network import MUNICIPALITY, Actor, Membership, actor_of
from kg.rollup import actor_nodes, forum_nodes, two_mode

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Bounds",
    "Shared",
    "Sharing",
    "bounds_of",
    "kinds_of",
    "seated",
    "shared_by_pair",
    "sit",
    "sits",
]

BESIDE = frozenset(concept("deltagarroll", code) for code in ("part", "projektagare", "foljeforskare"))
"""Roles of those who stand behind a forum or follow it, and have no seat at its meetings by that."""
AT_TIMES = frozenset({"ibland", "vid-behov", "adjungerad"})


def sits(membership: Membership) -> bool:
    """Whether a membership is a seat at the meetings, and not only that of a party, project owner or researcher."""
    return not membership.roles or any(role.iri not in BESIDE for role in membership.roles)


def seated(case: Case, level: Rollup) -> nx.Graph:
    """Return the two-mode graph of a case as `two_mode` gives it, with the ties of those who have a seat alone."""
    graph = two_mode(case, level)
    for actor, forum, claims in list(graph.edges(data="memberships")):
        kept = tuple(each for each in claims if sits(each))
        if kept:
            graph.edges[actor, forum]["memberships"] = kept
        else:
            graph.remove_edge(actor, forum)
    graph.remove_nodes_from([node for node in actor_nodes(graph) if not graph.degree(node)])
    return graph


@dataclass(frozen=True, slots=True)
class Bounds:
    """A share in 0-1 of the members named, and between what it can lie when the lists are whole."""

    low: float
    named: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether nothing is left open."""
        return self.low == self.named == self.high


@dataclass(frozen=True, slots=True)
class Shared:
    """An actor in both forums: through which functions, and how regularly (codes of `narvaro`), in each."""

    thing: Thing
    functions: tuple[tuple[Thing, ...], tuple[Thing, ...]]
    attendance: tuple[str, str]

    @property
    def by_others(self) -> bool:
        """Whether functions are named for both forums and none of them is the same."""
        first, second = self.functions
        return bool(first and second) and not set(first) & set(second)

    @property
    def at_times(self) -> bool:
        """Whether it sits in one of the two only at times, at need or as adjunct."""
        return bool(AT_TIMES & set(self.attendance))


def bounds_of(first: int, second: int, shared: int, possible: int, closed: tuple[bool, bool]) -> tuple[Bounds, ...]:
    """Return Jaccard and the two containments with their bounds, from counts of named members.

    Between whole lists only members that may be the same under two names (`possible` at most) are open. An open list
    may hold anybody else: then the upper bound lets it hold all of the other forum, the lower nobody of it.
    """
    most = shared + possible
    union = first + second - shared
    named = (shared / union, shared / first, shared / second)
    if all(closed):
        highs = (most / (first + second - most), most / first, most / second)
        lows = named
    elif closed[0]:
        whole = first / (first + second - most)
        highs, lows = (whole, 1.0, whole), (0.0, shared / first, 0.0)
    elif closed[1]:
        whole = second / (first + second - most)
        highs, lows = (whole, whole, 1.0), (0.0, 0.0, shared / second)
    else:
        highs, lows = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
    return tuple(Bounds(*each) for each in zip(lows, named, highs, strict=True))


@dataclass(frozen=True, slots=True)
class _Name:
    """What tells whether two names may mean the same people: what the actor is a part of, and its kinds."""

    within: frozenset[str]
    loose: bool
    kinds: frozenset[str]
    broader: frozenset[str]

    def may_be(self, other: _Name, iris: tuple[str, str], by_function: tuple[bool, bool]) -> bool:
        """Whether one is a part of the other, or one is a loose name ("Skolan") of the other's kind.

        A whole that sits there through named functions is those functions, and not any of its parts.
        """
        if (iris[0] in other.within and not by_function[0]) or (iris[1] in self.within and not by_function[1]):
            return True
        if not (self.loose or other.loose):
            return False
        return bool(self.kinds & other.broader or other.kinds & self.broader)


def _name(case: Case, actor: Actor) -> _Name:
    record = case.records.named.get(actor.thing.iri)
    read = record.all(FB.interpretedAs) if record else ()
    above = (iri for each in read for iri in (each, *actor_of(case.graph, each).parents))
    kinds = actor.types - {MUNICIPALITY}
    return _Name(
        within=frozenset((actor.thing.iri, *actor.parents, *above)),
        loose=not actor.parents,
        kinds=kinds,
        broader=frozenset(above for kind in kinds for above in case.tree.broader(kind)),
    )


class Sharing:
    """One report's forums and who sits in them, counted at one level, with what each comparison of two needs."""

    def __init__(self, case: Case, level: Rollup) -> None:
        self.case, self.level, self.graph = case, level, seated(case, level)
        self.actors = {node: place for place, node in enumerate(actor_nodes(self.graph))}
        self.forums = {node: place for place, node in enumerate(forum_nodes(self.graph))}
        self._names: dict[str, _Name] = {}

    def thing(self, node: str) -> Thing:
        """Return a node as the thing it is."""
        found: Thing = self.graph.nodes[node]["thing"]
        return found

    def alone(self, forum: str, shared: Collection[str]) -> list[str]:
        """Return who sits in a forum apart from those that are shared, ordered by name."""
        return sorted(set(self.graph[forum]) - set(shared), key=self.actors.__getitem__)

    def possible(self, forums: tuple[str, str], one: Iterable[str], other: Iterable[str]) -> list[tuple[str, str]]:
        """Return the pairs of members, one of each forum, that may be the same under two names."""
        return [
            (a, b)
            for a, b in product(one, other)
            if self._name(a).may_be(
                self._name(b), (a, b), (self._by_function(a, forums[0]), self._by_function(b, forums[1]))
            )
        ]

    def _by_function(self, node: str, forum: str) -> bool:
        """Whether one body (no group) sits in a forum through named functions alone."""
        actor: Actor = self.graph.nodes[node]["actor"]
        named = all(each.functions for each in _memberships(self.graph, node, forum))
        return named and FB.ActorGroup not in actor.classes

    def _name(self, node: str) -> _Name:
        found = self._names.get(node)
        if found is None:
            found = self._names[node] = _name(self.case, self.graph.nodes[node]["actor"])
        return found


def _memberships(graph: nx.Graph, actor: str, forum: str) -> tuple[Membership, ...]:
    found: tuple[Membership, ...] = graph.edges[actor, forum]["memberships"]
    return found


def sit(graph: nx.Graph, actor: str, forums: Sequence[str]) -> Shared:
    """Return how an actor sits in two forums."""
    found = [_memberships(graph, actor, each) for each in forums]
    functions = [tuple(dict.fromkeys(thing for each in claims for thing in each.functions)) for claims in found]
    thing: Thing = graph.nodes[actor]["thing"]
    return Shared(thing, (functions[0], functions[1]), (attendance_of(found[0]), attendance_of(found[1])))


def kinds_of(graph: nx.Graph, forum: str) -> frozenset[str]:
    """Return the kinds of actor that sit in a forum."""
    return frozenset(
        kind for actor in graph[forum] for each in _memberships(graph, actor, forum) for kind in each.types
    )


def shared_by_pair(graph: nx.Graph, order: Mapping[str, int]) -> dict[tuple[str, str], list[str]]:
    """Return the actors that each pair of forums shares; a pair has its forums in this order."""
    found: dict[tuple[str, str], list[str]] = {}
    for actor in (node for node, mode in graph.nodes(data="bipartite") if mode == 0):
        for pair in combinations(sorted(graph[actor], key=order.__getitem__), 2):
            found.setdefault(pair, []).append(actor)
    return found
