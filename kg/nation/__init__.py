"""Whole-graph results as plain counts: every outcome, every age reached, every pair of forums that share members.

The same rules as for a single report, without findings: no evidence is read and no sentence prepared, so that all
municipalities of a country take about as long as one. Cost grows with the number of claims and not with its square.
"""

from __future__ import annotations

from kg.extract import read_extract
from kg.garbage import uncollected
from kg.nation.rooms import Report, Room, Seat, read_reports
from kg.nation.spread import Ages, Pair, ages_reached, shared_members
from kg.nation.verdicts import Outcomes, outcomes
from kg.store import Store

__all__ = [
    "Ages",
    "Outcomes",
    "Pair",
    "Report",
    "Room",
    "Seat",
    "ages_reached",
    "outcomes",
    "read_nation",
    "read_reports",
    "shared_members",
]


@uncollected()
def read_nation(store: Store) -> list[Report]:
    """Return every report of a store, read without names, wording and certainty."""
    return read_reports(read_extract(store))
