"""The vocabulary holds what it promises: declared, labelled, defined, placed, and equal to `kg.namespaces`."""

import doctest
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, XSD

import kg.namespaces
from kg.namespaces import (
    FB,
    KINDS,
    NAMESPACES,
    PREFIXES,
    SCHEMES,
    concept,
    graph_iri,
    scheme_iri,
    section_iri,
    slug,
    source_iri,
    thing,
)

ONTOLOGY = Path(__file__).parent.parent / "ontology"
TERM_FILES = sorted((ONTOLOGY / "terms").glob("*.ttl"))
OWN_FILES = [ONTOLOGY / "forebygg.ttl", ONTOLOGY / "alignments.ttl", ONTOLOGY / "profile.ttl", *TERM_FILES]
ALL_FILES = sorted(ONTOLOGY.rglob("*.ttl"))

SPEC = rdflib.Namespace(NAMESPACES["fb"])
HEADER = rdflib.URIRef("https://w3id.org/forebygg/spec")
SCHEMA = rdflib.Namespace(NAMESPACES["schema"])
PROF = rdflib.Namespace("http://www.w3.org/ns/dx/prof/")

# Written from the contract, not from the Turtle: terminology to slugs.
CONCEPTS = {
    "forumtyp": "bra trygghetsrad est sspf sig insluss-avhopp operativ-samverkansgrupp skolnara-team omradesgrupp "
    "omradesteam styrgrupp beredningsgrupp presidiesamverkan hlt-mote natverksgrupp samordnad-planering "
    "familjecentral bob-rad gvi barnahus mini-maria avhopparverksamhet program bob-nationell bob-regional "
    "bob-lokal familjecentralsliknande samordningsforbund kaa-samverkan bbg-styrgrupp tsi andts-samverkan "
    "sip",
    "aktorstyp": "politik kommunledning trygghet-sakerhet socialtjanst skola elevhalsa fritid polis halso-sjukvard "
    "arbetsmarknad socialforsakring kriminalvard bostadsbolag naringsliv civilsamhalle raddningstjanst "
    "samhallsbyggnad akademi samordningsforbund kommun region samordnare vardnadshavare-ungdom invanare "
    "lokala-rapportorer bevakningsforetag aklagare rattsmedicin lansstyrelse statens-institutionsstyrelse "
    "ovrig-statlig-myndighet halsocentral modrahalsovard barnhalsovard oppen-forskola gymnasiehuvudman "
    "kommunalt-bolag",
    "forumniva": "politisk strategisk operativ individ",
    "deltagarroll": "ordforande vice-ordforande ledamot sammankallande adjungerad sekreterare part projektagare "
    "foljeforskare",
    "narvaro": "regelbunden ibland vid-behov",
    "status": "foreslagen planerad under-etablering etablerad pausad upphord",
    "visshet": "uttalad antydd tolkad",
    "underlag": "intervju dokument granskarens-bedomning statistik",
    "fullstandighet": "fullstandig exemplifierande ej-angiven",
    "frekvens": "veckovis varannan-vecka tva-ganger-i-manaden manadsvis varannan-manad kvartalsvis "
    "tva-ganger-per-termin halvarsvis arligen vartannat-ar",
    "preventionsniva": "universell selektiv indikerad",
    "insatsniva": "samhalle grupp individ",
    "riskgrupp": "normbrytande begynnande-kriminalitet utvecklad-kriminalitet avhoppare missbruk skolfranvaro "
    "utanfor-gymnasiet",
    "aldersgrund": "angiven skolstadium ordval",
    "forpliktelsegrad": "ska bor kan",
    "normgrund": "lag verka-for definition vagledning avtal praxis jamforelse uppdrag",
    "utslag": "uppfyllt i-allt-vasentligt delvis ej-uppfyllt ej-bedombart",
    "dokumenttyp": "overenskommelse medborgarlofte handlingsplan rutin riktlinje budget verksamhetsplan reglemente "
    "lagesbild strategi samverkansdokument atgardsplan kaa-handlingsplan individuell-plan",
    "foreteelse": "samordningsfunktion samlad-uppfoljning gemensam-styrning gemensam-definition mal "
    "uppdaterad-lagesbild uppfoljd-atgardsplan integrerad-planering politisk-ledning rapportering-kf "
    "stod-genomforande kontaktpunkt informationsspridning samordningsansvar ledande-representation mandat "
    "syfte-och-omrade medborgardialog malgrupp-alder huvudansvar samverkan-unga-lagovertradare "
    "aktivitetsansvar kaa-register identifierade-samverkansaktorer namngivna-samverkansaktorer "
    "barnetsbasta-ansvar samarbete-socialtjanst samverkan-barn-som-far-illa orosanmalan uppgiftslamnande "
    "brottsforebyggande-socialtjanst underrattelse-socialnamnd narvaro-forhor franvaroutredning "
    "intern-kontroll uppsikt samtycke est-lagesbild beslutsfattare systematisk-uppfoljning intern-samverkan "
    "egenkontroll bedomningsmetod genomforandeplan efterfragan-uppfoljning",
    "styrning": "uppdrag styrning rapportering finansiering samordning",
    "informationsinnehall": "lagesbild individarende statistik handelserapport",
    "omradestyp": "bostadsomrade tatort centrum skolomrade",
    "tidsprecision": "dag manad ar okand senast-citerat",
    "utfall": "narvarande informerar fornekad saknas ej-namnd ej-bedombar ej-tillamplig utanfor-omfattning",
    "normvillkor": "endast-lan del-styrgrupp del-arbetsgrupp endast-styrgrupp-kommun-polis endast-strategisk-beredning "
    "endast-arendeberedning om-bildat om-infort vid-behov person-aktuell enskilt-arende rapportor "
    "minst-en-av fritext",
    "verifiering": "a b c",
    "mandat": "beslutande beredande samordnande informerande",
    "delningsgrund": "samtycke lag avidentifierat",
    "amne": "kriminalitet gang missbruk hedersrelaterat-vald vald-i-nara-relation extremism skolfranvaro "
    "psykisk-ohalsa trygghet integration sysselsattning foraldrastod spel",
    "samverkansform": "lopande arendevis samlokalisering delad-tjanst avtal remiss",
    "omdome": "fungerar-val kan-utvecklas brister otydlig",
    "beslut": "bekraftad deltar-redan ej-aktuellt fraga-stalld",
    "svarsstatus": "genomford pagaende planerad avvisad ej-besvarad",
}

