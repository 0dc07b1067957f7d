"""What a report leaves unsaid of governance, on graphs small enough to judge by eye, and on the five reports."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing import Registry, Resource

from bench.generate import write_graph
from bench.measure import read_synthetic
from kg.cache import open_shipped, read_shipped
from kg.cases import Case, open_cases
from kg.cli import cli
from kg.findings import Remark, Standing
from kg.governance import expired_agreements, find_governance
from kg.governance.ties import absent_actors, absent_parties, lone_forums, one_way_flows
from kg.governance.unstated import (
    Item,
    State,
    areas_without_team,
    documents_without_decision,
    follow_ups_without_receiver,
    forum_sheets,
    interventions_without_follow_up,
    interventions_without_provider,
)
from kg.listings import remarks_json
from kg.questions import named_query, question
from kg.records import read_records
from kg.sources import choose_sources, list_sources
from kg.store import Store, bind
from kg.wording import governance, remark_advice, remark_sentence
from tests.synthetic import all_cases, real_store
from tests.tiny import describe, records_of, store_of

SCHEMAS = Path(__file__).resolve().parent.parent / "kg" / "schemas"
SURE = "fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2"
LEVELS = """
f:radet a fb:Forum ; skos:prefLabel "Rådet"@sv ; fb:forumType forumtyp:bra ; fb:municipality k:9990 .
"""


def case_of(*texts: str) -> Case:
    records = records_of(*texts)
    return open_cases(records, choose_sources(records))[0]


def remarks(*texts: str) -> list[Remark]:
    return find_governance(case_of(*texts))


def coded(found: list[Remark], code: str) -> list[Remark]:
    return [each for each in found if each.code == code]


def names(remark: Remark) -> list[str]:
    return [each.sv for each in remark.subjects]


def states(*texts: str) -> dict[Item, State]:
    (sheet,) = forum_sheets(case_of(*texts))
    return dict(sheet.items)


# Forums


def test_a_forum_of_which_nothing_is_said_has_one_remark_that_lists_it_all() -> None:
    (found,) = coded(remarks(describe("a:polisen")), "unstated")
    assert found.standing is Standing.UNSTATED
    assert remark_sentence(found).startswith(
        "Om forumet Gruppen säger rapporten inte vem som äger det eller ger det uppdrag, vem som leder det, vilket "
        "mandat det har, hur ofta det möts, vilket dokument som styr det eller hur det följs upp."
    )
    assert "saknas" not in remark_sentence(found)


@pytest.mark.parametrize(
    ("item", "extra", "claim"),
    [
        (Item.OWNER, "; fb:forumOwner n:socialnamnden ", ""),
        (
            Item.OWNER,
            "",
            f"u:r-1 a fb:SteeringRelation ; fb:steers n:socialnamnden ; fb:isSteered f:gruppen ; {SURE} .",
        ),
        (Item.MANDATE, "; fb:mandate mandat:beredande ", ""),
        (Item.RHYTHM, '; fb:frequencyAsStated "ibland"@sv ', ""),
        (Item.RHYTHM, "; fb:meetsOnDemand true ", ""),
        (
            Item.DOCUMENT,
            "",
            f'd:rutin a fb:GoverningDocument ; skos:prefLabel "Rutin"@sv ; fb:regulates f:gruppen ; {SURE} .',
        ),
        (Item.FOLLOW_UP, "", f"u:u-1 a fb:FollowUp ; fb:followUpOf f:gruppen ; {SURE} ."),
        (
            Item.FOLLOW_UP,
            "",
            f"u:e-1 a fb:ExistenceClaim ; fb:existing foreteelse:samlad-uppfoljning ; fb:existsWithin f:gruppen ; {SURE} .",
        ),
    ],
)
def test_what_is_stated_is_not_asked_for(item: Item, extra: str, claim: str) -> None:
    found = states(describe("a:polisen", extra=extra), claim)
    assert {each for each, state in found.items() if state is State.STATED} == {item}
    assert {state for each, state in found.items() if each is not item} == {State.UNSTATED}


@pytest.mark.parametrize("role", ["ordforande", "vice-ordforande", "sammankallande"])
def test_a_chair_is_known_by_the_role_of_a_member(role: str) -> None:
    text = describe("a:polisen").replace("deltagarroll:ledamot", f"deltagarroll:{role}")
    found = states(text)
    assert found[Item.CHAIR] is State.STATED
    assert (found[Item.OWNER] is State.STATED) is (role == "sammankallande")  # who convenes it keeps it going


def test_the_chair_of_an_ended_membership_chairs_no_more() -> None:
    text = describe("a:polisen").replace("deltagarroll:ledamot", "deltagarroll:ordforande ; fb:status status:upphord")
    assert states(text)[Item.CHAIR] is State.UNSTATED


def test_what_the_report_says_is_lacking_is_stated_and_not_asked_for() -> None:
    claim = f"""u:a-mandat a fb:AbsenceClaim ; fb:absent foreteelse:mandat ; fb:absentWithin f:gruppen ; {SURE} ;
        fb:asStated "forumet har inget mandat"@sv ."""
    found = remarks(describe("a:polisen"), claim)
    assert found[0].code == "lacking"
    assert found[0].standing is Standing.STATED
    assert remark_sentence(found[0]).startswith(
        "Enligt rapporten saknas mandat för Gruppen: ”forumet har inget mandat”."
    )
    (unsaid,) = coded(found, "unstated")
    assert unsaid.figure("mandate") == "lacking"
    assert "mandat" not in remark_sentence(unsaid)


@pytest.mark.parametrize(
    ("certainty", "lead"),
    [
        ("uttalad", "Enligt rapporten saknas mål i Provstads kommun"),
        ("antydd", "Rapporten antyder att det saknas mål i Provstads kommun"),
        ("tolkad", "Så läser vi rapporten: det saknas mål i Provstads kommun"),
    ],
)
def test_a_denial_is_worded_as_surely_as_it_is_known(certainty: str, lead: str) -> None:
    claim = f"""u:a-mal a fb:AbsenceClaim ; fb:absent foreteelse:mal ; fb:absentWithin k:9990 ;
        fb:certainty visshet:{certainty} ; prov:wasDerivedFrom s:2 ."""
    assert remark_sentence(remarks(describe("a:polisen"), claim)[0]).startswith(lead)


def test_a_forum_that_is_only_proposed_is_not_asked_about() -> None:
    assert not coded(remarks(describe("a:polisen", extra="; fb:status status:foreslagen ")), "unstated")


@pytest.mark.parametrize(("kind", "apt"), [("samordnad-planering", 4), ("familjecentral", 3), ("est", 6)])
def test_nobody_asks_for_the_rhythm_of_meetings_on_one_case_or_of_joint_premises(kind: str, apt: int) -> None:
    """Of six items two (chair, rhythm) follow the case; joint premises have no mandate either."""
    world = f'f:andra a fb:Forum ; skos:prefLabel "Andra"@sv ; fb:forumType forumtyp:{kind} ; fb:municipality k:9990 .'
    (found,) = coded(remarks(world, describe("a:polisen", forum="andra")), "unstated")
    assert sum(value == "unstated" for name, value in found.figures) == apt


def test_a_part_of_a_forum_has_what_is_stated_of_the_whole_and_repeats_none_of_its_silence() -> None:
    world = """f:delen a fb:Forum ; skos:prefLabel "Delen"@sv ; fb:forumType forumtyp:est ; fb:municipality k:9990 ;
        org:subOrganizationOf f:gruppen ."""
    text = describe("a:polisen", extra="; fb:mandate mandat:beredande "), describe("a:skolan", forum="delen")
    found = {each.forum.thing.sv: dict(each.items) for each in forum_sheets(case_of(world, *text))}
    assert found["Delen"][Item.MANDATE] is State.STATED
    assert [names(each) for each in coded(remarks(world, *text), "unstated")] == [["Gruppen"]]


def test_a_forum_of_another_municipality_is_not_asked_about() -> None:
    world = """k:9991 a fb:Municipality ; skos:prefLabel "Annanstads kommun"@sv ; fb:municipalityCode "9991" .
        f:andra a fb:Forum ; skos:prefLabel "Andra"@sv ; fb:forumType forumtyp:est ; fb:municipality k:9991 ."""
    assert not coded(remarks(world, describe("a:polisen", forum="andra")), "unstated")


# Documents, interventions, follow-ups, agreements


def document(name: str = "plan", extra: str = "fb:documentType dokumenttyp:rutin ; fb:municipality k:9990 ; ") -> str:
    return (
        f'd:{name} a fb:GoverningDocument ; skos:prefLabel "{name.capitalize()}"@sv ; {extra} prov:wasDerivedFrom s:2 .'
    )


OWN = "fb:documentType dokumenttyp:rutin ; fb:municipality k:9990 ; "


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        (OWN, "document-unknown"),
        (OWN + 'dcterms:issued "2021-01-01"^^xsd:date ; ', "document-undecided"),
        (OWN + "fb:decidedBy n:socialnamnden ; ", "document-undated"),
        (OWN + 'fb:decidedBy n:socialnamnden ; fb:validFrom "2021-01-01"^^xsd:date ; ', ""),
        ("fb:municipality k:9990 ; ", ""),  # of unknown type: it may be a survey
        ("fb:documentType dokumenttyp:rutin ; ", ""),  # whose it is, is not said
        (OWN + "fb:status status:planerad ; ", ""),
        ("fb:documentType dokumenttyp:individuell-plan ; fb:municipality k:9990 ; ", ""),
    ],
)
def test_a_document_is_asked_about_where_its_decision_matters(extra: str, code: str) -> None:
    found = [each.code for each in remarks(describe("a:polisen"), document(extra=extra)) if "document" in each.code]
    assert found == ([code] if code else [])


def test_a_document_shares_the_decision_of_the_document_it_is_a_part_of() -> None:
    whole = document("plan", OWN + 'fb:decidedBy n:socialnamnden ; fb:validFrom "2021-01-01"^^xsd:date ; ')
    part = document("bilaga", OWN + "dcterms:isPartOf d:plan ; ")
    assert not [each for each in remarks(describe("a:polisen"), whole, part) if "document" in each.code]


def test_a_document_said_to_be_undecided_is_stated_and_no_longer_unstated() -> None:
    claim = f"""u:a-beslut a fb:AbsenceClaim ; fb:absent foreteelse:beslutsfattare ; fb:absentWithin n:socialnamnden ;
        fb:concerns d:plan ; {SURE} ; fb:asStated "saknar beslutsfattare"@sv ."""
    found = remarks(describe("a:polisen"), document(), claim)
    assert [each.code for each in found if "document" in each.code] == ["document-undated"]
    assert found[0].code == "undecided"
    assert remark_sentence(found[0]).startswith(
        "Enligt rapporten saknas uppgift om beslutsfattare för Plan: ”saknar beslutsfattare”."
    )


INTERVENTION = """id:insats/9990/kurs a fb:Intervention ; skos:prefLabel "Kursen"@sv ; fb:municipality k:9990 .
u:i-kurs a fb:InterventionDescription ; fb:describesIntervention id:insats/9990/kurs ; {extra} fb:certainty visshet:uttalad ;
    prov:wasDerivedFrom s:2 .""".replace("id:insats/9990/kurs", "<https://w3id.org/forebygg/id/insats/9990/kurs>")
KURS = "<https://w3id.org/forebygg/id/insats/9990/kurs>"


def test_an_intervention_without_provider_and_follow_up_is_asked_about() -> None:
    found = remarks(describe("a:polisen"), INTERVENTION.format(extra=""))
    assert names(*coded(found, "no-provider")) == names(*coded(found, "not-followed-up")) == ["Kursen"]


def test_a_follow_up_that_nobody_is_said_to_receive_is_asked_about() -> None:
    follow = f"u:u-1 a fb:FollowUp ; fb:followUpOf {KURS} ; {SURE} ."
    text = describe("a:polisen"), INTERVENTION.format(extra="fb:provider a:faltgruppen ;")
    found = remarks(*text, follow)
    assert not coded(found, "no-provider")
    assert not coded(found, "not-followed-up")
    assert names(*coded(found, "unreceived")) == ["Kursen"]
    told = f"u:u-2 a fb:FollowUp ; fb:followUpOf {KURS} ; fb:followUpTo n:socialnamnden ; {SURE} ."
    assert not coded(remarks(*text, follow, told), "unreceived")


def agreement(through: str = "", name: str = "avtal", extra: str = "") -> str:
    until = f'fb:validThrough "{through}"^^xsd:date ; ' if through else ""
    return (
        f'd:{name} a fb:Agreement ; skos:prefLabel "{name.capitalize()}"@sv ; fb:party k:9990 , a:polisen ; {until}{extra}'
        "prov:wasDerivedFrom s:2 ."
    )


def test_an_agreement_that_had_run_out_is_computed_and_names_what_still_holds() -> None:
    (found,) = coded(remarks(describe("a:polisen"), agreement("2014-12-31"), agreement("", "lofte")), "expired")
    assert (found.standing, names(found), [each.sv for each in found.names]) == (
        Standing.COMPUTED,
        ["Avtal"],
        ["Lofte"],
    )


@pytest.mark.parametrize("through", ["2022-03-17", ""])  # the day of the report itself; no last day stated
def test_an_agreement_that_held_on_the_day_had_not_run_out(through: str) -> None:
    assert not coded(remarks(describe("a:polisen"), agreement(through)), "expired")


def test_an_agreement_that_was_revised_had_not_run_out() -> None:
    newer = agreement("", "ny", "prov:wasRevisionOf d:avtal ; ")
    assert not coded(remarks(describe("a:polisen"), agreement("2014-12-31"), newer), "expired")


@pytest.mark.parametrize(
    ("completeness", "standing"), [("fullstandig", Standing.COMPUTED), ("exemplifierande", Standing.UNSTATED)]
)
def test_a_party_in_no_forum_is_computed_only_where_every_list_is_whole(completeness: str, standing: Standing) -> None:
    (found,) = coded(remarks(describe("a:faltgruppen", completeness=completeness), agreement()), "party-outside")
    assert (names(found), found.standing) == (["Polisen"], standing)
    assert ("räknar inte upp alla" in remark_sentence(found)) is (standing is Standing.UNSTATED)


# Ties


def steered(who: str) -> str:
    return f"u:r-vem a fb:SteeringRelation ; fb:steers n:kommunstyrelsen ; fb:isSteered {who} ; {SURE} ."


@pytest.mark.parametrize(
    ("member", "named", "outside"),
    [
        ("a:faltgruppen", "a:socialforvaltningen", False),  # a part of it sits there
        ("a:socialforvaltningen", "a:faltgruppen", False),  # the whole sits there
        ("k:9990", "a:socialforvaltningen", True),  # "the municipality" is not each of its parts
        ("a:skolan", "a:elevhalsan", False),  # a group of the school may hold student health
        ("a:elevhalsan", "a:skolan", False),  # someone of the school's kind is there
        ("a:polisen", "a:skolan", True),
    ],
)
def test_an_actor_is_in_a_forum_through_its_parts_its_whole_and_its_group(
    member: str, named: str, outside: bool
) -> None:
    found = {each.actor.sv for each in absent_actors(case_of(describe(member), steered(named)))}
    label = {"socialforvaltningen": "Socialförvaltningen", "elevhalsan": "Elevhälsan", "skolan": "Skolan"}
    assert (label.get(named.removeprefix("a:"), "Fältgruppen") in found) is outside


def test_residents_are_not_asked_for_in_forums() -> None:
    world = 'a:boende a fb:ActorGroup ; skos:prefLabel "Boende"@sv ; fb:actorType aktorstyp:invanare .'
    assert "Boende" not in {
        each.actor.sv for each in absent_actors(case_of(describe("a:polisen"), world, steered("a:boende")))
    }


def flow(start: str, end: str, name: str = "f-1") -> str:
    return f"u:{name} a fb:InformationFlow ; fb:flowFrom {start} ; fb:flowTo {end} ; {SURE} ."


def test_a_flow_without_a_way_back_is_named_with_those_who_sit_at_both_ends() -> None:
    text = LEVELS, describe("a:polisen a:skolan"), describe("a:skolan", forum="radet")
    (found,) = coded(remarks(*text, flow("f:gruppen", "f:radet")), "one-way")
    assert (names(found), [each.sv for each in found.names]) == (["Gruppen", "Rådet"], ["Skolan"])
    back = flow("f:radet", "f:gruppen", "f-2")
    assert not coded(remarks(*text, flow("f:gruppen", "f:radet"), back), "one-way")


def test_who_steers_the_sender_has_a_way_back() -> None:
    text = LEVELS, describe("a:polisen"), describe("a:skolan", forum="radet"), flow("f:gruppen", "f:radet")
    steers = f"u:r-1 a fb:SteeringRelation ; fb:steers f:radet ; fb:isSteered f:gruppen ; {SURE} ."
    assert len(coded(remarks(*text), "one-way")) == 1
    assert not coded(remarks(*text, steers), "one-way")


def test_a_report_without_a_running_forum_has_nobody_outside_it() -> None:
    found = remarks(describe("a:polisen", extra="; fb:status status:foreslagen "), steered("a:skolan"), agreement())
    assert not [each for each in found if each.code in {"in-no-forum", "party-outside", "no-politics"}]


def test_who_sits_in_the_forum_hears_what_is_said_there() -> None:
    assert not coded(remarks(describe("a:polisen"), flow("a:polisen", "f:gruppen")), "one-way")
    assert len(coded(remarks(describe("a:skolan"), flow("a:polisen", "f:gruppen")), "one-way")) == 1


def two_levels(first: str, second: str, *, upper: str = "; fb:level forumniva:strategisk ") -> tuple[str, str, str]:
    lower = describe(first, extra="; fb:level forumniva:operativ ")
    return LEVELS, lower, describe(second, forum="radet", extra=upper)


def test_forums_of_two_levels_without_anyone_in_common_are_both_alone() -> None:
    found = lone_forums(case_of(*two_levels("a:polisen", "a:socialforvaltningen")))
    assert [(each.forum.thing.sv, each.whole) for each in found] == [("Gruppen", True), ("Rådet", True)]


@pytest.mark.parametrize(
    ("first", "second", "claim"),
    [
        ("a:polisen", "a:polisen", ""),
        ("a:faltgruppen", "a:socialforvaltningen", ""),  # through the whole
        ("a:polisen", "a:skolan", flow("f:gruppen", "f:radet")),
        (
            "a:polisen",
            "a:skolan",
            f"u:r-1 a fb:SteeringRelation ; fb:steers f:radet ; fb:isSteered f:gruppen ; {SURE} .",
        ),
    ],
)
def test_a_shared_member_whole_flow_or_steering_ties_two_levels(first: str, second: str, claim: str) -> None:
    assert not lone_forums(case_of(*two_levels(first, second), claim))


def test_a_forum_whose_level_is_unknown_may_be_the_tie() -> None:
    world = 'f:mitt a fb:Forum ; skos:prefLabel "Mitt"@sv ; fb:forumType forumtyp:est ; fb:municipality k:9990 .'
    between = describe("a:polisen a:skolan", forum="mitt")
    assert not lone_forums(case_of(*two_levels("a:polisen", "a:skolan"), world, between))


def test_a_political_body_ties_a_forum_to_the_political_level() -> None:
    found = lone_forums(case_of(*two_levels("a:polisen n:socialnamnden", "a:skolan")))
    assert [each.forum.thing.sv for each in found] == ["Rådet"]


AREA = """<https://w3id.org/forebygg/id/omrade/9990/berget> a fb:Area ; skos:prefLabel "Berget"@sv .
u:p-berget a fb:AreaPriority ; fb:priorityArea <https://w3id.org/forebygg/id/omrade/9990/berget> ; fb:prioritisedBy k:9990 ;
    fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 .
