"""One subject of the graph with its properties, held as plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kg.errors import DataError
from kg.findings import Thing
from kg.namespaces import RDF, SKOS, last_part

__all__ = ["EMPTY", "Record"]

EMPTY: tuple[str, ...] = ()


@dataclass(slots=True)
class Record:
    """One subject: its properties as sorted texts, and its literals under `property@language`.

    A record of a claim knows the source that makes it.
    """

    iri: str
    source: str = ""
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a property, sorted; empty where it has none."""
        return tuple(self.values.get(name, EMPTY))

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
        return name in self.values.get(RDF.type, EMPTY)

    @property
    def thing(self) -> Thing:
        """The record's IRI and names."""
        if not self.texts:
            return Thing(self.iri, last_part(self.iri))
        swedish = self.text(SKOS.prefLabel, "sv") or self.text(SKOS.prefLabel, "en") or last_part(self.iri)
        return Thing(self.iri, swedish, self.text(SKOS.prefLabel, "en"))
