"""The auditors' findings beside ours: each tie on a graph small enough to judge by eye, and the five reports."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from kg.audit import SAME, Judgement, Match, Reason, Review, reviews
from kg.cache import read_shipped
from kg.cases import open_cases
from kg.cli import cli
from kg.listings.reviews import REVIEW_COLUMNS, review_object, review_rows
from kg.sources import choose_sources, list_sources
from kg.wording.audit import MATCHES, REASONS, judgement_sentence, link_sentence, review_sentence
from tests.tiny import describe, norm, records_of

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "kg" / "schemas" / "audit.json").read_text(encoding="utf-8"))
SURE = "fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2"
FORUM = describe("a:polisen", completeness="exemplifierande")


def review_of(*texts: str) -> Review:
    records = records_of(*texts)
    (found,) = reviews(open_cases(records, choose_sources(records)))
    return found


def only(*texts: str) -> Judgement:
    (found,) = review_of(*texts).judgements
    return found


def judged(concerns: str, *, verdict: str = "ej-uppfyllt", body: str = "n:socialnamnden", extra: str = "") -> str:
    about = f"fb:concerns {concerns} ; " if concerns else ""
    return (
        f'u:k-1 a fb:AuditFinding ; skos:prefLabel "Mål saknas"@sv ; fb:auditedBody {body} ; {about}{extra}'
        f"fb:verdict <https://w3id.org/forebygg/def/utslag/{verdict}> ; {SURE} ."
    )


def absent(
    kind: str = "foreteelse:mal", within: str = "n:socialnamnden", *, name: str = "a-mal", extra: str = ""
) -> str:
    return f"u:{name} a fb:AbsenceClaim ; fb:absent {kind} ; fb:absentWithin {within} ; {extra}{SURE} ."


OWN = "fb:evidenceBasis <https://w3id.org/forebygg/def/underlag/granskarens-bedomning> ; "


def test_a_judgement_on_a_statement_that_we_read_too_is_found() -> None:
    found = only(FORUM, absent(), judged("u:a-mal"))
    assert (found.match, [each.reason for each in found.links]) == (Match.MET, [Reason.SAME_CLAIM])
    assert judgement_sentence(found) == (
        "Granskarna: ”Mål saknas” (ej uppfyllt). Förebygg finner det också: Enligt rapporten saknas mål hos "
        "Socialnämnden. (Vilar på samma utsaga i rapporten.)"
    )


def test_to_repeat_what_the_auditors_themselves_judged_is_to_find_it_partly() -> None:
    found = only(FORUM, absent(extra=OWN), judged("u:a-mal"))
    assert (found.match, [each.reason for each in found.links]) == (Match.PARTLY, [Reason.OWN_WORDS])


@pytest.mark.parametrize(
    ("within", "match", "reason"),
    [
        ("n:socialnamnden", Match.MET, Reason.SAME_KIND),
        ("k:9990", Match.MET, Reason.SAME_KIND),  # the whole municipality is also this body
        ("n:kommunstyrelsen", Match.PARTLY, Reason.KIND_ELSEWHERE),
    ],
)
def test_the_same_kind_of_thing_is_found_in_the_same_body_and_partly_in_another(
    within: str, match: Match, reason: Reason
) -> None:
    found = only(FORUM, absent(within=within), judged("foreteelse:mal"))
    assert (found.match, [each.reason for each in found.links]) == (match, [reason])


def test_the_same_kind_on_another_topic_is_found_partly() -> None:
    claims = (
        absent(extra="fb:topic amne:integration ; "),
        judged("foreteelse:mal", extra="fb:topic amne:kriminalitet ; "),
    )
    assert only(FORUM, *claims).match is Match.PARTLY


def test_a_recommendation_is_about_what_the_finding_behind_it_is_about() -> None:
    text = f'u:rek-1 a fb:Recommendation ; skos:prefLabel "Sätt mål"@sv ; fb:directedAt n:socialnamnden ; fb:concerns u:k-1 ; {SURE} .'
    found = review_of(FORUM, absent(), judged("u:a-mal"), text)
    assert [(each.recommendation, each.match) for each in found.judgements] == [(False, Match.MET), (True, Match.MET)]


def test_a_judgement_of_the_whole_points_at_nothing_and_cannot_be_compared() -> None:
    found = only(FORUM, absent(), judged(""))
    assert (found.match, found.comparable) == (Match.NOT_FOUND, False)
    assert judgement_sentence(found).endswith("Bedömningen pekar inte ut något som Förebyggs fynd kan gälla.")


def test_a_judgement_on_what_we_do_not_find_is_not_found() -> None:
    found = only(FORUM, judged("foreteelse:mal"))
    assert (found.match, found.comparable, found.links) == (Match.NOT_FOUND, True, ())


def test_where_the_auditors_are_satisfied_there_is_nothing_to_find() -> None:
    found = review_of(FORUM, absent(), judged("u:a-mal", verdict="uppfyllt"))
    assert found.judgements[0].match is Match.SATISFIED
    assert [each.id for each in found.alone] == ["provstad-2022/governance/lacking/a-mal"]  # they do not remark on it


def test_silence_on_the_same_thing_is_a_question_and_finds_it_partly() -> None:
    text = f"u:i-1 a fb:InterventionDescription ; fb:describesIntervention <https://w3id.org/forebygg/id/insats/9990/kurs> ; {SURE} ."
    thing = '<https://w3id.org/forebygg/id/insats/9990/kurs> a fb:Intervention ; skos:prefLabel "Kursen"@sv .'
    found = only(FORUM, thing, text, judged("foreteelse:systematisk-uppfoljning"))
    assert (found.match, [each.reason for each in found.links]) == (Match.PARTLY, [Reason.ASKED])


def test_what_is_unsaid_of_one_forum_answers_no_judgement_on_another() -> None:
    assert only(FORUM, judged("foreteelse:mandat")).match is Match.NOT_FOUND
    both = only(FORUM, judged("foreteelse:mandat , f:gruppen"))
    assert [each.reason for each in both.links] == [Reason.ASKED]


def test_a_gap_in_the_forum_that_the_auditors_judge_is_another_side_of_it() -> None:
    found = only(describe("a:skolan n:socialnamnden"), norm(actor="polis"), judged("f:gruppen"))
    assert (found.match, [each.reason for each in found.links]) == (Match.PARTLY, [Reason.SAME_THING])
    assert [each.sv for each in found.links[0].through] == ["Gruppen"]


def test_a_gap_that_rests_on_a_statement_stands_for_it() -> None:
    """The norm on the council is in force; the remark that repeats the same statement is not listed again."""
    law = """norm:tst-09 a fb:ExistenceNorm ; skos:prefLabel "Norm"@sv ; skos:notation "TST-09" ; fb:appliesToClass fb:Municipality ;
        skos:definition "Råd väntas."@sv ; fb:expectsExistenceOf forumtyp:bra ; fb:obligationLevel forpliktelsegrad:bor ;
        fb:normBasis normgrund:vagledning ; fb:validFrom "2016-01-01"^^xsd:date ; fb:datePrecision tidsprecision:dag ."""
    found = review_of(FORUM, law, absent("forumtyp:bra", "k:9990", name="a-bra"), judged("u:a-bra"))
    assert [each.ours.id for each in found.judgements[0].links] == ["provstad-2022/9990/tst-09"]
    assert found.judgements[0].match is Match.MET
    assert not found.alone


def test_a_report_without_judgements_has_no_review() -> None:
    records = records_of(FORUM, absent())
    assert reviews(open_cases(records, choose_sources(records))) == []
    assert reviews([]) == []


# The five reports


@cache
def shipped() -> dict[str, Review]:
    records = read_shipped()
    cases = open_cases(records, [each for each in list_sources(records) if each.describes_forums])
    return {each.report.iri.rsplit("/", 1)[-1]: each for each in reviews(cases)}


def judgement(key: str, name: str) -> Judgement:
    return next(each for each in shipped()[key].judgements if each.id == f"{key}/{name}")


@pytest.mark.parametrize("key", ["vaxjo-2022", "vaxjo-2024", "ljungby-2021", "kalmar-2021", "vannas-2018"])
def test_every_judgement_of_a_report_is_there_once_with_a_section(key: str) -> None:
    found = shipped()[key].judgements
    assert len({each.id for each in found}) == len(found)
    assert all(each.evidence.sections for each in found)
    assert sum(shipped()[key].count(each) for each in Match) == len(found)


def test_vannas_lacks_a_council_says_both_the_norm_and_the_recommendation() -> None:
    """Sections 3.4.1 and 4.1: no council or the like; the auditors recommend trying one."""
    found = judgement("vannas-2018", "rek-6")
    assert found.match is Match.MET
    assert found.links[0].ours.id == "vannas-2018/2460/bra-02"


def test_vaxjo_2024_routines_without_a_decision_are_found() -> None:
    found = judgement("vaxjo-2024", "k-rutiner-utan-beslut")
    assert [each.ours.id.rsplit("/", 1)[-1] for each in found.links if each.reason in SAME] == [
        "a-beslut-rutiner",
        "a-datum-rutiner",
    ]


def test_vaxjo_2024_unclear_roles_are_not_the_same_as_undecided_routines() -> None:
    """Section 3.2.2 is on roles; routines without a decision (3.4) are of the same kind but other documents."""
    found = judgement("vaxjo-2024", "k-organisation")
    assert found.match is Match.PARTLY
    assert {each.reason for each in found.links} == {Reason.OWN_WORDS, Reason.KIND_ELSEWHERE}


def test_kalmar_recommendations_are_both_found() -> None:
    assert [judgement("kalmar-2021", each).match for each in ("rek-mal", "rek-uppfoljning")] == [Match.MET] * 2


def test_a_finding_without_a_name_is_named_by_the_question_it_answers() -> None:
    assert judgement("kalmar-2021", "k-uppfoljning").label.sv == "Följer nämnden upp arbetet?"
    assert judgement("kalmar-2021", "k-samlad").label.sv == "Samlad bedömning"


def test_what_only_we_find_answers_no_judgement_that_finds_fault() -> None:
    for review in shipped().values():
        linked = {
            link.ours.id for each in review.judgements if each.match is not Match.SATISFIED for link in each.links
        }
        assert not linked & {each.id for each in review.alone}


def test_all_words_are_there_in_both_languages_without_loose_ends() -> None:
    assert set(MATCHES) == set(Match)
    assert set(REASONS) == set(Reason)
    for review in shipped().values():
        for lang in ("sv", "en"):
            texts = [review_sentence(review, lang)]
            texts += [judgement_sentence(each, lang) for each in review.judgements]
            texts += [link_sentence(link, lang) for each in review.judgements for link in each.links]
            for text in texts:
                assert not [odd for odd in ("()", "[]", "  ", " .", "None)", "None.") if odd in text], text


def test_json_fits_the_published_schema_and_rows_fill_their_columns() -> None:
    for lang in ("sv", "en"):
        found = [review_object(each, lang) for each in shipped().values()]
        jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(found)))
        rows = review_rows(shipped().values(), lang)
        assert {len(row) for row in rows} == {len(REVIEW_COLUMNS[lang])}


@pytest.mark.parametrize("output_format", ["table", "csv", "json", "md"])
def test_the_command_writes_each_format(output_format: str) -> None:
    result = CliRunner().invoke(cli, ["audit", "--municipality", "Vännäs", "--format", output_format])
    assert result.exit_code == 0, result.output
    assert "samverkansforum" in result.output
