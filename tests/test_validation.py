"""Each planted error is caught under the name of its rule, in the file it stands in; what is right is let through."""

import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, XSD

from kg.errors import DataError, MissingExtra, QueryError
from kg.namespaces import FB, NAMESPACES
from kg.resources import norm_files, ontology_dir, ontology_files, queries_dir
from kg.store import Store, open_store
from kg.validation import Severity, Violation, read_rules, validate

CHECKS = queries_dir() / "checks"
SPEC = NAMESPACES["fb"]
SHAPES = rdflib.Graph().parse(ontology_dir() / "shapes.ttl", format="turtle")

PREFIXES = """
@prefix aktorstyp: <https://w3id.org/forebygg/def/aktorstyp/> .
@prefix aldersgrund: <https://w3id.org/forebygg/def/aldersgrund/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dokumenttyp: <https://w3id.org/forebygg/def/dokumenttyp/> .
@prefix fb: <https://w3id.org/forebygg/spec/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix foreteelse: <https://w3id.org/forebygg/def/foreteelse/> .
@prefix forpliktelsegrad: <https://w3id.org/forebygg/def/forpliktelsegrad/> .
@prefix forumniva: <https://w3id.org/forebygg/def/forumniva/> .
@prefix forumtyp: <https://w3id.org/forebygg/def/forumtyp/> .
@prefix frekvens: <https://w3id.org/forebygg/def/frekvens/> .
@prefix full: <https://w3id.org/forebygg/def/fullstandighet/> .
@prefix informationsinnehall: <https://w3id.org/forebygg/def/informationsinnehall/> .
@prefix normgrund: <https://w3id.org/forebygg/def/normgrund/> .
@prefix normvillkor: <https://w3id.org/forebygg/def/normvillkor/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix roll: <https://w3id.org/forebygg/def/deltagarroll/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix styrning: <https://w3id.org/forebygg/def/styrning/> .
@prefix tidsprecision: <https://w3id.org/forebygg/def/tidsprecision/> .
@prefix utslag: <https://w3id.org/forebygg/def/utslag/> .
@prefix verifiering: <https://w3id.org/forebygg/def/verifiering/> .
@prefix visshet: <https://w3id.org/forebygg/def/visshet/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix kommun: <https://w3id.org/forebygg/id/kommun/> .
@prefix region: <https://w3id.org/forebygg/id/region/> .
@prefix malgrupp: <https://w3id.org/forebygg/id/malgrupp/> .
@prefix norm: <https://w3id.org/forebygg/id/norm/> .
@prefix a: <https://w3id.org/forebygg/id/org/9999/> .
@prefix d: <https://w3id.org/forebygg/id/dokument/9999/> .
@prefix f: <https://w3id.org/forebygg/id/forum/9999/> .
@prefix fn: <https://w3id.org/forebygg/id/funktion/9999/> .
@prefix i: <https://w3id.org/forebygg/id/insats/9999/> .
@prefix n: <https://w3id.org/forebygg/id/namnd/9999/> .
@prefix o: <https://w3id.org/forebygg/id/omrade/9999/> .
@prefix kalla: <https://w3id.org/forebygg/res/kalla/> .
@prefix s: <https://w3id.org/forebygg/res/kalla/ekby-2022/avsnitt/> .
@prefix u: <https://w3id.org/forebygg/id/utsaga/ekby-2022/> .
@prefix graf: <https://w3id.org/forebygg/res/graf/> .
"""

