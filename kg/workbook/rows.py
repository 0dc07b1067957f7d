"""The graph of a municipality as rows of a workbook, so that reading them gives the same graph again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.errors import DataError
from kg.namespaces import BASE, FB, ORG, RDF, SKOS, section_iri
from kg.workbook.choosing import choice_rows, chosen_names
from kg.workbook.claims import Built, build
from kg.workbook.context import Context
from kg.workbook.guessing import find_concept
from kg.workbook.identities import find_identities
from kg.workbook.joining import is_joined, likely_parts, whole_key
from kg.workbook.layout import Row, Table
from kg.workbook.matching import Names, short_id
from kg.workbook.messages import Level, Messages
from kg.workbook.others import other_cells
from kg.workbook.sheets import CHOICES, NONE, OTHER, SHEETS, STANDS, Column, Kind, Sheet
from kg.workbook.stands import stand_rows, stands_graph
from kg.workbook.triples import Term, Triple
from kg.workbook.work import Work

__all__ = ["export_tables"]

Properties = Mapping[str, list[Term]]


@dataclass(frozen=True, slots=True)
class _Place:
    """What a row is about: a thing, a claim, or both, and the graph of its source."""

    sheet: Sheet
    key: str
    thing: str = ""
    claim: str = ""
    named: bool = True


def export_tables(graphs: Mapping[str, Iterable[Triple]], context: Context) -> list[Table]:
    """Return tables that `build` turns into exactly these graphs: the register of a municipality and its sources.

    What no column holds stands in the sheet Övriga uppgifter. Raises `DataError` where the graphs cannot be kept whole,
    which says what is lost.
    """
    exporter = _Exporter({name: set(triples) for name, triples in graphs.items()}, context)
    return exporter.tables()


class _Exporter:
    def __init__(self, graphs: Mapping[str, set[Triple]], context: Context) -> None:
        self.graphs, self.context = graphs, context
        self.register = f"register-{context.place.code}"
        self.stands = stands_graph(context.place.code)
        self.said: dict[str, dict[str, dict[str, list[Term]]]] = {}
        for name, triples in graphs.items():
            subjects: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
            for triple in sorted(triples):
                subjects[triple.subject][triple.predicate].append(triple.value)
            self.said[name] = subjects
        whole = whole_key(context.place.slug)
        self.keys = [name for name in sorted(graphs) if name not in {self.register, whole, self.stands}]
        likely = likely_parts(graphs, self.keys)
        self.joined = {key for key in self.keys if whole in graphs and is_joined(graphs[key], key)}
        self.likely = set(likely) if len(likely) > 1 or self.joined else self.joined
        self.sources = {key: self._source_label(key) for key in self.keys}
        self.listed = {
            value.text
            for key in self.keys
            for said in self.said[key].values()
            for value in said.get(FB.listsMembership, ())
        }
        self.names = Names(context)
        self.chosen: list[dict[str, str]] = []

    def _source_label(self, key: str) -> str:
        address = f"{BASE}res/kalla/{key}"
        labels = self._swedish(self.said[key].get(address, {}), SKOS.prefLabel)
        return labels[0] if labels else key

    @staticmethod
    def _swedish(said: Properties, term: str) -> list[str]:
        return [value.text for value in said.get(term, ()) if value.kind == "@sv"]

    # --- which rows there are

    def _places(self, sheet: Sheet) -> Iterator[_Place]:
        classes = set(sheet.classes.values())
        if sheet.claim and not sheet.kind:
            wanted = {sheet.claim, FB.NonMembership} if sheet.claim == FB.AbsenceClaim else {sheet.claim}
            for key in self.keys:
                yield from (_Place(sheet, key, claim=each) for each in self._of(key, wanted))
        elif sheet.claim:
            described: set[str] = set()
            for key in self.keys:
                for claim in self._of(key, {sheet.claim}):
                    about = self.said[key][claim].get(sheet.links, [])
                    if len(about) == 1 and short_id(about[0].text).split("/")[0] in self._segments(sheet):
                        thing = about[0].text
                        yield _Place(sheet, key, thing, claim, named=thing not in described)
                        described.add(thing)
            for thing in self._of(self.register, classes):
                if thing not in described:
                    yield _Place(sheet, "", thing)
        elif sheet.in_source:
            for key in self.keys:
                yield from (_Place(sheet, key, each) for each in self._of(key, classes))
        elif sheet.kind:
            yield from (_Place(sheet, "", each) for each in self._of(self.register, classes))

    @staticmethod
    def _segments(sheet: Sheet) -> tuple[str, ...]:
        return ("forum", "program") if sheet.kind == "forum" else (sheet.kind,)

    def _of(self, graph: str, classes: set[str]) -> list[str]:
        found = []
        for subject, said in self.said.get(graph, {}).items():
            types = {value.text for value in said.get(RDF.type, ())}
            if len(types) == 1 and types <= classes:
                found.append(subject)
        return sorted(found, key=_natural)

    # --- what stands in the cells

    def tables(self) -> list[Table]:
        places = {sheet.name: list(self._places(sheet)) for sheet in SHEETS if sheet not in (OTHER, STANDS)}
        self._learn_names(places)
        tables = [
            self._table(sheet, [self._row(place) for place in places[sheet.name]])
            for sheet in SHEETS
            if sheet not in (OTHER, STANDS, CHOICES)
        ]
        stands = stand_rows(self.graphs.get(self.stands, ()), self.context.labels)
        tables += [self._table(STANDS, stands), self._table(CHOICES, self.chosen)]
        tables = [table for table in tables if table.rows]
        for _ in range(3):
            tables, changed = self._without_extra(tables, self._built(tables))
            if not changed:
                break
        built = self._built(tables)
        lacking = [
            (name, triple)
            for name in sorted(self.graphs)
            for triple in sorted(self.graphs[name] - built.graphs.get(name, frozenset()))
        ]
        if lacking:
            rows = [
                other_cells("" if name == self.register else self.sources[name], triple) for name, triple in lacking
            ]
            tables.append(self._table(OTHER, rows))
        self._prove(tables)
        return tables

    def _built(self, tables: list[Table]) -> Built:
        return build(tables, self.context)

    def _prove(self, tables: list[Table]) -> None:
        built = self._built(tables)
        wrong = [each for each in built.messages if each.level is Level.ERROR]
        whole = all(built.graphs.get(name, frozenset()) == triples for name, triples in self.graphs.items())
        if wrong or not whole or set(built.graphs) - set(self.graphs):
            first = f"{wrong[0].where}: {wrong[0].text}" if wrong else self._difference(built)
            raise DataError(f"the graphs of {self.context.place.name} cannot be kept whole in a workbook: {first}")

    def _difference(self, built: Built) -> str:
        for name in sorted(set(self.graphs) | set(built.graphs)):
            before, after = self.graphs.get(name, set()), built.graphs.get(name, frozenset())
            for triple in sorted(before ^ set(after)):
                return f"{name} {'lost' if triple in before else 'gained'} {triple}"
        return "no difference"

    def _learn_names(self, places: Mapping[str, list[_Place]]) -> None:
        """Make the names known as a reader of the rows will know them, from the names and ids of the rows alone."""
        few = {Kind.NAME, Kind.CLASS, Kind.ID, Kind.SOURCE}
        tables = []
        for sheet in SHEETS:
            rows = []
            for place in places.get(sheet.name, ()):
                cells = {
                    c.name: self._cell(place, c)
                    for c in sheet.columns
                    if c.kind in few or c.term == SKOS.altLabel or c.name == "Nummer"
                }
                rows.append({name: cell for name, cell in cells.items() if cell})
            tables.append(self._table(sheet, rows))
        work = Work(self.context, self.names, Messages(), tables)
        find_identities(work)
        self.chosen = choice_rows(self.graphs.get(self.register, ()), self.names)
        for said, address in chosen_names(self.graphs.get(self.register, ())):
            self.names.choose(said, address)

    @staticmethod
    def _table(sheet: Sheet, rows: list[dict[str, str]]) -> Table:
        used = {name for row in rows for name in row}
        columns = [column.name for column in sheet.columns if column.first or column.name in used or not sheet.first]
        places = {name: index for index, name in enumerate(columns)}
        return Table(sheet, sheet.name, places, tuple(Row(number, row) for number, row in enumerate(rows, 2)))

    def _row(self, place: _Place) -> dict[str, str]:
        cells = {column.name: self._cell(place, column) for column in place.sheet.columns}
        return {name: cell for name, cell in cells.items() if cell}

    def _said_of(self, place: _Place, column: Column) -> Properties:
        if column.about == "thing" or not place.sheet.claim:
            if not place.named and column.kind is not Kind.NAME:
                return {}
            graph = place.key if place.sheet.in_source else self.register
            return self.said.get(graph, {}).get(place.thing, {})
        return self.said[place.key].get(place.claim, {}) if place.claim else {}

    def _cell(self, place: _Place, column: Column) -> str:
        kind, said = column.kind, self._said_of(place, column)
        if kind is Kind.ID:
            subject = place.thing if column.about == "thing" or not place.sheet.claim else place.claim
            return short_id(subject) if subject else ""
        if kind is Kind.SOURCE:
            return self.sources[place.key] if place.key else NONE
        if kind is Kind.CLASS:
            types = {value.text for value in said.get(RDF.type, ())}
            return next((word for word, cls in place.sheet.classes.items() if cls in types), "")
        if kind is Kind.LISTED:
            return "ja" if place.claim in self.listed else "nej"
        if kind is Kind.PART:
            joined = place.key in self.joined
            return "" if joined == (place.key in self.likely) else "ja" if joined else "nej"
        if kind is Kind.NAME:
            labels = self._swedish(said, SKOS.prefLabel)
            return labels[0] if labels else self.names.label(place.thing)
        term = column.term
        if term == ORG.subOrganizationOf and place.thing.startswith(f"{BASE}id/funktion/"):
            term = FB.functionIn
        values = [shown for value in said.get(term, ()) if (shown := self._value(place, column, value))]
        if column.many and len(values) > 1:
            return "; ".join(each for each in values if not _splits(each))
        return "" if column.many and values and _splits(values[0]) else "".join(values[:1])

    def _value(self, place: _Place, column: Column, value: Term) -> str:
        """Return a value as its cell has it, "" where the column cannot hold it."""
        kind = column.kind
        if value.text == NONE or value.text != value.text.strip():
            return ""
        if kind in {Kind.TEXT, Kind.ENGLISH}:
            wanted = "@en" if kind is Kind.ENGLISH else "@sv"
            return value.text if value.kind == wanted and not (column.limit and len(value.text) > column.limit) else ""
        if kind is Kind.PLAIN:
            return value.text if value.kind == "" else ""
        if kind is Kind.NUMBER:
            return value.text.removesuffix(".0").replace(".", ",")
        if kind is Kind.YES:
            return {"true": "ja", "false": "nej"}.get(value.text, "")
        if kind in {Kind.DATE, Kind.WHOLE}:
            return value.text
        if value.kind != "iri":
            return ""
        if kind is Kind.CONCEPT:
            return self._concept(column, value.text)
        if kind is Kind.SECTION:
            stem = section_iri(place.key, "x")[:-1]
            return value.text.removeprefix(stem) if value.text.startswith(stem) else ""
        kinds = ("malgrupp",) if kind is Kind.AUDIENCE else column.kinds
        if "*" in kinds or short_id(value.text).split("/")[0] in kinds:
            return self.names.refer(value.text, kinds)
        return ""

    def _concept(self, column: Column, address: str) -> str:
        known = [each for scheme in column.schemes for each in self.context.concepts.get(scheme, ())]
        label = self.context.concept_label(address)
        if not label or all(each.iri != address for each in known):
            return ""
        plain = [each.iri for each in find_concept(label, known)] == [address]
        return label if plain else f"{label} [{short_id(address)}]"

    def _without_extra(self, tables: list[Table], built: Built) -> tuple[list[Table], bool]:
        """Return the tables with a dash in each empty cell that would otherwise be filled in, and whether any was."""
        dashes: dict[tuple[int, int], set[str]] = defaultdict(set)
        for (name, triple), origin in built.origins.items():
            if triple not in self.graphs.get(name, ()):
                table = tables[origin.table]
                if origin.column in {c.name for c in table.sheet.columns} and not table.rows[origin.row].cells.get(
                    origin.column
                ):
                    dashes[origin.table, origin.row].add(origin.column)
        found = []
        for at, table in enumerate(tables):
            rows = [
                {**row.cells, **dict.fromkeys(dashes.get((at, number), ()), NONE)}
                for number, row in enumerate(table.rows)
            ]
            found.append(self._table(table.sheet, rows))
        return found, bool(dashes)


def _splits(value: str) -> bool:
    return ";" in value or "\n" in value


def _natural(address: str) -> tuple[object, ...]:
    """Return a key that sorts 3.10 after 3.9."""
    tail = short_id(address)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in tail.replace("/", ".").split("."))
