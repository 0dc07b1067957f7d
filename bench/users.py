"""A server of its own process on loopback, and those who ask it: ordinary clients, hostile ones, and what they saw."""

from __future__ import annotations

import asyncio
import os
import random
import ssl
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote

import httpx2 as httpx

from kg.questions import list_questions

__all__ = [
    "HOSTILE",
    "Seen",
    "ask_hostile",
    "ask_ordinary",
    "busy_seconds",
    "load",
    "one_client",
    "open_pids",
    "paths_of",
    "serving",
    "tell",
    "worker_pids",
]

HOSTILE: Mapping[str, str] = {
    "product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "product of texts": "SELECT ?x { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER CONTAINS(CONCAT(STR(?c), STR(?i)), 'zzz') }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:x>)* ?b . ?b (<urn:x>|!<urn:x>|^(<urn:x>|!<urn:x>))* ?c }",
    "sort": "SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(CONCAT(STR(?f),STR(?a))) ?c",
    "distinct": "SELECT DISTINCT (CONCAT(STR(?a),STR(?f)) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    "regex": 'SELECT ?x { ?a ?b ?c . ?d ?e ?f FILTER REGEX(STR(?c), "((a*)*b*)*([a-z]{1,30}){1,30}$") }',
    "string bomb": "SELECT (STRLEN(?z) AS ?n) { "
    + "BIND('0123456789abcdef' AS ?x0) "
    + "".join(f"BIND(CONCAT(?x{i},?x{i},?x{i},?x{i}) AS ?x{i + 1}) " for i in range(16))
    + "BIND(?x16 AS ?z) }",
    "rows": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "group": "SELECT ?a ?d (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?d",
    "exists": "SELECT ?a { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i FILTER(?f = ?i && ?a != ?d && ?c = ?x) } }",
}


@dataclass(slots=True)
class Seen:
    """What clients saw: milliseconds of each answer, how many of each status, and what must not be."""

    times: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, part: float) -> float:
        """Return the milliseconds within which a part (0-1) of the answers came."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


@contextmanager
def serving(*options: str, stderr: int | None = subprocess.DEVNULL) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start `kg serve` on loopback and yield its address and process; it is stopped at the end."""
    command = [sys.executable, "-m", "kg", "serve", "--trust-proxy", "127.0.0.1", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def worker_pids(server: int) -> list[int]:
    """Return the processes that a server has started (Linux)."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    return [int(each) for each in children]


def open_pids(server: int) -> list[int]:
    """Return the processes of a server that have opened its store: those that answer, or are about to (Linux)."""
    return [pid for pid in worker_pids(server) if any(name.endswith(".sst") for name in _files(pid))]


def _files(pid: int) -> Iterator[str]:
    """Yield the files that a process holds open; nothing where it is gone."""
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            yield str(link.readlink())


def busy_seconds(server: int) -> float:
    """Return the processor time that a server and those of its workers that still run have used (Linux)."""
    ticks = 0
    for pid in (server, *worker_pids(server)):
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def paths_of(suffix: str = "json") -> list[str]:
    """Return the addresses of all named questions."""
    return [f"/questions/{each.name}.{suffix}" for each in list_questions()]


@asynccontextmanager
async def one_client(address: str, number: int) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client with an address of its own, as a proxy would tell it."""
    told = {"X-Forwarded-For": f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"}
    async with httpx.AsyncClient(base_url=address, headers=told, timeout=120, verify=_tls()) as client:
        yield client


@cache
def _tls() -> ssl.SSLContext:
    """Return one set of certificates for all clients: reading it anew takes 20 ms, which would hold up all the others.

    The first second of fifty clients would pass so, and then all who were due would ask in the same instant.
    """
    return ssl.create_default_context()


async def ask_ordinary(
    address: str,
    paths: Sequence[str],
    *,
    clients: int,
    each: int,
    pause: float,
    seed: int = 1,
    expected: Mapping[str, frozenset[bytes]] | None = None,
) -> Seen:
    """Have clients ask `each` addresses one after another, with a pause of up to twice `pause` seconds between.

    An answer with 200 must be one of those that are `expected` of its address.
    """
    seen = Seen()

    async def run(number: int) -> None:
        chance = random.Random(seed * 1000 + number)
        async with one_client(address, number) as client:
            await asyncio.sleep(chance.uniform(0, 2 * pause))
            for _ in range(each):
                path = chance.choice(paths)
                started = time.perf_counter()
                answer = await client.get(path)
                seen.times.append((time.perf_counter() - started) * 1000)
                seen.statuses[str(answer.status_code)] += 1
                right = answer.status_code != 200 or expected is None or answer.content in expected[path]
                if not right or (answer.status_code >= 500 and not answer.content):
                    seen.wrong.append(f"{path} {answer.status_code} {answer.content[:200]!r}")
                await asyncio.sleep(chance.uniform(0, 2 * pause))

    await asyncio.gather(*(run(number) for number in range(clients)))
    return seen


async def ask_hostile(address: str, until: asyncio.Event) -> Seen:
    """Have one client for each hostile query ask it again and again until told; an answer with 200 would be wrong."""
    seen = Seen()

    async def run(number: int, name: str) -> None:
        async with one_client(address, 60_000 + number) as client:
            while not until.is_set():
                asking = asyncio.ensure_future(client.get(f"/sparql?query={quote(HOSTILE[name])}"))
                stopping = asyncio.ensure_future(until.wait())
                await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
                stopping.cancel()
                if not asking.done():
                    asking.cancel()  # and leaves, with its query under way
                    await asyncio.gather(asking, return_exceptions=True)
                    return
                answer = asking.result()
                seen.statuses[f"{name}: {answer.status_code}"] += 1
                if answer.status_code not in {400, 422, 503, 500}:
                    seen.wrong.append(f"{name} {answer.status_code} {answer.content[:100]!r}")
                await asyncio.sleep(0.01)

    await asyncio.gather(*(run(number, name) for number, name in enumerate(HOSTILE)))
    return seen


def tell(name: str, seen: Seen) -> None:
    """Print what was seen."""
    shown = ", ".join(f"{status}: {count}" for status, count in sorted(seen.statuses.items()))
    print(f"{name}: {len(seen.times)} requests, {shown}; p50 {seen.share(0.5):.1f} ms, p99 {seen.share(0.99):.1f} ms")
    for each in seen.wrong[:5]:
        print(f"  WRONG {each}")


async def load(address: str, *, clients: int, each: int, pause: float = 0.5, name: str = "load") -> Seen:
    """Ask mixed named questions; every one must be answered with 200."""
    seen = await ask_ordinary(address, paths_of(), clients=clients, each=each, pause=pause)
    seen.wrong += [f"{count} × {status}" for status, count in seen.statuses.items() if status != "200"]
    tell(name, seen)
    return seen
