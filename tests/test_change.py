"""What two reports say differently: each kind of difference on a graph small enough to judge by eye."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cases import Case, open_cases
from kg.change import Change, Shift, find_changes
from kg.change.differences import find_differences
from kg.change.followed import Followed, Result, follow_recommendations
from kg.cli import cli
from kg.errors import DataError, UnknownName
from kg.findings import Remark, Standing
from kg.questions import named_query
from kg.sources import choose_sources
from kg.wording import compare, remark_advice, remark_sentence
from kg.wording.change import ADVICE, SENTENCES
from tests.synthetic import all_cases, real_store, synthetic_store
from tests.test_paths import NIGHT, _validator
from tests.tiny import B, describe, records_of

LATER = f"""
src:provstad-2024 a fb:Source ; skos:prefLabel "Provstad 2024"@sv ; fb:municipality k:9990 ;
    fb:observedOn "2024-03-17"^^xsd:date .
<{B}res/kalla/provstad-2024/avsnitt/9> a fb:SourceSection ; skos:prefLabel "Nio"@sv ; fb:sectionNumber "9" ;
    dcterms:isPartOf src:provstad-2024 .
"""
NINE = f"<{B}res/kalla/provstad-2024/avsnitt/9>"


def later(text: str) -> str:
    """Return claims as those of the later report."""
    return f"@prefix u: <{B}id/utsaga/provstad-2024/> .\n{text.replace('s:1', NINE).replace('s:2', NINE)}"


def cases(*texts: str) -> tuple[Case, Case]:
    records = records_of(LATER, *texts)
    first, last = open_cases(records, choose_sources(records, all_reports=True))
    return first, last


def changes(*texts: str) -> list[Change]:
    return find_changes(*cases(*texts))


def told(found: list[Change]) -> list[tuple[str, str, str]]:
    return [(each.shift.value, each.forum.sv if each.forum else "", each.who.sv if each.who else "") for each in found]


def said(*texts: str) -> dict[str, Remark]:
    return {each.code: each for each in find_differences(*cases(*texts))}


def test_the_same_description_twice_is_no_change() -> None:
    assert changes(describe("a:polisen"), later(describe("a:polisen"))) == []


def test_a_forum_that_the_later_report_does_not_mention_is_not_called_gone() -> None:
    texts = (NIGHT, describe("a:polisen"), describe("a:skolan", forum="natt"), later(describe("a:polisen")))
    (change,) = changes(*texts)
    assert (change.shift, change.known) == (Shift.SILENT, False)
    sentence = remark_sentence(said(*texts)["forum-not-mentioned"])
    assert sentence == (
        "Nattgruppen beskrivs i Provstad 2022 men nämns inte i Provstad 2024; om det finns kvar sägs inte. "
        "(Provstad 2022, 2022-03-17; avsnitt 1; visshet: uttalad)"
    )
    for word in ("upphört", "borta", "saknas"):
        assert word not in sentence


def test_a_forum_that_is_only_named_later_is_told_apart() -> None:
    flow = later("""u:f-1 a fb:InformationFlow ; fb:flowFrom f:natt ; fb:flowTo f:gruppen ; fb:certainty visshet:uttalad ;
        prov:wasDerivedFrom s:2 .""")
    found = changes(NIGHT, describe("a:polisen"), describe("", forum="natt"), later(describe("a:polisen")), flow)
    assert told(found) == [("forum-only-named", "Nattgruppen", "")]


@pytest.mark.parametrize("absent", ["f:natt", "forumtyp:omradesgrupp"])
def test_a_forum_that_the_later_report_denies_is_known_to_be_gone(absent: str) -> None:
    denial = later(f"""u:a-1 a fb:AbsenceClaim ; fb:absent {absent} ; fb:absentWithin k:9990 ; fb:asStated "finns inte"@sv ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 .""")
    found = changes(NIGHT, describe("a:polisen"), describe("", forum="natt"), later(describe("a:polisen")), denial)
    assert told(found) == [("forum-denied", "Nattgruppen", "")]
    assert found[0].standing is Standing.STATED


def test_a_forum_that_the_later_report_says_has_ended_has_ended() -> None:
    found = changes(describe("a:polisen"), later(describe("a:polisen", extra="; fb:status status:upphord ")))
    assert [each.shift for each in found] == [Shift.ENDED]
    assert found[0].known


def test_a_forum_of_the_later_report_alone_may_be_old() -> None:
    texts = (NIGHT, describe("a:polisen"), later(describe("a:polisen") + describe("", forum="natt")))
    assert told(changes(*texts)) == [("forum-new", "Nattgruppen", "")]
    assert "om det är nytt sägs inte" in remark_sentence(said(*texts)["forum-new"])


def test_a_stated_link_makes_a_renaming_and_compares_the_members() -> None:
    new = describe("a:polisen a:elevhalsan", forum="natt", extra="; dcterms:replaces f:gruppen ")
    texts = (NIGHT, describe("a:polisen", completeness="exemplifierande"), later(new))
    assert told(changes(*texts)) == [("forum-renamed", "Nattgruppen", ""), ("member-new", "Nattgruppen", "Elevhälsan")]
    assert "Gruppen i Provstad 2022 (avsnitt 1) heter Nattgruppen i Provstad 2024." in remark_sentence(
        said(*texts)["forum-renamed"]
    )


def test_another_name_of_the_same_forum_is_a_renaming() -> None:
    new = describe("a:polisen", extra='; skos:prefLabel "Nya gruppen"@sv ')
    (change,) = changes(describe("a:polisen"), later(new))
    assert (change.shift, change.before[0].sv, change.after[0].sv) == (Shift.RENAMED, "Gruppen", "Nya gruppen")


@pytest.mark.parametrize("completeness", ["exemplifierande", "ej-angiven"])
def test_a_member_that_an_open_list_does_not_name_has_not_left(completeness: str) -> None:
    found = changes(describe("a:polisen a:skolan"), later(describe("a:skolan", completeness=completeness)))
    assert told(found) == [("member-not-mentioned", "Gruppen", "Polisen")]
    assert not found[0].known


def test_a_member_outside_a_later_whole_list_has_left() -> None:
    texts = (describe("a:polisen a:skolan"), later(describe("a:skolan")))
    assert told(changes(*texts)) == [("member-left", "Gruppen", "Polisen")]
    assert remark_sentence(said(*texts)["member-left"]).startswith(
        "Polisen deltog i Gruppen enligt Provstad 2022 (avsnitt 1) men gör det inte enligt Provstad 2024."
    )


@pytest.mark.parametrize("after", ["a:faltgruppen", "n:socialnamnden/sakerhetschef", "k:9990"])
def test_an_actor_that_may_sit_there_under_another_name_has_not_left(after: str) -> None:
    # the social services administration earlier; later its unit, a body of a kind that is not known to be another
    found = changes(describe("a:socialforvaltningen"), later(describe(after)))
    shifts = {each.shift for each in found}
    assert (Shift.MEMBER_SILENT in shifts) == (after != "n:socialnamnden/sakerhetschef")


def test_a_stated_non_membership_is_a_member_that_left() -> None:
    denial = later("""u:n-1 a fb:NonMembership ; fb:excludedActor a:polisen ; fb:excludedFrom f:gruppen ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 .""")
    found = changes(describe("a:polisen a:skolan"), later(describe("a:skolan", completeness="exemplifierande")), denial)
    assert told(found) == [("member-left", "Gruppen", "Polisen")]
    assert found[0].later[0].claim.endswith("n-1")


def test_a_report_that_names_nobody_says_nothing_of_members() -> None:
    assert changes(describe("a:polisen"), later(describe("", completeness="ej-angiven"))) == []


def test_new_functions_and_those_not_named_are_told() -> None:
    found = changes(describe("k:9990/sakerhetschef"), later(describe("k:9990")))
    assert told(found) == [("function-not-mentioned", "Gruppen", "Säkerhetschefen")]
    found = changes(describe("k:9990"), later(describe("k:9990/sakerhetschef")))
    assert told(found) == [("function-new", "Gruppen", "Säkerhetschefen")]


def test_an_actor_in_other_forums_only_is_named_with_both() -> None:
    texts = (
        NIGHT,
        describe("a:polisen a:skolan", completeness="exemplifierande"),
        later(describe("a:skolan", completeness="exemplifierande") + describe("a:polisen", forum="natt")),
    )
    found = [each for each in changes(*texts) if each.shift is Shift.ELSEWHERE]
    assert [(each.who and each.who.sv, each.before[0].sv, each.after[0].sv) for each in found] == [
        ("Polisen", "Gruppen", "Nattgruppen")
    ]
    assert (
        "Polisen nämns i Nattgruppen i Provstad 2024; i Provstad 2022 (avsnitt 1) var det i Gruppen."
        in remark_sentence(said(*texts)["member-elsewhere"])
    )


def test_ages_levels_rhythm_and_status_change_only_where_both_state_them() -> None:
    young = """malgrupp:alder-9-13 a fb:TargetGroup ; skos:prefLabel "9–13 år"@sv ; fb:minAge 9 ; fb:maxAge 13 .
        malgrupp:alder-13-20 a fb:TargetGroup ; skos:prefLabel "13–20 år"@sv ; fb:minAge 13 ; fb:maxAge 20 .
        """
    one = """; fb:hasTargetGroup malgrupp:alder-9-13 ; fb:level forumniva:operativ ; fb:status status:etablerad ;
        fb:meetingsPerYearMin 4.0 ; fb:meetingsPerYearMax 4.0 ; fb:frequencyAsStated "fyra gånger om året"@sv """
    two = """; fb:hasTargetGroup malgrupp:alder-13-20 ; fb:level forumniva:strategisk ; fb:status status:pausad ;
        fb:meetingsPerYearMin 12.0 ; fb:meetingsPerYearMax 12.0 ; fb:frequencyAsStated "varje månad"@sv """
    found = changes(young, describe("a:polisen", extra=one), later(describe("a:polisen", extra=two)))
    assert [each.shift for each in found] == [Shift.STATUS, Shift.AGES, Shift.LEVELS, Shift.RHYTHM]
    remarks = said(young, describe("a:polisen", extra=one), later(describe("a:polisen", extra=two)))
    assert "Gruppen gäller 13–20 år i Provstad 2024; i Provstad 2022 (avsnitt 1) var det 9–13 år." in remark_sentence(
        remarks["forum-ages"]
    )
    assert "Gruppen möts ”varje månad” enligt Provstad 2024" in remark_sentence(remarks["forum-rhythm"])
    assert changes(young, describe("a:polisen"), later(describe("a:polisen", extra=two))) == []


ACTORS = ("a:polisen", "a:skolan", "a:elevhalsan", "a:faltgruppen", "n:socialnamnden")


@settings(max_examples=20, deadline=None)
@given(*(st.lists(st.sampled_from(ACTORS), unique=True, max_size=4) for _ in range(2)), st.booleans())
def test_member_changes_are_the_difference_of_the_two_lists(was: list[str], now: list[str], whole: bool) -> None:
    completeness = "fullstandig" if whole else "exemplifierande"
    found = changes(describe(" ".join(was)), later(describe(" ".join(now), completeness=completeness)))
    gone = {each.who for each in found if each.shift in {Shift.LEFT, Shift.MEMBER_SILENT}}
    come = {each.who for each in found if each.shift is Shift.JOINED}
    compared = bool(was and now)  # a list of nobody says nothing
    assert len(gone) == len(set(was) - set(now)) * compared
    assert len(come) == len(set(now) - set(was)) * compared
    assert whole or not [each for each in found if each.shift is Shift.LEFT]


def test_reports_on_two_municipalities_or_in_the_wrong_order_are_refused() -> None:
    first, last = cases(describe("a:polisen"), later(describe("a:polisen")))
    with pytest.raises(ValueError, match="is not later than"):
        find_changes(last, first)
    real = {each.source.key: each for each in all_cases(real_store())}
    with pytest.raises(ValueError, match="not on the same municipality"):
        find_changes(real["vannas-2018"], real["vaxjo-2022"])


RECOMMENDED = """u:rek-1 a fb:Recommendation ; skos:prefLabel "Sätt mål"@sv ; fb:directedAt n:socialnamnden ;
    fb:concerns foreteelse:mal ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 .