BROADER = {
    "aktorstyp": {
        "barnhalsovard": "halso-sjukvard",
        "bevakningsforetag": "naringsliv",
        "bostadsbolag": "kommunalt-bolag",
        "elevhalsa": "skola",
        "gymnasiehuvudman": "skola",
        "halsocentral": "halso-sjukvard",
        "modrahalsovard": "halso-sjukvard",
        "oppen-forskola": "skola",
    },
    "dokumenttyp": {"atgardsplan": "handlingsplan", "kaa-handlingsplan": "handlingsplan"},
    "forumtyp": {
        "bbg-styrgrupp": "styrgrupp",
        "bob-lokal": "bob-rad",
        "bob-nationell": "bob-rad",
        "bob-regional": "bob-rad",
        "sip": "samordnad-planering",
    },
}

# Written from the contract: direct superclasses and superproperties. A property that is not here has none.
SUPER = {
    "Actor": "org:Organization",
    "PublicBody": "fb:Actor org:FormalOrganization cv:PublicOrganisation",
    "Municipality": "fb:PublicBody",
    "Region": "fb:PublicBody",
    "JointAuthority": "fb:PublicBody",
    "StateAgency": "fb:PublicBody",
    "PoliticalBody": "fb:Actor org:OrganizationalUnit",
    "Assembly": "fb:PoliticalBody",
    "Committee": "fb:PoliticalBody",
    "AdministrativeUnit": "fb:Actor org:OrganizationalUnit",
    "Administration": "fb:AdministrativeUnit",
    "Department": "fb:AdministrativeUnit",
    "Unit": "fb:AdministrativeUnit",
    "Company": "fb:Actor org:FormalOrganization",
    "CivilSocietyOrganisation": "fb:Actor org:FormalOrganization",
    "ActorGroup": "fb:Actor",
    "Function": "org:Post",
    "Forum": "org:OrganizationalCollaboration",
    "Programme": "org:OrganizationalCollaboration",
    "WorkingModel": "prov:Plan",
    "Claim": "prov:Entity",
    "ForumDescription": "fb:Claim",
    "ForumMembership": "fb:Claim org:Membership",
    "NonMembership": "fb:Claim",
    "AbsenceClaim": "fb:Claim",
    "InformationFlow": "fb:Claim",
    "SteeringRelation": "fb:Claim",
    "AreaPriority": "fb:Claim",
    "InterventionDescription": "fb:Claim",
    "Intervention": "cpsv:PublicService",
    "TargetGroup": "schema:PeopleAudience",
    "Area": "dcterms:Location",
    "GoverningDocument": "foaf:Document cv:ReferenceFramework",
    "Agreement": "fb:GoverningDocument",
    "LegalAct": "eli:LegalResource cv:ReferenceFramework",
    "InformationSystem": "prov:SoftwareAgent",
    "Norm": "cv:Requirement",
    "ParticipationNorm": "fb:Norm",
    "ExistenceNorm": "fb:Norm",
    "FrequencyNorm": "fb:Norm",
    "Audit": "prov:Activity",
    "AuditQuestion": "cv:Criterion",
    "AuditFinding": "fb:Claim",
    "Recommendation": "fb:Claim",
    "Source": "prov:Entity foaf:Document",
    "SourceSection": "prov:Entity",
    "GapAssessment": "prov:Entity",
    "actorType": "org:classification",
    "forumType": "org:classification",
    "answersTo": "org:reportsTo",
    "owner": "org:linkedTo",
    "functionIn": "org:postIn",
    "status": "adms:status",
    "describesForum": "dcterms:subject",
    "frequencyAsStated": "fb:asStated",
    "hasTargetGroup": "dcterms:audience",
    "covers": "dcterms:spatial",
    "areaType": "dcterms:type",
    "describesIntervention": "dcterms:subject",
    "minAge": "schema:suggestedMinAge",
    "maxAge": "schema:suggestedMaxAge",
    "documentType": "dcterms:type",
    "assessesDescription": "prov:wasDerivedFrom",
    "concerns": "dcterms:subject",
    "municipalityCode": "dcterms:identifier",
    "countyCode": "dcterms:identifier",
    "organisationNumber": "org:identifier",
    "sectionNumber": "dcterms:identifier",
    "observedOn": "dcterms:date",
    "DutyNorm": "fb:Norm",
    "ExistenceClaim": "fb:Claim",
    "Collaboration": "fb:Claim",
    "FollowUp": "fb:Claim",
    "Response": "fb:Claim",
    "Objective": "prov:Entity",
    "Decision": "prov:Entity",
    "followUpOf": "dcterms:subject",
    "topic": "dcterms:subject",
    "decidedOn": "dcterms:date",
}

