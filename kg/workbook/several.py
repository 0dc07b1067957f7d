"""A cell of the sheet Deltagande that lists several actors, read as one row each where nothing else can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.namespaces import FB
from kg.workbook.columns import ACTORS, FORUMS
from kg.workbook.guessing import guess_class, guess_concept, guess_several
from kg.workbook.layout import Row, Table
from kg.workbook.messages import Level
from kg.workbook.parsing import split_cell
from kg.workbook.work import Work

__all__ = ["split_members"]

_LIKELY: Final = 0.7
_SURE: Final = 0.94
_KINDS: Final = (*ACTORS, "funktion")
_MARK: Final = re.compile(r"(?<!-)\s*[,/+]\s*(?:och\s+|samt\s+)?|\s*\n\s*")
_AND: Final = re.compile(r"(?<!-)\s+(?:och|samt|&)\s+", re.IGNORECASE)
"""What may part two actors; after a hyphen it parts two halves of one name (`skol- och fritidsförvaltningen`)."""
_ONE: Final = re.compile(r"^\w+(?:en|et|n) för ", re.IGNORECASE)
_HOW: Final = re.compile(r"^(.+?)\s*\((?:är )?([^()]{3,20})\)$")
_ATTENDANCE: Final = {
    "ibland": "ibland",
    "vid behov": "vid behov",
    "regelbundet": "regelbunden",
    "alltid": "regelbunden",
}
_MORE: Final = re.compile(
    r"^(?:bl\.? ?a\b\.?|bland annat|t\.? ?ex\b\.?|exempelvis)\s+|[\s,]+(?:m\.? ?fl|m\.? ?m|etc|osv)\b\.?$",
    re.IGNORECASE,
)
_FROM: Final = re.compile(
    r"^(?:en |två |tre |\d+ )?(?:representant|företrädare|deltagare|personal|medarbetare|någon)(?:er|en)?"
    r" (?:från|för|vid|inom|på|i) (.+)$",
    re.IGNORECASE,
)
_ROLES: Final = {
    "ordf": "ordförande",
    "ordförande": "ordförande",
    "vice ordförande": "vice ordförande",
    "sammankallande": "sammankallande",
    "adjungerad": "adjungerad",
    "sekreterare": "sekreterare",
}
_BODY: Final = re.compile(
    r"(?:nämnd|styrelse|förvaltning|kontor|enhet|avdelning|utskott|förbund|sektor)\w*$", re.IGNORECASE
)
_DEFINITE: Final = re.compile(r"(?:[^aeiouyåäö]en|[^aeiouyåäö]et|an|[aeo]rna|sen|men|[lnr]n)$", re.IGNORECASE)


def split_members(work: Work) -> None:
    """Give every actor of a cell a row of its own.

    A semicolon or a new line always parts two actors. Commas and slashes do (and an "och" after the last of them) where
    the whole names nobody that is known and half the parts name somebody known or a likely kind of actor; any other
    part is then asked about alone. An "och" by itself does where both sides stand for themselves (`Soc. och skolan`).
    A note says how the cell was read. Otherwise the cell is one name, and asked about.
    """
    for at, table in enumerate(work.tables):
        if table.sheet.name == "Deltagande":
            work.tables[at] = replace(
                table, rows=tuple(each for row in table.rows for each in _split(work, table, row))
            )


def _split(work: Work, table: Table, row: Row) -> Iterator[Row]:
    cell = row.cells.get("Aktör", "")
    if row.cells.get("Utsagans id"):
        yield row
        return
    whole = _MORE.sub("", cell).strip()
    if whole != cell and whole:
        what = "Säger att fler deltar än de som räknas upp. Skriv exemplifierande i Deltagarlista för forumet."
        work.say(Level.WARNING, table, row, "Aktör", what, found=cell)
        work.unfinished.add(work.names.resolve(row.cells.get("Forum", ""), FORUMS).iri)
    parts = [_plain(work, one) for each in split_cell(whole or cell) for one in _listed(work, each)]
    if len(parts) < 2:
        yield _with_how(work, table, row, parts[0]) if parts else row
        return
    what = f"Läses som {len(parts)} aktörer: {'; '.join(parts)}."
    work.say(Level.NOTE, table, row, "Aktör", what, found=cell)
    for part in dict.fromkeys(parts):
        yield _with_how(work, table, row, part)


def _plain(work: Work, name: str) -> str:
    """Return the actor that a phrase is about: `två representanter från polisen` are the police."""
    found = _FROM.match(name)
    if not found or work.names.resolve(name, _KINDS).things or not _known(work, found[1]):
        return name
    return found[1]


def _with_how(work: Work, table: Table, row: Row, name: str) -> Row:
    """Return the row of an actor; how it takes part may stand in brackets (`polisen (ibland)`), and doubt as a mark."""
    name = re.sub(r"\s+\d+ ?(?:st|pers)\b\.?$", "", name)
    if name.endswith("?") and len(name) > 1 and not row.cells.get("Säkerhet"):
        row = replace(row, cells={**row.cells, "Aktör": name, "Säkerhet": "antydd"})
        work.say(Level.WARNING, table, row, "Aktör", "Frågetecknet läses som säkerhet antydd.", found=name)
        name = name.rstrip("? ")
    found = _HOW.match(name)
    if found and not work.names.resolve(name, _KINDS).things:
        how = found[2].casefold().strip(" .")
        for column, words in (("Närvaro", _ATTENDANCE), ("Roll", _ROLES)):
            if how in words and row.cells.get(column, words[how]) == words[how]:
                return replace(row, cells={**row.cells, "Aktör": found[1], column: words[how]})
    return replace(row, cells={**row.cells, "Aktör": name}) if name != row.cells.get("Aktör") else row


def _listed(work: Work, cell: str) -> list[str]:
    """Return the actors that a cell lists without semicolons, the cell alone where it is one name."""
    if "[" in cell or work.names.resolve(cell, _KINDS).things or _ONE.search(cell) or _is_term(work, cell):
        return [cell]
    marked = [each.strip() for each in _MARK.split(cell) if each.strip()]
    if len(marked) > 1:
        parts = [one for each in marked for one in _around_and(work, each, alone=False)]
        known = [each for each in parts if _known(work, each)]
        named = any(work.names.resolve(each, _KINDS).things for each in parts)
        if "," not in cell and not guess_several(cell, work.context.concepts.get("aktorstyp", ())):
            return [cell]  # two words for one, as in "kommunpolis/områdespolis"
        if len(known) == len(parts) or ("," in cell and (named or 2 * len(known) >= len(parts)) and known):
            return parts
        return [cell]
    return _around_and(work, cell, alone=True)


def _around_and(work: Work, cell: str, *, alone: bool) -> list[str]:
    """Return what stands on both sides of an "och".

    At the end of a list it parts the last two; by itself it does where both sides are known and stand for themselves.
    """
    parts = list[str]()
    for each in (part.strip() for part in _AND.split(cell) if part.strip()):
        if parts and _is_term(work, f"{parts[-1]} och {each}"):
            parts[-1] = f"{parts[-1]} och {each}"  # "kultur och fritid" is one
        else:
            parts.append(each)
    known = [each for each in parts if _known(work, each)]
    if len(parts) < 2 or not known or _is_term(work, cell):
        return [cell]
    if not alone:
        return parts
    named = any(work.names.resolve(each, _KINDS).things for each in parts)
    apart = named or all(_stands_alone(each) for each in parts)
    return parts if apart and len(known) == len(parts) and not _BODY.search(cell) else [cell]


def _stands_alone(name: str) -> bool:
    """Whether a word is how one speaks of an actor: a definite form, a role or an abbreviation."""
    role = guess_class(re.sub(r"(?:er|erna|na)$", "", name)).iri == FB.Function
    short = role or name.endswith(".") or (name.isupper() and len(name) > 1) or name.casefold() in {"soc", "ifo", "bup"}
    return short or bool(_DEFINITE.search(name)) or guess_class(name).iri == FB.Function


def _is_term(work: Work, name: str) -> bool:
    guess = guess_concept(name, work.context.concepts.get("aktorstyp", ()))
    return bool(guess and guess.confidence > _SURE)


def _known(work: Work, name: str) -> bool:
    if work.names.resolve(name, _KINDS).things:
        return True
    guess = guess_concept(name, work.context.concepts.get("aktorstyp", ()))
    return bool(guess and guess.confidence >= _LIKELY and len(name) > 2 and not name.endswith("-"))
