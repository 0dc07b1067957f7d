"""Everything that is known, opened once: reports as cases on one network, what is found in one report, counts of all.

A page of one municipality judges that municipality alone; what is found in the last few reports is kept. The outcomes
of the whole country come from the same rules, without evidence and sentences, and are counted once.
"""

from __future__ import annotations

import difflib
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from kg.briefs.reading import Reading
from kg.cases import Case, Verdict, as_of_the_day, finding_id, kind_of
from kg.errors import UnknownName
from kg.findings import Kind, Outcome, Thing
from kg.gaps import judge_forum, norms_to_judge
from kg.gaps.comparisons import Peers
from kg.gaps.duties import judge_duties
from kg.namespaces import FB, ORG, SKOS, folded, last_part
from kg.naming import find_municipality
from kg.norms import Norm
from kg.phrases import alphabetic
from kg.records import Record, Records
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.kept import Kept
from kg.server.pages.searching import Entry, make_index
from kg.sources import Source, choose_sources, list_sources, municipalities
from kg.whatif import open_with_peers
from kg.workbook.places import find_place

__all__ = ["Counted", "Country", "Shelf", "Tally"]

T = TypeVar("T")

_WHOLE = (ORG.subOrganizationOf, FB.functionIn, SKOS.broader, SKOS.inScheme)
KEPT = 24
"""So many reports are kept judged; each is a few hundred findings and remarks."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The outcome of one norm for one forum or body of a report, without evidence; `id` is that of the finding."""

    source: Source
    id: str
    where: Thing
    norm: Norm
    outcome: Outcome
    kind: Kind


@dataclass(frozen=True, slots=True)
class Tally:
    """How much a report describes and how much the norms find in it; a programme is an undertaking and no forum."""

    forums: int
    programmes: int
    gaps: int
    questions: int


def _once(make: Callable[[Country], T]) -> cached_property[T]:
    """Return a property that is made by one thread while the others wait for it, and then kept."""

    def guarded(country: Country) -> T:
        with country.making:
            made = country.__dict__
            return made[make.__name__] if make.__name__ in made else make(country)

    guarded.__doc__ = make.__doc__
    return cached_property(guarded)


