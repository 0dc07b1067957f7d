"""The site on the shipped graph and a hostile folder of somebody's own, asked without a socket."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from kg.cache import open_shipped, read_shipped
from kg.server.data import serve_from
from kg.server.jobs import Limits
from kg.server.pages import Shelf, page_routes
from kg.server.web import make_app
from kg.server.workers import Pool

HOSTILE = "<script>window.hacked = 1</script>\"'><img src=x onerror=window.hacked=1>{{ 7*7 }}"
"""A name that must come out as letters wherever it is told."""

_OWN = """\
@prefix aktorstyp: <https://w3id.org/forebygg/def/aktorstyp/> .
@prefix fb: <https://w3id.org/forebygg/spec/> .
@prefix forumtyp: <https://w3id.org/forebygg/def/forumtyp/> .
@prefix full: <https://w3id.org/forebygg/def/fullstandighet/> .
@prefix id: <https://w3id.org/forebygg/id/> .
@prefix kalla: <https://w3id.org/forebygg/res/kalla/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix visshet: <https://w3id.org/forebygg/def/visshet/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/forebygg/> .

<res/graf/ale-2023> {{
<id/kommun/1440> a fb:Municipality ; skos:prefLabel "Ale kommun"@sv ; fb:municipalityCode "1440" .
<res/kalla/ale-2023> a fb:Source ; skos:prefLabel "Ale 2023 {name}"@sv ; dcterms:title "{name}"@sv ;
    fb:observedOn "2023-05-01"^^xsd:date ; fb:municipality <id/kommun/1440> .
<res/kalla/ale-2023/avsnitt/1> a fb:SourceSection ; skos:prefLabel "{name}"@sv ; fb:sectionNumber "1" ;
    dcterms:isPartOf <res/kalla/ale-2023> .
<id/forum/1440/radet> a fb:Forum ; skos:prefLabel "Rådet {name}"@sv ; skos:altLabel "{name}"@sv ;
    fb:forumType forumtyp:bra ; fb:municipality <id/kommun/1440> .
<id/org/1440/enheten> a fb:Unit ; skos:prefLabel "Enheten {name}"@sv ; fb:actorType aktorstyp:skola ;
    fb:municipality <id/kommun/1440> .
<id/utsaga/ale-2023/b-radet> a fb:ForumDescription ; fb:describesForum <id/forum/1440/radet> ;
    fb:listingCompleteness full:fullstandig ; fb:listedMembers 1 ; fb:listsMembership <id/utsaga/ale-2023/m-radet> ;
    fb:asStated "{name}"@sv ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom <res/kalla/ale-2023/avsnitt/1> .
<id/utsaga/ale-2023/m-radet> a fb:ForumMembership ; org:member <id/org/1440/enheten> ;
    org:organization <id/forum/1440/radet> ; fb:asStated "{name}"@sv ; fb:certainty visshet:uttalad ;
    prov:wasDerivedFrom <res/kalla/ale-2023/avsnitt/1> .
}}
"""


def write_own(folder: Path, name: str = HOSTILE) -> Path:
    """Write a municipality whose every name is `name`, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    (folder / "ale.trig").write_text(_OWN.format(name=escaped), encoding="utf-8")
    return folder


class Site:
    """An application in an event loop of its own; `get` asks it for an address and follows nothing."""

    def __init__(self, folder: Path) -> None:
        self.folders = (folder,)
        self.shelf = Shelf(lambda: read_shipped(self.folders))
        self._served = serve_from(open_shipped(self.folders))
        self.pool = Pool(self._served.folder, key=self._served.key, workers=1, limits=Limits(rows=20_000))
        self.routes = page_routes(self.pool, self.shelf)
        self.app = make_app(self.pool, routes=self.routes, grace=0.1)
        self.mounted = Starlette(routes=[Mount("/under", routes=self.routes)])

    def get(self, path: str, accept: str = "text/html", *, mounted: bool = False, **headers: str) -> httpx.Response:
        """Return the response to a GET."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.mounted if mounted else self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://kg.example") as client:
                return await client.get(path, headers={"Accept": accept, **headers})

        return self._run(ask())

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(120)

    @contextmanager
    def running(self) -> Iterator[Site]:
        """Run the loop and the pool for the time of a `with` block."""
        self._loop = asyncio.new_event_loop()
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        self._run(self.pool.start())
        try:
            yield self
        finally:
            self._run(self.pool.stop(0.1))
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(10)
            self._loop.close()
