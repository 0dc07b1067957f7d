"""Which source says what a row says: the sources of a workbook, their sections, and what an empty cell means."""

from __future__ import annotations

from kg.namespaces import FB, ORG, section_iri
from kg.workbook.columns import FORUMS, NONE
from kg.workbook.context import Known, folded
from kg.workbook.layout import Row, Table
from kg.workbook.matching import full_iri, short_id
from kg.workbook.messages import Level
from kg.workbook.parsing import parse_day
from kg.workbook.work import SourceRow, Work

__all__ = ["given_id", "learn_sources", "read_sections", "read_sources", "source_of_row"]


def given_id(work: Work, table: Table, row: Row, column: str, *kinds: str) -> str:
    """Return the IRI that an id column gives, "" where it is empty; a wrong one is an error."""
    cell = row.cells.get(column, "")
    if not cell:
        return ""
    address = full_iri(cell)
    if not address or cell.split("/")[0] not in kinds:
        work.say(Level.ERROR, table, row, column, "Id:t har fel form. Lämna cellen tom i en ny rad.", found=cell)
        return ""
    return address


def read_sources(work: Work, at: int, table: Table) -> None:
    """Give every source of a table its key: that of its id, or the municipality and the year."""
    taken = set(work.context.keys)
    for number, row in enumerate(table.rows):
        label = row.cells.get("Källa", "")
        if not label:
            work.say(Level.ERROR, table, row, "Källa", "Ge källan ett kort namn, till exempel Granskning 2024.")
            continue
        if any(folded(each.label) == folded(label) for each in work.sources):
            work.say(Level.ERROR, table, row, "Källa", "Två källor heter så. Ge dem olika namn.", found=label)
            continue
        address = given_id(work, table, row, "Id", "kalla")
        if address:
            key = short_id(address).split("/", 1)[1]
        else:
            day = parse_day(row.cells.get("Datum", ""))
            stem = f"{work.context.place.slug}-{day.day.year if day else 'odaterad'}"
            key, count = stem, 1
            while key in taken:
                count += 1
                key = f"{stem}-{count}"
        taken.add(key)
        source = SourceRow(key, label)
        work.sources.append(source)
        work.things[at, number] = (source.iri, True)
        work.names.add(Known(source.iri, (FB.Source,), label))


def source_of_row(work: Work, table: Table, row: Row, *, quiet: bool = False) -> SourceRow | None:
    """Return the source that a row names, the only one there is, or the only one that describes the forum of the row.

    None with an error where there is none. A source that the forum gives is said.
    """
    cell = row.cells.get("Källa", "")
    if cell == NONE:
        return None
    if not cell:
        return work.sources[0] if len(work.sources) == 1 else _source_of_forum(work, table, row, quiet=quiet)
    wanted = folded(cell)
    for source in work.sources:
        if wanted in {folded(source.label), source.key}:
            return source
    if not quiet:
        near = tuple(each.label for each in work.sources)[:4]
        work.say(Level.ERROR, table, row, "Källa", "Källan finns inte i bladet Källor.", found=cell, near=near)
    return None


def _source_of_forum(work: Work, table: Table, row: Row, *, quiet: bool) -> SourceRow | None:
    """Return the one source that describes the forum that a row is about; None with an error where there is not one."""
    column = next((each for each in table.sheet.columns if each.term in {ORG.organization, FB.excludedFrom}), None)
    name = row.cells.get(column.name, "") if column else ""
    forum = work.names.resolve(name, FORUMS).iri if name else ""
    keys = work.described_by.get(forum, set())
    found = next((each for each in work.sources if keys == {each.key}), None)
    if quiet:
        return found
    if found:
        what = f"Tom; läses som {found.label}, källan till forumet {work.names.label(forum)}."
        work.say(Level.NOTE, table, row, "Källa", what)
        return found
    what = "Lägg till en rad i bladet Källor." if not work.sources else "Ange källan, som i bladet Källor."
    if work.sources and name and not forum:
        what = f"{what} Forumet finns inte i bladet Forum, där källan annars står."
    if len(keys) > 1:
        what = f"Flera källor beskriver forumet {work.names.label(forum)}. Ange vilken som säger detta."
    near = tuple(each.label for each in work.sources if not keys or each.key in keys)
    work.say(Level.ERROR, table, row, "Källa", what, near=near)
    return None


def learn_sources(work: Work) -> None:
    """Make known which sources describe each forum: one that is alone is that of its members too."""
    for at, table in enumerate(work.tables):
        for number, row in enumerate(table.rows if table.sheet.kind == "forum" else ()):
            address = work.things.get((at, number), ("", False))[0]
            source = source_of_row(work, table, row, quiet=True) if address else None
            if source:
                work.described_by[address].add(source.key)


def read_sections(work: Work, at: int, table: Table) -> None:
    """Make the sections of a table known by number and heading."""
    for number, row in enumerate(table.rows):
        source, said = source_of_row(work, table, row), row.cells.get("Nummer", "")
        if source is None:
            continue
        if not said:
            work.say(Level.ERROR, table, row, "Nummer", "Skriv avsnittets nummer.")
            continue
        tail = work._numbered(said)[0]
        address = section_iri(source.key, tail)
        work.section_rows.add(address)
        work.things[at, number] = (address, True)
        work.sections[source.key, folded(said)] = address
        if title := row.cells.get("Rubrik", ""):
            work.sections.setdefault((source.key, folded(title)), address)
