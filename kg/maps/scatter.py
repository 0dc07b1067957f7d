"""Where everything stands in the network view: stored positions, so that nothing moves when the page opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from kg.maps.boxes import WIDTH, LevelLayout
from kg.maps.texts import width_of, wrap
from kg.maps.values import MapModel, Text

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Spot", "scatter"]

PASSES = 600
MARGIN_X, MARGIN_Y = 12, 9
FEW, MANY = 3, 160
SEED = 4711
ASPECT, ROOM = 1.7, 1.7
LONG, LINE = 184, 15


Lines = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A node of the network view: its middle and size in whole pixels, its lines of text in both languages."""

    key: str
    x: int
    y: int
    width: int
    height: int
    lines: Lines


def _texts(model: MapModel) -> dict[str, tuple[Lines, int, int]]:
    """Return for each node its lines in both languages and its size; a long name takes two lines."""
    found = {}
    for forum in model.forums:
        found[forum.key] = _fitted(Text(forum.thing.sv, forum.thing.en), size=13, bold=True, beside=22)
    for actor in model.actors:
        found[actor.key] = _fitted(Text(actor.thing.sv, actor.thing.en), size=12.5, bold=False, beside=42)
    for ghost in model.ghosts:
        found[ghost.key] = _fitted(ghost.label, size=12, bold=False, beside=30)
    return found


def _fitted(name: Text, *, size: float, bold: bool, beside: int) -> tuple[Lines, int, int]:
    lines = (wrap(name.sv, LONG, size, bold=bold), wrap(name.of("en"), LONG, size, bold=bold))
    widest = max(width_of(line, size, bold=bold) for each in lines for line in each)
    return lines, widest + beside, LINE * max(len(each) for each in lines) + 9


def _links(model: MapModel) -> list[tuple[str, str]]:
    pairs = [(edge.actor, edge.forum) for edge in model.edges]
    pairs += [(line.start, line.end) for line in model.lines]
    pairs += [(ghost.key, ghost.forum) for ghost in model.ghosts if ghost.forum]
    return sorted({(min(pair), max(pair)) for pair in pairs})


def _springs(graph: nx.Graph, level: LevelLayout, sizes: dict[str, tuple[int, int]]) -> dict[str, list[int]]:
    """Place one connected part so that distance follows the number of steps, starting from the level view."""
    import networkx as nx  # noqa: PLC0415  the command starts without it

    if len(graph) <= FEW:
        hub = max(graph, key=lambda key: (graph.degree(key), key))
        others = sorted(set(graph) - {hub})
        return {key: [0, 42 * row] for row, key in enumerate((*others[:1], hub, *others[1:]))}
    start = {
        box.key: (box.x + box.width / 2, box.y + box.height / 2)
        for box in (*level.forums, *level.actors, *level.ghosts)
    }
    tall = max(level.height, 1)
    initial = {key: (start[key][0] / WIDTH - 0.5, start[key][1] / tall - 0.5) for key in graph}
    if len(graph) <= MANY:
        found = nx.kamada_kawai_layout(graph, pos=initial)
    else:  # its cost grows with the square of the nodes, at each of many steps
        found = nx.spring_layout(graph, pos=initial, iterations=60, seed=SEED)
    area = sum((sizes[key][0] + MARGIN_X) * (sizes[key][1] + MARGIN_Y) for key in graph)
    high = sqrt(area * ROOM / ASPECT)
    (left, right), (top, bottom) = (
        (min(p[axis] for p in found.values()), max(p[axis] for p in found.values())) for axis in (0, 1)
    )
    across, down = max(right - left, 1e-6), max(bottom - top, 1e-6)
    return {
        key: [round((found[key][0] - left) / across * high * ASPECT), round((found[key][1] - top) / down * high)]
        for key in graph
    }


