"""What a source states outright: that a thing exists, that it is lacking, and what its auditors make of it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.cases import Case, Verdict, evidence_of
from kg.findings import Evidence, Outcome, Thing
from kg.namespaces import FB, concept
from kg.records import Record, Records
from kg.sources import Source

__all__ = ["stated_existence", "stated_lacking"]

LESS_THAN_MET = frozenset(concept("utslag", code) for code in ("delvis", "ej-uppfyllt"))


def stated_existence(case: Case, expected: str, within: frozenset[str]) -> Verdict | None:
    """Return what the source states of a kind of thing within some bodies: that it exists, or that it is lacking."""
    source = case.source.thing.iri
    exists = [
        claim
        for claim in case.records.claims_of(source, FB.ExistenceClaim)
        if within & set(claim.all(FB.existsWithin))
        and any(expected in case.tree.broader(kind) for kind in claim.all(FB.existing))
    ]
    if exists:
        shown = tuple(evidence_of(case.records, each, kind="e") for each in exists)
        judged = _judged_otherwise(case, {each.iri for each in exists})
        if judged:
            return Verdict(Outcome.NOT_ASSESSABLE, "judged-otherwise", None, (*shown, *judged))
        return Verdict(Outcome.PRESENT, "", None, shown)
    absent = [
        claim
        for claim in case.records.claims_of(source, FB.AbsenceClaim)
        if within & set(claim.all(FB.absentWithin)) and set(claim.all(FB.absent)) & case.tree.broader(expected)
    ]
    if absent:
        return Verdict(Outcome.DENIED, "", None, tuple(evidence_of(case.records, each, kind="a") for each in absent))
    return None


def _judged_otherwise(case: Case, claims: set[str]) -> tuple[Evidence, ...]:
    """Return the auditors' own findings on these claims that are less than met."""
    return tuple(
        evidence_of(case.records, each, kind="k")
        for each in case.records.claims_of(case.source.thing.iri, FB.AuditFinding)
        if claims & set(each.all(FB.concerns)) and set(each.all(FB.verdict)) & LESS_THAN_MET
    )


def stated_lacking(records: Records, source: Source) -> list[Evidence]:
    """Return what the source itself says is lacking or does not take part, norm or no norm, by section."""
    found = []
    for claim in records.claims_of(source.thing.iri, FB.AbsenceClaim):
        what = [records.thing(iri) for iri in claim.all(FB.absent)]
        where = [records.thing(iri) for iri in claim.all(FB.absentWithin)]
        found.append(_lacking(records, claim, what, where))
    for claim in records.claims_of(source.thing.iri, FB.NonMembership):
        who = [records.thing(iri) for iri in claim.all(FB.excludedActor)]
        where = [records.thing(iri) for iri in claim.all(FB.excludedFrom)]
        found.append(_lacking(records, claim, who, where))
    return sorted(found, key=lambda each: ([section.number for section in each.sections], each.claim))


def _lacking(records: Records, claim: Record, what: Iterable[Thing], where: Iterable[Thing]) -> Evidence:
    words = ", ".join(each.sv for each in what)
    places = ", ".join(each.sv for each in where)
    return evidence_of(records, claim, about=f"{places}: {words}")
