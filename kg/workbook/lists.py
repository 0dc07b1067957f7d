"""What follows from the rows taken together: descriptions of forums, closed lists, places, and references that hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.namespaces import BASE, FB, PROV, RDF, XSD, concept, last_part
from kg.workbook.context import place_triples, region_triples
from kg.workbook.layout import Row, Table
from kg.workbook.matching import short_id
from kg.workbook.messages import Level
from kg.workbook.sheets import NONE
from kg.workbook.triples import Term, iri, typed
from kg.workbook.work import Origin, SourceRow, Work

__all__ = ["Member", "check_references", "describe_forums", "describe_places", "list_members"]


@dataclass(slots=True)
class Member:
    """A membership or denial of one, for the forum to be described and its list closed."""

    source: SourceRow
    forum: str
    claim: str
    listed: bool | None
    section: Term
    origin: Origin
    table: Table
    row: Row


def describe_forums(work: Work, members: Iterable[Member]) -> None:
    """Describe, by name only, the forums that a source gives members of without describing them."""
    for member in members:
        said = work.said[member.source.key]
        if any(t.predicate == FB.describesForum and t.value.text == member.forum for t in said):
            continue
        tail = last_part(member.forum)
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


def list_members(work: Work, members: Sequence[Member]) -> None:
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
    members: Sequence[Member],
) -> None:
    forum = next(iter(facts.get(FB.describesForum, {""})))
    closed = any(each.endswith(("/fullstandig", "/exemplifierande")) for each in facts.get(FB.listingCompleteness, ()))
    mine = [
        each
        for each in members
        if each.source.key == key and each.forum == forum and last_part(each.claim).startswith("m-")
    ]
    listed = [each for each in mine if each.listed or (each.listed is None and closed)]
    for each in listed:
        work.add(key, description, FB.listsMembership, iri(each.claim), each.origin)
    table, row = (work.tables[origin.table], work.tables[origin.table].rows[origin.row]) if origin else (None, None)
    given = facts.get(FB.listedMembers)
    if given and table and row:
        if int(next(iter(given))) != len(listed):
            what = (
                f"Källans lista har {next(iter(given))} deltagare, men {len(listed)} rader i Deltagande hör till den. "
                "Lägg till de som fattas, eller skriv nej i «I källans lista» för dem som nämns på annat ställe."
            )
            work.say(Level.ERROR, table, row, "Antal i listan", what, found=next(iter(given)))
    elif (listed or closed) and (origin is None or (row and row.cells.get("Antal i listan") != NONE)):
        cell = Origin(origin.table, origin.row, "Antal i listan") if origin else None
        work.add(key, description, FB.listedMembers, typed(str(len(listed)), XSD.integer), cell)
    whole = any(each.endswith("/fullstandig") for each in facts.get(FB.listingCompleteness, ()))
    if whole and forum in work.unfinished and table and row:
        what = "Anges som fullständig, men en rad i Deltagande säger att fler deltar (m.fl.). Skriv exemplifierande."
        work.say(Level.ERROR, table, row, "Deltagarlista", what, found=row.cells.get("Deltagarlista", ""))
    if whole and not listed and table and row:
        what = "Listan anges som fullständig, men ingen deltagare hör till den. Den sägs då inget om vem som saknas."
        work.say(Level.WARNING, table, row, "Deltagarlista", what)


def check_references(work: Work) -> None:
    """Say which ids in brackets point at nothing that the workbook or the registers describe."""
    subjects = {triple.subject for said in work.said.values() for triple in said}
    for address, origin in work.references.items():
        if address not in subjects and address not in work.names:
            table = work.tables[origin.table]
            row = table.rows[origin.row]
            work.say(
                Level.ERROR, table, row, origin.column, "Id:t pekar på något som inte finns.", found=short_id(address)
            )


def describe_places(work: Work) -> None:
    """Describe the municipalities and regions that are pointed at and that the shipped registers lack."""
    used = {triple.value.text for said in work.said.values() for triple in said if triple.value.kind == "iri"}
    for address in sorted(used & work.context.lacking):
        county_or_code = last_part(address)
        triples = (
            region_triples(county_or_code)
            if len(county_or_code) == 2
            else place_triples(work.context.places[county_or_code])
        )
        for triple in triples:
            work.add(work.register, *triple)
