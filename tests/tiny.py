"""A tiny municipality to test on: Provstad, with one report; each test adds the claims it needs."""

from __future__ import annotations

import textwrap
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.findings import Finding
from kg.gaps import find_gaps
from kg.namespaces import NAMESPACES
from kg.network import build_network
from kg.records import Records, read_records
from kg.resources import norm_files, ontology_files
from kg.sources import choose_sources
from kg.store import Store, open_store, read_quads

B = "https://w3id.org/forebygg/"
SCHEMES = [
    "aktorstyp",
    "forumtyp",
    "forumniva",
    "fullstandighet",
    "visshet",
    "narvaro",
    "deltagarroll",
    "status",
    "forpliktelsegrad",
    "normgrund",
    "tidsprecision",
    "normvillkor",
    "foreteelse",
    "dokumenttyp",
    "frekvens",
    "amne",
    "delningsgrund",
    "mandat",
]

PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in NAMESPACES.items()) + "".join(
    f"@prefix {scheme}: <{B}def/{scheme}/> .\n" for scheme in SCHEMES
)
PREFIXES += textwrap.dedent(f"""
    @prefix a: <{B}id/org/9990/> .
    @prefix n: <{B}id/namnd/9990/> .
    @prefix f: <{B}id/forum/9990/> .
    @prefix fn: <{B}id/funktion/9990/> .
    @prefix k: <{B}id/kommun/> .
    @prefix u: <{B}id/utsaga/provstad-2022/> .
    @prefix v: <{B}id/utsaga/annanstad-2022/> .
    @prefix w: <{B}id/utsaga/tredjestad-2022/> .
    @prefix norm: <{B}id/norm/> .
    @prefix d: <{B}id/dokument/9990/> .
    @prefix src: <{B}res/kalla/> .
    @prefix s: <{B}res/kalla/provstad-2022/avsnitt/> .
    @prefix malgrupp: <{B}id/malgrupp/> .
""")

WORLD = """
k:9990 a fb:Municipality ; skos:prefLabel "Provstads kommun"@sv ; fb:municipalityCode "9990" ;
    fb:actorType aktorstyp:kommun .
src:provstad-2022 a fb:Source ; skos:prefLabel "Provstad 2022"@sv ; fb:municipality k:9990 ;
    fb:observedOn "2022-03-17"^^xsd:date .
s:1 a fb:SourceSection ; skos:prefLabel "Forum"@sv ; fb:sectionNumber "1" ; dcterms:isPartOf src:provstad-2022 .
s:2 a fb:SourceSection ; skos:prefLabel "Annat"@sv ; fb:sectionNumber "2" ; dcterms:isPartOf src:provstad-2022 .
a:polisen a fb:ActorGroup ; skos:prefLabel "Polisen"@sv ; fb:actorType aktorstyp:polis ; fb:municipality k:9990 .
a:skolan a fb:ActorGroup ; skos:prefLabel "Skolan"@sv ; fb:actorType aktorstyp:skola ; fb:municipality k:9990 .
a:elevhalsan a fb:Unit ; skos:prefLabel "Elevhälsan"@sv ; fb:actorType aktorstyp:elevhalsa ; fb:municipality k:9990 .
a:socialforvaltningen a fb:Administration ; skos:prefLabel "Socialförvaltningen"@sv ;
    fb:actorType aktorstyp:socialtjanst ; org:subOrganizationOf k:9990 ; fb:municipality k:9990 .
a:faltgruppen a fb:Unit ; skos:prefLabel "Fältgruppen"@sv ; org:subOrganizationOf a:socialforvaltningen ;
    fb:municipality k:9990 .
a:bolagschefer a fb:ActorGroup ; skos:prefLabel "Bolagscheferna"@sv ; fb:actorType aktorstyp:kommunalt-bolag ;
    fb:municipality k:9990 .
n:kommunstyrelsen a fb:Committee ; skos:prefLabel "Kommunstyrelsen"@sv ; fb:actorType aktorstyp:politik ;
    org:subOrganizationOf k:9990 ; fb:municipality k:9990 .
n:socialnamnden a fb:Committee ; skos:prefLabel "Socialnämnden"@sv ; fb:actorType aktorstyp:politik ;
    org:subOrganizationOf k:9990 ; fb:municipality k:9990 .
fn:sakerhetschef a fb:Function ; skos:prefLabel "Säkerhetschefen"@sv ; fb:functionIn k:9990 ;
    fb:actorType aktorstyp:trygghet-sakerhet .
f:gruppen a fb:Forum ; skos:prefLabel "Gruppen"@sv ; fb:forumType forumtyp:est ; fb:municipality k:9990 .
"""


