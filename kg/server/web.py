"""The endpoint as ASGI routes, to be mounted in any application, and an application that has nothing else.

Whatever is answered is whole before its first byte is sent. A client that goes away takes its query with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from kg import __version__
from kg.errors import KgError
from kg.server.description import describe
from kg.server.errors import RequestRefused, ServerError
from kg.server.jobs import Answer, Job
from kg.server.negotiation import accepts
from kg.server.protocol import ALLOW, LARGEST_BODY, read_request
from kg.server.workers import Pool

__all__ = ["TOLD", "Endpoint", "answer_unless_gone", "client_of", "endpoint_routes", "error_response", "make_app"]

TOLD = "kg.told"
"""Where, in the scope of a request, is kept what a log may say of its query; see `kg.server.watching`."""

_OPEN = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": ALLOW,
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}
_EXPOSED = {"Access-Control-Expose-Headers": "Retry-After, X-Rows"}
_BODY_SECONDS = 15.0
"""Seconds within which a body must have come."""


def client_of(scope: Scope) -> str:
    """Return whom a request is counted to: an IPv4 address, or the /64 network of an IPv6 address; "" if unknown."""
    host = (scope.get("client") or ("",))[0]
    with contextlib.suppress(ValueError):
        address = ipaddress.ip_address(host)
        if isinstance(address, ipaddress.IPv6Address):
            return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return host


async def answer_unless_gone(pool: Pool, job: Job, request: Request) -> Answer:
    """Return the answer to a job; the query ends where the client goes away, and `ClientDisconnect` is raised.

    The body of the request must have been read. Raises what `Pool.answer` raises.
    """
    told = request.scope.get(TOLD, {})
    told.update(kind=job.kind, query=job.text)
    try:
        async with _unless_gone(request.receive):
            answer = await pool.answer(job, client=client_of(request.scope))
    except KgError as error:
        told["error"] = type(error).__name__
        raise
    told.update(rows=answer.rows, waited=round(answer.waited * 1000, 1), ran=round(answer.seconds * 1000, 1))
    return answer


@contextlib.asynccontextmanager
async def _unless_gone(receive: Receive) -> AsyncIterator[None]:
    """Cancel what is within, and raise `ClientDisconnect` in its place, where the client goes away."""
    within = asyncio.current_task()
    assert within is not None  # noqa: S101  it is awaited
    watching = asyncio.ensure_future(_until_gone(receive))

    def leave(_: object) -> None:
        within.cancel()

    watching.add_done_callback(leave)
    try:
        yield
    except asyncio.CancelledError:
        if watching.done() and within.uncancel() == 0:
            raise ClientDisconnect from None
        raise
    finally:
        watching.remove_done_callback(leave)
        watching.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def error_response(error: KgError, accept: str = "") -> Response:
    """Return an error as a plain sentence, or as problem details (RFC 9457) for who asks for JSON."""
    status = error.status if isinstance(error, ServerError) else 400
    headers = {**_OPEN, **_EXPOSED, "Vary": "Accept", "Cache-Control": "no-store"}
    if retry_after := getattr(error, "retry_after", 0):
        headers["Retry-After"] = str(retry_after)
    if isinstance(error, RequestRefused) and error.allow:
        headers["Allow"] = error.allow
    kinds = ("application/json", "application/problem+json", "application/sparql-results+json", "application/ld+json")
    if any(accepts(accept, each) for each in kinds):
        name = type(error).__name__
        told = {"type": f"urn:forebygg:error:{name}", "title": name, "status": status, "detail": str(error)}
        body = json.dumps(told, ensure_ascii=False)
        return Response(body, status, headers, media_type="application/problem+json")
    return Response(f"{error}\n", status, headers, media_type="text/plain")


class Endpoint:
    """The SPARQL endpoint of a pool, as an ASGI application for one path."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={**_OPEN, **_PREFLIGHT, "Allow": ALLOW})
        try:
            body = await _body(request) if request.method == "POST" else b""
            asked = read_request(request.method, request.scope["query_string"].decode("latin-1"), request.headers, body)
            job = asked.job or describe(str(request.url.replace(query="", fragment="")), asked.kind)
            answer = await answer_unless_gone(self._pool, job, request)
        except KgError as error:
            return error_response(error, accept)
        headers = {**_OPEN, **_EXPOSED, "Vary": "Accept", "Cache-Control": "no-cache"}
        if answer.rows is not None:
            headers["X-Rows"] = str(answer.rows)
        return Response(answer.content, headers=headers, media_type=asked.media)


async def _body(request: Request) -> bytes:
    """Return the body; raises `RequestRefused` for one that is too large (413) or does not come (408)."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > LARGEST_BODY:
        raise RequestRefused(413, f"a query may have {LARGEST_BODY} bytes at most")
    content = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for part in request.stream():
                content += part
                if len(content) > LARGEST_BODY:
                    raise RequestRefused(413, f"a query may have {LARGEST_BODY} bytes at most")
    except TimeoutError:
        raise RequestRefused(408, f"the query did not come within {_BODY_SECONDS:g} seconds") from None
    return bytes(content)


def endpoint_routes(pool: Pool, *, path: str = "/sparql") -> list[BaseRoute]:
    """Return the routes of the endpoint and of `/health`, for an application of one's own that starts the pool."""
    endpoint = Endpoint(pool)

    async def health(_: Request) -> Response:
        told = _health(pool)
        return JSONResponse(told, 200 if told["ok"] else 503, {**_OPEN, "Cache-Control": "no-store"})

    return [Route(path, endpoint), Route(f"{path}/", endpoint), Route("/health", health)]


def _health(pool: Pool) -> dict[str, Any]:
    figures = pool.figures()
    return {
        "ok": figures.workers > 0 and not pool.stopping,
        "version": __version__,
        "key": figures.key,
        "quads": figures.quads,
        "graphs": figures.graphs,
        "workers": figures.workers,
        "idle": figures.idle,
        "running": figures.running + figures.slow,
        "waiting": figures.waiting,
        "isolated": figures.isolated,
    }


def make_app(pool: Pool, *, routes: Sequence[BaseRoute] = (), grace: float = 5.0) -> Starlette:
    """Return an application with the endpoint, `/health` and further routes, which starts and stops the pool."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.stop(grace)

    return Starlette(routes=[*endpoint_routes(pool), *routes], lifespan=lifespan)