CLEAN = """
graf:register-9999 {
kommun:9999 a fb:Municipality ; skos:prefLabel "Ekby kommun"@sv ; fb:municipalityCode "9999" ;
    fb:actorType aktorstyp:kommun .
n:namnden a fb:Committee ; skos:prefLabel "Nämnden"@sv ; org:subOrganizationOf kommun:9999 ;
    fb:municipality kommun:9999 .
a:forvaltningen a fb:Administration ; skos:prefLabel "Förvaltningen"@sv ; org:subOrganizationOf kommun:9999 ;
    fb:answersTo n:namnden ; fb:municipality kommun:9999 .
a:polisen a fb:ActorGroup ; skos:prefLabel "Polisen"@sv ; fb:actorType aktorstyp:polis ; fb:municipality kommun:9999 .
a:firman a fb:Company ; skos:prefLabel "Firman"@sv ; fb:actorType aktorstyp:naringsliv ;
    fb:organisationNumber "556036-0793" .
fn:chef a fb:Function ; skos:prefLabel "förvaltningschefen"@sv ; fb:functionIn a:forvaltningen .
f:radet a fb:Forum ; skos:prefLabel "Rådet"@sv ; fb:forumType forumtyp:bra ; fb:municipality kommun:9999 .
f:gruppen a fb:Forum ; skos:prefLabel "Gruppen"@sv ; fb:forumType forumtyp:est ; fb:municipality kommun:9999 .
malgrupp:alder-13-20 a fb:TargetGroup ; skos:prefLabel "13–20 år"@sv ; fb:minAge 13 ; fb:maxAge 20 ;
    fb:ageBasis aldersgrund:angiven .
i:stod a fb:Intervention ; skos:prefLabel "Stöd"@sv .
}
graf:ekby-2022 {
kalla:ekby-2022 a fb:Source ; skos:prefLabel "Granskning, Ekby"@sv ; dcterms:title "Granskning"@sv ;
    dcterms:creator a:firman ; fb:observedOn "2022-03-17"^^xsd:date ;
    fb:sha256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" .
s:1 a fb:SourceSection ; skos:prefLabel "Rådet"@sv ; dcterms:isPartOf kalla:ekby-2022 ; fb:sectionNumber "1" .
u:b-radet a fb:ForumDescription ; fb:describesForum f:radet ; fb:level forumniva:strategisk ;
    fb:listingCompleteness full:fullstandig ; fb:listedMembers 2 ; fb:listsMembership u:m-chef , u:m-polis ;
    fb:meetingsPerYearMin 6.0 ; fb:meetingsPerYearMax 8.0 ; fb:frequencyAsStated "6-8 gånger"@sv ;
    fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:1 .
u:m-chef a fb:ForumMembership ; org:organization f:radet ; org:member a:forvaltningen ; fb:representedBy fn:chef ;
    org:role roll:ordforande ; fb:certainty visshet:uttalad ; fb:asStated "chefen leder"@sv ; prov:wasDerivedFrom s:1 .
u:m-polis a fb:ForumMembership ; org:organization f:radet ; org:member a:polisen ; org:role roll:ledamot ;
    fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:1 .
u:b-gruppen a fb:ForumDescription ; fb:describesForum f:gruppen ; fb:level forumniva:operativ ;
    fb:listingCompleteness full:ej-angiven ; fb:certainty visshet:antydd ; prov:wasDerivedFrom s:1 .
u:n-firman a fb:NonMembership ; fb:excludedActor a:firman ; fb:excludedFrom f:radet ; fb:asStated "inte firman"@sv ;
    fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:1 .
u:a-rutin a fb:AbsenceClaim ; fb:absent dokumenttyp:rutin ; fb:absentWithin f:radet ; fb:asStated "ingen rutin"@sv ;
    fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:1 .
u:rek-rutin a fb:Recommendation ; fb:directedAt n:namnden ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:1 .
}
graf:normer {
norm:xx-01 a fb:ParticipationNorm ; skos:prefLabel "Polisen i rådet"@sv ; skos:notation "XX-01" ;
    skos:definition "Polisen bör vara med."@sv ; fb:appliesToForumType forumtyp:bra ;
    fb:expectsActorType aktorstyp:polis ; fb:obligationLevel forpliktelsegrad:bor ; fb:normBasis normgrund:vagledning ;
    fb:validFrom "2017-03-01"^^xsd:date ; fb:datePrecision tidsprecision:manad ; fb:verification verifiering:b ;
    dcterms:source d:sida .
d:sida a foaf:Document ; skos:prefLabel "Sida"@sv .
}
"""

CLAIM = "fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:1 ."
MEMBER = f"a fb:ForumMembership ; org:organization f:gruppen ; org:member a:polisen ; org:role roll:ledamot ; {CLAIM}"
NORM = """skos:prefLabel "Norm"@sv ; skos:notation "YY-01" ; skos:definition "Norm."@sv ;
    fb:obligationLevel forpliktelsegrad:kan ; fb:verification verifiering:c ; dcterms:source d:sida ;"""
DATED = 'fb:normBasis normgrund:praxis ; fb:validFrom "2020-01-01"^^xsd:date .'
WHOLE = f"fb:level forumniva:operativ ; fb:listingCompleteness full:fullstandig ; {CLAIM}"
FORUM = 'a fb:Forum ; skos:prefLabel "F"@sv ; fb:forumType forumtyp:est ; fb:municipality kommun:9999 .'
GROUP = 'a fb:ActorGroup ; skos:prefLabel "{}"@sv ; fb:actorType aktorstyp:fritid ; fb:municipality kommun:9999'

