"""Triples as plain values, read from a store and written as TriG in a fixed order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from kg.namespaces import NAMESPACES, RDF, SKOS, XSD

__all__ = ["Term", "Triple", "decimal_text", "iri", "of_store", "plain", "text", "to_trig", "typed"]

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LOCAL: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_FIRST: Final = (RDF.type, SKOS.prefLabel, SKOS.altLabel)


class Term(NamedTuple):
    """The object of a triple: its text, and `iri`, `@sv`, "" for a plain string, or the IRI of a datatype."""

    text: str
    kind: str


class Triple(NamedTuple):
    """Subject and property as IRIs, and the object."""

    subject: str
    predicate: str
    value: Term


def iri(text: str) -> Term:
    """Return an IRI as an object."""
    return Term(text, "iri")


def text(words: str, lang: str = "sv") -> Term:
    """Return words in a language."""
    return Term(words, f"@{lang}")


def plain(words: str) -> Term:
    """Return a plain string."""
    return Term(words, "")


def typed(words: str, datatype: str) -> Term:
    """Return a literal of a datatype."""
    return Term(words, datatype)


def decimal_text(number: str) -> str:
    """Return a decimal with at least one decimal place.

    >>> decimal_text("12"), decimal_text("0.50"), decimal_text("6.0")
    ('12.0', '0.5', '6.0')
    """
    shown = format(Decimal(number).normalize(), "f")
    return shown if "." in shown else f"{shown}.0"


def of_store(node: Any) -> Term:
    """Return a term of the store as an object of ours; a decimal is written as `decimal_text` writes it."""
    if type(node).__name__ == "NamedNode":
        return Term(node.value, "iri")
    if node.language:
        return Term(node.value, f"@{node.language}")
    datatype = node.datatype.value
    if datatype == XSD.decimal:
        return Term(decimal_text(node.value), datatype)
    return Term(node.value, "" if datatype == XSD.string else datatype)


@lru_cache(maxsize=50_000)
def _short(address: str) -> str:
    for prefix, space in NAMESPACES.items():
        if address.startswith(space) and _LOCAL.fullmatch(address[len(space) :]):
            return f"{prefix}:{address[len(space) :]}"
    return f"<{address}>"


def _shown(value: Term) -> str:
    if value.kind == "iri":
        return _short(value.text)
    quoted = '"' + "".join(_ESCAPES.get(letter, letter) for letter in value.text) + '"'
    if not value.kind or value.kind.startswith("@"):
        return quoted + value.kind
    return f"{quoted}^^{_short(value.kind)}"


def _order(triple: Triple) -> tuple[int, str, str, str]:
    rank = _FIRST.index(triple.predicate) if triple.predicate in _FIRST else len(_FIRST)
    return rank, triple.predicate, triple.value.kind, triple.value.text


def to_trig(graph: str, triples: Iterable[Triple], *, heading: str = "") -> str:
    """Return one named graph as TriG, one object a line: subjects sorted, class and names first.

    The same triples give the same text.
    """
    subjects: Mapping[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        subjects[triple.subject].append(triple)
    blocks = []
    for subject in sorted(subjects):
        lines = [f"    {_short(t.predicate)} {_shown(t.value)}" for t in sorted(set(subjects[subject]), key=_order)]
        blocks.append(f"<{subject}>\n" + " ;\n".join(lines) + " .\n")
    body = "\n".join(blocks)
    used = set(re.findall(r"(?<![\w<\"])([a-z]+):(?=[A-Za-z])", body))
    prefixes = "".join(f"@prefix {each}: <{space}> .\n" for each, space in sorted(NAMESPACES.items()) if each in used)
    head = "".join(f"# {line}\n" for line in heading.splitlines())
    return f"{head}\n{prefixes}\n<{graph}> {{\n\n{body}\n}}\n"
