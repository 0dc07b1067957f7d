"""Two reports on one municipality as the same level map twice: each thing in one place, what differs marked.

A mark is a line of words and a shape (dashed outline: only in the earlier; thick outline: only in the later). It says
in which report a thing stands, never that it is new or gone; that only the words of a known change do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from kg.change import Change, Shift
from kg.findings import Lang, Thing
from kg.maps.boxes import LINE, NARROW, Box, Heading, LevelLayout
from kg.maps.layout import actor_lines, forum_lines, lay_out
from kg.maps.render import environment
from kg.maps.texts import wrap
from kg.maps.values import ActorNode, Edge, EdgeKind, ForumNode, Line, MapModel, Text, key_of
from kg.maps.visnet import BAND_COLOURS, SECTOR_COLOURS, ink_on
from kg.maps.words import CODES, count

__all__ = ["SideBySide", "identity", "set_beside"]

Which = Literal[0, 1]
GAP_RED = "#A3201A"
HEADING_SIZE = 12

_EARLIER: Mapping[Shift, Text] = {
    Shift.SILENT: Text("bara {own}", "only {own}"),
    Shift.NAMED_ONLY: Text("{other}: bara nämnt", "{other}: only named"),
    Shift.DENIED: Text("{other}: förnekat", "{other}: denied"),
    Shift.ENDED: Text("{other}: upphört", "{other}: ended"),
}
_LATER: Mapping[Shift, Text] = {
    Shift.NEW: Text("bara {own}", "only {own}"),
    Shift.ENDED: Text("upphört", "ended"),
}
_BOTH: Mapping[Shift, Text] = {
    Shift.RENAMED: Text("annat namn {other}", "other name {other}"),
    Shift.STATUS: Text("annan status {other}", "other status {other}"),
    Shift.AGES: Text("andra åldrar {other}", "other ages {other}"),
    Shift.LEVELS: Text("annan nivå {other}", "other level {other}"),
    Shift.RHYTHM: Text("annan rytm {other}", "other rhythm {other}"),
}
_EARLIER_LEVEL = "#earlier"
_ALONE = Text("bara {own}", "only {own}")
_ELSEWHERE = Text("andra forum {other}", "other forums {other}")


@dataclass(frozen=True, slots=True)
class _Side:
    """One report in the common places: its own nodes and links, and a note by the key of each that differs."""

    model: MapModel
    notes: Mapping[str, Text]
    only: frozenset[str]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two maps in the same places; `names` are what the two are called in the marks: years, or days of one year."""

    municipality: Thing
    names: tuple[str, str]
    sides: tuple[_Side, _Side]
    layout: LevelLayout
    edges: tuple[Edge, ...]
    lines: tuple[Line, ...]
    left: frozenset[tuple[str, str]]
    renamed: Mapping[str, str]
    """The key that a forum of the earlier report has in the later, for those that it renames."""

    def model(self, which: Which) -> MapModel:
        """Return the map of the earlier (0) or the later (1) report."""
        return self.sides[which].model

    @property
    def shared(self) -> tuple[int, int]:
        """How many forums and actors stand on both maps, each with at least this name in common."""
        one, two = (side.model for side in self.sides)
        return (
            len({each.key for each in one.forums} & {each.key for each in two.forums}),
            len({each.key for each in one.actors} & {each.key for each in two.actors}),
        )

    def svg(self, which: Which, lang: Lang) -> str:
        """Return the drawing of one side in one language, 644 pixels wide at full size."""
        return environment().get_template("side.svg.j2").render(d=_drawing(self, which, lang))


def identity(key: str) -> str:
    """Return the key of a forum whichever level it stands on: one that changes level has a place on each."""
    return key.removesuffix(_EARLIER_LEVEL)


