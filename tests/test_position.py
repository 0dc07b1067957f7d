"""Positions in one report: what stands out, what open lists and second names leave of it, and what a vacancy takes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import jsonschema
import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing import Registry, Resource

from kg.cases import Case, open_cases
from kg.cli import cli
from kg.findings import Analysis, Remark, Rollup, Standing
from kg.position import find_positions, positions
from kg.position.bounds import UNKNOWN, kindred, view, widest
from kg.position.joints import sole_levels, without_flow
from kg.position.measures import sole_links
from kg.position.vacancies import vacancies_of
from kg.questions import named_query
from kg.records import read_records
from kg.rollup import two_mode
from kg.sources import choose_sources
from kg.store import Store
from kg.wording import remark_advice, remark_sentence
from kg.wording.position import SENTENCES
from tests.synthetic import all_cases, real_store, synthetic_store
from tests.tiny import describe, records_of, store_of

SCHEMAS = Path(__file__).resolve().parent.parent / "kg" / "schemas"
FORUMS = "".join(
    f'f:{name} a fb:Forum ; skos:prefLabel "{label}"@sv ; fb:forumType forumtyp:{kind} ; fb:municipality k:9990 .\n'
    for name, label, kind in (
        ("radet", "Rådet", "bra"),
        ("fortroendet", "Förtroendegruppen", "est"),
        ("teamet", "Teamet", "natverksgrupp"),
        ("natet", "Nätet", "natverksgrupp"),
    )
)
MORE = """
a:bolaget a fb:Company ; skos:prefLabel "Bostadsbolaget"@sv ; fb:actorType aktorstyp:bostadsbolag .
a:kyrkan a fb:CivilSocietyOrganisation ; skos:prefLabel "Kyrkan"@sv ; fb:actorType aktorstyp:civilsamhalle .
a:kassan a fb:StateAgency ; skos:prefLabel "Försäkringskassan"@sv ; fb:actorType aktorstyp:socialforsakring .
a:polismyndigheten a fb:StateAgency ; skos:prefLabel "Polismyndigheten"@sv ; fb:actorType aktorstyp:polis .
fn:kommunpolis a fb:Function ; skos:prefLabel "kommunpolis"@sv ; fb:functionIn a:polismyndigheten ;
    fb:actorType aktorstyp:polis .
fn:samordnare a fb:Function ; skos:prefLabel "samordnare"@sv ; fb:functionIn a:socialforvaltningen .
"""
OPERATIONAL = "; fb:level forumniva:operativ "


def case_of(*texts: str) -> Case:
    records = records_of(FORUMS, MORE, *texts)
    sources = [each for each in choose_sources(records) if each.key == "provstad-2022"]
    return open_cases(records, sources)[0]


def found(code: str, *texts: str, level: Rollup = Rollup.UNIT) -> list[Remark]:
    return [each for each in find_positions(case_of(*texts), level, draws=0) if each.code == code]


def names(remark: Remark) -> list[str]:
    return [each.sv for each in remark.names]


POLICE_JOINS = (
    describe("a:polismyndigheten a:bolaget", forum="radet"),
    describe("a:polismyndigheten a:kyrkan", forum="teamet"),
)


def test_the_only_member_of_two_forums_is_a_cut_point() -> None:
    (cut,) = found("cut-actor", *POLICE_JOINS)
    assert [each.sv for each in cut.subjects] == ["Polismyndigheten"]
    assert sorted(names(cut)) == ["Rådet", "Teamet"]
    assert (cut.figure("sizes"), cut.figure("sure"), cut.figure("open")) == ("1,1", 1, 0)
    assert not found("sole-link", *POLICE_JOINS), "the cut already says it"
    said = remark_sentence(cut)
    assert "Bara Polismyndigheten knyter ihop" in said
    assert "fullständiga" not in said, "whole lists need no reservation"


def test_two_open_lists_may_hold_another_and_the_sentence_says_so() -> None:
    half = (POLICE_JOINS[0], describe("a:polismyndigheten a:kyrkan", forum="teamet", completeness="exemplifierande"))
    (cut,) = found("cut-actor", *half)
    assert (cut.figure("sure"), cut.figure("open")) == (0, 1)
    assert "det kan finnas fler" in remark_sentence(cut)


@pytest.mark.parametrize("completeness", ["fullstandig", "exemplifierande"])
def test_who_fills_a_whole_forum_alone_is_no_sole_link_to_it(completeness: str) -> None:
    # Three coordinators of one unit are one member at the level of units: nobody else there could be parted from others.
    alone = describe("a:polismyndigheten", forum="radet", extra="; fb:level forumniva:operativ ")
    others = describe(
        "a:polismyndigheten a:kyrkan", forum="teamet", completeness=completeness, extra="; fb:level forumniva:individ "
    )
    for code in ("cut-actor", "sole-level", "sole-link", "sole-link-levels"):
        assert found(code, alone, others) == []


def test_what_the_source_denies_is_not_possible() -> None:
    denial = """u:n-bolaget a fb:NonMembership ; fb:excludedActor a:bolaget ; fb:excludedFrom f:teamet ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    case = case_of(
        POLICE_JOINS[0],
        describe("a:polismyndigheten", forum="teamet", completeness="exemplifierande"),
        describe("a:kyrkan", forum="natet"),
        denial,
    )
    graph = two_mode(case)
    wide = widest(case, graph)
    teamet = next(node for node in graph if node.endswith("b-teamet"))
    assert {node.rsplit("/", 1)[-1] for node in wide[teamet]} == {"polismyndigheten", "kyrkan", UNKNOWN}


