"""Which forums share members: exact values on graphs worked out by hand, and what the five reports bear."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from kg.cases import Case, open_cases
from kg.cli import cli
from kg.findings import Lang, Remark, Rollup, Standing
from kg.overlap import Overlap, find_overlaps, overlaps
from kg.overlap.likeness import Relation
from kg.overlap.readings import Reading
from kg.overlap.sharing import bounds_of, seated
from kg.questions import named_query
from kg.sources import choose_sources
from kg.store import Store, open_store
from kg.wording import remark_advice, remark_sentence
from kg.wording.overlap import ADVICE, SENTENCES
from tests.synthetic import all_cases, real_store, synthetic_store
from tests.tiny import describe, records_of, store_of

SCHEMAS = Path(__file__).resolve().parent.parent / "kg" / "schemas"
PREFIX = (
    "@prefix forumniva: <https://w3id.org/forebygg/def/forumniva/> .\n"
    "@prefix riskgrupp: <https://w3id.org/forebygg/def/riskgrupp/> .\n"
    "@prefix omrade: <https://w3id.org/forebygg/id/omrade/9990/> .\n"
)
OTHER = """f:andra a fb:Forum ; skos:prefLabel "Andra gruppen"@sv ; fb:forumType forumtyp:{kind} ;
    {extra} fb:municipality k:9990 .
"""
AGES = """malgrupp:yngre a fb:TargetGroup ; skos:prefLabel "9–13 år"@sv ; fb:minAge 9 ; fb:maxAge 13 .
malgrupp:aldre a fb:TargetGroup ; skos:prefLabel "13–20 år"@sv ; fb:minAge 13 ; fb:maxAge 20 .
malgrupp:vuxna a fb:TargetGroup ; skos:prefLabel "från 21 år"@sv ; fb:minAge 21 .
malgrupp:risk a fb:TargetGroup ; skos:prefLabel "9–13 år i risk"@sv ; fb:minAge 9 ; fb:maxAge 13 ;
    fb:riskGroup riskgrupp:begynnande .
malgrupp:utvecklad a fb:TargetGroup ; skos:prefLabel "13–20 år, utvecklad"@sv ; fb:minAge 13 ; fb:maxAge 20 ;
    fb:riskGroup riskgrupp:utvecklad .