class Country:
    """One state of the data; nothing in it changes, and threads share it."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.sources = list_sources(records)
        self.latest = {each.code: each for each in choose_sources(records)}
        self.kept = Kept()
        self.meant: dict[tuple[str, str], str] = {}
        self.making = threading.RLock()
        self._made: dict[str, Any] = {}
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._lock = threading.RLock()

    @_once
    def by_key(self) -> Mapping[str, Source]:
        """Return the reports by key."""
        return {each.key: each for each in self.sources}

    def source(self, name: str) -> Source:
        """Return the report of a key; raises `UnknownName` with near keys."""
        found = self.by_key.get(name) or self.by_key.get(folded(name))
        if found is None:
            raise UnknownName(
                "report", name, tuple(difflib.get_close_matches(name, list(self.by_key), n=3, cutoff=0.4))
            )
        return found

    def municipality(self, name: str) -> Thing:
        """Return the municipality of a name, code or slug; raises `UnknownName` with near names.

        A municipality that is none of the graph's is no wrong name: there is no report on it.
        """
        try:
            return find_municipality(self.known, name)
        except UnknownName as error:
            if not folded(name):
                raise
            try:
                place = find_place(name)
            except UnknownName:
                raise error from None
            raise UnknownName("report", name, hint=f"(no report on {place.name} is loaded)") from None

    @_once
    def known(self) -> list[tuple[Thing, str]]:
        """Return the municipalities of the graph with their codes."""
        return municipalities(self.records)

    def reports_on(self, municipality: Thing) -> list[Source]:
        """Return the reports on a municipality, the newest first; parts of a whole are left out."""
        found = [each for each in self.sources if each.municipality == municipality and not each.part_of]
        return sorted(found, key=lambda each: (each.observed_on, each.key), reverse=True)

    def made(self, name: str, make: Callable[[], T]) -> T:
        """Return what is made once of this state of the data under a name."""
        with self.making:
            if name not in self._made:
                self._made[name] = make()
            found: T = self._made[name]
            return found

    @_once
    def _opened(self) -> tuple[Mapping[str, Case], Peers]:
        described = [each for each in self.sources if each.describes_forums]
        cases, peers = open_with_peers(self.records, described)
        return {case.source.key: case for case in cases}, peers

    def opened(self) -> tuple[Mapping[str, Case], Peers]:
        """Return the case of every report that describes forums, by key, and the forums to compare with."""
        return self._opened

    def reading(self, key: str) -> Reading:
        """Return a report with what is found in it; raises `UnknownName` where it describes no forums."""
        cases, peers = self.opened()
        if key not in cases:
            source = self.source(key)
            raise UnknownName("report", key, hint=f"{source.key} describes no forums")
        with self._lock:
            found = self._readings.get(key)
            if found is None:
                found = self._readings[key] = Reading(cases[key], peers)
                while len(self._readings) > KEPT:
                    self._readings.popitem(last=False)
            self._readings.move_to_end(key)
        return found

    @_once
    def counted(self) -> Sequence[Counted]:
        """Return what all norms come to in the latest report of each municipality, by report, place and norm."""
        cases, _ = self.opened()
        of_forums, of_bodies = norms_to_judge(self.records)
        found: list[Counted] = []
        for case in (cases[each.key] for each in self.latest.values() if each.key in cases):
            for forum in case.forums:
                for norm, verdict in judge_forum(case, of_forums, forum):
                    finding = finding_id(forum.description, norm.id)
                    found.append(_counted(case, finding, forum.thing, norm, verdict))
            for norm, body, verdict in judge_duties(case, of_bodies):
                finding = f"{case.source.key}/{last_part(body.iri)}/{norm.id.lower()}"
                found.append(_counted(case, finding, body, norm, verdict))
        return sorted(found, key=lambda each: (alphabetic(each.source.municipality.sv), each.where.sv, each.id))

    @_once
    def tallies(self) -> Mapping[str, Tally]:
        """Return how much is described and found in the latest report of each municipality, by key."""
        cases, _ = self.opened()
        kinds = Counter((each.source.key, each.kind) for each in self.counted)
        forums = {key: [forum.programme for forum in case.forums] for key, case in cases.items()}
        return {
            key: Tally(
                forums.get(key, []).count(False),
                forums.get(key, []).count(True),
                kinds[key, Kind.GAP],
                kinds[key, Kind.QUESTION],
            )
            for key in (each.key for each in self.latest.values())
        }

    @_once
    def mentions(self) -> Mapping[str, Sequence[tuple[str, Record]]]:
        """Return the claims on a thing or section, with the IRI of their source, by the IRI of what they name."""
        found: dict[str, list[tuple[str, Record]]] = {}
        for source, claims in self.records.claims.items():
            for claim in claims.values():
                named = {value for values in claim.values.values() for value in values if "/def/" not in value}
                for each in named:
                    if each.startswith("https://w3id.org/forebygg/"):
                        found.setdefault(each, []).append((source, claim))
        return found

    @_once
    def parts(self) -> Mapping[str, Sequence[Thing]]:
        """Return what is part of a thing, by its IRI: units, functions, narrower kinds, terms of a scheme."""
        found: dict[str, list[Thing]] = {}
        for record in self.records.named.values():
            for whole in {iri for name in _WHOLE for iri in record.values.get(name, ())}:
                found.setdefault(whole, []).append(record.thing)
        return found

    @_once
    def index(self) -> Sequence[Entry]:
        """Return what a search looks through."""
        return make_index(self.records, self.sources)

    def page(self, make: Callable[[Country, Asked], Reply], asked: Asked) -> Reply:
        """Return a page that is costly to make, kept by what makes it and what was asked."""
        return self.kept.get((make, asked.path, asked.root, asked.query), lambda: make(self, asked))

    def warm(self) -> None:
        """Make what the first pages need, so that nobody waits for it."""
        for each in (self.tallies, self.index, self.mentions, self.parts):
            len(each)


def _counted(case: Case, finding: str, where: Thing, norm: Norm, verdict: Verdict) -> Counted:
    outcome = as_of_the_day(case, verdict).outcome
    kind = kind_of(outcome, norm.obligation, may_be_gap=norm.condition == "minst-en-av")
    return Counted(case.source, finding, where, norm, outcome, kind)


class Shelf:
    """Holds the state of the data that pages are made of, read when it is first needed and replaced whole."""

    def __init__(self, read: Callable[[], Records]) -> None:
        self._read = read
        self._country: Country | None = None
        self._lock = threading.Lock()

    def country(self) -> Country:
        """Return the state of the data now."""
        with self._lock:
            if self._country is None:
                self._country = Country(self._read())
            return self._country

    @property
    def opened(self) -> Country | None:
        """The state of the data now, None where it has still to be read; nobody is waited for."""
        return self._country

    def renew(self) -> None:
        """Read again what has changed, ready for the first pages; pages under way end on what they began with."""
        fresh = Country(self._read())
        fresh.warm()
        with self._lock:
            self._country = fresh
