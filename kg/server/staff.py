"""The processes of a pool: as many idle ones as are wanted, those of old data sent home, those that die replaced.

Modest ones, for strangers' queries, are apart from the others from their start to their end.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.server.jobs import Limits
from kg.server.process import Worker

__all__ = ["Staff"]

_PAUSE = 1.0
"""Seconds before a process is tried again that could not be started."""


class Staff:
    """Processes on one folder store; `changed` is called when one has come or gone, `tally` counts what happened."""

    def __init__(
        self, folder: Path, key: str, limits: Limits, *, changed: Callable[[], None], tally: Counter[str]
    ) -> None:
        self.folder, self.key = folder, key or folder.name
        self.limits = limits
        self.latest: Worker | None = None
        self._changed, self._tally = changed, tally
        self._idle: list[Worker] = []
        self._here: dict[Worker, int] = {}
        self._generation = 0
        self._starting: Counter[bool] = Counter()
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._here)

    @property
    def idle(self) -> int:
        """How many wait for a query."""
        return len(self._idle)

    async def start(self) -> None:
        """Start the first process; raises `LocationError` where the folder cannot be opened."""
        self._welcome(await Worker.start(self.folder, self.limits, key=self.key))

    def take(self, *, modest: bool) -> Worker | None:
        """Return an idle process, modest or not, which is no longer idle; None where there is none."""
        worker = next((each for each in reversed(self._idle) if each.modest is modest), None)
        if worker is not None:
            self._idle.remove(worker)
        return worker

    def give_back(self, worker: Worker) -> None:
        """Take a process back: to be idle, or to be ended where it is spent or has old data."""
        if worker.spent or self._closed or self._here[worker] != self._generation:
            self.later(self._end(worker))
        else:
            self._idle.append(worker)

    def kill(self, worker: Worker) -> None:
        """End a process in the middle of its work; whoever asked it is told."""
        self._tally["killed"] += 1
        worker.kill()

    def dismiss_dead(self) -> None:
        """Let go of the idle that have died."""
        for worker in [each for each in self._idle if not each.alive]:
            self._idle.remove(worker)
            self.later(self._end(worker))

    def keep(self, wanted: int, *, modest: bool) -> None:
        """Start processes until so many are idle or on their way."""
        here = sum(each.modest is modest for each in self._idle) + self._starting[modest]
        for _ in range(here, wanted):
            self._starting[modest] += 1
            self.later(self._hire(self._generation, modest=modest))

    async def renew(self, folder: Path, key: str, count: int) -> None:
        """Work on another folder from now on, with so many processes to begin with; what runs goes on on the old one.

        Raises `LocationError` where it cannot be opened: then nothing changes.
        """
        key = key or folder.name
        started = await asyncio.gather(
            *(Worker.start(folder, self.limits, key=key) for _ in range(count)), return_exceptions=True
        )
        fresh = [each for each in started if isinstance(each, Worker)]
        for error in started:
            if isinstance(error, BaseException):
                await asyncio.gather(*(each.stop() for each in fresh))
                raise error
        self.folder, self.key = folder, key
        self._generation += 1
        old, self._idle = self._idle, []
        for worker in old:
            self.later(self._end(worker))
        for worker in fresh:
            self._welcome(worker)

    async def close(self) -> None:
        """End every idle process and wait for all that was begun."""
        self._closed = True
        await asyncio.gather(*(self._end(worker) for worker in self._idle), return_exceptions=True)
        self._idle = []
        while self._tasks:
            await asyncio.wait(self._tasks)

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done on the side, to be waited for at the end."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _welcome(self, worker: Worker) -> None:
        self._tally["started"] += 1
        self._here[worker] = self._generation
        self._idle.append(worker)
        self.latest = worker
        worker.when_gone(self._changed)

    async def _hire(self, generation: int, *, modest: bool) -> None:
        try:
            worker = await Worker.start(self.folder, self.limits, modest=modest, key=self.key)
        except KgError:
            self._tally["not started"] += 1
            await asyncio.sleep(0 if self._closed else _PAUSE)
        else:
            if generation != self._generation or self._closed:
                await worker.stop()
            else:
                self._welcome(worker)
        self._starting[modest] -= 1
        self._changed()

    async def _end(self, worker: Worker) -> None:
        self._here.pop(worker, None)
        await worker.stop()
