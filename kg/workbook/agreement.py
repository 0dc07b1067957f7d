"""Whether what the rows say holds together: one value, an end after its beginning, two ends apart."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from kg.namespaces import FB, RDF, SKOS
from kg.workbook.messages import Level
from kg.workbook.sheets import CHOICES, OTHER, Kind
from kg.workbook.triples import Term, Triple
from kg.workbook.work import Origin, Work

__all__ = ["check_agreement"]

_ORDERED: Final = (
    (FB.validFrom, FB.validThrough, "Första dagen ligger efter den sista."),
    (FB.meetingsPerYearMin, FB.meetingsPerYearMax, "Det lägsta antalet är större än det högsta."),
    (FB.timesPerYearMin, FB.timesPerYearMax, "Det lägsta antalet är större än det högsta."),
    (FB.scopeMinAge, FB.scopeMaxAge, "Den lägsta åldern är högre än den högsta."),
)
_APART: Final = ((FB.flowFrom, FB.flowTo), (FB.steers, FB.isSteered))


def check_agreement(work: Work) -> None:
    """Say, cell by cell, where rows contradict one another or themselves; the shapes would refuse the same graph."""
    subjects: dict[str, dict[str, dict[Term, Origin | None]]] = defaultdict(lambda: defaultdict(dict))
    for said in work.said.values():
        for triple, origin in said.items():
            subjects[triple.subject][_key(triple)].setdefault(triple.value, origin)
    for each in subjects.values():
        facts = {key: list(values.items()) for key, values in each.items()}
        _single(work, facts)
        _ordered(work, facts)
        _apart(work, facts)


def _key(triple: Triple) -> str:
    """Return the property, with the language for names, since there may be one in each."""
    return f"{triple.predicate}{triple.value.kind}" if triple.predicate == SKOS.prefLabel else triple.predicate


Facts = dict[str, list[tuple[Term, Origin | None]]]


def _single(work: Work, facts: Facts) -> None:
    for values in facts.values():
        placed = [(value, origin) for value, origin in values if origin]
        if len(values) < 2 or not placed:
            continue
        value, origin = placed[-1]
        table = work.tables[origin.table]
        column = next((each for each in table.sheet.columns if each.name == origin.column), None)
        if column is None or column.many or table.sheet in (OTHER, CHOICES) or column.kind in {Kind.LISTED, Kind.ID}:
            continue
        if column.term == SKOS.note:
            continue
        others = ", ".join(sorted({_shown(work, other) for other, _ in values if other != value}))
        what = f"Rader om samma sak säger olika: här {_shown(work, value)}, på annan rad {others}."
        work.say(Level.ERROR, table, table.rows[origin.row], origin.column, what)


def _shown(work: Work, value: Term) -> str:
    return work.names.label(value.text) if value.kind == "iri" else value.text


def _ordered(work: Work, facts: Facts) -> None:
    for low, high, what in _ORDERED:
        for first, origin in facts.get(low, ()):
            for last, _ in facts.get(high, ()):
                if origin and _after(first.text, last.text):
                    table = work.tables[origin.table]
                    work.say(Level.ERROR, table, table.rows[origin.row], origin.column, what, found=first.text)


def _after(first: str, last: str) -> bool:
    try:
        return float(first) > float(last)
    except ValueError:
        return first > last


def _apart(work: Work, facts: Facts) -> None:
    for one, other in _APART:
        ends = {value.text for value, _ in facts.get(other, ())}
        for value, origin in facts.get(one, ()):
            if origin and value.text in ends:
                table = work.tables[origin.table]
                what = "Går till sig själv; skriv två olika."
                work.say(Level.ERROR, table, table.rows[origin.row], origin.column, what, found=_shown(work, value))
    parties = facts.get(FB.party, [])
    kinds = {value.text for value, _ in facts.get(RDF.type, ())}
    if FB.Collaboration in kinds and len(parties) == 1 and (origin := parties[0][1]):
        table = work.tables[origin.table]
        work.say(Level.ERROR, table, table.rows[origin.row], origin.column, "Samverkan har minst två parter.")
