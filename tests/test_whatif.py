"""What-if: the same rules on a supposed copy, which is never taken for the report; and invitations held to brute force."""

from __future__ import annotations

import itertools
import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing import Registry, Resource

from bench.generate import write_graph
from bench.measure import read_synthetic
from kg.cache import read_shipped
from kg.cases import Case, open_cases
from kg.cli import _run, cli
from kg.errors import DataError, UnknownName
from kg.findings import GAPS, Finding, Kind, Outcome, Thing
from kg.gaps import find_gaps
from kg.gaps.comparisons import Peers
from kg.listings.forecasts import effect_text, plan_text
from kg.network import members
from kg.records import Records, read_records
from kg.sources import choose_sources
from kg.whatif import is_open, judge, open_with_peers, what_if
from kg.whatif.hypotheses import SUPPOSED, Join, Leave, NewForum, Without, WithoutForum, suppose
from kg.whatif.invitations import WEIGHTS, best_cover, suggest, weight_of
from kg.whatif.locality import local
from kg.whatif.naming import find_actor, find_forum, find_kind, find_member
from tests.tiny import describe, norm, records_of

ROOT = Path(__file__).resolve().parent.parent
OTHERS = "a:skolan a:faltgruppen"
POLICE = "https://w3id.org/forebygg/def/aktorstyp/polis"


def case_of(*texts: str) -> Case:
    records = records_of(*texts)
    return next(each for each in open_cases(records, choose_sources(records)) if each.source.key == "provstad-2022")


def kind(case: Case, code: str) -> Thing:
    return find_kind(case.records, "aktorstyp", code)


def ids(found: tuple[object, ...]) -> list[str]:
    return [
        str(getattr(each, "id", each)).removeprefix(f"{SUPPOSED}provstad-2022/").removeprefix("provstad-2022/")
        for each in found
    ]


def test_an_invitation_closes_the_gap_of_the_kind_it_brings() -> None:
    case = case_of(describe(OTHERS), norm())
    effect = what_if(case, [Join(kind(case, "polis"), find_forum(case, "gruppen"))])
    assert (ids(effect.closed), effect.opened, effect.changed) == (["b-gruppen/tst-01"], (), ())


def test_a_departure_from_a_whole_list_opens_a_gap_without_claim_or_certainty() -> None:
    case = case_of(describe("a:polisen a:skolan"), norm())
    effect = what_if(case, [Leave(find_member(case, "polisen"), find_forum(case, "gruppen"))])
    (opened,) = effect.opened
    assert isinstance(opened, Finding)
    assert (opened.kind, opened.outcome, opened.evidence, opened.certainty) == (Kind.GAP, Outcome.DENIED, (), None)
    assert opened.id == f"{SUPPOSED}provstad-2022/b-gruppen/tst-01"


def test_a_departure_from_an_open_list_is_a_departure_too() -> None:
    case = case_of(describe("a:polisen a:skolan", completeness="exemplifierande"), norm())
    effect = what_if(case, [Leave(find_member(case, "polisen"), find_forum(case, "gruppen"))])
    assert [each.kind for each in effect.opened if isinstance(each, Finding)] == [Kind.GAP]


def test_that_a_unit_leaves_an_open_list_says_nothing_of_its_administration() -> None:
    case = case_of(describe("a:faltgruppen a:skolan", completeness="exemplifierande"), norm(actor="socialtjanst"))
    effect = what_if(case, [Leave(find_member(case, "fältgruppen"), find_forum(case, "gruppen"))])
    assert [each.kind for each in effect.opened if isinstance(each, Finding)] == [Kind.QUESTION]


def test_an_administration_leaves_with_its_units() -> None:
    case = case_of(describe("a:faltgruppen a:skolan"), norm(actor="socialtjanst"))
    effect = what_if(case, [Without(find_member(case, "socialförvaltningen"))])
    assert ids(effect.opened) == ["b-gruppen/tst-01"]


def test_a_whole_list_stays_whole_when_one_joins_and_one_leaves() -> None:
    case = case_of(describe("a:polisen a:skolan"), norm(), norm("tst-02", actor="socialtjanst"))
    forum = find_forum(case, "gruppen")
    assert ids(judge_gaps(case)) == ["b-gruppen/tst-02"]
    effect = what_if(case, [Leave(kind(case, "polis"), forum), Join(kind(case, "socialtjanst"), forum)])
    assert (ids(effect.closed), ids(effect.opened)) == (["b-gruppen/tst-02"], ["b-gruppen/tst-01"])


