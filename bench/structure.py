"""What must be found in a synthetic graph beside outcomes: ages, shared members, cut-points and paths, from the plan.

A second telling, made on what was drawn and not on the triples, by trying every case; it shares no code with `kg` but
the making of IRIs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations

from bench.blueprints import AGES
from bench.plan import Described, Municipality, Report
from bench.registers import forum_iri
from bench.seats import ACTORS, actor_iri
from bench.sources import STEERED
from kg.namespaces import thing

__all__ = ["HORIZON", "Structure", "tell_structure"]

HORIZON = 25
WHOLE = {"kommun", "region"}
SYSTEM = thing("system", "lagesapp")
NOT_RUNNING = {"foreslagen", "planerad", "upphord"}

Pair = tuple[str, str, int, int, int]


@dataclass(frozen=True, slots=True)
class Structure:
    """What one report shows: of its forums alone, running ones, and without programmes where members are counted.

    `ages` gives for each year 0-25 how many forums and programmes with a stated age reach it, without those that none
    does; `gaps` are the others. `pairs` are two forums (IRIs in order), their number of common members and of members
    of each; `cuts` the actors (IRIs) without whom forums that were joined are no longer joined. `steps` gives, from the
    information system and from the first forum, the least number of steps to each actor and forum that a signal reaches
    (IRIs), the start left out.
    """

    ages: Mapping[int, int]
    gaps: tuple[int, ...]
    pairs: tuple[Pair, ...]
    cuts: tuple[str, ...]
    steps: Mapping[str, Mapping[str, int]]


def tell_structure(municipalities: Iterable[Municipality]) -> dict[str, Structure]:
    """Return the structure of every report by its key."""
    return {report.key: _of_report(report, each.code) for each in municipalities for report in each.reports}


def _of_report(report: Report, code: str) -> Structure:
    running = [each for each in report.forums if each.status not in NOT_RUNNING]
    reached = {age: count for age in range(HORIZON + 1) if (count := sum(_reaches(each, age) for each in running))}
    seats = {forum_iri(each.forum, code): _actors(each, code) for each in running if not each.forum.programme}
    ways, whole = _ways(report, running, code), {thing("kommun", code), thing("region", code[:2])}
    return Structure(
        ages=reached,
        gaps=tuple(age for age in range(HORIZON + 1) if age not in reached),
        pairs=tuple(_pairs(seats)),
        cuts=tuple(actor for actor in sorted(set().union(*seats.values())) if _cuts(seats, actor)),
        steps={start: _steps(ways, start, whole) for start in (SYSTEM, *list(seats)[:1])},
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


def _ways(report: Report, running: Iterable[Described], code: str) -> set[tuple[str, str]]:
    """Return every step that a signal can take: told by the report, or because the same member sits there.

    Of the municipality and the region as a whole only a function that is named in both forums carries anything over.
    """
    ways: set[tuple[str, str]] = {(SYSTEM, actor_iri("trygghetsenheten", code))}
    places = {each.forum.slug: forum_iri(each.forum, code) for each in report.forums}
    ways |= {(places[start], places[end]) for start, end in report.flows}
    ways |= {
        (actor_iri(seat.actor, code), places[each.forum.slug]) for each in report.forums for seat in each.informing
    }
    board = actor_iri("kommunstyrelsen", code)
    ways |= {(place, board) for place in list(places.values())[:STEERED]}
    for key, kind in report.steering.items():
        if kind == "rapportering":
            ways.add((actor_iri(key, code), actor_iri(ACTORS[key].answers_to, code)))
    carriers: dict[tuple[str, str], set[str]] = {}
    for each in running:
        if each.forum.programme:
            continue
        place = places[each.forum.slug]
        for seat in each.present:
            actor = actor_iri(seat.actor, code)
            ways |= {(actor, place), (place, actor)}
            if seat.function or seat.actor not in {"kommun", "region"}:
                carriers.setdefault((actor, seat.function if seat.actor in {"kommun", "region"} else ""), set()).add(
                    place
                )
    return ways | {pair for each in carriers.values() for pair in permutations(each, 2)}


def _steps(ways: Iterable[tuple[str, str]], start: str, whole: set[str]) -> dict[str, int]:
    """Return the least number of steps to each thing reached, going outward ring by ring; no whole body is passed."""
    after: dict[str, set[str]] = {}
    for one, other in ways:
        after.setdefault(one, set()).add(other)
    found, ring = {start: 0}, {start}
    while ring:
        passed = {each for each in ring if each not in whole or each == start}
        ring = {other for one in passed for other in after.get(one, ())} - found.keys()
        found |= dict.fromkeys(ring, max(found.values()) + 1)
    del found[start]
    return found
