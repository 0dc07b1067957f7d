"""Positions as rows and as JSON objects: what `kg position` writes beside the remarks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kg.findings import Lang, Remark, Thing
from kg.listings import remark_object, things_object
from kg.position import Place, Positions
from kg.wording import ROLLUPS
from kg.wording.position import SECTORS

__all__ = ["ACTOR_COLUMNS", "FORUM_COLUMNS", "actor_rows", "forum_rows", "positions_object"]

ACTOR_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": (
        *("rapport", "aktör", "sektor", "forum", "flest forum", "närhet", "högsta närhet", "mellanläge"),
        *("överlapp", "bundenhet", "ensam länk mellan", "grupp", "nivå"),
    ),
    "en": (
        *("report", "actor", "sector", "forums", "most forums", "closeness", "most closeness", "betweenness"),
        *("redundancy", "constraint", "only link between", "group", "level"),
    ),
}
FORUM_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": (
        *("rapport", "forum", "deltagare", "närhet", "högsta närhet", "mellanläge", "överlapp"),
        *("ensam länk mellan", "grupp"),
    ),
    "en": (
        *("report", "forum", "members", "closeness", "most closeness", "betweenness", "redundancy"),
        *("only link between", "group"),
    ),
}


def _number(value: float | None, lang: Lang) -> str:
    """Return a share with two decimals, "–" where there is none."""
    if value is None:
        return "–"
    text = f"{value:.2f}"
    return text.replace(".", ",") if lang == "sv" else text


def _parts(place: Place, lang: Lang) -> str:
    return "; ".join(", ".join(thing.label(lang) for thing in part) for part in place.parts)


def actor_rows(found: Iterable[Positions], lang: Lang) -> list[tuple[str, ...]]:
    """Return one row an actor and report in the order of `ACTOR_COLUMNS`: by report, then by name, never by value."""
    return [
        (
            each.key,
            place.thing.label(lang),
            SECTORS[place.sector.value][lang == "en"] if place.sector else "",
            str(place.ties),
            str(place.ties_most),
            _number(place.centrality.closeness, lang),
            _number(place.at_most[1], lang),
            _number(place.centrality.betweenness, lang),
            _number(place.redundancy, lang),
            _number(place.constraint, lang),
            _parts(place, lang),
            str(place.group or "–"),
            ROLLUPS[each.level][lang == "en"],
        )
        for each in found
        for place in each.actors
    ]


def forum_rows(found: Iterable[Positions], lang: Lang) -> list[tuple[str, ...]]:
    """Return one row a forum and report in the order of `FORUM_COLUMNS`; members of an open list are "at least"."""
    least = "minst" if lang == "sv" else "at least"
    return [
        (
            each.key,
            place.thing.label(lang),
            f"{least} {place.ties}" if place.ties_most is None else str(place.ties),
            _number(place.centrality.closeness, lang),
            _number(place.at_most[1], lang),
            _number(place.centrality.betweenness, lang),
            _number(place.redundancy, lang),
            _parts(place, lang),
            str(place.group or "–"),
        )
        for each in found
        for place in each.forums
    ]


def _thing(thing: Thing, lang: Lang) -> dict[str, str]:
    return {"label": thing.label(lang), "iri": thing.iri}


def _place(place: Place, lang: Lang) -> dict[str, Any]:
    return {
        **_thing(place.thing, lang),
        "sector": place.sector.value if place.sector else None,
        "ties": place.ties,
        "ties_most": place.ties_most,
        "degree": round(place.centrality.degree, 6),
        "degree_most": round(place.at_most[0], 6),
        "closeness": round(place.centrality.closeness, 6),
        "closeness_most": round(place.at_most[1], 6),
        "betweenness": round(place.centrality.betweenness, 6),
        "redundancy": None if place.redundancy is None else round(place.redundancy, 6),
        "constraint": None if place.constraint is None else round(place.constraint, 6),
        "roles": asdict(place.roles) if place.roles else None,
        "parts": [things_object(part, lang) for part in place.parts],
        "group": place.group or None,
    }


def positions_object(found: Positions, remarks: Iterable[Remark], lang: Lang = "sv") -> dict[str, Any]:
    """Return the positions of a report, with its remarks, as an object of `schemas/positions.json`."""
    return {
        "report": found.report.label(lang),
        "report_iri": found.report.iri,
        "municipality": found.municipality.label(lang),
        "municipality_iri": found.municipality.iri,
        "observed_on": found.observed_on,
        "level": found.level.value,
        "actors": [_place(each, lang) for each in found.actors],
        "forums": [_place(each, lang) for each in found.forums],
        "groups": [things_object(group, lang) for group in found.groups],
        "modularity": found.modularity,
        "leaders": [
            {
                "measure": each.measure,
                **_thing(each.thing, lang),
                "stability": asdict(each.stability) if each.stability else None,
            }
            for each in found.leaders
        ],
        "open_lists": things_object(found.open_lists, lang),
        "remarks": [remark_object(each, lang) for each in remarks],
    }
