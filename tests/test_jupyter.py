"""The map in a notebook: one call, a frame of its own, the page that the command writes."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.errors import DataError, UnknownName


def test_a_notebook_shows_the_page_that_the_command_writes(tmp_path: Path) -> None:
    path = tmp_path / "karta.html"
    CliRunner().invoke(cli, ["map", "--report", "vaxjo-2022", "-o", str(path)], catch_exceptions=False)
    view = kg.show("vaxjo-2022")
    assert view.html == path.read_text(encoding="utf-8")
    frame = re.fullmatch(
        r'<iframe srcdoc="([^"]*)" width="100%" height="760" style="[^"]*"></iframe>', view._repr_html_()
    )
    assert frame is not None
    assert html.unescape(frame[1]) == view.html


def test_the_report_is_asked_for_by_name_or_municipality() -> None:
    assert "Vännäs" in kg.show(municipality="Vännäs", lang="en").html
    with pytest.raises(DataError, match="say which map"):
        kg.show()
    with pytest.raises(UnknownName, match="vaxjo-2022"):
        kg.show("vaxjo-2023")


def test_nothing_of_the_map_is_imported_before_it_is_asked_for() -> None:
    code = "import sys, kg; print(sorted(each for each in sys.modules if each.startswith('kg.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing
