"""Whom the forums and interventions of one report reach: by age in single years, by prevention level, by risk group.

Ages are completed years from 0 to 25, both bounds included; an absent bound is open. What states no age is kept apart
as unknown: it may reach any age. Only what the report says to run is counted, and what is planned is kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.cases import Case
from kg.findings import Thing
from kg.namespaces import FB, concept
from kg.network import NOT_RUNNING, Ages, ages_of
from kg.records import Record

__all__ = [
    "HORIZON",
    "LEVELS",
    "Coverage",
    "Reach",
    "ReachKind",
    "read_coverage",
    "spans",
    "uncovered_ages",
    "years_of",
]

HORIZON = 25
SMALL = 6
LEVELS = tuple(concept("preventionsniva", code) for code in ("universell", "selektiv", "indikerad"))
_EMERGING, _PAUSED, _PLANNED = (concept("status", code) for code in ("under-etablering", "pausad", "planerad"))
_WEAK = frozenset({_EMERGING, _PAUSED})
_INDIVIDUAL = concept("forumniva", "individ")
_SMALL = frozenset(concept("forumtyp", code) for code in ("familjecentral", "familjecentralsliknande"))
_CLOSE = _SMALL | frozenset(
    concept("forumtyp", code)
    for code in (
        *("avhopparverksamhet", "barnahus", "hlt-mote", "insluss-avhopp", "kaa-samverkan", "mini-maria"),
        *("omradesgrupp", "omradesteam", "program", "samordnad-planering", "sig", "skolnara-team", "sspf", "tsi"),
    )
)


class ReachKind(StrEnum):
    """What reaches an age; a programme is an undertaking of several parties and no meeting."""

    FORUM = "forum"
    PROGRAMME = "programme"
    INTERVENTION = "intervention"


@dataclass(frozen=True, slots=True)
class Reach:
    """A forum or intervention as one report describes it: for which ages, on which prevention levels, how far along.

    `stated` holds, for each target group with an age, its years of 0-25 and its risk groups. `ages` are all of those
    years; `first` and `last` the outermost stated ages, `first` 0 and `last` None where open, both None where unstated.
    `weak` says whether each of its claims has it being set up, resting or for certain areas. `close` says whether it
    works with single persons, families or a neighbourhood, so that an unstated age is worth asking for; a council or a
    steering group does not.
    """

    thing: Thing
    kind: ReachKind
    claims: tuple[Record, ...]
    groups: tuple[Ages, ...]
    stated: tuple[tuple[range, tuple[Thing, ...]], ...]
    types: frozenset[str]
    levels: tuple[str, ...]
    ages: frozenset[int]
    first: int | None
    last: int | None
    status: str
    areas: tuple[Thing, ...]
    weak: bool
    close: bool

    @property
    def states_age(self) -> bool:
        """Whether any of its target groups has an age, in 0-25 or not."""
        return bool(self.stated)

    @property
    def derived(self) -> bool:
        """Whether any of its ages is read out of a school stage or a word."""
        return any(each.derived for each in self.groups if each.stated)

    @property
    def risks(self) -> tuple[Thing, ...]:
        """The risk groups that its target groups name, each once, in their order."""
        return tuple(dict.fromkeys(risk for group in self.groups for risk in group.risks))

    @property
    def emerging(self) -> bool:
        """Whether the report says that it is being set up."""
        return self.status == _EMERGING

    @property
    def paused(self) -> bool:
        """Whether the report says that it rests."""
        return self.status == _PAUSED


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one report describes as reaching which ages: the matrix of ages, prevention levels and what covers them.

    `low` and `high` bound the ages of the audit within 0-25, both included; `bounded` tells whether the report states
    the lower and the upper. `unknown` state no age and work close enough to the young to reach any: they are to be
    asked and never counted. `by_age` holds for each year 0-25 what reaches it, in the order of `reaches`.
    """

    reaches: tuple[Reach, ...]
    planned: tuple[Reach, ...]
    unknown: tuple[Reach, ...]
    by_age: tuple[tuple[Reach, ...], ...]
    low: int
    high: int
    bounded: tuple[bool, bool]

    @property
    def scope(self) -> range:
        """The ages 0-25 that the audit examined, all of them where it states no bounds."""
        return range(self.low, self.high + 1)

    @property
    def birthdays(self) -> range:
        """The ages of the scope at which a change can be seen.

        Not the first year of life, and not the last year looked at where the audit states no upper age: what lies
        beyond it is not known.
        """
        return range(max(1, self.low), self.high + (self.bounded[1] or self.high < HORIZON))

    @property
    def states_ages(self) -> bool:
        """Whether anything that runs has a stated age; without one nothing can be said of any age."""
        return any(each.stated for each in self.reaches)

    @property
    def uncovered(self) -> tuple[int, ...]:
        """Ages of the scope that nothing with a stated age reaches, ascending; none where no age is stated at all."""
        return tuple(age for age in self.scope if not self.by_age[age]) if self.states_ages else ()

    @property
    def weakly_covered(self) -> tuple[int, ...]:
        """Ages of the scope that are reached, but only by what is being set up, rests or covers certain areas."""
        return tuple(age for age in self.scope if self.by_age[age] and all(each.weak for each in self.by_age[age]))

    def unknown_from(self, age: int) -> tuple[Reach, ...]:
        """Return what states no age and may reach an age or older; a family centre is for small children only."""
        return self.unknown if age <= SMALL else tuple(each for each in self.unknown if not each.types & _SMALL)

    def at(self, age: int, level: str | None = None) -> tuple[Reach, ...]:
        """Return what reaches an age of 0-25, on one prevention level; "" asks for what states no level."""
        found = self.by_age[age]
        if level is None:
            return found
        return tuple(each for each in found if (level in each.levels if level else not each.levels))

    def on(self, level: str) -> tuple[Reach, ...]:
        """Return what the report places on a prevention level, whatever its ages; "" asks for what states no level."""
        return tuple(each for each in self.reaches if (level in each.levels if level else not each.levels))


