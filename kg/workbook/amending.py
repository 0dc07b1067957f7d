"""Rows put into a workbook that the user has, the rest left as it is: a word on a finding, and what names stand for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from kg.workbook.choosing import CHOSEN, WRITTEN
from kg.workbook.layout import RawSheet
from kg.workbook.sheets import CHOICES, FINDING, STANDS, Sheet
from kg.workbook.writing import put_words, settled

__all__ = ["as_workbook", "with_choices", "with_stand"]


def with_stand(content: bytes, cells: Mapping[str, str]) -> bytes:
    """Return an Excel workbook with the row in the sheet Ställningstaganden, which is made where it is lacking.

    A row on the same finding is written over: the workbook holds the latest word. Headings in another order are kept.
    """
    return _with_rows(content, STANDS, FINDING, [cells])


def with_choices(content: bytes, choices: Mapping[str, str]) -> bytes:
    """Return an Excel workbook whose sheet Namnval says what each name stands for, whatever it said before."""
    return _with_rows(content, CHOICES, WRITTEN, [{WRITTEN: said, CHOSEN: chosen} for said, chosen in choices.items()])


def as_workbook(sheets: Iterable[RawSheet]) -> bytes:
    """Return an Excel workbook of sheets that came as CSV, which has room for one alone; rows keep their numbers."""
    import openpyxl  # noqa: PLC0415  optional, and nothing else needs it

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        for number, cells in sheet.rows:
            for index, words in enumerate(cells, 1):
                if words:
                    put_words(page, number, index, words)
    return _saved(book)


def _with_rows(content: bytes, sheet: Sheet, key: str, rows: Iterable[Mapping[str, str]]) -> bytes:
    import openpyxl  # noqa: PLC0415  optional, and nothing else needs it

    book = openpyxl.load_workbook(io.BytesIO(content))
    if sheet.name not in book.sheetnames:
        page = book.create_sheet(sheet.name)
        for index, column in enumerate(sheet.columns, 1):
            put_words(page, 1, index, column.name)
    page = book[sheet.name]
    heads = {str(cell.value or "").strip(): cell.column for cell in page[1]}
    for column in sheet.columns:
        if column.name not in heads:
            heads[column.name] = max(heads.values(), default=0) + 1
            put_words(page, 1, heads[column.name], column.name)
    for cells in rows:
        _put(page, sheet, heads, key, cells)
    return _saved(book)


def _put(page: Any, sheet: Sheet, heads: Mapping[str, int], key: str, cells: Mapping[str, str]) -> None:
    filled = [
        number for number in range(2, page.max_row + 1) if any(cell.value not in {None, ""} for cell in page[number])
    ]
    same = (each for each in filled if page.cell(each, heads[key]).value == cells[key])
    at = next(same, max(filled, default=1) + 1)
    for column in sheet.columns:
        page.cell(at, heads[column.name]).value = None
        if words := cells.get(column.name, ""):
            put_words(page, at, heads[column.name], words)


def _saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return settled(stream.getvalue())
