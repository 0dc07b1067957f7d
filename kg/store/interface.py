"""One small interface to the triples, wherever they are."""

from __future__ import annotations

import io
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.binding import Bindings, OwnQuery, bind, only_iris
from kg.store.files import FORMATS, Quad, read_quads
from kg.store.local import Local
from kg.store.rows import Graph, Rows, Value, cell_of

if TYPE_CHECKING:
    import rdflib

__all__ = ["Answer", "Engine", "Solutions", "Store"]

RESULTS = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Solutions(Protocol):
    """The rows of a SELECT, read once: pyoxigraph's own, or those of an endpoint as they come."""

    def __iter__(self) -> Iterator[Iterable[Value | None]]:
        """Yield each row, None where a variable is unbound."""
        ...

    @property
    def variables(self) -> list[ox.Variable]:
        """The variables of the answer, in order."""
        ...

    def serialize(self, *, format: ox.QueryResultsFormat) -> bytes | None:  # noqa: A002  pyoxigraph's word
        """Return the rows as SPARQL results."""
        ...


Answer = Solutions | ox.QueryBoolean | ox.QueryTriples | Graph


class Engine(Protocol):
    """What holds the triples."""

    def __len__(self) -> int:
        """Return how many quads there are."""
        ...

    def answer(self, query: str, *, named: bool = False) -> Answer:
        """Answer a query over the union of the graphs, or, where they are `named`, over those of its FROM."""
        ...

    def reading(self) -> AbstractContextManager[None]:
        """Raise errors of this project for those of the engine, while a query is answered and its answer read."""
        ...

    def quads(self) -> Iterable[Quad]:
        """Return every quad, in no order."""
        ...

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        ...

    def close(self) -> None:
        """Let go of the folder or the connection."""
        ...


