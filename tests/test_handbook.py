"""The handbook holds everything that it says it lists."""

from __future__ import annotations

import doctest
import importlib
import re
import shlex
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.namespaces import FB, SCHEMES
from kg.resources import queries_dir
from tools.handbook.commands import walk
from tools.handbook.norms import read_register
from tools.handbook.pages import PARTS, ROOT, generated

HOWTO = (ROOT / "docs" / "howto.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reference() -> Mapping[str, str]:
    return generated()


def test_every_command_is_in_the_reference_with_its_example(reference: Mapping[str, str]) -> None:
    text = reference["reference/commands.md"]
    names = [name for name, _, _ in walk(cli)]
    assert "kg gaps" in names
    assert "kg workbook import" in names
    for name in names:
        assert re.search(rf"^#+ {name}$", text, re.MULTILINE), name
    sections = re.split(r"^#+ (?=kg )", text, flags=re.MULTILINE)[1:]
    without = {part.splitlines()[0] for part in sections if "$ kg" not in part}
    assert without <= {"kg sources"}, "a group may leave the examples to its commands"


@pytest.mark.parametrize("line", re.findall(r"^\$ (kg .+)$", HOWTO, re.MULTILINE))
def test_every_command_of_the_how_to_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, shlex.split(line)[1:], standalone_mode=False, catch_exceptions=False)
    assert done.return_value in (None, 0)
    wanted = re.search(r"-o (\S+)", line)
    assert (tmp_path / wanted[1]).stat().st_size > 100 if wanted else done.output


def test_every_command_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name, _, _ in walk(cli) if name.count(" ") == 1 and name not in text] == []


def test_every_query_is_in_the_reference_with_its_text(reference: Mapping[str, str]) -> None:
    for path in queries_dir().rglob("*.rq"):
        text = reference[f"reference/queries-{path.parent.name}.md"]
        assert f"\n## {path.stem}\n" in text
        assert path.read_text(encoding="utf-8").strip().splitlines()[-1] in text


def test_every_term_of_the_vocabulary_is_in_the_reference(reference: Mapping[str, str]) -> None:
    text = reference["reference/vocabulary.md"]
    missing = [iri for iri in FB if f"\n### fb:{iri.rsplit('/', 1)[-1]}\n" not in text]
    assert missing == []
    assert "<id/" in text.partition("### fb:ForumMembership\n")[2].partition("### ")[0], "an example from the graph"


def test_every_terminology_and_concept_is_in_the_reference(reference: Mapping[str, str]) -> None:
    text = reference["reference/terms.md"]
    for scheme in SCHEMES:
        part = text.partition(f"\n## {scheme}\n")[2].partition("\n## ")[0]
        turtle = (ROOT / "ontology" / "terms" / f"{scheme}.ttl").read_text(encoding="utf-8")
        codes = re.findall(rf"^{scheme}:(\S+) a skos:Concept", turtle, re.MULTILINE)
        assert codes
        assert [code for code in codes if f"| `{code}` |" not in part] == []


def test_every_norm_is_in_the_reference_with_its_text_and_address(reference: Mapping[str, str]) -> None:
    text = reference["reference/norms.md"]
    for row in read_register():
        line = next(line for line in text.splitlines() if f'<span id="{row["id"].lower()}">' in line)
        assert row["source_address"].replace("&", "&amp;") in line
        assert row["statement_sv"].replace("_", "\\_") in line or "*" in row["statement_sv"]


def test_every_page_of_the_contents_is_there() -> None:
    made = set(generated())
    later = {"docs/kom-igang.md"}
    for page in (page for part in PARTS.values() for page in part):
        assert page in made | later or (ROOT / page).is_file(), page


@pytest.mark.parametrize("name", ["markdown", "pages", "vocabulary"])
def test_the_examples_of_the_generators_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"tools.handbook.{name}")).failed == 0


def test_written_twice_the_reference_is_the_same(reference: Mapping[str, str]) -> None:
    assert generated() == reference
