"""The shapes are applied as the SHACL suite of the W3C wants: the same results of the same nodes, paths and values."""

from __future__ import annotations

import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SH

from kg.errors import DataError
from kg.validation import apply_shapes
from tests.w3c.manifest import MF, SHT, Entry, path_of
from tests.w3c.test_sparql import takes

COMPARED = (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape, SH.value)


def read(file: object) -> rdflib.Graph:
    graph = rdflib.Graph()
    graph.parse(path_of(file), format="turtle", publicID=path_of(file).resolve().as_uri())
    return graph


def essence(report: rdflib.Graph, of: rdflib.term.Node) -> rdflib.Graph:
    """Return what the suite compares of a report: whether the data conform, and each result without its message."""
    kept = rdflib.Graph()
    kept.add((of, SH.conforms, rdflib.Literal(str(report.value(of, SH.conforms)).lower())))
    for result in report.objects(of, SH.result):
        kept.add((of, SH.result, result))
        for name in COMPARED:
            for value in report.objects(result, name):
                kept.add((result, name, value))
        for path in report.objects(result, SH.resultPath):
            kept.add((result, SH.resultPath, rdflib.Literal(written(report, path))))
    return kept


def written(report: rdflib.Graph, path: rdflib.term.Node) -> str:
    """Return a path as text, since one blank node may be the path of several results, or each have its own."""
    if (path, RDF.first, None) in report:
        return f"({' '.join(written(report, each) for each in Collection(report, path))})"
    if not isinstance(path, rdflib.BNode):
        return str(path)
    return f"[{' '.join(f'{name} {written(report, value)}' for name, value in sorted(report.predicate_objects(path)))}]"


@takes("Validate")
def test_shapes_are_applied_as_the_suite_says(entry: Entry) -> None:
    action, wanted = entry.manifest.value(entry.node, MF.action), entry.manifest.value(entry.node, MF.result)
    data, shapes = (read(entry.manifest.value(action, each)) for each in (SHT.dataGraph, SHT.shapesGraph))
    try:
        report = apply_shapes(data, shapes, name=entry.query)
    except DataError:
        assert wanted == SHT.Failure
        return
    assert wanted != SHT.Failure
    found = essence(report, report.value(None, RDF.type, SH.ValidationReport))
    expected = essence(entry.manifest, wanted)
    assert isomorphic(found, expected), f"found:\n{found.serialize()}\nexpected:\n{expected.serialize()}"
