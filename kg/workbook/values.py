"""One cell of one column: what it says as values, or a message that says what was expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from kg.namespaces import DCTERMS, FB, SKOS, XSD, concept
from kg.workbook.ages import parse_ages
from kg.workbook.context import Concept, folded
from kg.workbook.creating import create_actor, create_forum, create_publisher, create_simple
from kg.workbook.forum_types import OPEN
from kg.workbook.guessing import bare, find_concept
from kg.workbook.layout import Row, Table
from kg.workbook.matching import How, Match, full_iri, short_id
from kg.workbook.messages import Level
from kg.workbook.parsing import parse_day, parse_number, parse_yes, split_cell
from kg.workbook.sheets import ACTORS, Column, Kind
from kg.workbook.triples import Term, decimal_text, iri, plain, text, typed
from kg.workbook.work import Origin, SourceRow, Work

__all__ = ["read_cell"]

_LEVEL: Final = re.compile(r"[- ]?nivån?$", re.IGNORECASE)
_LISTS: Final = {
    **dict.fromkeys(("hel", "hela", "hela listan", "alla", "komplett", "full"), "fullständig"),
    **dict.fromkeys(("delvis", "exempel", "bl.a", "bland annat", "ett urval"), "exemplifierande"),
}
_BETWEEN: Final = re.compile(r"\s*[,/&+]\s*(?:och\s+)?|\s+och\s+|\s+samt\s+", re.IGNORECASE)

Stated = list[tuple[str, Term]]
"""Properties and their values."""


def read_cell(
    work: Work, at: Origin, table: Table, row: Row, column: Column, cell: str, source: SourceRow | None = None
) -> Stated:
    """Return the properties and values that a cell states; what it does not understand becomes a message."""
    reader = _Reader(work, at, table, row, column, source)
    parts = split_cell(cell) if column.many else [cell]
    found: Stated = []
    for part in parts:
        found.extend(reader.read(part))
    return found


class _Reader:
    """Reads the parts of one cell."""

    def __init__(
        self, work: Work, at: Origin, table: Table, row: Row, column: Column, source: SourceRow | None
    ) -> None:
        self.work, self.at, self.table, self.row, self.column, self.source = work, at, table, row, column, source

    def wrong(self, found: str, expected: str, near: tuple[str, ...] = (), *, choices: tuple[str, ...] = ()) -> Stated:
        where = (self.table, self.row, self.column.name)
        self.work.say(Level.ERROR, *where, expected, found=found, near=near, choices=choices)
        return []

    def doubt(self, found: str, expected: str, level: Level = Level.WARNING) -> None:
        self.work.say(level, self.table, self.row, self.column.name, expected, found=found)

    def one(self, value: Term) -> Stated:
        return [(self.column.term, value)]

    def read(self, cell: str) -> Stated:
        """Return what one part of the cell states."""
        reader = _READERS.get(self.column.kind)
        return reader(self, cell) if reader else []

    def _text(self, cell: str) -> Stated:
        limit = self.column.limit
        if limit and len(cell) > limit:
            return self.wrong(cell, f"Texten har {len(cell)} tecken; korta den till högst {limit}.")
        return self.one(text(cell))

    def _english(self, cell: str) -> Stated:
        return self.one(text(cell, "en"))

    def _plain(self, cell: str) -> Stated:
        return self.one(plain(cell))

    def _whole(self, cell: str) -> Stated:
        number = parse_number(cell)
        if number is None or number != int(number) or number < 0:
            return self.wrong(cell, "Skriv ett heltal, till exempel 9.")
        return self.one(typed(str(int(number)), XSD.integer))

    def _number(self, cell: str) -> Stated:
        number = parse_number(cell)
        if number is None or not 0 <= number <= 366:
            return self.wrong(cell, "Skriv ett tal mellan 0 och 366, till exempel 12.")
        return self.one(typed(decimal_text(str(number)), XSD.decimal))

    def _yes(self, cell: str) -> Stated:
        yes = parse_yes(cell)
        if yes is None:
            return self.wrong(cell, "Skriv ja eller nej, eller lämna cellen tom om källan inget säger.")
        return self.one(typed("true" if yes else "false", XSD.boolean))

    def _section(self, cell: str) -> Stated:
        return self.one(iri(self.work.section(self.source, cell))) if self.source else []

    def _day(self, cell: str) -> Stated:
        day = parse_day(cell)
        if day is None:
            return self.wrong(cell, "Skriv ett datum som 2024-03-17, mars 2024 eller 2024.")
        if day.guessed:
            self.doubt(cell, f"Läses som {day.day.isoformat()} ({day.guessed}).")
        found = self.one(typed(day.day.isoformat(), XSD.date))
        if day.precision != "dag" and not self.row.cells.get("Datumets noggrannhet"):
            found.append((FB.datePrecision, iri(concept("tidsprecision", day.precision))))
        return found

    def _concept(self, cell: str) -> Stated:
        known = [each for scheme in self.column.schemes for each in self.work.context.concepts.get(scheme, ())]
        if found := re.search(r"\[(def/[a-z]+/[^\]]+)\]$", cell):
            address = full_iri(found[1])
            if any(each.iri == address for each in known):
                return self.one(iri(address))
        if self.column.term == FB.listingCompleteness and (meant := _LISTS.get(folded(cell))):
            self.doubt(cell, f"Läses som {meant}.")
            cell = meant
        hits = find_concept(cell, known) or find_concept(_LEVEL.sub("", cell), known)
        if not hits and self.column.many and (parts := self._listed(cell, known)):
            return [(self.column.term, iri(each.iri)) for each in parts]
        if not hits:
            labels = {folded(word): each.label for each in known for word in (each.label, *each.others)}
            near = dict.fromkeys(
                labels[each]
                for each in difflib.get_close_matches(folded(cell), labels, n=4, cutoff=0.5)
                if not folded(cell).endswith(each)  # "ofullständig" and "ej fullständig" mean the opposite
            )
            if self.column.term == FB.forumType and not self._misspelt(cell, labels):
                self.work.say(
                    Level.WARNING,
                    self.table,
                    self.row,
                    self.column.name,
                    f"Ordet finns inte i listan. {OPEN}",
                    found=cell,
                    near=tuple(near),
                )
                return [(SKOS.note, text(f"Forumtyp: {cell}"))]
            allowed = list(dict.fromkeys(each.label for each in known))
            shown = (
                f"Välj något av: {', '.join(allowed)}."
                if len(allowed) <= 12
                else "Välj ett ord ur listan (se bladet Listor)."
            )
            return self.wrong(cell, shown, tuple(near))
        first = hits[0]
        if len({each.iri for each in hits}) > 1:
            others = ", ".join(f"{each.label} [{short_id(each.iri)}]" for each in hits)
            self.doubt(cell, f"Kan betyda flera saker ({others}); läses som den första.")
        return self.one(iri(first.iri))

    @staticmethod
    def _listed(cell: str, known: Sequence[Concept]) -> list[Concept]:
        """Return the concepts that a cell lists with commas, slashes or an "och"; none where one part is no concept."""
        found = [find_concept(part, known)[:1] for part in _BETWEEN.split(cell)]
        return [each for part in found for each in part] if all(found) else []

    @staticmethod
    def _misspelt(cell: str, labels: Iterable[str]) -> bool:
        return bool(difflib.get_close_matches(folded(cell), labels, n=1, cutoff=0.8))

    def _audience(self, cell: str) -> Stated:
        match = self.work.names.resolve(cell, ("malgrupp",))
        if match.iri and match.how is not How.NEAR:
            return self.one(iri(match.iri))
        ages = parse_ages(cell)
        if ages is None:
            self.doubt(cell, "Inga åldrar förstås; målgruppen sparas som anmärkning. Skriv till exempel 13–20 år.")
            return [(SKOS.note, text(f"Målgrupp: {cell}"))]
        risks = [each for each in self.work.context.concepts.get("riskgrupp", ()) if bare(each.label) in bare(cell)]
        risk = risks[0] if risks else None
        address = self.work.audience(
            ages.low, ages.high, ages.basis, risk.iri if risk else "", risk.label if risk else ""
        )
        if ages.basis != "angiven":
            low = ages.low if ages.low is not None else 0
            shown = f"från {low} år" if ages.high is None else f"{low}–{ages.high} år"
            out_of = "skolstadiet" if ages.basis == "skolstadium" else "ordet"
            self.doubt(cell, f"Läses som {shown}, härlett ur {out_of}.", Level.NOTE)
        return self.one(iri(address))

    def _thing(self, cell: str) -> Stated:
        work, kinds = self.work, self.column.kinds
        cell = work.names.renamed(cell)
        match = work.names.resolve(cell, kinds)
        if match.how is How.NONE and set(ACTORS) <= set(kinds) and "funktion" not in kinds:
            function = work.names.resolve(cell, ("funktion",))
            if function.iri and function.how is not How.NEAR:
                known = work.names.known(function.iri)
                parent = known.parent if known else ""
                if parent:
                    self.doubt(cell, f"Är en funktion; läses som aktören den hör till: {work.names.label(parent)}.")
                    return self.one(iri(parent))
        if len(match.things) > 1 and set(kinds) == {"funktion"}:
            parents = {each: known.parent for each in match.things if (known := work.names.known(each))}
            mine = tuple(each for each in match.things if parents.get(each) and parents[each] == self._member())
            match = Match(match.how, mine or match.things)
        if len(match.things) > 1:
            choices = tuple(work.names.refer(each) for each in match.things[:6])
            what = f"Flera heter så. Skriv vilken: {', '.join(choices)}; eller välj en gång för alla i bladet Namnval."
            return self.wrong(cell, what, choices=choices)
        if match.how is How.ID and not self._fits(match.iri):
            return self.wrong(cell, f"Id:t pekar på fel sorts sak; här väntas {', '.join(kinds)}.")
        if match.how is How.ID:
            work.references.setdefault(match.iri, self.at)
        if match.how is How.NEAR:
            self.doubt(cell, f"Läses som {work.names.label(match.iri)}.")
        if match.iri:
            return self.one(iri(match.iri))
        if match.how is How.ID or re.search(r"\[[^\]]*\]$", cell):
            return self.wrong(cell, "Id:t inom hakparentes har fel form.")
        return self._unknown(cell)

    def _member(self) -> str:
        """Return the actor that the row says takes part, "" where that is unknown."""
        names = self.work.names
        found = names.resolve(self.row.cells.get("Aktör", ""), (*ACTORS, "funktion")).iri
        known = names.known(found)
        return known.parent if known and known.kind == "funktion" else found

    def _fits(self, address: str) -> bool:
        return "*" in self.column.kinds or short_id(address).split("/")[0] in self.column.kinds

    def _unknown(self, cell: str) -> Stated:
        work, kinds, where = self.work, set(self.column.kinds), (self.table, self.row, self.column.name)
        if self.column.term == DCTERMS.creator and self.table.sheet.kind == "kalla":
            return self.one(iri(create_publisher(work, cell, *where)))
        if set(ACTORS) <= kinds:
            return self.one(iri(create_actor(work, cell, *where)))
        if kinds == {"funktion"}:
            return self.one(iri(create_actor(work, cell, *where, parent=self._member(), function=True)))
        if kinds == {"forum", "program"}:
            return self.one(iri(create_forum(work, cell, *where)))
        if len(kinds) == 1 and kinds <= {"omrade", "system", "modell"}:
            return self.one(iri(create_simple(work, next(iter(kinds)), cell, *where)))
        near = work.names.near(cell, self.column.kinds)
        choices = work.names.candidates(cell, self.column.kinds)
        return self.wrong(cell, "Finns inte i något blad eller register.", near, choices=choices)


_READERS: Final[Mapping[Kind, Callable[[_Reader, str], Stated]]] = {
    Kind.NAME: _Reader._text,
    Kind.TEXT: _Reader._text,
    Kind.ENGLISH: _Reader._english,
    Kind.PLAIN: _Reader._plain,
    Kind.DATE: _Reader._day,
    Kind.WHOLE: _Reader._whole,
    Kind.NUMBER: _Reader._number,
    Kind.YES: _Reader._yes,
    Kind.CONCEPT: _Reader._concept,
    Kind.SECTION: _Reader._section,
    Kind.AUDIENCE: _Reader._audience,
    Kind.THING: _Reader._thing,
}
