"""Reports: which there are, what they examined, when, and which of them a question is about."""

from __future__ import annotations

import difflib
import itertools
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.errors import DataError, UnknownName
from kg.findings import Thing
from kg.namespaces import DCTERMS, FB, PROV, SKOS, folded
from kg.questions import named_query
from kg.records import Record, Records
from kg.store import Store, literal_of

__all__ = [
    "Scope",
    "Source",
    "choose_sources",
    "find_municipality",
    "find_source",
    "list_sources",
    "municipalities",
    "municipality_iri",
    "source_iri_of",
    "span_of",
]

FAR = date(9999, 12, 31)
_CALLED = f"""
SELECT DISTINCT ?kommun
WHERE {{
  VALUES ?namn {{ %s }}
  ?kommun <{SKOS.prefLabel}> ?namn ;
          <{FB.municipalityCode}> ?kod .
}}
"""
_MEANT = {letter: like for like in ("aåä", "oö", "eé", "uü", "AÅÄ", "OÖ", "EÉ", "UÜ") for letter in like}
_MOST_ALIKE = 200
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


def _tail(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


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
        precision = _tail(record.one(FB.datePrecision)) or "dag"
        municipality = record.one(FB.municipality)
        found.append(
            Source(
                thing=record.thing,
                key=_tail(record.iri),
                municipality=records.thing(municipality),
                code=_tail(municipality),
                observed_on=day,
                precision=precision,
                span=span_of(day, precision),
                scope=_scope(audits.get(record.iri, ())),
                describes_forums=records.makes(record.iri, FB.ForumDescription),
                part_of=_tail(record.one(DCTERMS.isPartOf)),
                own=record.iri not in audits and _is_own(record),
            )
        )
    return sorted(found, key=lambda each: (each.code, each.observed_on, each.key))


def _folded(name: str) -> str:
    """Return a name as a slug, "" where no letter or digit is left."""
    return folded(name)


def _fold(name: str) -> str:
    words = [word for word in _folded(name).split("-") if word not in {"kommun", "kommuns", "stad", "municipality"}]
    return "-".join(words)


def find_municipality(known: Iterable[tuple[Thing, str]], name: str) -> Thing:
    """Return the municipality meant by a name, a code or a slug; case, å ä ö and "kommun" do not matter.

    `known` pairs each municipality with its code. Raises `UnknownName` with near names.
    """
    pairs = list(known)
    wanted = _fold(name)
    by_name: dict[str, dict[str, Thing]] = {}
    for thing, code in pairs:
        for label in {thing.sv, thing.label("en"), code} - {""}:
            by_name.setdefault(_fold(label), {})[thing.iri] = thing
    hits = by_name.get(wanted, {})
    if len(hits) == 1:
        return next(iter(hits.values()))
    if hits:
        near = tuple(f"{thing.sv} ({_tail(thing.iri)})" for thing in hits.values())
    else:
        names = {_fold(thing.sv): thing.sv for thing, _ in pairs}
        near = tuple(names[each] for each in difflib.get_close_matches(wanted, list(names), n=3, cutoff=0.5))
    raise UnknownName("municipality", name, near)


def municipalities(records: Records) -> list[tuple[Thing, str]]:
    """Return the municipalities of the records with their codes."""
    return [(each.thing, each.one(FB.municipalityCode)) for each in records.of_class(FB.Municipality)]


def _written_alike(name: str) -> list[str]:
    """Return a name with every letter that may be meant for its own, with and without "kommun"; none for many."""
    letters = [_MEANT.get(letter, letter) for letter in name]
    if not name.isprintable() or math.prod(map(len, letters)) > _MOST_ALIKE:
        return []
    alike = ["".join(each) for each in itertools.product(*letters)]
    return [form for each in alike for form in (each, f"{each} kommun")]


def municipality_iri(store: Store, name: str) -> str:
    """Return the IRI of the municipality meant, asking the store for nothing else.

    A name that is written as in the store, and as no other but for its dots and rings, is looked up alone: among 290 on
    a disk that is ten times as fast as a list.
    """
    names = " ".join(literal_of(each, "sv") for each in _written_alike(name.strip()))
    alike = [iri for (iri,) in store.select(_CALLED % names).values()]
    if len(alike) == 1:
        return alike[0]
    rows = store.select(named_query("network/municipalities")).values()
    return find_municipality([(Thing(iri, label), code) for iri, label, code in rows], name).iri


def source_iri_of(store: Store, key: str) -> str:
    """Return the IRI of the source with a key, asking the store for nothing else; raises `UnknownName`."""
    known = {_tail(iri): iri for (iri,) in store.select(named_query("network/sources")).values()}
    return known[_near_key(key, known)]


def _near_key(key: str, known: Iterable[str]) -> str:
    wanted, keys = _folded(key), list(known)
    if wanted in keys:
        return wanted
    near = tuple(difflib.get_close_matches(wanted, keys, n=3, cutoff=0.4))
    raise UnknownName("report", key, near, hint="List them with: kg sources list")


def find_source(records: Records, name: str) -> Source:
    """Return the source meant by its key (`vaxjo-2022`); raises `UnknownName` with near names."""
    sources = {each.key: each for each in list_sources(records)}
    return sources[_near_key(name, sources)]


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
