"""The process that answers: opens the folder read-only, confines itself, and then reads jobs and writes answers.

Run by the pool as `python -m kg.server.worker FOLDER MEGABYTES`; jobs come on standard input, one at a time, answers go
to standard output. It ends when its input ends.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import KgError, QueryError
from kg.server import confine
from kg.server.engine import Engine
from kg.server.errors import OutOfMemory, TooLarge, TooManyRows
from kg.server.jobs import Job, Limits
from kg.server.wire import read_frame, to_frame, to_task

__all__ = ["ERRORS", "main"]

ERRORS: dict[str, type[KgError]] = {each.__name__: each for each in (QueryError, TooManyRows, TooLarge, OutOfMemory)}
"""What a worker says by name; the pool raises it again."""

_PIPE = 1_048_576
"""Bytes that the pipe of answers may hold."""

_GRACE = 2.0
"""Seconds beyond the limit before the system ends a worker that the pool has not killed."""


def _reply(engine: Engine, job: Job, limits: Limits) -> tuple[dict[str, Any], bytes]:
    started = time.perf_counter()
    try:
        content, rows = engine.answer(job, limits)
    except (TooManyRows, TooLarge) as error:
        return {"error": type(error).__name__, "message": str(error)}, b""
    except KgError as error:
        return {"error": "QueryError", "message": str(error)}, b""
    except MemoryError:
        return {"error": "OutOfMemory", "message": "", "worn": True}, b""
    return {"rows": rows, "seconds": time.perf_counter() - started}, content


def _serve(engine: Engine, megabytes: int, source: BinaryIO, sink: BinaryIO) -> None:
    at_start = confine.address_space()
    while frame := read_frame(source):
        job, limits = to_task(frame[0])
        confine.set_alarm(limits.seconds + _GRACE)
        head, content = _reply(engine, job, limits)
        confine.set_alarm(0)
        head.setdefault("worn", confine.address_space() - at_start > megabytes * 500_000)
        sink.write(to_frame(head, content))
        sink.flush()


def _widen(pipe: int) -> None:
    """Let a pipe hold a megabyte (Linux): most answers go over at once, without waiting for their reader."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415  Windows has no such module

        with contextlib.suppress(OSError):  # a system may allow less
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def main(arguments: list[str]) -> int:
    """Answer until the input ends; return 0, or 4 where the folder cannot be opened."""
    folder, megabytes = Path(arguments[0]), int(arguments[1])
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    confine.leave_group()
    confine.die_with_parent()
    confine.give_way()
    _widen(sink.fileno())
    isolated = confine.cut_network()
    try:
        engine = Engine(folder)
    except KgError as error:
        sink.write(to_frame({"error": str(error)}))
        sink.flush()
        return error.exit_code
    confine.refuse_files()
    confine.bound_memory(megabytes)
    sink.write(to_frame({"quads": engine.quads, "graphs": sorted(engine.graphs), "isolated": isolated}))
    sink.flush()
    _serve(engine, megabytes, sys.stdin.buffer, sink)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
