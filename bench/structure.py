"""What must be found in a synthetic graph beside outcomes: ages reached, shared members and cut-points, from the plan.

A second telling, made on what was drawn and not on the triples, by trying every case; it shares no code with `kg`. The
graph is not touched by it, so that the same seed still gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from bench.blueprints import AGES
from bench.plan import Described, Municipality, Report
from bench.registers import forum_iri
from bench.seats import actor_iri

__all__ = ["HORIZON", "Structure", "tell_structure"]

HORIZON = 25
NOT_RUNNING = {"foreslagen", "planerad", "upphord"}

Pair = tuple[str, str, int, int, int]


@dataclass(frozen=True, slots=True)
class Structure:
    """What one report shows: of its forums alone, running ones, and without programmes where members are counted.

    `ages` gives for each year 0-25 how many forums and programmes with a stated age reach it, without those that none
    does; `gaps` are the others. `pairs` are two forums (IRIs in order), their number of common members and of members
    of each; `cuts` the actors (IRIs) without whom forums that were joined are no longer joined.
    """

    ages: Mapping[int, int]
    gaps: tuple[int, ...]
    pairs: tuple[Pair, ...]
    cuts: tuple[str, ...]


def tell_structure(municipalities: Iterable[Municipality]) -> dict[str, Structure]:
    """Return the structure of every report by its key."""
    return {report.key: _of_report(report, each.code) for each in municipalities for report in each.reports}


def _of_report(report: Report, code: str) -> Structure:
    running = [each for each in report.forums if each.status not in NOT_RUNNING]
    reached = {age: count for age in range(HORIZON + 1) if (count := sum(_reaches(each, age) for each in running))}
    seats = {forum_iri(each.forum, code): _actors(each, code) for each in running if not each.forum.programme}
    return Structure(
        ages=reached,
        gaps=tuple(age for age in range(HORIZON + 1) if age not in reached),
        pairs=tuple(_pairs(seats)),
        cuts=tuple(actor for actor in sorted(set().union(*seats.values())) if _cuts(seats, actor)),
    )


def _reaches(described: Described, age: int) -> bool:
    if not described.ages:
        return False
    low, high = AGES[described.ages]
    return low <= age <= high


def _actors(described: Described, code: str) -> set[str]:
    return {actor_iri(seat.actor, code) for seat in described.present}


def _pairs(seats: Mapping[str, set[str]]) -> Iterator[Pair]:
    for first, second in combinations(sorted(seats), 2):
        shared = len(seats[first] & seats[second])
        if shared:
            yield first, second, shared, len(seats[first]), len(seats[second])


def _cuts(seats: Mapping[str, set[str]], actor: str) -> bool:
    """Whether two forums of the actor's are not joined by others: tried by walking from one of them."""
    own = [forum for forum, members in seats.items() if actor in members]
    joined, ahead = {own[0]}, [own[0]]
    while ahead:
        here = seats[ahead.pop()] - {actor}
        found = {forum for forum, members in seats.items() if members & here} - joined
        joined |= found
        ahead.extend(found)
    return not joined.issuperset(own)