OCCURRENCES = {
    "veckovis": 52,
    "varannan-vecka": 26,
    "tva-ganger-i-manaden": 24,
    "manadsvis": 12,
    "varannan-manad": 6,
    "kvartalsvis": 4,
    "tva-ganger-per-termin": 4,
    "halvarsvis": 2,
    "arligen": 1,
    "vartannat-ar": "0.5",
}

ORDINALS = {
    "forpliktelsegrad": {"ska": 3, "bor": 2, "kan": 1},
    "utslag": {"uppfyllt": 3, "i-allt-vasentligt": 2, "delvis": 1, "ej-uppfyllt": 0},
}


def read(*paths: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


VOCABULARY = read(ONTOLOGY / "forebygg.ttl")
TERMS = read(*TERM_FILES)
CLASSES = sorted(VOCABULARY.subjects(RDF.type, OWL.Class))
PROPERTIES = sorted(
    {*VOCABULARY.subjects(RDF.type, OWL.ObjectProperty), *VOCABULARY.subjects(RDF.type, OWL.DatatypeProperty)}
)
ALL_CONCEPTS = sorted(TERMS.subjects(RDF.type, SKOS.Concept))
DESCRIBED = [(VOCABULARY, RDFS.label, term) for term in (*CLASSES, *PROPERTIES)]
DESCRIBED += [(TERMS, SKOS.prefLabel, term) for term in (*ALL_CONCEPTS, *TERMS.subjects(RDF.type, SKOS.ConceptScheme))]


def tail(iri: rdflib.term.Node) -> str:
    return str(iri).rsplit("/", 1)[-1]


def expand(names: str) -> set[str]:
    return {NAMESPACES[prefix] + name for prefix, name in (each.split(":") for each in names.split())}


@pytest.mark.parametrize("path", ALL_FILES, ids=lambda path: path.relative_to(ONTOLOGY).as_posix())
def test_each_file_parses_and_says_something(path: Path) -> None:
    assert len(read(path)) > 0


@pytest.mark.parametrize("path", [p for p in sorted(ONTOLOGY.rglob("*")) if p.is_file()], ids=lambda path: path.name)
def test_text_is_nfc(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)


def test_each_term_has_one_label_and_one_definition_in_swedish_and_english() -> None:
    for graph, label, term in DESCRIBED:
        for predicate in (label, SKOS.definition):
            assert sorted(value.language for value in graph.objects(term, predicate)) == ["en", "sv"], term


def test_each_definition_is_a_sentence() -> None:
    for graph, _, term in DESCRIBED:
        for definition in graph.objects(term, SKOS.definition):
            assert re.fullmatch(r"[A-ZÅÄÖ].{5,}\.", definition), term


def test_each_term_says_why_it_is_there_and_where_it_is_defined() -> None:
    for term in (*CLASSES, *PROPERTIES):
        assert [note.language for note in VOCABULARY.objects(term, SKOS.scopeNote)] == ["en"], term
        assert list(VOCABULARY.objects(term, RDFS.isDefinedBy)) == [HEADER], term


def test_each_label_names_one_class_and_one_property_at_most() -> None:
    for group in (CLASSES, PROPERTIES):
        for language in ("sv", "en"):
            labels = [str(x) for term in group for x in VOCABULARY.objects(term, RDFS.label) if x.language == language]
            assert [label for label, count in Counter(labels).items() if count > 1] == []


def used_terms() -> Iterator[rdflib.URIRef]:
    for path in ALL_FILES:
        for triple in read(path):
            for node in triple:
                if isinstance(node, rdflib.URIRef) and re.fullmatch(f"{SPEC}[A-Za-z]\\w*", node):
                    yield node


def test_each_term_used_in_the_ontology_folder_is_declared() -> None:
    # spec/alignments names the file of alignments, not a term
    assert set(used_terms()) - {*CLASSES, *PROPERTIES, SPEC.alignments} == set()


def test_the_vocabulary_declares_nothing_outside_its_namespace() -> None:
    assert [term for term in (*CLASSES, *PROPERTIES) if not term.startswith(SPEC)] == []


def test_namespaces_and_vocabulary_hold_the_same_terms() -> None:
    assert set(FB) == {str(term) for term in (*CLASSES, *PROPERTIES)}


def test_namespaces_list_classes_and_then_properties_in_order() -> None:
    names = [tail(iri) for iri in map(rdflib.URIRef, FB)]
    assert names == [tail(term) for term in CLASSES] + [tail(term) for term in PROPERTIES]


def test_namespaces_and_files_hold_the_same_terminologies() -> None:
    assert list(SCHEMES) == [path.stem for path in TERM_FILES] == sorted(CONCEPTS)


def test_a_misspelt_term_is_an_error() -> None:
    with pytest.raises(AttributeError, match="ForumMembreship"):
        _ = FB.ForumMembreship  # type: ignore[attr-defined]


def test_a_vocabulary_cannot_be_added_to() -> None:
    with pytest.raises(AttributeError, match="closed"):
        FB.Invented = "x"  # type: ignore[attr-defined]


def test_examples_in_namespaces_hold() -> None:
    result = doctest.testmod(kg.namespaces)
    assert result.attempted > 0
    assert result.failed == 0


def test_namespaces_do_not_load_rdflib() -> None:
    code = "import sys, kg.namespaces; sys.exit('rdflib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ONTOLOGY.parent)


def test_prefixes_are_read_as_turtle_and_as_sparql() -> None:
    graph = rdflib.Graph().parse(data=PREFIXES + "[] a fb:Forum ; fb:forumType forumtyp:sspf .", format="turtle")
    assert graph.query(PREFIXES + "ASK { ?forum a fb:Forum ; fb:forumType forumtyp:sspf }").askAnswer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Håbo", "habo"),
        ("Ha\u030abo", "habo"),
        ("Öppen förskola", "oppen-forskola"),
        ("Idé & Über", "ide-uber"),
        ("  BRÅ / BRÅL (2021) ", "bra-bral-2021"),
        ("Łódź", "d"),
    ],
)
def test_slug_follows_the_contract(text: str, expected: str) -> None:
    assert slug(text) == expected
    assert slug(expected) == expected


