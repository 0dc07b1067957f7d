"""The user's own word on a finding: beside it everywhere, changing nothing, and only from the user's files."""

from __future__ import annotations

import json

from kg.decisions import read_decisions
from kg.findings import Finding, Outcome
from kg.listings import finding_object, findings_json
from kg.pages import findings_page
from kg.resources import data_files
from kg.sentences import sentence
from tests.tiny import describe, find, norm, records_of

ID = "provstad-2022/b-gruppen/tst-01"


def decision(name: str, outcome: str, day: str, *, reason: str = "Vi vet.", on: str = ID) -> str:
    return (
        f'<https://w3id.org/forebygg/id/beslut/9990/{name}> a fb:Decision ; skos:prefLabel "Beslut {name}"@sv ; '
        f'fb:onFinding "{on}" ; fb:decisionOutcome <https://w3id.org/forebygg/def/beslut/{outcome}> ; '
        f'fb:reason "{reason}"@sv ; fb:responsibleFunction "säkerhetschefen"@sv ; fb:decidedOn "{day}"^^xsd:date .'
    )


def found(*more: str) -> Finding:
    findings = find(describe("a:skolan"), norm(), *more)
    return {each.id: each for each in findings}[ID]


def test_a_decision_stands_beside_the_finding_and_changes_nothing_else() -> None:
    plain, decided = found(), found(decision("1", "fraga-stalld", "2026-03-01"))
    assert plain.decision is None
    assert (decided.outcome, decided.kind) == (plain.outcome, plain.kind)
    assert sentence(decided) == (
        f"{sentence(plain)} Er notering 2026-03-01: fråga ställd (Vi vet.; ansvarig: säkerhetschefen)."
    )
    assert "Your note 2026-03-01: question put" in sentence(decided, "en")


def test_the_latest_decision_on_a_finding_is_the_one_shown() -> None:
    both = found(decision("1", "fraga-stalld", "2026-03-01"), decision("2", "deltar-redan", "2026-04-01"))
    assert both.decision is not None
    assert both.decision.outcome.sv == "deltar redan"
    assert both.outcome is Outcome.MISSING


def test_page_and_json_show_the_decision() -> None:
    decided = found(decision("1", "deltar-redan", "2026-03-01"))
    assert "Er notering 2026-03-01: deltar redan" in findings_page([decided])
    assert finding_object(decided)["decision"] == {
        "outcome": "deltar redan",
        "outcome_iri": "https://w3id.org/forebygg/def/beslut/deltar-redan",
        "reason": "Vi vet.",
        "responsible": "säkerhetschefen",
        "decided_on": "2026-03-01",
    }
    assert json.loads(findings_json([found()]))[0]["decision"] is None


def test_no_decision_is_shipped() -> None:
    assert not [path for path in data_files() if "fb:Decision" in path.read_text(encoding="utf-8")]


def test_no_decision_is_read_where_there_is_none() -> None:
    assert not read_decisions(records_of(describe("a:skolan"))).by_id


def test_a_decision_stays_where_its_source_is_gone_and_never_moves_to_a_report_of_its_own() -> None:
    gone = found(decision("1", "deltar-redan", "2021-03-01", on="provstad-2021/b-gruppen/tst-01"))
    assert gone.decision is not None
    assert gone.decision.decided_on == "2021-03-01"
    other = (
        'src:provstad-2021 a fb:Source ; skos:prefLabel "Provstad 2021"@sv ; fb:municipality k:9990 ; '
        'fb:observedOn "2021-03-17"^^xsd:date .'
    )
    apart = found(other, decision("1", "deltar-redan", "2021-03-01", on="provstad-2021/b-gruppen/tst-01"))
    assert apart.decision is None
    assert found(decision("1", "deltar-redan", "2021-03-01", on="provstad-2021/b-annan/tst-01")).decision is None
