"""A store answers as the SPARQL 1.1 suites of the W3C want: queries evaluated, syntax taken and refused."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pyoxigraph as ox
import pytest
import rdflib

from kg.door import FORMS, read_query
from kg.errors import QueryError
from kg.store import Rows, Store, open_store
from kg.tokens import token_at
from tests.w3c.answers import Table, read_expected, row_of, same_rows, same_triples
from tests.w3c.manifest import Entry, path_of

DEFAULT = "http://example.org/the-default-graph"


def takes(*kinds: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def mark(test: Callable[..., None]) -> Callable[..., None]:
        test.kinds = kinds  # type: ignore[attr-defined]  read where the tests are made
        return test

    return mark


def store_of(entry: Entry) -> Store:
    """Return a store with the files of an entry, and those that its FROM names by their own IRIs."""
    named = read_query(with_base(entry)).graphs
    files = [(DEFAULT, file) for file in entry.data] + list(entry.graphs) + [(iri, path_of(iri)) for iri in named]
    store = open_store("memory")
    for iri, file in files:
        graph, home = ox.NamedNode(iri), file.resolve().as_uri()
        parsed = ox.parse(path=str(file), base_iri=home, rename_blank_nodes=True)
        store.extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)
    return store


def with_base(entry: Entry) -> str:
    """Return the text of the query, whose relative IRIs lie beside its file."""
    return f"BASE <{entry.query.resolve().as_uri()}>\n" + entry.query.read_text(encoding="utf-8")


def asked(entry: Entry, store: Store) -> str:
    """Return the query with its base, and with the dataset where that is not the union of all graphs."""
    text = with_base(entry)
    if read_query(text).graphs or (not entry.graphs and "GRAPH" not in text.upper()):
        return text
    loaded = {graph for (graph,) in store.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").values()}
    dataset = "".join(f" FROM NAMED <{iri}>" for iri, _ in entry.graphs if iri in loaded)
    dataset += f" FROM <{DEFAULT}>" if DEFAULT in loaded else ""
    place = where_begins(text)
    return f"{text[:place]}{dataset} {text[place:]}" if dataset else text


def where_begins(text: str) -> int:
    """Return where WHERE or its brace stands: the first, or after the template of a CONSTRUCT."""
    place, depth, construct, closed = 0, 0, False, False
    while (token := token_at(text, place)).kind != "END":
        depth += (token.text == "{") - (token.text == "}")
        construct = construct or token.upper == "CONSTRUCT"
        if token.upper == "WHERE" and depth == 0:
            return token.start
        if token.text == "{" and depth == 1 and (not construct or closed):
            return token.start
        closed = closed or (token.text == "}" and depth == 0)
        place = token.end
    raise AssertionError(text)


@takes("QueryEvaluationTest")
def test_a_query_is_answered_as_the_suite_says(entry: Entry) -> None:
    store = store_of(entry)
    answer = store.query(asked(entry, store))
    assert entry.result is not None
    expected = read_expected(entry.result)
    if isinstance(answer, Rows):
        assert isinstance(expected, list)
        found: Table = [row_of(answer.variables, row) for row in answer.rows]
        assert same_rows(found, expected), (found, expected)
    elif isinstance(answer, bool):
        assert answer == expected
    else:
        graph = rdflib.Graph()
        graph.parse(data=ox.serialize(answer, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
        assert isinstance(expected, rdflib.Graph)
        assert same_triples(graph, expected)


@takes("PositiveSyntaxTest11", "PositiveSyntaxTest")
def test_a_text_that_is_right_is_taken(entry: Entry) -> None:
    assert read_query(with_base(entry)).form in FORMS
    with contextlib.suppress(RuntimeError):  # a function that the engine lacks is no error of syntax
        ox.Store().query(with_base(entry))


@takes("NegativeSyntaxTest11", "NegativeSyntaxTest")
def test_a_text_that_is_wrong_is_refused(entry: Entry) -> None:
    with pytest.raises(QueryError):
        open_store("memory").query(entry.query.read_text(encoding="utf-8"))
