"""A sheet as it stands in a file, and as rows by the names of the columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.workbook.columns import Sheet

__all__ = ["RawSheet", "Row", "Table"]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it stands in a file: its name and its rows of text, each with its number in the file."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, its cells by the names of the columns, and what stood in columns of no known name."""

    number: int
    cells: Mapping[str, str]
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A recognised sheet: what it is, what it is called in the file, where its columns stand, and its rows."""

    sheet: Sheet
    name: str
    places: Mapping[str, int]
    rows: tuple[Row, ...]
