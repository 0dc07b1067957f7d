"""What the user has chosen that a name stands for, read from the workbook before any name is looked up.

A choice is kept in the register as a hidden label of the thing, so that an exported workbook has it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.namespaces import SKOS
from kg.workbook.context import folded
from kg.workbook.matching import Names
from kg.workbook.messages import Level
from kg.workbook.parsing import split_cell
from kg.workbook.sheets import CHOICES
from kg.workbook.triples import Triple, text
from kg.workbook.work import Origin, Work

__all__ = ["CHOSEN", "WRITTEN", "choice_rows", "chosen_names", "read_choices", "settle_choices"]

WRITTEN: Final = "Skrivet namn"
CHOSEN: Final = "Läses som"


def read_choices(work: Work) -> None:
    """Make known how the rows of the sheet Namnval want names read; a choice that names nothing is an error.

    What is chosen may be a name that other cells write and no row describes: it is then read as that name.
    """
    found: list[tuple[str, str, Origin]] = []
    for at, table in enumerate(work.tables):
        for number, row in enumerate(table.rows if table.sheet is CHOICES else ()):
            said, chosen = row.cells.get(WRITTEN, ""), row.cells.get(CHOSEN, "")
            if not said or not chosen:
                work.say(Level.ERROR, table, row, CHOSEN, "Fyll i både namnet och hur det ska läsas.")
                continue
            match = work.names.resolve(chosen)
            if match.iri and work.names.known(match.iri):
                found.append((said, match.iri, Origin(at, number, CHOSEN)))
            elif len(match.things) > 1:
                near = tuple(work.names.refer(each) for each in match.things[:6])
                work.say(Level.ERROR, table, row, CHOSEN, "Flera heter så. Skriv vilken.", found=chosen, near=near)
            elif folded(chosen) in _written(work) - {folded(said)}:
                work.names.rename(said, chosen)
            else:
                what = "Finns inte. Lägg till en rad i Aktörer och funktioner eller Forum, och välj den sedan här."
                work.say(Level.ERROR, table, row, CHOSEN, what, found=chosen, near=work.names.near(chosen))
    for said, address, origin in found:  # all are looked up before any is chosen
        work.names.choose(said, address)
        work.add(work.register, address, SKOS.hiddenLabel, text(said), origin)


def settle_choices(work: Work) -> None:
    """Keep the choices of names that only cells write, now that their things are there."""
    for at, table in enumerate(work.tables):
        for number, row in enumerate(table.rows if table.sheet is CHOICES else ()):
            said, chosen = row.cells.get(WRITTEN, ""), row.cells.get(CHOSEN, "")
            address = work.names.resolve(chosen).iri if chosen else ""
            if work.names.renamed(said) != said and address:
                work.add(work.register, address, SKOS.hiddenLabel, text(said), Origin(at, number, CHOSEN))


def _written(work: Work) -> set[str]:
    cells = (
        cell for table in work.tables if table.sheet is not CHOICES for row in table.rows for cell in row.cells.values()
    )
    return {folded(part) for cell in cells for part in split_cell(cell)}


def chosen_names(triples: Iterable[Triple]) -> Iterator[tuple[str, str]]:
    """Yield each name that was chosen for a thing, and the thing, in order."""
    yield from sorted((each.value.text, each.subject) for each in triples if each.predicate == SKOS.hiddenLabel)


def choice_rows(triples: Iterable[Triple], names: Names) -> list[dict[str, str]]:
    """Return the choices of a register as rows, each naming its thing as `resolve` takes it back."""
    return [{WRITTEN: said, CHOSEN: names.refer(address)} for said, address in chosen_names(triples)]
