"""Measures of two-mode graphs: published values, values worked out by hand, and what must hold of any graph."""

from __future__ import annotations

import itertools

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite

from kg.position.communities import barber_modularity, communities
from kg.position.measures import (
    Brokerage,
    brokerage,
    centrality,
    constraint,
    cut_points,
    meeting_graph,
    redundancy,
    sole_links,
)


def two_mode(ties: set[tuple[str, str]], nodes: str = "") -> nx.Graph:
    """Return a graph of ties from actors (small letters) to forums (capitals)."""
    graph = nx.Graph()
    for node in (*nodes, *(each for tie in sorted(ties) for each in tie)):
        graph.add_node(node, bipartite=int(node.isupper()))
    graph.add_edges_from(sorted(ties))
    return graph


GRAPHS = st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("FGHIJ")), min_size=1).map(two_mode)
SOUTHERN_WOMEN = nx.davis_southern_women_graph()
WOMEN = [node for node, mode in SOUTHERN_WOMEN.nodes(data="bipartite") if mode == 0]

# Degree, closeness, betweenness, two decimals: what networkx' own tests hold bipartite centrality to.
PRINTED = {
    "E8": (0.78, 0.85, 0.24),
    "E9": (0.67, 0.79, 0.23),
    "E7": (0.56, 0.73, 0.13),
    "Nora Fayette": (0.57, 0.80, 0.11),
    "Evelyn Jefferson": (0.57, 0.80, 0.10),
    "Theresa Anderson": (0.57, 0.80, 0.09),
    "Sylvia Avondale": (0.50, 0.77, 0.07),
    "Laura Mandeville": (0.50, 0.73, 0.05),
    "Helen Lloyd": (0.36, 0.73, 0.04),
    "E3": (0.33, 0.56, 0.02),
    "Ruth DeSand": (0.29, 0.71, 0.02),
    "Pearl Oglethorpe": (0.21, 0.67, 0.01),
    "Charlotte McDowd": (0.29, 0.60, 0.01),
    "Olivia Carleton": (0.14, 0.59, 0.01),
    "Dorothy Murchison": (0.14, 0.65, 0.00),
    "E14": (0.17, 0.52, 0.00),
}


@pytest.mark.parametrize("node", PRINTED)
def test_centralities_of_the_southern_women_are_those_printed(node: str) -> None:
    found = centrality(SOUTHERN_WOMEN)[node]
    assert (found.degree, found.closeness, found.betweenness) == pytest.approx(PRINTED[node], abs=0.01)


@given(GRAPHS.filter(nx.is_connected))
@settings(deadline=None)
def test_centralities_of_a_connected_graph_equal_those_of_networkx(graph: nx.Graph) -> None:
    first = [node for node, mode in graph.nodes(data="bipartite") if mode == 0]
    found = centrality(graph)
    degree, closeness = bipartite.degree_centrality(graph, first), bipartite.closeness_centrality(graph, first)
    for node in graph:
        assert found[node].degree == pytest.approx(degree[node])
        assert found[node].closeness == pytest.approx(closeness[node])
    if min(len(first), len(graph) - len(first)) > 1:  # networkx divides by 0 where a mode has one node
        between = bipartite.betweenness_centrality(graph, first)
        assert {node: each.betweenness for node, each in found.items()} == pytest.approx(between)


@given(GRAPHS, st.sampled_from("abcdef"), st.sampled_from("FGHIJ"))
@settings(deadline=None)
def test_a_tie_more_never_lowers_degree_or_closeness(graph: nx.Graph, actor: str, forum: str) -> None:
    if actor in graph and forum in graph:
        before, more = centrality(graph), graph.copy()
        more.add_edge(actor, forum)
        after = centrality(more)
        for node in graph:
            assert 0 <= before[node].degree <= after[node].degree <= 1
            assert 0 < before[node].closeness <= after[node].closeness <= 1
            assert 0 <= before[node].betweenness <= 1


def test_a_graph_of_one_mode_has_no_centrality_and_no_redundancy() -> None:
    graph = two_mode(set(), "ab")
    assert {each.degree for each in centrality(graph).values()} == {0.0}
    assert redundancy(graph) == {"a": None, "b": None}
    assert centrality(nx.Graph()) == {}


def test_redundancy_is_the_share_of_pairs_joined_without_the_node() -> None:
    # a joins F-G, F-H and G-H; only F-G is joined by b too: 1 of 3. b joins F-G, which a joins too: 1 of 1.
    graph = two_mode({("a", "F"), ("a", "G"), ("a", "H"), ("b", "F"), ("b", "G")})
    found = redundancy(graph)
    assert found["a"] == pytest.approx(1 / 3)
    assert (found["b"], found["H"]) == (1.0, None)