@pytest.mark.parametrize("text", ["", "---", "ŁØ", "!"])
def test_slug_of_nothing_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="no letter or digit"):
        slug(text)


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (thing("kommun", "0780"), "id/kommun/0780"),
        (thing("forum", "lan-07", "spik"), "id/forum/lan-07/spik"),
        (thing("utsaga", "vaxjo-2022", "m-tis-polis"), "id/utsaga/vaxjo-2022/m-tis-polis"),
        (concept("forumtyp", "sspf"), "def/forumtyp/sspf"),
        (scheme_iri("forumtyp"), "def/forumtyp"),
        (source_iri("kalmar-2021-svar"), "res/kalla/kalmar-2021-svar"),
        (section_iri("vaxjo-2022", "3.1.3"), "res/kalla/vaxjo-2022/avsnitt/3.1.3"),
        (graph_iri("register-0780"), "res/graf/register-0780"),
        (graph_iri("harledd/gap"), "res/graf/harledd/gap"),
    ],
)
def test_minted_iris_follow_the_patterns(iri: str, expected: str) -> None:
    assert iri == "https://w3id.org/forebygg/" + expected


@pytest.mark.parametrize(
    "mint",
    [
        lambda: thing("person", "x"),
        lambda: thing("forum"),
        lambda: thing("forum", "0780", "Tisdagsgruppen"),
        lambda: thing("forum", "0780/tisdagsgruppen"),
        lambda: thing("forum", ""),
        lambda: concept("forumtypp", "sspf"),
        lambda: concept("forumtyp", "SSPF"),
        lambda: section_iri("vaxjo-2022", "3 1"),
        lambda: graph_iri("harledd//gap"),
    ],
)
def test_an_iri_outside_the_patterns_is_refused(mint: object) -> None:
    assert callable(mint)
    with pytest.raises(ValueError, match=r"segment|kind of thing|terminology|nothing to append"):
        mint()


