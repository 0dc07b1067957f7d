"""Rows to triples: one register of the municipality, and one graph a source with every claim and its section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.namespaces import BASE, DCTERMS, FB, ORG, PROV, RDF, SKOS, XSD, concept
from kg.workbook.context import Context, place_triples, region_triples
from kg.workbook.guessing import guess_concept
from kg.workbook.identities import class_of_row, find_identities, is_own, source_of_row
from kg.workbook.layout import Row, Table
from kg.workbook.matching import Names, full_iri, short_id
from kg.workbook.messages import Level, Message, Messages
from kg.workbook.others import read_other
from kg.workbook.rhythms import complete_rhythm
from kg.workbook.sheets import NONE, Column, Kind
from kg.workbook.triples import Term, Triple, iri, text, typed
from kg.workbook.values import read_cell
from kg.workbook.work import Origin, SourceRow, Work, fitting_slug

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
    members: list[_Member] = []
    for at, table in enumerate(work.tables):
        for number, row in enumerate(table.rows):
            if not table.sheet.columns or table.sheet.name == "Övriga uppgifter":
                read_other(work, at, table, number, row, source_of_row(work, table, row, quiet=True))
            else:
                _read_row(work, at, number, table, row, members)
    _describe_forums(work, members)
    _list_members(work, members)
    work.describe_sections()
    _check_references(work)
    _describe_places(work)
    graphs = {name: frozenset(said) for name, said in work.said.items() if said}
    origins = {(name, triple): origin for name, said in work.said.items() for triple, origin in said.items() if origin}
    return Built(graphs, origins, work.messages.all(), work.names, tuple(work.tables))


@dataclass(slots=True)
class _Member:
    """A membership or denial of one, for the forum to be described and its list closed."""

    source: SourceRow
    forum: str
    claim: str
    listed: bool | None
    section: Term
    origin: Origin
    table: Table
    row: Row


def _read_row(work: Work, at: int, number: int, table: Table, row: Row, members: list[_Member]) -> None:
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
            _say_thing(work, home, subject, Origin(at, number, "Id"), table, row, found, describes=describes)
    if about_claim and source:
        _say_claim(work, at, number, table, row, source, subject, found, members)


Found = list[tuple[Column, str, Term, Origin]]


def _cells(work: Work, at: int, number: int, table: Table, row: Row, source: SourceRow | None) -> Found:
    """Return what the cells of a row say, column by column."""
    found: Found = []
    for column in table.sheet.columns:
        cell = row.cells.get(column.name, "")
        if column.kind in {Kind.ID, Kind.SOURCE, Kind.CLASS, Kind.LISTED} or cell == NONE:
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
    return found


# --- things


def _default(work: Work, column: Column) -> Term:
    if column.default == "kommun":
        return iri(work.context.place.iri)
    return iri(concept(column.schemes[0], fitting_slug(column.default)))


def _say_thing(
    work: Work, graph: str, subject: str, origin: Origin, table: Table, row: Row, found: Found, *, describes: bool
) -> None:
    sheet = table.sheet
    cls = class_of_row(work, table, row)
    columns = [column for column in sheet.columns if column.about == "thing" or not sheet.claim]
    if describes:
        work.add(graph, subject, RDF.type, iri(cls), Origin(origin.table, origin.row, "Slag"))
    for column, term, value, cell in found:
        if column not in columns or (not describes and column.kind is Kind.NAME):
            continue
        if term == ORG.subOrganizationOf and cls == FB.Function:
            term = FB.functionIn
        work.add(graph, subject, term, value, cell)
    if not sheet.claim:
        _say_extra(work, graph, subject, row, origin)
    if not describes:
        return
    for column in columns:
        if column.default and not row.cells.get(column.name) and cls not in {FB.Function, FB.Region, FB.Municipality}:
            work.add(graph, subject, column.term, _default(work, column), Origin(origin.table, origin.row, column.name))
    if sheet.kind == "kalla":
        _complete_source(work, graph, subject, origin, table, row)
    elif sheet.kind == "avsnitt":
        _complete_section(work, graph, subject, origin, table, row)
    elif sheet.kind == "org":
        _complete_actor(work, graph, subject, origin, table, row, cls)
    elif sheet.kind == "forum" and not row.cells.get("Forumtyp"):
        _guess_forum_type(work, graph, subject, origin, table, row)
    elif sheet.in_source and not row.cells.get("Avsnitt"):
        source = source_of_row(work, table, row, quiet=True)
        if source:
            where = Origin(origin.table, origin.row, "Avsnitt")
            work.add(graph, subject, PROV.wasDerivedFrom, iri(work.section(source, "")), where)
    if sheet.kind == "omrade" and not row.cells.get("Områdestyp"):
        where = Origin(origin.table, origin.row, "Områdestyp")
        work.add(graph, subject, FB.areaType, iri(concept("omradestyp", "bostadsomrade")), where)


def _complete_source(work: Work, graph: str, subject: str, origin: Origin, table: Table, row: Row) -> None:
    label, kind = row.cells.get("Källa", ""), row.cells.get("Slag av källa", "")
    if not row.cells.get("Titel"):
        work.add(graph, subject, DCTERMS.title, text(label), Origin(origin.table, origin.row, "Titel"))
    if not row.cells.get("Utgivare"):
        where = Origin(origin.table, origin.row, "Utgivare")
        work.add(graph, subject, DCTERMS.creator, iri(work.context.place.iri), where)
        if not kind.casefold().startswith("egen"):
            what = "Tom; kommunen läses som utgivare. Skriv organisationen bakom källan."
            work.say(Level.WARNING, table, row, "Utgivare", what)
    if not row.cells.get("Datumets noggrannhet"):
        said = {each.predicate for each in work.said[graph] if each.subject == subject}
        if FB.datePrecision not in said and FB.observedOn in said:
            where = Origin(origin.table, origin.row, "Datumets noggrannhet")
            work.add(graph, subject, FB.datePrecision, iri(concept("tidsprecision", "dag")), where)


def _complete_section(work: Work, graph: str, subject: str, origin: Origin, table: Table, row: Row) -> None:
    source = source_of_row(work, table, row, quiet=True)
    if source:
        work.add(graph, subject, DCTERMS.isPartOf, iri(source.iri), Origin(origin.table, origin.row, "Källa"))
    if not row.cells.get("Rubrik"):
        where = Origin(origin.table, origin.row, "Rubrik")
        work.add(graph, subject, SKOS.prefLabel, text(f"Avsnitt {row.cells.get('Nummer', '')}"), where)


def _complete_actor(work: Work, graph: str, subject: str, origin: Origin, table: Table, row: Row, cls: str) -> None:
    name = row.cells.get("Namn", "")
    home = iri(work.context.place.iri)
    inside = {FB.Committee, FB.Assembly, FB.PoliticalBody, FB.Administration, FB.Department, FB.Unit}
    if not row.cells.get("Del av") and (cls in inside or cls == FB.Function):
        where = Origin(origin.table, origin.row, "Del av")
        work.add(graph, subject, FB.functionIn if cls == FB.Function else ORG.subOrganizationOf, home, where)
        if cls == FB.Function:
            work.say(Level.WARNING, table, row, "Del av", "Tom; funktionen läses som en del av kommunen.", found=name)
    if row.cells.get("Aktörstyp"):
        return
    guess = guess_concept(name, work.context.concepts.get("aktorstyp", ()))
    if guess and (cls != FB.Function or guess.confidence >= 0.9):
        what = f"Tom; läses som {guess.label} (gissat av namnet, säkerhet {guess.confidence:.0%})."
        work.say(Level.WARNING, table, row, "Aktörstyp", what, found=name)
        work.add(graph, subject, FB.actorType, iri(guess.iri), Origin(origin.table, origin.row, "Aktörstyp"))
    elif cls not in inside and cls != FB.Function and not row.cells.get("Del av"):
        what = "Välj aktörstyp ur listan; namnet säger inte vilken."
        work.say(Level.ERROR, table, row, "Aktörstyp", what, found=name)


def _guess_forum_type(work: Work, graph: str, subject: str, origin: Origin, table: Table, row: Row) -> None:
    name = row.cells.get("Forum", "")
    guess = guess_concept(name, work.context.concepts.get("forumtyp", ()), forums=True)
    if guess is None:
        what = "Välj forumtyp ur listan; namnet säger inte vilken. Passar ingen annan: operativ samverkansgrupp."
        work.say(Level.ERROR, table, row, "Forumtyp", what, found=name)
        return
    what = f"Tom; läses som {guess.label} (gissat av namnet, säkerhet {guess.confidence:.0%})."
    work.say(Level.WARNING, table, row, "Forumtyp", what, found=name)
    work.add(graph, subject, FB.forumType, iri(guess.iri), Origin(origin.table, origin.row, "Forumtyp"))


def _say_extra(work: Work, graph: str, subject: str, row: Row, origin: Origin) -> None:
    for heading, cell in row.extra.items():
        work.add(graph, subject, SKOS.note, text(f"{heading}: {cell}"), Origin(origin.table, origin.row, heading))


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
    members: list[_Member],
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
        said = _member(work, at, number, table, row, said)
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
            work.add(source.key, claim, column.term, _default(work, column), Origin(at, number, column.name))
    _say_extra(work, source.key, claim, row, Origin(at, number, ""))
    complete_rhythm(work, source.key, claim, at, number, table, row)
    if cls in {FB.ForumMembership, FB.NonMembership}:
        forum = next((v.text for _, t, v, _ in said if t in {ORG.organization, FB.excludedFrom}), "")
        if forum and section:
            listed = {"ja": True, "nej": False}.get(row.cells.get("I källans lista", "").casefold())
            kind = listed if cls == FB.ForumMembership else False
            members.append(
                _Member(source, forum, claim, kind, section, Origin(at, number, "I källans lista"), table, row)
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


def _member(work: Work, at: int, number: int, table: Table, row: Row, said: Found) -> Found:
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
    for triple in work.said.get(work.register, {}):
        if triple.subject == function and triple.predicate == FB.functionIn:
            return triple.value.text
    known = work.context.own.get(function)
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
        stem = short_id(subject).rsplit("/", 1)[-1]
    else:
        needed = {column.name for column in table.sheet.columns if column.required}
        tails = [
            value.text.rsplit("/", 1)[-1]
            for column, term, value, _ in said
            if value.kind == "iri" and _names_claim(column, term)
        ]
        if not tails and needed:
            return ""
        stem = "-".join(tails[:2])[:90].rstrip("-.") or "rad"
    return work.mint(f"{BASE}id/utsaga/{source.key}/{letter}-{stem}", f"{table.name} {row.number}")


def _names_claim(column: Column, term: str) -> bool:
    return column.kind in {Kind.THING, Kind.CONCEPT} and term not in {FB.certainty, FB.evidenceBasis, FB.representedBy}


# --- what follows from the rows taken together


def _describe_forums(work: Work, members: Iterable[_Member]) -> None:
    """Describe, by name only, the forums that a source gives members of without describing them."""
    for member in members:
        said = work.said[member.source.key]
        if any(t.predicate == FB.describesForum and t.value.text == member.forum for t in said):
            continue
        tail = member.forum.rsplit("/", 1)[-1]
        claim = work.mint(f"{BASE}id/utsaga/{member.source.key}/b-{tail}", f"beskrivning {member.forum}")
        for term, value in (
            (RDF.type, iri(FB.ForumDescription)),
            (FB.describesForum, iri(member.forum)),
            (FB.listingCompleteness, iri(concept("fullstandighet", "ej-angiven"))),
            (FB.certainty, iri(concept("visshet", "uttalad"))),
            (PROV.wasDerivedFrom, member.section),
        ):
            work.add(member.source.key, claim, term, value)
        what = (
            f"Källan {member.source.label} har ingen rad i bladet Forum för detta forum; listan läses som ej angiven."
        )
        work.say(Level.NOTE, member.table, member.row, "Forum", what, found=work.names.label(member.forum))


def _list_members(work: Work, members: Sequence[_Member]) -> None:
    """Close the lists: which memberships each description lists, and how many the source's list names."""
    for key in [source.key for source in work.sources]:
        said = work.said.get(key, {})
        forums: dict[str, dict[str, set[str]]] = {}
        where: dict[str, Origin | None] = {}
        for triple, origin in said.items():
            if triple.predicate in {FB.describesForum, FB.listingCompleteness, FB.listedMembers}:
                forums.setdefault(triple.subject, {}).setdefault(triple.predicate, set()).add(triple.value.text)
                where[triple.subject] = origin or where.get(triple.subject)
        for description, facts in sorted(forums.items()):
            _close(work, key, description, facts, where.get(description), members)


