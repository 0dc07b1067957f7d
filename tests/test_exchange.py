"""What leaves as a network and as tables: read back by networkx, pandas, csv and openpyxl, equal and harmless."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pandas as pd
import pytest
import rdflib
from click.testing import CliRunner

from kg.cases import Case, open_cases
from kg.cli import cli
from kg.exports.exchange import CLASSES, build_graph, short_id, to_gexf, to_graphml
from kg.exports.tables import KINDS, build_tables, csv_files, kumu_sheets
from kg.findings import Kind, Lang, Rollup
from kg.gaps import find_gaps
from kg.listings.columns import COLUMNS, TITLES, Column, Sheet
from kg.namespaces import FB
from kg.records import read_records
from kg.resources import ontology_dir
from kg.rollup import two_mode
from kg.sources import choose_sources
from kg.workbook.plain import PlainSheet, plain_xlsx
from tests import tiny
from tests.synthetic import all_cases, real_store, synthetic_store

HOSTILE = """
a:ond a fb:ActorGroup ; skos:prefLabel "=HYPERLINK(\\"https://x\\")"@sv ; fb:actorType aktorstyp:skola ;
    fb:municipality k:9990 .
a:tabb a fb:ActorGroup ; skos:prefLabel "Ta\\tbb <&> \\"citat\\""@sv ; fb:actorType aktorstyp:skola ; fb:municipality k:9990 .
"""


def described() -> list[Case]:
    return [case for case in all_cases(real_store()) if case.source.describes_forums]


def tiny_cases(*texts: str) -> list[Case]:
    records = read_records(tiny.store_of(*texts))
    return open_cases(records, choose_sources(records))


def tables(cases: list[Case], level: Rollup = Rollup.UNIT, lang: Lang = "sv") -> dict[str, Sheet]:
    first = cases[0]
    sources = [each.source for each in cases]
    found = find_gaps(first.records, first.graph, sources, everywhere=sources)
    return {each.name: each for each in build_tables(build_graph(cases, level, lang), cases, found, level, lang)}


def read(content: bytes, reader: Any) -> nx.Graph:
    graph: nx.Graph = reader(io.BytesIO(content))
    return graph


def same(first: nx.Graph, second: nx.Graph) -> bool:
    def ties(graph: nx.Graph) -> dict[frozenset[str], Any]:
        return {frozenset((start, end)): data for start, end, data in graph.edges(data=True)}

    return dict(first.nodes(data=True)) == dict(second.nodes(data=True)) and ties(first) == ties(second)


# --- the network


@pytest.mark.parametrize("level", list(Rollup))
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_networkx_reads_both_network_formats_back_as_they_were(level: Rollup, lang: Lang) -> None:
    graph = build_graph(described(), level, lang)
    assert graph.number_of_edges() > 100
    assert same(read(to_gexf(graph), nx.read_gexf), graph)
    assert same(read(to_graphml(graph), nx.read_graphml), graph)
    assert to_gexf(graph) == to_gexf(build_graph(described(), level, lang))


def test_the_network_is_the_one_that_the_analysis_thinks_in() -> None:
    for case in described():
        wanted = two_mode(case, Rollup.ORGANISATION, programmes=True)
        found = build_graph([case], Rollup.ORGANISATION)
        assert {short_id(node) for node in wanted} == set(found)
        assert {frozenset(map(short_id, tie)) for tie in wanted.edges} == {frozenset(tie) for tie in found.edges}


def test_a_tie_carries_claim_section_certainty_role_and_report() -> None:
    # Polisen sits in Gruppen by one claim of section 1; Skolan by two, of which one is hedged: the surer one counts.
    more = (
        "u:m-2 a fb:ForumMembership ; org:organization f:gruppen ; org:member a:skolan ; fb:certainty visshet:antydd ;"
        " org:role deltagarroll:ordforande ; prov:wasDerivedFrom s:2 .\n"
    )
    graph = build_graph(tiny_cases(tiny.describe("a:polisen a:skolan"), more))
    tie = graph.edges["org:9990:skolan", "utsaga:provstad-2022:b-gruppen"]
    assert tie["weight"] == 2.0
    assert tie["certainty_sv"] == "uttalad"
    assert set(tie["role_sv"].split("|")) == {"ordförande", "ledamot"}
    assert set(tie["sections"].split("|")) == {"1", "2"}
    assert tie["claims"].split("|")[-1].endswith("/utsaga/provstad-2022/m-gruppen-1")
    assert tie["report"] == "provstad-2022"
    assert graph.edges["org:9990:polisen", "utsaga:provstad-2022:b-gruppen"]["weight"] == 1.0


def test_what_is_unknown_has_no_attribute() -> None:
    node = build_graph(tiny_cases(tiny.describe("a:polisen"))).nodes["utsaga:provstad-2022:b-gruppen"]
    assert "meetings_min" not in node
    assert node["listed_members"] == 1
    assert node["listing_sv"] == "fullständig"


def test_memberships_that_do_not_hold_are_rows_and_no_ties() -> None:
    ended = tiny.describe("a:polisen a:skolan").replace(
        "org:member a:skolan ;", "org:member a:skolan ; fb:status status:upphord ;"
    )
    cases = tiny_cases(ended)
    assert list(build_graph(cases)) == ["org:9990:polisen", "utsaga:provstad-2022:b-gruppen"]
    rows = {row["actor_sv"]: row["holds"] for row in tables(cases)["memberships"].rows}
    assert rows == {"Polisen": True, "Skolan": False}


def test_every_id_is_a_name_token_and_belongs_to_one_thing() -> None:
    for store in (real_store(), synthetic_store()):
        cases = [case for case in all_cases(store) if case.source.describes_forums]
        iris = {node for case in cases for level in Rollup for node in two_mode(case, level, programmes=True)}
        ids = {short_id(iri) for iri in iris}
        assert len(ids) == len(iris)
        assert all(re.fullmatch(r"[A-Za-z0-9:.-]+", each) for each in ids)
    assert short_id("https://example.org/å_b") == "https:example.org:.e5..5f.b"


def test_gexf_and_graphml_hold_no_key_twice_and_no_clock() -> None:
    graph = build_graph(described())
    keys = [
        each.get("id") for each in ET.fromstring(to_graphml(graph)).iter("{http://graphml.graphdrawing.org/xmlns}key")
    ]
    assert len(keys) == len(set(keys)) > 30
    assert b"lastmodified" not in to_gexf(graph)
    assert b'<graph defaultedgetype="undirected" mode="static">' in to_gexf(graph)
    types = dict(re.findall(r'title="(\w+)" type="(\w+)"', to_gexf(graph).decode("utf-8")))
    assert (types["listed_members"], types["meetings_max"], types["label_sv"]) == ("long", "double", "string")


def test_names_that_act_or_break_are_only_words() -> None:
    graph = build_graph(tiny_cases(HOSTILE, tiny.describe("a:ond a:tabb")))
    assert graph.nodes["org:9990:tabb"]["label"] == 'Ta bb <&> "citat"'
    assert same(read(to_gexf(graph), nx.read_gexf), graph)
    assert same(read(to_graphml(graph), nx.read_graphml), graph)


def test_the_words_of_classes_and_kinds_are_those_of_the_vocabulary() -> None:
    ontology = rdflib.Graph().parse(ontology_dir() / "forebygg.ttl", format="turtle")
    for iri, (swedish, english) in CLASSES.items():
        labels = {each.language: str(each) for each in ontology.objects(rdflib.URIRef(iri), rdflib.RDFS.label)}  # type: ignore[union-attr]
        assert labels == {"sv": swedish, "en": english}
    assert set(KINDS) == set(Kind)
    assert FB.Actor not in CLASSES


# --- tables


@pytest.mark.parametrize("level", [Rollup.UNIT, Rollup.ORGANISATION])
def test_every_column_is_filled_by_someone_and_no_cell_lacks_a_column(level: Rollup) -> None:
    sheets = tables(described(), level)
    assert list(sheets) == list(TITLES) == list(COLUMNS)
    for sheet in sheets.values():
        names = [column.name for column in sheet.columns]
        assert len(names) == len(set(names))
        used = {name for row in sheet.rows for name, cell in row.items() if cell not in {None, ""}}
        assert (
            used - set(names) <= {"label", "id", "weight"}
            if sheet.name in {"nodes", "edges"}
            else not used - set(names)
        )
        seldom = {"status", "attendance", *(["organisation"] if level is Rollup.ORGANISATION else [])}
        assert {name.rpartition("_")[0] for name in set(names) - used} <= seldom


def test_the_ends_of_every_tie_and_flow_are_nodes() -> None:
    for level in Rollup:
        sheets = tables(described(), level)
        ids = [row["Id"] for row in sheets["nodes"].rows]
        assert len(ids) == len(set(ids))
        for name in ("edges", "flows"):
            ends = {row[end] for row in sheets[name].rows for end in ("Source", "Target")}
            assert ends <= set(ids)
        assert len(sheets["edges"].rows) == build_graph(described(), level).number_of_edges()


def test_pandas_reads_the_csv_tables_with_their_types() -> None:
    files = csv_files(tables(described()).values())
    assert sorted(files) == sorted(f"{name}.csv" for name in TITLES)
    kinds = {"integer": "float64", "decimal": "float64", "boolean": "bool"}
    for name, text in files.items():
        frame = pd.read_csv(io.StringIO(text))
        for column in COLUMNS[name.removesuffix(".csv")]:
            assert column.name in frame.columns
            if column.kind in kinds:
                assert str(frame[column.name].dtype) in {kinds[column.kind], "int64"}, (name, column.name)
    nodes, edges = (pd.read_csv(io.StringIO(files[f"{name}.csv"])) for name in ("nodes", "edges"))
    assert list(nodes.columns[:2]) == ["Id", "Label"]
    assert list(edges.columns[:3]) == ["Source", "Target", "Type"]
    graph = nx.from_pandas_edgelist(edges, "Source", "Target", edge_attr=["Weight", "claims"])
    wanted = build_graph(described())
    assert {frozenset(tie) for tie in graph.edges} == {frozenset(tie) for tie in wanted.edges}


def test_no_cell_of_csv_or_excel_is_taken_for_a_formula() -> None:
    cases = tiny_cases(HOSTILE, tiny.describe("a:ond a:tabb"))
    for text in csv_files(tables(cases).values()).values():
        for row in csv.reader(io.StringIO(text)):
            assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row)
    sheets = tables(cases).values()
    book = workbook([each.for_people("sv") for each in sheets])
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(cell.value == '=HYPERLINK("https://x")' and cell.quotePrefix for cell in cells)


def workbook(sheets: Iterable[Sheet], english: bool = False) -> Any:
    plain = [
        PlainSheet(
            each.title[english],
            tuple(column.heading[english] for column in each.columns),
            [tuple(row.get(column.name) for column in each.columns) for row in each.rows],
        )
        for each in sheets
    ]
    content = plain_xlsx(plain)
    assert content == plain_xlsx(plain)
    return openpyxl.load_workbook(io.BytesIO(content))


def export(tmp_path: Path, *arguments: str, name: str) -> Path:
    path = tmp_path / name
    result = CliRunner().invoke(cli, ["export", *arguments, "-o", str(path)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return path


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_workbook_has_a_sheet_a_table_in_one_language(lang: Lang, tmp_path: Path) -> None:
    path = export(tmp_path, "--municipality", "Växjö", "--lang", lang, name="v.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [title[lang == "en"] for title in TITLES.values()]
    nodes = book[TITLES["nodes"][lang == "en"]]
    headings = [cell.value for cell in nodes[1]]
    assert len(headings) == len(set(headings))
    wanted = ["angivna", "möten, minst"] if lang == "sv" else ["listed", "meetings, least"]
    numbers = {type(row[headings.index(each)].value) for each in wanted for row in nodes.iter_rows(min_row=2)}
    assert numbers <= {int, float, type(None)}
    assert int in numbers
    swedish = {str(cell.value) for page in book for row in page.iter_rows() for cell in row}
    assert not swedish & (
        {"gap", "question", "actor", "Undirected", "unit"} if lang == "sv" else {"lucka", "fråga", "aktör"}
    )
    frame = pd.read_excel(path, sheet_name=TITLES["memberships"][lang == "en"])
    assert str(frame["gäller" if lang == "sv" else "holds"].dtype) == "bool"


def test_kumu_finds_its_columns_and_every_end_of_a_connection(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(export(tmp_path, "--format", "kumu", "--municipality", "Växjö", name="k.xlsx"))
    assert book.sheetnames == ["Elements", "Connections"]
    elements = pd.DataFrame(book["Elements"].iter_rows(min_row=2, values_only=True))
    connections = list(book["Connections"].iter_rows(values_only=True))
    assert [cell.value for cell in book["Elements"][1]][:4] == ["ID", "Label", "Type", "Tags"]
    assert connections[0][:6] == ("ID", "From", "To", "Type", "Direction", "Tags")
    ids = list(elements[0])
    assert len(ids) == len(set(ids))
    assert not any("_" in each for each in ids), "Kumu cannot find an id with an underscore"
    assert {end for row in connections[1:] for end in row[1:3]} <= set(ids)
    assert {row[4] for row in connections[1:]} == {"undirected", "directed"}
    assert {row[3] for row in connections[1:]} == {"deltar i", "informerar"}
    assert len({row[0] for row in connections[1:]}) == len(connections) - 1


def test_kumu_in_english_has_english_fields() -> None:
    elements, connections = kumu_sheets(tables(described(), lang="en").values(), "en")
    assert {"level", "municipality", "list of members"} <= {column.name for column in elements.columns}
    assert {row["Type"] for row in connections.rows} == {"takes part in", "informs"}


def test_a_sheet_beyond_what_excel_holds_is_refused() -> None:
    from kg.errors import DataError

    with pytest.raises(DataError, match="csv"):
        plain_xlsx([PlainSheet("A", ("a",), [("x" * 40_000,)])])
    with pytest.raises(DataError, match="more than an Excel sheet holds"):
        plain_xlsx([PlainSheet("A", ("a",), range(1_100_000))])  # type: ignore[arg-type]  only its length is asked for


def test_an_empty_table_has_its_headings() -> None:
    sheets = tables(tiny_cases(tiny.describe("a:polisen")))
    assert csv_files([sheets["denials"]])["denials.csv"].count("\n") == 1
    page = workbook([sheets["denials"].for_people("sv")])["Förnekade"]
    assert page.max_row == 1
    assert page["A1"].value == "rapport"


def test_a_column_says_what_it_is_in_both_languages() -> None:
    for columns in COLUMNS.values():
        for each in columns:
            assert isinstance(each, Column)
            assert all(each.heading)
            assert all(each.meaning)
            assert re.fullmatch(r"[A-Za-z_]+", each.name)
        for lang in ("sv", "en"):
            headings = [c.heading[lang == "en"] for c in columns if c.lang in {"", lang} and not c.machine]
            assert len(headings) == len(set(headings))


# --- the command


def test_csv_goes_to_a_folder_or_one_table_to_the_screen(tmp_path: Path) -> None:
    folder = export(tmp_path, "--format", "csv", "--municipality", "Kalmar", name="kalmar")
    assert {path.name for path in folder.iterdir()} == {f"{name}.csv" for name in TITLES}
    shown = CliRunner().invoke(cli, ["export", "--format", "csv", "--table", "nodes", "--municipality", "Kalmar"])
    assert shown.output == (folder / "nodes.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "csv"], "name a folder"),
        (["--format", "xlsx"], "name a file"),
        (["--format", "kumu"], "name a file"),
        (["--format", "gexf", "--table", "nodes"], "--table is for csv"),
        (["--table", "nodes"], "--table is for csv"),
    ],
)
def test_what_does_not_fit_together_is_said(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(cli, ["export", *arguments])
    assert result.exit_code == 2
    assert said in result.output


def test_a_report_that_describes_no_forums_has_no_network() -> None:
    from kg.errors import DataError

    result = CliRunner().invoke(cli, ["export", "--format", "gexf", "--report", "kalmar-2021-svar"])
    assert isinstance(result.exception, DataError)


def test_the_workbook_is_an_archive_without_macros_or_links(tmp_path: Path) -> None:
    path = export(tmp_path, "--report", "vannas-2018", name="v.xlsx")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    assert not any("vba" in each.lower() or "externalLink" in each for each in names)
