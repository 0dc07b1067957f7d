"""The first page: search, and every municipality by county with what its latest report describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.findings import Thing
from kg.maps.national import COUNTIES, SHADES
from kg.phrases import alphabetic, plural
from kg.server.pages.addresses import page_of
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.country import Country, Tally
from kg.server.pages.frame import show
from kg.server.pages.searching import GROUPS, near_names, search
from kg.workbook.places import municipalities

__all__ = ["Square", "by_county", "search_page", "start_page"]

MOST = 50
"""So many of a group are listed where no group is chosen."""


@dataclass(frozen=True, slots=True)
class Square:
    """One municipality in its county: a name, an address ("" without a report), words beneath, and a shade."""

    code: str
    name: str
    href: str = ""
    words: str = ""
    shade: str = "empty"


def by_county(squares: Iterable[Square]) -> list[tuple[str, list[Square]]]:
    """Return all 290 municipalities by county in the order of the codes; those not given are empty."""
    given = {each.code: each for each in squares}
    names = {place.code: place.name for place in municipalities()}
    found: dict[str, list[Square]] = {}
    for code in sorted({*names, *given}):
        found.setdefault(code[:2], []).append(given.get(code) or Square(code, names[code]))
    return [
        (COUNTIES.get(code, ""), sorted(each, key=lambda one: alphabetic(one.name))) for code, each in found.items()
    ]


def name_of(code: str, thing: Thing, asked: Asked) -> str:
    """Return the short name of a municipality."""
    return {place.code: place.name for place in municipalities()}.get(code) or thing.label(asked.lang)


def start_page(country: Country, asked: Asked) -> Reply:
    """Return the first page."""
    tallies = country.tallies
    squares = []
    for source in country.latest.values():
        tally = tallies[source.key]
        squares.append(
            Square(
                source.code,
                name_of(source.code, source.municipality, asked),
                asked.to(page_of(source.municipality.iri)),
                _words(tally, asked),
                shade(tally.gaps),
            )
        )
    counties = by_county(squares)
    return show(
        asked,
        "start.html",
        "Förebygg",
        told=[(name, [each for each in here if each.href]) for name, here in counties if any(e.href for e in here)],
        untold=[(name, [each for each in here if not each.href]) for name, here in counties],
        total=len(squares),
        everywhere=sum(len(here) for _, here in counties),
        forums=sum(each.forums for each in tallies.values()),
        programmes=sum(each.programmes for each in tallies.values()),
        gaps=sum(each.gaps for each in tallies.values()),
        questions=sum(each.questions for each in tallies.values()),
        reports=len([each for each in country.sources if not each.part_of]),
    )


def shade(gaps: int) -> str:
    """Return the name of the shade of a number of gaps, as on the page of the country."""
    return next((name for most, name in SHADES if gaps <= most), "many")


def _words(tally: Tally, asked: Asked) -> str:
    if asked.sv:
        counts = (plural(tally.gaps, "lucka", "luckor"), plural(tally.questions, "fråga", "frågor"))
        programmes = [f"{tally.programmes} program"] if tally.programmes else []
        return ", ".join((f"{tally.forums} forum", *programmes, *counts))
    programmes = [plural(tally.programmes, "programme", "programmes")] if tally.programmes else []
    counts = (plural(tally.gaps, "gap", "gaps"), plural(tally.questions, "question", "questions"))
    return ", ".join((plural(tally.forums, "forum", "forums"), *programmes, *counts))


def search_page(country: Country, asked: Asked) -> Reply:
    """Return what a search finds, by group; one group alone and whole where `typ` names it."""
    words, only = asked.get("q")[:200], asked.get("typ")
    found = search(country.index, words)
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for each in found:
        place = each.place.label(asked.lang) if each.place and each.group != "kommun" else ""
        groups.setdefault(each.group, []).append(
            (asked.to(page_of(each.thing.iri)), each.thing.label(asked.lang), place)
        )
    names: Mapping[str, str] = {key: asked.say(*GROUPS[key][0]) for key in GROUPS}
    shown = {key: each for key, each in groups.items() if only in {"", key}}
    near = (
        [] if found else [(asked.to("/sok", q=name), name) for name, _ in near_names(country.index, words, asked.lang)]
    )
    title = asked.say(f"Sökning: {words}", f"Search: {words}") if words else asked.say("Sök", "Search")
    return show(
        asked,
        "search.html",
        title,
        words=words,
        only=only,
        names=names,
        counts={key: len(each) for key, each in groups.items()},
        shown=shown,
        most=len(found) if only else MOST,
        near=near,
    )
