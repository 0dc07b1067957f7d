"""The folder for Windows: assembled whole from wheels for Windows, and started by a double-click. Not run on Windows."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from kg.resources import data_files
from tests.tool import load_tool


@pytest.fixture(scope="module")
def windows() -> Iterator[ModuleType]:
    yield from load_tool("windows")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip with the files of an embeddable package that the build reads or replaces; they hold nothing."""
    path = tmp_path_factory.mktemp("python") / "python-3.12.10-embed-amd64.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        for name in ("python.exe", "pythonw.exe", "python312.dll", "python312.zip", "python312._pth"):
            zipped.writestr(name, "")
    return path


@pytest.fixture(scope="module")
def folder(windows: ModuleType, python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return windows.build(python, tmp_path_factory.mktemp("Åtgärder och annat") / "Förebygg")


def test_the_folder_holds_python_the_library_the_start_file_and_a_place_for_the_user(folder: Path) -> None:
    assert {each.name for each in folder.iterdir()} == {
        *("python", "bibliotek", "Mina uppgifter", "Starta Förebygg.cmd", "LÄS MIG.txt", "sha256.txt")
    }


def test_python_looks_for_modules_inside_the_folder_only(folder: Path) -> None:
    paths = (folder / "python" / "python312._pth").read_bytes()
    assert paths == b"python312.zip\r\n.\r\n..\\bibliotek\r\n"


def test_the_start_file_names_everything_from_its_own_place(folder: Path) -> None:
    command = (folder / "Starta Förebygg.cmd").read_bytes().decode("utf-8")
    assert "%~dp0python\\python.exe" in command
    assert "-m kg app" in command
    assert command.count("\r\n") == command.count("\n") == 5 - 1


def test_all_of_the_graph_is_in_the_library(folder: Path) -> None:
    shipped = {each.name for each in data_files()}
    assert shipped <= {each.name for each in (folder / "bibliotek" / "kg" / "triples").rglob("*.trig")}


def test_nothing_compiled_is_for_another_system(folder: Path) -> None:
    names = [each.name for each in (folder / "bibliotek").rglob("*")]
    assert [each for each in names if each.endswith((".so", ".dylib"))] == []
    assert any(each.startswith("pyoxigraph") and each.endswith(".pyd") for each in names)
    assert [each for each in names if each.endswith(".pyd") and "cp3" in each and "cp312" not in each] == []


def test_what_only_windows_requires_is_there(folder: Path) -> None:
    assert (folder / "bibliotek" / "colorama").is_dir()


def test_the_sums_are_those_of_every_file(folder: Path) -> None:
    lines = (folder / "sha256.txt").read_text(encoding="utf-8").splitlines()
    named = dict(reversed(line.split("  ", 1)) for line in lines)
    files = {each for each in folder.rglob("*") if each.is_file() and each.name != "sha256.txt"}
    assert {each.relative_to(folder).as_posix() for each in files} == set(named)
    one = folder / "Starta Förebygg.cmd"
    assert named[one.name] == hashlib.sha256(one.read_bytes()).hexdigest()


def test_a_requirement_that_no_wheel_meets_is_told(windows: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as zipped:
        words = "Name: thing\nVersion: 1.0\nRequires-Dist: colorama; platform_system == 'Windows'\n"
        zipped.writestr("thing-1.0.dist-info/METADATA", f"{words}Requires-Dist: pexpect; sys_platform != 'win32'\n")
    assert windows.missing_requirements([path], "3.12") == ["colorama"]


def test_a_wheel_that_leads_out_of_its_folder_is_refused(windows: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("../evil.py", "")
    with pytest.raises(windows.BuildError, match="leads out of the wheel"):
        windows._unpack(path, tmp_path / "library")
    assert not (tmp_path / "evil.py").exists()


def test_a_folder_that_is_there_is_not_written_over(windows: ModuleType, python: Path, tmp_path: Path) -> None:
    with pytest.raises(windows.BuildError, match="is there already"):
        windows.build(python, tmp_path)
    with pytest.raises(windows.BuildError, match="is no zip"):
        windows.build(Path(__file__), tmp_path / "new")
