"""The pages as routes: requests become values, pages are made in threads, replies get their headers.

No page is made in the event loop, and no more than a few at once; what waits beyond that is told to come back.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from kg.errors import KgError
from kg.findings import Lang
from kg.server.errors import Busy, RequestRefused
from kg.server.jobs import Answer, Job
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.country import Country, Shelf
from kg.server.pages.frame import broken_page, error_page
from kg.server.protocol import LARGEST_ADDRESS
from kg.server.web import answer_unless_gone
from kg.server.workers import Pool

__all__ = ["OPEN", "Desk", "Handler", "Make", "respond"]

T = TypeVar("T")
Make = Callable[[Country, Asked], Reply]
"""How a page is made from the data and what was asked."""

Handler = Callable[[Request], Awaitable[Response]]

THREADS = 4
MOST_WAITING = 64
OPEN = {"Access-Control-Allow-Origin": "*"}
"""Data may be read by any page; pages may not."""

_LOG = logging.getLogger("kg.server")
_ALWAYS = {
    "Cache-Control": "no-cache",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_HTML = {"Content-Security-Policy": "frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"}
_REST = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}


def respond(reply: Reply, request: Request) -> Response:
    """Return a reply with its headers; 304 where the client has it already."""
    if reply.to:
        return RedirectResponse(reply.to, reply.status, {**_ALWAYS, "Vary": "Accept"})
    content = reply.content.encode("utf-8") if isinstance(reply.content, str) else reply.content
    html = reply.media == "text/html"
    headers = {**_ALWAYS, **(_HTML if html else {**_REST, **OPEN})}
    if reply.save_as:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(reply.save_as, safe='')}"
    if reply.status == 200:
        headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    return Response(content, reply.status, headers, media_type=reply.media)


class Desk:
    """Makes pages for requests from the data of a shelf, and asks the pool what needs a query."""

    def __init__(self, pool: Pool, shelf: Shelf) -> None:
        self.pool = pool
        self.shelf = shelf
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._slow = ThreadPoolExecutor(1, thread_name_prefix="slow-page")
        self._waiting = 0

    def asked(self, request: Request) -> Asked:
        """Return a request as a value; raises `RequestRefused` (414) for an address that is too long."""
        if len(request.scope["query_string"]) > LARGEST_ADDRESS:
            raise RequestRefused(414, f"an address may have {LARGEST_ADDRESS} bytes after its ?")
        root = request.scope.get("root_path", "").rstrip("/")
        query = tuple(request.query_params.multi_items())
        lang: Lang = "en" if request.query_params.get("lang") == "en" else "sv"
        values = {name: str(value) for name, value in request.path_params.items()}
        host = f"{request.url.scheme}://{request.url.netloc}{root}"
        return Asked(request.scope["path"].removeprefix(root) or "/", root, lang, values, query, host)

    async def within(self, make: Callable[..., T], *given: object, slow: bool = False) -> T:
        """Run what takes time in a thread, the slow one after the other; raises `Busy` where too much waits already."""
        if self._waiting >= MOST_WAITING:
            raise Busy(2, "too many pages are being made")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._slow if slow else self._threads, partial(make, *given)
            )
        finally:
            self._waiting -= 1

    async def country(self) -> Country:
        """Return the state of the data, at once where it is open."""
        if (opened := self.shelf.opened) is not None:
            return opened
        return await self.within(self.shelf.country)

    async def ask(self, job: Job, request: Request) -> Answer:
        """Return the answer of the pool; raises what it raises, and `ClientDisconnect` where the client goes away."""
        await request.body()
        return await answer_unless_gone(self.pool, job, request)

    def page(self, make: Make, *, keep: bool = False) -> Handler:
        """Return the handler of a page; one that is costly to make may be kept."""

        def made(asked: Asked) -> Reply:
            country = self.shelf.country()
            try:
                return country.page(make, asked) if keep else make(country, asked)
            except KgError as error:
                return error_page(asked, error, country)

        async def handle(request: Request) -> Response:
            return await self.told(request, lambda asked: self.within(made, asked, slow=keep))

        return handle

    async def told(self, request: Request, work: Callable[[Asked], Awaitable[Reply]]) -> Response:
        """Return the response of what a handler works out; its errors become pages."""
        try:
            asked = self.asked(request)
        except KgError as error:
            return respond(error_page(Asked("/"), error), request)
        try:
            reply = await work(asked)
        except ClientDisconnect:
            return Response(status_code=204)
        except KgError as error:
            reply = error_page(asked, error)
        except Exception:  # noqa: BLE001  a fault of ours: the reader is told so, the log of the operator has the rest
            _LOG.exception("no page was made for %s", request.url.path)
            reply = broken_page(asked)
        return respond(reply, request)
