"""The reference of the ontology: classes, properties and terms in both languages, each with a triple from the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from kg.namespaces import BASE, NAMESPACES, PREFIXES, SCHEMES, scheme_iri
from kg.resources import data_files, norm_files, ontology_files
from kg.store import read_quads
from tools.handbook.markdown import both, code, fence, prose, swedish, table

__all__ = ["terms_page", "vocabulary_page"]

FB: Final = Namespace(NAMESPACES["fb"])
SCHEMA: Final = Namespace(NAMESPACES["schema"])
_TYPE: Final = NamedNode(str(RDF.type))
_AUTHORED: Final = frozenset({"fb", "org", "prov", "dcterms", "skos", "rdf", "rdfs", "schema"})


@cache
def _ontology() -> Graph:
    graph = Graph()
    for path in ontology_files():
        graph.parse(path, format="turtle")
    return graph


@cache
def short(iri: str) -> str:
    """Return an IRI as it may stand in Turtle under the prefixes and the base of the graph.

    >>> short("https://w3id.org/forebygg/spec/Forum"), short("https://w3id.org/forebygg/id/kommun/0780")
    ('fb:Forum', '<id/kommun/0780>')
    """
    fits = [prefix for prefix, namespace in NAMESPACES.items() if iri.startswith(namespace)]
    if fits:
        prefix = max(fits, key=lambda each: len(NAMESPACES[each]))
        local = iri.removeprefix(NAMESPACES[prefix])
        if "/" not in local and local:
            return f"{prefix}:{local}"
    return f"<{iri.removeprefix(BASE)}>" if iri.startswith(BASE) else f"<{iri}>"


def _term(term: object) -> str:
    if isinstance(term, NamedNode):
        return short(term.value)
    if isinstance(term, Literal):
        words = '"' + term.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        if term.language:
            return f"{words}@{term.language}"
        kind = short(term.datatype.value)
        return words if kind == "xsd:string" else f"{words}^^{kind}"
    return str(term)


@cache
def _examples() -> Mapping[str, str]:
    """Return for each class, property and concept the first triple of the shipped graph that uses it."""
    firsts: dict[str, tuple[int, str]] = {}

    def offer(iri: str, rank: int, triple: str) -> None:
        if iri.startswith(BASE) and (iri not in firsts or (rank, triple) < firsts[iri]):
            firsts[iri] = (rank, triple)

    for rank, paths in enumerate((data_files(), norm_files())):
        for quad in (quad for path in paths for quad in read_quads(path)):
            verb = "a" if quad.predicate == _TYPE else _term(quad.predicate)
            said = f"{_term(quad.subject)} {verb} {_term(quad.object)} ."
            offer(quad.predicate.value, rank, said)
            if isinstance(quad.object, NamedNode):
                offer(quad.object.value, rank, said)
    return {iri: triple for iri, (_, triple) in firsts.items()}


def _text(subject: URIRef, predicate: URIRef, language: str) -> str:
    found = [str(each) for each in _ontology().objects(subject, predicate) if getattr(each, "language", "") == language]
    return "; ".join(sorted(found))


def _names(iris: Iterable[object]) -> str:
    return ", ".join(sorted(code(short(str(each))) for each in iris))


def _declared(*kinds: URIRef) -> list[URIRef]:
    found = {each for kind in kinds for each in _ontology().subjects(RDF.type, kind)}
    return sorted(each for each in found if isinstance(each, URIRef) and each.startswith(str(FB)))


def _section(term: URIRef, facts: Iterable[tuple[str, str]]) -> str:
    example = _examples().get(str(term), "")
    lines = [
        f"- {name}: {text}"
        for name, text in (
            ("Swedish", swedish(_text(term, RDFS.label, "sv"))),
            ("English", prose(_text(term, RDFS.label, "en"))),
            ("Definition", both(_text(term, SKOS.definition, "sv"), _text(term, SKOS.definition, "en"))),
            ("Note", both(_text(term, SKOS.scopeNote, "sv"), _text(term, SKOS.scopeNote, "en"))),
            *facts,
        )
        if text
    ]
    shown = fence(example, "turtle") if example else "No triple of the shipped graph uses it."
    return "\n\n".join([f"### {short(str(term))}", "\n".join(lines), shown])


def vocabulary_page() -> str:
    """Return the page of classes and properties."""
    graph = _ontology()
    uses: dict[object, list[object]] = defaultdict(list)
    for term, _, domain in graph.triples((None, SCHEMA.domainIncludes, None)):
        uses[domain].append(term)
    classes = [
        _section(each, [("Kind of", _names(graph.objects(each, RDFS.subClassOf))), ("Properties", _names(uses[each]))])
        for each in _declared(OWL.Class)
    ]
    properties = [
        _section(
            each,
            [
                ("Kind of", _names(graph.objects(each, RDFS.subPropertyOf))),
                ("Said of", _names(graph.objects(each, SCHEMA.domainIncludes))),
                ("Values", _names(graph.objects(each, SCHEMA.rangeIncludes))),
                ("Terms", _names(graph.objects(each, RDFS.seeAlso))),
            ],
        )
        for each in _declared(OWL.ObjectProperty, OWL.DatatypeProperty)
    ]
    prefixes = "\n".join(line for line in PREFIXES.splitlines() if line.split()[1].rstrip(":") in _AUTHORED)
    lead = (
        "Written from `ontology/forebygg.ttl`. Nothing here is meant for a reasoner: what a term is for is told by the "
        "lists below and enforced by the shapes. Under each term stands the first triple of the shipped graph that "
        "uses it; it reads under this head and one prefix for each terminology, as on the page of [terms](terms.md)."
    )
    head = fence(f"BASE <{BASE}>\n{prefixes}", "turtle")
    parts = ["# Vocabulary", lead, head, "## Classes", *classes, "## Properties", *properties]
    return "\n\n".join(parts) + "\n"


def _scheme(name: str) -> str:
    graph, iri = _ontology(), URIRef(scheme_iri(name))
    rows = []
    for each in sorted(each for each in graph.subjects(SKOS.inScheme, iri) if isinstance(each, URIRef)):
        broader = _names(graph.objects(each, SKOS.broader))
        meaning = both(_text(each, SKOS.definition, "sv"), _text(each, SKOS.definition, "en"))
        note = both(_text(each, SKOS.scopeNote, "sv"), _text(each, SKOS.scopeNote, "en"))
        example = _examples().get(str(each), "")
        rows.append(
            (
                code(str(each).rsplit("/", 1)[-1]),
                swedish(_text(each, SKOS.prefLabel, "sv")),
                prose(_text(each, SKOS.prefLabel, "en")),
                " ".join(part for part in (meaning, note, f"Narrower than {broader}." if broader else "") if part),
                code(example) if example else "",
            )
        )
    lead = both(_text(iri, SKOS.definition, "sv"), _text(iri, SKOS.definition, "en"))
    return "\n\n".join([f"## {name}", lead, table(("code", "svenska", "English", "meaning", "example"), rows)])


def terms_page() -> str:
    """Return the page of terminologies, a table each."""
    lead = (
        "Written from `ontology/terms/`. The IRI of a term is `https://w3id.org/forebygg/def/`, the name of the "
        "terminology, `/` and the code; in Turtle the name of the terminology is its prefix. The example is the first "
        "triple of the shipped graph that uses the term; – where none does."
    )
    return "\n\n".join(["# Terms", lead, *map(_scheme, SCHEMES)]) + "\n"
