"""The pool: queries wait their turn, run in processes that can be killed, and leave no process worse behind them.

Every query begins among the quick. One that has run longer than `quick` seconds while others wait steps back: it goes
on at a low priority beside a few others of its kind, or, where those are too many, is killed and asked again when one
of them is done. So a handful of monstrous queries cannot hold up those that take milliseconds.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import KgError
from kg.server.errors import Busy, TimedOut
from kg.server.jobs import Answer, Job, Limits, PoolFigures
from kg.server.line import Line
from kg.server.process import Worker

__all__ = ["Pool"]

_LAST_WORD = 0.05
"""Seconds that a query may go on when its client has gone: most are done by then, and the process is kept."""


@dataclass(slots=True, eq=False)
class _Ticket:
    """A query on its way through the pool."""

    job: Job
    client: str
    future: asyncio.Future[Answer]
    slow: bool = False
    evicted: bool = False
    started: float = 0.0
    task: asyncio.Task[None] | None = None
    worker: Worker | None = None
    timer: asyncio.TimerHandle | None = field(default=None)


class Pool:
    """Processes on one folder store, and the queries that wait for them; all methods run in one event loop."""

    def __init__(
        self,
        folder: Path,
        *,
        key: str = "",
        limits: Limits | None = None,
        workers: int = 2,
        slow: int | None = None,
        queue: int = 64,
        quick: float = 0.25,
        patience: float = 30.0,
    ) -> None:
        self.limits = limits or Limits()
        self._folder, self._key = folder, key or folder.name
        self._most, self._most_slow = workers, workers if slow is None else slow
        self._queue, self._quick, self._patience = queue, quick, patience
        self._line: Line[_Ticket] = Line()
        self._slow_line: Line[_Ticket] = Line()
        self._running: set[_Ticket] = set()
        self._idle: list[Worker] = []
        self._starting = 0
        self._generation = 0
        self._born: dict[Worker, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waker: asyncio.TimerHandle | None = None
        self._stopping = False
        self._stop: asyncio.Task[None] | None = None
        self._counts: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._seconds = 0.0
        self._said: Worker | None = None

    async def start(self) -> None:
        """Start the workers; raises `LocationError` where the folder cannot be opened."""
        self._adopt(await Worker.start(self._folder, self.limits))
        self._dispatch()

    async def answer(self, job: Job, *, client: str = "") -> Answer:
        """Return the whole answer to a job.

        Raises `QueryError` for a wrong query, a `LimitReached` for one that costs too much, `WorkerDied`, and `Busy`
        where too many wait, it has waited too long, or the pool is stopping. Cancelled, it ends its query.
        """
        if self._stopping:
            raise self._refuse("the server is stopping")
        if len(self._line) + len(self._slow_line) >= self._queue:
            raise self._refuse("too many queries wait")
        ticket = _Ticket(job, client, asyncio.get_running_loop().create_future())
        self._enqueue(ticket)
        self._dispatch()
        try:
            return await ticket.future
        finally:
            if not ticket.future.done() or ticket.future.cancelled():
                self._abandon(ticket)

    async def reload(self, folder: Path, *, key: str = "") -> None:
        """Answer from another folder from now on; queries under way end on the old one.

        Raises `LocationError` where it cannot be opened: then the old one stays.
        """
        started = await asyncio.gather(
            *(Worker.start(folder, self.limits) for _ in range(self._most)), return_exceptions=True
        )
        fresh = [each for each in started if isinstance(each, Worker)]
        for error in started:
            if isinstance(error, BaseException):
                await asyncio.gather(*(each.stop() for each in fresh))
                raise error
        self._folder, self._key = folder, key or folder.name
        self._generation += 1
        self._counts["reloads"] += 1
        old, self._idle = self._idle, []
        for worker in old:
            self._later(self._end(worker))
        for worker in fresh:
            self._adopt(worker)
        self._dispatch()

    async def stop(self, grace: float = 5.0) -> None:
        """Take no more queries, give those under way `grace` seconds, and end every process; a second call waits."""
        if self._stop is None:
            self._stopping = True
            self._stop = asyncio.create_task(self._wind_up(grace))
        await asyncio.shield(self._stop)

    async def _wind_up(self, grace: float) -> None:
        for line in (self._line, self._slow_line):
            while (ticket := line.take({}, most=1)) is not None:
                self._fail(ticket, self._refuse("the server is stopping"))
        under_way = [ticket.future for ticket in self._running]
        if under_way:
            await asyncio.wait(under_way, timeout=grace)
        for ticket in list(self._running):
            if ticket.task is not None:
                ticket.task.cancel()
        if self._waker is not None:
            self._waker.cancel()
        await asyncio.gather(*(self._end(worker) for worker in self._idle), return_exceptions=True)
        self._idle = []
        while self._tasks:
            await asyncio.wait(self._tasks)

    def figures(self) -> PoolFigures:
        """Return how the pool is now, for `/health` and `/metrics`."""
        slow = sum(ticket.slow for ticket in self._running)
        said = self._said
        return PoolFigures(
            location=str(self._folder),
            key=self._key,
            quads=said.quads if said else 0,
            graphs=len(said.graphs) if said else 0,
            isolated=said.isolated if said else False,
            workers=len(self._born),
            idle=len(self._idle),
            running=len(self._running) - slow,
            slow=slow,
            waiting=len(self._line) + len(self._slow_line),
            answered=self._counts["answered"],
            refused=self._counts["refused"],
            failed=MappingProxyType(dict(self._failed)),
            killed=self._counts["killed"],
            started=self._counts["started"],
            reloads=self._counts["reloads"],
            seconds=self._seconds,
        )

    @property
    def stopping(self) -> bool:
        """Whether the pool takes no more queries."""
        return self._stopping

    @property
    def graphs(self) -> tuple[str, ...]:
        """The names of the loaded graphs, sorted."""
        return self._said.graphs if self._said else ()

    def _refuse(self, why: str) -> Busy:
        self._counts["refused"] += 1
        ahead = len(self._line) + len(self._slow_line)
        return Busy(max(1, min(round(self.limits.seconds), 1 + ahead // (4 * self._most))), why)

    def _enqueue(self, ticket: _Ticket) -> None:
        (self._slow_line if ticket.slow else self._line).add(ticket.client, ticket)
        ticket.timer = asyncio.get_running_loop().call_later(self._patience, self._give_up, ticket)

    def _give_up(self, ticket: _Ticket) -> None:
        if self._line.remove(ticket.client, ticket) or self._slow_line.remove(ticket.client, ticket):
            self._fail(ticket, self._refuse("the query has waited too long for its turn"))

    def _fail(self, ticket: _Ticket, error: KgError) -> None:
        if ticket.timer is not None:
            ticket.timer.cancel()
        if not ticket.future.done():
            ticket.future.set_exception(error)

    def _abandon(self, ticket: _Ticket) -> None:
        """Let go of a query that nobody waits for."""
        if self._line.remove(ticket.client, ticket) or self._slow_line.remove(ticket.client, ticket):
            if ticket.timer is not None:
                ticket.timer.cancel()
        elif ticket.task is not None:
            asyncio.get_running_loop().call_later(_LAST_WORD, ticket.task.cancel)

    def _dispatch(self) -> None:
        """Give idle workers what waits, make room where somebody waits too long, and replace what is gone."""
        self._idle, gone = [each for each in self._idle if each.alive], [each for each in self._idle if not each.alive]
        for worker in gone:
            self._later(self._end(worker))
        running = Counter(ticket.client for ticket in self._running)
        while self._idle and len(self._line) and self._count(slow=False) < self._most:
            self._begin(self._line.take(running, most=max(1, self._most - 1)), running)
        while self._idle and len(self._slow_line) and self._count(slow=True) < self._most_slow:
            self._begin(self._slow_line.take(running, most=max(1, self._most_slow - 1)), running)
        if len(self._line):
            self._press()
        self._top_up()

    def _count(self, *, slow: bool) -> int:
        return sum(ticket.slow is slow for ticket in self._running)

    def _begin(self, ticket: _Ticket | None, running: Counter[str]) -> None:
        assert ticket is not None  # noqa: S101  the line was not empty
        worker = self._idle.pop()
        running[ticket.client] += 1
        if ticket.timer is not None:
            ticket.timer.cancel()
        if ticket.slow:
            worker.step_back()
        ticket.worker, ticket.started, ticket.evicted = worker, time.monotonic(), False
        self._running.add(ticket)
        ticket.task = self._later(self._run(ticket, worker))

    def _press(self) -> None:
        """Make those step back who have run longer than the quick may, since others wait; else look again later."""
        if self._waker is not None:
            self._waker.cancel()
            self._waker = None
        quick = sorted((each for each in self._running if not each.slow), key=lambda each: each.started)
        if len(quick) < self._most:
            return  # a worker is on its way
        oldest, age = quick[0], time.monotonic() - quick[0].started
        if age < self._quick:
            self._waker = asyncio.get_running_loop().call_later(self._quick - age, self._dispatch)
        elif self._count(slow=True) < self._most_slow:
            oldest.slow = True
            if oldest.worker is not None:
                oldest.worker.step_back()
            asyncio.get_running_loop().call_soon(self._dispatch)
        elif oldest.task is not None and not oldest.evicted:
            oldest.evicted = True
            oldest.task.cancel()

    async def _run(self, ticket: _Ticket, worker: Worker) -> None:
        try:
            async with asyncio.timeout(self.limits.seconds):
                answer = await worker.ask(ticket.job)
        except TimeoutError:
            self._kill(worker)
            self._told(ticket, TimedOut(self.limits))
        except asyncio.CancelledError:
            self._kill(worker)
            if ticket.evicted and not ticket.future.done():
                ticket.slow = True
                self._enqueue(ticket)
            elif not ticket.future.done():
                self._fail(ticket, self._refuse("the server is stopping"))
        except KgError as error:
            self._told(ticket, error)
        else:
            self._counts["answered"] += 1
            self._seconds += answer.seconds
            if not ticket.future.done():
                ticket.future.set_result(answer)
        finally:
            self._running.discard(ticket)
            self._release(worker)

    def _told(self, ticket: _Ticket, error: KgError) -> None:
        self._failed[type(error).__name__] += 1
        self._seconds += time.monotonic() - ticket.started
        self._fail(ticket, error)

    def _kill(self, worker: Worker) -> None:
        self._counts["killed"] += 1
        worker.kill()

    def _release(self, worker: Worker) -> None:
        if worker.spent or self._stopping or self._born[worker] != self._generation:
            self._later(self._end(worker))
        else:
            self._idle.append(worker)
        self._noticed()

    def _adopt(self, worker: Worker) -> None:
        self._counts["started"] += 1
        self._born[worker] = self._generation
        self._said = worker
        self._idle.append(worker)
        worker.when_gone(self._noticed)

    def _noticed(self) -> None:
        if not self._stopping:
            self._dispatch()

    async def _end(self, worker: Worker) -> None:
        self._born.pop(worker, None)
        await worker.stop()

    def _top_up(self) -> None:
        """Start workers until all who may run at once have one, and one is spare."""
        have = len(self._idle) + self._starting + self._count(slow=False)
        for _ in range(have, self._most + 1):
            self._starting += 1
            self._later(self._hire(self._generation))

    async def _hire(self, generation: int) -> None:
        try:
            worker = await Worker.start(self._folder, self.limits)
        except KgError as error:
            self._failed[type(error).__name__] += 1
            await asyncio.sleep(1)
            self._starting -= 1
        else:
            self._starting -= 1
            if generation != self._generation or self._stopping:
                await worker.stop()
            else:
                self._adopt(worker)
        self._noticed()

    def _later(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
