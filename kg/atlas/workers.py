"""Reports rendered side by side in processes of their own, given in the order of the plan."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from kg.atlas.rendering import Plan, Rendered, open_plan
from kg.errors import LocationError
from kg.records import Records

__all__ = ["enough_jobs", "render_beside"]

_REPORTS_A_JOB = 6
"""A process costs about as much to start as it takes to render so many reports."""
_MOST_JOBS = 4
"""Each process holds the records of the country, about half a GB."""

_given: list[tuple[Callable[[], Records], Plan]] = []
_opened: list[Callable[[int], tuple[Rendered, str]]] = []
"""What a process was given, and what it renders with once it has opened that; a pool has no other place for it."""


def enough_jobs(reports: int) -> int:
    """Return how many processes are worth starting for so many reports on this machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, _MOST_JOBS, reports // _REPORTS_A_JOB))


def _prepare(reopen: Callable[[], Records], plan: Plan) -> None:
    """Take what a new process is given; an interrupt is for the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _given[:] = [(reopen, plan)]


def _one(number: int) -> tuple[Rendered, str]:
    if not _opened:
        reopen, plan = _given[0]
        _opened.append(open_plan(reopen(), plan))
        gc.freeze()
    return _opened[0](number)


def render_beside(reopen: Callable[[], Records], plan: Plan, jobs: int) -> Iterator[tuple[Rendered, str]]:
    """Yield what the reports of a plan are rendered to, in order, from so many processes started anew.

    `reopen` must be a function of a module, or a `functools.partial` of one. Raises `LocationError` where a process is
    ended by somebody else, as where memory runs out.
    """
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_prepare, initargs=(reopen, plan))
    try:
        yield from pool.map(_one, range(len(plan.keys)))
    except BrokenProcessPool as error:
        raise LocationError(
            "a process that rendered reports was ended, perhaps for want of memory; run again with --jobs 1"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
