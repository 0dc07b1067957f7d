"""RDF terms as the text of N-Triples, and records of them written as N-Quads or TriG, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.namespaces import RDF, XSD

__all__ = ["Record", "boolean", "day", "decimal", "iri", "nquads", "plain", "text", "trig", "whole"]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_TYPE = f"<{RDF.type}>"


def iri(value: str) -> str:
    """Return an IRI as a term.

    >>> iri("https://example.org/x")
    '<https://example.org/x>'
    """
    return f"<{value}>"


def text(value: str, lang: str = "sv") -> str:
    r"""Return a text in a language as a term.

    >>> text('det "lilla" rådet')
    '"det \\"lilla\\" rådet"@sv'
    """
    return f'"{value.translate(_ESCAPES)}"@{lang}'


def plain(value: str) -> str:
    """Return a string without language as a term."""
    return f'"{value.translate(_ESCAPES)}"'


def whole(value: int) -> str:
    """Return an integer as a term."""
    return f'"{value}"^^<{XSD.integer}>'


def decimal(value: float) -> str:
    """Return a decimal as a term.

    >>> decimal(6)
    '"6.0"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return f'"{float(value)}"^^<{XSD.decimal}>'


def boolean(value: bool) -> str:
    """Return a truth value as a term."""
    return f'"{str(value).lower()}"^^<{XSD.boolean}>'


def day(value: str) -> str:
    """Return a date, given as ISO 8601, as a term."""
    return f'"{value}"^^<{XSD.date}>'


@dataclass(slots=True)
class Record:
    """One subject of a named graph with its properties, in the order in which they were added."""

    graph: str
    subject: str
    properties: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, graph: str, subject: str, kind: str) -> Record:
        """Return a record of a class; the three are IRIs."""
        return cls(f"<{graph}>", f"<{subject}>", [(_TYPE, f"<{kind}>")])

    def add(self, predicate: str, *terms: str) -> Record:
        """Add a property, given as IRI, with its terms, and return the record."""
        name = f"<{predicate}>"
        self.properties.extend((name, term) for term in terms)
        return self


def nquads(records: Iterable[Record]) -> Iterator[str]:
    """Yield one text of N-Quads a record."""
    for each in records:
        end = f" {each.graph} .\n"
        yield "".join([f"{each.subject} {name} {term}{end}" for name, term in each.properties])


def trig(records: Iterable[Record]) -> Iterator[str]:
    """Yield TriG: a block for each run of records of one graph, a record a text."""
    graph = ""
    for each in records:
        if each.graph != graph:
            yield f"{'}' if graph else ''}\n{each.graph} {{\n"
            graph = each.graph
        body = " ;\n    ".join(["a " + term if name == _TYPE else f"{name} {term}" for name, term in each.properties])
        yield f"{each.subject} {body} .\n"
    if graph:
        yield "}\n"
