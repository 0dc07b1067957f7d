"""One expectation confronted with one forum as one source describes it: the outcome, its reason and its evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from kg.cases import Case, Verdict, when_in_force
from kg.findings import Outcome, Thing
from kg.gaps.conditions import SINGLE_CASE, early_verdict, ruled_out
from kg.gaps.presence import (
    attendance_of,
    denials_of,
    informers_of,
    is_closed,
    member_grounds,
    members_of_kind,
    through,
)
from kg.gaps.statements import stated_existence
from kg.namespaces import FB, concept, last_part
from kg.network import POLITICS, Forum, actor_of, meets
from kg.norms import PRACTICE, Norm
from kg.records import Record

__all__ = [
    "LEADERS",
    "Seen",
    "counts_as_practice_of_nobody",
    "is_shown",
    "judge_duty_of_forum",
    "judge_frequency",
    "judge_participation",
    "owners_shown",
    "settle_duty_of_forum",
    "settle_frequency",
    "settle_participation",
]

LEADERSHIP = concept("aktorstyp", "kommunledning")
AGE_OF_TARGET_GROUP = concept("foreteelse", "malgrupp-alder")
SHOWN_BY = {
    concept("foreteelse", "samtycke"): (FB.sharingBasis, frozenset({concept("delningsgrund", "samtycke")})),
}
MAIN_RESPONSIBILITY = concept("foreteelse", "huvudansvar")
SOCIAL_SERVICES = concept("aktorstyp", "socialtjanst")
LEADING_PEOPLE = concept("foreteelse", "ledande-representation")
LEADERS = frozenset({POLITICS, LEADERSHIP})


class Seen(NamedTuple):
    """What a source shows of a kind of actor in a forum.

    `broader` says that only a broader kind of someone there is known; `whole` that the list is given as whole, `closed`
    that all of it is in the graph too, `anyone` that anyone is in it.
    """

    met: bool
    denied: bool
    informs: bool
    broader: bool
    whole: bool
    closed: bool
    anyone: bool


def settle_participation(norm: Norm, force: Verdict | None, seen: Seen) -> Verdict:
    """Say whether an actor type is in a forum that its norm applies to, by what is seen; `force` is a doubt on the day.

    A stated member beats everything; then come denial, information without membership, a condition that cannot be
    tested, a member of a broader kind, and only then a whole list without the actor, or silence.
    """
    if seen.met:
        return Verdict(Outcome.PRESENT)
    if norm.condition in SINGLE_CASE:
        return Verdict(Outcome.NOT_APPLICABLE, "single-case", norm.condition_text)
    if force:
        return force
    if seen.denied:
        return Verdict(Outcome.DENIED)
    if seen.informs:
        return Verdict(Outcome.INFORMS)
    if norm.condition == "fritext":
        return Verdict(Outcome.NOT_ASSESSABLE, "condition", norm.condition_text)
    if seen.broader:
        return Verdict(Outcome.NOT_ASSESSABLE, "broader-kind")
    if seen.whole and norm.condition != "rapportor":
        return Verdict(Outcome.MISSING) if seen.closed else Verdict(Outcome.NOT_ASSESSABLE, "list-not-transcribed")
    return Verdict(Outcome.NOT_NAMED, "open-list" if seen.anyone else "no-list")


def judge_participation(case: Case, norm: Norm, forum: Forum) -> Verdict:
    """Say whether an actor type that a norm expects is in a forum, according to one source, and on what ground."""
    force = when_in_force(case, norm) if forum.municipality not in norm.not_for else None
    if force and force.outcome is Outcome.NOT_APPLICABLE:
        return force
    unclear = ruled_out(case, norm, forum)
    if unclear:
        return unclear
    met, broader = members_of_kind(case, forum, norm.actor_type)
    denials = [] if met else denials_of(case, forum, norm.actor_type)
    informers = [] if met or denials else informers_of(case, forum, norm.actor_type)
    listing = forum.whole_list, is_closed(case, forum), bool(case.members(forum))
    seen = Seen(bool(met), bool(denials), bool(informers), bool(broader), *listing)
    verdict = settle_participation(norm, force, seen)
    description = ((forum.claim, "b", ""),)
    if verdict is force or verdict.reason == "single-case":
        return verdict
    if verdict.outcome is Outcome.PRESENT:
        names = tuple(dict.fromkeys(through(each) for each in met))
        return replace(verdict, grounds=member_grounds(met), attendance=attendance_of(met), names=names)
    if verdict.outcome is Outcome.DENIED:
        return replace(verdict, grounds=tuple((each, "", "") for each in denials))
    if verdict.outcome is Outcome.INFORMS:
        return replace(verdict, grounds=tuple((each, "f", "") for each in informers))
    if verdict.reason == "broader-kind":
        names = tuple(dict.fromkeys(each.actor.thing for each in broader))
        return replace(verdict, grounds=(*description, *member_grounds(broader)), names=names)
    return replace(verdict, grounds=description)


def settle_frequency(norm: Norm, meetings: tuple[float | None, float | None]) -> Verdict:
    """Say whether the fewest and most meetings a year, None where unstated, are as many as a norm expects."""
    least, most = meetings
    if least is None and most is None:
        return Verdict(Outcome.NOT_NAMED, "no-rhythm")
    wanted = norm.meetings or 0.0
    if (least if least is not None else most or 0.0) >= wanted:
        return Verdict(Outcome.PRESENT)
    if (most if most is not None else least or 0.0) < wanted:
        return Verdict(Outcome.DENIED, "meets-less-often")
    return Verdict(Outcome.NOT_ASSESSABLE, "rhythm-varies")


def judge_frequency(case: Case, norm: Norm, forum: Forum) -> Verdict:
    """Say whether a forum meets as often as a norm expects: rates in meetings a year, unstated is a question."""
    early = early_verdict(case, norm, forum)
    if early:
        return early
    verdict = settle_frequency(norm, forum.meetings)
    rhythm = (
        Thing("", forum.rhythm) if forum.rhythm and verdict.reason in {"meets-less-often", "rhythm-varies"} else None
    )
    return replace(verdict, reason_text=rhythm, grounds=((forum.claim, "b", ""),))


def _is_or_runs(case: Case, expected: str, iri: str) -> bool:
    """Whether an owner is of a kind, or a political body that an administration of that kind answers to.

    A social services committee runs the social services, also where nobody says which administration answers to it.
    """
    serving = (each.iri for each in case.records.of_class_on(FB.Administration, FB.answersTo, iri))
    actors = [actor_of(case.graph, each) for each in (iri, *serving)]
    if any(meets(expected, each, each.types, case.tree, case.records) for each in actors):
        return True
    return expected == SOCIAL_SERVICES and "/id/namnd/" in iri and "social" in last_part(iri)


def settle_duty_of_forum(norm: Norm, early: Verdict | None) -> Verdict:
    """Say what is left to say of a duty of a forum where the source neither states nor shows what it expects."""
    if norm.condition in SINGLE_CASE:
        return Verdict(Outcome.NOT_APPLICABLE, "single-case", norm.condition_text)
    if early:
        return early
    if norm.condition == "fritext":
        return Verdict(Outcome.NOT_ASSESSABLE, "condition", norm.condition_text)
    return Verdict(Outcome.NOT_NAMED, "thing-not-named")


def owners_shown(case: Case, norm: Norm, claim: Record) -> list[str]:
    """Return the owners by whom a description of a forum meets a duty to have the main responsibility."""
    if norm.expected != MAIN_RESPONSIBILITY:
        return []
    return [iri for iri in claim.all(FB.forumOwner) if _is_or_runs(case, norm.actor_type, iri)]


def is_shown(norm: Norm, claim: Record) -> bool:
    """Whether a property of a forum's description shows what a norm expects."""
    name, values = SHOWN_BY.get(norm.expected, ("", frozenset()))
    return bool(name) and not values.isdisjoint(claim.all(name))


