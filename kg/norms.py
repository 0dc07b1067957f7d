"""Who is expected where, from which day and on what ground: norms as values, and whether they held on a day."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from kg.errors import DataError
from kg.findings import Thing
from kg.namespaces import DCTERMS, FB, PROV, RDF, SCHEMA, SKOS, concept, last_part
from kg.records import Record, Records
from kg.sources import FAR, span_of

__all__ = ["Holds", "Norm", "NormKind", "held_in", "holds", "list_norms", "with_norms_of"]

MUST, SHOULD, MAY = (concept("forpliktelsegrad", code) for code in ("ska", "bor", "kan"))
LAW, STRIVE, PRACTICE = (concept("normgrund", code) for code in ("lag", "verka-for", "praxis"))
_POLITICS = concept("aktorstyp", "politik")
_ID = re.compile(r"\b[A-ZÅÄÖ]{3,4}-\d+\b")


class NormKind(StrEnum):
    """What a norm expects."""

    PARTICIPATION = "participation"
    EXISTENCE = "existence"
    FREQUENCY = "frequency"
    DUTY = "duty"


_CLASSES = {
    FB.ParticipationNorm: NormKind.PARTICIPATION,
    FB.ExistenceNorm: NormKind.EXISTENCE,
    FB.FrequencyNorm: NormKind.FREQUENCY,
    FB.DutyNorm: NormKind.DUTY,
}


class Holds(StrEnum):
    """Whether a norm was in force on the day of a source."""

    YES = "yes"
    NOT_YET = "not-yet"
    NO_LONGER = "no-longer"
    START_UNKNOWN = "start-unknown"
    DATE_TOO_COARSE = "date-too-coarse"


@dataclass(frozen=True)
class Norm:
    """One norm: what it expects of whom, how strongly, on what ground, when and under which condition."""

    thing: Thing
    id: str
    kind: NormKind
    statement: Thing
    forum_types: frozenset[str]
    classes: frozenset[str]
    actor_type: str
    expected: str
    frequency: Thing | None
    meetings: float | None
    obligation: str
    basis: str
    valid_from: date | None
    valid_through: date | None
    precision: str
    known_from: date | None
    levels: frozenset[str]
    ages: tuple[int | None, int | None]
    condition: str
    condition_text: Thing | None
    county: str
    not_for: frozenset[str]
    verification: str
    evidence_count: int
    topics: frozenset[str]
    source: Thing
    address: str
    acts: frozenset[str]
    locator: str

    @cached_property
    def starts(self) -> tuple[date, date] | None:
        """The first and last day on which it can have begun to hold, None where no start is known."""
        return span_of(self.valid_from, self.precision) if self.valid_from else None

    @property
    def general(self) -> bool:
        """Whether it is a duty of elected politics in all its work: borne by politics, on no topic and on no forum."""
        return self.actor_type == _POLITICS and not self.topics and not self.forum_types

    @cached_property
    def group(self) -> frozenset[str]:
        """Ids of the norms that this one's condition names ("at least one of")."""
        return frozenset(_ID.findall(self.condition_text.sv if self.condition_text else ""))


def _words(record: Record) -> Thing | None:
    words = record.text(FB.conditionText, "sv")
    return Thing("", words, record.text(FB.conditionText, "en")) if words else None


def _age_span(records: Records, iris: Iterable[str]) -> tuple[int | None, int | None]:
    for iri in iris:
        record = records.named.get(iri) or Record(iri)
        low, high = record.number(FB.minAge), record.number(FB.maxAge)
        return (None if low is None else int(low), None if high is None else int(high))
    return None, None


