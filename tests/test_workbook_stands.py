"""The user's word on a finding: kept in the workbook, shown beside the finding, no persons, and back again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cache import load_everything
from kg.cli import cli
from kg.decisions import read_decisions
from kg.records import read_records
from kg.store import open_store
from kg.workbook.context import read_graphs
from kg.workbook.importing import check_workbook, trig_files
from kg.workbook.rows import export_tables
from kg.workbook.writing import pages_of, to_xlsx
from tests.workbooks import Sheets, checked, context, said, store

HEAD = ["Fynd-id", "Svar", "Skäl", "Ansvarig funktion", "Datum"]
BASE: Sheets = {
    "Forum": [["Forum", "Forumtyp", "Deltagarlista"], ["SSPF", "SSPF-grupp", "fullständig"]],
    "Deltagande": [["Forum", "Aktör"], ["SSPF", "Polisen"], ["SSPF", "Skolan"]],
}


def with_rows(*rows: list[str]) -> Sheets:
    return {**BASE, "Ställningstaganden": [HEAD, *rows]}


ROW = ["lund-2024/b-sspf/sspf-01", "ej aktuellt", "Prövat i nämnden", "trygghet@lund.se", "2025-02-03"]


def test_a_decision_arrives_in_a_graph_of_its_own(tmp_path: Path) -> None:
    found = checked(tmp_path, with_rows(ROW), shapes=True)
    assert not found.errors, said(found, "fel")
    assert "1281-lund-stallningstaganden.trig" in trig_files(found.built, found.context)
    (tmp_path / "data").mkdir()
    for name, content in trig_files(found.built, found.context).items():
        (tmp_path / "data" / name).write_text(content, encoding="utf-8")
    records = read_records(load_everything(open_store("memory"), [tmp_path / "data"]))
    decision = read_decisions(records).by_id[ROW[0]]
    assert (decision.outcome.sv, decision.reason, decision.responsible, decision.decided_on) == (
        "ej aktuellt",
        "Prövat i nämnden",
        "trygghet@lund.se",
        "2025-02-03",
    )


@pytest.mark.parametrize(
    ("place", "cell"), [(3, "anna.svensson@lund.se"), (3, "Anna Svensson"), (2, "Anna Svensson vet"), (0, "SSPF")]
)
def test_persons_and_what_is_no_finding_are_refused(place: int, cell: str, tmp_path: Path) -> None:
    row = list(ROW)
    row[place] = cell
    assert checked(tmp_path, with_rows(row)).errors


def test_a_mailbox_stands_nowhere_else(tmp_path: Path) -> None:
    notes = {**BASE, "Deltagande": [["Forum", "Aktör", "Anmärkning"], ["SSPF", "Polisen", "trygghet@lund.se"]]}
    assert checked(tmp_path, notes).errors


def test_two_decisions_on_one_finding_are_both_kept_and_come_back(tmp_path: Path) -> None:
    later = [ROW[0], "fråga ställd", "", "", "2025-03-01"]
    found = checked(tmp_path, with_rows(ROW, later))
    assert not found.errors, said(found, "fel")
    home = tmp_path / "data"
    home.mkdir()
    for name, content in trig_files(found.built, found.context).items():
        (home / name).write_text(content, encoding="utf-8")
    opened = load_everything(open_store("memory"), [home])
    graphs = read_graphs(opened, ["register-1281", "lund-2024", "stallningstaganden-1281"])
    path = tmp_path / "ut.xlsx"
    path.write_bytes(to_xlsx(pages_of(export_tables(graphs, context())), context()))
    again = check_workbook(path, store())
    assert not again.errors
    assert again.built.graphs == found.built.graphs


def test_the_gap_list_shows_the_word_of_the_user(tmp_path: Path) -> None:
    home = tmp_path / "data"
    path = tmp_path / "arbetsbok.xlsx"
    checked(tmp_path, BASE)
    imported = CliRunner().invoke(cli, ["workbook", "import", str(path), "-o", str(home)])
    assert imported.exit_code == 0, imported.output
    ask = ["gaps", "--municipality", "Lund", "--format", "json", "--data", str(home)]
    first = json.loads(CliRunner().invoke(cli, ask).output)[0]["id"]
    checked(tmp_path, with_rows([first, *ROW[1:]]))
    assert CliRunner().invoke(cli, ["workbook", "import", str(path), "-o", str(home)]).exit_code == 0
    told = {each["id"]: each["decision"] for each in json.loads(CliRunner().invoke(cli, ask).output)}
    assert told[first]["outcome"] == "ej aktuellt"