# name of the file: (the rules that it breaks, what is wrong in it). A file has its own forum where it needs one.
PLANTED: dict[str, tuple[set[str], str]] = {
    "a-claim-without-section": ({"Claim-wasDerivedFrom"}, f"u:m-1 {MEMBER.replace('; prov:wasDerivedFrom s:1 ', '')}"),
    "a-claim-without-certainty": ({"Claim-certainty"}, f"u:m-2 {MEMBER.replace('fb:certainty visshet:uttalad ;', '')}"),
    "a-claim-of-two-certainties": ({"Claim-certainty"}, f"u:m-3 fb:certainty visshet:tolkad ; {MEMBER}"),
    "a-claim-without-address": ({"Claim-iri"}, f"[] {MEMBER}"),
    "a-quotation-of-121-characters": ({"Claim-asStated"}, f'u:m-4 fb:asStated "{"x" * 121}"@sv ; {MEMBER}'),
    "a-quotation-in-english": ({"Claim-asStated"}, f'u:m-5 fb:asStated "the police"@en ; {MEMBER}'),
    "a-membership-of-two-members": ({"ForumMembership-member"}, f"u:m-6 org:member a:forvaltningen ; {MEMBER}"),
    "a-membership-of-a-forum": (
        {"ForumMembership-member"},
        f"u:m-7 {MEMBER.replace('org:member a:polisen', 'org:member f:radet')}",
    ),
    "a-membership-without-role": ({"ForumMembership-role"}, f"u:m-8 {MEMBER.replace('org:role roll:ledamot ;', '')}"),
    "a-membership-without-forum": (
        {"ForumMembership-organization"},
        f"u:m-9 {MEMBER.replace('org:organization f:gruppen ;', '')}",
    ),
    "a-person-as-representative": (
        {"ForumMembership-representedBy"},
        f"u:m-10 fb:representedBy a:polisen ; {MEMBER}",
    ),
    "an-attendance-of-another-scheme": (
        {"ForumMembership-attendance"},
        f"u:m-11 fb:attendance roll:ledamot ; {MEMBER}",
    ),
    "a-denial-that-counts-as-membership": (
        {"Denial-member"},
        f"u:n-1 a fb:NonMembership ; org:member a:firman ; fb:excludedActor a:firman ; fb:excludedFrom f:gruppen ;"
        f' fb:asStated "inte"@sv ; {CLAIM}',
    ),
    "an-absence-without-quotation": (
        {"Denial-asStated"},
        f"u:a-1 a fb:AbsenceClaim ; fb:absent foreteelse:mal ; fb:absentWithin f:gruppen ; {CLAIM}",
    ),
    "an-absence-of-nothing": (
        {"AbsenceClaim-absent"},
        f'u:a-2 a fb:AbsenceClaim ; fb:absentWithin f:gruppen ; fb:asStated "saknas"@sv ; {CLAIM}',
    ),
    "a-number-in-words": (
        {"ForumDescription-listedMembers-type"},
        f"f:f1 {FORUM} u:b-1 a fb:ForumDescription ; fb:describesForum f:f1 ;"
        f' fb:listedMembers "tolv"^^xsd:integer ; {WHOLE}',
    ),
    "a-whole-list-that-nobody-counted": (
        {"ForumDescription-listedMembers"},
        f"f:f2 {FORUM} u:b-2 a fb:ForumDescription ; fb:describesForum f:f2 ; {WHOLE}",
    ),
    "a-whole-list-half-transcribed": (
        {"whole_list_transcribed"},
        f"f:f3 {FORUM} u:b-3 a fb:ForumDescription ; fb:describesForum f:f3 ; fb:listedMembers 2 ;"
        f" fb:listsMembership u:m-12 ; {WHOLE} u:m-12 {MEMBER.replace('f:gruppen', 'f:f3')}",
    ),
    "more-meetings-at-least-than-at-most": (
        {"ForumDescription-meetingsPerYearMin"},
        f"f:f4 {FORUM} u:b-4 a fb:ForumDescription ; fb:describesForum f:f4 ; fb:listedMembers 0 ;"
        f' fb:meetingsPerYearMin 12.0 ; fb:meetingsPerYearMax 6.0 ; fb:frequencyAsStated "ofta"@sv ; {WHOLE}',
    ),
    "a-frequency-without-wording": (
        {"ForumDescription-frequencyAsStated"},
        f"f:f5 {FORUM} u:b-5 a fb:ForumDescription ; fb:describesForum f:f5 ; fb:listedMembers 0 ;"
        f" fb:meetingsPerYearMax 6.0 ; {WHOLE}",
    ),
    "a-description-without-level": (
        {"ForumDescription-level"},
        f"f:f6 {FORUM} u:b-6 a fb:ForumDescription ; fb:describesForum f:f6 ; fb:listedMembers 0 ;"
        f" {WHOLE.replace('fb:level forumniva:operativ ;', '')}",
    ),
    "two-descriptions-of-a-forum": (
        {"description_unique"},
        f"u:b-gruppen-2 a fb:ForumDescription ; fb:describesForum f:gruppen ; fb:listedMembers 0 ; {WHOLE}",
    ),
    "a-list-with-a-membership-of-another-forum": (
        {"membership_same_forum"},
        f"f:f7 {FORUM} u:b-7 a fb:ForumDescription ; fb:describesForum f:f7 ; fb:listedMembers 1 ;"
        f" fb:listsMembership u:m-13 ; {WHOLE} u:m-13 {MEMBER}",
    ),
    "a-membership-of-a-forum-not-described": (
        {"orphan_membership"},
        f"f:f8 {FORUM} u:m-14 {MEMBER.replace('f:gruppen', 'f:f8')}",
    ),
    "a-thing-stated-and-denied": (
        {"stated_and_denied"},
        f"u:n-polis a fb:NonMembership ; fb:excludedActor a:polisen ; fb:excludedFrom f:radet ;"
        f' fb:asStated "nej"@sv ; {CLAIM}',
    ),
    "a-section-of-no-source": (
        {"Claim-wasDerivedFrom", "section_has_source"},
        f"u:m-15 {MEMBER.replace('s:1', 's:9')}",
    ),
    "a-section-outside-its-source": (
        {"section_has_source"},
        '<https://w3id.org/forebygg/res/kalla/annan-2020/avsnitt/1> a fb:SourceSection ; skos:prefLabel "A"@sv ;'
        ' dcterms:isPartOf kalla:ekby-2022 ; fb:sectionNumber "1" .',
    ),
    "an-actor-that-is-misspelt": (
        {"undefined_thing", "ForumMembership-member"},
        f"u:m-16 {MEMBER.replace('a:polisen', 'a:pollisen')}",
    ),
    "a-flow-to-itself": (
        {"InformationFlow-flowFrom"},
        f"u:f-1 a fb:InformationFlow ; fb:flowFrom f:radet ; fb:flowTo f:radet ;"
        f" fb:flowContent informationsinnehall:statistik ; {CLAIM}",
    ),
    "a-steering-of-no-kind": (
        {"SteeringRelation-steeringKind"},
        f"u:r-1 a fb:SteeringRelation ; fb:steers n:namnden ; fb:isSteered f:radet ; {CLAIM}",
    ),
    "a-recommendation-to-an-administration": (
        {"Recommendation-directedAt"},
        f"u:rek-1 a fb:Recommendation ; fb:directedAt a:forvaltningen ; {CLAIM}",
    ),
    "a-finding-of-two-verdicts": (
        {"AuditFinding-verdict"},
        f"u:k-1 a fb:AuditFinding ; fb:auditedBody n:namnden ; fb:verdict utslag:delvis , utslag:uppfyllt ; {CLAIM}",
    ),
    "an-intervention-for-nobody": (
        {"InterventionDescription-hasTargetGroup", "InterventionDescription-preventionLevel"},
        f"u:i-1 a fb:InterventionDescription ; fb:describesIntervention i:stod ; fb:provider a:forvaltningen ; {CLAIM}",
    ),
    "ages-the-wrong-way-round": (
        {"TargetGroup-minAge"},
        'malgrupp:alder-20-13 a fb:TargetGroup ; skos:prefLabel "20–13 år"@sv ; fb:minAge 20 ; fb:maxAge 13 .',
    ),
    "an-age-of-200": (
        {"TargetGroup-maxAge"},
        'malgrupp:alder-till-200 a fb:TargetGroup ; skos:prefLabel "till 200"@sv ; fb:maxAge 200 .',
    ),
    "a-target-group-of-anybody": (
        {"TargetGroup-ageOrRisk"},
        'malgrupp:alla a fb:TargetGroup ; skos:prefLabel "alla"@sv .',
    ),
    "a-day-that-is-not-in-the-calendar": (
        {"Dated-validFrom"},
        f'u:m-17 fb:validFrom "2023-02-30"^^xsd:date ; {MEMBER}',
    ),
    "a-year-instead-of-a-date": ({"Dated-validThrough"}, f'u:m-18 fb:validThrough "2023"^^xsd:gYear ; {MEMBER}'),
    "an-end-before-its-start": (
        {"Dated-validFrom"},
        f'u:m-19 fb:validFrom "2023-05-01"^^xsd:date ; fb:validThrough "2022-05-01"^^xsd:date ; {MEMBER}',
    ),
    "an-actor-without-swedish-name": (
        {"Named-prefLabel"},
        'a:namnlos a fb:ActorGroup ; skos:prefLabel "Nameless"@en ; fb:actorType aktorstyp:fritid .',
    ),
    "an-actor-of-two-names": (
        {"Named-prefLabel"},
        'a:tva a fb:ActorGroup ; skos:prefLabel "Ett"@sv , "Två"@sv ; fb:actorType aktorstyp:fritid .',
    ),
    "an-actor-of-no-type": ({"Actor-typeOrParent"}, 'a:typlos a fb:ActorGroup ; skos:prefLabel "Typlös"@sv .'),
    "a-unit-without-parent": (
        {"AdministrativeUnit-subOrganizationOf"},
        'a:enhet a fb:Unit ; skos:prefLabel "Enheten"@sv ; fb:actorType aktorstyp:fritid .',
    ),
    "an-administration-that-answers-to-nobody": (
        {"Administration-answersTo"},
        'a:annan a fb:Administration ; skos:prefLabel "Annan"@sv ; org:subOrganizationOf kommun:9999 .',
    ),
    "a-unit-that-answers-to-a-unit": (
        {"AdministrativeUnit-answersTo"},
        'a:avdelning a fb:Department ; skos:prefLabel "Avdelningen"@sv ; org:subOrganizationOf a:forvaltningen ;'
        " fb:answersTo a:polisen .",
    ),
    "a-number-of-a-sole-trader": (
        {"Actor-organisationNumber"},
        'a:enskild a fb:Company ; skos:prefLabel "Enskild firma"@sv ; fb:actorType aktorstyp:naringsliv ;'
        ' fb:organisationNumber "640823-3234" .',
    ),
    "a-code-of-three-digits": (
        {"Municipality-municipalityCode", "Municipality-iri", "code_matches_iri"},
        'kommun:078 a fb:Municipality ; skos:prefLabel "Trean"@sv ; fb:actorType aktorstyp:kommun ;'
        " fb:municipalityCode 780 .",
    ),
    "a-code-of-another-municipality": (
        {"code_matches_iri"},
        'kommun:9998 a fb:Municipality ; skos:prefLabel "Byby"@sv ; fb:actorType aktorstyp:kommun ;'
        ' fb:municipalityCode "9997" .',
    ),
    "a-parent-that-is-its-own-child": (
        {"cyclic_parent"},
        f"a:over {GROUP.format('Över')} ; org:subOrganizationOf a:under ."
        f" a:under {GROUP.format('Under')} ; org:subOrganizationOf a:over .",
    ),
    "two-actors-of-one-name": ({"label_clash"}, f"a:t1 {GROUP.format('Tvilling')} . a:t2 {GROUP.format('Tvilling')} ."),
    "a-function-in-nothing": ({"Function-functionIn"}, 'fn:ensam a fb:Function ; skos:prefLabel "ensam"@sv .'),
    "a-forum-of-no-type": (
        {"Forum-forumType"},
        'f:otyp a fb:Forum ; skos:prefLabel "Otyp"@sv ; fb:municipality kommun:9999 .',
    ),
    "a-forum-of-no-municipality": (
        {"Forum-municipality"},
        'f:ingenstans a fb:Forum ; skos:prefLabel "Ingenstans"@sv ; fb:forumType forumtyp:est .',
    ),
    "an-area-in-two-municipalities": (
        {"Area-municipality"},
        'o:dal a fb:Area ; skos:prefLabel "Dalen"@sv ; fb:municipality kommun:9999 , kommun:9998 .',
    ),
    "a-norm-without-source": (
        {"Norm-source"},
        f"norm:yy-01 a fb:DutyNorm ; fb:appliesToForumType forumtyp:est ; fb:expectsExistenceOf foreteelse:mal ;"
        f" {NORM.replace('dcterms:source d:sida ;', '')} {DATED}",
    ),
    "a-norm-of-unknown-start-that-does-not-say-so": (
        {"Norm-validFrom"},
        f"norm:yy-02 a fb:DutyNorm ; fb:appliesToForumType forumtyp:est ; fb:expectsExistenceOf foreteelse:mal ; {NORM}"
        " fb:normBasis normgrund:praxis .",
    ),
    "a-norm-that-expects-nobody": (
        {"ParticipationNorm-expectsActorType"},
        f"norm:yy-03 a fb:ParticipationNorm ; fb:appliesToForumType forumtyp:est ; {NORM} {DATED}",
    ),
    "a-norm-of-law-without-an-act": (
        {"Norm-legalBasis"},
        f"norm:yy-04 a fb:ParticipationNorm ; fb:appliesToForumType forumtyp:est ;"
        f" fb:expectsActorType aktorstyp:polis ; {NORM} {DATED.replace('praxis', 'lag')}",
    ),
    "a-norm-in-one-county-without-the-county": (
        {"Norm-county"},
        f"norm:yy-05 a fb:ExistenceNorm ; fb:appliesToClass fb:Municipality ; fb:expectsExistenceOf forumtyp:bra ;"
        f" fb:condition normvillkor:endast-lan ; {NORM} {DATED}",
    ),
    "a-condition-in-words-without-words": (
        {"Norm-conditionText"},
        f"norm:yy-06 a fb:ExistenceNorm ; fb:appliesToClass fb:Municipality ; fb:expectsExistenceOf forumtyp:bra ;"
        f" fb:condition normvillkor:fritext ; {NORM} {DATED}",
    ),
    "a-norm-that-does-not-say-how-often": (
        {"FrequencyNorm-frequency", "FrequencyNorm-expectation"},
        f"norm:yy-07 a fb:FrequencyNorm ; fb:appliesToForumType forumtyp:bra ; {NORM} {DATED}",
    ),
    "a-duty-of-nobody": (
        {"Norm-target"},
        f"norm:yy-08 a fb:DutyNorm ; fb:expectsExistenceOf foreteelse:mal ; {NORM} {DATED}",
    ),
    "a-source-of-no-day": (
        {"Source-observedOn", "Source-sha256", "Source-creator"},
        'kalla:ekby-2019 a fb:Source ; skos:prefLabel "Gammal"@sv ; dcterms:title "Gammal"@sv ; fb:sha256 "abc" ;'
        ' dcterms:creator "En revisor" ; fb:observedOn "i våras" .',
    ),
    "a-person": ({"NoNaturalPerson"}, "a:nagon a foaf:Person ."),
    "a-person-of-schema-org": ({"NoNaturalPerson"}, "a:nagon-annan a schema:Person ."),
    "a-holder-of-a-post": ({"NoPersonalData-property"}, "fn:chef org:heldBy a:polisen ."),
    "an-e-mail-address-as-property": ({"NoPersonalData-property"}, "a:polisen foaf:mbox <mailto:x@ekby.example> ."),
    "an-e-mail-address-in-a-quotation": (
        {"NoPersonalText-text"},
        f'u:m-20 fb:asStated "skriv till anna@ekby.example"@sv ; {MEMBER}',
    ),
    "a-personal-number-in-a-note": ({"NoPersonalText-text"}, 'f:radet skos:note "gäller 19900101-1234"@sv .'),
    "a-coordination-number-without-hyphen": ({"NoPersonalText-text"}, 'f:radet skos:altLabel "R 7010632391"@sv .'),
    "a-property-that-is-misspelt": ({"DeclaredTerms"}, f"u:m-21 fb:certianty visshet:uttalad ; {MEMBER}"),
    "a-class-that-is-misspelt": ({"DeclaredTerms"}, "a:x a fb:Comittee ."),
    "a-concept-that-is-misspelt": (
        {"DeclaredConcepts"},
        f"u:m-22 {MEMBER.replace('roll:ledamot', 'roll:ledammot')}",
    ),
    "a-concept-of-a-scheme-that-is-misspelt": (
        {"DeclaredConcepts", "Actor-actorType"},
        'a:y a fb:ActorGroup ; skos:prefLabel "Y"@sv ; fb:actorType <https://w3id.org/forebygg/def/aktortyp/skola> .',
    ),
}
IN_ANOTHER_GRAPH = ("a-claim-in-the-wrong-graph", {"graph_matches_source", "section_has_source", "orphan_membership"})


