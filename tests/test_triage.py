"""What matters most comes first: the tables, the total order, families, and the five of each shipped report."""

from __future__ import annotations

import importlib
import itertools
import json
import random
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing import Registry, Resource

from kg.cache import read_shipped
from kg.cli import cli
from kg.findings import Analysis, Decision, Finding, Kind, Outcome, Remark, Standing, Thing
from kg.namespaces import concept
from kg.sources import choose_sources
from kg.triage import BASIS, CERTAINTY, MATTER, OBLIGATION, OUTCOME, SILENCE, first, gather, rank, weigh
from kg.whatif import Result as Found
from kg.whatif import open_with_peers
from kg.wording.triage import grounds
from tests.tiny import describe, find, norm, only

ROOT = Path(__file__).resolve().parent.parent
KEYS = ("vaxjo-2022", "vaxjo-2024", "kalmar-2021", "vannas-2018", "ljungby-2021")


@cache
def shipped() -> dict[str, list[Found]]:
    records = read_shipped()
    sources = [each for each in choose_sources(records, all_reports=True) if each.describes_forums]
    cases, peers = open_with_peers(records, sources)
    return {case.source.key: gather(case, peers=peers) for case in cases}


def finding(kind: Kind, outcome: Outcome, obligation: str, basis: str, certainty: str, name: str = "x") -> Finding:
    place = Thing("https://example.org/k", "K")
    return Finding(
        id=f"r/{name}",
        kind=kind,
        outcome=outcome,
        norm_kind="participation",
        municipality=place,
        report=place,
        observed_on="2022-01-01",
        in_force=True,
        forum=Thing(f"https://example.org/{name}", name),
        obligation=Thing(concept("forpliktelsegrad", obligation), obligation),
        basis=Thing(concept("normgrund", basis), basis),
        certainty=Thing(concept("visshet", certainty), certainty),
    )


def remark(code: str, standing: Standing, name: str = "x", *, analysis: Analysis = Analysis.GOVERNANCE) -> Remark:
    place = Thing("https://example.org/k", "K")
    return Remark(f"r/{code}/{name}", analysis, code, standing, place, place, "2022-01-01")


def test_a_gap_outweighs_every_question_of_its_obligation() -> None:
    for obligation in OBLIGATION:
        gaps = [
            weigh(finding(Kind.GAP, outcome, obligation, basis, certainty))
            for outcome, basis, certainty in itertools.product((Outcome.DENIED, Outcome.MISSING), BASIS, CERTAINTY)
        ]
        questions = [
            weigh(finding(Kind.QUESTION, outcome, obligation, basis, certainty))
            for outcome, basis, certainty in itertools.product(
                (Outcome.NOT_NAMED, Outcome.NOT_ASSESSABLE), BASIS, CERTAINTY
            )
        ]
        questions += [
            weigh(replace(finding(Kind.QUESTION, Outcome.NOT_ASSESSABLE, obligation, basis, "uttalad"), reason=reason))
            for basis, reason in itertools.product(BASIS, ("older-source", "judged-otherwise"))
        ]
        assert min(gaps) > max(questions)


def test_the_weight_is_the_product_of_its_factors() -> None:
    # bör 2 x vägledning 2 x förnekad 16 x uttalad 4
    assert weigh(finding(Kind.GAP, Outcome.DENIED, "bor", "vagledning", "uttalad")) == 256
    # ska 4 x lag 3 x ej nämnd 2 x tystnad 2, whatever the certainty of the forum's description
    assert weigh(finding(Kind.QUESTION, Outcome.NOT_NAMED, "ska", "lag", "uttalad")) == 4 * 3 * 2 * SILENCE
    # lacking 2 x stated 8 x no certainty 2
    assert weigh(remark("lacking", Standing.STATED)) == 32