f:teamet a fb:Forum ; skos:prefLabel "Teamet"@sv ; fb:forumType forumtyp:omradesteam ; fb:municipality k:9990 ."""


def test_a_prioritised_area_that_no_team_covers_is_named_with_the_teams_that_may() -> None:
    (found,) = coded(remarks(AREA, describe("a:polisen", forum="teamet")), "area-without-team")
    assert remark_sentence(found).startswith(
        "Berget har prioritet, men rapporten beskriver inget områdesteam där. Vilka områden som Teamet omfattar sägs inte."
    )
    covers = "; fb:covers <https://w3id.org/forebygg/id/omrade/9990/berget> "
    assert not coded(remarks(AREA, describe("a:polisen", forum="teamet", extra=covers)), "area-without-team")


def test_a_report_without_politicians_in_its_forums_says_so_once() -> None:
    assert len(coded(remarks(describe("a:polisen")), "no-politics")) == 1
    assert not coded(remarks(describe("n:socialnamnden")), "no-politics")
    assert not coded(remarks(describe("a:polisen", extra="; fb:level forumniva:politisk ")), "no-politics")


# All of it


@cache
def shipped() -> list[Case]:
    records = read_shipped()
    return open_cases(records, [each for each in list_sources(records) if each.describes_forums])


def of_report(key: str) -> list[Remark]:
    return next(find_governance(case) for case in shipped() if case.source.key == key)


def test_whom_a_function_stands_for_is_not_named_beside_it_as_one_who_can_answer() -> None:
    (found,) = (each for each in of_report("vaxjo-2024") if each.code == "one-way")
    assert "I båda sitter IA-samordnare, SIG-samordnare och SSPF-samordnare, som kan" in remark_sentence(found)


def test_a_follow_up_of_a_whole_service_is_said_not_to_be_counted() -> None:
    (found,) = (each for each in of_report("vannas-2018") if each.code == "not-followed-up")
    said = remark_sentence(found)
    assert "Uppföljning av en hel nämnd, verksamhet eller plan är inte inräknad." in said
    assert "Akka, HVB-hem; Akka, stödboende; " in said


def test_what_is_stated_comes_first_then_what_is_computed() -> None:
    order = (Standing.STATED, Standing.COMPUTED, Standing.UNSTATED)
    for case in shipped():
        found = [order.index(each.standing) for each in find_governance(case)]
        assert found == sorted(found)


def test_ids_are_unique_and_two_runs_give_the_same() -> None:
    for case in shipped():
        found = find_governance(case)
        assert len({each.id for each in found}) == len(found)
        assert found == find_governance(case)


def test_no_verdict_of_the_auditors_is_evidence() -> None:
    for case in shipped():
        for each in find_governance(case):
            assert not [claim for claim in each.claims if "/k-" in claim or "/rek-" in claim]


def test_every_code_has_words_and_no_word_is_without_a_code() -> None:
    assert set(governance.ADVICE) == set(governance.SENTENCES)
    for case in shipped():
        for each in find_governance(case):
            for lang in ("sv", "en"):
                text = remark_sentence(each, lang)
                assert remark_advice(each, lang)
                assert not [odd for odd in ("()", "  ", " .", " None", ": .") if odd in text], text


def test_what_is_not_stated_is_never_said_to_be_missing() -> None:
    for case in shipped():
        for each in find_governance(case):
            if each.standing is not Standing.STATED:
                assert "saknas" not in remark_sentence(each)


@settings(max_examples=25, deadline=None)
@given(st.permutations(["a:polisen", "a:skolan", "a:faltgruppen", "n:socialnamnden"]))
def test_the_order_of_members_does_not_matter(order: list[str]) -> None:
    text = (steered("a:elevhalsan"), flow("a:polisen", "f:gruppen"))
    expected = [each.id for each in remarks(describe("a:polisen a:skolan a:faltgruppen n:socialnamnden"), *text)]
    assert [each.id for each in remarks(describe(" ".join(order)), *text)] == expected


def validator() -> Any:
    loaded = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SCHEMAS.glob("*.json"))]
    registry: Any = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in loaded)
    schema = next(each for each in loaded if each["$id"].endswith("/remarks.json"))
    return jsonschema.Draft202012Validator(schema, registry=registry)


def test_json_fits_the_published_schema() -> None:
    checker = validator()
    for case in shipped():
        checker.validate(json.loads(remarks_json(find_governance(case))))


# Definitions

DEFINITIONS = (
    *("actors", "areas", "documents", "flows", "follow-ups", "forums", "interventions", "levels", "parties"),
)


def computed(cases: list[Case]) -> dict[str, set[tuple[str, ...]]]:
    """Return the rows that the definitions must give, from the analysis."""
    found: dict[str, set[tuple[str, ...]]] = {name: set() for name in DEFINITIONS}
    for case in cases:
        key = case.source.thing.iri
        found["forums"] |= {(key, each.forum.thing.iri, item) for each in forum_sheets(case) for item in each.unstated}
        for paper in documents_without_decision(case):
            said = (("decision", paper.decision), ("date", paper.date))
            found["documents"] |= {(key, paper.claim.iri, name) for name, lacking in said if lacking}
        found["actors"] |= {(key, each.actor.iri) for each in absent_actors(case)}
        found["parties"] |= {(key, one.iri, who.iri) for one, parties in absent_parties(case) for who in parties}
        found["flows"] |= {(key, each.claim.iri, each.start.iri, each.end.iri) for each in one_way_flows(case)}
        found["levels"] |= {(key, each.forum.thing.iri) for each in lone_forums(case)}
        found["areas"] |= {(key, each.area.iri) for each in areas_without_team(case)}
        found["interventions"] |= {(key, thing.iri, "provider") for thing, _ in interventions_without_provider(case)}
        found["interventions"] |= {(key, thing.iri, "follow-up") for thing, _ in interventions_without_follow_up(case)}
        found["follow-ups"] |= {(key, thing.iri, claim.iri) for thing, claim in follow_ups_without_receiver(case)}
    return found


def equal_to_definitions(store: Store) -> dict[str, set[tuple[str, ...]]]:
    records = read_records(store)
    found = computed(open_cases(records, list_sources(records)))
    for name in DEFINITIONS:
        rows = store.select(named_query(f"definitions/governance-{name}")).values()
        assert {row[1:] for row in map(tuple, rows)} == found[name], name
    return found


def test_the_reports_equal_their_definitions() -> None:
    found = equal_to_definitions(open_shipped())
    assert {name for name, rows in found.items() if not rows} == {"parties"}


def test_a_synthetic_graph_equals_its_definitions(tmp_path: Path) -> None:
    path = tmp_path / "graf.nq"
    write_graph(path, 5)
    found = equal_to_definitions(read_synthetic(path)[0])
    assert min(len(found[name]) for name in ("forums", "documents", "actors", "flows", "areas", "interventions")) > 25


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_small_worlds_equal_their_definitions(data: st.DataObject) -> None:
    everyone = [
        "a:polisen",
        "a:skolan",
        "a:elevhalsan",
        "a:socialforvaltningen",
        "a:faltgruppen",
        "n:socialnamnden",
        "k:9990",
    ]
    places = ["f:gruppen", "f:radet", *everyone]
    lists = st.lists(st.sampled_from(everyone), max_size=3, unique=True).map(" ".join)
    level = st.sampled_from(["", *(f"; fb:level forumniva:{each} " for each in ("operativ", "strategisk", "politisk"))])
    said = st.sampled_from(
        ["", "; fb:mandate mandat:beredande ", "; fb:forumOwner n:socialnamnden ", "; fb:status status:planerad "]
    )
    ends = st.tuples(st.sampled_from(places), st.sampled_from(places))
    flows = data.draw(st.lists(ends, max_size=4, unique=True))
    parties = data.draw(st.lists(st.sampled_from(everyone), min_size=1, max_size=3, unique=True))
    texts = [
        LEVELS,
        describe(data.draw(lists), extra=data.draw(level) + data.draw(said)),
        describe(data.draw(lists), forum="radet", extra=data.draw(level) + data.draw(said)),
        *(flow(start, end, f"f-{number}") for number, (start, end) in enumerate(flows)),
        f'd:avtal a fb:Agreement ; skos:prefLabel "Avtal"@sv ; fb:party {" , ".join(parties)} ; prov:wasDerivedFrom s:2 .',
        *(f"u:u-{end[2:]} a fb:FollowUp ; fb:followUpOf {end} ; {SURE} ." for _, end in flows[:1]),
        *([] if data.draw(st.booleans()) else ["f:gruppen org:subOrganizationOf f:radet ."]),
        *([] if data.draw(st.booleans()) else [steered("f:gruppen")]),
    ]
    equal_to_definitions(store_of(*texts))


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_definition_can_be_bound_to_a_report(name: str) -> None:
    text = named_query(f"definitions/governance-{name}")
    every = [tuple(row) for row in open_shipped().select(text).values()]
    source = "https://w3id.org/forebygg/res/kalla/kalmar-2021"
    bound = open_shipped().select(bind(text, {"kalla": source})).values()
    assert [tuple(row) for row in bound] == [row for row in every if row[1] == source]


def test_an_area_without_a_team_is_what_the_question_on_areas_finds() -> None:
    """The rows of cq22 with "saknar områdesteam i källan", without their sections."""
    rows = {(row["kalla"], row["omrade"]) for row in asked("cq22-areas") if row["lage"].startswith("saknar")}
    assert rows == {(case.source.thing.iri, each.area.iri) for case in shipped() for each in areas_without_team(case)}


def test_what_is_stated_as_lacking_is_what_the_question_on_denials_finds() -> None:
    """The claims of cq09 of the kind "finns inte"."""
    assert {row["utsaga"] for row in asked("cq09-denials") if row["slag"] == "finns inte"} == {
        claim
        for case in shipped()
        for each in find_governance(case)
        if each.standing is Standing.STATED
        for claim in each.claims
    }


def asked(name: str) -> list[dict[str, str]]:
    """Return the rows of a named question on the shipped graph, by column."""
    text = question(name).text
    head = re.search(r"^SELECT DISTINCT (.*)$", text, re.MULTILINE)
    assert head is not None
    columns = re.findall(r"\?(\w+)", head[1])
    return [dict(zip(columns, row, strict=True)) for row in open_shipped().select(text).values()]


def test_nothing_is_asked_for_that_the_named_questions_answer() -> None:
    """The remarks are narrower than the questions: they pass over what a part, a whole or a group answers."""
    found = computed(shipped())
    silent = {(row["kalla"], row["forum"]) for row in asked("q22-follow-up") if row["lage"] == "nämns inte"}
    ownerless = {(row["kalla"], row["forum"]) for row in asked("q21-owner-decision-document") if not row["agare"]}
    without = {(row["kalla"], row["forum"]) for row in asked("q10-no-mandate-or-politics") if not row["mandat"]}
    for item, allowed in ((Item.FOLLOW_UP, silent), (Item.OWNER, ownerless), (Item.MANDATE, without)):
        assert {row[:2] for row in found["forums"] if row[2] == item} <= allowed
    assert found["actors"] <= {(row["kalla"], row["aktor"]) for row in asked("q09-actors-in-no-forum")}
    undecided = {(row["kalla"], row["dokument"]) for row in asked("cq25-documents-without-decision-or-date")}
    assert {row[:2] for row in found["documents"]} <= undecided


def test_what_had_run_out_is_what_the_question_on_agreements_finds() -> None:
    expired = {(row["kalla"], row["overenskommelse"]) for row in asked("cq24-agreements") if row["utgangen"] == "ja"}
    assert expired == {(case.source.thing.iri, each.iri) for case in shipped() for each, _ in expired_agreements(case)}


# The five reports, where a reader has opened the section


def test_vaxjo_2024_says_which_documents_have_no_decision_maker() -> None:
    """Sections 3.4.2-3.4.3 list eight routines without a decision-maker; 3.1 and 3.2.1.1 four more documents."""
    found = coded(of_report("vaxjo-2024"), "undecided")
    assert {each.sv for remark in found for each in remark.subjects} == {
        "Grund för ärendegenomgång",
        "Instruktioner för hur utredningar presenteras",
        "Placeringsrutin för barn och familj",
        "Processkarta för samverkan kring barn och unga (SSPF/SIG/IA)",
        "Processkarta för samverkan kring vuxna (IA/SIG vuxna)",
        "Rapport SSPF, SIG, IA",
        "Riktlinje dokumentation",
        "Rutin beredningsgruppen",
        "Rutin för insatsen råd och stöd",
        "Rutin för utredande socialsekreterare",
        "Rutin handläggarskap",
        "Strukturerade arbetsflöden efter barnförhör",
        "Verksamhetsplan 2024 för arbete och välfärd",
    }


def test_vannas_agreement_with_the_police_had_run_out() -> None:
    """Section 3.4.3: the agreement of 2012-2014 was followed by no new one; pledges to citizens hold in 2018."""
    (found,) = coded(of_report("vannas-2018"), "expired")
    assert names(found) == ["Samverkansöverenskommelse med polisen 2012–2014"]
    assert [each.sv for each in found.names] == ["Medborgarlöften för 2018"]


def test_vaxjo_2022_has_a_team_in_each_prioritised_area() -> None:
    """Section 3.4.1 names the four areas and their teams."""
    assert not coded(of_report("vaxjo-2022"), "area-without-team")


def test_vaxjo_2022_tells_no_way_back_from_tisdagsgruppen() -> None:
    """Section 3.3.6: what the mobile teams know is passed on to Tisdagsgruppen; fältgruppen is part of both."""
    (found,) = coded(of_report("vaxjo-2022"), "one-way")
    assert (names(found), [each.sv for each in found.names]) == (["Mobila team", "Tisdagsgruppen"], ["Fältgruppen"])


def test_vannas_shows_no_forum_of_politicians() -> None:
    """Section 3.4.1: dialogue is held by officials; nothing of the kind was shown on the political level."""
    assert len(coded(of_report("vannas-2018"), "no-politics")) == 1


def test_vaxjo_2022_says_that_the_steering_group_has_no_document() -> None:
    """Section 3.1.1: there are no governing documents on steering and collaboration, so none is asked for."""
    (found,) = [
        each for each in coded(of_report("vaxjo-2022"), "unstated") if names(each)[0].startswith("Styrgruppen för f")
    ]
    assert found.figure("document") == "lacking"
    assert found.figure("rhythm") == found.figure("mandate") == "stated"


# The command


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["governance", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_lists_what_is_stated_as_lacking_first() -> None:
    lines = run("--municipality", "Växjö", "--report", "vaxjo-2022", "--format", "csv").splitlines()
    assert lines[0].split(",")[:4] == ["rapport", "gäller", "iakttagelse", "hur känt"]
    assert "rapporten säger det" in lines[1]


def test_the_command_filters_by_standing_and_name() -> None:
    found = json.loads(
        run("--report", "vaxjo-2022", "--standing", "unstated", "--forum", "tisdags", "--format", "json")
    )
    assert {each["standing"] for each in found} == {"unstated"}
    assert {each["code"] for each in found} == {"one-way", "unstated"}


def test_a_collective_that_names_nobody_is_not_said_to_be_outside() -> None:
    assert not [
        each
        for case in all_cases(real_store())
        for each in find_governance(case)
        if each.code == "in-no-forum" and any(thing.sv.startswith("Andra ") for thing in each.subjects)
    ]
