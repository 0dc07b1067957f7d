"""Where the ages that a report states meet: what ends and begins at a birthday, and which risk groups fall between.

Ages say who may be reached, not who has the responsibility: that two reach an age does not say that both have a duty,
and that one begins where another ends does not say that the one hands over to the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.coverage.reach import Coverage, Reach
from kg.findings import Thing

__all__ = ["RiskHole", "Turn", "TurnKind", "risk_holes", "turns"]


class TurnKind(StrEnum):
    """What happens at an age: one ends and another begins, both reach the year, or one ends and nothing begins."""

    HAND_OVER = "hand-over"
    BOTH = "both-at-age"
    NO_SUCCESSOR = "no-successor"


@dataclass(frozen=True, slots=True)
class Turn:
    """An age at which what reaches the young changes.

    `leaves` have the year before as their last (the year itself for `BOTH`). `meets` begin with the age, or for
    `NO_SUCCESSOR` are all that still reach it.
    """

    age: int
    kind: TurnKind
    leaves: tuple[Reach, ...]
    meets: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class RiskHole:
    """Ages in which a risk group is no longer reached, though its `holders` reach it up to the year before.

    `others` reach the ages `low` to `high` and name other risk groups, at least one of them from `low` on; with none,
    the risk group just ends. `general` reach some of the ages and name no risk group.
    """

    risks: tuple[Thing, ...]
    low: int
    high: int
    holders: tuple[Reach, ...]
    others: tuple[Reach, ...]
    general: tuple[Reach, ...]


def turns(coverage: Coverage) -> list[Turn]:
    """Return the ages of the scope at which something ends, by age; an age that nothing reaches is left to `uncovered`.

    What reaches a single year hands nothing over, so it never leaves; it can be met at a birthday, and so can what
    takes an age up again after a pause. What states no age plays no part. The definition is
    `queries/definitions/coverage-turns.rq`.
    """
    begins: dict[int, list[Reach]] = {}
    ends: dict[int, list[Reach]] = {}
    for reach in coverage.reaches:
        for age in sorted(reach.ages):
            if age and age - 1 not in reach.ages:
                begins.setdefault(age, []).append(reach)
        if reach.last is not None and reach.first != reach.last:
            ends.setdefault(reach.last, []).append(reach)
    found = []
    for age in coverage.birthdays:
        leaving, starting = ends.get(age - 1, []), begins.get(age, [])
        if leaving and starting:
            found.append(Turn(age, TurnKind.HAND_OVER, tuple(leaving), tuple(starting)))
        elif leaving and coverage.by_age[age] and not _first(begins.get(age - 1, []), age - 1):
            found.append(Turn(age, TurnKind.NO_SUCCESSOR, tuple(leaving), coverage.by_age[age]))
        if ends.get(age) and (first := _first(starting, age)):
            found.append(Turn(age, TurnKind.BOTH, tuple(ends[age]), first))
    return found


def _first(starting: list[Reach], age: int) -> tuple[Reach, ...]:
    """Return what has an age as the first of several years."""
    return tuple(each for each in starting if each.first == age != each.last)


def risk_holes(coverage: Coverage) -> list[RiskHole]:
    """Return where a risk group is reached up to an age and not from the next one on, by age; only within the scope.

    With R(r) the ages that target groups naming risk r state, a hole opens at e+1 for each e in R(r) with e+1 not in
    R(r). It lasts as long as a target group that names other risks, and not r, reaches from e+1 on, and at most until
    R(r) is taken up again. Risks that share ages and names make one hole. Kinds of risk are compared as the report
    names them: that the one may include the other is not known. The definition is
    `queries/definitions/coverage-risk.rq`.
    """
    reached: dict[Thing, set[int]] = {}
    for reach in coverage.reaches:
        for years, risks in reach.stated:
            for risk in risks:
                reached.setdefault(risk, set()).update(years)
    merged: dict[tuple[object, ...], RiskHole] = {}
    for risk in sorted(reached):
        for hole in _holes_of(coverage, risk, reached[risk]):
            key = (hole.low, hole.high, tuple(each.thing for each in hole.holders + hole.others))
            before = merged.get(key)
            risks = (*before.risks, risk) if before else (risk,)
            merged[key] = RiskHole(risks, hole.low, hole.high, hole.holders, hole.others, hole.general)
    return sorted(merged.values(), key=lambda each: (each.low, each.high, each.risks))


def _holes_of(coverage: Coverage, risk: Thing, ages: set[int]) -> Iterator[RiskHole]:
    for last in sorted(ages):
        low = last + 1
        if low in ages or low not in coverage.birthdays:
            continue
        end = min((each for each in ages if each > last), default=coverage.high + 1) - 1
        reaching = [
            min(end, years[-1])
            for reach in coverage.by_age[low]
            for years, risks in reach.stated
            if risks and risk not in risks and low in years
        ]
        high = max(reaching, default=end)
        within = range(low, high + 1)
        yield RiskHole(
            (risk,),
            low,
            high,
            holders=tuple(
                each
                for each in coverage.by_age[last]
                if any(risk in risks and last in years for years, risks in each.stated)
            ),
            others=_reaching(coverage, within, named=True) if reaching else (),
            general=_reaching(coverage, within, named=False),
        )


def _reaching(coverage: Coverage, within: range, *, named: bool) -> tuple[Reach, ...]:
    """Return what reaches any of the ages with a target group that names a risk group, or none."""
    return tuple(
        each
        for each in coverage.reaches
        if any(bool(risks) is named and (set(years) & set(within)) for years, risks in each.stated)
    )
