"""What tells cases apart for some norms: the days, and the county and municipality where a norm names them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.cases import Case, Verdict, when_in_force
from kg.norms import Norm

__all__ = ["Alike", "said"]


def said(verdict: Verdict | None) -> tuple[str, str]:
    """Return what tells verdicts on one norm apart here, where nobody reads what they rest on."""
    return (verdict.outcome.value, verdict.reason) if verdict else ("", "")


class Alike:
    """Days and places as these norms tell them apart; cases that are alike in both are judged alike."""

    def __init__(self, norms: Iterable[Norm]) -> None:
        self._norms = tuple(norms)
        self._counties = frozenset(norm.county for norm in self._norms)
        self._spared = frozenset(iri for norm in self._norms for iri in norm.not_for)
        self._days: dict[int, int] = {}
        self._known: dict[tuple[tuple[str, str], ...], int] = {}

    def day(self, case: Case) -> int:
        """Return a number that cases share for which the days say the same of every norm."""
        day = self._days.get(id(case.in_force))
        if day is None:
            force = tuple([said(when_in_force(case, norm)) for norm in self._norms])
            day = self._days[id(case.in_force)] = self._known.setdefault(force, len(self._known))
        return day

    def place(self, case: Case) -> tuple[str, str]:
        """Return the county and the municipality, "" for what no norm names."""
        here, county = case.source.municipality.iri, case.source.code[:2]
        return county if county in self._counties else "", here if here in self._spared else ""
