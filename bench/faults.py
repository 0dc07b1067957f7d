"""Faults around an endpoint: workers killed, data replaced, a full disk, clients that hang, broken requests."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import httpx2 as httpx

from bench.users import Seen, ask_ordinary, load, open_pids, tell

__all__ = ["answers_of", "described", "full_log", "kills", "malformed", "reloads", "slowness"]

_END = b" HTTP/1.1\r\nHost: kg\r\nConnection: close\r\n\r\n"
_POST = b"POST /sparql HTTP/1.1\r\nHost: kg\r\nConnection: close\r\n"
_WHOLE = _POST + b"Content-Type: application/sparql-query\r\nContent-Length: 6\r\n\r\nASK {}"
_SHAPES: Sequence[Callable[[random.Random], bytes]] = (
    lambda chance: chance.randbytes(chance.randrange(1, 300)) + b"\r\n\r\n",
    lambda chance: b"GET /sparql?query=" + b"A" * chance.choice([15_000, 17_000, 70_000]) + _END,
    lambda chance: b"GET /sparql?query=%" + chance.randbytes(3).hex().encode() + b"%FF%00%GG" + _END,
    lambda chance: _POST + b"Content-Length: " + chance.choice([b"99999999999", b"-1", b"1e3", b"5, 6"]) + b"\r\n\r\n",
    lambda chance: (
        _POST + b"Transfer-Encoding: chunked\r\n\r\n" + chance.choice([b"ZZ", b"-5", b"FFFFFFFFFF"]) + b"\r\n"
    ),
    lambda _: b"GET / HTTP/1.1\r\nHost: kg\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
    lambda chance: _spoilt(_WHOLE, chance),
    lambda chance: _spoilt(b"GET /questions/q01-visits.json?kommun=%FF" + _END, chance),
    lambda chance: _spoilt(b"GET /luckor?kommun=0780&norm=x" + _END, chance),
)


async def answers_of(address: str, paths: Sequence[str]) -> dict[str, bytes]:
    """Return what is answered now to each address."""
    async with httpx.AsyncClient(base_url=address, timeout=120) as client:
        return {path: (await client.get(path)).raise_for_status().content for path in paths}


async def kills(
    address: str, server: int, *, count: int, clients: int, paths: Sequence[str], seed: int = 1
) -> tuple[int, Seen]:
    """Kill workers at random while clients ask, and return how many were killed and what the clients saw.

    Only those are killed that have opened the store: to end one that starts proves little.
    """
    right = {path: frozenset([body]) for path, body in (await answers_of(address, paths)).items()}
    chance, killed, totals = random.Random(seed), 0, Seen()
    while killed < count:
        asking = asyncio.create_task(
            ask_ordinary(address, paths, clients=clients, each=20, pause=0.01, seed=seed + killed, expected=right)
        )
        while not asking.done() and killed < count:
            await asyncio.sleep(chance.uniform(0.005, 0.06))
            if pids := open_pids(server):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(pids), signal.SIGKILL)
                    killed += 1
        seen = await asking
        totals.times += seen.times
        totals.statuses += seen.statuses
        totals.wrong += seen.wrong
    totals.wrong += [f"status {status}" for status in totals.statuses if status not in {"200", "500", "502", "503"}]
    tell(f"{killed} workers killed", totals)
    return killed, totals


async def reloads(
    address: str,
    process: subprocess.Popen[str],
    current: Path,
    folders: Sequence[Path],
    *,
    count: int,
    clients: int,
    paths: Sequence[str],
) -> Seen:
    """Replace the store while clients ask; every answer must be that of one of the stores, and none may be refused."""
    right = dict[str, set[bytes]]()

    async def put(folder: Path) -> None:
        before = httpx.get(f"{address}health", timeout=60).json()["key"]
        fresh = current.with_name("fresh")
        fresh.symlink_to(folder)
        fresh.replace(current)
        process.send_signal(signal.SIGHUP)
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            while (await client.get("/health")).json()["key"] == before:
                await asyncio.sleep(0.02)

    for folder in (*folders[1:], folders[0]):
        for path, body in (await answers_of(address, paths)).items():
            right.setdefault(path, set()).add(body)
        await put(folder)
    expected = {path: frozenset(bodies) for path, bodies in right.items()}
    asking = asyncio.create_task(
        ask_ordinary(address, paths, clients=clients, each=count * 12, pause=0.02, expected=expected)
    )
    for number in range(count):
        await put(folders[(number + 1) % len(folders)])
    seen = await asking
    seen.wrong += [f"{found} × {status}" for status, found in seen.statuses.items() if status != "200"]
    tell(f"{count} times new data", seen)
    return seen


async def full_log(address: str, *, clients: int, each: int) -> tuple[Seen, float]:
    """Ask a server whose log cannot be written, and return what was seen and how many lines it says it lost."""
    seen = await load(address, clients=clients, each=each, pause=0.01, name="log on a full disk")
    lines = httpx.get(f"{address}metrics", timeout=60).text.splitlines()
    lost = next(float(line.split()[1]) for line in lines if line.startswith("kg_log_lines_lost_total"))
    print(f"  {lost:.0f} lines lost, and counted")
    return seen, lost


async def slowness(address: str, *, hanging: int, clients: int, each: int) -> Seen:
    """Hold connections that never finish their request, or do not read, while others ask."""
    host, port = urlsplit(address).hostname, urlsplit(address).port
    starts = [
        b"",
        b"GET /",
        b"GET / HTTP/1.1\r\nHost: kg\r\nX: ",
        b"POST /sparql HTTP/1.1\r\nHost: kg\r\nContent-Length: 99\r\n\r\nq",
    ]
    held = []
    for number in range(hanging):
        _, writer = await asyncio.open_connection(host, port)
        writer.write(starts[number % len(starts)])
        held.append(writer)
    seen = await load(address, clients=clients, each=each, pause=0.05, name=f"beside {hanging} that hang")
    for writer in held:
        writer.transport.abort()
    return seen


def described(address: str, *, examples: int, paths: str = "", seed: int = 1) -> tuple[int, str]:
    """Have schemathesis ask what the OpenAPI document allows and forbids; return its exit code and what it printed.

    That a name is unknown (400), or a field left empty is passed by, cannot be said in the document: those two of its
    checks are left out. `paths` is a pattern; without it all are asked.
    """
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}openapi.json", "--no-color"]
    command += ["--max-examples", str(examples), "--seed", str(seed), "--generation-database", "none"]
    command += ["--include-path-regex", paths] if paths else []
    command += ["--exclude-checks", "positive_data_acceptance,negative_data_rejection"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = done.stdout.partition("= SUMMARY =")[2] or done.stdout
    print(f"schemathesis: exit {done.returncode}; " + " ".join(re.findall(r"\d+ generated.*|Tested: \d+", told)))
    return done.returncode, done.stdout + done.stderr


async def malformed(address: str, *, count: int, seed: int = 1) -> Counter[str]:
    """Send requests that are broken, too large or noise; return what came back, a status or nothing."""
    host, port = urlsplit(address).hostname, urlsplit(address).port
    chance, came = random.Random(seed), Counter[str]()
    for _ in range(count):
        reader, writer = await asyncio.open_connection(host, port)
        first: list[bytes] = []
        with contextlib.suppress(ConnectionError, TimeoutError):
            writer.write(chance.choice(_SHAPES)(chance))
            async with asyncio.timeout(0.5):
                first = (await reader.readline()).split()
        came[first[1].decode() if len(first) > 1 else "closed or waits"] += 1
        writer.transport.abort()
    print(f"{count} malformed requests: " + ", ".join(f"{status} × {found}" for status, found in sorted(came.items())))
    return came


def _spoilt(request: bytes, chance: random.Random) -> bytes:
    """Return a request with a few of its bytes replaced."""
    spoilt = bytearray(request)
    for _ in range(chance.randint(1, 4)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)
