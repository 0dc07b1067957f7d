"""Each outcome of a norm, on graphs small enough to judge by eye."""

from __future__ import annotations

from datetime import date

import pytest

from kg.findings import Kind, Outcome
from kg.listings import finding_rows
from kg.sentences import sentence
from tests.tiny import describe, find, norm, only

OTHERS = "a:skolan a:faltgruppen"


def test_a_named_actor_is_present() -> None:
    finding = only(find(describe("a:polisen"), norm()), "b-gruppen/tst-01")
    assert (finding.outcome, finding.kind) == (Outcome.PRESENT, Kind.MET)
    assert [each.number for each in finding.sections] == ["1"]


def test_an_actor_outside_a_whole_list_is_missing() -> None:
    finding = only(find(describe(OTHERS), norm()), "tst-01")
    assert (finding.outcome, finding.kind, finding.in_force) == (Outcome.MISSING, Kind.GAP, True)


@pytest.mark.parametrize("completeness", ["exemplifierande", "ej-angiven"])
def test_silence_of_an_open_list_is_a_question(completeness: str) -> None:
    finding = only(find(describe(OTHERS, completeness=completeness), norm()), "tst-01")
    assert (finding.outcome, finding.kind) == (Outcome.NOT_NAMED, Kind.QUESTION)


def test_a_denied_actor_is_denied_even_where_the_list_is_open() -> None:
    denial = """u:n-polisen a fb:NonMembership ; fb:excludedActor a:polisen ; fb:excludedFrom f:gruppen ;
        fb:asStated "polisen deltar inte"@sv ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    finding = only(find(describe(OTHERS, completeness="exemplifierande"), denial, norm()), "tst-01")
    assert (finding.outcome, finding.kind) == (Outcome.DENIED, Kind.GAP)
    assert [each.number for each in finding.sections] == ["2"]


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        ("a:elevhalsan", "skola"),
        ("a:skolan", "elevhalsa"),
        ("a:faltgruppen", "socialtjanst"),
        ("n:socialnamnden", "kommun"),
    ],
)
def test_the_denial_of_a_part_does_not_deny_the_whole(denied: str, expected: str) -> None:
    denial = f"""u:n-del a fb:NonMembership ; fb:excludedActor {denied} ; fb:excludedFrom f:gruppen ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    finding = only(find(describe("a:polisen", completeness="exemplifierande"), denial, norm(actor=expected)), "tst-01")
    assert finding.outcome is Outcome.NOT_NAMED


@pytest.mark.parametrize(
    ("denied", "expected"), [("a:skolan", "skola"), ("a:socialforvaltningen", "socialtjanst"), ("k:9990", "kommun")]
)
def test_the_denial_of_the_kind_itself_is_a_denial(denied: str, expected: str) -> None:
    denial = f"""u:n-del a fb:NonMembership ; fb:excludedActor {denied} ; fb:excludedFrom f:gruppen ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    finding = only(find(describe("a:polisen", completeness="exemplifierande"), denial, norm(actor=expected)), "tst-01")
    assert finding.outcome is Outcome.DENIED


def test_presence_beats_the_denial_of_another_actor_of_the_kind() -> None:
    more = """a:granspolisen a fb:ActorGroup ; skos:prefLabel "Gränspolisen"@sv ; fb:actorType aktorstyp:polis .
        u:n-grans a fb:NonMembership ; fb:excludedActor a:granspolisen ; fb:excludedFrom f:gruppen ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    assert only(find(describe("a:polisen"), more, norm()), "tst-01").outcome is Outcome.PRESENT


def test_a_norm_not_yet_in_force_is_no_gap() -> None:
    finding = only(find(describe(OTHERS), norm(valid="2023-07-01")), "tst-01")
    assert (finding.outcome, finding.reason, finding.in_force) == (Outcome.NOT_APPLICABLE, "not-yet", False)


def test_a_norm_that_has_ended_is_no_gap() -> None:
    ended = norm(extra='; fb:validThrough "2021-12-31"^^xsd:date')
    assert only(find(describe(OTHERS), ended), "tst-01").reason == "no-longer"


