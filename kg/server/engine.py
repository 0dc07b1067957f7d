"""Answer one job from a folder store, whole and within its limits; runs in a worker and nowhere else."""

from __future__ import annotations

import io
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.door import refuse_outside
from kg.errors import LocationError, QueryError
from kg.namespaces import BASE, NAMESPACES
from kg.server.errors import TooLarge, TooManyRows
from kg.server.jobs import GRAPH_KINDS, RESULT_KINDS, Job, Limits
from kg.store import bind
from kg.store.binding import only_iris

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

__all__ = ["Engine", "count_rows"]

_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES}
_MORE = {"sd": "http://www.w3.org/ns/sparql-service-description#", "format": "http://www.w3.org/ns/formats/"}
"""Prefixes of what the server says of itself."""

_JSON_STRING = re.compile(rb'"(?:[^"\\]+|\\.)*"')
_JSON_ROW = re.compile(rb"[\[,]\{(?::\{|\})")
_CSV_QUOTED = re.compile(rb'"[^"]*"')
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class _Bounded(io.BytesIO):
    """Bytes that refuse to grow beyond the limit, so that the engine stops where the answer is too large."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._left = limits.answer_megabytes * 1_000_000
        self._limits = limits

    def write(self, content: Buffer, /) -> int:
        """Write, or raise `TooLarge`."""
        written = super().write(content)
        self._left -= written
        if self._left < 0:
            raise TooLarge(self._limits)
        return written


def count_rows(content: bytes, kind: str) -> int:
    r"""Return how many rows the results of a SELECT hold, read from the bytes that the engine wrote.

    >>> count_rows(b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":",{}"}},{}]}}', "json")
    2
    >>> count_rows(b'x\r\n"a\r\nb"\r\n', "csv"), count_rows(b"?x\n\n\n", "tsv")
    (1, 2)
    """
    if kind == "json":
        if b"{}" in content:
            return len(_JSON_ROW.findall(_JSON_STRING.sub(b"", content)))
        # every quote within a text is escaped: after },{ one opens the name of a variable, or closes a text
        closing = content.count(b'},{"}') + content.count(b'},{",')
        return (b'"bindings":[{' in content) + content.count(b'},{"') - closing
    if kind == "xml":
        return content.count(b"<result>")
    if kind == "csv":
        return _CSV_QUOTED.sub(b"", content).count(b"\n") - 1
    return content.count(b"\n") - 1


class Engine:
    """A folder store, opened read-only, that answers jobs."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "CURRENT").is_file():
            raise LocationError(f"{folder} holds no store; make one with: kg load FILES --store {folder}")
        try:
            self._store = ox.Store.read_only(str(folder))
        except (OSError, ValueError, RuntimeError) as error:
            raise LocationError(f"cannot open the store in {folder}: {error}") from error
        self.graphs = frozenset(getattr(each, "value", "") for each in self._store.named_graphs())
        self.quads = len(self._store)

    def answer(self, job: Job, limits: Limits) -> tuple[bytes, int | None]:
        """Return the whole answer and its rows or triples, None for ASK.

        Raises `QueryError` for a text that does not parse, reaches out, names a graph that is not loaded or does not
        fit the kind; `TooManyRows` and `TooLarge` at the limits. Time and memory are not watched here.
        """
        answer = self._evaluate(job)
        if isinstance(answer, ox.QueryTriples):
            return self._graph(answer, job.kind, limits)
        if job.kind not in RESULT_KINDS:
            raise QueryError(f"a SELECT or ASK is written as {', '.join(RESULT_KINDS)}, not as {job.kind}")
        output = _Bounded(limits)
        answer.serialize(output, format=_RESULTS[job.kind])
        content = output.getvalue()
        if job.kind == "tsv":
            content = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04X}".encode(), content)
        if isinstance(answer, ox.QueryBoolean):
            return content, None
        rows = count_rows(content, job.kind)
        if rows > limits.rows:
            raise TooManyRows(limits)
        return content, rows

    def _evaluate(self, job: Job) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        asked = refuse_outside(job.text, lambda: self.graphs)
        for iri in (*job.default_graphs, *job.named_graphs):
            if iri not in self.graphs:
                raise QueryError(
                    f"the graph <{iri}> is not loaded; SELECT DISTINCT ?g {{ GRAPH ?g {{ }} }} lists those that are"
                )
        text = bind(job.text, job.bindings, self._iris)
        chosen = bool(job.default_graphs or job.named_graphs)
        try:
            return self._store.query(
                text,
                base_iri=BASE,
                use_default_graph_as_union=not chosen and not asked.graphs,
                default_graph=[ox.NamedNode(each) for each in job.default_graphs] if chosen else None,
                named_graphs=[ox.NamedNode(each) for each in job.named_graphs] if chosen else None,
            )
        except SyntaxError as error:
            raise QueryError(f"the query does not parse: {_short(error.msg or str(error))}") from error
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the query cannot be answered: {_short(str(error))}") from error

    def _iris(self, query: str) -> list[str]:
        answer = self._store.query(query, use_default_graph_as_union=True)
        return only_iris(answer) if isinstance(answer, ox.QuerySolutions) else []

    @staticmethod
    def _graph(answer: ox.QueryTriples, kind: str, limits: Limits) -> tuple[bytes, int]:
        if kind not in GRAPH_KINDS:
            raise QueryError(f"a CONSTRUCT or DESCRIBE is written as {', '.join(GRAPH_KINDS)}, not as {kind}")
        found = list(islice(answer, limits.rows + 1))
        if len(found) > limits.rows:
            raise TooManyRows(limits)
        triples = sorted(set(found), key=str)
        if kind == "jsonld":
            from kg.exports.jsonld import to_jsonld  # noqa: PLC0415  one format needs it

            content = to_jsonld(ox.Quad(each.subject, each.predicate, each.object) for each in triples)
            if len(content) > limits.answer_megabytes * 1_000_000:
                raise TooLarge(limits)
            return content, len(triples)
        output = _Bounded(limits)
        ox.serialize(triples, output, format=_GRAPHS[kind], prefixes=_prefixes(triples) if kind == "turtle" else None)
        return output.getvalue(), len(triples)


def _prefixes(triples: list[ox.Triple]) -> dict[str, str]:
    """Return the prefixes that the triples use, of the project and of service descriptions."""
    text = "\n".join(map(str, triples))
    return {name: iri for name, iri in {**NAMESPACES, **_MORE}.items() if f"<{iri}" in text}


def _short(message: str, limit: int = 300) -> str:
    """Return the message in one line of bounded length; a parser may name every letter that it would have taken."""
    line = " ".join(message.split())
    return line if len(line) <= limit else f"{line[:limit]} …"
