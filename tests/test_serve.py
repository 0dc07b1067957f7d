"""`kg serve` as a process of its own on loopback: what it prints, signals, slow clients, proxies, new data."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx2 as httpx
import pytest
from click.testing import CliRunner
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.cli.serve import _keep_up, serve_command
from kg.errors import LocationError
from kg.server import listening
from kg.server.data import folder_key, serve_from
from kg.server.sending import LARGE, PART, Outbox
from kg.store import make_quad, open_store
from tests.served import MONSTER, build, client
from tests.served import until as come

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are not for Windows")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@contextmanager
def serving(*options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start the command and yield the address that it prints; end it, and fail where it has said anything odd."""
    command = [sys.executable, "-m", "kg", "serve", "--workers", "1", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            yield process.stdout.readline().strip() or pytest.fail(process.stderr.read()), process
        finally:
            process.kill()


def ask(address: str, query: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{address}sparql?{urlencode({'query': query, 'format': 'csv'})}", headers=headers, timeout=60)


def until(true: Callable[[], object], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def health(address: str) -> dict[str, object]:
    found: dict[str, object] = httpx.get(f"{address}health", timeout=60).json()
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("served") / "store")


def test_a_stop_lets_queries_end_and_leaves_nothing(folder: Path) -> None:
    answers: list[httpx.Response] = []
    with serving("--store", str(folder), "--grace", "30") as (address, process):
        assert urlsplit(address).hostname == "127.0.0.1"
        asking = threading.Thread(target=lambda: answers.append(ask(address, LONG)))
        asking.start()
        until(lambda: health(address)["running"] == 1)
        process.send_signal(signal.SIGTERM)
        asking.join(60)
        assert process.wait(30) in {0, -signal.SIGTERM}
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert [(each.status_code, each.text) for each in answers] == [(200, "n\r\n1092727\r\n")]


def test_a_stop_does_not_wait_for_ever(folder: Path) -> None:
    answers: list[httpx.Response] = []
    with serving("--store", str(folder), "--grace", "0.1", "--seconds", "600") as (address, process):
        asking = threading.Thread(target=lambda: answers.append(ask(address, MONSTER)))
        asking.start()
        until(lambda: health(address)["running"] == 1)
        process.send_signal(signal.SIGTERM)
        asking.join(30)
        assert process.wait(30) in {0, -signal.SIGTERM}
    assert [each.status_code for each in answers] == [503]
    assert "the server is stopping" in answers[0].text


def test_new_data_is_served_after_sighup(folder: Path, tmp_path: Path) -> None:
    current = tmp_path / "current"
    current.symlink_to(folder)
    other = build(tmp_path / "other", things=7)
    with serving("--store", str(current)) as (address, process):
        assert ask(address, COUNT).text == "n\r\n103\r\n"
        before = health(address)["key"]
        fresh = tmp_path / "fresh"
        fresh.symlink_to(other)
        fresh.replace(current)
        process.send_signal(signal.SIGHUP)
        until(lambda: health(address)["key"] != before)
        assert ask(address, COUNT).text == "n\r\n10\r\n"
        current.unlink()
        process.send_signal(signal.SIGHUP)
        assert process.stderr is not None
        assert "serving" in process.stderr.readline()
        assert "what was served before is still served" in process.stderr.readline()
        assert ask(address, COUNT).text == "n\r\n10\r\n"


def test_new_data_is_seen_by_itself_where_it_is_watched(folder: Path, tmp_path: Path) -> None:
    current = tmp_path / "current"
    current.symlink_to(folder)
    other = build(tmp_path / "other", things=7)
    with serving("--store", str(current), "--watch", "0.05") as (address, _):
        fresh = tmp_path / "fresh"
        fresh.symlink_to(other)
        fresh.replace(current)
        until(lambda: health(address)["quads"] == 10)


def test_the_shipped_graph_is_served_where_nothing_is_named() -> None:
    with serving("--rows", "100") as (address, _):
        assert httpx.get(f"{address}sparql", timeout=60).status_code == 200
        done = ask(address, "SELECT * { ?s ?p ?o } LIMIT 101")
        assert done.status_code == 422
        assert "more than 100 rows" in done.text


def test_limits_are_not_taken_on_trust(folder: Path) -> None:
    with serving("--store", str(folder), "--seconds", "0.3") as (address, _):
        done = ask(address, MONSTER)
        assert (done.status_code, "longer than 0.3 seconds" in done.text) == (422, True)
        assert ask(address, "ASK {}").text == "true"


def test_a_client_that_hangs_up_ends_its_query(folder: Path) -> None:
    with serving("--store", str(folder), "--seconds", "600") as (address, _):
        where = urlsplit(address)
        with socket.create_connection((str(where.hostname), where.port or 80)) as hasty:
            hasty.sendall(f"GET /sparql?{urlencode({'query': MONSTER})} HTTP/1.1\r\nHost: kg\r\n\r\n".encode())
            until(lambda: health(address)["running"] == 1)
        until(lambda: health(address)["running"] == 0)
        assert ask(address, "ASK {}").text == "true"


def test_a_port_that_is_taken_is_told_in_one_line(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 4
    assert f"cannot listen on 127.0.0.1 port {port}" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_folder_without_a_store_is_told_in_one_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(serve_command, ["--store", str(tmp_path)])
    assert isinstance(done.exception, LocationError)
    assert "holds no store" in str(done.exception)


def test_a_store_in_memory_is_written_to_a_folder_that_goes_with_it(folder: Path) -> None:
    memory = open_store("memory")
    memory.extend(open_store(folder).quads())
    served = serve_from(memory)
    with_store = Path(served.folder)
    assert len(open_store(with_store)) == len(memory)
    del served
    assert not with_store.exists()


def test_the_key_of_a_folder_changes_with_its_content(folder: Path, tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    shutil.copytree(folder, copied)
    before = folder_key(copied)
    assert folder_key(copied) == before
    store = open_store(copied, read_only=False)
    store.extend([make_quad("http://e/s", "http://e/p", "http://e/o", "http://e/g")])
    store.close()
    assert folder_key(copied) != before
    of_cache = tmp_path / ("0f" * 16) / "store"
    shutil.copytree(folder, of_cache)
    assert folder_key(of_cache) == "0f" * 16


@asynccontextmanager
async def listening_to(app: ASGIApp, **how: str) -> AsyncIterator[tuple[int, listening.Server]]:
    """Serve an application in this process and yield its port and the server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = listening.Server(listening.configure(app, grace=1, **how), lambda: None)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await come(lambda: server.started)
            yield listener.getsockname()[1], server
        finally:
            server.should_exit = True
            await task


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1000)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def rest_of(reader: asyncio.StreamReader) -> int:
    """Return how many bytes still come before the connection ends, however it ends."""
    count = 0
    with contextlib.suppress(ConnectionError):
        async with asyncio.timeout(30):
            while part := await reader.read(100_000):
                count += len(part)
    return count


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    """Tell a client its address, and a large body where one is wanted."""
    if scope["type"] == "http":
        body = b"x" * 50_000_000 if scope["path"] == "/large" else str(scope["client"][0]).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})


@pytest.mark.parametrize("before", [b"", b"GET / HTTP/1.1\r\nHost: kg\r\n\r\n"])
def test_a_client_that_never_ends_its_request_is_dropped(monkeypatch: pytest.MonkeyPatch, before: bytes) -> None:
    monkeypatch.setattr(listening, "HEAD_SECONDS", 0.2)

    async def go() -> None:
        async with listening_to(plain) as (port, _), connected(port) as (reader, writer):
            if before:
                writer.write(before)
                assert (await reader.readuntil(b"127.0.0.1")).startswith(b"HTTP/1.1 200")
            writer.write(b"GET / HTTP/1.1\r\nHost: kg\r\nX-Slow: ")
            assert await rest_of(reader) < 10

    asyncio.run(go())


def test_a_head_without_end_is_refused_before_its_time_is_out() -> None:
    async def go() -> None:
        async with listening_to(plain) as (port, server), connected(port) as (reader, writer):
            writer.write(b"GET / HTTP/1.1\r\nHost: kg\r\n\r\n")
            assert (await reader.readuntil(b"127.0.0.1")).startswith(b"HTTP/1.1 200")
            writer.write(b"GET / HTTP/1.1\r\nHost: kg\r\nX-Long: ")
            with contextlib.suppress(ConnectionError):
                for _ in range(100):
                    writer.write(b"x" * 10_000)
                    await writer.drain()
            await come(lambda: not server.server_state.connections)
            assert await rest_of(reader) < 300

    asyncio.run(go())


def test_a_client_that_does_not_read_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "READ_SECONDS", 0.2)

    async def go() -> None:
        async with listening_to(plain) as (port, server), connected(port) as (reader, writer):
            writer.write(b"GET /large HTTP/1.1\r\nHost: kg\r\n\r\n")
            await come(lambda: server.server_state.connections)
            await come(lambda: not server.server_state.connections)
            assert await rest_of(reader) < 50_000_000

    asyncio.run(go())


@pytest.mark.parametrize(
    ("trusted", "told"), [("", "127.0.0.1"), ("127.0.0.1", "192.0.2.9"), ("10.0.0.1", "127.0.0.1")]
)
def test_a_proxy_is_believed_only_where_it_is_trusted(trusted: str, told: str) -> None:
    async def go() -> None:
        async with listening_to(plain, trusted=trusted) as (port, _), httpx.AsyncClient() as user:
            done = await user.get(f"http://127.0.0.1:{port}/", headers={"X-Forwarded-For": "192.0.2.9"})
            assert done.text == told

    asyncio.run(go())


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 3 * PART, LARGE + 1])
def test_an_answer_arrives_whole_in_parts(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": content})

    async def go() -> None:
        async with client(Outbox(app)) as user:
            assert (await user.get("/")).content == content

    asyncio.run(go())


def test_large_answers_under_way_are_bounded_and_small_ones_always_sent() -> None:
    sizes = {"/large": LARGE + 1, "/small": 10}
    read = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x" * sizes[scope["path"]]})

    async def slowly(message: Message) -> None:
        await read.wait()

    async def go() -> None:
        outbox = Outbox(app, most=2 * LARGE)
        async with client(outbox) as user:
            scope = {"type": "http", "method": "GET", "path": "/large", "headers": []}
            slow = asyncio.create_task(outbox(scope, user.get, slowly))
            await asyncio.sleep(0)
            refused = await user.get("/large")
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
            assert (await user.get("/small")).status_code == 200
            read.set()
            await slow
            assert (await user.get("/large")).status_code == 200

    asyncio.run(go())


def test_an_error_that_nobody_thought_of_is_told_and_does_not_end_the_watch(capsys: pytest.CaptureFixture[str]) -> None:
    looked = 0

    class Data:
        def renew(self) -> None:
            nonlocal looked
            looked += 1
            raise RuntimeError("of the engine")

    async def watch() -> None:
        keeping_up = asyncio.create_task(_keep_up(None, Data(), None, asyncio.Event(), 0.001))  # type: ignore[arg-type]
        while looked < 3 and not keeping_up.done():
            await asyncio.sleep(0.001)
        keeping_up.cancel()

    asyncio.run(watch())
    assert looked >= 3
    assert "RuntimeError: of the engine; what was served before is still served" in capsys.readouterr().err
