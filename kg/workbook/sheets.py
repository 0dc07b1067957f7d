"""The sheets of a workbook and their columns: the one home of Swedish names, meanings and what they become.

A sheet describes things (in the register of the municipality), claims (in the graph of a source), or both: a row of
`Forum` is the forum and what one source says of it. A row becomes one thing, one claim, or one of each.
"""

from __future__ import annotations

from typing import Final

from kg.namespaces import FB
from kg.workbook.columns import ACTORS, EXAMPLE, GUIDE, LISTS, NONE, SOURCE, Column, Kind, Sheet, choice, words
from kg.workbook.first_sheets import FIRST
from kg.workbook.more_sheets import MORE

__all__ = [
    "ACTORS",
    "CHOICES",
    "EXAMPLE",
    "FINDING",
    "GUIDE",
    "LISTS",
    "NONE",
    "OTHER",
    "SHEETS",
    "STANDS",
    "Column",
    "Kind",
    "Sheet",
    "sheet_of",
]

FINDING: Final = "Fynd-id"

STANDS: Final = Sheet(
    "Ställningstaganden",
    "Vad ni själva säger om ett fynd. Ändrar inget i fyndet; står bredvid det överallt. Bara i er egen mapp.",
    (
        Column(FINDING, "Som i listan över luckor, till exempel lund-2024/b-bra/bra-05.", Kind.PLAIN, required=True),
        choice("Svar", "bekräftad, deltar redan, ej aktuellt eller fråga ställd.", FB.decisionOutcome, "beslut"),
        words("Skäl", "Med egna ord, högst 200 tecken. Inga personer.", FB.reason, limit=200),
        words(
            "Ansvarig funktion",
            "Funktion eller funktionsbrevlåda. Aldrig en person.",
            FB.responsibleFunction,
            limit=120,
        ),
        Column("Datum", "Dagen ni tog ställning.", Kind.DATE, FB.decidedOn),
    ),
    aliases=("beslut om fynd", "egna beslut", "ställningstagande"),
)

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

CHOICES: Final = Sheet(
    "Namnval",
    "Hur ett namn ska läsas när det kan betyda flera saker. Gäller i alla blad, och minns till nästa gång.",
    (
        Column("Skrivet namn", "Namnet som det står i andra blad.", Kind.PLAIN, required=True),
        Column("Läses som", "Namnet eller namnet med id, som meddelandet föreslår.", Kind.PLAIN, required=True),
    ),
)

SHEETS: Final = (*FIRST, STANDS, CHOICES, *MORE, OTHER)
"""All sheets, in the order of the workbook."""

_BY_NAME: Final = {sheet.name: sheet for sheet in SHEETS}


def sheet_of(name: str) -> Sheet:
    """Return a sheet by its name; raises `KeyError`."""
    return _BY_NAME[name]
