"""Rows to triples: one register of the municipality, and one graph a source with every claim and its section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.namespaces import BASE, FB, ORG, PROV, RDF, last_part
from kg.workbook.agreement import check_agreement
from kg.workbook.choosing import read_choices, settle_choices
from kg.workbook.completing import Found, default_of, say_extra, say_thing
from kg.workbook.context import Context
from kg.workbook.identities import find_identities, is_own
from kg.workbook.joining import join_sources
from kg.workbook.layout import Row, Table
from kg.workbook.levels import propose_levels
from kg.workbook.lists import Member, check_references, describe_forums, describe_places, list_members
from kg.workbook.matching import Names, full_iri, short_id
from kg.workbook.messages import Level, Message, Messages
from kg.workbook.others import read_other
from kg.workbook.rhythms import complete_rhythm
from kg.workbook.several import split_members
from kg.workbook.sheets import CHOICES, NONE, STANDS, Column, Kind, sheet_of
from kg.workbook.sourcing import source_of_row
from kg.workbook.stands import read_stand
from kg.workbook.triples import Triple, iri
from kg.workbook.values import read_cell
from kg.workbook.work import Origin, SourceRow, Work

__all__ = ["Built", "build"]


@dataclass(frozen=True)
class Built:
    """What a workbook says: triples by the name of their graph, the cell each comes from, and all messages."""

    graphs: Mapping[str, frozenset[Triple]]
    origins: Mapping[tuple[str, Triple], Origin]
    messages: Sequence[Message]
    names: Names
    tables: Sequence[Table] = field(default_factory=tuple)

    @property
    def errors(self) -> int:
        """How many messages stop an import."""
        return sum(each.level is Level.ERROR for each in self.messages)


def build(tables: Iterable[Table], context: Context, messages: Messages | None = None) -> Built:
    """Return what the tables say of the municipality of the context, with everything that is doubtful or wrong.

    Nothing is written. Every stated membership becomes one claim; what a cell says and cannot be understood is a
    message, never dropped in silence. The same tables give the same triples.
    """
    work = Work(context, Names(context), messages or Messages(), list(tables))
    find_identities(work)
    read_choices(work)
    split_members(work)
    members: list[Member] = []
    for at, table in enumerate(work.tables):
        for number, row in enumerate(table.rows):
            if not table.sheet.columns or table.sheet.name == "Övriga uppgifter":
                read_other(work, at, table, number, row, source_of_row(work, table, row, quiet=True))
            elif table.sheet is CHOICES:
                continue
            elif table.sheet is STANDS:
                read_stand(work, at, table, number, row)
            else:
                _read_row(work, at, number, table, row, members)
    settle_choices(work)
    describe_forums(work, members)
    list_members(work, members)
    propose_levels(work)
    work.describe_sections()
    check_references(work)
    check_agreement(work)
    join_sources(work)
    describe_places(work)
    graphs = {name: frozenset(said) for name, said in work.said.items() if said}
    origins = {(name, triple): origin for name, said in work.said.items() for triple, origin in said.items() if origin}
    return Built(graphs, origins, work.messages.all(), work.names, tuple(work.tables))


def _read_row(work: Work, at: int, number: int, table: Table, row: Row, members: list[Member]) -> None:
    sheet = table.sheet
    subject, describes = work.things.get((at, number), ("", False))
    if sheet.kind and not subject:
        return
    about_claim = bool(sheet.claim) and row.cells.get("Källa") != NONE
    source = source_of_row(work, table, row) if about_claim or (sheet.in_source and sheet.kind != "kalla") else None
    if sheet.kind == "kalla":
        source = next((each for each in work.sources if each.iri == subject), None)
    if (about_claim or sheet.in_source) and source is None:
        return
    found = _cells(work, at, number, table, row, source)
    if sheet.kind:
        home = source.key if sheet.in_source and source else work.register
        if sheet.in_source or is_own(work, subject):
            say_thing(work, home, subject, Origin(at, number, "Id"), table, row, found, describes=describes)
    if about_claim and source:
        _say_claim(work, at, number, table, row, source, subject, found, members)


@lru_cache(maxsize=100)
def _read_columns(sheet: str) -> tuple[Column, ...]:
    """Return the columns of a sheet whose cells say something by themselves."""
    others = (Kind.ID, Kind.SOURCE, Kind.CLASS, Kind.LISTED, Kind.PART)
    return tuple(column for column in sheet_of(sheet).columns if column.kind not in others)


def _cells(work: Work, at: int, number: int, table: Table, row: Row, source: SourceRow | None) -> Found:
    """Return what the cells of a row say, column by column."""
    found: Found = []
    for column in _read_columns(table.sheet.name):
        cell = row.cells.get(column.name, "")
        if cell == NONE:
            continue
        origin = Origin(at, number, column.name)
        if cell:
            found.extend(
                (column, term, value, origin)
                for term, value in read_cell(work, origin, table, row, column, cell, source)
            )
        elif column.required and column.kind is not Kind.NAME:
            what = "Cellen är tom men behövs."
            if column.term == FB.asStated:
                what = "Skriv källans egna ord; ett nekande måste gå att pröva."
            work.say(Level.ERROR, table, row, column.name, f"{what} {column.meaning}")
    return _with_one_precision(found)


def _with_one_precision(found: Found) -> Found:
    """Return what the cells say with the coarsest precision of their dates alone, since a claim has but one."""
    coarse = [
        each
        for code in ("/ar", "/manad")
        for each in found
        if each[1] == FB.datePrecision and each[2].text.endswith(code)
    ]
    stated = [each for each in found if each[1] == FB.datePrecision and each[0].kind is Kind.CONCEPT]
    kept = (stated or coarse)[:1]
    return [each for each in found if each[1] != FB.datePrecision or each in kept]


# --- claims


def _say_claim(
    work: Work,
    at: int,
    number: int,
    table: Table,
    row: Row,
    source: SourceRow,
    subject: str,
    found: Found,
    members: list[Member],
) -> None:
    sheet = table.sheet
    said = [each for each in found if each[0].about == "claim"]
    cls, letter = sheet.claim, sheet.letter
    skipped: set[str] = set()
    if cls == FB.AbsenceClaim:
        cls, letter, skipped = _absence(work, table, row, said)
        if not cls:
            return
    if cls == FB.ForumMembership:
        said = _member(work, said)
    claim = _claim_iri(work, table, row, source, letter, subject, said)
    if not claim:
        return
    work.add(source.key, claim, RDF.type, iri(cls), Origin(at, number, "Utsagans id"))
    if sheet.links:
        work.add(source.key, claim, sheet.links, iri(subject), Origin(at, number, "Id"))
    for _, term, value, cell in said:
        work.add(source.key, claim, term, value, cell)
    section = next((value for _, term, value, _ in said if term == PROV.wasDerivedFrom), None)
    if section is None and row.cells.get("Avsnitt") != NONE:
        section = iri(work.section(source, ""))
        work.add(source.key, claim, PROV.wasDerivedFrom, section, Origin(at, number, "Avsnitt"))
    for column in sheet.columns:
        if column.default and column.about == "claim" and not row.cells.get(column.name) and column.name not in skipped:
            work.add(source.key, claim, column.term, default_of(work, column), Origin(at, number, column.name))
    say_extra(work, source.key, claim, row, Origin(at, number, ""))
    complete_rhythm(work, source.key, claim, at, number, table, row)
    if cls in {FB.ForumMembership, FB.NonMembership}:
        forum = next((v.text for _, t, v, _ in said if t in {ORG.organization, FB.excludedFrom}), "")
        if forum and section:
            listed = {"ja": True, "nej": False}.get(row.cells.get("I källans lista", "").casefold())
            kind = listed if cls == FB.ForumMembership else False
            members.append(
                Member(source, forum, claim, kind, section, Origin(at, number, "I källans lista"), table, row)
            )


def _absence(work: Work, table: Table, row: Row, said: Found) -> tuple[str, str, set[str]]:
    """Return class and letter of a denial, and the columns that get no default."""
    terms = {term for _, term, _, _ in said}
    person = FB.excludedActor in terms or FB.excludedFrom in terms
    if person and FB.absent in terms:
        what = "Raden säger två saker. Skriv en rad för aktören som inte deltar och en för det som saknas."
        work.say(Level.ERROR, table, row, "Vad som saknas", what)
        return "", "", set()
    if person and not {FB.excludedActor, FB.excludedFrom} <= terms:
        work.say(Level.ERROR, table, row, "I forum", "Fyll i både aktören som inte deltar och forumet.")
        return "", "", set()
    if person:
        return FB.NonMembership, "n", {"Saknas hos"}
    if FB.absent not in terms:
        if not row.cells.get("Vad som saknas"):
            work.say(Level.ERROR, table, row, "Vad som saknas", "Fyll i vad som saknas, eller vem som inte deltar.")
        return "", "", set()
    return FB.AbsenceClaim, "a", set()


def _member(work: Work, said: Found) -> Found:
    """Return what a membership says, a function in the actor's column turned into the actor that it is part of."""
    kept: Found = []
    for column, term, value, cell in said:
        if term == ORG.member and value.text.startswith(f"{BASE}id/funktion/"):
            parent = _function_parent(work, value.text)
            kept.append((column, ORG.member, iri(parent), cell))
            kept.append((column, FB.representedBy, value, cell))
        else:
            kept.append((column, term, value, cell))
    return kept


