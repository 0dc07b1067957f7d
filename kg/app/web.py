"""The page as an ASGI application: only this computer, only whoever was given the address, nothing from elsewhere.

A one-time token in the first address becomes a cookie; every other request needs it. Requests under another host name,
from another page, or larger than a workbook may be are refused.
"""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg import __version__
from kg.app.desk import Desk, Waiting
from kg.app.names import names_asked
from kg.errors import KgError, UnknownName
from kg.findings import Finding, Kind
from kg.html import hash_source, template_environment
from kg.phrases import plural
from kg.sentences import sentence
from kg.triage import first
from kg.workbook.messages import Message as SaidOfCell
from kg.workbook.places import municipalities
from kg.workbook.sheets import FINDING

__all__ = ["COOKIE", "LARGEST", "create_app"]

COOKIE = "forebygg"
LARGEST = 25_000_000
"""Bytes of the largest request that is read."""

_HERE = Path(__file__).resolve().parent / "templates"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ALWAYS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_KINDS = {"municipality": "Kommunen", "workbook": "Arbetsboken"}


class _TooLarge(Exception):
    """A request holds more than a workbook may."""


class _Bounded:
    """Stops reading a request that is larger than the largest workbook."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > LARGEST:
                raise _TooLarge
            return message

        await self._app(scope, bounded, send)


class _Door:
    """Lets in whoever holds the token, once, and then whoever holds the cookie that it gave."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token
        self._cookie = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        given, shown = request.query_params.get("token", ""), request.cookies.get(COOKIE, "")
        if self._token and request.method == "GET" and secrets.compare_digest(given, self._token):
            self._token = ""
            response: Response = RedirectResponse("/", 303)
            response.set_cookie(COOKIE, self._cookie, httponly=True, samesite="strict")
        elif not secrets.compare_digest(shown, self._cookie):
            response = _said(403, "Sidan är stängd", "Öppna den från programmet: stäng fönstret och starta om.")
        elif request.method == "POST" and not _from_here(request):
            response = _said(403, "Begäran kom från en annan sida", "Gå tillbaka och försök igen härifrån.")
        else:
            await self._app(scope, receive, send)
            return
        await response(scope, receive, send)


def _from_here(request: Request) -> bool:
    """Whether a form was sent from this page; a browser says from where."""
    origin = request.headers.get("origin", "")
    return urlsplit(origin).netloc == request.headers.get("host") if origin else False


def _page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    style = (_HERE / "app.css").read_text(encoding="utf-8")
    html = (
        template_environment(_HERE).get_template(name).render(style=style, version=__version__, plural=plural, **values)
    )
    closed = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    policy = f"default-src 'none'; style-src {hash_source(style)}; {closed}"
    return HTMLResponse(html, status, {**_ALWAYS, "Content-Security-Policy": policy})


def _said(status: int, title: str, text: str) -> HTMLResponse:
    return _page("said.html", status, title=title, text=text)


def _file(name: str, content: bytes, kind: str) -> Response:
    attached = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=kind, headers={**_ALWAYS, "Content-Disposition": attached})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _start(desk: Desk, status: int = 200, error: str = "") -> HTMLResponse:
    sources = desk.latest_first()
    return _page("start.html", status, sources=sources, places=municipalities(), folder=str(desk.folder), error=error)


_FIELDS = {FINDING: "fynd", "Svar": "svar", "Skäl": "skal", "Ansvarig funktion": "funktion", "Datum": "dag"}
_ANSWERS = ("bekräftad", "deltar redan", "ej aktuellt", "fråga ställd")


def _findings(desk: Desk, key: str) -> HTMLResponse:
    source, found = desk.findings(key)
    firsts = [each.item for each in first(found) if isinstance(each.item, Finding)]
    groups = (
        ("De fem viktigaste", firsts),
        ("Luckor", [each for each in found if each.kind is Kind.GAP]),
        ("Frågor att ställa", [each for each in found if each.kind is Kind.QUESTION]),
    )
    shown = [
        (title, [(e.id, sentence(e), e.decision.outcome.sv if e.decision else "") for e in each])
        for title, each in groups
    ]
    today = date.today().isoformat()  # the day that the form proposes; whoever answers may change it
    return _page("findings.html", source=source, groups=shown, answers=_ANSWERS, today=today)


