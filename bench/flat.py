"""The limit: the same counts from flat tables in DuckDB, with everything that is not a join taken away beforehand.

Kinds are already closed over broader ones, reports chosen, statuses, roles and days tested. The outcomes are the core
of the rules alone: a norm on participation is met, or missing from a whole list, or neither; conditions, denials,
flows, levels and duties are left out. So this does less than `kg.nation`, and no engine will do it much faster.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.cases import Case
from kg.coverage.reach import read_coverage
from kg.gaps.presence import is_closed
from kg.norms import NormKind, list_norms
from kg.overlap.sharing import sits

__all__ = ["QUERIES", "open_flat"]

QUERIES = {
    "gaps": """
        SELECT d.description, n.norm, bool_or(m.kind IS NOT NULL) AS met, bool_or(d.closed) AS closed
        FROM described d JOIN norm n ON n.forum_kind = d.kind
        LEFT JOIN seat_kind m ON m.description = d.description AND m.kind = n.actor_kind
        GROUP BY d.description, n.norm""",
    "ages": """
        SELECT r.report, a.age, r.level, count(DISTINCT r.thing)
        FROM reach r JOIN range(0, 26) a(age) ON a.age BETWEEN r.low AND r.high
        GROUP BY r.report, a.age, r.level""",
    "overlaps": """
        WITH shared AS (
            SELECT a.report, a.forum AS first, b.forum AS second, count(*) AS shared
            FROM seat a JOIN seat b ON a.report = b.report AND a.actor = b.actor AND a.forum < b.forum
            GROUP BY a.report, a.forum, b.forum),
        size AS (SELECT report, forum, count(*) AS members FROM seat GROUP BY report, forum)
        SELECT s.*, a.members, b.members, s.shared / (a.members + b.members - s.shared) AS jaccard
        FROM shared s
        JOIN size a ON a.report = s.report AND a.forum = s.first
        JOIN size b ON b.report = s.report AND b.forum = s.second""",
}
"""What is asked of the flat tables."""


def _tables(cases: Sequence[Case]) -> dict[str, tuple[str, set[tuple[object, ...]]]]:
    """Return the columns and rows of each table."""
    seats: set[tuple[object, ...]] = set()
    kinds: set[tuple[object, ...]] = set()
    described: set[tuple[object, ...]] = set()
    reach: set[tuple[object, ...]] = set()
    for case in cases:
        report = case.source.key
        for forum in case.forums:
            closed = is_closed(case, forum)
            described |= {(forum.description, kind, closed) for kind in case.tree.all_broader(forum.types)}
            current = [each for each in case.members(forum) if each.current]
            kinds |= {(forum.description, kind) for each in current for kind in case.tree.all_broader(each.types)}
            if forum.running and not forum.programme:
                seats |= {(report, forum.thing.iri, each.actor.thing.iri) for each in current if sits(each)}
        for each in read_coverage(case).reaches:
            for years, _ in each.stated:
                reach |= {
                    (report, each.thing.iri, level, years[0], years[-1]) for level in each.levels or ("",) if years
                }
    norms: set[tuple[object, ...]] = {
        (norm.id, kind, norm.actor_type)
        for norm in list_norms(cases[0].records)
        if norm.kind is NormKind.PARTICIPATION
        for kind in norm.forum_types
    }
    return {
        "seat": ("report VARCHAR, forum VARCHAR, actor VARCHAR", seats),
        "seat_kind": ("description VARCHAR, kind VARCHAR", kinds),
        "described": ("description VARCHAR, kind VARCHAR, closed BOOLEAN", described),
        "reach": ("report VARCHAR, thing VARCHAR, level VARCHAR, low INTEGER, high INTEGER", reach),
        "norm": ("norm VARCHAR, forum_kind VARCHAR, actor_kind VARCHAR", norms),
    }


def open_flat(cases: Sequence[Case]) -> Any:
    """Return a DuckDB connection, of one thread, with the flat tables of the cases; raises `ImportError` without it."""
    import duckdb  # noqa: PLC0415  only this benchmark needs it

    connection = duckdb.connect(config={"threads": 1})
    with tempfile.TemporaryDirectory() as folder:
        for name, (columns, rows) in _tables(cases).items():
            path = Path(folder) / f"{name}.csv"
            _write(path, rows)
            connection.execute(f"CREATE TABLE {name} ({columns})")
            connection.execute(f"COPY {name} FROM '{path}' (FORMAT csv)")
    return connection


def _write(path: Path, rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(sorted(rows, key=str))