def test_two_names_that_may_be_one_participant_undo_a_cut() -> None:
    # "Skolan" is a collective that Elevhälsan may be a part of: the two forums may share more than the police.
    forums = (
        describe("a:polismyndigheten a:skolan", forum="radet"),
        describe("a:polismyndigheten a:elevhalsan", forum="teamet"),
    )
    case = case_of(*forums)
    pairs = {frozenset(each.rsplit("/", 1)[-1] for each in pair) for pair in kindred(case, two_mode(case))}
    assert frozenset({"skolan", "elevhalsan"}) in pairs
    remarks = find_positions(case, draws=0)
    assert not [each for each in remarks if each.code in {"cut-actor", "sole-link", "sole-link-levels", "sole-level"}]


def test_a_part_of_a_forum_needs_no_member_to_join_it() -> None:
    part = "f:teamet org:subOrganizationOf f:radet ."
    assert not found("cut-actor", *POLICE_JOINS, part)
    assert not found("sole-link", *POLICE_JOINS, part)
    assert not found("apart", describe("a:kyrkan", forum="radet"), describe("a:bolaget", forum="teamet"), part)


def test_a_forum_without_a_list_is_no_part_to_be_cut_off() -> None:
    silent = describe("a:polismyndigheten", forum="teamet", completeness="ej-angiven")
    assert not found("cut-actor", POLICE_JOINS[0], silent)
    assert not found("sole-link", POLICE_JOINS[0], silent)


def test_a_party_has_no_seat_and_is_no_link_but_may_undo_one() -> None:
    party = describe("a:polismyndigheten a:kyrkan", forum="teamet").replace(
        "deltagarroll:ledamot", "deltagarroll:part", 1
    )
    assert not found("cut-actor", POLICE_JOINS[0], party)
    assert not found("sole-link", POLICE_JOINS[0], party)
    both = (
        describe("a:polismyndigheten a:kassan", forum="radet"),
        describe("a:kassan a:polismyndigheten", forum="teamet").replace("deltagarroll:ledamot", "deltagarroll:part", 1),
    )
    assert not found("cut-actor", *both), "Försäkringskassan is a party to one, and joins them still"


def test_the_municipality_itself_is_never_a_cut_point_or_a_link() -> None:
    forums = (describe("k:9990/sakerhetschef a:bolaget", forum="radet"), describe("k:9990 a:kyrkan", forum="teamet"))
    assert not found("cut-actor", *forums)
    assert not found("sole-link", *forums)