def test_constraint_of_burts_example_is_that_worked_out_by_hand() -> None:
    # G has six contacts, p = 1/6 each; what reaches one of them through another is added before squaring:
    # A through B (1/3), E (1/2), F (1/2): (1/6 · 7/3)²; B through A (1/4), D (1/2): (1/6 · 7/4)²; C: (1/6)²;
    # D through B (1/3): (1/6 · 4/3)²; E and F through A (1/4) each: 2 (1/6 · 5/4)².
    graph = nx.Graph(map(tuple, ["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"]))
    by_hand = ((7 / 3) ** 2 + (7 / 4) ** 2 + 1 + (4 / 3) ** 2 + 2 * (5 / 4) ** 2) / 36
    found = constraint(graph)
    assert found["G"] == pytest.approx(by_hand) == pytest.approx(0.400, abs=0.001)
    assert found["C"] == 1.0
    assert found["A"] == pytest.approx(0.595, abs=0.001)


def test_constraint_of_nobody_met_is_none() -> None:
    assert constraint(nx.empty_graph(2)) == {0: None, 1: None}
    assert constraint(nx.compose(nx.path_graph(2), nx.empty_graph(3)))[2] is None


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("xxx", "coordinator"),
        ("xyx", "itinerant"),
        ("xxy", "representative"),
        ("yxx", "gatekeeper"),
        ("xyz", "liaison"),
    ],
)
def test_the_five_triads_that_define_the_roles_count_one_each(groups: str, role: str) -> None:
    directed = nx.DiGraph([(0, 1), (1, 2)])
    found = brokerage(directed, dict(enumerate(groups)))
    assert found[1] == Brokerage(**{role: 1})
    assert found[0] == found[2] == Brokerage()


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda tie: tie[0] != tie[1])), st.booleans())
@settings(deadline=None)
def test_roles_count_every_open_two_path_once(ties: set[tuple[int, int]], directed: bool) -> None:
    graph = (nx.DiGraph if directed else nx.Graph)(sorted(ties))
    groups = {node: node % 3 for node in graph}
    found = brokerage(graph, groups)
    for broker in graph:
        paths = [
            (a, c)
            for a, c in itertools.permutations(graph, 2)
            if graph.has_edge(a, broker)
            and graph.has_edge(broker, c)
            and not graph.has_edge(a, c)
            and broker not in {a, c}
        ]
        assert found[broker].total == len(paths)
        assert found[broker].across == sum(groups[a] != groups[c] for a, c in paths)
        assert found[broker].liaison == sum(len({groups[a], groups[c], groups[broker]}) == 3 for a, c in paths)
        if not directed:
            assert found[broker].representative == found[broker].gatekeeper


def test_an_actor_between_forums_is_a_cut_point_and_a_forum_of_lone_members_is_none() -> None:
    # F-a-G; b and c sit in G only, so that without G nobody but them is left: G parts members, not forums.
    found = cut_points(two_mode({("a", "F"), ("a", "G"), ("b", "G"), ("c", "G")}))
    assert found == {"a": (frozenset("F"), frozenset("G"))}


def test_a_forum_through_which_others_are_joined_is_a_cut_point() -> None:
    found = cut_points(two_mode({("a", "F"), ("a", "G"), ("b", "G"), ("b", "H")}))
    assert found["G"] == (frozenset("F"), frozenset("H"))
    assert set(found) == {"a", "b", "G"}


@given(GRAPHS.filter(nx.is_connected), GRAPHS.filter(nx.is_connected), st.data())
@settings(deadline=None)
def test_an_actor_put_between_two_networks_is_found_with_the_forums_that_it_parts(
    one: nx.Graph, other: nx.Graph, data: st.DataObject
) -> None:
    both = nx.union(one, other, rename=("1", "2"))
    sides = [{node for node in both if node[0] == side and node[1].isupper()} for side in "12"]
    both.add_node("bridge", bipartite=0)
    both.add_edges_from(("bridge", data.draw(st.sampled_from(sorted(side)))) for side in sides)
    found = cut_points(both)["bridge"]
    assert set(found) == {frozenset(side) for side in sides}
    assert "bridge" in sole_links(both).values()


@given(GRAPHS)
@settings(deadline=None)
def test_a_cut_point_is_what_raises_the_number_of_parts_with_forums(graph: nx.Graph) -> None:
    def parts(of: nx.Graph) -> int:
        return sum(any(each.isupper() for each in part) for part in nx.connected_components(of))

    for node in graph:
        rest = graph.subgraph(set(graph) - {node})
        left = parts(rest) - parts(graph) + (1 if node.isupper() and not _keeps_forums(graph, node) else 0)
        assert (node in cut_points(graph)) == (left > 0)


def _keeps_forums(graph: nx.Graph, node: str) -> bool:
    """Whether the node's own part holds a forum besides it."""
    return any(each.isupper() and each != node for each in nx.node_connected_component(graph, node))