class Store:
    """A set of named graphs that answers SPARQL; the default graph of a query is the union of all of them.

    `location` may be printed. `known_as` names an engine that is known to answer some questions otherwise, else "".
    """

    def __init__(self, engine: Engine, *, location: str) -> None:
        self._engine = engine
        self.location = location
        self.known_as = ""

    def __len__(self) -> int:
        return len(self._engine)

    def load(self, paths: Iterable[Path], *, graph: str = "") -> int:
        """Add the files, all or none, and return how many quads they hold.

        Raises what `read_quads` raises; the store is then as it was.
        """
        if isinstance(self._engine, Local) and not len(self._engine):
            return self._engine.fill(paths, graph=graph)
        quads = [quad for path in paths for quad in read_quads(path, graph=graph)]
        self.extend(quads)
        return len(quads)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; a store of this machine holds all of them afterwards, or none."""
        self._engine.extend(quads)

    def close(self) -> None:
        """Write what is pending and let go of the folder or the connection; the store is not to be used afterwards."""
        self._engine.close()
        del self._engine

    def select(self, query: str, bindings: Bindings | None = None) -> Rows:
        """Answer a SELECT; raises `QueryError` where the text does not parse or asks for something else."""
        with self._engine.reading():
            answer = _solutions(self._answer(query, bindings))
            return _rows(answer)

    def cells(self, query: str, bindings: Bindings | None = None) -> Iterator[list[str]]:
        """Return the rows of a SELECT as terms in the text of SPARQL TSV, "" where unbound; raises as `select` does.

        On this machine no object is made for a term, which makes a large export four times as fast; from an endpoint
        rows are read as they come, so an answer that breaks off raises after some of its rows. `plain_of` reads a cell.
        """
        with self._engine.reading():
            answer = _solutions(self._answer(query, bindings))
            if not isinstance(answer, ox.QuerySolutions):
                return self._cells(answer)
            content = io.BytesIO(answer.serialize(format=ox.QueryResultsFormat.TSV) or b"")
        lines = io.TextIOWrapper(content, encoding="utf-8", newline="\n")
        next(lines, None)
        return (line[:-1].split("\t") for line in lines)

    def tables(self, queries: Sequence[str]) -> Generator[Iterator[list[str]]]:
        """Yield the cells of each of several SELECTs, to be read before the next is asked for; raises as `cells` does.

        On this machine the engine, which needs no Python, answers the next ones while one is read.
        """
        if not isinstance(self._engine, Local):
            yield from map(self.cells, queries)
            return
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  a question does not need it

        beside = ThreadPoolExecutor(1, "tables")
        try:
            yield from (each.result() for each in [beside.submit(self.cells, query) for query in queries])
        finally:
            beside.shutdown(cancel_futures=True)

    def _cells(self, answer: Solutions) -> Iterator[list[str]]:
        with self._engine.reading():
            for row in answer:
                yield [cell_of(term) for term in row]

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Answer an ASK; raises `QueryError` otherwise."""
        with self._engine.reading():
            answer = self._answer(query, bindings)
            if not isinstance(answer, ox.QueryBoolean):
                raise QueryError("expected an ASK query")
            return bool(answer)

    def construct(self, query: str, bindings: Bindings | None = None) -> Graph:
        """Answer a CONSTRUCT or DESCRIBE with its triples, sorted; raises `QueryError` otherwise."""
        with self._engine.reading():
            answer = self._answer(query, bindings)
            if not isinstance(answer, ox.QueryTriples | list):
                raise QueryError("expected a CONSTRUCT query")
            return sorted(set(answer), key=str)

    def query(self, query: str, bindings: Bindings | None = None) -> Rows | bool | Graph:
        """Answer any query form: rows, a truth value, or triples."""
        with self._engine.reading():
            answer = self._answer(query, bindings)
            if isinstance(answer, ox.QueryBoolean):
                return bool(answer)
            if isinstance(answer, ox.QueryTriples | list):
                return sorted(set(answer), key=str)
            return _rows(answer)

    def serialize(self, query: str, results: str, bindings: Bindings | None = None) -> bytes:
        """Answer a SELECT or ASK as SPARQL results in `json`, `xml` or `tsv`; raises `QueryError` for a CONSTRUCT."""
        with self._engine.reading():
            answer = self._answer(query, bindings)
            if isinstance(answer, ox.QueryTriples | list):
                raise QueryError(f"a CONSTRUCT gives triples, which have no {results} results; leave --format out")
            content = answer.serialize(format=RESULTS[results]) or b""
        return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04X}".encode(), content) if results == "tsv" else content

    def quads(self) -> list[ox.Quad]:
        """Return every quad in a total order."""
        return sorted(self._engine.quads(), key=str)

    def copied(self) -> Store:
        """Return a store in memory with the same quads, read whole."""
        copy = Store(Local(), location="memory")
        copy.extend(self._engine.quads())
        return copy

    def dump(self, suffix: str, prefixes: Mapping[str, str]) -> bytes:
        """Return all quads, sorted, in the format of a suffix; where it has no graphs, they are merged."""
        chosen = FORMATS[suffix]
        if chosen.supports_datasets:
            return ox.serialize(self.quads(), format=chosen, prefixes=dict(prefixes)) or b""
        triples = sorted({quad.triple for quad in self._engine.quads()}, key=str)
        return ox.serialize(triples, format=chosen, prefixes=dict(prefixes)) or b""

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the graphs as an rdflib Dataset whose default graph is their union.

        What rdflib is asked then passes no door: it fetches what SERVICE and FROM name, so ask it nothing of strangers.
        """
        import rdflib  # noqa: PLC0415  rdflib costs a tenth of a second; only those who ask for it pay

        dataset = rdflib.Dataset(default_union=True)
        text = ox.serialize(self._engine.quads(), format=ox.RdfFormat.N_QUADS)
        dataset.parse(data=(text or b"").decode("utf-8"), format="nquads")
        return dataset

    def _answer(self, query: str, bindings: Bindings | None) -> Answer:
        named = not isinstance(query, OwnQuery) and self._named(query)
        return self._engine.answer(bind(query, bindings or {}, self._iris), named=named)

    def _named(self, query: str) -> bool:
        """Whether a query that is not ours names graphs; raises `QueryError` where it may not be asked."""
        from kg.door import refuse_outside  # noqa: PLC0415  our own queries need not be read

        return bool(refuse_outside(query, self._graphs).graphs)

    def _iris(self, query: str) -> list[str]:
        return only_iris(_solutions(self._engine.answer(query)))

    def _graphs(self) -> frozenset[str]:
        rows = _solutions(self._engine.answer("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))
        return frozenset(cell_of(graph)[1:-1] for (graph,) in rows if isinstance(graph, ox.NamedNode))


def _solutions(answer: Answer) -> Solutions:
    if isinstance(answer, ox.QueryBoolean | ox.QueryTriples | list):
        raise QueryError("expected a SELECT query")
    return answer


def _rows(answer: Solutions) -> Rows:
    names = tuple(variable.value for variable in answer.variables)
    return Rows(names, tuple(tuple(row) for row in answer))
