"""What a row says of a thing, and what follows where its cells are empty: defaults, and guesses that are said."""

from __future__ import annotations

from typing import Final

from kg.namespaces import DCTERMS, FB, ORG, PROV, RDF, SKOS, concept
from kg.workbook.forum_types import say_forum_type
from kg.workbook.guessing import guess_concept
from kg.workbook.identities import class_of_row, types_of_row
from kg.workbook.layout import Row, Table
from kg.workbook.messages import Level
from kg.workbook.outside import ASK, parent_of
from kg.workbook.sheets import Column
from kg.workbook.sourcing import source_of_row
from kg.workbook.triples import Term, iri, text
from kg.workbook.work import WITH_PARENT, Origin, Work, fitting_slug

__all__ = ["Found", "default_of", "say_extra", "say_thing"]

_HOMELESS: Final = frozenset({FB.Function, FB.Region, FB.Municipality, ORG.FormalOrganization})

Found = list[tuple[Column, str, Term, Origin]]
"""What the cells of a row say: column, property, value, and the cell."""


def default_of(work: Work, column: Column) -> Term:
    """Return what an empty cell of a column with a default says."""
    if column.default == "kommun":
        return iri(work.context.place.iri)
    return iri(concept(column.schemes[0], fitting_slug(column.default)))


def say_thing(
    work: Work, graph: str, subject: str, origin: Origin, table: Table, row: Row, found: Found, *, describes: bool
) -> None:
    """Say what a row says of its thing; what a register already describes gets no second class and no second name."""
    sheet = table.sheet
    cls = class_of_row(work, table, row)
    columns = [column for column in sheet.columns if column.about == "thing" or not sheet.claim]
    if describes:
        work.add(graph, subject, RDF.type, iri(cls), origin._replace(column="Slag"))
    for column, term, value, cell in found:
        if column in columns and (describes or column.term != SKOS.prefLabel):
            inside = term == ORG.subOrganizationOf and cls == FB.Function
            work.add(graph, subject, FB.functionIn if inside else term, value, cell)
    if not sheet.claim:
        say_extra(work, graph, subject, row, origin)
    if describes:
        for column in columns:
            if column.default and not row.cells.get(column.name) and cls not in _HOMELESS:
                work.add(graph, subject, column.term, default_of(work, column), origin._replace(column=column.name))
        _complete(work, graph, subject, origin, table, row, cls)


def _complete(work: Work, graph: str, subject: str, origin: Origin, table: Table, row: Row, cls: str) -> None:
    sheet = table.sheet
    if sheet.kind == "kalla":
        _complete_source(work, graph, subject, origin, table, row)
    elif sheet.kind == "avsnitt":
        _complete_section(work, graph, subject, origin, table, row)
    elif sheet.kind == "org":
        _complete_actor(work, graph, subject, origin, table, row, cls)
    elif sheet.kind == "forum" and not row.cells.get("Forumtyp"):
        name, where = row.cells.get("Forum", ""), origin._replace(column="Forumtyp")
        say_forum_type(work, subject, name, where, table, row, "Forumtyp")
    elif sheet.kind == "omrade" and not row.cells.get("Områdestyp"):
        area = iri(concept("omradestyp", "bostadsomrade"))
        work.add(graph, subject, FB.areaType, area, origin._replace(column="Områdestyp"))
    elif sheet.in_source and not row.cells.get("Avsnitt"):
        source = source_of_row(work, table, row, quiet=True)
        if source:
            section = iri(work.section(source, ""))
            work.add(graph, subject, PROV.wasDerivedFrom, section, origin._replace(column="Avsnitt"))


def _complete_source(work: Work, graph: str, subject: str, origin: Origin, table: Table, row: Row) -> None:
    label, kind = row.cells.get("Källa", ""), row.cells.get("Slag av källa", "")
    if not row.cells.get("Titel"):
        work.add(graph, subject, DCTERMS.title, text(label), origin._replace(column="Titel"))
    if not row.cells.get("Utgivare"):
        where = origin._replace(column="Utgivare")
        work.add(graph, subject, DCTERMS.creator, iri(work.context.place.iri), where)
        if not kind.casefold().startswith("egen"):
            what = "Tom; kommunen läses som utgivare. Skriv organisationen bakom källan."
            work.say(Level.WARNING, table, row, "Utgivare", what)
    if not row.cells.get("Datumets noggrannhet"):
        said = {each.predicate for each in work.said[graph] if each.subject == subject}
        if FB.datePrecision not in said and FB.observedOn in said:
            where = origin._replace(column="Datumets noggrannhet")
            work.add(graph, subject, FB.datePrecision, iri(concept("tidsprecision", "dag")), where)


def _complete_section(work: Work, graph: str, subject: str, origin: Origin, table: Table, row: Row) -> None:
    source = source_of_row(work, table, row, quiet=True)
    if source:
        work.add(graph, subject, DCTERMS.isPartOf, iri(source.iri), origin._replace(column="Källa"))
    if not row.cells.get("Rubrik"):
        where = origin._replace(column="Rubrik")
        work.add(graph, subject, SKOS.prefLabel, text(f"Avsnitt {row.cells.get('Nummer', '')}"), where)


def _complete_actor(work: Work, graph: str, subject: str, origin: Origin, table: Table, row: Row, cls: str) -> None:
    name = row.cells.get("Namn", "")
    guess = guess_concept(name, work.context.concepts.get("aktorstyp", ()))
    kinds = guess if guess and (cls != FB.Function or guess.confidence >= 0.9) else None
    needs = cls in WITH_PARENT or cls == FB.Function
    if needs and not row.cells.get("Del av"):
        types = types_of_row(work, row) if row.cells.get("Aktörstyp") else [kinds.iri] if kinds else []
        parent = parent_of(types, work.context)
        if parent == ASK:
            work.say(
                Level.ERROR, table, row, "Del av", "Tom; skriv vad den hör till, till exempel kommunen.", found=name
            )
        else:
            term = FB.functionIn if cls == FB.Function else ORG.subOrganizationOf
            work.add(graph, subject, term, iri(parent), origin._replace(column="Del av"))
            if cls == FB.Function or parent != work.context.place.iri:
                what = f"Tom; läses som en del av {work.names.label(parent)}."
                work.say(Level.WARNING, table, row, "Del av", what, found=name)
    if row.cells.get("Aktörstyp") or cls == ORG.FormalOrganization:
        return
    if kinds:
        what = f"Tom; läses som {kinds.label} (gissat av namnet, säkerhet {kinds.percent})."
        work.say(Level.WARNING, table, row, "Aktörstyp", what, found=name)
        work.add(graph, subject, FB.actorType, iri(kinds.iri), origin._replace(column="Aktörstyp"))
    elif not needs and not row.cells.get("Del av"):
        what = "Välj aktörstyp ur listan; namnet säger inte vilken."
        work.say(Level.ERROR, table, row, "Aktörstyp", what, found=name)


def say_extra(work: Work, graph: str, subject: str, row: Row, origin: Origin) -> None:
    """Keep what stands in columns of the user's own as notes."""
    for heading, cell in row.extra.items():
        work.add(graph, subject, SKOS.note, text(f"{heading}: {cell}"), origin._replace(column=heading))
