"""The user's own folder is remembered, read by every command beside the shipped graph, and forgotten on request."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import _run, cli
from kg.errors import LocationError
from kg.project import forget_project, project_folder, remember_project
from tests.tiny import PREFIXES, WORLD


def run(*arguments: str) -> str:
    return CliRunner().invoke(cli, list(arguments), standalone_mode=False, catch_exceptions=False).output


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "Mina uppgifter"
    folder.mkdir()
    (folder / "provstad.ttl").write_text(PREFIXES + WORLD, encoding="utf-8")
    return folder


def test_a_remembered_folder_is_read_by_every_command(own: Path) -> None:
    assert "provstad-2022" not in run("sources", "list")
    assert str(own.resolve()) in run("project", str(own))
    assert "provstad-2022" in run("sources", "list")
    assert "1 file of triples" in run("project")


def test_a_named_folder_takes_the_place_of_the_remembered_one(own: Path, tmp_path: Path) -> None:
    run("project", str(own))
    other = tmp_path / "annan"
    other.mkdir()
    (other / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    assert "provstad-2022" not in run("sources", "list", "--data", str(other))


def test_a_folder_without_triples_yet_changes_nothing(tmp_path: Path) -> None:
    remember_project(tmp_path)
    assert "vaxjo-2022" in run("sources", "list")


def test_a_forgotten_folder_is_read_no_more_and_keeps_its_files(own: Path) -> None:
    run("project", str(own))
    assert "No folder" in run("project", "--forget")
    assert "provstad-2022" not in run("sources", "list")
    assert (own / "provstad.ttl").is_file()
    forget_project()


def test_a_folder_that_is_gone_is_told_with_the_way_to_mend_it(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    remember_project(own)
    (own / "provstad.ttl").unlink()
    own.rmdir()
    with pytest.raises(LocationError, match="is gone"):
        project_folder()
    assert _run(["sources", "list"]) == LocationError.exit_code
    assert "kg project FOLDER, or --forget" in capfd.readouterr().err
    assert _run(["project", "--forget"]) == 0


def test_both_a_folder_and_forget_are_refused(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _run(["project", str(own), "--forget"]) == 2
    assert "not both" in capfd.readouterr().err
    with pytest.raises(LocationError, match="is no folder"):
        remember_project(own / "provstad.ttl")
