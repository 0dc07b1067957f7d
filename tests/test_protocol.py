"""The SPARQL 1.1 Protocol over HTTP: three ways to ask, datasets, formats, and what is refused with its status."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import httpx2 as httpx
import pyoxigraph as ox
import pytest

from kg.server.negotiation import GRAPHS as GRAPH_FORMATS
from kg.server.negotiation import RESULTS
from kg.server.protocol import ALLOW, LARGEST_ADDRESS, LARGEST_BODY
from kg.server.web import make_app
from kg.server.workers import Pool
from tests.served import GRAPHS, build, client, name

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits on memory and signals are not for Windows")

Ask = Callable[..., httpx.Response]
DIRECT, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
DOCUMENTS = f"SELECT ?s {{ ?s a <{name('Document')}> }} ORDER BY ?s"
NAMED = f"SELECT ?s ?g {{ GRAPH ?g {{ ?s a <{name('Document')}> }} }} ORDER BY ?s"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Return a way to ask the endpoint of a small store: a method, a path and what httpx takes besides."""
    with asyncio.Runner() as runner:
        pool = Pool(build(tmp_path_factory.mktemp("protocol") / "store"), workers=1)
        runner.run(pool.start())
        http = client(make_app(pool))

        def asked(method: str = "GET", path: str = "/sparql", **how: Any) -> httpx.Response:
            return runner.run(http.request(method, path, **how))

        try:
            yield asked
        finally:
            runner.run(http.aclose())
            runner.run(pool.stop(0))


def sent(ask: Ask, way: str, query: str, **graphs: list[str]) -> httpx.Response:
    """Send a query by GET, by POST as it is, or by POST in a form, with the graphs of the request."""
    fields = {key.replace("_", "-"): value for key, value in graphs.items()}
    if way == "GET":
        return ask(params={"query": query, **fields})
    if way == "POST":
        return ask("POST", params=fields, content=query.encode(), headers={"Content-Type": DIRECT})
    return ask("POST", data={"query": query, **fields})


def subjects(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["s"]["value"].removeprefix(name("")) for row in response.json()["results"]["bindings"]]


def test_a_query_is_asked_in_three_ways(ask: Ask) -> None:
    for way in ("GET", "POST", "FORM"):
        assert subjects(sent(ask, way, DOCUMENTS)) == list(GRAPHS)
    assert subjects(ask(path="/sparql/", params={"query": DOCUMENTS})) == list(GRAPHS)


def test_head_is_get_without_the_body(ask: Ask) -> None:
    got, head = ask(params={"query": DOCUMENTS}), ask("HEAD", params={"query": DOCUMENTS})
    assert head.status_code == 200
    assert head.content == b""
    for header in ("content-type", "content-length", "x-rows"):
        assert head.headers[header] == got.headers[header]


@pytest.mark.parametrize(
    ("query", "media"),
    [
        ("SELECT ?x { }", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+json"),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", "text/turtle"),
        (f"DESCRIBE <{name('g0')}>", "text/turtle"),
    ],
)
def test_each_form_has_its_content_type(ask: Ask, query: str, media: str) -> None:
    response = ask(params={"query": f"BASE <{name('')}> {query}"})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media


