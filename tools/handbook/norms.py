"""The reference of norms, written from their register: what is expected, how strongly, on what ground, since when."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from rdflib import SKOS, Graph, URIRef

from kg.namespaces import concept
from kg.resources import ontology_dir
from tools.handbook.markdown import both, code, link, prose, swedish, table

__all__ = ["norms_page", "read_register"]

Row = Mapping[str, str]
_TERMS: Final = ("forpliktelsegrad", "normgrund", "forumtyp", "forumniva", "tidsprecision", "verifiering")


def read_register() -> list[Row]:
    """Return the rows of the register, sorted by id."""
    with (ontology_dir() / "norms" / "register.csv").open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["id"])


@cache
def _terms() -> Graph:
    graph = Graph()
    for name in _TERMS:
        graph.parse(ontology_dir() / "terms" / f"{name}.ttl", format="turtle")
    return graph


def _label(scheme: str, name: str, language: str = "sv", predicate: URIRef = SKOS.prefLabel) -> str:
    found = _terms().objects(URIRef(concept(scheme, name)), predicate)
    return next((str(each) for each in found if getattr(each, "language", "") == language), name)


def _dates(row: Row) -> str:
    if not row["valid_from"]:
        since = "start unknown"
    else:
        cut = {"ar": 4, "manad": 7}.get(row["date_precision"], 10)
        since = f"from {row['valid_from'][:cut]}"
    return f"{since}, to {row['valid_to']}" if row["valid_to"] else since


def _limits(row: Row) -> str:
    ages = "–".join((row["age_min"], row["age_max"])) if row["age_min"] or row["age_max"] else ""
    parts = (
        f"Level: {swedish(_label('forumniva', row['level']))}." if row["level"] else "",
        f"Ages: {ages}." if ages else "",
        f"Condition: {swedish(row['condition'])}." if row["condition"] else "",
        f"Note: {prose(row['note'])}" if row["note"] else "",
    )
    return " ".join(part for part in parts if part)


def _cells(row: Row) -> tuple[str, ...]:
    source = link(row["source_title"], row["source_address"])
    where = f", {swedish(row['source_locator'])}" if row["source_locator"] else ""
    strength = both(_label("forpliktelsegrad", row["obligation"]), "")
    return (
        f'<span id="{row["id"].lower()}">{row["id"]}</span>',
        both(row["statement_sv"], row["statement_en"]),
        f"{strength}, {swedish(_label('normgrund', row['basis']))}",
        _dates(row),
        f'<span lang="sv">{source}</span>{where} ({prose(row["source_publisher"])}; {row["verified"]})',
        _limits(row),
    )


def _family(letters: str, rows: Sequence[Row]) -> str:
    kinds = sorted({row["forum_type"] for row in rows if row["forum_type"]})
    bodies = sorted({row["scope_class"] for row in rows if row["scope_class"]})
    lead = "; ".join(
        part
        for part in (
            f"On forums: {', '.join(swedish(_label('forumtyp', each)) for each in kinds)}" if kinds else "",
            f"On bodies: {', '.join(code(f'fb:{each}') for each in bodies)}" if bodies else "",
        )
        if part
    )
    head = ("id", "what is expected", "strength and ground", "holds", "text read", "when, and what to know")
    return "\n\n".join([f"## {letters}", f"{lead}." if lead else "", table(head, map(_cells, rows))])


def norms_page() -> str:
    """Return the page: the norms by family, the letters of their ids."""
    rows = read_register()
    families: dict[str, list[Row]] = {}
    for row in rows:
        families.setdefault(row["id"].partition("-")[0], []).append(row)
    verified = " ".join(
        f"**{letter.upper()}** {prose(_label('verifiering', letter, 'en', SKOS.definition))}" for letter in "abc"
    )
    lead = (
        f"The {len(rows)} norms that reports are held against, written from `ontology/norms/register.csv`. A norm "
        "that says *ska* or *bör*, and that a report denies or leaves out of a whole list, gives a gap; one that says "
        "*kan* only a comparison. A norm counts from the day it holds, and one whose start is unknown only for reports "
        "later than its own text. *Practice* is what others do and binds nobody. Sections are those of the text "
        "named; read the text itself before you lean on a norm."
    )
    parts = ["# Norms", lead, f"What was read: {verified}", *(_family(key, families[key]) for key in sorted(families))]
    return "\n\n".join(parts) + "\n"
