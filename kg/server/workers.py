"""The pool: queries wait their turn, run in processes that can be killed, and leave no process worse behind them.

Every query begins among the quick. Where there are others, one that has used more than `quick` seconds of a processor
steps back: it goes on beside a few of its kind with what is left of the processors, or, where those are too many and
others wait, is killed and asked again when one of them is done, the sooner where a question of our own waits. So
monstrous queries cannot hold up those that take milliseconds.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.errors import KgError
from kg.server.errors import Busy, TimedOut
from kg.server.jobs import Answer, Job, Limits, PoolFigures
from kg.server.line import Line
from kg.server.process import Worker
from kg.server.staff import Staff

__all__ = ["Pool"]

_OWN = 20
"""How many times longer than a stranger's query one of our own may stay among the quick."""

_PATIENT = 5
"""How many times longer than the quick a query may keep its place where those who stepped back are too many."""

_LAST_WORD = 0.05
"""Seconds that a query may go on when its client has gone: most are done by then, and the process is kept."""


@dataclass(slots=True, eq=False)
class _Ticket:
    """A query on its way through the pool."""

    job: Job
    client: str
    future: asyncio.Future[Answer]
    slow: bool = False
    ended: str = ""
    started: float = 0.0
    busy: float = 0.0
    worker: Worker | None = None
    timer: asyncio.TimerHandle | None = None


