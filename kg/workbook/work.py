"""The state of an import: what has been said so far, by which cell, and the things and sources that it may point at."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kg.namespaces import BASE, DCTERMS, FB, RDF, SKOS, XSD, concept, last_part, section_iri, slug, source_iri, thing
from kg.workbook.context import Context, folded
from kg.workbook.layout import Row, Table
from kg.workbook.matching import Names
from kg.workbook.messages import Level, Messages
from kg.workbook.privacy import shown
from kg.workbook.triples import Term, Triple, iri, plain, text, typed

__all__ = ["WITH_PARENT", "Origin", "SourceRow", "Work", "fitting_slug", "new_address"]

_NUMBERED: Final = re.compile(r"^(?:avsnitt|avs\.?|kapitel|kap\.?|§)?\s*(\d+(?:\.\d+)*)\.?(?:\s+(.*))?$", re.IGNORECASE)
_PAGE: Final = re.compile(r"^(?:sid(?:an)?|s|p)\.?\s*(\d+)$", re.IGNORECASE)
_SEGMENT: Final = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
WITH_PARENT: Final = frozenset({FB.Committee, FB.Assembly, FB.PoliticalBody, FB.Administration, FB.Department, FB.Unit})


class Origin(NamedTuple):
    """The cell that a triple comes from."""

    table: int
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source of the workbook."""

    key: str
    label: str

    @property
    def iri(self) -> str:
        """The IRI of the source."""
        return source_iri(self.key)


def fitting_slug(name: str, longest: int = 70) -> str:
    """Return a name as a segment of an IRI, cut at a word where it is long; "namnlos" where nothing is left."""
    if not any(letter.isascii() and letter.isalnum() for letter in name) and not re.search(r"[åäöéü]", name.casefold()):
        return "namnlos"
    try:
        short = slug(name)
    except ValueError:
        return "namnlos"
    return short if len(short) <= longest else short[:longest].rsplit("-", 1)[0]


@dataclass
class Work:
    """What an import has found so far."""

    context: Context
    names: Names
    messages: Messages
    tables: list[Table]
    sources: list[SourceRow] = field(default_factory=list)
    said: dict[str, dict[Triple, Origin | None]] = field(default_factory=lambda: defaultdict(dict))
    things: dict[tuple[int, int], tuple[str, bool]] = field(default_factory=dict)
    sections: dict[tuple[str, str], str] = field(default_factory=dict)
    section_rows: set[str] = field(default_factory=set)
    used_sections: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    references: dict[str, Origin] = field(default_factory=dict)
    unfinished: set[str] = field(default_factory=set)
    described_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def register(self) -> str:
        """The name of the graph of the register."""
        return f"register-{self.context.place.code}"

    def say(
        self,
        level: Level,
        table: Table,
        row: Row,
        column: str,
        expected: str,
        *,
        found: str = "",
        near: tuple[str, ...] = (),
        choices: tuple[str, ...] = (),
    ) -> None:
        """Add a message about a cell; what may be personal in it is not shown."""
        where = {"row": row.number, "index": table.places.get(column, -1)}
        self.messages.add(
            level, table.name, expected, **where, column=column, found=shown(found), near=near, choices=choices
        )

    def add(self, graph: str, subject: str, predicate: str, value: Term, origin: Origin | None = None) -> None:
        """Say a triple; what was said first keeps its cell."""
        self.said[graph].setdefault(Triple(subject, predicate, value), origin)

    def mint(self, address: str, owner: str) -> str:
        """Return the IRI, with a number after it where another name already has it."""
        candidate, number = address, 1
        while self.taken.get(candidate, owner) != owner:
            number += 1
            candidate = f"{address}-{number}"
        self.taken[candidate] = owner
        return candidate

    # --- sections

    def section(self, source: SourceRow, said: str) -> str:
        """Return the IRI of a section that a cell names by number, page or heading; "" is the whole source."""
        cell = said.strip()
        known = self.sections.get((source.key, folded(cell)))
        if known:
            return known
        number, title = self._numbered(cell)
        address = section_iri(source.key, number)
        if address not in self.section_rows:
            before = self.used_sections.get(address)
            if before is None or (title and before[2].startswith("Avsnitt ")):
                self.used_sections[address] = (source.key, number, title or f"Avsnitt {number}")
        return address

    @staticmethod
    def _numbered(cell: str) -> tuple[str, str]:
        if not cell:
            return "hela", "Hela källan"
        if found := _NUMBERED.match(cell):
            return found[1], (found[2] or "").strip()
        if found := _PAGE.match(cell):
            return f"sid-{found[1]}", f"Sida {found[1]}"
        if _SEGMENT.fullmatch(cell):
            return cell, cell.capitalize()
        return fitting_slug(cell), cell

    def describe_sections(self) -> None:
        """Say the sections that cells named and no row describes."""
        for address, (key, number, title) in self.used_sections.items():
            if address not in self.section_rows:
                self.add(key, address, RDF.type, iri(FB.SourceSection))
                self.add(key, address, SKOS.prefLabel, text(title))
                self.add(key, address, FB.sectionNumber, plain(number))
                self.add(key, address, DCTERMS.isPartOf, iri(source_iri(key)))

    # --- target groups

    def audience(self, low: int | None, high: int | None, basis: str, risk: str, risk_label: str) -> str:
        """Return the IRI of a target group by its ages and risk, and describe it where it is not shared."""
        ages = (
            f"{low}-{high}"
            if low is not None and high is not None
            else f"fran-{low}"
            if low is not None
            else f"till-{high}"
        )
        code = last_part(risk) if risk else ""
        address = thing("malgrupp", f"alder-{ages}{'-' + code if code else ''}")
        if address in self.context.shared:
            return address
        words = (
            f"{low} år"
            if low == high
            else f"{low}–{high} år"
            if low is not None and high is not None
            else f"från {low} år"
            if low is not None
            else f"till och med {high} år"
        )
        label = f"{words}, {risk_label}" if risk_label else words
        self.add(self.register, address, RDF.type, iri(FB.TargetGroup))
        self.add(self.register, address, SKOS.prefLabel, text(label))
        if low is not None:
            self.add(self.register, address, FB.minAge, typed(str(low), XSD.integer))
        if high is not None:
            self.add(self.register, address, FB.maxAge, typed(str(high), XSD.integer))
        self.add(self.register, address, FB.ageBasis, iri(concept("aldersgrund", basis)))
        if risk:
            self.add(self.register, address, FB.riskGroup, iri(risk))
        return address


def new_address(kind: str, code: str, name: str) -> str:
    """Return the IRI that a new thing of a municipality gets.

    What stands directly under its kind (company, joint authority, agency) has the code of the municipality after its
    name, so that two municipalities never make one thing of two.

    >>> new_address("bolag", "0780", "Växjöbostäder AB").split("/id/")[1], new_address("forum", "0780", "BRÅ")[-14:]
    ('bolag/vaxjobostader-ab-0780', 'forum/0780/bra')
    """
    short = fitting_slug(name)
    if kind in {"bolag", "forbund", "myndighet"}:
        return f"{BASE}id/{kind}/{short}-{code}"
    return thing(kind, code, short)