def test_a_norm_of_unknown_start_cannot_be_judged() -> None:
    finding = only(find(describe(OTHERS), norm(valid="")), "tst-01")
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSABLE, "start-unknown")


def test_a_norm_of_unknown_start_holds_once_its_own_source_is_older_than_the_report() -> None:
    known = norm(valid="", extra='; fb:knownFrom "2020-01-01"^^xsd:date')
    assert only(find(describe(OTHERS), known), "tst-01").outcome is Outcome.MISSING


def test_a_norm_dated_to_the_year_of_the_report_is_too_coarse() -> None:
    coarse = norm(valid="2022-01-01").replace("tidsprecision:dag", "tidsprecision:ar")
    finding = only(find(describe(OTHERS), coarse), "tst-01")
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSABLE, "date-too-coarse")


def test_a_unit_meets_the_norm_through_the_type_of_its_administration() -> None:
    assert only(find(describe("a:faltgruppen"), norm(actor="socialtjanst")), "tst-01").outcome is Outcome.PRESENT


def test_a_function_meets_the_norm_on_its_own_kind() -> None:
    found = find(describe("k:9990/sakerhetschef"), norm(actor="trygghet-sakerhet"))
    assert only(found, "tst-01").outcome is Outcome.PRESENT


def test_a_function_of_the_municipality_does_not_stand_for_all_its_services() -> None:
    found = find(describe("k:9990/sakerhetschef"), norm(actor="socialtjanst"))
    assert only(found, "tst-01").outcome is Outcome.MISSING


def test_a_narrower_kind_meets_the_broader_norm() -> None:
    assert only(find(describe("a:elevhalsan"), norm(actor="skola")), "tst-01").outcome is Outcome.PRESENT


@pytest.mark.parametrize(
    ("member", "actor"), [("a:skolan", "elevhalsa"), ("a:bolagschefer", "bostadsbolag"), ("k:9990", "skola")]
)
def test_a_broader_kind_leaves_the_narrower_norm_open(member: str, actor: str) -> None:
    finding = only(find(describe(member), norm(actor=actor)), "tst-01")
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSABLE, "broader-kind")


@pytest.mark.parametrize("member", ["a:faltgruppen", "n:kommunstyrelsen", "a:skolan", "k:9990/sakerhetschef"])
def test_any_part_of_the_municipality_meets_a_norm_on_the_municipality(member: str) -> None:
    assert only(find(describe(member), norm(actor="kommun")), "tst-01").outcome is Outcome.PRESENT


def test_the_police_are_no_part_of_the_municipality() -> None:
    assert only(find(describe("a:polisen"), norm(actor="kommun")), "tst-01").outcome is Outcome.MISSING


def test_who_informs_without_sitting_in_the_forum_is_told_apart() -> None:
    flow = """u:f-1 a fb:InformationFlow ; fb:flowFrom a:polisen ; fb:flowTo f:gruppen ; fb:certainty visshet:uttalad ;
        prov:wasDerivedFrom s:2 ."""
    finding = only(find(describe(OTHERS), flow, norm()), "tst-01")
    assert (finding.outcome, finding.kind) == (Outcome.INFORMS, Kind.MET)


def test_occasional_attendance_is_presence_with_its_attendance() -> None:
    text = describe("a:polisen").replace("org:role", "fb:attendance narvaro:ibland ; org:role")
    finding = only(find(text, norm()), "tst-01")
    assert (finding.outcome, finding.attendance) == (Outcome.PRESENT, "ibland")


def test_an_ended_membership_is_no_presence() -> None:
    text = describe("a:polisen").replace("org:role", "fb:status status:upphord ; org:role")
    assert only(find(text, norm()), "tst-01").outcome is Outcome.MISSING


def test_what_a_norm_only_allows_is_a_comparison() -> None:
    finding = only(find(describe(OTHERS), norm(obligation="kan")), "tst-01")
    assert (finding.outcome, finding.kind) == (Outcome.MISSING, Kind.COMPARISON)


