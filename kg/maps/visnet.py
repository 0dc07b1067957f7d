"""The network as pyvis builds it, and the vis-network script that pyvis ships; its page is never used."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.html import clean
from kg.maps.boxes import Box, LevelLayout
from kg.maps.scatter import Spot
from kg.maps.values import EdgeKind, ForumNode, GhostKind, LineKind, MapModel, Text
from kg.maps.words import CODES, actor_summary, forum_summary
from kg.namespaces import last_part
from kg.network import Sector

__all__ = [
    "BAND_COLOURS",
    "EDGE_WIDTHS",
    "GAP",
    "QUESTION",
    "SECTOR_COLOURS",
    "ink_on",
    "network_data",
    "pack",
    "read_script",
]

SCRIPT = "lib/vis-9.1.2/vis-network.min.js"
SCRIPT_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"

SECTOR_COLOURS = {
    Sector.POLITICS: "#1F54BD",
    Sector.ADMINISTRATION: "#3B8C8F",
    Sector.OPERATIONS: "#7C9652",
    Sector.POLICE: "#1F1F1F",
    Sector.REGION: "#BF0F65",
    Sector.STATE: "#7B5D00",
    Sector.CIVIL: "#5C2004",
    Sector.OTHER_MUNICIPALITIES: "#9B77E5",
}
BAND_COLOURS = {
    "political": "#14284B",
    "strategic": "#2B4A7F",
    "operational": "#44689F",
    "individual": "#54749F",
    "unstated": "#5B6472",
    "programme": "#FFFFFF",
    "missing": "#FFFFFF",
}
GAP, QUESTION, INK = "#A3201A", "#5B6472", "#14284B"
EDGE_WIDTHS = {"leads": 2.6, "member": 1.5, "seldom": 0.9}

_DARK_TEXT = frozenset({Sector.ADMINISTRATION, Sector.OPERATIONS, Sector.OTHER_MUNICIPALITIES})


def ink_on(sector: Sector) -> str:
    """Return the colour of text on the colour of a sector: the one with a contrast of at least 4.5."""
    return "#14181F" if sector in _DARK_TEXT else "#FFFFFF"


class _Ids(list[Any]):
    """The list of node ids of a pyvis network with a set behind it, since pyvis looks each edge's ends up in it."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[Any] = set()

    def append(self, each: Any) -> None:
        super().append(each)
        self._known.add(each)

    def __contains__(self, each: object) -> bool:
        return each in self._known


def read_script(root: Path | None = None) -> str:
    """Return vis-network 9.1.2 as the installed pyvis ships it (or from another folder `root`).

    Raises `KgError` where pyvis or the file is lacking, or where its SHA-256 is not the one that was examined: the
    script goes into pages that promise not to call anywhere.
    """
    spec = find_spec("pyvis")
    if root is None and (spec is None or not spec.submodule_search_locations):
        raise KgError("the map needs pyvis 0.3.2: pip install 'pyvis==0.3.2'")
    folder = root or Path((spec.submodule_search_locations or [""])[0] if spec else "")
    path = folder / SCRIPT
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KgError(f"cannot read {path}: {error.strerror}; the map needs pip install 'pyvis==0.3.2'") from error
    found = hashlib.sha256(content).hexdigest()
    if found != SCRIPT_SHA256:
        raise KgError(
            f"{path} is not the vis-network 9.1.2 that was examined (SHA-256 {found}, expected {SCRIPT_SHA256}); "
            "reinstall it with: pip install --force-reinstall 'pyvis==0.3.2'"
        )
    text = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")  # as a browser reads and hashes it
    return text.partition("//# sourceMappingURL=")[0]  # developer tools would call for the map


def pack(script: str) -> str:
    """Return a script as gzip in base64, a third of its size: the page unpacks it when the network is asked for."""
    return base64.b64encode(gzip.compress(script.encode("utf-8"), mtime=0)).decode("ascii")


def _pair(text: Text) -> list[str]:
    return [clean(text.sv), clean(text.of("en"))]


def _ages(forum: ForumNode) -> list[list[int]]:
    stated = [each for each in forum.ages if each.low is not None or each.high is not None]
    return [[each.low or 0, 200 if each.high is None else each.high] for each in stated]


