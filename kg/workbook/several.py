"""A cell of the sheet Deltagande that lists several actors, read as one row each where nothing else can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.workbook.guessing import guess_concept
from kg.workbook.layout import Row, Table
from kg.workbook.messages import Level
from kg.workbook.parsing import split_cell
from kg.workbook.sheets import ACTORS
from kg.workbook.work import Work

__all__ = ["split_members"]

_LIKELY: Final = 0.7
_KINDS: Final = (*ACTORS, "funktion")
_BETWEEN: Final = re.compile(r"\s*,\s*(?:och\s+)?|\s+och\s+|\s*\n\s*")


def split_members(work: Work) -> None:
    """Give every actor of a cell a row of its own.

    A semicolon or a new line always parts two actors. Commas do (and an "och" after the last of them) where the
    whole names nobody that is known and each part names somebody known or a likely kind of actor; a note says how the
    cell was read. Otherwise the cell is one name, and asked about.
    """
    for at, table in enumerate(work.tables):
        if table.sheet.name == "Deltagande":
            work.tables[at] = replace(
                table, rows=tuple(each for row in table.rows for each in _split(work, table, row))
            )


def _split(work: Work, table: Table, row: Row) -> Iterator[Row]:
    cell = row.cells.get("Aktör", "")
    parts = [one for each in split_cell(cell) for one in _listed(work, each)]
    if len(parts) < 2 or row.cells.get("Utsagans id"):
        yield row
        return
    what = f"Läses som {len(parts)} aktörer: {'; '.join(parts)}."
    work.say(Level.NOTE, table, row, "Aktör", what, found=cell)
    for part in dict.fromkeys(parts):
        yield replace(row, cells={**row.cells, "Aktör": part})


def _listed(work: Work, cell: str) -> list[str]:
    parts = [each.strip() for each in _BETWEEN.split(cell) if each.strip()]
    if len(parts) < 2 or "," not in cell or "[" in cell or work.names.resolve(cell, _KINDS).things:
        return [cell]
    return parts if all(_known(work, each) for each in parts) else [cell]


def _known(work: Work, name: str) -> bool:
    if work.names.resolve(name, _KINDS).things:
        return True
    guess = guess_concept(name, work.context.concepts.get("aktorstyp", ()))
    return bool(guess and guess.confidence >= _LIKELY and len(name) > 2 and not name.endswith("-"))
