"""The outcome of every norm for every forum and body: the rules of `kg.gaps`, each asked once for what looks alike.

Whether a norm applies depends on the setting of a forum and on the day, and what it comes to on what is seen of one
kind of actor there. A country has thousands of forums and few of either, so the rules are asked of those and not of
each forum. What a report states outright of a forum or a body is rare, and is looked at where it is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.cases import Case, Verdict, when_in_force
from kg.findings import GAPS, Outcome
from kg.gaps import NormsByKind, decide_together, norms_to_judge
from kg.gaps.conditions import (
    COUNCIL_WITH_POLICE,
    OWN_SOURCE,
    Setting,
    as_truth,
    council_with_police,
    earlier,
    rule_out,
)
from kg.gaps.expectations import (
    LEADERS,
    LEADING_PEOPLE,
    Seen,
    is_shown,
    owners_shown,
    settle_duty_of_forum,
    settle_frequency,
    settle_participation,
)
from kg.gaps.presence import denials_at, informers_at
from kg.gaps.statements import stated_existence
from kg.garbage import uncollected
from kg.namespaces import FB, ORG
from kg.nation.alike import Alike, said
from kg.nation.bodies import BodyRules
from kg.nation.rooms import Report, Room
from kg.network import ages_of, meets
from kg.norms import Norm, NormKind

__all__ = ["Outcomes", "outcomes"]

Outcomes = dict[str, dict[str, Outcome]]
"""By subject, a description or a report and body (`vaxjo-2022/0780`), and norm (`SSPF-01`)."""


@uncollected()
def outcomes(reports: Iterable[Report]) -> Outcomes:
    """Return the outcome of every norm for every description and body of the reports, as `find_gaps` finds them.

    The two comparisons, which are no norms, are left out. A membership that a report does not name makes an outcome
    "not named" or, where the list is said to be whole, "missing".
    """
    found: Outcomes = {}
    rules: tuple[_Rules, BodyRules] | None = None
    for report in reports:
        if rules is None:
            norms, on_bodies = norms_to_judge(report.case.records)
            rules = _Rules(norms), BodyRules(on_bodies)
        of_forums, of_bodies = rules
        told = {room.claim.iri: each for room in report.rooms if (each := of_forums.judge(report.case, room))}
        told |= {f"{report.key}/{body}": each for body, each in of_bodies.judge(report.case).items()}
        found |= _as_of_the_day(told) if report.case.outdated else told
    return found


def _as_of_the_day(told: Outcomes) -> Outcomes:
    """Return outcomes as they stand on a later day: an older source shows no gap of that day."""
    return {
        subject: {norm: Outcome.NOT_ASSESSABLE if each in GAPS else each for norm, each in outcomes.items()}
        for subject, outcomes in told.items()
    }


class _Asked(NamedTuple):
    """A norm asked of a setting on a day: its verdict, or None and the doubt that goes before silence, if any.

    `by_seen` holds what was said of it before, by what was seen.
    """

    norm: Norm
    settled: Verdict | None
    doubt: Verdict | None
    by_seen: dict[Seen, Verdict]


class _Plan(NamedTuple):
    """What is asked of every forum of one setting on days alike: all norms, what is settled, and what is left to ask.

    `grouped` says whether one norm decides on another.
    """

    asked: tuple[_Asked, ...]
    settled: dict[str, Outcome]
    left: tuple[_Asked, ...]
    grouped: bool


def _order(norm: Norm, unclear: Verdict | None, force: Verdict | None) -> tuple[Verdict | None, Verdict | None]:
    """Return what settles a norm and what leaves it in doubt, in the order in which its kind is judged.

    `unclear` is what rules it out or cannot be told, `force` what the day says of it.
    """
    if norm.kind is NormKind.PARTICIPATION:
        ended = force is not None and force.outcome is Outcome.NOT_APPLICABLE
        return (force if ended else unclear), force
    early = earlier(unclear, force)
    if norm.kind is NormKind.FREQUENCY or (early and early.outcome is Outcome.NOT_APPLICABLE):
        return early, None
    return None, early


_Settled = tuple[tuple[tuple[Norm, Verdict | None], ...], bool]
"""The norms that concern forums of one setting, each with what rules it out there; whether one decides on another."""


def _force(case: Case, norm: Norm) -> Verdict | None:
    """Return what the day says of a norm; nothing where its own source is judged and asked who takes part."""
    spared = norm.kind is NormKind.PARTICIPATION and case.source.municipality.iri in norm.not_for
    return None if spared else when_in_force(case, norm)


class _Rules:
    """The norms on forums, and what they came to in each setting and for each thing seen."""

    def __init__(self, norms: NormsByKind) -> None:
        self._norms = norms
        self._cases = Alike(norms)
        self._settings: dict[tuple[object, ...], _Settled] = {}
        self._alike: dict[tuple[object, ...], _Settled] = {}
        self._plans: dict[tuple[int, int], _Plan] = {}
        self._asked: dict[tuple[object, ...], _Asked] = {}

    def judge(self, case: Case, room: Room) -> dict[str, Outcome]:
        """Return the outcome of each norm that concerns a forum, as `judge_forum` does."""
        plan = self._plan(case, room)
        if not plan.left:
            return plan.settled.copy()
        view = _View(case, room)
        if plan.grouped:
            judged = [(each.norm, each.settled or self._look(each, view)) for each in plan.asked]
            return {norm.id: verdict.outcome for norm, verdict in decide_together(judged)}
        told = plan.settled.copy()
        for each in plan.left:
            told[each.norm.id] = self._look(each, view).outcome
        return told

    def _plan(self, case: Case, room: Room) -> _Plan:
        """Return what is asked of a room, worked out once for all of the same setting on days alike."""
        claim, forum, named = room.claim, room.forum, case.records.named
        here, county = case.source.municipality.iri, case.source.code[:2]
        types, levels, groups = forum.all(FB.forumType), claim.all(FB.level), claim.all(FB.hasTargetGroup)
        parents = forum.all(ORG.subOrganizationOf)
        above = tuple([kind for iri in parents if iri in named for kind in named[iri].all(FB.forumType)])
        elsewhere = forum.one(FB.municipality) not in {"", here}
        cases = as_truth(claim.one(FB.handlesIndividualCases))
        key = types, above, elsewhere, room.running, levels, groups, cases, self._cases.place(case)
        setting = self._settings.get(key)
        if setting is None:
            kinds = case.tree.all_broader(frozenset(types)), case.tree.all_broader(frozenset(above))
            ages = [ages_of(case.records, iri) for iri in groups]
            stated = tuple((each.low, each.high) for each in ages if each.stated)
            made = Setting(kinds, elsewhere, room.running, frozenset(levels), stated, cases, county)
            norms, grouped = self._norms.about_kinds(kinds)
            unclear = tuple((norm, OWN_SOURCE if here in norm.not_for else rule_out(norm, made)) for norm in norms)
            alike = grouped, *((norm.id, *said(verdict)) for norm, verdict in unclear)
            setting = self._settings[key] = self._alike.setdefault(alike, (unclear, grouped))
        return self._on_the_day(case, setting)

    def _on_the_day(self, case: Case, setting: _Settled) -> _Plan:
        """Return what is asked in a setting on days alike."""
        key = id(setting), self._cases.day(case)
        plan = self._plans.get(key)
        if plan is None:
            unclear, grouped = setting
            asked = tuple([self._ask(norm, verdict, _force(case, norm)) for norm, verdict in unclear])
            left = tuple([each for each in asked if not each.settled])
            known = [(each.norm, each.settled) for each in asked if each.settled]
            if grouped:
                known = [] if left else decide_together(known)
            told = {norm.id: verdict.outcome for norm, verdict in known}
            plan = self._plans[key] = _Plan(asked, told, left, grouped)
        return plan

    def _ask(self, norm: Norm, unclear: Verdict | None, force: Verdict | None) -> _Asked:
        """Return a norm as it is asked where this rules it out and the day says that; one for all that are alike."""
        settled, doubt = _order(norm, unclear, force)
        key = norm.id, *said(settled), *said(doubt)
        return self._asked.get(key) or self._asked.setdefault(key, _Asked(norm, settled, doubt, {}))

    def _look(self, asked: _Asked, view: _View) -> Verdict:
        """Return the verdict on a norm that depends on what the report says of the forum."""
        norm, doubt = asked.norm, asked.doubt
        if norm.condition == COUNCIL_WITH_POLICE:
            settled, doubt = _order(norm, view.council(norm), doubt)
            if settled:
                return settled
        if norm.kind is NormKind.DUTY:
            return view.stated(norm) or view.shown(norm) or settle_duty_of_forum(norm, doubt)
        if norm.kind is NormKind.FREQUENCY:
            return settle_frequency(norm, view.meetings)
        seen = view.seen(norm.actor_type)
        verdict = asked.by_seen.get(seen)
        if verdict is None:
            verdict = asked.by_seen[seen] = settle_participation(norm, doubt, seen)
        return verdict


class _View:
    """A room as the rules look at it."""

    __slots__ = ("_case", "_current", "_denied", "_informed", "_listing", "_may_meet", "_meets", "_room")

    def __init__(self, case: Case, room: Room) -> None:
        self._case, self._room = case, room
        self._current = [each for each in room.seats if each.current]
        self._meets: set[str] = set().union(*[each.meets for each in self._current])
        self._may_meet: set[str] = set().union(*[each.may_meet for each in self._current])
        self._denied, self._informed = room.forum.iri in case.denied_in, room.forum.iri in case.flows_to
        self._listing = room.whole, room.closed, bool(room.seats)

    @property
    def meetings(self) -> tuple[float | None, float | None]:
        """The fewest and most meetings a year, None where unstated."""
        return self._room.claim.number(FB.meetingsPerYearMin), self._room.claim.number(FB.meetingsPerYearMax)

    def seen(self, expected: str) -> Seen:
        """Return what the report shows of a kind of actor in the room."""
        met, broader = self._found(expected)
        denied = self._denied and not met and bool(denials_at(self._case, self._room.forum.iri, expected))
        informed = self._informed and not (met or denied)
        informs = informed and bool(informers_at(self._case, self._room.forum.iri, expected))
        return Seen(met, denied, informs, broader, *self._listing)

    def _found(self, expected: str) -> tuple[bool, bool]:
        """Whether a kind of actor sits there, and whether a broader kind does."""
        case = self._case
        if expected in case.tree.actor_kinds:
            return expected in self._meets, expected in self._may_meet
        home = self._room.forum.one(FB.municipality)
        answers = {
            meets(expected, each.actor, each.types, case.tree, case.records, municipality=home)
            for each in self._current
        }
        return True in answers, None in answers

    def council(self, norm: Norm) -> Verdict | None:
        """Return whether it can be told that the municipality and the police sit there alone."""
        sitting = ((each.actor, each.types) for each in self._current)
        return council_with_police(norm, sitting, self._case.tree, self._case.records)

    def stated(self, norm: Norm) -> Verdict | None:
        """Return what the report states of what a norm expects of the forum."""
        if not self._case.speaks_of(norm.expected):
            return None
        return stated_existence(self._case, norm.expected, frozenset({self._room.forum.iri}))

    def shown(self, norm: Norm) -> Verdict | None:
        """Return whether the description or those who sit there show what a norm expects."""
        claim = self._room.claim
        led = norm.expected == LEADING_PEOPLE and any(each.types & LEADERS for each in self._room.seats)
        shown = led or is_shown(norm, claim) or owners_shown(self._case, norm, claim)
        return Verdict(Outcome.PRESENT) if shown else None
