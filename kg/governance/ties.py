"""Which ties a report does not show: actors and parties in no forum, flows without a way back, levels that never meet.

Everything here follows from what one report names, so it is silence and not absence wherever a member list is open:
`lists_are_whole` says whether it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.cases import Case
from kg.findings import Thing
from kg.gaps.presence import is_closed
from kg.namespaces import FB, ORG, RDF, concept
from kg.network import MUNICIPALITY, Forum, members
from kg.records import Record

__all__ = [
    "LoneForum",
    "Named",
    "OneWay",
    "absent_actors",
    "absent_parties",
    "lists_are_whole",
    "lone_forums",
    "one_way_flows",
    "running_forums",
    "wholes",
]

ACTORS = frozenset(
    (
        *(FB.PublicBody, FB.Municipality, FB.Region, FB.JointAuthority, FB.StateAgency, FB.PoliticalBody, FB.Assembly),
        *(FB.Committee, FB.AdministrativeUnit, FB.Administration, FB.Department, FB.Unit, FB.Company),
        *(FB.CivilSocietyOrganisation, FB.ActorGroup),
    )
)
POLITICAL = frozenset((FB.PoliticalBody, FB.Assembly, FB.Committee))
NAMING = (
    *(FB.provider, FB.partner, FB.flowFrom, FB.flowTo, FB.party, FB.steers, FB.isSteered),
    *(FB.followedUpBy, FB.followUpTo, FB.prioritisedBy, FB.excludedActor),
)
UPWARD = (ORG.subOrganizationOf, FB.functionIn, FB.interpretedAs)
ENDS = (FB.flowFrom, FB.flowTo, FB.steers, FB.isSteered)
NOBODY_TO_INVITE = frozenset(
    concept("aktorstyp", code) for code in ("invanare", "vardnadshavare-ungdom", "lokala-rapportorer")
)
POLITICAL_LEVEL = concept("forumniva", "politisk")


@dataclass(frozen=True, slots=True)
class Named:
    """An actor that a report names in `claim`, in the earliest of its sections, but shows in no forum."""

    actor: Thing
    claim: Record


@dataclass(frozen=True, slots=True)
class OneWay:
    """A flow to or from a forum for which the report names no flow back; `shared` are members of both ends."""

    claim: Record
    start: Thing
    end: Thing
    shared: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class LoneForum:
    """A forum whose level is stated and that no shared member, flow or steering joins to another level."""

    forum: Forum
    others: tuple[Forum, ...]
    whole: bool


def wholes(case: Case, iri: str) -> frozenset[str]:
    """Return an actor or function, what it is a part of, and what the editor reads it as, all the way up."""
    found, ahead = {iri}, [iri]
    while ahead:
        record = case.records.named.get(ahead.pop())
        for name in UPWARD if record else ():
            fresh = [each for each in record.all(name) if each not in found] if record else []
            found.update(fresh)
            ahead.extend(fresh)
    return frozenset(found)


def running_forums(case: Case) -> list[Forum]:
    """Return the forums that run according to the report; programmes are none."""
    return [each for each in case.forums if each.running and not each.programme]


def lists_are_whole(case: Case) -> bool:
    """Whether the report gives all members of each running forum, so that its silence on an actor is an answer."""
    running = running_forums(case)
    return bool(running) and all(is_closed(case, each) for each in running)


def _seated(case: Case, forum: Forum) -> frozenset[str]:
    """Return the IRIs of those who sit in a forum, with the functions that sit there for them."""
    current = [each for each in members(case.graph, forum) if each.current]
    return frozenset(
        iri for each in current for iri in (each.actor.thing.iri, *(function.iri for function in each.functions))
    )


def _seats(case: Case) -> frozenset[str]:
    return frozenset(iri for forum in running_forums(case) for iri in _seated(case, forum))


def _is_municipality(case: Case, iri: str) -> bool:
    record = case.records.named.get(iri)
    return record is not None and record.is_a(FB.Municipality)


def _types(case: Case, iri: str) -> frozenset[str]:
    record = case.records.named.get(iri)
    return frozenset(record.all(FB.actorType)) if record else frozenset()


def _broader(case: Case, iri: str) -> frozenset[str]:
    """Return the kinds of an actor and all that are broader."""
    return frozenset(above for kind in _types(case, iri) for above in case.tree.broader(kind))


def _is_group(case: Case, iri: str) -> bool:
    record = case.records.named.get(iri)
    return record is not None and record.is_a(FB.ActorGroup)


def _is_actor(case: Case, iri: str) -> bool:
    record = case.records.named.get(iri)
    return record is not None and bool(ACTORS & set(record.all(RDF.type)))


class _Seats:
    """Who sits somewhere: those named, the wholes that they are parts of, and the kinds of both."""

    def __init__(self, case: Case, seats: frozenset[str]) -> None:
        self._case, self._seats = case, seats
        self.wholes = frozenset(each for seat in seats for each in wholes(case, seat))
        self._kinds = frozenset(above for each in self.wholes for above in _broader(case, each))
        self._of_groups = frozenset(
            kind for each in seats if _is_group(case, each) for kind in _types(case, each) if kind != MUNICIPALITY
        )

    def hold(self, iri: str, *, by_municipality: bool = False) -> bool:
        """Whether an actor sits there, or a part of it, or a whole that it belongs to.

        Whether the seat of "the municipality" is one for all its parts is for the caller to say. A group that a report
        names collectively ("associations") sits there where anyone of its kind does, and where such a group sits, any
        actor of its kind may be among it.
        """
        case = self._case
        if iri in self.wholes or (_is_group(case, iri) and _types(case, iri) & self._kinds):
            return True
        above = wholes(case, iri)
        below = [each for each in above if not _is_municipality(case, each)]
        if any(_broader(case, each) & self._of_groups for each in below):
            return True
        return bool(self._seats & (above if by_municipality else set(below)))


def _first(case: Case, claims: Iterable[Record]) -> Record:
    def place(claim: Record) -> tuple[list[str], str]:
        return [each.number for each in case.records.sections(claim)], claim.iri

    return min(claims, key=place)


def absent_actors(case: Case) -> list[Named]:
    """Return the actors that the report names outside its forums, but not in any of them, ordered by name.

    Named is who provides, joins, informs, is party to, steers, is steered, follows up or is said not to take part.
    Question q09 lists each actor as it is named; here a part of it, or a whole below the municipality that it belongs
    to, speaks for it, so that nobody is said to be outside whose department is inside. A group named collectively is
    inside where anyone of its kind is, and may hold any actor of its kind where it is inside. Kinds that nobody
    invites (residents, guardians, reporters) are left out. A missing membership adds an actor; an open list is no
    ground to say that it does not take part.
    """
    naming: dict[str, list[Record]] = {}
    for claim in case.records.claims.get(case.source.thing.iri, {}).values():
        for iri in {iri for name in NAMING for iri in claim.all(name)}:
            if _is_actor(case, iri) and not _types(case, iri) & NOBODY_TO_INVITE:
                naming.setdefault(iri, []).append(claim)
    seats = _Seats(case, _seats(case))
    found = [each for each in sorted(naming) if not seats.hold(each)]
    return sorted(
        (Named(case.records.thing(each), _first(case, naming[each])) for each in found),
        key=lambda each: (each.actor.sv, each.actor.iri),
    )


def absent_parties(case: Case) -> list[tuple[Record, tuple[Thing, ...]]]:
    """Return the agreements that the report names with those of their parties that sit in no forum, by name.

    As question q23, for agreements of every kind: a part of a party, or the whole that it belongs to, speaks for it.
    """
    seats, found = _Seats(case, _seats(case)), []
    for agreement in case.records.claims_of(case.source.thing.iri, FB.Agreement):
        outside = [each for each in agreement.all(FB.party) if not seats.hold(each, by_municipality=True)]
        if outside:
            found.append((agreement, tuple(sorted(map(case.records.thing, outside), key=lambda each: each.sv))))
    return sorted(found, key=lambda each: (each[0].thing.sv, each[0].iri))


def _parts(forum: Forum) -> frozenset[str]:
    return frozenset((forum.thing.iri, *forum.parents))


def _steered(case: Case) -> set[tuple[str, str]]:
    """Return who steers whom, as pairs."""
    claims = case.records.claims_of(case.source.thing.iri, FB.SteeringRelation)
    return {(above, below) for each in claims for above in each.all(FB.steers) for below in each.all(FB.isSteered)}


def one_way_flows(case: Case) -> list[OneWay]:
    """Return the flows to or from a running forum that no flow or steering answers, ordered by the names of their ends.

    Who steers the sender has a way to answer it. Left out are flows between a forum and who sits in it (who hears what
    is said there), between a forum and a part of it, and those that an information system starts or ends. Who sits at
    both ends may carry the answer: a missing membership takes away from `shared`, and can add a flow between a forum
    and an actor.
    """
    flows = case.graph.graph["flows"].get(case.source.thing.iri, ())
    ways = {(each.start, each.end) for each in flows} | _steered(case)
    here = {each.thing.iri: each for each in running_forums(case)}
    found = []
    for flow in flows:
        start, end = here.get(flow.start), here.get(flow.end)
        if (flow.end, flow.start) in ways or flow.start == flow.end or not (start or end):
            continue
        shared: frozenset[str] = frozenset()
        if start and end:
            if start.thing.iri in end.parents or end.thing.iri in start.parents:
                continue
            shared = _seated(case, start) & _seated(case, end)
        else:
            other = flow.end if start else flow.start
            if not _is_actor(case, other) or any(
                _Seats(case, _seated(case, each)).hold(other) for each in (start, end) if each
            ):
                continue
        names = sorted(map(case.records.thing, shared), key=lambda each: (each.sv, each.iri))
        found.append(OneWay(flow.claim, case.records.thing(flow.start), case.records.thing(flow.end), tuple(names)))
    return sorted(found, key=lambda each: (each.start.sv, each.end.sv, each.claim.iri))


def _touched(case: Case, forum: Forum, neighbours: Mapping[str, set[str]]) -> frozenset[str]:
    """Return whom a forum is joined to: members and their wholes below the municipality, owner, flows, steering."""
    found = {each for seat in _seated(case, forum) for each in wholes(case, seat)}
    found.update(forum.claim.all(FB.forumOwner))
    found.update(neighbours.get(forum.thing.iri, ()))
    return frozenset(each for each in found if not _is_municipality(case, each)) | _parts(forum)


def _neighbours(case: Case) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in (FB.InformationFlow, FB.SteeringRelation):
        for claim in case.records.claims_of(case.source.thing.iri, name):
            ends = {iri for each in ENDS for iri in claim.all(each)}
            for end in ends:
                found.setdefault(end, set()).update(ends - {end})
    for claim in case.records.claims_of(case.source.thing.iri, FB.FollowUp):
        ends = {iri for each in (FB.followUpOf, FB.followUpTo, FB.followedUpBy) for iri in claim.all(each)}
        for end in ends:
            found.setdefault(end, set()).update(ends - {end})
    return found


def lone_forums(case: Case) -> list[LoneForum]:
    """Return the forums with a stated level that nothing in the report joins to another level, ordered by name.

    A tie is a shared member (or whole of members below the municipality), a flow, a follow-up or a steering between
    the two, being a part of the other, or a political body among those whom a forum below the political level is tied
    to. A tie to a forum whose level is not stated may be one to another level, so it counts. Nothing is said where the
    report names no member of the forum, or none of any forum on another level. `whole` says that all member lists it
    rests on are whole.
    """
    running = running_forums(case)
    levels = {each.thing.iri: frozenset(level.iri for level in each.levels) for each in running}
    neighbours = _neighbours(case)
    touched = {each.thing.iri: _touched(case, each, neighbours) for each in running}
    holders: dict[str, set[str]] = {}
    for iri, touches in touched.items():
        for each in touches:
            holders.setdefault(each, set()).add(iri)
    found = []
    for forum in running:
        mine = levels[forum.thing.iri]
        others = [each for each in running if levels[each.thing.iri] - mine and _seated(case, each)]
        if not mine or not others or not _seated(case, forum):
            continue
        met = {near for each in touched[forum.thing.iri] for near in holders.get(each, ())} - {forum.thing.iri}
        if any(not levels[near] or levels[near] - mine for near in met):
            continue
        if POLITICAL_LEVEL not in mine and _meets_politics(case, touched[forum.thing.iri]):
            continue
        whole = is_closed(case, forum) and all(is_closed(case, each) for each in others)
        found.append(LoneForum(forum, tuple(others), whole))
    return found


def _meets_politics(case: Case, touched: Iterable[str]) -> bool:
    records = (case.records.named.get(each) for each in touched)
    return any(record is not None and POLITICAL & set(record.all(RDF.type)) for record in records)
