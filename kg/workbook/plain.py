"""Plain tables as an Excel workbook: numbers as numbers, words as words, nothing that acts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import DataError, needing
from kg.workbook.messages import letters
from kg.workbook.writing import put_words, settled

__all__ = ["PlainSheet", "plain_xlsx"]

MOST_ROWS = 1_048_575
LONGEST = 32_767
"""What Excel holds: rows below the heading, and letters of a cell."""


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet: its title, its headings, and rows of words, numbers, truth values or None."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[str | int | float | bool | None]]


def plain_xlsx(sheets: Iterable[PlainSheet]) -> bytes:
    """Return an Excel workbook of the sheets, the headings fixed and with filters; same sheets, same bytes.

    Words that begin as a formula are written as words. Raises `MissingExtra` without openpyxl, and `DataError` for
    more rows than a sheet holds or words longer than a cell holds.
    """
    with needing("excel"):
        import openpyxl  # noqa: PLC0415  optional, and nothing else needs it
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS:
            raise DataError(f"{sheet.title}: {len(sheet.rows)} rows, more than an Excel sheet holds; export as csv")
        _write(book.create_sheet(sheet.title), sheet)
    stream = io.BytesIO()
    book.save(stream)
    return settled(stream.getvalue())


def _write(page: Any, sheet: PlainSheet) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415  only where a workbook is written

    for index, heading in enumerate(sheet.headings, 1):
        put_words(page, 1, index, heading).font = Font(bold=True)
        longest = max((len(str(row[index - 1] or "")) for row in sheet.rows), default=0)
        page.column_dimensions[letters(index - 1)].width = min(max(len(heading) + 4, longest + 2), 48)
    for number, row in enumerate(sheet.rows, 2):
        for index, cell in enumerate(row, 1):
            if isinstance(cell, str):
                if len(cell) > LONGEST:
                    raise DataError(f"{sheet.title}, row {number}: longer than a cell of Excel holds; export as csv")
                if cell:
                    put_words(page, number, index, cell)
            elif cell is not None:
                page.cell(row=number, column=index).value = cell
    page.freeze_panes = "C2" if len(sheet.headings) > 2 else "A2"
    page.auto_filter.ref = f"A1:{letters(max(len(sheet.headings) - 1, 0))}{len(sheet.rows) + 1}"
