"""An endpoint as a store, once it has shown that it holds what the queries rest on."""

from __future__ import annotations

from kg.errors import EndpointError
from kg.resources import queries_dir
from kg.store.access import Limits, find_credentials, read_address
from kg.store.endpoint import Endpoint
from kg.store.interface import Store
from kg.store.publishing import update_address
from kg.store.transport import Transport

__all__ = ["check_holdings", "open_endpoint", "open_updates"]

VIRTUOSO = "Virtuoso 7"
"""As the heads of queries name it; what tells it is a graph that it keeps for itself."""
NAMES = {"term": "terms (ontology)", "norm": "norms", "source": "sources"}


def open_endpoint(location: str, *, limits: Limits | None = None, insecure: bool = False, check: bool = True) -> Store:
    """Return the store at an address.

    Raises `EndpointError` where it may not be asked, cannot be reached, does not show its named graphs as one, or lacks
    terms or norms; the last two only where `check`.
    """
    address = read_address(location, insecure=insecure)
    endpoint = Endpoint(address, find_credentials(address), limits)
    store = Store(endpoint, location=address.shown)
    if check:
        store.known_as = check_holdings(store)
    return store


def open_updates(
    location: str, updates: str = "", *, limits: Limits | None = None, insecure: bool = False
) -> tuple[Endpoint, Transport]:
    """Return the endpoint at an address, unchecked, and the way to where it takes updates: `updates`, or beside it."""
    address = read_address(location, insecure=insecure)
    there = read_address(updates, insecure=insecure) if updates else update_address(address)
    endpoint = Endpoint(address, find_credentials(address), limits)
    return endpoint, Transport(there, find_credentials(there), limits)


def check_holdings(store: Store) -> str:
    """Return the name of an engine that is known to answer some questions otherwise, else "".

    Raises `EndpointError` where a store does not show its graphs as one, or lacks terms or norms.
    """
    query = (queries_dir() / "network/holdings.rq").read_text(encoding="utf-8")
    seen: dict[str, set[str]] = {"alla": set(), "graf": set()}
    for what, where in store.select(query).values():
        seen.setdefault(where, set()).add(what)
    hidden = sorted((seen["graf"] & NAMES.keys()) - seen["alla"])
    if hidden:
        raise EndpointError(
            f"{store.location} holds {', '.join(NAMES[each] for each in hidden)} in named graphs that a query does not "
            "see; let its default graph be the union of all graphs (oxigraph serve --union-default-graph; Fuseki: "
            "tdb2:unionDefaultGraph true; others: docs/engines.md)"
        )
    lacking = [NAMES[each] for each in ("term", "norm") if each not in seen["alla"]]
    if lacking:
        raise EndpointError(
            f"{store.location} holds no {' and no '.join(lacking)}; publish them with: kg load --shipped --store URL"
        )
    return VIRTUOSO if VIRTUOSO in seen["graf"] else ""
