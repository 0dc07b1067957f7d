"""How two forums with common members are to be read: as one design, as the same work twice, or as neither yet."""

from __future__ import annotations

from collections.abc import Collection, Container
from enum import StrEnum
from itertools import product

from kg.cases import Case
from kg.namespaces import FB, concept
from kg.network import Forum
from kg.overlap.likeness import Comparison, Likeness, Relation
from kg.records import Record

__all__ = ["HALF", "Reading", "levels_of", "read_pair", "steered_pairs", "tie_of", "unstated_of"]

INDIVIDUAL, OPERATIONAL, STRATEGIC, POLITICAL = (
    concept("forumniva", code) for code in ("individ", "operativ", "strategisk", "politisk")
)
STEERING = frozenset({STRATEGIC, POLITICAL})
HALF = 0.5
"""From which share of the smaller forum's members on two forums have the same people."""


class Reading(StrEnum):
    """What a shared membership is to be read as, in the order in which a reader should see it."""

    MAY_DUPLICATE = "may-duplicate"
    CANNOT_BE_SAID = "cannot-be-said"
    MOSTLY_OTHERS = "mostly-other-members"
    OTHER_TASK = "other-task"
    OTHER_TARGET = "other-target"
    OTHER_AREA = "other-area"
    OTHER_LEVEL = "other-level"
    OTHER_MUNICIPALITY = "other-municipality"
    STEERS = "one-steers-other"
    PART = "part-of"
    PARTS = "parts-of-one"


def steered_pairs(case: Case) -> dict[frozenset[str], Record]:
    """Return the claims of the source that one party steers another, by the two."""
    claims = case.records.claims_of(case.source.thing.iri, FB.SteeringRelation)
    return {frozenset(pair): each for each in claims for pair in product(each.all(FB.steers), each.all(FB.isSteered))}


def unstated_of(
    closed: tuple[bool, bool], undecided: bool, comparison: Comparison, first: Forum, second: Forum
) -> tuple[str, ...]:
    """Return codes of what would have to be known to tell duplication from design.

    `undecided` says that whether most of the smaller is shared hangs on names that may mean the same.
    """
    found = [f"members-{side}" for side, whole in zip(("first", "second"), closed, strict=True) if not whole]
    found += ["names"] if undecided and not found else []
    found += [f"level-{side}" for side, each in (("first", first), ("second", second)) if not each.levels]
    found += ["task"] if comparison.task is Relation.UNSTATED else []
    if comparison.targets.relation is Relation.UNSTATED:
        silent = [f"target-{side}" for side, each in (("first", first), ("second", second)) if not each.ages]
        found += silent or ["target"]
    return tuple(found)


def read_pair(most: bool, comparison: Comparison, unstated: Collection[str]) -> Reading:
    """Return the reading of a pair: a difference that the report states comes first, then what it leaves open.

    Only a pair with whole lists, of which at least half of the smaller is shared (`most`), on a level and with a task
    in common, can be the same work twice. Areas tell two forums of one kind apart and no others: a forum may follow
    more places than those that a report names.
    """
    if comparison.levels.relation is Relation.OTHER:
        return Reading.OTHER_LEVEL
    if comparison.targets.relation is Relation.OTHER:
        return Reading.OTHER_TARGET
    if comparison.areas.relation is Relation.OTHER and comparison.kinds.relation is Relation.SAME:
        return Reading.OTHER_AREA
    if comparison.task is Relation.OTHER:
        return Reading.OTHER_TASK
    if any(code.startswith(("members", "names")) for code in unstated):
        return Reading.CANNOT_BE_SAID
    if not most:
        return Reading.MOSTLY_OTHERS
    needed = [code for code in unstated if not code.startswith("target")]
    return Reading.CANNOT_BE_SAID if needed else Reading.MAY_DUPLICATE


def levels_of(levels: Likeness) -> str:
    """Return a code for how two forums of different level relate.

    `cases`: single cases against the rest; `above`: politics or strategy against operations; `political`: politics
    against strategy; `other` for any other pair, such as several levels against one.
    """
    first, second = ({each.iri for each in side} for side in (levels.first, levels.second))
    for one, other in ((first, second), (second, first)):
        if one == {INDIVIDUAL}:
            return "cases"
        if one <= STEERING and other == {OPERATIONAL}:
            return "above"
        if one == {POLITICAL} and other == {STRATEGIC}:
            return "political"
    return "other"


def tie_of(first: Forum, second: Forum, steered: Container[frozenset[str]]) -> Reading | None:
    """Return how the data ties two forums together or apart from the start, None where it does neither.

    One is a part of the other, both are parts of one, one steers the other, or each has a municipality of its own.
    """
    if first.thing.iri in second.parents or second.thing.iri in first.parents:
        return Reading.PART
    if set(first.parents) & set(second.parents):
        return Reading.PARTS
    if first.home and second.home and first.home != second.home:
        return Reading.OTHER_MUNICIPALITY
    return Reading.STEERS if frozenset((first.thing.iri, second.thing.iri)) in steered else None
