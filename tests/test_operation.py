"""The endpoint in operation: figures, lines of the log, and what it stands, in short; `bench.endpoint` is the long form."""

from __future__ import annotations

import asyncio
import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2 as httpx
import pytest
from click.testing import CliRunner
from prometheus_client.parser import text_string_to_metric_families
from starlette.types import Receive, Scope, Send

from bench.endpoint import build as build_graph
from bench.endpoint import hostility
from bench.faults import described, full_log, kills, malformed, reloads, slowness
from bench.users import load, paths_of, serving
from kg.cli.serve import serve_command
from kg.errors import LocationError
from kg.server.metrics import Metrics
from kg.server.watching import Log, Watched, places_of, to_file, to_stream
from kg.server.web import make_app
from kg.server.workers import Pool
from tests.served import MONSTER, build, client

ROOT = Path(__file__).resolve().parent.parent
FEW = paths_of("csv")[:5]
SECRET = "SELECT ?hemligt { ?hemligt ?p ?o }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("operated") / "store")


def run(folder: Path, *asked: tuple[str, dict[str, str]], log: Log | None = None, queries: bool = False) -> str:
    """Ask an application that is watched, and return what it says at /metrics."""

    async def go() -> str:
        pool = Pool(folder, workers=1)
        site = make_app(pool)
        moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
        app = Watched(
            site, Metrics(pool), places=places_of(site.routes), log=log, queries=queries, clock=lambda: moment
        )
        await pool.start()
        try:
            async with client(app, host="192.0.2.77") as user:
                for path, parameters in asked:
                    await user.get(path, params=parameters)
                answer = await user.get("/metrics")
                assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
                return answer.text
        finally:
            await pool.stop()

    return asyncio.run(go())


def figures(text: str) -> dict[str, float]:
    """Return the figures, as Prometheus itself reads them; labels stand in the name."""
    samples = (each for family in text_string_to_metric_families(text) for each in family.samples)
    return {" ".join([each.name, *map(str, each.labels.values())]): each.value for each in samples}


ASKED = (
    ("/sparql", {"query": SECRET}),
    ("/sparql", {"query": "SERVICE"}),
    ("/sparql", {"query": SECRET}),
    ("/x/y", {}),
)


def test_what_is_counted_is_told_to_prometheus(folder: Path) -> None:
    told = figures(run(folder, *ASKED, ("/health", {})))
    assert told["kg_requests_total sparql 200"] == 2
    assert told["kg_requests_total sparql 400"] == 1
    assert told["kg_requests_total other 404"] == 1
    assert told["kg_requests_total health 200"] == 1
    assert told["kg_request_seconds_count sparql"] == 3
    assert told["kg_queries_answered_total"] == 2
    assert told["kg_queries_failed_total QueryError"] == 1
    assert told["kg_quads"] == 103
    assert told["kg_graphs"] == 3
    assert told["kg_log_lines_lost_total"] == 0


def test_nothing_that_was_asked_stands_in_the_figures(folder: Path) -> None:
    text = run(folder, *ASKED, ("/wp-login.php", {"user": "hemligt"}))
    assert not re.search(r"hemligt|wp-login|192\.0\.2", text)


@pytest.mark.parametrize("queries", [False, True])
def test_a_line_says_how_it_went_and_what_was_asked_only_on_demand(folder: Path, queries: bool) -> None:
    stream = io.StringIO()
    run(folder, *ASKED, log=to_stream(stream), queries=queries)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["status"] for line in lines] == [200, 400, 200, 404, 200]
    assert lines[0]["time"] == "2026-01-02T03:04:05.000+00:00"
    assert lines[0]["place"] == "sparql"
    assert lines[0]["rows"] == 103
    assert lines[1]["error"] == "QueryError"
    assert ("hemligt" in stream.getvalue()) == queries
    assert [line.get("query") for line in lines[:1]] == [SECRET if queries else None]
    assert "192.0.2" not in stream.getvalue()


def test_a_disk_that_is_full_costs_lines_and_no_answer(folder: Path) -> None:
    def full(_: str) -> None:
        raise OSError(errno.ENOSPC, "no space")

    told = figures(run(folder, *ASKED, log=full))
    assert told["kg_requests_total sparql 200"] == 2
    assert told["kg_log_lines_lost_total"] == 4


def test_a_line_that_was_cut_off_spoils_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write, whole = to_file(tmp_path / "log"), os.write
    monkeypatch.setattr("os.write", lambda file, content: whole(file, content[:5]))
    with pytest.raises(OSError, match="only a part"):
        write('{"one":1}')
    monkeypatch.undo()
    write('{"two":2}')
    (tmp_path / "log").rename(tmp_path / "log.1")
    write('{"three":3}')
    assert (tmp_path / "log.1").read_text(encoding="utf-8") == '{"one\n{"two":2}\n'
    assert (tmp_path / "log").read_text(encoding="utf-8") == '{"three":3}\n'


def test_a_log_that_cannot_be_written_is_told_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(LocationError, match="cannot write the log"):
        to_file(tmp_path / "none" / "log")


