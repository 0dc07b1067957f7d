"""The sources of one workbook as one picture: which are parts of the whole, and where they do not agree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from kg.namespaces import BASE, DCTERMS, FB, ORG, PROV, RDF, SKOS, concept, source_iri
from kg.workbook.messages import Level
from kg.workbook.parsing import parse_yes
from kg.workbook.sheets import Kind
from kg.workbook.triples import Triple, iri, text
from kg.workbook.work import Origin, Work

__all__ = ["is_joined", "join_sources", "likely_parts", "whole_key"]

_AUDIT: Final = re.compile(r"revision|granskning", re.IGNORECASE)
_WORDS: Final = frozenset({DCTERMS.type, DCTERMS.title, SKOS.prefLabel})
_WHOLE: Final = concept("fullstandighet", "fullstandig")


def whole_key(place_slug: str) -> str:
    """Return the key of the whole that the sources of a municipality are parts of."""
    return f"{place_slug}-samlad"


def likely_parts(graphs: Mapping[str, Iterable[Triple]], keys: Iterable[str]) -> list[str]:
    """Return the sources that make one picture where nobody says otherwise: no audit reports and no replies.

    An audit report is one that an audit of the graph has generated, or that its kind, title or name calls revision or
    granskning; its scope and its day are its own, so it is never mixed with what is found elsewhere.
    """
    audited = {t.value.text for said in graphs.values() for t in said if t.predicate == PROV.generated}
    found = []
    for key in keys:
        address = source_iri(key)
        said = [t for t in graphs.get(key, ()) if t.subject == address]
        words = " ".join(t.value.text for t in said if t.predicate in _WORDS)
        reply = any(t.predicate == DCTERMS.relation for t in said)
        if address not in audited and not reply and not _AUDIT.search(words):
            found.append(key)
    return found


def is_joined(triples: Iterable[Triple], key: str) -> bool:
    """Whether the graph of a source says that it is part of a whole."""
    address = source_iri(key)
    return any(t.subject == address and t.predicate == DCTERMS.isPartOf for t in triples)


def join_sources(work: Work) -> None:
    """Say which sources are parts of the one picture, where there are two or more, and where they disagree."""
    likely = set(likely_parts(work.said, [each.key for each in work.sources]))
    given = _given(work)
    parts = [each for each in work.sources if given.get(each.key, each.key in likely)]
    place = work.context.place
    whole = whole_key(place.slug)
    if len(parts) < 2 or whole in {each.key for each in work.sources}:
        return
    address = source_iri(whole)
    days = []
    for part in parts:
        work.add(part.key, part.iri, DCTERMS.isPartOf, iri(address))
        said = [t for t in work.said[part.key] if t.subject == part.iri]
        day = next((t.value for t in said if t.predicate == FB.observedOn), None)
        precision = next((t.value for t in said if t.predicate == FB.datePrecision), None)
        if day:
            days.append((day, part.key, precision))
    label = f"{place.name}, samlad bild"
    for term, value in (
        (RDF.type, iri(FB.Source)),
        (SKOS.prefLabel, text(label)),
        (SKOS.prefLabel, text(f"{place.name}, all sources together", "en")),
        (DCTERMS.title, text(f"{place.official}: samlad bild av {len(parts)} källor")),
        (DCTERMS.type, text("samlad bild")),
        (DCTERMS.creator, iri(place.iri)),
        (FB.municipality, iri(place.iri)),
    ):
        work.add(whole, address, term, value)
    if days:
        day, _, precision = max(days, key=lambda each: (each[0].text, each[1]))
        work.add(whole, address, FB.observedOn, day)
        if precision:
            work.add(whole, address, FB.datePrecision, precision)
    _say_disagreement(work, {each.key: each.label for each in parts})


def _given(work: Work) -> dict[str, bool]:
    """Return what the column of the sources says, by key; an empty cell says nothing."""
    found = {}
    for at, table in enumerate(work.tables):
        column = next((each.name for each in table.sheet.columns if each.kind is Kind.PART), "")
        for number, row in enumerate(table.rows if column else ()):
            cell = row.cells.get(column, "")
            address = work.things.get((at, number), ("", False))[0]
            said = parse_yes(cell)
            if cell and said is None:
                work.say(Level.ERROR, table, row, column, "Skriv ja eller nej, eller lämna cellen tom.", found=cell)
            elif said is not None:
                found[address.removeprefix(f"{BASE}res/kalla/")] = said
    return found


Pair = tuple[str, str]


@dataclass
class _Told:
    """What the parts say of forum and actor: who states a membership, who denies it, and who lists everybody."""

    seats: dict[Pair, dict[str, Origin | None]] = field(default_factory=lambda: defaultdict(dict))
    denials: dict[Pair, set[str]] = field(default_factory=lambda: defaultdict(set))
    lists: list[tuple[str, str, set[str]]] = field(default_factory=list)


def _told(work: Work, keys: Iterable[str]) -> _Told:
    told = _Told()
    for key in keys:
        said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        origins: dict[str, Origin] = {}
        for triple, origin in work.said[key].items():
            said[triple.subject][triple.predicate].append(triple.value.text)
            if origin and triple.predicate == ORG.member:
                origins[triple.subject] = origin
        for claim, facts in said.items():
            for pair in product(facts.get(ORG.organization, ()), facts.get(ORG.member, ())):
                told.seats[pair].setdefault(key, origins.get(claim))
            for pair in product(facts.get(FB.excludedFrom, ()), facts.get(FB.excludedActor, ())):
                told.denials[pair].add(key)
            if _WHOLE in facts.get(FB.listingCompleteness, ()) and facts.get(FB.listsMembership):
                listed = {each for one in facts[FB.listsMembership] for each in _of(said, one)}
                told.lists += [(key, forum, listed) for forum in facts.get(FB.describesForum, ())]
    return told


def _of(said: Mapping[str, Mapping[str, list[str]]], claim: str) -> list[str]:
    return said[claim].get(ORG.member, []) if claim in said else []


def _say_disagreement(work: Work, labels: Mapping[str, str]) -> None:
    """Warn where one part lists all members or denies one, and another states a member that is not among them."""
    told = _told(work, labels)
    for (forum, actor), where in sorted(told.seats.items()):
        who, place = work.names.label(actor), work.names.label(forum)
        against = [
            f"Källan {labels[key]} räknar upp alla i {place} utan {who}."
            for key, of, listed in told.lists
            if of == forum and actor not in listed and key not in where
        ]
        against += [
            f"Källan {labels[key]} säger att {who} inte deltar i {place}."
            for key in sorted(told.denials.get((forum, actor), set()) - set(where))
        ]
        for origin in (each for _, each in sorted(where.items()) if each):
            table = work.tables[origin.table]
            for said in against:
                what = f"{said} Läses som att {who} deltar; ingen lucka sägs. Fråga vilket som stämmer."
                work.say(Level.WARNING, table, table.rows[origin.row], origin.column, what)
