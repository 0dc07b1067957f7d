"""What a report does not say of how things are governed: of forums, documents, interventions, areas and follow-ups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.cases import Case
from kg.findings import Thing
from kg.governance.ties import running_forums
from kg.namespaces import DCTERMS, FB, concept
from kg.network import NOT_RUNNING, Forum, members
from kg.records import Record

__all__ = [
    "Area",
    "Item",
    "Paper",
    "Sheet",
    "State",
    "areas_without_team",
    "documents_without_decision",
    "follow_ups_without_receiver",
    "forum_sheets",
    "interventions_without_follow_up",
    "interventions_without_provider",
]


class Item(StrEnum):
    """What is asked of how a forum is governed."""

    OWNER = "owner"
    CHAIR = "chair"
    MANDATE = "mandate"
    RHYTHM = "rhythm"
    DOCUMENT = "document"
    FOLLOW_UP = "follow-up"


class State(StrEnum):
    """What a report says of one item."""

    STATED = "stated"
    LACKING = "lacking"
    UNSTATED = "unstated"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One running forum with the state of each item; `examined`: whether the audit shares a topic with it."""

    forum: Forum
    items: tuple[tuple[Item, State], ...]
    examined: bool

    @property
    def unstated(self) -> tuple[Item, ...]:
        """The items that the report says nothing of, in the order of `Item`."""
        return tuple(item for item, state in self.items if state is State.UNSTATED)


@dataclass(frozen=True, slots=True)
class Paper:
    """One governing document of the municipality with what the report does not say of it."""

    claim: Record
    decision: bool
    date: bool


@dataclass(frozen=True, slots=True)
class Area:
    """One prioritised area that no area team of the report is said to cover.

    `followed` are the forums that cover it or give it priority, `unplaced` the area teams and area groups for which the
    report names no area, so that they may cover it.
    """

    area: Thing
    claims: tuple[Record, ...]
    followed: tuple[Thing, ...]
    unplaced: tuple[Thing, ...]


DECISION = concept("foreteelse", "beslutsfattare")
FOLLOWED = frozenset(concept("foreteelse", code) for code in ("samlad-uppfoljning", "systematisk-uppfoljning"))
BY_CASE = frozenset({concept("forumtyp", "samordnad-planering")})
"""Meetings on one case: who leads them, and how often, follows the case."""
UNDER_ONE_ROOF = frozenset(concept("forumtyp", code) for code in ("familjecentral", "barnahus", "mini-maria"))
"""Joint premises, which have neither a rhythm of meetings, nor a chair, nor a mandate."""
AUTHORITIES = frozenset({concept("forumtyp", "samordningsforbund")})
"""Legal bodies of their own, whose governance their statutes settle."""
AREA_TEAM, AREA_GROUP = concept("forumtyp", "omradesteam"), concept("forumtyp", "omradesgrupp")
INDIVIDUAL_PLAN = concept("dokumenttyp", "individuell-plan")
IN_THE_MAKING = NOT_RUNNING | {concept("status", "under-etablering")}
LEADING = frozenset(concept("deltagarroll", code) for code in ("ordforande", "vice-ordforande", "sammankallande"))
OWNING = frozenset(concept("deltagarroll", code) for code in ("projektagare", "sammankallande"))
RHYTHM = (FB.frequency, FB.frequencyAsStated, FB.meetingsPerYearMin, FB.meetingsPerYearMax, FB.meetsOnDemand)
DATES = (FB.validFrom, FB.validThrough, DCTERMS.issued, DCTERMS.date)
OF_ITEM: dict[Item, frozenset[str]] = {
    Item.OWNER: frozenset(concept("foreteelse", code) for code in ("huvudansvar", "samordningsansvar")),
    Item.MANDATE: frozenset({concept("foreteelse", "mandat")}),
    Item.FOLLOW_UP: FOLLOWED,
}
"""Kinds of thing that tell of an item where a report says that they exist, or are lacking, within a forum."""
ONLY_OWN = frozenset({Item.RHYTHM, Item.CHAIR})


