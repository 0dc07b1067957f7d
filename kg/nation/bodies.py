"""The outcome of every norm for every body: the rules of `kg.gaps.duties`, asked once where a source is silent.

What silence means depends on what the audit examined and on the day, and few audits differ in that. So only what a
report says something of is judged for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.cases import Case, Verdict, when_in_force
from kg.findings import Outcome
from kg.gaps.duties import examined_alike, judge_duties, may_be_stated, settle_duty
from kg.namespaces import FB, last_part
from kg.nation.alike import Alike
from kg.norms import Norm

__all__ = ["BodyRules"]


_DOUBT = Verdict(Outcome.NOT_ASSESSABLE)
"""What the day says of a norm that may not have been in force yet."""


class _OnADay(NamedTuple):
    """The norms on municipalities on days alike: those it settles, those left, and which of these it doubts."""

    settled: Mapping[str, Outcome]
    left: tuple[Norm, ...]
    doubted: tuple[str, ...]


class _Silence(NamedTuple):
    """What each norm on municipalities comes to where nothing is said of it: where in force, and where in doubt."""

    in_force: dict[str, Outcome]
    in_doubt: dict[str, Outcome]


class BodyRules:
    """The norms on bodies, and what they came to where a report is silent."""

    def __init__(self, norms: Iterable[Norm]) -> None:
        known = tuple(norms)
        self._of_committees = tuple(norm for norm in known if FB.Committee in norm.classes)
        self._others = tuple(norm for norm in known if FB.Committee not in norm.classes)
        self._alike = Alike(self._others)
        self._days: dict[int, _OnADay] = {}
        self._silences: dict[tuple[object, ...], _Silence] = {}

    def judge(self, case: Case) -> dict[str, dict[str, Outcome]]:
        """Return the outcome of each norm on bodies by the last part of the body's IRI."""
        number = self._alike.day(case)
        day = self._days.get(number)
        if day is None:
            day = self._days[number] = self._on_the_day(case)
        silence = self._silence(case)
        here = silence.in_force | {norm: silence.in_doubt[norm] for norm in day.doubted}
        here |= day.settled
        stated = [norm for norm in day.left if may_be_stated(case, norm)]
        here |= {norm.id: verdict.outcome for norm, _, verdict in judge_duties(case, stated)}
        found = {case.source.code: here} if here else {}
        for norm, body, verdict in judge_duties(case, self._of_committees):
            found.setdefault(last_part(body.iri), {})[norm.id] = verdict.outcome
        return found

    def _silence(self, case: Case) -> _Silence:
        key = *self._alike.place(case), *examined_alike(case)
        known = self._silences.get(key)
        if known is None:
            told = [
                {norm.id: settle_duty(case, norm, each, None).outcome for norm in self._others}
                for each in (None, _DOUBT)
            ]
            known = self._silences[key] = _Silence(*told)
        return known

    def _on_the_day(self, case: Case) -> _OnADay:
        force = [(norm, when_in_force(case, norm)) for norm in self._others]
        settled = {norm.id: each.outcome for norm, each in force if each and each.outcome is Outcome.NOT_APPLICABLE}
        left = [(norm, each) for norm, each in force if norm.id not in settled]
        return _OnADay(settled, tuple(norm for norm, _ in left), tuple(norm.id for norm, each in left if each))
