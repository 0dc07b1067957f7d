"""Our store beside the bare engine in it: loading, the named questions, and a question in a fresh process."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from bench.cold import run_once
from bench.measure import Worker, median_cpu, read_synthetic
from kg.questions import list_questions
from kg.resources import norm_files, ontology_files
from kg.store import open_store

__all__ = ["WHOLE", "cold", "fill", "loading", "questions"]

WHOLE = ("q24-peers",)
"""Questions that compare with the whole country by their nature, whatever they are bound to."""
_LONGEST = 600.0


def _loader(path: Path) -> Callable[[tuple[bool, bool]], float]:
    """Return what a child does: load the file bare or by our store, into memory or a folder; CPU seconds."""

    def load(way: tuple[bool, bool]) -> float:
        ours, on_disk = way
        folder = tempfile.mkdtemp(prefix="forebygg-bench-")
        start = time.process_time()
        if ours:
            store = open_store(Path(folder) / "store" if on_disk else "memory", read_only=False)
            store.load([path])
            if on_disk:
                store.close()
        else:
            inner = ox.Store(folder) if on_disk else ox.Store()
            inner.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
            if on_disk:
                inner.flush()
                inner.optimize()
        seconds = time.process_time() - start
        shutil.rmtree(folder, ignore_errors=True)
        return seconds

    return load


def loading(path: Path, *, on_disk: bool, runs: int) -> tuple[float, float]:
    """Return the CPU seconds of loading a file by our store and by the bare engine: medians, each in a fresh process.

    Both write to disk and put it in order where `on_disk`; they take turns, and who begins takes turns too.
    """
    times: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(runs):
        for ours in (True, False) if turn % 2 else (False, True):
            with Worker(_loader, path) as worker:
                times[ours].append(worker.ask((ours, on_disk), seconds=_LONGEST))
    return statistics.median(times[True]), statistics.median(times[False])


def _pair(path: Path) -> Callable[[str], tuple[float, float]]:
    """Return what a child does: the CPU milliseconds of a text in our store and in the engine itself."""
    store, _ = read_synthetic(path)
    inner: ox.Store = store._engine._inner  # type: ignore[attr-defined]  # the very same triples

    def ask(text: str) -> tuple[float, float]:
        def bare() -> object:
            return [tuple(row) for row in inner.query(text, use_default_graph_as_union=True)]  # type: ignore[union-attr]

        return median_cpu(lambda: store.select(text), most=5, seconds=1)[0], median_cpu(bare, most=5, seconds=1)[0]

    return ask


def questions(path: Path) -> dict[str, tuple[float, float]]:
    """Return the CPU milliseconds of every named question over all municipalities: by our store, by the bare engine."""
    with Worker(_pair, path) as worker:
        return {each.name: worker.ask(each.text, seconds=_LONGEST) for each in list_questions()}


def fill(folder: Path, path: Path) -> None:
    """Make a folder store of a graph, the terms and the norms."""
    store = open_store(folder, read_only=False)
    store.load([path, *ontology_files(), *norm_files()])
    store.close()


def cold(folder: Path, municipality: str, *, runs: int = 3) -> tuple[dict[str, float], float]:
    """Return the seconds of each named question on one municipality from a folder store, and of `python -c pass`.

    Each is a fresh process; they take turns, and are told as medians by the clock.
    """
    base: list[float] = []
    found: dict[str, float] = {}
    for each in list_questions():
        command = [*(sys.executable, "-m", "kg", "query", each.name), "--municipality", municipality]
        times = []
        for _ in range(runs):
            base.append(run_once([sys.executable, "-c", "pass"], os.environ).clock)
            times.append(run_once([*command, "--store", str(folder)], os.environ).clock)
        found[each.name] = statistics.median(times)
    return found, statistics.median(base)