@pytest.mark.parametrize("factor", ["obligation", "basis", "certainty"])
def test_more_of_one_ground_and_no_less_of_another_never_ranks_lower(factor: str) -> None:
    tables = {"obligation": OBLIGATION, "basis": BASIS, "certainty": CERTAINTY}
    base = {"obligation": "bor", "basis": "vagledning", "certainty": "antydd"}
    ordered = sorted(tables[factor], key=lambda code: tables[factor][code])
    weights = [weigh(finding(Kind.GAP, Outcome.MISSING, **{**base, factor: code})) for code in ordered]
    assert weights == sorted(weights)


def test_what_is_met_does_not_apply_or_was_not_examined_stays_out() -> None:
    out = [
        finding(Kind.OUT_OF_SCOPE, Outcome.OUT_OF_SCOPE, "ska", "lag", "uttalad", "a"),
        finding(Kind.MET, Outcome.PRESENT, "ska", "lag", "uttalad", "b"),
        finding(Kind.NOT_APPLICABLE, Outcome.NOT_APPLICABLE, "ska", "lag", "uttalad", "c"),
        remark("meeting-load", Standing.COMPUTED, analysis=Analysis.OVERLAP),
    ]
    assert rank(out) == []


def test_two_of_the_same_forum_and_kind_are_told_once() -> None:
    found = find(describe("a:skolan"), norm(obligation="ska"), norm("tst-02", actor="fritid"))
    (one,) = [each for each in first(found) if isinstance(each.item, Finding) and each.item.is_gap]
    assert (one.item.id, one.kin) == ("provstad-2022/b-gruppen/tst-01", ("provstad-2022/b-gruppen/tst-02",))


def test_the_same_norm_in_two_forums_is_told_once() -> None:
    shared = Thing("https://example.org/n", "N")
    pair = [
        replace(finding(Kind.QUESTION, Outcome.NOT_NAMED, "ska", "lag", "uttalad", name), norm=shared) for name in "ab"
    ]
    assert [(each.item.id, each.kin) for each in first(pair)] == [("r/a", ("r/b",))]


def test_what_a_body_lacks_is_told_one_by_one() -> None:
    two = [
        replace(finding(Kind.GAP, Outcome.DENIED, "bor", "vagledning", "uttalad", name), forum=None) for name in "ab"
    ]
    assert len(first(two)) == 2


def test_what_one_act_asks_of_bodies_is_told_once() -> None:
    act = Thing("https://example.org/act", "Lagen")
    two = [
        replace(
            finding(Kind.QUESTION, Outcome.NOT_NAMED, "ska", "lag", "uttalad", name),
            forum=None,
            norm=Thing(f"https://example.org/{name}", name),
            norm_source=act,
        )
        for name in "ab"
    ]
    assert [each.kin for each in first(two)] == [("r/b",)]


def test_what_the_user_has_set_aside_is_not_first_but_in_the_order() -> None:
    gap = only(find(describe("a:skolan"), norm()), "tst-01")
    done = replace(gap, decision=Decision(Thing(concept("beslut", "ej-aktuellt"), "ej aktuellt"), "", "", "2024-01-01"))
    kept = replace(gap, decision=Decision(Thing(concept("beslut", "bekraftad"), "bekräftad"), "", "", "2024-01-01"))
    assert first([done]) == []
    assert [each.item for each in rank([done])] == [done]
    assert [each.item for each in first([kept])] == [kept]


def test_what_only_a_better_date_can_settle_is_not_first() -> None:
    question = only(find(describe("a:skolan"), norm(valid="")), "tst-01")
    assert question.reason == "start-unknown"
    assert first([question]) == []


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(KEYS))
def test_the_order_of_what_is_found_is_irrelevant(dice: random.Random, key: str) -> None:
    found = list(shipped()[key])
    dice.shuffle(found)
    assert rank(found) == rank(shipped()[key])
    assert first(found) == first(shipped()[key])