def test_a_municipality_through_a_function_is_not_its_parts() -> None:
    # With the whole municipality in the council the unit may be there under its name; with its säkerhetschef it is not.
    through = (
        describe("k:9990/sakerhetschef a:kyrkan a:polismyndigheten", forum="radet"),
        describe("a:faltgruppen a:polismyndigheten", forum="teamet"),
    )
    whole = (describe("k:9990 a:kyrkan a:polismyndigheten", forum="radet"), through[1])
    assert found("cut-actor", *through)
    assert not found("cut-actor", *whole)


def test_functions_of_a_collective_may_be_one_and_of_a_named_administration_not() -> None:
    heads = """
        fn:rektor a fb:Function ; skos:prefLabel "rektor"@sv ; fb:functionIn a:skolan .
        fn:skolchef a fb:Function ; skos:prefLabel "skolchef"@sv ; fb:functionIn a:skolan .
        fn:chef a fb:Function ; skos:prefLabel "chefen"@sv ; fb:functionIn a:socialforvaltningen ."""
    collective = (
        describe("a:polismyndigheten a:skolan/rektor", forum="radet"),
        describe("a:polismyndigheten a:skolan/skolchef", forum="teamet"),
    )
    named = (
        describe("a:polismyndigheten a:socialforvaltningen/chef", forum="radet"),
        describe("a:polismyndigheten a:socialforvaltningen/samordnare", forum="teamet"),
    )
    assert not found("cut-actor", *collective, heads, level=Rollup.FUNCTION)
    assert found("cut-actor", *named, heads, level=Rollup.FUNCTION)
    assert not found("cut-actor", *named, heads), "by unit the administration joins them too"


def test_counted_by_organisation_the_municipality_may_hold_a_group_without_a_parent() -> None:
    forums = (
        describe("a:polismyndigheten k:9990/sakerhetschef", forum="radet"),
        describe("a:polismyndigheten a:skolan", forum="teamet"),
    )
    assert found("cut-actor", *forums)
    whole = (describe("a:polismyndigheten a:socialforvaltningen", forum="radet"), forums[1])
    assert not found("cut-actor", *whole, level=Rollup.ORGANISATION)


def test_counted_by_organisation_another_part_may_hold_them_together() -> None:
    forums = (
        describe("a:polismyndigheten a:faltgruppen", forum="radet"),
        describe("a:polismyndigheten n:socialnamnden", forum="teamet"),
    )
    (cut,) = found("cut-actor", *forums)
    assert cut.figure("organisation") == "falls"
    assert "Räknat per organisation hänger de ihop ändå." in remark_sentence(cut)
    assert not found("cut-actor", *forums, level=Rollup.ORGANISATION)


def test_a_forum_through_which_others_are_joined_is_named() -> None:
    forums = (
        describe("a:bolaget a:kassan", forum="radet"),
        describe("a:bolaget a:polismyndigheten a:kassan", forum="teamet"),
        describe("a:polismyndigheten a:kyrkan", forum="natet"),
    )
    (cut,) = found("cut-forum", *forums)
    assert [each.sv for each in cut.subjects] == ["Teamet"]
    assert sorted(names(cut)) == ["Nätet", "Rådet"]
    assert "I övrigt finns ingen kedja av gemensamma deltagare mellan dem" in remark_sentence(cut)


def test_a_council_without_a_level_is_a_side_of_its_own() -> None:
    case = case_of(
        describe("a:polismyndigheten a:bolaget", forum="radet"),
        describe("a:polismyndigheten a:kyrkan", forum="teamet", extra=OPERATIONAL),
        describe("a:bolaget a:kassan", forum="natet", extra=OPERATIONAL.replace("operativ", "strategisk")),
    )
    found_levels = {
        tuple(each.rsplit("/", 1)[-1] for each in pair): actor.rsplit("/", 1)[-1]
        for pair, actor in sole_levels(case, two_mode(case)).items()
    }
    assert found_levels == {("operativ", "bra"): "polismyndigheten", ("strategisk", "bra"): "bolaget"}
    remarks = [each for each in find_positions(case, draws=0) if each.code == "sole-level"]
    assert "Polismyndigheten är ensam länk mellan operativ nivå och brottsförebyggande råd" in remark_sentence(
        remarks[0]
    )


