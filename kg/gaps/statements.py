"""What a source states outright: that a thing exists, that it is lacking, and what its auditors make of it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.cases import Case, Ground, Verdict, evidence_of
from kg.findings import Evidence, Outcome, Thing
from kg.namespaces import FB, concept
from kg.records import Record, Records
from kg.sources import Source

__all__ = ["stated_existence", "stated_lacking"]

LESS_THAN_MET = frozenset(concept("utslag", code) for code in ("delvis", "ej-uppfyllt"))


def stated_existence(case: Case, expected: str, within: frozenset[str]) -> Verdict | None:
    """Return what the source states of a kind of thing within some bodies: that it exists, or that it is lacking."""
    exists = [
        claim
        for claim in _within(case, within, FB.ExistenceClaim, FB.existsWithin)
        if any(expected in case.tree.broader(kind) for kind in claim.all(FB.existing))
    ]
    if exists:
        shown = tuple((each, "e", "") for each in exists)
        judged = _judged_otherwise(case, {each.iri for each in exists})
        if judged:
            return Verdict(Outcome.NOT_ASSESSABLE, "judged-otherwise", None, (*shown, *judged))
        return Verdict(Outcome.PRESENT, "", None, shown)
    absent = [
        claim
        for claim in _within(case, within, FB.AbsenceClaim, FB.absentWithin)
        if not case.tree.broader(expected).isdisjoint(claim.all(FB.absent))
    ]
    if absent:
        return Verdict(Outcome.DENIED, "", None, tuple((each, "a", "") for each in absent))
    return None


def _within(case: Case, within: frozenset[str], name: str, where: str) -> list[Record]:
    """Return the claims of a class on some bodies, each once, in the order of their IRIs."""
    found = {claim.iri: claim for iri in within for claim in case.claims_on(name, where, iri)}
    return [found[iri] for iri in sorted(found)]


def _judged_otherwise(case: Case, claims: set[str]) -> tuple[Ground, ...]:
    """Return the auditors' own findings on these claims that are less than met."""
    return tuple(
        (each, "k", "")
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
