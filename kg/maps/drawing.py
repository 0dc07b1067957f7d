"""The level view as plain values for a template: shapes, colours and lines of text, no markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.findings import Lang
from kg.maps.boxes import WIDTH, Box, LevelLayout
from kg.maps.labels import UI, labels_of
from kg.maps.values import Band, EdgeKind, GhostKind, LineKind, MapModel, Text
from kg.maps.visnet import BAND_COLOURS, EDGE_WIDTHS, GAP, QUESTION, SECTOR_COLOURS, ink_on
from kg.maps.words import CODES, SECTORS
from kg.network import Sector

__all__ = ["drawing_context"]

LINE = 15
HEAD, FOOT = 66, 126
LANGS: tuple[Lang, Lang] = ("sv", "en")


def _variants(box: Box, langs: Sequence[Lang]) -> list[dict[str, Any]]:
    """Return shape and lines with their baselines, once where both languages agree, else once a language."""
    alike = len(langs) == 1 or len({box.texts(lang) for lang in langs}) == 1
    return [_variant(box, lang, "" if alike else lang) for lang in (langs[:1] if alike else langs)]


def _variant(box: Box, lang: Lang, name: str) -> dict[str, Any]:
    top, height = box.shape(lang)
    lines = box.texts(lang)
    first = top + (height - LINE * len(lines)) // 2 + 12
    return {
        "lang": name,
        "y": top,
        "height": height,
        "lines": [(line, first + LINE * n) for n, line in enumerate(lines)],
    }


def _words(text: Text, langs: Sequence[Lang]) -> list[tuple[str, str]]:
    if len(langs) == 1:
        return [("", text.of(langs[0]))]
    return [("", text.sv)] if text.sv == text.of("en") else [(lang, text.of(lang)) for lang in langs]


def drawing_context(
    model: MapModel, level: LevelLayout, langs: Sequence[Lang], numbers: Mapping[str, int], *, asked: bool
) -> dict[str, Any]:
    """Return what the template of the drawing needs; `numbers` gives each node the number of its element.

    Without `asked` the questions are left out.
    """
    only_asked = all(each.kind is GhostKind.QUESTION for each in model.ghosts if not each.forum)
    forums = {each.key: each for each in model.forums}
    actors = {each.key: each for each in model.actors}
    ghosts = {each.key: each for each in model.ghosts}
    return {
        "width": WIDTH,
        "height": level.height,
        "full": f"0 {-HEAD} {WIDTH} {level.height + HEAD + FOOT}",
        "panels": level.panels,
        "headings": [
            (
                each,
                _words(each.label, langs),
                _words(labels_of(own=model.own)["none_forum" if each.x > 300 and each.x < 700 else "none"], langs),
            )
            for each in level.headings
            if each.code != Band.MISSING or asked or not only_asked
        ],
        "only_asked": only_asked,
        "forums": [_forum(box, forums[box.key], langs, numbers) for box in level.forums],
        "actors": [_actor(box, actors[box.key].sector, langs, numbers) for box in level.actors],
        "ghosts": [
            _ghost(box, ghosts[box.key].kind, ghosts[box.key].is_forum, langs, numbers)
            for box in level.ghosts
            if asked or ghosts[box.key].kind is GhostKind.GAP
        ],
        "curves": [_curve(model, each.edge, each.path) for each in level.curves],
        "ties": [
            _tie(model, each.ghost, each.path)
            for each in sorted(level.ties, key=lambda each: each.ghost)
            if asked or ghosts[each.ghost].kind is GhostKind.GAP
        ],
        "arrows": [(f"a{each.line}", model.lines[each.line].kind is LineKind.FLOW, each.path) for each in level.arrows],
        "frame": _frame(model, level, langs),
    }


def _forum(box: Box, forum: Any, langs: Sequence[Lang], numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": f"n{numbers[box.key]}",
        "box": box,
        "fill": BAND_COLOURS[forum.band.value],
        "ink": "#14284B" if forum.programme and forum.band.value == "programme" else "#FFFFFF",
        "stroke": "#14284B" if forum.band.value == "programme" else "none",
        "variants": _variants(box, langs),
    }


def _actor(box: Box, sector: Sector, langs: Sequence[Lang], numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": f"n{numbers[box.key]}",
        "box": box,
        "colour": SECTOR_COLOURS[sector],
        "ink": ink_on(sector),
        "code": _words(CODES[sector], langs),
        "variants": _variants(box, langs),
    }


def _ghost(
    box: Box, kind: GhostKind, is_forum: bool, langs: Sequence[Lang], numbers: Mapping[str, int]
) -> dict[str, Any]:
    return {
        "id": f"n{numbers[box.key]}",
        "box": box,
        "kind": kind.value,
        "colour": GAP if kind is GhostKind.GAP else QUESTION,
        "round": 5 if is_forum else 13,
        "bold": is_forum,
        "variants": _variants(box, langs),
    }


def _curve(model: MapModel, index: int, path: str) -> dict[str, Any]:
    edge = model.edges[index]
    sector = next(each.sector for each in model.actors if each.key == edge.actor)
    return {
        "id": f"e{index}",
        "path": path,
        "colour": SECTOR_COLOURS[sector],
        "width": EDGE_WIDTHS[edge.weight],
        "disputed": edge.disputed,
        "tip": edge.kind is not EdgeKind.MEMBER,
    }


def _tie(model: MapModel, ghost: str, path: str) -> dict[str, Any]:
    number, found = next((n, each) for n, each in enumerate(model.ghosts) if each.key == ghost)
    colour = GAP if found.kind is GhostKind.GAP else QUESTION
    return {"id": f"g{number}", "path": path, "colour": colour, "kind": found.kind.value}


def _frame(model: MapModel, level: LevelLayout, langs: Sequence[Lang]) -> dict[str, Any]:
    """Return title, legend and note for paper and slides, above and below the drawing."""
    title = Text(
        f"{model.municipality.sv}: {UI['heading'].sv}", f"{model.municipality.label('en')}: {UI['heading'].of('en')}"
    )
    source = Text(f"{model.title.sv}, {model.observed_on}", f"{model.title.of('en')}, {model.observed_on}")
    top = level.height + 18
    sectors = [
        {
            "x": 10 + 260 * (index % 4),
            "y": top + 24 * (index // 4),
            "colour": SECTOR_COLOURS[sector],
            "ink": ink_on(sector),
            "code": _words(CODES[sector], langs),
            "name": _words(SECTORS[sector], langs),
        }
        for index, sector in enumerate(Sector)
    ]
    lines = [
        {"x": 10 + 260 * index, "y": top + 56, "kind": kind, "name": _words(UI[name], langs)}
        for index, (kind, name) in enumerate(
            (("leads", "line_leads"), ("disputed", "line_disputed"), ("gap", "line_gap"), ("question", "line_question"))
        )
    ]
    ui = labels_of(own=model.own)
    note = Text(f"{ui['shows'].sv} {ui['note'].sv}", f"{ui['shows'].of('en')} {ui['note'].of('en')}")
    return {
        "title": _words(title, langs),
        "source": _words(source, langs),
        "sectors": sectors,
        "lines": lines,
        "note": _words(note, langs),
        "note_y": top + 96,
    }