def test_a_norm_on_another_level_does_not_apply() -> None:
    text = describe(OTHERS, extra="; fb:level forumniva:strategisk ")
    finding = only(find(text, norm(extra="; fb:level forumniva:operativ")), "tst-01")
    assert (finding.outcome, finding.reason) == (Outcome.NOT_APPLICABLE, "other-level")


def test_a_norm_with_a_level_applies_where_the_source_states_none() -> None:
    assert (
        only(find(describe(OTHERS), norm(extra="; fb:level forumniva:operativ")), "tst-01").outcome is Outcome.MISSING
    )


def test_a_norm_on_other_ages_does_not_apply() -> None:
    ages = """malgrupp:alder-13-20 a fb:TargetGroup ; skos:prefLabel "13–20 år"@sv ; fb:minAge 13 ; fb:maxAge 20 .
        malgrupp:alder-0-6 a fb:TargetGroup ; skos:prefLabel "0–6 år"@sv ; fb:minAge 0 ; fb:maxAge 6 ."""
    text = describe(OTHERS, extra="; fb:hasTargetGroup malgrupp:alder-13-20 ")
    finding = only(find(ages, text, norm(extra="; fb:hasTargetGroup malgrupp:alder-0-6")), "tst-01")
    assert finding.reason == "other-ages"


@pytest.mark.parametrize("code", ["vid-behov", "person-aktuell", "enskilt-arende"])
def test_a_norm_on_single_cases_never_judges_a_standing_composition(code: str) -> None:
    finding = only(find(describe(OTHERS), norm(extra=f"; fb:condition normvillkor:{code}")), "tst-01")
    assert (finding.outcome, finding.reason) == (Outcome.NOT_APPLICABLE, "single-case")


def test_a_condition_in_words_is_not_assessable_unless_the_actor_is_there() -> None:
    words = norm(extra='; fb:condition normvillkor:fritext ; fb:conditionText "om det passar"@sv')
    finding = only(find(describe(OTHERS), words), "tst-01")
    assert finding.outcome is Outcome.NOT_ASSESSABLE
    assert finding.reason_text is not None
    assert finding.reason_text.sv == "om det passar"
    assert only(find(describe("a:polisen"), words), "tst-01").outcome is Outcome.PRESENT


def test_a_norm_for_another_county_does_not_apply() -> None:
    county = norm(extra='; fb:condition normvillkor:endast-lan ; fb:countyCode "07"')
    assert only(find(describe(OTHERS), county), "tst-01").reason == "other-county"
    here = norm(extra='; fb:condition normvillkor:endast-lan ; fb:countyCode "99"')
    assert only(find(describe(OTHERS), here), "tst-01").outcome is Outcome.MISSING


def test_a_reporter_outside_the_list_is_never_missing() -> None:
    reporter = norm(extra="; fb:condition normvillkor:rapportor")
    assert only(find(describe(OTHERS), reporter), "tst-01").outcome is Outcome.NOT_NAMED


def test_a_report_never_judges_itself_by_its_own_practice() -> None:
    own = norm(extra="; fb:notForMunicipality k:9990")
    assert only(find(describe(OTHERS), own), "tst-01").reason == "own-source"


def test_a_proposed_forum_is_not_judged() -> None:
    text = describe(OTHERS, extra="; fb:status status:foreslagen ")
    assert only(find(text, norm()), "tst-01").reason == "forum-not-running"


def test_a_list_that_is_not_wholly_transcribed_gives_no_gap() -> None:
    text = describe(OTHERS).replace("fb:listedMembers 2", "fb:listedMembers 3")
    finding = only(find(text, norm()), "tst-01")
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSABLE, "list-not-transcribed")


