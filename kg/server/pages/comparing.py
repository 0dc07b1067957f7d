"""Municipalities beside each other: who to compare is chosen in a form, the page is the atlas' own."""

from __future__ import annotations

import re

from kg.errors import UnknownName
from kg.findings import Remark, Thing
from kg.matrix import FEWEST, MOST, By, compare
from kg.matrix.lacking import find_lacking
from kg.pages.comparisons import comparison_page
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.country import Country
from kg.server.pages.frame import show
from kg.sources import Source

__all__ = ["compare_page"]

BOXES = 60
"""Up to so many municipalities the form has a box for each; beyond, names are written."""


def compare_page(country: Country, asked: Asked) -> Reply:
    """Return two to ten municipalities in a matrix, or the form to choose them in."""
    names = [each for given in asked.all("kommun") for each in re.split(r"\s*[,;]\s*", given) if each]
    beside = country.municipality(asked.get("for")) if asked.get("for") else None
    chosen = list(dict.fromkeys([*(country.municipality(each) for each in names), *([beside] if beside else [])]))
    if asked.get("valj") or not FEWEST <= len(chosen) <= MOST:
        return _form(country, asked, chosen)
    cases, _ = country.opened()
    newest = [_newest(country, each) for each in chosen]
    compared = [cases[each.key] for each in newest]
    order = list(By) if asked.get("efter") != By.ACTOR.value else [By.ACTOR, By.FORUM]
    matrices = [compare(compared, by) for by in order]
    remarks: list[Remark] = []
    if beside:
        keys = {each.source.key for each in compared}
        others = [cases[s.key] for s in country.reports_on(beside) if s.key in cases and s.key not in keys]
        remarks = list(find_lacking(compared, matrices[0], beside.iri, beside=others))
    maps = {each.thing.iri: asked.to(f"/karta/{each.key}") for each in newest}
    return Reply(comparison_page(matrices, asked.lang, remarks=remarks, maps=maps, site=asked.site()))


def _newest(country: Country, municipality: Thing) -> Source:
    cases, _ = country.opened()
    for source in country.reports_on(municipality):
        if source.key in cases:
            return source
    raise UnknownName("report", municipality.sv, hint=f"(no report on {municipality.sv} is loaded)")


def _form(country: Country, asked: Asked, chosen: list[Thing]) -> Reply:
    known = [(each.code, each.municipality) for each in country.latest.values() if each.describes_forums]
    known.sort(key=lambda each: each[1].sv)
    found = {each.iri for each in chosen}
    said = ""
    if asked.all("kommun") and not FEWEST <= len(chosen) <= MOST and not asked.get("valj"):
        said = asked.say(
            f"{len(chosen)} vald. Välj {FEWEST} till {MOST} kommuner.",
            f"{len(chosen)} chosen. Choose {FEWEST} to {MOST} municipalities.",
        )
    return show(
        asked,
        "compare.html",
        asked.say("Jämför kommuner", "Compare municipalities"),
        said=said,
        boxes=[(code, each.label(asked.lang), each.iri in found) for code, each in known]
        if len(known) <= BOXES
        else [],
        known=[(code, each.label(asked.lang)) for code, each in known],
        beside=next(
            (code for code, each in known if asked.get("for") and each == country.municipality(asked.get("for"))), ""
        ),
        written=", ".join(each.label(asked.lang) for each in chosen),
        least=FEWEST,
        most=MOST,
    )