def spans(ages: Iterable[int]) -> list[tuple[int, int]]:
    """Return ascending ages as runs of years, each by its first and last.

    >>> spans([3, 4, 5, 14, 19, 20])
    [(3, 5), (14, 14), (19, 20)]
    """
    found: list[tuple[int, int]] = []
    for age in ages:
        if found and found[-1][1] == age - 1:
            found[-1] = (found[-1][0], age)
        else:
            found.append((age, age))
    return found


def uncovered_ages(case: Case) -> tuple[int, ...]:
    """Return the years of age 0-25 within the audit's scope that nothing described with a stated age reaches.

    A report that states no age at all gives none. The definition is `queries/definitions/coverage-uncovered.rq`. A
    forum or intervention without a stated age may reach any of them, and so may what the report never mentions.
    """
    return read_coverage(case).uncovered


def read_coverage(case: Case) -> Coverage:
    """Return what the running forums and interventions of a case reach.

    A forum or intervention of another municipality is left out; one of a county or of no municipality counts. Cost
    grows with the number of claims of the report. Memberships play no part: a forum without members reaches the
    ages that it states.
    """
    records, source = case.records, case.source
    running: dict[str, list[tuple[ReachKind, Thing, Record, bool]]] = {}
    planned: dict[str, list[tuple[ReachKind, Thing, Record, bool]]] = {}
    for forum in case.forums:
        if not _ours(case, forum.thing):
            continue
        kind = ReachKind.PROGRAMME if forum.programme else ReachKind.FORUM
        _sort(running, planned, kind, forum.thing, forum.claim, close=_close(case, forum.types, forum.claim))
    for claim in records.claims_of(source.thing.iri, FB.InterventionDescription):
        thing = records.thing(claim.one(FB.describesIntervention))
        if _ours(case, thing):
            _sort(running, planned, ReachKind.INTERVENTION, thing, claim, close=True)
    reaches = _in_order(_reach(case, each) for each in running.values())
    by_age: list[list[Reach]] = [[] for _ in range(HORIZON + 1)]
    for reach in reaches:
        for age in reach.ages:
            by_age[age].append(reach)
    scope = source.scope
    low, high = (scope.min_age, scope.max_age) if scope else (None, None)
    return Coverage(
        reaches=reaches,
        planned=_in_order(_reach(case, each) for iri, each in planned.items() if iri not in running),
        unknown=tuple(each for each in reaches if each.close and not each.stated),
        by_age=tuple(map(tuple, by_age)),
        low=max(0, low or 0),
        high=HORIZON if high is None else min(HORIZON, high),
        bounded=(low is not None, high is not None),
    )