def test_one_of_a_group_is_enough_and_all_missing_is_a_gap() -> None:
    extra = '; fb:condition normvillkor:minst-en-av ; fb:conditionText "minst en av TST-01 och TST-02 behövs"@sv'
    both = norm("tst-01", extra=extra, obligation="kan") + norm("tst-02", actor="fritid", extra=extra, obligation="kan")
    met = find(describe("a:polisen"), both)
    assert only(met, "tst-02").reason == "group-met"
    missing = find(describe(OTHERS), both)
    assert {only(missing, end).kind for end in ("tst-01", "tst-02")} == {Kind.GAP}


def test_norms_that_disagree_are_both_named() -> None:
    both = norm("tst-01", obligation="bor") + norm("tst-02", obligation="kan")
    finding = only(find(describe(OTHERS), both), "tst-01")
    assert [each.sv for each in finding.rivals] == ["tst-02 väntas."]
    assert "Normerna är oense: tst-02 väntas." in sentence(finding)


def test_a_later_day_turns_the_gap_of_an_older_source_into_a_question() -> None:
    finding = only(find(describe(OTHERS), norm(), on=date(2024, 7, 1)), "tst-01")
    assert (finding.outcome, finding.kind, finding.reason) == (Outcome.NOT_ASSESSABLE, Kind.QUESTION, "older-source")


def test_an_actor_type_at_home_on_the_same_level_is_a_comparison() -> None:
    other = 'f:annan a fb:Forum ; skos:prefLabel "Andra gruppen"@sv ; fb:forumType forumtyp:omradesgrupp ; fb:municipality k:9990 .'
    level = "; fb:level forumniva:operativ "
    found = find(
        describe("a:skolan", extra=level), other, describe("a:polisen a:elevhalsan", forum="annan", extra=level)
    )
    home = [each for each in found if each.norm_kind == "at-home"]
    assert [each.id for each in home] == ["provstad-2022/b-gruppen/hemma-polis"]  # elevhälsan is school enough there
    assert home[0].kind is Kind.COMPARISON
    assert [each.sv for each in home[0].peers] == ["Andra gruppen"]


def _elsewhere(key: str, code: str, letter: str) -> str:
    return f"""k:{code} a fb:Municipality ; skos:prefLabel "{key.capitalize()}"@sv ; fb:municipalityCode "{code}" .
src:{key}-2022 a fb:Source ; skos:prefLabel "{key}"@sv ; fb:municipality k:{code} ; fb:observedOn "2022-01-01"^^xsd:date .
<{"https://w3id.org/forebygg/res/kalla/"}{key}-2022/avsnitt/1> a fb:SourceSection ; skos:prefLabel "Ett"@sv ; fb:sectionNumber "1" ;
    dcterms:isPartOf src:{key}-2022 .
f:{key} a fb:Forum ; skos:prefLabel "EST {key}"@sv ; fb:forumType forumtyp:est ; fb:municipality k:{code} .
{letter}:b-est a fb:ForumDescription ; fb:describesForum f:{key} ; fb:certainty visshet:uttalad ;
    prov:wasDerivedFrom <https://w3id.org/forebygg/res/kalla/{key}-2022/avsnitt/1> .
{letter}:m-polis a fb:ForumMembership ; org:organization f:{key} ; org:member a:polisen ; fb:certainty visshet:uttalad ;
    prov:wasDerivedFrom <https://w3id.org/forebygg/res/kalla/{key}-2022/avsnitt/1> .
"""


def test_peers_are_named_from_two_other_municipalities_up() -> None:
    one, two = _elsewhere("annanstad", "9991", "v"), _elsewhere("tredjestad", "9992", "w")
    assert not [each for each in find(describe(OTHERS), one) if each.norm_kind == "peers"]
    finding = only(find(describe(OTHERS), one, two), "andra-polis")
    assert (len(finding.peers), finding.comparable, finding.kind) == (2, 2, Kind.COMPARISON)


AUDIT = """<https://w3id.org/forebygg/id/granskning/provstad-2022> a fb:Audit ; skos:prefLabel "Granskning"@sv ;
    prov:generated src:provstad-2022 ; fb:auditedBody {body} ; fb:topic amne:kriminalitet ."""