def test_a_second_member_on_both_levels_leaves_no_sole_link() -> None:
    forums = (
        describe("a:polismyndigheten a:kyrkan", forum="radet"),
        describe("a:polismyndigheten a:kyrkan", forum="teamet", extra=OPERATIONAL),
    )
    assert not found("sole-level", *forums)
    assert not found("sole-link-levels", *forums)


def test_a_sole_link_that_no_cut_says_is_told() -> None:
    # Police alone joins Rådet and Teamet; through Nätet they would still hang together, so there is no cut.
    forums = (
        describe("a:polismyndigheten a:bolaget", forum="radet"),
        describe("a:polismyndigheten a:kyrkan", forum="teamet"),
        describe("a:bolaget a:kyrkan", forum="natet"),
    )
    pairs = {(each.subjects[0].sv, *names(each)) for each in found("sole-link", *forums)}
    assert pairs == {
        ("Polismyndigheten", "Rådet", "Teamet"),
        ("Bostadsbolaget", "Nätet", "Rådet"),
        ("Kyrkan", "Nätet", "Teamet"),
    }


CHAIR = """u:m-ordf a fb:ForumMembership ; org:organization f:radet ; org:member n:kommunstyrelsen ;
    fb:representedBy fn:ordforanden ; org:role deltagarroll:ordforande ; fb:certainty visshet:uttalad ;
    prov:wasDerivedFrom s:1 .
fn:ordforanden a fb:Function ; skos:prefLabel "ordföranden"@sv ; fb:functionIn n:kommunstyrelsen ."""
SECOND = """u:m-vice a fb:ForumMembership ; org:organization f:radet ; org:member n:socialnamnden ;
    org:role deltagarroll:vice-ordforande ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""


def test_an_empty_chair_leaves_a_forum_that_nobody_else_is_said_to_lead() -> None:
    (vacancy,) = found("vacancy", describe("a:polisen", forum="radet"), CHAIR)
    assert [each.sv for each in vacancy.subjects] == ["ordföranden"]
    assert (vacancy.figure("led"), vacancy.figure("alone"), vacancy.rollup) == (1, 1, Rollup.FUNCTION)
    assert "nämner rapporten ingen annan som leder eller kallar till Rådet" in remark_sentence(vacancy)


def test_a_vice_chair_stands_in() -> None:
    assert not found("vacancy", describe("a:polisen", forum="radet"), CHAIR, SECOND)


def test_a_convener_without_a_function_is_named_as_such() -> None:
    convener = describe("a:polisen a:kyrkan", forum="radet").replace(
        "deltagarroll:ledamot", "deltagarroll:sammankallande", 1
    )
    (organiser,) = found("organiser", convener)
    assert "Bara Polisen nämns som sammankallande i Rådet." in remark_sentence(organiser)


def test_a_vacancy_parts_two_forums_that_share_nobody_else() -> None:
    # The coordinator sits in both; the administration has another seat in neither.
    forums = (
        describe("a:socialforvaltningen/samordnare a:kyrkan", forum="radet"),
        describe("a:socialforvaltningen/samordnare a:bolaget", forum="teamet"),
    )
    (vacancy,) = found("vacancy", *forums)
    assert names(vacancy)[-2:] == ["Rådet", "Teamet"]
    assert vacancy.figure("parted") == 1
    assert "har Rådet inte längre någon känd deltagare gemensam med Teamet" in remark_sentence(vacancy)
    assert "Om någon då träder in säger rapporten inte." in remark_sentence(vacancy)


@pytest.mark.parametrize("other", ["a:socialforvaltningen", "a:socialforvaltningen/chef", "a:faltgruppen"])
def test_another_seat_of_the_same_actor_leaves_them_joined(other: str) -> None:
    more = 'fn:chef a fb:Function ; skos:prefLabel "chefen"@sv ; fb:functionIn a:socialforvaltningen .'
    forums = (
        describe(f"a:socialforvaltningen/samordnare {other}", forum="radet"),
        describe(f"a:socialforvaltningen/samordnare {other}", forum="teamet"),
    )
    assert not found("vacancy", *forums, more)


def test_the_broker_stands_between_sectors_that_do_not_meet() -> None:
    (broker,) = found("broker", *POLICE_JOINS)
    # Bolaget and Kyrkan are the only pair that shares no forum; the police belongs to neither's sector.
    assert (broker.figure("pairs"), broker.figure("across"), broker.figure("liaison")) == (1, 1, 1)
    assert sorted(names(broker)) == ["Bostadsbolaget", "Kyrkan"]


def test_a_forum_that_shares_nobody_is_apart_and_its_stated_flows_are_said() -> None:
    forums = (describe("a:kyrkan", forum="natet"), *POLICE_JOINS[:1])
    flow = """u:i-1 a fb:InformationFlow ; fb:flowFrom f:natet ; fb:flowTo f:radet ; fb:certainty visshet:uttalad ;
        prov:wasDerivedFrom s:2 ."""
    silent = {each.subjects[0].sv: each for each in found("apart", *forums)}
    assert set(silent) == {"Nätet", "Rådet"}
    assert "nämner ingen information till eller från det" in remark_sentence(silent["Nätet"])
    told = {each.subjects[0].sv: each for each in found("apart", *forums, flow)}
    assert told["Nätet"].figure("flows") == 1
    assert "men rapporten nämner information till eller från det" in remark_sentence(told["Nätet"])


def test_places_are_bounded_by_what_open_lists_leave() -> None:
    case = case_of(
        POLICE_JOINS[0],
        describe("a:polismyndigheten a:kyrkan", forum="teamet", completeness="exemplifierande"),
        describe("a:kassan", forum="natet"),
    )
    places = {each.thing.sv: each for each in positions(case, draws=0).actors}
    # Three forums, of which only Teamet may hold more: Bolaget 1 to 2, the police at most the 2 it has.
    assert (places["Bostadsbolaget"].ties, places["Bostadsbolaget"].ties_most) == (1, 2)
    assert (places["Polismyndigheten"].ties, places["Polismyndigheten"].ties_most) == (2, 2)
    forums = {each.thing.sv: each for each in positions(case, draws=0).forums}
    assert (forums["Teamet"].ties_most, forums["Rådet"].ties_most) == (None, 2)
    for each in places.values():
        assert each.centrality.degree <= each.at_most[0]
        assert each.centrality.closeness <= each.at_most[1]
    assert positions(case, draws=0).open_lists == (forums["Teamet"].thing,)


def test_stability_is_the_share_of_draws_in_which_it_still_holds() -> None:
    first = find_positions(case_of(*POLICE_JOINS), draws=20)
    cut = next(each for each in first if each.code == "cut-actor")
    assert cut.stability is not None
    # One of four ties goes in each draw; the police keeps both of its own in about half of them.
    assert 0.2 < cut.stability.at_10 == cut.stability.at_20 < 0.8
    assert cut.stability.draws == 20
    assert first == find_positions(case_of(*reversed(POLICE_JOINS)), draws=20), "same seed, any order"


STORES = pytest.mark.parametrize("store", [real_store, synthetic_store], ids=["real", "synthetic"])


def _sole(cases: Iterable[Case]) -> set[tuple[str, ...]]:
    return {
        (case.source.municipality.iri, case.source.thing.iri, *pair, actor)
        for case in cases
        for pair, actor in sole_links(two_mode(case)).items()
    }


def _levels(cases: Iterable[Case]) -> set[tuple[str, ...]]:
    return {
        (case.source.municipality.iri, case.source.thing.iri, *pair, actor)
        for case in cases
        for pair, actor in sole_levels(case, two_mode(case)).items()
    }


def _asked(store: Store, name: str) -> set[tuple[str, ...]]:
    rows = [tuple(row) for row in store.select(named_query(f"definitions/{name}")).values()]
    assert len(set(rows)) == len(rows)
    return set(rows)


@STORES
def test_sole_links_are_those_that_the_query_defines(store: object) -> None:
    opened: Store = store()  # type: ignore[operator]
    assert _sole(all_cases(opened)) == _asked(opened, "position-sole-links") != set()


@STORES
def test_sole_levels_are_those_that_the_query_defines(store: object) -> None:
    opened: Store = store()  # type: ignore[operator]
    assert _levels(all_cases(opened)) == _asked(opened, "position-sole-levels")


@STORES
def test_forums_without_a_flow_are_those_that_the_query_defines(store: object) -> None:
    opened: Store = store()  # type: ignore[operator]
    found = {
        (case.source.municipality.iri, case.source.thing.iri, forum.description)
        for case in all_cases(opened)
        for forum in without_flow(case)
    }
    assert found == _asked(opened, "position-no-flow") != set()


def test_silence_on_flows_is_said_to_be_silence() -> None:
    flow = """u:i-1 a fb:InformationFlow ; fb:flowFrom f:natet ; fb:flowTo a:kassan ; fb:certainty visshet:uttalad ;
        prov:wasDerivedFrom s:2 ."""
    forums = (describe("a:kyrkan", forum="natet"), describe("a:bolaget", forum="radet"))
    (some,) = found("no-flow", *forums, flow)
    assert (names(some), some.standing, some.rollup) == (["Rådet"], Standing.UNSTATED, None)
    assert remark_sentence(some).startswith(
        "Av dessa forum säger rapporten inte om de får information utifrån eller för den vidare: Rådet."
    )
    report = """u:i-2 a fb:SteeringRelation ; fb:steers f:radet ; fb:isSteered n:namnden ; fb:certainty visshet:uttalad ;
        fb:steeringKind styrning:rapportering ; prov:wasDerivedFrom s:2 ."""
    (other,) = found("no-flow", *forums, report)
    assert names(other) == ["Nätet"], "who gets a report is no forum without information"
    assert remark_sentence(other).startswith("Av dessa forum")
    (none,) = found("no-flow", *forums)
    assert remark_sentence(none).startswith("Rapporten nämner inte alls hur information förs vidare")


MEMBERS = ("a:polismyndigheten", "a:kyrkan", "a:bolaget", "a:kassan", "a:skolan")
LEVELS = ("", OPERATIONAL, OPERATIONAL.replace("operativ", "strategisk"), f"{OPERATIONAL}, forumniva:politisk ")


@given(
    st.lists(st.tuples(st.sets(st.sampled_from(MEMBERS), min_size=1), st.sampled_from(LEVELS)), min_size=1, max_size=4)
)
@settings(deadline=None, max_examples=15)
def test_links_and_levels_are_those_of_the_queries_on_any_small_graph(drawn: list[tuple[set[str], str]]) -> None:
    places = ("radet", "teamet", "natet", "fortroendet")
    texts = [
        describe(" ".join(sorted(sitting)), forum=place, extra=level)
        for place, (sitting, level) in zip(places, drawn, strict=False)
    ]
    store = store_of(FORUMS, MORE, *texts)
    records = read_records(store)
    cases = open_cases(records, [each for each in choose_sources(records) if each.describes_forums])
    assert _sole(cases) == _asked(store, "position-sole-links")
    assert _levels(cases) == _asked(store, "position-sole-levels")


def _real(key: str) -> Case:
    return next(each for each in all_cases(real_store()) if each.source.key == key)


def test_what_a_reader_finds_in_the_reports() -> None:
    # Växjö 2022, 3.1.3: the chair of the executive board chairs BRÅ. Växjö 2024, 3.4.1: Operativa gruppen is the
    # coordinators of SSPF, SIG and IA, all of one department. Kalmar 2021: EST-gruppen is housing, police and safety.
    # Vännäs 2018, 3.2.3: flyktingmottagningen calls to the samordningsträffar.
    chair = next(each for each in find_positions(_real("vaxjo-2022"), draws=0) if each.code == "vacancy")
    assert (chair.subjects[0].sv, chair.figure("led")) == ("kommunstyrelsens ordförande", 1)
    assert [section.number for section in chair.sections] == ["3.1.3"]
    assert not {"sole-level", "cut-actor"} & {each.code for each in find_positions(_real("vaxjo-2024"), draws=0)}
    links = {
        (each.subjects[0].sv, *names(each)[:2])
        for each in find_positions(_real("kalmar-2021"), draws=0)
        if each.code == "sole-link"
    }
    assert ("Polismyndigheten", "EST-gruppen", "Områdesgrupperna") in links
    convenes = next(each for each in find_positions(_real("vannas-2018"), draws=0) if each.code == "organiser")
    assert (convenes.subjects[0].sv, names(convenes)) == ("Flyktingmottagningen", ["Särskilda samordningsträffar"])


def test_kalmars_administrations_under_other_names_undo_the_police_as_sole_link_to_the_council() -> None:
    # "Kommunens förvaltningar" sit in Operativa trygghetsrådet, named administrations in the council: the police is
    # the only member under the same name, and no sole link.
    remarks = find_positions(_real("kalmar-2021"), draws=0)
    assert not [each for each in remarks if each.code in {"sole-level", "cut-actor"}]


@pytest.mark.parametrize("level", list(Rollup))
def test_every_remark_has_words_in_both_languages_an_id_of_its_own_and_evidence(level: Rollup) -> None:
    codes = set()
    for case in [*all_cases(real_store()), *all_cases(synthetic_store())]:
        remarks = find_positions(case, level, draws=0)
        assert len({each.id for each in remarks}) == len(remarks)
        for each in remarks:
            codes.add(each.code)
            assert each.analysis is Analysis.POSITION
            assert each.evidence or each.code in {"communities", "no-flow"}
            for lang in ("sv", "en"):
                said = remark_sentence(each, lang)  # type: ignore[arg-type]
                assert "  " not in said
                assert "()" not in said
                assert "None" not in said
                assert remark_advice(each, lang) is not None  # type: ignore[arg-type]
            assert "saknas" not in remark_sentence(each)
    if level is Rollup.UNIT:
        assert codes >= set(SENTENCES) - {"organiser"}


def test_order_and_result_are_the_same_whatever_the_order_of_the_ties() -> None:
    case = _real("vannas-2018")
    graph = two_mode(case)
    other = nx.Graph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    other.add_edges_from(reversed(list(graph.edges(data=True))))
    assert vacancies_of(graph) == vacancies_of(other)
    assert sole_links(graph) == sole_links(other)
    assert view(case, Rollup.UNIT).kin == tuple(kindred(case, other))


def _validator() -> jsonschema.Draft202012Validator:
    schemas = [
        json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("positions", "remarks", "findings")
    ]
    registry = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in schemas)
    return jsonschema.Draft202012Validator(schemas[0], registry=registry)


@pytest.mark.parametrize("level", ["function", "organisation"])
def test_the_json_of_the_command_fits_its_schema(level: str) -> None:
    arguments = ["position", "--all-reports", "--level", level, "--draws", "2", "--format", "json", "--lang", "en"]
    said = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    answered = json.loads(said.output)
    _validator().validate(answered)
    assert len(answered) == 5


@pytest.mark.parametrize("output_format", ["table", "csv", "md"])
@pytest.mark.parametrize("show", ["remarks", "actors", "forums"])
def test_every_format_shows_remarks_and_places(output_format: str, show: str) -> None:
    arguments = ["position", "--report", "vaxjo-2024", "--show", show, "--draws", "0", "--format", output_format]
    said = CliRunner().invoke(cli, arguments, catch_exceptions=False).output
    assert ("Avdelningen barn och familj" if show == "actors" else "Beredningsgruppen") in said
