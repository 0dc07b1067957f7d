"""The HTTP server, with what an open network needs: patience with slow clients ends, and a stop is announced.

uvicorn drops idle connections between requests, but waits for ever for the end of a request's head, however long it
becomes, and for a client that does not read. Here all have an end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.server.sending import Outbox

__all__ = ["Server", "configure"]

HEAD_SECONDS = 15.0
"""Seconds within which the head of a request must have come."""

LARGEST_HEAD = 65_536
"""Bytes that the head of a request may have, its address among them."""

READ_SECONDS = 30.0
"""Seconds within which a client must have read a part of an answer, a quarter of a megabyte."""

MOST_CONNECTIONS = 800
"""Connections held at once; more are told 503."""


class _Patient(HttpToolsProtocol):
    """A connection that is closed where the head of a request or the reading of an answer takes too long."""

    _head: asyncio.TimerHandle | None = None
    _reading: asyncio.TimerHandle | None = None
    _in_head = False
    _size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        # a server has no other transports, and uvicorn narrows the type too
        super().connection_made(transport)
        self._head = self.loop.call_later(HEAD_SECONDS, transport.abort)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._size = True, 0

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        super().data_received(data)
        self._size += len(data)
        if self._in_head and self._size > LARGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")
        if self.cycle is not before and self._head is not None:
            self._head.cancel()
            self._head = None
        elif self._head is None and (self.cycle is None or self.cycle.response_complete):
            self._head = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reading = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._head, self._reading):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)


class Server(uvicorn.Server):
    """A server that tells when it is asked to stop, before it waits for the requests under way."""

    def __init__(self, config: uvicorn.Config, when_stopping: Callable[[], object]) -> None:
        super().__init__(config)
        self._when_stopping = when_stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note the signal, as uvicorn does, and tell of it."""
        super().handle_exit(sig, frame)
        self._when_stopping()


def configure(app: ASGIApp, *, grace: float, trusted: str = "") -> uvicorn.Config:
    """Return how an application is served; `trusted` are the addresses of proxies whose X-Forwarded-For is believed."""
    return uvicorn.Config(
        Outbox(app),
        http=_Patient,
        ws="none",
        loop="asyncio",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=trusted or None,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=int(grace) + 2,
    )
