"""The store beside the bare engine, and the questions on the whole graph beside rdflib, Virtuoso and Jena.

    python -m bench.engines --small 29 --large 290 --limit 60 --write docs/engines.md

Printed are ratios: loading against `bulk_load` (limit 1.15), every named question against the same text in bare
pyoxigraph (1.2 for all of them together), a cold named question from a folder store against `python -c pass` (8), and
gaps, ages and overlaps of every report by our own sets against SPARQL elsewhere: rdflib at the small size (at least 50
times slower), Virtuoso and Jena at the large one (slower). What takes longer than the limit is ended; its ratio is then
a lower bound. `--write` puts the table into a document, between two marks. Virtuoso and Jena are Debian's
(virtuoso-opensource-7-bin, libapache-jena-java) and are left out where they are not installed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from bench.cold import run_once
from bench.measure import Worker, graph_files, machine, median_cpu, read_synthetic, table
from bench.servers import virtuoso
from kg.errors import EndpointError
from kg.nation import ages_reached, outcomes, read_nation, shared_members
from kg.questions import list_questions, named_query
from kg.resources import norm_files, ontology_files
from kg.store import Store, open_store
from kg.store.access import Credentials, Limits, read_address
from kg.store.endpoint import Endpoint
from kg.store.local import Local
from kg.store.publishing import publish
from kg.store.transport import Transport

__all__ = ["main"]

DEFINED = {
    "gaps": "questions/cq01-missing-actors",
    "ages": "definitions/coverage-reach",
    "overlaps": "definitions/overlap",
}
OURS: dict[str, Callable[[Any], object]] = {"gaps": outcomes, "ages": ages_reached, "overlaps": shared_members}
JARS = Path("/usr/share/java")
MARKS = ("<!-- bench.engines -->", "<!-- bench.engines: end -->")


def _ratio(value: float, base: float) -> str:
    return f"{value / base:.2f}" if value / base < 10 else f"{value / base:,.0f}"


def _load(path: Path) -> list[str]:
    """Return the row of loading a file into memory, by turns with the bare engine; CPU seconds."""
    pairs = []
    for _ in range(3):
        start = time.process_time()
        ox.Store().bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        middle = time.process_time()
        open_store("memory").load([path])
        pairs.append((middle - start, time.process_time() - middle))
    bare, ours = (statistics.median(each) for each in zip(*pairs, strict=True))
    return ["load", _ratio(ours, bare), "1.15", "yes" if ours <= 1.15 * bare else "NO", f"{ours:.2f} / {bare:.2f} s"]


def _questions(store: Store, inner: ox.Store, limit: float) -> tuple[list[str], list[str]]:
    """Return the row of all named questions together, and the names of those that took too long to be counted."""
    ours_all = bare_all = worst = 0.0
    slow = []
    for question in list_questions():

        def bare(text: str = question.text) -> object:
            return [tuple(row) for row in inner.query(text, use_default_graph_as_union=True)]  # type: ignore[union-attr]

        def ours(text: str = question.text) -> object:
            return store.select(text)

        start = time.process_time()
        ours()
        if time.process_time() - start > limit / 10:
            slow.append(question.name)
            continue
        mine, theirs = median_cpu(ours, most=7, seconds=1)[0], median_cpu(bare, most=7, seconds=1)[0]
        ours_all, bare_all = ours_all + mine, bare_all + theirs
        worst = max(worst, mine / theirs)
    said = f"{ours_all / 1000:.2f} / {bare_all / 1000:.2f} s, the worst {worst:.2f}"
    holds = "yes" if ours_all <= 1.2 * bare_all else "NO"
    return ["named questions", _ratio(ours_all, bare_all), "1.2", holds, said], slow


def _cold(store: Store) -> list[str]:
    """Return the row of a named question from a folder store in a fresh process; clock time."""
    with tempfile.TemporaryDirectory(prefix="forebygg-bench-") as name:
        folder = Path(name) / "store"
        written = open_store(folder, read_only=False)
        written.extend(store.quads())
        written.close()
        command = [sys.executable, "-m", "kg", "query", "cq22-areas", "--store", str(folder)]
        pairs = [
            (run_once([sys.executable, "-c", "pass"], os.environ), run_once(command, os.environ)) for _ in range(9)
        ]
    base, run = (statistics.median(each.clock for each in side) for side in zip(*pairs[1:], strict=True))
    return [
        *("cold question, folder", _ratio(run, base), "8", "yes" if run <= 8 * base else "NO"),
        f"{run * 1000:.0f} / {base * 1000:.0f} ms",
    ]


def _own(store: Store) -> dict[str, float]:
    """Return the seconds of each result by our own sets, the extract read anew for each."""
    found = {}
    for name, job in OURS.items():
        start = time.perf_counter()
        job(read_nation(store))
        found[name] = time.perf_counter() - start
    return found


def _rdflib(path: Path) -> Callable[[str], float]:
    dataset = read_synthetic(path)[0].to_rdflib()

    def ask(name: str) -> float:
        start = time.perf_counter()
        if name:
            list(dataset.query(named_query(DEFINED[name])))
        return time.perf_counter() - start

    return ask


def _bare_store(path: Path) -> Callable[[str], float]:
    store = read_synthetic(path)[0]

    def ask(name: str) -> float:
        start = time.perf_counter()
        if name:
            store.select(named_query(DEFINED[name]))
        return time.perf_counter() - start

    return ask


def _told(what: object) -> None:
    """Say on stderr what is known already; the whole takes minutes."""
    print(what, file=sys.stderr, flush=True)


def _in_child(make: Callable[[Any], Any], path: Path, limit: float) -> dict[str, float | str]:
    """Return the seconds of each question in a child that is ended at the limit; "" only loads."""
    found: dict[str, float | str] = {}
    with Worker(make, path) as worker:
        for name in DEFINED:
            worker.ask("", seconds=600)
            try:
                found[name] = worker.ask(name, seconds=limit)
            except (TimeoutError, RuntimeError) as error:
                found[name] = f"> {limit:g}" if isinstance(error, TimeoutError) else "fails"
    return found


def _virtuoso(store: Store, limit: float) -> dict[str, float | str]:
    found: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory(prefix="forebygg-bench-") as name, virtuoso(Path(name)) as address:
        endpoint = Endpoint(read_address(address), limits=Limits(seconds=limit, silence=limit))
        updates = Transport(read_address(f"{address}-auth"), Credentials("dba", "dba"))
        start = time.perf_counter()
        publish(Endpoint(read_address(address)), store.quads(), updates=updates)
        found["publish"] = time.perf_counter() - start
        there = Store(endpoint, location=address)
        for each, query in DEFINED.items():
            start = time.perf_counter()
            try:
                rows = len(there.select(named_query(query)))
                right = rows == len(store.select(named_query(query)))
                found[each] = time.perf_counter() - start if right else f"{time.perf_counter() - start:.1f}, wrong"
            except EndpointError as error:
                found[each] = f"> {limit:g}" if "longer" in str(error) or "no answer" in str(error) else "refuses"
        updates.close()
    return found


def _jena(store: Store, limit: float) -> dict[str, float | str]:
    """Return the seconds that TDB2 says of each question, its start not counted."""
    found: dict[str, float | str] = {}
    java = ["java", "-Xmx4g", "-cp", f"{JARS}/*"]
    with tempfile.TemporaryDirectory(prefix="forebygg-bench-") as name:
        folder = Path(name)
        (folder / "all.nt").write_bytes(store.dump(".nt", {}))
        subprocess.run(
            [*java, "tdb2.tdbloader", "--loc", str(folder / "db"), str(folder / "all.nt")],
            check=True,
            capture_output=True,
        )
        for each, query in DEFINED.items():
            (folder / "q.rq").write_text(named_query(query), encoding="utf-8")
            asked = ["tdb2.tdbquery", "--time", "--results", "count", "--loc", str(folder / "db")]
            try:
                run = subprocess.run(
                    [*java, *asked, "--query", str(folder / "q.rq")],
                    capture_output=True,
                    text=True,
                    timeout=limit,
                    check=False,
                )
                told = re.search(r"Time:\s*([\d.]+)", run.stdout + run.stderr)
                found[each] = float(told[1]) if told and run.returncode == 0 else "fails"
            except subprocess.TimeoutExpired:
                found[each] = f"> {limit:g}"
    return found


def _against(own: dict[str, float], others: dict[str, float | str], name: str, least: float) -> tuple[str, bool]:
    """Return the cell of another engine: seconds and how many times ours, and whether that is enough."""
    value = others.get(name, "-")
    if isinstance(value, float):
        return f"{value:.2f} ({_ratio(value, own[name])}x)", value >= least * own[name]
    if value.startswith("> "):
        times = float(value[2:]) / own[name]
        return f"{value} (> {times:,.0f}x)", times >= least
    return value, True


def _write(document: Path, text: str) -> None:
    content = document.read_text(encoding="utf-8")
    before, rest = content.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    document.write_text(f"{before}{MARKS[0]}\n```\n{text}\n```\n{MARKS[1]}{after}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where a limit does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench.engines", description="The store beside other engines.")
    parser.add_argument("--small", type=int, default=29, help="municipalities for rdflib (29)")
    parser.add_argument("--large", type=int, default=290, help="municipalities for everything else (290)")
    parser.add_argument("--limit", type=float, default=60, help="seconds for one question (60)")
    parser.add_argument("--write", type=Path, default=None, help="put the table into this document")
    given = parser.parse_args(arguments)
    with graph_files([given.small, given.large], seed=1) as files:
        small, _ = read_synthetic(files[given.small])
        own = {given.small: _own(small)}
        del small
        plain = _in_child(_rdflib, files[given.small], given.limit)
        inner = ox.Store()
        inner.bulk_load(path=str(files[given.large]), format=ox.RdfFormat.N_QUADS)
        store = Store(Local(inner), location="memory")
        store.load([*ontology_files(), *norm_files()])
        own[given.large] = _own(store)
        held, slow = _questions(store, inner, given.limit)
        rows = [_load(files[given.large]), held, _cold(store)]
        _told((own, rows, plain))
        others = {"pyoxigraph SPARQL": _in_child(_bare_store, files[given.large], given.limit)}
        _told(others)
        if shutil.which("virtuoso-t"):
            others["Virtuoso 7"] = _virtuoso(store, given.limit)
        _told(others)
        if (JARS / "jena-tdb2.jar").exists() and shutil.which("java"):
            others["Jena TDB2"] = _jena(store, given.limit)
        count = len(store)
    lines = [f"{machine()}; {given.large} municipalities, {count} triples", ""]
    lines += [table(["what", "ratio", "limit", "holds", "ours / bare"], rows), ""]
    lines += [f"over {given.limit / 10:g} s and left out: {', '.join(slow)}", ""] if slow else []
    body, holds = [], all(row[3] == "yes" for row in rows)
    for name in DEFINED:
        cells = [f"{own[given.large][name]:.2f}"]
        for engine, found in others.items():
            cell, enough = _against(own[given.large], found, name, 1)
            cells.append(cell)
            holds &= enough or engine == "pyoxigraph SPARQL"
        cell, enough = _against(own[given.small], plain, name, 50)
        holds &= enough
        body.append([name, *cells, f"{own[given.small][name]:.2f}", cell])
    heads = [f"own sets, {given.large}", *others, f"own sets, {given.small}", f"rdflib, {given.small}"]
    lines += [table(["seconds (times ours)", *heads], body)]
    if "Virtuoso 7" in others:
        lines += ["", f"published to Virtuoso in {others['Virtuoso 7']['publish']:.0f} s"]
    text = "\n".join(lines)
    print(text)
    if given.write:
        _write(given.write, text)
    return int(not holds)


if __name__ == "__main__":
    sys.exit(main())
