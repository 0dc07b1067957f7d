"""The description of the data set: DCAT-AP-SE 3.0.1 as its own templates state it, VoID as counted, PROF, citation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, XSD, Literal, URIRef

from kg import __version__
from kg.cache import load_everything
from kg.exports import FORMATS
from kg.namespaces import BASE
from kg.resources import ontology_dir, triples_dir
from kg.store import open_store
from tests.synthetic import real_store
from tests.tool import load_tool

ROOT = Path(__file__).parent.parent
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
PROF = rdflib.Namespace("http://www.w3.org/ns/dx/prof/")
DCAT_VERSION = URIRef("http://www.w3.org/ns/dcat#version")
DATASET = URIRef(f"{BASE}res/katalog/forebygg")
CC_BY = URIRef("https://creativecommons.org/licenses/by/4.0/")

# (class, property, least, most, kind of value), after the templates of DCAT-AP-SE 3.0.1 (DIGG, diggsweden/DCAT-AP-SE,
# 2024): what is mandatory, what may stand once, and what is a text with a language, a plain text, a day or an address.
RULES = [
    (DCAT.Catalog, DCTERMS.title, 1, 99, "words"),
    (DCAT.Catalog, DCTERMS.description, 1, 99, "words"),
    (DCAT.Catalog, DCTERMS.publisher, 1, 1, "iri"),
    (DCAT.Catalog, DCTERMS.license, 1, 1, "iri"),
    (DCAT.Catalog, DCAT.dataset, 1, 99, "iri"),
    (DCAT.Catalog, DCTERMS.issued, 0, 1, "day"),
    (DCAT.Catalog, DCTERMS.modified, 0, 1, "day"),
    (DCAT.Catalog, FOAF.homepage, 0, 1, "iri"),
    (DCAT.Dataset, DCTERMS.title, 1, 99, "words"),
    (DCAT.Dataset, DCTERMS.description, 1, 99, "words"),
    (DCAT.Dataset, DCTERMS.publisher, 1, 1, "iri"),
    (DCAT.Dataset, DCTERMS.creator, 0, 1, "iri"),
    (DCAT.Dataset, DCAT.keyword, 0, 99, "words"),
    (DCAT.Dataset, DCAT.theme, 0, 99, "iri"),
    (DCAT.Dataset, DCTERMS.issued, 0, 1, "day"),
    (DCAT.Dataset, DCTERMS.modified, 0, 1, "day"),
    (DCAT.Dataset, DCAT.landingPage, 0, 99, "iri"),
    (DCAT.Dataset, DCTERMS.accrualPeriodicity, 0, 1, "iri"),
    (DCAT.Dataset, DCTERMS.accessRights, 0, 1, "iri"),
    (DCAT.Dataset, DCTERMS.identifier, 0, 99, "text"),
    (DCAT.Dataset, OWL.versionInfo, 0, 1, "text"),
    (DCAT.Dataset, DCAT_VERSION, 0, 1, "text"),
    (DCAT.Distribution, DCTERMS.title, 0, 99, "words"),
    (DCAT.Distribution, DCTERMS.description, 0, 99, "words"),
    (DCAT.Distribution, DCAT.accessURL, 1, 1, "iri"),
    (DCAT.Distribution, DCTERMS["format"], 1, 1, "media type"),
    (DCAT.Distribution, DCTERMS.license, 0, 1, "iri"),
    (DCAT.Distribution, DCAT.byteSize, 0, 1, "text"),
    (FOAF.Agent, FOAF.name, 1, 99, "words"),
    (VCARD.Organization, VCARD.hasEmail, 1, 99, "iri"),
]
# A value of the property must be of one of the classes.
RANGES = {
    DCTERMS.publisher: {FOAF.Agent, FOAF.Organization},
    DCTERMS.creator: {FOAF.Agent, FOAF.Organization},
    DCTERMS.spatial: {DCTERMS.Location},
    DCTERMS.temporal: {DCTERMS.PeriodOfTime},
    DCTERMS.source: {DCAT.Dataset},
    DCAT.dataset: {DCAT.Dataset},
    DCAT.distribution: {DCAT.Distribution},
    DCTERMS.conformsTo: {DCTERMS.Standard},
}
NOT_CLAIMED = {(FOAF.Agent, DCTERMS.type), (DCAT.Dataset, DCAT.contactPoint)}
"""What the templates ask for and only a publisher knows: the kind of publisher, and an address to turn to."""


@pytest.fixture(scope="module")
def catalogue() -> rdflib.Graph:
    return rdflib.Graph().parse(triples_dir() / "catalog.ttl", format="turtle")


@pytest.fixture(scope="module")
def void() -> rdflib.Graph:
    return rdflib.Graph().parse(triples_dir() / "void.ttl", format="turtle")


@pytest.fixture(scope="module")
def describe() -> Iterator[ModuleType]:
    yield from load_tool("describe_graphs")


def is_a(value: object, kind: str) -> bool:
    if kind == "iri":
        return isinstance(value, URIRef)
    if not isinstance(value, Literal):
        return False
    if kind == "words":
        return value.language in {"sv", "en"}
    if kind == "day":
        return value.datatype in {XSD.date, XSD.dateTime, XSD.gYear}
    if kind == "media type":
        return re.fullmatch(r"\w+/[-.\w]+(?:\+[-.\w]+)?", value) is not None and value.language is None
    return value.language is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule[0].n3()[-20:-1]} {rule[1].n3()[-20:-1]}")
def test_the_catalogue_keeps_the_rules_of_dcat_ap_se(catalogue: rdflib.Graph, rule: tuple[object, ...]) -> None:
    kind_of_thing, term, least, most, kind = rule
    subjects = [each for each in catalogue.subjects(RDF.type, kind_of_thing) if each != URIRef("")]  # type: ignore[arg-type]
    assert subjects or kind_of_thing == VCARD.Organization
    for subject in subjects:
        values = list(catalogue.objects(subject, term))  # type: ignore[arg-type]
        assert least <= len(values) <= most, (subject, term)  # type: ignore[operator]
        assert all(is_a(value, str(kind)) for value in values), (subject, term, values)


@pytest.mark.parametrize(("term", "classes"), RANGES.items(), ids=[str(term)[-16:] for term in RANGES])
def test_what_dcat_ap_se_points_at_is_of_the_class_it_asks_for(
    catalogue: rdflib.Graph, term: URIRef, classes: set[URIRef]
) -> None:
    # Municipalities as places and the graphs' own sources are no values of a DCAT class.
    for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution):
        for subject in catalogue.subjects(RDF.type, kind):
            for value in catalogue.objects(subject, term):
                assert set(catalogue.objects(value, RDF.type)) & classes, value


def test_addresses_are_web_addresses_and_what_is_not_claimed_is_said(catalogue: rdflib.Graph) -> None:
    for term in (DCAT.accessURL, DCAT.landingPage, FOAF.homepage):
        assert all(str(value).startswith("https://") for value in catalogue.objects(None, term))
    for kind, term in NOT_CLAIMED:
        assert not any(list(catalogue.objects(each, term)) for each in catalogue.subjects(RDF.type, kind))
    text = (triples_dir() / "catalog.ttl").read_text(encoding="utf-8")
    assert "dcat:contactPoint" in text
    assert "dcterms:type of the agent" in text


def test_each_distribution_can_be_made_and_has_a_licence(catalogue: rdflib.Graph) -> None:
    names = {str(each).rsplit("/", 1)[-1] for each in catalogue.objects(DATASET, DCAT.distribution)}
    assert names == {"trig", "wheel", "jsonld", "nquads"}
    for each in catalogue.objects(DATASET, DCAT.distribution):
        assert catalogue.value(each, DCTERMS.license) == CC_BY
        media = str(catalogue.value(each, DCAT.mediaType)).removeprefix("https://www.iana.org/assignments/media-types/")
        assert media == str(catalogue.value(each, DCTERMS["format"]))
        for said in catalogue.objects(each, DCTERMS.description):
            for named in re.findall(r"--format (\w+)", str(said)):
                assert named in FORMATS


def test_the_reports_are_what_the_data_set_was_derived_from(catalogue: rdflib.Graph) -> None:
    keys = {path.stem for path in (triples_dir() / "sources").glob("*.trig")}
    assert {str(each).rsplit("/", 1)[-1] for each in catalogue.objects(DATASET, PROV.wasDerivedFrom)} == keys


# --- VoID


def test_the_void_description_is_what_the_graphs_hold(describe: ModuleType) -> None:
    written = (triples_dir() / "void.ttl").read_text(encoding="utf-8")
    assert written == describe.describe(load_everything(open_store("memory"))), "run: python -m tools.describe_graphs"


def test_void_and_the_catalogue_agree_on_the_graphs_and_their_sizes(
    catalogue: rdflib.Graph, void: rdflib.Graph
) -> None:
    described = {DATASET, *catalogue.objects(DATASET, SD.namedGraph)}
    assert set(void.subjects(RDF.type, VOID.Dataset)) == described
    for each in described:
        assert void.value(each, VOID.triples) == catalogue.value(each, VOID.triples)
    assert not any(isinstance(term, rdflib.BNode) for triple in void for term in triple)


def test_the_partitions_of_a_graph_add_up(void: rdflib.Graph) -> None:
    for each in void.subjects(RDF.type, VOID.Dataset):
        parts = list(void.objects(each, VOID.propertyPartition))
        counted = sum(int(str(void.value(part, VOID.triples))) for part in parts)
        whole = int(str(void.value(each, VOID.triples)))
        assert counted == whole or (each == DATASET and counted < whole)
        assert int(str(void.value(each, VOID.properties))) == len(parts)
        assert int(str(void.value(each, VOID.classes))) == len(list(void.objects(each, VOID.classPartition)))


def test_the_partitions_count_a_class_as_a_query_does(void: rdflib.Graph) -> None:
    query = (
        f"SELECT (COUNT(DISTINCT ?m) AS ?n) WHERE {{ GRAPH <{BASE}res/graf/vaxjo-2022> "
        f"{{ ?m a <{BASE}spec/ForumMembership> }} }}"
    )
    ((count,),) = real_store().select(query).values()
    part = URIRef(f"{BASE}res/katalog/graf/vaxjo-2022/klass/fb-ForumMembership")
    assert str(void.value(part, VOID.entities)) == count
    assert void.value(part, VOID["class"]) == URIRef(f"{BASE}spec/ForumMembership")


# --- profile and citation


def test_every_part_of_the_profile_has_a_role_a_format_and_a_title_in_both_languages() -> None:
    profile = rdflib.Graph().parse(ontology_dir() / "profile.ttl", format="turtle")
    parts = list(profile.objects(URIRef(f"{BASE}profile"), PROF.hasResource))
    assert set(parts) == set(profile.subjects(RDF.type, PROF.ResourceDescriptor))
    roles = "http://www.w3.org/ns/dx/prof/role/"
    known = {"constraints", "example", "guidance", "mapping", "schema", "specification", "validation", "vocabulary"}
    for part in parts:
        assert {said.language for said in profile.objects(part, DCTERMS.title)} == {"sv", "en"}  # type: ignore[union-attr]
        assert {str(role).removeprefix(roles) for role in profile.objects(part, PROF.hasRole)} <= known
        assert profile.value(part, DCTERMS["format"]) is not None
        assert profile.value(part, PROF.hasArtifact) is not None


def test_the_citation_names_the_version_and_both_licences() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^\s*version: (\S+)$", text, re.MULTILINE) == [__version__, __version__]
    assert re.findall(r"^\s*license: (\S+)$", text, re.MULTILINE) == ["Apache-2.0", "CC-BY-4.0"]
    assert "given-names" not in text
