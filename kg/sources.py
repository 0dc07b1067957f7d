"""Reports: which there are, what they examined, when, and which of them a question is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.errors import DataError, UnknownName
from kg.findings import Thing
from kg.namespaces import DCTERMS, FB, PROV, last_part
from kg.naming import find_municipality, near_key
from kg.records import Record, Records

__all__ = [
    "Scope",
    "Source",
    "choose_sources",
    "find_source",
    "list_sources",
    "municipalities",
    "span_of",
]

FAR = date(9999, 12, 31)
_AUDIT = re.compile(r"revision|granskning", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an audit examined: bodies, criteria and topics as IRIs; ages in completed years, None where open."""

    bodies: frozenset[str]
    criteria: frozenset[str]
    topics: frozenset[str]
    min_age: int | None
    max_age: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """A report or reply: its names, municipality, the days it can speak of, and the scope of its audit.

    `part_of` is the key of the whole that it is a part of, "" for all others. `own` says that it is no audit and no
    reply to one: the municipality's own word, a web page, a decision, or a whole of such.
    """

    thing: Thing
    key: str
    municipality: Thing
    code: str
    observed_on: date
    precision: str
    span: tuple[date, date]
    scope: Scope | None
    describes_forums: bool
    part_of: str = ""
    own: bool = False


def span_of(day: date, precision: str) -> tuple[date, date]:
    """Return the first and last day that a date of this precision can mean.

    The latest date that an undated report cites is a lower bound; a year is added for the writing.

    >>> span_of(date(2021, 6, 1), "manad")[1].isoformat()
    '2021-06-30'
    """
    if precision == "ar":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if precision == "manad":
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return day.replace(day=1), following - timedelta(days=1)
    if precision == "senast-citerat":
        return day, day + timedelta(days=365)
    return day, day


def _whole(record: Record, name: str) -> int | None:
    number = record.number(name)
    return None if number is None else int(number)


def _scope(audits: Iterable[Record]) -> Scope | None:
    found = list(audits)
    if not found:
        return None
    ages = [(_whole(each, FB.scopeMinAge), _whole(each, FB.scopeMaxAge)) for each in found]
    lows, highs = [low for low, _ in ages], [high for _, high in ages]
    return Scope(
        bodies=frozenset(iri for each in found for iri in each.all(FB.auditedBody)),
        criteria=frozenset(iri for each in found for iri in each.all(FB.criterion)),
        topics=frozenset(iri for each in found for iri in each.all(FB.topic)),
        min_age=None if None in lows else min(low for low in lows if low is not None),
        max_age=None if None in highs else max(high for high in highs if high is not None),
    )


def _is_own(record: Record) -> bool:
    """Whether a source is a description of one's own: it says what kind it is or that the municipality wrote it.

    Neither kind, title nor name calls it an audit, and it replies to no other source.
    """
    told = record.one(DCTERMS.type) or record.one(FB.municipality) in record.all(DCTERMS.creator)
    words = (*record.all(DCTERMS.type), *record.all(DCTERMS.title), record.thing.sv)
    return bool(told) and not record.one(DCTERMS.relation) and not any(map(_AUDIT.search, words))


def list_sources(records: Records) -> list[Source]:
    """Return all sources, ordered by municipality code, day and key; raises `DataError` for one without a day."""
    known: list[Source] | None = records.remembered.get("sources")
    if known is None:
        known = records.remembered["sources"] = _sources(records)
    return list(known)


def _sources(records: Records) -> list[Source]:
    audits: dict[str, list[Record]] = {}
    for audit in records.of_class(FB.Audit):
        for generated in audit.all(PROV.generated):
            audits.setdefault(generated, []).append(audit)
    found = []
    for record in records.of_class(FB.Source):
        day = record.day(FB.observedOn)
        if day is None:
            raise DataError(f"{record.iri} has no fb:observedOn; a source needs a day")
        precision = last_part(record.one(FB.datePrecision)) or "dag"
        municipality = record.one(FB.municipality)
        found.append(
            Source(
                thing=record.thing,
                key=last_part(record.iri),
                municipality=records.thing(municipality),
                code=last_part(municipality),
                observed_on=day,
                precision=precision,
                span=span_of(day, precision),
                scope=_scope(audits.get(record.iri, ())),
                describes_forums=records.makes(record.iri, FB.ForumDescription),
                part_of=last_part(record.one(DCTERMS.isPartOf)),
                own=record.iri not in audits and _is_own(record),
            )
        )
    return sorted(found, key=lambda each: (each.code, each.observed_on, each.key))


def municipalities(records: Records) -> list[tuple[Thing, str]]:
    """Return the municipalities of the records with their codes."""
    return [(each.thing, each.one(FB.municipalityCode)) for each in records.of_class(FB.Municipality)]


def find_source(records: Records, name: str) -> Source:
    """Return the source meant by its key (`vaxjo-2022`); raises `UnknownName` with near names."""
    sources = {each.key: each for each in list_sources(records)}
    return sources[near_key(name, sources)]


def choose_sources(
    records: Records,
    *,
    municipality: str = "",
    reports: Sequence[str] = (),
    all_reports: bool = False,
) -> list[Source]:
    """Return the sources a question is about: those named, or of each municipality the latest that describes forums.

    A part of a whole is only taken where it is named: the whole holds its claims.

    Raises `UnknownName` for a municipality or report that does not exist, or that has no report.
    """
    sources = [find_source(records, name) for name in reports] if reports else list_sources(records)
    if municipality:
        thing = find_municipality(municipalities(records), municipality)
        sources = [each for each in sources if each.municipality.iri == thing.iri]
        if not sources:
            what = (
                f"{', '.join(reports)} is on another municipality" if reports else f"no report on {thing.sv} is loaded"
            )
            raise UnknownName("report", municipality, hint=f"({what})")
    if reports:
        keys = {each.key for each in sources}
        return [each for each in sources if each.part_of not in keys]
    sources = [each for each in sources if not each.part_of]
    if all_reports:
        return sources
    latest: dict[str, Source] = {}
    for source in sources:
        before = latest.get(source.code)
        if before is None or source.describes_forums or not before.describes_forums:
            latest[source.code] = source
    return [latest[code] for code in sorted(latest)]
