"""What is asked of a hundred copies by bits is what networkx finds in each of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cases import Case
from kg.findings import Rollup, Stability
from kg.position import joints_in, vacant_in
from kg.position.bits import Bits, Copy, bits, grown
from kg.position.bounds import View, view
from kg.position.communities import communities
from kg.position.grouping import Grouping
from kg.position.steadiness import held_of_joints
from kg.position.steady_chairs import held_of_vacancies
from kg.rollup import SHARES, drop_ties, stability
from tests.synthetic import all_cases, real_store, synthetic_store


def two_modes(ties: Iterable[tuple[str, str]]) -> nx.Graph:
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from("abcdefgh", bipartite=0)
    graph.add_nodes_from("QRSTUV", bipartite=1)
    graph.add_edges_from(ties)
    return graph


TIES = st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("QRSTUV")), min_size=1)
GRAPHS = TIES.map(two_modes)


def ties_of(network: Bits, copy: Copy) -> set[frozenset[str]]:
    return {
        frozenset((network.actors[actor], network.forums[forum]))
        for forum, members in enumerate(copy.members)
        for actor in bits(members)
    }


@given(GRAPHS, st.sampled_from(SHARES), st.integers(0, 9))
def test_a_copy_has_the_ties_that_dropping_leaves(graph: nx.Graph, share: float, seed: int) -> None:
    network = Bits(graph)
    (copy,) = network.copies(share, 1, seed=seed)
    assert ties_of(network, copy) == set(map(frozenset, drop_ties(graph, share, seed).edges))
    assert ties_of(network, network.whole) == set(map(frozenset, graph.edges))
    for forum, members in enumerate(copy.members):
        assert all(copy.forums[actor] >> forum & 1 for actor in bits(members))


@given(GRAPHS, st.sampled_from("abcdefgh"), st.sampled_from("QRSTUV"))
def test_what_grows_is_what_hangs_together(graph: nx.Graph, actor: str, forum: str) -> None:
    network = Bits(graph)
    rest = graph.subgraph(set(graph) - {actor})
    found = grown(network.whole, 1 << network.forum[forum], without_actors=1 << network.actor[actor])
    assert {network.forums[each] for each in bits(found)} == set(nx.node_connected_component(rest, forum)) & set(
        "QRSTUV"
    )


@given(GRAPHS)
@settings(max_examples=200)
def test_groups_by_numbers_are_the_communities(graph: nx.Graph) -> None:
    network = Bits(graph)
    found = {frozenset(network.forums[each] for each in bits(mask)) for mask in Grouping(network).groups(network.whole)}
    expected = (each & frozenset("QRSTUV") for each in communities(graph, starts=1))
    assert found == {each for each in expected if len(each) > 1}


Finder = Callable[[View], Callable[[nx.Graph], Iterable[Hashable]]]


def differing(
    case: Case, level: Rollup, find: Finder, held: Callable[..., dict[Hashable, Stability]]
) -> list[Hashable]:
    seen = view(case, level)
    expected = stability(seen.graph, find(seen), draws=4)
    found = held(seen, dict.fromkeys(find(seen)(seen.graph)), draws=4)
    return [key for key in {*expected, *found} if expected.get(key) != found.get(key)]


@pytest.mark.parametrize("store", [real_store, synthetic_store])
def test_steadiness_is_that_of_finding_everything_anew(store: Callable[[], object]) -> None:
    cases = [each for each in all_cases(store()) if each.forums]  # type: ignore[arg-type]  the two stores
    assert len(cases) > 4
    for case in cases:
        assert not differing(case, Rollup.UNIT, vacant_in, held_of_vacancies), case.source.key
        for level in (Rollup.UNIT, Rollup.ORGANISATION):
            assert not differing(case, level, joints_in, held_of_joints), (case.source.key, level)


def test_a_key_that_is_not_known_is_an_error() -> None:
    seen = view(next(each for each in all_cases(real_store()) if each.forums), Rollup.UNIT)
    with pytest.raises(KeyError):
        held_of_joints(seen, [("something", "else")], draws=1)
    with pytest.raises(KeyError):
        held_of_vacancies(seen, [1], draws=1)
