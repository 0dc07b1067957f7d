"""The strip of ages 0-25: how much of what the report describes reaches each, and what of it the map does not draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.coverage.reach import HORIZON, Coverage, Reach
from kg.maps.values import MapModel, Text, key_of
from kg.maps.words import age_phrase
from kg.network import Ages

__all__ = ["Reacher", "Year", "Years", "plain_years", "read_years"]


@dataclass(frozen=True, slots=True)
class Reacher:
    """A forum, programme or intervention with a stated age; `key` is its shape, "" where the map draws none.

    `ages` are its ages in words, also that one is read out of a school stage or a word; `spans` in completed years,
    both included, an open upper end None.
    """

    key: str
    kind: str
    name: Text
    ages: Text
    spans: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """How many reach an age: within a span that ends, or only by one without an upper end; whether it was examined."""

    age: int
    closed: int
    open: int
    examined: bool


@dataclass(frozen=True, slots=True)
class Years:
    """The ages 0-25 and those who reach them; `unstated` counts the forums on the map without a stated age.

    `idle` are the keys of forums on the map with a stated age that are not counted: the report does not say that they
    run, or they are another municipality's.
    """

    years: tuple[Year, ...]
    reachers: tuple[Reacher, ...]
    unstated: int
    idle: tuple[str, ...]


def read_years(coverage: Coverage, model: MapModel) -> Years:
    """Return the strip of what runs, forums, programmes and interventions (`kg.coverage.reach.read_coverage`).

    A count is of what the report describes with a stated age: what states none, or is not described, may reach any.
    """
    drawn = {each.key for each in model.forums}
    reachers = tuple(_reacher(each, drawn) for each in coverage.reaches if each.stated)
    return _years(reachers, model, coverage.scope)


def plain_years(model: MapModel) -> Years:
    """Return the strip of a map that was made without the analysis: of the forums drawn, and no others."""
    reachers = tuple(
        Reacher(
            each.key,
            "programme" if each.programme else "forum",
            Text(each.thing.sv, each.thing.en),
            age_phrase(stated),
            _spans(stated),
        )
        for each in model.forums
        if (stated := tuple(group for group in each.ages if group.stated))
    )
    return _years(reachers, model, range(HORIZON + 1))


def _reacher(reach: Reach, drawn: set[str]) -> Reacher:
    stated = tuple(each for each in reach.groups if each.stated)
    key = key_of(reach.thing.iri)
    name = Text(reach.thing.sv, reach.thing.en)
    ages = age_phrase(stated)
    if reach.derived:
        ages = Text(f"{ages.sv}, härlett ur källans ord", f"{ages.of('en')}, derived from the words of the source")
    return Reacher(key if key in drawn else "", reach.kind.value, name, ages, _spans(stated))


def _spans(groups: Iterable[Ages]) -> tuple[tuple[int, int | None], ...]:
    return tuple((each.low or 0, each.high) for each in groups)


def _years(reachers: tuple[Reacher, ...], model: MapModel, scope: range) -> Years:
    years = []
    for age in range(HORIZON + 1):
        reaching = [
            [high for low, high in each.spans if low <= age and (high is None or age <= high)] for each in reachers
        ]
        closed = sum(any(high is not None for high in found) for found in reaching)
        years.append(Year(age, closed, sum(map(bool, reaching)) - closed, age in scope))
    counted = {each.key for each in reachers}
    stating = {each.key for each in model.forums if any(group.stated for group in each.ages)}
    return Years(
        years=tuple(years),
        reachers=reachers,
        unstated=len(model.forums) - len(stating),
        idle=tuple(sorted(stating - counted)),
    )