def write(folder: Path, name: str, body: str, *, graph: str = "ekby-2022") -> Path:
    path = folder / f"{name}.trig"
    text = body if body.lstrip().startswith("graf:") else f"graf:{graph} {{ {body} }}"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


def check(files: Sequence[Path]) -> list[Violation]:
    return validate(files, ontology=ontology_dir(), queries=CHECKS.parent)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The clean graph and, each in a file of its own, the planted errors."""
    folder = tmp_path_factory.mktemp("planted")
    wrong = [write(folder, name, body) for name, (_, body) in PLANTED.items()]
    astray = write(folder, IN_ANOTHER_GRAPH[0], f"u:m-99 {MEMBER}", graph="register-9999")
    return [write(folder, "clean", CLEAN), *wrong, astray]


@pytest.fixture(scope="module")
def results(files: list[Path]) -> list[Violation]:
    return check(files)


def rules_of(results: Sequence[Violation], name: str) -> set[str]:
    return {result.rule for result in results if result.file is not None and result.file.stem == name}


def test_a_clean_graph_has_nothing_wrong_with_it(tmp_path: Path) -> None:
    assert check([write(tmp_path, "clean", CLEAN)]) == []


def test_the_norms_that_are_shipped_are_clean_but_for_municipalities_described_elsewhere() -> None:
    found = check(norm_files())
    assert {(result.rule, result.subject.rsplit("/", 2)[1]) for result in found} == {("undefined_thing", "kommun")}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_error_is_caught_by_name_and_file(results: list[Violation], name: str) -> None:
    assert rules_of(results, name) == PLANTED[name][0]


def test_a_claim_in_the_wrong_graph_is_caught(results: list[Violation]) -> None:
    name, rules = IN_ANOTHER_GRAPH
    assert rules_of(results, name) == rules


def test_nothing_right_is_reported_beside_the_planted_errors(results: list[Violation]) -> None:
    assert rules_of(results, "clean") == set()
    assert all(result.file is not None for result in results)


def test_every_check_and_most_shapes_have_met_an_error(results: list[Violation]) -> None:
    met = {result.rule for result in results}
    assert {rule.name for rule in read_rules(CHECKS)} <= met
    assert len(met) >= 60


def test_the_severity_is_that_of_the_rule(results: list[Violation]) -> None:
    severity = {result.rule: result.severity for result in results}
    mild = {rule for rule, level in severity.items() if level is not Severity.VIOLATION}
    assert mild == {
        "Administration-answersTo",
        "Forum-forumType",
        "ForumDescription-level",
        "InterventionDescription-hasTargetGroup",
        "InterventionDescription-preventionLevel",
        "label_clash",
    }
    assert severity["label_clash"] is severity["InterventionDescription-preventionLevel"] is Severity.INFO


def test_the_worst_comes_first_and_the_order_is_total(files: list[Path], results: list[Violation]) -> None:
    order = [list(Severity).index(result.severity) for result in results]
    assert order == sorted(order)
    assert len(set(results)) == len(results)
    assert check(list(reversed(files))) == results


def test_a_result_says_what_where_and_what_to_do_in_both_languages(results: list[Violation]) -> None:
    (result,) = [each for each in results if each.rule == "ForumMembership-role"]
    assert result.subject == "https://w3id.org/forebygg/id/utsaga/ekby-2022/m-8"
    assert result.graph == "https://w3id.org/forebygg/res/graf/ekby-2022"
    assert result.path == "http://www.w3.org/ns/org#role"
    assert result.message("sv") == "Rollen saknas eller är inget begrepp i terminologin."
    assert result.message("en") == "The role is lacking or no concept of the terminology."
    assert result.advice("sv") == "Ange deltagarroll:ledamot när källan inte säger annat."
    for each in results:
        assert all((each.message("sv"), each.message("en"), each.advice("sv"), each.advice("en"))), each.rule


def test_a_thing_is_called_by_its_swedish_name_and_a_claim_by_its_iri(results: list[Violation]) -> None:
    label = {result.rule: result.label for result in results}
    assert label["TargetGroup-minAge"] == "20–13 år"
    assert label["ForumMembership-role"] == "utsaga/ekby-2022/m-8"


def test_a_misspelt_term_is_reported_once_with_the_nearest_declared_one(tmp_path: Path) -> None:
    twice = f"u:m-1 fb:certianty visshet:uttalad ; {MEMBER} u:m-2 fb:certianty visshet:uttalad ; {MEMBER}"
    found = check([write(tmp_path, "clean", CLEAN), write(tmp_path, "typo", twice)])
    assert [(result.rule, result.value, result.advice_en) for result in found] == [
        (
            "DeclaredTerms",
            f"{SPEC}certianty",
            "Did you mean fb:certainty? Otherwise declare the term in ontology/forebygg.ttl.",
        )
    ]


def test_a_concept_that_the_files_describe_themselves_is_no_unknown_one(tmp_path: Path) -> None:
    own = """roll:sprakror a skos:Concept ; skos:prefLabel "språkrör"@sv ;
        skos:inScheme <https://w3id.org/forebygg/def/deltagarroll> ."""
    member = MEMBER.replace("roll:ledamot", "roll:sprakror")
    assert check([write(tmp_path, "clean", CLEAN), write(tmp_path, "own", f"{own} u:m-1 {member}")]) == []


