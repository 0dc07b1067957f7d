"""The lines of the level view as SVG paths in whole pixels: curves to actors, ties to ghosts, arrows between forums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.maps.values import EdgeKind, LineKind, MapModel, Side

if TYPE_CHECKING:
    from kg.maps.boxes import Box

__all__ = ["Arrow", "Curve", "Tie", "draw_arrows", "draw_curves", "draw_ties"]

LANE, LANES = 5, 4


@dataclass(frozen=True, slots=True)
class Curve:
    """The path of an edge, by its place in `MapModel.edges`."""

    edge: int
    path: str


@dataclass(frozen=True, slots=True)
class Tie:
    """The short path from a ghost to its forum."""

    ghost: str
    path: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """The path of a line between forums, by its place in `MapModel.lines`."""

    line: int
    path: str


def _ports(box: Box, others: list[tuple[int, str]], room: int) -> dict[str, int]:
    """Return where on the side of a box each edge meets it, spread in the order of the other ends."""
    ordered = sorted(others)
    if len(ordered) < 2:
        return {key: box.middle for _, key in ordered}
    step = min(room / (len(ordered) - 1), 5.0)
    top = box.middle - step * (len(ordered) - 1) / 2
    return {key: round(top + index * step) for index, (_, key) in enumerate(ordered)}


def draw_curves(model: MapModel, at: Mapping[str, Box], *, bend: int = 84) -> tuple[Curve, ...]:
    """Return a curve for each edge, in the order of the edges."""
    sides = {actor.key: actor.side for actor in model.actors}
    of_forum: dict[tuple[str, Side], list[tuple[int, str]]] = {}
    of_actor: dict[str, list[tuple[int, str]]] = {}
    for index, edge in enumerate(model.edges):
        of_forum.setdefault((edge.forum, sides[edge.actor]), []).append((at[edge.actor].middle, str(index)))
        of_actor.setdefault(edge.actor, []).append((at[edge.forum].middle, str(index)))
    forum_ports = {key: _ports(at[key[0]], found, at[key[0]].least - 10) for key, found in of_forum.items()}
    actor_ports = {key: _ports(at[key], found, at[key].least - 14) for key, found in of_actor.items()}
    curves = []
    for index, edge in enumerate(model.edges):
        side, actor, forum = sides[edge.actor], at[edge.actor], at[edge.forum]
        y1, y2 = actor_ports[edge.actor][str(index)], forum_ports[edge.forum, side][str(index)]
        head = 0 if edge.kind is EdgeKind.MEMBER else 3
        if side is Side.LEFT:
            x1, x2, way = actor.x + actor.width, forum.x - head, bend
        else:
            x1, x2, way = actor.x, forum.x + forum.width + head, -bend
        curves.append(Curve(index, f"M{x1} {y1}C{x1 + way} {y1} {x2 - way} {y2} {x2} {y2}"))
    return tuple(curves)


def draw_ties(model: MapModel, at: Mapping[str, Box]) -> tuple[Tie, ...]:
    """Return the short line of each ghost that stands beside a forum."""
    ties = []
    for ghost in model.ghosts:
        if not ghost.forum:
            continue
        pill, forum = at[ghost.key], at[ghost.forum]
        if ghost.side is Side.LEFT:
            x1, x2 = pill.x + pill.width, forum.x
        else:
            x1, x2 = pill.x, forum.x + forum.width
        reach = forum.least // 2 - 5
        y2 = forum.middle + max(-reach, min(reach, pill.middle - forum.middle))
        half = (x1 + x2) // 2
        ties.append(Tie(ghost.key, f"M{x1} {pill.middle}C{half} {pill.middle} {half} {y2} {x2} {y2}"))
    return tuple(ties)


def _lanes(spans: list[tuple[int, int, int]]) -> dict[int, int]:
    """Give each vertical span a lane so that those which overlap differ; the shortest run closest to the boxes."""
    taken: list[list[tuple[int, int]]] = [[] for _ in range(LANES)]
    lanes = {}
    for _, top, bottom, index in sorted((bottom - top, top, bottom, index) for top, bottom, index in spans):
        free = (n for n, used in enumerate(taken) if all(bottom <= low or top >= high for low, high in used))
        lane = next(free, LANES - 1)
        taken[lane].append((top, bottom))
        lanes[index] = lane
    return lanes


def draw_arrows(model: MapModel, at: Mapping[str, Box]) -> tuple[Arrow, ...]:
    """Return the arrows between forums: what informs runs on the left side of the boxes, what steers on the right."""
    arrows: dict[int, Arrow] = {}
    for kind, way in ((LineKind.FLOW, -1), (LineKind.STEERING, 1)):
        ends: dict[int, tuple[int, int]] = {}
        for index, line in enumerate(model.lines):
            if line.kind is kind:
                start, end = at[line.start], at[line.end]
                down = 1 if end.middle > start.middle else -1
                ends[index] = (start.middle + 5 * down, end.middle - 5 * down)
        lanes = _lanes([(min(pair), max(pair), index) for index, pair in ends.items()])
        for index, (y1, y2) in ends.items():
            start, end = at[model.lines[index].start], at[model.lines[index].end]
            edge = start.x if way < 0 else start.x + start.width
            stop = (end.x if way < 0 else end.x + end.width) + 3 * way
            lane = edge + way * (6 + LANE * lanes[index])
            turn = 4 if y2 > y1 else -4
            path = (
                f"M{edge} {y1}H{lane - 4 * way}Q{lane} {y1} {lane} {y1 + turn}"
                f"V{y2 - turn}Q{lane} {y2} {lane - 4 * way} {y2}H{stop}"
            )
            arrows[index] = Arrow(index, path)
    return tuple(arrows[index] for index in sorted(arrows))
