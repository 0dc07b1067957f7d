"""Queries in processes that can be killed: limits, the queue and its fairness, deaths, disconnects, stop and reload."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount

from bench.users import HOSTILE
from kg.errors import LocationError, QueryError
from kg.server.answers import Answers
from kg.server.engine import count_rows
from kg.server.errors import Busy, OutOfMemory, TimedOut, TooLarge, TooManyRows, WorkerDied
from kg.server.jobs import Answer, Job, Limits
from kg.server.line import Line
from kg.server.web import Endpoint, client_of, endpoint_routes, make_app
from kg.server.workers import Pool
from tests.served import GLUTTON, MONSTER, build, client, name, until

ASK = Job("ASK {}", "json")
OWN = replace(ASK, own=True)
LONG = Job("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "csv")
ALL = 3
"""Processes of a pool with one worker that strangers have asked: one for questions of our own, two for theirs."""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits on memory and signals are not for Windows")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("pool") / "store")


@asynccontextmanager
async def running(folder: Path, **how: Any) -> AsyncIterator[Pool]:
    limits = Limits(**{"seconds": 30.0, **how.pop("limits", {})})
    pool = Pool(folder, limits=limits, **{"workers": 1, **how})
    await pool.start()
    try:
        yield pool
    finally:
        await pool.stop(0)


def monster(number: int = 0) -> Job:
    return Job(f"{MONSTER} # {number}", "json")


def runner(pool: Pool) -> int:
    """Return the process that runs the one query under way."""
    [ticket] = (ticket for lane in pool._lanes for ticket in lane.running)
    assert ticket.worker is not None
    return ticket.worker.pid


def begun(work: Coroutine[Any, Any, Answer]) -> asyncio.Task[Answer]:
    return asyncio.create_task(work)


async def let_go(asked: list[asyncio.Task[Answer]]) -> None:
    for each in asked:
        each.cancel()
    await asyncio.gather(*asked, return_exceptions=True)


def children() -> set[int]:
    """Return the processes that this one has started, by what the system says."""
    listed = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for path in listed for pid in path.read_text().split()}


def test_a_query_that_runs_too_long_is_killed_and_the_next_one_answered(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, limits={"seconds": 0.3}) as pool:
            with pytest.raises(TimedOut, match=r"longer than 0\.3 seconds"):
                await pool.answer(monster())
            assert (await pool.answer(ASK)).content == b'{"head":{},"boolean":true}'
            assert pool.figures().killed == 1

    asyncio.run(go())


def test_a_query_that_takes_too_much_memory_dies_alone(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, limits={"megabytes": 60}) as pool:
            with pytest.raises(OutOfMemory, match="more than 60 MB"):
                await pool.answer(Job(GLUTTON, "json"))
            with pytest.raises(OutOfMemory):
                await pool.answer(Job(HOSTILE["string bomb"], "json"))
            assert (await pool.answer(ASK)).rows is None

    asyncio.run(go())


@pytest.mark.parametrize("kind", ["json", "xml", "csv", "tsv"])
def test_an_answer_has_at_most_so_many_rows_and_is_never_shortened(folder: Path, kind: str) -> None:
    async def go() -> None:
        async with running(folder, limits={"rows": 50}) as pool:
            just = await pool.answer(Job("SELECT * { ?s <http://example.org/word> ?w } LIMIT 50", kind))
            assert just.rows == 50
            with pytest.raises(TooManyRows, match="more than 50 rows"):
                await pool.answer(Job("SELECT * { ?s <http://example.org/word> ?w } LIMIT 51", kind))
            if kind == "json":
                triples = "CONSTRUCT {{ ?s a ?w }} WHERE {{ ?s <http://example.org/word> ?w }} LIMIT {}"
                triples = triples.replace("?s a ?w", "?s <http://e/x> ?w")
                assert (await pool.answer(Job(triples.format(50), "turtle"))).rows == 50
                with pytest.raises(TooManyRows):
                    await pool.answer(Job(triples.format(51), "turtle"))

    asyncio.run(go())


def test_an_answer_has_at_most_so_many_bytes(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, limits={"answer_megabytes": 1, "rows": 10**9}) as pool:
            for kind in ("json", "csv"):
                with pytest.raises(TooLarge, match="larger than 1 MB"):
                    await pool.answer(Job("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", kind))
            word = "BIND(CONCAT(STR(?a), STR(?b), STR(?c), STR(?d), STR(?e), STR(?f)) AS ?w)"
            text = f"CONSTRUCT {{ ?a <http://e/w> ?w }} WHERE {{ ?a ?b ?c . ?d ?e ?f {word} }}"
            with pytest.raises(TooLarge):
                await pool.answer(Job(text, "ntriples"))
            assert (await pool.answer(ASK)).rows is None

    asyncio.run(go())


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from("xyz"),
            st.lists(st.sampled_from(["{}", "},{", '"', "\\", ",", "}", "[{", ":", "bindings"]), max_size=6).map(
                "".join
            ),
            max_size=2,
        ),
        max_size=6,
    )
)
def test_rows_are_counted_whatever_their_texts_hold(texts: list[dict[str, str]]) -> None:
    rows = [{name: {"type": "literal", "value": text} for name, text in row.items()} for row in texts]
    whole = {"head": {"vars": ["x", "y", "z"]}, "results": {"bindings": rows}}
    assert count_rows(json.dumps(whole, separators=(",", ":")).encode(), "json") == len(rows)


def test_rows_are_counted_as_they_are_and_not_as_their_texts_look() -> None:
    tricky = ',{}},{"x":{"type":"uri" <result>\r\n'
    rows = [{}, {"x": {"type": "literal", "value": tricky}}, {}, {"y": {"type": "triple", "value": {"subject": {}}}}]
    plain = json.dumps({"head": {"vars": ["x", "y"]}, "results": {"bindings": rows}}, separators=(",", ":"))
    assert count_rows(plain.encode(), "json") == 4
    assert count_rows(b'x,y\r\n"a\r\n""b""\r\n",\r\n,\r\n', "csv") == 2


def test_what_does_not_fit_is_a_query_error_and_costs_no_process(folder: Path) -> None:
    async def go() -> None:
        async with running(folder) as pool:
            for job in (
                Job("SELECT", "json"),
                Job("SELECT * { ?s ?p ?o }", "turtle"),
                Job("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "json"),
                Job("ASK {}", "json", {"x": "no iri"}),
            ):
                with pytest.raises(QueryError):
                    await pool.answer(job)
            assert pool.figures().killed == 0

    asyncio.run(go())


def test_variables_are_bound_by_iris(folder: Path) -> None:
    async def go() -> None:
        async with running(folder) as pool:
            job = Job("SELECT ?s ?w { ?s <http://example.org/word> ?w }", "json", {"s": (name("n0001"), name("n0002"))})
            assert (await pool.answer(job)).rows == 2

    asyncio.run(go())


def test_a_full_queue_says_when_to_come_back(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, slow=0, queue=2) as pool:
            waiting = [begun(pool.answer(monster(0)))]
            await until(lambda: pool.figures().running == 1)
            waiting += [begun(pool.answer(monster(i))) for i in (1, 2)]
            await until(lambda: pool.figures().waiting == 2)
            with pytest.raises(Busy) as error:
                await pool.answer(ASK)
            assert error.value.retry_after >= 1
            assert pool.figures().refused == 1
            await let_go(waiting)
            assert (await pool.answer(ASK)).rows is None

    asyncio.run(go())


def test_whoever_waits_too_long_is_told(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, patience=0.2) as pool:
            first = begun(pool.answer(replace(monster(), own=True), client="a"))
            await until(lambda: pool.figures().running == 1)
            with pytest.raises(Busy, match="waited too long"):
                await pool.answer(OWN, client="b")
            first.cancel()

    asyncio.run(go())


def test_the_quick_are_answered_beside_monsters(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, quick=0.05) as pool:
            monsters = [begun(pool.answer(monster(i), client=f"m{i}")) for i in range(3)]
            for i in range(20):
                assert (await pool.answer(ASK, client=f"q{i}")).rows is None
            figures = pool.figures()
            assert (figures.slow, figures.running + figures.waiting) == (1, 2)
            assert not any(each.done() for each in monsters)
            await let_go(monsters)

    asyncio.run(go())


def test_where_nobody_else_waits_a_monster_keeps_its_place(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, quick=0.0) as pool:
            asking = begun(pool.answer(monster()))
            await until(lambda: pool.figures().running == 1)
            assert (await pool.answer(OWN)).rows is None
            assert (pool.figures().running, pool.figures().slow, pool.figures().killed) == (1, 0, 0)
            await let_go([asking])

    asyncio.run(go())


def test_strangers_take_no_place_and_no_turn_of_questions_of_our_own(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, workers=2, queue=2, quick=30.0) as pool:
            both = [begun(pool.answer(monster(0)))]
            await until(lambda: pool.figures().running == 1)
            both += [begun(pool.answer(monster(i))) for i in (1, 2)]
            await until(lambda: pool.figures().waiting == 2)
            with pytest.raises(Busy):
                await pool.answer(ASK)
            ours = [replace(monster(i), own=True) for i in range(2)]
            both += [begun(pool.answer(job, client=f"o{i}")) for i, job in enumerate(ours)]
            await until(lambda: pool.figures().running == 3)
            assert pool.figures().killed == 0
            await let_go(both)

    asyncio.run(go())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no nice")
def test_the_processes_of_strangers_leave_the_processors_to_ours(folder: Path) -> None:
    async def go() -> None:
        async with running(folder) as pool:
            await asyncio.gather(pool.answer(ASK), pool.answer(OWN))
            told = {(each.modest, os.getpriority(os.PRIO_PROCESS, each.pid)) for each in pool._staff._here}
            here = os.getpriority(os.PRIO_PROCESS, 0)
            assert told == {(False, here), (True, min(19, here + 15))}

    asyncio.run(go())


def test_a_query_that_was_moved_or_killed_for_others_is_answered_whole(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, quick=0.0) as pool:
            asked = [begun(pool.answer(LONG, client=each)) for each in "abc"]
            await until(lambda: pool.figures().slow == 1 and pool.figures().killed)
            assert (await pool.answer(ASK, client="d")).rows is None
            assert [each.content for each in await asyncio.gather(*asked)] == [b"n\r\n1092727\r\n"] * 3

    asyncio.run(go())


def test_an_answer_to_a_question_of_our_own_is_kept_until_the_data_are_others(folder: Path, tmp_path: Path) -> None:
    other = build(tmp_path / "other", graphs=("g7",), things=7)
    ours = Job("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "csv", own=True)

    async def go() -> None:
        async with running(folder, key="old") as pool:
            seen = [await pool.answer(job) for job in (ours, ours, replace(ours, own=False))]
            assert {(each.content, each.key) for each in seen} == {(b"n\r\n103\r\n", "old")}
            assert (pool.figures().kept, pool.figures().answered) == (1, 2)
            assert (await pool.answer(replace(ours, kind="tsv"))).content == b"?n\n103\n"
            word = Job("SELECT ?s { ?s <http://example.org/word> ?w }", "csv", own=True)
            for each in ("n0001", "n0002"):
                assert each in (await pool.answer(replace(word, bindings={"s": name(each)}))).content.decode()
            late = begun(pool.answer(replace(LONG, own=True)))
            await until(lambda: pool.figures().running == 1)
            await pool.reload(other, key="new")
            assert ((await late).content, (await late).key) == (b"n\r\n1092727\r\n", "old")
            for job, right in ((ours, b"n\r\n8\r\n"), (replace(LONG, own=True), b"n\r\n512\r\n")):
                assert [((await pool.answer(job)).content, (await pool.answer(job)).key) for _ in "12"] == [
                    (right, "new")
                ] * 2

    asyncio.run(go())


def test_answers_are_kept_as_far_as_they_fit() -> None:
    answers = Answers(30_000)
    jobs = [Job(f"ASK {{}} # {i}", "json", own=True) for i in range(4)]
    for job in jobs[:3]:
        answers.keep(job, Answer(job.text.encode() + b" " * 5_000, None, 0.0))
    assert answers.get(jobs[0]) is not None  # asked for lately, so that the second goes
    answers.keep(jobs[3], Answer(b" " * 5_000, None, 0.0))
    assert [answers.get(job) is not None for job in jobs] == [True, False, True, True]
    answers.keep(jobs[1], Answer(b" " * 30_000, None, 0.0))
    assert answers.get(jobs[1]) is None
    answers.forget()
    assert not any(answers.get(job) for job in jobs)


def test_without_room_no_answer_is_kept(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, answers=0) as pool:
            assert [(await pool.answer(OWN)).rows for _ in "12"] == [None, None]
            assert (pool.figures().kept, pool.figures().answered) == (0, 2)

    asyncio.run(go())


def test_the_turn_goes_round_among_clients() -> None:
    line: Line[str] = Line()
    for item in ("a1", "a2", "a3", "b1", "b2", "c1"):
        line.add(item[0], item)
    assert [line.take({}, most=9) for _ in range(7)] == ["a1", "b1", "c1", "a2", "b2", "a3", None]


def test_a_client_with_much_running_waits_for_those_with_less() -> None:
    line: Line[str] = Line()
    for item in ("a1", "a2", "b1"):
        line.add(item[0], item)
    assert line.take({"a": 1}, most=1) == "b1"
    assert line.take({"a": 1}, most=1) == "a1"
    assert line.remove("a", "a2")
    assert not line.remove("a", "a2")
    assert len(line) == 0
    assert line.take({}, most=1) is None


def test_who_fills_the_line_gives_way_to_who_comes(folder: Path) -> None:
    line: Line[str] = Line()
    for item in ("a1", "b1", "b2", "b3", "c1"):
        line.add(item[0], item)
    assert [line.give_way(each) for each in "ddd"] == ["b3", "b2", None]
    assert line.give_way("c") is None
    assert len(line) == 3

    async def go() -> None:
        async with running(folder, slow=0, queue=2) as pool:
            hogs = [begun(pool.answer(monster(), client="hog"))]
            await until(lambda: pool.figures().running == 1)
            hogs += [begun(pool.answer(monster(i), client="hog")) for i in (1, 2)]
            await until(lambda: pool.figures().waiting == 2)
            assert (await pool.answer(ASK, client="guest")).rows is None
            with pytest.raises(Busy, match="of yours"):
                await hogs[2]
            await let_go(hogs[:2])

    asyncio.run(go())


def test_one_client_cannot_hold_up_another(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, workers=2, slow=0, quick=0.05) as pool:
            hogs = [begun(pool.answer(monster(i), client="hog")) for i in range(10)]
            await until(lambda: pool.figures().waiting >= 8)
            assert (await pool.answer(ASK, client="guest")).rows is None
            await let_go(hogs)

    asyncio.run(go())


def test_a_worker_killed_amid_its_answer_gives_a_clean_error_and_is_replaced(folder: Path) -> None:
    async def go() -> None:
        async with running(folder) as pool, client(make_app(pool)) as user:
            before = {each.pid for each in pool._staff._here}
            asking = asyncio.create_task(user.get("/sparql", params={"query": MONSTER}))
            await until(lambda: pool.figures().running == 1)
            os.kill(runner(pool), signal.SIGKILL)
            done = await asking
            assert done.status_code == 503
            assert done.headers["retry-after"] == "1"
            assert "went down (SIGKILL)" in done.text
            assert (await user.get("/sparql", params={"query": "ASK {}"})).status_code == 200
            await until(lambda: pool.figures().idle == ALL)
            assert {each.pid for each in pool._staff._here} > before

    asyncio.run(go())


def test_an_idle_worker_that_is_killed_is_replaced_before_anybody_asks(folder: Path) -> None:
    async def go() -> None:
        async with running(folder) as pool:
            await pool.answer(ASK)
            await until(lambda: pool.figures().idle == ALL)
            gone = {each.pid for each in pool._staff._idle}
            for pid in gone:
                os.kill(pid, signal.SIGKILL)
            await until(lambda: pool.figures().idle == ALL and not gone & {each.pid for each in pool._staff._idle})
            assert (await pool.answer(ASK)).rows is None
            assert pool.figures().failed == {}

    asyncio.run(go())


def test_a_worker_that_crashes_is_told_from_one_without_memory(folder: Path) -> None:
    async def go() -> None:
        async with running(folder) as pool:
            asking = begun(pool.answer(monster()))
            await until(lambda: pool.figures().running == 1)
            os.kill(runner(pool), signal.SIGSEGV)
            with pytest.raises(WorkerDied, match="SIGSEGV"):
                await asking

    asyncio.run(go())


def test_a_client_that_goes_away_takes_its_query_with_it(folder: Path) -> None:
    async def go() -> None:
        async with running(folder, slow=0) as pool:
            gone = asyncio.Event()

            async def receive() -> dict[str, Any]:
                await gone.wait()
                return {"type": "http.disconnect"}

            async def send(_: Any) -> None:
                pytest.fail("nobody is there to be answered")

            scope = {"type": "http", "method": "GET", "path": "/sparql", "headers": [], "client": ("10.0.0.1", 1)}
            scope["query_string"] = httpx.QueryParams({"query": MONSTER}).__str__().encode()
            asking = asyncio.create_task(Endpoint(pool)(scope, receive, send))
            waiting = asyncio.create_task(Endpoint(pool)(scope, receive, send))
            await until(lambda: pool.figures().running == 1 and pool.figures().waiting == 1)
            gone.set()
            await asyncio.gather(asking, waiting)
            await until(lambda: pool.figures().running == 0)
            assert pool.figures().waiting == 0
            assert (await pool.answer(ASK)).rows is None

    asyncio.run(go())


def test_a_pool_that_stops_leaves_no_process(folder: Path) -> None:
    async def go() -> None:
        before = children()
        async with running(folder, workers=2) as pool:
            asking = begun(pool.answer(monster()))
            await until(lambda: pool.figures().running == 1)
            assert children() > before
            await pool.stop(0.05)
            with pytest.raises(Busy, match="stopping"):
                await asking
            with pytest.raises(Busy, match="stopping"):
                await pool.answer(ASK)
        assert children() == before

    asyncio.run(go())


def test_a_pool_that_stops_lets_queries_end(folder: Path) -> None:
    async def go() -> None:
        async with running(folder) as pool:
            asking = begun(pool.answer(LONG))
            await until(lambda: pool.figures().running == 1)
            await pool.stop(30)
            assert (await asking).content == b"n\r\n1092727\r\n"

    asyncio.run(go())


def test_new_data_is_served_without_a_dropped_request(folder: Path, tmp_path: Path) -> None:
    other = build(tmp_path / "other", graphs=("g7",), things=7)
    count = Job("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "csv")

    async def go() -> None:
        async with running(folder, workers=2) as pool:
            seen: list[bytes] = []

            async def ask() -> None:
                while not seen or seen[-1] != b"n\r\n8\r\n":
                    seen.append((await pool.answer(count)).content)

            long = begun(pool.answer(LONG))
            askers = [asyncio.create_task(ask()) for _ in range(4)]
            await until(lambda: len(seen) > 20)
            await pool.reload(other, key="new")
            await asyncio.gather(*askers)
            assert set(seen) == {b"n\r\n103\r\n", b"n\r\n8\r\n"}
            assert (await long).content == b"n\r\n1092727\r\n"
            figures = pool.figures()
            assert (figures.key, figures.graphs, figures.reloads, dict(figures.failed)) == ("new", 2, 1, {})

    asyncio.run(go())


def test_data_that_cannot_be_opened_changes_nothing(folder: Path, tmp_path: Path) -> None:
    async def go() -> None:
        async with running(folder) as pool:
            with pytest.raises(LocationError, match="holds no store"):
                await pool.reload(tmp_path)
            assert pool.figures().quads == 103
            assert (await pool.answer(ASK)).rows is None
        with pytest.raises(LocationError, match="holds no store"):
            await Pool(tmp_path).start()

    asyncio.run(go())


def test_a_pool_whose_folder_is_gone_says_so_and_recovers_with_it(folder: Path, tmp_path: Path) -> None:
    here, aside = tmp_path / "store", tmp_path / "aside"
    shutil.copytree(folder, here)

    async def go() -> None:
        async with running(here) as pool, client(make_app(pool)) as user:
            await until(lambda: pool.figures().idle == 1)
            here.rename(aside)
            for worker in pool._staff._idle:
                os.kill(worker.pid, signal.SIGKILL)
            await until(lambda: pool.figures().workers == 0)
            assert (await user.get("/health")).status_code == 503
            aside.rename(here)
            assert (await user.get("/sparql", params={"query": "ASK {}"})).status_code == 200
            assert (await user.get("/health")).status_code == 200

    asyncio.run(go())


def test_the_endpoint_is_mounted_in_another_application(folder: Path) -> None:
    async def go() -> None:
        async with running(folder) as pool:
            app = Starlette(routes=[Mount("/data", routes=endpoint_routes(pool, path="/fraga"))])
            async with client(app) as user:
                assert (await user.get("/data/fraga", params={"query": "ASK {}"})).json()["boolean"] is True
                told = await user.get("/data/fraga")
                assert "<http://kg.example/data/fraga> dcterms:title " in told.text
                assert (await user.get("/data/health")).status_code == 200

    asyncio.run(go())


def test_an_application_starts_and_stops_its_pool(folder: Path) -> None:
    from starlette.testclient import TestClient

    pool = Pool(folder, workers=1)
    with TestClient(make_app(pool)) as user:
        assert user.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    assert pool.stopping


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_an_address_or_a_network(host: str, counted: str) -> None:
    assert client_of({"type": "http", "client": (host, 1)}) == counted


def test_a_worker_has_no_network_and_writes_no_file(folder: Path, tmp_path: Path) -> None:
    """Ask the system, not the engine: the same steps as a worker takes, then a socket and a file."""
    code = """
