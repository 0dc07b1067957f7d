"""Measures of two-mode graphs: centrality, redundancy, constraint, brokerage, cut-points, sole links.

Pure graph mathematics: nothing here knows of reports. A two-mode graph is undirected, and its nodes carry `bipartite`:
0 for actors, 1 for forums. Each measure says what a tie that nobody has recorded does to it. Nothing is weighted by how
often an actor comes, and nothing is tested for significance.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Brokerage",
    "Centrality",
    "brokerage",
    "centrality",
    "constraint",
    "cut_points",
    "meeting_graph",
    "redundancy",
    "sole_links",
]

ACTOR, FORUM = 0, 1


@dataclass(frozen=True, slots=True)
class Centrality:
    """Degree, closeness and betweenness of a node, each in 0-1 and normalised for two modes."""

    degree: float
    closeness: float
    betweenness: float


@dataclass(frozen=True, slots=True)
class Brokerage:
    """How many open two-paths a → b → c a broker b stands in, by the groups of the three.

    `coordinator`: all three in one group. `itinerant` (consultant): a and c in one group, b in another.
    `representative`: a and b in one group, c in another. `gatekeeper`: b and c in one group, a in another.
    `liaison`: three groups.
    """

    coordinator: int = 0
    itinerant: int = 0
    representative: int = 0
    gatekeeper: int = 0
    liaison: int = 0

    @property
    def total(self) -> int:
        """All open two-paths."""
        return self.coordinator + self.itinerant + self.across

    @property
    def across(self) -> int:
        """Those whose ends are of different groups."""
        return self.representative + self.gatekeeper + self.liaison


def _mode(graph: nx.Graph, mode: int) -> list[str]:
    return sorted(node for node, found in graph.nodes(data="bipartite") if found == mode)


def centrality(graph: nx.Graph) -> dict[str, Centrality]:
    """Return degree, closeness and betweenness of every node, in 0-1, normalised for two modes.

    Degree: the number of ties over the size of the other mode. Closeness: the least possible sum of distances, n₂ +
    2(n₁ − 1) for a node of a mode of n₁ beside one of n₂, over the actual one; whoever is not reached counts as n₁ + n₂
    steps away, further than any path, so that a tie more never lowers it. Betweenness: over the greatest that a node of
    its mode could have. All equal networkx' own where the graph hangs together; where it does not, networkx' closeness
    of a small part can exceed 1.

    Returns an empty dictionary for an empty graph. A tie that is not recorded can only make degree and closeness too
    low; betweenness it can make too low or too high.

    Reference: Borgatti & Everett (1997), Network analysis of 2-mode data, Social Networks 19, 243-269. Held to the
    two-decimal values on the Southern Women (Davis, Gardner & Gardner 1941) that networkx' own tests carry.

    >>> import networkx as nx
    >>> path = nx.Graph([("a", "F"), ("F", "b"), ("b", "G")])
    >>> nx.set_node_attributes(path, {"a": 0, "b": 0, "F": 1, "G": 1}, "bipartite")
    >>> centrality(path)["F"]
    Centrality(degree=1.0, closeness=1.0, betweenness=1.0)
    """
    from networkx.algorithms import bipartite  # noqa: PLC0415  the command starts without it

    first = _mode(graph, ACTOR)
    if not first or len(first) == len(graph):
        return {node: Centrality(0.0, 0.0, 0.0) for node in sorted(graph)}
    degree = bipartite.degree_centrality(graph, first)
    closeness = _closeness(graph, len(first), len(graph) - len(first))
    between = _betweenness(graph, len(first), len(graph) - len(first))
    return {node: Centrality(degree[node], closeness[node], between[node]) for node in sorted(graph)}


def _closeness(graph: nx.Graph, actors: int, forums: int) -> dict[str, float]:
    import networkx as nx  # noqa: PLC0415  the command starts without it

    least = {ACTOR: forums + 2 * (actors - 1), FORUM: actors + 2 * (forums - 1)}
    found = {}
    for node, steps in nx.all_pairs_shortest_path_length(graph):
        total = sum(steps.values()) + (len(graph) - len(steps)) * len(graph)
        found[node] = least[graph.nodes[node]["bipartite"]] / total
    return found


def _betweenness(graph: nx.Graph, actors: int, forums: int) -> dict[str, float]:
    """Return two-mode betweenness as networkx does; 0 where no node of the mode could have any."""
    import networkx as nx  # noqa: PLC0415  the command starts without it

    if actors == forums == 1:
        return dict.fromkeys(graph, 0.0)
    most = {ACTOR: _most_between(actors, forums), FORUM: _most_between(forums, actors)}
    raw = nx.betweenness_centrality(graph, normalized=False)
    return {node: raw[node] / most[graph.nodes[node]["bipartite"]] if raw[node] else 0.0 for node in graph}


def _most_between(own: int, other: int) -> float:
    """Return the greatest betweenness of a node whose mode has `own` nodes and the other `other`."""
    s, t = divmod(own - 1, other)
    return ((other**2) * ((s + 1) ** 2) + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2.0


def redundancy(graph: nx.Graph) -> dict[str, float | None]:
    """Return for each node the share (0-1) of pairs of its neighbours that are also joined without it.

    None for a node with fewer than two neighbours, which joins no pair. 0 says that every pair meets through this
    node alone, 1 that none depends on it. A tie of the node's own that is not recorded can make it too low or too
    high; one between others only too low.

    Reference: Latapy, Magnien & Del Vecchio (2008), Basic notions for the analysis of large two-mode networks, Social
    Networks 30, 31-48. The function is networkx' own.

    >>> import networkx as nx
    >>> square = nx.Graph([("a", "F"), ("a", "G"), ("b", "F"), ("b", "G"), ("c", "G")])
    >>> redundancy(square)["a"], redundancy(square)["c"]
    (1.0, None)
    """
    from networkx.algorithms import bipartite  # noqa: PLC0415  the command starts without it

    joining = [node for node in graph if graph.degree(node) > 1]
    found = bipartite.node_redundancy(graph, joining) if joining else {}
    return {node: found.get(node) for node in sorted(graph)}


def meeting_graph(graph: nx.Graph) -> nx.Graph:
    """Return the one-mode graph of the actors: tied where they share a forum, `weight` the number of shared forums.

    Newman (2001) would divide by the size of the forum; we do not, since sizes of open lists are unknown. Quadratic in
    the size of one forum, linear in the number of forums.
    """
    import networkx as nx  # noqa: PLC0415  the command starts without it

    met: nx.Graph = nx.Graph()
    met.add_nodes_from(_mode(graph, ACTOR))
    shared = Counter(pair for forum in _mode(graph, FORUM) for pair in combinations(sorted(graph[forum]), 2))
    met.add_weighted_edges_from((*pair, count) for pair, count in sorted(shared.items()))
    return met


def constraint(graph: nx.Graph, *, weight: str | None = None) -> dict[str, float | None]:
    """Return Burt's constraint of every node of a one-mode graph; None for a node without ties.

    cᵢ = Σⱼ (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)², j over the neighbours of i, q over i's other neighbours, p the share of a node's
    ties (or weights) that goes to another. It runs from near 0 (many contacts who do not know each other) to 1 (one
    contact), and slightly above 1 in small dense circles.

    Reference: Burt (1992), Structural Holes, Harvard University Press, chapter 2. Held to his example network as
    Borgatti (1997), Structural holes: unpacking Burt's redundancy measures, Connections 20(1), 35-38, gives it, with
    the value of G worked out by hand from the formula. The function is networkx' own, always for all nodes at once.

    >>> import networkx as nx
    >>> constraint(nx.star_graph(2))
    {0: 0.5, 1: 1.0, 2: 1.0}
    """
    import networkx as nx  # noqa: PLC0415  the command starts without it

    if not graph.number_of_edges():
        return dict.fromkeys(sorted(graph))
    found = nx.constraint(graph, weight=weight)
    return {node: None if math.isnan(found[node]) else round(float(found[node]), 12) for node in sorted(graph)}


def brokerage(graph: nx.Graph, groups: Mapping[str, Hashable]) -> dict[str, Brokerage]:
    """Return for every node of a one-mode graph how many open two-paths it brokers, by the groups of the three.

    b brokers a → b → c where a and c are different and a has no tie to c. An undirected tie is read as two, one each
    way: then each pair counts twice, `representative` equals `gatekeeper`, and half of `total` is the number of
    pairs. A tie that is not recorded may hide a broker's path or make a closed pair look open, so a count is no
    estimate, least of all of another report.

    Raises `KeyError` for a node without a group. Cost: the square of each node's degree.

    Reference: Gould & Fernandez (1989), Structures of mediation: a formal approach to brokerage in transaction
    networks, Sociological Methodology 19, 89-126. Held to the five triads that define the roles there, and to a
    count over all triples.

    >>> import networkx as nx
    >>> brokerage(nx.path_graph(3), {0: "x", 1: "y", 2: "z"})[1]
    Brokerage(coordinator=0, itinerant=0, representative=0, gatekeeper=0, liaison=2)
    """
    before = graph.pred if graph.is_directed() else graph.adj
    after = graph.succ if graph.is_directed() else graph.adj
    found = {}
    for broker in sorted(graph):
        own, counts = groups[broker], Counter[str]()
        for start in before[broker]:
            for end in after[broker]:
                if broker not in {start, end} and start != end and end not in after[start]:
                    counts[_role(groups[start], own, groups[end])] += 1
        found[broker] = Brokerage(**counts)
    return found


def _role(start: Hashable, own: Hashable, end: Hashable) -> str:
    if start == end:
        return "coordinator" if own == start else "itinerant"
    if own == start:
        return "representative"
    return "gatekeeper" if own == end else "liaison"


def cut_points(graph: nx.Graph) -> dict[str, tuple[frozenset[str], ...]]:
    """Return the nodes without which forums fall apart from each other, each with the sets of forums it leaves.

    A node counts where its removal leaves two or more parts that hold a forum; a forum that only has members of its own
    is therefore none. The parts are those of the node's own component, the largest first. A tie that is not recorded
    can make a node look like a cut-point, and never hides that two forums are joined.

    Reference: Hopcroft & Tarjan (1973), Algorithm 447: efficient algorithms for graph manipulation, Communications of
    the ACM 16, 372-378; the articulation points are networkx' own.

    >>> import networkx as nx
    >>> path = nx.Graph([("F", "a"), ("a", "G")])
    >>> nx.set_node_attributes(path, {"a": 0, "F": 1, "G": 1}, "bipartite")
    >>> sorted(sorted(part) for part in cut_points(path)["a"])
    [['F'], ['G']]
    """
    import networkx as nx  # noqa: PLC0415  the command starts without it

    found = {}
    for node in sorted(nx.articulation_points(graph)):
        rest = graph.subgraph(nx.node_connected_component(graph, node) - {node})
        forums = (
            frozenset(each for each in part if graph.nodes[each]["bipartite"] == FORUM)
            for part in nx.connected_components(rest)
        )
        parts = sorted(filter(None, forums), key=lambda part: (-len(part), sorted(part)))
        if len(parts) > 1:
            found[node] = tuple(parts)
    return found


def sole_links(graph: nx.Graph) -> dict[tuple[str, str], str]:
    """Return the pairs of forums (in the order of their names) that share exactly one actor, with that actor.

    A tie that is not recorded can make a shared actor look like the only one. Cost: the square of each actor's degree.

    >>> import networkx as nx
    >>> path = nx.Graph([("F", "a"), ("a", "G")])
    >>> nx.set_node_attributes(path, {"a": 0, "F": 1, "G": 1}, "bipartite")
    >>> sole_links(path)
    {('F', 'G'): 'a'}
    """
    shared: dict[tuple[str, str], list[str]] = {}
    for actor in _mode(graph, ACTOR):
        for first, second in combinations(sorted(graph[actor]), 2):
            shared.setdefault((first, second), []).append(actor)
    return {pair: found[0] for pair, found in sorted(shared.items()) if len(found) == 1}
