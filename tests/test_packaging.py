"""What is shipped: the wheel holds all data and runs from a folder of its own; versions agree; documents hold."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from kg import __version__, errors
from kg.cli import COMMANDS
from kg.resources import data_files, norm_files, ontology_files, queries_dir

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    source = tmp_path_factory.mktemp("source") / "forebygg"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(source)], check=True, capture_output=True
    )
    return next(out.glob("*.whl"))


def test_the_wheel_holds_every_file_of_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        *(f"kg/triples/{path.relative_to(ROOT / 'data' / 'triples').as_posix()}" for path in data_files()),
        *(
            f"kg/ontology/{path.relative_to(ROOT / 'ontology').as_posix()}"
            for path in (*ontology_files(), *norm_files())
        ),
        *(f"kg/queries/{path.relative_to(queries_dir()).as_posix()}" for path in queries_dir().rglob("*.rq")),
        *(f"kg/pages/templates/{path.name}" for path in (ROOT / "kg" / "pages" / "templates").iterdir()),
        *(f"kg/maps/static/{path.name}" for path in (ROOT / "kg" / "maps" / "static").iterdir()),
        *(f"kg/maps/templates/{path.name}" for path in (ROOT / "kg" / "maps" / "templates").iterdir()),
        "kg/ontology/shapes.ttl",
        "kg/ontology/w3id/.htaccess",
        *(f"kg/schemas/{path.name}" for path in (ROOT / "kg" / "schemas").iterdir()),
        "kg/py.typed",
    }
    assert expected <= names
    assert not [name for name in names if name.startswith(("tests/", "bench/", "tools/"))]


def test_the_installed_wheel_has_the_same_graph_as_the_checkout(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "installerat å ä ö"
    venv.create(place, with_pip=False, system_site_packages=False)
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "paket")
    site = next(path for path in map(Path, sys.path) if (path / "pyoxigraph").is_dir())
    code = (
        "import kg, sys; from kg.resources import *; "
        "print(kg.__file__); print(len(data_files()), len(ontology_files())); "
        "from kg.cli import main; main(['query', 'SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }', '--store', 'memory', '--format', 'csv'])"
    )
    environment = {"PYTHONPATH": f"{place / 'paket'}:{site}", "FOREBYGG_CACHE": str(tmp_path / "cache"), "PATH": ""}
    done = subprocess.run(
        [str(python), "-c", code], capture_output=True, text=True, env=environment, cwd=tmp_path, check=True
    )
    where, counts, _, count = done.stdout.split("\n")[:4]
    assert str(place / "paket") in where
    assert counts == f"{len(data_files())} {len(ontology_files())}"
    here = subprocess.run(
        [
            sys.executable,
            "-m",
            "kg",
            "query",
            "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
            "--store",
            "memory",
            "--format",
            "csv",
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert count == here.stdout.splitlines()[1]


def test_the_version_is_the_same_everywhere() -> None:
    assert re.search(
        rf"^## {re.escape(__version__)}$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert f"version: {__version__}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'"{__version__}"' in (ROOT / "ontology" / "forebygg.ttl").read_text(encoding="utf-8")


def test_every_error_has_its_heading_in_the_documents() -> None:
    headings = set(re.findall(r"^## (\w+)$", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE))
    raised = {name for name in errors.__all__ if isinstance(getattr(errors, name), type)}
    assert raised - {"KgError"} <= headings


def test_every_dependency_has_its_reason() -> None:
    said = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    named = re.findall(
        r"^    ([a-z][\w-]+)(?:[<>=].*)?$", (ROOT / "setup.cfg").read_text(encoding="utf-8"), re.MULTILINE
    )
    libraries = {name for name in named if name not in {*COMMANDS, "kg"}}
    wanted = libraries & {
        *("click", "jinja2", "networkx", "platformdirs", "pyoxigraph", "pyvis", "rdflib", "scipy", "build", "coverage"),
        *("hypothesis", "jsonschema", "mypy", "playwright", "pyshacl", "pytest", "ruff", "import-linter"),
    }
    assert len(wanted) > 10
    assert not [name for name in wanted if name not in said]


README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", re.findall(r"^\$ (kg .+)$", README, re.MULTILINE))
def test_every_command_of_the_readme_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shlex

    from click.testing import CliRunner

    from kg.cli import cli

    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, shlex.split(line)[1:], standalone_mode=False, catch_exceptions=False)
    assert done.return_value in (None, 0)
    wanted = re.search(r"-o (\S+)", line)
    assert (tmp_path / wanted[1]).stat().st_size > 100 if wanted else done.output


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code = "\n".join(re.findall(r"```python\n(.*?)```", README, re.DOTALL))
    exec(compile(code, "README.md", "exec"), {})
    assert all(line.isdigit() for line in capsys.readouterr().out.split())


@pytest.mark.parametrize("path", sorted(path for path in ROOT.glob("**/*.md") if ".venv" not in path.parts), ids=str)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
