"""Actors, forums and systems of a signal graph found by the names that people give them."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from kg.cases import Case
from kg.errors import UnknownName
from kg.findings import Rollup, Thing
from kg.namespaces import FB, SKOS, last_part, slug
from kg.network import actor_of
from kg.paths.steps import signal_graph
from kg.records import Record, Records
from kg.rollup import actor_at

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["find_waypoint", "place_waypoint"]

_HINT = "Functions are found with: --level function"


def _folded(name: str) -> str:
    return slug(name) if re.search(r"[^\W_]", name) else ""


def find_waypoint(graph: nx.DiGraph, records: Records, name: str) -> Thing:
    """Return the node meant by a name, another name, the code of a forum's type or the end of an IRI.

    Case, å ä ö and hyphens do not matter, and a part of one name only is enough. The name itself goes before other
    names, a whole name before a part, and a name before a type. Raises `UnknownName` with near names, or with all that
    fit where several do.
    """
    wanted = _folded(name)
    names: dict[str, set[str]] = {}
    labels: dict[str, set[str]] = {}
    kinds: dict[str, set[str]] = {}
    for node, thing in graph.nodes(data="thing"):
        record = records.named.get(node) or Record(node)
        for text in {thing.sv, thing.label("en")}:
            labels.setdefault(_folded(text), set()).add(node)
        for text in {thing.sv, thing.label("en"), last_part(node), *record.all(SKOS.altLabel)}:
            names.setdefault(_folded(text), set()).add(node)
        for kind in record.all(FB.forumType):
            kinds.setdefault(last_part(kind), set()).add(node)
    parts = {node for text, nodes in names.items() if wanted and wanted in text for node in nodes}
    for hits in (labels.get(wanted, set()), names.get(wanted, set()), kinds.get(wanted, set()), parts):
        if len(hits) == 1:
            thing = graph.nodes[next(iter(hits))]["thing"]
            return Thing(thing.iri, thing.sv, thing.en)
        if hits:
            raise UnknownName("actor or forum", name, tuple(sorted(graph.nodes[each]["thing"].sv for each in hits)))
    near = difflib.get_close_matches(wanted, sorted(names), n=3, cutoff=0.5)
    found = dict.fromkeys(graph.nodes[each]["thing"].sv for text in near for each in sorted(names[text]))
    raise UnknownName("actor or forum", name, tuple(found), hint=_HINT)


def place_waypoint(case: Case, graph: nx.DiGraph, level: Rollup, name: str) -> Thing:
    """Return the node meant by a name in a graph that counts actors at a level: a unit's name finds what it counts as.

    Raises `UnknownName` as `find_waypoint`.
    """
    try:
        return find_waypoint(graph, case.records, name)
    except UnknownName:
        if level in {Rollup.FUNCTION, Rollup.UNIT}:
            raise
        thing = find_waypoint(signal_graph(case), case.records, name)
        counted = actor_at(case, actor_of(case.graph, thing.iri), level).thing
        if counted.iri not in graph:
            raise
        return counted
