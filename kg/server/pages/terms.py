"""What classes and properties are called, from the shipped vocabulary, and the few terms of others in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.findings import Lang
from kg.namespaces import BASE, DCTERMS, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, last_part
from kg.resources import ontology_dir
from kg.store import open_store, plain_of

__all__ = ["Term", "find_term", "name_of_term", "terms"]

_OTHERS: Mapping[str, tuple[str, str]] = {
    DCTERMS.created: ("skapad", "created"),
    DCTERMS.creator: ("av", "by"),
    DCTERMS.date: ("datum", "date"),
    DCTERMS.identifier: ("beteckning", "identifier"),
    DCTERMS.isPartOf: ("del av", "part of"),
    DCTERMS.issued: ("utgiven", "issued"),
    DCTERMS.license: ("licens", "licence"),
    DCTERMS.modified: ("ändrad", "modified"),
    DCTERMS.publisher: ("utgivare", "publisher"),
    DCTERMS.relation: ("hör ihop med", "related to"),
    DCTERMS.source: ("källa", "source"),
    DCTERMS.title: ("titel", "title"),
    DCTERMS.type: ("slag", "kind"),
    ORG.member: ("deltagare", "member"),
    ORG.organization: ("i", "in"),
    ORG.role: ("roll", "role"),
    ORG.subOrganizationOf: ("del av", "part of"),
    PROV.generated: ("gav", "gave"),
    PROV.wasAssociatedWith: ("utförd av", "carried out by"),
    PROV.wasRevisionOf: ("ersätter", "replaces"),
    RDFS.subClassOf: ("underklass till", "subclass of"),
    RDFS.subPropertyOf: ("underegenskap till", "subproperty of"),
    RDFS.seeAlso: ("se även", "see also"),
    SCHEMA.domainIncludes: ("används på", "used on"),
    SCHEMA.rangeIncludes: ("värden", "values"),
    SCHEMA.url: ("adress", "address"),
    SKOS.broader: ("överordnat", "broader"),
    SKOS.closeMatch: ("nära motsvarighet", "close match"),
    SKOS.definition: ("innebörd", "meaning"),
    SKOS.exactMatch: ("exakt motsvarighet", "exact match"),
    SKOS.inScheme: ("begreppslista", "scheme"),
    SKOS.notation: ("beteckning", "notation"),
    SKOS.note: ("anmärkning", "note"),
    SKOS.scopeNote: ("användning", "use"),
    SKOS.topConceptOf: ("toppbegrepp i", "top concept of"),
    "http://www.w3.org/2004/02/skos/core#editorialNote": ("redaktörens anmärkning", "editorial note"),
    "http://www.w3.org/2004/02/skos/core#Concept": ("begrepp", "concept"),
    "http://www.w3.org/2004/02/skos/core#ConceptScheme": ("begreppslista", "scheme of concepts"),
    "http://www.w3.org/ns/org#FormalOrganization": ("organisation", "organisation"),
    "http://www.w3.org/ns/org#Organization": ("organisation", "organisation"),
    "http://xmlns.com/foaf/0.1/Document": ("dokument", "document"),
    "http://xmlns.com/foaf/0.1/Organization": ("organisation", "organisation"),
    "http://xmlns.com/foaf/0.1/name": ("namn", "name"),
}


@dataclass(slots=True)
class Term:
    """A class or property of the vocabulary: texts by property and language, and the IRIs that it points at."""

    iri: str
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    points: dict[str, list[str]] = field(default_factory=dict)

    def text(self, name: str, lang: Lang) -> str:
        """Return the text of a property in a language, else in the other, "" where it has none."""
        return self.texts.get((name, lang)) or self.texts.get((name, "sv" if lang == "en" else "en"), "")


@cache
def terms() -> Mapping[str, Term]:
    """Return the classes and properties of the shipped vocabulary by IRI."""
    store = open_store("memory")
    store.load([ontology_dir() / "forebygg.ttl"])
    found: dict[str, Term] = {}
    for cells in store.cells("SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"):
        (iri, _), (name, _), (value, language) = map(plain_of, cells)
        if not iri.startswith(f"{BASE}spec/"):
            continue
        term = found.setdefault(iri, Term(iri))
        if language:
            term.texts[name, language] = value
        elif value.startswith("http") and name not in {RDF.type, RDFS.isDefinedBy}:
            term.points.setdefault(name, []).append(value)
    return found


def find_term(iri: str) -> Term | None:
    """Return a class or property of the vocabulary, None for anything else."""
    return terms().get(iri)


def name_of_term(iri: str, lang: Lang) -> str:
    """Return what a class or property is called; the end of its IRI stands in where nothing names it.

    >>> name_of_term("http://www.w3.org/ns/org#member", "sv")
    'deltagare'
    """
    if iri in _OTHERS:
        return _OTHERS[iri][lang == "en"]
    term = terms().get(iri)
    return (term.text(RDFS.label, lang) if term else "") or last_part(iri.replace("#", "/"))