def _close(
    work: Work,
    key: str,
    description: str,
    facts: Mapping[str, set[str]],
    origin: Origin | None,
    members: Sequence[_Member],
) -> None:
    forum = next(iter(facts.get(FB.describesForum, {""})))
    closed = any(each.endswith(("/fullstandig", "/exemplifierande")) for each in facts.get(FB.listingCompleteness, ()))
    mine = [
        each
        for each in members
        if each.source.key == key and each.forum == forum and each.claim.rsplit("/", 1)[-1].startswith("m-")
    ]
    listed = [each for each in mine if each.listed or (each.listed is None and closed)]
    for each in listed:
        work.add(key, description, FB.listsMembership, iri(each.claim), each.origin)
    table, row = (work.tables[origin.table], work.tables[origin.table].rows[origin.row]) if origin else (None, None)
    given = facts.get(FB.listedMembers)
    if given and table and row:
        if int(next(iter(given))) != len(listed):
            what = (
                f"Källans lista har {next(iter(given))} deltagare, men {len(listed)} rader i bladet Deltagande hör till den. "
                "Lägg till de som fattas, eller skriv nej i «I källans lista» för dem som nämns på annat ställe."
            )
            work.say(Level.ERROR, table, row, "Antal i listan", what, found=next(iter(given)))
    elif origin is None or (row and row.cells.get("Antal i listan") != NONE):
        if listed or closed:
            cell = Origin(origin.table, origin.row, "Antal i listan") if origin else None
            work.add(key, description, FB.listedMembers, typed(str(len(listed)), XSD.integer), cell)
    whole = any(each.endswith("/fullstandig") for each in facts.get(FB.listingCompleteness, ()))
    if whole and not listed and table and row:
        what = "Listan anges som fullständig, men ingen deltagare hör till den. Den sägs då inget om vem som saknas."
        work.say(Level.WARNING, table, row, "Deltagarlista", what)


def _check_references(work: Work) -> None:
    """Say which ids in brackets point at nothing that the workbook or the registers describe."""
    subjects = {triple.subject for said in work.said.values() for triple in said}
    for address, origin in work.references.items():
        if address not in subjects and address not in work.names:
            table = work.tables[origin.table]
            row = table.rows[origin.row]
            work.say(
                Level.ERROR, table, row, origin.column, "Id:t pekar på något som inte finns.", found=short_id(address)
            )


def _describe_places(work: Work) -> None:
    """Describe the municipalities and regions that are pointed at and that the shipped registers lack."""
    used = {triple.value.text for said in work.said.values() for triple in said if triple.value.kind == "iri"}
    for address in sorted(used & work.context.lacking):
        county_or_code = address.rsplit("/", 1)[-1]
        triples = (
            region_triples(county_or_code)
            if len(county_or_code) == 2
            else place_triples(work.context.places[county_or_code])
        )
        for triple in triples:
            work.add(work.register, *triple)
