"""Write the JSON-LD context of the exports, `kg/schemas/context.jsonld`, from the vocabulary.

Run `python -m tools.build_context` after a change to `ontology/forebygg.ttl`. Same vocabulary, same bytes: classes and
properties of `fb:` are terms by their own names, properties of other vocabularies by their prefixed names; what each
term's values are (an IRI, a language map, a date) comes from the ontology, for others from the table below.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from rdflib import OWL as OWL_TERMS
from rdflib import RDF as RDF_TERMS
from rdflib import Graph, Namespace

from kg.namespaces import BASE, DCTERMS, FB, NAMESPACES, ORG, OWL, PROV, RDFS, SCHEMA, SKOS

__all__ = ["build", "main"]

ROOT: Final = Path(__file__).resolve().parent.parent
TARGET: Final = ROOT / "kg" / "schemas" / "context.jsonld"
SCHEMA_ORG: Final = Namespace(NAMESPACES["schema"])

IRIS: Final = (
    *(DCTERMS.creator, DCTERMS.isPartOf, DCTERMS.license, DCTERMS.relation, DCTERMS.source),
    *(ORG.hasMember, ORG.member, ORG.organization, ORG.role, ORG.subOrganizationOf),
    *(OWL.assertionProperty, OWL.sourceIndividual, OWL.targetIndividual, OWL.versionIRI),
    *(PROV.generated, PROV.wasAssociatedWith, PROV.wasDerivedFrom, PROV.wasRevisionOf),
    *(RDFS.isDefinedBy, RDFS.seeAlso, RDFS.subClassOf, RDFS.subPropertyOf, SCHEMA.domainIncludes, SCHEMA.rangeIncludes),
    *(SKOS.broader, SKOS.closeMatch, SKOS.exactMatch, SKOS.inScheme, SKOS.topConceptOf),
)
WORDS: Final = (
    *(DCTERMS.description, DCTERMS.title, RDFS.comment, RDFS.label),
    *(SKOS.altLabel, SKOS.definition, SKOS.note, SKOS.prefLabel, SKOS.scopeNote),
)
DAYS: Final = (DCTERMS.created, DCTERMS.date, DCTERMS.issued, DCTERMS.modified)


def _short(iri: str) -> str:
    prefix, namespace = max(
        ((prefix, namespace) for prefix, namespace in NAMESPACES.items() if iri.startswith(namespace)),
        key=lambda each: len(each[1]),
    )
    return f"{prefix}:{iri[len(namespace) :]}"


def _of_property(ontology: Graph, iri: Any) -> Any:
    """Return the term of a property of ours: its IRI, with how its values are written where that is always the same."""
    short = _short(str(iri))
    if (iri, RDF_TERMS.type, OWL_TERMS.ObjectProperty) in ontology:
        return {"@id": short, "@type": "@id"}
    ranges = {_short(str(each)) for each in ontology.objects(iri, SCHEMA_ORG.rangeIncludes)}
    if ranges == {"rdf:langString"}:
        return {"@id": short, "@container": "@language"}
    if len(ranges) == 1 and next(iter(ranges)).startswith("xsd:") and ranges != {"xsd:string"}:
        return {"@id": short, "@type": ranges.pop()}
    return short


def build(ontology: Graph) -> dict[str, Any]:
    """Return the context: prefixes, then the terms of `fb:`, then those of other vocabularies, each part sorted."""
    context: dict[str, Any] = {"@version": 1.1}
    context |= {name: iri for name, iri in sorted(NAMESPACES.items()) if "/def/" not in iri}
    context |= {"def": f"{BASE}def/", "id": f"{BASE}id/", "res": f"{BASE}res/"}
    declared = {
        str(each): (each, kind)
        for kind in (OWL_TERMS.Class, OWL_TERMS.ObjectProperty, OWL_TERMS.DatatypeProperty)
        for each in ontology.subjects(RDF_TERMS.type, kind)
    }
    for iri in sorted(FB):
        each, kind = declared[iri]
        name = iri.removeprefix(NAMESPACES["fb"])
        if name in context:
            raise ValueError(f"{name} is a prefix of the context and a term of the vocabulary; rename the prefix")
        context[name] = _short(iri) if kind == OWL_TERMS.Class else _of_property(ontology, each)
    others: dict[str, dict[str, str]] = {
        **{iri: {"@type": "@id"} for iri in IRIS},
        **{iri: {"@container": "@language"} for iri in WORDS},
        **{iri: {"@type": "xsd:date"} for iri in DAYS},
        SCHEMA.url: {"@type": "xsd:anyURI"},
    }
    context |= {_short(iri): {"@id": _short(iri), **others[iri]} for iri in sorted(others, key=_short)}
    return {"@context": context}


def main() -> None:
    """Write the context beside the schemas."""
    ontology = Graph().parse(ROOT / "ontology" / "forebygg.ttl", format="turtle")
    text = json.dumps(build(ontology), ensure_ascii=False, indent=1) + "\n"
    TARGET.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
