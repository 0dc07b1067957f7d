"""How often a vacancy matters, or an organiser is alone, in copies of a network with ties dropped, asked by bits."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from kg.findings import Stability
from kg.network import Membership
from kg.position.bits import Bits, Copy, Test, bits, counted
from kg.position.bounds import View
from kg.position.vacancies import LEADING, is_leading

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["held_of_vacancies"]


def held_of_vacancies(seen: View, found: Iterable[Hashable], *, draws: int) -> dict[Hashable, Stability]:
    """Return in what share of the draws each vacancy (by the IRI of its function) and organiser matters."""
    network = Bits(seen.graph)
    functions, organisers = _functions(seen.graph, network), _organisers(seen.graph, network)
    kin = [(1 << network.actor[a], 1 << network.actor[b]) for a, b in seen.kin]
    family = [sum(1 << network.forum[each] for each in seen.family(node)) for node in network.forums]
    tests: dict[Hashable, Test] = {}
    for key in found:
        match key:
            case ("organiser", str(actor)):
                tests[key] = _organiser_test(organisers[actor])
            case str(function):
                tests[key] = _vacancy_test(functions[function], kin, family)
            case _:
                raise KeyError(key)
    return counted(network, tests, draws)


Seat = tuple[int, int, bool, bool, int]
"""A function's seat: forum, actor, whether it leads, whether it is alone, and whose presence takes the lead from it."""


def _leading(graph: nx.Graph, network: Bits, forum: str) -> list[tuple[int, Membership]]:
    return [
        (network.actor[actor], each)
        for actor in sorted(graph[forum])
        for each in graph.edges[actor, forum]["memberships"]
        if is_leading(each)
    ]


def _functions(graph: nx.Graph, network: Bits) -> dict[str, list[Seat]]:
    found: dict[str, list[Seat]] = {}
    for number, forum in enumerate(network.forums):
        leading = _leading(graph, network, forum)
        for actor in sorted(graph[forum]):
            memberships: tuple[Membership, ...] = graph.edges[actor, forum]["memberships"]
            for function in {each for membership in memberships for each in membership.functions}:
                sole = [each for each in memberships if function in each.functions and len(each.functions) == 1]
                first = any(role.iri in LEADING for each in sole for role in each.roles)
                others = 0
                for other, membership in leading:
                    if membership not in sole:
                        others |= 1 << other
                seat = number, network.actor[actor], first, len(sole) == len(memberships), others
                found.setdefault(function.iri, []).append(seat)
    return found


def _organisers(graph: nx.Graph, network: Bits) -> dict[str, list[tuple[int, int, int]]]:
    """Return for each actor the forums that it may lead alone, itself, and the others who lead there."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for number, forum in enumerate(network.forums):
        leading = _leading(graph, network, forum)
        for index, (actor, membership) in enumerate(leading):
            others = 0
            for place, (other, _) in enumerate(leading):
                if place != index:
                    others |= 1 << other
            if not membership.functions:
                found.setdefault(membership.actor.thing.iri, []).append((number, 1 << actor, others))
    return found


def _organiser_test(leads: Sequence[tuple[int, int, int]]) -> Test:
    return lambda copy: any(
        copy.members[forum] & actor and not copy.members[forum] & others for forum, actor, others in leads
    )


def _vacancy_test(seats: Sequence[Seat], kin: Sequence[tuple[int, int]], family: Sequence[int]) -> Test:
    def holds(copy: Copy) -> bool:
        here = [each for each in seats if copy.members[each[0]] >> each[1] & 1]
        if any(first and not copy.members[forum] & others for forum, _, first, _, others in here):
            return True
        lost: dict[int, int] = {}
        for forum, actor, _, alone, _ in here:
            if alone:
                lost[forum] = lost.get(forum, 0) | 1 << actor
        left: dict[int, int] = {}
        for forum in {each[0] for each in here}:
            left[forum] = 0
            for each in bits(family[forum]):
                left[forum] |= copy.members[each] & ~lost.get(each, 0)
        for one, other in combinations(left, 2):
            if not copy.members[one] & copy.members[other] or family[one] >> other & 1:
                continue
            first, second = left[one], left[other]
            if not first & second and not any((a & first and b & second) or (b & first and a & second) for a, b in kin):
                return True
        return False

    return holds
