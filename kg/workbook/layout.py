"""Raw sheets recognised: which sheet is which, where its headings are, and its rows by the names of the columns."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from kg.workbook.context import folded
from kg.workbook.matrices import read_matrix
from kg.workbook.messages import Level, Messages
from kg.workbook.raw import RawSheet, Row, Table
from kg.workbook.sheets import EXAMPLE, GUIDE, LISTS, SHEETS, Column, Sheet, sheet_of

__all__ = ["RawSheet", "Row", "Table", "lay_out", "municipality_of"]

_SKIPPED: Final = frozenset({folded(GUIDE), folded(LISTS)})
_LONGEST_HEADING: Final = 60


@lru_cache(maxsize=5_000)
def _simple(name: str) -> str:
    return re.sub(r"[^\w]+", " ", re.sub(r"\(.*?\)|\*", "", folded(name))).strip()


def _column_of(heading: str, sheet: Sheet) -> Column | None:
    return _column_named(heading, sheet.name) if len(heading) <= _LONGEST_HEADING else None


@lru_cache(maxsize=20_000)
def _column_named(heading: str, name: str) -> Column | None:
    said, sheet = _simple(heading), sheet_of(name)
    if not said:
        return None
    for names in (lambda column: (column.name,), lambda column: column.aliases):
        for column in sheet.columns:
            if any(_simple(name) == said for name in names(column)):
                return column
    known = {_simple(column.name): column for column in sheet.columns}
    near = difflib.get_close_matches(said, list(known), n=1, cutoff=0.9)
    return known[near[0]] if near else None


def _guides(name: str, guides: Iterable[str]) -> bool:
    """Whether a sheet is one of those that hold no rows, also with the name of its workbook before its own."""
    said = folded(name)
    return any(said == each or re.search(rf"[- _]{re.escape(each)}$", said) for each in guides)


def _sheet_named(name: str) -> Sheet | None:
    said = _simple(name)
    for sheet in SHEETS:
        if said in {_simple(sheet.name), *map(_simple, sheet.aliases)}:
            return sheet
    for sheet in SHEETS:  # LibreOffice puts the name of the workbook before that of the sheet
        if said.endswith(f" {_simple(sheet.name)}"):
            return sheet
    known = {_simple(sheet.name): sheet for sheet in SHEETS}
    near = difflib.get_close_matches(said, list(known), n=1, cutoff=0.85)
    return known[near[0]] if near else None


def _headings(raw: RawSheet, sheet: Sheet) -> tuple[int, dict[int, Column]]:
    """Return the place of the heading row among the first fifteen, and its known columns by place; -1 for none."""
    best: tuple[int, dict[int, Column]] = (-1, {})
    for at, (_, cells) in enumerate(raw.rows[:15]):
        found: dict[int, Column] = {}
        for index, cell in enumerate(cells):
            column = _column_of(cell, sheet)
            if column and column not in found.values():
                found[index] = column
        if len(found) > len(best[1]):
            best = (at, found)
    return best


def _wanted(sheet: Sheet) -> int:
    return sum(column.required for column in sheet.columns) or 1


def _recognise(raw: RawSheet) -> tuple[Sheet, int, dict[int, Column]] | None:
    """Return what a sheet is, by its headings first: a sheet with all that another needs, and more of it, is that one.

    So a file named forum.csv with the head `forum;deltagare` says who takes part.
    """
    named = _sheet_named(raw.name)
    if named:
        at, found = _headings(raw, named)
        if found and len(found) == sum(bool(cell.strip()) for cell in raw.rows[at][1]):
            return named, at, found
    scored = []
    for rank, sheet in enumerate(SHEETS):
        at, found = _headings(raw, sheet)
        required = {column.name for column in sheet.columns if column.required}
        whole = bool(required) and required <= {column.name for column in found.values()}
        if whole or (sheet is named and found):
            scored.append((len(found), sheet is named, -rank, sheet, at, found))
    if not scored:
        return None
    *_, sheet, at, found = max(scored, key=lambda each: each[:3])
    return sheet, at, found


def _is_example(cells: Sequence[str]) -> bool:
    first = next((cell for cell in cells if cell.strip()), "")
    return folded(first).startswith(folded(EXAMPLE))


def _rows(raw: RawSheet, at: int, found: Mapping[int, Column]) -> Iterable[Row]:
    heads = raw.rows[at][1]
    for number, cells in raw.rows[at + 1 :]:
        if not any(cell.strip() for cell in cells) or _is_example(cells):
            continue
        said = {column.name: cells[index].strip() for index, column in found.items() if index < len(cells)}
        extra = {
            (
                heads[index].strip() if index < len(heads) and heads[index].strip() else f"Kolumn {index + 1}"
            ): cell.strip()
            for index, cell in enumerate(cells)
            if index not in found and cell.strip()
        }
        yield Row(number, {name: cell for name, cell in said.items() if cell}, extra)


def _forum_and_members(raw: RawSheet, sheet: Sheet, at: int) -> list[Table]:
    """Return two tables where a sheet has columns of the forum and a column of who takes part; else none.

    The forum is described once, by what its rows together say; rows that say different things stay two, which the
    checks tell of.
    """
    forum, members = sheet_of("Forum"), sheet_of("Deltagande")
    if sheet not in (forum, members):
        return []
    head = RawSheet(raw.name, raw.rows[at : at + 1])
    (_, ours), (_, theirs) = _headings(head, forum), _headings(head, members)
    names = {column.name for column in theirs.values()}
    own = {index: column for index, column in ours.items() if index not in theirs}
    if not own or not {"Forum", "Aktör"} <= names:
        return []
    kept = {index: column for index, column in ours.items() if index in own or column.name in {"Forum", "Källa"}}
    section = next((index for index, column in theirs.items() if column.name == "Avsnitt"), -1)
    described: dict[tuple[str, str], list[Row]] = {}
    for row in _rows(raw, at, kept if section < 0 else {**kept, section: theirs[section]}):
        same = described.setdefault((folded(row.cells.get("Forum", "")), row.cells.get("Källa", "")), [])
        cells = dict(row.cells)
        before = next((each for each in same if _agree(each.cells, cells)), None)
        if before is None:
            same.append(Row(row.number, cells))
        else:
            same[same.index(before)] = Row(before.number, {**cells, **before.cells})
    rest = {index: column for index, column in theirs.items() if column.name in {"Forum", "Källa"} or index not in ours}
    known = {**theirs, **rest, **dict.fromkeys(own)}
    rows = [
        Row(row.number, {name: cell for name, cell in row.cells.items() if name in names}, row.extra)
        for row in _rows(raw, at, {index: column or own[index] for index, column in known.items()})
    ]
    forums = [row for same in described.values() for row in same]
    return [
        Table(forum, raw.name, {column.name: index for index, column in kept.items()}, tuple(forums)),
        Table(
            members,
            raw.name,
            {column.name: index for index, column in theirs.items()},
            tuple(row for row in rows if row.cells.get("Aktör")),
        ),
    ]


def _agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return all(name == "Avsnitt" or other.get(name, cell) == cell for name, cell in one.items())


def lay_out(raws: Iterable[RawSheet], messages: Messages) -> list[Table]:
    """Return the recognised tables, in the order of the sheets; what cannot be recognised is said, never dropped."""
    tables = []
    for raw in raws:
        if _guides(raw.name, _SKIPPED) or not any(any(cells) for _, cells in raw.rows):
            continue
        recognised = _recognise(raw)
        alone = recognised is not None and len(recognised[2]) == 1 and _sheet_named(raw.name) is not recognised[0]
        if (recognised is None or alone) and (matrix := read_matrix(raw, messages)):
            tables.append(matrix)
            continue
        if recognised is None:
            near = difflib.get_close_matches(raw.name, [sheet.name for sheet in SHEETS], n=2, cutoff=0.5)
            text = (
                "Bladet känns inte igen och läses inte. Ge det ett av mallens namn, eller kolumnerna mallens rubriker."
            )
            level = Level.NOTE if len(raw.rows) < 2 else Level.WARNING
            messages.add(level, raw.name, text, near=near)
            continue
        sheet, at, found = recognised
        if _simple(raw.name) != _simple(sheet.name):
            messages.add(Level.NOTE, raw.name, f"Bladet läses som «{sheet.name}» efter sina rubriker.")
        lacking = [column.name for column in sheet.columns if column.required and column not in found.values()]
        rows = tuple(_rows(raw, at, found))
        if lacking and rows and not set(lacking) <= {"Enligt källan"}:
            messages.add(Level.ERROR, raw.name, f"Bladet saknar kolumnen {' och '.join(lacking)}.", row=raw.rows[at][0])
            continue
        split = _forum_and_members(raw, sheet, at)
        if split:
            messages.add(
                Level.NOTE, raw.name, "Bladet läses både som «Forum» och som «Deltagande» efter sina rubriker."
            )
        tables += split or [Table(sheet, raw.name, {column.name: index for index, column in found.items()}, rows)]
    order = {sheet.name: rank for rank, sheet in enumerate(SHEETS)}
    return sorted(tables, key=lambda table: order[table.sheet.name])


def municipality_of(raws: Iterable[RawSheet]) -> str:
    """Return the municipality that the guide sheet names, or ""."""
    for raw in raws:
        if _guides(raw.name, {folded(GUIDE)}):
            for _, cells in raw.rows:
                if len(cells) > 1 and folded(cells[0]).rstrip(":") == "kommun" and cells[1].strip():
                    return cells[1].strip()
    return ""
