"""The first pass: an IRI for every thing that a row describes."""

from __future__ import annotations

from dataclasses import replace

from kg.namespaces import BASE, FB, thing
from kg.workbook.columns import ACTORS, NONE, Kind, Sheet
from kg.workbook.context import Known, folded
from kg.workbook.guessing import Guess, find_concept, guess_class, guess_concept, kind_of_class
from kg.workbook.layout import Row, Table
from kg.workbook.matching import How, full_iri
from kg.workbook.messages import Level
from kg.workbook.outside import ASK, parent_of
from kg.workbook.parsing import split_cell
from kg.workbook.sourcing import given_id, learn_sources, read_sections, read_sources, source_of_row
from kg.workbook.work import WITH_PARENT, Work, fitting_slug, new_address

__all__ = ["class_of_row", "find_identities", "is_own", "types_of_row"]


def find_identities(work: Work) -> None:
    """Give every row that describes a thing its IRI, and make all names known before any is looked up."""
    for known in work.context.own.values():
        work.taken.setdefault(known.iri, folded(known.label))
    for at, table in enumerate(work.tables):
        if table.sheet.kind == "kalla":
            read_sources(work, at, table)
    for at, table in enumerate(work.tables):
        if table.sheet.kind == "avsnitt":
            read_sections(work, at, table)
    _keep_explicit(work)
    for at, table in enumerate(work.tables):
        if table.sheet.kind not in {"", "kalla", "avsnitt"}:
            for number, row in enumerate(table.rows):
                _thing(work, (at, number), table, row)
    _learn_parents(work)
    learn_sources(work)


def _name_column(sheet: Sheet) -> str:
    return next(column.name for column in sheet.columns if column.kind is Kind.NAME)


def _keep_explicit(work: Work) -> None:
    """Reserve the ids that rows carry, so that no new thing or claim takes one of them."""
    for table in work.tables:
        for row in table.rows:
            for column in ("Id", "Utsagans id"):
                if cell := row.cells.get(column, ""):
                    address = full_iri(cell)
                    name = row.cells.get(_name_column(table.sheet), "") if table.sheet.kind and column == "Id" else cell
                    if address:
                        work.taken.setdefault(address, folded(name))


# --- things


def class_of_row(work: Work, table: Table, row: Row, *, quiet: bool = True) -> str:
    """Return the class that a row states, or that its name makes likely, or the first of its sheet."""
    sheet = table.sheet
    cell = row.cells.get("Slag", "")
    if cell and cell != NONE:
        for word, cls in sheet.classes.items():
            if folded(cell) == folded(word):
                return cls
        if not quiet:
            what = f"Välj något av: {', '.join(sheet.classes)}."
            work.say(Level.ERROR, table, row, "Slag", what, found=cell)
    if sheet.kind == "org":
        guess = guess_class(row.cells.get(_name_column(sheet), ""))
        if (
            guess.iri in WITH_PARENT
            and not row.cells.get("Del av")
            and parent_of(types_of_row(work, row), work.context) == ASK
        ):
            guess = Guess(FB.ActorGroup, "ActorGroup", 0.5)
        if not quiet and not cell:
            word = next(word for word, cls in sheet.classes.items() if cls == guess.iri)
            what = f"Tomt; läses som {word} (gissat av namnet, säkerhet {guess.percent})."
            work.say(Level.WARNING if guess.confidence < 0.8 else Level.NOTE, table, row, "Slag", what)
        return guess.iri
    return next(iter(sheet.classes.values()))


def types_of_row(work: Work, row: Row) -> tuple[str, ...]:
    """Return the kinds of actor that a row states, or else the one that its name makes likely."""
    known = work.context.concepts.get("aktorstyp", ())
    cell = row.cells.get("Aktörstyp", "")
    if cell and cell != NONE:
        return tuple(each.iri for part in split_cell(cell) for each in find_concept(part, known)[:1])
    guess = guess_concept(row.cells.get("Namn", ""), known) if not cell else None
    return (guess.iri,) if guess else ()


def _learn_parents(work: Work) -> None:
    """Make known what each function of the workbook is part of, now that all names are."""
    for at, table in enumerate(work.tables):
        for number, row in enumerate(table.rows if table.sheet.kind == "org" else ()):
            address, describes = work.things.get((at, number), ("", False))
            known = work.names.known(address)
            if describes and known and FB.Function in known.classes:
                cell = _parent(row)
                given = (
                    work.names.resolve(cell, ACTORS).iri if cell else parent_of(types_of_row(work, row), work.context)
                )
                work.names.add(replace(known, parent=given))


