"""The pool: queries wait their turn, run in processes that can be killed, and leave no process worse behind them.

Questions of our own and strangers' queries have each their own line, places and processes, and strangers' processes
leave the processors to ours: so nothing that a stranger asks takes what ours need. Among strangers, where others wait,
a query that has used more than `quick` seconds of a processor moves on to the places of the long; where those are taken
it is killed, and asked again when one of them is free. So monstrous queries cannot hold up those that take
milliseconds.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from kg.errors import KgError
from kg.server.answers import Answers
from kg.server.errors import Busy, TimedOut
from kg.server.jobs import Answer, Job, Limits, PoolFigures
from kg.server.lane import Lane, Ticket
from kg.server.process import Worker
from kg.server.staff import Staff

__all__ = ["Pool"]

_LAST_WORD = 0.05
"""Seconds that a query may go on when its client has gone: most are done by then, and the process is kept."""


class Pool:
    """Processes on one folder store, and the queries that wait for them; all methods run in one event loop.

    `workers` questions of our own run at once, half as many strangers' queries, and `slow` long ones, by default half
    as many too. Of ours and of strangers' at most `queue` wait. `answers` megabytes of answers to our own are kept.
    """

    def __init__(
        self,
        folder: Path,
        *,
        key: str = "",
        limits: Limits | None = None,
        workers: int = 4,
        slow: int | None = None,
        queue: int = 64,
        quick: float = 0.2,
        patience: float = 30.0,
        answers: int = 64,
    ) -> None:
        self.limits = limits or Limits()
        half = max(1, workers // 2)
        self._own = Lane(workers, modest=False)
        self._strange = Lane(half, modest=True)
        self._long = Lane(half if slow is None else slow, modest=True)
        self._lanes = (self._own, self._strange, self._long)
        self._queue, self._quick, self._patience = queue, quick, patience
        self._waker: asyncio.TimerHandle | None = None
        self._stop: asyncio.Task[None] | None = None
        self._tally: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._seconds = 0.0
        self._strangers_came = False  # until then their processes need not be there
        self._answers = Answers(answers * 1_000_000)
        self._staff = Staff(folder, key, self.limits, changed=self._dispatch, tally=self._tally)

    async def start(self) -> None:
        """Start the workers; raises `LocationError` where the folder cannot be opened."""
        await self._staff.start()
        self._dispatch()

    async def answer(self, job: Job, *, client: str = "") -> Answer:
        """Return the whole answer to a job.

        Raises `QueryError` for a wrong query, a `LimitReached` for one that costs too much, `WorkerDied`, and `Busy`
        where too many wait, most of them of this client, it has waited too long, or the pool is stopping. Cancelled,
        it ends its query.
        """
        if self.stopping:
            raise self._refuse("the server is stopping")
        if job.own and (kept := self._answers.get(job)) is not None:
            self._tally["kept"] += 1
            return kept
        lane = self._own if job.own else self._strange
        self._strangers_came |= lane.modest
        if self._waiting(lane) >= self._queue:
            last = lane.line.give_way(client)
            if last is None:
                raise self._refuse("too many queries wait", lane)
            self._fail(last, self._refuse("too many queries of yours wait", lane))
        ticket = Ticket(job, client, lane, asyncio.get_running_loop().create_future())
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
        await self._staff.renew(folder, key, self._own.places)
        self._answers.forget()
        self._tally["reloads"] += 1
        self._dispatch()

    async def stop(self, grace: float = 5.0) -> None:
        """Take no more queries, give those under way `grace` seconds, and end every process; a second call waits."""
        if self._stop is None:
            self._stop = asyncio.create_task(self._wind_up(grace))
        await asyncio.shield(self._stop)

    async def _wind_up(self, grace: float) -> None:
        for lane in self._lanes:
            while (ticket := lane.next()) is not None:
                self._fail(ticket, self._refuse("the server is stopping"))
        under_way = [ticket for lane in self._lanes for ticket in lane.running]
        if under_way:
            await asyncio.wait([ticket.future for ticket in under_way], timeout=grace)
        for ticket in under_way:
            self._cut_short(ticket, "stopping")
        if self._waker is not None:
            self._waker.cancel()
        await self._staff.close()

    def figures(self) -> PoolFigures:
        """Return how the pool is now, for `/health` and `/metrics`."""
        said, staff, counts = self._staff.latest, self._staff, self._tally
        return PoolFigures(
            location=str(staff.folder),
            key=staff.key,
            quads=said.quads if said else 0,
            graphs=len(said.graphs) if said else 0,
            isolated=said.isolated if said else False,
            workers=len(staff),
            idle=staff.idle,
            running=len(self._own.running) + len(self._strange.running),
            slow=len(self._long.running),
            waiting=sum(len(lane.line) for lane in self._lanes),
            answered=counts["answered"],
            kept=counts["kept"],
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

    def _waiting(self, lane: Lane) -> int:
        """Return how many wait for the same processes."""
        return sum(len(each.line) for each in self._lanes if each.modest is lane.modest)

    def _refuse(self, why: str, lane: Lane | None = None) -> Busy:
        self._tally["refused"] += 1
        ahead = self._waiting(lane) // (4 * lane.places) if lane else 0
        return Busy(max(1, min(round(self.limits.seconds), 1 + ahead)), why)

    def _enqueue(self, ticket: Ticket) -> None:
        ticket.lane.line.add(ticket.client, ticket)
        ticket.timer = asyncio.get_running_loop().call_later(self._patience, self._give_up, ticket)

    def _give_up(self, ticket: Ticket) -> None:
        if ticket.lane.leave(ticket):
            self._fail(ticket, self._refuse("the query has waited too long for its turn", ticket.lane))

    def _fail(self, ticket: Ticket, error: KgError) -> None:
        if ticket.timer is not None:
            ticket.timer.cancel()
        if not ticket.future.done():
            ticket.future.set_exception(error)

    def _abandon(self, ticket: Ticket) -> None:
        """Let go of a query that nobody waits for."""
        if ticket.timer is not None:
            ticket.timer.cancel()
        if not ticket.lane.leave(ticket):
            asyncio.get_running_loop().call_later(_LAST_WORD, self._cut_short, ticket, "abandoned")

    def _cut_short(self, ticket: Ticket, why: str) -> None:
        """End a query that runs, by ending its process; a task that is cancelled may never have begun."""
        if ticket in ticket.lane.running and ticket.worker is not None and not ticket.ended:
            ticket.ended = why
            self._staff.kill(ticket.worker)

    def _dispatch(self) -> None:
        """Give idle workers what waits, make room where a stranger waits, and replace what is gone."""
        if self.stopping:
            return
        self._staff.dismiss_dead()
        for lane in self._lanes:
            while len(lane.line) and lane.has_room and (worker := self._staff.take(modest=lane.modest)) is not None:
                self._begin(lane, worker)
        self._make_room()
        self._staff.keep(self._own.places - len(self._own.running), modest=False)
        if self._strangers_came:
            self._staff.keep(self._strange.places + 1 - len(self._strange.running), modest=True)

    def _begin(self, lane: Lane, worker: Worker) -> None:
        ticket = lane.next()
        assert ticket is not None  # noqa: S101  the line was not empty
        if ticket.timer is not None:
            ticket.timer.cancel()
        ticket.worker, ticket.started, ticket.ended = worker, time.monotonic(), ""
        ticket.busy = worker.busy_seconds() if lane.modest else 0.0
        lane.running.add(ticket)
        self._staff.later(self._run(ticket, worker))

    def _make_room(self) -> None:
        """Where strangers wait and all their places are taken, move on the one that has used most; else look again."""
        if self._waker is not None:
            self._waker.cancel()
            self._waker = None
        if not len(self._strange.line) or self._strange.has_room:
            return
        longest = max(self._strange.running, key=lambda ticket: ticket.used)
        if (left := self._quick - longest.used) > 0:
            self._waker = asyncio.get_running_loop().call_later(max(0.02, left), self._dispatch)
        elif self._long.has_room:
            self._strange.running.remove(longest)
            self._long.running.add(longest)
            longest.lane = self._long
            asyncio.get_running_loop().call_soon(self._dispatch)
        else:
            self._cut_short(longest, "evicted")  # what has used most is the likeliest to need much more

    async def _run(self, ticket: Ticket, worker: Worker) -> None:
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
                ticket.lane.running.discard(ticket)
                ticket.lane = self._long
                self._enqueue(ticket)
            elif not ticket.future.done():
                self._fail(ticket, self._refuse("the server is stopping"))
        else:
            self._tally["answered"] += 1
            self._seconds += answer.seconds
            if ticket.job.own and worker.key == self._staff.key:
                self._answers.keep(ticket.job, replace(answer, seconds=0.0))
            if not ticket.future.done():
                ticket.future.set_result(replace(answer, waited=ticket.started - ticket.came))
        finally:
            ticket.lane.running.discard(ticket)
            self._staff.give_back(worker)
            self._dispatch()

    def _told(self, ticket: Ticket, error: KgError) -> None:
        self._failed[type(error).__name__] += 1
        self._seconds += time.monotonic() - ticket.started
        self._fail(ticket, error)
