"""The map of a small municipality and of made ones of any size, and hostile words in every field of a map."""

from __future__ import annotations

import random
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from kg.cache import read_shipped
from kg.cases import Case, open_cases
from kg.findings import Evidence, Finding, Section, Thing
from kg.gaps import find_gaps
from kg.maps.model import ActorNode, Band, Edge, ForumNode, MapModel, Text, build_map
from kg.maps.told import tell
from kg.maps.values import EdgeKind
from kg.namespaces import graph_iri
from kg.network import Sector
from kg.records import read_records
from kg.resources import norm_files, ontology_dir
from kg.sources import choose_sources, list_sources
from kg.store import open_store

EKBY = Path(__file__).parent / "data" / "map.trig"
HOSTILE = (
    '</script><img src=x onerror="window.hacked=1">\'"]]><svg onload=window.hacked=1>=cmd|\u202e\x00\x07\u2028{{7*7}}'
)
WORDS = {
    Thing: ("sv", "en"),
    Text: ("sv", "en"),
    Section: ("number", "title"),
    Evidence: ("as_stated", "about"),
    ForumNode: ("rhythm",),
    Finding: ("locator", "valid_from", "observed_on", "norm_address"),
}
BANDS = (Band.POLITICAL, Band.STRATEGIC, Band.OPERATIONAL, Band.INDIVIDUAL, Band.UNSTATED)
NAMES = (
    "Socialtjänsten",
    "Nämnden för arbete och välfärd",
    "Barn- och ungdomspsykiatriska mottagningen i länet",
    "BUP",
)


REPORTS = ("kalmar-2021", "ljungby-2021", "vannas-2018", "vaxjo-2022", "vaxjo-2024")
"""The shipped reports that describe forums."""


@cache
def report_cases() -> dict[str, Case]:
    """Return a case for each shipped report that describes forums, each in a network of its own."""
    records = read_shipped(())
    chosen = choose_sources(records, all_reports=True)
    return {each.key: open_cases(records, [each])[0] for each in chosen if each.describes_forums}


def draw(text: str, folder: Path) -> tuple[Case, MapModel]:
    """Return the case and the map, without what is told of it, of the one source in a TriG text."""
    path = folder / "data.trig"
    path.write_text(text, encoding="utf-8")
    store = open_store("memory")
    store.load(sorted((ontology_dir() / "terms").glob("*.ttl")), graph=graph_iri("ontologi"))
    store.load(norm_files(), graph=graph_iri("normer"))
    store.load([path])
    records = read_records(store)
    sources = list_sources(records)
    case = open_cases(records, sources)[0]
    findings = find_gaps(records, case.graph, sources, everywhere=sources)
    return case, build_map(case.graph, records, sources[0], findings)


def load_map(text: str, folder: Path) -> MapModel:
    """Return the map of the one source in a TriG text, with the shipped terms and norms."""
    return tell(*draw(text, folder))


def made(actors: int, forums: int, seed: int = 7) -> MapModel:
    """Return a municipality of any size, with names that take one to three lines."""
    chance = random.Random(seed)
    forum_nodes = tuple(
        ForumNode(
            *(
                f"f{n:03}",
                Thing(f"f{n:03}", f"{NAMES[n % 4]} {n}"),
                BANDS[n % 5],
                (),
                (),
                False,
                None,
                True,
                None,
                None,
            ),
            *("", (None, None), (), (), (), None, ()),
        )
        for n in range(forums)
    )
    sectors = tuple(Sector)
    actor_nodes = tuple(
        ActorNode(f"a{n:03}", Thing(f"a{n:03}", f"{NAMES[n % 4]} {n}"), sectors[n % 8], (), None) for n in range(actors)
    )
    pairs = sorted({(f"a{n:03}", f"f{chance.randrange(forums):03}") for n in range(actors) for _ in range(3)})
    edges = tuple(Edge(actor, forum, EdgeKind.MEMBER) for actor, forum in pairs)
    place = Thing("k", "Ekby kommun")
    return MapModel(
        place, place, Text("t"), "2022-01-01", "dag", forum_nodes, actor_nodes, edges, (), (), (), (), (), ()
    )


def poisoned(value: Any) -> Any:
    """Return the same value with a hostile text in every field that holds words."""
    if isinstance(value, tuple):
        return tuple(poisoned(each) for each in value)
    if not is_dataclass(value) or isinstance(value, (Enum, type)):
        return value
    words = WORDS.get(type(value), ())
    changed = {each.name: poisoned(getattr(value, each.name)) for each in fields(value) if each.name not in words}
    return replace(value, **changed, **{name: f"{getattr(value, name)} {HOSTILE}" for name in words})
