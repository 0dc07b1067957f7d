"""The state of an import: what has been said so far, by which cell, and the things and sources that it may point at."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kg.namespaces import BASE, DCTERMS, FB, ORG, RDF, SKOS, XSD, concept, section_iri, slug, source_iri, thing
from kg.workbook.context import Context, Known, folded
from kg.workbook.guessing import Guess, guess_class, guess_concept, guess_several, kind_of_class
from kg.workbook.layout import Row, Table
from kg.workbook.matching import Names
from kg.workbook.messages import Level, Messages
from kg.workbook.outside import ASK, parent_of
from kg.workbook.sheets import ACTORS
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
    ) -> None:
        """Add a message about a cell."""
        index = table.places.get(column, -1)
        self.messages.add(
            level, table.name, expected, row=row.number, index=index, column=column, found=found, near=near
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

    # --- things that rows name without describing them

    def create_actor(
        self, name: str, table: Table, row: Row, column: str, *, parent: str = "", function: bool = False
    ) -> str:
        """Describe an actor or function that only a reference names, by guesses that are said."""
        known = self.context.concepts.get("aktorstyp", ())
        guess = guess_concept(name, known)
        kinds = guess if guess and guess.confidence >= (0.9 if function else 0.7) else None
        inside = parent or parent_of([kinds.iri] if kinds else [], self.context)
        cls = FB.Function if function else _class_for(name, inside)
        address = self._address(kind_of_class(cls), name)
        near = self.names.near(name, ("funktion",) if function else ACTORS)
        self._name(address, cls, name, inside if function else "")
        if function:
            self.add(self.register, address, FB.functionIn, iri(inside or self.context.place.iri))
        else:
            self.add(self.register, address, FB.municipality, iri(self.context.place.iri))
            if cls in WITH_PARENT:
                self.add(self.register, address, ORG.subOrganizationOf, iri(inside))
        if kinds:
            self.add(self.register, address, FB.actorType, iri(kinds.iri))
        self._say_new(name, table, row, column, near, kinds, function=function)
        return address

    def _say_new(
        self,
        name: str,
        table: Table,
        row: Row,
        column: str,
        near: tuple[str, ...],
        kinds: Guess | None,
        *,
        function: bool,
    ) -> None:
        what = "funktion" if function else "aktör"
        level, said = Level.WARNING, f"Läses som en ny {what} utan egen aktörstyp."
        several = () if function else guess_several(name, self.context.concepts.get("aktorstyp", ()))
        if several:
            level = Level.ERROR
            said = (
                f"Ser ut som flera aktörer ({', '.join(several)}). Skriv en rad för var och en eller semikolon "
                "mellan dem; är det en enda, lägg till den där."
            )
        elif kinds and "," in name:
            said = (
                f"Läses som en enda ny {what}, aktörstyp {kinds.label} (gissat, säkerhet {kinds.percent}). "
                "Är det flera: skriv semikolon mellan dem."
            )
        elif kinds:
            said = (
                f"Läses som en ny {what}, aktörstyp {kinds.label} (gissat, säkerhet {kinds.percent}). "
                "Lägg till en rad där om något ska ändras."
            )
        elif not function:
            level, said = Level.ERROR, "Namnet säger inte vilken aktörstyp aktören har. Lägg till en rad där."
        self.say(level, table, row, column, f"Finns inte i Aktörer och funktioner. {said}", found=name, near=near)

    def create_publisher(self, name: str, table: Table, row: Row, column: str) -> str:
        """Describe an organisation that only publishes a source, such as an audit firm: it is no actor here."""
        address = self._address("org", name)
        self._name(address, ORG.FormalOrganization, name)
        near = self.names.near(name, ACTORS)
        self.say(Level.NOTE, table, row, column, "Ny utgivare, utan plats bland aktörerna.", found=name, near=near)
        return address

    def create_forum(self, name: str, table: Table, row: Row, column: str) -> str:
        """Describe a forum that only a reference names."""
        address = self._address("forum", name)
        near = self.names.near(name, ("forum", "program"))
        self._name(address, FB.Forum, name)
        self.add(self.register, address, FB.municipality, iri(self.context.place.iri))
        guess = guess_concept(name, self.context.concepts.get("forumtyp", ()), forums=True)
        if guess:
            self.add(self.register, address, FB.forumType, iri(guess.iri))
            what = f"Läses som ett nytt forum av typen {guess.label} (gissat, säkerhet {guess.percent})."
            self.say(Level.WARNING, table, row, column, f"Finns inte i bladet Forum. {what}", found=name, near=near)
        else:
            what = "Okänt forum, och namnet säger inte vilken forumtyp det är. Lägg till det i bladet Forum."
            self.say(Level.ERROR, table, row, column, what, found=name, near=near)
        return address

    def create_simple(self, kind: str, name: str, table: Table, row: Row, column: str) -> str:
        """Describe an area, a system or a working model that only a reference names."""
        cls = {"omrade": FB.Area, "system": FB.InformationSystem, "modell": FB.WorkingModel}[kind]
        address = self._address(kind, name)
        self._name(address, cls, name)
        self.add(self.register, address, FB.municipality, iri(self.context.place.iri))
        if kind == "omrade":
            self.add(self.register, address, FB.areaType, iri(concept("omradestyp", "bostadsomrade")))
        sheet = {"omrade": "Mer: Områden", "system": "Mer: System", "modell": "Mer: Arbetsmodeller"}[kind]
        near = self.names.near(name, (kind,))
        self.say(
            Level.NOTE, table, row, column, f"Nytt namn; läggs till i {sheet[5:].casefold()}.", found=name, near=near
        )
        return address

    def _address(self, kind: str, name: str) -> str:
        return self.mint(new_address(kind, self.context.place.code, name), folded(name))

    def _name(self, address: str, cls: str, name: str, parent: str = "") -> None:
        self.names.add(Known(address, (cls,), name, (), parent))
        self.add(self.register, address, RDF.type, iri(cls))
        self.add(self.register, address, SKOS.prefLabel, text(name))

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
        code = risk.rsplit("/", 1)[-1] if risk else ""
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


def _class_for(name: str, inside: str) -> str:
    """Return the class of a new actor: a group where its name or its place says no more."""
    guess = guess_class(name).iri
    if guess in {FB.Function, FB.Region, FB.Municipality, FB.StateAgency, FB.JointAuthority}:
        return FB.ActorGroup
    return FB.ActorGroup if guess in WITH_PARENT and inside == ASK else guess


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
