"""How a signal gets from one actor or forum to another, in how few steps, and where it stops.

The steps are those of `kg.paths.steps`. A whole municipality or region is where a path may start or end, never what it
passes: who of it hears a thing in one room and who sits in another is not said.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from kg.cases import Case, certainty_of
from kg.findings import Evidence, Rollup, Thing
from kg.namespaces import concept, last_part
from kg.paths.steps import TOLD, Bond, Link, Step, signal_graph

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["PAUSED", "Path", "Reach", "find_paths", "flow_pairs", "paths_between", "reach", "steps_from"]

PAUSED = concept("status", "pausad")
MOST = 100


@dataclass(frozen=True, slots=True)
class Path:
    """A shortest way from a start to a goal: at least one step, each going on where the one before ended.

    `paused` are the forums on it that the report says are paused.
    """

    steps: tuple[Step, ...]
    paused: tuple[Thing, ...] = ()

    @property
    def things(self) -> tuple[Thing, ...]:
        """All that the path passes, start and goal included."""
        return (self.steps[0].start, *(each.end for each in self.steps))

    @property
    def stated(self) -> bool:
        """Whether the report tells every step: flows and reports only."""
        return all(each.link in TOLD for each in self.steps)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the path rests on: of each step the claims of the bonds of its surest kind."""
        found = [e for step in self.steps for bond in step.bonds if bond.link is step.link for e in bond.evidence]
        return tuple(dict.fromkeys(found))

    @property
    def certainty(self) -> Thing | None:
        """The certainty of its weakest step, each step taken at its best bond."""
        best = [
            [found for bond in step.bonds if bond.link is step.link and (found := _weakest(bond))]
            for step in self.steps
        ]
        return certainty_of([min(each, key=_sureness) for each in best if each])


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a signal gets, as far as the report describes it; nearest first, then by name.

    `found` pairs each thing reached with its number of steps, the start left out. `stops` are the forums, systems and
    receivers of stated flows (or the start) from which nothing leads on to another such, only back: the first is the
    nearest dead end. Members with whom a signal ends because they only sit in the forum are no stops. `open_lists` are
    the forums passed whose member list the report does not give as whole: there the signal may get further.
    """

    origin: Thing
    found: tuple[tuple[Thing, int], ...]
    stops: tuple[Thing, ...]
    open_lists: tuple[Thing, ...]


def _weakest(bond: Bond) -> Evidence | None:
    stated = [each for each in bond.evidence if each.certainty]
    return max(stated, key=_sureness, default=None)


def _sureness(evidence: Evidence) -> tuple[int, str]:
    code = last_part(evidence.certainty.iri) if evidence.certainty else ""
    return {"antydd": 1, "tolkad": 2}.get(code, 0), evidence.claim


def steps_from(graph: nx.DiGraph, origin: str) -> dict[str, int]:
    """Return the least number of steps to each node that is reached; the origin at 0. No whole body is passed."""
    found, ahead = {origin: 0}, deque([origin])
    while ahead:
        node = ahead.popleft()
        if node != origin and graph.nodes[node].get("whole"):
            continue
        for following in graph.successors(node):
            if following not in found:
                found[following] = found[node] + 1
                ahead.append(following)
    return found


def _name(graph: nx.DiGraph, node: str) -> tuple[str, str]:
    thing: Thing = graph.nodes[node]["thing"]
    return thing.sv, node


def paths_between(graph: nx.DiGraph, start: str, goal: str, *, most: int = MOST) -> list[Path]:
    """Return all shortest paths between two nodes of a signal graph, in the order of the names passed.

    Empty where no way is described or the two are the same. The number of ties can grow without bound, so at most
    `most` are returned, the first in the order.
    """
    if start == goal or start not in graph or goal not in graph:
        return []
    left = steps_from(graph.reverse(copy=False), goal)
    if start not in left:
        return []

    def ways(node: str) -> Iterator[tuple[str, ...]]:
        if node == goal:
            yield (node,)
            return
        nearer = [each for each in graph.successors(node) if left.get(each, -1) == left[node] - 1]
        nearer = [each for each in nearer if each == goal or not graph.nodes[each].get("whole")]
        for following in sorted(nearer, key=lambda each: _name(graph, each)):
            for rest in ways(following):
                yield (node, *rest)

    return [_path(graph, way) for way in islice(ways(start), most)]


def _path(graph: nx.DiGraph, way: tuple[str, ...]) -> Path:
    passed = [forum for node in way if (forum := graph.nodes[node]["forum"])]
    return Path(
        tuple(_step(graph, one, two) for one, two in pairwise(way)),
        tuple(each.thing for each in passed if each.status and each.status.iri == PAUSED),
    )


def _step(graph: nx.DiGraph, start: str, end: str) -> Step:
    return Step(graph.nodes[start]["thing"], graph.nodes[end]["thing"], graph.edges[start, end]["bonds"])


def find_paths(case: Case, start: str, goal: str, *, level: Rollup = Rollup.UNIT, most: int = MOST) -> list[Path]:
    """Return all shortest paths in one report from an actor, forum or system to another, both by IRI.

    The length is the number of steps. Breadth-first search (Moore 1959, The shortest path through a maze), O(nodes +
    steps). A membership or flow that the report does not mention can only make a path longer than it is, or hide it:
    no path is "none described", never "none".
    """
    return paths_between(signal_graph(case, level), start, goal, most=most)


def reach(graph: nx.DiGraph, origin: str, *, backward: bool = False) -> Reach:
    """Return how far a signal from a node gets; `backward` from where one gets to it.

    Raises `KeyError` for a node that is not in the graph.
    """
    if origin not in graph:
        raise KeyError(origin)
    way = graph.reverse(copy=False) if backward else graph
    found = steps_from(way, origin)
    ordered = sorted(found, key=lambda each: (found[each], _name(graph, each)))
    things = {each: graph.nodes[each]["thing"] for each in ordered}
    posts = {each for each in ordered if graph.nodes[each]["forum"] or each == origin or _is_told(way, each)}
    return Reach(
        origin=things[origin],
        found=tuple((things[each], found[each]) for each in ordered if each != origin),
        stops=tuple(
            things[each]
            for each in ordered
            if each in posts and all(found[after] < found[each] for after in way.successors(each) if after in posts)
        ),
        open_lists=tuple(
            things[each] for each in ordered if (forum := graph.nodes[each]["forum"]) and not forum.whole_list
        ),
    )


def _is_told(graph: nx.DiGraph, node: str) -> bool:
    """Whether a stated flow or report leads to a node."""
    return any(bonds[0].link in TOLD for _, _, bonds in graph.in_edges(node, data="bonds"))


def flow_pairs(graph: nx.DiGraph) -> list[tuple[str, str]]:
    """Return each pair in which stated flows alone, directly or in steps, lead from the one to the other, sorted.

    Equals `queries/definitions/flow-reach.rq` at the level `unit`.
    """
    import networkx as nx  # noqa: PLC0415  the command starts without it

    told: nx.DiGraph = nx.DiGraph(
        (start, end) for start, end, bonds in graph.edges(data="bonds") if any(b.link is Link.FLOW for b in bonds)
    )
    return sorted((start, end) for start in told for end in steps_from(told, start) if end != start)
