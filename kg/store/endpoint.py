"""A SPARQL 1.1 endpoint as the engine of a store: the same queries over HTTP, answered in JSON alone.

CSV and TSV end anywhere without an error; a JSON answer that breaks off does not parse. Triples come as N-Triples,
taken only where the answer tells its own length.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from kg.errors import EndpointError, QueryError
from kg.resources import queries_dir
from kg.store.access import Address, Credentials, Limits
from kg.store.local import Local
from kg.store.rows import Graph, Rows, Value
from kg.store.transport import Body, Transport

__all__ = ["Endpoint", "own_graph"]

JSON, TRIPLES = "application/sparql-results+json", "application/n-triples"
_XSD_BOOLEAN: Final = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
_TRUTHS: Final = {"1": ox.Literal("true", datatype=_XSD_BOOLEAN), "0": ox.Literal("false", datatype=_XSD_BOOLEAN)}
_ENGINES_OWN: Final = ("http://www.openlinksw.com/", "http://localuriqaserver/", "http://www.w3.org/ns/ldp#")
_PROLOGUE: Final = re.compile(r"\s*(?:(?:#[^\n]*|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)\s*)*", re.IGNORECASE)
_LIMIT: Final = re.compile(r"(?<![\w?$:.-])LIMIT(?![\w:-])", re.IGNORECASE)


def own_graph(graph: str) -> bool:
    """Whether a graph is the engine's own and nobody's data: Virtuoso keeps some.

    >>> own_graph("http://www.openlinksw.com/schemas/virtrdf#"), own_graph("https://w3id.org/forebygg/res/graf/normer")
    (True, False)
    """
    return graph.startswith(_ENGINES_OWN)


class Endpoint:
    """A SPARQL 1.1 endpoint that is asked over HTTP."""

    def __init__(
        self, address: Address, credentials: Credentials | None = None, limits: Limits | None = None, **testing: Any
    ) -> None:
        self.transport = Transport(address, credentials, limits, **testing)
        self._grammar = Local()

    @property
    def shown(self) -> str:
        """The address as it may be printed."""
        return self.transport.address.shown

    def __len__(self) -> int:
        return sum(self.graphs().values())

    def graphs(self) -> dict[str, int]:
        """Return how many triples each named graph holds, without those that are the engine's own."""
        with self.reading():
            rows = Rows(("graf", "antal"), tuple(self._select(_text("network/graphs"))))
        return {graph: int(count) for graph, count in rows.values() if not own_graph(graph)}

    def answer(self, query: str, *, named: bool = False) -> ox.QueryBoolean | Graph | Streamed:
        """Send a query; raises `QueryError` where it does not parse, `EndpointError` where the answer is not whole.

        What its FROM names the endpoint reads itself, `named` or not. The text is read by our own grammar first: that
        tells its form, and the same texts are refused everywhere.
        """
        form = self._form(query)
        if form == "triples":
            return self._triples(query)
        body = self._ask(query)
        return self._truth(body) if form == "truth" else Streamed(self, query, body)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Raise `EndpointError` for what cannot be read of an answer within."""
        try:
            yield
        except SyntaxError as error:
            raise EndpointError(
                f"the answer of {self.shown} broke off or is no SPARQL JSON ({error.msg}); nothing is used"
            ) from error

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad, graph by graph, without those of the engine's own graphs."""
        for graph in self.graphs():
            for triple in self.graph(graph):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))

    def graph(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of one named graph, as they come."""
        from kg.store.binding import bind  # noqa: PLC0415  beside its only use

        with self.reading():
            for _, subject, predicate, value in self._select(bind(_text("network/graph"), {"graf": graph})):
                yield ox.Triple(
                    cast("ox.NamedNode", subject), cast("ox.NamedNode", predicate), cast("ox.Literal", value)
                )

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Refuse; what is published is counted and reported by `kg.store.publishing`."""
        raise EndpointError(f"{self.shown} is only read here; triples are published with: kg load FILES --store URL")

    def close(self) -> None:
        """Close the connection."""
        self.transport.close()

    def count(self, query: str) -> int:
        """Return how many rows a SELECT has, counted by the endpoint."""
        head = _PROLOGUE.match(query)
        start = head.end() if head else 0
        counting = f"{query[:start]}\nSELECT (COUNT(*) AS ?forebygg_n) WHERE {{ {{ {query[start:]} }} }}"
        rows = Rows(("n",), tuple(self._select(counting)))
        return int(next(rows.values())[0])

    def _form(self, query: str) -> str:
        """Return what a query asks for: `rows`, `truth` or `triples`; raises `QueryError` where it does not parse.

        What pyoxigraph returns stays in here: its rows may not outlive this thread in the traceback of an error.
        """
        with self._grammar.reading():
            answer = self._grammar.answer(query)
        if isinstance(answer, ox.QueryTriples):
            return "triples"
        return "truth" if isinstance(answer, ox.QueryBoolean) else "rows"

    def _select(self, query: str) -> Streamed:
        return Streamed(self, query, self._ask(query))

    def _ask(self, query: str) -> Body:
        body = self.transport.post({"query": query}, accept=JSON)
        if body.kind not in {JSON, "application/json"}:
            body.close()
            raise EndpointError(
                f"{self.shown} answers {body.kind[:60] or 'nothing'}, not SPARQL JSON; is it an endpoint?"
            )
        return body

    def _truth(self, body: Body) -> ox.QueryBoolean:
        """Return a truth value; Virtuoso gives it as one row of one number, or none."""
        with _closed_after_error(body):
            said = _truths(_parsed(body))
            body.read()
        if said not in (["0"], ["1"]):
            raise EndpointError(f"{self.shown} answers an ASK with neither yes nor no")
        return cast("ox.QueryBoolean", _parsed('{"head":{},"boolean":%s}' % ("true" if said == ["1"] else "false")))

    def _triples(self, query: str) -> Graph:
        body = self.transport.post({"query": query}, accept=TRIPLES)
        if body.kind not in {TRIPLES, "text/ntriples", "text/plain"} or not body.framed:
            body.close()
            raise EndpointError(
                f"{self.shown} answers {body.kind[:60] or 'nothing'}; N-Triples of a told length are asked for, since "
                "triples that break off look whole"
            )
        content = body.read()
        if content.strip() and not content.endswith(b"\n"):
            raise EndpointError(f"the answer of {self.shown} broke off; nothing is used")
        return [quad.triple for quad in ox.parse(content, ox.RdfFormat.N_TRIPLES)]


class Streamed:
    """The rows of a SELECT as they come; an answer that is not whole raises before its end is told."""

    def __init__(self, endpoint: Endpoint, query: str, body: Body) -> None:
        self._endpoint, self._query, self._body = endpoint, query, body
        with _closed_after_error(body), endpoint.reading():
            parsed = _parsed(body)
        if not isinstance(parsed, ox.QuerySolutions):
            body.close()
            raise EndpointError(f"{endpoint.shown} answers a SELECT with a truth value")
        self._parsed: Iterable[ox.QuerySolution] = parsed
        self.variables = parsed.variables

    def __iter__(self) -> Iterator[tuple[Value | None, ...]]:
        most, count = self._endpoint.transport.limits.rows, 0
        try:
            for row in self._taken():
                count += 1
                if count > most:
                    told = self._endpoint.shown
                    raise EndpointError(
                        f"the answer of {told} has more than {most} rows; raise it with --endpoint rows=N"
                    )
                yield tuple(_plain(term) for term in row)
            self._body.read()
        finally:
            self._body.close()
        self._counted(count)

    def _taken(self) -> Iterable[ox.QuerySolution]:
        """Return the rows and forget them, as `Endpoint._form` does."""
        parsed, self._parsed = self._parsed, ()
        return parsed

    def serialize(self, *, format: ox.QueryResultsFormat) -> bytes | None:  # noqa: A002  pyoxigraph's word
        """Return the rows as SPARQL results, once all of them have been read."""
        names = [variable.value for variable in self.variables]
        bindings = [
            {name: _as_json(term) for name, term in zip(names, row, strict=True) if term is not None} for row in self
        ]
        whole = {"head": {"vars": names}, "results": {"bindings": bindings}}
        return _parsed(json.dumps(whole)).serialize(format=format)

    def _counted(self, count: int) -> None:
        """Raise `EndpointError` where the endpoint gave fewer rows than there are.

        Some cut an answer without a word, at a round number; then the rows are counted by the endpoint itself.
        """
        if count < 100 or (count % 100 and count & (count - 1)) or _LIMIT.search(self._query):
            return
        there = self._endpoint.count(self._query)
        if there != count:
            raise EndpointError(
                f"{self._endpoint.shown} gave {count} of {there} rows; raise its limit on the rows of an answer"
            )


@contextmanager
def _closed_after_error(body: Body) -> Iterator[None]:
    """Close a body where reading it fails."""
    try:
        yield
    except BaseException:
        body.close()
        raise


def _truths(parsed: ox.QuerySolutions | ox.QueryBoolean) -> list[str]:
    if isinstance(parsed, ox.QueryBoolean):
        return ["1" if parsed else "0"]
    if [each.value for each in parsed.variables] == ["__ASK_RETVAL"]:
        return [each[0].value for each in parsed] or ["0"]  # Virtuoso: one row of 1, or none
    return [term.value for row in parsed for term in row if isinstance(term, ox.Literal)]


def _text(name: str) -> str:
    return (queries_dir() / f"{name}.rq").read_text(encoding="utf-8")


def _plain(term: Value | None) -> Value | None:
    """Return a truth value in its usual words; Virtuoso writes 1 and 0."""
    if isinstance(term, ox.Literal) and term.value in _TRUTHS and term.datatype == _XSD_BOOLEAN:
        return _TRUTHS[term.value]
    return term


def _parsed(content: Body | str) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return the answer in a JSON text, or in a body that is read as a file while its rows are."""
    return ox.parse_query_results(cast("IO[bytes] | str", content), ox.QueryResultsFormat.JSON)


def _as_json(term: Value) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        raise QueryError("the answer holds a triple as a term, which cannot be written here")
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
