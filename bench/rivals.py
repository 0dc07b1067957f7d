"""Questions on gaps, coverage and overlaps of every report, asked of our own sets, our store and the engines of others.

Every way loads the same graph and is asked the same text; an answer counts only where it has as many rows as that of
our store. What takes longer than the limit is ended, and its seconds are then a text, `> 60`.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.measure import Worker, read_synthetic
from bench.servers import virtuoso
from kg.errors import EndpointError
from kg.nation import ages_reached, outcomes, read_nation, shared_members
from kg.questions import named_query
from kg.store import Store
from kg.store.access import Credentials, Limits, read_address
from kg.store.endpoint import Endpoint
from kg.store.publishing import publish
from kg.store.transport import Transport

__all__ = ["ASKED", "Found", "has_jena", "has_virtuoso", "jena", "own", "rdflib", "sparql", "virtuoso_7"]

ASKED = {
    "gaps (cq01)": "questions/cq01-missing-actors",
    "legal floor (q01)": "questions/q01-legal-floor",
    "ages (definition)": "definitions/coverage-reach",
    "ages (cq06)": "questions/cq06-ages-reached",
    "overlaps (definition)": "definitions/overlap",
    "overlapping ages (cq07)": "questions/cq07-overlapping-target-groups",
    "same members (q11)": "questions/q11-same-members-same-task",
}
"""What is asked, by the name that is printed."""
OURS: dict[str, Callable[[Any], object]] = {
    "gaps (cq01)": outcomes,
    "ages (definition)": ages_reached,
    "overlaps (definition)": shared_members,
}
LOADING = 900.0
JARS = Path("/usr/share/java")
NEEDED = (
    *("commons-", "dexx", "failureaccess", "gson", "guava", "httpc", "jackson-", "jena-", "jsonld-java", "protobuf"),
    *("slf4j-api", "slf4j-nop", "thrift", "titanium"),
)
"""How the jars begin that Jena needs of the folder in which Debian puts the jars of every program."""
LACKING = "xerces/impl/xpath/regex/message.properties"
"""A file that Debian's jars lack, and without which Jena does not start; an empty one is enough."""

Found = dict[str, float | str]
"""Seconds by what is asked; a text where there are none."""


def own(path: Path) -> Found:
    """Return the seconds of what our own sets tell, the extract read anew for each; the median of three."""
    store, _ = read_synthetic(path)
    found: Found = {}
    for name, job in OURS.items():
        times = []
        for _ in range(3):
            start = time.perf_counter()
            job(read_nation(store))
            times.append(time.perf_counter() - start)
        found[name] = sorted(times)[1]
    return found


def _store_asker(path: Path) -> Callable[[str], tuple[float, int]]:
    store, _ = read_synthetic(path)

    def ask(name: str) -> tuple[float, int]:
        start = time.perf_counter()
        rows = len(store.select(named_query(ASKED[name]))) if name else 0
        return time.perf_counter() - start, rows

    return ask


def _rdflib_asker(path: Path) -> Callable[[str], tuple[float, int]]:
    dataset = read_synthetic(path)[0].to_rdflib()

    def ask(name: str) -> tuple[float, int]:
        start = time.perf_counter()
        rows = len(list(dataset.query(named_query(ASKED[name])))) if name else 0
        return time.perf_counter() - start, rows

    return ask


def sparql(path: Path, limit: float) -> tuple[Found, dict[str, int]]:
    """Return the seconds of each question in our store in memory, asked a second time, and its rows."""
    found: Found = {}
    counts: dict[str, int] = {}
    with Worker(_store_asker, path) as worker:
        for name in ASKED:
            worker.ask("", seconds=LOADING)
            try:
                worker.ask(name, seconds=limit)
                found[name], counts[name] = worker.ask(name, seconds=limit)
            except (TimeoutError, RuntimeError) as error:
                found[name] = _told(error, limit)
    return found, counts


def rdflib(path: Path, limits: dict[str, float], counts: dict[str, int]) -> Found:
    """Return the seconds of each question in rdflib, each within its own limit."""
    found: Found = {}
    with Worker(_rdflib_asker, path) as worker:
        for name in ASKED:
            worker.ask("", seconds=LOADING)
            try:
                seconds, rows = worker.ask(name, seconds=limits[name])
                found[name] = _right(seconds, rows, counts.get(name))
            except (TimeoutError, RuntimeError) as error:
                found[name] = _told(error, limits[name])
    return found


