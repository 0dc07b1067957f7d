"""Which content type a request takes, and what a query text is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.server.errors import RequestRefused
from kg.server.forms import form_of
from kg.server.negotiation import GRAPHS, RESULTS, Wanted, accepts, choose, parse_accept
from kg.server.protocol import read_request


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/*", "csv"),
        ("application/*;q=0.2, text/csv;q=0.1", "json"),
        ("text/csv;q=0.5, text/tab-separated-values", "tsv"),
        ("text/csv;q=0, */*;q=0.1", "json"),
        ("application/sparql-results+json;q=0, application/*", "xml"),
        ("application/sparql-results+xml;charset=utf-8;q=0.9, image/png", "xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "xml"),
        ("*/*, text/csv", "csv"),
        ("*/*;q=0", None),
        ("image/png, text/turtle", None),
        ("nonsense", "json"),
        ("text/csv;q=many", "json"),
    ],
)
def test_the_accept_header_chooses_how_rows_are_written(header: str, kind: str | None) -> None:
    assert choose(header, RESULTS) == kind


@pytest.mark.parametrize(
    ("header", "kind"),
    [("", "turtle"), ("application/ld+json", "jsonld"), ("text/plain", "ntriples"), ("text/csv", None)],
)
def test_the_accept_header_chooses_how_triples_are_written(header: str, kind: str | None) -> None:
    assert choose(header, GRAPHS) == kind


def test_what_cannot_be_read_of_an_accept_header_is_left_out() -> None:
    header = "text/, /csv, */csv, text/csv;q=1.5, text/csv;q=-1, text/csv;q=, a/b;q=0.25;x=1, ;, "
    assert parse_accept(header) == (Wanted("a", "b", 0.25),)


def test_only_a_type_that_is_named_itself_is_named() -> None:
    assert accepts("text/html, */*;q=0.1", "text/html")
    assert not accepts("*/*", "text/html")
    assert not accepts("text/html;q=0", "text/html")


@given(st.text(max_size=80))
def test_any_header_gives_a_kind_or_none(header: str) -> None:
    assert choose(header, RESULTS) in {*RESULTS, None}


RANGES = st.sampled_from(["*/*", "text/*", "text/csv", "application/json", "application/sparql-results+xml"])


@given(st.lists(st.tuples(RANGES, st.integers(1, 10)), min_size=1, max_size=5, unique_by=lambda each: each[0]))
def test_the_order_of_the_header_means_nothing(ranges: list[tuple[str, int]]) -> None:
    parts = [f"{media};q={weight / 10}" for media, weight in ranges]
    assert choose(",".join(parts), RESULTS) == choose(",".join(reversed(parts)), RESULTS)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("  aSk{}", "ASK"),
        ("BASE <http://e/construct> PREFIX ask: <http://e/> DESCRIBE ask:x", "DESCRIBE"),
        ("# SELECT\nCONSTRUCT { ?ask ?p 'SELECT' } WHERE { ?ask ?p ?o }", "CONSTRUCT"),
        ("PREFIX # CONSTRUCT\n a.b-c:\n<http://e/> ask{}", "ASK"),
        ("\ufeffVERSION '1.1' ASK{}", "ASK"),
        ("ASKING {}", ""),
        ("<http://e/" * 9, ""),
        ("PREFIX select:<http://e/>\nASK{?s select:ask ?o}", "ASK"),
        ("PREFIX :<http://e/>ASK{}", "ASK"),
        ("", ""),
        ("INSERT DATA { }", ""),
        ("\\UFFFFFFFF", ""),
        ('"""' + '\\"""' * 100_000, ""),
    ],
)
def test_the_form_of_a_query_is_told_without_parsing_it(text: str, form: str) -> None:
    assert form_of(text) == form


PIECES = [
    "query=",
    "update=",
    "format=",
    "default-graph-uri=",
    "&",
    "=",
    ";",
    "%",
    "%FF",
    "%00",
    "+",
    "ASK{}",
    "\ufeff",
    "turtle",
    "json",
]
TYPES = ["", "application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update", "text/plain"]
TYPES += ["application/sparql-query; charset=utf-16", 'application/sparql-query; charset="UTF-8"; x', ";;", "a;charset"]
ACCEPTS = ["", "*/*", "text/html", "text/turtle"]
SENT = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@given(
    st.sampled_from(["GET", "HEAD", "POST", "PUT"]),
    SENT,
    st.fixed_dictionaries({"content-type": st.sampled_from(TYPES), "accept": st.sampled_from(ACCEPTS)}),
    SENT.map(str.encode) | st.binary(max_size=40),
)
def test_any_request_is_understood_or_refused_with_a_status(
    method: str, query: str, headers: dict[str, str], body: bytes
) -> None:
    try:
        asked = read_request(method, query, headers, body)
    except RequestRefused as error:
        status = error.status
    else:
        status = 200
        assert asked.job is None or asked.job.kind == asked.kind
        assert asked.media in {media for medias in (*RESULTS.values(), *GRAPHS.values()) for media in medias}
    assert status == 405 if method == "PUT" else status == 200 or 400 <= status < 500
