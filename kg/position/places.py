"""The places of actors and forums in the network of one report: how many ties, how close, between whom, which group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.cases import Case
from kg.findings import Rollup, Stability, Thing
from kg.network import Sector, sector_of
from kg.position.bounds import UNKNOWN, types_of, view
from kg.position.communities import barber_modularity, communities
from kg.position.cuts import firm_cuts
from kg.position.measures import (
    Brokerage,
    Centrality,
    brokerage,
    centrality,
    constraint,
    meeting_graph,
    redundancy,
)
from kg.rollup import actor_nodes, forum_nodes, stability

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["MEASURES", "Leader", "Place", "Positions", "positions", "sectors"]

MEASURES = ("degree", "closeness", "betweenness")


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one actor or forum in the network of a report.

    `ties` counts its known forums or members, `ties_most` the most that the report leaves possible: for an actor its
    forums and every forum with an open list that does not deny it, None for a forum with an open list. `at_most` are
    the greatest degree and closeness that the open lists allow among those whom the report names; betweenness has no
    such bound, since a tie more can raise or lower it. `roles` are the actor's Gould-Fernandez roles by sector, in the
    graph of who shares a forum with whom. `parts` are the groups of forums that would no longer be joined without it
    under any name (`kg.position.cuts.firm_cuts`), empty where it is no such cut-point. `group` is the number of its
    community, 0 for a node without ties.
    """

    thing: Thing
    sector: Sector | None
    ties: int
    ties_most: int | None
    centrality: Centrality
    at_most: tuple[float, float]
    redundancy: float | None
    constraint: float | None
    roles: Brokerage | None
    parts: tuple[tuple[Thing, ...], ...]
    group: int


@dataclass(frozen=True, slots=True)
class Leader:
    """Who has the greatest value of a measure, and in what share of draws it still has."""

    measure: str
    thing: Thing
    stability: Stability | None


@dataclass(frozen=True, slots=True)
class Positions:
    """The positions in one report at one level: actors and forums by name, communities, who leads and how steadily.

    Nothing here is to be compared between reports: centralities and modularity depend on how whole the lists are.
    `open_lists` are the forums whose lists are not whole. `groups` holds the forums of each community, in order.
    """

    key: str
    municipality: Thing
    report: Thing
    observed_on: str
    level: Rollup
    actors: tuple[Place, ...]
    forums: tuple[Place, ...]
    groups: tuple[tuple[Thing, ...], ...]
    modularity: float
    leaders: tuple[Leader, ...]
    open_lists: tuple[Thing, ...]


def sectors(case: Case, graph: nx.Graph) -> dict[str, Sector]:
    """Return the sector of each actor of a two-mode graph, seen from the municipality of the report."""
    home = case.source.municipality.iri
    return {
        node: sector_of(graph.nodes[node]["actor"], types_of(graph, node), home, case.tree)
        for node in actor_nodes(graph)
    }


def positions(case: Case, level: Rollup = Rollup.UNIT, *, draws: int = 50) -> Positions:
    """Return the positions of actors and forums in the network of a report, actors counted at a level.

    The measures and what a missing membership does to each: `kg.position.measures`. Leading places are held to networks
    with 10 and 20 % of the memberships dropped, `draws` times each (none for 0): the share in which the leader still
    leads ("top 1" of Borgatti, Carley & Krackhardt 2006, On the robustness of centrality measures under conditions of
    imperfect data, Social Networks 28, 124-136).
    """
    seen = view(case, level)
    graph, wide = seen.graph, seen.wide.copy()
    wide.remove_node(UNKNOWN)
    here, most = centrality(graph), centrality(wide)
    groups = communities(graph)
    number = {node: index for index, group in enumerate(groups, start=1) for node in group}
    joined, tight = redundancy(graph), constraint(meeting_graph(graph), weight="weight")
    sector = sectors(case, graph)
    roles, cuts = brokerage(meeting_graph(graph), sector), firm_cuts(seen)

    def place(node: str) -> Place:
        ties, actor = graph.degree(node), node in sector
        return Place(
            thing=graph.nodes[node]["thing"],
            sector=sector.get(node),
            ties=ties,
            ties_most=wide.degree(node) if actor else None if node in seen.unlisted else ties,
            centrality=here[node],
            at_most=(most[node].degree, most[node].closeness),
            redundancy=joined[node],
            constraint=tight[node] if actor else None,
            roles=roles[node] if actor else None,
            parts=tuple(_things(graph, part) for part in cuts.get(node, ())),
            group=number.get(node, 0),
        )

    return Positions(
        key=case.source.key,
        municipality=case.source.municipality,
        report=case.source.thing,
        observed_on=case.source.observed_on.isoformat(),
        level=level,
        actors=tuple(place(node) for node in actor_nodes(graph)),
        forums=tuple(place(node) for node in forum_nodes(graph)),
        groups=tuple(_things(graph, group) for group in groups),
        modularity=round(barber_modularity(graph, groups), 6),
        leaders=_leaders(graph, draws),
        open_lists=_things(graph, seen.unlisted),
    )


def _things(graph: nx.Graph, nodes: frozenset[str]) -> tuple[Thing, ...]:
    """Return the forums among nodes as things, ordered by name."""
    found = (graph.nodes[node]["thing"] for node in nodes if graph.nodes[node]["bipartite"] == 1)
    return tuple(sorted(found, key=lambda thing: (thing.sv, thing.iri)))


def _leading(graph: nx.Graph) -> Iterator[tuple[str, str]]:
    """Yield measure and actor for each actor whose value is the greatest; none where all are 0."""
    found = centrality(graph)
    for measure in MEASURES:
        values = {node: round(getattr(found[node], measure), 12) for node in actor_nodes(graph)}
        top = max(values.values(), default=0)
        yield from ((measure, node) for node, value in values.items() if value == top > 0)


def _leaders(graph: nx.Graph, draws: int) -> tuple[Leader, ...]:
    held = stability(graph, _leading, draws=draws) if draws else {}
    return tuple(Leader(each[0], graph.nodes[each[1]]["thing"], held.get(each)) for each in _leading(graph))
