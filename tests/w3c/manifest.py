"""Manifests of the W3C: entries with their kind, what is to be done and what should come of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF

__all__ = ["Entry", "path_of", "read_entries"]

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
FIRST = ("manifest-sparql11-query.ttl", "manifest.ttl")


@dataclass(frozen=True, slots=True)
class Entry:
    """One test. `data` and `graphs` are files by the IRI they are loaded as; `result` is a file, or None.

    For SHACL, `query` is the file with the shapes, and `node` the entry in `manifest`, which has the expected report.
    """

    iri: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[tuple[str, Path], ...]
    result: Path | None
    manifest: rdflib.Graph
    node: rdflib.term.Node


def path_of(iri: object) -> Path:
    """Return the file that a file IRI names."""
    return Path(unquote(urlparse(str(iri)).path))


def read_entries(place: Path) -> Iterator[Entry]:
    """Yield the entries of a manifest, or of the first in a folder, and of all that it includes."""
    if place.is_dir():
        place = next(place / name for name in FIRST if (place / name).is_file())
    graph = rdflib.Graph()
    graph.parse(place, format="turtle", publicID=place.resolve().as_uri())
    for manifest in sorted(graph.subjects(RDF.type, MF.Manifest)):
        for included in graph.objects(manifest, MF.include):
            files = Collection(graph, included) if (included, RDF.first, None) in graph else [included]
            for file in files:
                yield from read_entries(path_of(file))
        for entries in graph.objects(manifest, MF.entries):
            for node in Collection(graph, entries):
                yield _entry(graph, node)


def _entry(graph: rdflib.Graph, node: rdflib.term.Node) -> Entry:
    action, result = graph.value(node, MF.action), graph.value(node, MF.result)
    kind = str(graph.value(node, RDF.type)).rpartition("#")[2]
    query = graph.value(action, SHT.shapesGraph if kind == "Validate" else QT.query) or action
    data = graph.objects(action, SHT.dataGraph if kind == "Validate" else QT.data)
    return Entry(
        iri=str(node) if "file:" not in str(node) else f"shacl:{path_of(node).parent.name}/{path_of(node).name}",
        kind=kind,
        query=path_of(query),
        data=tuple(sorted(map(path_of, data))),
        graphs=tuple(sorted((str(each), path_of(each)) for each in graph.objects(action, QT.graphData))),
        result=path_of(result) if isinstance(result, rdflib.URIRef) and (None, None, result) in graph else None,
        manifest=graph,
        node=node,
    )
