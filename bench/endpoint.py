"""Load, hostility and faults on the endpoint: `python -m bench.endpoint`; everything stays on loopback.

Each part prints what it did and exits 1 where something does not hold. The server is a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from bench.faults import described, full_log, kills, malformed, reloads, slowness
from bench.generate import write_graph
from bench.measure import machine
from bench.users import ask_hostile, busy_seconds, load, paths_of, serving
from kg.cache import load_everything
from kg.namespaces import graph_iri
from kg.questions import named_query
from kg.resources import norm_files, ontology_files
from kg.store import open_store

__all__ = ["build", "hostility", "overhead", "under_attack"]


def build(folder: Path, municipalities: int, *, seed: int = 1) -> Path:
    """Write a folder store: the shipped graph for 0 municipalities, or a synthetic one."""
    store = open_store(folder, read_only=False)
    if municipalities:
        with tempfile.TemporaryDirectory() as home:
            written = Path(home) / "graph.nq"
            write_graph(written, municipalities, seed=seed)
            store.load(ontology_files(), graph=graph_iri("ontologi"))
            store.load(norm_files(), graph=graph_iri("normer"))
            store.load([written])
    else:
        load_everything(store)
    store.close()
    return folder


async def hostility(address: str, *, clients: int, each: int, pause: float = 0.5) -> tuple[float, list[str]]:
    """Return how many times longer the p99 of ordinary clients is with ten hostile ones than without, and wrongs."""
    quiet = await load(address, clients=clients, each=each, pause=pause, name="quiet")
    done = asyncio.Event()
    attack = asyncio.create_task(ask_hostile(address, done))
    beside = await load(address, clients=clients, each=each, pause=pause, name="beside ten hostile")
    done.set()
    hostile = await attack
    print("  hostile: " + ", ".join(f"{what} × {count}" for what, count in sorted(hostile.statuses.items())))
    ratio = beside.share(0.99) / quiet.share(0.99)
    print(f"  p99 {ratio:.2f} × the quiet one, p50 {beside.share(0.5) / quiet.share(0.5):.2f} ×")
    return ratio, [*quiet.wrong, *beside.wrong, *hostile.wrong]


def under_attack(address: str, *, clients: int, each: int, pause: float) -> list[str]:
    """Warm a server up, have it attacked, and return what does not hold."""
    asyncio.run(load(address, clients=1, each=2 * len(paths_of()), pause=0, name="warm"))
    ratio, found = asyncio.run(hostility(address, clients=clients, each=each, pause=pause))
    return found + [f"p99 {ratio:.2f} times the quiet one"] * (ratio > 3)


def overhead(address: str, folder: Path, server: int, *, runs: int) -> float:
    """Return how many milliseconds more a named question takes over HTTP than in process, the median of all.

    Both are asked in turn, and the quicker half of the runs counts, since other work on the machine only adds. Where
    there is much of it, only the time of the processors tells; that is printed too.
    """
    store, more = open_store(folder), []
    there = busy_seconds(server)
    used = 0.0
    connection = HTTPConnection(urlsplit(address).netloc, timeout=120)
    for path in paths_of():
        text = named_query(f"questions/{Path(path).stem}")
        inside, outside = [], []
        for _ in range(runs):
            started, busy = time.perf_counter(), time.process_time()
            store.serialize(text, "json")
            inside.append(time.perf_counter() - started)
            used += time.process_time() - busy
            started = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            outside.append(time.perf_counter() - started)
        less, longer = (statistics.median(sorted(each)[: (runs + 1) // 2]) for each in (inside, outside))
        more.append((longer - less) * 1000)
    connection.close()
    middle = statistics.median(more)
    print(f"over HTTP: {middle:.2f} ms more at the median of {len(more)} questions, {max(more):.1f} at most")
    mean = (busy_seconds(server) - there - used) * 1000 / runs / len(more)
    print(f"  of processors: {mean:.2f} ms more at the mean, the server and its workers beside the same in process")
    return middle


def main(arguments: Sequence[str] | None = None) -> int:
    """Run everything and print it; return 1 where something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--municipalities", type=int, default=0, help="0 is the shipped graph")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--each", type=int, default=10)
    parser.add_argument(
        "--pause", type=float, default=2.5, help="mean seconds between two requests of a client; twice that, none kept"
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--malformed", type=int, default=2000)
    parser.add_argument("--examples", type=int, default=5, help="requests that schemathesis makes up for each path")
    chosen = parser.parse_args(arguments)
    print(machine())
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as home:
        one, two = build(Path(home) / "one", chosen.municipalities), build(Path(home) / "two", 2, seed=7)
        current = Path(home) / "current"
        current.symlink_to(one)
        print("no answers kept")
        with serving("--store", str(current), "--answers", "0") as (address, process):
            wrong += under_attack(address, clients=chosen.clients, each=chosen.each, pause=2 * chosen.pause)
            more = overhead(address, one, process.pid, runs=16)
            wrong += [f"{more:.1f} ms over HTTP"] * (more > 3)
            wrong += asyncio.run(slowness(address, hanging=200, clients=10, each=20)).wrong
            came = asyncio.run(malformed(address, count=chosen.malformed))
            wrong += [f"malformed: {status}" for status in came if status.startswith("5")]
            wrong += asyncio.run(kills(address, process.pid, count=chosen.kills, clients=10, paths=paths_of("csv")))[
                1
            ].wrong
        print("answers kept")
        with serving("--store", str(current)) as (address, process):
            wrong += under_attack(address, clients=chosen.clients, each=chosen.each, pause=chosen.pause)
            wrong += asyncio.run(
                reloads(address, process, current, (one, two), count=10, clients=10, paths=paths_of("csv"))
            ).wrong
            code, told = described(address, examples=chosen.examples)
            wrong += [told[-3000:]] * bool(code)
            wrong += asyncio.run(load(address, clients=5, each=10, pause=0, name="afterwards")).wrong
        with serving("--store", str(one), "--log", "/dev/full") as (address, _):
            seen, lost = asyncio.run(full_log(address, clients=5, each=20))
            wrong += seen.wrong + ["no line was lost"] * (not lost)
    for each in wrong:
        print(f"DOES NOT HOLD: {each}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
