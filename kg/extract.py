"""Only what whole-graph results need of the graph, read with a few wide queries instead of property by property.

The records are those that `read_records` gives, without names, wording, sections and certainty: outcomes, ages and
shared members are the same, at a fifth of the cost. Not checked: that everything has a name, as `kg validate` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.namespaces import FB, ORG, RDF
from kg.questions import named_query
from kg.records import Record, Records, gather
from kg.records.wholes import with_wholes
from kg.store import Store, plain_of

__all__ = ["read_extract"]

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
        *(FB.sharingBasis, FB.preventionLevel),
    ),
    "seats": (FB.ForumMembership, ORG.organization, ORG.member, ORG.role, FB.representedBy, FB.status),
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

Values = dict[str, list[str]]


class _Texts(dict[str, str]):
    """The plain text of each cell, read once."""

    def __missing__(self, cell: str) -> str:
        text = self[cell] = plain_of(cell)[0]
        return text


def read_extract(store: Store) -> Records:
    """Return the records that judging, ages and shared members need, of all sources; linear in the number of claims."""
    texts = _Texts()
    named: dict[str, Record] = {}
    for name in WHOLE:
        named.update(gather(store.cells(named_query(f"extract/{name}")), of_source=False).get("", {}))
    for name, properties in THINGS.items():
        things: dict[str, Values] = {}
        for subject, *cells in store.cells(named_query(f"extract/{name}")):
            _add(things.setdefault(texts[subject], {}), properties, cells, texts)
        named.update((iri, Record(iri, "", _sorted(values))) for iri, values in things.items())
    section_of = {texts[one]: texts[other] for one, other in store.cells(named_query("extract/sections"))}
    claims: dict[str, dict[str, Values]] = {}
    for name, (kind, *columns) in CLAIMS.items():
        for section, subject, *cells in store.cells(named_query(f"extract/{name}")):
            source = section_of.get(texts[section])
            if source is not None:
                values = claims.setdefault(source, {}).setdefault(texts[subject], {})
                if kind and RDF.type not in values:
                    values[RDF.type] = [kind]
                _add(values, columns, cells, texts)
    listed: dict[str, list[str]] = {}
    for subject, member in store.cells(named_query("extract/lists")):
        listed.setdefault(texts[subject], []).append(texts[member])
    records = {source: _records(source, found, listed) for source, found in claims.items()}
    return Records(named, with_wholes(named, records))


def _add(values: Values, properties: Iterable[str], cells: Iterable[str], texts: Mapping[str, str]) -> None:
    for name, cell in zip(properties, cells, strict=True):
        if cell:
            value, known = texts[cell], values.get(name)
            if known is None:
                values[name] = [value]
            elif value not in known:
                known.append(value)


def _sorted(values: Values) -> Values:
    for found in values.values():
        if len(found) > 1:
            found.sort()
    return values


def _records(source: str, found: Mapping[str, Values], listed: Mapping[str, list[str]]) -> dict[str, Record]:
    """Return the claims of a source by IRI, in the order of their IRIs, each description with the members it lists."""
    records = {}
    for iri in sorted(found):
        values = _sorted(found[iri])
        if iri in listed:
            values[FB.listsMembership] = sorted(listed[iri])
        records[iri] = Record(iri, source, values)
    return records
