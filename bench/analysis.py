"""What the whole graph costs: all outcomes, ages reached and shared members, against four other ways to get them.

    python -m bench.analysis --sizes 5 29 290

One row a step, in CPU seconds (and all of it by the clock, since the engine answers beside the reading), each size in a
process of its own with the store loaded. From the store: reading a lean extract into the network, then outcomes, ages
and overlaps; from memory are the last three alone. Beside them, as ratios to the same results from memory: the SPARQL
definitions in the same store; rdflib with networkx as one would first write it (at most 29 municipalities); and flat
tables in DuckDB (`bench.flat`), which is the limit. What takes longer than the limit of time is ended and marked.
Outcomes, ages and pairs are held to the truth of the generator.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.flat import QUERIES, open_flat
from bench.gaps import precision_recall
from bench.generate import structure, truth
from bench.measure import Worker, exponent, graph_files, machine, read_synthetic, table
from bench.truth import TOLD
from kg.cases import open_cases
from kg.nation import Outcomes, ages_reached, outcomes, read_nation, shared_members
from kg.questions import named_query
from kg.records import read_records
from kg.sources import choose_sources
from kg.store import Store

__all__ = ["OWN", "Course", "main", "measure"]

OWN = ("read", "outcomes", "ages", "overlaps")
MEMORY = OWN[1:]
DEFINED = {
    "SPARQL outcomes": "questions/cq01-missing-actors",
    "SPARQL ages": "definitions/coverage-reach",
    "SPARQL overlaps": "definitions/overlap",
}
FLAT = {"DuckDB outcomes": "gaps", "DuckDB ages": "ages", "DuckDB overlaps": "overlaps"}
PLAIN = ("rdflib outcomes", "rdflib + networkx overlaps")
PLAIN_MOST = 29


@dataclass(slots=True)
class Course:
    """What one size gave: triples, CPU seconds and those of the clock by step, what went wrong, peak memory in MB."""

    size: int
    triples: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    clock: dict[str, float] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def total(self, names: Sequence[str]) -> float:
        """Return the seconds of some steps together."""
        return sum(self.seconds.get(name, 0.0) for name in names)


def _peak() -> float:
    """Return the highest memory of this process so far in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _stepper(path: Path) -> Callable[[tuple[str, int, int]], Any]:
    """Return what a child does: one step of the way, giving its seconds, memory and what differs from the truth."""
    held: dict[str, Any] = {}

    def timed(name: str, job: Callable[[], Any]) -> None:
        clock, start = time.perf_counter(), time.process_time()
        held[name] = job()
        held["seconds"] = time.process_time() - start, time.perf_counter() - clock

    def step(request: tuple[str, int, int]) -> Any:
        name, size, seed = request
        lines: list[str] = []
        if name == "load":
            timed(name, lambda: read_synthetic(path))
            held["store"], held["triples"] = held["load"]
            return held["seconds"], _peak(), held["triples"]
        if name == "read":
            timed(name, lambda: read_nation(held["store"]))
            held["reports"] = held["read"]
        elif name == "outcomes":
            timed(name, lambda: outcomes(held["reports"]))
            lines = _against_truth(held[name], size, seed)
        elif name == "ages":
            timed(name, lambda: ages_reached(held["reports"]))
            lines = [key for key, each in structure(size, seed=seed).items() if _bare(held[name][key]) != each.ages]
        elif name == "overlaps":
            timed(name, lambda: shared_members(held["reports"]))
            found = {key: [(p.first, p.second, p.shared, *p.sizes) for p in pairs] for key, pairs in held[name].items()}
            lines = [key for key, each in structure(size, seed=seed).items() if found[key] != [*each.pairs]]
        elif name in DEFINED:
            timed(name, lambda: held["store"].select(named_query(DEFINED[name])))
            if name == "SPARQL overlaps" and len(held[name]) != sum(map(len, held["overlaps"].values())):
                lines = ["overlap.rq gives another number of pairs"]
        elif name in FLAT:
            if "flat" not in held:
                records = read_records(held["store"])
                held["flat"] = open_flat(open_cases(records, choose_sources(records, all_reports=True)))
            timed(name, lambda: held["flat"].execute(QUERIES[FLAT[name]]).fetchall())
            known = held.get(FLAT[name])
            if known is not None and sum(map(len, known.values())) != len(held[name]):
                lines = [f"{name}: {len(held[name])} rows"]
        else:
            _dataset(held["store"])
            timed(name, lambda: _plain(name, held["store"]))
        return held["seconds"], _peak(), lines

    return step


def _bare(ages: dict[tuple[int, str], int]) -> dict[int, int]:
    """Return the ages that forums reach: they have no prevention level here, and interventions always have one."""
    return {age: count for (age, level), count in ages.items() if not level}


def _against_truth(found: Outcomes, size: int, seed: int) -> list[str]:
    """Return where outcomes of norms on participation differ from the truth."""
    true = truth(size, seed=seed)
    told: dict[str, dict[str, str]] = {}
    wanted = {norm for norms in true.values() for norm in norms}
    for subject, norms in found.items():
        key = subject.partition("/id/utsaga/")[2]
        kept = {norm: str(each.value) for norm, each in norms.items() if norm in wanted and each.value in TOLD}
        if key and kept:
            told[key] = kept
    return precision_recall(told, true)[2]