malgrupp:utan a fb:TargetGroup ; skos:prefLabel "unga"@sv .
"""
FEW = "a:polisen a:skolan a:elevhalsan"
MORE = "a:polisen a:skolan n:kommunstyrelsen n:socialnamnden"


def case_of(*texts: str) -> Case:
    records = records_of(*(PREFIX + each for each in (AGES, *texts)))
    return open_cases(records, choose_sources(records))[0]


def pair(
    first: str = FEW,
    second: str = MORE,
    *,
    kind: str = "natverksgrupp",
    extra: str = "",
    said: tuple[str, str] = ("", ""),
    listed: tuple[str, str] = ("fullstandig", "fullstandig"),
    more: str = "",
) -> tuple[str, ...]:
    """Return a world in which Gruppen (an EST group) and Andra gruppen have these members and say this."""
    return (
        OTHER.format(kind=kind, extra=extra),
        describe(first, completeness=listed[0], extra=said[0]),
        describe(second, completeness=listed[1], forum="andra", extra=said[1]),
        more,
    )


def only(case: Case, level: Rollup = Rollup.UNIT, *, least: int = 2) -> Overlap:
    (found,) = overlaps(case, level, least=least)
    return found


def names(things: object) -> list[str]:
    return [each.sv for each in things]  # type: ignore[attr-defined]


def test_jaccard_and_containment_are_those_worked_out_by_hand() -> None:
    # Andra gruppen {police, school, executive board, social board}, Gruppen {police, school, student health}:
    # shared 2, union 4 + 3 - 2 = 5, so J = 2/5, 2 of 4 and 2 of 3. The school is in both, so that no name is left that
    # could be student health's.
    found = only(case_of(*pair()))
    assert (found.first.thing.sv, found.second.thing.sv) == ("Andra gruppen", "Gruppen")
    assert names(each.thing for each in found.shared) == ["Polisen", "Skolan"]
    assert (found.jaccard.named, found.first_in_second.named, found.second_in_first.named) == (0.4, 0.5, 2 / 3)
    assert found.jaccard.exact
    assert found.first_in_second.exact
    assert found.second_in_first.exact
    assert (found.sizes, found.closed, found.at_most) == ((4, 3), (True, True), 2)


def test_a_part_and_its_whole_may_be_the_same_members_under_two_names() -> None:
    # {police, school, social administration} and {police, school, outreach group of that administration}: named 2 of 4,
    # at most 3 of 3.
    found = only(case_of(*pair("a:polisen a:skolan a:socialforvaltningen", "a:polisen a:skolan a:faltgruppen")))
    assert [names(each) for each in found.possible] == [["Fältgruppen", "Socialförvaltningen"]]
    assert (found.jaccard.low, found.jaccard.named, found.jaccard.high) == (0.5, 0.5, 1.0)
    assert found.at_most == 3
    said = remark_sentence(find_overlaps(case_of(*pair("a:polisen a:skolan a:socialforvaltningen", MORE)))[0])
    assert "under olika namn" not in said


def test_a_whole_that_sits_there_through_a_function_is_none_of_its_parts() -> None:
    # The municipality's head of safety is not its outreach group; the municipality without a function may be.
    through = only(case_of(*pair("a:polisen a:skolan k:9990/sakerhetschef", "a:polisen a:skolan a:faltgruppen")))
    assert (through.possible, through.jaccard.exact) == ((), True)
    whole = only(case_of(*pair("a:polisen a:skolan k:9990", "a:polisen a:skolan a:faltgruppen")))
    assert [names(each) for each in whole.possible] == [["Fältgruppen", "Provstads kommun"]]


def test_an_open_list_leaves_bounds_and_no_score_alone() -> None:
    # Gruppen {police, school, student health} is whole, Andra gruppen names 4 by example. Of Gruppen at least 2 of 3
    # are shared; at most all 3, and then J = 3/(4 + 1) = 3/5. Below there is no bound but 0.
    found = only(case_of(*pair(listed=("fullstandig", "exemplifierande"))))
    assert found.closed == (False, True)
    assert (found.jaccard.low, found.jaccard.high) == (0.0, 0.6)
    assert (found.second_in_first.low, found.second_in_first.high) == (2 / 3, 1.0)
    assert (found.first_in_second.low, found.first_in_second.high) == (0.0, 0.6)
    assert (found.reading, found.at_most) == (Reading.CANNOT_BE_SAID, 3)
    assert "för hela listor högst 0,60" in remark_sentence(
        find_overlaps(case_of(*pair(listed=("fullstandig", "exemplifierande"))))[0]
    )


def test_two_open_lists_say_nothing_of_whole_lists() -> None:
    found = only(case_of(*pair(listed=("exemplifierande", "ej-angiven"))))
    assert (found.jaccard.low, found.jaccard.high, found.at_most) == (0.0, 1.0, None)


@given(
    st.sets(st.integers(0, 9), min_size=1),
    st.sets(st.integers(0, 9), min_size=1),
    st.data(),
    st.booleans(),
    st.booleans(),
)
def test_the_true_shares_lie_within_the_bounds(
    first: set[int], second: set[int], data: st.DataObject, first_whole: bool, second_whole: bool
) -> None:
    def named(true: set[int], whole: bool) -> set[int]:
        return true if whole else data.draw(st.sets(st.sampled_from(sorted(true)), min_size=1))

    seen = named(first, first_whole), named(second, second_whole)
    shared = len(seen[0] & seen[1])
    if not shared:
        return
    bounds = bounds_of(len(seen[0]), len(seen[1]), shared, 0, (first_whole, second_whole))
    both = len(first & second)
    truth = both / len(first | second), both / len(first), both / len(second)
    for bound, true in zip(bounds, truth, strict=True):
        assert bound.low - 1e-9 <= true <= bound.high + 1e-9
        assert 0 <= bound.low <= bound.named <= bound.high <= 1


def test_at_the_organisation_a_unit_and_its_administration_are_one() -> None:
    case = case_of(*pair("a:polisen a:faltgruppen", "a:polisen a:socialforvaltningen"))
    assert overlaps(case) == []
    assert names(each.thing for each in only(case, Rollup.ADMINISTRATION).shared) == ["Polisen", "Socialförvaltningen"]
    assert names(each.thing for each in only(case, Rollup.ORGANISATION).shared) == ["Polisen", "Provstads kommun"]


def test_functions_tell_whether_it_is_the_same_person_that_may_sit_there() -> None:
    world = pair("k:9990/sakerhetschef a:polisen", "k:9990/sakerhetschef a:polisen")
    (remark,) = find_overlaps(case_of(*world))
    assert "Provstads kommun (Säkerhetschefen)" in remark_sentence(remark)
    chief = """fn:kommunchef a fb:Function ; skos:prefLabel "Kommunchefen"@sv ; fb:functionIn k:9990 ."""
    world = pair("k:9990/sakerhetschef a:polisen", "k:9990/kommunchef a:polisen", more=chief)
    (remark,) = find_overlaps(case_of(*world))
    assert "Olika funktioner sitter i de två för Provstads kommun." in remark_sentence(remark)
    assert overlaps(case_of(*world), Rollup.FUNCTION) == []


def test_a_party_has_no_seat_and_a_programme_is_no_meeting() -> None:
    party = "\n".join(f"u:m-andra-{index} org:role deltagarroll:part ." for index in range(4))
    roles = describe(MORE, forum="andra").replace("org:role deltagarroll:ledamot ; ", "")
    case = case_of(OTHER.format(kind="natverksgrupp", extra=""), describe(FEW), roles, party)
    assert overlaps(case, least=1) == []
    programme = OTHER.format(kind="program", extra="").replace("a fb:Forum", "a fb:Programme")
    assert overlaps(case_of(programme, describe(FEW), describe(MORE, forum="andra")), least=1) == []


def test_what_is_ended_or_only_proposed_shares_nothing() -> None:
    assert overlaps(case_of(*pair(said=("", "; fb:status status:foreslagen "))), least=1) == []
    gone = "u:m-andra-0 fb:status status:upphord . u:m-andra-1 fb:status status:upphord ."
    assert overlaps(case_of(*pair(more=gone)), least=1) == []


LEVEL = "; fb:level forumniva:operativ "
SAME = LEVEL + "; fb:topic amne:trygghet "


@pytest.mark.parametrize(
    ("second", "reading"),
    [
        (SAME, Reading.MAY_DUPLICATE),
        (LEVEL, Reading.CANNOT_BE_SAID),
        ("; fb:topic amne:trygghet ", Reading.CANNOT_BE_SAID),
        ("", Reading.CANNOT_BE_SAID),
        ("; fb:level forumniva:individ ; fb:topic amne:trygghet ", Reading.OTHER_LEVEL),
        ("; fb:level forumniva:strategisk ; fb:topic amne:trygghet ", Reading.OTHER_LEVEL),
        (LEVEL + "; fb:topic amne:missbruk ", Reading.OTHER_TASK),
        (SAME + "; fb:hasTargetGroup malgrupp:vuxna ", Reading.OTHER_TARGET),
        (SAME + "; fb:hasTargetGroup malgrupp:utvecklad ", Reading.OTHER_TARGET),
        (SAME + "; fb:hasTargetGroup malgrupp:utan ", Reading.MAY_DUPLICATE),
    ],
)
def test_a_stated_difference_comes_before_what_is_left_open(second: str, reading: Reading) -> None:
    first = SAME + "; fb:hasTargetGroup malgrupp:risk "
    assert only(case_of(*pair(said=(first, second)))).reading is reading


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("individ", "Det ena gäller enskilda ärenden, det andra arbetet i stort."),
        ("strategisk", "Det ena inriktar arbetet, det andra samordnar vad som görs."),
        ("politisk", "Det ena inriktar arbetet, det andra samordnar vad som görs."),
    ],
)
def test_two_levels_are_told_in_words(level: str, words: str) -> None:
    (remark,) = find_overlaps(case_of(*pair(said=(LEVEL, f"; fb:level forumniva:{level} "))))
    assert f"{words} Att samma aktörer är med i båda är då inte dubbelt arbete i sig." in remark_sentence(remark)


def test_politics_and_strategy_are_two_levels_and_several_levels_against_one_are_left_untold() -> None:
    said = ("; fb:level forumniva:politisk ", "; fb:level forumniva:strategisk ")
    assert "I det ena möts förtroendevalda" in remark_sentence(find_overlaps(case_of(*pair(said=said)))[0])
    several = ("; fb:level forumniva:politisk, forumniva:operativ ", "; fb:level forumniva:strategisk ")
    said_of = remark_sentence(find_overlaps(case_of(*pair(said=several)))[0])
    assert "De arbetar på olika nivå: Andra gruppen (strategisk) och Gruppen (operativ, politisk). Att samma" in said_of


def test_only_whole_lists_can_be_the_same_work_twice() -> None:
    assert only(case_of(*pair(said=(SAME, SAME)))).reading is Reading.MAY_DUPLICATE
    open_list = pair(said=(SAME, SAME), listed=("exemplifierande", "fullstandig"))
    assert only(case_of(*open_list)).reading is Reading.CANNOT_BE_SAID


def test_fewer_than_half_of_the_smaller_is_mostly_other_members() -> None:
    first = "a:polisen a:skolan a:elevhalsan n:kommunstyrelsen n:socialnamnden"
    second = "a:polisen a:skolan a:faltgruppen a:bolagschefer a:socialforvaltningen"
    assert only(case_of(*pair(first, second, said=(SAME, SAME)))).reading is Reading.MOSTLY_OTHERS


def test_names_that_may_mean_the_same_leave_open_whether_most_are_others() -> None:
    # 2 of 5 shared, but the municipality in one list may be both boards and the administration in the other: at most 3
    # of 5 by name, half or more.
    first = "a:polisen a:skolan a:elevhalsan a:bolagschefer k:9990"
    second = "a:polisen a:skolan n:kommunstyrelsen n:socialnamnden a:socialforvaltningen"
    found = only(case_of(*pair(first, second, said=(SAME, SAME))))
    assert (found.reading, found.at_most) == (Reading.CANNOT_BE_SAID, 3)
    said = remark_sentence(find_overlaps(case_of(*pair(first, second, said=(SAME, SAME))))[0])
    assert "högst 0,43 om olika namn avser samma" in said
    assert "det går inte att avgöra om olika namn avser samma" in said


def test_two_forums_of_one_kind_for_different_areas_are_by_design() -> None:
    areas = (
        """omrade:norr a fb:Area ; skos:prefLabel "Norr"@sv . omrade:soder a fb:Area ; skos:prefLabel "Söder"@sv ."""
    )
    said = (SAME + "; fb:covers omrade:norr ", SAME + "; fb:covers omrade:soder ")
    one_kind = case_of(*pair(kind="est", said=said), areas)
    assert only(one_kind).reading is Reading.OTHER_AREA
    assert "olika områden: Andra gruppen (Söder) och Gruppen (Norr)" in remark_sentence(find_overlaps(one_kind)[0])
    # A forum may follow more places than those named, so that areas do not tell two kinds apart.
    assert only(case_of(*pair(said=said), areas)).reading is Reading.MAY_DUPLICATE


def test_different_kinds_of_forum_have_different_tasks_but_a_form_of_meeting_is_no_task() -> None:
    assert only(case_of(*pair(kind="sspf", said=(SAME, SAME)))).reading is Reading.OTHER_TASK
    assert only(case_of(*pair(kind="styrgrupp", said=(SAME, SAME)))).reading is Reading.MAY_DUPLICATE


@pytest.mark.parametrize(
    ("first", "second", "reading"),
    [
        ("beredande", "beslutande", Reading.OTHER_TASK),
        ("beredande", "samordnande", Reading.OTHER_TASK),
        ("samordnande", "informerande", Reading.MAY_DUPLICATE),
        ("samordnande", "samordnande", Reading.MAY_DUPLICATE),
    ],
)
def test_to_prepare_or_decide_is_a_task_of_its_own(first: str, second: str, reading: Reading) -> None:
    said = tuple(f"{SAME}; fb:mandate mandat:{each} " for each in (first, second))
    assert only(case_of(*pair(said=(said[0], said[1])))).reading is reading


@given(st.permutations(range(4)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_statements_does_not_matter(order: list[int]) -> None:
    texts = pair(listed=("fullstandig", "exemplifierande"), more="u:m-andra-0 fb:attendance narvaro:ibland .")
    assert find_overlaps(case_of(*(texts[place] for place in order))) == find_overlaps(case_of(*texts))


def test_a_part_of_a_forum_shares_its_members_by_design() -> None:
    found = only(case_of(*pair(extra="org:subOrganizationOf f:gruppen ;", said=(SAME, SAME))))
    assert found.reading is Reading.PART
    (remark,) = find_overlaps(case_of(*pair(extra="org:subOrganizationOf f:gruppen ;")))
    assert "Andra gruppen är en del av Gruppen" in remark_sentence(remark)


def test_two_parts_of_one_forum_share_its_members_by_design() -> None:
    whole = """f:helhet a fb:Forum ; skos:prefLabel "Helheten"@sv . f:gruppen org:subOrganizationOf f:helhet ."""
    (remark,) = find_overlaps(case_of(*pair(extra="org:subOrganizationOf f:helhet ;", said=(SAME, SAME)), whole))
    assert "Båda är delar av samma forum" in remark_sentence(remark)


def test_forums_of_two_municipalities_are_two_by_design() -> None:
    other = 'k:9991 a fb:Municipality ; skos:prefLabel "Grannstads kommun"@sv .'
    texts = list(pair(said=(SAME, SAME)))
    texts[0] = texts[0].replace("fb:municipality k:9990", "fb:municipality k:9991")
    (remark,) = find_overlaps(case_of(*texts, other))
    assert remark.code == "other-municipality"
    assert "Andra gruppen (Grannstads kommun) och Gruppen (Provstads kommun)" in remark_sentence(remark)


def test_a_forum_that_steers_the_other_is_so_by_design_and_its_claim_is_cited() -> None:
    steers = """u:r-styr a fb:SteeringRelation ; fb:steers f:gruppen ; fb:isSteered f:andra ;
        fb:certainty visshet:tolkad ; prov:wasDerivedFrom s:2 ."""
    (remark,) = find_overlaps(case_of(*pair(said=(SAME, SAME), more=steers)))
    assert remark.code == "one-steers-other"
    assert "2" in [each.number for each in remark.sections]
    assert remark.certainty is not None
    assert remark.certainty.iri.endswith("tolkad")


def test_a_merger_must_keep_what_only_one_forum_has() -> None:
    # 9–13 against 13–20 years: only Gruppen reaches 9–12, only Andra gruppen 14–20.
    said = (SAME + "; fb:hasTargetGroup malgrupp:yngre ", SAME + "; fb:hasTargetGroup malgrupp:aldre ")
    case = case_of(*pair(said=said))
    found = only(case)
    assert found.comparison.targets.relation is Relation.SAME
    assert names(found.lost[0].members) == ["Kommunstyrelsen", "Socialnämnden"]
    assert names(found.lost[1].members) == ["Elevhälsan"]
    assert (found.lost[0].ages, found.lost[1].ages) == (((14, 20),), ((9, 12),))
    assert remark_advice(find_overlaps(case)[0]) == (
        "Låt båda beskriva sitt uppdrag innan något ändras. Går Andra gruppen upp i Gruppen: bjud då in Kommunstyrelsen "
        "och Socialnämnden; ta med åldrarna 14–20 år. Går Gruppen upp i Andra gruppen: bjud då in Elevhälsan; ta med "
        "åldrarna 9–12 år."
    )


def test_an_open_age_is_kept_open() -> None:
    said = (
        SAME + "; fb:hasTargetGroup malgrupp:yngre ",
        SAME + "; fb:hasTargetGroup malgrupp:yngre, malgrupp:vuxna ",
    )
    case = case_of(*pair(said=said))
    assert (only(case).lost[0].ages, only(case).lost[1].ages) == (((21, None),), ())
    assert "ta med åldrarna från 21 år" in remark_advice(find_overlaps(case)[0])
    assert "take with it those from 21" in remark_advice(find_overlaps(case)[0], "en")


def test_ages_that_are_not_stated_are_not_said_to_be_kept() -> None:
    case = case_of(*pair(said=(SAME, SAME + "; fb:hasTargetGroup malgrupp:aldre ")))
    assert only(case).lost[0].ages is None
    assert "vilka åldrar som berörs är inte angivet" in remark_advice(find_overlaps(case)[0])
    assert "målgruppen anges inte för det senare" in remark_sentence(find_overlaps(case)[0])


def test_the_sentence_of_a_possible_duplicate_says_what_is_the_same_and_what_is_not_known() -> None:
    (remark,) = find_overlaps(case_of(*pair(said=(SAME, SAME))))
    assert remark.standing is Standing.COMPUTED
    assert remark_sentence(remark) == (
        "Andra gruppen och Gruppen har 2 aktörer gemensamt: Polisen och Skolan. Det är 2 av 4 som nämns i det förra och "
        "2 av 3 i det senare (Jaccardindex 0,40). De kan göra samma arbete: nivån (operativ) och ämnet (trygghet i "
        "området) är desamma. Men målgruppen anges inte för något av dem. Om det är så säger inte rapporten. "
        "(räknat per enhet; Provstad 2022, 2022-03-17; avsnitt 1; visshet: uttalad)"
    )
    assert "They may do the same work" in remark_sentence(remark, "en")


def test_stability_is_the_share_of_draws_in_which_the_pair_still_shares_as_many() -> None:
    case = case_of(*pair(said=(SAME, SAME)))
    (remark,) = find_overlaps(case, draws=200, least=2)
    assert find_overlaps(case, draws=200) == [remark]
    stands = remark.stability
    assert stands is not None
    # 7 ties, of which 4 make the pair: at 10 % one tie goes, beside them in 3 of 7 cases; at 20 % two go, both beside
    # them in C(3, 2)/C(7, 2) = 3/21. What is left is still half of the smaller.
    assert math.isclose(stands.at_10, 3 / 7, abs_tol=0.1)
    assert math.isclose(stands.at_20, 3 / 21, abs_tol=0.1)
    assert "när 20 % av deltagandena tas bort" in remark_sentence(remark)


def test_jaccard_equals_that_of_networkx_on_every_report() -> None:
    for case in all_cases(real_store()):
        for level in Rollup:
            graph = seated(case, level)
            found = {(each.first.description, each.second.description): each for each in overlaps(case, level, least=1)}
            for first, second, share in nx.jaccard_coefficient(graph, found):
                assert math.isclose(found[first, second].jaccard.named, share)


def _by_query(store: Store) -> dict[tuple[str, ...], tuple[int, ...]]:
    rows = store.select(named_query("definitions/overlap")).values()
    return {tuple(row[1:4]): tuple(map(int, row[4:])) for row in rows}


def _by_sets(cases: list[Case]) -> dict[tuple[str, ...], tuple[int, ...]]:
    found = {}
    for case in cases:
        for each in overlaps(case, least=1):
            (one, size), (other, other_size) = sorted(
                zip((each.first.thing.iri, each.second.thing.iri), each.sizes, strict=True)
            )
            found[case.source.thing.iri, one, other] = (len(each.shared), size, other_size)
    return found


@pytest.mark.parametrize("store", [real_store, synthetic_store], ids=["real", "synthetic"])
def test_the_sets_give_what_the_query_defines(store: object) -> None:
    opened: Store = store()  # type: ignore[operator]
    wanted = _by_query(opened)
    assert wanted
    assert _by_sets(all_cases(opened)) == wanted


ACTORS = ["a:polisen", "a:skolan", "a:elevhalsan", "a:socialforvaltningen", "a:faltgruppen"]
ROLES = st.sampled_from(["ledamot", "part", "adjungerad", "foljeforskare"])
STATUS = st.sampled_from(["", "fb:status status:upphord ; ", "fb:status status:pausad ; "])
SEATS = st.lists(st.tuples(st.sampled_from(ACTORS), ROLES, STATUS), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None)
@given(SEATS, SEATS, STATUS)
def test_the_sets_give_what_the_query_defines_on_any_small_graph(
    first: list[tuple[str, str, str]], second: list[tuple[str, str, str]], status: str
) -> None:
    def seats(forum: str, held: list[tuple[str, str, str]]) -> str:
        return "".join(
            f"u:m-{forum}-{index} a fb:ForumMembership ; org:organization f:{forum} ; org:member {actor} ; {ended}"
            f"org:role deltagarroll:{role} ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:1 .\n"
            for index, (actor, role, ended) in enumerate(held)
        )

    bare = [
        f"u:b-{forum} a fb:ForumDescription ; fb:describesForum f:{forum} ; {said} prov:wasDerivedFrom s:1 .\n"
        for forum, said in (("gruppen", ""), ("andra", status))
    ]
    store = store_of(OTHER.format(kind="est", extra=""), *bare, seats("gruppen", first), seats("andra", second))
    assert _by_sets(all_cases(store)) == _by_query(store)


def _doubled(store: Store) -> tuple[Store, set[tuple[str, str]]]:
    """Return the store with a double of every forum that could be one, and those pairs as descriptions.

    Told from the triples alone: running, a whole list of at least two seats, a level, a kind that names a task, stated
    and not read by the editor.
    """
    quads = store.quads()
    iris: dict[str, dict[str, set[str]]] = {}
    for quad in quads:
        name = re.split(r"[/#]", quad.predicate.value)[-1]
        iris.setdefault(quad.subject.value, {}).setdefault(name, set()).add(quad.object.value)

    def said(subject: str, name: str) -> set[str]:
        return {each.rsplit("/", 1)[-1] for each in iris[subject].get(name, ())}

    def runs(subject: str) -> bool:
        return not said(subject, "status") & {"foreslagen", "planerad", "upphord"}

    twins: dict[str, str] = {}
    pairs = set()
    for claim, of in iris.items():
        for forum in of.get("describesForum", ()):
            report = claim.rsplit("/", 1)[0]
            ours = [
                each for each in iris if forum in iris[each].get("organization", ()) and each.startswith(f"{report}/")
            ]
            held = [
                each for each in ours if runs(each) and said(each, "role") - {"part", "projektagare", "foljeforskare"}
            ]
            seats = {member for each in held for member in iris[each]["member"]}
            tasks = said(forum, "forumType") - {"program", "styrgrupp", "natverksgrupp", "beredningsgrupp"}
            whole = said(claim, "listingCompleteness") == {"fullstandig"} and "listsMembership" in of
            read = said(claim, "certainty") == {"tolkad"}
            whole = whole and of["listedMembers"] == {str(len(of["listsMembership"]))}
            if runs(claim) and whole and "level" in of and tasks and not read and len(seats) > 1:
                pairs.add((claim, f"{claim}-tva"))
                twins |= {each: f"{each}-tva" for each in (claim, forum, *ours)}
    copies = []
    for quad in quads:
        if quad.subject.value in twins:
            value = ox.NamedNode(twins[quad.object.value]) if quad.object.value in twins else quad.object
            copies.append(ox.Quad(ox.NamedNode(twins[quad.subject.value]), quad.predicate, value, quad.graph_name))
    doubled = open_store("memory")
    doubled.extend([*quads, *copies])
    return doubled, pairs


def test_every_double_put_into_a_synthetic_graph_is_found_and_nothing_else() -> None:
    store, injected = _doubled(synthetic_store())
    assert len(injected) >= 5
    found = {
        (each.first.description, each.second.description): each
        for case in all_cases(store)
        for each in overlaps(case)
        if each.reading is Reading.MAY_DUPLICATE
    }
    assert {tuple(sorted(each)) for each in found} == injected
    assert all(each.jaccard.named == 1 and each.jaccard.exact for each in found.values())


def _of_report(key: str, level: Rollup = Rollup.UNIT) -> dict[frozenset[str], Overlap]:
    (case,) = [each for each in all_cases(real_store()) if each.source.key == key]
    return {frozenset((each.first.thing.sv, each.second.thing.sv)): each for each in overlaps(case, level)}


def test_what_a_reader_finds_in_the_reports() -> None:
    # Kalmar 2021, behov-socialnamnden: school, social services and police meet in the area groups and again in SSPF;
    # beside them "kultur och fritid" in the one, "fritidspersonal" in the other, perhaps the same people.
    kalmar = _of_report("kalmar-2021")[frozenset(("Områdesgrupperna", "SSPF"))]
    assert names(each.thing for each in kalmar.shared) == ["Polismyndigheten", "Skolan", "Socialtjänsten"]
    assert [names(each) for each in kalmar.possible] == [["Kultur och fritid", "Fritidspersonal"]]
    assert kalmar.reading is Reading.OTHER_TASK
    # Växjö 2024: SSPF is for 9 to 13 at risk, SIG for 13 to 20 in developed crime.
    assert _of_report("vaxjo-2024")[frozenset(("SIG", "SSPF"))].reading is Reading.OTHER_TARGET
    # Växjö 2024 3.4.1: the three coordinators sit in both groups, one on cases and one on the work itself.
    groups = _of_report("vaxjo-2024", Rollup.FUNCTION)[frozenset(("Beredningsgruppen", "Operativa gruppen"))]
    assert names(each.thing for each in groups.shared) == ["IA-samordnare", "SIG-samordnare", "SSPF-samordnare"]
    assert groups.reading is Reading.OTHER_LEVEL
    # Växjö 2022 3.1.3: the council is strategic, Tisdagsgruppen operational; the head of safety and the police in both.
    assert _of_report("vaxjo-2022")[frozenset(("BRÅ", "Tisdagsgruppen"))].reading is Reading.OTHER_LEVEL
    # Vännäs 2018: the eight parties of the coordination association have no seat at a meeting by that.
    assert frozenset(("Samordningsförbundet Umeåregionen", "Samordningsförbundets beredningsgrupp")) not in _of_report(
        "vannas-2018"
    )


def test_no_report_gives_ground_to_speak_of_the_same_work_twice() -> None:
    found = [each for case in all_cases(real_store()) for level in Rollup for each in overlaps(case, level)]
    assert found
    assert not [each for each in found if each.reading is Reading.MAY_DUPLICATE]


LANGS: tuple[Lang, ...] = ("sv", "en")


def _all_remarks() -> list[Remark]:
    cases = [*all_cases(real_store()), *all_cases(synthetic_store())]
    return [each for case in cases for level in Rollup for each in find_overlaps(case, level, least=1)]


def test_every_remark_has_words_in_both_languages_and_an_id_of_its_own() -> None:
    remarks = _all_remarks()
    assert len({each.id for each in remarks}) == len(remarks)
    assert {each.value for each in Reading} <= set(SENTENCES)
    assert set(ADVICE) <= set(SENTENCES)
    for each in remarks:
        for lang in LANGS:
            said = f"{remark_sentence(each, lang)} {remark_advice(each, lang)}"
            assert "()" not in said
            assert "  " not in said.rstrip()
            assert not {"{", "}"} & set(said)
        assert "saknas" not in remark_sentence(each)


def _validator(name: str) -> Draft202012Validator:
    found = {each.name: json.loads(each.read_text(encoding="utf-8")) for each in SCHEMAS.glob("*.json")}
    registry = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in found.values())
    return Draft202012Validator(found[name], registry=registry)


@pytest.mark.parametrize("level", list(Rollup))
def test_the_json_of_the_command_fits_its_schema(level: Rollup) -> None:
    arguments = ["overlaps", "--all-reports", "--level", level.value, "--format", "json", "--least", "1"]
    run = CliRunner().invoke(cli, arguments)
    assert run.exit_code == 0, run.output
    found = json.loads(run.stdout)
    assert found
    _validator("overlaps.json").validate(found)


@pytest.mark.parametrize("output_format", ["table", "csv", "md"])
def test_every_format_names_the_forums_and_what_they_share(output_format: str) -> None:
    arguments = ["overlaps", "--report", "kalmar-2021", "--format", output_format]
    said = CliRunner().invoke(cli, arguments).stdout
    for name in ("Områdesgrupperna", "SSPF", "Polismyndigheten"):
        assert name in said


def test_the_pairs_can_be_narrowed_to_a_reading() -> None:
    said = CliRunner().invoke(cli, ["overlaps", "--all-reports", "--reading", "other-target", "--format", "csv"]).stdout
    assert said.count("\n") == 2
    assert "SIG,SSPF" in said


def test_no_pair_is_said_in_words() -> None:
    said = CliRunner().invoke(cli, ["overlaps", "--report", "ljungby-2021", "--format", "md", "--least", "9"]).stdout
    assert said == "Inga forum att visa: inga två har minst 9 gemensamma bland de deltagare som nämns.\n"