def existence(thing: str = "forumtyp:bra", basis: str = "lag") -> str:
    return f"""norm:ex-01 a fb:ExistenceNorm ; skos:prefLabel "Ex"@sv ; skos:notation "EX-01" ; skos:definition "Ska finnas."@sv ;
    fb:appliesToClass fb:Municipality ; fb:expectsExistenceOf {thing} ; fb:obligationLevel forpliktelsegrad:ska ;
    fb:normBasis normgrund:{basis} ; fb:validFrom "2020-01-01"^^xsd:date ; fb:datePrecision tidsprecision:dag ."""


def test_a_duty_of_the_municipality_is_outside_an_audit_of_one_committee() -> None:
    finding = only(find(AUDIT.format(body="n:socialnamnden"), existence()), "9990/ex-01")
    assert (finding.outcome, finding.kind) == (Outcome.OUT_OF_SCOPE, Kind.OUT_OF_SCOPE)


@pytest.mark.parametrize(
    ("topic", "outcome"), [("kriminalitet", Outcome.NOT_NAMED), ("sysselsattning", Outcome.OUT_OF_SCOPE)]
)
def test_an_act_among_the_criteria_opens_only_the_duties_on_the_topics_of_the_audit(
    topic: str, outcome: Outcome
) -> None:
    act = "<https://w3id.org/forebygg/id/forfattning/sfs-2010-800>"
    audit = AUDIT.format(body="n:socialnamnden").replace(" .", f" ; fb:criterion {act} .")
    norms = existence().replace(
        " fb:appliesToClass", f" fb:legalBasis {act} ; fb:topic amne:{topic} ; fb:appliesToClass"
    )
    assert only(find(audit, norms), "9990/ex-01").outcome is outcome


OWN = 'src:provstad-2022 dcterms:type "egen uppgift"@sv .'


def test_silence_of_a_description_of_ones_own_on_a_duty_is_a_question_and_never_out_of_scope() -> None:
    finding = only(find(OWN, existence()), "9990/ex-01")
    assert (finding.outcome, finding.kind, finding.own) == (Outcome.NOT_NAMED, Kind.QUESTION, True)
    assert "Er beskrivning nämner inte ”lokalt brottsförebyggande råd”." in sentence(finding)
    assert "apporten" not in sentence(finding)


@pytest.mark.parametrize(
    "said",
    [
        'src:provstad-2022 dcterms:type "revisionsrapport"@sv .',
        OWN + " src:provstad-2022 dcterms:relation src:annan .",
        'src:provstad-2022 dcterms:type "rapport"@sv ; dcterms:title "Granskning av BRÅ"@sv .',
    ],
)
def test_audits_of_unknown_scope_and_replies_are_no_descriptions_of_ones_own(said: str) -> None:
    finding = only(find(said, existence()), "9990/ex-01")
    assert (finding.outcome, finding.own) == (Outcome.OUT_OF_SCOPE, False)


def test_a_silent_forum_of_ones_own_description_is_worded_of_the_source() -> None:
    text = sentence(only(find(OWN, describe(OTHERS, completeness="exemplifierande"), norm()), "tst-01"))
    assert text.startswith("Källan nämner inte polisen bland deltagarna")


def test_silence_on_a_duty_is_a_question_where_the_board_was_audited() -> None:
    finding = only(find(AUDIT.format(body="n:kommunstyrelsen"), existence()), "9990/ex-01")
    assert (finding.outcome, finding.kind) == (Outcome.NOT_NAMED, Kind.QUESTION)


