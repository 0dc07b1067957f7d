"""Communities of two-mode graphs: groups of actors and forums, and how far they are from chance."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["barber_modularity", "communities"]

ACTOR, FORUM = 0, 1
LEAST = 1e-12


def barber_modularity(graph: nx.Graph, groups: Iterable[Iterable[str]]) -> float:
    """Return Barber's modularity of groups that hold nodes of both modes.

    Q = (1/m) Σ (Aᵢⱼ − kᵢdⱼ/m) over the pairs of an actor i and a forum j in the same group; m ties, k and d degrees. It
    is 0 for one group of everything, at most 1, and not comparable between graphs of different size. 0 for a graph
    without ties. Nodes in no group stand alone. A tie that is not recorded changes it either way.

    Reference: Barber (2007), Modularity and community detection in bipartite networks, Physical Review E 76, 066102.
    Held to his matrix formula, computed apart, on the two groups of women that Freeman (2003), Finding social groups,
    finds agreed upon in twenty-one studies of the Southern Women.

    >>> import networkx as nx
    >>> pairs = nx.Graph([("a", "F"), ("b", "G")])
    >>> nx.set_node_attributes(pairs, {"a": 0, "b": 0, "F": 1, "G": 1}, "bipartite")
    >>> barber_modularity(pairs, [{"a", "F"}, {"b", "G"}])
    0.5
    """
    ties = graph.number_of_edges()
    if not ties:
        return 0.0
    found = 0.0
    for each in groups:
        group = set(each)
        actors = [node for node in group if graph.nodes[node]["bipartite"] == ACTOR]
        within = sum(1 for actor in actors for forum in graph[actor] if forum in group)
        actor_ends = sum(graph.degree(actor) for actor in actors)
        forum_ends = sum(graph.degree(node) for node in group) - actor_ends
        found += within / ties - actor_ends * forum_ends / ties**2
    return found


def communities(graph: nx.Graph, *, starts: int = 20, seed: int = 1) -> tuple[frozenset[str], ...]:
    """Return groups of actors and forums of high bipartite modularity, the largest first; nodes without ties left out.

    Barber's own method (BRIM): the forums' groups induce the actors' and the other way round until nothing improves;
    then the two groups whose union improves most are joined, as long as any does. Starts from each forum by itself and
    from `starts` seeded random groupings, and keeps the best: a local optimum, not proved to be the greatest. Same
    graph, same seed, same groups.

    Reference: as for `barber_modularity`.

    >>> import networkx as nx
    >>> pairs = nx.Graph([("a", "F"), ("b", "G")])
    >>> nx.set_node_attributes(pairs, {"a": 0, "b": 0, "F": 1, "G": 1}, "bipartite")
    >>> [sorted(group) for group in communities(pairs)]
    [['F', 'a'], ['G', 'b']]
    """
    near = {node: sorted(graph[node]) for node in sorted(graph) if graph.degree(node)}
    forums = [node for node in near if graph.nodes[node]["bipartite"] == FORUM]
    if not forums:
        return ()
    dice = random.Random(seed)  # noqa: S311  a seeded sample, no secret
    plans = [{forum: label for label, forum in enumerate(forums)}]
    plans += [{forum: dice.randrange(len(forums)) for forum in forums} for _ in range(starts)]
    best = max((_improved(near, plan) for plan in plans), key=lambda found: found[0])[1]
    groups: dict[int, set[str]] = {}
    for node, label in best.items():
        groups.setdefault(label, set()).add(node)
    return tuple(sorted(map(frozenset, groups.values()), key=lambda group: (-len(group), sorted(group))))


def _improved(near: Mapping[str, list[str]], start: dict[str, int]) -> tuple[float, dict[str, int]]:
    """Return the quality and the groups that a grouping of the forums leads to."""
    forums = dict(start)
    actors = {node: -1 for node in near if node not in forums}
    quality, kept = -1.0, {**actors, **forums}
    while True:
        _induce(near, actors, forums)
        _induce(near, forums, actors)
        now = _join(near, actors, forums)
        if now <= quality + LEAST:
            return round(quality, 12), kept
        quality, kept = now, {**actors, **forums}


def _induce(near: Mapping[str, list[str]], movers: dict[str, int], fixed: Mapping[str, int]) -> None:
    """Put each mover into the group of the other mode where its ties exceed what chance gives by most."""
    ends = Counter[int]()
    for node, label in fixed.items():
        ends[label] += len(near[node])
    whole = ends.total()
    for node in movers:
        here = Counter(fixed[other] for other in near[node])
        gains = {label: round(count - len(near[node]) * ends[label] / whole, 12) for label, count in here.items()}
        movers[node] = max(gains, key=lambda label: (gains[label], -label))


def _tally(
    near: Mapping[str, list[str]], actors: Mapping[str, int], forums: Mapping[str, int]
) -> tuple[Counter[int], Counter[int], Counter[tuple[int, int]]]:
    """Return the ends of ties in each group of actors and of forums, and the ties from each to each."""
    actor_ends, forum_ends, ties = Counter[int](), Counter[int](), Counter[tuple[int, int]]()
    for actor, label in actors.items():
        actor_ends[label] += len(near[actor])
        ties.update((label, forums[forum]) for forum in near[actor])
    for forum, label in forums.items():
        forum_ends[label] += len(near[forum])
    return actor_ends, forum_ends, ties


def _join(near: Mapping[str, list[str]], actors: dict[str, int], forums: dict[str, int]) -> float:
    """Join the two groups whose union raises the modularity most, until none does; return the modularity reached."""
    while True:
        actor_ends, forum_ends, ties = _tally(near, actors, forums)
        whole, labels = ties.total(), sorted({*actor_ends, *forum_ends})
        gains = {
            (a, b): (ties[a, b] + ties[b, a]) / whole
            - (actor_ends[a] * forum_ends[b] + actor_ends[b] * forum_ends[a]) / whole**2
            for a, b in combinations(labels, 2)
        }
        best = max(gains, key=lambda pair: (round(gains[pair], 12), -pair[0], -pair[1]), default=None)
        if best is None or gains[best] <= LEAST:
            return sum(ties[each, each] / whole - actor_ends[each] * forum_ends[each] / whole**2 for each in labels)
        for side in (actors, forums):
            side.update({node: best[0] for node, label in side.items() if label == best[1]})
