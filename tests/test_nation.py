"""The whole-graph results are those of single reports, read from the full records or from the lean extract."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cases import Case, open_cases
from kg.coverage.reach import HORIZON, LEVELS, read_coverage
from kg.extract import Extract, read_extract
from kg.gaps import find_gaps
from kg.nation import Outcomes, Report, ages_reached, outcomes, read_reports, shared_members
from kg.norms import NormKind, list_norms
from kg.overlap import overlaps
from kg.questions import named_query
from kg.records import read_records
from kg.sources import choose_sources
from kg.store import Store
from tests.synthetic import norms_store, real_store
from tests.tiny import describe, norm, store_of

STORES = {"reports": real_store, "synthetic": norms_store}


@cache
def reports_of(name: str, *, lean: bool) -> tuple[Report, ...]:
    return tuple(_reports(STORES[name](), lean=lean))


def _reports(store: Store, *, lean: bool) -> list[Report]:
    return read_reports(read_extract(store) if lean else Extract(read_records(store)))


@cache
def cases_of(name: str) -> tuple[Case, ...]:
    records = read_records(STORES[name]())
    return tuple(open_cases(records, choose_sources(records, all_reports=True)))


def _found(cases: tuple[Case, ...], on: date | None = None) -> Outcomes:
    """Return the outcomes of the findings on norms, by subject and norm."""
    sources = [each.source for each in cases]
    found: Outcomes = {}
    for each in find_gaps(cases[0].records, cases[0].graph, sources, as_of=on):
        if each.norm:
            subject, _, norm_id = each.id.rpartition("/")
            found.setdefault(each.description or subject, {})[norm_id.upper()] = each.outcome
    return found


@pytest.mark.parametrize("lean", [False, True], ids=["records", "extract"])
@pytest.mark.parametrize("name", STORES)
def test_outcomes_are_those_of_the_findings(name: str, lean: bool) -> None:
    assert outcomes(reports_of(name, lean=lean)) == _found(cases_of(name))


@pytest.mark.parametrize("lean", [False, True], ids=["records", "extract"])
@pytest.mark.parametrize("name", STORES)
def test_ages_are_those_of_the_coverage(name: str, lean: bool) -> None:
    reached = ages_reached(reports_of(name, lean=lean))
    for case in cases_of(name):
        coverage = read_coverage(case)
        counted = {(age, level): len(coverage.at(age, level)) for age in range(HORIZON + 1) for level in (*LEVELS, "")}
        assert reached[case.source.key] == {key: count for key, count in counted.items() if count}


@pytest.mark.parametrize("lean", [False, True], ids=["records", "extract"])
@pytest.mark.parametrize("name", STORES)
def test_pairs_are_those_of_the_overlaps(name: str, lean: bool) -> None:
    found = shared_members(reports_of(name, lean=lean))
    for case in cases_of(name):
        pairs = {(each.first, each.second): (each.shared, each.jaccard) for each in found[case.source.key]}
        known = {}
        for each in overlaps(case, least=1):
            first, second = sorted((each.first.thing.iri, each.second.thing.iri))
            known[first, second] = (len(each.shared), each.jaccard.named)
        assert pairs == known


@pytest.mark.parametrize("name", STORES)
def test_pairs_are_what_the_query_defines(name: str) -> None:
    defined = {
        (source, first, second, int(shared), int(one), int(other))
        for _, source, first, second, shared, one, other in STORES[name]()
        .select(named_query("definitions/overlap"))
        .values()
    }
    shared = shared_members(reports_of(name, lean=True))
    found = {
        (case.source.thing.iri, each.first, each.second, each.shared, *each.sizes)
        for case in cases_of(name)
        for each in shared[case.source.key]
    }
    assert found == defined


def test_outcomes_are_what_the_first_question_defines_for_norms_without_a_condition() -> None:
    """The reports are held to it in `tests/test_questions.py`."""
    store, cases = norms_store(), cases_of("synthetic")
    norms = {each.thing.iri: each for each in list_norms(cases[0].records)}
    plain = {each.id for each in norms.values() if each.condition in {"", "om-infort", "om-bildat"}}
    described = {(case.source.thing.iri, each.thing.iri): each for case in cases for each in case.forums}
    rows = store.select(named_query("questions/cq01-missing-actors"))
    asked: set[tuple[str, str, str]] = set()
    for row in rows.values():
        cell = dict(zip(rows.variables, row, strict=True))
        norm_id, forum = norms[cell["norm"]].id, described[cell["kalla"], cell["forum"]]
        if norm_id in plain:
            asked.add((forum.description, norm_id, cell["utfall"].rsplit("/", 1)[-1]))
    wanted = {each.id for each in norms.values() if each.kind is NormKind.PARTICIPATION} & plain
    stated = {"fornekad", "saknas", "ej-namnd", "ej-bedombar", "informerar"}
    found = {
        (subject, norm_id, outcome.value)
        for subject, told in outcomes(reports_of("synthetic", lean=True)).items()
        for norm_id, outcome in told.items()
        if norm_id in wanted and outcome.value in stated
    }
    assert asked == found


@pytest.mark.parametrize(
    ("valid", "outcome"), [("2022-06-01", "ej-bedombar"), ("2022-01-01", "saknas"), ("2023-01-01", "")]
)
def test_a_report_dated_to_the_year_leaves_a_norm_from_within_it_open_in_the_first_question(
    valid: str, outcome: str
) -> None:
    dated = "src:provstad-2022 fb:datePrecision tidsprecision:ar ."
    store = store_of(dated, describe("a:skolan"), norm(valid=valid))
    rows = store.select(named_query("questions/cq01-missing-actors"))
    told = [dict(zip(rows.variables, row, strict=True))["utfall"].rsplit("/", 1)[-1] for row in rows.values()]
    assert told == ([outcome] if outcome else [])
    (found,) = (norms for norms in outcomes(_reports(store, lean=True)).values() if "TST-01" in norms)
    assert found["TST-01"].value == (outcome or "ej-tillamplig")


def test_jaccard_is_that_worked_out_by_hand() -> None:
    # A = {polisen, skolan, elevhalsan}, B = {polisen, skolan}: 2 shared of 3 named
    other = 'f:andra a fb:Forum ; skos:prefLabel "Andra"@sv ; fb:forumType forumtyp:sig ; fb:municipality k:9990 .'
    store = store_of(other, describe("a:polisen a:skolan a:elevhalsan"), describe("a:polisen a:skolan", forum="andra"))
    for lean in (False, True):
        ((pair,),) = shared_members(_reports(store, lean=lean)).values()
        assert (pair.shared, pair.sizes, pair.jaccard) == (2, (2, 3), 2 / 3)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (describe("a:polisen"), "narvarande"),
        (describe("a:skolan"), "saknas"),
        (describe("a:skolan", completeness="exemplifierande"), "ej-namnd"),
    ],
)
def test_the_extract_tells_presence_absence_and_silence_apart(text: str, outcome: str) -> None:
    found = outcomes(_reports(store_of(text, norm()), lean=True))
    assert [norms["TST-01"].value for norms in found.values() if "TST-01" in norms] == [outcome]


def test_an_intervention_of_another_municipality_reaches_nobody_here_in_either_reading() -> None:
    text = """<https://w3id.org/forebygg/id/insats/9991/stod> a fb:Intervention ; skos:prefLabel "Stöd"@sv ;
        fb:municipality <https://w3id.org/forebygg/id/kommun/9991> .
        u:i-stod a fb:InterventionDescription ; fb:describesIntervention <https://w3id.org/forebygg/id/insats/9991/stod> ;
        fb:hasTargetGroup malgrupp:unga ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:1 .
        malgrupp:unga a fb:TargetGroup ; skos:prefLabel "10–12 år"@sv ; fb:minAge 10 ; fb:maxAge 12 ."""
    here = text.replace("9991", "9990")
    for lean in (False, True):
        assert list(ages_reached(_reports(store_of(text), lean=lean)).values()) == [{}]
        (reached,) = ages_reached(_reports(store_of(here), lean=lean)).values()
        assert reached == {(age, ""): 1 for age in (10, 11, 12)}


WHO = ["a:polisen", "a:skolan", "a:elevhalsan", "a:faltgruppen", "n:kommunstyrelsen", "k:9990/sakerhetschef", "k:9990"]
FORUMS = ("gruppen", "andra")
SURE = "fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2"
AUDIT = """<https://w3id.org/forebygg/id/granskning/provstad-2022> a fb:Audit ; skos:prefLabel "Granskningen"@sv ; prov:generated src:provstad-2022 ;
    fb:auditedBody n:kommunstyrelsen , n:socialnamnden ;
    fb:criterion <https://w3id.org/forebygg/id/forfattning/sfs-2023-196> ; fb:topic amne:kriminalitet ."""
