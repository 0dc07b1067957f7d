"""The terms of the graph as constants, and the one place where an IRI is minted.

Nothing here imports rdflib: a named question needs the words, not the library. Each vocabulary is closed, so a
misspelt term is an `AttributeError` when it runs and an error in mypy before that; `tests/test_ontology.py` holds
`FB` and `SCHEMES` to the Turtle in `ontology/`.

>>> FB.ForumMembership
'https://w3id.org/forebygg/spec/ForumMembership'
>>> FB.ForumMembreship  # doctest: +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
    ...
AttributeError: type object 'FB' has no attribute 'ForumMembreship'
"""

# ruff: noqa: N815 - an RDF term keeps the spelling of its vocabulary

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

__all__ = [
    "BASE",
    "DCTERMS",
    "FB",
    "KINDS",
    "NAMESPACES",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SCHEMES",
    "SH",
    "SKOS",
    "XSD",
    "concept",
    "folded",
    "graph_iri",
    "last_part",
    "scheme_iri",
    "section_iri",
    "slug",
    "source_iri",
    "thing",
]

BASE: Final = "https://w3id.org/forebygg/"

SCHEMES: Final = (
    *("aktorstyp", "aldersgrund", "amne", "beslut", "delningsgrund", "deltagarroll", "dokumenttyp", "foreteelse"),
    *("forpliktelsegrad", "forumniva", "forumtyp", "frekvens", "fullstandighet", "informationsinnehall", "insatsniva"),
    *("mandat", "narvaro", "normgrund", "normvillkor", "omdome", "omradestyp", "preventionsniva", "riskgrupp"),
    *("samverkansform", "status", "styrning", "svarsstatus", "tidsprecision", "underlag", "utfall", "utslag"),
    *("verifiering", "visshet"),
)
"""Terminologies: each is a `skos:ConceptScheme` in `ontology/terms/<scheme>.ttl`."""

KINDS: Final = (
    *("beslut", "bolag", "dokument", "forbund", "forfattning", "forum", "fraga", "funktion", "gap", "granskning"),
    *("insats", "kommun", "mal", "malgrupp", "modell", "myndighet", "namnd", "norm", "omrade", "org", "program"),
    *("region", "system", "utsaga"),
)
"""Kinds of thing: the first segment after `id/`."""

NAMESPACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "fb": BASE + "spec/",
        "adms": "http://www.w3.org/ns/adms#",
        "cpsv": "http://purl.org/vocab/cpsv#",
        "cv": "http://data.europa.eu/m8g/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "eli": "http://data.europa.eu/eli/ontology#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "vann": "http://purl.org/vocab/vann/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        **{scheme: f"{BASE}def/{scheme}/" for scheme in SCHEMES},
    }
)
"""Prefix to namespace: the vocabularies in use, then one prefix a terminology."""

PREFIXES: Final = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in NAMESPACES.items())
"""`NAMESPACES` as a head that both SPARQL and Turtle read."""

_LETTERS: Final = str.maketrans("åäöéü", "aaoeu")
_SEGMENT: Final = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def slug(text: str) -> str:
    """Return the text as an IRI segment: ASCII letters, digits and single hyphens.

    Raises `ValueError` when no letter or digit is left, since an IRI cannot end in nothing.

    >>> slug("Örebro: BRÅ & Trygghetsråd")
    'orebro-bra-trygghetsrad'
    >>> slug("Ha\u030abo") == slug("Håbo") == slug("Habo")
    True
    """
    folded = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    segment = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if not segment:
        raise ValueError(f"no letter or digit to make an IRI of in {text!r}")
    return segment


def folded(text: str) -> str:
    """Return the text as `slug` does, "" where no letter or digit is left: a name that somebody typed.

    >>> folded("BRÅ"), folded("ú"), folded("")
    ('bra', '', '')
    """
    try:
        return slug(text)
    except ValueError:
        return ""


def last_part(iri: str) -> str:
    """Return what follows the last slash of an IRI: a code, a key or a slug.

    >>> last_part("https://w3id.org/forebygg/id/kommun/0780")
    '0780'
    """
    return iri.rsplit("/", 1)[-1]


def scheme_iri(scheme: str) -> str:
    """Return the IRI of a terminology; raise `ValueError` for one that is not in `SCHEMES`.

    >>> scheme_iri("forumtyp")
    'https://w3id.org/forebygg/def/forumtyp'
    """
    if scheme not in SCHEMES:
        raise ValueError(f"{scheme!r} is no terminology; choose among {', '.join(SCHEMES)}")
    return f"{BASE}def/{scheme}"


def concept(scheme: str, name: str) -> str:
    """Return the IRI of a concept; the scheme must be known, the name must be a slug.

    >>> concept("forumtyp", "sspf")
    'https://w3id.org/forebygg/def/forumtyp/sspf'
    """
    return _join(scheme_iri(scheme), name)


