"""The whole country on one page: a tile for each municipality by county, and its level map drawn when it is opened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.findings import Finding, Kind, Lang
from kg.html import clean, policy
from kg.maps.labels import UI
from kg.maps.layout import lay_out
from kg.maps.page import escape_json
from kg.maps.render import environment, static_text
from kg.maps.values import Band, EdgeKind, GhostKind, MapModel, Text
from kg.maps.visnet import BAND_COLOURS, GAP, SECTOR_COLOURS, ink_on, pack
from kg.maps.words import CODES, count, edge_phrase
from kg.network import Sector
from kg.phrases import alphabetic
from kg.sentences import sentence
from kg.workbook.places import municipalities

__all__ = ["COUNTIES", "Tile", "render_national", "tile_of"]

COUNTIES: Mapping[str, str] = {
    "01": "Stockholms län",
    "03": "Uppsala län",
    "04": "Södermanlands län",
    "05": "Östergötlands län",
    "06": "Jönköpings län",
    "07": "Kronobergs län",
    "08": "Kalmar län",
    "09": "Gotlands län",
    "10": "Blekinge län",
    "12": "Skåne län",
    "13": "Hallands län",
    "14": "Västra Götalands län",
    "17": "Värmlands län",
    "18": "Örebro län",
    "19": "Västmanlands län",
    "20": "Dalarnas län",
    "21": "Gävleborgs län",
    "22": "Västernorrlands län",
    "23": "Jämtlands län",
    "24": "Västerbottens län",
    "25": "Norrbottens län",
}
"""County code, the first two digits of a municipality's, to the name of the county."""

SHADES = ((0, "none"), (2, "few"), (5, "some"))
"""At most so many gaps, and the name of the shade; more are `many`."""
FEW = 24
"""So many municipalities with a report are named above the tiles; more are easily seen among them."""
_BANDS, _SECTORS = tuple(Band), tuple(Sector)


@dataclass(frozen=True, slots=True)
class Tile:
    """One municipality on the page: what its latest report describes, and its map packed; no map where no source is."""

    code: str
    name: str
    report: str = ""
    observed_on: str = ""
    forums: int = 0
    programmes: int = 0
    gaps: int = 0
    questions: int = 0
    packed: str = ""

    @property
    def shade(self) -> str:
        """The name of the tile's shade: empty without a source, else by the number of gaps."""
        if not self.packed:
            return "empty"
        return next((name for most, name in SHADES if self.gaps <= most), "many")


