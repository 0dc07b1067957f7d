"""The graph as JSON-LD in the words of a published context: short names, one language map a label."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from kg.errors import DataError
from kg.namespaces import RDF, XSD
from kg.resources import schemas_dir
from kg.store import Quad

__all__ = ["Context", "read_context", "to_jsonld"]

_PLAIN = {XSD.string, RDF.langString}


class Context:
    """The terms of a JSON-LD context: how an IRI is shortened, and what a property's value may be written as.

    Only what the exports use of JSON-LD 1.1 is known: prefixes, and terms with `@type` or a language map.
    """

    def __init__(self, terms: Mapping[str, Any]) -> None:
        self._prefixes = sorted(
            ((iri, name) for name, iri in terms.items() if isinstance(iri, str) and iri.endswith(("/", "#"))),
            key=lambda each: (-len(each[0]), each[1]),
        )
        plain = {name: iri for iri, name in self._prefixes}
        self._names = frozenset(plain)
        self._terms: dict[str, tuple[str, str]] = {}
        for name, term in terms.items():
            if name.startswith("@") or name in plain:
                continue
            iri = term if isinstance(term, str) else term["@id"]
            prefix, _, local = iri.partition(":")
            how = "" if isinstance(term, str) else term.get("@container") or term.get("@type", "")
            kind, _, of_type = how.partition(":")
            self._terms[plain[prefix] + local] = name, plain[kind] + of_type if of_type else how

    def short(self, iri: str) -> str:
        """Return an IRI with its prefix, or as it is.

        Raises `DataError` for an IRI whose scheme is spelt as a prefix: it would be read as another.
        """
        for namespace, name in self._prefixes:
            rest = iri.removeprefix(namespace)
            if rest not in {iri, ""} and not rest.startswith("//"):
                return f"{name}:{rest}"
        scheme, _, rest = iri.partition(":")
        if scheme in self._names and not rest.startswith("//"):
            raise DataError(f"<{iri}> cannot be told from a short name of JSON-LD; export it as trig or nq")
        return iri

    def name(self, iri: str) -> str:
        """Return the term of a class or property, else its short IRI."""
        return self._terms[iri][0] if iri in self._terms else self.short(iri)

    def written_as(self, iri: str) -> str:
        """Return how the values of a property are written: `@id`, `@language`, a datatype, or "" for any."""
        return self._terms[iri][1] if iri in self._terms else ""


@cache
def read_context() -> dict[str, Any]:
    """Return the published context, `schemas/context.jsonld`, as JSON."""
    found: dict[str, Any] = json.loads((schemas_dir() / "context.jsonld").read_text(encoding="utf-8"))
    return found


def to_jsonld(quads: Iterable[Quad]) -> bytes:
    """Return quads, which must be sorted by graph and subject, as one JSON-LD document with the context inside.

    Each graph is a node with an `@graph`. Whatever the context does not foresee (another datatype, a text where an
    IRI is usual) stands under the whole IRI of its property, so that a processor reads the same graph back. Raises
    `DataError` for a triple about a triple, which JSON-LD 1.1 cannot say.
    """
    published = read_context()
    context = Context(published["@context"])
    graphs: list[dict[str, Any]] = []
    for graph, of_graph in groupby(quads, key=lambda each: each.graph_name):
        nodes = [
            _node(context, str(subject), of_subject)
            for subject, of_subject in groupby(of_graph, key=lambda each: each.subject)
        ]
        iri = getattr(graph, "value", "")
        graphs.extend([{"@id": context.short(iri), "@graph": nodes}] if iri else nodes)
    content = {**published, "@graph": graphs}
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _node(context: Context, subject: str, quads: Iterable[Quad]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _reference(context, subject)}
    found: dict[str, list[Any]] = {}
    words: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        iri, term = quad.predicate.value, quad.object
        if iri == RDF.type and str(term).startswith(("<http", "_:")):
            found.setdefault("@type", []).append(_class(context, str(term)))
            continue
        if context.written_as(iri) == "@language" and (language := getattr(term, "language", None)):
            words.setdefault(context.name(iri), {}).setdefault(language, []).append(getattr(term, "value", ""))
            continue
        key, value = _value(context, iri, term)
        found.setdefault(key, []).append(value)
    node |= {key: _one_or_all(values) for key, values in found.items()}
    node |= {key: {lang: _one_or_all(said) for lang, said in sorted(of.items())} for key, of in words.items()}
    return node


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _reference(context: Context, term: str) -> str:
    """Return the address of a node: a short IRI, or the label of a blank node."""
    return context.short(term[1:-1]) if term.startswith("<") else term


def _class(context: Context, term: str) -> str:
    return context.name(term[1:-1]) if term.startswith("<") else term


def _value(context: Context, iri: str, term: Any) -> tuple[str, Any]:
    """Return the key and the value of one statement: the short ones where the context says how they are read."""
    wanted = context.written_as(iri)
    text = str(term)
    if text.startswith("<<"):
        raise DataError(f"JSON-LD cannot say what {iri} says of a triple; export it as trig or nq")
    key = iri if wanted else context.name(iri)
    if text.startswith(("<", "_:")):
        address = _reference(context, text)
        return (context.name(iri), address) if wanted == "@id" else (key, {"@id": address})
    if term.language:
        return key, {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    if wanted == datatype:
        return context.name(iri), _native(term.value, datatype)
    return key, term.value if datatype in _PLAIN else {"@value": term.value, "@type": context.short(datatype)}


def _native(text: str, datatype: str) -> Any:
    """Return a truth value or a whole number as JSON has it, where that is read back as the same text."""
    if datatype == XSD.boolean and text in {"true", "false"}:
        return text == "true"
    if datatype == XSD.integer and text.removeprefix("-").isdigit() and str(int(text)) == text and len(text) < 15:
        return int(text)
    return text
