"""Workbooks made in tests: sheets as lists of rows, written as a person would leave them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import openpyxl

from kg.cache import load_everything
from kg.store import Store, open_store
from kg.workbook.context import Context, read_context
from kg.workbook.importing import Checked, check_workbook
from kg.workbook.places import find_place

Sheets = Mapping[str, Sequence[Sequence[object]]]

GUIDE = {"Läs mig": [["Kommun", "Lund"]]}
SOURCES = {
    "Källor": [
        ["Källa", "Slag av källa", "Titel", "Utgivare", "Datum"],
        ["G", "rapport", "Granskning", "Lunds kommun", "2024-03-17"],
    ]
}


@cache
def store() -> Store:
    """Return the shipped graph in memory, read once."""
    return load_everything(open_store("memory"))


@cache
def context(name: str = "Lund") -> Context:
    """Return what is known before a workbook of a municipality is read."""
    return read_context(store(), find_place(name))


def xlsx(sheets: Sheets) -> bytes:
    """Return an Excel workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def checked(folder: Path, sheets: Sheets, **options: object) -> Checked:
    """Write a workbook of Lund with one source, add the sheets, and check it."""
    path = folder / "arbetsbok.xlsx"
    path.write_bytes(xlsx({**GUIDE, **SOURCES, **sheets}))
    return check_workbook(path, store(), **options)  # type: ignore[arg-type]  the options of the function


def said(found: Checked, level: str) -> list[str]:
    """Return the messages of a level, each with its cell."""
    return [f"{each.where}: {each.text}" for each in found.messages if each.level.value == level]
