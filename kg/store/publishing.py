"""Triples to an endpoint: graph by graph in bounded batches, begun again where it stopped, and counted afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

import pyoxigraph as ox

from kg.errors import EndpointError
from kg.store.access import Address
from kg.store.endpoint import Endpoint
from kg.store.transport import Transport

__all__ = ["Published", "publish", "update_address", "without_blank_nodes"]

BATCH_TRIPLES, BATCH_BYTES = 1000, 500_000
_SKOLEM: Final = "https://w3id.org/forebygg/.well-known/genid/"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Published:
    """What became of one graph: how many triples stood there, were sent, and stand there now."""

    graph: str
    before: int
    sent: int
    after: int


def update_address(address: Address) -> Address:
    """Return where updates are sent: beside `/query` most engines have `/update`; others take both at one address.

    >>> update_address(Address(True, "example.org", 443, "/ds/query")).target
    '/ds/update'
    >>> update_address(Address(True, "example.org", 443, "/repositories/x")).target
    '/repositories/x'
    """
    path, mark, query = address.target.partition("?")
    target = f"{path.removesuffix('/query')}/update" if path.endswith("/query") else path
    return Address(address.secure, address.host, address.port, target + mark + query)


def without_blank_nodes(graph: str, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return the triples, sorted, with an IRI for each blank node that is the same whenever the graph is.

    An endpoint gives a blank node a new name each time it is sent, so one that is sent twice would stand there twice.
    """
    triples = list(triples)
    if not any(isinstance(term, ox.BlankNode) for each in triples for term in (each.subject, each.object)):
        return sorted(triples, key=str)
    dataset = ox.Dataset(ox.Quad(each.subject, each.predicate, each.object) for each in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    home = hashlib.sha256(graph.encode()).hexdigest()[:16]

    def named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.Literal:
        if isinstance(term, ox.Triple):
            raise EndpointError(f"{graph} has a triple as a term, which SPARQL 1.1 cannot take")
        return ox.NamedNode(f"{_SKOLEM}{home}-{term.value}") if isinstance(term, ox.BlankNode) else term

    changed = {(named(each.subject), each.predicate, named(each.object)) for each in dataset}
    return sorted((ox.Triple(*each) for each in changed), key=str)  # type: ignore[arg-type]  # no literal is a subject


def publish(
    endpoint: Endpoint,
    quads: Iterable[ox.Quad],
    *,
    updates: Transport,
    replace: bool = False,
    tell: Callable[[str], None] | None = None,
) -> list[Published]:
    """Send the quads to an endpoint and return what became of each graph.

    What stands there already is read and not sent again, so a second run goes on where the first stopped and ends with
    the same. `replace` empties each of these graphs first. Raises `EndpointError` where a graph holds another number of
    triples afterwards than it must.
    """
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in quads:
        if not isinstance(quad.graph_name, ox.NamedNode):
            raise EndpointError("some triples stand in no named graph; an endpoint is given named graphs alone")
        graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    standing = {} if replace else endpoint.graphs()
    expected: dict[str, Published] = {}
    for graph, triples in sorted(graphs.items()):
        if replace:
            _send(updates, f"DROP SILENT GRAPH {ox.NamedNode(graph)}")
        there = {_key(each) for each in endpoint.graph(graph)} if standing.get(graph) else set()
        wanted = {_key(each): each for each in without_blank_nodes(graph, triples)}
        lacking = [each for key, each in wanted.items() if key not in there]
        for batch in _batches(lacking):
            _send(updates, f"INSERT DATA {{ GRAPH {ox.NamedNode(graph)} {{\n{batch}}} }}")
        expected[graph] = Published(graph, len(there), len(lacking), len(there) + len(lacking))
        if tell:
            tell(f"{graph}: {len(lacking)} sent, {len(there)} stood there")
    after = endpoint.graphs()
    for graph, each in expected.items():
        there_now = after.get(graph, 0)
        if there_now != each.after:
            raise EndpointError(
                f"{endpoint.shown} holds {there_now} triples in {graph} where {each.after} must stand; run the same "
                "command again, and look at the engine's own log if it stays so"
            )
    return list(expected.values())


def _batches(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Yield N-Triples of at most `BATCH_TRIPLES` triples and some `BATCH_BYTES` bytes each."""
    lines: list[str] = []
    size = 0
    for triple in triples:
        line = f"{triple} .\n"
        if lines and (len(lines) >= BATCH_TRIPLES or size + len(line) > BATCH_BYTES):
            yield "".join(lines)
            lines, size = [], 0
        lines.append(line)
        size += len(line)
    if lines:
        yield "".join(lines)


def _send(updates: Transport, text: str) -> None:
    """Send an update; the same triples sent twice stand there once, so it may be tried again."""
    updates.post({"update": text}, accept="*/*").read()


def _key(triple: ox.Triple) -> tuple[str, str, str]:
    """Return what a triple says, the same for all ways to write a number or a truth value."""
    return str(triple.subject), str(triple.predicate), _said(triple.object)


def _said(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(_XSD):
        return str(term)
    kind = term.datatype.value.removeprefix(_XSD)
    if kind == "boolean":
        return f"{kind} {term.value in {'1', 'true'}}"
    if kind in {"integer", "decimal"}:
        try:
            return f"{kind} {Decimal(term.value).normalize():f}"
        except InvalidOperation:
            return str(term)
    if kind in {"double", "float"}:
        return f"{kind} {float(term.value)!r}"
    return str(term)
