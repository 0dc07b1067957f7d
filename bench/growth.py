"""Ask every shipped query of graphs that grow, and say how its time grows with them.

    python -m bench.growth --sizes 5 29 290

Each query is asked without arguments (but for `BOUND`), in memory, in a process of its own a size; one that takes
longer than the limit is reported and its process ended. Times are medians of CPU milliseconds.

A query also costs something on a graph without municipalities: it is parsed and planned, and norms and terms are
scanned. That is measured first (size 0) and taken off. What is left is the cost of the municipalities; where it is
below half a millisecond it drowns in noise and is counted as half a millisecond, so that the exponent then is a lower
bound (marked ≥). A query that stays below it at the largest size is called flat. The exponent is the slope of time
against triples, log-log: from the second largest size to the largest, and over all sizes. The limit is 1.2 for both.

A small graph fits in the processor's cache and a large one does not, so that even a query known to be linear seems to
grow faster. One such is asked too (`reference`), each membership with three properties looked up by itself; what its
exponents exceed 1 is not the query's doing and is taken off ("ok, cache"). Anything above makes the benchmark fail.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import Worker, exponent, graph_files, machine, median_cpu, read_synthetic, table
from kg.resources import queries_dir
from kg.store import Rows

__all__ = ["Course", "main", "measure", "shipped_queries", "verdict"]

STEEPEST = 1.2
NOISE = 0.5
LOADING = 300.0
REFERENCE = """
PREFIX fb: <https://w3id.org/forebygg/spec/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?claim ?forum ?actor ?section
WHERE { ?claim org:organization ?forum ; org:member ?actor ; prov:wasDerivedFrom ?section }
"""
"""A query that is linear by its nature: one row a membership, each looked up by itself."""
BOUND = {"linked/claims": {"sak": "https://w3id.org/forebygg/id/myndighet/polismyndigheten"}}
"""What is only ever asked of one thing, with the thing that the most claims of the country name.

