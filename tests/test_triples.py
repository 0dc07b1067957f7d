"""What is said of the shipped triples is so: the counts of the README, and the catalogue with its named graphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, RDF, XSD, Literal, URIRef

from kg import __version__
from kg.cache import load_everything
from kg.namespaces import BASE
from kg.resources import data_files, triples_dir
from kg.store import Store, open_store
from tests.tool import load_tool

ROOT = Path(__file__).parent.parent
README = (triples_dir() / "README.md").read_text(encoding="utf-8")
CATALOGUE = triples_dir() / "catalog.ttl"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DATASET = URIRef(f"{BASE}res/katalog/forebygg")


@pytest.fixture(scope="module")
def count() -> Iterator[ModuleType]:
    yield from load_tool("count_claims")


@pytest.fixture(scope="module")
def shipped() -> Store:
    return load_everything(open_store("memory"))


@pytest.fixture(scope="module")
def catalogue() -> rdflib.Graph:
    return rdflib.Graph().parse(CATALOGUE, format="turtle")


def test_the_readme_counts_what_the_graph_holds(count: ModuleType, shipped: Store) -> None:
    assert count.with_table(README, count.write_table(shipped)) == README, "run: python -m tools.count_claims --write"
    assert "| memberships |" in README


def test_a_programme_is_no_forum_and_a_denial_no_membership(count: ModuleType, tmp_path: Path) -> None:
    # Two forums of which one is described, a programme described, one member, one denial; 2 of 3 claims are stated.
    path = tmp_path / "a.trig"
    path.write_text(
        """
        @prefix fb: <https://w3id.org/forebygg/spec/> .
        @prefix visshet: <https://w3id.org/forebygg/def/visshet/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix id: <https://w3id.org/forebygg/id/> .
        @prefix kalla: <https://w3id.org/forebygg/res/kalla/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://w3id.org/forebygg/res/graf/register> { id:f1 a fb:Forum . id:f2 a fb:Forum . id:p a fb:Programme . }
        <https://w3id.org/forebygg/res/graf/a> {
          kalla:a a fb:Source ; skos:prefLabel "A"@sv ; fb:observedOn "2020-01-01"^^xsd:date ; fb:municipality id:k .
          id:b1 a fb:ForumDescription ; fb:describesForum id:f1 .
          id:b2 a fb:ForumDescription ; fb:describesForum id:p .
          id:m a fb:ForumMembership ; fb:certainty visshet:uttalad .
          id:n a fb:NonMembership ; fb:certainty visshet:uttalad .
          id:e a fb:ExistenceClaim ; fb:certainty visshet:tolkad .
        }
        """,
        encoding="utf-8",
    )
    store = open_store("memory")
    store.load([path])
    rows = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|", count.write_table(store), re.MULTILINE))
    assert rows["forums"] == rows["programmes"] == rows["memberships"] == rows["denials of membership"] == "1"
    assert rows["**with a certainty**"] == "3"
    assert (rows["of these stated"], rows["of these interpreted"]) == ("67%", "33%")


def test_the_catalogue_names_every_graph_with_its_number_of_triples(
    count: ModuleType, shipped: Store, catalogue: rdflib.Graph
) -> None:
    sizes = {URIRef(f"{BASE}res/graf/{name}"): size for name, size in count.count_triples(shipped).items()}
    total = sizes.pop(URIRef(f"{BASE}res/graf/forebygg"))
    stated = {
        catalogue.value(each, SD.name): int(str(catalogue.value(each, VOID.triples)))
        for each in catalogue.objects(DATASET, SD.namedGraph)
    }
    assert stated == sizes, "describe each graph in catalog.ttl, then run: python -m tools.count_claims --write"
    assert catalogue.value(DATASET, VOID.triples) == Literal(total)
    assert set(catalogue.objects(DATASET, VOID.subset)) == set(catalogue.subjects(RDF.type, SD.NamedGraph))


def test_the_catalogue_has_what_a_portal_asks_for_and_no_person(catalogue: rdflib.Graph) -> None:
    text = CATALOGUE.read_text(encoding="utf-8")
    assert not any(isinstance(term, rdflib.BNode) for triple in catalogue for term in triple)
    assert "@" not in re.sub(r'@prefix|"@(sv|en)', "", text)
    for name in (URIRef(f"{BASE}res/katalog"), DATASET, *catalogue.objects(DATASET, DCAT.distribution)):
        for term in (DCTERMS.title, DCTERMS.description):
            assert {said.language for said in catalogue.objects(name, term)} == {"sv", "en"}
        assert catalogue.value(name, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert str(catalogue.value(DATASET, rdflib.OWL.versionInfo)) == __version__
    assert catalogue.value(DATASET, DCTERMS.publisher) == URIRef(f"{BASE}id/org/nationell/forebygg")
    assert catalogue.value(DATASET, DCTERMS.conformsTo) == URIRef(f"{BASE}profile")


def test_the_catalogue_covers_the_days_of_the_sources(shipped: Store, catalogue: rdflib.Graph) -> None:
    days = [
        day
        for (day,) in shipped.select(
            "SELECT ?dag WHERE { ?kalla <https://w3id.org/forebygg/spec/observedOn> ?dag } ORDER BY ?dag"
        ).values()
    ]
    period = catalogue.value(DATASET, DCTERMS.temporal)
    assert catalogue.value(period, DCAT.startDate) == Literal(days[0], datatype=XSD.date)
    assert catalogue.value(period, DCAT.endDate) == Literal(days[-1], datatype=XSD.date)


def test_the_catalogue_is_not_loaded_with_the_data() -> None:
    assert CATALOGUE.is_file()
    assert CATALOGUE not in data_files()
