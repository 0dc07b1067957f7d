"""The network of reports as other programs read it: GEXF for Gephi, GraphML for Cytoscape, R and yEd."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.cases import CERTAINTY_ORDER, Case
from kg.findings import Lang, Rollup, Section, Thing
from kg.listings.columns import Cell
from kg.namespaces import BASE, FB
from kg.network import Actor, Forum, Membership, actor_of
from kg.phrases import section_name
from kg.rollup import actor_nodes, forum_nodes, forum_of, two_mode
from kg.tables import printable
from kg.wording import ROLLUPS

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "CLASSES",
    "KINDS",
    "actor_cells",
    "build_graph",
    "forum_cells",
    "sections_of",
    "short_id",
    "thing_cells",
    "to_gexf",
    "to_graphml",
    "told",
]

KINDS: dict[str, tuple[str, str]] = {
    "actor": ("aktör", "actor"),
    "forum": ("forum", "forum"),
    "programme": ("program", "programme"),
    "system": ("system", "system"),
}
CLASSES: dict[str, tuple[str, str]] = {
    FB.ActorGroup: ("aktörsgrupp", "actor group"),
    FB.Administration: ("förvaltning", "administration"),
    FB.AdministrativeUnit: ("förvaltningsenhet", "administrative unit"),
    FB.Assembly: ("fullmäktige", "assembly"),
    FB.CivilSocietyOrganisation: ("civilsamhällesorganisation", "civil society organisation"),
    FB.Committee: ("nämnd", "committee"),
    FB.Company: ("bolag", "company"),
    FB.Department: ("avdelning", "department"),
    FB.Function: ("funktion", "function"),
    FB.JointAuthority: ("förbund", "joint authority"),
    FB.Municipality: ("kommun", "municipality"),
    FB.PoliticalBody: ("politiskt organ", "political body"),
    FB.PublicBody: ("offentligt organ", "public body"),
    FB.Region: ("region", "region"),
    FB.StateAgency: ("statlig myndighet", "state agency"),
    FB.Unit: ("enhet", "unit"),
}
"""The classes of actors in words; a test holds them to the vocabulary."""


def short_id(iri: str) -> str:
    """Return an id that is a name token in XML, has no underscore, and leads back to the IRI.

    >>> short_id("https://w3id.org/forebygg/id/utsaga/vaxjo-2022/b-bra")
    'utsaga:vaxjo-2022:b-bra'
    """
    tail = iri.removeprefix(f"{BASE}id/").replace("://", "/")
    return re.sub(r"[^A-Za-z0-9/.-]", lambda found: f".{ord(found[0]):x}.", tail).replace("/", ":")


def told(name: str, things: Iterable[Thing | None]) -> dict[str, Cell]:
    """Return the words of things in both languages, each once, under `name_sv` and `name_en`."""
    known = list(dict.fromkeys(each for each in things if each))
    return {f"{name}_{lang}": "|".join(dict.fromkeys(_word(each, lang) for each in known)) for lang in ("sv", "en")}


def _word(thing: Thing, lang: Lang) -> str:
    return printable(thing.label(lang))


def sections_of(sections: Iterable[Section]) -> dict[str, Cell]:
    """Return the numbers of sections, or their titles where the report gives none, and their IRIs, each once."""
    known = list(dict.fromkeys(sections))
    numbers, iris = ([printable(section_name(each, "sv")) for each in known], [each.iri for each in known])
    return {"sections": "|".join(numbers), "section_iris": "|".join(iris)}


def _best_certainty(memberships: Iterable[Membership]) -> Thing | None:
    """Return the certainty of a tie that any one of its claims is enough for."""
    known = [each.certainty for each in memberships if each.certainty]
    return min(known, key=lambda each: (CERTAINTY_ORDER.get(each.iri, 9), each.iri), default=None)


def actor_cells(case: Case, actor: Actor) -> dict[str, Cell]:
    """Return what is known of an actor, by the columns of `nodes`."""
    classes = [CLASSES[each] for each in sorted(actor.classes) if each in CLASSES]
    root = actor_of(case.graph, actor.root).thing if actor.parents else None
    home = case.records.thing(actor.municipality) if actor.municipality else None
    return {
        **_of_kind("actor"),
        **told("label", [actor.thing]),
        **{f"class_{lang}": classes[0][lang == "en"] if classes else "" for lang in ("sv", "en")},
        **told("type", map(case.records.thing, sorted(actor.types))),
        **told("organisation", [root]),
        **told("municipality", [home]),
        "iri": actor.thing.iri,
    }


def _of_kind(code: str) -> dict[str, Cell]:
    return {"code": code, "kind_sv": KINDS[code][0], "kind_en": KINDS[code][1]}


def thing_cells(case: Case, iri: str, code: str) -> dict[str, Cell]:
    """Return what is known of any other end of a flow: a system, or a forum that the report does not describe."""
    return {**_of_kind(code), **told("label", [case.records.thing(iri)]), "iri": iri}


def forum_cells(case: Case, forum: Forum) -> dict[str, Cell]:
    """Return what a report says of a forum, by the columns of `nodes`."""
    record = case.records.thing
    certainty = forum.claim.one(FB.certainty)
    return {
        **_of_kind("programme" if forum.programme else "forum"),
        **told("label", [forum.thing]),
        **told("type", map(record, sorted(forum.types))),
        **told("municipality", [record(forum.municipality)]),
        "report": case.source.key,
        "observed_on": case.source.observed_on.isoformat(),
        **told("level", forum.levels),
        **told("listing", [record(forum.completeness) if forum.completeness else None]),
        "listed_members": forum.listed,
        "meetings_min": forum.meetings[0],
        "meetings_max": forum.meetings[1],
        "iri": forum.thing.iri,
        "description_iri": forum.description,
        **told("certainty", [record(certainty) if certainty else None]),
        "sections": sections_of(case.records.sections(forum.claim))["sections"],
    }


def _edge_cells(case: Case, level: Rollup, memberships: Sequence[Membership]) -> dict[str, Cell]:
    records = case.records
    return {
        **{f"counted_as_{lang}": ROLLUPS[level][lang == "en"] for lang in ("sv", "en")},
        **told("role", (role for each in memberships for role in each.roles)),
        **told("attendance", (each.attendance for each in memberships)),
        **told("through", (function for each in memberships for function in each.functions)),
        "report": case.source.key,
        "observed_on": case.source.observed_on.isoformat(),
        **told("certainty", [_best_certainty(memberships)]),
        **sections_of(section for each in memberships for section in records.sections(each.claim)),
        "claims": "|".join(sorted({each.claim.iri for each in memberships})),
    }


def build_graph(cases: Iterable[Case], level: Rollup = Rollup.UNIT, lang: Lang = "sv") -> nx.Graph:
    """Return the network of the cases as one undirected graph of plain attributes, in a total order.

    Nodes are actors, counted at a level, and forums and programmes as each report describes them (`code` tells them
    apart), with the columns `nodes` as attributes; edges are memberships that hold, with those of `edges`, and their
    `weight` is the number of claims behind. A forum of two reports is two nodes. What is unknown has no attribute. A
    membership that a report does not name is no edge, which says nothing of whether the actor takes part.
    """
    import networkx as nx  # noqa: PLC0415  the command starts without it

    found: nx.Graph = nx.Graph()
    actors: dict[str, dict[str, Cell]] = {}
    described: list[tuple[str, dict[str, Cell]]] = []
    ties: list[tuple[str, str, dict[str, Cell]]] = []
    for case in cases:
        network = two_mode(case, level, programmes=True)
        for node in actor_nodes(network):
            actors.setdefault(node, actor_cells(case, network.nodes[node]["actor"]))
        for node in forum_nodes(network):
            described.append((node, forum_cells(case, forum_of(network, node))))
            for actor in sorted(network[node], key=lambda each: (str(actors[each]["label_sv"]), each)):
                memberships = network.edges[actor, node]["memberships"]
                cells = _edge_cells(case, level, memberships)
                ties.append((actor, node, {"weight": float(len(memberships)), **cells}))
    named = sorted(actors.items(), key=lambda each: (str(each[1]["label_sv"]), each[0]))
    for node, cells in (*named, *described):
        found.add_node(short_id(node), label=cells[f"label_{lang}"], **_known(cells))
    for actor, node, cells in ties:
        ends = short_id(actor), short_id(node)
        found.add_edge(*ends, id="--".join(ends), **_known(cells))
    return found


def _known(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    return {name: cell for name, cell in cells.items() if cell is not None and cell != ""}


def to_gexf(graph: nx.Graph) -> bytes:
    """Return a graph of plain attributes as GEXF 1.2 in UTF-8, without the day on which it was written.

    networkx gives a graph without a name an empty one, which the schema of GEXF 1.2 does not allow; it is taken away.
    """
    import networkx as nx  # noqa: PLC0415  the command starts without it

    stream = io.BytesIO()
    nx.write_gexf(graph, stream)
    text = re.sub(rb' lastmodifieddate="[^"]*"', b"", stream.getvalue(), count=1)
    text = re.sub(rb'(<graph [^>]*) name=""', rb"\1", text, count=1)
    return re.sub(rb"<creator>[^<]*</creator>", "<creator>Förebygg</creator>".encode(), text, count=1) + b"\n"


def to_graphml(graph: nx.Graph) -> bytes:
    """Return a graph of plain attributes as GraphML in UTF-8."""
    import networkx as nx  # noqa: PLC0415  the command starts without it

    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *nx.generate_graphml(graph)]
    return "\n".join(lines).encode("utf-8") + b"\n"