def test_a_client_that_leaves_and_an_application_that_breaks_are_counted(folder: Path) -> None:
    async def breaks(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/breaks":
            raise RuntimeError

    async def go() -> None:
        metrics, stream = Metrics(Pool(folder)), io.StringIO()
        app = Watched(breaks, metrics, log=to_stream(stream))

        async def never(*_: object) -> dict[str, object]:
            raise AssertionError

        scope = {"type": "http", "method": "GET", "headers": [], "query_string": b""}
        await app({**scope, "path": "/leaves"}, never, never)  # type: ignore[arg-type]
        with pytest.raises(RuntimeError):
            await app({**scope, "path": "/breaks"}, never, never)  # type: ignore[arg-type]
        assert [json.loads(line)["status"] for line in stream.getvalue().splitlines()] == [499, 500]

    asyncio.run(go())


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    home = tmp_path_factory.mktemp("fire")
    one, two = build_graph(home / "one", 0), build_graph(home / "two", 1)
    current = home / "current"
    current.symlink_to(one)
    return one, two, current


@pytest.fixture(scope="module")
def served(stores: tuple[Path, Path, Path]) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with serving("--store", str(stores[2]), "--answers", "0") as opened:
        yield opened


class TestUnderFire:
    """One server on the shipped graph, as a process of its own, and all that happens to it."""

    def test_ordinary_clients_are_answered_beside_hostile_ones(self, served: tuple[str, subprocess.Popen[str]]) -> None:
        _, wrong = asyncio.run(hostility(served[0], clients=8, each=4, pause=0.1))
        assert not wrong

    def test_clients_that_hang_are_in_nobodys_way(self, served: tuple[str, subprocess.Popen[str]]) -> None:
        assert not asyncio.run(slowness(served[0], hanging=60, clients=3, each=4)).wrong

    def test_broken_requests_are_refused(self, served: tuple[str, subprocess.Popen[str]]) -> None:
        came = asyncio.run(malformed(served[0], count=150))
        assert not [status for status in came if status.startswith("5")]
        assert came["400"] > 30

    def test_the_api_does_as_its_description_says(self, served: tuple[str, subprocess.Popen[str]]) -> None:
        code, told = described(served[0], examples=4, paths=r"^/questions(/q0[12].*\.(json|csv))?$")
        assert not code, told

    def test_killed_workers_give_clean_errors_and_no_wrong_answer(
        self, served: tuple[str, subprocess.Popen[str]]
    ) -> None:
        killed, seen = asyncio.run(kills(served[0], served[1].pid, count=12, clients=4, paths=FEW))
        assert killed == 12
        assert not seen.wrong

    def test_new_data_drop_no_request(
        self, served: tuple[str, subprocess.Popen[str]], stores: tuple[Path, Path, Path]
    ) -> None:
        one, two, current = stores
        assert not asyncio.run(reloads(served[0], served[1], current, (one, two), count=1, clients=3, paths=FEW)).wrong

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
    def test_a_full_disk_is_noticed_and_nothing_else(self, stores: tuple[Path, Path, Path]) -> None:
        with serving("--store", str(stores[0]), "--log", "/dev/full") as (address, _):
            seen, lost = asyncio.run(full_log(address, clients=2, each=4))
        assert not seen.wrong
        assert lost >= 8

    def test_it_is_well_afterwards(self, served: tuple[str, subprocess.Popen[str]]) -> None:
        assert not asyncio.run(load(served[0], clients=2, each=5, pause=0.01)).wrong
        assert httpx.get(f"{served[0]}health", timeout=20).json()["ok"]


def test_a_line_is_written_for_a_query_that_is_stopped(folder: Path) -> None:
    with serving("--store", str(folder), "--seconds", "0.2", "--log", "-", stderr=subprocess.PIPE) as (
        address,
        process,
    ):
        assert httpx.get(f"{address}sparql", params={"query": MONSTER}, timeout=30).status_code == 422
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        line = json.loads(process.stderr.readline())
    assert (line["status"], line["error"], line["place"]) == (422, "TimedOut", "sparql")


def options_of(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))


@pytest.mark.parametrize("name", ["kg-serve.service", "Containerfile"])
def test_what_is_deployed_uses_options_that_exist(name: str) -> None:
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    commands = " ".join(
        line for line in text.splitlines() if re.search(r"\bserve\b", line) and not line.startswith("#")
    )
    known = options_of(CliRunner().invoke(serve_command, ["--help"]).output)
    assert commands
    assert options_of(commands) <= known


def test_the_page_of_the_operator_names_options_and_figures_that_exist(folder: Path) -> None:
    page = (ROOT / "docs" / "endpoint.md").read_text(encoding="utf-8").replace("\\\n", " ")
    page = re.sub(r"\bpodman [^\n`]*?(?= forebygg --|`|$)", "", page, flags=re.MULTILINE)  # its own options
    known = options_of(CliRunner().invoke(serve_command, ["--help"]).output)
    known |= {"--municipalities", "--store", "--data", "--now", "--short", "--shipped"}  # of other commands
    told = {line.split("{")[0].split()[0] for line in run(folder, *ASKED).splitlines() if line[0] != "#"}
    assert options_of(page) <= known
    assert set(re.findall(r"\bkg_[a-z_]+\b", page)) <= told | {name.removesuffix("_count") for name in told}


def test_the_unit_keeps_the_server_in(tmp_path: Path) -> None:
    text = (ROOT / "deploy" / "kg-serve.service").read_text(encoding="utf-8")
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
        "KillMode=mixed",
    ):
        assert line in text.splitlines()
    assert sys.version_info >= (3, 11)
