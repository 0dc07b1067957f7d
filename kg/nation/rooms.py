"""What each report shows of each forum, as little of it as the rules ask for: its setting, its list, who sits there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kg.cases import Case
from kg.extract import Extract, Manner, sittings_of
from kg.namespaces import FB, concept
from kg.network import NOT_RUNNING, Actor, TypeTree, actor_of, build_bare, is_of_region, types_of
from kg.overlap.sharing import BESIDE
from kg.records import Record
from kg.sources import Source, choose_sources

__all__ = ["Report", "Room", "Seat", "read_reports"]

WHOLE_LIST = concept("fullstandighet", "fullstandig")


class Seat(NamedTuple):
    """A way to be in a forum that several claims may share: who, of which types, whether it holds and is a seat.

    `meets` are the kinds that it is, `may_meet` those of which only a broader kind is known.
    """

    actor: Actor
    types: frozenset[str]
    current: bool
    seated: bool
    meets: frozenset[str]
    may_meet: frozenset[str]


@dataclass(slots=True)
class Room:
    """A forum as one report describes it, with its seats; `listed` counts those that are in the list given as whole."""

    claim: Record
    forum: Record
    running: bool
    whole: bool
    listing: frozenset[str]
    seats: list[Seat]
    listed: int = 0

    @property
    def closed(self) -> bool:
        """Whether the list is given as whole and all of it is in the graph; a list of nobody is none."""
        return self.whole and self.listed > 0 and self.listed == self.claim.number(FB.listedMembers)


@dataclass(frozen=True, slots=True)
class Report:
    """One report: a case without members, for what is said of bodies, and its rooms."""

    case: Case
    rooms: tuple[Room, ...]

    @property
    def key(self) -> str:
        """The key of the report (`vaxjo-2022`)."""
        return self.case.source.key


class _Seats:
    """Seats, one for each manner in which actors take part."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._known: dict[Manner, Seat] = {}

    def of(self, manner: Manner) -> Seat:
        seat = self._known.get(manner)
        if seat is None:
            seat = self._known[manner] = self._make(manner)
        return seat

    def _make(self, manner: Manner) -> Seat:
        graph, records = self._case.graph, self._case.records
        actor = actor_of(graph, *(manner.member[:1] or ("",)))
        types = types_of(actor, [actor_of(graph, iri) for iri in manner.functions])
        meets, may_meet = self._case.tree.answers(actor.classes, types, is_of_region(actor, records))
        current = not manner.status or manner.status[0] not in NOT_RUNNING
        seated = not manner.roles or not BESIDE.issuperset(manner.roles)
        return Seat(actor, types, current, seated, meets, may_meet)


def read_reports(
    extract: Extract, sources: Iterable[Source] | None = None, *, as_of: date | None = None
) -> list[Report]:
    """Return each report (of all municipalities, where none is given) with its rooms; linear in the number of claims.

    Memberships of a forum that the report does not describe are left out, as in the network.
    """
    records = extract.records
    chosen = choose_sources(records, all_reports=True) if sources is None else list(sources)
    graph, tree = build_bare(records, chosen), TypeTree(records)
    cases = [Case(records, graph, tree, each, (), as_of) for each in chosen]
    seats = _Seats(cases[0]) if cases else None
    return [Report(case, _rooms(case, extract, seats)) for case in cases if seats]


def _rooms(case: Case, extract: Extract, seats: _Seats) -> tuple[Room, ...]:
    records, source = case.records, case.source.thing.iri
    rooms, by_forum = [], {}
    for claim in records.claims_of(source, FB.ForumDescription):
        iri, status = claim.one(FB.describesForum), claim.one(FB.status)
        whole = claim.one(FB.listingCompleteness) == WHOLE_LIST
        listing = frozenset(claim.all(FB.listsMembership)) if whole else frozenset[str]()
        forum = records.named.get(iri) or Record(iri)
        room = by_forum[iri] = Room(claim, forum, not status or status not in NOT_RUNNING, whole, listing, [])
        rooms.append(room)
    for sitting in sittings_of(extract, source):
        found = by_forum.get(sitting.forum)
        if found is not None:
            found.seats.append(seats.of(sitting.manner))
            found.listed += sitting.claim in found.listing
    return tuple(rooms)
