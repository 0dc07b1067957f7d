"""Medians, growth exponents and tables: what every benchmark prints, and how it keeps to a time limit."""

from __future__ import annotations

import math
import multiprocessing
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from bench.generate import write_graph
from kg.namespaces import graph_iri
from kg.resources import norm_files, ontology_files
from kg.store import Store
from kg.store.local import Local

__all__ = ["Worker", "exponent", "graph_files", "machine", "median_cpu", "read_synthetic", "table"]

Job = Callable[[Any], Any]


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the line fitted to the points on a log-log scale: 1 is linear, 2 quadratic.

    Raises `ValueError` for fewer than two points, or one that is not positive.

    >>> round(exponent([(10, 3), (100, 30), (1000, 300)]), 6)
    1.0
    >>> round(exponent([(10, 1), (100, 100)]), 6)
    2.0
    """
    if len(points) < 2 or any(x <= 0 or y <= 0 for x, y in points):
        raise ValueError("a slope needs two points, all of them positive")
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    return statistics.linear_regression(xs, ys).slope


def median_cpu(job: Callable[[], object], *, most: int = 25, seconds: float = 2.0) -> tuple[float, object]:
    """Return the median CPU milliseconds of a job, and what it returned.

    CPU time, not the clock: other work on the machine then matters less. The job is run at most `most` times, and no
    more once `seconds` are used. The first run warms, and counts only where there is time for no other.
    """
    times: list[float] = []
    result: object = None
    began = time.perf_counter()
    while len(times) < most and (not times or time.perf_counter() - began < seconds):
        start = time.process_time()
        result = job()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times[1:] or times), result


@contextmanager
def graph_files(sizes: Sequence[int], *, seed: int) -> Iterator[dict[int, Path]]:
    """Write a synthetic graph of each size for the time of a `with` block."""
    with tempfile.TemporaryDirectory(prefix="forebygg-bench-") as folder:
        files = {size: Path(folder) / f"{size}.nq" for size in sizes}
        for size, path in files.items():
            write_graph(path, size, seed=seed)
        yield files


def read_synthetic(path: Path) -> tuple[Store, int]:
    """Return a store in memory with a synthetic graph, terms and norms, and how many triples the graph alone has."""
    inner = ox.Store()
    inner.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    count = len(inner)
    store = Store(Local(inner), location="memory")
    store.load(ontology_files(), graph=graph_iri("ontologi"))
    store.load(norm_files(), graph=graph_iri("normer"))
    return store, count


class Worker:
    """A child process that answers one request at a time and can be ended when it takes too long."""

    def __init__(self, make: Callable[[Any], Job], argument: object) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._make, self._argument = make, argument
        self._start()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def ask(self, request: object, *, seconds: float) -> Any:
        """Return the answer to a request; raise `TimeoutError` and start afresh where it takes too long.

        An error in the child comes back as `RuntimeError` with its text.
        """
        self._connection.send(request)
        if not self._connection.poll(seconds):
            self._stop()
            self._start()
            raise TimeoutError(f"no answer in {seconds:g} s")
        try:
            failed, answer = self._connection.recv()
        except EOFError:
            self._stop()
            self._start()
            raise RuntimeError("the process ended without an answer") from None
        if failed:
            raise RuntimeError(answer)
        return answer

    def _start(self) -> None:
        self._connection, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(theirs, self._make, self._argument), daemon=True)
        self._process.start()
        theirs.close()

    def _stop(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.join()


def _serve(connection: Connection, make: Callable[[Any], Job], argument: object) -> None:
    job = make(argument)
    while True:
        try:
            request = connection.recv()
        except EOFError:
            return
        try:
            connection.send((False, job(request)))
        except Exception as error:  # noqa: BLE001  whatever it is, the parent prints it beside its query
            connection.send((True, f"{type(error).__name__}: {error}"))


def machine() -> str:
    """Return the machine in one line: cores, Python, pyoxigraph, load."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, pyoxigraph {ox.__version__}, "
        f"{platform.system()} {platform.machine()}, load {load}"
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows of text as a table with a line under its head; only the first column stands to the left."""
    widths = [max(len(row[i]) for row in (columns, *rows)) for i in range(len(columns))]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(
            c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()

    return "\n".join([line(columns), line(["-" * width for width in widths]), *map(line, rows)])
