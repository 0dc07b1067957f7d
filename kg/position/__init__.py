"""What stands out in the network of one report: cut-points, sole links, vacancies, brokers, forums apart, communities.

Every remark says what holds of those whom the report names. Whether it must hold whoever else sits in the open lists,
and whether two names may be one participant, is worked out (`kg.position.bounds`) and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from kg.cases import Case
from kg.findings import Remark, Rollup, Stability, Thing
from kg.namespaces import last_part
from kg.network import Membership, Sector
from kg.position.bounds import View, view
from kg.position.communities import barber_modularity, communities
from kg.position.cuts import find_cuts, firm_cuts
from kg.position.grouping import STARTS
from kg.position.joints import (
    find_apart,
    find_levels,
    find_links,
    find_without_flow,
    forums_apart,
    sole_levels,
)
from kg.position.measures import brokerage, meeting_graph, sole_links
from kg.position.places import Leader, Place, Positions, positions, sectors
from kg.position.steadiness import held_of_joints
from kg.position.steady_chairs import held_of_vacancies
from kg.position.vacancies import LEADING, Vacancy, leads, vacancies_of
from kg.rollup import actor_nodes, forum_nodes

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Leader", "Place", "Positions", "find_positions", "joints_in", "positions", "vacant_in"]

STEADY = 0.5
"""Least share of draws in which a ranking or a grouping must hold to be told: below, it is an accident of the lists."""


def find_positions(case: Case, level: Rollup = Rollup.UNIT, *, draws: int = 50) -> list[Remark]:
    """Return what stands out in the network of a report, actors counted at a level, in a total order.

    In this order: actors and then forums without which other forums are no longer joined (`cut-actor`, `cut-forum`);
    actors who alone sit on two levels (`sole-level`), who alone sit in two forums of different levels
    (`sole-link-levels`), in any two (`sole-link`); functions whose vacancy leaves a forum without its only chair or
    convener or parts two forums (`vacancy`), and others who alone chair or convene (`organiser`); the actor between
    most who do not meet (`broker`); forums that share nobody with any other (`apart`); those of which no flow of
    information is told (`no-flow`); the communities (`communities`).
    Vacancies and organisers are counted as the report names them, whatever the level.

    Stability: the share of `draws` in which the same is found with 10 and 20 % of the memberships dropped; None for 0.
    A broker or communities that hold in less than half of them with 20 % dropped are left out. `sure` is 1 where the
    remark holds whoever else sits in the open lists (`open` of them); 0 where a membership that the report does not
    give could undo it. What another name for the same participant could undo is not told at all
    (`kg.position.bounds.kindred`).
    """
    seen = view(case, level)
    named = seen if level is Rollup.UNIT else view(case, Rollup.UNIT)
    held = held_of_joints(seen, dict.fromkeys(joints_in(seen)(seen.graph)), draws=draws) if draws else {}
    left = held_of_vacancies(named, dict.fromkeys(vacant_in(named)(named.graph)), draws=draws) if draws else {}
    return [
        *find_cuts(seen, held),
        *find_levels(seen, held),
        *find_links(seen, held),
        *_vacancies(named, left),
        *filter(_is_steady, _broker(seen, held)),
        *find_apart(seen, held),
        *find_without_flow(seen),
        *filter(_is_steady, _communities(seen, held)),
    ]


def _is_steady(remark: Remark) -> bool:
    return remark.stability is None or remark.stability.at_20 >= STEADY


def joints_in(seen: View) -> Callable[[nx.Graph], Iterator[Hashable]]:
    """Return what finds the keys of the remarks in any copy of the network."""

    def find(graph: nx.Graph) -> Iterator[Hashable]:
        yield from (("cut", node) for node in firm_cuts(seen, graph))
        yield from (("level", *pair) for pair in sole_levels(seen.case, graph))
        yield from (("sole", *pair, actor) for pair, actor in sole_links(graph).items())
        yield from (("broker", node) for node in _between_most(seen.case, graph))
        yield from (("apart", node) for node in forums_apart(graph))
        yield ("communities", _groups(graph))

    return find


def vacant_in(seen: View) -> Callable[[nx.Graph], Iterator[Hashable]]:
    """Return what finds the functions whose vacancy matters, and the organisers, in any copy of the network."""

    def find(graph: nx.Graph) -> Iterator[Hashable]:
        yield from (each.function.iri for each in vacancies_of(graph, seen.kin, seen.family) if each.matters)
        yield from {("organiser", each.actor.thing.iri): None for _, each in _organisers(graph)}

    return find


def _vacancies(seen: View, held: Mapping[Hashable, Stability]) -> list[Remark]:
    """Return the vacancies that matter, then those who lead through no named function.

    `names` of a vacancy: the `actors` that the function sits for, the forums that it alone leads (`led`), the forums
    where it alone represents its actor (`alone`), then the `parted` forums two by two.
    """
    graph = seen.graph
    found = [each for each in vacancies_of(graph, seen.kin, seen.family) if each.matters]
    found.sort(key=lambda each: (-sum(seat.leads for seat in each.seats), -len(each.parted), each.function.sv))
    return [
        *(_vacancy(seen, each, held.get(each.function.iri)) for each in found),
        *_organising(seen, held),
    ]


def _organising(seen: View, held: Mapping[Hashable, Stability]) -> Iterator[Remark]:
    """Yield for each actor that leads through no named function the forums where nobody else is named to lead."""
    of: dict[Thing, list[tuple[str, Membership]]] = {}
    for forum, membership in _organisers(seen.graph):
        of.setdefault(membership.actor.thing, []).append((forum, membership))
    for actor in sorted(of, key=lambda thing: (thing.sv, thing.iri)):
        memberships = [membership for _, membership in of[actor]]
        roles = {last_part(role.iri) for each in memberships for role in each.roles if role.iri in LEADING}
        if roles:
            yield seen.remark(
                "organiser",
                about=(actor,),
                rollup=Rollup.FUNCTION,
                names=[_thing(seen.graph, forum) for forum, _ in of[actor]],
                figures=(("role", ",".join(sorted(roles))),),
                memberships=memberships,
                held=held.get(("organiser", actor.iri)),
            )


def _vacancy(seen: View, vacancy: Vacancy, held: Stability | None) -> Remark:
    graph = seen.graph
    actors = list(dict.fromkeys(_thing(graph, seat.actor) for seat in vacancy.seats))
    led = [_thing(graph, seat.forum) for seat in vacancy.seats if seat.leads]
    alone = [_thing(graph, seat.forum) for seat in vacancy.seats if seat.alone]
    parted = [_thing(graph, node) for pair in vacancy.parted for node in pair]
    return seen.remark(
        "vacancy",
        about=(vacancy.function,),
        rollup=Rollup.FUNCTION,
        names=(*actors, *led, *alone, *parted),
        figures=(
            ("actors", len(actors)),
            ("led", len(led)),
            ("alone", len(alone)),
            ("parted", len(vacancy.parted)),
            ("seats", len(vacancy.seats)),
        ),
        memberships=[each for seat in vacancy.seats for each in seat.memberships],
        held=held,
    )


def _thing(graph: nx.Graph, node: str) -> Thing:
    found: Thing = graph.nodes[node]["thing"]
    return found


def _organisers(graph: nx.Graph) -> Iterator[tuple[str, Membership]]:
    """Yield the forums with one named leader that sits there through no named function."""
    for forum in forum_nodes(graph):
        found = leads(graph, forum)
        if len(found) == 1 and not found[0].functions:
            yield forum, found[0]


def _between_most(case: Case, graph: nx.Graph) -> list[str]:
    """Return the actors who stand between most pairs of two sectors that share no forum; none where all pairs do."""
    roles = brokerage(meeting_graph(graph), sectors(case, graph))
    found = {node: each.across for node, each in roles.items() if node != case.source.municipality.iri}
    top = max(found.values(), default=0)
    return [node for node in actor_nodes(graph) if found.get(node) == top > 0]


def _broker(seen: View, held: Mapping[Hashable, Stability]) -> list[Remark]:
    """Return the one actor between most who do not meet, with its roles as pairs of actors; none where several are.

    `names` are an example, where there is one that no other name of either could contradict: two actors of the two
    sectors that it stands between most often.
    """
    met, sector = meeting_graph(seen.graph), sectors(seen.case, seen.graph)
    roles = brokerage(met, sector)
    remarks, leading = [], _between_most(seen.case, seen.graph)
    for node in leading if len(leading) == 1 else ():
        example = _example(seen, met, sector, node)
        found = roles[node]
        remarks.append(
            seen.remark(
                "broker",
                about=(seen.thing(node),),
                names=[seen.thing(each) for each in example],
                figures=(
                    ("pairs", found.total // 2),
                    ("across", found.across // 2),
                    ("liaison", found.liaison // 2),
                    ("itinerant", found.itinerant // 2),
                    ("gatekeeper", found.gatekeeper),
                    ("coordinator", found.coordinator // 2),
                    *((f"sector_{number}", sector[each].value) for number, each in enumerate(example, start=1)),
                ),
                memberships=seen.memberships(node),
                held=held.get(("broker", node)),
            )
        )
    return remarks


def _example(seen: View, met: nx.Graph, sector: Mapping[str, Sector], node: str) -> tuple[str, ...]:
    """Return two neighbours of the most frequent two sectors that share no forum under any name; () where none do."""
    names = {each: {each} for each in met}
    for a, b in seen.kin:
        names[a].add(b)
        names[b].add(a)
    ordered = sorted(met[node], key=lambda each: (seen.thing(each).sv, each))
    pairs = [
        (a, b)
        for a, b in combinations(ordered, 2)
        if sector[a] != sector[b] and not any(x == y or met.has_edge(x, y) for x in names[a] for y in names[b])
    ]
    kinds = Counter(frozenset((sector[a], sector[b])) for a, b in pairs)
    return min(pairs, key=lambda pair: -kinds[frozenset(map(sector.__getitem__, pair))], default=())


def _groups(graph: nx.Graph) -> tuple[frozenset[str], ...]:
    """Return the communities as sets of forums, only those of more than one forum."""
    found = (
        frozenset(n for n in each if graph.nodes[n]["bipartite"] == 1) for each in communities(graph, starts=STARTS)
    )
    return tuple(sorted((each for each in found if len(each) > 1), key=lambda each: (-len(each), sorted(each))))


def _communities(seen: View, held: Mapping[Hashable, Stability]) -> list[Remark]:
    """Return one remark on the communities where at least two of them hold two forums or more.

    `names` are the forums, group by group (`sizes`).
    """
    groups = _groups(seen.graph)
    if len(groups) < 2:
        return []
    listed = [sorted(map(seen.thing, group), key=lambda thing: (thing.sv, thing.iri)) for group in groups]
    return [
        seen.remark(
            "communities",
            about=(seen.case.source.municipality,),
            names=[each for group in listed for each in group],
            figures=(
                ("sizes", ",".join(str(len(group)) for group in listed)),
                ("modularity", round(barber_modularity(seen.graph, communities(seen.graph, starts=STARTS)), 4)),
            ),
            held=held.get(("communities", groups)),
        )
    ]
