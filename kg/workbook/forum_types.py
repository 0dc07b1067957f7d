"""The kind of a forum where nobody states it: guessed from its name and said, or left open and said."""

from __future__ import annotations

import difflib
from typing import Final

from kg.namespaces import FB
from kg.workbook.context import folded
from kg.workbook.guessing import guess_concept
from kg.workbook.layout import Row, Table
from kg.workbook.messages import Level
from kg.workbook.triples import iri
from kg.workbook.work import Origin, Work

__all__ = ["OPEN", "say_forum_type"]

OPEN: Final = "Forumet läses utan forumtyp: allt om det kommer med, men inga normer prövas på det."
"""What a forum of no known kind means."""


def say_forum_type(
    work: Work,
    forum: str,
    name: str,
    origin: Origin | None,
    table: Table,
    row: Row,
    column: str,
    *,
    near: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
) -> None:
    """Say the kind that the name of a forum makes likely; a forum of no known kind has none, and that is a warning.

    A forum that a row of its own describes has an empty cell for its kind; any other is named elsewhere alone, and is
    an error where it is spelt nearly as a forum that there is.
    """
    known = work.context.concepts.get("forumtyp", ())
    guess = guess_concept(name, known, forums=True)
    if guess:
        work.add(work.register, forum, FB.forumType, iri(guess.iri), origin)
        what = f"{guess.label} (gissat av namnet, säkerhet {guess.percent})."
        what = f"Tom; läses som {what}" if origin else f"Finns inte i bladet Forum; läses som ett nytt forum, {what}"
        near = near if origin else (near or _of_kind(work, guess.iri, guess.label))
        work.say(Level.WARNING, table, row, column, what, found=name, near=near, choices=choices)
        return
    if near and not origin:
        what = "Okänt forum, stavat nästan som ett annat. Rätta namnet, eller lägg till forumet i bladet Forum."
        work.say(Level.ERROR, table, row, column, what, found=name, near=near, choices=choices)
        return
    labels = {folded(word): each.label for each in known for word in (each.label, *each.others) if len(word) > 8}
    kinds = dict.fromkeys(labels[each] for each in difflib.get_close_matches(folded(name), labels, n=3, cutoff=0.65))
    where = "Välj forumtyp ur listan" if origin else "Finns inte i bladet Forum. Lägg till det där med forumtyp"
    what = f"Namnet säger inte vilken forumtyp det är. {OPEN} {where} om någon passar."
    work.say(Level.WARNING, table, row, column, what, found=name, near=tuple(kinds))


def _of_kind(work: Work, kind: str, label: str) -> tuple[str, ...]:
    """Return the forums of the sheet Forum that are of a kind, as their rows say or their names make likely."""
    known = work.context.concepts.get("forumtyp", ())
    found = []
    for row in (row for table in work.tables if table.sheet.name == "Forum" for row in table.rows):
        name, said = row.cells.get("Forum", ""), row.cells.get("Forumtyp", "")
        guess = guess_concept(name, known, forums=True) if name and not said else None
        if folded(said) == folded(label) or (guess and guess.iri == kind):
            found.append(name)
    return tuple(dict.fromkeys(found))
