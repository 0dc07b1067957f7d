"""What the user has chosen that a name stands for, read from the workbook before any name is looked up."""

from __future__ import annotations

from kg.workbook.messages import Level
from kg.workbook.sheets import CHOICES
from kg.workbook.work import Work

__all__ = ["read_choices"]


def read_choices(work: Work) -> None:
    """Make known how the rows of the sheet Namnval want names read; a choice that names nothing is an error."""
    for table in work.tables:
        for row in table.rows if table.sheet is CHOICES else ():
            said, chosen = row.cells.get("Skrivet namn", ""), row.cells.get("Läses som", "")
            if not said or not chosen:
                work.say(Level.ERROR, table, row, "Läses som", "Fyll i både namnet och hur det ska läsas.")
                continue
            match = work.names.resolve(chosen)
            if match.iri and match.iri in work.names:
                work.names.choose(said, match.iri)
                continue
            if len(match.things) > 1:
                near = tuple(work.names.refer(each) for each in match.things[:6])
                work.say(Level.ERROR, table, row, "Läses som", "Flera heter så. Skriv vilken.", found=chosen, near=near)
            else:
                what = "Finns inte. Lägg till en rad i Aktörer och funktioner eller Forum, och välj den sedan här."
                work.say(Level.ERROR, table, row, "Läses som", what, found=chosen, near=work.names.near(chosen))
