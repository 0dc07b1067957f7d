"""Only what whole-graph results need of the graph, read with a few wide queries instead of property by property.

The records are those that `read_records` gives, without names, wording, sections and certainty: outcomes, ages and
shared members are the same, at a fifth of the cost. Memberships, a third of all claims, are no records at all but
sittings. Not checked: that everything has a name, as `kg validate` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
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

QUERIES = (*WHOLE, "sections", "seats", *THINGS, *CLAIMS, "lists")
"""All queries, in the order in which their rows are read: what takes Python longer than the engine first."""

Rows = Iterator[list[str]]
Values = dict[str, tuple[str, ...]]


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


class _Alone(dict[str, tuple[str]]):
    """The plain text of each cell as the one value of a property."""

    def __init__(self, texts: _Texts) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, cell: str) -> tuple[str]:
        value = self[cell] = (self._texts[cell],)
        return value


def read_extract(store: Store) -> Extract:
    """Return what judging, ages and shared members need, of all sources; linear in the number of claims."""
    with closing(store.tables([named_query(f"extract/{name}") for name in QUERIES])) as tables:
        return _read(tables)


def _read(tables: Iterator[Rows]) -> Extract:
    """Make the extract of the rows of all queries, in their order."""
    texts = _Texts()
    alone = _Alone(texts)
    named: dict[str, Record] = {}
    for _ in WHOLE:
        named.update(gather(next(tables), of_source=False).get("", {}))
    of_section = {one: texts[other] for one, other in next(tables)}
    seats = _read_seats(next(tables), of_section, texts)
    for columns in THINGS.values():
        things: dict[str, Values] = {}
        for subject, *cells in next(tables):
            _add(things, subject[1:-1], columns, cells, alone)
        named.update({iri: Record(iri, "", values) for iri, values in things.items()})
    claims = _read_claims(tables, of_section, texts, alone)
    for part in {iri for parts in parts_of(named).values() for iri in parts}:
        claims.setdefault(part, {}).update({each.claim: _membership(part, each) for each in seats.pop(part, ())})
    return Extract(Records(named, with_wholes(named, claims)), seats)


def _read_seats(rows: Rows, of_section: Mapping[str, str], texts: _Texts) -> dict[str, list[Sitting]]:
    """Return the memberships of each source."""
    manners: dict[tuple[str, ...], Manner] = {}
    found: dict[str, dict[str, Sitting]] = {}
    for section, subject, forum, *how in rows:
        source = of_section.get(section)
        if source is None:
            continue
        key = tuple(how)
        manner = manners.get(key)
        if manner is None:
            manner = manners[key] = Manner(*[(texts[cell],) if cell else () for cell in how])
        here, sitting = found.setdefault(source, {}), Sitting(subject[1:-1], texts[forum], manner)
        before = here.get(subject)
        here[subject] = _both(before, sitting) if before else sitting
    return {source: list(each.values()) for source, each in found.items()}


def _both(one: Sitting, other: Sitting) -> Sitting:
    """Return the membership of two rows of one claim."""
    manner = [tuple(sorted({*first, *second})) for first, second in zip(one.manner, other.manner, strict=True)]
    return Sitting(one.claim, min(one.forum, other.forum), Manner(*manner))


def _membership(source: str, sitting: Sitting) -> Record:
    columns = zip(SEATS, ((sitting.forum,), *sitting.manner), strict=True)
    values = {name: found for name, found in columns if found}
    return Record(sitting.claim, source, {RDF.type: (FB.ForumMembership,), **values})


def _read_claims(
    tables: Iterator[Rows], of_section: Mapping[str, str], texts: _Texts, alone: _Alone
) -> dict[str, dict[str, Record]]:
    """Return the claims of each source but memberships, by IRI and in its order."""
    claims: dict[str, dict[str, Values]] = {}
    for kind, *columns in CLAIMS.values():
        of_kind = (kind,) if kind else ()
        for section, subject, *cells in next(tables):
            source = of_section.get(section)
            if source is not None:
                _add(claims.setdefault(source, {}), subject[1:-1], columns, cells, alone, of_kind)
    lists: dict[str, list[str]] = {}
    for subject, member in next(tables):
        lists.setdefault(subject[1:-1], []).append(texts[member])
    return {source: _records(source, each, lists) for source, each in claims.items()}


def _add(
    here: dict[str, Values],
    subject: str,
    columns: Sequence[str],
    cells: Sequence[str],
    alone: _Alone,
    of_kind: tuple[str, ...] = (),
) -> None:
    """Add a row to the properties of its subject; their values stay sorted, each once."""
    found: Values = {name: alone[cell] for name, cell in zip(columns, cells, strict=True) if cell}
    if of_kind:
        found[RDF.type] = of_kind
    values = here.setdefault(subject, found)
    if values is not found:
        for name, more in found.items():
            known = values.get(name, more)
            values[name] = known if known is more else tuple(sorted({*known, *more}))


def _records(source: str, found: dict[str, Values], lists: Mapping[str, list[str]]) -> dict[str, Record]:
    for iri in found.keys() & lists.keys():
        found[iri][FB.listsMembership] = tuple(sorted(lists[iri]))
    return {iri: Record(iri, source, found[iri]) for iri in sorted(found)}