def test_no_kind_of_thing_is_a_person() -> None:
    assert {"person", "individ"}.isdisjoint(KINDS)


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.stem)
def test_there_are_no_domains_ranges_axioms_or_blank_nodes(path: Path) -> None:
    graph = read(path)
    refused = {RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.disjointWith, OWL.inverseOf, OWL.sameAs, OWL.imports}
    assert refused.isdisjoint(graph.predicates())
    assert {OWL.Restriction, OWL.FunctionalProperty, OWL.TransitiveProperty}.isdisjoint(graph.objects(None, RDF.type))
    assert not any(isinstance(node, rdflib.BNode) for triple in graph for node in triple)


def test_superterms_are_those_of_the_contract() -> None:
    for predicate, terms in ((RDFS.subClassOf, CLASSES), (RDFS.subPropertyOf, PROPERTIES)):
        for term in terms:
            assert {str(each) for each in VOCABULARY.objects(term, predicate)} == expand(SUPER.get(tail(term), ""))
    assert set(SUPER) <= {tail(term) for term in (*CLASSES, *PROPERTIES)}


def test_no_negative_claim_is_a_membership() -> None:
    for name in (SPEC.NonMembership, SPEC.AbsenceClaim):
        above = set(VOCABULARY.transitive_objects(name, RDFS.subClassOf))
        assert SPEC.ForumMembership not in above
        assert not any("org#" in each for each in above)


