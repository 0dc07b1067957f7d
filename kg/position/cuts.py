"""What holds the forums of a report together: the actors and forums without which others are no longer joined."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from kg.findings import Remark, Rollup, Stability, Thing
from kg.position.bounds import View, stands
from kg.position.measures import cut_points

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["find_cuts", "firm_cuts"]


def firm_cuts(seen: View, graph: nx.Graph | None = None) -> dict[str, tuple[frozenset[str], ...]]:
    """Return the cut-points with their parts, as far as the names and lists of the report allow one to tell.

    Parts are made one where members of both may be the same participant, or where a forum of one is a part of a forum
    of the other. A part whose forums all have no list is left out: who else sits there the report does not say. So is
    one where the actor has no seat, but is a party, and one of forums where nobody else is named: that the actor alone
    joins its own meeting to others says nothing of the others. The municipality itself is no cut-point: it does not
    leave its own forums, and different functions sit there for it. `graph` is the network seen, or a copy of it with
    ties dropped.
    """
    found = {}
    graph = seen.graph if graph is None else graph
    for node, parts in cut_points(graph).items():
        if node != seen.home:
            joined = _made_one(seen, graph, node, parts)
            if len(joined) > 1:
                found[node] = joined
    return found


def _made_one(
    seen: View, graph: nx.Graph, without: str, parts: tuple[frozenset[str], ...]
) -> tuple[frozenset[str], ...]:
    import networkx as nx  # noqa: PLC0415  the command starts without it

    parts = tuple(part for part in parts if not part <= seen.silent)
    if seen.graph.nodes[without]["bipartite"] == 0:
        parts = tuple(part for part in parts if any(seen.sits(without, forum) for forum in part))
        parts = tuple(part for part in parts if not all(seen.fills(without, forum) for forum in part))
    part_of: dict[str, int] = {}
    for index, part in enumerate(parts):
        sitting = ((actor, forum) for forum in part for actor in graph[forum])
        part_of.update(
            (actor, index) for actor, forum in sitting if actor != without and stands(graph, seen.home, actor, forum)
        )
    links: nx.Graph = nx.Graph()
    links.add_nodes_from(range(len(parts)))
    links.add_edges_from((part_of[a], part_of[b]) for a, b in seen.kin if a in part_of and b in part_of)
    links.add_edges_from(
        (a, b)
        for a, b in combinations(range(len(parts)), 2)
        if any(seen.belongs(first, second) for first in parts[a] for second in parts[b])
    )
    joined = (frozenset().union(*(parts[index] for index in each)) for each in nx.connected_components(links))
    return tuple(sorted(joined, key=lambda part: (-len(part), sorted(part))))


def find_cuts(seen: View, held: Mapping[Hashable, Stability]) -> list[Remark]:
    """Return the actors, then the forums, without which other forums are no longer joined by shared members.

    `names` are the forums of the smaller parts, then those of the largest (`sizes`, the largest last). `sure` is 1
    where the parts stay apart whoever sits in the open lists. `organisation` says whether the parts are still apart
    once actors are counted by organisation: "holds", "some" where some are, "falls" where none is, "" where not asked.
    """
    found = firm_cuts(seen)
    actors = [node for node in found if seen.graph.nodes[node]["bipartite"] == 0]
    ordered = sorted(found, key=lambda node: (node not in actors, -sum(map(len, found[node][1:])), seen.thing(node)))
    return [_cut(seen, node, found[node], held.get(("cut", node))) for node in ordered]


def _cut(seen: View, node: str, parts: tuple[frozenset[str], ...], held: Stability | None) -> Remark:
    smaller, largest = parts[1:], parts[0]
    actor = seen.graph.nodes[node]["bipartite"] == 0
    asked = actor and seen.level is not Rollup.ORGANISATION
    listed = sorted(_by_name(seen, part) for part in smaller)
    ties = [(node, forum) for forum in seen.graph[node]] if actor else [(each, node) for each in seen.graph[node]]
    return seen.remark(
        "cut-actor" if actor else "cut-forum",
        about=(seen.thing(node),),
        names=(*(each for part in listed for each in part), *_by_name(seen, largest)),
        figures=(
            ("sizes", ",".join(str(len(part)) for part in (*listed, largest))),
            ("sure", int(_are_apart(seen.wide, node, parts))),
            ("open", sum(forum in seen.unlisted for part in parts for forum in part)),
            ("organisation", _coarser(seen.without(node), parts) if asked else ""),
        ),
        memberships=[each for tie in sorted(ties) for each in seen.memberships(*tie)],
        held=held,
    )


def _by_name(seen: View, nodes: Iterable[str]) -> list[Thing]:
    return sorted((seen.thing(node) for node in nodes), key=lambda thing: (thing.sv, thing.iri))


def _are_apart(graph: nx.Graph, without: str, parts: Sequence[frozenset[str]]) -> bool:
    """Whether no two of the parts are joined in the graph without a node."""
    import networkx as nx  # noqa: PLC0415  the command starts without it

    rest = graph.subgraph(set(graph) - {without})
    number = {node: index for index, each in enumerate(nx.connected_components(rest)) for node in each}
    where = [{number[forum] for forum in part if forum in number} for part in parts]
    return all(not (a & b) for index, a in enumerate(where) for b in where[:index])


def _coarser(graph: nx.Graph, parts: Sequence[frozenset[str]]) -> str:
    if _are_apart(graph, "", parts):
        return "holds"
    lonely = any(_are_apart(graph, "", (part, frozenset().union(*(p for p in parts if p != part)))) for part in parts)
    return "some" if lonely else "falls"