def _kinds(sheet: Sheet) -> tuple[str, ...]:
    if sheet.kind == "org":
        return ("org", "namnd", "funktion", "bolag", "forbund", "myndighet", "kommun", "region")
    return ("forum", "program") if sheet.kind == "forum" else (sheet.kind,)


def _thing(work: Work, where: tuple[int, int], table: Table, row: Row) -> None:
    """Find the IRI of the thing of a row; `things` says too whether the row names it, or only points at it."""
    sheet = table.sheet
    column = _name_column(sheet)
    name = row.cells.get(column, "")
    if not name:
        work.say(Level.ERROR, table, row, column, "Skriv ett namn.")
        return
    cls = class_of_row(work, table, row, quiet=False)
    given = row.cells.get("Id", "")
    address = given_id(work, table, row, "Id", *_kinds(sheet))
    if given and not address:
        return
    describes = True
    if not address and not sheet.in_source:
        address, describes = _shipped(work, table, row, name, _same_sort(sheet, cls))
    elif address in work.context.shared:
        describes = False
    if not address:
        address = _new(work, table, row, name, cls)
    others = tuple(split_cell(row.cells.get("Andra namn", "")))
    if describes and address not in work.context.shared:
        parent = _parent(row)
        known = work.names.known(address)
        if known is None or known.label != name or not known.parent:
            work.names.add(Known(address, (cls,), name, _with_parent(name, parent, others), ""))
    work.things[where] = (address, describes)


def _same_sort(sheet: Sheet, cls: str) -> tuple[str, ...]:
    """Return the kinds of shipped things that a row may be about: a function is never an organisation."""
    if sheet.kind != "org":
        return _kinds(sheet)
    return ("funktion",) if cls == FB.Function else tuple(each for each in _kinds(sheet) if each != "funktion")


def _parent(row: Row) -> str:
    cell = row.cells.get("Del av", "")
    return "" if cell == NONE else cell


def _with_parent(name: str, parent: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """Return other names, and the name with what it is part of, by which two of one name are told apart."""
    return (*others, f"{name} ({parent})") if parent else others


def _shipped(work: Work, table: Table, row: Row, name: str, kinds: tuple[str, ...]) -> tuple[str, bool]:
    """Return the shipped thing of that name, and False, since the register describes it; "" where there is none."""
    own, shared = work.context.own, work.context.shared
    match = work.names.resolve(name, kinds)
    hits = [each for each in match.things if each in own or each in shared]
    if match.how not in {How.EXACT, How.OTHER} or len(hits) != 1 or len(match.things) != 1:
        return "", True
    known = own.get(hits[0]) or shared[hits[0]]
    if known.kind in {"insats", "dokument"} and hits[0] in shared:
        return "", True
    if folded(known.label) != folded(name):
        what = f"Är samma som {known.label} i registret och läses så."
        work.say(Level.NOTE, table, row, _name_column(table.sheet), what, found=name)
    return hits[0], False


def _new(work: Work, table: Table, row: Row, name: str, cls: str) -> str:
    """Return a new IRI; a row of the same name is the same thing, unless it is an actor that is part of another."""
    sheet, place = table.sheet, work.context.place
    owner = folded(name)
    if sheet.kind in {"granskning", "fraga"}:
        source = source_of_row(work, table, row, quiet=True)
        key = source.key if source else "okand"
        stem = thing("granskning", key) if sheet.kind == "granskning" else thing("fraga", key, fitting_slug(name))
        return work.mint(stem, owner)
    kind = kind_of_class(cls) if sheet.kind in {"org", "forum"} else sheet.kind
    if kind in {"kommun", "region"}:
        what = "Kommuner och regioner finns redan i registret; skriv namnet som där, till exempel Region Skåne."
        work.say(Level.ERROR, table, row, _name_column(sheet), what, found=name, near=work.names.near(name, (kind,)))
        kind = "org"
    address = new_address(kind, place.code, name)
    if sheet.kind == "org":
        parent = folded(_parent(row))
        if address in work.taken and work.taken[address] != f"{owner}|{parent}":
            what = "Två aktörer heter så. De hålls isär; skriv namnet följt av (Del av) i andra blad."
            work.say(Level.WARNING, table, row, _name_column(sheet), what, found=name)
        elif address in work.taken:
            what = "Samma aktör står på två rader; de läses som en."
            work.say(Level.WARNING, table, row, _name_column(sheet), what, found=name)
        owner = f"{owner}|{parent}"
    return work.mint(address, owner)


def is_own(work: Work, address: str) -> bool:
    """Whether the workbook may describe a thing: it is not one that all municipalities share."""
    return address not in work.context.shared and not address.startswith(f"{BASE}id/region/")