def test_a_stated_absence_within_the_municipality_is_a_gap() -> None:
    absence = """u:a-bra a fb:AbsenceClaim ; fb:absent forumtyp:bra ; fb:absentWithin k:9990 ; fb:asStated "saknar råd"@sv ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    finding = only(find(AUDIT.format(body="n:kommunstyrelsen"), existence(), absence), "9990/ex-01")
    assert (finding.outcome, finding.kind) == (Outcome.DENIED, Kind.GAP)


def test_a_described_forum_shows_that_the_kind_exists() -> None:
    finding = only(find(existence("forumtyp:est"), describe("a:polisen")), "9990/ex-01")
    assert finding.outcome is Outcome.PRESENT


def test_a_proposed_forum_does_not_show_that_the_kind_exists() -> None:
    text = describe("a:polisen", extra="; fb:status status:foreslagen ")
    finding = only(find(AUDIT.format(body="n:kommunstyrelsen"), existence("forumtyp:est"), text), "9990/ex-01")
    assert finding.outcome is Outcome.NOT_NAMED


def test_a_document_of_a_broader_kind_leaves_the_duty_open() -> None:
    document = """d:plan a fb:GoverningDocument ; skos:prefLabel "Handlingsplan"@sv ; fb:documentType dokumenttyp:handlingsplan ;
        prov:wasDerivedFrom s:2 ."""
    finding = only(
        find(AUDIT.format(body="n:kommunstyrelsen"), existence("dokumenttyp:atgardsplan"), document), "9990/ex-01"
    )
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSABLE, "broader-document")


def test_frequency_is_met_missed_or_unstated() -> None:
    often = """norm:fr-01 a fb:FrequencyNorm ; skos:prefLabel "Fr"@sv ; skos:notation "FR-01" ; skos:definition "Varje månad."@sv ;
        fb:appliesToForumType forumtyp:est ; fb:meetingsPerYearMin 12.0 ; fb:obligationLevel forpliktelsegrad:bor ;
        fb:normBasis normgrund:definition ; fb:validFrom "2016-01-01"^^xsd:date ; fb:datePrecision tidsprecision:dag ."""
    rate = "; fb:meetingsPerYearMin {0} ; fb:meetingsPerYearMax {1} "
    assert (
        only(find(often, describe("a:polisen", extra=rate.format("12.0", "12.0"))), "fr-01").outcome is Outcome.PRESENT
    )
    assert only(find(often, describe("a:polisen", extra=rate.format("4.0", "6.0"))), "fr-01").outcome is Outcome.DENIED
    assert only(find(often, describe("a:polisen", extra=rate.format("6.0", "24.0"))), "fr-01").reason == "rhythm-varies"
    assert only(find(often, describe("a:polisen")), "fr-01").outcome is Outcome.NOT_NAMED


def test_the_order_of_the_findings_does_not_depend_on_the_order_of_the_triples() -> None:
    parts = [describe(OTHERS), norm("tst-01"), norm("tst-02", actor="fritid"), norm("tst-03", actor="bostadsbolag")]
    assert find(*parts) == find(*reversed(parts))


OTHER = """k:9991 a fb:Municipality ; skos:prefLabel "Tomstads kommun"@sv ; fb:municipalityCode "9991" .
    f:granne a fb:Forum ; skos:prefLabel "Tomstads råd"@sv ; fb:forumType forumtyp:est ; fb:municipality k:9991 ."""


def test_at_home_says_nothing_of_a_list_that_is_not_wholly_transcribed() -> None:
    other = 'f:annan a fb:Forum ; skos:prefLabel "Andra gruppen"@sv ; fb:forumType forumtyp:omradesgrupp .'
    level = "; fb:level forumniva:operativ "
    text = describe("a:skolan", extra=level).replace("fb:listedMembers 1", "fb:listedMembers 2")
    found = find(text, other, describe("a:polisen", forum="annan", completeness="exemplifierande", extra=level))
    assert [each for each in found if each.norm_kind == "at-home"] == []


def test_a_whole_list_of_nobody_gives_no_gap() -> None:
    assert only(find(describe(""), norm()), "tst-01").outcome is not Outcome.MISSING


def test_the_council_of_another_municipality_is_not_ours() -> None:
    found = find(OTHER, describe("a:polisen", forum="granne"), norm(), existence("forumtyp:est"))
    assert only(found, "b-granne/tst-01").reason == "other-municipality"
    assert only(found, "9990/ex-01").outcome is not Outcome.PRESENT


def test_a_document_of_another_municipality_is_not_ours() -> None:
    document = """d:plan a fb:GoverningDocument ; skos:prefLabel "Tomstads lägesbild"@sv ; fb:municipality k:9991 ;
        fb:documentType dokumenttyp:lagesbild ; prov:wasDerivedFrom s:2 ."""
    found = find(OTHER, document, AUDIT.format(body="n:kommunstyrelsen"), existence("dokumenttyp:lagesbild"))
    assert only(found, "9990/ex-01").outcome is Outcome.NOT_NAMED


def test_another_municipality_or_a_private_company_is_no_part_of_the_municipality() -> None:
    company = 'a:skolbolaget a fb:Company ; skos:prefLabel "Skolbolaget"@sv ; fb:actorType aktorstyp:skola .'
    found = find(OTHER, company, describe("k:9991 a:skolbolaget"), norm(actor="kommun"))
    assert only(found, "tst-01").outcome is Outcome.MISSING


@pytest.mark.parametrize(("kind", "outcome"), [("fritid", Outcome.PRESENT), ("bostadsbolag", Outcome.MISSING)])
def test_a_company_of_the_municipality_is_a_part_of_it_where_it_does_its_work(kind: str, outcome: Outcome) -> None:
    company = f"""a:bolaget a fb:Company ; skos:prefLabel "Bolaget"@sv ; fb:owner k:9990 ;
        fb:actorType aktorstyp:{kind} ."""
    assert only(find(company, describe("a:bolaget"), norm(actor="kommun")), "tst-01").outcome is outcome


def test_one_school_that_stays_away_does_not_deny_the_school() -> None:
    denial = """a:fagelskolan a fb:Unit ; skos:prefLabel "Fågelskolan"@sv ; fb:actorType aktorstyp:skola ;
        org:subOrganizationOf k:9990 . u:n-1 a fb:NonMembership ; fb:excludedActor a:fagelskolan ;
        fb:excludedFrom f:gruppen ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    found = find(describe("a:polisen", completeness="exemplifierande"), denial, norm(actor="skola"))
    assert only(found, "tst-01").outcome is Outcome.NOT_NAMED


