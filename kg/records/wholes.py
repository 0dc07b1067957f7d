"""Several sources of one municipality as one picture: the claims of a source that other sources are part of.

A workbook may hold a web page, a decision and the municipality's own word. Each stays a source with its own graph and
sections; the whole that they are `dcterms:isPartOf` has no claims in the graph and is put together here, when records
are read. Every claim keeps its IRI and its section, so that evidence leads to the part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.namespaces import DCTERMS, FB, ORG, PROV, RDF, concept
from kg.records.record import Record

__all__ = ["parts_of", "with_wholes"]

_CERTAINTIES: Final = tuple(concept("visshet", code) for code in ("uttalad", "antydd", "tolkad"))
_OPEN: Final = frozenset({"", concept("fullstandighet", "ej-angiven")})
_ENDED: Final = frozenset(concept("status", code) for code in ("foreslagen", "planerad", "upphord"))
_ABOUT: Final = {FB.ForumDescription: FB.describesForum, FB.InterventionDescription: FB.describesIntervention}
_TELLING: Final = (
    *(FB.level, FB.listedMembers, FB.status, FB.handlesIndividualCases, FB.hasTargetGroup, FB.meetingsPerYearMin),
    *(FB.meetingsPerYearMax, FB.sharingBasis, FB.preventionLevel),
)
"""What a description says beyond the name; the extract for whole-graph results knows the same properties."""
_RHYTHM: Final = frozenset(
    {FB.frequencyAsStated, FB.frequency, FB.meetingsPerYearMin, FB.meetingsPerYearMax, FB.meetsOnDemand}
)
_OWN: Final = frozenset(
    {
        *(RDF.type, PROV.wasDerivedFrom, FB.certainty, FB.asStated, FB.evidenceBasis, FB.listingCompleteness),
        *(FB.listedMembers, FB.listsMembership, FB.status, FB.validFrom, FB.validThrough, FB.datePrecision),
    }
)
"""What belongs to one telling alone: its words, its list, and the days it holds."""

Claims = Mapping[str, Mapping[str, Record]]


def parts_of(named: Mapping[str, Record]) -> dict[str, list[str]]:
    """Return the parts of each whole source, the latest first: by `fb:observedOn`, then by IRI."""
    found: dict[str, list[tuple[str, str]]] = {}
    for iri, record in named.items():
        if record.is_a(FB.Source):
            for whole in record.all(DCTERMS.isPartOf):
                found.setdefault(whole, []).append((record.one(FB.observedOn), iri))
    return {whole: [iri for _, iri in sorted(parts, reverse=True)] for whole, parts in sorted(found.items())}


def with_wholes(named: Mapping[str, Record], claims: Claims) -> Claims:
    """Return the claims with those of each whole source, put together from its parts; the parts keep theirs.

    A forum (or intervention) has one description: that of the latest part that tells more than its name. The list of
    members, its completeness and the status are that part's own; what it leaves unsaid of level, rhythm, ages or
    purpose is taken from the latest other part that says it, and its section is cited too. Memberships of all parts
    stand. Where one part denies what another states, the whole does neither claim that it is lacking nor that both
    agree: the denial is left to the part.
    """
    wholes = parts_of(named)
    if not wholes:
        return claims
    joined = {whole: _joined(whole, [claims.get(part, {}) for part in parts]) for whole, parts in wholes.items()}
    return {iri: {**claims.get(iri, {}), **joined.get(iri, {})} for iri in sorted({*claims, *joined})}


def _joined(whole: str, parts: Sequence[Mapping[str, Record]]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    described: dict[str, list[Record]] = {}
    for part in parts:
        for iri, record in part.items():
            about = next((record.one(term) for cls, term in _ABOUT.items() if record.is_a(cls)), "")
            if about:
                described.setdefault(about, []).append(record)
            else:
                found.setdefault(iri, record)
    seats = {
        (record.one(ORG.organization), record.one(ORG.member))
        for record in found.values()
        if record.is_a(FB.ForumMembership) and record.one(FB.status) not in _ENDED
    }
    exist = {
        (kind, record.one(FB.existsWithin))
        for record in found.values()
        if record.is_a(FB.ExistenceClaim)
        for kind in record.all(FB.existing)
    }
    kept = [each for each in found.values() if not _contradicted(each, seats, exist)]
    kept += [_described(records) for records in described.values()]
    return {each.iri: Record(each.iri, whole, each.values, each.texts) for each in sorted(kept, key=lambda e: e.iri)}


def _contradicted(record: Record, seats: set[tuple[str, str]], exist: set[tuple[str, str]]) -> bool:
    """Whether another part states what this one denies; within one source the checks refuse it."""
    if record.is_a(FB.NonMembership):
        return any((forum, record.one(FB.excludedActor)) in seats for forum in record.all(FB.excludedFrom))
    if record.is_a(FB.AbsenceClaim):
        kinds = record.all(FB.absent)
        return bool(kinds) and all((kind, record.one(FB.absentWithin)) in exist for kind in kinds)
    return False


def _tells(record: Record) -> bool:
    return record.one(FB.listingCompleteness) not in _OPEN or any(record.one(name) for name in _TELLING)


def _described(records: Sequence[Record]) -> Record:
    """Return one description of several of the same thing, the latest first."""
    head = next((each for each in records if _tells(each)), records[0])
    values, texts = dict(head.values), dict(head.texts)
    sections, certainty = list(head.all(PROV.wasDerivedFrom)), head.one(FB.certainty)
    for other in records:
        lacking = [name for name in other.values if name not in values and name not in _OWN]
        if _RHYTHM & set(values):
            lacking = [name for name in lacking if name not in _RHYTHM]
        if other is head or not lacking:
            continue
        values |= {name: other.values[name] for name in lacking}
        texts |= {key: said for key, said in other.texts.items() if key.rpartition("@")[0] in lacking}
        sections += other.all(PROV.wasDerivedFrom)
        certainty = max(certainty, other.one(FB.certainty), key=_weakness)
    if sections:
        values[PROV.wasDerivedFrom] = sorted(set(sections))
    if certainty:
        values[FB.certainty] = [certainty]
    return Record(head.iri, head.source, values, texts)


def _weakness(certainty: str) -> int:
    return _CERTAINTIES.index(certainty) if certainty in _CERTAINTIES else -1
