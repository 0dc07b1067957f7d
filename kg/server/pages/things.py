"""The page of a thing: what it is, and what each report says of it, claim by claim with section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.findings import Finding, Kind, Thing
from kg.listings import finding_rows
from kg.namespaces import BASE, FB, RDF, RDFS, SCHEMA, SKOS, graph_iri, last_part
from kg.phrases import capital
from kg.records import Record
from kg.sentences import sentence
from kg.server.pages.addresses import SUFFIXES, data_of, local_of, page_of
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.claims import Fact, Seat, Told, Value, facts_of, is_seat, named, seat_of, tell, value_of
from kg.server.pages.country import Country
from kg.server.pages.frame import not_found, show
from kg.server.pages.outcomes import OUTCOMES
from kg.server.pages.terms import Term, find_term, name_of_term, terms
from kg.sources import Source

__all__ = ["Line", "alternates_of", "lines_of", "paged", "thing_page"]

MANY = 20
"""So many reports are told of on one page."""

MEDIA = {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}


@dataclass(frozen=True, slots=True)
class Line:
    """A finding: where and who, in one sentence, its address and what it is: `gap`, `question` or `comparison`."""

    name: str
    text: str
    href: str
    kind: str


@dataclass(frozen=True, slots=True)
class OfReport:
    """What one report says of a thing: who sits where, other claims, and the address of the report."""

    report: Value
    day: str
    municipality: Value
    seats: tuple[Seat, ...]
    claims: tuple[Told, ...]


def alternates_of(asked: Asked, iri: str) -> tuple[tuple[str, str], ...]:
    """Return media type and address of the data about a thing."""
    return tuple((MEDIA[each], asked.root + data_of(iri, each)) for each in MEDIA if each in SUFFIXES)


def paged(asked: Asked, count: int, each: int) -> tuple[slice, list[tuple[str, str]]]:
    """Return which of `count` things the page asked for (`sida`) shows, and address and name of the other pages."""
    pages = max(1, -(-count // each))
    given = asked.get("sida")
    now = min(int(given), pages) if given.isdecimal() and len(given) < 6 and int(given) > 0 else 1
    links = []
    if now > 1:
        links.append((asked.here(sida=str(now - 1) if now > 2 else ""), asked.say("Föregående", "Previous")))
    if now < pages:
        links.append((asked.here(sida=str(now + 1)), asked.say("Nästa", "Next")))
    return slice((now - 1) * each, now * each), links


def lines_of(asked: Asked, findings: Sequence[Finding], *kinds: Kind, all_of: bool = False) -> list[Line]:
    """Return findings of some kinds as lines, in their order; of comparisons those that stand out, or `all_of` them."""
    return [
        Line(_named(asked, each), sentence(each, asked.lang), asked.to(f"/fynd/{each.id}"), each.kind.value)
        for each in findings
        if each.kind in kinds and (all_of or each.kind is not Kind.COMPARISON or each.stands_out)
    ]


def _named(asked: Asked, finding: Finding) -> str:
    where, wanted = finding_rows([finding], asked.lang)[0][:2]
    return f"{where}: {wanted}" if wanted else where


def thing_page(country: Country, asked: Asked, iri: str) -> Reply:
    """Return the page about an IRI of the graph: a thing, a claim, a term of the vocabulary, a section, a graph."""
    term = find_term(iri)
    if term is not None:
        return _term_page(country, asked, term)
    if iri == f"{BASE}spec":
        return _vocabulary_page(asked, iri)
    if iri.startswith(f"{BASE}res/graf/"):
        return _graph_page(country, asked, iri)
    record, home = _record(country, iri)
    if record is None and iri not in country.mentions:
        return not_found(asked, country, iri.removeprefix(BASE).removeprefix("id/"))
    record = record or Record(iri)
    if home:
        return _claim_page(country, asked, record, home)
    told = _told(country, iri)
    part, pages = paged(asked, len(told), MANY)
    of_reports = [_of_report(country, asked, iri, source, claims) for source, claims in told[part]]
    kinds = [name_of_term(each, asked.lang) for each in record.all(RDF.type)]
    number = record.one(FB.sectionNumber)
    return show(
        asked,
        "thing.html",
        f"{number if number[:1].isdigit() else ''} {record.thing.label(asked.lang)}".strip(),
        alternates=alternates_of(asked, iri),
        iri=iri,
        data=[(name.upper(), asked.root + data_of(iri, name)) for name in MEDIA],
        kinds=[capital(each) for each in kinds],
        also=_also(record),
        definition=record.text(SKOS.definition, asked.lang) or record.text(SKOS.definition, "sv"),
        facts=facts_of(country, asked, record, about=iri),
        parts_list=_parts(country, asked, record),
        reports=of_reports,
        total=len(told),
        pages=pages,
        **_judged(country, asked, record, told),
    )


def _record(country: Country, iri: str) -> tuple[Record | None, str]:
    """Return the record of a thing or claim; the IRI of its source where it is a claim and no thing with a name."""
    named = country.records.named.get(iri)
    if named is not None and f"{BASE}id/utsaga/" not in iri:
        return named, ""
    key = iri.removeprefix(f"{BASE}id/utsaga/").partition("/")[0]
    source = f"{BASE}res/kalla/{key}"
    claim = country.records.claims.get(source, {}).get(iri)
    if claim is not None:
        return claim, source
    for home, claims in country.records.claims.items():
        if iri in claims:
            return claims[iri], home
    return named, ""


def _also(record: Record) -> list[str]:
    own = {record.thing.sv, record.thing.label("en")}
    return [each for each in record.all(SKOS.altLabel) if each not in own]


def _told(country: Country, iri: str) -> list[tuple[Source, list[Record]]]:
    """Return the claims that name a thing by report, the newest first; a whole stands for its parts."""
    by_source: dict[str, list[Record]] = {}
    for source, claim in country.mentions.get(iri, ()):
        by_source.setdefault(source, []).append(claim)
    sources = {each.thing.iri: each for each in country.sources if not each.part_of}
    found = [(sources[each], claims) for each, claims in by_source.items() if each in sources]
    return sorted(found, key=lambda each: (each[0].observed_on, each[0].key), reverse=True)


def _of_report(country: Country, asked: Asked, iri: str, source: Source, claims: Sequence[Record]) -> OfReport:
    seats = [seat_of(country, asked, each, about=iri) for each in claims if is_seat(each)]
    return OfReport(
        report=named(asked, source.thing),
        day=source.observed_on.isoformat(),
        municipality=value_of(country, asked, source.municipality.iri),
        seats=tuple(sorted(seats, key=lambda each: (each.denied, [v.text for v in (*each.actors, *each.forums)]))),
        claims=tuple(tell(country, asked, each, about=iri) for each in claims if not is_seat(each)),
    )


def _parts(country: Country, asked: Asked, record: Record) -> list[Value]:
    """Return what says that it is a part of a thing: units, functions, forums of a kind, terms of a scheme."""
    found = sorted(country.parts.get(record.iri, ()), key=lambda each: each.label(asked.lang).casefold())
    return [named(asked, each) for each in found]


def _judged(
    country: Country, asked: Asked, record: Record, told: Sequence[tuple[Source, Sequence[Record]]]
) -> dict[str, Any]:
    """Return what the norms find of a forum in the newest report that describes it, and of a norm in the country."""
    lines: list[Line] = []
    latest = Value("")
    cases, _ = country.opened()
    for source, claims in told:
        if source.key in cases and any(each.one(FB.describesForum) == record.iri for each in claims):
            findings = [
                each for each in country.reading(source.key).findings if each.forum and each.forum.iri == record.iri
            ]
            lines = lines_of(asked, findings, Kind.GAP, Kind.COMPARISON, Kind.QUESTION)
            latest = Value(
                source.thing.label(asked.lang), asked.to(f"/karta/{source.key}") + f"#node={_key(record.thing)}"
            )
            break
    norm = record.one(SKOS.notation) if f"{BASE}id/norm/" in record.iri else ""
    counts: dict[str, int] = {}
    for each in country.counted if norm else ():
        if each.norm.id == norm:
            counts[each.outcome.value] = counts.get(each.outcome.value, 0) + 1
    outcomes = [
        (asked.say(*words), counts[name], asked.to("/luckor", norm=norm, utfall=name, typ="alla"))
        for name, words in OUTCOMES.items()
        if name in counts
    ]
    return {"lines": lines, "latest": latest, "outcomes": outcomes}


def _key(thing: Thing) -> str:
    return thing.iri.removeprefix(f"{BASE}id/")


def _claim_page(country: Country, asked: Asked, record: Record, home: str) -> Reply:
    told, graph = tell(country, asked, record), graph_iri(last_part(home))
    rows = (
        Fact(asked.say("rapport", "report"), (value_of(country, asked, home),)),
        Fact(asked.say("graf", "graph"), (Value(graph, asked.root + local_of(graph)),)),
    )
    return show(
        asked,
        "claim.html",
        told.kind,
        alternates=alternates_of(asked, record.iri),
        iri=record.iri,
        data=[(name.upper(), asked.root + data_of(record.iri, name)) for name in MEDIA],
        told=told,
        facts=(*told.facts, *rows),
    )


def _graph_page(country: Country, asked: Asked, iri: str) -> Reply:
    key = last_part(iri)
    source = country.by_key.get(key)
    if source is None:
        title = asked.say(f"Graf: {key}", f"Graph: {key}")
        return show(
            asked, "graph.html", title, iri=iri, data=[(n.upper(), asked.root + data_of(iri, n)) for n in MEDIA]
        )
    return Reply("", status=303, to=asked.to(page_of(source.thing.iri)))


def _vocabulary_page(asked: Asked, iri: str) -> Reply:
    named = [Value(capital(name_of_term(each, asked.lang)), asked.to(page_of(each))) for each in terms()]
    said = asked.say(
        "Klasser och egenskaper som grafen är skriven med.", "Classes and properties that the graph is written in."
    )
    return _plain(
        asked, iri, asked.say("Vokabulären", "The vocabulary"), said, parts=sorted(named, key=lambda v: v.text)
    )


def _term_page(country: Country, asked: Asked, term: Term) -> Reply:
    facts = [
        Fact(name_of_term(name, asked.lang), tuple(value_of(country, asked, each) for each in points))
        for name, points in term.points.items()
        if name in {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso, SCHEMA.domainIncludes, SCHEMA.rangeIncludes}
    ]
    note = term.text(SKOS.scopeNote, asked.lang)
    facts += [Fact(name_of_term(SKOS.scopeNote, asked.lang), (Value(note),))] if note else []
    title = capital(name_of_term(term.iri, asked.lang))
    return _plain(asked, term.iri, title, term.text(SKOS.definition, asked.lang), facts=facts)


def _plain(
    asked: Asked, iri: str, title: str, definition: str, *, facts: Sequence[Fact] = (), parts: Sequence[Value] = ()
) -> Reply:
    """Return the page of something of the vocabulary, of which no report speaks."""
    return show(
        asked,
        "thing.html",
        title,
        alternates=alternates_of(asked, iri),
        iri=iri,
        data=[(name.upper(), asked.root + data_of(iri, name)) for name in MEDIA],
        kinds=[asked.say("Ord i vokabulären", "Term of the vocabulary")],
        also=[],
        definition=definition,
        facts=facts,
        parts_list=parts,
        reports=[],
        total=0,
        pages=[],
        lines=[],
        latest=Value(""),
        outcomes=[],
    )
