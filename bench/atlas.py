"""What the atlas of a country costs: seconds, memory of all processes, and the ratio to one report after another.

    python -m bench.atlas --municipalities 290 --jobs 1 2

A synthetic country (`bench.generate`) is loaded into a folder store and its records are read once into a cache of its
own; what that costs is printed apart. Then `kg atlas` is run over it, with each number of processes. The ratio is to
the CPU seconds of one report, a fresh command, times the number of reports. The memory is the greatest of the
proportional shares of all processes together (`smaps_rollup`), looked at twice a second; only on Linux.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.generate import write_graph
from bench.measure import machine, table
from kg.resources import norm_files, ontology_files

__all__ = ["Cost", "main", "run"]

_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command and its children took: seconds by the clock, CPU seconds, MB of all processes at most."""

    clock: float
    cpu: float
    memory: float


def _shares(parent: int) -> float:
    """Return the MB of a process and its descendants; what they share is counted once."""
    total, ahead = 0.0, [parent]
    while ahead:
        process = ahead.pop()
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
            for task in Path(f"/proc/{process}/task").iterdir():
                ahead.extend(map(int, (task / "children").read_text(encoding="ascii").split()))
    return total


def run(arguments: Sequence[str], environment: dict[str, str]) -> Cost:
    """Run `kg` with arguments to its end and return what it cost; raises `CalledProcessError` where it fails."""
    before, start, most = os.times(), time.perf_counter(), 0.0
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while True:
        try:
            process.wait(_EVERY)
            break
        except subprocess.TimeoutExpired:
            most = max(most, _shares(process.pid))
    after = os.times()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.perf_counter() - start, cpu, most)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.atlas", description="What the atlas of a country costs.")
    parser.add_argument("--municipalities", type=int, default=290, help="how many (290)")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], help="processes side by side (1 2)")
    parser.add_argument("--all-reports", action="store_true", help="every report, not the latest of each municipality")
    given = parser.parse_args(arguments)
    rows = []
    with tempfile.TemporaryDirectory(prefix="forebygg-bench-") as name:
        folder = Path(name)
        environment = {**os.environ, "FOREBYGG_CACHE": str(folder / "cache"), "FOREBYGG_CONFIG": str(folder)}
        graph, store = folder / "graph.nq", str(folder / "store")
        triples = write_graph(graph, given.municipalities, seed=1)
        files = map(str, (*ontology_files(), *norm_files(), graph))
        loaded = run(["load", *files, "--store", store], environment)
        cached = run(["sources", "list", "--store", store], environment)
        latest = [] if given.all_reports else ["--latest"]
        one = run(
            ["atlas", "--store", store, "--municipality", "Exempel 000", "--latest", "-o", name + "/1"], environment
        )
        for jobs in given.jobs:
            place = folder / f"atlas-{jobs}"
            cost = run(["atlas", "--store", store, *latest, "--jobs", str(jobs), "-o", str(place)], environment)
            count = sum(1 for path in place.iterdir() if path.is_dir())
            size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) / 1e6
            rows.append(
                [
                    str(jobs),
                    str(count),
                    f"{cost.clock:.0f}",
                    f"{cost.cpu:.0f}",
                    f"{cost.cpu / (one.cpu * count):.2f}",
                    f"{cost.memory:.0f}",
                    f"{size:.0f}",
                ]
            )
    print(f"{machine()}; {given.municipalities} municipalities, {triples} triples")
    print(
        f"load into a folder {loaded.cpu:.0f} s CPU, read into the cache {cached.cpu:.0f} s, one report {one.cpu:.1f} s"
    )
    print(table(["processes", "reports", "s", "CPU s", "of one by one", "MB", "MB of pages"], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
