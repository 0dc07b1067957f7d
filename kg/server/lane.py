"""Places where queries of one sort run, and the line before them: no sort takes the places of another."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from kg.server.jobs import Answer, Job
from kg.server.line import Line
from kg.server.process import Worker

__all__ = ["Lane", "Ticket"]


@dataclass(slots=True, eq=False)
class Ticket:
    """A query on its way: it waits or runs in its lane until its future is done."""

    job: Job
    client: str
    lane: Lane
    future: asyncio.Future[Answer]
    came: float = field(default_factory=time.monotonic)
    started: float = 0.0
    ended: str = ""
    busy: float = 0.0
    worker: Worker | None = None
    timer: asyncio.TimerHandle | None = None

    @property
    def used(self) -> float:
        """The seconds of a processor that the query has used; it must run."""
        return self.worker.busy_seconds() - self.busy if self.worker is not None else 0.0


class Lane:
    """So many places, those who run there and those who wait; `modest` lanes are run by modest processes."""

    def __init__(self, places: int, *, modest: bool) -> None:
        self.places, self.modest = places, modest
        self.line: Line[Ticket] = Line()
        self.running: set[Ticket] = set()

    @property
    def has_room(self) -> bool:
        """Whether a place is free."""
        return len(self.running) < self.places

    def next(self) -> Ticket | None:
        """Return who is to run next, out of the line; None where nobody waits.

        A client that holds all places but one is passed over as long as another waits.
        """
        here = Counter(each.client for each in self.running)
        return self.line.take(here, most=max(1, self.places - 1))

    def leave(self, ticket: Ticket) -> bool:
        """Take a query out of the line, and return whether it stood there."""
        return self.line.remove(ticket.client, ticket)
