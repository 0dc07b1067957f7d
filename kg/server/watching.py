"""See every request pass: count it, time it, and write a line about it that says nothing of who asked, or what.

A line is JSON. Queries are written only where the operator wants them, addresses of clients never.
"""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Callable, Container, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import LocationError
from kg.server.metrics import MEDIA, Metrics
from kg.server.web import TOLD

__all__ = ["Log", "Watched", "places_of", "to_file", "to_stream"]

_GONE = 499
"""What is noted as the status where a client went away before its answer began, as nginx does."""


Log = Callable[[str], None]
"""Writes a line, or raises `OSError`."""


def to_stream(stream: TextIO) -> Log:
    """Return a log that writes lines to a stream."""

    def write(line: str) -> None:
        stream.write(f"{line}\n")
        stream.flush()

    return write


def to_file(path: Path) -> Log:
    """Return a log that adds lines to a file, opened anew for each, so that it may be moved away at any time.

    Raises `LocationError` where the file cannot be written. A line that a full disk cut off is ended by the next.
    """
    start = ""

    def write(line: str) -> None:
        nonlocal start
        content = f"{start}{line}\n".encode()
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            written = os.write(descriptor, content)
            start = "\n" if 0 < written < len(content) else start if not written else ""
        finally:
            os.close(descriptor)
        if written < len(content):
            raise OSError(errno.ENOSPC, "only a part was written")

    try:
        os.close(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640))
    except OSError as error:
        raise LocationError(f"cannot write the log {path}: {error.strerror}") from error
    return write


def places_of(routes: Iterable[BaseRoute]) -> frozenset[str]:
    """Return the names of the places that an application has: the first parts of its paths."""
    return frozenset(_first(getattr(route, "path", "")) for route in routes) - {"", "{path:path}"}


def _first(path: str) -> str:
    return path.strip("/").partition("/")[0].partition(".")[0]


class Watched:
    """An application whose requests are counted and logged; it also answers `/metrics`.

    `places` are the first parts of paths that are counted apart. Without a log nothing is written, and without
    `queries` neither a query nor a path.
    """

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        *,
        places: Container[str] = (),
        log: Log | None = None,
        queries: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._app, self._metrics, self._places = app, metrics, places
        self._log, self._queries, self._clock = log, queries, clock

    def _place(self, path: str) -> str:
        """Return the name of a place for counting; what nobody serves is `other`, since such paths are endless."""
        first = _first(path)
        return first if first == "metrics" or first in self._places else "other" if first else "start"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        told: dict[str, Any] = {}
        scope[TOLD] = told
        status, size = _GONE, 0

        async def note(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            if scope["path"] == "/metrics" and scope["method"] in {"GET", "HEAD"}:
                body = b"" if scope["method"] == "HEAD" else self._metrics.text()
                answer = Response(body, headers={"Cache-Control": "no-store"}, media_type=MEDIA)
                await answer(scope, receive, note)
            else:
                await self._app(scope, receive, note)
        except Exception:
            status = 500 if status == _GONE else status
            raise
        finally:
            seconds = time.perf_counter() - started
            self._metrics.count(self._place(scope["path"]), status, seconds)
            if self._log is not None:
                self._write(self._log, self._line(scope, told, status, size, seconds))

    def _line(self, scope: Scope, told: dict[str, Any], status: int, size: int, seconds: float) -> dict[str, Any]:
        line = {
            "time": self._clock().isoformat(timespec="milliseconds"),
            "method": scope["method"],
            "place": self._place(scope["path"]),
            "status": status,
            "bytes": size,
            "ms": round(seconds * 1000, 1),
        }
        line |= {key: value for key, value in told.items() if key != "query" or self._queries}
        return line | ({"path": scope["path"]} if self._queries else {})

    def _write(self, log: Log, line: dict[str, Any]) -> None:
        """Write a line; where that fails (a full disk) the request is none the worse, and the loss is counted."""
        try:
            log(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
        except (OSError, ValueError):
            self._metrics.lose()
