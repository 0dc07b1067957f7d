"""The graph as records: everything named, and every claim under its source, read with two queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.findings import Evidence, Section, Thing
from kg.garbage import uncollected
from kg.namespaces import DCTERMS, FB, PROV, RDF, last_part
from kg.questions import named_query
from kg.records.kept import KeptClaims
from kg.records.record import EMPTY, Record
from kg.records.wholes import parts_of, with_wholes
from kg.store import Store, plain_of

__all__ = ["Record", "Records", "gather", "read_records"]


@dataclass(frozen=True)
class Records:
    """Everything named, and every claim under the source that makes it; neither changes once it is made.

    What is looked up is remembered: names, sections, and the claims of a source by class.
    """

    named: Mapping[str, Record]
    claims: Mapping[str, Mapping[str, Record]]

    def with_claims(self, claims: Mapping[str, Mapping[str, Record]]) -> Records:
        """Return records of the same named things and other claims, sharing what is remembered of the named things."""
        other = Records(self.named, claims)
        for name in ("_named_by_class", "_named_on", "_sorted_by_class", "_sections", "_things", "derived"):
            other.__dict__[name] = getattr(self, name)
        return other

    def with_named(self, further: Mapping[str, Record], claims: Mapping[str, Mapping[str, Record]]) -> Records:
        """Return records of these and further named things, and other claims; what is there is not read again."""
        other = Records({**self.named, **further}, claims)
        if self.named.keys().isdisjoint(further):
            classes = _by_class(further.values())
            found = {name: [*self._named_by_class.get(name, ()), *each] for name, each in classes.items()}
            other.__dict__["_named_by_class"] = {**self._named_by_class, **found}
        return other

    def thing(self, iri: str) -> Thing:
        """Return IRI and names; the tail of the IRI stands in where nothing has named it."""
        known = self._things.get(iri)
        if known is None:
            record = self.named.get(iri)
            known = self._things[iri] = record.thing if record else Thing(iri, last_part(iri))
        return known

    def of_class(self, name: str) -> list[Record]:
        """Return the named records of a class, in the order of their IRIs."""
        known = self._sorted_by_class.get(name)
        if known is None:
            found = self._named_by_class.get(name, ())
            known = self._sorted_by_class[name] = sorted(found, key=lambda record: record.iri)
        return list(known)

    def of_class_on(self, name: str, about: str, iri: str) -> list[Record]:
        """Return the named records of a class that name an IRI in a property, in the order of their IRIs."""
        known = self._named_on.get((name, about))
        if known is None:
            known = self._named_on[name, about] = {}
            for record in self.of_class(name):
                for each in record.all(about):
                    known.setdefault(each, []).append(record)
        return list(known.get(iri, ()))

    def claims_of(self, source: str, name: str) -> list[Record]:
        """Return a source's claims of a class, in the order of their IRIs."""
        known = self._claims_by_class.get(source)
        if known is None:
            known = self._claims_by_class[source] = _by_class(self.claims.get(source, {}).values())
        return list(known.get(name, ()))

    def makes(self, source: str, name: str) -> bool:
        """Whether a source makes a claim of a class; claims that are kept in a file are not read for it."""
        if isinstance(self.claims, KeptClaims):
            return name in self.claims.classes(source)
        return bool(self.claims_of(source, name))

    def section(self, iri: str) -> Section:
        """Return a section with its number, title and source."""
        known = self._sections.get(iri)
        if known is None:
            known = self._sections[iri] = self._section(iri)
        return known

    def _section(self, iri: str) -> Section:
        record = self.named.get(iri) or Record(iri)
        number = record.one(FB.sectionNumber) or last_part(iri)
        return Section(iri, number, record.thing.sv, self.thing(record.one(DCTERMS.isPartOf)))

    def sections(self, claim: Record) -> tuple[Section, ...]:
        """Return the sections that a claim cites."""
        return tuple(self.section(iri) for iri in claim.all(PROV.wasDerivedFrom))

    def evidence(self, claim: Record, kind: str = "", about: str = "") -> Evidence:
        """Return a claim as evidence: its wording, certainty and sections; `kind` is told by the IRI if not given."""
        key = claim.source, claim.iri, kind, about
        known = self._evidence.get(key)
        if known is None:
            certainty = claim.one(FB.certainty)
            known = self._evidence[key] = Evidence(
                claim=claim.iri,
                kind=kind or last_part(claim.iri).partition("-")[0],
                as_stated=claim.text(FB.asStated, "sv"),
                certainty=self.thing(certainty) if certainty else None,
                sections=self.sections(claim),
                about=about,
            )
        return known

    @cached_property
    def _named_by_class(self) -> dict[str, list[Record]]:
        return _by_class(self.named.values())

    @cached_property
    def _sorted_by_class(self) -> dict[str, list[Record]]:
        return {}

    @cached_property
    def _claims_by_class(self) -> dict[str, dict[str, list[Record]]]:
        """The claims of each source that was asked for, by class; filled when a source is first asked for."""
        return {}

    @cached_property
    def _things(self) -> dict[str, Thing]:
        return {}

    @cached_property
    def _evidence(self) -> dict[tuple[str, str, str, str], Evidence]:
        return {}

    @cached_property
    def _named_on(self) -> dict[tuple[str, str], dict[str, list[Record]]]:
        return {}

    @cached_property
    def derived(self) -> dict[tuple[str, str], Any]:
        """What others make of a named thing and want to make once: by what it is and the IRI."""
        return {}

    @cached_property
    def remembered(self) -> dict[str, Any]:
        """What others make of the records and their claims together and want to make once."""
        return {}

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {}