def test_rows_are_written_in_four_formats_that_say_the_same(ask: Ask) -> None:
    optional = f"OPTIONAL {{ ?s <{name('none')}> ?none }}"
    query = f"SELECT ?s ?o ?n ?none {{ ?s <{name('word')}> ?o BIND(1 + 1 AS ?n) {optional} }} ORDER BY ?s LIMIT 3"
    answers = {kind: ask(params={"query": query, "format": kind}) for kind in ("json", "xml", "csv", "tsv")}
    known = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
    rows = {}
    for kind, written in known.items():
        parsed = ox.parse_query_results(answers[kind].content, written)
        assert isinstance(parsed, ox.QuerySolutions)
        assert [each.value for each in parsed.variables] == ["s", "o", "n", "none"]
        rows[kind] = [tuple(row) for row in parsed]
    two = ox.Literal("2", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    words = [ox.Literal(f'ord "{i}", {{}},{{ö', language="sv") for i in range(3)]
    right = [(ox.NamedNode(name(f"n{i:04}")), word, two, None) for i, word in enumerate(words)]
    assert rows == dict.fromkeys(known, right)
    plain = [[term.value if term else "" for term in row] for row in right]
    assert list(csv.reader(io.StringIO(answers["csv"].text))) == [["s", "o", "n", "none"], *plain]
    assert {each.headers["x-rows"] for each in answers.values()} == {"3"}


_ROWS, _TRIPLES = f"SELECT ?s {{ ?s a <{name('Document')}> }}", "CONSTRUCT { <a:a> <a:b> 1 } WHERE {}"


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (_ROWS, "*/*", "application/sparql-results+json"),
        (_ROWS, "application/json", "application/sparql-results+json"),
        (_ROWS, "application/sparql-results+xml", "application/sparql-results+xml"),
        (_ROWS, "text/csv, application/sparql-results+xml;q=0.5", "text/csv"),
        (_ROWS, "text/csv;q=0.1, text/tab-separated-values", "text/tab-separated-values"),
        (_ROWS, "image/png, text/*;q=0.2", "text/csv"),
        (_ROWS, "text/turtle", ""),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        (_TRIPLES, "*/*", "text/turtle"),
        (_TRIPLES, "application/n-triples", "application/n-triples"),
        (_TRIPLES, "application/ld+json", "application/ld+json"),
        (_TRIPLES, "text/csv", ""),
        ("", "application/ld+json", "application/ld+json"),
    ],
)
def test_the_header_decides_how_an_answer_is_written(ask: Ask, query: str, accept: str, media: str) -> None:
    response = ask(params={"query": query} if query else {}, headers={"Accept": accept})
    assert response.status_code == (200 if media else 406), response.text
    assert response.headers["vary"] == "Accept"
    if media:
        assert response.headers["content-type"].partition(";")[0] == media
        begins = {"csv": "s\r\n", "values": "?s\n", "xml": "<?xml", "triples": "<a:a> <a:b>", "json": "{"}
        start = next((text for end, text in begins.items() if media.endswith(end)), "")
        assert response.text.startswith(start)


def test_types_are_read_whatever_their_letters_and_parameters(ask: Ask) -> None:
    for kind in (f"{DIRECT}; charset=utf-8", "Application/SPARQL-Query", f'{DIRECT};charset="UTF-8"'):
        assert subjects(ask("POST", content=DOCUMENTS.encode(), headers={"Content-Type": kind})) == list(GRAPHS)
    form = {"Content-Type": f"{FORM}; charset=UTF-8"}
    assert ask("POST", content=b"query=ASK+%7B%7D", headers=form).json() == {"head": {}, "boolean": True}
    assert ask(path="/sparql?query=ASK+%7B%7D").json() == {"head": {}, "boolean": True}


def test_triples_are_written_in_three_formats_that_say_the_same(ask: Ask) -> None:
    query = f"CONSTRUCT {{ ?s a ?t }} WHERE {{ ?s a ?t }} # {name('x')}"
    known = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}
    found = [
        {quad.triple for quad in ox.parse(ask(params={"query": query, "format": kind}).content, rdf)}
        for kind, rdf in known.items()
    ]
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    right = {ox.Triple(ox.NamedNode(name(each)), kind, ox.NamedNode(name("Document"))) for each in GRAPHS}
    assert found == [right] * 3


def test_the_format_of_the_address_goes_before_the_header(ask: Ask) -> None:
    response = ask(params={"query": "ASK {}", "format": "xml"}, headers={"Accept": "application/sparql-results+json"})
    assert response.headers["content-type"].startswith("application/sparql-results+xml")


def test_a_format_that_nobody_knows_or_that_does_not_fit_is_told(ask: Ask) -> None:
    unknown = ask(params={"query": "ASK {}", "format": "parquet"})
    assert unknown.status_code == 400
    assert "json, xml, csv, tsv" in unknown.text
    assert ask(params={"query": "ASK {}", "format": "turtle"}).status_code == 406
    assert ask(params={"query": "ASK {}"}, headers={"Accept": "image/png"}).status_code == 406