def test_what_the_auditors_judge_less_than_met_is_not_shown_as_met() -> None:
    claims = """u:e-1 a fb:ExistenceClaim ; fb:existing foreteelse:samordningsfunktion ; fb:existsWithin k:9990 ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:1 .
        u:k-1 a fb:AuditFinding ; fb:concerns u:e-1 ; fb:verdict <https://w3id.org/forebygg/def/utslag/delvis> ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    finding = only(find(claims, existence("foreteelse:samordningsfunktion")), "9990/ex-01")
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSABLE, "judged-otherwise")
    assert [each.number for each in finding.sections] == ["1", "2"]


def test_a_rhythm_asked_of_a_body_is_not_worded_as_meetings() -> None:
    text = existence("foreteelse:uppdaterad-lagesbild").replace("fb:ExistenceNorm", "fb:FrequencyNorm")
    absence = """u:a-1 a fb:AbsenceClaim ; fb:absent foreteelse:uppdaterad-lagesbild ; fb:absentWithin k:9990 ;
        fb:asStated "har inte uppdaterats"@sv ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    said = sentence(only(find(text, absence), "9990/ex-01"))
    assert "Enligt rapporten saknas det (”har inte uppdaterats”). Kravet är inte uppfyllt." in said
    assert "möten" not in said


def test_a_later_day_makes_every_answer_of_an_older_report_conditional() -> None:
    finding = only(find(describe("a:polisen"), norm(), on=date(2024, 7, 1)), "tst-01")
    assert (finding.outcome, finding.kind) == (Outcome.PRESENT, Kind.QUESTION)
    assert "bara om inget har ändrats sedan 2022-03-17" in sentence(finding)


