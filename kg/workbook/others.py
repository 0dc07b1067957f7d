"""The sheet for what has no sheet of its own: one statement a row, with the ids of the graph."""

from __future__ import annotations

import re

from kg.namespaces import NAMESPACES
from kg.workbook.layout import Row, Table
from kg.workbook.matching import full_iri, short_id
from kg.workbook.messages import Level
from kg.workbook.sheets import NONE
from kg.workbook.triples import Term, Triple, iri
from kg.workbook.work import Origin, SourceRow, Work

__all__ = ["other_cells", "read_other"]


def _property(name: str) -> str:
    prefix, _, local = name.partition(":")
    known = prefix in NAMESPACES and re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", local)
    return NAMESPACES[prefix] + local if known else ""


def _datatype(kind: str) -> str | None:
    """Return the kind of a value as `Term` has it, None for one that is not known."""
    if kind in {"", "text"}:
        return ""
    if kind == "id":
        return "iri"
    if re.fullmatch(r"[a-z]{2}", kind):
        return f"@{kind}"
    return _property(kind) or None


def other_cells(source: str, triple: Triple) -> dict[str, str]:
    """Return the cells that state a triple."""
    predicate = next(
        f"{prefix}:{triple.predicate.removeprefix(space)}"
        for prefix, space in NAMESPACES.items()
        if triple.predicate.startswith(space)
    )
    value, kind = triple.value
    shown = short_id(value) if kind == "iri" else value
    if kind == "iri" and full_iri(shown) != value:
        shown = value
    datatype = next((f"{p}:{kind.removeprefix(s)}" for p, s in NAMESPACES.items() if kind.startswith(s)), "")
    name = "id" if kind == "iri" else kind[1:] if kind.startswith("@") else datatype or "text"
    return {
        "Källa": source or NONE,
        "Vad": short_id(triple.subject),
        "Egenskap": predicate,
        "Värde": shown,
        "Typ": name,
    }


def read_other(work: Work, at: int, table: Table, number: int, row: Row, source: SourceRow | None) -> None:
    """Say the statement of a row, in the graph of its source or, with a dash for source, in the register."""
    subject, predicate = full_iri(row.cells.get("Vad", "")), _property(row.cells.get("Egenskap", ""))
    kind = _datatype(row.cells.get("Typ", ""))
    cell = row.cells.get("Värde", "")
    if not subject:
        work.say(Level.ERROR, table, row, "Vad", "Id:t har fel form.", found=row.cells.get("Vad", ""))
        return
    if not predicate:
        work.say(Level.ERROR, table, row, "Egenskap", "Okänd egenskap.", found=row.cells.get("Egenskap", ""))
        return
    if kind is None or not cell:
        work.say(Level.ERROR, table, row, "Typ", "Okänd typ, eller tomt värde.", found=row.cells.get("Typ", ""))
        return
    graph = source.key if source else work.register
    value = cell
    if kind == "iri":
        value = full_iri(cell) or (cell if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", cell) else "")
        if not value:
            work.say(Level.ERROR, table, row, "Värde", "Id:t har fel form.", found=cell)
            return
    work.add(graph, subject, predicate, iri(value) if kind == "iri" else Term(value, kind), Origin(at, number, "Värde"))