AGES = """malgrupp:unga a fb:TargetGroup ; skos:prefLabel "13-17"@sv ; fb:minAge 13 ; fb:maxAge 17 .
    malgrupp:sma a fb:TargetGroup ; skos:prefLabel "0-5"@sv ; fb:maxAge 5 ."""
OTHER = 'f:andra a fb:Forum ; skos:prefLabel "Andra"@sv ; fb:forumType forumtyp:{} ; fb:municipality k:9990 .'
SAID = [
    *(f"; fb:status status:{each} " for each in ("planerad", "pausad", "upphord")),
    *(f"; fb:level forumniva:{each} " for each in ("operativ", "strategisk", "individ")),
    *("; fb:hasTargetGroup malgrupp:unga ", "; fb:hasTargetGroup malgrupp:sma ", "; fb:handlesIndividualCases true "),
    *("; fb:handlesIndividualCases false ", "; fb:sharingBasis delningsgrund:samtycke "),
    *("; fb:meetingsPerYearMin 4 ", "; fb:meetingsPerYearMax 12 ", "; fb:forumOwner n:socialnamnden "),
]
CLAIMED = [
    "u:n-1 a fb:NonMembership ; fb:excludedActor a:polisen ; fb:excludedFrom f:andra",
    "u:n-2 a fb:NonMembership ; fb:excludedActor k:9990 ; fb:excludedFrom f:gruppen",
    "u:a-1 a fb:AbsenceClaim ; fb:absent aktorstyp:skola ; fb:absentWithin f:andra",
    "u:a-2 a fb:AbsenceClaim ; fb:absent foreteelse:samtycke ; fb:absentWithin f:andra",
    "u:a-3 a fb:AbsenceClaim ; fb:absent dokumenttyp:handlingsplan ; fb:absentWithin k:9990",
    "u:e-1 a fb:ExistenceClaim ; fb:existing foreteelse:samordningsfunktion ; fb:existsWithin k:9990",
    "u:e-2 a fb:ExistenceClaim ; fb:existing foreteelse:huvudansvar ; fb:existsWithin f:andra",
    "u:f-1 a fb:InformationFlow ; fb:flowFrom a:polisen ; fb:flowTo f:andra",
    "u:f-2 a fb:InformationFlow ; fb:flowFrom f:gruppen ; fb:flowTo f:andra",
    "d:plan a fb:GoverningDocument ; skos:prefLabel 'Plan'@sv ; fb:documentType dokumenttyp:handlingsplan",
    "u:k-1 a fb:AuditFinding ; fb:concerns u:e-1 ; fb:verdict <https://w3id.org/forebygg/def/utslag/delvis>",
]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_small_worlds_have_the_outcomes_of_their_findings(data: st.DataObject) -> None:
    kinds = ["sspf", "sig", "bra", "styrgrupp", "natverksgrupp", "beredningsgrupp", "sip", "barnahus", "skolnara-team"]
    lists = st.lists(st.sampled_from(WHO), max_size=4, unique=True).map(" ".join)
    whole = st.sampled_from(["fullstandig", "exemplifierande"])
    said = st.lists(st.sampled_from(SAID), max_size=3, unique_by=lambda each: each.split()[1]).map("".join)
    claimed = data.draw(st.lists(st.sampled_from(CLAIMED), max_size=5, unique=True))
    store = store_of(
        *(AGES, OTHER.format(data.draw(st.sampled_from(kinds)))),
        *("f:gruppen fb:forumType forumtyp:sspf .", "f:andra org:subOrganizationOf f:gruppen .")[
            : data.draw(st.integers(0, 2))
        ],
        *(AUDIT,)[: data.draw(st.integers(0, 1))],
        *(
            describe(data.draw(lists), completeness=data.draw(whole), forum=each, extra=data.draw(said))
            for each in FORUMS
        ),
        *(f"{each} ; {SURE} ." for each in claimed),
        norms=True,
    )
    on = data.draw(st.sampled_from([None, date(2024, 7, 1)]))
    records = read_records(store)
    cases = tuple(open_cases(records, choose_sources(records, all_reports=True), as_of=on))
    wanted = _found(cases, on)
    assert outcomes(read_reports(read_extract(store), as_of=on)) == wanted
    assert outcomes(read_reports(Extract(records), as_of=on)) == wanted
