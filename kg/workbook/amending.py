"""One row of the user's word on a finding put into a workbook that the user has, the rest left as it is."""

from __future__ import annotations

import io
from collections.abc import Mapping

from kg.workbook.sheets import FINDING, STANDS
from kg.workbook.writing import put_words, settled

__all__ = ["with_stand"]


def with_stand(content: bytes, cells: Mapping[str, str]) -> bytes:
    """Return an Excel workbook with the row in the sheet Ställningstaganden, which is made where it is lacking.

    A row on the same finding is written over: the workbook holds the latest word. Headings in another order are kept.
    """
    import openpyxl  # noqa: PLC0415  optional, and nothing else needs it

    book = openpyxl.load_workbook(io.BytesIO(content))
    if STANDS.name not in book.sheetnames:
        page = book.create_sheet(STANDS.name)
        for index, column in enumerate(STANDS.columns, 1):
            put_words(page, 1, index, column.name)
    page = book[STANDS.name]
    heads = {str(cell.value or "").strip(): cell.column for cell in page[1]}
    for column in STANDS.columns:
        if column.name not in heads:
            heads[column.name] = max(heads.values(), default=0) + 1
            put_words(page, 1, heads[column.name], column.name)
    filled = [
        number for number in range(2, page.max_row + 1) if any(cell.value not in {None, ""} for cell in page[number])
    ]
    same = (each for each in filled if page.cell(each, heads[FINDING]).value == cells[FINDING])
    at = next(same, max(filled, default=1) + 1)
    for column in STANDS.columns:
        page.cell(at, heads[column.name]).value = None
        if words := cells.get(column.name, ""):
            put_words(page, at, heads[column.name], words)
    stream = io.BytesIO()
    book.save(stream)
    return settled(stream.getvalue())
