"""Graph to workbook to graph: nothing is lost and nothing is added, for every municipality that is shipped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.compare import isomorphic

from kg.namespaces import graph_iri
from kg.resources import triples_dir
from kg.workbook.context import read_graphs
from kg.workbook.importing import check_workbook, trig_files
from kg.workbook.layout import Table
from kg.workbook.rows import export_tables
from kg.workbook.sheets import FIRST, OTHER
from kg.workbook.writing import pages_of, to_csv_files, to_xlsx
from tests.workbooks import context, store

SHIPPED = {
    "Växjö": ("0780-vaxjo", "vaxjo-2022", "vaxjo-2024"),
    "Ljungby": ("0781-ljungby", "ljungby-2021"),
    "Kalmar": ("0880-kalmar", "kalmar-2021", "kalmar-2021-svar"),
    "Vännäs": ("2460-vannas", "vannas-2018"),
}


@cache
def exported(name: str) -> list[Table]:
    """Return the tables of a municipality, made once for all tests that only read them."""
    place = context(name).place
    graphs = read_graphs(store(), [f"register-{place.code}", *SHIPPED[name][1:]])
    return export_tables(graphs, context(name))


def shipped_graph(name: str) -> Graph:
    register = name[:4].isdigit()
    path = triples_dir() / ("register" if register else "sources") / f"{name}.trig"
    dataset = Dataset()
    dataset.parse(path, format="trig")
    return dataset.graph(URIRef(graph_iri(f"register-{name[:4]}" if register else name)))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_municipality_comes_back_from_its_workbook_as_the_same_graphs(
    name: str, form: str, tmp_path: Path
) -> None:
    pages = pages_of(exported(name))
    path = tmp_path / "arbetsbok.xlsx" if form == "xlsx" else tmp_path
    if form == "xlsx":
        path.write_bytes(to_xlsx(pages, context(name)))
    else:
        for file, content in to_csv_files(pages, context(name)).items():
            (path / file).write_bytes(content)
    found = check_workbook(path, store())
    assert not found.errors, [each.text for each in found.messages][:5]
    files = trig_files(found.built, found.context)
    assert {file.removesuffix(".trig") for file in files} == set(SHIPPED[name])
    for file, content in files.items():
        dataset = Dataset()
        dataset.parse(data=content, format="trig")
        key = file.removesuffix(".trig")
        graph = f"register-{key[:4]}" if key[:4].isdigit() else key
        assert isomorphic(dataset.graph(URIRef(graph_iri(graph))), shipped_graph(key)), key


@pytest.mark.parametrize("name", SHIPPED)
def test_what_users_work_with_has_sheets_of_its_own_and_nothing_is_left_over(name: str) -> None:
    names = {table.sheet.name for table in exported(name)}
    assert {sheet.name for sheet in FIRST} <= names
    assert OTHER.name not in names


def test_the_same_graph_gives_the_same_bytes() -> None:
    pages = pages_of(exported("Ljungby"))
    again = pages_of(exported.__wrapped__("Ljungby"))
    assert to_xlsx(pages, context("Ljungby")) == to_xlsx(again, context("Ljungby"))


def test_what_no_column_holds_is_kept_among_other_facts() -> None:
    place = context("Ljungby").place
    graphs = read_graphs(store(), [f"register-{place.code}", "ljungby-2021"])
    forum = next(t for t in sorted(graphs["ljungby-2021"]) if t.predicate.endswith("/purpose"))
    odd = forum._replace(value=forum.value._replace(kind="@en", text="Purpose; with = signs"))
    graphs["ljungby-2021"].add(odd)
    tables = export_tables(graphs, context("Ljungby"))
    other = next(table for table in tables if table.sheet is OTHER)
    assert [row.cells["Värde"] for row in other.rows] == ["Purpose; with = signs"]