def _by_class(found: Iterable[Record]) -> dict[str, list[Record]]:
    classes: dict[str, list[Record]] = {}
    for record in found:
        for name in record.values.get(RDF.type, EMPTY):
            classes.setdefault(name, []).append(record)
    return classes


Held = dict[str, dict[str, list[str]]]


def gather(rows: Iterable[list[str]], *, of_source: bool) -> dict[str, dict[str, Record]]:
    """Gather rows of subject, property and value (after the source, for claims) into records, in a total order.

    The rows are cells of SPARQL TSV. Returns the records of each source by IRI; things of no source stand under "".
    """
    values: dict[str, Held] = {}
    texts: dict[str, Held] = {}
    shared: dict[str, str] = {}
    before: tuple[str, str] | None = None
    here: dict[str, list[str]] = {}
    for cells in rows:
        subject, name, value = cells[-3:]
        if not subject.startswith("<"):
            continue
        source = cells[0] if of_source else ""
        if (source, subject) != before:
            before = (source, subject)
            home, iri = source[1:-1], subject[1:-1]
            here = values.setdefault(home, {}).setdefault(iri, {})
        plain, language = plain_of(value)
        plain, name = shared.setdefault(plain, plain), shared.setdefault(name, name[1:-1])
        here.setdefault(name, []).append(plain)
        if language:
            said = texts.setdefault(home, {}).setdefault(iri, {})
            said.setdefault(f"{name}@{language}", []).append(plain)
    return {
        source: {
            iri: Record(iri, source, _in_order(found), _first(texts.get(source, {}).get(iri)))
            for iri, found in sorted(claims.items())
        }
        for source, claims in sorted(values.items())
    }


def _in_order(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return properties by name with their values sorted, each once."""
    return {name: sorted(set(each)) if len(each) > 1 else each for name, each in sorted(found.items())}


def _first(found: dict[str, list[str]] | None) -> dict[str, str]:
    """Return literals by name, of several the first."""
    return {name: min(each) for name, each in sorted(found.items())} if found else {}


def read_records(store: Store, *, sources: Iterable[str] = ()) -> Records:
    """Read the named things, and the claims of `sources` (all of them where none is given).

    A source that other sources are part of holds the claims of its parts, as `with_wholes` puts them together.
    """
    with uncollected():
        return _read(store, tuple(sources))


def _read(store: Store, wanted: tuple[str, ...]) -> Records:
    named = gather(store.cells(named_query("network/named")), of_source=False).get("", {})
    parts = parts_of(named)
    asked = tuple(dict.fromkeys(each for one in wanted for each in (one, *parts.get(one, ()))))
    bindings = {"kalla": asked} if asked else None
    claims = gather(store.cells(named_query("network/claims"), bindings), of_source=True)
    return Records(named, with_wholes(named, claims))