@pytest.mark.parametrize(
    ("number", "is_refused"),
    [
        ("19640823-3234", True),
        ("6408233234", True),
        ("640823+3234", True),
        ("556036-0793", False),  # an organisation number: the third digit is at least 2
        ("0470-410 00", False),  # a telephone exchange
        ("2023-07-01", False),
        ("2017/01236/GV", False),
        ("diarienummer 2021-00123", False),
    ],
)
def test_only_what_has_the_form_of_a_personal_number_is_refused(number: str, is_refused: bool) -> None:
    pattern = str(SHAPES.value(rdflib.URIRef(f"{SPEC}shape/HoldsPersonalNumberOrEmail"), SH.pattern))
    assert bool(re.search(pattern, f"text {number}, mer")) == is_refused


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("broken.ttl", "@prefix fb: <https://w3id.org/forebygg/spec/> .\n\nfb:x a fb:Forum\nfb:y a fb:Forum .\n", 4),
        ("unclosed.trig", PREFIXES.lstrip() + 'graf:x {\nf:x skos:prefLabel "x"@sv .\n', None),
        ("prefix.trig", "graf:x { }\n", 1),
    ],
)
def test_broken_turtle_is_one_error_with_its_file_and_line(
    tmp_path: Path, name: str, text: str, line: int | None
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        check([path])
    assert caught.value.file == path
    assert caught.value.line == (line or text.count("\n") + 1)
    assert str(caught.value).startswith(f"{path}, line ")


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingExtra, match=r"forebygg\[validate\]"):
        check([write(tmp_path, "clean", CLEAN)])


