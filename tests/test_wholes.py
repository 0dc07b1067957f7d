"""Several sources of one municipality are one picture: all members count, each claim keeps its source, none is lost."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kg.cache import load_everything
from kg.cli import cli
from kg.extract import read_extract
from kg.findings import Finding, Outcome
from kg.gaps import find_gaps
from kg.namespaces import DCTERMS, FB
from kg.network import build_network, forums_by_source
from kg.records import Records, read_records
from kg.records.kept import read_kept, write_kept
from kg.sources import choose_sources, list_sources
from kg.store import Store, open_store
from kg.workbook.context import read_graphs
from kg.workbook.importing import Checked, check_workbook, trig_files
from kg.workbook.rows import export_tables
from kg.workbook.writing import pages_of, to_xlsx
from tests.workbooks import Sheets, checked, context, said, store

THREE: Sheets = {
    "Källor": [
        ["Källa", "Slag av källa", "Utgivare", "Datum"],
        ["Beslut", "beslut", "Lunds kommun", "2022-05-01"],
        ["Webbplats", "webbsida", "Lunds kommun", "2024-03-17"],
        ["Egen uppgift", "egen uppgift", "Lunds kommun", "2025-02-03"],
    ],
    "Forum": [
        ["Forum", "Forumtyp", "Källa", "Avsnitt", "Deltagarlista", "Nivå", "Hur ofta"],
        ["SSPF", "SSPF-grupp", "Beslut", "2", "fullständig", "operativ", "varannan vecka"],
        ["SSPF", "SSPF-grupp", "Webbplats", "SSPF", "fullständig", "", ""],
    ],
    "Deltagande": [
        ["Forum", "Aktör", "Källa", "Avsnitt"],
        ["SSPF", "Skolan", "Beslut", "2"],
        ["SSPF", "Polisen", "Beslut", "2"],
        ["SSPF", "Polisen", "Webbplats", "SSPF"],
        ["SSPF", "Socialtjänsten", "Webbplats", "SSPF"],
        ["SSPF", "Fritidsgården", "Egen uppgift", ""],
        ["BRÅ", "Polisen", "Egen uppgift", ""],
    ],
    "Aktörer och funktioner": [["Namn", "Aktörstyp"], ["Fritidsgården", "fritid"]],
}
"""SSPF in a decision with school and police, on a later page with police and social services, and a club of its own."""


def three(folder: Path, sheets: Sheets = THREE) -> Checked:
    found = checked(folder, sheets)
    assert not found.errors, said(found, "fel")
    return found


def loaded(found: Checked, folder: Path) -> Store:
    home = folder / "data"
    home.mkdir(exist_ok=True)
    for name, content in trig_files(found.built, found.context).items():
        (home / name).write_text(content, encoding="utf-8")
    return load_everything(open_store("memory"), [home])


def of_school(records: Records, *reports: str) -> list[Finding]:
    """Return what the norms on SSPF say of the school, the outcomes that apply."""
    sources = choose_sources(records, municipality="Lund", reports=reports)
    found = find_gaps(records, build_network(records, sources), sources)
    mine = [each for each in found if each.forum and each.forum.sv == "SSPF" and each.actor_type]
    return [e for e in mine if e.actor_type and e.actor_type.sv == "skola" and e.outcome is not Outcome.NOT_APPLICABLE]


def test_three_sources_are_parts_of_one_whole_of_the_latest_day(tmp_path: Path) -> None:
    records = read_records(loaded(three(tmp_path), tmp_path))
    mine = {each.key: each for each in list_sources(records) if each.code == "1281"}
    assert {key: each.part_of for key, each in mine.items()} == {
        "lund-2022": "lund-samlad",
        "lund-2024": "lund-samlad",
        "lund-2025": "lund-samlad",
        "lund-samlad": "",
    }
    assert mine["lund-samlad"].observed_on.isoformat() == "2025-02-03"
    assert mine["lund-samlad"].thing.sv == "Lund, samlad bild"


def test_the_whole_is_chosen_and_a_part_only_where_it_is_named(tmp_path: Path) -> None:
    records = read_records(loaded(three(tmp_path), tmp_path))
    assert [each.key for each in choose_sources(records, municipality="Lund")] == ["lund-samlad"]
    assert [each.key for each in choose_sources(records, municipality="Lund", all_reports=True)] == ["lund-samlad"]
    assert [each.key for each in choose_sources(records, reports=["lund-2024"])] == ["lund-2024"]
    assert [each.key for each in choose_sources(records, reports=["lund-2024", "lund-samlad"])] == ["lund-samlad"]


def test_the_whole_has_the_members_of_all_parts_and_one_description_a_forum(tmp_path: Path) -> None:
    records = read_records(loaded(three(tmp_path), tmp_path))
    sources = choose_sources(records, municipality="Lund")
    graph = build_network(records, sources)
    forums = {each.thing.sv: each for each in forums_by_source(graph)[sources[0].thing.iri]}
    assert set(forums) == {"SSPF", "BRÅ"}
    sspf = forums["SSPF"]
    # the page is the latest that describes SSPF, so its list of two counts; the decision adds level and rhythm
    assert sspf.description.endswith("lund-2024/b-sspf")
    assert (sspf.whole_list, sspf.listed) == (True, 2)
    assert [each.sv for each in sspf.levels] == ["operativ"]
    assert sspf.meetings == (26.0, 26.0)
    assert {each.source.sv for each in records.sections(sspf.claim)} == {"Beslut", "Webbplats"}
    names = sorted(graph.nodes[node]["actor"].thing.sv for node in graph[sspf.description])
    assert names == ["Fritidsgården", "Polismyndigheten", "Skolan", "Socialtjänsten"]


def test_a_member_that_one_part_states_is_never_missing_because_of_the_list_of_another(tmp_path: Path) -> None:
    records = read_records(loaded(three(tmp_path), tmp_path))
    alone, whole = of_school(records, "lund-2024"), of_school(records)
    assert {each.outcome for each in alone} == {Outcome.MISSING}
    assert {each.outcome for each in whole} == {Outcome.PRESENT}
    assert all("Beslut" in {each.source.sv for e in one.evidence for each in e.sections} for one in whole)


def test_sources_that_disagree_are_told_of_at_the_cell(tmp_path: Path) -> None:
    warnings = said(three(tmp_path), "varning")
    assert any(
        "Deltagande B2" in each and "Källan Webbplats räknar upp alla i SSPF utan Skolan" in each for each in warnings
    )
    assert any("Källan Beslut räknar upp alla i SSPF utan Socialtjänsten" in each for each in warnings)


def test_a_denial_that_another_part_contradicts_is_left_to_its_part(tmp_path: Path) -> None:
    denied = {
        **THREE,
        "Det som saknas": [
            ["Källa", "Aktör som inte deltar", "I forum", "Enligt källan"],
            ["Egen uppgift", "Skolan", "SSPF", "skolan deltar inte"],
            ["Egen uppgift", "Skolan", "BRÅ", "skolan deltar inte"],
        ],
    }
    found = three(tmp_path, denied)
    assert any("Källan Egen uppgift säger att Skolan inte deltar i SSPF" in each for each in said(found, "varning"))
    records = read_records(loaded(found, tmp_path))
    assert len(records.claims_of("https://w3id.org/forebygg/res/kalla/lund-2025", FB.NonMembership)) == 2
    assert len(records.claims_of("https://w3id.org/forebygg/res/kalla/lund-samlad", FB.NonMembership)) == 1
    assert {each.outcome for each in of_school(records)} == {Outcome.PRESENT}


def test_a_name_without_more_never_hides_what_an_earlier_part_tells(tmp_path: Path) -> None:
    later = {**THREE, "Deltagande": [*THREE["Deltagande"], ["SSPF", "Kyrkan", "Egen uppgift", ""]]}
    records = read_records(loaded(three(tmp_path, later), tmp_path))
    sources = choose_sources(records, municipality="Lund")
    graph = build_network(records, sources)
    sspf = next(each for each in forums_by_source(graph)[sources[0].thing.iri] if each.thing.sv == "SSPF")
    assert sspf.description.endswith("lund-2024/b-sspf")


def test_the_extract_for_whole_graph_results_puts_the_same_whole_together(tmp_path: Path) -> None:
    opened = loaded(three(tmp_path), tmp_path)
    wide, full = read_extract(opened), read_records(opened)
    whole = "https://w3id.org/forebygg/res/kalla/lund-samlad"
    kinds = (FB.ForumDescription, FB.ForumMembership)
    assert {each.iri for kind in kinds for each in wide.records.claims_of(whole, kind)} == {
        each.iri for kind in kinds for each in full.claims_of(whole, kind)
    }


def test_asking_for_the_whole_reads_its_parts(tmp_path: Path) -> None:
    opened = loaded(three(tmp_path), tmp_path)
    whole = "https://w3id.org/forebygg/res/kalla/lund-samlad"
    assert read_records(opened, sources=[whole]).claims[whole] == read_records(opened).claims[whole]


def test_records_come_back_from_the_cache_with_the_whole(tmp_path: Path) -> None:
    records = read_records(loaded(three(tmp_path), tmp_path))
    write_kept(tmp_path, records.named, records.claims)
    assert read_kept(tmp_path)[1] == records.claims


def test_a_workbook_with_one_source_or_with_audit_reports_has_no_whole(tmp_path: Path) -> None:
    audits = {
        **THREE,
        "Källor": [["Källa", "Slag av källa", "Utgivare", "Datum"]]
        + [[each, "revisionsrapport", "Lunds kommun", "2024"] for each in ("Beslut", "Webbplats", "Egen uppgift")],
    }
    assert "lund-samlad" not in three(tmp_path, audits).built.graphs
    assert "lund-samlad" not in three(tmp_path, {"Deltagande": [["Forum", "Aktör"], ["BRÅ", "Polisen"]]}).built.graphs


def test_a_source_can_be_kept_out_of_the_whole(tmp_path: Path) -> None:
    head, *rows = THREE["Källor"]
    out = {
        **THREE,
        "Källor": [[*head, "I samlad bild"], *([*row, "nej" if row[0] == "Beslut" else ""] for row in rows)],
    }
    found = three(tmp_path, out)
    parts = {
        t.subject.rsplit("/", 1)[-1] for g in found.built.graphs.values() for t in g if t.predicate == DCTERMS.isPartOf
    }
    assert {"lund-2024", "lund-2025"} <= parts
    assert "lund-2022" not in parts


def test_a_workbook_of_several_sources_comes_back_as_the_same_graphs(tmp_path: Path) -> None:
    found = three(tmp_path)
    opened = loaded(found, tmp_path)
    names = ["register-1281", "lund-2022", "lund-2024", "lund-2025", "lund-samlad"]
    tables = export_tables(read_graphs(opened, names), context())
    path = tmp_path / "ut.xlsx"
    path.write_bytes(to_xlsx(pages_of(tables), context()))
    again = check_workbook(path, store())
    assert not again.errors
    assert again.built.graphs == found.built.graphs
    before, after = trig_files(found.built, found.context), trig_files(again.built, again.context)
    assert set(before) == set(after)
    for name, content in before.items():
        one, two = (Dataset(default_union=True).parse(data=each, format="trig") for each in (content, after[name]))
        assert isomorphic(triples(one), triples(two)), name


def triples(dataset: Dataset) -> Graph:
    """Return what all graphs of a dataset say."""
    graph = Graph()
    for triple in dataset.triples((None, None, None)):
        graph.add(triple)
    return graph


def test_a_decision_stays_with_forum_and_norm_when_a_later_part_describes_the_forum(tmp_path: Path) -> None:
    """Decided when the decision of 2022 was the only source; the page of 2024 then describes SSPF anew."""
    answer = [["Fynd-id", "Svar", "Datum"], ["lund-2022/b-sspf/sspf-01", "deltar redan", "2023-01-01"]]
    records = read_records(loaded(three(tmp_path, {**THREE, "Ställningstaganden": answer}), tmp_path))
    sources = choose_sources(records, municipality="Lund")
    found = find_gaps(records, build_network(records, sources), sources)
    told = [each for each in found if each.decision]
    assert [each.id for each in told] == ["lund-2024/b-sspf/sspf-01"]
    assert told[0].decision
    assert told[0].decision.outcome.sv == "deltar redan"


def test_explaining_a_finding_of_the_whole_leads_to_the_part_also_by_the_id_of_a_source_that_is_gone(
    tmp_path: Path,
) -> None:
    loaded(three(tmp_path), tmp_path)
    data = ["--data", str(tmp_path / "data")]
    listed = CliRunner().invoke(cli, ["gaps", "--municipality", "Lund", "--all", "--format", "json", *data])
    assert listed.exit_code in {0, 1}, listed.output
    found = next(each for each in json.loads(listed.output) if "b-sspf" in each["id"])
    for asked in (found["id"], f"lund-2021/{found['id'].partition('/')[2]}"):
        told = CliRunner().invoke(cli, ["explain", asked, *data])
        assert told.exit_code == 0, told.output
        assert "samlad bild" in told.output
