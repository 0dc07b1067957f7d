"""Only what whole-graph results need of the graph, read with a few wide queries instead of property by property.

The records are those that `read_records` gives, without names, wording, sections and certainty: outcomes, ages and
shared members are the same, at a fifth of the cost. Memberships, a third of all claims, are no records at all but
sittings. Not checked: that everything has a name, as `kg validate` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.namespaces import FB, ORG, RDF
from kg.questions import named_query
from kg.records import Record, Records, gather
from kg.records.wholes import parts_of, with_wholes
from kg.store import Store, plain_of

__all__ = ["Extract", "Manner", "Sitting", "read_extract", "sittings_of"]

WHOLE = ("terms", "reports")
THINGS = {
    "actors": (
        *(RDF.type, FB.actorType, ORG.subOrganizationOf, FB.functionIn, FB.municipality, FB.owner, FB.answersTo),
    ),
    "forums": (RDF.type, FB.forumType, ORG.subOrganizationOf, FB.municipality),
}
"""Queries on things, with the property of each column after the first."""
CLAIMS = {
    "descriptions": (
        FB.ForumDescription,
        *(FB.describesForum, FB.listingCompleteness, FB.listedMembers, FB.status, FB.level),
        *(FB.handlesIndividualCases, FB.hasTargetGroup, FB.meetingsPerYearMin, FB.meetingsPerYearMax),
        *(FB.sharingBasis, FB.preventionLevel, FB.forumOwner),
    ),
    "interventions": (
        *(FB.InterventionDescription, FB.describesIntervention, FB.status, FB.hasTargetGroup, FB.preventionLevel),
    ),
    "denials": (FB.NonMembership, FB.excludedActor, FB.excludedFrom),
    "absences": (FB.AbsenceClaim, FB.absent, FB.absentWithin),
    "existences": (FB.ExistenceClaim, FB.existing, FB.existsWithin),
    "flows": (FB.InformationFlow, FB.flowFrom, FB.flowTo),
    "documents": (*("", RDF.type, FB.documentType, FB.municipality, FB.decidedBy, FB.party, FB.validThrough),),
    "verdicts": (FB.AuditFinding, FB.concerns, FB.verdict),
}
"""Queries on claims, with their class ("" where a column tells) and the property of each column after the second."""

SEATS = (ORG.organization, ORG.member, ORG.role, FB.representedBy, FB.status)
"""The properties of the columns of the query on memberships after the second."""

Values = dict[str, list[str]]


class Manner(NamedTuple):
    """A way to take part that many claims share: who, in which roles, through which functions, with which status."""

    member: tuple[str, ...]
    roles: tuple[str, ...]
    functions: tuple[str, ...]
    status: tuple[str, ...]


class Sitting(NamedTuple):
    """One claim of membership: its IRI, that of the forum, and in which manner."""

    claim: str
    forum: str
    manner: Manner


@dataclass(frozen=True, slots=True)
class Extract:
    """Records, and by source the memberships that are not among them."""

    records: Records
    seats: Mapping[str, Sequence[Sitting]] = field(default_factory=dict)


def sittings_of(extract: Extract, source: str) -> Iterator[Sitting]:
    """Yield the memberships that a source claims."""
    yield from extract.seats.get(source, ())
    for claim in extract.records.claims_of(source, FB.ForumMembership):
        yield Sitting(claim.iri, claim.one(ORG.organization), Manner(*[claim.all(name) for name in SEATS[1:]]))


class _Texts(dict[str, str]):
    """The plain text of each cell, read once."""

    def __missing__(self, cell: str) -> str:
        text = self[cell] = cell[1:-1] if cell.startswith("<") else plain_of(cell)[0]
        return text


def read_extract(store: Store) -> Extract:
    """Return what judging, ages and shared members need, of all sources; linear in the number of claims."""
    texts = _Texts()
    named: dict[str, Record] = {}
    for name in WHOLE:
        named.update(gather(store.cells(named_query(f"extract/{name}")), of_source=False).get("", {}))
    for name, columns in THINGS.items():
        things: dict[str, Values] = {}
        for subject, *cells in store.cells(named_query(f"extract/{name}")):
            _add(things, subject, columns, cells, texts)
        named.update((texts[cell], Record(texts[cell], "", values)) for cell, values in things.items())
    of_section = {one: texts[other] for one, other in store.cells(named_query("extract/sections"))}
    seats = _read_seats(store, of_section, texts)
    claims = _read_claims(store, of_section, texts)
    for part in {iri for parts in parts_of(named).values() for iri in parts}:
        claims.setdefault(part, {}).update({each.claim: _membership(part, each) for each in seats.pop(part, ())})
    return Extract(Records(named, with_wholes(named, claims)), seats)


def _read_seats(store: Store, of_section: Mapping[str, str], texts: _Texts) -> dict[str, list[Sitting]]:
    """Return the memberships of each source."""
    manners: dict[tuple[str, ...], Manner] = {}
    found: dict[str, dict[str, Sitting]] = {}
    for section, subject, forum, *how in store.cells(named_query("extract/seats")):
        source = of_section.get(section)
        if source is None:
            continue
        key = tuple(how)
        manner = manners.get(key)
        if manner is None:
            manner = manners[key] = Manner(*[(texts[cell],) if cell else () for cell in how])
        here, sitting = found.setdefault(source, {}), Sitting(texts[subject], texts[forum], manner)
        before = here.get(subject)
        here[subject] = _both(before, sitting) if before else sitting
    return {source: list(each.values()) for source, each in found.items()}


def _both(one: Sitting, other: Sitting) -> Sitting:
    """Return the membership of two rows of one claim."""
    manner = [tuple(sorted({*first, *second})) for first, second in zip(one.manner, other.manner, strict=True)]
    return Sitting(one.claim, min(one.forum, other.forum), Manner(*manner))


def _membership(source: str, sitting: Sitting) -> Record:
    columns = zip(SEATS, ((sitting.forum,), *sitting.manner), strict=True)
    values = {name: list(found) for name, found in columns if found}
    return Record(sitting.claim, source, {RDF.type: [FB.ForumMembership], **values})


def _read_claims(store: Store, of_section: Mapping[str, str], texts: _Texts) -> dict[str, dict[str, Record]]:
    """Return the claims of each source but memberships, by IRI and in its order."""
    claims: dict[str, dict[str, Values]] = {}
    for name, (kind, *columns) in CLAIMS.items():
        for section, subject, *cells in store.cells(named_query(f"extract/{name}")):
            source = of_section.get(section)
            if source is not None:
                _add(claims.setdefault(source, {}), subject, columns, cells, texts, kind=kind)
    lists: dict[str, list[str]] = {}
    for subject, member in store.cells(named_query("extract/lists")):
        lists.setdefault(subject, []).append(texts[member])
    return {source: _records(source, each, lists) for source, each in claims.items()}


def _add(
    here: dict[str, Values],
    subject: str,
    columns: Sequence[str],
    cells: Sequence[str],
    texts: _Texts,
    *,
    kind: str = "",
) -> None:
    """Add a row to the properties of its subject; their values stay sorted, each once."""
    values = here.get(subject)
    if values is None:
        values = here[subject] = {name: [texts[cell]] for name, cell in zip(columns, cells, strict=True) if cell}
        if kind:
            values[RDF.type] = [kind]
        return
    if kind:
        values.setdefault(RDF.type, [kind])
    for name, cell in zip(columns, cells, strict=True):
        if cell:
            value, known = texts[cell], values.setdefault(name, [])
            if value not in known:
                known.append(value)
                known.sort()


def _records(source: str, found: dict[str, Values], lists: Mapping[str, list[str]]) -> dict[str, Record]:
    for cell in found.keys() & lists.keys():
        found[cell][FB.listsMembership] = sorted(lists[cell])
    by_iri = {cell[1:-1]: values for cell, values in found.items()}
    return {iri: Record(iri, source, by_iri[iri]) for iri in sorted(by_iri)}