def test_intended_use_of_each_property_is_documented_with_declared_classes() -> None:
    for term in PROPERTIES:
        uses = set(VOCABULARY.objects(term, SCHEMA.domainIncludes))
        assert uses, term
        for each in uses | set(VOCABULARY.objects(term, SCHEMA.rangeIncludes)):
            assert each in CLASSES or not each.startswith(SPEC), term


def test_each_property_with_concepts_as_values_names_its_terminology() -> None:
    for term in VOCABULARY.subjects(SCHEMA.rangeIncludes, SKOS.Concept):
        schemes = {tail(each) for each in VOCABULARY.objects(term, RDFS.seeAlso) if "/forebygg/def/" in each}
        assert schemes, term
        assert schemes <= set(SCHEMES)


def test_a_property_is_a_datatype_property_only_when_its_values_are_literals() -> None:
    for term in PROPERTIES:
        values = set(VOCABULARY.objects(term, SCHEMA.rangeIncludes))
        literal = bool(values) and all(each.startswith(XSD) or each == RDF.langString for each in values)
        assert list(VOCABULARY.objects(term, RDF.type)) == [OWL.DatatypeProperty if literal else OWL.ObjectProperty]


@pytest.mark.parametrize(
    "predicate",
    [
        *(DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.creator, DCTERMS.publisher, DCTERMS.created),
        *(DCTERMS.modified, DCTERMS.issued, DCTERMS.bibliographicCitation, OWL.versionIRI, OWL.versionInfo),
        *(VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
    ],
    ids=tail,
)
def test_header_has_the_metadata_that_makes_a_vocabulary_findable(predicate: rdflib.URIRef) -> None:
    assert list(VOCABULARY.objects(HEADER, predicate))


def test_header_speaks_both_languages_and_carries_real_dates() -> None:
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert {each.language for each in VOCABULARY.objects(HEADER, predicate)} == {"sv", "en"}
    created, modified = (VOCABULARY.value(HEADER, p).toPython() for p in (DCTERMS.created, DCTERMS.modified))
    assert created <= modified


def test_prefix_namespace_licence_and_version_of_the_header_agree_with_the_project() -> None:
    assert str(VOCABULARY.value(HEADER, VANN.preferredNamespacePrefix)) == "fb"
    assert str(VOCABULARY.value(HEADER, VANN.preferredNamespaceUri)) == NAMESPACES["fb"]
    assert str(VOCABULARY.value(HEADER, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    version = str(VOCABULARY.value(HEADER, OWL.versionInfo))
    assert VOCABULARY.value(HEADER, OWL.versionIRI) == SPEC[version]
    changelog = (ONTOLOGY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == version
    for path in OWN_FILES:
        assert {str(each) for each in read(path).objects(None, OWL.versionInfo)} == {version}


def test_changelog_counts_what_the_files_hold() -> None:
    changelog = (ONTOLOGY / "CHANGELOG.md").read_text(encoding="utf-8")
    counts = (
        f"{len(CLASSES)} classes, {len(PROPERTIES)} properties, {len(SCHEMES)} terminologies with {len(ALL_CONCEPTS)}"
    )
    assert counts in changelog


def test_creator_is_an_organisation_and_no_person_is_named() -> None:
    creator = VOCABULARY.value(HEADER, DCTERMS.creator)
    organisation = rdflib.URIRef(NAMESPACES["org"] + "Organization")
    assert (creator, RDF.type, organisation) in VOCABULARY
    for path in OWN_FILES:
        assert not any(tail(each).endswith("Person") for each in read(path).objects(None, RDF.type))


@pytest.mark.parametrize("path", TERM_FILES, ids=lambda path: path.stem)
def test_each_terminology_has_the_concepts_of_the_contract_and_no_others(path: Path) -> None:
    graph = read(path)
    scheme = rdflib.URIRef(scheme_iri(path.stem))
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    found = set(graph.subjects(RDF.type, SKOS.Concept))
    assert {str(each) for each in found} == {concept(path.stem, name) for name in CONCEPTS[path.stem].split()}
    assert set(graph.subjects(SKOS.inScheme, scheme)) == found


@pytest.mark.parametrize("path", TERM_FILES, ids=lambda path: path.stem)
def test_broader_concepts_are_those_of_the_contract(path: Path) -> None:
    found = {tail(narrow): tail(broad) for narrow, broad in read(path).subject_objects(SKOS.broader)}
    assert found == BROADER.get(path.stem, {})


def test_broader_stays_in_its_terminology_and_never_comes_back() -> None:
    for narrow, broad in TERMS.subject_objects(SKOS.broader):
        assert set(TERMS.objects(narrow, SKOS.inScheme)) == set(TERMS.objects(broad, SKOS.inScheme))
        assert narrow not in set(TERMS.transitive_objects(broad, SKOS.broader))


def test_a_concept_is_a_top_concept_unless_it_has_a_broader_one() -> None:
    for term in ALL_CONCEPTS:
        schemes = list(TERMS.objects(term, SKOS.inScheme))
        assert list(TERMS.objects(term, SKOS.topConceptOf)) == ([] if TERMS.value(term, SKOS.broader) else schemes)


def test_notation_is_the_end_of_the_iri() -> None:
    for term in ALL_CONCEPTS:
        assert [str(each) for each in TERMS.objects(term, SKOS.notation)] == [tail(term)]


@pytest.mark.parametrize("path", TERM_FILES, ids=lambda path: path.stem)
def test_no_swedish_name_in_a_terminology_means_two_things(path: Path) -> None:
    graph = read(path)
    names: dict[str, set[str]] = {}
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for term in graph.subjects(RDF.type, SKOS.Concept):
            for name in graph.objects(term, predicate):
                if name.language == "sv":
                    names.setdefault(name.casefold(), set()).add(tail(term))
    assert {name: terms for name, terms in names.items() if len(terms) > 1} == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SSPG", "forumtyp/sspf"),
        ("SPFF", "forumtyp/sspf"),
        ("BRÅL", "forumtyp/bra"),
        ("kommunpolis", "aktorstyp/polis"),
        ("frivård", "aktorstyp/kriminalvard"),
        ("gymnasieförbund", "aktorstyp/gymnasiehuvudman"),
        ("säkerhetschef", "aktorstyp/trygghet-sakerhet"),
    ],
)
def test_names_found_in_municipalities_lead_to_their_concept(name: str, expected: str) -> None:
    (term,) = TERMS.subjects(SKOS.altLabel, rdflib.Literal(name, lang="sv"))
    assert term.endswith("/def/" + expected)


def test_frequencies_convert_to_times_a_year() -> None:
    found = {tail(term): value for term, value in TERMS.subject_objects(SPEC.occurrencesPerYear)}
    assert {value.datatype for value in found.values()} == {XSD.decimal}
    assert {name: value.toPython() for name, value in found.items()} == {
        name: Decimal(number) for name, number in OCCURRENCES.items()
    }


def test_each_frequency_has_its_like_in_the_european_table() -> None:
    table = "http://publications.europa.eu/resource/authority/frequency/"
    for name in OCCURRENCES:
        term = rdflib.URIRef(concept("frekvens", name))
        (match,) = [*TERMS.objects(term, SKOS.exactMatch), *TERMS.objects(term, SKOS.closeMatch)]
        assert match.startswith(table)


def test_ordered_scales_have_the_ordinals_of_the_contract() -> None:
    found: dict[str, dict[str, int]] = {}
    for term, value in TERMS.subject_objects(SPEC.ordinal):
        found.setdefault(term.split("/")[-2], {})[tail(term)] = value.toPython()
    assert found == ORDINALS


def test_the_scale_of_verdicts_is_called_bedomning() -> None:
    labels = TERMS.objects(rdflib.URIRef(scheme_iri("utslag")), SKOS.prefLabel)
    assert rdflib.Literal("bedömning", lang="sv") in set(labels)


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.stem)
def test_turtle_has_one_object_a_line(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "@prefix")):
            assert re.fullmatch(r"(    )?\S.* [;.]", line), line
            assert len(re.findall(r'"', line)) in (0, 2), line


