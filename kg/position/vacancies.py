"""What is left of the forums of a report when one function is empty: who convenes, who is there, what is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kg.findings import Thing
from kg.namespaces import concept
from kg.network import Membership
from kg.rollup import forum_nodes

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LEADING", "Seat", "Vacancy", "is_leading", "leads", "vacancies_of"]

LEADING = frozenset(concept("deltagarroll", code) for code in ("ordforande", "sammankallande"))
_STANDING_IN = LEADING | {concept("deltagarroll", "vice-ordforande")}


@dataclass(frozen=True, slots=True)
class Seat:
    """A function's seat in a forum: the actor that it sits for, the claims, whether it alone leads or represents.

    `leads` says that the report names it, and nobody else, as chair or convener; `alone` that the actor is in the forum
    through this function only.
    """

    forum: str
    actor: str
    memberships: tuple[Membership, ...]
    leads: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Vacancy:
    """What the network loses without a function: its seats, and the pairs of forums left without a common member."""

    function: Thing
    seats: tuple[Seat, ...]
    parted: tuple[tuple[str, str], ...]

    @property
    def matters(self) -> bool:
        """Whether a forum loses its only named chair or convener, or two forums their only common member."""
        return bool(self.parted) or any(each.leads for each in self.seats)


def is_leading(membership: Membership) -> bool:
    """Whether a membership chairs, convenes or stands in for the chair."""
    return any(role.iri in _STANDING_IN for role in membership.roles)


def leads(graph: nx.Graph, forum: str) -> list[Membership]:
    """Return the memberships of a forum that chair, convene or stand in for the chair."""
    found = [each for actor in sorted(graph[forum]) for each in graph.edges[actor, forum]["memberships"]]
    return [each for each in found if is_leading(each)]


def vacancies_of(
    graph: nx.Graph,
    kin: Sequence[tuple[str, str]] = (),
    family: Callable[[str], list[str]] = lambda forum: [forum],
) -> list[Vacancy]:
    """Return what each function of a two-mode graph would leave if it were empty, ordered by name.

    Actors should be counted as the report names them (`Rollup.UNIT`): a seat is lost where all that the report says of
    the actor in the forum rests on this one function. Two forums are parted where the function sits in both and they,
    each with its `family` of parts and wholes, share no actor without it, under no two names of `kin`. A deputy or a
    second member whom the report does not name makes the loss look greater.
    """
    seats: dict[Thing, list[Seat]] = {}
    for forum in forum_nodes(graph):
        for function, seat in _seats(graph, forum):
            seats.setdefault(function, []).append(seat)
    ordered = sorted(seats, key=lambda function: (function.sv, function.iri))
    return [Vacancy(each, tuple(seats[each]), _parted(graph, seats[each], kin, family)) for each in ordered]


def _seats(graph: nx.Graph, forum: str) -> Iterator[tuple[Thing, Seat]]:
    leading = leads(graph, forum)
    for actor in sorted(graph[forum]):
        memberships: tuple[Membership, ...] = graph.edges[actor, forum]["memberships"]
        for function in sorted({each for membership in memberships for each in membership.functions}):
            through = tuple(each for each in memberships if function in each.functions)
            sole = [each for each in through if len(each.functions) == 1]
            first = any(role.iri in LEADING for each in sole for role in each.roles)
            yield (
                function,
                Seat(
                    forum,
                    actor,
                    through,
                    leads=first and all(each in sole for each in leading),
                    alone=len(sole) == len(memberships),
                ),
            )


def _parted(
    graph: nx.Graph, seats: list[Seat], kin: Sequence[tuple[str, str]], family: Callable[[str], list[str]]
) -> tuple[tuple[str, str], ...]:
    """Return the pairs of forums that have the function in both, and no common actor once its ties are gone."""
    lost = {(each.actor, each.forum) for each in seats if each.alone}

    def left(forum: str) -> set[str]:
        return {actor for each in family(forum) for actor in graph[each] if (actor, each) not in lost}

    def still(first: str, second: str) -> bool:
        here, there = left(first), left(second)
        return bool(here & there) or any((a in here and b in there) or (b in here and a in there) for a, b in kin)

    pairs = combinations(sorted({each.forum for each in seats}), 2)
    apart = ((a, b) for a, b in pairs if set(graph[a]) & set(graph[b]) and b not in family(a))
    return tuple(pair for pair in apart if not still(*pair))