def forum_sheets(case: Case) -> list[Sheet]:
    """Return what the report says of the governance of each running forum of the municipality, ordered by name.

    An item is also stated where it is stated of the forum or programme that the forum is a part of, save rhythm and
    chair. Owner is who owns, convenes or steers the forum. A chair is looked for among the current memberships: one
    missing membership can make it unstated. Forums of other municipalities, and legal bodies of their own, are left
    out. Not checked: whether what is
    stated has been decided. Questions q10, q21 and q22 give the values of what is stated.
    """
    facts, scope = _Facts(case), case.source.scope
    topics = scope.topics if scope else frozenset[str]()
    return [
        Sheet(
            each,
            tuple((item, facts.state(item, each)) for item in Item),
            bool(topics & set(each.claim.all(FB.topic))),
        )
        for each in running_forums(case)
        if each.home in {"", case.source.municipality.iri} and not each.types & AUTHORITIES
    ]


class _Facts:
    """What one report says of its forums, gathered once: for each item the forums of which it is stated, or lacking."""

    def __init__(self, case: Case) -> None:
        source = case.source.thing.iri
        self._stated: dict[Item, set[str]] = {item: set() for item in Item}
        self._lacking: dict[Item, set[str]] = {item: set() for item in Item}
        for forum in case.forums:
            for item in _described(case, forum):
                self._stated[item].add(forum.thing.iri)
        for name, link, item in (
            (FB.SteeringRelation, FB.isSteered, Item.OWNER),
            (FB.GoverningDocument, FB.regulates, Item.DOCUMENT),
            (FB.Agreement, FB.regulates, Item.DOCUMENT),
            (FB.FollowUp, FB.followUpOf, Item.FOLLOW_UP),
        ):
            for claim in case.records.claims_of(source, name):
                self._stated[item].update(claim.all(link))
        for name, kinds, within, into in (
            (FB.ExistenceClaim, FB.existing, FB.existsWithin, self._stated),
            (FB.AbsenceClaim, FB.absent, FB.absentWithin, self._lacking),
        ):
            for claim in case.records.claims_of(source, name):
                for item in _items_of(claim.all(kinds)):
                    into[item].update(claim.all(within))

    def state(self, item: Item, forum: Forum) -> State:
        places = {forum.thing.iri, *(() if item in ONLY_OWN else forum.parents)}
        if places & self._stated[item]:
            return State.STATED
        if places & self._lacking[item]:
            return State.LACKING
        pointless = item in ONLY_OWN and forum.types & (BY_CASE | UNDER_ONE_ROOF)
        pointless = pointless or (item is Item.MANDATE and forum.types & UNDER_ONE_ROOF)
        return State.NOT_APPLICABLE if pointless else State.UNSTATED


def _described(case: Case, forum: Forum) -> Iterable[Item]:
    """Yield the items that the description of a forum, or the roles of its members, tell."""
    claim = forum.claim
    roles = {role.iri for each in members(case.graph, forum) if each.current for role in each.roles}
    if claim.all(FB.forumOwner) or roles & OWNING:
        yield Item.OWNER
    if roles & LEADING:
        yield Item.CHAIR
    if claim.all(FB.mandate):
        yield Item.MANDATE
    if any(claim.all(name) for name in RHYTHM):
        yield Item.RHYTHM


def _items_of(kinds: Iterable[str]) -> set[Item]:
    found = {item for item, told_by in OF_ITEM.items() for kind in kinds if kind in told_by}
    return found | {Item.DOCUMENT for kind in kinds if "/def/dokumenttyp/" in kind}


def documents_without_decision(case: Case) -> list[Paper]:
    """Return the municipality's governing documents for which no decision-maker or no date is stated, by name.

    As question cq25, with three limits, so that nobody is asked who decided a survey: the document is the
    municipality's own, its type is stated (and is no individual plan), and it is in use. What is stated of the
    document that it is a part of is stated of it. A decision-maker that the report itself says is lacking is no
    silence, and left to `lacking`.
    """
    source = case.source
    denied: set[str] = set()
    for claim in case.records.claims_of(source.thing.iri, FB.AbsenceClaim):
        if DECISION in claim.all(FB.absent):
            denied.update(claim.all(FB.concerns))
    found = []
    for name in (FB.GoverningDocument, FB.Agreement):
        for claim in case.records.claims_of(source.thing.iri, name):
            kinds = claim.all(FB.documentType)
            own = claim.one(FB.municipality) == source.municipality.iri
            if not own or not kinds or INDIVIDUAL_PLAN in kinds or claim.one(FB.status) in IN_THE_MAKING:
                continue
            line = _line(case, claim)
            decision = not any(each.all(FB.decidedBy) for each in line) and claim.iri not in denied
            undated = not any(each.all(name) for each in line for name in DATES)
            if decision or undated:
                found.append(Paper(claim, decision, undated))
    unique = {each.claim.iri: each for each in found}
    return sorted(unique.values(), key=lambda each: (each.claim.thing.sv, each.claim.iri))


