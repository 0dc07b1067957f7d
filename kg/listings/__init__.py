"""Findings and remarks as rows and as JSON objects: the columns that tables, pages and programs share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kg.findings import Decision, Evidence, Finding, Lang, Outcome, Remark, Section, Thing
from kg.namespaces import concept, last_part
from kg.phrases import section_name
from kg.sentences import advice, changed_by, sentence, wanted_of_body
from kg.wording import ROLLUPS, STANDINGS, remark_advice, remark_sentence

__all__ = [
    "FINDING_COLUMNS",
    "REMARK_COLUMNS",
    "finding_object",
    "finding_rows",
    "findings_json",
    "remark_object",
    "remark_rows",
    "remarks_json",
    "things_object",
    "to_json",
]

FINDING_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("forum", "aktör", "utfall", "förpliktelse", "grund", "norm", "avsnitt", "id"),
    "en": ("forum", "actor", "outcome", "obligation", "basis", "norm", "section", "id"),
}
REMARK_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("rapport", "gäller", "iakttagelse", "hur känt", "nivå", "visshet", "avsnitt", "id"),
    "en": ("report", "about", "remark", "how known", "level", "certainty", "section", "id"),
}


def finding_rows(findings: Iterable[Finding], lang: Lang) -> list[tuple[str, ...]]:
    """Return one row a finding in the order of `FINDING_COLUMNS`."""
    return [
        (
            (each.forum or each.body or each.municipality).label(lang),
            _label(each.actor_type or each.expected, lang) if each.forum else wanted_of_body(each, lang),
            _outcome_label(each, lang),
            _label(each.obligation, lang),
            _label(each.basis, lang),
            _code(each.norm),
            ", ".join(section_name(section, lang) for section in each.sections),
            each.id,
        )
        for each in findings
    ]


_OUTCOMES: dict[str, tuple[str, str]] = {
    "narvarande": ("närvarande", "present"),
    "informerar": ("informerar utan att sitta med", "informs without sitting in it"),
    "fornekad": ("förnekad av källan", "denied by the source"),
    "saknas": ("saknas i fullständig lista", "missing from a whole list"),
    "ej-namnd": ("ej nämnd", "not mentioned"),
    "ej-bedombar": ("ej bedömbar", "not assessable"),
    "ej-tillamplig": ("ej tillämplig", "not applicable"),
    "utanfor-omfattning": ("utanför granskningens omfattning", "outside the scope of the source"),
}


def _outcome_label(finding: Finding, lang: Lang) -> str:
    if finding.own and finding.outcome is Outcome.OUT_OF_SCOPE:
        return ("utanför det som källan handlar om", "outside the matter of the source")[lang == "en"]
    return _OUTCOMES[finding.outcome][lang == "en"]


def _label(thing: Thing | None, lang: Lang) -> str:
    return thing.label(lang) if thing else ""


def _code(thing: Thing | None) -> str:
    return last_part(thing.iri).upper() if thing else ""


def _section(section: Section, lang: Lang) -> dict[str, str]:
    return {
        "iri": section.iri,
        "number": section.number,
        "title": section.title,
        "report": section.source.label(lang),
        "report_iri": section.source.iri,
    }


def _claims(evidence: Iterable[Evidence], lang: Lang) -> list[dict[str, Any]]:
    return [
        {
            "iri": each.claim,
            "as_stated": each.as_stated or None,
            "about": each.about or None,
            "certainty": _label(each.certainty, lang) or None,
            "certainty_iri": each.certainty.iri if each.certainty else None,
            "sections": [section.iri for section in each.sections],
        }
        for each in evidence
    ]


def _decision(decision: Decision | None, lang: Lang) -> dict[str, str | None] | None:
    if decision is None:
        return None
    return {
        "outcome": decision.outcome.label(lang),
        "outcome_iri": decision.outcome.iri,
        "reason": decision.reason or None,
        "responsible": decision.responsible or None,
        "decided_on": decision.decided_on or None,
    }


def things_object(things: Iterable[Thing], lang: Lang) -> list[dict[str, str]]:
    """Return things as JSON objects of label and IRI."""
    return [{"label": each.label(lang), "iri": each.iri} for each in things]


def finding_object(finding: Finding, lang: Lang = "sv") -> dict[str, Any]:
    """Return a finding as the JSON object that `schemas/findings.json` describes: labels, each with its IRI beside."""
    things = {
        "municipality": finding.municipality,
        "report": finding.report,
        "forum": finding.forum,
        "body": finding.body,
        "forum_type": finding.forum_type,
        "actor_type": finding.actor_type,
        "expected": finding.expected,
        "norm": finding.norm,
        "norm_source": finding.norm_source,
        "obligation": finding.obligation,
        "basis": finding.basis,
        "certainty": finding.certainty,
    }
    found: dict[str, Any] = {
        "id": finding.id,
        "kind": finding.kind.value,
        "norm_kind": finding.norm_kind,
        "outcome": _outcome_label(finding, lang),
        "outcome_iri": concept("utfall", finding.outcome.value),
    }
    for name, thing in things.items():
        found[name] = thing.label(lang) if thing else None
        found[f"{name}_iri"] = thing.iri if thing else None
    found |= {
        "norm_id": _code(finding.norm) or None,
        "locator": finding.locator or None,
        "valid_from": finding.valid_from or None,
        "valid_through": finding.valid_through or None,
        "in_force": finding.in_force,
        "observed_on": finding.observed_on,
        "as_of": finding.as_of or None,
        "attendance": finding.attendance or None,
        "reason": finding.reason or None,
        "condition": finding.condition or None,
        "peers": things_object(finding.peers, lang),
        "comparable": finding.comparable,
        "claims": _claims(finding.evidence, lang),
        "earlier": [_section(section, lang) for each in finding.earlier for section in each.sections],
        "sections": [_section(each, lang) for each in finding.sections],
        "sentence": sentence(finding, lang),
        "changed_by": changed_by(finding, lang) or None,
        "advice": advice(finding, lang) or None,
        "decision": _decision(finding.decision, lang),
    }
    return found


def findings_json(findings: Iterable[Finding], lang: Lang = "sv") -> str:
    """Return findings as a JSON array of objects, in their order."""
    return to_json([finding_object(each, lang) for each in findings])


def to_json(value: Any) -> str:
    """Return plain values as indented JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def remark_rows(remarks: Iterable[Remark], lang: Lang) -> list[tuple[str, ...]]:
    """Return one row a remark in the order of `REMARK_COLUMNS`."""
    return [
        (
            last_part(each.report.iri),
            ", ".join(dict.fromkeys(thing.label(lang) for thing in each.subjects)),
            remark_sentence(each, lang),
            STANDINGS[each.standing][lang == "en"],
            ROLLUPS[each.rollup][lang == "en"] if each.rollup else "",
            _label(each.certainty, lang),
            ", ".join(section_name(section, lang) for section in each.sections),
            each.id,
        )
        for each in remarks
    ]


