"""The two-mode network of one report with its actors counted at one level, and how results stand when ties are dropped.

Only what the report says to hold is in it: forums that run, memberships that are not ended, planned or proposed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING

from kg.cases import Case
from kg.findings import Rollup, Stability, Thing
from kg.namespaces import FB
from kg.network import Actor, Forum, Membership, actor_of, members

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "SHARES",
    "actor_at",
    "actor_nodes",
    "counted_as",
    "drop_ties",
    "forum_nodes",
    "forum_of",
    "stability",
    "two_mode",
]

SHARES = (0.1, 0.2)
_ADMINISTRATIVE = frozenset({FB.Administration, FB.Committee, FB.Assembly, FB.PoliticalBody})


def counted_as(case: Case, membership: Membership, level: Rollup) -> tuple[Actor, ...]:
    """Return as whom a membership counts at a level: its functions, its actor, or one of the actor's parents.

    A member without a named function counts as itself at the finest level. At `ADMINISTRATION` it is the nearest
    administration or committee, or else the part right below the organisation; at `ORGANISATION` the outermost parent.
    A group without a parent ("Skolan") stays itself: which organisation it belongs to is not said.
    """
    if level is Rollup.FUNCTION and membership.functions:
        return tuple(actor_of(case.graph, each.iri) for each in membership.functions)
    return (actor_at(case, membership.actor, level),)


def actor_at(case: Case, actor: Actor, level: Rollup) -> Actor:
    """Return as whom an actor that no membership binds counts at a level: itself or one of its parents."""
    if level in {Rollup.FUNCTION, Rollup.UNIT} or not actor.parents:
        return actor
    if level is Rollup.ORGANISATION:
        return actor_of(case.graph, actor.root)
    line = (actor, *(actor_of(case.graph, each) for each in actor.parents))
    return next((each for each in line if each.classes & _ADMINISTRATIVE), line[-2])


def two_mode(case: Case, level: Rollup = Rollup.UNIT, *, programmes: bool = False) -> nx.Graph:
    """Return the undirected two-mode graph of the case's forums and those who sit in them, counted at a level.

    Nodes: actor IRIs (`bipartite=0`, `thing`, `actor`) and description IRIs (`bipartite=1`, `thing`, `forum`). Edges
    carry `memberships`, the tuple of claims behind them. A forum without known members is a node without edges.
    Programmes, whose parties are no meeting, are left out unless asked for. The input is not changed.
    """
    import networkx as nx  # noqa: PLC0415  the command starts without it

    graph: nx.Graph = nx.Graph()
    for forum in case.forums:
        if not forum.running or (forum.programme and not programmes):
            continue
        graph.add_node(forum.description, bipartite=1, thing=forum.thing, forum=forum)
        for membership in members(case.graph, forum):
            if not membership.current:
                continue
            for actor in counted_as(case, membership, level):
                node = actor.thing.iri
                graph.add_node(node, bipartite=0, thing=actor.thing, actor=actor)
                before = graph.get_edge_data(node, forum.description, {"memberships": ()})["memberships"]
                graph.add_edge(node, forum.description, memberships=(*before, membership))
    return graph


def _of_mode(graph: nx.Graph, mode: int) -> list[str]:
    def name(node: str) -> tuple[str, str]:
        thing: Thing = graph.nodes[node]["thing"]
        return thing.sv, node

    return sorted((node for node, found in graph.nodes(data="bipartite") if found == mode), key=name)


def actor_nodes(graph: nx.Graph) -> list[str]:
    """Return the actors of a two-mode graph, ordered by name."""
    return _of_mode(graph, 0)


def forum_nodes(graph: nx.Graph) -> list[str]:
    """Return the forums of a two-mode graph, ordered by name."""
    return _of_mode(graph, 1)


def forum_of(graph: nx.Graph, node: str) -> Forum:
    """Return the described forum of a node."""
    forum: Forum = graph.nodes[node]["forum"]
    return forum


def drop_ties(graph: nx.Graph, share: float, seed: int) -> nx.Graph:
    """Return a copy without a random share (in 0-1, rounded up) of its ties; all nodes stay. Same seed, same copy."""
    kept = graph.copy()
    ties = sorted(tuple(sorted(each)) for each in graph.edges)
    dice = random.Random(seed)  # noqa: S311  a seeded sample, no secret
    kept.remove_edges_from(dice.sample(ties, math.ceil(share * len(ties))))
    return kept


def stability(
    graph: nx.Graph, find: Callable[[nx.Graph], Iterable[Hashable]], *, draws: int = 50, seed: int = 1
) -> dict[Hashable, Stability]:
    """Return for each thing that `find` finds in the graph how often it is still found with ties dropped.

    Sampling as in Costenbader & Valente (2003), The stability of centrality measures when networks are sampled,
    Social Networks 25, 283-307: a share of ties is removed at random, `draws` times, and the result taken anew.
    `find` must answer with the same keys for the same things in any copy of the graph.
    """
    wanted = list(dict.fromkeys(find(graph)))
    if not wanted:
        return {}
    held: list[dict[Hashable, int]] = []
    for share in SHARES:
        counts = dict.fromkeys(wanted, 0)
        for draw in range(draws):
            for each in set(find(drop_ties(graph, share, seed + draw))) & counts.keys():
                counts[each] += 1
        held.append(counts)
    return {each: Stability(held[0][each] / draws, held[1][each] / draws, draws) for each in wanted}
