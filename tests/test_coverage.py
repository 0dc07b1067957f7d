"""Coverage: which ages are reached, where ages meet or part, and that what states no age is never counted as a hole."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from bench.generate import write_graph
from bench.measure import read_synthetic
from kg.cache import open_shipped
from kg.cases import Case, open_cases
from kg.cli import cli
from kg.coverage import CRIME, DRUGS, find_coverage, topics_of_forums, uncovered_ages
from kg.coverage.birthdays import TurnKind, risk_holes, turns
from kg.coverage.reach import HORIZON, LEVELS, Coverage, read_coverage, spans
from kg.findings import Remark, Standing
from kg.namespaces import FB
from kg.questions import named_query
from kg.records import read_records
from kg.sources import list_sources
from kg.store import Store, bind
from kg.wording import remark_advice, remark_sentence
from kg.wording.coverage import ADVICE, SENTENCES
from tests.tiny import B, describe, records_of, store_of

ROOT = Path(__file__).resolve().parent.parent
DEFINITIONS = ("reach", "uncovered", "weak", "unstated", "turns", "risk", "levels", "topics")
PREFIX = f"@prefix i: <{B}id/insats/9990/> .\n"

Rows = set[tuple[str, ...]]


def group(name: str, low: int | None = None, high: int | None = None, *risks: str, derived: bool = False) -> str:
    ages = "".join(f"fb:{key} {age} ; " for key, age in (("minAge", low), ("maxAge", high)) if age is not None)
    named = "".join(f"fb:riskGroup <{B}def/riskgrupp/{risk}> ; " for risk in risks)
    basis = f"fb:ageBasis <{B}def/aldersgrund/{'skolstadium' if derived else 'angiven'}> ; "
    label = f"{'' if low is None else low}–{'' if high is None else high} år"
    return f'malgrupp:{name} a fb:TargetGroup ; {ages}{named}{basis}skos:prefLabel "{label}"@sv .\n'


def service(
    name: str,
    low: int | None = None,
    high: int | None = None,
    *risks: str,
    level: str = "",
    extra: str = "",
    derived: bool = False,
    section: str = "1",
) -> str:
    """Return an intervention with one target group, or with none where no age and no risk group is given."""
    text = f'i:{name} a fb:Intervention ; skos:prefLabel "{name.capitalize()}"@sv .\n'
    link = ""
    if low is not None or high is not None or risks:
        text += group(f"t-{name}", low, high, *risks, derived=derived)
        link = f"fb:hasTargetGroup malgrupp:t-{name} ; "
    placed = f"fb:preventionLevel <{B}def/preventionsniva/{level}> ; " if level else ""
    return (
        f"{PREFIX}{text}u:i-{name} a fb:InterventionDescription ; fb:describesIntervention i:{name} ; "
        f"fb:provider a:skolan ; {link}{placed}{extra} fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:{section} .\n"
    )


def audit(low: int | None = None, high: int | None = None, topic: str = "") -> str:
    """Return an audit with these ages and topic."""
    ages = "".join(f"; fb:scope{key}Age {age} " for key, age in (("Min", low), ("Max", high)) if age is not None)
    about = f"; fb:topic amne:{topic} " if topic else ""
    return (
        f"<{B}id/granskning/provstad-2022> a fb:Audit ; skos:prefLabel 'Granskningen'@sv ; "
        f"prov:generated src:provstad-2022 {ages}{about}.\n"
    )


def case_of(*texts: str) -> Case:
    records = records_of(*texts)
    return next(each for each in open_cases(records, list_sources(records)) if each.source.key == "provstad-2022")


def coverage_of(*texts: str) -> Coverage:
    return read_coverage(case_of(*texts))


def remarks_of(*texts: str) -> dict[str, Remark]:
    """Return the remarks by code and key, such as `uncovered-ages/6-7`."""
    return {each.id.removeprefix("provstad-2022/coverage/"): each for each in find_coverage(case_of(*texts))}


def names(remark: Remark) -> list[str]:
    return [each.sv for each in remark.subjects]


# Uncovered ages


def test_ages_between_two_interventions_are_uncovered_and_who_states_no_age_is_named() -> None:
    # 0–5 and 8–12 within 0–12 leave 6 and 7
    found = remarks_of(audit(0, 12), service("tidigt", 0, 5), service("sent", 8, 12), service("ospecat"))
    remark = found["uncovered-ages/6-7"]
    assert (names(remark), remark.figure("from"), remark.figure("to")) == (["Tidigt", "Sent"], 6, 7)
    assert remark.standing is Standing.COMPUTED
    assert remark_sentence(remark) == (
        "Inget som rapporten beskriver med angiven ålder når 6–7 år. Året före når Tidigt (0–5 år). Året efter når Sent "
        "(8–12 år). Ospecat anger ingen ålder och kan gälla de åldrarna. "
        "(Provstad 2022, 2022-03-17; avsnitt 1; visshet: uttalad)"
    )


def test_ages_outside_the_audit_are_no_remark() -> None:
    assert uncovered_ages(case_of(audit(6, 9), service("mitten", 6, 9))) == ()
    assert uncovered_ages(case_of(audit(6, 10), service("mitten", 6, 9))) == (10,)


def test_an_audit_without_ages_says_that_the_ages_may_lie_outside_it() -> None:
    found = remarks_of(service("unga", 0, 20))
    assert "Granskningen anger inga åldersgränser" in remark_sentence(found["uncovered-ages/21-25"])
    assert "Granskningen" not in remark_sentence(
        remarks_of(audit(0, 24), service("unga", 0, 20))["uncovered-ages/21-24"]
    )


@pytest.mark.parametrize(("low", "high", "left"), [(None, 24, (25,)), (1, None, (0,)), (0, 200, ()), (30, 64, None)])
def test_an_absent_bound_is_open(low: int | None, high: int | None, left: tuple[int, ...] | None) -> None:
    assert uncovered_ages(case_of(service("en", low, high))) == (tuple(range(26)) if left is None else left)


def test_a_report_without_any_age_has_no_uncovered_ages_and_says_so() -> None:
    found = remarks_of(service("a"), service("b", None, None, "missbruk"))
    assert uncovered_ages(case_of(service("a"))) == ()
    assert set(found) == {"no-levels", "no-ages"}
    assert found["no-ages"].standing is Standing.UNSTATED
    assert "så täckningen kan inte prövas: A och B." in remark_sentence(found["no-ages"])


@pytest.mark.parametrize("status", ["planerad", "foreslagen", "upphord"])
def test_what_does_not_run_reaches_nobody_and_what_is_planned_is_named(status: str) -> None:
    texts = (audit(0, 9), service("en", 0, 4), service("annan", 5, 9, extra=f"fb:status status:{status} ;"))
    remark = remarks_of(*texts)["uncovered-ages/5-9"]
    assert ("Planerat: Annan." in remark_sentence(remark)) is (status == "planerad")


def test_ages_read_out_of_a_school_stage_are_said_to_be() -> None:
    remark = remarks_of(audit(6, 17), service("hog", 13, 15, derived=True), service("lag", 6, 11))["uncovered-ages/12"]
    assert "härledd ur ett skolstadium" in remark_sentence(remark)


def test_councils_and_steering_groups_are_not_said_to_reach_an_age_and_family_centres_only_small_children() -> None:
    forums = """f:radet a fb:Forum ; skos:prefLabel "Rådet"@sv ; fb:forumType forumtyp:bra .
        f:styr a fb:Forum ; skos:prefLabel "Styrgruppen"@sv ; fb:forumType forumtyp:styrgrupp .
        f:familj a fb:Forum ; skos:prefLabel "Familjecentralen"@sv ; fb:forumType forumtyp:familjecentral .
        f:sig a fb:Forum ; skos:prefLabel "SIG"@sv ; fb:forumType forumtyp:sig ."""
    texts = [describe("a:polisen", forum=each) for each in ("radet", "styr", "familj", "sig")]
    coverage = coverage_of(audit(0, 10), service("en", 3, 5), forums, *texts)
    assert coverage.uncovered == (0, 1, 2, 6, 7, 8, 9, 10)
    assert [each.thing.sv for each in coverage.unknown_from(0)] == ["Familjecentralen", "SIG"]
    assert [each.thing.sv for each in coverage.unknown_from(7)] == ["SIG"]


def test_a_forum_that_handles_cases_may_reach_any_age_and_one_that_does_not_may_not() -> None:
    yes = describe("a:polisen", extra="; fb:handlesIndividualCases true ")
    no = describe("a:polisen", extra="; fb:handlesIndividualCases false ")
    assert [each.thing.sv for each in coverage_of(yes).unknown] == ["Gruppen"]
    assert coverage_of(no).unknown == ()


def test_ages_reached_only_by_what_is_set_up_or_local_are_weakly_covered() -> None:
    area = f'<{B}id/omrade/9990/norra> a fb:Area ; skos:prefLabel "Norra"@sv .\n'
    texts = (
        *(audit(0, 12), area, service("fast", 0, 5)),
        service("ny", 0, 9, extra="fb:status status:under-etablering ;"),
        service("lokal", 8, 12, extra=f"fb:covers <{B}id/omrade/9990/norra> ;"),
    )
    remark = remarks_of(*texts)["weakly-covered/6-12"]
    assert names(remark) == ["Ny", "Lokal"]
    assert remark_sentence(remark).startswith(
        "Av det som anger ålder är allt som når 6–12 år under etablering (Ny) eller begränsat till Norra (Lokal)."
    )


def test_what_belongs_to_another_municipality_is_left_out() -> None:
    other = 'k:9991 a fb:Municipality ; skos:prefLabel "Annanstad"@sv .\n'
    theirs = service("deras", 0, 25) + "i:deras fb:municipality k:9991 .\n"
    ours = service("vara", 0, 20) + "i:vara fb:municipality k:9990 .\n"
    store = store_of(other, theirs, ours)
    assert {row[-1] for row in equal_to_definitions(store)["uncovered"]} == {"21", "22", "23", "24", "25"}


# Birthdays


def test_one_that_ends_and_one_that_begins_meet_at_a_birthday() -> None:
    found = remarks_of(audit(6, 19), service("hog", 13, 15, derived=True), service("gymnasiet", 16, 19))
    assert remark_sentence(found["hand-over/16"]).startswith(
        "Den som fyller 16 lämnar åldrarna för Hog (13–15 år) och kommer in i åldrarna för Gymnasiet (16–19 år). Minst "
        "en av gränserna är härledd ur ett skolstadium eller ett ord. Om den ena lämnar över till den andra framgår inte"
    )
    assert not [each for each in found if each.startswith(("both-at-age", "no-successor"))]


def test_a_shared_year_is_reached_by_both_and_their_risk_groups_are_told_apart() -> None:
    found = remarks_of(
        service("tidig", 9, 13, "begynnande-kriminalitet"), service("sen", 13, 20, "utvecklad-kriminalitet")
    )
    said = remark_sentence(found["both-at-age/13"])
    assert said.startswith("13 år är det sista året för Tidig (9–13 år) och det första för Sen (13–20 år)")
    assert "de förra begynnande kriminalitet, de senare utvecklad kriminalitet" in said
    assert "no-successor/14" not in found


def test_an_end_without_a_beginning_names_what_still_reaches_the_age() -> None:
    remark = remarks_of(service("unga", 13, 20), service("alla", 0, None), service("tyst"))["no-successor/21"]
    assert (names(remark), next(each.sv for each in remark.names)) == (["Unga"], "Alla")
    assert "Åldern nås av Alla (0– år). 1 insats anger ingen ålder." in remark_sentence(remark)


def test_what_reaches_a_single_year_is_met_but_hands_nothing_over() -> None:
    coverage = coverage_of(service("samtal", 13, 13), service("unga", 14, 20), service("barn", 0, 12))
    (turn,) = turns(coverage)
    assert (turn.age, turn.kind, [each.thing.sv for each in turn.meets]) == (13, TurnKind.HAND_OVER, ["Samtal"])


def test_what_takes_an_age_up_again_begins_then_and_has_no_first_year_there() -> None:
    # the hall is for 1–7 and again from 13; the school ends at 12, the club at 13
    hall = service("hallen", 1, 7) + group("igen", 13, 18) + "u:i-hallen fb:hasTargetGroup malgrupp:igen .\n"
    found = turns(coverage_of(audit(0, 18), hall, service("skolan", 7, 12), service("klubben", 10, 13)))
    assert [(each.age, each.kind, each.meets[0].thing.sv) for each in found] == [
        (13, TurnKind.HAND_OVER, "Hallen"),
        (14, TurnKind.NO_SUCCESSOR, "Hallen"),
    ]


def test_the_last_year_looked_at_tells_of_a_change_only_where_the_audit_reaches_it() -> None:
    texts = (service("unga", 13, 24), service("vuxna", 25, None))
    assert turns(coverage_of(*texts)) == []
    assert [each.age for each in turns(coverage_of(audit(0, 29), *texts))] == [25]


def test_two_spans_of_one_intervention_are_no_hand_over() -> None:
    both = service("skolan", 7, 12) + group("senare", 13, 15)
    both += "u:i-skolan fb:hasTargetGroup malgrupp:senare .\n"
    assert turns(coverage_of(audit(7, 15), both)) == []


# Risk groups


def test_a_risk_group_falls_between_though_the_ages_meet() -> None:
    # incipient crime 9–13, established crime 13–20: from 14 to 20 nothing names incipient crime
    sspf, sig = service("sspf", 9, 13, "begynnande-kriminalitet"), service("sig", 13, 20, "utvecklad-kriminalitet")
    found = remarks_of(audit(0, 20), sspf, sig, service("alla", 0, 20))
    assert "uncovered-ages/14-20" not in found
    remark = found["risk-hole/14-20-begynnande-kriminalitet"]
    assert remark_sentence(remark).startswith(
        "För riskgruppen begynnande kriminalitet når Sspf (9–13 år) till och med 13 år. Det som anger riskgrupp och når "
        "14–20 år, Sig (13–20 år), gäller en annan riskgrupp: utvecklad kriminalitet. Utan angiven riskgrupp når Alla (0–20 år)"
    )


def test_a_hole_ends_where_the_risk_group_is_taken_up_again_or_the_others_end() -> None:
    first, again = service("a", 9, 13, "missbruk"), service("b", 18, 25, "missbruk")
    other = service("c", 12, 16, "normbrytande")
    holes = {(each.low, each.high) for each in risk_holes(coverage_of(first, again, other)) if each.others}
    assert holes == {(14, 16)}  # missbruk from 14 while c reaches; nothing reaches 17, so there c just ends

    wider = service("c", 12, 20, "normbrytande")
    holes = {(each.low, each.high) for each in risk_holes(coverage_of(first, again, wider)) if each.others}
    assert holes == {(14, 17), (21, 25)}


def test_a_risk_group_that_just_ends_is_told_apart_from_one_that_falls_between() -> None:
    remark = remarks_of(audit(0, 18), service("franvaro", 7, 12, "skolfranvaro"))["risk-ends/13-18-skolfranvaro"]
    assert "Från 13 år anger inget annat både ålder och den riskgruppen." in remark_sentence(remark)


def test_risk_groups_that_share_ages_make_one_hole() -> None:
    found = remarks_of(
        service("a", 9, 13, "missbruk", "begynnande-kriminalitet"), service("b", 13, 20, "utvecklad-kriminalitet")
    )
    assert "risk-hole/14-20-begynnande-kriminalitet-missbruk" in found


# Levels and topics


def test_each_level_says_its_ages_and_who_states_none() -> None:
    found = remarks_of(
        *(audit(0, 9), service("oppen", 0, 3, level="universell"), service("tyst", level="universell")),
        *(service("sen", 6, 9, level="indikerad"), service("utan", 0, 9)),
    )
    assert remark_sentence(found["level/universell"]).startswith(
        "På universell nivå finns Oppen och Tyst, 2 av de 3 beskrivna som har getts en preventionsnivå. Angivna åldrar: "
        "0–3 år, inte 4–9 år. Tyst anger ingen ålder. 1 insats har ingen angiven preventionsnivå och kan höra dit."
    )
    assert found["level-empty/selektiv"].standing is Standing.UNSTATED
    assert [found[each].figure("thinnest") for each in ("level/universell", "level-empty/selektiv")] == [0, 1]


def test_a_forum_is_on_a_topic_by_what_is_said_by_its_kind_or_by_its_risk_group() -> None:
    forums = """f:radet a fb:Forum ; skos:prefLabel "Rådet"@sv ; fb:forumType forumtyp:bra .
        f:droger a fb:Forum ; skos:prefLabel "Droggruppen"@sv ; fb:forumType forumtyp:natverksgrupp .
        f:unga a fb:Forum ; skos:prefLabel "Unga"@sv ; fb:forumType forumtyp:sspf .
        f:tyst a fb:Forum ; skos:prefLabel "Tyst"@sv ; fb:forumType forumtyp:natverksgrupp ."""
    case = case_of(
        *(forums, group("risk", 9, 13, "utvecklad-kriminalitet"), describe("a:polisen", forum="radet")),
        describe("a:polisen", forum="droger", extra="; fb:topic amne:missbruk "),
        describe("a:polisen", forum="unga", extra="; fb:hasTargetGroup malgrupp:risk "),
        describe("a:polisen", forum="tyst"),
    )
    crime, drugs, silent = topics_of_forums(case, read_coverage(case))
    assert [[each.thing.sv for each in found] for found in (crime, drugs, silent)] == [
        ["Rådet", "Unga"],
        ["Droggruppen"],
        ["Tyst"],
    ]


def test_one_topic_alone_names_what_takes_up_the_other_and_what_the_audit_was_about() -> None:
    texts = (
        describe("a:polisen", extra="; fb:topic amne:kriminalitet "),
        service("oppenvard", 13, 20, "missbruk"),
        audit(topic="kriminalitet"),
    )
    said = remark_sentence(remarks_of(*texts)["only-crime"])
    assert "forum om brott (Gruppen) men anger missbruk för inget forum. Missbruk tas upp i Oppenvard." in said
    assert "Missbruk finns inte bland granskningens angivna ämnen." in said


# Properties


age = st.one_of(st.none(), st.integers(0, 30))
risk = st.sampled_from(["", "missbruk", "normbrytande", "skolfranvaro"])
status = st.sampled_from(["", "", "planerad", "upphord", "under-etablering", "pausad"])
services = st.lists(st.tuples(age, age, risk, status), min_size=1, max_size=6)


def texts_of(drawn: list[tuple[int | None, int | None, str, str]]) -> list[str]:
    found = []
    for number, (one, other, named, state) in enumerate(drawn):
        low, high = (one, other) if one is None or other is None or one <= other else (other, one)
        extra = f"fb:status status:{state} ;" if state else ""
        found.append(service(f"x{number}", low, high, *filter(None, [named]), extra=extra))
    return found


@settings(max_examples=25, deadline=None)
@given(services, st.one_of(st.none(), st.integers(0, 12)), st.one_of(st.none(), st.integers(13, 30)))
def test_any_ages_equal_their_definitions_and_a_count_by_hand(
    drawn: list[tuple[int | None, int | None, str, str]], low: int | None, high: int | None
) -> None:
    store = store_of(audit(low, high), *texts_of(drawn))
    equal_to_definitions(store)
    records = read_records(store)
    coverage = read_coverage(open_cases(records, list_sources(records))[0])
    for year in range(HORIZON + 1):
        expected = 0
        for one, other, _, state in drawn:
            lowest, highest = (one, other) if one is None or other is None or one <= other else (other, one)
            stated = lowest is not None or highest is not None
            runs = state not in {"planerad", "upphord"}
            expected += runs and stated and (lowest or 0) <= year <= (200 if highest is None else highest)
        assert len(coverage.by_age[year]) == expected
    assert set(coverage.uncovered) <= set(coverage.scope)
    assert all(turn.leaves and turn.meets for turn in turns(coverage))
    assert all(hole.holders and hole.low <= hole.high for hole in risk_holes(coverage))


@settings(max_examples=15, deadline=None)
@given(services, services)
def test_describing_more_never_opens_an_age(
    drawn: list[tuple[int | None, int | None, str, str]], more: list[tuple[int | None, int | None, str, str]]
) -> None:
    # an age is uncovered only among stated ages, so the first must state one
    drawn = [(0, 0, "", ""), *drawn]
    before = set(coverage_of(*texts_of(drawn)).uncovered)
    assert set(coverage_of(*texts_of([*drawn, *more])).uncovered) <= before


def test_the_order_of_the_statements_is_irrelevant() -> None:
    texts = [service("a", 9, 13, "missbruk"), service("b", 13, 20, "normbrytande"), service("c"), service("d", 0, 6)]
    assert find_coverage(case_of(*texts)) == find_coverage(case_of(*reversed(texts)))


# Definitions


def computed(cases: list[Case]) -> dict[str, Rows]:
    """Return the rows that the definitions must give, from the analysis."""
    found: dict[str, Rows] = {name: set() for name in DEFINITIONS}
    for case in cases:
        key, coverage = case.source.thing.iri, read_coverage(case)
        for year in range(HORIZON + 1):
            for each in coverage.by_age[year]:
                found["reach"] |= {(key, each.thing.iri, str(year), level) for level in each.levels or ("",)}
        found["uncovered"] |= {(key, str(each)) for each in coverage.uncovered}
        found["weak"] |= {(key, str(each)) for each in coverage.weakly_covered}
        found["unstated"] |= {(key, each.thing.iri) for each in coverage.reaches if not each.states_age}
        for turn in turns(coverage):
            ends = turn.kind is TurnKind.NO_SUCCESSOR
            begins = [""] if ends else [each.thing.iri for each in turn.meets]
            found["turns"] |= {
                (key, str(turn.age), turn.kind.value, leaves.thing.iri, each)
                for leaves in turn.leaves
                for each in begins
            }
        for hole in risk_holes(coverage):
            if hole.others:
                years = range(hole.low, hole.high + 1)
                found["risk"] |= {(key, each.iri, str(year)) for each in hole.risks for year in years}
        if any(coverage.on(level) for level in LEVELS):
            found["levels"] |= {(key, level, str(len(coverage.on(level)))) for level in LEVELS}
        crime, drugs, _ = topics_of_forums(case, coverage)
        found["topics"] |= {(key, each.thing.iri, CRIME) for each in crime}
        found["topics"] |= {(key, each.thing.iri, DRUGS) for each in drugs}
    return found


def equal_to_definitions(store: Store) -> dict[str, Rows]:
    records = read_records(store)
    found = computed(open_cases(records, list_sources(records)))
    for name in DEFINITIONS:
        rows = store.select(named_query(f"definitions/coverage-{name}")).values()
        assert {row[1:] for row in map(tuple, rows)} == found[name], name
    return found


@cache
def real_store() -> Store:
    return open_shipped()


@cache
def real_cases() -> dict[str, Case]:
    records = read_records(real_store())
    return {each.source.key: each for each in open_cases(records, list_sources(records))}


def test_the_reports_equal_their_definitions() -> None:
    found = equal_to_definitions(real_store())
    assert all(found.values())


def test_a_synthetic_graph_equals_its_definitions(tmp_path: Path) -> None:
    path = tmp_path / "graf.nq"
    write_graph(path, 5)
    found = equal_to_definitions(read_synthetic(path)[0])
    assert len(found["uncovered"]) > 10
    assert len(found["turns"]) > 50


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_definition_can_be_bound_to_a_report(name: str) -> None:
    text = named_query(f"definitions/coverage-{name}")
    every = [tuple(row) for row in real_store().select(text).values()]
    source = f"{B}res/kalla/vaxjo-2024"
    bound = real_store().select(bind(text, {"kalla": source})).values()
    assert [tuple(row) for row in bound] == [row for row in every if row[1] == source]


def test_rdflib_gives_the_same_rows() -> None:
    store = store_of(
        *(audit(0, 20), service("sspf", 9, 13, "begynnande-kriminalitet", level="selektiv"), service("tyst")),
        service("sig", 13, 20, "utvecklad-kriminalitet", extra="fb:status status:under-etablering ;"),
        describe("a:polisen", extra="; fb:topic amne:kriminalitet "),
    )
    dataset = store.to_rdflib()
    for name in DEFINITIONS:
        text = named_query(f"definitions/coverage-{name}")
        rows = [tuple("" if term is None else str(term) for term in row) for row in dataset.query(text)]
        assert rows, name
        assert sorted(rows) == sorted(map(tuple, store.select(text).values())), name


# The five reports


def said(key: str, code: str) -> str:
    hits = [each for each in find_coverage(real_cases()[key]) if each.id == f"{key}/coverage/{code}"]
    assert len(hits) == 1, code
    return remark_sentence(hits[0])


def test_vaxjo_2024_leaves_incipient_problems_between_sspf_and_sig() -> None:
    """3.2.1.1: SSPF 9–13 at risk of incipient crime or substance abuse, SIG 13–20 with established crime."""
    text = said("vaxjo-2024", "risk-hole/14-20-begynnande-kriminalitet-missbruk")
    assert "når SSPF (9–13 år, risk för begynnande kriminalitet eller missbruk) till och med 13 år" in text
    assert "gäller en annan riskgrupp: utvecklad kriminalitet" in text
    assert "Förebyggande och tidiga insatser (0–20 år)" in text  # for all, without a risk group: may reach them
    assert "avsnitt 3.2.1.1" in text
    assert "13 år är det sista året för SSPF" in said("vaxjo-2024", "both-at-age/13")
    over = said("vaxjo-2024", "hand-over/21")
    assert "lämnar åldrarna för Insluss och avhopp (IA)" in over
    assert "kommer in i åldrarna för SIG-vuxen och avhopp (över 20 år, vill lämna kriminalitet)" in over
    assert uncovered_ages(real_cases()["vaxjo-2024"]) == ()


def test_vaxjo_2022_reaches_eight_to_twelve_only_by_what_is_new_or_in_araby() -> None:
    """2 and 3.3.1: Barnens bästa gäller begun for 0–6, 7–15 in 2022, 16–20 in 2023; the audit is on up to 24.

    3.4.2: the arena in Araby is for all in the municipality, and reaches 1–7.
    """
    case = real_cases()["vaxjo-2022"]
    assert read_coverage(case).scope == range(25)
    assert uncovered_ages(case) == ()
    text = said("vaxjo-2022", "weakly-covered/8-12")
    assert "under etablering (Barnens bästa gäller) eller" in text
    assert "begränsat till Araby (Biblioteksverksamhet på Tallgården)" in text
    assert "Planerat: Barnens bästa gäller i åldrarna 7–15 år och Skolsocionomer i mellanstadiet." in text
    assert "lämnar åldrarna för Barnens bästa gäller" in said("vaxjo-2022", "no-successor/21")


def test_a_stated_hand_over_to_school_is_quoted_where_school_begins_and_nowhere_else() -> None:
    """Växjö 2022, 3.3.1: the head takes over the follow-up from child health care as the child begins school."""
    words = "Rapporten säger i samma avsnitt: ”tar rektor över uppföljningsansvaret från BVC”."
    assert words in said("vaxjo-2022", "no-successor/6")
    assert words not in said("vaxjo-2022", "no-successor/21")


def test_ljungby_and_kalmar() -> None:
    """Ljungby 4.2: health talks in preschool class, years 4 and 7 and upper secondary; tobacco contracts, years 6 to 9.

    Kalmar: the audit is on 0–18.
    """
    assert spans(uncovered_ages(real_cases()["ljungby-2021"])) == [(3, 5), (19, 25)]
    assert "lämnar åldrarna för Tobaksfri duo (årskurs 6–9)" in said("ljungby-2021", "hand-over/16")
    assert read_coverage(real_cases()["kalmar-2021"]).scope == range(19)
    assert uncovered_ages(real_cases()["kalmar-2021"]) == ()


def every_remark() -> list[Remark]:
    return [each for case in real_cases().values() for each in find_coverage(case)]


def test_every_remark_of_the_reports_is_said_with_section_and_never_calls_anything_missing() -> None:
    found = every_remark()
    assert len({each.id for each in found}) == len(found)
    silent = {"no-levels", "level-empty", "neither-topic"}  # nothing stated, so there is no section to cite
    for each in found:
        swedish, english = remark_sentence(each, "sv"), remark_sentence(each, "en")
        assert bool(each.sections) is (each.code not in silent), each.id
        assert "saknas" not in swedish
        assert "missing" not in english
        assert not re.search(r"\(\)|, ,|  | \.|\.\.|\bNone\b", swedish + english), swedish
        assert not re.search(r"\b(ages?|the|and|states?|reach(es)?)\b", swedish), swedish


def test_every_code_has_a_sentence_and_every_advice_belongs_to_a_code() -> None:
    assert {each.code for each in every_remark()} <= set(SENTENCES)
    assert set(ADVICE) <= set(SENTENCES)
    assert all(remark_advice(each, lang) for each in every_remark() if each.code in ADVICE for lang in ("sv", "en"))


# The command


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOREBYGG_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["coverage", *arguments], standalone_mode=False, catch_exceptions=False)


def test_the_map_has_a_line_for_each_that_states_an_age_and_the_remarks_below() -> None:
    lines = run("--report", "ljungby-2021").output.splitlines()
    assert lines[0] == "Ljungby 2021, 2021-12-02: granskningen anger inga åldersgränser"
    assert next(each for each in lines if each.startswith("Språkstegen")).endswith("  ███" + "·" * 23)
    assert next(each for each in lines if each.startswith("antal, alla")).endswith("111···1112212211111·······")
    assert any(each.startswith("- Inget som rapporten beskriver med angiven ålder når 3–5 år.") for each in lines)


def test_one_age_shows_what_reaches_it_and_what_may() -> None:
    rows = run("--report", "vaxjo-2024", "--age", "14", "--format", "csv").output.splitlines()
    assert rows[0].startswith("rapport,namn,slag,når åldern")
    assert {row.split(",")[3] for row in rows[1:] if '"' not in row} == {"ja", "okänt"}
    assert not [row for row in rows if row.startswith("vaxjo-2024,SSPF,")]


@pytest.mark.parametrize(
    "arguments", [(), ("--age", "14"), ("--show", "remarks"), ("--show", "remarks", "--age", "16")]
)
@pytest.mark.parametrize("output_format", ["table", "csv", "md"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_each_format_is_a_table(arguments: tuple[str, ...], output_format: str, lang: str) -> None:
    assert len(run("--report", "vaxjo-2024", "--format", output_format, "--lang", lang, *arguments).output) > 50


@pytest.mark.parametrize("arguments", [("--all-reports",), ("--report", "vaxjo-2024", "--age", "14")])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_json_fits_its_schema(arguments: tuple[str, ...], lang: str) -> None:
    loaded = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "kg" / "schemas").glob("*.json")]
    registry: Any = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in loaded)
    schema = registry["https://w3id.org/forebygg/res/schema/coverage.json"].contents
    given_back = json.loads(run("--format", "json", "--lang", lang, *arguments).output)
    assert given_back
    Draft202012Validator(schema, registry=registry).validate(given_back)


def test_a_wrong_age_is_refused() -> None:
    with pytest.raises(Exception, match="26"):
        run("--age", "26")


def test_the_terms_of_the_definitions_are_those_of_the_vocabulary() -> None:
    used = {
        each for name in DEFINITIONS for each in re.findall(r"fb:(\w+)", named_query(f"definitions/coverage-{name}"))
    }
    assert {FB.hasTargetGroup, FB.minAge, FB.maxAge, FB.riskGroup, FB.preventionLevel, FB.covers} <= {
        f"{B}spec/{each}" for each in used
    }
    assert all(getattr(FB, each) for each in used)
