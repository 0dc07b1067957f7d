"""One small interface to the triples, in memory, in a folder or at a SPARQL 1.1 endpoint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.binding import bind
from kg.store.files import Quad, make_quad, read_quads
from kg.store.interface import Store
from kg.store.local import ENGINE, Local, open_folder
from kg.store.rows import Graph, Rows, literal_of, plain_of

if TYPE_CHECKING:
    from kg.store.access import Limits

__all__ = [
    "ENGINE",
    "Graph",
    "Quad",
    "Rows",
    "Store",
    "bind",
    "is_address",
    "literal_of",
    "make_quad",
    "open_store",
    "plain_of",
    "read_quads",
]


def is_address(location: str | Path) -> bool:
    """Whether a location is the address of an endpoint.

    >>> is_address("https://example.org/sparql"), is_address("min-graf"), is_address("http://localhost:7878/query")
    (True, False, True)
    """
    return isinstance(location, str) and location.lower().startswith(("http://", "https://"))


def open_store(
    location: str | Path = "memory", *, read_only: bool = True, limits: Limits | None = None, insecure: bool = False
) -> Store:
    """Open `memory` (empty), a folder that holds a store, or the SPARQL endpoint at an address.

    A folder is opened read-only, by any number of processes at once, unless `read_only` is false, which creates it
    where it is lacking. An endpoint is asked within `limits`, over plain http only on this machine unless `insecure`.
    Raises `LocationError` where the folder is no store or cannot be opened, `EndpointError` where the endpoint cannot
    be reached or lacks what the queries rest on, `MissingExtra` where what talks to endpoints is not installed.
    """
    if isinstance(location, str) and is_address(location):
        from kg.store.opening import open_endpoint  # noqa: PLC0415  HTTP is loaded only where it is used

        return open_endpoint(location, limits=limits, insecure=insecure)
    if str(location) == "memory":
        return Store(Local(), location="memory")
    folder = Path(location)
    return Store(open_folder(folder, read_only=read_only), location=str(folder))
