"""The graph as files that other programs read."""

from __future__ import annotations

import json

from kg.errors import DataError
from kg.namespaces import NAMESPACES
from kg.store import Store

__all__ = ["FORMATS", "render_graph"]

FORMATS = ("trig", "ttl", "nq", "jsonld")


def render_graph(store: Store, output_format: str) -> bytes:
    """Return all quads of the store in a format, sorted, with the project's prefixes.

    Turtle has no graphs: the named graphs are merged. Raises `DataError` for an unknown format.
    """
    if output_format not in FORMATS:
        raise DataError(f"unknown format {output_format!r}; expected one of {', '.join(FORMATS)}")
    content = store.dump(f".{output_format}", NAMESPACES)
    if output_format != "jsonld":
        return content
    return json.dumps(json.loads(content), ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