def thing(kind: str, *parts: str) -> str:
    """Return the IRI of a thing; raise `ValueError` for a kind not in `KINDS` or a part that is no slug.

    >>> thing("forum", "0780", slug("Tisdagsgruppen"))
    'https://w3id.org/forebygg/id/forum/0780/tisdagsgruppen'
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of thing; choose among {', '.join(KINDS)}")
    return _join(f"{BASE}id/{kind}", *parts)


def source_iri(source: str) -> str:
    """Return the IRI of a source from its short name.

    >>> source_iri("vaxjo-2022")
    'https://w3id.org/forebygg/res/kalla/vaxjo-2022'
    """
    return _join(f"{BASE}res/kalla", source)


def section_iri(source: str, number: str) -> str:
    """Return the IRI of a section from the short name of its source and its number or slug.

    >>> section_iri("vaxjo-2022", "3.1.3")
    'https://w3id.org/forebygg/res/kalla/vaxjo-2022/avsnitt/3.1.3'
    """
    return _join(f"{source_iri(source)}/avsnitt", number)


def graph_iri(name: str) -> str:
    """Return the IRI of a named graph; a derived graph has a slash in its name.

    >>> graph_iri("harledd/gap")
    'https://w3id.org/forebygg/res/graf/harledd/gap'
    """
    return _join(f"{BASE}res/graf", *name.split("/"))


def _join(stem: str, *parts: str) -> str:
    for part in parts:
        if not _SEGMENT.fullmatch(part):
            raise ValueError(f"{part!r} is no segment of an IRI (a-z, 0-9, single hyphens or dots); see slug()")
    if not parts:
        raise ValueError(f"nothing to append to {stem}")
    return "/".join((stem, *parts))


class _Closed(type):
    """Type of a vocabulary: its annotated names are its terms, and it takes no others."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, object], *, prefix: str) -> _Closed:
        vocabulary = super().__new__(mcs, name, bases, body)
        for term in vocabulary.__annotations__:
            type.__setattr__(vocabulary, term, NAMESPACES[prefix] + term)
        return vocabulary

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, object], *, prefix: str) -> None:
        super().__init__(name, bases, body)

    def __iter__(cls) -> Iterator[str]:
        return (getattr(cls, term) for term in cls.__annotations__)

    def __setattr__(cls, name: str, value: object) -> None:
        raise AttributeError(f"{cls.__name__} is closed: declare {name!r} in the vocabulary first")


class FB(metaclass=_Closed, prefix="fb"):
    """Terms that `ontology/forebygg.ttl` declares: classes first, then properties."""

    AbsenceClaim: str
    Actor: str
    ActorGroup: str
    Administration: str
    AdministrativeUnit: str
    Agreement: str
    Area: str
    AreaPriority: str
    Assembly: str
    Audit: str
    AuditFinding: str
    AuditQuestion: str
    CivilSocietyOrganisation: str
    Claim: str
    Collaboration: str
    Committee: str
    Company: str
    Decision: str
    Department: str
    DutyNorm: str
    ExistenceClaim: str
    ExistenceNorm: str
    FollowUp: str
    Forum: str
    ForumDescription: str
    ForumMembership: str
    FrequencyNorm: str
    Function: str
    GapAssessment: str
    GoverningDocument: str
    InformationFlow: str
    InformationSystem: str
    Intervention: str
    InterventionDescription: str
    JointAuthority: str
    LegalAct: str
    Municipality: str
    NonMembership: str
    Norm: str
    Objective: str
    ParticipationNorm: str
    PoliticalBody: str
    Programme: str
    PublicBody: str
    Recommendation: str
    Region: str
    Response: str
    Source: str
    SourceSection: str
    StateAgency: str
    SteeringRelation: str
    TargetGroup: str
    Unit: str
    WorkingModel: str
    absent: str
    absentWithin: str
    actorType: str
    ageBasis: str
    answersQuestion: str
    answersTo: str
    appliesToClass: str
    appliesToForumType: str
    areaType: str
    asStated: str
    assessesBody: str
    assessesDescription: str
    assessesNorm: str
    attendance: str
    auditQuestion: str
    auditedBody: str
    certainty: str
    collaborationKind: str
    concerns: str
    condition: str
    conditionText: str
    countyCode: str
    covers: str
    criterion: str
    datePrecision: str
    decidedBy: str
    decidedOn: str
    decisionOutcome: str
    deliveredThrough: str
    describesForum: str
    describesIntervention: str
    directedAt: str
    documentType: str
    evidenceBasis: str
    evidenceCount: str
    excludedActor: str
    excludedFrom: str
    existing: str
    existsWithin: str
    expectsActorType: str
    expectsExistenceOf: str
    flowContent: str
    flowFrom: str
    flowTo: str
    followUpOf: str
    followUpTo: str
    followedUpBy: str
    forumOwner: str
    forumType: str
    frequency: str
    frequencyAsStated: str
    functionIn: str
    handlesIndividualCases: str
    hasTargetGroup: str
    indicator: str
    interpretedAs: str
    interventionLevel: str
    isSteered: str
    judgedQuality: str
    knownFrom: str
    legalBasis: str
    level: str
    listedMembers: str
    listingCompleteness: str
    listsMembership: str
    locator: str
    mandate: str
    maxAge: str
    meetingsPerYearMax: str
    meetingsPerYearMin: str
    meetsOnDemand: str
    minAge: str
    municipality: str
    municipalityCode: str
    needsDecision: str
    normBasis: str
    notForMunicipality: str
    objectiveOwner: str
    obligationLevel: str
    observedOn: str
    occurrencesPerYear: str
    onFinding: str
    ordinal: str
    organisationNumber: str
    outcome: str
    owner: str
    parallelGroups: str
    partner: str
    party: str
    preventionLevel: str
    prioritisedBy: str
    priorityArea: str
    provider: str
    purpose: str
    reason: str
    regulates: str
    representedBy: str
    respondedBy: str
    respondsTo: str
    responsibleFunction: str
    riskGroup: str
    scopeMaxAge: str
    scopeMinAge: str
    sectionNumber: str
    sha256: str
    sharingBasis: str
    status: str
    steeringKind: str
    steers: str
    timesPerYearMax: str
    timesPerYearMin: str
    topic: str
    usesModel: str
    usesSurvey: str
    usesSystem: str
    validFrom: str
    validThrough: str
    verdict: str
    verification: str


