"""An empty workbook of a municipality, as Excel or as CSV."""

from __future__ import annotations

from collections.abc import Mapping

from kg.workbook.context import Context
from kg.workbook.guide import EXAMPLES
from kg.workbook.sheets import OTHER, SHEETS, Column, Sheet
from kg.workbook.writing import Page, to_csv_files, to_xlsx

__all__ = ["template_csv", "template_pages", "template_xlsx"]


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    return tuple(column for column in sheet.columns if column.first)


def template_pages(*, more: bool = False, examples: bool = True) -> list[Page]:
    """Return the pages of the template: the eight first sheets, or with `more` the rarer ones too."""
    sheets = [sheet for sheet in SHEETS if sheet.first or (more and sheet is not OTHER)]
    rows: Mapping[str, tuple[Mapping[str, str], ...]] = EXAMPLES if examples else {}
    return [Page(sheet, _columns(sheet), rows.get(sheet.name, ())) for sheet in sheets]


def template_xlsx(context: Context, *, more: bool = False, examples: bool = True) -> bytes:
    """Return the template as an Excel workbook."""
    return to_xlsx(template_pages(more=more, examples=examples), context)


def template_csv(context: Context, *, more: bool = False, examples: bool = True) -> dict[str, bytes]:
    """Return the template as CSV files by name."""
    return to_csv_files(template_pages(more=more, examples=examples), context)