def _line(case: Case, document: Record) -> list[Record]:
    """Return a document and those that it is a part of."""
    found, ahead = {document.iri: document}, [document]
    while ahead:
        for iri in ahead.pop().all(DCTERMS.isPartOf):
            above = case.records.named.get(iri)
            if above is not None and iri not in found:
                found[iri] = above
                ahead.append(above)
    return list(found.values())


def _interventions(case: Case) -> list[tuple[Thing, Record]]:
    """Return the municipality's running interventions with their descriptions, by name."""
    found = []
    for claim in case.records.claims_of(case.source.thing.iri, FB.InterventionDescription):
        record = case.records.named.get(claim.one(FB.describesIntervention))
        home = record.one(FB.municipality) if record else ""
        if record and claim.one(FB.status) not in NOT_RUNNING and home in {"", case.source.municipality.iri}:
            found.append((record.thing, claim))
    return sorted(found, key=lambda each: (each[0].sv, each[1].iri))


def interventions_without_provider(case: Case) -> list[tuple[Thing, Record]]:
    """Return the running interventions for which no description of the report names a provider, by name."""
    known = {thing.iri for thing, claim in _interventions(case) if claim.all(FB.provider)}
    return [(thing, claim) for thing, claim in _interventions(case) if thing.iri not in known]


def interventions_without_follow_up(case: Case) -> list[tuple[Thing, Record]]:
    """Return the running interventions of which the report names no follow-up and denies none, by name.

    A follow-up of a whole administration or programme is not taken as one of its interventions (as in q22).
    """
    source = case.source.thing.iri
    told = {iri for claim in case.records.claims_of(source, FB.FollowUp) for iri in claim.all(FB.followUpOf)}
    for claim in case.records.claims_of(source, FB.AbsenceClaim):
        if FOLLOWED & set(claim.all(FB.absent)):
            told.update(claim.all(FB.absentWithin))
    return [(thing, claim) for thing, claim in _interventions(case) if thing.iri not in told]


def follow_ups_without_receiver(case: Case) -> list[tuple[Thing, Record]]:
    """Return what is followed up (forums, programmes, interventions) with the follow-up that names no receiver.

    A thing of which another follow-up names the receiver is left out, and so are follow-ups only planned or ended.
    """
    followed = {each.thing.iri for each in case.forums if each.running}
    followed.update(thing.iri for thing, _ in _interventions(case))
    received: set[str] = set()
    found: list[tuple[Thing, Record]] = []
    for claim in case.records.claims_of(case.source.thing.iri, FB.FollowUp):
        if claim.one(FB.status) in NOT_RUNNING:
            continue
        things = [iri for iri in claim.all(FB.followUpOf) if iri in followed]
        if claim.all(FB.followUpTo):
            received.update(things)
        else:
            found.extend((case.records.thing(iri), claim) for iri in things)
    return sorted(
        ((thing, claim) for thing, claim in found if thing.iri not in received),
        key=lambda each: (each[0].sv, each[0].iri, each[1].iri),
    )


def areas_without_team(case: Case) -> list[Area]:
    """Return the prioritised areas that no running area team of the report covers, by name (as question cq22)."""
    priorities: dict[str, list[Record]] = {}
    followed: dict[str, set[Thing]] = {}
    here = {each.thing.iri: each for each in running_forums(case)}
    for claim in case.records.claims_of(case.source.thing.iri, FB.AreaPriority):
        for area in claim.all(FB.priorityArea):
            priorities.setdefault(area, []).append(claim)
            by = {iri for iri in claim.all(FB.prioritisedBy) if iri in here}
            followed.setdefault(area, set()).update(here[iri].thing for iri in by)
    unplaced: list[Thing] = []
    covered: set[str] = set()
    for forum in here.values():
        areas = forum.claim.all(FB.covers)
        for area in areas:
            followed.setdefault(area, set()).add(forum.thing)
        if AREA_TEAM in forum.types:
            covered.update(areas)
        if forum.types & {AREA_TEAM, AREA_GROUP} and not areas:
            unplaced.append(forum.thing)
    found = [
        Area(case.records.thing(iri), tuple(claims), tuple(sorted(followed[iri], key=_name)), tuple(unplaced))
        for iri, claims in priorities.items()
        if iri not in covered
    ]
    return sorted(found, key=lambda each: _name(each.area))


def _name(thing: Thing) -> tuple[str, str]:
    return thing.sv, thing.iri