def judge_gaps(case: Case) -> tuple[Finding, ...]:
    return tuple(each for each in judge(case) if each.is_gap)


def test_a_vacant_function_leaves_the_member_who_sends_another_too() -> None:
    both = describe("k:9990/sakerhetschef").replace(
        "fb:representedBy fn:sakerhetschef", "fb:representedBy fn:sakerhetschef, fn:samordnare"
    )
    world = """fn:samordnare a fb:Function ; skos:prefLabel "Samordnaren"@sv ; fb:functionIn k:9990 ;
        fb:actorType aktorstyp:samordnare ."""
    case = case_of(world, both, norm(actor="trygghet-sakerhet"), norm("tst-02", actor="kommun"))
    effect = what_if(case, [Without(find_member(case, "säkerhetschefen"))])
    assert ids(effect.opened) == ["b-gruppen/tst-01"]


def test_a_new_forum_closes_the_denial_of_its_kind_and_is_judged_like_any_other() -> None:
    lacking = """u:a-est a fb:AbsenceClaim ; fb:absent forumtyp:est ; fb:absentWithin k:9990 ; fb:certainty visshet:uttalad ;
        prov:wasDerivedFrom s:2 .
        norm:tst-09 a fb:ExistenceNorm ; skos:prefLabel "EST"@sv ; skos:notation "TST-09" ; skos:definition "EST bör finnas."@sv ;
        fb:appliesToClass fb:Municipality ; fb:expectsExistenceOf forumtyp:est ; fb:obligationLevel forpliktelsegrad:bor ;
        fb:normBasis normgrund:vagledning ; fb:validFrom "2016-01-01"^^xsd:date ; fb:datePrecision tidsprecision:dag ."""
    other = describe("a:skolan", forum="ovrig")
    world = 'f:ovrig a fb:Forum ; skos:prefLabel "Övrig"@sv ; fb:forumType forumtyp:samrad ; fb:municipality k:9990 .'
    case = case_of(world, other, lacking, norm())
    new = NewForum.of(find_kind(case.records, "forumtyp", "est"))
    effect = what_if(case, [new, Join(find_actor(case, "skolan"), new.forum)])
    assert ids(effect.closed) == ["9990/tst-09"]
    assert [(each.kind, each.outcome) for each in effect.opened if isinstance(each, Finding)] == [
        (Kind.GAP, Outcome.MISSING)
    ]
    gone = what_if(suppose(case, [new]), [WithoutForum(new.forum)])
    assert "9990/tst-09" in ids(gone.opened)


def test_a_supposition_changes_neither_records_nor_network() -> None:
    case = case_of(describe("a:polisen a:skolan"), norm())
    before = (repr(case.records), sorted(case.graph.edges), [repr(each) for each in case.forums])
    what_if(case, [Leave(find_member(case, "polisen"), find_forum(case, "gruppen"))])
    what_if(case, [Join(kind(case, "fritid"), find_forum(case, "gruppen"))])
    assert before == (repr(case.records), sorted(case.graph.edges), [repr(each) for each in case.forums])


def test_to_leave_undoes_to_join() -> None:
    case = case_of(describe(OTHERS), norm())
    forum = find_forum(case, "gruppen")
    joined = suppose(case, [Join(kind(case, "polis"), forum)])
    assert judge(suppose(joined, [Leave(kind(case, "polis"), forum)]))[0].outcome is Outcome.DENIED
    assert len(members(joined.graph, joined.forums[0])) == 3
    assert all(not each.startswith(SUPPOSED) for each in case.records.named)


def test_a_change_without_effect_is_an_error() -> None:
    case = case_of(describe("a:polisen a:skolan"), norm())
    forum = find_forum(case, "gruppen")
    with pytest.raises(DataError, match="already"):
        what_if(case, [Join(find_actor(case, "polisen"), forum)])
    with pytest.raises(DataError, match="does not name"):
        what_if(case, [Leave(kind(case, "fritid"), forum)])


@pytest.mark.parametrize("text", ["polis", "polisen", "the police", "POLISEN"])
def test_names_are_forgiving(text: str) -> None:
    case = case_of(describe(OTHERS))
    assert find_actor(case, text).iri.endswith(("/polisen", "/polis"))
    assert find_forum(case, "est").sv == "Gruppen"


