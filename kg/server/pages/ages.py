"""Which ages are reached: one report by level and year, with what reaches a year; or every municipality by year."""

from __future__ import annotations

from dataclasses import dataclass

from kg.coverage import find_coverage
from kg.coverage.reach import HORIZON, LEVELS, Coverage, Reach, ReachKind, read_coverage
from kg.errors import UnknownName
from kg.findings import Remark
from kg.namespaces import concept, last_part
from kg.phrases import alphabetic
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.claims import Value, named, sections_of
from kg.server.pages.country import Country
from kg.server.pages.frame import show
from kg.server.pages.gaps import source_asked
from kg.server.pages.things import paged
from kg.sources import Source
from kg.wording import remark_advice, remark_sentence

__all__ = ["coverage_page"]

EACH = 60
"""So many municipalities stand on one page."""


_KINDS = {
    ReachKind.FORUM: ("forum", "forum"),
    ReachKind.PROGRAMME: ("program", "programme"),
    ReachKind.INTERVENTION: ("insats", "intervention"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """How many reach a year of age, the address that tells which, and the shade: `n0` to `n4`, or `out` of scope."""

    count: int
    href: str
    shade: str
    names: str = ""


@dataclass(frozen=True, slots=True)
class Reaching:
    """Something that reaches the ages asked for: what it is, its ages and levels, whether it runs, and its sections."""

    name: Value
    kind: str
    ages: str
    levels: str
    note: str
    sections: tuple[Value, ...]


def coverage_page(country: Country, asked: Asked) -> Reply:
    """Return the ages that a report's forums and interventions reach, or, where no report is named, those of all."""
    source = source_asked(country, asked)
    return _of_report(country, asked, source) if source else _of_all(country, asked)


def _shade(count: int, *, inside: bool) -> str:
    return f"n{min(count, 4)}" if inside or count else "out"


def _age(asked: Asked) -> int | None:
    given = asked.get("alder")
    if not given:
        return None
    if not given.isdecimal() or len(given) > 3 or int(given) > HORIZON:
        hint = asked.say(f"Skriv ett helt tal mellan 0 och {HORIZON}.", f"Write a whole number from 0 to {HORIZON}.")
        raise UnknownName("age", given, hint=hint)
    return int(given)


def _of_report(country: Country, asked: Asked, source: Source) -> Reply:
    reading, age = country.reading(source.key), _age(asked)
    coverage, level = reading.coverage, asked.get("niva")
    codes = [last_part(each) for each in LEVELS]
    if level and level not in codes:
        raise UnknownName("level", level, tuple(codes))
    rows = []
    for iri, code in [*zip(LEVELS, codes, strict=True), ("", "")]:
        name = country.records.thing(iri).label(asked.lang) if iri else asked.say("nivå ej angiven", "level not stated")
        rows.append((name, code, [_cell(asked, coverage, year, iri, code) for year in range(HORIZON + 1)]))
    wanted = concept("preventionsniva", level) if level else None
    shown: list[Reach] = []
    if age is not None:
        shown = list(coverage.at(age, wanted))
    elif wanted:
        shown = [each for each in coverage.reaches if wanted in each.levels]
    remarks = [each for each in find_coverage(reading.case) if age is None or _concerns(each, age)]
    where = source.municipality.label(asked.lang)
    title = asked.say(f"Åldrar som nås: {where}", f"Ages reached: {where}")
    return show(
        asked,
        "ages.html",
        title,
        source=source,
        report=named(asked, source.thing),
        years=range(HORIZON + 1),
        rows=[each for each in rows if any(cell.count for cell in each[2])],
        scope=f"{coverage.low}–{coverage.high}" if any(coverage.bounded) else "",
        age=age,
        level=level,
        level_name=country.records.thing(wanted).label(asked.lang) if wanted else "",
        shown=[_reaching(country, asked, each) for each in shown],
        unknown=[named(asked, each.thing) for each in coverage.unknown],
        remarks=[
            (remark_sentence(each, asked.lang), remark_advice(each, asked.lang), _at(asked, each)) for each in remarks
        ],
        pages=[],
        known=[],
        clear=asked.here(alder="", niva=""),
    )


def _at(asked: Asked, remark: Remark) -> str:
    return asked.to(f"/fynd/{remark.id}")


def _cell(asked: Asked, coverage: Coverage, year: int, iri: str, code: str) -> Cell:
    here = coverage.at(year, iri)
    names = ", ".join(each.thing.label(asked.lang) for each in here)
    href = asked.here(alder=str(year), niva=code) + "#nar" if here else ""
    return Cell(len(here), href, _shade(len(here), inside=year in coverage.scope), names)


def _concerns(remark: Remark, age: int) -> bool:
    low, high = (remark.figure(key) for key in ("from", "to"))
    if isinstance(low, int) and isinstance(high, int):
        return low <= age <= high
    return remark.figure("age") == age


def _reaching(country: Country, asked: Asked, reach: Reach) -> Reaching:
    sections = {each.href: each for claim in reach.claims for each in sections_of(country, asked, claim)}
    notes = [asked.say("håller på att införas", "being introduced")] if reach.emerging else []
    notes += [asked.say("vilar", "resting")] if reach.paused else []
    notes += [each.label(asked.lang) for each in reach.areas]
    return Reaching(
        named(asked, reach.thing),
        asked.say(*_KINDS[reach.kind]),
        _span(asked, reach),
        ", ".join(country.records.thing(each).label(asked.lang) for each in reach.levels if each),
        ", ".join(notes),
        tuple(sections.values()),
    )


def _span(asked: Asked, reach: Reach) -> str:
    if reach.first is None:
        return ""
    if reach.last is None:
        return asked.say(f"från {reach.first} år", f"from {reach.first}")
    return f"{reach.first}–{reach.last}" if reach.first != reach.last else str(reach.first)


def _of_all(country: Country, asked: Asked) -> Reply:
    cases, _ = country.opened()
    newest = sorted(
        (each for each in country.latest.values() if each.key in cases),
        key=lambda each: alphabetic(each.municipality.sv),
    )
    part, pages = paged(asked, len(newest), EACH)
    rows = []
    for source in newest[part]:
        coverage = read_coverage(cases[source.key])
        cells = []
        for year in range(HORIZON + 1):
            count = len(coverage.by_age[year])
            href = asked.to("/tackning", rapport=source.key, alder=str(year)) + "#nar" if count else ""
            cells.append(Cell(count, href, _shade(count, inside=year in coverage.scope)))
        rows.append((source.municipality.label(asked.lang), asked.to("/tackning", rapport=source.key), cells))
    return show(
        asked,
        "ages.html",
        asked.say("Åldrar som nås: alla kommuner", "Ages reached: all municipalities"),
        source=None,
        report=None,
        years=range(HORIZON + 1),
        rows=rows,
        scope="",
        age=None,
        level="",
        level_name="",
        shown=[],
        unknown=[],
        remarks=[],
        pages=pages,
        known=[],
        clear="",
    )
