"""Answers on their way: handed to the network in parts as the client reads, and bounded in bytes all together.

An answer waits in memory until its client has read it. A few hundred clients that ask for the largest answer and read
it slowly would take all the memory there is; beyond the bound a large answer is not begun, and 503 says so.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Outbox"]

LARGE = 1_000_000
"""Bytes from which an answer counts as large; smaller ones are always sent."""

PART = 256_000
"""Bytes that are handed over at a time."""

_REFUSED = b"too many large answers are on their way; try again in 5 s\n"
_HEADERS = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"content-length", str(len(_REFUSED)).encode()),
    (b"retry-after", b"5"),
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),
]


class Outbox:
    """An application whose answers are sent in parts, at most `most` bytes of large ones at once."""

    def __init__(self, app: ASGIApp, *, most: int = 512_000_000) -> None:
        self._app = app
        self._most = most
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back in parts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head: Message | None = None
        refused = False

        async def in_parts(message: Message) -> None:
            nonlocal head, refused
            if message["type"] == "http.response.start":
                head = message
                return
            if refused or message["type"] != "http.response.body":
                return
            body = message.get("body", b"")
            counted = len(body) if len(body) > LARGE else 0
            if head is not None and counted and self._under_way + counted > self._most:
                refused = True
                await send({"type": "http.response.start", "status": 503, "headers": _HEADERS})
                await send({"type": "http.response.body", "body": _REFUSED})
                return
            self._under_way += counted
            try:
                if head is not None:
                    started, head = head, None
                    await send(started)
                await _hand_over(message, body, send)
            finally:
                self._under_way -= counted

        await self._app(scope, receive, in_parts)


async def _hand_over(message: Message, body: bytes, send: Send) -> None:
    view = memoryview(body)
    for start in range(0, max(len(body) - PART, 0), PART):
        await send({"type": "http.response.body", "body": bytes(view[start : start + PART]), "more_body": True})
    last = max(0, -(-len(body) // PART) - 1) * PART
    await send({**message, "body": bytes(view[last:])})