class DCTERMS(metaclass=_Closed, prefix="dcterms"):
    """Dublin Core terms in use."""

    abstract: str
    accessRights: str
    conformsTo: str
    created: str
    creator: str
    date: str
    description: str
    identifier: str
    isPartOf: str
    issued: str
    language: str
    license: str
    modified: str
    publisher: str
    relation: str
    replaces: str
    source: str
    spatial: str
    subject: str
    temporal: str
    title: str
    type: str


class ORG(metaclass=_Closed, prefix="org"):
    """Terms of the Organization Ontology in use; `heldBy` stands here because it is refused."""

    FormalOrganization: str
    Membership: str
    Organization: str
    OrganizationalCollaboration: str
    OrganizationalUnit: str
    Post: str
    classification: str
    hasMember: str
    heldBy: str
    identifier: str
    member: str
    organization: str
    role: str
    subOrganizationOf: str


class OWL(metaclass=_Closed, prefix="owl"):
    """Terms of OWL in use."""

    Class: str
    DatatypeProperty: str
    NegativePropertyAssertion: str
    ObjectProperty: str
    Ontology: str
    assertionProperty: str
    sameAs: str
    sourceIndividual: str
    targetIndividual: str
    versionIRI: str
    versionInfo: str


class PROV(metaclass=_Closed, prefix="prov"):
    """Terms of the Provenance Ontology in use."""

    Activity: str
    Entity: str
    generated: str
    generatedAtTime: str
    used: str
    wasAssociatedWith: str
    wasAttributedTo: str
    wasDerivedFrom: str
    wasGeneratedBy: str
    wasRevisionOf: str


class RDF(metaclass=_Closed, prefix="rdf"):
    """Terms of RDF in use."""

    langString: str
    type: str


class RDFS(metaclass=_Closed, prefix="rdfs"):
    """Terms of RDF Schema in use."""

    comment: str
    isDefinedBy: str
    label: str
    seeAlso: str
    subClassOf: str
    subPropertyOf: str


class SCHEMA(metaclass=_Closed, prefix="schema"):
    """Terms of schema.org in use."""

    domainIncludes: str
    rangeIncludes: str
    url: str


class SH(metaclass=_Closed, prefix="sh"):
    """Terms of SHACL that a validation report is read by."""

    Info: str
    ValidationReport: str
    ValidationResult: str
    Violation: str
    Warning: str
    conforms: str
    focusNode: str
    result: str
    resultMessage: str
    resultPath: str
    resultSeverity: str
    sourceConstraintComponent: str
    sourceShape: str
    value: str


class SKOS(metaclass=_Closed, prefix="skos"):
    """Terms of SKOS in use."""

    Concept: str
    ConceptScheme: str
    altLabel: str
    broader: str
    closeMatch: str
    definition: str
    exactMatch: str
    hiddenLabel: str
    inScheme: str
    notation: str
    note: str
    prefLabel: str
    scopeNote: str
    topConceptOf: str


class XSD(metaclass=_Closed, prefix="xsd"):
    """Datatypes in use."""

    boolean: str
    date: str
    dateTime: str
    decimal: str
    integer: str
    string: str