@given(GRAPHS)
@settings(deadline=None)
def test_a_sole_link_is_the_one_member_of_both(graph: nx.Graph) -> None:
    forums = sorted(node for node in graph if node.isupper())
    shared = {pair: set(graph[pair[0]]) & set(graph[pair[1]]) for pair in itertools.combinations(forums, 2)}
    assert sole_links(graph) == {pair: next(iter(found)) for pair, found in shared.items() if len(found) == 1}


def test_who_meets_whom_counts_shared_forums() -> None:
    met = meeting_graph(two_mode({("a", "F"), ("b", "F"), ("a", "G"), ("b", "G"), ("c", "G")}, "d"))
    assert sorted(met.edges(data="weight")) == [("a", "b", 2), ("a", "c", 1), ("b", "c", 1)]
    assert "d" in met


def _by_matrix(graph: nx.Graph, groups: list[set[str]]) -> float:
    """Return Barber's Q straight from his definition: Tr RᵀBT / m, written as a double sum."""
    m = graph.number_of_edges()
    women = [node for node, mode in graph.nodes(data="bipartite") if mode == 0]
    events = [node for node, mode in graph.nodes(data="bipartite") if mode == 1]
    together = {(a, b) for group in groups for a in group for b in group}
    return (
        sum(
            graph.has_edge(i, j) - graph.degree(i) * graph.degree(j) / m
            for i in women
            for j in events
            if (i, j) in together
        )
        / m
    )


def test_modularity_of_the_agreed_groups_of_southern_women_is_that_of_the_matrix_formula() -> None:
    # Freeman (2003): the women agreed upon fall into the first nine and the last nine in the order of the table; the
    # events go with those who attended them most.
    order = sorted(WOMEN, key=list(SOUTHERN_WOMEN).index)
    first = {"Evelyn Jefferson", "Laura Mandeville", "Theresa Anderson", "Brenda Rogers", "Charlotte McDowd"}
    first |= {"Frances Anderson", "Eleanor Nye", "Pearl Oglethorpe", "Ruth DeSand"}
    second = set(order) - first
    events = set(SOUTHERN_WOMEN) - set(order)
    early = {
        event for event in events if len(set(SOUTHERN_WOMEN[event]) & first) > len(set(SOUTHERN_WOMEN[event]) & second)
    }
    groups = [first | early, second | (events - early)]
    found = barber_modularity(SOUTHERN_WOMEN, groups)
    assert found == pytest.approx(_by_matrix(SOUTHERN_WOMEN, groups))
    assert 0.29 < found < barber_modularity(SOUTHERN_WOMEN, communities(SOUTHERN_WOMEN))


@given(GRAPHS, st.integers(1, 3))
@settings(deadline=None)
def test_modularity_equals_the_matrix_formula_and_is_0_for_one_group(graph: nx.Graph, parts: int) -> None:
    groups = [{node for node in graph if ord(node) % parts == rest} for rest in range(parts)]
    assert barber_modularity(graph, groups) == pytest.approx(_by_matrix(graph, groups))
    assert barber_modularity(graph, [set(graph)]) == pytest.approx(0)


def test_modularity_without_ties_is_0() -> None:
    assert barber_modularity(two_mode(set(), "aF"), [{"a", "F"}]) == 0.0
    assert communities(two_mode(set(), "aF")) == ()


def test_communities_find_the_blocks_that_share_nothing() -> None:
    # Two blocks of two forums and two actors each: m = 8, Q = 2 (4/8 − 16/64) = 1/2.
    ties = {(a, f) for a in "ab" for f in "FG"} | {(a, f) for a in "cd" for f in "HI"}
    graph = two_mode(ties)
    found = communities(graph)
    assert set(found) == {frozenset("abFG"), frozenset("cdHI")}
    assert barber_modularity(graph, found) == 0.5


def test_communities_of_the_southern_women_reach_as_far_as_a_hundred_starts() -> None:
    best = max(barber_modularity(SOUTHERN_WOMEN, communities(SOUTHERN_WOMEN, starts=100, seed=seed)) for seed in (1, 2))
    assert barber_modularity(SOUTHERN_WOMEN, communities(SOUTHERN_WOMEN)) == pytest.approx(best, abs=0.001)


@given(GRAPHS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_communities_part_the_nodes_with_ties_whatever_the_order(graph: nx.Graph, dice: object) -> None:
    found = communities(graph)
    assert sorted(node for group in found for node in group) == sorted(graph)
    mixed = nx.Graph()
    nodes = sorted(graph.nodes(data=True), key=lambda each: each[0])
    dice.shuffle(nodes)  # type: ignore[attr-defined]
    mixed.add_nodes_from(nodes)
    mixed.add_edges_from(graph.edges)
    assert communities(mixed) == found
