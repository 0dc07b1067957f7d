"""One expectation confronted with one forum as one source describes it: the outcome, its reason and its evidence."""

from __future__ import annotations

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
from kg.namespaces import FB, concept
from kg.network import POLITICS, Forum, actor_of, meets
from kg.norms import PRACTICE, Norm

__all__ = ["counts_as_practice_of_nobody", "judge_duty_of_forum", "judge_frequency", "judge_participation"]

LEADERSHIP = concept("aktorstyp", "kommunledning")
AGE_OF_TARGET_GROUP = concept("foreteelse", "malgrupp-alder")
SHOWN_BY = {
    concept("foreteelse", "samtycke"): (FB.sharingBasis, frozenset({concept("delningsgrund", "samtycke")})),
}
MAIN_RESPONSIBILITY = concept("foreteelse", "huvudansvar")
SOCIAL_SERVICES = concept("aktorstyp", "socialtjanst")
LEADING_PEOPLE = concept("foreteelse", "ledande-representation")


def judge_participation(case: Case, norm: Norm, forum: Forum) -> Verdict:
    """Say whether an actor type that a norm expects is in a forum, according to one source.

    A stated member beats everything; then come denial, information without membership, a condition that cannot be
    tested, a member of a broader kind, and only then a whole list without the actor, or silence.
    """
    out_of_force = when_in_force(case, norm) if forum.municipality not in norm.not_for else None
    if out_of_force and out_of_force.outcome is Outcome.NOT_APPLICABLE:
        return out_of_force
    unclear = ruled_out(case, norm, forum)
    if unclear:
        return unclear
    met, broader = members_of_kind(case, forum, norm.actor_type)
    if met:
        names = tuple(dict.fromkeys(through(each) for each in met))
        return Verdict(Outcome.PRESENT, "", None, member_grounds(met), attendance_of(met), names)
    if norm.condition in SINGLE_CASE:
        return Verdict(Outcome.NOT_APPLICABLE, "single-case", norm.condition_text)
    if out_of_force:
        return out_of_force
    description = ((forum.claim, "b", ""),)
    denials = denials_of(case, forum, norm.actor_type)
    if denials:
        return Verdict(Outcome.DENIED, "", None, tuple((each, "", "") for each in denials))
    informers = informers_of(case, forum, norm.actor_type)
    if informers:
        return Verdict(Outcome.INFORMS, "", None, tuple((each, "f", "") for each in informers))
    if norm.condition == "fritext":
        return Verdict(Outcome.NOT_ASSESSABLE, "condition", norm.condition_text, description)
    if broader:
        names = tuple(dict.fromkeys(each.actor.thing for each in broader))
        return Verdict(
            Outcome.NOT_ASSESSABLE, "broader-kind", None, (*description, *member_grounds(broader)), "", names
        )
    if forum.whole_list and norm.condition != "rapportor":
        if not is_closed(case, forum):
            return Verdict(Outcome.NOT_ASSESSABLE, "list-not-transcribed", None, description)
        return Verdict(Outcome.MISSING, "", None, description)
    return Verdict(Outcome.NOT_NAMED, "open-list" if case.members(forum) else "no-list", None, description)


def _rhythm(forum: Forum) -> Thing | None:
    return Thing("", forum.rhythm) if forum.rhythm else None


def judge_frequency(case: Case, norm: Norm, forum: Forum) -> Verdict:
    """Say whether a forum meets as often as a norm expects: rates in meetings a year, unstated is a question."""
    early = early_verdict(case, norm, forum)
    if early:
        return early
    description = ((forum.claim, "b", ""),)
    least, most = forum.meetings
    if least is None and most is None:
        return Verdict(Outcome.NOT_NAMED, "no-rhythm", None, description)
    wanted = norm.meetings or 0.0
    if (least if least is not None else most or 0.0) >= wanted:
        return Verdict(Outcome.PRESENT, "", None, description)
    if (most if most is not None else least or 0.0) < wanted:
        return Verdict(Outcome.DENIED, "meets-less-often", _rhythm(forum), description)
    return Verdict(Outcome.NOT_ASSESSABLE, "rhythm-varies", _rhythm(forum), description)


def _is_or_runs(case: Case, expected: str, iri: str) -> bool:
    """Whether an owner is of a kind, or a political body that an administration of that kind answers to.

    A social services committee runs the social services, also where nobody says which administration answers to it.
    """
    serving = (each.iri for each in case.records.of_class_on(FB.Administration, FB.answersTo, iri))
    actors = [actor_of(case.graph, each) for each in (iri, *serving)]
    if any(meets(expected, each, each.types, case.tree, case.records) for each in actors):
        return True
    return expected == SOCIAL_SERVICES and "/id/namnd/" in iri and "social" in iri.rsplit("/", 1)[-1]


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
    shown = SHOWN_BY.get(norm.expected)
    if shown:
        values = set(forum.claim.all(shown[0]))
        if values & shown[1]:
            return Verdict(Outcome.PRESENT, "", None, description)
    if norm.expected == MAIN_RESPONSIBILITY:
        owners = [iri for iri in forum.claim.all(FB.forumOwner) if _is_or_runs(case, norm.actor_type, iri)]
        if owners:
            return Verdict(Outcome.PRESENT, "", None, description, "", tuple(map(case.records.thing, owners)))
    if norm.expected == LEADING_PEOPLE:
        leading = [each for each in case.members(forum) if each.types & {POLITICS, LEADERSHIP}]
        if leading:
            return Verdict(Outcome.PRESENT, "", None, member_grounds(leading))
    if norm.condition in SINGLE_CASE:
        return Verdict(Outcome.NOT_APPLICABLE, "single-case", norm.condition_text, description)
    if early:
        return early
    if norm.condition == "fritext":
        return Verdict(Outcome.NOT_ASSESSABLE, "condition", norm.condition_text, description)
    return Verdict(Outcome.NOT_NAMED, "thing-not-named", None, description)


def counts_as_practice_of_nobody(norm: Norm) -> bool:
    """Whether a norm on practice rests on no other source at all, or only serves coverage; then nothing is said."""
    return (norm.basis == PRACTICE and norm.evidence_count == 0) or norm.expected == AGE_OF_TARGET_GROUP