def remark_object(remark: Remark, lang: Lang = "sv") -> dict[str, Any]:
    """Return a remark as the JSON object that `schemas/remarks.json` describes."""
    stands = remark.stability
    return {
        "id": remark.id,
        "analysis": remark.analysis.value,
        "code": remark.code,
        "standing": remark.standing.value,
        "municipality": remark.municipality.label(lang),
        "municipality_iri": remark.municipality.iri,
        "report": remark.report.label(lang),
        "report_iri": remark.report.iri,
        "observed_on": remark.observed_on,
        "subjects": things_object(remark.subjects, lang),
        "names": things_object(remark.names, lang),
        "figures": dict(remark.figures),
        "rollup": remark.rollup.value if remark.rollup else None,
        "stability": {"at_10": stands.at_10, "at_20": stands.at_20, "draws": stands.draws} if stands else None,
        "certainty": _label(remark.certainty, lang) or None,
        "certainty_iri": remark.certainty.iri if remark.certainty else None,
        "claims": _claims(remark.evidence, lang),
        "sections": [_section(each, lang) for each in remark.sections],
        "sentence": remark_sentence(remark, lang),
        "advice": remark_advice(remark, lang) or None,
        "decision": _decision(remark.decision, lang),
    }


def remarks_json(remarks: Iterable[Remark], lang: Lang = "sv") -> str:
    """Return remarks as a JSON array of objects, in their order."""
    return to_json([remark_object(each, lang) for each in remarks])
