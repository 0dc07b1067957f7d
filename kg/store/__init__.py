"""One small interface to the triples, in memory, in a folder or at a SPARQL 1.1 endpoint."""

from __future__ import annotations

from pathlib import Path

from kg.store.binding import bind
from kg.store.files import Quad, make_quad, read_quads
from kg.store.interface import Store
from kg.store.local import ENGINE, Local, open_folder
from kg.store.rows import Graph, Rows, plain_of

__all__ = ["ENGINE", "Graph", "Quad", "Rows", "Store", "bind", "make_quad", "open_store", "plain_of", "read_quads"]


def open_store(location: str | Path = "memory", *, read_only: bool = True) -> Store:
    """Open `memory` (empty), or a folder that holds a store.

    A folder is opened read-only, by any number of processes at once, unless `read_only` is false, which creates it
    where it is lacking. Raises `LocationError` where the folder is no store or cannot be opened.
    """
    if str(location) == "memory":
        return Store(Local(), location="memory")
    folder = Path(location)
    return Store(open_folder(folder, read_only=read_only), location=str(folder))
