"""The user's own word on findings, read from the user's files and laid beside each; never in the shipped graph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from kg.errors import DataError
from kg.findings import Decision, Finding, Remark
from kg.namespaces import BASE, DCTERMS, FB, last_part, source_iri
from kg.records import Records

__all__ = ["Decisions", "about_of", "read_decisions", "with_decisions"]

F = TypeVar("F", Finding, Remark)

_CLAIMS: Final = f"{BASE}id/utsaga/"
_CODE: Final = re.compile(r"/id/beslut/([^/]+)/")
_GONE: Final = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A decision and what it is on: the id, what the id is about, the picture that holds it, the municipality."""

    finding: str
    about: str
    picture: str
    municipality: str
    when: tuple[str, str]
    decision: Decision


@dataclass(frozen=True)
class Decisions:
    """What the user has decided: `by_id` the latest on each finding as it was named, `on` the one to show beside it."""

    records: Records
    by_id: dict[str, Decision] = field(default_factory=dict)
    _about: dict[str, list[_Entry]] = field(default_factory=dict, repr=False)

    def on(self, found: Finding | Remark) -> Decision | None:
        """Return the latest decision on what is found, None where there is none.

        A decision is on forum and norm (or whatever else the id names after its source), not on the source alone: it
        stays where a later source of the same picture describes the forum anew, and where its own source is gone. What
        was decided on one report is never carried to another that stands for itself.
        """
        if not self._about:
            return None
        picture, municipality = _picture(self.records, last_part(found.report.iri)), found.municipality.iri
        fitting = [
            each
            for each in self._about.get(about_of(self.records, found.id), ())
            if each.finding == found.id
            or each.picture == picture
            or (each.picture == _GONE and each.municipality == last_part(municipality))
        ]
        latest = max(fitting, key=lambda each: (each.when[0], each.finding == found.id, each.when[1]), default=None)
        return latest.decision if latest else None


def read_decisions(records: Records) -> Decisions:
    """Return what the user has decided.

    Of two on the same day the one with the greater IRI is taken. Raises `DataError` for a decision without an outcome.
    """
    entries: dict[str, list[_Entry]] = {}
    latest: dict[str, _Entry] = {}
    for record in records.of_class(FB.Decision):
        finding, outcome = record.one(FB.onFinding), record.one(FB.decisionOutcome)
        if not outcome:
            raise DataError(f"{record.iri}: a decision on a finding needs fb:decisionOutcome")
        day = record.day(FB.decidedOn)
        decided_on = day.isoformat() if day else ""
        decision = Decision(
            records.thing(outcome), record.one(FB.reason), record.one(FB.responsibleFunction), decided_on
        )
        code = _CODE.search(record.iri)
        entry = _Entry(
            finding,
            about_of(records, finding),
            _picture(records, finding.partition("/")[0]),
            code[1] if code else "",
            (decided_on, record.iri),
            decision,
        )
        entries.setdefault(entry.about, []).append(entry)
        latest[finding] = max(latest.get(finding, entry), entry, key=lambda each: each.when)
    return Decisions(records, {finding: entry.decision for finding, entry in latest.items()}, entries)


def about_of(records: Records, finding: str) -> str:
    """Return what an id is about without the source that says it: its description becomes that of the forum.

    A description that no source of the graph makes any longer keeps its own name, which is made of the forum's.
    """
    key, _, rest = finding.partition("/")
    claim, _, tail = rest.partition("/")
    claims = records.claims.get(source_iri(key), {}) if _is_key(records, key) else {}
    described = claims.get(f"{_CLAIMS}{key}/{claim}")
    forum = described.one(FB.describesForum) if described else ""
    return f"b-{last_part(forum)}/{tail}" if forum else rest


def _is_key(records: Records, key: str) -> bool:
    return f"{BASE}res/kalla/{key}" in records.named


def _picture(records: Records, key: str) -> str:
    """Return the key of the whole that a source is part of, or its own; "" where the graph has no such source."""
    if not _is_key(records, key):
        return _GONE
    whole = records.named[source_iri(key)].one(DCTERMS.isPartOf)
    return last_part(whole) if whole else key


def with_decisions(found: Iterable[F], decisions: Decisions) -> list[F]:
    """Return the findings in their order, each with the decision on it; what is found does not change."""
    kept = list(found)
    if not decisions.by_id:
        return kept
    return [replace(each, decision=said) if (said := decisions.on(each)) else each for each in kept]
