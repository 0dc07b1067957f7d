"""The graph as files that other programs read: six formats of RDF, the same triples in each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.errors import DataError
from kg.exports.jsonld import to_jsonld
from kg.namespaces import NAMESPACES
from kg.store import Quad, Store

__all__ = ["FORMATS", "render_graph"]

_LOCAL = re.compile(r"[^\W\d][\w.-]*$")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

FORMATS = ("trig", "ttl", "nq", "nt", "rdf", "jsonld")


def render_graph(store: Store, output_format: str) -> bytes:
    """Return all quads of the store in a format, sorted, with the project's prefixes.

    Turtle, N-Triples and RDF/XML have no graphs: the named graphs are merged. Raises `DataError` for an unknown format
    and for what a format cannot write.
    """
    if output_format not in FORMATS:
        raise DataError(f"unknown format {output_format!r}; expected one of {', '.join(FORMATS)}")
    if output_format == "jsonld":
        return to_jsonld(sorted(store.quads(), key=lambda each: (str(each.graph_name), str(each))))
    if output_format == "rdf":
        _refuse_what_xml_cannot_hold(store.quads())
    return store.dump(f".{output_format}", NAMESPACES)


def _refuse_what_xml_cannot_hold(quads: Iterable[Quad]) -> None:
    """Raise `DataError` for what RDF/XML has no way to write, and the engine writes all the same."""
    for quad in quads:
        iri, term = quad.predicate.value, quad.object
        if not _LOCAL.search(iri):
            raise DataError(
                f"RDF/XML cannot write the property <{iri}>, whose name begins with no letter; take ttl or nq"
            )
        if str(term).startswith("<<"):
            raise DataError(f"RDF/XML cannot say what <{iri}> says of a triple; take ttl or nq")
        if _NO_XML.search(getattr(term, "value", "")):
            raise DataError(f"RDF/XML cannot hold a control character, as a value of <{iri}> has; take ttl or nq")
