"""Where everything stands in the level view: whole pixels, and the same kind in the same place in every map."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.maps.boxes import LINE, WIDE, Box, Frame, Heading, LevelLayout, Panel
from kg.maps.routes import draw_arrows, draw_curves, draw_ties
from kg.maps.texts import divide, wrap
from kg.maps.values import LEFT, RIGHT, Band, ForumNode, Ghost, GhostKind, MapModel, Side, Text
from kg.maps.words import BANDS, SECTORS
from kg.network import Sector

__all__ = ["actor_lines", "forum_lines", "lay_out"]

TOP = 8
BADGE = 28
PILL_X = {Side.LEFT: 250, Side.RIGHT: 666}
PILL_WIDTH = 134
ACTOR_SIZE, FORUM_SIZE, PILL_SIZE = 12.5, 13.0, 12.0
HEADING, NONE, ROW_GAP, GROUP_GAP, FORUM_GAP = 30, 22, 6, 12, 9
SWEEPS = 12


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a column: a box of a size, and for a forum the pills on both sides of it."""

    key: str
    height: int
    box: int
    lines: tuple[tuple[str, ...], tuple[str, ...]]
    pills: tuple[Ghost, ...] = ()


Column = list[tuple[Sector | Band, Text, list[_Row]]]


def _both(
    label: Text, room: int, size: float, *, bold: bool = False, most: int = 3
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return wrap(label.sv, room, size, bold=bold, most=most), wrap(label.of("en"), room, size, bold=bold, most=most)


def _parted(label: Text, room: int, size: float, *, bold: bool = False) -> Text:
    return Text(divide(label.sv, room, size, bold=bold), divide(label.of("en"), room, size, bold=bold))


def _tallest(lines: tuple[tuple[str, ...], tuple[str, ...]]) -> int:
    return LINE * max(len(each) for each in lines)


def _pill_lines(ghost: Ghost) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return _both(ghost.label, PILL_WIDTH - 26, PILL_SIZE, most=2)


def _stack(pills: Sequence[Ghost]) -> int:
    return sum(_tallest(_pill_lines(each)) + 9 + 5 for each in pills) - 5 if pills else 0


def actor_lines(name: Text, frame: Frame = WIDE) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of the name of an actor in both languages."""
    room = frame.actor_width - BADGE - 14
    return _both(name if frame is WIDE else _parted(name, room, ACTOR_SIZE), room, ACTOR_SIZE, most=frame.most)


def _noted(
    lines: tuple[tuple[str, ...], tuple[str, ...]], note: Text | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return ((*lines[0], note.sv), (*lines[1], note.of("en"))) if note else lines


def _actor_columns(model: MapModel, frame: Frame, notes: Mapping[str, Text]) -> dict[Side, Column]:
    columns: dict[Side, Column] = {}
    for side, sectors in ((Side.LEFT, LEFT), (Side.RIGHT, RIGHT)):
        column: Column = []
        for sector in sectors:
            rows = []
            for actor in sorted(model.actors, key=lambda each: (each.thing.sv, each.key)):
                if actor.sector is sector:
                    lines = _noted(actor_lines(Text(actor.thing.sv, actor.thing.en), frame), notes.get(actor.key))
                    rows.append(_Row(actor.key, _tallest(lines) + 11, _tallest(lines) + 11, lines))
            column.append((sector, SECTORS[sector], rows))
        columns[side] = column
    return columns


def forum_lines(forum: ForumNode, frame: Frame = WIDE) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the name of a forum, and below it its status where it is anything but established."""
    label, room = Text(forum.thing.sv, forum.thing.en), frame.forum_width - 22
    parted = label if frame is WIDE else _parted(label, room, FORUM_SIZE, bold=True)
    name = _both(parted, room, FORUM_SIZE, bold=True, most=frame.most)
    if forum.status is None or forum.status.iri.endswith("/etablerad"):
        return name
    return (*name[0], f"({forum.status.sv})"), (*name[1], f"({forum.status.label('en')})")


def _forum_column(model: MapModel, frame: Frame, notes: Mapping[str, Text]) -> Column:
    beside: dict[str, list[Ghost]] = {}
    for ghost in sorted(model.ghosts, key=lambda each: (each.kind is GhostKind.QUESTION, each.label.sv, each.key)):
        beside.setdefault(ghost.forum, []).append(ghost)
    column: Column = []
    for band in Band:
        rows = []
        for forum in sorted(model.forums, key=lambda each: (each.thing.sv, each.key)):
            if forum.band is band:
                lines = _noted(forum_lines(forum, frame), notes.get(forum.key))
                pills = tuple(beside.get(forum.key, ()))
                stacks = [_stack([each for each in pills if each.side is side]) for side in Side]
                rows.append(_Row(forum.key, max(_tallest(lines) + 15, *stacks), _tallest(lines) + 15, lines, pills))
        if band is Band.MISSING:
            for ghost in beside.get("", ()):
                lines = _both(ghost.label, frame.forum_width - 40, PILL_SIZE, most=2)
                rows.append(_Row(ghost.key, _tallest(lines) + 13, _tallest(lines) + 13, lines))
        if rows or band in {Band.POLITICAL, Band.STRATEGIC, Band.OPERATIONAL, Band.INDIVIDUAL}:
            column.append((band, BANDS[band], rows))
    return column


def _gap(column: Column) -> int:
    return FORUM_GAP if isinstance(column[0][0], Band) else ROW_GAP


def _height(column: Column) -> int:
    """Return the least height of a column."""
    total = 2 * TOP
    for _, _, rows in column:
        total += HEADING + GROUP_GAP + (sum(row.height + _gap(column) for row in rows) if rows else NONE)
    return total


def _places(column: Column, height: int) -> tuple[dict[str, int], list[tuple[Sector | Band, Text, int, bool]]]:
    """Return the top of each row and heading; what height is left over is spread between rows and, twice, groups."""
    spare = height - _height(column)
    shares = sum(len(rows) for _, _, rows in column) + 2 * len(column)
    each = min(spare // shares, 26) if shares else 0
    rest = (spare - each * shares) // len(column)
    tops: dict[str, int] = {}
    headings = []
    y = 2 * TOP
    for code, label, rows in column:
        headings.append((code, label, y, not rows))
        y += HEADING
        for row in rows:
            tops[row.key] = y + each // 2
            y += row.height + _gap(column) + each
        y += GROUP_GAP + 2 * each + rest + (0 if rows else NONE)
    return tops, headings


def _ordered(column: Column, weight: Mapping[str, float]) -> Column:
    """Return the column with the rows of each group by weight; those without one keep their place in the alphabet."""
    return [
        (
            code,
            label,
            sorted(
                rows, key=lambda row: (weight.get(row.key, 1e9), row.key.startswith("question/"), row.lines[0], row.key)
            ),
        )
        for code, label, rows in column
    ]


def _middles(column: Column, height: int) -> dict[str, float]:
    tops, _ = _places(column, height)
    return {row.key: tops[row.key] + row.height / 2 for _, _, rows in column for row in rows}


def _means(pairs: Sequence[tuple[str, str]], at: Mapping[str, float]) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for key, other in pairs:
        found.setdefault(key, []).append(at[other])
    return {key: sum(values) / len(values) for key, values in found.items()}


def crossings(pairs: Sequence[tuple[float, float]]) -> int:
    """Return how many pairs of straight edges between two columns cross, given where each begins and ends.

    >>> crossings([(0, 1), (1, 0), (2, 2)])
    1
    """
    seen: list[float] = []
    total = 0
    for _, end in sorted(pairs, key=lambda pair: (pair[0], pair[1])):
        total += len(seen) - bisect_left(seen, end + 1e-9)
        insort(seen, end)
    return total


def _swept(
    model: MapModel, columns: dict[Side, Column], middle: Column, height: int
) -> tuple[dict[Side, Column], Column]:
    """Order rows by the mean of their neighbours, to and fro, and keep the order with fewest crossings."""
    side_of = {actor.key: actor.side for actor in model.actors}
    pairs = sorted({(edge.actor, edge.forum) for edge in model.edges})
    lines = sorted({tuple(sorted((line.start, line.end))) for line in model.lines})
    best: tuple[int, dict[Side, Column], Column] | None = None
    for sweep in range(SWEEPS):
        forums = _middles(middle, height)
        actors = {key: at for column in columns.values() for key, at in _middles(column, height).items()}
        total = sum(
            crossings([(actors[actor], forums[forum]) for actor, forum in pairs if side_of[actor] is side])
            for side in Side
        )
        if best is None or total < best[0]:
            best = (total, columns, middle)
        if sweep % 2 == 0:
            columns = {side: _ordered(column, _means(pairs, forums)) for side, column in columns.items()}
        else:
            joined = [(forum, actor) for actor, forum in pairs] + [pair for a, b in lines for pair in ((a, b), (b, a))]
            middle = _ordered(middle, _means(joined, {**actors, **forums}))
    if best is None:
        return columns, middle
    return best[1], best[2]


def _boxes(column: Column, tops: Mapping[str, int], x: int, width: int) -> list[Box]:
    return [
        Box(row.key, x, tops[row.key] + (row.height - row.box) // 2, width, row.box, row.lines)
        for _, _, rows in column
        for row in rows
    ]


def _pills(middle: Column, tops: Mapping[str, int]) -> list[Box]:
    boxes = []
    for _, _, rows in middle:
        for row in rows:
            for side in Side:
                pills = [each for each in row.pills if each.side is side]
                y = tops[row.key] + (row.height - _stack(pills)) // 2
                for pill in pills:
                    lines = _pill_lines(pill)
                    boxes.append(Box(pill.key, PILL_X[side], y, PILL_WIDTH, _tallest(lines) + 9, lines))
                    y += _tallest(lines) + 9 + 5
    return boxes


def lay_out(model: MapModel, frame: Frame = WIDE, notes: Mapping[str, Text] | None = None) -> LevelLayout:
    """Place the level view; the drawing is as wide as its frame and as high as its fullest column.

    `notes` are further lines by the key of a forum or actor. A narrow frame has no room for ghosts beside a forum.
    """
    told = notes or {}
    columns = _actor_columns(model, frame, told)
    middle = _forum_column(model, frame, told)
    height = max(_height(column) for column in (*columns.values(), middle))
    columns, middle = _swept(model, columns, middle, height)
    headings: list[Heading] = []
    actors: list[Box] = []
    for side, column in columns.items():
        tops, found = _places(column, height)
        actors += _boxes(column, tops, frame.actors[side], frame.actor_width)
        headings += [
            Heading(code.value, label, frame.actors[side], y, frame.actor_width, empty)
            for code, label, y, empty in found
        ]
    tops, found = _places(middle, height)
    headings += [
        Heading(code.value, label, frame.forums, y, frame.forum_width, empty) for code, label, y, empty in found
    ]
    known = {forum.key for forum in model.forums}
    boxes = _boxes(middle, tops, frame.forums, frame.forum_width)
    forums = [box for box in boxes if box.key in known]
    ghosts = [box for box in boxes if box.key not in known] + _pills(middle, tops)
    at = {box.key: box for box in (*forums, *actors, *ghosts)}
    return LevelLayout(
        height=height + TOP,
        panels=tuple(Panel(code, x, TOP // 2, width, height) for code, (x, width) in frame.panels.items()),
        headings=tuple(headings),
        forums=tuple(forums),
        actors=tuple(actors),
        ghosts=tuple(ghosts),
        curves=draw_curves(model, at, bend=frame.bend),
        ties=draw_ties(model, at),
        arrows=draw_arrows(model, at),
    )
