"""The command as its users meet it: names, formats, exit codes, and what happens when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result

from kg.cli import COMMANDS, _run, cli

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOREBYGG_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), standalone_mode=False, catch_exceptions=False)


def fails(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = _run(list(arguments))
    return code, capfd.readouterr().err


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_has_help_with_an_example(name: str) -> None:
    said = CliRunner().invoke(cli, [name, "--help"]).output
    assert "Example: kg" in said or name == "sources"


@pytest.mark.parametrize("name", ["list", "check"])
def test_each_command_on_sources_has_an_example(name: str) -> None:
    assert "Example: kg sources" in CliRunner().invoke(cli, ["sources", name, "--help"]).output


def test_help_imports_neither_rdflib_nor_networkx_nor_pyvis() -> None:
    code = "import sys; from kg.cli import _run; _run(['--help']); print(sorted({'rdflib','networkx','pyvis','jinja2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip().endswith("[]")


@pytest.mark.parametrize("name", ["vaxjo", "Växjö kommun", "0780", "VÄXJÖ", "va\u0308xjo\u0308"])
def test_a_municipality_is_known_by_many_names(name: str) -> None:
    done = run(
        "query",
        "SELECT ?kommun ?kod WHERE { ?kommun <https://w3id.org/forebygg/spec/municipalityCode> ?kod } ORDER BY ?kod",
        "--municipality",
        name,
        "--format",
        "csv",
    )
    assert done.output.splitlines()[1].endswith(",0780")


def test_a_wrong_municipality_suggests_near_names(capfd: pytest.CaptureFixture[str]) -> None:
    code, said = fails(capfd, "gaps", "--municipality", "Vaxio")
    assert code == 2
    assert "Växjö" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [("query", "ingen-sadan"), ("explain", "vaxjo-2022/b-x/y"), ("map", "--report", "vaxjo-1999"), ("gasp",)],
)
def test_an_unknown_name_is_an_error_of_the_input(
    capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert fails(capfd, *arguments)[0] == 2


def test_a_report_without_forums_has_no_map_and_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    code, said = fails(capfd, "map", "--report", "kalmar-2021-svar")
    assert code == 2
    assert "describes no forums" in said


def test_a_query_that_does_not_parse_says_so_in_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    code, said = fails(capfd, "query", "SELECT ?x WHERE { ?x ")
    assert code == 2
    assert said.startswith("kg: the query does not parse")
    assert said.count("\n") == 1


def test_broken_turtle_names_file_and_line_and_leaves_no_store(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    broken = tmp_path / "trasig.trig"
    broken.write_text("@prefix a: <https://example.org/> .\na:b a:c\n", encoding="utf-8")
    code, said = fails(capfd, "load", str(broken), "--store", str(tmp_path / "graf"))
    assert code == 2
    assert f"{broken}, line" in said
    assert [path.name for path in tmp_path.iterdir()] == ["trasig.trig"]


def test_a_folder_instead_of_a_file_is_said_so(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "is a folder" in fails(capfd, "load", str(tmp_path), "--store", str(tmp_path / "graf"))[1]
    assert "is a folder" in fails(capfd, "validate", str(tmp_path))[1]
    code, said = fails(capfd, "query", "--list", "-o", str(tmp_path))
    assert (code, "is a folder" in said) == (4, True)


def test_the_name_of_a_file_says_its_form_where_no_format_is_given(tmp_path: Path) -> None:
    for name, given, first in (("a.CSV", (), "rapport,"), ("a.txt", (), "rapport "), ("b.csv", ("table",), "rapport ")):
        run("sources", "list", "-o", str(tmp_path / name), *(each for one in given for each in ("--format", one)))
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(first), name


def test_a_form_that_is_not_written_is_refused_and_no_file_is_made(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, said = fails(capfd, "norms", "-o", str(tmp_path / "normer.ods"))
    assert (code, "writes table, csv, md, xlsx" in said) == (2, True)
    code, said = fails(capfd, "norms", "--format", "xlsx")
    assert (code, "name a file with -o" in said) == (2, True)
    construct = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 1"
    code, said = fails(capfd, "query", construct, "-o", str(tmp_path / "svar.xlsx"))
    assert (code, "no table" in said) == (2, True)
    assert list(tmp_path.iterdir()) == []


LISTS = (
    *(
        ("audit",),
        ("coverage",),
        ("diff", "vaxjo-2022", "vaxjo-2024"),
        ("gaps", "--all"),
        ("governance",),
        ("meetings",),
    ),
    *(("norms",), ("overlaps",), ("path",), ("position",), ("query", "cq22-areas"), ("sources", "list"), ("triage",)),
)


@pytest.mark.parametrize("command", LISTS, ids=lambda each: each[0])
def test_a_list_is_the_same_as_a_workbook_and_as_csv(command: tuple[str, ...], tmp_path: Path) -> None:
    run(*command, "-o", str(tmp_path / "lista.csv"))
    run(*command, "-o", str(tmp_path / "lista.xlsx"))
    with (tmp_path / "lista.csv").open(encoding="utf-8", newline="") as stream:
        text = list(csv.reader(stream))
    (sheet,) = openpyxl.load_workbook(tmp_path / "lista.xlsx").worksheets
    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert cells == text
    assert len(cells) > 1


def test_a_workbook_keeps_sections_and_codes_as_words_and_counts_as_numbers(tmp_path: Path) -> None:
    query = """SELECT ?avsnitt ?kod ?antal ?text WHERE {
        VALUES (?avsnitt ?kod ?antal ?text) { ("3.10" "0780" 12 "=1+1") ("4" "1" UNDEF "x") } } ORDER BY ?avsnitt"""
    run("query", query, "-o", str(tmp_path / "svar.xlsx"))
    (sheet,) = openpyxl.load_workbook(tmp_path / "svar.xlsx").worksheets
    assert list(sheet.iter_rows(min_row=2, values_only=True)) == [("3.10", "0780", 12, "=1+1"), ("4", "1", None, "x")]
    assert sheet["D2"].data_type == "s"


def test_a_file_that_is_not_there_is_input_or_output(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert fails(capfd, "load", str(tmp_path / "saknas.trig"), "--store", str(tmp_path / "graf"))[0] == 4
    assert fails(capfd, "gaps", "--store", str(tmp_path / "saknas"))[0] == 4


def test_a_place_that_cannot_be_written_leaves_nothing_half_written(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    blocker = tmp_path / "fil"
    blocker.write_text("x", encoding="utf-8")
    assert fails(capfd, "map", "--report", "vaxjo-2022", "-o", str(blocker / "karta.html"))[0] == 4
    assert fails(capfd, "atlas", "-o", str(blocker))[0] == 4
    assert [path.name for path in tmp_path.iterdir()] == ["fil"]


def test_loading_into_a_folder_of_other_files_is_refused(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "annat.txt").write_text("x", encoding="utf-8")
    source = ROOT / "ontology" / "terms" / "visshet.ttl"
    assert "holds other files" in fails(capfd, "load", str(source), "--store", str(tmp_path))[1]


def test_a_loaded_folder_answers_queries_and_loading_twice_is_loading_once(tmp_path: Path) -> None:
    source, folder = str(ROOT / "ontology" / "terms" / "visshet.ttl"), str(tmp_path / "graf")
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    run("load", source, "--store", folder)
    once = run("query", text, "--store", folder, "--format", "csv").output
    run("load", source, "--store", folder)
    assert run("query", text, "--store", folder, "--format", "csv").output == once
    assert int(once.splitlines()[1]) > 10


def test_json_results_are_sparql_results() -> None:
    found = json.loads(
        run(
            "query", "SELECT ?s WHERE { ?s a <https://w3id.org/forebygg/spec/Source> } ORDER BY ?s", "--format", "json"
        ).output
    )
    assert found["head"]["vars"] == ["s"]
    assert found["results"]["bindings"][0]["s"]["type"] == "uri"


@pytest.mark.parametrize("output_format", ["xml", "tsv", "csv", "table"])
def test_each_result_format_holds_the_answer(output_format: str) -> None:
    text = "SELECT ?s WHERE { ?s <https://w3id.org/forebygg/spec/municipalityCode> '0780' }"
    assert "0780" in run("query", text, "--format", output_format).output


def test_a_query_may_stand_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "fråga.rq"
    path.write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    assert run("query", str(path)).output == "true\n"


def test_a_parameter_that_is_no_iri_never_enters_the_query(capfd: pytest.CaptureFixture[str]) -> None:
    code, said = fails(capfd, "query", "SELECT ?s WHERE { ?s ?p ?o }", "--bind", "s=x> } INSERT <y")
    assert code == 2
    assert "no IRI" in said


def test_the_list_of_questions_has_the_name_first() -> None:
    rows = list(csv.reader(io.StringIO(run("query", "--list", "--format", "csv").output)))
    assert rows[0][0] == "name"
    assert len(rows) > 20
    assert len({row[0] for row in rows}) == len(rows)


def test_gaps_as_json_fit_the_published_schema() -> None:
    schema = json.loads((ROOT / "kg" / "schemas" / "findings.json").read_text(encoding="utf-8"))
    for lang in ("sv", "en"):
        found = json.loads(run("gaps", "--all", "--all-reports", "--format", "json", "--lang", lang).output)
        jsonschema.Draft202012Validator(schema).validate(found)
        assert len({each["id"] for each in found}) == len(found)


def test_fail_on_looks_at_gaps_of_that_obligation_only() -> None:
    gaps = json.loads(run("gaps", "--municipality", "vannas", "--format", "json").output)
    strongest = {each["obligation"] for each in gaps if each["kind"] == "gap"}
    assert run("gaps", "--municipality", "vannas").return_value == 0
    assert run("gaps", "--municipality", "vannas", "--fail-on", "bor").return_value == int(
        bool(strongest & {"bör", "ska"})
    )
    assert run("gaps", "--municipality", "vannas", "--fail-on", "ska").return_value == int("ska" in strongest)


def test_every_finding_can_be_explained() -> None:
    for each in json.loads(run("gaps", "--report", "vaxjo-2022", "--format", "json").output)[:5]:
        said = run("explain", each["id"]).output
        assert each["sentence"] in said
        assert all(claim["iri"] in said for claim in each["claims"])


@pytest.mark.parametrize(
    "command",
    [
        ("governance", "--report", "ljungby-2021"),
        ("coverage", "--report", "ljungby-2021"),
        ("position", "--report", "kalmar-2021", "--draws", "0"),
        ("diff", "vaxjo-2022", "vaxjo-2024"),
    ],
)
def test_every_remark_can_be_explained(command: tuple[str, ...]) -> None:
    told = json.loads(run(*command, "--format", "json").output)
    each = told[0].get("remarks", told)[0]
    said = run("explain", each["id"]).output
    assert each["advice"] is None or each["advice"] in said
    assert all(claim["iri"] in said for claim in each["claims"])
    assert each["report_iri"] in said


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("en", "två"):
        assert run("atlas", "--report", "vaxjo-2022", "-o", str(tmp_path / name)).exception is None
    first, second = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in sorted((tmp_path / name).rglob("*"))
            if path.is_file()
        }
        for name in ("en", "två")
    )
    assert first == second
    assert {str(path) for path in first} >= {
        "index.html",
        "vaxjo-2022/karta.html",
        "vaxjo-2022/luckor.csv",
        "vaxjo-2022/luckor.json",
    }


def test_the_cached_export_equals_the_store_read_anew() -> None:
    cached = run("gaps", "--all", "--format", "json").output
    assert run("gaps", "--all", "--format", "json", "--store", "memory").output == cached


@pytest.mark.parametrize("output_format", ["trig", "ttl", "nq", "jsonld"])
def test_an_export_loads_again_with_the_same_number_of_triples(output_format: str, tmp_path: Path) -> None:
    path = tmp_path / f"graf.{output_format}"
    assert run("export", "--format", output_format, "-o", str(path)).exception is None
    run("load", str(path), "--store", str(tmp_path / "graf"))
    count = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }"
    again = run("query", count, "--store", str(tmp_path / "graf"), "--format", "csv").output
    assert again == run("query", count, "--format", "csv").output


def test_an_interrupted_run_exits_130_and_leaves_no_file(tmp_path: Path) -> None:
    code = (
        "import time, kg.maps.page as page\n"
        "from kg.cli import main\n"
        "def slow(*_): print('here', flush=True); time.sleep(30)\n"
        "page.render_map = slow\n"
        "main(['map', '--report', 'vaxjo-2022', '-o', r'%s'])\n" % (tmp_path / "karta.html")
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert child.stdout is not None
    assert child.stdout.readline().strip() == b"here"
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=20)
    assert child.returncode == 130
    assert said.decode().strip() == "kg: interrupted"
    assert list(tmp_path.iterdir()) == []


def leave(code: str, **streams: object) -> subprocess.CompletedProcess[str]:
    """Run the command as the program does, after some code of our own."""
    text = f"import sys\n{code}\nfrom kg.cli import main\nmain()"
    return subprocess.run(
        [sys.executable, "-c", text, "query", "ASK { ?s ?p ?o }"],
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},  # type: ignore[call-overload]
        text=True,
        cwd=ROOT,
        check=False,
    )


def test_what_is_to_be_done_at_the_end_is_done() -> None:
    done = leave("import atexit; atexit.register(print, 'last')")
    assert (done.returncode, done.stdout) == (0, "true\nlast\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a screen that takes nothing")
def test_a_screen_that_takes_nothing_is_an_error() -> None:
    with Path("/dev/full").open("w") as full:
        assert leave("", stdout=full).returncode == 4
    assert leave("sys.stderr = None").stdout == "true\n"


def test_a_cache_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    blocker = tmp_path / "fil"
    blocker.write_text("x", encoding="utf-8")
    environment = {**os.environ, "FOREBYGG_CACHE": str(blocker / "cache")}
    done = subprocess.run(
        [sys.executable, "-m", "kg", "query", "ASK { ?s ?p ?o }"],
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    assert (done.returncode, done.stdout) == (0, "true\n")


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m kg norms | head -n 1", shell=True, capture_output=True, text=True, cwd=ROOT
    )
    assert done.stderr == ""


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { serv\\u0069ce SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_a_query_never_reaches_out(capfd: pytest.CaptureFixture[str], query: str) -> None:
    code, said = fails(capfd, "query", query)
    assert (code, "refused" in said) == (2, True)


def test_a_folder_of_ones_own_without_triples_is_said_so(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert fails(capfd, "gaps", "--data", str(tmp_path))[0] == 4
    (tmp_path / "trasig.ttl").write_text("<a> <b", encoding="utf-8")
    code, said = fails(capfd, "gaps", "--data", str(tmp_path))
    assert (code, "trasig.ttl" in said) == (2, True)


def test_an_unknown_forum_suggests_near_ones(capfd: pytest.CaptureFixture[str]) -> None:
    code, said = fails(capfd, "gaps", "--report", "vaxjo-2022", "--forum", "Tisdagsgrupen")
    assert (code, "Tisdagsgruppen" in said) == (2, True)
    assert fails(capfd, "norms", "--forum-type", "sspff")[0] == 2


def test_the_screen_gets_no_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "elak.ttl"
    path.write_text('<https://example.org/a> <https://example.org/b> "röd\\u001B[31m text\\u0007" .', encoding="utf-8")
    run("load", str(path), "--store", str(tmp_path / "graf"))
    for output_format in ("table", "csv", "tsv", "json"):
        said = run(
            "query", "SELECT ?o WHERE { ?s ?p ?o }", "--store", str(tmp_path / "graf"), "--format", output_format
        )
        assert "\x1b" not in said.output
        assert "\x07" not in said.output


def test_a_formula_in_a_label_is_harmless_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "elak.ttl"
    path.write_text('<https://example.org/a> <https://example.org/b> "=HYPERLINK(1)" .', encoding="utf-8")
    run("load", str(path), "--store", str(tmp_path / "graf"))
    said = run("query", "SELECT ?o WHERE { ?s ?p ?o }", "--store", str(tmp_path / "graf"), "--format", "csv").output
    assert said.splitlines()[1] == "'=HYPERLINK(1)"