def test_an_unknown_name_suggests_near_ones() -> None:
    with pytest.raises(UnknownName, match="Skolan"):
        find_member(case_of(describe(OTHERS)), "skoln")


def test_no_invitation_answers_a_question() -> None:
    plan = suggest(case_of(describe(OTHERS, completeness="exemplifierande"), norm()), 3)
    assert plan.invitations == ()
    assert [(each.whom.sv, each.of_forum, ids(each.closes)) for each in plan.asks] == [
        ("Gruppen", True, ["b-gruppen/tst-01"])
    ]


def test_no_invitation_mends_that_a_forum_is_lacking() -> None:
    shipped = case_named("vannas-2018")
    plan = suggest(shipped, 5, peers=peers_of_shipped())
    assert plan.invitations == ()
    assert [each.id for each in plan.beyond] == ["vannas-2018/2460/bra-02", "vannas-2018/2460/sok-03"]


def test_one_who_is_two_things_is_invited_once() -> None:
    case = case_of(describe("a:polisen"), norm(actor="skola"), norm("tst-02", actor="elevhalsa", obligation="ska"))
    (invitation,) = suggest(case, 2).invitations
    assert (invitation.kind.sv, invitation.weight) == ("elevhälsa", WEIGHTS[Kind.GAP]["ska"] + WEIGHTS[Kind.GAP]["bor"])


def test_one_must_outweighs_three_shoulds() -> None:
    assert best_cover([{"a": 300, "b": 300, "c": 300}, {"d": 1000}], 1) == [1]


covers = st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.just(0), min_size=1, max_size=4), max_size=7)


@settings(max_examples=60, deadline=None)
@given(
    covers, st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([1, 5, 30, 100, 300, 1000])), st.integers(1, 4)
)
def test_the_best_cover_is_that_of_brute_force(shapes: list[dict[str, int]], weights: dict[str, int], n: int) -> None:
    given = [{key: weights.get(key, 7) for key in each} for each in shapes]

    def worth(chosen: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
        union = {key: weight for index in chosen for key, weight in given[index].items()}
        return -sum(union.values()), len(chosen), chosen

    every = (each for size in range(n + 1) for each in itertools.combinations(range(len(given)), size))
    assert tuple(best_cover(given, n)) == min(every, key=worth)


@cache
def shipped() -> tuple[Records, tuple[Case, ...], Peers]:
    records = read_shipped()
    cases, peers = open_with_peers(records, choose_sources(records, all_reports=True))
    return records, tuple(cases), peers


def case_named(key: str) -> Case:
    return next(each for each in shipped()[1] if each.source.key == key)


def peers_of_shipped() -> Peers:
    return shipped()[2]


@pytest.mark.parametrize("key", ["vaxjo-2022", "vaxjo-2024", "kalmar-2021", "vannas-2018", "ljungby-2021"])
def test_a_municipality_judged_alone_is_judged_the_same(key: str) -> None:
    records, case = shipped()[0], case_named(key)
    whole = find_gaps(records, case.graph, [case.source], everywhere=choose_sources(records))
    alone = judge(local(case), peers_of_shipped())
    assert {each.id: each for each in alone} == {each.id: each for each in whole}


@pytest.mark.parametrize("key", ["vaxjo-2022", "vaxjo-2024", "kalmar-2021", "vannas-2018", "ljungby-2021"])
def test_forums_judged_alone_are_judged_as_among_the_others(key: str) -> None:
    near, peers = local(case_named(key)), peers_of_shipped()
    whole = judge(near, peers)
    for forum in {each.thing.iri for each in near.forums}:
        of_forum = [each for each in whole if each.description and each.forum and each.forum.iri == forum]
        assert judge(near, peers, only={forum}) == of_forum


def test_who_joins_a_forum_closes_nothing_of_another() -> None:
    for key in ("vaxjo-2022", "kalmar-2021", "ljungby-2021"):
        near, peers = local(case_named(key)), peers_of_shipped()
        opened = {each.id: each for each in judge(near, peers) if is_open(each) and each.forum}
        for forum in near.forums[:6]:
            after = judge(suppose(near, [Join(kind(near, "civilsamhalle"), forum.thing)]), peers)
            closed = opened.keys() - {each.id for each in after if is_open(each)}
            assert {opened[each].forum for each in closed} <= {forum.thing}


@cache
def synthetic(folder: Path) -> tuple[Case, ...]:
    write_graph(folder / "5.nq", 5, seed=3)
    records = read_records(read_synthetic(folder / "5.nq")[0])
    return tuple(open_cases(records, choose_sources(records)))


def test_invitations_on_synthetic_graphs_are_those_of_brute_force(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = []
    for whole in synthetic(tmp_path_factory.getbasetemp()):
        case = local(whole)
        assert judge(case) == judge(whole)
        lacking = {
            each.id: each
            for each in judge(case)
            if each.outcome in GAPS and each.forum and each.actor_type and each.kind in {Kind.GAP, Kind.COMPARISON}
        }
        pairs = sorted({(each.actor_type, each.forum) for each in lacking.values() if each.actor_type and each.forum})
        covers = []
        for who, where in pairs:
            after = {each.id for each in judge(suppose(case, [Join(who, where)])) if is_open(each)}
            covers.append({key: weight_of(each) for key, each in lacking.items() if key not in after})
        best = max(
            sum({key: weight for cover in three for key, weight in cover.items()}.values())
            for three in itertools.combinations([*covers, {}, {}, {}], 3)
        )
        plan = suggest(case, 3)
        closes = {closed.id: weight_of(closed) for each in plan.invitations for closed in each.closes}
        assert sum(closes.values()) == best
        joined = suppose(case, [Join(each.kind, each.forum) for each in plan.invitations])
        assert lacking.keys() - {each.id for each in judge(joined) if is_open(each)} == closes.keys()
        found.extend(plan.invitations)
    assert found


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), standalone_mode=False, catch_exceptions=False)


