"""One small interface to the triples, in memory, in a folder or at a SPARQL 1.1 endpoint."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.door import refuse_outside
from kg.errors import DataError, LocationError, QueryError
from kg.namespaces import graph_iri, slug

if TYPE_CHECKING:
    import rdflib

__all__ = ["ENGINE", "Graph", "Quad", "Rows", "Store", "bind", "make_quad", "open_store", "plain_of", "read_quads"]

ENGINE = f"pyoxigraph {ox.__version__}"
"""The engine and its version; a folder store is only sure to open with the one that wrote it."""

FORMATS = {
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
RESULTS = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}

_ESCAPED, _ESCAPES = re.compile(r"\\(.)"), {"t": "\t", "n": "\n", "r": "\r", '"': '"', "\\": "\\"}
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Value = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
Graph = list[ox.Triple]
Quad = ox.Quad


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: the variables without question mark, and one tuple a row, None where unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Value | None, ...]]:
        return iter(self.rows)

    def values(self) -> Iterator[tuple[str, ...]]:
        """Yield each row as plain text: IRI, lexical form or label of a blank node; "" where unbound."""
        for row in self.rows:
            yield tuple("" if term is None else _text(term) for term in row)


def plain_of(cell: str) -> tuple[str, str]:
    r"""Return the plain text of a cell of SPARQL TSV (IRI, lexical form, label of a blank node) and its language.

    >>> plain_of("<https://example.org/x>"), plain_of(r'"ett \"råd\""@sv'), plain_of("6.5"), plain_of("")
    (('https://example.org/x', ''), ('ett "råd"', 'sv'), ('6.5', ''), ('', ''))
    """
    if cell.startswith("<"):
        return cell[1:-1], ""
    if not cell.startswith('"'):
        return cell.removeprefix("_:"), ""
    end = cell.rindex('"')
    body, tail = cell[1:end], cell[end + 1 :]
    if "\\" in body:
        body = _ESCAPED.sub(lambda found: _ESCAPES[found[1]], body)
    return body, tail[1:] if tail.startswith("@") else ""


def _text(term: Value) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _short(message: str, limit: int = 160) -> str:
    """Return the message in one line of bounded length; a parser may name every letter that it would have taken."""
    line = " ".join(message.split())
    return line if len(line) <= limit else f"{line[:limit]} …"


def bind(query: str, bindings: Mapping[str, str | Iterable[str]]) -> str:
    """Return the query with IRIs bound to its variables by a trailing VALUES, one clause for all of them.

    Several IRIs for one variable are alternatives. Raises `QueryError` for text that is no IRI: nothing is ever
    formatted into the query unchecked.

    >>> bind("SELECT ?a WHERE { ?a ?b ?c }", {"a": "https://example.org/x"}).splitlines()[-1]
    'VALUES (?a) { (<https://example.org/x>) }'
    """
    if not bindings:
        return query
    alternatives: list[list[str]] = [[]]
    for name, given in bindings.items():
        iris = [given] if isinstance(given, str) else list(given)
        try:
            nodes = [str(ox.NamedNode(iri)) for iri in iris]
        except ValueError as error:
            raise QueryError(f"the value of ?{name} is no IRI: {error}") from error
        alternatives = [[*row, node] for row in alternatives for node in nodes]
    head = " ".join(f"?{name}" for name in bindings)
    rows = " ".join(f"({' '.join(row)})" for row in alternatives)
    return f"{query.rstrip()}\nVALUES ({head}) {{ {rows} }}\n"


def _format_of(path: Path) -> ox.RdfFormat:
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        raise DataError(f"unknown format; expected one of {', '.join(FORMATS)}", file=path) from None


def _read_text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8 (byte {error.start}); save the file as UTF-8", file=path) from error
    except OSError as error:
        raise LocationError(f"cannot read {path}: {error.strerror}") from error
    return unicodedata.normalize("NFC", text)


def read_quads(path: Path, *, graph: str = "") -> list[ox.Quad]:
    """Return the quads of one file, its text normalised to NFC.

    Triples without a graph of their own get `graph`, or one named after the file. Raises `DataError` with file and
    line where the syntax is broken, `LocationError` where the file cannot be read.
    """
    rdf_format = _format_of(path)
    text = _read_text(path)
    home = ox.NamedNode(graph or graph_iri(slug(path.stem)))
    try:
        quads = list(ox.parse(text, rdf_format))
    except SyntaxError as error:
        raise DataError(str(error.msg), file=path, line=error.lineno) from error
    return [
        quad if quad.graph_name != ox.DefaultGraph() else ox.Quad(quad.subject, quad.predicate, quad.object, home)
        for quad in quads
    ]


class Store:
    """A set of named graphs that answers SPARQL; the default graph of a query is the union of all of them."""

    def __init__(self, inner: ox.Store, *, location: str) -> None:
        self._inner = inner
        self.location = location

    def __len__(self) -> int:
        return len(self._inner)

    def load(self, paths: Iterable[Path], *, graph: str = "") -> int:
        """Add the files, all or none, and return how many quads were read.

        Raises what `read_quads` raises, before anything is added.
        """
        quads = [quad for path in paths for quad in read_quads(path, graph=graph)]
        self.extend(quads)
        return len(quads)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; a file store holds all of them afterwards, or none."""
        self._inner.bulk_extend(quads)

    def close(self) -> None:
        """Write what is pending and let go of the folder; the store is not to be used afterwards."""
        self._inner.flush()
        self._inner.optimize()
        del self._inner

    def select(self, query: str, bindings: Mapping[str, str | Iterable[str]] | None = None) -> Rows:
        """Answer a SELECT; raises `QueryError` where the text does not parse or asks for something else."""
        answer = self._query(query, bindings)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("expected a SELECT query")
        names = tuple(variable.value for variable in answer.variables)
        return Rows(names, tuple(tuple(row) for row in answer))

    def cells(self, query: str, bindings: Mapping[str, str | Iterable[str]] | None = None) -> Iterator[list[str]]:
        """Return the rows of a SELECT as terms in the text of SPARQL TSV, "" where unbound; raises as `select` does.

        No object is made for a term, which makes a large export four times as fast; `plain_of` reads a cell.
        """
        answer = self._query(query, bindings)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("expected a SELECT query")
        content = io.BytesIO(answer.serialize(format=ox.QueryResultsFormat.TSV) or b"")
        lines = io.TextIOWrapper(content, encoding="utf-8", newline="\n")
        next(lines, None)
        return (line[:-1].split("\t") for line in lines)

    def ask(self, query: str, bindings: Mapping[str, str | Iterable[str]] | None = None) -> bool:
        """Answer an ASK; raises `QueryError` otherwise."""
        answer = self._query(query, bindings)
        if not isinstance(answer, ox.QueryBoolean):
            raise QueryError("expected an ASK query")
        return bool(answer)

    def construct(self, query: str, bindings: Mapping[str, str | Iterable[str]] | None = None) -> Graph:
        """Answer a CONSTRUCT or DESCRIBE with its triples, sorted; raises `QueryError` otherwise."""
        answer = self._query(query, bindings)
        if not isinstance(answer, ox.QueryTriples):
            raise QueryError("expected a CONSTRUCT query")
        return sorted(set(answer), key=str)

    def query(self, query: str, bindings: Mapping[str, str | Iterable[str]] | None = None) -> Rows | bool | Graph:
        """Answer any query form: rows, a truth value, or triples."""
        answer = self._query(query, bindings)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        if isinstance(answer, ox.QueryTriples):
            return sorted(set(answer), key=str)
        names = tuple(variable.value for variable in answer.variables)
        return Rows(names, tuple(tuple(row) for row in answer))

    def serialize(
        self,
        query: str,
        results: str,
        bindings: Mapping[str, str | Iterable[str]] | None = None,
    ) -> bytes:
        """Answer a SELECT or ASK as SPARQL results in `json`, `xml` or `tsv`; raises `QueryError` for a CONSTRUCT."""
        answer = self._query(query, bindings)
        if isinstance(answer, ox.QueryTriples):
            raise QueryError(f"a CONSTRUCT gives triples, which have no {results} results; leave --format out")
        content: bytes = answer.serialize(format=RESULTS[results])
        return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04X}".encode(), content) if results == "tsv" else content

    def quads(self) -> list[ox.Quad]:
        """Return every quad in a total order."""
        return sorted(self._inner, key=str)

    def dump(self, suffix: str, prefixes: Mapping[str, str]) -> bytes:
        """Return all quads, sorted, in the format of a suffix; where it has no graphs, they are merged."""
        chosen = FORMATS[suffix]
        if chosen.supports_datasets:
            return ox.serialize(self.quads(), format=chosen, prefixes=dict(prefixes)) or b""
        triples = sorted({quad.triple for quad in self._inner}, key=str)
        return ox.serialize(triples, format=chosen, prefixes=dict(prefixes)) or b""

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the graphs as an rdflib Dataset whose default graph is their union."""
        import rdflib  # noqa: PLC0415  rdflib costs a tenth of a second; only those who ask for it pay

        dataset = rdflib.Dataset(default_union=True)
        text = ox.serialize(self._inner, format=ox.RdfFormat.N_QUADS)
        dataset.parse(data=(text or b"").decode("utf-8"), format="nquads")
        return dataset

    def _query(self, query: str, bindings: Mapping[str, str | Iterable[str]] | None) -> Any:
        refuse_outside(query)
        try:
            return self._inner.query(bind(query, bindings or {}), use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(f"the query does not parse: {_short(error.msg or str(error))}") from error
        except (ValueError, RuntimeError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from error


def make_quad(subject: str, predicate: str, value: str, graph: str, *, language: str = "", iri: bool = True) -> Quad:
    """Return a quad of IRIs, or with a text as its object: where a language is given, or `iri` is false."""
    if language:
        term: ox.NamedNode | ox.Literal = ox.Literal(value, language=language)
    else:
        term = ox.NamedNode(value) if iri else ox.Literal(value)
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term, ox.NamedNode(graph))


def open_store(location: str | Path = "memory", *, read_only: bool = True) -> Store:
    """Open `memory` (empty), or a folder that holds a store.

    A folder is opened read-only, by any number of processes at once, unless `read_only` is false, which creates it
    where it is lacking. Raises `LocationError` where the folder is no store or cannot be opened.
    """
    if str(location) == "memory":
        return Store(ox.Store(), location="memory")
    folder = Path(location)
    if read_only and not (folder / "CURRENT").is_file():
        what = "is a file, not a folder" if folder.is_file() else "holds no store"
        raise LocationError(f"{folder} {what}; make one with: kg load FILES --store {folder}")
    try:
        inner = ox.Store.read_only(str(folder)) if read_only else ox.Store(str(folder))
    except (OSError, ValueError, RuntimeError) as error:
        raise LocationError(f"cannot open the store in {folder}: {error}") from error
    return Store(inner, location=str(folder))
