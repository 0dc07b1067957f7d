"""Files of triples, read as quads."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError, LocationError
from kg.namespaces import graph_iri, slug

__all__ = ["FORMATS", "Quad", "format_of", "home_of", "is_surely_nfc", "make_quad", "read_content", "read_quads"]

FORMATS = {
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
Quad = ox.Quad


_PLAIN = bytes([*range(0x80), *range(0x80, 0xC0), *range(0xC2, 0xCC)])
"""ASCII, what follows a first byte, and the first bytes of U+0080 to U+02FF: always NFC, whatever stands beside."""
_DOUBTFUL = re.compile(rb"\xe2(?!\x80[\x90-\xbf])")
"""What begins with E2 as dashes and quotation marks do, but is not of U+2010 to U+203F, which are NFC too."""


def format_of(path: Path) -> ox.RdfFormat:
    """Return the format that the suffix of a file says; raises `DataError` for another."""
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


def is_surely_nfc(content: bytes) -> bool:
    """Whether UTF-8 is seen to be NFC without being decoded; false where it is not, or a closer look is needed.

    >>> is_surely_nfc("Växjö – förälder".encode()), is_surely_nfc("Va\u0308xjo\u0308".encode())
    (True, False)
    """
    rest = content.translate(None, _PLAIN)
    if rest.strip(b"\xe2"):
        return False
    return not rest or not _DOUBTFUL.search(content)


def read_content(path: Path) -> bytes:
    """Return the text of a file as UTF-8 in NFC, without a mark of its byte order; raises as `read_quads` does.

    What is seen to be NFC is not decoded, so that it may still be broken UTF-8.
    """
    try:
        content = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError as error:
        raise LocationError(f"cannot read {path}: {error.strerror}") from error
    return content if is_surely_nfc(content) else _read_text(path).encode("utf-8")


def home_of(path: Path, graph: str = "") -> ox.NamedNode:
    """Return the graph of what stands in no graph of its own in a file: `graph`, or one named after the file."""
    return ox.NamedNode(graph or graph_iri(slug(path.stem)))


def read_quads(path: Path, *, graph: str = "") -> list[ox.Quad]:
    """Return the quads of one file, its text normalised to NFC.

    Triples without a graph of their own get `graph`, or one named after the file. Raises `DataError` with file and
    line where the syntax is broken, `LocationError` where the file cannot be read.
    """
    rdf_format = format_of(path)
    text = _read_text(path)
    home = home_of(path, graph)
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