def _apart(spots: dict[str, list[int]], sizes: dict[str, tuple[int, int]]) -> None:
    """Push boxes that overlap apart, along the way that is shorter, until none do."""
    for _ in range(PASSES):
        moved = False
        order = sorted(spots, key=lambda key: (spots[key][0] - sizes[key][0] // 2, key))
        for index, first in enumerate(order):
            reach = spots[first][0] + sizes[first][0] // 2 + MARGIN_X
            for second in order[index + 1 :]:
                if spots[second][0] - sizes[second][0] // 2 >= reach:
                    break
                moved |= _push(spots[first], sizes[first], spots[second], sizes[second])
        if not moved:
            return


def _push(a: list[int], size_a: tuple[int, int], b: list[int], size_b: tuple[int, int]) -> bool:
    across = (size_a[0] + size_b[0]) // 2 + MARGIN_X - abs(a[0] - b[0])
    down = (size_a[1] + size_b[1]) // 2 + MARGIN_Y - abs(a[1] - b[1])
    if across <= 0 or down <= 0:
        return False
    axis, amount = (1, down) if down <= across else (0, across)
    sign = 1 if b[axis] >= a[axis] else -1
    half = amount // 2 + 1
    a[axis] -= sign * half
    b[axis] += sign * half
    return True


def _rows(keys: Sequence[str], sizes: dict[str, tuple[int, int]], right: int, top: int) -> dict[str, list[int]]:
    """Set the nodes without links in rows below the rest."""
    places = {}
    x, y = 0, top
    for key in keys:
        width = sizes[key][0]
        if x and x + width > right:
            x, y = 0, y + 36
        places[key] = [x + width // 2, y]
        x += width + MARGIN_X
    return places


def _shelved(parts: list[dict[str, list[int]]], sizes: dict[str, tuple[int, int]]) -> dict[str, list[int]]:
    """Set the connected parts beside each other in rows no wider than the largest, which comes first."""
    placed: dict[str, list[int]] = {}
    x = y = row = 0
    limit = 0
    for part in parts:
        left = min(at[0] - sizes[key][0] // 2 for key, at in part.items())
        top = min(at[1] - sizes[key][1] // 2 for key, at in part.items())
        width = max(at[0] + sizes[key][0] // 2 for key, at in part.items()) - left
        height = max(at[1] + sizes[key][1] // 2 for key, at in part.items()) - top
        limit = limit or max(width, 900)
        if x and x + width > limit:
            x, y, row = 0, y + row + 40, 0
        for key, at in part.items():
            placed[key] = [at[0] - left + x, at[1] - top + y]
        x, row = x + width + 40, max(row, height)
    return placed


def scatter(model: MapModel, level: LevelLayout) -> tuple[Spot, ...]:
    """Place the network view, in the order of the keys; no two boxes overlap.

    Parts that hang together are placed one by one, the largest first; what has no link stands in rows below.
    """
    import networkx as nx  # noqa: PLC0415  the command starts without it

    texts = _texts(model)
    sizes = {key: (width, height) for key, (_, width, height) in texts.items()}
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(sorted(sizes))
    graph.add_edges_from(_links(model))
    parts = sorted(
        (sorted(each) for each in nx.connected_components(graph) if len(each) > 1), key=lambda each: (-len(each), each)
    )
    found = []
    for part in parts:
        alone: nx.Graph = nx.Graph()
        alone.add_nodes_from(part)
        alone.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.subgraph(part).edges))
        spots = _springs(alone, level, sizes)
        _apart(spots, sizes)
        found.append(spots)
    places = _shelved(found, sizes)
    right = max((places[key][0] + sizes[key][0] // 2 for key in places), default=0)
    bottom = max((places[key][1] + sizes[key][1] // 2 for key in places), default=-44)
    places.update(_rows(sorted(set(sizes) - set(places)), sizes, max(right, 900), bottom + 44))
    return tuple(Spot(key, places[key][0], places[key][1], *sizes[key], texts[key][0]) for key in sorted(places))
