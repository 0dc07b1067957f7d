"""The graph as files that other programs read."""

from __future__ import annotations

import json

import pyoxigraph as ox

from kg.errors import DataError
from kg.namespaces import NAMESPACES
from kg.store import Store

__all__ = ["FORMATS", "render_graph"]

FORMATS = {
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def render_graph(store: Store, output_format: str) -> bytes:
    """Return all quads of the store in a format, sorted, with the project's prefixes.

    Turtle has no graphs: the named graphs are merged. Raises `DataError` for an unknown format.
    """
    try:
        chosen = FORMATS[output_format]
    except KeyError:
        raise DataError(f"unknown format {output_format!r}; expected one of {', '.join(FORMATS)}") from None
    quads = store.quads()
    if chosen is ox.RdfFormat.TURTLE:
        triples = sorted({quad.triple for quad in quads}, key=str)
        return _bytes(ox.serialize(triples, format=chosen, prefixes=dict(NAMESPACES)))
    if chosen is ox.RdfFormat.JSON_LD:
        document = json.loads(_bytes(ox.serialize(quads, format=chosen, prefixes=dict(NAMESPACES))))
        return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    return _bytes(ox.serialize(quads, format=chosen, prefixes=dict(NAMESPACES)))


def _bytes(content: bytes | None) -> bytes:
    return content or b""