def has_virtuoso() -> bool:
    """Whether Virtuoso 7 is installed."""
    return shutil.which("virtuoso-t") is not None


def virtuoso_7(store: Store, limit: float, counts: dict[str, int], keep: Callable[[Found], None]) -> None:
    """Keep the seconds of each question in Virtuoso 7, and of publishing the graph to it, as soon as each is known."""
    found: Found = {}
    with (
        tempfile.TemporaryDirectory(prefix="forebygg-bench-") as name,
        virtuoso(Path(name), buffers=150_000, seconds=int(limit)) as address,
    ):
        updates = Transport(read_address(f"{address}-auth"), Credentials("dba", "dba"))
        start = time.perf_counter()
        publish(Endpoint(read_address(address)), store.quads(), updates=updates)
        found["published"] = time.perf_counter() - start
        updates.close()
        keep(found)
        endpoint = Endpoint(read_address(address), limits=Limits(seconds=limit + 5, silence=limit + 5, tries=1))
        there = Store(endpoint, location=address)
        for each, query in ASKED.items():
            start = time.perf_counter()
            try:
                rows = len(there.select(named_query(query)))
                found[each] = _right(time.perf_counter() - start, rows, counts.get(each))
            except EndpointError as error:
                late = time.perf_counter() - start > 0.9 * limit
                found[each] = f"> {limit:g}" if late else f"refuses: {str(error)[:60]}"
            keep(found)


def has_jena(folder: Path = JARS) -> bool:
    """Whether a folder holds Jena's jars, and Java is installed to run them."""
    return shutil.which("java") is not None and any(folder.glob("jena-tdb2*.jar"))


@contextmanager
def _jena_store(store: Store, jars: Path) -> Iterator[tuple[list[str], Path, float]]:
    """Yield how to run Jena, the folder of a TDB2 store of the graph, and the seconds it took to load it."""
    with tempfile.TemporaryDirectory(prefix="forebygg-bench-") as name:
        folder = Path(name)
        (folder / LACKING).parent.mkdir(parents=True)
        (folder / LACKING).touch()
        found = [str(path) for path in sorted(jars.glob("*.jar")) if jars != JARS or path.name.startswith(NEEDED)]
        java = ["java", "-Xmx6g", "-cp", ":".join([*found, name])]
        (folder / "all.nt").write_bytes(store.dump(".nt", {}))
        start = time.perf_counter()
        load = [*java, "tdb2.tdbloader", "--loc", str(folder / "db"), str(folder / "all.nt")]
        subprocess.run(load, check=True, capture_output=True, timeout=LOADING)
        yield java, folder, time.perf_counter() - start


def jena(store: Store, limit: float, counts: dict[str, int], keep: Callable[[Found], None], jars: Path = JARS) -> None:
    """Keep the seconds that TDB2 says of each question, asked a second time, as soon as each is known."""
    found: Found = {}
    with _jena_store(store, jars) as (java, folder, loaded):
        found["loaded"] = loaded
        keep(found)
        for each, query in ASKED.items():
            (folder / "q.rq").write_text(named_query(query), encoding="utf-8")
            asked = ["tdb2.tdbquery", "--time", "--repeat", "1,1", "--results", "csv", "--loc", str(folder / "db")]
            try:
                run = subprocess.run(
                    [*java, *asked, "--query", str(folder / "q.rq")],
                    capture_output=True,
                    text=True,
                    timeout=2 * limit + 20,
                    check=False,
                )
                found[each] = _jena_told(run.stdout, run.stderr, run.returncode, counts.get(each))
            except subprocess.TimeoutExpired:
                found[each] = f"> {limit:g}"
            keep(found)


def _jena_told(answer: str, said: str, code: int, count: int | None) -> float | str:
    """Return the last time that Jena tells, held to the rows of its answer as CSV."""
    times = re.findall(r"Time:\s*([\d.]+)", said)
    if code or not times:
        return f"fails: {said.strip()[:60]}"
    return _right(float(times[-1]), sum(1 for _ in csv.reader(io.StringIO(answer))) - 1, count)


def _right(seconds: float, rows: int, count: int | None) -> float | str:
    return seconds if count is None or rows == count else f"{seconds:.1f}, wrong"


def _told(error: Exception, limit: float) -> str:
    return f"> {limit:.3g}" if isinstance(error, TimeoutError) else f"fails: {str(error)[:60]}"