def _function_parent(work: Work, function: str) -> str:
    """Return the actor that a function is part of, as the workbook or the register says; else the municipality."""
    known = work.names.known(function)
    return known.parent if known and known.parent else work.context.place.iri


def _claim_iri(work: Work, table: Table, row: Row, source: SourceRow, letter: str, subject: str, said: Found) -> str:
    given = row.cells.get("Utsagans id", "")
    if given:
        address = full_iri(given)
        if address.startswith(f"{BASE}id/utsaga/{source.key}/"):
            return address
        what = f"Id:t hör inte till källan. Lämna cellen tom i en ny rad; annars börjar det med utsaga/{source.key}/."
        work.say(Level.ERROR, table, row, "Utsagans id", what, found=given)
        return ""
    if subject:
        stem = last_part(short_id(subject))
    else:
        needed = {column.name for column in table.sheet.columns if column.required}
        tails = [
            last_part(value.text)
            for column, term, value, _ in said
            if value.kind == "iri" and _names_claim(column, term)
        ]
        if not tails and needed:
            return ""
        stem = "-".join(tails[:2])[:90].rstrip("-.") or "rad"
    return work.mint(f"{BASE}id/utsaga/{source.key}/{letter}-{stem}", f"{table.name} {row.number}")


def _names_claim(column: Column, term: str) -> bool:
    return column.kind in {Kind.THING, Kind.CONCEPT} and term not in {FB.certainty, FB.evidenceBasis, FB.representedBy}
