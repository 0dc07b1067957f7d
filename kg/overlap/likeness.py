"""How alike two forums of one report are, apart from who sits in them: level, area, target group, kind, topic, mandate.

Each comparison has three answers. What a report leaves out makes two forums neither alike nor different.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from kg.cases import Case
from kg.findings import Thing
from kg.gaps.comparisons import FORM_ONLY, INTERPRETED
from kg.namespaces import FB, concept
from kg.network import Ages, Forum

__all__ = ["Comparison", "Likeness", "Relation", "ages_only_in", "compare", "reached"]

YOUNGEST, OLDEST = 0, 120
DECISION = frozenset(concept("mandat", code) for code in ("beredande", "beslutande"))


class Relation(StrEnum):
    """Whether two forums are alike in something: they share it, they differ, or the report leaves it open."""

    SAME = "same"
    OTHER = "other"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Likeness:
    """One comparison of two forums: what each states, and how the two relate."""

    relation: Relation
    first: tuple[Thing, ...]
    second: tuple[Thing, ...]

    @property
    def shared(self) -> tuple[Thing, ...]:
        """What both state."""
        return tuple(each for each in self.first if each in self.second)


def _relate(first: Collection[object], second: Collection[object], *, meet: bool) -> Relation:
    if not first or not second:
        return Relation.UNSTATED
    return Relation.SAME if meet else Relation.OTHER


def _by_claim(case: Case, first: Forum, second: Forum, name: str) -> Likeness:
    one, other = (tuple(map(case.records.thing, forum.claim.all(name))) for forum in (first, second))
    return Likeness(_relate(one, other, meet=bool(set(one) & set(other))), one, other)


def _kinds(case: Case, first: Forum, second: Forum) -> Likeness:
    """Compare by kind of forum, where the kind names a task and is not the editor's reading; nested kinds are alike."""
    one, other = (
        frozenset() if forum.claim.one(FB.certainty) == INTERPRETED else forum.types - FORM_ONLY
        for forum in (first, second)
    )
    meet = any(a in case.tree.broader(b) or b in case.tree.broader(a) for a, b in product(one, other))
    things = [tuple(sorted(map(case.records.thing, kinds))) for kinds in (one, other)]
    return Likeness(_relate(one, other, meet=meet), things[0], things[1])


def _mandates(case: Case, first: Forum, second: Forum) -> Likeness:
    """Compare by mandate: to prepare or to decide is a task of its own, to coordinate and to inform go together."""
    found = _by_claim(case, first, second, FB.mandate)
    decides = {each.iri for each in (*found.first, *found.second)} & DECISION
    return replace(found, relation=Relation.UNSTATED) if found.relation is Relation.OTHER and not decides else found


def _span(group: Ages) -> tuple[int, int] | None:
    """Return the ages of a target group, both included, open ends closed; None where it has no age."""
    if group.low is None and group.high is None:
        return None
    return (
        YOUNGEST if group.low is None else group.low,
        OLDEST if group.high is None else group.high,
    )


def _groups_meet(one: Ages, other: Ages) -> bool | None:
    """Whether somebody can be in both target groups; None where age or risk group leaves it open.

    Two groups that each name risks, and none in common, are different groups whatever their ages.
    """
    if one.risks and other.risks and not set(one.risks) & set(other.risks):
        return False
    spans = _span(one), _span(other)
    if spans[0] is None or spans[1] is None:
        return True if one.thing == other.thing else None
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _targets(first: Forum, second: Forum) -> Likeness:
    answers = [_groups_meet(one, other) for one, other in product(first.ages, second.ages)]
    if any(answers):
        relation = Relation.SAME
    elif not answers or None in answers:
        relation = Relation.UNSTATED
    else:
        relation = Relation.OTHER
    return Likeness(relation, tuple(each.thing for each in first.ages), tuple(each.thing for each in second.ages))


@dataclass(frozen=True, slots=True)
class Comparison:
    """All comparisons of two forums, in the order in which they tell design from duplication."""

    levels: Likeness
    areas: Likeness
    targets: Likeness
    kinds: Likeness
    mandates: Likeness
    topics: Likeness

    @property
    def task(self) -> Relation:
        """Whether the two have the same task: other where kind, mandate or topic differ, the same where one is shared.

        A shared mandate says how they work and not with what, so that it makes no task the same.
        """
        if Relation.OTHER in {self.kinds.relation, self.mandates.relation, self.topics.relation}:
            return Relation.OTHER
        alike = Relation.SAME in {self.kinds.relation, self.topics.relation}
        return Relation.SAME if alike else Relation.UNSTATED


def compare(case: Case, first: Forum, second: Forum) -> Comparison:
    """Compare two forums of a case by all that their descriptions state.

    Not checked: that a report which states a topic or level states all of them.
    """
    levels = set(first.levels) & set(second.levels)
    return Comparison(
        levels=Likeness(_relate(first.levels, second.levels, meet=bool(levels)), first.levels, second.levels),
        areas=_by_claim(case, first, second, FB.covers),
        targets=_targets(first, second),
        kinds=_kinds(case, first, second),
        mandates=_mandates(case, first, second),
        topics=_by_claim(case, first, second, FB.topic),
    )


def reached(forum: Forum) -> frozenset[int] | None:
    """Return the ages in completed years that a forum states; None where any of its target groups leaves them open."""
    spans = [_span(each) for each in forum.ages]
    known = [each for each in spans if each is not None]
    if not spans or len(known) < len(spans):
        return None
    return frozenset(age for low, high in known for age in range(low, high + 1))


def ages_only_in(forum: Forum, other: Forum) -> tuple[tuple[int, int | None], ...] | None:
    """Return the spans of ages that one forum reaches and the other does not; None where either states no ages.

    Both ends are included; an open end is None.
    """
    mine, theirs = reached(forum), reached(other)
    if mine is None or theirs is None:
        return None
    spans: list[tuple[int, int | None]] = []
    for age in sorted(mine - theirs):
        if spans and spans[-1][1] == age - 1:
            spans[-1] = (spans[-1][0], age)
        else:
            spans.append((age, age))
    return tuple((low, None if high == OLDEST else high) for low, high in spans)