Without it the claims that name anything are every triple of every claim times everything that the claim names.
"""


@dataclass(slots=True)
class Course:
    """How one query fares: CPU milliseconds and rows by size, and what went wrong."""

    name: str
    base: float = 0.0
    times: dict[int, float] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    problem: str = ""

    def net(self, size: int) -> float:
        """Return the milliseconds that the municipalities cost, never less than the noise."""
        return max(self.times[size] - self.base, NOISE)

    def slopes(self, triples: dict[int, int]) -> list[float]:
        """Return the exponents between the two largest sizes and over all; none where the query is flat."""
        sizes = sorted(self.times)
        if len(sizes) < 2 or self.net(sizes[-1]) <= NOISE:
            return []
        points = [(triples[size], self.net(size)) for size in sizes]
        return [exponent(points[-2:]), exponent(points)]

    def bounded(self) -> bool:
        """Whether the exponents are lower bounds, since a smaller size drowns in noise."""
        return any(self.net(size) <= NOISE for size in self.times)


def shipped_queries() -> dict[str, str]:
    """Return the text of every shipped query by folder and name."""
    folder = queries_dir()
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.rq"))
    }


def _asker(path: Path) -> Callable[[tuple[str, str]], object]:
    """Return what a child does: answer no text with the number of triples, a query with its time and rows."""
    store, triples = read_synthetic(path)

    def ask(request: tuple[str, str]) -> object:
        name, text = request
        if not text:
            return triples
        milliseconds, answer = median_cpu(lambda: store.query(text, BOUND.get(name)))
        return milliseconds, len(answer) if isinstance(answer, (Rows, list)) else 1

    return ask


def measure(
    queries: dict[str, str], sizes: Sequence[int], *, seed: int, limit: float
) -> tuple[list[Course], dict[int, int]]:
    """Return the course of each query over the sizes, and the triples of each size."""
    courses = {name: Course(name) for name in queries}
    triples: dict[int, int] = {}
    with graph_files([0, *sizes], seed=seed) as files:
        for size, path in files.items():
            with Worker(_asker, path) as worker:
                triples[size] = worker.ask(("", ""), seconds=LOADING)
                for name, text in queries.items():
                    _ask(worker, courses[name], text, size=size, limit=limit)
    return list(courses.values()), triples


def _ask(worker: Worker, course: Course, text: str, *, size: int, limit: float) -> None:
    if course.problem:
        return
    try:
        time, rows = worker.ask((course.name, text), seconds=limit)
    except TimeoutError:
        course.problem = f"over {limit:g} s at {size}"
        worker.ask(("", ""), seconds=LOADING)
        return
    except RuntimeError as error:
        course.problem = f"at {size}: {error}"
        return
    if size == 0:
        course.base = time
    else:
        course.times[size], course.rows[size] = time, rows


def verdict(course: Course, reference: Course, triples: dict[int, int]) -> str:
    """Return "ok", "ok, cache", "STEEP" or what went wrong."""
    if course.problem:
        return course.problem
    slopes = course.slopes(triples)
    if all(slope <= STEEPEST for slope in slopes):
        return "ok"
    granted = [max(0.0, slope - 1) for slope in reference.slopes(triples)] or [0.0] * len(slopes)
    within = all(slope - more <= STEEPEST for slope, more in zip(slopes, granted, strict=True))
    return "ok, cache" if within else "STEEP"


def _slopes(course: Course, triples: dict[int, int]) -> list[str]:
    """Return the two exponents as text."""
    if course.problem:
        return ["-", "-"]
    mark = "≥" if course.bounded() else ""
    return [f"{mark}{slope:.2f}" for slope in course.slopes(triples)] or ["flat", "flat"]


def _row(course: Course, sizes: Sequence[int], triples: dict[int, int], outcome: str) -> list[str]:
    times = [f"{course.times[size]:.1f}" if size in course.times else "-" for size in sizes]
    last = sizes[-2:]
    ratio = (
        f"{course.times[last[1]] / course.times[last[0]]:.1f}" if len(last) == 2 and last[1] in course.times else "-"
    )
    rows = str(course.rows.get(sizes[-1], "-"))
    return [course.name, ratio, *_slopes(course, triples), f"{course.base:.1f}", *times, rows, outcome]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 1 where a query grows too fast, takes too long or fails."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.growth", description="How the time of every shipped query grows."
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 29, 290], help="municipalities (5 29 290)")
    parser.add_argument("--seed", type=int, default=1, help="the draw (1)")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds a query may take (60)")
    parser.add_argument("--only", default="", help="only queries with this in the name")
    given = parser.parse_args(arguments)
    sizes = sorted(set(given.sizes))
    queries = {name: text for name, text in shipped_queries().items() if given.only in name}
    everything = {"reference": REFERENCE, **queries}
    (reference, *courses), triples = measure(everything, sizes, seed=given.seed, limit=given.limit)
    print(machine())
    print(", ".join(f"{size} municipalities = {triples[size]:,} triples" for size in sizes) + "\n")
    pair = "-".join(map(str, sizes[-2:]))
    columns = [
        "query",
        f"ratio {pair}",
        f"exp {pair}",
        "exp all",
        "ms at 0",
        *(f"ms at {size}" for size in sizes),
        "rows",
        "verdict",
    ]
    outcomes = {course.name: verdict(course, reference, triples) for course in courses}
    rows = [_row(course, sizes, triples, outcomes[course.name]) for course in courses]
    print(table(columns, [_row(reference, sizes, triples, "linear"), *rows]))
    bad = [name for name, outcome in outcomes.items() if not outcome.startswith("ok")]
    print(
        f"\n{len(courses) - len(bad)} of {len(courses)} queries grow as they may"
        + (f"; not: {', '.join(bad)}" if bad else "")
    )
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
