"""The queries that define whole-graph results, and those that export: heads and shape, so that none escapes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.resources import queries_dir
from kg.store import open_store

DEFINITIONS = sorted((queries_dir() / "definitions").glob("*.rq"))
EXPORTS = sorted(path for folder in ("extract", "network") for path in (queries_dir() / folder).glob("*.rq"))
EVERY = sorted(queries_dir().rglob("*.rq"))


def name_of(path: Path) -> str:
    return path.relative_to(queries_dir()).with_suffix("").as_posix()


def head_of(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^# (\w+): (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE))


def body_of(path: Path) -> str:
    return "\n".join(
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")
    )


def projected(body: str) -> list[str]:
    found = re.search(r"^SELECT (?:DISTINCT )?(.*)$", body, re.MULTILINE)
    assert found, "the outermost SELECT starts a line of its own"
    return re.findall(r"\?(\w+)", found[1])


@pytest.mark.parametrize("path", [*DEFINITIONS, *EXPORTS], ids=name_of)
def test_head_says_everything_in_both_languages(path: Path) -> None:
    head = head_of(path)
    assert {"Title", "Question", "Level", "Answers", "Binds"} <= set(head)
    swedish, _, english = head["Question"].partition(" / ")
    assert swedish.endswith("?")
    assert english.endswith("?")
    assert head["Answers"].startswith("one row")


@pytest.mark.parametrize("path", DEFINITIONS, ids=name_of)
def test_a_definition_can_be_bound_and_has_a_total_order(path: Path) -> None:
    body = body_of(path).strip()
    names = projected(body)
    assert len(names) == len(set(names))
    assert not re.search(r"^SELECT.* AS \?", body, re.MULTILINE), "an expression cannot be bound by a trailing VALUES"
    assert not re.search(r"^GROUP BY", body, re.MULTILINE), "an outermost GROUP BY and a trailing VALUES do not agree"
    assert body.splitlines()[-1].startswith("ORDER BY "), "the last line orders the answer"
    binds = set(re.findall(r"\?(\w+)", head_of(path)["Binds"]))
    assert binds
    assert binds <= set(names)


@pytest.mark.parametrize("path", EVERY, ids=name_of)
def test_every_query_parses_and_answers_on_an_empty_store(path: Path) -> None:
    assert open_store("memory").query(path.read_text(encoding="utf-8")) is not None


def test_every_folder_of_queries_is_measured_for_growth() -> None:
    from bench.growth import shipped_queries

    assert set(shipped_queries()) == {name_of(path) for path in EVERY}
