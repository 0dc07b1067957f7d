"""IRIs bound to the variables of a query, without formatting anything unchecked into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.errors import QueryError

__all__ = ["Bindings", "bind"]

Bindings = Mapping[str, str | Iterable[str]]


def bind(query: str, bindings: Bindings) -> str:
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
