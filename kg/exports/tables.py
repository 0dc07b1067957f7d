"""Nodes, edges, memberships, denials, flows and findings as tables for spreadsheets, R, pandas, Gephi and Kumu."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.cases import Case
from kg.exports.exchange import actor_cells, sections_of, short_id, thing_cells, told
from kg.findings import Finding, Kind, Lang, Rollup, Thing
from kg.listings import finding_object
from kg.listings.columns import COLUMNS, TITLES, Cell, Column, Sheet
from kg.namespaces import FB, last_part
from kg.network import actor_of
from kg.records import Record
from kg.rollup import actor_at
from kg.tables import printable, to_csv

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["build_tables", "csv_files", "kumu_sheets", "sheet_rows"]

KINDS: dict[Kind, tuple[str, str]] = {
    Kind.GAP: ("lucka", "gap"),
    Kind.QUESTION: ("fråga", "question"),
    Kind.COMPARISON: ("jämförelse", "comparison"),
    Kind.MET: ("finns med", "present"),
    Kind.NOT_APPLICABLE: ("ej tillämplig", "not applicable"),
    Kind.OUT_OF_SCOPE: ("utanför omfattningen", "out of scope"),
}


def build_tables(
    graph: nx.Graph, cases: Sequence[Case], findings: Iterable[Finding], level: Rollup = Rollup.UNIT, lang: Lang = "sv"
) -> list[Sheet]:
    """Return the tables of a graph that `build_graph` made of the cases at that level, and of their findings.

    `nodes` and `edges` hold the graph, and the other ends of the flows as nodes; `memberships`, `denials` and `flows`
    one row a claim, also of what does not hold any more; `findings` one row a finding of any kind. `columns` says
    what each column means. What a report does not name has no row.
    """
    nodes, flows = _flows(cases, level)
    known = dict(graph.nodes(data=True))
    more = {node: cells for node, cells in nodes.items() if node not in known}
    rows: dict[str, list[dict[str, Cell]]] = {
        "nodes": [
            *({"Id": node, "Label": cells["label"], **cells} for node, cells in known.items()),
            *({"Id": node, "Label": more[node][f"label_{lang}"], **more[node]} for node in sorted(more)),
        ],
        "edges": [_edge(graph, *tie) for tie in graph.edges(data=True)],
        "memberships": [row for case in cases for row in _memberships(case)],
        "denials": [row for case in cases for row in _denials(case)],
        "flows": flows,
        "findings": [_finding(each) for each in findings],
        "columns": list(_columns()),
    }
    return [Sheet(name, TITLES[name], COLUMNS[name], tuple(rows[name])) for name in TITLES]


def _edge(graph: nx.Graph, first: str, second: str, cells: Mapping[str, Any]) -> dict[str, Cell]:
    actor, forum = (first, second) if graph.nodes[first]["code"] == "actor" else (second, first)
    names: dict[str, Cell] = {
        f"{name}_{lang}": graph.nodes[node][f"label_{lang}"]
        for name, node in (("actor", actor), ("forum", forum))
        for lang in ("sv", "en")
    }
    ends = {"Source": actor, "Target": forum, "Type": "Undirected", "Id": cells["id"], "Weight": cells["weight"]}
    return {**ends, **names, **cells}


def _of_report(case: Case) -> dict[str, Cell]:
    return {"report": case.source.key, "observed_on": case.source.observed_on.isoformat()}


def _of_claim(case: Case, claim: Record) -> dict[str, Cell]:
    certainty = claim.one(FB.certainty)
    return {
        **_of_report(case),
        "as_stated": printable(claim.text(FB.asStated, "sv")),
        **told("certainty", [case.records.thing(certainty) if certainty else None]),
        **sections_of(case.records.sections(claim)),
        "claims": claim.iri,
    }


def _names(forum: Thing, actor: Thing) -> dict[str, Cell]:
    return {**told("forum", [forum]), "forum_iri": forum.iri, **told("actor", [actor]), "actor_iri": actor.iri}


def _memberships(case: Case) -> Iterator[dict[str, Cell]]:
    for forum in case.forums:
        for each in case.members(forum):
            yield {
                **_of_claim(case, each.claim),
                **_names(forum.thing, each.actor.thing),
                **told("role", each.roles),
                **told("attendance", [each.attendance]),
                **told("through", each.functions),
                **told("status", [each.status]),
                "holds": each.current and forum.running,
            }


def _denials(case: Case) -> Iterator[dict[str, Cell]]:
    for claim in case.records.claims_of(case.source.thing.iri, FB.NonMembership):
        forum, actor = (case.records.thing(claim.one(each)) for each in (FB.excludedFrom, FB.excludedActor))
        yield {**_of_claim(case, claim), **_names(forum, actor)}


def _flows(cases: Iterable[Case], level: Rollup) -> tuple[dict[str, dict[str, Cell]], list[dict[str, Cell]]]:
    """Return the flows as rows, and the nodes that they run between."""
    nodes: dict[str, dict[str, Cell]] = {}
    rows: list[dict[str, Cell]] = []
    for case in cases:
        described = {each.thing.iri: each for each in case.forums if each.running}
        for flow in case.graph.graph["flows"].get(case.source.thing.iri, ()):
            ends = []
            for iri in (flow.start, flow.end):
                node, cells = _end(case, iri, level, described)
                nodes.setdefault(node, cells)
                ends.append(node)
            rows.append(
                {
                    **_of_claim(case, flow.claim),
                    "Source": ends[0],
                    "Target": ends[1],
                    **told("from", [case.records.thing(flow.start)]),
                    **told("to", [case.records.thing(flow.end)]),
                    **told("content", flow.content),
                }
            )
    return nodes, rows


def _end(case: Case, iri: str, level: Rollup, described: Mapping[str, Any]) -> tuple[str, dict[str, Cell]]:
    record = case.records.named.get(iri) or Record(iri)
    if iri in described:
        return short_id(described[iri].description), thing_cells(case, iri, "forum")
    if record.is_a(FB.Forum) or record.is_a(FB.Programme):
        return short_id(iri), thing_cells(case, iri, "programme" if record.is_a(FB.Programme) else "forum")
    if record.is_a(FB.InformationSystem):
        return short_id(iri), thing_cells(case, iri, "system")
    actor = actor_at(case, actor_of(case.graph, iri), level)
    return short_id(actor.thing.iri), actor_cells(case, actor)


def _finding(finding: Finding) -> dict[str, Cell]:
    said: dict[Lang, dict[str, Any]] = {"sv": finding_object(finding, "sv"), "en": finding_object(finding, "en")}
    cells: dict[str, Cell] = {
        "report": last_part(finding.report.iri),
        "observed_on": finding.observed_on,
        "id": finding.id,
        "code": finding.kind.value,
        **{f"kind_{lang}": KINDS[finding.kind][lang == "en"] for lang in said},
        "outcome_iri": said["sv"]["outcome_iri"],
        "norm": said["sv"]["norm_id"],
        "norm_iri": said["sv"]["norm_iri"],
        **told("about", [finding.forum or finding.body or finding.municipality]),
        **told("expected", [finding.actor_type or finding.expected]),
        **told("certainty", [finding.certainty]),
        **sections_of(finding.sections),
        "claims": "|".join(finding.claims),
    }
    for name in ("municipality", "outcome", "obligation", "basis", "sentence", "advice"):
        cells |= {f"{name}_{lang}": printable(said[lang][name] or "") for lang in said}
    return cells


def _columns() -> Iterator[dict[str, Cell]]:
    for name, columns in COLUMNS.items():
        for each in columns:
            yield {
                "sheet_sv": TITLES[name][0],
                "sheet_en": TITLES[name][1],
                "table": name,
                "column": each.name,
                "kind": each.kind,
                "heading_sv": each.heading[0],
                "heading_en": each.heading[1],
                "meaning_sv": each.meaning[0],
                "meaning_en": each.meaning[1],
            }


def sheet_rows(sheet: Sheet) -> list[tuple[str, ...]]:
    """Return the cells of a table as text: whole numbers without a point, `true` and `false`, "" for the unknown."""
    return [tuple(_text(row.get(column.name), column) for column in sheet.columns) for row in sheet.rows]


def _text(cell: Cell, column: Column) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:g}" if column.kind in {"integer", "decimal"} else str(cell)


def csv_files(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Return the tables as CSV in UTF-8 by file name, commas between, formulas made harmless."""
    return {f"{each.name}.csv": to_csv([column.name for column in each.columns], sheet_rows(each)) for each in sheets}


