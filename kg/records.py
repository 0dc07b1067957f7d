"""The graph as records: for each subject its properties, read with two queries and held as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from kg.errors import DataError
from kg.findings import Section, Thing
from kg.namespaces import DCTERMS, FB, PROV, RDF, SKOS
from kg.questions import named_query
from kg.store import Rows, Store, is_iri, language_of

__all__ = ["Record", "Records", "read_records"]

_EMPTY: tuple[str, ...] = ()


@dataclass(slots=True)
class Record:
    """One subject: its properties as sorted texts, and its literals under `property@language`.

    A record of a claim knows the source that makes it.
    """

    iri: str
    source: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a property, sorted; empty where it has none."""
        return tuple(self.values.get(name, _EMPTY))

    def one(self, name: str) -> str:
        """Return the first value of a property, or ""."""
        values = self.values.get(name)
        return values[0] if values else ""

    def text(self, name: str, lang: str) -> str:
        """Return the literal of a property in a language, or ""."""
        return self.texts.get(f"{name}@{lang}", "")

    def number(self, name: str) -> float | None:
        """Return a numeric property, None where it is lacking; raises `DataError` for text that is no number."""
        text = self.one(name)
        if not text:
            return None
        try:
            return float(text)
        except ValueError as error:
            raise DataError(f"{self.iri}: {text!r} is no number for {name}") from error

    def day(self, name: str) -> date | None:
        """Return a date property, None where it is lacking; raises `DataError` for text that is no day."""
        text = self.one(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise DataError(f"{self.iri}: {text!r} is no day of the calendar for {name}") from error

    def is_a(self, name: str) -> bool:
        """Whether the record is stated to be of a class."""
        return name in self.values.get(RDF.type, _EMPTY)

    @property
    def thing(self) -> Thing:
        """The record's IRI and names."""
        swedish = self.text(SKOS.prefLabel, "sv") or self.text(SKOS.prefLabel, "en") or self.iri.rsplit("/", 1)[-1]
        return Thing(self.iri, swedish, self.text(SKOS.prefLabel, "en"))


@dataclass(frozen=True)
class Records:
    """Everything named, and every claim under the source that makes it."""

    named: Mapping[str, Record]
    claims: Mapping[str, Mapping[str, Record]]

    def thing(self, iri: str) -> Thing:
        """Return IRI and names; the tail of the IRI stands in where nothing has named it."""
        record = self.named.get(iri)
        return record.thing if record else Thing(iri, iri.rsplit("/", 1)[-1])

    def of_class(self, name: str) -> list[Record]:
        """Return the named records of a class, in the order of their IRIs."""
        return [self.named[iri] for iri in self._by_class.get(name, ())]

    def claims_of(self, source: str, name: str) -> list[Record]:
        """Return a source's claims of a class, in the order of their IRIs."""
        return [record for record in self.claims.get(source, {}).values() if record.is_a(name)]

    def section(self, iri: str) -> Section:
        """Return a section with its number, title and source."""
        record = self.named.get(iri) or Record(iri)
        number = record.one(FB.sectionNumber) or iri.rsplit("/", 1)[-1]
        return Section(iri, number, record.thing.sv, self.thing(record.one(DCTERMS.isPartOf)))

    def sections(self, claim: Record) -> tuple[Section, ...]:
        """Return the sections that a claim cites."""
        return tuple(self.section(iri) for iri in claim.all(PROV.wasDerivedFrom))

    @cached_property
    def _by_class(self) -> dict[str, list[str]]:
        classes: dict[str, list[str]] = {}
        for iri in sorted(self.named):
            for name in self.named[iri].all(RDF.type):
                classes.setdefault(name, []).append(iri)
        return classes

    def to_plain(self) -> dict[str, Any]:
        """Return the records as plain lists and dictionaries, which JSON can hold."""
        return {
            "named": {iri: [each.values, each.texts] for iri, each in self.named.items()},
            "claims": {
                source: {iri: [each.values, each.texts] for iri, each in claims.items()}
                for source, claims in self.claims.items()
            },
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Records:
        """Return records from what `to_plain` gave."""
        return cls(
            {iri: Record(iri, "", *each) for iri, each in plain["named"].items()},
            {
                source: {iri: Record(iri, source, *each) for iri, each in claims.items()}
                for source, claims in plain["claims"].items()
            },
        )


def _gather(rows: Rows, *, of_source: bool) -> dict[tuple[str, str], Record]:
    """Gather rows of subject, property and value (after the source, for claims) into records, in a total order."""
    values: dict[tuple[str, str], dict[str, set[str]]] = {}
    texts: dict[tuple[str, str], dict[str, set[str]]] = {}
    for row, plain in zip(rows, rows.values(), strict=True):
        if not (is_iri(row[-3]) and is_iri(row[-2])):
            continue
        subject, name, value = plain[-3:]
        key = (plain[0] if of_source else "", subject)
        values.setdefault(key, {}).setdefault(name, set()).add(value)
        if language := language_of(row[-1]):
            texts.setdefault(key, {}).setdefault(f"{name}@{language}", set()).add(value)
    return {
        key: Record(
            key[1],
            key[0],
            {name: sorted(found) for name, found in sorted(values[key].items())},
            {name: min(found) for name, found in sorted(texts.get(key, {}).items())},
        )
        for key in sorted(values)
    }


def read_records(store: Store, *, sources: Iterable[str] = ()) -> Records:
    """Read the named things, and the claims of `sources` (all of them where none is given)."""
    wanted = tuple(sources)
    named = _gather(store.select(named_query("network/named")), of_source=False)
    bindings = {"kalla": wanted} if wanted else None
    claims: dict[str, dict[str, Record]] = {}
    for (source, iri), record in _gather(store.select(named_query("network/claims"), bindings), of_source=True).items():
        claims.setdefault(source, {})[iri] = record
    return Records({iri: record for (_, iri), record in named.items()}, claims)
