"""Find the gaps of graphs that grow: where the time goes, and whether what is found is what was put there.

    python -m bench.gaps --sizes 5 29 290

Every report is judged (`kg gaps --all-reports`), in a process of its own a size. The outcomes of norms on
participation are held against the truth of the generator: present, informing, denied and missing, by description and
norm. Precision is the share of what is found that is true, recall the share of what is true that is found; below 1
the benchmark fails, and so it does where a step takes longer than the limit. Times are CPU seconds; the exponent is
the slope of time against triples, log-log, between the two largest sizes.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.generate import truth
from bench.measure import Worker, exponent, graph_files, machine, read_synthetic, table
from bench.truth import TOLD, Truth
from kg.findings import Finding
from kg.gaps import find_gaps
from kg.network import build_network
from kg.norms import NormKind
from kg.records import read_records
from kg.sources import choose_sources

__all__ = ["STEPS", "Result", "found_outcomes", "main", "measure", "precision_recall"]

STEPS = ("load", "read records", "build network", "find gaps")


@dataclass(slots=True)
class Result:
    """What one size gave: triples, CPU seconds by step, how many findings, and how they agree with the truth."""

    size: int
    triples: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    findings: int = 0
    found: Truth = field(default_factory=dict)
    problem: str = ""


def found_outcomes(findings: Iterable[Finding]) -> Truth:
    """Return what is found of norms on participation, in the shape of the truth."""
    found: Truth = {}
    for each in findings:
        if each.norm_kind == NormKind.PARTICIPATION.value and each.outcome.value in TOLD:
            description, _, norm = each.id.rpartition("/")
            found.setdefault(description, {})[norm.upper()] = each.outcome.value
    return found


def precision_recall(found: Truth, true: Truth) -> tuple[float, float, list[str]]:
    """Return precision and recall, both in 0-1, and the differences as lines; (1, 1, []) where both are empty.

    >>> precision_recall({"a": {"X-01": "saknas"}}, {"a": {"X-01": "saknas", "X-02": "fornekad"}})
    (1.0, 0.5, ['lacking a X-02 fornekad'])
    """
    ours, theirs = _flat(found), _flat(true)
    both = len(ours & theirs)
    lines = [f"extra {' '.join(each)}" for each in sorted(ours - theirs)]
    lines += [f"lacking {' '.join(each)}" for each in sorted(theirs - ours)]
    return both / len(ours) if ours else 1.0, both / len(theirs) if theirs else 1.0, lines


def _flat(outcomes: Truth) -> set[tuple[str, str, str]]:
    return {(description, norm, outcome) for description, norms in outcomes.items() for norm, outcome in norms.items()}


def _stepper(argument: tuple[Path, bool]) -> Callable[[str], Any]:
    """Return what a child does: take one step of the way, and give its seconds and its result where that is small."""
    path, profiled = argument
    held: dict[str, Any] = {}

    def step(name: str) -> Any:
        profile = cProfile.Profile()
        start = time.process_time()
        if name == "load":
            held["store"], held["triples"] = read_synthetic(path)
        elif name == "read records":
            held["records"] = read_records(held["store"])
        elif name == "build network":
            held["sources"] = choose_sources(held["records"], all_reports=True)
            held["network"] = build_network(held["records"], held["sources"])
        else:
            if profiled:
                profile.enable()
            latest = choose_sources(held["records"])
            found = find_gaps(held["records"], held["network"], held["sources"], everywhere=latest)
            profile.disable()
            held["count"], held["found"] = len(found), found_outcomes(found)
        seconds = time.process_time() - start
        more = (
            (held["count"], held["found"], _report(profile) if profiled else "")
            if name == STEPS[-1]
            else held["triples"]
        )
        return seconds, more

    return step


def _report(profile: cProfile.Profile) -> str:
    stream = io.StringIO()
    pstats.Stats(profile, stream=stream).sort_stats("tottime").print_stats(15)
    return stream.getvalue()


def measure(size: int, path: Path, *, limit: float, profiled: bool = False) -> Result:
    """Return the result of one size; a step over the limit ends it and is named."""
    result = Result(size)
    with Worker(_stepper, (path, profiled)) as worker:
        for name in STEPS:
            try:
                result.seconds[name], more = worker.ask(name, seconds=limit)
            except TimeoutError:
                result.problem = f"{name}: over {limit:g} s"
                break
            except RuntimeError as error:
                result.problem = f"{name}: {error}"
                break
            if name != STEPS[-1]:
                result.triples = more
                continue
            result.findings, result.found, profile = more
            if profile:
                print(profile)
    return result


def _slopes(results: Sequence[Result]) -> list[str]:
    """Return the exponent of each step between the two largest sizes, "-" where one of them was not reached."""
    if len(results) < 2:
        return ["-"] * len(STEPS)
    small, large = results[-2:]
    texts = []
    for name in STEPS:
        both = name in small.seconds and name in large.seconds
        points = [(each.triples, max(each.seconds[name], 1e-3)) for each in (small, large)] if both else []
        texts.append(f"{exponent(points):.2f}" if points else "-")
    return texts


def main(arguments: list[str] | None = None) -> int:
    """Measure, compare and print; 1 where what is found is not the truth."""
    parser = argparse.ArgumentParser(prog="python -m bench.gaps", description="Time and truth of the gap analysis.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 29, 290], help="municipalities (5 29 290)")
    parser.add_argument("--seed", type=int, default=1, help="the draw (1)")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds a step may take (300)")
    parser.add_argument("--profile", action="store_true", help="print where find_gaps spends its time")
    given = parser.parse_args(arguments)
    sizes = sorted(set(given.sizes))
    with graph_files(sizes, seed=given.seed) as files:
        results = [measure(size, files[size], limit=given.limit, profiled=given.profile) for size in sizes]
    rows, differences = [], []
    for result in results:
        true = truth(result.size, seed=given.seed)
        precision, recall, lines = precision_recall(result.found, true)
        differences += lines if not result.problem else [f"{result.size}: {result.problem}"]
        agreement = [f"{precision:.4f}", f"{recall:.4f}"] if not result.problem else ["-", "-"]
        seconds = [f"{result.seconds[name]:.2f}" if name in result.seconds else "-" for name in STEPS]
        outcomes = str(sum(map(len, true.values())))
        rows.append([str(result.size), f"{result.triples:,}", *agreement, outcomes, str(result.findings), *seconds])
    rows.append([f"exponent {'-'.join(map(str, sizes[-2:]))}", "", "", "", "", "", *_slopes(results)])
    print(machine() + "\n")
    columns = [
        "municipalities",
        "triples",
        "precision",
        "recall",
        "outcomes",
        "findings",
        *(f"{name} s" for name in STEPS),
    ]
    print(table(columns, rows))
    for line in differences[:20]:
        print(line)
    if len(differences) > 20:
        print(f"and {len(differences) - 20} more")
    return int(bool(differences))


if __name__ == "__main__":
    sys.exit(main())
