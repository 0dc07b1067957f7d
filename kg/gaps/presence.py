"""Who is in a forum according to a source: present, denied, informing, or passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable

from kg.cases import Case, Ground
from kg.findings import Evidence, Outcome, Thing
from kg.namespaces import FB, concept, last_part
from kg.network import MUNICIPALITY, REGION, Actor, Forum, Membership, actor_of, meets
from kg.records import Record

__all__ = [
    "attendance_of",
    "denials_at",
    "denials_of",
    "denies",
    "informers_at",
    "informers_of",
    "is_closed",
    "member_evidence",
    "member_grounds",
    "members_of_kind",
    "silence_of",
    "through",
]

ADJUNCT = concept("deltagarroll", "adjungerad")
ATTENDANCE_ORDER = ("regelbunden", "", "ibland", "adjungerad", "vid-behov")


def attendance_of(found: Iterable[Membership]) -> str:
    """Return the code of the best attendance among memberships, "" where one has none stated."""
    codes = []
    for each in found:
        if each.attendance:
            codes.append(last_part(each.attendance.iri))
        elif any(role.iri == ADJUNCT for role in each.roles):
            codes.append("adjungerad")
        else:
            codes.append("")
    return min(codes, key=lambda code: ATTENDANCE_ORDER.index(code) if code in ATTENDANCE_ORDER else 1, default="")


def member_evidence(case: Case, found: Iterable[Membership]) -> tuple[Evidence, ...]:
    """Return memberships as evidence."""
    return tuple(case.records.evidence(*each) for each in member_grounds(found))


def member_grounds(found: Iterable[Membership]) -> tuple[Ground, ...]:
    """Return memberships as what a verdict rests on."""
    return tuple((each.claim, "m", each.actor.thing.sv) for each in found)


def through(membership: Membership) -> Thing:
    """Name the member with the functions that sit there for it."""
    actor = membership.actor.thing
    if not membership.functions:
        return actor
    swedish = ", ".join(each.sv for each in membership.functions)
    english = ", ".join(each.label("en") for each in membership.functions)
    return Thing(actor.iri, f"{swedish} ({actor.sv})", f"{english} ({actor.label('en')})")


def denies(case: Case, actor: Actor, expected: str) -> bool:
    """Whether the denial of an actor denies the whole expected kind, and not only a part of it.

    A denied unit of an administration leaves the administration; a denied committee leaves the municipality. A denied
    kind denies neither the broader nor the narrower one: that the school does not take part says nothing of student
    health, which may sit there by itself.
    """
    record = case.records.named.get(actor.thing.iri)
    own = set(record.all(FB.actorType)) if record else set()
    if actor.classes & {FB.Unit, FB.Department}:
        return False
    if expected in {MUNICIPALITY, REGION}:
        return bool(actor.classes & {FB.Municipality, FB.Region}) and expected in own
    above = case.records.named.get(actor.parents[0]) if actor.parents else None
    if above is not None and own & set(above.all(FB.actorType)):
        return False
    return expected in own


def denials_of(case: Case, forum: Forum, expected: str) -> list[Record]:
    """Return the claims that deny an expected kind in a forum."""
    return denials_at(case, forum.thing.iri, expected)


def denials_at(case: Case, here: str, expected: str) -> list[Record]:
    """Return the claims that deny an expected kind in the forum with an IRI."""
    if here not in case.denied_in:
        return []
    found = [
        claim
        for claim in case.claims_on(FB.NonMembership, FB.excludedFrom, here)
        if denies(case, actor_of(case.graph, claim.one(FB.excludedActor)), expected)
    ]
    for claim in case.claims_on(FB.AbsenceClaim, FB.absentWithin, here):
        if not case.tree.broader(expected).isdisjoint(claim.all(FB.absent)):
            found.append(claim)
    return found


def informers_of(case: Case, forum: Forum, expected: str) -> list[Record]:
    """Return the flows by which an expected kind of actor informs a forum."""
    return informers_at(case, forum.thing.iri, expected)


def informers_at(case: Case, here: str, expected: str) -> list[Record]:
    """Return the flows by which an expected kind of actor informs the forum with an IRI."""
    found = []
    for flow in case.flows_to.get(here, ()):
        if not flow.start:
            continue
        actor: Actor = actor_of(case.graph, flow.start)
        if actor.types and meets(expected, actor, actor.types, case.tree, case.records):
            found.append(flow.claim)
    return found


def members_of_kind(case: Case, forum: Forum, expected: str) -> tuple[list[Membership], list[Membership]]:
    """Return the members that meet an expected type, and those of which only a broader kind is known."""
    met: list[Membership] = []
    broader: list[Membership] = []
    if not case.may_be_in(forum, expected):
        return met, broader
    for each in case.members(forum):
        if each.current:
            answer = meets(expected, each.actor, each.types, case.tree, case.records, municipality=forum.home)
            if answer:
                met.append(each)
            elif answer is None:
                broader.append(each)
    return met, broader


def is_closed(case: Case, forum: Forum) -> bool:
    """Whether the source gives the member list as whole and all of it is in the graph; a list of nobody is none."""
    if not forum.whole_list:
        return False
    listed = sum(each.listed for each in case.members(forum))
    return listed > 0 and listed == forum.listed


def silence_of(case: Case, forum: Forum, expected: str) -> Outcome | None:
    """Return how a source is silent on a kind in a forum; None where it is there, informs, or is known more broadly."""
    met, broader = members_of_kind(case, forum, expected)
    if met or broader or informers_of(case, forum, expected):
        return None
    if denials_of(case, forum, expected):
        return Outcome.DENIED
    return Outcome.MISSING if is_closed(case, forum) else Outcome.NOT_NAMED
