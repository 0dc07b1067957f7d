"""Files of triples, read as quads."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError, LocationError
from kg.namespaces import graph_iri, slug

__all__ = ["FORMATS", "Quad", "make_quad", "read_quads"]

FORMATS = {
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
Quad = ox.Quad


def _format_of(path: Path) -> ox.RdfFormat:
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        raise DataError(f"unknown format; expected one of {', '.join(FORMATS)}", file=path) from None


def _read_text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8 (byte {error.start}); save the file as UTF-8", file=path) from error
    except OSError as error:
        raise LocationError(f"cannot read {path}: {error.strerror}") from error
    return unicodedata.normalize("NFC", text)


def read_quads(path: Path, *, graph: str = "") -> list[ox.Quad]:
    """Return the quads of one file, its text normalised to NFC.

    Triples without a graph of their own get `graph`, or one named after the file. Raises `DataError` with file and
    line where the syntax is broken, `LocationError` where the file cannot be read.
    """
    rdf_format = _format_of(path)
    text = _read_text(path)
    home = ox.NamedNode(graph or graph_iri(slug(path.stem)))
    try:
        quads = list(ox.parse(text, rdf_format))
    except SyntaxError as error:
        raise DataError(str(error.msg), file=path, line=error.lineno) from error
    return [
        quad if quad.graph_name != ox.DefaultGraph() else ox.Quad(quad.subject, quad.predicate, quad.object, home)
        for quad in quads
    ]


def make_quad(subject: str, predicate: str, value: str, graph: str, *, language: str = "", iri: bool = True) -> Quad:
    """Return a quad of IRIs, or with a text as its object: where a language is given, or `iri` is false."""
    if language:
        term: ox.NamedNode | ox.Literal = ox.Literal(value, language=language)
    else:
        term = ox.NamedNode(value) if iri else ox.Literal(value)
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term, ox.NamedNode(graph))
