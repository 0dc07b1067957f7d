"""Ages reached and members shared, report by report, as plain counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.coverage.reach import years_of
from kg.garbage import uncollected
from kg.namespaces import FB
from kg.nation.rooms import Report
from kg.network import NOT_RUNNING, ages_of
from kg.records import Record, Records

__all__ = ["Ages", "Pair", "ages_reached", "shared_members"]

Ages = dict[tuple[int, str], int]
"""How many reach an age in completed years, 0-25, on a prevention level (an IRI, "" for what states none)."""


@uncollected()
def ages_reached(reports: Iterable[Report]) -> dict[str, Ages]:
    """Return, by report, how many running forums and interventions with a stated age reach each age on each level.

    Nothing is said of an age that nothing reaches. What states no age is not counted. The definition is
    `queries/definitions/coverage-reach.rq`.
    """
    spans: dict[tuple[frozenset[str], frozenset[str]], list[tuple[int, str]]] = {}
    found: dict[str, Ages] = {}
    for report in reports:
        counted: Counter[tuple[int, str]] = Counter()
        for reach in _reaches(report).values():
            key = frozenset(reach[0]), frozenset(reach[1])
            cells = spans.get(key)
            if cells is None:
                years = _years(report.case.records, key[0])
                cells = spans[key] = [(age, level) for age in years for level in key[1] or ("",)]
            counted.update(cells)
        found[report.key] = dict(counted)
    return found


def _years(records: Records, groups: Iterable[str]) -> set[int]:
    ages = [ages_of(records, iri) for iri in groups]
    return {year for each in ages if each.stated for year in years_of(each)}


def _reaches(report: Report) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the target groups and prevention levels of each running forum and intervention of the municipality."""
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for thing, claim in _described(report):
        groups, levels = claim.all(FB.hasTargetGroup), claim.all(FB.preventionLevel)
        if thing.iri in found:
            groups, levels = found[thing.iri][0] + groups, found[thing.iri][1] + levels
        found[thing.iri] = groups, levels
    return found


def _described(report: Report) -> Iterator[tuple[Record, Record]]:
    """Yield each running forum and intervention of the municipality, or of none, with what describes it."""
    records, source = report.case.records, report.case.source
    named, here = records.named, source.municipality.iri
    pairs = [(room.forum, room.claim) for room in report.rooms]
    for claim in records.claims_of(source.thing.iri, FB.InterventionDescription):
        iri = claim.one(FB.describesIntervention)
        pairs.append((named.get(iri) or Record(iri), claim))
    for thing, claim in pairs:
        homes = thing.all(FB.municipality)
        if NOT_RUNNING.isdisjoint(claim.all(FB.status)) and (not homes or here in homes):
            yield thing, claim


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two forums of one report (IRIs in order) with how many members they share and each has, as they are named."""

    first: str
    second: str
    shared: int
    sizes: tuple[int, int]

    @property
    def jaccard(self) -> float:
        """|A n B| / |A u B| of the named members A and B, in 0-1 (Jaccard 1912, New Phytologist 11, 37-50)."""
        return self.shared / (sum(self.sizes) - self.shared)


@uncollected()
def shared_members(reports: Iterable[Report]) -> dict[str, list[Pair]]:
    """Return, by report, the pairs of its running forums that share a member who has a seat, ordered.

    Actors are counted as the report names them, not rolled up; programmes are no meetings. The definition is
    `queries/definitions/overlap.rq`. A member that is not named can only raise what two forums share.
    """
    return {report.key: _pairs(report) for report in reports}


def _pairs(report: Report) -> list[Pair]:
    seats: dict[str, set[str]] = {}
    for room in report.rooms:
        if room.running and not room.forum.is_a(FB.Programme):
            sitting = [each.actor.thing.iri for each in room.seats if each.current and each.seated]
            seats.setdefault(room.forum.iri, set()).update(sitting)
    return [
        Pair(first, second, shared, (len(seats[first]), len(seats[second])))
        for first, second in combinations(sorted(seats), 2)
        if (shared := len(seats[first] & seats[second]))
    ]
