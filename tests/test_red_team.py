"""Nothing that comes in by a query or a file reaches out: a listener on loopback counts, and nobody comes."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.cli import _run
from kg.door import refuse_outside
from kg.errors import KgError, QueryError
from kg.server.web import make_app
from kg.server.workers import Pool
from kg.store import Store, open_store, read_quads
from kg.store.opening import open_endpoint
from tests.reaching import HARMLESS, OTHER_WAYS, REACHING, Listener
from tests.served import build, client
from tests.site import Site, write_own

REFUSED = {**REACHING, **OTHER_WAYS}
WAYS_IN: dict[str, Callable[[Store, str], object]] = {
    "query": lambda store, text: store.query(text),
    "select": lambda store, text: store.select(text),
    "cells": lambda store, text: list(store.cells(text)),
    "ask": lambda store, text: store.ask(text),
    "construct": lambda store, text: store.construct(text),
    "serialize": lambda store, text: store.serialize(text, "json"),
}


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    opened = Listener()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("red") / "store", things=3)


@pytest.fixture
def nobody_comes(listener: Listener) -> Iterator[None]:
    before = listener.came
    yield
    assert listener.came == before


def read_all(answer: object) -> None:
    if not isinstance(answer, ox.QueryBoolean):
        assert isinstance(answer, ox.QuerySolutions | ox.QueryTriples)
        list(answer)


@pytest.mark.parametrize("way", REACHING)
def test_the_engine_alone_reaches_out(listener: Listener, way: str) -> None:
    """What makes the other tests worth something: each of these texts is a real way out."""
    store = ox.Store()
    thing, truth = (
        ox.NamedNode("http://h:"),
        ox.Literal("true", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")),
    )
    values = [
        ox.NamedNode(listener.text("URLb.c")),
        ox.NamedNode("http://e/#"),
        truth,
        thing,
        ox.Literal(1),
        ox.Literal(7),
        ox.Literal("x"),
    ]
    store.extend(ox.Quad(thing, thing, value, graph) for value in values for graph in (ox.DefaultGraph(), thing))
    before = listener.came
    with contextlib.suppress(OSError, RuntimeError):
        read_all(store.query(listener.text(REACHING[way])))
    assert listener.came > before


@pytest.mark.usefixtures("nobody_comes")
@pytest.mark.parametrize("way", REFUSED)
def test_it_is_refused_at_the_door(listener: Listener, way: str) -> None:
    with pytest.raises(QueryError):
        refuse_outside(listener.text(REFUSED[way]), lambda: {"urn:loaded"})


@pytest.mark.usefixtures("nobody_comes")
@pytest.mark.parametrize("way_in", WAYS_IN)
def test_it_is_refused_by_a_store_in_memory_and_in_a_folder(listener: Listener, folder: Path, way_in: str) -> None:
    for store in (open_store("memory"), open_store(folder)):
        for template in REFUSED.values():
            with pytest.raises(QueryError):
                WAYS_IN[way_in](store, listener.text(template))


@pytest.mark.usefixtures("nobody_comes")
def test_what_only_looks_like_it_is_answered(listener: Listener, folder: Path) -> None:
    for store in (open_store(folder), build_memory()):
        for template in HARMLESS.values():
            store.query(listener.text(template))


@pytest.mark.usefixtures("nobody_comes")
def test_an_endpoint_elsewhere_never_sees_it(listener: Listener) -> None:
    store = open_endpoint(listener.text("URLsparql"), check=False)
    for way, template in REFUSED.items():
        if "from" not in way:  # to know which graphs are loaded there, it would have to be asked
            with pytest.raises(QueryError):
                store.query(listener.text(template))


def build_memory() -> Store:
    store = open_store("memory")
    store.extend([ox.Quad(*(ox.NamedNode(f"http://example.org/{each}") for each in ("s", "p", "o", "g0")))])
    return store


@pytest.mark.usefixtures("nobody_comes")
def test_it_is_refused_by_the_command_as_text_and_as_file(
    listener: Listener, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "asked.rq"
    for way, template in REFUSED.items():
        text = listener.text(template)
        file.write_bytes(text.encode("utf-8"))
        assert _run(["query", "--store", str(folder), str(file)]) == 2, way
        if "{" in text and "\0" not in text:
            assert _run(["query", "--store", str(folder), text]) == 2, way
    assert capfd.readouterr().out == ""


@pytest.mark.usefixtures("nobody_comes")
def test_it_is_refused_by_the_endpoint_however_it_is_sent(listener: Listener, folder: Path) -> None:
    async def ask() -> None:
        pool = Pool(folder, workers=1)
        await pool.start()
        try:
            async with client(make_app(pool)) as user:
                for way, template in REFUSED.items():
                    text = listener.text(template)
                    for answer in (
                        await user.get("/sparql", params={"query": text}),
                        await user.post("/sparql", data={"query": text}),
                        await user.post(
                            "/sparql", content=text.encode(), headers={"Content-Type": "application/sparql-query"}
                        ),
                    ):
                        assert 400 <= answer.status_code < 500, (way, answer.status_code, answer.text)
                for way, template in HARMLESS.items():
                    answer = await user.get("/sparql", params={"query": listener.text(template)})
                    assert answer.status_code == 200, (way, answer.text)
                for key in ("default-graph-uri", "named-graph-uri"):
                    for iri in (listener.text("URL"), "file:///etc/passwd"):
                        answer = await user.get("/sparql", params={"query": "ASK {}", key: iri})
                        assert answer.status_code == 400
        finally:
            await pool.stop()

    asyncio.run(ask())


@pytest.mark.usefixtures("nobody_comes")
def test_it_is_refused_by_the_page_to_ask_on_and_by_the_parameters_of_questions(
    listener: Listener, tmp_path: Path
) -> None:
    with Site(write_own(tmp_path)).running() as site:
        for way, template in REFUSED.items():
            text = quote(listener.text(template))
            for path in (
                f"/fraga?q={text}",
                f"/fraga.json?q={text}",
                f"/questions/cq02-forums-by-level.json?kommun={text}",
            ):
                assert site.get(path).status_code in {400, 404}, (way, path)


FILES = {
    "context.jsonld": json.dumps({"@context": "URL", "@id": "urn:a", "name": "x"}),
    "import.jsonld": json.dumps({"@context": {"@import": "URL"}, "@id": "urn:a", "urn:b": "x"}),
    "entity.rdf": '<!DOCTYPE r [<!ENTITY e SYSTEM "URL">]><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<r:Description r:about="urn:a"><x xmlns="urn:x:">&e;</x></r:Description></r:RDF>',
    "dtd.rdf": '<!DOCTYPE r SYSTEM "URL"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "imports.ttl": "<URL> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <URLa> .",
    "base.ttl": "@base <URL> . <> <http://www.w3.org/2000/01/rdf-schema#seeAlso> <a> .",
}


@pytest.mark.usefixtures("nobody_comes")
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_names_another_is_read_alone_or_refused(listener: Listener, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(listener.text(FILES[name]), encoding="utf-8")
    try:
        read_quads(file)
    except KgError:
        assert name.endswith((".jsonld", ".rdf"))