def test_a_check_without_severity_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_text("# Title: x\nSELECT ?subject ?detail ?graph WHERE { }\n", encoding="utf-8")
    with pytest.raises(QueryError, match=r"x\.rq: the head of a check"):
        read_rules(tmp_path)


def test_a_check_with_other_columns_is_refused(tmp_path: Path) -> None:
    head = "# Severity: Info\n# Problem: a / b\n# Solution: a / b\n"
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "x.rq").write_text(f"{head}SELECT ?subject WHERE {{ ?subject ?p ?o }}\n", encoding="utf-8")
    with pytest.raises(QueryError, match="x: a check answers with"):
        validate([write(tmp_path, "clean", CLEAN)], ontology=ontology_dir(), queries=tmp_path)


def test_a_folder_without_checks_is_refused_and_not_taken_for_a_clean_graph(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no checks in"):
        validate([write(tmp_path, "clean", CLEAN)], ontology=ontology_dir(), queries=tmp_path)


# --- the checks as queries


@pytest.fixture(scope="module")
def store(files: list[Path]) -> Store:
    store = open_store("memory")
    store.load(files)
    store.load(ontology_files(), graph="https://w3id.org/forebygg/res/graf/ontologi")
    return store


@pytest.fixture(scope="module")
def oracle(store: Store) -> rdflib.Dataset:
    return store.to_rdflib()


@pytest.mark.parametrize("rule", read_rules(CHECKS), ids=lambda rule: rule.name)
def test_a_check_answers_the_same_in_rdflib(store: Store, oracle: rdflib.Dataset, rule: Any) -> None:
    found = sorted(store.select(rule.text).values())
    expected = sorted(tuple("" if term is None else str(term) for term in row) for row in oracle.query(rule.text))
    assert found == expected
    assert found


@pytest.mark.parametrize("path", sorted(CHECKS.glob("*.rq")), ids=lambda path: path.stem)
def test_a_check_is_written_so_that_it_grows_with_the_graph(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "EXISTS" not in text
    assert "SERVICE" not in text
    assert re.search(r"^SELECT (DISTINCT )?\?subject \?detail \?graph$", text, re.MULTILINE)
    assert re.search(r"^ORDER BY .*\s*\Z", text, re.MULTILINE)
    for field in ("Title", "Question", "Problem", "Solution"):
        assert re.search(rf"^# {field}: .+ / .+$", text, re.MULTILINE), field


# --- the shapes as a text


def constrained() -> list[rdflib.term.Node]:
    """Shapes that can fail of their own: those that are reported."""
    return [
        shape
        for shape in SHAPES.subjects(RDF.type)
        if (shape, SH.path, None) in SHAPES or (shape, SH.message, None) in SHAPES
    ]


def test_every_shape_that_can_fail_says_what_is_wrong_and_what_to_do_in_both_languages() -> None:
    for shape in constrained():
        messages = {message.language: str(message) for message in SHAPES.objects(shape, SH.message)}
        assert set(messages) == {"sv", "en"}, shape
        assert all(". " in message and message.endswith((".", "...")) for message in messages.values()), shape
        assert SHAPES.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}, shape


def test_a_property_shape_is_named_after_its_node_shape() -> None:
    for node, shape in SHAPES.subject_objects(SH.property):
        if isinstance(node, rdflib.URIRef):
            assert str(shape).startswith(f"{node}-"), shape


def test_every_property_shape_is_used() -> None:
    assert set(SHAPES.subjects(RDF.type, SH.PropertyShape)) == {
        shape for shape in SHAPES.objects(None, SH.property) if isinstance(shape, rdflib.URIRef)
    }


def test_the_shapes_keep_to_the_core_of_shacl() -> None:
    assert not {SH.sparql, SH.select, SH.js, SH.rule, SH.target} & set(SHAPES.predicates())


def test_the_shapes_are_themselves_valid_shacl() -> None:
    import pyshacl

    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=SHAPES, meta_shacl=True)
    assert conforms, text