def test_the_default_graph_is_the_union_of_all(ask: Ask) -> None:
    assert subjects(ask(params={"query": DOCUMENTS})) == list(GRAPHS)
    assert subjects(ask(params={"query": NAMED})) == list(GRAPHS)


@pytest.mark.parametrize("way", ["GET", "POST", "FORM"])
def test_default_graphs_of_the_request_are_merged(ask: Ask, way: str) -> None:
    assert subjects(sent(ask, way, DOCUMENTS, default_graph_uri=[name("g0")])) == ["g0"]
    assert subjects(sent(ask, way, DOCUMENTS, default_graph_uri=[name("g0"), name("g2")])) == ["g0", "g2"]
    assert subjects(sent(ask, way, NAMED, default_graph_uri=[name("g0")])) == []


def test_named_graphs_of_the_request_are_all_there_are(ask: Ask) -> None:
    asked = {"query": NAMED, "named-graph-uri": [name("g1"), name("g2")]}
    assert subjects(ask(params=asked)) == ["g1", "g2"]
    assert subjects(ask(params={**asked, "query": DOCUMENTS})) == []


def test_a_request_may_name_both_parts_of_the_dataset(ask: Ask) -> None:
    both = {"default-graph-uri": name("g0"), "named-graph-uri": name("g1")}
    assert subjects(ask(params={"query": DOCUMENTS, **both})) == ["g0"]
    assert subjects(ask(params={"query": NAMED, **both})) == ["g1"]


def test_the_dataset_of_the_query_is_what_is_asked(ask: Ask) -> None:
    body = f"{{ ?s a <{name('Document')}> }} ORDER BY ?s"
    assert subjects(ask(params={"query": f"SELECT ?s FROM <{name('g1')}> {body}"})) == ["g1"]
    query = f"SELECT ?s FROM NAMED <{name('g2')}> {{ GRAPH ?g {body.partition(' ORDER')[0]} }}"
    assert subjects(ask(params={"query": query})) == ["g2"]


def test_the_dataset_of_the_request_goes_before_that_of_the_query(ask: Ask) -> None:
    query = f"SELECT ?s FROM <{name('g1')}> {{ ?s a <{name('Document')}> }}"
    assert subjects(ask(params={"query": query, "default-graph-uri": name("g2")})) == ["g2"]


