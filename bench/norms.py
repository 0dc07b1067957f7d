"""Norms on participation as plain values, read straight from the shipped Turtle and by nothing of `kg`'s analysis."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kg.namespaces import FB, RDF, SKOS
from kg.resources import norm_files

__all__ = ["Expected", "read_expected"]


@dataclass(frozen=True, slots=True)
class Expected:
    """An actor type expected in a kind of forum: since when, on which levels, for which ages, on what condition."""

    id: str
    forums: frozenset[str]
    actor: str
    basis: str
    start: date | None
    precision: str
    known_from: date | None
    end: date | None
    levels: frozenset[str]
    ages: tuple[int, int] | None
    condition: str
    county: str
    shared_by: int
    group: frozenset[str]
    not_for: frozenset[str]


def _code(value: str) -> str:
    return value.rsplit("/", 1)[-1]


def read_expected() -> list[Expected]:
    """Return the norms on participation, ordered by id."""
    properties: dict[str, dict[str, list[str]]] = {}
    for path in norm_files():
        for quad in ox.parse(path.read_text(encoding="utf-8"), ox.RdfFormat.TURTLE):
            value = str(getattr(quad.object, "value", quad.object))
            subject = str(getattr(quad.subject, "value", quad.subject))
            properties.setdefault(subject, {}).setdefault(quad.predicate.value, []).append(value)
    found = [
        _expected(each, properties) for each in properties.values() if FB.ParticipationNorm in each.get(RDF.type, ())
    ]
    return sorted(found, key=lambda each: each.id)


def _expected(norm: dict[str, list[str]], everything: dict[str, dict[str, list[str]]]) -> Expected:
    def one(name: str) -> str:
        return _code(norm[name][0]) if norm.get(name) else ""

    def codes(name: str) -> frozenset[str]:
        return frozenset(_code(each) for each in norm.get(name, ()))

    def day(name: str) -> date | None:
        return date.fromisoformat(one(name)) if norm.get(name) else None

    return Expected(
        id=one(SKOS.notation),
        forums=codes(FB.appliesToForumType),
        actor=one(FB.expectsActorType),
        basis=one(FB.normBasis),
        start=day(FB.validFrom),
        precision=one(FB.datePrecision) or "dag",
        known_from=day(FB.knownFrom),
        end=day(FB.validThrough),
        levels=codes(FB.level),
        ages=_ages(norm.get(FB.hasTargetGroup, ()), everything),
        condition=one(FB.condition),
        county=one(FB.countyCode),
        shared_by=int(one(FB.evidenceCount) or 0),
        group=frozenset(re.findall(r"[A-Z]{3,4}-\d+", " ".join(norm.get(FB.conditionText, ())))),
        not_for=codes(FB.notForMunicipality),
    )


def _ages(groups: Iterable[str], everything: dict[str, dict[str, list[str]]]) -> tuple[int, int] | None:
    for group in groups:
        low, high = (everything[group].get(name) for name in (FB.minAge, FB.maxAge))
        return int(low[0]) if low else 0, int(high[0]) if high else 200
    return None