def kumu_sheets(sheets: Iterable[Sheet], lang: Lang = "sv") -> list[Sheet]:
    """Return the sheets `Elements` and `Connections` as Kumu imports them, with memberships and flows as connections.

    Kumu reads `ID`, `Label`, `Type`, `Description` and `Tags`, and `From`, `To` and `Direction`; where elements have
    an ID, connections name it. Values parted by `|` are several. Other columns become fields. After the import guide
    and the page on duplicates of docs.kumu.io.
    """
    by_name = {each.name: each for each in sheets}
    nodes, edges, flows = by_name["nodes"].for_people(lang), by_name["edges"].for_people(lang), by_name["flows"]
    english = lang == "en"
    elements = [
        {
            "ID": row["Id"],
            "Label": row["Label"],
            "Type": row[f"kind_{lang}"],
            "Tags": row.get(f"type_{lang}"),
            **_fields(nodes, row, {"Id", "Label", "label", "kind", "code", "type"}, lang),
        }
        for row in nodes.rows
    ]
    ties = [
        {
            "ID": row["Id"],
            "From": row["Source"],
            "To": row["Target"],
            "Type": "takes part in" if english else "deltar i",
            "Direction": "undirected",
            "Tags": row.get(f"role_{lang}"),
            **_fields(edges, row, {"Source", "Target", "Type", "Id", "role", "actor", "forum"}, lang),
        }
        for row in edges.rows
    ]
    passed = [
        {
            "ID": short_id(str(row["claims"])),
            "From": row["Source"],
            "To": row["Target"],
            "Type": "informs" if english else "informerar",
            "Direction": "directed",
            "Tags": row[f"content_{lang}"],
            **_fields(flows.for_people(lang), row, {"Source", "Target", "from", "to", "content"}, lang),
        }
        for row in flows.rows
    ]
    return [_plain("Elements", elements), _plain("Connections", [*ties, *passed])]


def _fields(sheet: Sheet, row: Mapping[str, Cell], without: set[str], lang: Lang) -> dict[str, Cell]:
    """Return the cells of a row under the headings of a language, without those that Kumu has names of its own for."""
    return {
        column.heading[lang == "en"]: row.get(column.name)
        for column in sheet.columns
        if column.name.removesuffix(f"_{lang}") not in without
    }


def _plain(name: str, rows: Sequence[Mapping[str, Cell]]) -> Sheet:
    headings = dict.fromkeys(heading for row in rows for heading in row)
    columns = tuple(Column(each, (each, each), ("", ""), _kind_of(rows, each)) for each in headings)
    return Sheet(name, (name, name), columns, tuple(rows))


def _kind_of(rows: Iterable[Mapping[str, Cell]], heading: str) -> Any:
    return "decimal" if any(isinstance(row.get(heading), int | float) for row in rows) else "text"