def test_the_shapes_name_only_terms_that_the_vocabulary_declares() -> None:
    named = {
        str(term) for triple in SHAPES for term in triple if str(term).startswith(SPEC) and "/shape/" not in str(term)
    }
    assert named <= {str(term) for term in FB}


def vocabulary() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_dir() / "forebygg.ttl", format="turtle")


def test_every_class_has_a_shape_of_its_own_or_of_its_superclass() -> None:
    graph = vocabulary()
    targets = set(SHAPES.objects(None, SH.targetClass))
    for each in graph.subjects(RDF.type, OWL.Class):
        assert targets & set(graph.transitive_objects(each, RDFS.subClassOf)), each


def test_personal_data_is_looked_for_in_every_text_property_of_the_vocabulary() -> None:
    graph = vocabulary()
    coded = {FB.sha256, FB.municipalityCode, FB.countyCode, FB.organisationNumber}  # have patterns of their own
    coded |= {FB.responsibleFunction}  # the mailbox of a function may stand there
    texts = {
        str(term)
        for kind in (RDF.langString, XSD.string)
        for term in graph.subjects(rdflib.URIRef(f"{NAMESPACES['schema']}rangeIncludes"), kind)
    }
    shape = rdflib.URIRef(f"{SPEC}shape/NoPersonalText")
    assert texts - coded <= {str(term) for term in SHAPES.objects(shape, SH.targetSubjectsOf)}


def test_five_reports_are_validated_in_a_few_seconds(files: list[Path], tmp_path: Path) -> None:
    # no benchmark: it catches a shape or a check that has become quadratic (2,000 memberships, some 16,000 triples)
    claim = f'<https://w3id.org/forebygg/id/utsaga/ekby-2022/m-{{}}-{{}}> fb:asStated "polis"@sv ; {MEMBER}\n'
    reports = [
        write(tmp_path, f"report-{report}", "".join(claim.format(report, number) for number in range(400)))
        for report in range(5)
    ]
    started = time.process_time()
    assert check([files[0], *reports]) == []
    assert time.process_time() - started < 30