def registry() -> Registry:
    names = ("findings", "remarks", "whatif", "invitations")
    schemas = [json.loads((ROOT / "kg" / "schemas" / f"{name}.json").read_text(encoding="utf-8")) for name in names]
    return Registry().with_resources([(each["$id"], Resource.from_contents(each)) for each in schemas])


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("whatif", ["--report", "vaxjo-2022", "--add", "kultur och fritid", "Tisdagsgruppen"]),
        ("whatif", ["--report", "vaxjo-2022", "--without", "polisen", "--without-forum", "tisdagsgruppen"]),
        ("whatif", ["--report", "vannas-2018", "--new-forum", "bra", "--add", "polisen", "bra"]),
        ("whatif", ["--report", "vaxjo-2022", "--without", "polisen", "--also", "position", "--also", "governance"]),
        ("invitations", ["--report", "vaxjo-2022", "--suggest", "3"]),
        ("invitations", ["--report", "vannas-2018", "--suggest", "3"]),
    ],
)
def test_the_json_fits_its_schema(name: str, arguments: list[str], lang: str) -> None:
    given = json.loads(run("whatif", *arguments, "--format", "json", "--lang", lang).output)
    schema = registry()[f"https://w3id.org/forebygg/res/schema/{name}.json"].contents
    jsonschema.Draft202012Validator(schema, registry=registry()).validate(given)


def test_culture_and_leisure_in_tisdagsgruppen_closes_the_comparison_and_nothing_else() -> None:
    said = run("whatif", "--report", "vaxjo-2022", "--add", "kultur och fritid", "Tisdagsgruppen").output
    assert "Skulle stängas (1)" in said
    assert "Skulle öppnas" not in said


def test_what_is_supposed_never_cites_the_report() -> None:
    case = case_named("vaxjo-2022")
    said = effect_text(what_if(case, [Without(find_member(case, "polisen"))], peers=peers_of_shipped()))
    after = said.partition("Skulle öppnas")[2]
    assert "tänkt" in after
    assert "avsnitt" not in after
    assert "enligt rapporten" not in after.lower()


def test_the_plan_says_what_no_invitation_closes() -> None:
    said = plan_text(suggest(case_named("vannas-2018"), 2, peers=peers_of_shipped()))
    assert "Ingen inbjudan stänger något" in said
    assert "Luckor som ingen inbjudan stänger" in said


def test_the_command_asks_for_one_report_and_one_thing(capfd: pytest.CaptureFixture[str]) -> None:
    assert _run(["whatif", "--suggest", "2"]) == 2
    assert "one report" in capfd.readouterr().err
    assert _run(["whatif", "--report", "vaxjo-2022"]) == 2
    assert _run(["whatif", "--report", "vaxjo-2022", "--suggest", "2", "--without", "polisen"]) == 2
