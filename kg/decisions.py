"""The user's own word on findings, read from the user's files and laid beside each; never in the shipped graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from kg.errors import DataError
from kg.findings import Decision, Finding, Remark
from kg.namespaces import FB
from kg.records import Records

__all__ = ["read_decisions", "with_decisions"]

F = TypeVar("F", Finding, Remark)


def read_decisions(records: Records) -> dict[str, Decision]:
    """Return the latest decision on each finding, by the id of the finding.

    Of two on the same day the one with the greater IRI is taken. Raises `DataError` for a decision without an outcome.
    """
    found: dict[str, tuple[str, str, Decision]] = {}
    for record in records.of_class(FB.Decision):
        finding, outcome = record.one(FB.onFinding), record.one(FB.decisionOutcome)
        if not outcome:
            raise DataError(f"{record.iri}: a decision on a finding needs fb:decisionOutcome")
        day = record.day(FB.decidedOn)
        decided_on = day.isoformat() if day else ""
        decision = Decision(
            records.thing(outcome), record.one(FB.reason), record.one(FB.responsibleFunction), decided_on
        )
        found[finding] = max(found.get(finding, ("", "", decision)), (decided_on, record.iri, decision), key=_when)
    return {finding: decision for finding, (_, _, decision) in found.items()}


def _when(entry: tuple[str, str, Decision]) -> tuple[str, str]:
    return entry[0], entry[1]


def with_decisions(found: Iterable[F], decisions: Mapping[str, Decision]) -> list[F]:
    """Return the findings in their order, each with the decision on it; what is found does not change."""
    return [replace(each, decision=decisions[each.id]) if each.id in decisions else each for each in found]