def tile_of(code: str, model: MapModel, findings: Iterable[Finding], *, key: str) -> Tile:
    """Return the tile of a municipality from its map and findings; `key` names its report and its folder of pages."""
    kinds = [each.kind for each in findings]
    text = json.dumps(_drawing(model), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    names = {place.code: place.name for place in municipalities()}
    return Tile(
        code=code,
        name=names.get(code) or clean(model.municipality.sv),
        report=key,
        observed_on=model.observed_on,
        forums=sum(not each.programme for each in model.forums),
        programmes=sum(each.programme for each in model.forums),
        gaps=kinds.count(Kind.GAP),
        questions=kinds.count(Kind.QUESTION),
        packed=pack(text),
    )


def _pair(text: Text) -> list[str]:
    swedish, english = clean(text.sv), clean(text.of("en"))
    return [swedish] if swedish == english else [swedish, english]


def _drawing(model: MapModel) -> dict[str, Any]:
    """Return what the page draws of one municipality: places in whole pixels, names as one text or a pair.

    Questions are counted on the tile and not drawn.
    """
    level = lay_out(model)
    forums, actors = {each.key: each for each in model.forums}, {each.key: each for each in model.actors}
    ghosts = {each.key: each for each in model.ghosts if each.kind is GhostKind.GAP}
    boxes = [*level.forums, *level.actors, *(each for each in level.ghosts if each.key in ghosts)]
    at = {box.key: index for index, box in enumerate(boxes)}
    nodes = []
    for box in boxes:
        place = [box.x, box.y, box.width, box.height, [list(each) for each in _lines(box.lines)]]
        if box.key in forums:
            forum = forums[box.key]
            nodes.append([0, _BANDS.index(forum.band), *place, _pair(Text(forum.thing.sv, forum.thing.en))])
        elif box.key in actors:
            actor = actors[box.key]
            nodes.append([1, _SECTORS.index(actor.sector), *place, _pair(Text(actor.thing.sv, actor.thing.en))])
        else:
            ghost = ghosts[box.key]
            told = Text(*(" ".join(sentence(each, lang) for each in ghost.findings) for lang in ("sv", "en")))
            nodes.append([2, int(ghost.is_forum), *place, _pair(ghost.label), _pair(told)])
    curves = []
    for curve in level.curves:
        edge = model.edges[curve.edge]
        how = 2 if edge.disputed else 1 if edge.kind is not EdgeKind.MEMBER else 0
        curves.append([at[edge.actor], at[edge.forum], curve.path, how, _pair(edge_phrase(edge))])
    return {
        "title": _pair(Text(model.municipality.sv, model.municipality.en)),
        "source": _pair(Text(f"{model.title.sv}, {model.observed_on}", f"{model.title.of('en')}, {model.observed_on}")),
        "height": level.height,
        "panels": [[each.x, each.y, each.width, each.height] for each in level.panels],
        "headings": [
            [each.x, each.y, each.width, _pair(each.label), *([_pair(_nobody(each.x))] if each.empty else [])]
            for each in level.headings
            if each.code != Band.MISSING or any(each.is_forum for each in ghosts.values())
        ],
        "nodes": nodes,
        "curves": curves,
        "ties": [[at[each.ghost], each.path] for each in level.ties if each.ghost in ghosts],
        "arrows": [each.path for each in level.arrows],
    }


def _nobody(x: int) -> Text:
    return UI["none_forum" if 300 < x < 700 else "none"]


def _lines(both: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return both[:1] if both[0] == both[1] else both


def _counties(tiles: Iterable[Tile]) -> list[tuple[str, list[Tile]]]:
    """Return the tiles of all 290 municipalities by county, by name in each; those without a source are empty."""
    known = {each.code: each for each in tiles}
    places = {place.code: place.name for place in municipalities()}
    found: dict[str, list[Tile]] = {}
    for code in sorted({*places, *known}):
        found.setdefault(code[:2], []).append(known.get(code) or Tile(code, places[code]))
    found = {code: sorted(each, key=lambda tile: alphabetic(tile.name)) for code, each in found.items()}
    named = [(COUNTIES[code], tiles) for code, tiles in found.items() if code in COUNTIES]
    others = [tile for code, tiles in found.items() if code not in COUNTIES for tile in tiles]
    return [*named, *([("", others)] if others else [])]


def render_national(tiles: Sequence[Tile], lang: Lang = "sv", *, folders: bool = False) -> str:
    """Return the page; it opens in `lang`, holds both languages and works without a network.

    With `folders` each opened map links to the whole map in the folder of its report, as the atlas lays them out.
    """
    style = static_text("map.css") + static_text("national.css") + static_text("small.css")
    early, own = static_text("early.js"), "".join(map(static_text, ("core.js", "packed.js", "national.js")))
    words = {
        "sectors": [
            {"code": _pair(CODES[each]), "colour": SECTOR_COLOURS[each], "ink": ink_on(each)} for each in Sector
        ],
        "bands": [BAND_COLOURS[each.value] for each in Band],
        "gap": GAP,
        "lang": lang,
        "folders": folders,
    }
    sources = [each for each in tiles if each.packed]
    return (
        environment()
        .get_template("national.html.j2")
        .render(
            lang=lang,
            counties=_counties(tiles),
            tiles=sources,
            first=sorted(sources, key=lambda tile: alphabetic(tile.name)) if len(sources) <= FEW else [],
            total=len(municipalities()),
            count=count,
            style=style,
            early=early,
            own=own,
            data=escape_json(words),
            policy=policy(styles=(style,), scripts=(early, own)),
            text=Text,
            folders=folders,
        )
    )
