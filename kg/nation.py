"""Whole-graph results as plain counts: every outcome, every age reached, every pair of forums that share members.

The same rules as for a single report, without findings: no evidence is read and no sentence prepared, so that all
municipalities of a country take about as long as one. Cost grows with the number of claims and not with its square.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from kg.cases import Case, as_of_the_day, open_cases
from kg.coverage.reach import read_coverage
from kg.extract import read_extract
from kg.findings import Outcome
from kg.gaps import NormsByKind, judge_forum, norms_to_judge
from kg.gaps.duties import judge_duties
from kg.norms import Norm
from kg.overlap.sharing import sits
from kg.sources import choose_sources
from kg.store import Store

__all__ = ["Outcomes", "Pair", "ages_reached", "by_report", "outcomes", "read_cases", "shared_members"]

Found = TypeVar("Found")
Outcomes = dict[str, dict[str, Outcome]]
"""By subject, a description or a report and body (`vaxjo-2022/0780`), and norm (`SSPF-01`)."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles from walking what only grows and holds none: it costs a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
def read_cases(store: Store) -> list[Case]:
    """Return a case for every report of a store, on records without names, wording, sections and certainty."""
    records = read_extract(store)
    return open_cases(records, choose_sources(records, all_reports=True))


@_uncollected()
def outcomes(cases: Iterable[Case]) -> Outcomes:
    """Return the outcome of every norm for every description and body of the cases, as `find_gaps` finds them.

    The two comparisons, which are no norms, are left out. A membership that a report does not name makes an outcome
    "not named" or, where the list is said to be whole, "missing".
    """
    found: Outcomes = {}
    norms: tuple[NormsByKind, list[Norm]] | None = None
    for case in cases:
        norms = norms or norms_to_judge(case.records)
        of_forums, of_bodies = norms
        for forum in case.forums:
            judged = judge_forum(case, of_forums, forum)
            if judged:
                found[forum.description] = {norm.id: as_of_the_day(case, verdict).outcome for norm, verdict in judged}
        for norm, body, verdict in judge_duties(case, of_bodies):
            subject = f"{case.source.key}/{body.iri.rsplit('/', 1)[-1]}"
            found.setdefault(subject, {})[norm.id] = as_of_the_day(case, verdict).outcome
    return found


def ages_reached(case: Case) -> dict[tuple[int, str], int]:
    """Return how many running forums and interventions with a stated age reach each age on each prevention level.

    Keys are ages in completed years, 0-25, and the IRI of a level, "" for what states none; nothing is said of an age
    that nothing reaches. What states no age is not counted.
    """
    found: dict[tuple[int, str], int] = {}
    for reach in read_coverage(case).reaches:
        for level in reach.levels or ("",):
            for age in reach.ages:
                found[age, level] = found.get((age, level), 0) + 1
    return found


@_uncollected()
def by_report(find: Callable[[Case], Found], cases: Iterable[Case]) -> dict[str, Found]:
    """Return what a function of one case finds in each, by the key of the report."""
    return {case.source.key: find(case) for case in cases}


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


def shared_members(case: Case) -> list[Pair]:
    """Return the pairs of running forums of a report that share a member who has a seat, ordered.

    Actors are counted as the report names them, not rolled up; programmes are no meetings. The definition is
    `queries/definitions/overlap.rq`. A member that is not named can only raise what two forums share.
    """
    seats: dict[str, set[str]] = {}
    for forum in case.forums:
        if forum.running and not forum.programme:
            sitting = (each.actor.thing.iri for each in case.members(forum) if each.current and sits(each))
            seats.setdefault(forum.thing.iri, set()).update(sitting)
    return [
        Pair(first, second, shared, (len(seats[first]), len(seats[second])))
        for first, second in combinations(sorted(seats), 2)
        if (shared := len(seats[first] & seats[second]))
    ]