def set_beside(earlier: MapModel, later: MapModel, changes: Iterable[Change]) -> SideBySide:
    """Return two maps of one municipality in the same places, marked by `changes` (of `kg.change.find_changes`).

    A forum that the later report renames keeps its place; one whose level differs has a place on each level. Gaps and
    questions are left out: they stand on the whole maps.
    """
    found = list(changes)
    names = _names(earlier, later)
    renamed = _renamings(found)
    old = _renamed(earlier, later, renamed)
    notes = [_notes(old, later, found, names, which) for which in (0, 1)]
    edges = {(each.actor, each.forum, each.kind): each for model in (old, later) for each in model.edges}
    lines = {(each.start, each.end, each.kind): each for model in (old, later) for each in model.lines}
    union = replace(
        later,
        forums=_forums(old, later),
        actors=tuple({each.key: each for each in (*old.actors, *later.actors)}.values()),
        edges=tuple(edges.values()),
        lines=tuple(lines.values()),
        ghosts=(),
    )
    keys = [{each.key for each in model.forums} | {each.key for each in model.actors} for model in (old, later)]
    return SideBySide(
        municipality=later.municipality,
        names=names,
        sides=(
            _Side(old, notes[0], frozenset(keys[0] - keys[1])),
            _Side(later, notes[1], frozenset(keys[1] - keys[0])),
        ),
        layout=lay_out(union, NARROW, {**notes[0], **notes[1]}),
        edges=union.edges,
        lines=union.lines,
        left=frozenset(
            (key_of(each.who.iri), key_of(each.forum.iri))
            for each in found
            if each.shift is Shift.LEFT and each.who and each.forum
        ),
        renamed=renamed,
    )


def _names(earlier: MapModel, later: MapModel) -> tuple[str, str]:
    years = earlier.observed_on[:4], later.observed_on[:4]
    return years if years[0] != years[1] else (earlier.observed_on, later.observed_on)


def _renamings(changes: Sequence[Change]) -> dict[str, str]:
    return {
        key_of(each.before[0].iri): key_of(each.forum.iri)
        for each in changes
        if each.shift is Shift.RENAMED and each.forum and each.before
    }


def _renamed(earlier: MapModel, later: MapModel, renamed: Mapping[str, str]) -> MapModel:
    """Return the earlier map with the keys of the later where a forum was renamed, and own keys where levels differ."""
    keys = dict(renamed)
    bands = {each.key: each.band for each in later.forums}
    for each in earlier.forums:
        key = keys.get(each.key, each.key)
        keys[each.key] = key if bands.get(key, each.band) is each.band else f"{key}{_EARLIER_LEVEL}"
    return replace(
        earlier,
        forums=tuple(replace(each, key=keys[each.key]) for each in earlier.forums),
        edges=tuple(replace(each, forum=keys[each.forum]) for each in earlier.edges),
        lines=tuple(replace(each, start=keys[each.start], end=keys[each.end]) for each in earlier.lines),
        ghosts=(),
    )


def _forums(old: MapModel, new: MapModel) -> tuple[ForumNode, ...]:
    """Return the forums of both maps, of each the one whose name needs more lines."""
    forums: dict[str, ForumNode] = {}
    for forum in (*new.forums, *old.forums):
        held = forums.setdefault(forum.key, forum)
        if _most(forum_lines(forum, NARROW)) > _most(forum_lines(held, NARROW)):
            forums[forum.key] = forum
    return tuple(forums[key] for key in sorted(forums))


def _most(lines: tuple[tuple[str, ...], tuple[str, ...]]) -> int:
    return max(map(len, lines))


def _notes(
    old: MapModel, new: MapModel, changes: Sequence[Change], names: tuple[str, str], which: Which
) -> dict[str, Text]:
    """Return the words of the mark of each forum and actor on one side; the first difference of a forum stands."""
    own, other = names[which], names[1 - which]
    said = {**_BOTH, **(_LATER if which else _EARLIER)}
    mine, theirs = (new, old) if which else (old, new)
    drawn = {each.key for each in mine.forums}
    notes: dict[str, Text] = {}
    for each in changes:
        if each.forum and each.who is None and each.shift in said:
            key = key_of(each.forum.iri)
            notes.setdefault(key if key in drawn else f"{key}{_EARLIER_LEVEL}", said[each.shift])
        elif each.shift is Shift.ELSEWHERE and each.who:
            notes[key_of(each.who.iri)] = _ELSEWHERE
    there = {each.key for each in theirs.actors}
    notes |= {each.key: _ALONE for each in mine.actors if each.key not in there}
    kept = drawn | {each.key for each in mine.actors}
    return {
        key: Text(text.sv.format(own=own, other=other), text.en.format(own=own, other=other))
        for key, text in notes.items()
        if key in kept
    }