def network_data(
    model: MapModel, level: LevelLayout, spots: Iterable[Spot]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return nodes and edges as pyvis hands them out, with what both views need to know of each.

    `x` and `y` are the places of the network view, `box` those of the level view; every name is a pair of texts.
    """
    from pyvis.network import Network  # noqa: PLC0415  pyvis imports IPython, which costs half a second

    net = Network(directed=True)
    net.node_ids = _Ids()
    at = {spot.key: spot for spot in spots}
    boxes = {box.key: box for box in (*level.forums, *level.actors, *level.ghosts)}
    for node in _nodes(model):
        key = node.pop("key")
        names = node.pop("names")
        net.add_node(key, label=names[0], names=names, shape="custom", **_place(at[key], boxes[key]), **node)
    for edge in _edges(model):
        net.add_edge(edge.pop("source"), edge.pop("target"), **edge)
    nodes, edges, *_ = net.get_network_data()
    return nodes, edges


def _place(spot: Spot, box: Box) -> dict[str, Any]:
    size = {"x": spot.x, "y": spot.y, "w": spot.width, "h": spot.height, "lines": spot.lines}
    return {**size, "box": [box.x, box.y, box.width, box.height]}


def _nodes(model: MapModel) -> Iterable[dict[str, Any]]:
    said: dict[tuple[str, GhostKind], int] = {}
    for ghost in model.ghosts:
        said[ghost.forum, ghost.kind] = said.get((ghost.forum, ghost.kind), 0) + len(ghost.findings)
    for forum in model.forums:
        members = sum(edge.forum == forum.key and edge.kind is EdgeKind.MEMBER for edge in model.edges)
        say = forum_summary(
            forum, members, said.get((forum.key, GhostKind.GAP), 0), said.get((forum.key, GhostKind.QUESTION), 0)
        )
        yield {
            "key": forum.key,
            "names": _pair(Text(forum.thing.sv, forum.thing.en)),
            "kind": "forum",
            "part": forum.band.value,
            "programme": forum.programme,
            "color": BAND_COLOURS[forum.band.value],
            "types": [last_part(each.iri) for each in forum.types],
            "ages": _ages(forum),
            "say": _pair(say),
        }
    for actor in model.actors:
        linked = len({edge.forum for edge in model.edges if edge.actor == actor.key})
        yield {
            "key": actor.key,
            "names": _pair(Text(actor.thing.sv, actor.thing.en)),
            "kind": "actor",
            "part": actor.sector.value,
            "color": SECTOR_COLOURS[actor.sector],
            "code": _pair(CODES[actor.sector]),
            "ink": ink_on(actor.sector),
            "say": _pair(actor_summary(actor, linked)),
        }
    names = {forum.key: forum.thing for forum in model.forums}
    for ghost in model.ghosts:
        gap = ghost.kind is GhostKind.GAP
        where = names.get(ghost.forum, model.municipality)
        what = Text("Lucka", "Gap") if gap else Text("Obesvarat", "Unanswered")
        yield {
            "key": ghost.key,
            "names": _pair(ghost.label),
            "kind": ghost.kind.value,
            "part": ghost.kind.value,
            "color": GAP if gap else QUESTION,
            "forum": ghost.forum,
            "say": _pair(
                Text(
                    f"{what.sv}: {ghost.label.sv}, {where.sv}.",
                    f"{what.en}: {ghost.label.of('en')}, {where.label('en')}.",
                )
            ),
        }


def _edges(model: MapModel) -> Iterable[dict[str, Any]]:
    colours = {actor.key: SECTOR_COLOURS[actor.sector] for actor in model.actors}
    for index, edge in enumerate(model.edges):
        yield {
            "source": edge.actor,
            "target": edge.forum,
            "id": f"e{index}",
            "kind": "disputed" if edge.disputed else edge.kind.value,
            "certainty": last_part(edge.certainty.iri) if edge.certainty else "",
            "color": colours[edge.actor],
            "width": EDGE_WIDTHS[edge.weight],
            "dashes": [2, 4] if edge.disputed else False,
            "arrows": "" if edge.kind is EdgeKind.MEMBER else "to",
        }
    for index, line in enumerate(model.lines):
        kind = "flow" if line.kind is LineKind.FLOW else "steering"
        common = {"color": INK, "width": 1.2, "dashes": False, "arrows": "to", "certainty": ""}
        yield {"source": line.start, "target": line.end, "id": f"a{index}", "kind": kind, **common}
    for index, ghost in enumerate(model.ghosts):
        if ghost.forum:
            colour = GAP if ghost.kind is GhostKind.GAP else QUESTION
            yield {
                "source": ghost.key,
                "target": ghost.forum,
                "id": f"g{index}",
                "kind": ghost.kind.value,
                "certainty": "",
                "color": colour,
                "width": 1.5,
                "dashes": [5, 4],
                "arrows": "",
            }