import socket, sys
from kg.server import confine
isolated = confine.cut_network()
confine.refuse_files()
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5)
    print("connected")
except OSError:
    print("no connection")
try:
    with open(sys.argv[2], "w") as stream:
        stream.write("x" * 100)
    print("written")
except OSError:
    print("no file")
print(isolated)
"""
    import subprocess

    with socket.create_server(("127.0.0.1", 0)) as listener:
        arguments = [str(listener.getsockname()[1]), str(tmp_path / "x")]
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    connected, written, isolated = done.stdout.splitlines()
    assert written == "no file"
    assert (connected == "no connection") is (isolated == "True")


def test_workers_end_when_the_server_is_killed(folder: Path) -> None:
    code = """
import asyncio, sys
from pathlib import Path
from kg.server.jobs import Job
from kg.server.workers import Pool
async def go():
    pool = Pool(Path(sys.argv[1]), workers=1)
    await pool.start()
    asking = asyncio.create_task(pool.answer(Job(sys.argv[2], "json")))
    while not pool.figures().running or pool.figures().idle < 2:
        await asyncio.sleep(0.01)
    print(*(each.pid for each in pool._staff._here), flush=True)
    await asking
asyncio.run(go())
"""
    import subprocess

    command = [sys.executable, "-c", code, str(folder), MONSTER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        pids = [int(pid) for pid in server.stdout.readline().split()]
        server.kill()
    assert len(pids) == 3
    asyncio.run(until(lambda: not any(_runs(pid) for pid in pids)))


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
