"""What a SELECT answers: rows of terms, and the text of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

__all__ = ["Graph", "Rows", "Value", "cell_of", "literal_of", "plain_of"]

Value = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
Graph = list[ox.Triple]

_ESCAPED, _ESCAPES = re.compile(r"\\(.)"), {"t": "\t", "n": "\n", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPING = str.maketrans({character: f"\\{name}" for name, character in _ESCAPES.items()})


_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: the variables without question mark, and one tuple a row, None where unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Value | None, ...]]:
        return iter(self.rows)

    def values(self) -> Iterator[tuple[str, ...]]:
        """Yield each row as plain text: IRI, lexical form or label of a blank node; "" where unbound."""
        for row in self.rows:
            yield tuple("" if term is None else _text(term) for term in row)


def plain_of(cell: str) -> tuple[str, str]:
    r"""Return the plain text of a cell of SPARQL TSV (IRI, lexical form, label of a blank node) and its language.

    >>> plain_of("<https://example.org/x>"), plain_of(r'"ett \"råd\""@sv'), plain_of("6.5"), plain_of("")
    (('https://example.org/x', ''), ('ett "råd"', 'sv'), ('6.5', ''), ('', ''))
    """
    if cell.startswith("<"):
        return cell[1:-1], ""
    if not cell.startswith('"'):
        return cell.removeprefix("_:"), ""
    end = cell.rindex('"')
    body, tail = cell[1:end], cell[end + 1 :]
    if "\\" in body:
        body = _ESCAPED.sub(lambda found: _ESCAPES[found[1]], body)
    return body, tail[1:] if tail.startswith("@") else ""


def literal_of(text: str, language: str) -> str:
    r"""Return a text in a language as SPARQL writes it.

    >>> print(literal_of('Väx"jö', "sv"))
    "Väx\"jö"@sv
    """
    return str(ox.Literal(text, language=language))


def cell_of(term: Value | None) -> str:
    r"""Return a term as a cell that `plain_of` reads, "" for None.

    >>> cell_of(ox.Literal('ett "råd"', language="sv")), cell_of(ox.NamedNode("https://example.org/x")), cell_of(None)
    ('"ett \\"råd\\""@sv', '<https://example.org/x>', '')
    """
    if term is None:
        return ""
    if not isinstance(term, ox.Literal):
        return str(term)
    tail = f"@{term.language}" if term.language else "" if term.datatype == _STRING else f"^^{term.datatype}"
    return f'"{term.value.translate(_ESCAPING)}"{tail}'


def _text(term: Value) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
