"""The sheets of a workbook and their columns: the one home of Swedish names, meanings and what they become.

A sheet describes things (in the register of the municipality), claims (in the graph of a source), or both: a row of
`Forum` is the forum and what one source says of it. A row becomes one thing, one claim, or one of each.
"""

from __future__ import annotations

from typing import Final

from kg.workbook.columns import ACTORS, EXAMPLE, GUIDE, LISTS, NONE, SOURCE, Column, Kind, Sheet
from kg.workbook.first_sheets import FIRST
from kg.workbook.more_sheets import MORE

__all__ = ["ACTORS", "EXAMPLE", "GUIDE", "LISTS", "NONE", "OTHER", "SHEETS", "Column", "Kind", "Sheet", "sheet_of"]

OTHER: Final = Sheet(
    "Övriga uppgifter",
    "Uppgifter som inget annat blad har plats för. Fylls i av programmet.",
    (
        SOURCE,
        Column("Vad", "Det som uppgiften gäller (id).", Kind.PLAIN, required=True),
        Column("Egenskap", "Egenskapens namn i vokabulären.", Kind.PLAIN, required=True),
        Column("Värde", "Värdet.", Kind.PLAIN, required=True),
        Column("Typ", "id, sv, en, text eller en datatyp.", Kind.PLAIN),
    ),
    first=False,
)

SHEETS: Final = (*FIRST, *MORE, OTHER)
"""All sheets, in the order of the workbook."""

_BY_NAME: Final = {sheet.name: sheet for sheet in SHEETS}


def sheet_of(name: str) -> Sheet:
    """Return a sheet by its name; raises `KeyError`."""
    return _BY_NAME[name]