def test_a_denied_actor_is_no_missing_one_in_a_comparison() -> None:
    one, two = _elsewhere("annanstad", "9991", "v"), _elsewhere("tredjestad", "9992", "w")
    denial = """u:n-polisen a fb:NonMembership ; fb:excludedActor a:polisen ; fb:excludedFrom f:gruppen ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    assert only(find(describe(OTHERS), one, two, denial), "andra-polis").outcome is Outcome.DENIED
    assert not [each for each in find(describe(OTHERS), one, two, denial, norm()) if each.norm_kind == "peers"]


def test_an_earlier_report_that_shows_the_thing_is_named() -> None:
    before = """src:provstad-2020 a fb:Source ; skos:prefLabel "Provstad 2020"@sv ; fb:municipality k:9990 ;
        fb:observedOn "2020-05-02"^^xsd:date .
        <https://w3id.org/forebygg/res/kalla/provstad-2020/avsnitt/7> a fb:SourceSection ; skos:prefLabel "Sju"@sv ;
        fb:sectionNumber "7" ; dcterms:isPartOf src:provstad-2020 .
        v:e-1 a fb:ExistenceClaim ; fb:existing foreteelse:samordningsfunktion ; fb:existsWithin k:9990 ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom <https://w3id.org/forebygg/res/kalla/provstad-2020/avsnitt/7> ."""
    texts = (
        before,
        describe("a:polisen"),
        AUDIT.format(body="n:kommunstyrelsen"),
        existence("foreteelse:samordningsfunktion"),
    )
    finding = only(find(*texts), "9990/ex-01")
    assert finding.outcome is Outcome.NOT_NAMED
    assert "En tidigare rapport visar det: Provstad 2020, avsnitt 7." in sentence(finding)


SIG = "f:gruppen fb:forumType forumtyp:sig ."


def duty(expected: str, actor: str = "socialtjanst", kind: str = "sig") -> str:
    return f"""norm:tst-08 a fb:DutyNorm ; skos:prefLabel "Tst"@sv ; skos:notation "TST-08" ; skos:definition "Bör."@sv ;
    fb:appliesToForumType forumtyp:{kind} ; fb:expectsActorType aktorstyp:{actor} ; fb:expectsExistenceOf {expected} ;
    fb:obligationLevel forpliktelsegrad:bor ; fb:normBasis normgrund:vagledning ; fb:validFrom "2020-01-01"^^xsd:date ;
    fb:datePrecision tidsprecision:dag ."""


@pytest.mark.parametrize(
    ("owner", "outcome"),
    [
        ("n:socialnamnden", Outcome.PRESENT),
        ("a:socialforvaltningen", Outcome.PRESENT),
        ("n:kommunstyrelsen", Outcome.NOT_NAMED),
        ("a:polisen", Outcome.NOT_NAMED),
    ],
)
def test_a_stated_owner_of_the_kind_or_the_body_over_it_bears_the_main_responsibility(
    owner: str, outcome: Outcome
) -> None:
    text = describe(OTHERS, extra=f"; fb:forumOwner {owner} ")
    finding = only(find(SIG, text, duty("foreteelse:huvudansvar")), "tst-08")
    assert finding.outcome is outcome
    assert bool(finding.names) is (outcome is Outcome.PRESENT)


@pytest.mark.parametrize(("level", "outcome"), [("individ", Outcome.MISSING), ("strategisk", Outcome.NOT_APPLICABLE)])
def test_what_a_kind_of_forum_is_holds_whether_it_is_said_to_work_operatively_or_with_single_persons(
    level: str, outcome: Outcome
) -> None:
    text = describe(OTHERS, extra=f"; fb:level forumniva:{level} ")
    wanted = norm(extra="; fb:level forumniva:operativ")
    assert only(find(text, wanted), "tst-01").outcome is outcome


def test_a_norm_on_who_signs_a_document_is_not_shown_as_the_document() -> None:
    signing = existence("dokumenttyp:overenskommelse").replace("fb:ExistenceNorm", "fb:DutyNorm")
    finding = only(find(AUDIT.format(body="n:kommunstyrelsen"), signing), "9990/ex-01")
    assert finding_rows([finding], "sv")[0][1] == "undertecknande av överenskommelse"
