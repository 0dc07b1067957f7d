"""The names of a checked workbook that may stand for several things, each asked about once for all its cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.workbook.messages import Level, Message

__all__ = ["Asked", "names_asked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A name, the things that it may stand for, its cells, the field of the form, and whether it stops the import."""

    name: str
    choices: tuple[str, ...]
    cells: tuple[str, ...]
    field: str
    stops: bool


def names_asked(messages: Iterable[Message]) -> list[Asked]:
    """Return the names to choose for, those that stop the import first; a name in another case is the same name."""
    by_name: dict[str, list[Message]] = {}
    for each in messages:
        if each.choices and each.found:
            by_name.setdefault(each.found.casefold(), []).append(each)
    found = []
    for number, told in enumerate(by_name.values()):
        choices = tuple(dict.fromkeys(choice for each in told for choice in each.choices))
        cells = tuple(dict.fromkeys(f"{each.sheet} {each.place}{each.row}" for each in told))
        stops = any(each.level is Level.ERROR for each in told)
        found.append(Asked(told[0].found, choices, cells, f"namn-{number}", stops))
    return sorted(found, key=lambda each: not each.stops)