@cache
def _terms() -> tuple[ox.Quad, ...]:
    return tuple(quad for path in ontology_files() for quad in read_quads(path))


@cache
def _norms() -> tuple[ox.Quad, ...]:
    return tuple(quad for path in norm_files() for quad in read_quads(path))


def store_of(*texts: str, norms: bool = False, world: str = WORLD) -> Store:
    """Return a store of the terms, the world and these statements; with the shipped norms where asked for."""
    store = open_store("memory")
    store.extend(_terms())
    if norms:
        store.extend(_norms())
    graph = ox.NamedNode(f"{B}res/graf/prov")
    for text in (world, *texts):
        triples = ox.parse(PREFIXES + text, ox.RdfFormat.TURTLE)
        store.extend(ox.Quad(each.subject, each.predicate, each.object, graph) for each in triples)
    return store


def records_of(*texts: str, norms: bool = False) -> Records:
    """Return the records of such a store."""
    return read_records(store_of(*texts, norms=norms))


def describe(members: str, *, completeness: str = "fullstandig", forum: str = "gruppen", extra: str = "") -> str:
    """Return a description of a forum whose list holds these actors (local names, or `name/function`)."""
    names = members.split()
    lists = "".join(f"    fb:listsMembership u:m-{forum}-{index} ;\n" for index, _ in enumerate(names))
    text = (
        f"u:b-{forum} a fb:ForumDescription ; fb:describesForum f:{forum} ; fb:certainty visshet:uttalad ;\n"
        f"    prov:wasDerivedFrom s:1 ; fb:listingCompleteness fullstandighet:{completeness} ;\n{lists}"
        f"    fb:listedMembers {len(names)} {extra}.\n"
    )
    for index, name in enumerate(names):
        actor, _, function = name.partition("/")
        through = f"fb:representedBy fn:{function} ; " if function else ""
        text += (
            f"u:m-{forum}-{index} a fb:ForumMembership ; org:organization f:{forum} ; org:member {actor} ; {through}"
            "org:role deltagarroll:ledamot ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:1 .\n"
        )
    return text


def norm(
    identifier: str = "tst-01",
    *,
    actor: str = "polis",
    extra: str = "",
    valid: str = "2016-01-01",
    obligation: str = "bor",
) -> str:
    """Return a participation norm on EST groups."""
    since = f'fb:validFrom "{valid}"^^xsd:date ; ' if valid else ""
    return (
        f'norm:{identifier} a fb:ParticipationNorm ; skos:prefLabel "Norm {identifier}"@sv ; skos:notation "{identifier.upper()}" ;\n'
        f'    skos:definition "{identifier} väntas."@sv ; fb:appliesToForumType forumtyp:est ; fb:expectsActorType aktorstyp:{actor} ;\n'
        f"    fb:obligationLevel forpliktelsegrad:{obligation} ; fb:normBasis normgrund:definition ; {since}fb:evidenceCount 1 ;\n"
        f"    fb:datePrecision tidsprecision:{'dag' if valid else 'okand'} {extra}.\n"
    )


def find(*texts: str, on: date | None = None, norms: bool = False) -> list[Finding]:
    """Return all findings of Provstad's report, peers sought in every report of the texts."""
    records = records_of(*texts, norms=norms)
    everywhere = choose_sources(records)
    chosen = [each for each in everywhere if each.key == "provstad-2022"]
    return find_gaps(records, build_network(records, everywhere), chosen, everywhere=everywhere, as_of=on)


def only(found: list[Finding], end: str) -> Finding:
    """Return the one finding whose id ends so."""
    hits = [each for each in found if each.id.endswith(end)]
    assert len(hits) == 1, [each.id for each in found]
    return hits[0]


DATA = Path(__file__).parent / "data"