def _norm(records: Records, record: Record) -> Norm:
    kinds = [_CLASSES[each] for each in record.all(RDF.type) if each in _CLASSES]
    if len(kinds) != 1:
        raise DataError(f"{record.iri} must be of exactly one kind of norm, found {len(kinds)}")
    source = record.one(DCTERMS.source) or record.one(PROV.wasDerivedFrom)
    document = records.named.get(source) or Record(source)
    name = document.text(DCTERMS.title, "sv") or document.one(DCTERMS.title) or document.thing.sv
    publisher = "" if document.is_a(FB.LegalAct) or document.is_a(FB.Source) else document.one(DCTERMS.publisher)
    title = Thing(source, f"{publisher}: {name}" if publisher else name)
    identifier = record.one(SKOS.notation) or last_part(record.iri).upper()
    return Norm(
        thing=record.thing,
        id=identifier,
        kind=kinds[0],
        statement=Thing(record.iri, record.text(SKOS.definition, "sv"), record.text(SKOS.definition, "en")),
        forum_types=frozenset(record.all(FB.appliesToForumType)),
        classes=frozenset(record.all(FB.appliesToClass)),
        actor_type=record.one(FB.expectsActorType),
        expected=record.one(FB.expectsExistenceOf),
        frequency=records.thing(record.one(FB.frequency)) if record.one(FB.frequency) else None,
        meetings=record.number(FB.meetingsPerYearMin),
        obligation=record.one(FB.obligationLevel),
        basis=record.one(FB.normBasis),
        valid_from=record.day(FB.validFrom),
        valid_through=record.day(FB.validThrough),
        precision=last_part(record.one(FB.datePrecision)) or "dag",
        known_from=record.day(FB.knownFrom),
        levels=frozenset(record.all(FB.level)),
        ages=_age_span(records, record.all(FB.hasTargetGroup)),
        condition=last_part(record.one(FB.condition)),
        condition_text=_words(record),
        county=record.one(FB.countyCode),
        not_for=frozenset(record.all(FB.notForMunicipality)),
        verification=last_part(record.one(FB.verification)),
        evidence_count=int(record.number(FB.evidenceCount) or 0),
        topics=frozenset(record.all(FB.topic)),
        source=title,
        address=document.one(SCHEMA.url),
        acts=frozenset((*record.all(FB.legalBasis), source)),
        locator="" if "ej läst" in record.one(FB.locator) else record.one(FB.locator),
    )


_REMEMBERED = frozenset({"norms", "norms to judge", "days of norms", "norms held"})


def list_norms(records: Records) -> list[Norm]:
    """Return all norms, ordered by id, read once; raises `DataError` for one that is of no kind or of two."""
    known: list[Norm] | None = records.derived.get(("norms", ""))
    if known is None:
        found = {record.iri: _norm(records, record) for name in _CLASSES for record in records.of_class(name)}
        known = records.derived["norms", ""] = sorted(found.values(), key=lambda norm: (norm.id, norm.thing.iri))
    return list(known)


def with_norms_of(records: Records, others: Records) -> Records:
    """Return records that have the norms of others, which are then not read again."""
    list_norms(others)
    records.derived.update({key: found for key, found in others.derived.items() if key[0] in _REMEMBERED})
    return records


def held_in(records: Records, span: tuple[date, date]) -> Mapping[str, Holds]:
    """Return whether each norm was in force during some days, by IRI.

    `holds` only asks which days come before and after which, so that all spans that lie alike among the days on which
    any norm starts or ends have one answer.
    """
    norms = list_norms(records)
    days: list[date] | None = records.derived.get(("days of norms", ""))
    if days is None:
        named = {each for norm in norms for each in (*(norm.starts or ()), norm.valid_through, norm.known_from) if each}
        days = records.derived["days of norms", ""] = sorted(named)
    place = "-".join(str(find(days, day)) for day in span for find in (bisect_left, bisect_right))
    known: Mapping[str, Holds] | None = records.derived.get(("norms held", place))
    if known is None:
        known = records.derived["norms held", place] = {norm.thing.iri: holds(norm, span) for norm in norms}
    return known


def holds(norm: Norm, span: tuple[date, date]) -> Holds:
    """Say whether a norm was in force during the days that a source can speak of (first and last, both included).

    A start known to the year or the month lies anywhere in it; where that leaves doubt, the answer says so. A norm
    whose start is unknown is known to hold only from the day its own source was read (`fb:knownFrom`).
    """
    first, last = span
    end = norm.valid_through or FAR
    if first > end:
        return Holds.NO_LONGER
    if norm.starts is None:
        if norm.known_from is None or last < norm.known_from:
            return Holds.START_UNKNOWN
        return Holds.YES if first >= norm.known_from and last <= end else Holds.DATE_TOO_COARSE
    start_first, start_last = norm.starts
    if last < start_first:
        return Holds.NOT_YET
    if first >= start_last and last <= end:
        return Holds.YES
    return Holds.DATE_TOO_COARSE