def _handlers(desk: Desk) -> list[Route]:
    async def start(_: Request) -> Response:
        return await run_in_threadpool(_start, desk)

    async def template(request: Request) -> Response:
        name, content = await run_in_threadpool(desk.template, request.query_params.get("kommun", ""))
        return _file(name, content, _XLSX)

    async def check(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=4) as form:
            given = form.get("arbetsbok")
            if not isinstance(given, UploadFile) or not given.filename:
                return await run_in_threadpool(_start, desk, 400, "Välj en arbetsbok först.")
            content = await given.read()
            named, day = str(form.get("kommun") or ""), _day(str(form.get("dag") or ""))
        waiting = await run_in_threadpool(desk.check, given.filename, content, municipality=named, own_day=day)
        return _checked(waiting, desk.remembered(waiting))

    async def marked(request: Request) -> Response:
        waiting = desk.waiting_for(request.path_params["ticket"])
        stem, _, suffix = waiting.name.rpartition(".")
        return _file(f"{stem}-kommenterad.{suffix}", await run_in_threadpool(desk.marked, waiting), _XLSX)

    async def workbook(request: Request) -> Response:
        waiting = desk.waiting_for(request.path_params["ticket"])
        stem = waiting.name.rpartition(".")[0]
        return _file(f"{stem}-namnval.xlsx", waiting.content, _XLSX)

    async def choose(request: Request) -> Response:
        waiting = desk.waiting_for(request.path_params["ticket"])
        asked = names_asked(waiting.checked.messages)
        async with request.form(max_files=0, max_fields=len(asked) + 1) as form:
            given = {each.field: str(form.get(each.field) or "") for each in asked}
        choices = {each.name: given[each.field] for each in asked if given[each.field] in each.choices}
        if not choices:
            return _checked(waiting, desk.remembered(waiting))
        waiting = await run_in_threadpool(desk.choose, waiting, choices)
        return _checked(waiting, desk.remembered(waiting))

    async def bring_in(request: Request) -> Response:
        waiting = desk.waiting_for(request.path_params["ticket"])
        if waiting.checked.errors:
            return _checked(waiting, desk.remembered(waiting), 409)
        await run_in_threadpool(desk.bring_in, waiting)
        return RedirectResponse("/#kommuner", 303)

    async def findings(request: Request) -> Response:
        return await run_in_threadpool(_findings, desk, request.path_params["key"])

    async def decide(request: Request) -> Response:
        key = request.path_params["key"]
        async with request.form(max_files=0, max_fields=8) as form:
            said = {name: str(form.get(field) or "").strip()[:300] for name, field in _FIELDS.items()}
        waiting = await run_in_threadpool(desk.decide, key, said)
        return _checked(waiting, {}, 400) if waiting.checked.errors else RedirectResponse(f"/svar/{key}", 303)

    async def archive(_: Request) -> Response:
        return _file("forebygg.zip", await run_in_threadpool(desk.archive), "application/zip")

    async def page(request: Request) -> Response:
        name = request.path_params["name"]
        pages = await run_in_threadpool(desk.pages)
        if name not in pages:
            return _said(404, "Sidan finns inte", "Gå till början och öppna den därifrån.")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if "spara" in request.query_params or kind not in {"text/html", "image/svg+xml"}:
            return _file(name.replace("/", "-"), pages[name], kind)
        held = {**_ALWAYS, "Content-Security-Policy": "frame-ancestors 'none'"}
        return Response(pages[name], media_type=kind, headers=held)

    return [
        Route("/", start),
        Route("/mall", template),
        Route("/kontrollera", check, methods=["POST"]),
        Route("/kommenterad/{ticket}", marked),
        Route("/arbetsbok/{ticket}", workbook),
        Route("/valj/{ticket}", choose, methods=["POST"]),
        Route("/las-in/{ticket}", bring_in, methods=["POST"]),
        Route("/spara", archive),
        Route("/svar/{key}", findings),
        Route("/svar/{key}", decide, methods=["POST"]),
        Route("/sidor/{name:path}", page),
    ]


def _checked(waiting: Waiting, remembered: Mapping[str, str], status: int = 200) -> HTMLResponse:
    checked = waiting.checked
    names = checked.built.names
    asked = [
        (each, [(choice, names.resolve(choice).iri == remembered.get(each.name.casefold())) for choice in each.choices])
        for each in names_asked(checked.messages)
    ]
    levels = [each.level.value for each in checked.messages]
    can_mark = waiting.name.casefold().endswith((".xlsx", ".xlsm"))
    values = {"count": levels.count, "groups": _groups(checked.messages), "can_mark": can_mark, "asked": asked}
    return _page("checked.html", status, waiting=waiting, checked=checked, **values)


def _groups(messages: Iterable[SaidOfCell]) -> list[tuple[str, str, list[SaidOfCell]]]:
    """Return the messages by level and column, errors first and each column where it first comes."""
    found: dict[tuple[str, str], list[SaidOfCell]] = {}
    for each in messages:
        found.setdefault((each.level.value, each.column or "bladet"), []).append(each)
    return [(level, column, told) for (level, column), told in found.items()]


async def _told(_: Request, error: Exception) -> Response:
    if isinstance(error, _TooLarge):
        return _said(413, "Filen är för stor", f"Högst {LARGEST // 1_000_000} MB läses.")
    if isinstance(error, UnknownName):
        near = f" Menade du {' eller '.join(error.near)}?" if error.near else ""
        text = error.hint or f"{_KINDS.get(error.kind, 'Namnet')} ”{error.name}” finns inte.{near}"
        return _said(404, "Det hittades inte", text)
    return _said(400, "Det gick inte", str(error))


async def _missing(_: Request, __: Exception) -> Response:
    return _said(404, "Sidan finns inte", "Gå till början och öppna den därifrån.")


def create_app(folder: Path, token: str) -> Starlette:
    """Return the application for a folder of the user's; the first request must carry `?token=`."""
    middleware = [
        Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
        Middleware(_Door, token=token),
        Middleware(_Bounded),
    ]
    handlers = {KgError: _told, _TooLarge: _told, 404: _missing, 405: _missing}
    return Starlette(routes=_handlers(Desk(folder)), middleware=middleware, exception_handlers=handlers)