@pytest.mark.parametrize("key", KEYS)
def test_the_first_are_of_different_families_and_in_order(key: str) -> None:
    chosen = first(shipped()[key])
    assert len(chosen) == 5
    assert [each.weight for each in chosen] == sorted((each.weight for each in chosen), reverse=True)
    places = [
        (each.item.forum, each.item.kind) for each in chosen if isinstance(each.item, Finding) and each.item.forum
    ]
    assert len(set(places)) == len(places)
    codes = [(each.item.analysis, each.item.code) for each in chosen if isinstance(each.item, Remark)]
    assert len(set(codes)) == len(codes)
    assert not [each for each in chosen if isinstance(each.item, Finding) and each.item.kind is Kind.OUT_OF_SCOPE]


def test_the_denials_of_vannas_come_first() -> None:
    # 3.4.1: "Vännäs kommun saknar en samlad organisation i form"; 3.4.3: "inte någon ny upprättats mellan parterna"
    ids = [each.item.id for each in first(shipped()["vannas-2018"])]
    assert ids[:2] == ["vannas-2018/2460/bra-02", "vannas-2018/2460/sok-03"]


def test_tisdagsgruppen_is_among_the_five_of_vaxjo() -> None:
    five = {each.item.id: grounds(each) for each in first(shipped()["vaxjo-2022"])}
    assert five["vaxjo-2022/b-tisdagsgruppen/hemma-fritid"] == (
        "kan · jämförelse · saknas i fullständig lista · uttalad"
    )


def test_silence_says_that_it_is_silence() -> None:
    (ranked,) = first(find(describe("a:skolan", completeness="exemplifierande"), norm()))
    assert grounds(ranked) == "bör · definition · nämns inte · vilar på tystnad"
    assert grounds(ranked, "en").endswith("not mentioned · rests on silence")


@pytest.mark.parametrize("analysis", list(MATTER))
def test_a_remark_weighs_nothing_just_where_nothing_need_be_done(analysis: Analysis) -> None:
    wording = importlib.import_module(f"kg.wording.{analysis.value}")
    codes = set(wording.SENTENCES)
    weightless = {code for code, weight in MATTER[analysis].items() if weight == 0}
    assert MATTER[analysis].keys() <= codes
    assert weightless == codes - set(wording.ADVICE)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), standalone_mode=False, catch_exceptions=False)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_json_fits_its_schema(lang: str) -> None:
    names = ("findings", "remarks", "triage")
    schemas = [json.loads((ROOT / "kg" / "schemas" / f"{name}.json").read_text(encoding="utf-8")) for name in names]
    registry: Registry = Registry().with_resources([(each["$id"], Resource.from_contents(each)) for each in schemas])
    for more in ((), ("--all",)):
        given = json.loads(run("triage", *more, "--format", "json", "--lang", lang).output)
        jsonschema.Draft202012Validator(schemas[-1], registry=registry).validate(given)
        assert given


@pytest.mark.parametrize("output_format", ["text", "table", "csv", "md"])
def test_each_format_names_the_first(output_format: str) -> None:
    said = run("triage", "--municipality", "vannas", "-n", "1", "--format", output_format).output
    assert "samlad organisation" in said
    assert "förnekad" in said


def test_outcomes_that_weigh_are_outcomes_that_are_open() -> None:
    assert {kind for kind, _ in OUTCOME} == {Kind.GAP, Kind.COMPARISON, Kind.QUESTION}


def test_what_an_older_report_says_was_lacking_goes_before_what_it_says_was_there() -> None:
    texts = (describe("a:skolan"), norm(), norm("tst-02", actor="skola"))
    order = [(each.item.id[-6:], grounds(each).split(" · ")[2]) for each in rank([*find(*texts, on=date(2024, 1, 1))])]
    assert order == [("tst-01", "saknades då"), ("tst-02", "fanns då")]


def test_silence_on_a_general_duty_is_never_first_but_what_is_known_of_it_may_be() -> None:
    silent = replace(finding(Kind.QUESTION, Outcome.NOT_NAMED, "ska", "lag", "uttalad"), general=True)
    judged = replace(silent, outcome=Outcome.NOT_ASSESSABLE, reason="judged-otherwise")
    assert first([silent]) == []
    assert [each.item for each in first([judged])] == [judged]
    assert weigh(silent) > 0