def _drawing(pair: SideBySide, which: Which, lang: Lang) -> dict[str, Any]:
    side = pair.sides[which]
    forums, actors = {each.key: each for each in side.model.forums}, {each.key: each for each in side.model.actors}
    level = pair.layout
    title = Text(f"Kartan {pair.names[which]}", f"The map of {pair.names[which]}").of(lang)
    programmes = sum(each.programme for each in side.model.forums)
    counted = [(len(forums) - programmes, "forum"), (programmes, "programme"), (len(actors), "actor")]
    counts = ", ".join(count(*each).of(lang) for each in counted if each[0])
    return {
        "which": which,
        "title": f"{title}: {counts}",
        "width": NARROW.width,
        "height": level.height,
        "panels": level.panels,
        "headings": [(each, list(_heading(each, lang))) for each in level.headings],
        "empty": [box for box in (*level.forums, *level.actors) if box.key not in forums and box.key not in actors],
        "curves": list(_curves(pair, which)),
        "arrows": _arrows(pair, side.model),
        "forums": [_forum(box, forums[box.key], side, lang) for box in level.forums if box.key in forums],
        "actors": [_actor(box, actors[box.key], side, lang) for box in level.actors if box.key in actors],
    }


def _heading(heading: Heading, lang: Lang) -> Iterable[tuple[str, int]]:
    """Yield the lines of a heading with their baselines, the last just above the rule."""
    lines = wrap(heading.label.of(lang), heading.width, HEADING_SIZE, bold=True, most=2)
    return ((line, heading.y + 14 - 13 * (len(lines) - 1 - index)) for index, line in enumerate(lines))


def _curves(pair: SideBySide, which: Which) -> Iterable[dict[str, Any]]:
    own, other = pair.model(which), pair.model(1 if which == 0 else 0)
    held = {(each.actor, each.forum, each.kind): each for each in own.edges}
    theirs = {(each.actor, each.forum, each.kind) for each in other.edges}
    forums = {each.key for each in other.forums}
    sectors = {each.key: each.sector for each in own.actors}
    for curve in pair.layout.curves:
        union = pair.edges[curve.edge]
        key = union.actor, union.forum, union.kind
        if key in held:
            alone = key not in theirs and union.forum in forums
            left = (union.actor, union.forum) in pair.left and which == 0
            yield {
                "path": curve.path,
                "ends": (union.actor, identity(union.forum)),
                "colour": GAP_RED if left else SECTOR_COLOURS[sectors[union.actor]],
                "width": 2.4 if alone else 1.3,
                "dashes": "6 4" if alone and which == 0 else "",
                "tip": union.kind is not EdgeKind.MEMBER,
            }


def _arrows(pair: SideBySide, model: MapModel) -> list[str]:
    held = {(each.start, each.end, each.kind) for each in model.lines}
    found = ((arrow.path, pair.lines[arrow.line]) for arrow in pair.layout.arrows)
    return [path for path, line in found if (line.start, line.end, line.kind) in held]


def _words(box: Box, name: tuple[str, ...], note: str) -> list[tuple[str, int, bool]]:
    """Return the lines of a box with their baselines around its middle, the mark last."""
    lines = [(line, False) for line in name] + ([(note, True)] if note else [])
    first = box.y + (box.height - LINE * len(lines)) // 2 + 12
    return [(line, first + LINE * index, marked) for index, (line, marked) in enumerate(lines)]


def _forum(box: Box, forum: ForumNode, side: _Side, lang: Lang) -> dict[str, Any]:
    light = forum.band.value == "programme"
    return {
        "box": box,
        "key": identity(box.key),
        "fill": BAND_COLOURS[forum.band.value],
        "ink": "#14284B" if light else "#FFFFFF",
        "outlined": light,
        "only": box.key in side.only,
        "lines": _words(box, forum_lines(forum, NARROW)[lang == "en"], _note(side, box.key, lang)),
    }


def _actor(box: Box, actor: ActorNode, side: _Side, lang: Lang) -> dict[str, Any]:
    name = actor_lines(Text(actor.thing.sv, actor.thing.en), NARROW)[lang == "en"]
    return {
        "box": box,
        "key": identity(box.key),
        "colour": SECTOR_COLOURS[actor.sector],
        "ink": ink_on(actor.sector),
        "code": CODES[actor.sector].of(lang),
        "only": box.key in side.only,
        "lines": _words(box, name, _note(side, box.key, lang)),
    }


def _note(side: _Side, key: str, lang: Lang) -> str:
    return side.notes[key].of(lang) if key in side.notes else ""
