"""IRIs bound to the variables of a query, without formatting anything unchecked into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.namespaces import DCTERMS, FB

__all__ = ["Bindings", "OwnQuery", "bind", "only_iris"]

Bindings = Mapping[str, str | Iterable[str]]

_MARK = re.compile(r"^[ \t]*# Bound here: \?(kalla|tidigare|senare)(?: \.( .*))?$", re.MULTILINE)
_SOURCES = f"""
SELECT DISTINCT ?kalla
WHERE {{
  VALUES ?kommun {{ %s }}
  ?kalla <{FB.municipality}> ?kommun .
  {{ ?kalla a <{FB.Source}> }} UNION {{ ?kalla <{FB.observedOn}> ?dag }} UNION {{ ?del <{DCTERMS.isPartOf}> ?kalla }}
}}
"""
"""The sources of municipalities, by whatever makes a thing one."""


class OwnQuery(str):
    """The text of a query that is shipped, or made here of nothing but shipped text and checked terms.

    It asks for nothing outside and has no FROM, which the tests hold, so a store need not read it before it answers. A
    text that comes from elsewhere must never be made one.
    """

    __slots__ = ()


def bind(query: str, bindings: Bindings, find: Callable[[str], Iterable[str]] | None = None) -> str:
    r"""Return the query with IRIs bound to its variables by a trailing VALUES, one clause for all of them.

    Several IRIs for one variable are alternatives. Raises `QueryError` for text that is no IRI: nothing is ever
    formatted into the query unchecked.

    What stands at the end is joined last: an engine answers each sub-SELECT for the whole country first. So the author
    of a query marks where the sources of the answer may be put besides, `# Bound here: ?kalla`, perhaps with a pattern
    that leads on from them, `# Bound here: ?kalla . ?m prov:wasDerivedFrom/dcterms:isPartOf ?kalla .`, and says by it
    that nothing else comes of it. The marks are replaced where ?kalla is bound, and where ?kommun is and `find`, which
    gives the IRIs in the one column of a query, knows sources of it; then an earlier and a later source of the same
    municipality, ?tidigare and ?senare, may be marked too.

    >>> bind("SELECT ?a WHERE { ?a ?b ?c }", {"a": "https://example.org/x"}).splitlines()[-1]
    'VALUES (?a) { (<https://example.org/x>) }'
    >>> bind("SELECT ?kalla WHERE {\n  # Bound here: ?kalla\n}", {"kalla": "https://example.org/x"}).splitlines()[1]
    'VALUES ?kalla { <https://example.org/x> }'
    """
    if not bindings:
        return query
    bound = {name: _nodes(name, given) for name, given in bindings.items()}
    alternatives: list[list[str]] = [[]]
    for nodes in bound.values():
        alternatives = [[*row, node] for row in alternatives for node in nodes]
    head = " ".join(f"?{name}" for name in bindings)
    rows = " ".join(f"({' '.join(row)})" for row in alternatives)
    return f"{_narrowed(query, bound, find).rstrip()}\nVALUES ({head}) {{ {rows} }}\n"


def only_iris(column: Iterable[Iterable[object]]) -> list[str]:
    """Return the IRIs in the one column of an answer, or none where anything else stands in it."""
    terms = [term for (term,) in column]
    found = [term.value for term in terms if isinstance(term, ox.NamedNode)]
    return found if len(found) == len(terms) else []


def _narrowed(query: str, bound: Mapping[str, list[str]], find: Callable[[str], Iterable[str]] | None) -> str:
    if not _MARK.search(query):
        return query
    sources = bound.get("kalla", [])
    if not sources and find and "kommun" in bound:
        sources = _nodes("kalla", find(_SOURCES % " ".join(bound["kommun"])))
    if not sources:
        return query

    def put(mark: re.Match[str]) -> str:
        if mark[1] != "kalla" and "kalla" in bound:
            return mark[0]
        return f"VALUES ?{mark[1]} {{ {' '.join(sources)} }}{mark[2] or ''}"

    return _MARK.sub(put, query)


def _nodes(name: str, given: str | Iterable[str]) -> list[str]:
    try:
        return [str(ox.NamedNode(iri)) for iri in ([given] if isinstance(given, str) else given)]
    except ValueError as error:
        raise QueryError(f"the value of ?{name} is no IRI: {error}") from error
