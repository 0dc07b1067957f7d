"""The registers of a synthetic graph: what is shared by all municipalities, and the identities of each."""

from __future__ import annotations

from collections.abc import Iterator

from bench.blueprints import AGES, BLUEPRINTS, Blueprint
from bench.plan import COUNTIES, FARTHER, Municipality
from bench.seats import ACTORS, FUNCTIONS, NATIONAL, actor_iri, function_iri, type_iris
from bench.terms import Record, iri, plain, text, whole
from kg.namespaces import FB, NAMESPACES, ORG, SKOS, concept, graph_iri, thing

__all__ = ["AREAS", "AUDITOR", "INTERVENTIONS", "SYSTEMS", "forum_iri", "national_register", "register"]

AUDITOR = thing("org", "nationell", "exempelrevision")
SYSTEMS = ("lagesapp", "uppfoljaren")
AREAS = (
    ("centrum", "Centrum", "centrum"),
    ("norra", "Norra området", "bostadsomrade"),
    ("sodra", "Södra området", "bostadsomrade"),
    ("kyrkbyn", "Kyrkbyn", "tatort"),
)
INTERVENTIONS = (
    ("foraldrastod", "Föräldrastöd", "socialforvaltningen", "universell", "0-17"),
    ("faltarbete", "Fältarbete", "faltgruppen", "selektiv", "13-20"),
    ("oppenvard", "Öppenvård för unga", "oppenvard-ungdom", "indikerad", "13-20"),
    ("fritidsgard", "Öppen ungdomsgård", "ungdomsgarden", "universell", "13-15"),
    ("sommarjobb", "Sommarjobb", "arbetsmarknadsenheten", "selektiv", "16-19"),
    ("skolnarvaro", "Skolnärvaroarbete", "elevhalsan", "selektiv", "6-15"),
    ("avhopparstod", "Stöd till avhoppare", "missbruksenheten", "indikerad", "18-29"),
    ("trygghetsvandring", "Trygghetsvandring", "trygghetsenheten", "universell", ""),
)


READINGS = {"skolan": "utbildningsforvaltningen", "socialtjansten": "socialforvaltningen"}
"""Groups, and whom the editor takes them for."""
RISKS = {"15-20": "utvecklad-kriminalitet", "21-29": "avhoppare"}
"""Target groups that are of persons at risk."""


def forum_iri(forum: Blueprint, code: str) -> str:
    """Return the IRI of a forum or programme; one of a county stands under its county."""
    kind = "program" if forum.programme else "forum"
    return thing(kind, f"lan-{forum.county}" if forum.county else code, forum.slug)


def _named(graph: str, subject: str, kind: str, name: str, english: str = "") -> Record:
    record = Record.of(graph, subject, kind).add(SKOS.prefLabel, text(name))
    return record.add(SKOS.prefLabel, text(english, "en")) if english else record


def national_register() -> Iterator[Record]:
    """Yield state agencies, regions, systems, target groups and forums of counties: the same for any number."""
    graph = graph_iri("register-nationell")
    for key, (name, code) in NATIONAL.items():
        yield _named(graph, thing("myndighet", key), FB.StateAgency, name).add(
            FB.actorType, *map(iri, type_iris([code]))
        )
    yield _named(graph, AUDITOR, ORG.FormalOrganization, "Exempelrevision AB")
    for county in COUNTIES:
        yield _region(graph, county)
    for key in SYSTEMS:
        yield _named(graph, thing("system", key), FB.InformationSystem, key.capitalize())
    for key, (low, high) in AGES.items():
        record = _named(
            graph, thing("malgrupp", f"alder-{key}"), FB.TargetGroup, f"{low}–{high} år", f"ages {low}–{high}"
        )
        record.add(FB.minAge, whole(low)).add(FB.maxAge, whole(high))
        if key in RISKS:
            record.add(FB.riskGroup, iri(concept("riskgrupp", RISKS[key])))
        yield record.add(FB.ageBasis, iri(concept("aldersgrund", "angiven")))
    for forum in BLUEPRINTS:
        if forum.county:
            yield _forum(graph, forum, "")


def _region(graph: str, county: str) -> Record:
    """Return the region of a county, with an organisation number that no body has."""
    name = f"Exempelregion {county}"
    record = _named(graph, thing("region", county), FB.Region, name, f"Example Region {county}")
    record.add(FB.countyCode, plain(county)).add(FB.organisationNumber, plain(f"992{county}9-0000"))
    return record.add(FB.actorType, *map(iri, type_iris(["halso-sjukvard", "region"])))


def register(municipality: Municipality) -> Iterator[Record]:
    """Yield the identities of one municipality, and of its region where the national register lacks its county."""
    code = municipality.code
    graph, home = graph_iri(f"register-{code}"), thing("kommun", code)
    if code[:2] in FARTHER and code.endswith("00"):
        yield _region(graph, code[:2])
    record = _named(graph, home, FB.Municipality, f"{municipality.name} kommun", f"{municipality.name} Municipality")
    yield record.add(FB.municipalityCode, plain(code)).add(FB.actorType, *map(iri, type_iris(["kommun"])))
    for actor in ACTORS.values():
        record = _named(graph, actor_iri(actor.key, code), actor.rdf_class, actor.name)
        record.add(FB.actorType, *map(iri, type_iris(actor.types)))
        if actor.parent:
            record.add(ORG.subOrganizationOf, iri(actor_iri(actor.parent, code)))
        if actor.key in READINGS:
            record.add(FB.interpretedAs, iri(actor_iri(READINGS[actor.key], code)))
        if actor.answers_to:
            record.add(FB.answersTo, iri(actor_iri(actor.answers_to, code)))
        if actor.kind in {"bolag", "forbund"} and actor.key != "vaktbolaget":
            record.add(FB.owner, iri(home))
        yield record.add(FB.municipality, iri(home))
    for key, (name, where, own) in FUNCTIONS.items():
        record = _named(graph, function_iri(key, code), FB.Function, name).add(
            FB.functionIn, iri(actor_iri(where, code))
        )
        yield record.add(FB.actorType, *map(iri, type_iris([own] if own else [])))
    for forum in municipality.forums:
        if not forum.county:
            yield _forum(graph, forum, code)
    for key, name, kind in AREAS:
        record = _named(graph, thing("omrade", code, key), FB.Area, name)
        yield record.add(FB.areaType, iri(concept("omradestyp", kind))).add(FB.municipality, iri(home))
    for key, name, *_ in INTERVENTIONS:
        yield _named(graph, thing("insats", code, key), FB.Intervention, name).add(FB.municipality, iri(home))
    yield _named(graph, thing("modell", code, "arbetssatt"), FB.WorkingModel, "Gemensamt arbetssätt")


def _forum(graph: str, forum: Blueprint, code: str) -> Record:
    kind = FB.Programme if forum.programme else FB.Forum
    record = _named(graph, forum_iri(forum, code), kind, forum.name, forum.english)
    record.add(FB.forumType, iri(f"{NAMESPACES['forumtyp']}{forum.kind}"))
    if forum.part_of:
        record.add(ORG.subOrganizationOf, iri(thing("forum", code, forum.part_of)))
    return record.add(FB.municipality, iri(thing("kommun", code))) if code else record