class Pool:
    """Processes on one folder store, and the queries that wait for them; all methods run in one event loop."""

    def __init__(
        self,
        folder: Path,
        *,
        key: str = "",
        limits: Limits | None = None,
        workers: int = 4,
        slow: int | None = None,
        queue: int = 64,
        quick: float = 0.1,
        patience: float = 30.0,
    ) -> None:
        self.limits = limits or Limits()
        self._key = key or folder.name
        self._most, self._most_slow = workers, max(1, workers // 2) if slow is None else slow
        self._queue, self._quick, self._patience = queue, quick, patience
        self._line: Line[_Ticket] = Line()
        self._slow_line: Line[_Ticket] = Line()
        self._running: set[_Ticket] = set()
        self._waker: asyncio.TimerHandle | None = None
        self._stop: asyncio.Task[None] | None = None
        self._tally: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._seconds = 0.0
        self._staff = Staff(folder, self.limits, changed=self._dispatch, tally=self._tally)

    async def start(self) -> None:
        """Start the workers; raises `LocationError` where the folder cannot be opened."""
        await self._staff.start()
        self._dispatch()

    async def answer(self, job: Job, *, client: str = "") -> Answer:
        """Return the whole answer to a job.

        Raises `QueryError` for a wrong query, a `LimitReached` for one that costs too much, `WorkerDied`, and `Busy`
        where too many wait, it has waited too long, or the pool is stopping. Cancelled, it ends its query.
        """
        if self.stopping:
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
        await self._staff.renew(folder, self._most)
        self._key = key or folder.name
        self._tally["reloads"] += 1
        self._dispatch()

    async def stop(self, grace: float = 5.0) -> None:
        """Take no more queries, give those under way `grace` seconds, and end every process; a second call waits."""
        if self._stop is None:
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
            self._cut_short(ticket, "stopping")
        if self._waker is not None:
            self._waker.cancel()
        await self._staff.close()

    def figures(self) -> PoolFigures:
        """Return how the pool is now, for `/health` and `/metrics`."""
        slow = sum(ticket.slow for ticket in self._running)
        said, staff, counts = self._staff.latest, self._staff, self._tally
        return PoolFigures(
            location=str(staff.folder),
            key=self._key,
            quads=said.quads if said else 0,
            graphs=len(said.graphs) if said else 0,
            isolated=said.isolated if said else False,
            workers=len(staff),
            idle=staff.idle,
            running=len(self._running) - slow,
            slow=slow,
            waiting=len(self._line) + len(self._slow_line),
            answered=counts["answered"],
            refused=counts["refused"],
            failed=MappingProxyType(dict(self._failed)),
            killed=counts["killed"],
            started=counts["started"],
            reloads=counts["reloads"],
            seconds=self._seconds,
        )

    @property
    def stopping(self) -> bool:
        """Whether the pool takes no more queries."""
        return self._stop is not None

    @property
    def graphs(self) -> tuple[str, ...]:
        """The names of the loaded graphs, sorted."""
        return self._staff.latest.graphs if self._staff.latest else ()

    def _refuse(self, why: str) -> Busy:
        self._tally["refused"] += 1
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
        else:
            asyncio.get_running_loop().call_later(_LAST_WORD, self._cut_short, ticket, "abandoned")

    def _cut_short(self, ticket: _Ticket, why: str) -> None:
        """End a query that runs, by ending its process; a task that is cancelled may never have begun."""
        if ticket in self._running and ticket.worker is not None and not ticket.ended:
            ticket.ended = why
            self._staff.kill(ticket.worker)

    def _dispatch(self) -> None:
        """Give idle workers what waits, make room where somebody waits too long, and replace what is gone."""
        if self.stopping:
            return
        self._staff.keep(0)
        running = Counter(ticket.client for ticket in self._running)
        while self._staff.idle and len(self._line) and self._count(slow=False) < self._most:
            self._begin(self._line.take(running, most=max(1, self._most - 1)), running)
        while self._staff.idle and len(self._slow_line) and self._count(slow=True) < self._most_slow:
            self._begin(self._slow_line.take(running, most=max(1, self._most_slow - 1)), running)
        self._press()
        self._staff.keep(self._most + 1 - self._count(slow=False))

    def _count(self, *, slow: bool) -> int:
        return sum(ticket.slow is slow for ticket in self._running)

    def _begin(self, ticket: _Ticket | None, running: Counter[str]) -> None:
        assert ticket is not None  # noqa: S101  the line was not empty
        worker = self._staff.take()
        running[ticket.client] += 1
        if ticket.timer is not None:
            ticket.timer.cancel()
        if ticket.slow:
            worker.step_back()
        ticket.worker, ticket.started, ticket.ended = worker, time.monotonic(), ""
        ticket.busy = worker.busy_seconds()
        self._running.add(ticket)
        self._staff.later(self._run(ticket, worker))

    def _press(self) -> None:
        """Make those step back that have used more than the quick may, where others run or wait; else look again."""
        if self._waker is not None:
            self._waker.cancel()
            self._waker = None
        if len(self._line) + len(self._running) < 2:
            return
        quick = [each for each in self._running if not each.slow and each.worker is not None]
        used = {each: each.worker.busy_seconds() - each.busy for each in quick if each.worker is not None}
        long = sorted((each for each in quick if used[each] >= self._allowed(each)), key=lambda each: -used[each])
        for ticket in long:
            if ticket.worker is not None and self._count(slow=True) < self._most_slow:
                ticket.worker.step_back()  # not before it has a place there: it may get nothing and would hold this one
                ticket.slow = True
                asyncio.get_running_loop().call_soon(self._dispatch)
        if not len(self._line) or self._count(slow=False) < self._most:
            return  # nobody waits, or a worker is on its way
        patient = 1 if self._own_waiting and long and not long[0].job.own else _PATIENT
        if long and used[long[0]] >= patient * self._allowed(long[0]):
            self._cut_short(long[0], "evicted")  # what has used most is the likeliest to need much more
        else:
            pause = max(0.02, self._quick - max(used.values()))
            self._waker = asyncio.get_running_loop().call_later(pause, self._dispatch)

    @property
    def _own_waiting(self) -> bool:
        return any(ticket.job.own for ticket in self._line)

    def _allowed(self, ticket: _Ticket) -> float:
        """Return the seconds of a processor that a query may use among the quick."""
        return self._quick * (_OWN if ticket.job.own else 1)

    async def _run(self, ticket: _Ticket, worker: Worker) -> None:
        try:
            async with asyncio.timeout(self.limits.seconds):
                answer = await worker.ask(ticket.job)
        except TimeoutError:
            self._staff.kill(worker)
            self._told(ticket, TimedOut(self.limits))
        except KgError as error:
            if not ticket.ended:
                self._told(ticket, error)
            elif ticket.ended == "evicted" and not self.stopping and not ticket.future.done():
                ticket.slow = True
                self._enqueue(ticket)
            elif not ticket.future.done():
                self._fail(ticket, self._refuse("the server is stopping"))
        else:
            self._tally["answered"] += 1
            self._seconds += answer.seconds
            if not ticket.future.done():
                ticket.future.set_result(answer)
        finally:
            self._running.discard(ticket)
            self._staff.give_back(worker)
            self._dispatch()

    def _told(self, ticket: _Ticket, error: KgError) -> None:
        self._failed[type(error).__name__] += 1
        self._seconds += time.monotonic() - ticket.started
        self._fail(ticket, error)