def _plain(name: str, store: Store) -> object:
    """Do it as one would first write it: the question in rdflib, or a graph in networkx and every pair of forums."""
    if name == "rdflib outcomes":
        return list(_dataset(store).query(named_query("questions/cq01-missing-actors")))
    import networkx as nx  # noqa: PLC0415
    from rdflib import URIRef  # noqa: PLC0415

    from kg.namespaces import ORG  # noqa: PLC0415

    data = _dataset(store)
    graph: nx.Graph = nx.Graph()
    for claim, forum in data.subject_objects(URIRef(ORG.organization)):
        report = str(claim).rsplit("/", 2)[-2]
        for actor in data.objects(claim, URIRef(ORG.member)):
            graph.add_edge((report, str(forum)), (report, str(actor), ""))
    forums: dict[str, list[Any]] = {}
    for node in graph:
        if len(node) == 2:
            forums.setdefault(node[0], []).append(node)
    return [
        list(nx.jaccard_coefficient(graph, combinations(sorted(each), 2))) for each in forums.values() if len(each) > 1
    ]


_DATASETS: dict[int, Any] = {}
"""The store of this process as an rdflib Dataset, once it was asked for."""


def _dataset(store: Store) -> Any:
    """Return the store as an rdflib Dataset, made once."""
    if id(store) not in _DATASETS:
        _DATASETS[id(store)] = store.to_rdflib()
    return _DATASETS[id(store)]


def measure(size: int, path: Path, *, seed: int, limit: float, alone: bool) -> Course:
    """Return the course of one size; where asked for `alone`, only our own steps are taken."""
    course = Course(size)
    steps = ["load", *OWN]
    if not alone:
        steps += [*FLAT, *DEFINED, *(PLAIN if size <= PLAIN_MOST else ())]
    with Worker(_stepper, path) as worker:
        for name in steps:
            try:
                most = 10 * limit if name in ("load", *OWN) else limit
                (seconds, clock), memory, more = worker.ask((name, size, seed), seconds=most)
            except (TimeoutError, RuntimeError) as error:
                course.problems[name] = f"over {limit:g} s" if isinstance(error, TimeoutError) else str(error)[:60]
                if isinstance(error, TimeoutError) and name != steps[-1]:
                    for again in ("load", *OWN):
                        worker.ask((again, size, seed), seconds=10 * limit)
                continue
            course.seconds[name], course.clock[name], course.memory[name] = seconds, clock, memory
            if name == "load":
                course.triples = more
            else:
                course.differences += [f"{size} {name}: {line}" for line in more]
    return course


def _row(name: str, seconds: Callable[[Course], float | None], courses: Sequence[Course]) -> list[str]:
    found = [seconds(each) for each in courses]
    cells = [
        each.problems.get(name, "-") if value is None else f"{value:.3f}"
        for each, value in zip(courses, found, strict=True)
    ]
    pair = found[-2:]
    slope = "-"
    if len(pair) == 2 and all(pair):
        points = [(each.triples, value) for each, value in zip(courses[-2:], pair, strict=True) if value]
        slope = f"{exponent(points):.2f}"
    return [name, *cells, slope]


def _ratios(name: str, courses: Sequence[Course]) -> list[str]:
    own = next(each for each in MEMORY if name.endswith(each))
    cells = [
        f"{each.seconds[name] / each.seconds[own]:.2f}" if name in each.seconds else each.problems.get(name, "-")
        for each in courses
    ]
    return [name, *cells]


def main(arguments: list[str] | None = None) -> int:
    """Measure, hold to the truth and print; 1 where a result of ours differs from it."""
    parser = argparse.ArgumentParser(prog="python -m bench.analysis", description="Time of the whole-graph results.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 29, 290], help="municipalities (5 29 290)")
    parser.add_argument("--seed", type=int, default=1, help="the draw (1)")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds another way may take (60)")
    parser.add_argument("--alone", action="store_true", help="take our own steps only")
    given = parser.parse_args(arguments)
    sizes = sorted(set(given.sizes))
    with graph_files(sizes, seed=given.seed) as files:
        courses = [measure(size, files[size], seed=given.seed, limit=given.limit, alone=given.alone) for size in sizes]
    print(machine())
    print(", ".join(f"{each.size} municipalities = {each.triples:,} triples" for each in courses) + "\n")
    rows = [_row(name, lambda each, name=name: each.seconds.get(name), courses) for name in ("load", *OWN)]  # type: ignore[misc]
    rows.append(_row("from memory", lambda each: each.total(MEMORY), courses))
    rows.append(_row("from the store", lambda each: each.total(OWN), courses))
    rows.append(_row("by the clock", lambda each: sum(each.clock.get(name, 0.0) for name in OWN), courses))
    print(table(["CPU seconds", *map(str, sizes), "exponent"], rows))
    peaks = [f"{max(each.memory.get(name, 0.0) for name in OWN):.0f}" for each in courses]
    print("\n" + table(["MB", *map(str, sizes)], [["peak, store and load included", *peaks]]))
    if not given.alone:
        others = [_ratios(name, courses) for name in (*FLAT, *DEFINED, *PLAIN)]
        flat = tuple(FLAT)
        together = [f"{each.total(flat) / each.total(MEMORY):.2f}" if each.total(flat) else "-" for each in courses]
        others.insert(len(FLAT), ["DuckDB together", *together])
        print("\n" + table(["times ours, from memory", *map(str, sizes)], others))
    differences = [line for each in courses for line in each.differences]
    print("\n" + ("\n".join(differences[:20]) or "every result equals the truth"))
    return int(bool(differences))


if __name__ == "__main__":
    sys.exit(main())