@pytest.mark.parametrize("path", [ONTOLOGY / "forebygg.ttl", *TERM_FILES], ids=lambda path: path.stem)
def test_terms_stand_in_order(path: Path) -> None:
    subjects = re.findall(r"^\w+:(\S+) a ", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert subjects == sorted(subjects)  # capitals before small letters: classes before properties


def test_alignments_speak_only_of_declared_terms() -> None:
    graph = read(ONTOLOGY / "alignments.ttl")
    aligned = set(graph.subjects()) - {SPEC.alignments}
    assert aligned <= {*CLASSES, *PROPERTIES, *ALL_CONCEPTS}
    assert {RDFS.subClassOf, RDFS.seeAlso, SKOS.broadMatch} <= set(graph.predicates())


def test_profile_names_each_vocabulary_file_and_only_files_that_exist() -> None:
    base = "https://w3id.org/forebygg/res/ontology/"
    artifacts = {str(each) for each in read(ONTOLOGY / "profile.ttl").objects(None, PROF.hasArtifact)}
    context = "https://w3id.org/forebygg/res/context.jsonld"
    assert context in artifacts
    named = {each.removeprefix(base) for each in artifacts - {context}}
    expected = {"forebygg.ttl", "alignments.ttl", "shapes.ttl", *(f"terms/{path.name}" for path in TERM_FILES)}
    assert named == expected
    assert [name for name in sorted(named) if not (ONTOLOGY / name).is_file()] == []


def redirect(path: str) -> str:
    """Follow the redirects as a machine that asks for Turtle: rules under an Accept condition are skipped."""
    conditional = False
    for line in (ONTOLOGY / "w3id" / ".htaccess").read_text(encoding="utf-8").splitlines():
        conditional = conditional or line.startswith("RewriteCond")
        rule = re.match(r"RewriteRule (\S+) (\S+) \[R=303,L\]", line)
        if rule and conditional:
            conditional = False
        elif rule and (match := re.search(rule[1], path)):
            return rule[2].replace("$1", (match[1] or "") if match.groups() else "")
    raise AssertionError(path)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("spec", "main/ontology/forebygg.ttl"),
        ("spec/ForumMembership", "main/ontology/forebygg.ttl"),
        ("spec/0.1.0", "v0.1.0/ontology/forebygg.ttl"),
        ("spec/alignments", "main/ontology/alignments.ttl"),
        ("spec/shape/Norm-locator", "main/ontology/shapes.ttl"),
        ("def/forumtyp", "main/ontology/terms/forumtyp.ttl"),
        ("def/forumtyp/insluss-avhopp", "main/ontology/terms/forumtyp.ttl"),
        ("profile/shapes", "main/ontology/profile.ttl"),
        ("res/ontology/terms/utfall.ttl", "main/ontology/terms/utfall.ttl"),
        ("res/context.jsonld", "main/kg/schemas/context.jsonld"),
        ("res/kalla/vaxjo-2022/avsnitt/3.1.3", "main/data/triples/sources/vaxjo-2022.trig"),
    ],
)
def test_persistent_identifiers_lead_to_the_file_that_describes_them(path: str, file: str) -> None:
    assert redirect(path) == "%{ENV:FILES}/" + file


@pytest.mark.parametrize("path", ["id/forum/0780/tisdagsgruppen", "res/graf/vaxjo-2022", "anything"])
def test_what_has_no_file_leads_to_the_site(path: str) -> None:
    assert redirect(path) == "%{ENV:HOME}/" + path