"""


def followed(*texts: str, recommended: str = RECOMMENDED) -> Followed:
    first, last = cases(describe("a:polisen"), recommended, *texts, later(describe("a:polisen")))
    (found,) = follow_recommendations(first.records, first.source, last)
    return found


def claim(kind: str, text: str, *, name: str = "x-1") -> str:
    return later(f"u:{name} a fb:{kind} ; {text} ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 .")


ABSENT = claim("AbsenceClaim", "fb:absent foreteelse:mal ; fb:absentWithin n:socialnamnden", name="a-1")
EXISTS = claim("ExistenceClaim", "fb:existing foreteelse:mal ; fb:existsWithin n:socialnamnden", name="e-1")
AGAIN = claim(
    "Recommendation", 'fb:concerns foreteelse:mal ; fb:directedAt n:socialnamnden ; fb:asStated "mål"@sv', name="rek-2"
)


def verdict(code: str) -> str:
    return claim("AuditFinding", f"fb:concerns foreteelse:mal ; fb:verdict <{B}def/utslag/{code}>", name="k-1")


def reply(code: str) -> str:
    return claim(
        "Response", f"fb:respondsTo <{B}id/utsaga/provstad-2022/rek-1> ; fb:status <{B}def/svarsstatus/{code}>"
    )


@pytest.mark.parametrize(
    ("texts", "result"),
    [
        ((), Result.UNSEEN),
        ((ABSENT,), Result.OPEN),
        ((AGAIN,), Result.OPEN),
        ((verdict("ej-uppfyllt"),), Result.OPEN),
        ((EXISTS,), Result.SHOWN),
        ((EXISTS, AGAIN), Result.PARTLY),
        ((verdict("delvis"),), Result.PARTLY),
        ((verdict("uppfyllt"),), Result.MET),
        ((verdict("uppfyllt"), ABSENT), Result.PARTLY),
        ((verdict("ej-bedombart"),), Result.UNSEEN),
        ((reply("pagaende"),), Result.ANSWERED),
        ((reply("genomford"), ABSENT), Result.OPEN),
    ],
)
def test_a_recommendation_is_what_the_later_report_shows_of_it(texts: tuple[str, ...], result: Result) -> None:
    assert followed(*texts).result is result


def test_a_recommendation_tied_to_nothing_is_untraced_and_the_later_ones_are_shown() -> None:
    loose = RECOMMENDED.replace("fb:concerns foreteelse:mal ;", "")
    assert followed(AGAIN, recommended=loose).result is Result.UNTRACED
    remark = said(describe("a:polisen"), loose, AGAIN, later(describe("a:polisen")))["recommendation-untraced"]
    assert "går inte att läsa ut" in remark_sentence(remark)
    assert "Där rekommenderas: ”mål”." in remark_sentence(remark)


def test_a_recommendation_on_an_absence_is_about_what_was_absent() -> None:
    through = (
        RECOMMENDED.replace("fb:concerns foreteelse:mal", "fb:concerns u:a-0")
        + """u:a-0 a fb:AbsenceClaim ;
        fb:absent foreteelse:mal ; fb:absentWithin n:socialnamnden ; fb:certainty visshet:uttalad ;
        prov:wasDerivedFrom s:2 ."""
    )
    assert followed(verdict("uppfyllt"), recommended=through).result is Result.MET


def test_silence_on_a_recommendation_is_not_worded_as_failure() -> None:
    remark = said(describe("a:polisen"), RECOMMENDED, later(describe("a:polisen")))["recommendation-not-visible"]
    assert "syns inte i Provstad 2024: inget som är hämtat därur gäller mål." in remark_sentence(remark)
    assert "Om rekommendationen är genomförd är inte sagt." in remark_sentence(remark)


def test_the_scope_of_both_reports_comes_first() -> None:
    first = find_differences(*cases(describe("a:polisen"), later(describe("a:skolan", completeness="ej-angiven"))))[0]
    assert first.code == "scope"
    assert "Provstad 2022 har ingen angiven inriktning och beskriver 1 forum, varav 1 har hel deltagarlista." in (
        remark_sentence(first)
    )
    assert "varav inget har någon hel deltagarlista" in remark_sentence(first)


KINDS = {
    "nytt forum": {Shift.NEW},
    "forum nämns inte längre": {Shift.SILENT, Shift.NAMED_ONLY, Shift.DENIED},
    "forum har upphört": {Shift.ENDED},
    "ny deltagare": {Shift.JOINED},
    "deltagare nämns inte längre": {Shift.MEMBER_SILENT, Shift.LEFT},
    "ny funktion": {Shift.FUNCTION_NEW},
    "funktion nämns inte längre": {Shift.FUNCTION_SILENT},
}


@pytest.mark.parametrize("store", [real_store, synthetic_store])
def test_changes_equal_the_named_question(store: Any) -> None:
    graph = store()
    rows = graph.select(named_query("questions/cq28-changes"))
    places = [rows.variables.index(each) for each in ("tidigare", "kalla", "forum", "andring", "vem")]
    asked = {tuple(row[place] for place in places) for row in rows.values()}
    mine = set()
    words = {shift: word for word, shifts in KINDS.items() for shift in shifts}
    for one, two in permutations([each for each in all_cases(graph) if each.forums], 2):
        same = one.source.municipality == two.source.municipality
        if not same or one.source.observed_on >= two.source.observed_on:
            continue
        programmes = {each.thing.iri for case in (one, two) for each in case.forums if each.programme}
        for each in find_changes(one, two):
            if each.shift in words and each.forum and each.forum.iri not in programmes:
                who = each.who.iri if each.who else ""
                mine.add((one.source.thing.iri, two.source.thing.iri, each.forum.iri, words[each.shift], who))
    assert mine == asked
    assert len(asked) > 20


def test_replies_equal_the_named_question() -> None:
    rows = real_store().select(named_query("questions/q25-recommendations-followed"))
    asked = {
        (row["rekommendation"], row["svar"])
        for row in (dict(zip(rows.variables, each, strict=True)) for each in rows.values())
        if row["svar"]
    }
    cases_of = {each.source.key: each for each in all_cases(real_store())}
    found = follow_recommendations(
        cases_of["kalmar-2021"].records, cases_of["kalmar-2021"].source, cases_of["kalmar-2021-svar"]
    )
    assert {(each.recommendation.iri, claim.claim) for each in found for claim, _ in each.replies} == asked
    assert [each.result for each in found] == [Result.ANSWERED, Result.ANSWERED]


def test_what_the_later_report_on_vaxjo_does_not_mention_is_said_so_of_every_forum() -> None:
    real = {each.source.key: each for each in all_cases(real_store())}
    remarks = find_differences(real["vaxjo-2022"], real["vaxjo-2024"])
    assert not [each for each in remarks if each.code in {"forum-ended", "forum-denied", "member-left"}]
    assert sum(each.code == "forum-not-mentioned" for each in remarks) == 14
    assert set(SENTENCES) >= {each.code for each in remarks}
    assert set(ADVICE) <= set(SENTENCES)
    codes = {shift.value for shift in Shift} | {result.value for result in Result} | {"scope"}
    assert codes | set(compare.SENTENCES) == set(SENTENCES)
    for each in remarks:
        for text in (
            remark_sentence(each),
            remark_sentence(each, "en"),
            remark_advice(each),
            remark_advice(each, "en"),
        ):
            assert "()" not in text
            assert "  " not in text
    assert len({each.id for each in remarks}) == len(remarks)


@pytest.mark.parametrize(
    "arguments", [["vaxjo-2022", "vaxjo-2024"], ["vaxjo-2024", "vaxjo-2022"], ["--municipality", "kalmar"]]
)
def test_the_json_of_the_command_fits_the_schema_of_remarks(arguments: list[str]) -> None:
    run = CliRunner().invoke(cli, ["diff", *arguments, "--store", "memory", "--format", "json", "--lang", "en"])
    assert run.exit_code == 0, run.output
    found = json.loads(run.stdout)
    assert found
    _validator("remarks.json").validate(found)


@pytest.mark.parametrize("output_format", ["table", "csv", "md"])
def test_every_format_of_the_command_has_the_forums(output_format: str) -> None:
    run = CliRunner().invoke(cli, ["diff", "--municipality", "0780", "--store", "memory", "--format", output_format])
    assert "Tisdagsgruppen" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["vaxjo-2022", "kalmar-2021"], DataError),
        (["vaxjo-2022", "vaxjo-2022"], DataError),
        (["--municipality", "ljungby"], DataError),
        (["vaxjo-2022", "vaxjo-2023"], UnknownName),
    ],
)
def test_what_cannot_be_compared_is_an_error(arguments: list[str], error: type[Exception]) -> None:
    run = CliRunner().invoke(cli, ["diff", *arguments, "--store", "memory"])
    assert isinstance(run.exception, error)


def test_one_report_alone_is_a_wrong_use() -> None:
    run = CliRunner().invoke(cli, ["diff", "vaxjo-2022", "--store", "memory"])
    assert run.exit_code == 2
    assert "kg diff vaxjo-2022 vaxjo-2024" in run.output
