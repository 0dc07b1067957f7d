"""Filters with counts: how many rows each choice would show, beside the choices that are made already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

__all__ = ["ALL", "Facet", "Field", "Keyed", "sift"]

ALL = "alla"
"""The choice that leaves every row."""


class Keyed(Protocol):
    """A row that can be filtered by its keys, one a field."""

    @property
    def keys(self) -> tuple[str, ...]:
        """What the row has in each field, "" where it has nothing."""


R = TypeVar("R", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Field:
    """What rows are filtered by: its name in the address, its title, what a choice is called, and the order of some."""

    name: str
    title: str
    words: Callable[[str], str]
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter on a page: its field, name, the choices with how many rows each would show, and the one made."""

    field: str
    name: str
    choices: tuple[tuple[str, str, int], ...]
    chosen: str


def sift(rows: Iterable[R], fields: Sequence[Field], chosen: Mapping[str, str]) -> tuple[list[Facet], list[R]]:
    """Return the filters, each counted among the rows that the others leave, and the rows that all leave.

    `chosen` has a value for each field, "" or `ALL` for any; the keys of a row are in the order of the fields.
    """
    wanted = [chosen[each.name] for each in fields]
    asked = [(at, value) for at, value in enumerate(wanted) if value not in {"", ALL}]
    counts: list[Counter[str]] = [Counter() for _ in fields]
    left = []
    for row in rows:
        keys = row.keys
        failing = [at for at, value in asked if keys[at] != value]
        if not failing:
            left.append(row)
            for counter, key in zip(counts, keys, strict=True):
                counter[key] += 1
        elif len(failing) == 1:
            counts[failing[0]][keys[failing[0]]] += 1
    return [_facet(*each) for each in zip(fields, counts, wanted, strict=True)], left


def _facet(field: Field, counts: Counter[str], chosen: str) -> Facet:
    known = [*field.order, *sorted(each for each in counts if each and each not in field.order)]
    if chosen not in {"", ALL, *known}:
        known.append(chosen)
    choices = tuple((each, field.words(each), counts[each]) for each in known if counts[each] or each == chosen)
    return Facet(field.name, field.title, choices, chosen)
