"""The user's own word on findings: a sheet of the workbook, and a graph of its own beside those of the sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kg.namespaces import BASE, FB, RDF, SKOS
from kg.workbook.layout import Row, Table
from kg.workbook.messages import Level
from kg.workbook.privacy import looks_like_a_person
from kg.workbook.sheets import FINDING, STANDS, Kind
from kg.workbook.triples import Term, Triple, iri, text
from kg.workbook.values import read_cell
from kg.workbook.work import Origin, Work, fitting_slug

__all__ = ["read_stand", "stand_rows", "stands_graph"]

_FORM: Final = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[a-z0-9]+(?:[.-][a-z0-9]+)*)+")


def stands_graph(code: str) -> str:
    """Return the name of the graph that holds the user's word on findings of a municipality."""
    return f"stallningstaganden-{code}"


def read_stand(work: Work, at: int, table: Table, number: int, row: Row) -> None:
    """Say the decision of a row; a person is refused, and a finding without an answer is asked about."""
    finding = row.cells.get(FINDING, "").strip().casefold()
    if not _FORM.fullmatch(finding):
        what = "Skriv fyndets id som i listan över luckor, till exempel lund-2024/b-bra/bra-05."
        work.say(Level.ERROR, table, row, FINDING, what, found=finding)
        return
    if not row.cells.get("Svar"):
        what = "Välj bekräftad, deltar redan, ej aktuellt eller fråga ställd."
        work.say(Level.ERROR, table, row, "Svar", what)
        return
    for name in ("Skäl", "Ansvarig funktion"):
        if person := looks_like_a_person(row.cells.get(name, "")):
            what = "Ser ut som en persons namn. Skriv funktionen i stället."
            work.say(Level.ERROR, table, row, name, what, found=person)
            return
    key = finding.partition("/")[0]
    known = {each.key for each in work.sources} | set(work.context.keys)
    if key not in known and key != f"{work.context.place.slug}-samlad":
        what = (
            "Fyndets källa finns inte i arbetsboken. Svaret sparas, och visas vid samma forum och norm om en annan "
            "källa beskriver forumet."
        )
        work.say(Level.WARNING, table, row, FINDING, what, found=finding)
    code = work.context.place.code
    graph = stands_graph(code)
    stem = f"{BASE}id/beslut/{code}/{fitting_slug(finding.replace('/', '-'), 90)}"
    subject = work.mint(stem, f"{finding}|{number}")
    work.add(graph, subject, RDF.type, iri(FB.Decision), Origin(at, number, FINDING))
    work.add(graph, subject, SKOS.prefLabel, text(f"Ställningstagande till {finding}"), Origin(at, number, FINDING))
    work.add(graph, subject, FB.onFinding, Term(finding, ""), Origin(at, number, FINDING))
    for column in STANDS.columns[1:]:
        if cell := row.cells.get(column.name, ""):
            origin = Origin(at, number, column.name)
            for term, value in read_cell(work, origin, table, row, column, cell):
                if term == column.term:
                    work.add(graph, subject, term, value, origin)


def stand_rows(triples: Iterable[Triple], labels: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the decisions of a graph as rows, in the order of their IRIs."""
    said: dict[str, dict[str, str]] = {}
    for triple in sorted(triples):
        said.setdefault(triple.subject, {})[triple.predicate] = triple.value.text
    rows = []
    for _, facts in sorted(said.items(), key=_in_order):
        row = {FINDING: facts.get(FB.onFinding, "")}
        for column in STANDS.columns[1:]:
            value = facts.get(column.term, "")
            row[column.name] = labels.get(value, value) if column.kind is Kind.CONCEPT else value
        rows.append({name: cell for name, cell in row.items() if cell})
    return rows


def _in_order(entry: tuple[str, dict[str, str]]) -> tuple[str, int, str]:
    """Return a key that keeps a second decision on a finding (`-2`) after the first."""
    subject, facts = entry
    return facts.get(FB.onFinding, ""), len(subject), subject