@pytest.mark.parametrize("field", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_is_not_loaded_is_refused_and_not_fetched(ask: Ask, field: str) -> None:
    response = ask(params={"query": DOCUMENTS, field: "http://127.0.0.1:9/graf"})
    assert response.status_code == 400
    assert "http://127.0.0.1:9/graf" in response.text


def test_nothing_reaches_out_of_the_store(ask: Ask) -> None:
    for query in (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:9/graf> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
    ):
        response = ask(params={"query": query})
        assert response.status_code == 400
        assert "SERVICE" in response.text if "SERVICE" in query else "is not loaded" in response.text


@pytest.mark.parametrize("update", ["", "CLEAR ALL", "CLEAR XYZ"])
def test_an_update_is_refused_whichever_way_it_is_sent(ask: Ask, update: str) -> None:
    kind = {"Content-Type": "application/sparql-update"}
    assert ask("POST", content=update.encode(), headers=kind).status_code == 403
    assert ask("POST", content=f"update={update}".encode(), headers={"Content-Type": FORM}).status_code == 403
    assert ask(params={"update": update}).status_code == 403
    assert ask(params={"query": update or "INSERT DATA { <a:b> <a:c> 1 }"}).status_code == 400
    assert subjects(ask(params={"query": DOCUMENTS})) == list(GRAPHS)


@pytest.mark.parametrize("content", ["ASK {}", "query=ASK%20%7B%7D"])
@pytest.mark.parametrize("content_type", ["", "text/plain", "application/json", f"{DIRECT}; charset=latin-1"])
def test_a_body_of_another_type_is_415(ask: Ask, content: str, content_type: str) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    assert ask("POST", content=content.encode(), headers=headers).status_code == 415


def test_a_query_that_is_no_utf_8_is_refused(ask: Ask) -> None:
    latin = 'ASK { ?s ?p "å" }'.encode("latin-1")
    assert ask("POST", content=latin, headers={"Content-Type": DIRECT}).status_code == 400
    assert ask("POST", content=b"query=ASK%20%7B%E5%7D", headers={"Content-Type": FORM}).status_code == 400
    assert ask(path="/sparql?query=ASK%20%7B%E5%7D").status_code == 400


def test_no_query_by_post_is_400(ask: Ask) -> None:
    response = ask("POST", content=b"format=json", headers={"Content-Type": FORM})
    assert response.status_code == 400
    assert "query is missing" in response.text


def test_two_queries_are_one_too_many(ask: Ask) -> None:
    assert ask(params={"query": ["ASK {}", "ASK {}"]}).status_code == 400
    both = ask("POST", params={"query": "ASK {}"}, content=b"ASK {}", headers={"Content-Type": DIRECT})
    assert both.status_code == 400


def test_a_query_that_does_not_parse_is_400_in_one_sentence(ask: Ask) -> None:
    response = ask(params={"query": "SELECT ?s WHERE { ?s ?p "})
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/plain")
    assert len(response.text.strip().splitlines()) == 1
    assert "Traceback" not in response.text


def test_whoever_asks_for_json_is_told_errors_in_json(ask: Ask) -> None:
    response = ask(params={"query": "SELECT"}, headers={"Accept": "application/sparql-results+json"})
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("application/problem+json")
    told = json.loads(response.text)
    assert told["status"] == 400
    assert told["detail"]


def test_an_address_or_a_body_that_is_too_long_is_refused(ask: Ask) -> None:
    assert ask(params={"query": f"ASK {{}} #{'x' * LARGEST_ADDRESS}"}).status_code == 414
    long = f"ASK {{}} #{'x' * LARGEST_BODY}".encode()
    assert ask("POST", content=long, headers={"Content-Type": DIRECT}).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_another_method_is_405_and_told_which_would_do(ask: Ask, method: str) -> None:
    response = ask(method, params={"query": "ASK {}"})
    assert response.status_code == 405
    assert response.headers["allow"] == ALLOW


def test_a_page_of_any_origin_may_ask(ask: Ask) -> None:
    before = ask("OPTIONS", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
    assert before.status_code == 204
    assert {"GET", "POST"} <= set(before.headers["access-control-allow-methods"].split(", "))
    assert "Content-Type" in before.headers["access-control-allow-headers"]
    for response in (before, ask(params={"query": "ASK {}"}), ask(params={"query": "SELECT"})):
        assert response.headers["access-control-allow-origin"] == "*"


def test_without_a_query_the_service_describes_itself(ask: Ask) -> None:
    response = ask(headers={"Accept": "application/n-triples"})
    assert response.status_code == 200
    described = [quad.triple for quad in ox.parse(response.content, ox.RdfFormat.N_TRIPLES)]
    sd = "http://www.w3.org/ns/sparql-service-description#"
    named = {each.object.value for each in described if each.predicate.value == f"{sd}name"}
    assert named == {name(each) for each in GRAPHS}
    told: dict[str, set[str]] = {}
    for each in described:
        told.setdefault(each.predicate.value.removeprefix(sd), set()).add(each.object.value)
    assert told["endpoint"] == {"http://kg.example/sparql"}
    assert told["supportedLanguage"] == {f"{sd}SPARQL11Query"}
    assert told["feature"] == {f"{sd}UnionDefaultGraph"}
    assert len(told["resultFormat"]) == len(RESULTS) + len(GRAPH_FORMATS)


def test_health_tells_what_is_served(ask: Ask) -> None:
    response = ask(path="/health")
    assert response.status_code == 200
    told = response.json()
    assert told["ok"] is True
    assert told["graphs"] == len(GRAPHS)
    assert told["workers"] >= 1
