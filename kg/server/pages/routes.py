"""Which address leads to which page."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError, QueryError, UnknownName
from kg.namespaces import BASE, folded
from kg.questions import list_questions, named_query, question
from kg.server.errors import RequestRefused
from kg.server.jobs import Answer, Job
from kg.server.negotiation import choose
from kg.server.pages.addresses import NAMESPACED, SUFFIXES, data_of, iri_of, page_of
from kg.server.pages.ages import coverage_page
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.asking import FILES, answer_file, asking_page, read_given
from kg.server.pages.comparing import compare_page
from kg.server.pages.country import Country, Shelf
from kg.server.pages.finding import finding_page
from kg.server.pages.frame import not_found, show
from kg.server.pages.gaps import gap_list
from kg.server.pages.openapi import MEDIA, api_description
from kg.server.pages.parameters import PARAMETERS, are_known, bindings_of, columns_of, title_of
from kg.server.pages.reports import analysis_page, brief_page, differences, map_page, municipality_page, report_page
from kg.server.pages.start import search_page, start_page
from kg.server.pages.things import thing_page
from kg.server.pages.web import OPEN, Desk, Handler, respond
from kg.server.web import error_response
from kg.server.workers import Pool

__all__ = ["page_routes"]

_OFFERED = {
    "html": ("text/html", "application/xhtml+xml"),
    "turtle": ("text/turtle",),
    "jsonld": ("application/ld+json", "application/json"),
    "ntriples": ("application/n-triples",),
}
_ENDS = {kind: suffix for suffix, kind in SUFFIXES.items()}
_WHOLE_GRAPH = "CONSTRUCT { ?sak ?egenskap ?varde } WHERE { ?sak ?egenskap ?varde }"
_KINDS = {"csv": "json", "xlsx": "json"}
"""What is asked of the pool for what is made here."""

ROBOTS = "User-agent: *\nDisallow: /fraga\nDisallow: /luckor\nDisallow: /questions\nDisallow: /sparql\nDisallow: /sok\n"


def _thing(country: Country, asked: Asked) -> Reply:
    path = asked.values["path"]
    iri = iri_of(path)
    if not iri:
        return not_found(asked, country, path[:200])
    generic = asked.get("vy") == "uppgifter"
    if re.fullmatch(r"kommun/\d{4}", path) and not generic:
        return municipality_page(country, asked, country.records.thing(iri))
    source = country.by_key.get(path.removeprefix("res/kalla/")) if path.startswith("res/kalla/") else None
    return report_page(country, asked, source) if source and not generic else thing_page(country, asked, iri)


def _municipality(country: Country, asked: Asked) -> Reply:
    thing = next(
        (
            each.thing
            for each in country.index
            if each.group == "kommun" and folded(asked.values["name"]) in _keys(each.own)
        ),
        None,
    )
    return Reply("", status=303, to=asked.to(page_of((thing or country.municipality(asked.values["name"])).iri)))


def _keys(names: tuple[str, ...]) -> set[str]:
    return {each.replace(" ", "-") for name in names for each in (name, name.removesuffix(" kommun"))}


def _report(country: Country, asked: Asked) -> Reply:
    return Reply("", status=303, to=asked.to(page_of(country.source(asked.values["name"]).thing.iri)))


def _api(_: Country, asked: Asked) -> Reply:
    return show(
        asked,
        "api.html",
        asked.say("Data för program", "Data for programs"),
        questions=[(each, title_of(each, sv=asked.sv), columns_of(each)) for each in list_questions()],
        parameters=[(each.name, asked.say(each.sv, each.en), each.example) for each in PARAMETERS.values()],
        kinds=list(MEDIA),
    )


def _described(_: Country, asked: Asked) -> Reply:
    return Reply(json.dumps(api_description(asked.host, asked.lang), ensure_ascii=False, indent=1), "application/json")


def _listed(_: Country, asked: Asked) -> Reply:
    found = [
        {
            "name": each.name,
            "title": each.title,
            "group": each.group,
            "sv": each.sv,
            "en": each.en,
            "answers": each.answers,
            "parameters": list(each.binds),
            "columns": list(columns_of(each)),
            "address": f"{asked.host}/questions/{each.name}.json",
        }
        for each in list_questions()
    ]
    return Reply(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "application/json")


def _asking(desk: Desk) -> Handler:
    async def work(request: Request, asked: Asked) -> Reply:
        country = await desk.country()
        given, answer, problem = None, None, None
        try:
            given = await desk.within(read_given, country, asked)
            answer = await desk.ask(given.job, request) if given.job else None
        except KgError as error:
            problem = error
        return await desk.within(asking_page, country, asked, given, answer, problem)

    async def handle(request: Request) -> Response:
        return await desk.told(request, lambda asked: work(request, asked))

    return handle


def _asked_file(desk: Desk) -> Handler:
    async def handle(request: Request) -> Response:
        async def work() -> Reply:
            asked, suffix = desk.asked(request), request.path_params["suffix"]
            if suffix not in {*FILES, *_KINDS}:
                raise RequestRefused(404, f"unknown format {suffix!r}; expected one of {', '.join([*FILES, *_KINDS])}")
            country = await desk.country()
            kind = _KINDS.get(suffix) or SUFFIXES.get(suffix, suffix)
            given = await desk.within(lambda: read_given(country, asked, kind=kind))
            if given.job is None:
                raise RequestRefused(400, "nothing is asked: give q or namn")
            answer = await desk.ask(given.job, request)
            name = given.known.name if given.known else "svar"
            return await _as_file(desk, name, suffix, answer)

        return await _for_programs(request, work)

    return handle


async def _as_file(desk: Desk, name: str, suffix: str, answer: Answer, title: str = "") -> Reply:
    """Return an answer as a file, made in a thread where it is not just what the engine wrote."""
    if suffix in FILES:
        return answer_file(name, suffix, answer)
    return await desk.within(answer_file, name, suffix, answer, title, slow=suffix == "xlsx")


def _question(desk: Desk) -> Handler:
    async def handle(request: Request) -> Response:
        async def work() -> Reply:
            asked = desk.asked(request)
            name, _, suffix = request.path_params["name"].rpartition(".")
            try:
                known = question(name)
            except UnknownName as error:
                raise RequestRefused(404, str(error)) from error
            if suffix not in MEDIA:
                raise RequestRefused(404, f"unknown format {suffix!r}; expected one of {', '.join(MEDIA)}")
            country = await desk.country()
            fields = [(key, value) for key, value in asked.query if key != "lang"]
            given = (country, known, fields)
            bindings = bindings_of(*given) if are_known(country, fields) else await desk.within(bindings_of, *given)
            answer = await desk.ask(Job(known.text, _KINDS.get(suffix, suffix), bindings, own=True), request)
            return await _as_file(desk, known.name, suffix, answer, known.title)

        return await _for_programs(request, work)

    return handle


def _data(desk: Desk) -> Handler:
    async def handle(request: Request) -> Response:
        async def work() -> Reply:
            path, _, suffix = request.path_params["path"].rpartition(".")
            iri = iri_of(path)
            if not iri or suffix not in SUFFIXES:
                raise RequestRefused(404, f"no data there; an address of data ends in {', '.join(SUFFIXES)}")
            return await _described_by(desk, request, iri, SUFFIXES[suffix])

        return await _for_programs(request, work)

    return handle


async def _described_by(desk: Desk, request: Request, iri: str, kind: str) -> Reply:
    """Return all that is said of an IRI, by one query or by three whose answers are put together.

    A class or concept is told of without the claims that use it: there may be any number of them.
    """
    if iri.startswith(f"{BASE}res/graf/"):
        try:
            told = await desk.ask(Job(_WHOLE_GRAPH, kind, default_graphs=(iri,), own=True), request)
        except QueryError as error:
            raise RequestRefused(404, str(error)) from error
        return Reply(told.content, FILES[_ENDS[kind]])
    names = ["thing"]
    if iri.startswith((f"{BASE}id/", f"{BASE}res/kalla/")):
        names += ["claims", "sections"]
    answers = [
        await desk.ask(Job(named_query(f"linked/{name}"), kind, {"sak": iri}, own=True), request) for name in names
    ]
    if not any(each.rows for each in answers):
        raise RequestRefused(404, f"nothing is said of {iri}")
    return Reply(_together([each.content for each in answers], kind), FILES[_ENDS[kind]])


def _together(parts: Sequence[bytes], kind: str) -> bytes:
    """Return the union of graphs: Turtle and N-Triples one after the other, JSON-LD in one list of nodes."""
    if kind != "jsonld":
        return b"".join(parts)
    first, *others = (json.loads(each) for each in parts)
    for each in others:
        first["@graph"] += each["@graph"]
    return json.dumps(first, ensure_ascii=False).encode()


async def _for_programs(request: Request, work: Callable[[], Awaitable[Reply]]) -> Response:
    """Return the response of a handler for programs; its errors are problem details."""
    try:
        return respond(await work(), request)
    except ClientDisconnect:
        return Response(status_code=204)
    except KgError as error:
        return error_response(error, "application/json")


async def _identity(request: Request) -> Response:
    """Send whoever looks up an IRI of the graph to the page about it, or to its data: 303, for it names no document."""
    root = request.scope.get("root_path", "").rstrip("/")
    path = request.scope["path"].removeprefix(root).strip("/")
    iri = iri_of(path.removeprefix("id/"))
    kind = choose(request.headers.get("accept", ""), _OFFERED)
    headers = {**OPEN, "Vary": "Accept"}
    if not iri or kind is None:
        wanted = ", ".join(medias[0] for medias in _OFFERED.values())
        return error_response(
            RequestRefused(406 if iri else 404, f"it can be had as {wanted}" if iri else "no such IRI")
        )
    query = f"?{request.scope['query_string'].decode('latin-1')}" if request.scope["query_string"] else ""
    target = page_of(iri) + query if kind == "html" else data_of(iri, _ENDS[kind])
    return RedirectResponse(root + target, 303, headers)


def page_routes(pool: Pool, shelf: Shelf) -> list[BaseRoute]:
    """Return the routes of all pages, for an application that starts the pool; `shelf` holds what they tell of."""
    desk = Desk(pool, shelf)

    async def nothing(_: Request) -> Response:
        return Response(status_code=204, headers={"Cache-Control": "max-age=86400"})

    async def robots(_: Request) -> Response:
        return Response(ROBOTS, media_type="text/plain")

    def lost(country: Country, asked: Asked) -> Reply:
        return not_found(asked, country, asked.path.strip("/")[:200])

    pages: list[tuple[str, Handler]] = [
        ("/", desk.page(start_page)),
        ("/sok", desk.page(search_page)),
        ("/kommun/{name}", desk.page(_municipality)),
        ("/rapport/{name}", desk.page(_report)),
        ("/sida/{path:path}", desk.page(_thing)),
        ("/karta/{name}", desk.page(map_page, keep=True)),
        ("/analys/{name}", desk.page(analysis_page, keep=True)),
        ("/underlag/{name}", desk.page(brief_page, keep=True)),
        ("/skillnader/{earlier}/{later}", desk.page(differences, keep=True)),
        ("/jamfor", desk.page(compare_page, keep=True)),
        ("/luckor", desk.page(gap_list)),
        ("/luckor.{suffix}", desk.page(gap_list, keep=True)),
        ("/fynd/{id:path}", desk.page(finding_page)),
        ("/tackning", desk.page(coverage_page)),
        ("/fraga", _asking(desk)),
        ("/fraga.{suffix}", _asked_file(desk)),
        ("/api", desk.page(_api)),
        ("/openapi.json", desk.page(_described)),
        ("/questions", desk.page(_listed)),
        ("/questions/{name}", _question(desk)),
        ("/data/{path:path}", _data(desk)),
        ("/favicon.ico", nothing),
        ("/robots.txt", robots),
    ]
    identities = [Route(f"/{first}/{{path:path}}", _identity) for first in ("id", *NAMESPACED)]
    identities += [Route(f"/{first}", _identity) for first in NAMESPACED]
    known = [Route(path, handle) for path, handle in pages]
    return [*known, *identities, Route("/{path:path}", desk.page(lost))]
