"""Whether two answers are the same: up to the names of blank nodes, with numbers and truth values by what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

__all__ = ["Table", "read_expected", "row_of", "same_rows", "same_triples"]

Row = dict[str, str]
Table = list[Row]
XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGERS = {
    XSD + each
    for each in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "decimal")
}
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}


def _written(term: object) -> str:
    """Return a term as text, a number by its value: a store may write 1.0 as 1."""
    if not isinstance(term, ox.Literal):
        return str(term)
    datatype = term.datatype.value
    try:
        if datatype in INTEGERS:
            return f"{datatype} {Decimal(term.value).normalize() + 0}"
        if datatype in {XSD + "double", XSD + "float"}:
            return f"{datatype} {float(term.value)!r}"
    except (InvalidOperation, ValueError):
        return str(term)
    return f"{datatype} {term.value in {'true', '1'}}" if datatype == XSD + "boolean" else str(term)


def row_of(names: Iterable[str], terms: Iterable[object]) -> Row:
    """Return a row of a SELECT, unbound variables left out."""
    return {name: _written(term) for name, term in zip(names, terms, strict=True) if term is not None}


def table_of(answer: ox.QuerySolutions) -> Table:
    names = [each.value for each in answer.variables]
    return [row_of(names, row) for row in answer]


def read_expected(file: Path) -> Table | bool | Graph:
    """Return what a result file says: rows, a truth value or triples."""
    if file.suffix in FORMATS:
        answer = ox.parse_query_results(path=str(file), format=FORMATS[file.suffix])
        return bool(answer) if isinstance(answer, ox.QueryBoolean) else table_of(answer)
    graph = Graph()
    graph.parse(file, format="turtle" if file.suffix == ".ttl" else "xml", publicID=file.resolve().as_uri())
    sets = [*graph.subjects(RDF.type, RS.ResultSet)]
    return _table_in(graph, sets[0]) if sets else graph


def _table_in(graph: Graph, described: Node) -> Table:
    """Return the rows of a result that is itself described in RDF."""
    rows = []
    for solution in graph.objects(described, RS.solution):
        bound = [
            (graph.value(each, RS.variable), graph.value(each, RS.value))
            for each in graph.objects(solution, RS.binding)
        ]
        rows.append(row_of([str(name) for name, _ in bound], [_term(value) for _, value in bound]))
    return rows


def _term(value: Node | None) -> object:
    """Return a term of rdflib as one of pyoxigraph."""
    if isinstance(value, URIRef):
        return ox.NamedNode(str(value))
    if isinstance(value, Literal):
        return ox.Literal(
            str(value), language=value.language, datatype=value.datatype and ox.NamedNode(str(value.datatype))
        )
    return ox.BlankNode(str(value))


def same_rows(one: Table, other: Table) -> bool:
    """Whether two tables have the same rows, as often and in any order, under one renaming of blank nodes."""
    return len(one) == len(other) and _match(sorted(one, key=_blanks), list(other), {})


def _blanks(row: Row) -> tuple[int, str]:
    return sum(value.startswith("_:") for value in row.values()), str(sorted(row.items()))


def _match(rows: Table, others: Table, names: dict[str, str]) -> bool:
    """Try to pair each row with one of the others, going back where a renaming does not fit."""
    if not rows:
        return True
    for place, other in enumerate(others):
        renamed = _renamed(rows[0], other, names)
        if renamed is not None and _match(rows[1:], others[:place] + others[place + 1 :], renamed):
            return True
        if renamed == names:
            return False  # the row has no blank node of its own: another pairing gives nothing new
    return False


def _renamed(row: Row, other: Row, names: dict[str, str]) -> dict[str, str] | None:
    """Return the renaming that makes two rows the same, or None."""
    if row.keys() != other.keys():
        return None
    renamed = dict(names)
    for name, value in row.items():
        if not value.startswith("_:"):
            if value != other[name]:
                return None
        elif not other[name].startswith("_:") or renamed.setdefault(value, other[name]) != other[name]:
            return None
    return renamed if len(set(renamed.values())) == len(renamed) else None


def same_triples(one: Graph, other: Graph) -> bool:
    """Whether two graphs say the same up to the names of blank nodes."""
    return isomorphic(one, other)
