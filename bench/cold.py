"""What it costs to start: each command in a fresh process, on a warm disk, against `python -c pass`.

    python -m bench.cold --runs 7

Runs of the commands and of `python -c pass` take turns, so that what else the machine does falls on both. Printed are
medians: the ratio of clock times, the ratio of CPU times, milliseconds and the highest memory; the limit is on the
clock. The store of the shipped graph is built once beforehand, in a temporary `FOREBYGG_CACHE`; what that costs is
printed too. Only on systems with `os.wait4`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import machine, table
from kg.questions import list_questions

__all__ = ["CASES", "Case", "Run", "main", "run_once"]

ROOT = Path(__file__).resolve().parent.parent
SMALL = "SELECT ?kommun ?kod WHERE { ?kommun <https://w3id.org/forebygg/spec/municipalityCode> ?kod } ORDER BY ?kod"
QUESTION = "cq22-areas"
LOAD = "from kg.cache import load_everything; from kg.store import open_store; load_everything(open_store())"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: clock and CPU seconds, peak memory in MB, and how it ended."""

    clock: float
    cpu: float
    memory: float
    code: int


@dataclass(frozen=True, slots=True)
class Case:
    """A command with its limits: times `python -c pass`, seconds, and MB of memory; 0 where there is none."""

    name: str
    arguments: tuple[str, ...]
    ratio: float = 0.0
    seconds: float = 0.0
    memory: float = 0.0
    codes: tuple[int, ...] = (0,)


def _question() -> tuple[str, ...]:
    """Return a small question: a shipped one of few rows, or else a query of our own."""
    return ("query", QUESTION if QUESTION in {each.name for each in list_questions()} else SMALL)


CASES = (
    Case("kg --help", ("-m", "kg", "--help"), ratio=6),
    Case("kg query", ("-m", "kg", "query"), ratio=12),
    Case("kg gaps", ("-m", "kg", "gaps"), ratio=30),
    Case("kg atlas, one report", ("-m", "kg", "atlas"), seconds=5, memory=250),
    Case("load everything", ("-c", LOAD), seconds=0.5),
    Case("validate everything", ("-m", "kg", "validate"), seconds=10, codes=(0, 1)),
)
"""What is measured, without what depends on the machine and on what is shipped."""


def run_once(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run a command to its end and return what it cost; its output is thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Run(clock, usage.ru_utime + usage.ru_stime, kilobytes / 1024, process.returncode)


def _report_key(environment: Mapping[str, str]) -> str:
    """Return the first report that is shipped, as `kg sources list` names it."""
    command = [
        sys.executable,
        "-c",
        "from kg.cache import read_shipped; from kg.sources import list_sources; "
        "print(next((s.key for s in list_sources(read_shipped()) if s.describes_forums), ''))",
    ]
    return subprocess.run(
        command, cwd=ROOT, env=dict(environment), capture_output=True, text=True, check=True
    ).stdout.strip()


def _complete(case: Case, folder: Path, report: str) -> list[str]:
    arguments = list(case.arguments)
    if case.name == "kg query":
        arguments = ["-m", "kg", *_question()]
    elif case.name.startswith("kg atlas"):
        arguments += ["--report", report, "-o", str(folder / "atlas")]
    return [sys.executable, *arguments]


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        statistics.median(each.clock for each in runs),
        statistics.median(each.cpu for each in runs),
        statistics.median(each.memory for each in runs),
        max(each.code for each in runs),
    )


def _limits(case: Case, run: Run, base: Run) -> tuple[str, bool]:
    """Return the limits as text and whether the run keeps within them."""
    texts, holds = [], run.code in case.codes
    if case.ratio:
        texts.append(f"{case.ratio:g}x")
        holds &= run.clock / base.clock <= case.ratio
    if case.seconds:
        texts.append(f"{case.seconds:g} s")
        holds &= run.clock <= case.seconds
    if case.memory:
        texts.append(f"{case.memory:g} MB")
        holds &= run.memory <= case.memory
    return " ".join(texts), holds


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 1 where a limit does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench.cold", description="What it costs to start.")
    parser.add_argument("--runs", type=int, default=7, help="runs of each command (7)")
    given = parser.parse_args(arguments)
    rows, broken = [], []
    with tempfile.TemporaryDirectory(prefix="forebygg-bench-") as name:
        folder = Path(name)
        environment = {**os.environ, "FOREBYGG_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
        first = run_once([sys.executable, "-m", "kg", "query", SMALL], environment)
        cases = [(case, _complete(case, folder, _report_key(environment))) for case in CASES]
        if script := shutil.which("kg"):
            cases.append((Case("kg --help, installed", (), ratio=6), [script, "--help"]))
        for case, command in cases:
            run_once(command, environment)
            pairs = [
                (run_once([sys.executable, "-c", "pass"], environment), run_once(command, environment))
                for _ in range(given.runs)
            ]
            base, run = (_median(side) for side in zip(*pairs, strict=True))
            limit, holds = _limits(case, run, base)
            if not holds:
                broken.append(case.name)
            ended = "yes" if holds else "NO" if run.code in case.codes else f"NO: exit {run.code}"
            ratios = [f"{run.clock / base.clock:.1f}", f"{run.cpu / base.cpu:.1f}"]
            rows.append(
                [
                    case.name,
                    *ratios,
                    limit,
                    ended,
                    f"{run.clock * 1000:.0f}",
                    f"{base.clock * 1000:.0f}",
                    f"{run.memory:.0f}",
                ]
            )
    print(f"{machine()}, medians of {given.runs}")
    print(f"first start, which builds the store: {first.clock:.1f} s, {first.memory:.0f} MB\n")
    print(table(["command", "ratio", "CPU ratio", "limit", "holds", "ms", "pass ms", "MB"], rows))
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
