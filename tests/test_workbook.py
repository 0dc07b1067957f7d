"""The command `kg workbook`: new, check, import, export, and what a folder holds afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from kg.cli import cli
from kg.resources import data_files
from tests.workbooks import GUIDE, SOURCES, xlsx

ROOT = Path(__file__).resolve().parent.parent
SMALL = {**GUIDE, **SOURCES, "Deltagande": [["Forum", "Aktör", "Närvaro"], ["BRÅ", "Polisen", "ibland"]]}


def run(*arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, ["workbook", *map(str, arguments)], standalone_mode=False)
    assert result.exception is None, result.exception
    assert (result.return_value or 0) == code, result.output
    return result


def saved(folder: Path, sheets: dict[str, list[list[object]]], name: str = "lund.xlsx") -> Path:
    path = folder / name
    path.write_bytes(xlsx(sheets))
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_new_writes_a_workbook_that_knows_its_municipality(tmp_path: Path) -> None:
    run("new", "--municipality", "malung-sälen", "-o", tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert [book["Läs mig"].cell(row, 2).value for row in (3, 4, 5)] == [
        "Malung-Sälens kommun",
        "2023",
        "Region Dalarna",
    ]
    assert book.sheetnames[1:9] == [
        *("Källor", "Aktörer och funktioner", "Forum", "Deltagande"),
        *("Flöden", "Insatser", "Dokument", "Det som saknas"),
    ]
    assert "Malung-Sälens kommun: 0 fel" in run("check", tmp_path / "m.xlsx").output


def test_new_as_csv_can_be_checked_as_a_folder(tmp_path: Path) -> None:
    run("new", "--municipality", "Lund", "--csv", tmp_path / "lund")
    assert "Lunds kommun: 0 fel" in run("check", tmp_path / "lund").output


def test_check_fails_on_errors_and_not_on_warnings(tmp_path: Path) -> None:
    assert "varning" in run("check", saved(tmp_path, SMALL)).output
    wrong = {**SMALL, "Deltagande": [["Forum", "Aktör", "Närvaro"], ["BRÅ", "Polisen", "iblan"]]}
    result = run("check", saved(tmp_path, wrong), "--marked", tmp_path / "m.xlsx", code=1)
    assert (
        "fel: Deltagande C2 (Närvaro): «iblan»: Välj något av: ibland, regelbunden, vid behov. Närmast: ibland."
        in result.output
    )
    assert "Närmast: ibland" in openpyxl.load_workbook(tmp_path / "m.xlsx")["Deltagande"]["C2"].comment.text


def test_check_as_json_follows_its_schema(tmp_path: Path) -> None:
    schema = json.loads((ROOT / "kg" / "schemas" / "workbook.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    wrong = {**SMALL, "Deltagande": [["Forum", "Aktör", "Närvaro"], ["BRÅ", "Polisen", "iblan"], ["", "", "x"]]}
    run("check", saved(tmp_path, wrong), "--format", "json", "-o", tmp_path / "m.json", code=1)
    said = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(said)
    assert said["errors"] == sum(each["level"] == "fel" for each in said["messages"]) > 0


def test_importing_twice_is_the_same_as_once_and_a_change_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = run("import", saved(tmp_path, SMALL), "-o", folder)
    assert "Nytt: deltagande Polismyndigheten – BRÅ (lund-2024)" in first.output
    before = contents(folder)
    assert "Inget har ändrats." in run("import", saved(tmp_path, SMALL), "-o", folder).output
    assert contents(folder) == before
    changed = {**SMALL, "Deltagande": [["Forum", "Aktör", "Närvaro"], ["BRÅ", "Polisen", "regelbunden"]]}
    assert "närvaro: ibland → regelbunden" in run("import", saved(tmp_path, changed), "-o", folder, "--dry-run").output
    assert contents(folder) == before
    assert "närvaro: ibland → regelbunden" in run("import", saved(tmp_path, changed), "-o", folder).output


def test_nothing_is_written_where_there_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    run("import", saved(tmp_path, SMALL), "-o", folder)
    before = contents(folder)
    wrong = {**SMALL, "Deltagande": [["Forum", "Aktör", "Närvaro"], ["BRÅ", "Skolan", "iblan"]]}
    assert "Inget skrevs." in run("import", saved(tmp_path, wrong), "-o", folder, code=1).output
    assert contents(folder) == before
    assert "Inget skrevs." in run("import", saved(tmp_path, wrong), "-o", tmp_path / "ny", code=1).output
    assert not (tmp_path / "ny").exists()


def test_a_source_that_is_taken_out_leaves_the_folder_and_files_of_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "egen.ttl").write_text("# min egen\n", encoding="utf-8")
    two = {
        **GUIDE,
        "Källor": [["Källa", "Utgivare", "Datum"], ["G", "Lunds kommun", "2024"], ["W", "Lunds kommun", "2023"]],
        "Deltagande": [["Forum", "Aktör", "Källa"], ["BRÅ", "Polisen", "G"], ["BRÅ", "Polisen", "W"]],
    }
    run("import", saved(tmp_path, two), "-o", folder)
    assert set(contents(folder)) == {
        "1281-lund.trig",
        "egen.ttl",
        "lund-2023.trig",
        "lund-2024.trig",
        "lund-samlad.trig",
    }
    assert "Borttaget: källa W" in run("import", saved(tmp_path, SMALL), "-o", folder).output
    assert set(contents(folder)) == {"1281-lund.trig", "egen.ttl", "lund-2024.trig"}


def test_a_file_that_no_import_wrote_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "lund-2024.trig").write_text("# min egen\n", encoding="utf-8")
    result = CliRunner().invoke(
        cli, ["workbook", "import", str(saved(tmp_path, SMALL)), "-o", str(tmp_path)], standalone_mode=False
    )
    assert "was not written by an import" in str(result.exception)
    assert (tmp_path / "lund-2024.trig").read_text(encoding="utf-8") == "# min egen\n"


def test_other_commands_read_what_was_imported(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    run("import", saved(tmp_path, SMALL), "-o", folder, "--full")
    for arguments in (
        ("gaps", "--municipality", "Lund", "--all"),
        ("map", "--report", "lund-2024", "-o", str(tmp_path / "k.html")),
    ):
        result = CliRunner().invoke(cli, [*arguments, "--data", str(folder)], standalone_mode=False)
        assert result.exception is None, result.exception
    assert "BRÅ" in (tmp_path / "k.html").read_text(encoding="utf-8")
    checked = CliRunner().invoke(cli, ["validate", *map(str, sorted(folder.iterdir()))], standalone_mode=False)
    assert "0 fel" in checked.output


def test_an_import_can_be_exported_from_the_folder_and_imported_again(tmp_path: Path) -> None:
    folder, again = tmp_path / "data", tmp_path / "igen"
    run("import", saved(tmp_path, SMALL), "-o", folder)
    run("export", "--municipality", "Lund", "--data", folder, "-o", tmp_path / "ut.xlsx")
    run("import", tmp_path / "ut.xlsx", "-o", again)
    assert contents(folder) == contents(again)


def test_a_shipped_source_of_the_same_year_is_not_mixed_with_a_new_one(tmp_path: Path) -> None:
    sheets = {**SMALL, "Läs mig": [["Kommun", "Växjö"]]}
    folder = tmp_path / "data"
    run("import", saved(tmp_path, sheets), "-o", folder)
    assert "vaxjo-2024.trig" in {path.name for path in data_files()}
    assert {path.name for path in folder.iterdir()} == {"0780-vaxjo.trig", "vaxjo-2024-2.trig"}


def test_export_writes_csv_too_and_an_unknown_municipality_suggests_near_ones(tmp_path: Path) -> None:
    run("export", "--municipality", "Ljungby", "--csv", tmp_path / "lj")
    assert (tmp_path / "lj" / "04 Deltagande.csv").read_text(encoding="utf-8-sig").startswith("Forum;Aktör;")
    result = CliRunner().invoke(
        cli, ["workbook", "new", "--municipality", "Lundd", "-o", "x.xlsx"], standalone_mode=False
    )
    assert "Lund" in str(result.exception)


@pytest.mark.parametrize("command", ["new", "check", "import", "export"])
def test_each_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner().invoke(cli, ["workbook", command, "--help"])
    assert f"Example: kg workbook {command}" in result.output


def test_the_remembered_folder_is_the_default_and_never_what_a_workbook_is_read_against(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr("kg.project.project_folder", lambda: folder)
    run("import", saved(tmp_path, SMALL))
    before = contents(folder)
    assert "Inget har ändrats." in run("import", saved(tmp_path, SMALL)).output
    assert contents(folder) == before


def test_several_workbooks_are_brought_in_with_progress_and_one_with_an_error_stops_only_itself(tmp_path: Path) -> None:
    lund = saved(tmp_path, SMALL)
    eslov = saved(tmp_path, {**SMALL, "Läs mig": [["Kommun", "Eslöv"]]}, "eslov.xlsx")
    wrong = {
        **SMALL,
        "Läs mig": [["Kommun", "Höör"]],
        "Deltagande": [["Forum", "Aktör", "Närvaro"], ["BRÅ", "Polisen", "iblan"]],
    }
    hoor = saved(tmp_path, wrong, "hoor.xlsx")
    result = run("import", lund, hoor, eslov, "-o", tmp_path / "data", code=1)
    assert "2/3" in result.output
    assert set(contents(tmp_path / "data")) == {
        "1281-lund.trig",
        "lund-2024.trig",
        "1285-eslov.trig",
        "eslov-2024.trig",
    }
