"""One worker process, seen from the server: started, asked, killed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kg.errors import KgError, LocationError, QueryError
from kg.server.errors import OutOfMemory, TimedOut, TooLarge, TooManyRows, WorkerDied
from kg.server.jobs import Answer, Job, Limits
from kg.server.wire import receive_frame, to_request

__all__ = ["Worker"]

_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parent.parent.parent
_NO_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError")
_PROCESSOR_TIME = 2
"""Linux's clock of the processor time of a process, whose number stands in the bits above."""

_READ_AHEAD = 1_048_576
"""Bytes of an answer that are read before somebody asks for them."""

_START_SECONDS = 60.0
"""Seconds within which a process must have opened its folder."""

_MODEST = 15
"""How much nicer a modest process is than the server: beside one of ours it gets a thirtieth of a processor."""


class Worker:
    """A process that answers one job at a time; `spent` once it may not be asked again.

    A `modest` one leaves the processors to others from its start: on Linux and macOS by `nice`. Windows is told
    nothing: there only the number of those that run bounds what they take. `key` names the data it was started on.
    """

    def __init__(
        self, process: asyncio.subprocess.Process, limits: Limits, *, modest: bool = False, key: str = ""
    ) -> None:
        self._process = process
        self._limits = limits
        self._said, self._starved = b"", False
        self._killed = False
        self._listening = asyncio.create_task(self._listen())
        self.pid = process.pid
        self.modest = modest
        self.key = key
        self.spent = False
        self.quads = 0
        self.graphs: tuple[str, ...] = ()
        self.isolated = False

    @classmethod
    async def start(cls, folder: Path, limits: Limits, *, modest: bool = False, key: str = "") -> Worker:
        """Start a process on a folder and return it when it can be asked.

        Raises `LocationError` where the folder cannot be opened, or no process can be started.
        """
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
        command = [sys.executable, "-P", "-m", "kg.server.worker", str(folder), str(limits.megabytes)]
        pipe = asyncio.subprocess.PIPE
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                limit=_READ_AHEAD,
                env={**os.environ, "PYTHONPATH": path},
            )
        except OSError as error:
            raise LocationError(f"cannot start a worker: {error.strerror}") from error
        worker = cls(process, limits, modest=modest, key=key)
        if modest and sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, min(19, os.getpriority(os.PRIO_PROCESS, 0) + _MODEST))
        try:
            async with asyncio.timeout(_START_SECONDS):
                head, _ = await receive_frame(worker._answers)
        except BaseException as error:
            worker.kill()
            await worker.stop()
            if isinstance(error, TimeoutError):
                raise LocationError(f"a worker on {folder} did not start within {_START_SECONDS:g} seconds") from error
            if isinstance(error, (asyncio.IncompleteReadError, ConnectionError)):
                raise LocationError(f"a worker on {folder} did not start: {await worker._how()}") from error
            raise
        if "error" in head:
            await worker.stop()
            raise LocationError(head["error"])
        worker.quads, worker.graphs, worker.isolated = head["quads"], tuple(head["graphs"]), head["isolated"]
        return worker

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.returncode is None and not self._listening.done()

    def when_gone(self, call: Callable[[], None]) -> None:
        """Have a function called when the process is gone, by whatever hand."""
        self._listening.add_done_callback(lambda _: call())

    @property
    def _answers(self) -> asyncio.StreamReader:
        assert self._process.stdout is not None  # noqa: S101  it was started with a pipe
        return self._process.stdout

    async def ask(self, job: Job) -> Answer:
        """Return the whole answer; raises what the worker says, `OutOfMemory` or `WorkerDied` where it goes down."""
        assert self._process.stdin is not None  # noqa: S101  it was started with a pipe
        try:
            self._process.stdin.write(to_request(job, self._limits))
            await self._process.stdin.drain()
            head, content = await receive_frame(self._answers)
        except (asyncio.IncompleteReadError, ConnectionError):
            raise await self._cause() from None
        except ValueError:
            self.kill()
            raise WorkerDied("its answer cannot be read") from None
        self.spent = self.spent or bool(head.get("worn"))
        if "error" in head:
            raise self._error(head["error"], head["message"])
        return Answer(content, head["rows"], head["seconds"], key=self.key)

    def _error(self, name: str, message: str) -> KgError:
        match name:
            case "TooManyRows":
                return TooManyRows(self._limits)
            case "TooLarge":
                return TooLarge(self._limits)
            case "OutOfMemory":
                return OutOfMemory(self._limits)
            case _:
                return QueryError(message)

    async def _cause(self) -> KgError:
        """Return why the process went down."""
        self.spent = True
        how = await self._how()
        if self._starved:
            return OutOfMemory(self._limits)
        if sys.platform != "win32" and self._process.returncode == -signal.SIGALRM:
            return TimedOut(self._limits)
        last = self._said.decode(errors="replace").strip().rpartition("\n")[2]
        if not self._killed:
            _LOG.warning("worker %d went down: %s %s", self.pid, how, last[:200])
        return WorkerDied(how)

    async def _how(self) -> str:
        code = await self._process.wait()
        await self._listening
        if code < 0:
            with contextlib.suppress(ValueError):
                return signal.Signals(-code).name
        return f"exit code {code}"

    async def _listen(self) -> None:
        """Keep the last of what the process says on standard error: why it had to go down is there.

        That memory is wanting it says first, and after that where it was, which may be long.
        """
        assert self._process.stderr is not None  # noqa: S101  it was started with a pipe
        while said := await self._process.stderr.read(4096):
            self._said += said
            self._starved = self._starved or any(each in self._said for each in _NO_MEMORY)
            self._said = self._said[-4096:]

    def busy_seconds(self) -> float:
        """Return the processor time that the process has used; where the system does not tell (not Linux), the clock.

        A query is long by what it uses, not by how long others have kept it waiting for a processor.
        """
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                return time.clock_gettime((~self.pid << 3) | _PROCESSOR_TIME)
        return time.monotonic()

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        self.spent = self._killed = True
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def stop(self) -> None:
        """End the process: at the end of its input, or else killed after a second."""
        self.spent = True
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            async with asyncio.timeout(1):
                await self._process.wait()
        except TimeoutError:
            self.kill()
            await self._process.wait()
        await self._listening
