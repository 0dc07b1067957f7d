"""The tutorial, followed to the letter: its table is saved, its commands are run, and the map is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cache import read_shipped
from kg.cli import cli
from kg.gaps import find_gaps
from kg.network import build_network, forums
from kg.sources import choose_sources

TEXT = (Path(__file__).parents[1] / "docs" / "kom-igang.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ kg (.+)$", TEXT, re.MULTILINE)
TABLE = re.findall(r"```csv\n(.*?)```", TEXT, re.DOTALL)[0]


def test_the_tutorial_leads_from_a_table_to_a_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOREBYGG_CONFIG", str(tmp_path / "config"))
    (tmp_path / "lund.csv").write_text(TABLE, encoding="utf-8")
    for command in COMMANDS:
        result = CliRunner().invoke(cli, shlex.split(command))
        assert result.exit_code == 0, (command, result.output)
    assert "Skolsociala teamet" in (tmp_path / "lund.html").read_text(encoding="utf-8")
    assert (tmp_path / "lund.xlsx").read_bytes()[:2] == b"PK"
    records = read_shipped([tmp_path / "mina-data"])
    sources = choose_sources(records, municipality="Lund")
    graph = build_network(records, sources)
    seats = {each.thing.sv: graph.degree[each.description] for each in forums(graph)}
    assert seats == {"BRÅ": 4, "SSPF": 4, "Skolsociala teamet": 2}
    assert not [each for each in find_gaps(records, graph, sources) if each.is_gap], "no list was said to be whole"