def judge_duty_of_forum(case: Case, norm: Norm, forum: Forum) -> Verdict:
    """Say whether a forum has or does what a norm expects of its type, as far as the source shows it."""
    early = early_verdict(case, norm, forum)
    if early and early.outcome is Outcome.NOT_APPLICABLE:
        return early
    description = ((forum.claim, "b", ""),)
    if case.speaks_of(norm.expected):
        stated = stated_existence(case, norm.expected, frozenset({forum.thing.iri}))
        if stated:
            return stated
    if is_shown(norm, forum.claim):
        return Verdict(Outcome.PRESENT, "", None, description)
    owners = owners_shown(case, norm, forum.claim)
    if owners:
        return Verdict(Outcome.PRESENT, "", None, description, "", tuple(map(case.records.thing, owners)))
    if norm.expected == LEADING_PEOPLE:
        leading = [each for each in case.members(forum) if each.types & LEADERS]
        if leading:
            return Verdict(Outcome.PRESENT, "", None, member_grounds(leading))
    verdict = settle_duty_of_forum(norm, early)
    return verdict if verdict is early else replace(verdict, grounds=description)


def counts_as_practice_of_nobody(norm: Norm) -> bool:
    """Whether a norm on practice rests on no other source at all, or only serves coverage; then nothing is said."""
    return (norm.basis == PRACTICE and norm.evidence_count == 0) or norm.expected == AGE_OF_TARGET_GROUP