def _ours(case: Case, thing: Thing) -> bool:
    named = case.records.named.get(thing.iri)
    homes = named.all(FB.municipality) if named else ()
    return not homes or case.source.municipality.iri in homes


def _close(case: Case, types: Iterable[str], claim: Record) -> bool:
    handles = claim.one(FB.handlesIndividualCases)
    if handles:
        return handles in {"true", "1"}
    return _INDIVIDUAL in claim.all(FB.level) or any(case.tree.broader(kind) & _CLOSE for kind in types)


def _sort(
    running: dict[str, list[tuple[ReachKind, Thing, Record, bool]]],
    planned: dict[str, list[tuple[ReachKind, Thing, Record, bool]]],
    kind: ReachKind,
    thing: Thing,
    claim: Record,
    *,
    close: bool,
) -> None:
    statuses = claim.all(FB.status)
    if not NOT_RUNNING.intersection(statuses):
        running.setdefault(thing.iri, []).append((kind, thing, claim, close))
    elif _PLANNED in statuses:
        planned.setdefault(thing.iri, []).append((kind, thing, claim, close))


def _in_order(reaches: Iterable[Reach]) -> tuple[Reach, ...]:
    order = list(ReachKind)
    return tuple(sorted(reaches, key=lambda each: (order.index(each.kind), each.thing.sv, each.thing.iri)))


def _by_age(group: Ages) -> tuple[int, float, str]:
    return group.low or 0, float("inf") if group.high is None else group.high, group.thing.iri


def years_of(group: Ages) -> range:
    """Return the years of 0-25 that a target group with a stated age reaches, open ends reaching the edge."""
    return range(max(0, group.low or 0), (HORIZON if group.high is None else min(HORIZON, group.high)) + 1)


def _reach(case: Case, described: Sequence[tuple[ReachKind, Thing, Record, bool]]) -> Reach:
    kind, thing, _, _ = described[0]
    claims = tuple(claim for _, _, claim, _ in described)
    iris = dict.fromkeys(iri for claim in claims for iri in claim.all(FB.hasTargetGroup))
    groups = tuple(sorted((ages_of(case.records, iri) for iri in iris), key=_by_age))
    stated = [each for each in groups if each.stated]
    years = tuple((years_of(each), each.risks) for each in stated)
    lows, highs = [each.low for each in stated], [each.high for each in stated]
    statuses = {claim.one(FB.status) for claim in claims}
    areas = [claim.all(FB.covers) for claim in claims]
    named = case.records.named.get(thing.iri)
    return Reach(
        thing=thing,
        kind=kind,
        claims=claims,
        groups=groups,
        stated=years,
        types=frozenset(named.all(FB.forumType)) if named else frozenset(),
        levels=tuple(sorted({level for claim in claims for level in claim.all(FB.preventionLevel)})),
        ages=frozenset(age for each, _ in years for age in each),
        first=min((low or 0 for low in lows), default=None),
        last=None if None in highs else max((high for high in highs if high is not None), default=None),
        status=statuses.pop() if len(statuses) == 1 else "",
        areas=tuple(case.records.thing(iri) for iri in sorted(set().union(*areas))) if all(areas) else (),
        weak=all(claim.one(FB.status) in _WEAK or claim.one(FB.covers) for claim in claims),
        close=any(close for _, _, _, close in described),
    )
