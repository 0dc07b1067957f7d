"""What must be found in a synthetic graph: the outcome of each norm on participation, told from the plan.

This is a second telling of the rules in `docs/`, made on the plan and not on the triples, with what each seat is taken
from a table written by hand (`bench.seats`). It shares no code with `kg.gaps`, so that the two can be held equal.

Told are the outcomes `narvarande`, `informerar`, `fornekad` and `saknas`. A norm that does not apply, cannot be
tested or is met with silence has no entry.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bench.blueprints import AGES, BLUEPRINTS, BROADER_FORUM, Blueprint
from bench.norms import Expected
from bench.plan import Described, Municipality, Report

__all__ = ["TOLD", "Truth", "tell_truth"]

Truth = dict[str, dict[str, str]]
"""Outcome code by description (`exempel-003-2021/b-sspf`) and norm (`SSPF-01`)."""

PRESENT, INFORMS, DENIED, MISSING = TOLD = ("narvarande", "informerar", "fornekad", "saknas")
NOT_RUNNING = {"foreslagen", "planerad", "upphord"}
OF_ONE_CASE = {"vid-behov", "person-aktuell", "enskilt-arende"}
NEVER_MISSING = {"fritext", "rapportor"}
KIND_OF = {each.slug: each.kind for each in BLUEPRINTS}
FAR = date(9999, 12, 31)


def tell_truth(municipalities: Iterable[Municipality], norms: Sequence[Expected]) -> Truth:
    """Return the outcome of every norm for every forum described, without those that say nothing."""
    shared = [norm for norm in norms if norm.basis != "praxis" or norm.shared_by]
    found: Truth = {}
    for municipality in municipalities:
        for report in municipality.reports:
            for described in report.forums:
                outcomes = _of_forum(described, report, municipality, shared)
                if outcomes:
                    found[f"{report.key}/b-{described.forum.slug}"] = outcomes
    return found


def _of_forum(
    described: Described, report: Report, municipality: Municipality, norms: Iterable[Expected]
) -> dict[str, str]:
    told = {norm: _outcome(norm, described, report, municipality) for norm in norms if _is_about(norm, described.forum)}
    by_id = {norm.id: outcome for norm, outcome in told.items()}
    return {norm.id: outcome for norm, outcome in told.items() if outcome and not _spared(norm, outcome, by_id)}


def _spared(norm: Expected, outcome: str, by_id: Mapping[str, str]) -> bool:
    """Whether another norm of a group "at least one of" leaves nothing to say of this one."""
    others = [by_id[each] for each in norm.group - {norm.id} if each in by_id]
    if norm.condition != "minst-en-av" or outcome == PRESENT or not others:
        return False
    return PRESENT in others or (outcome in {DENIED, MISSING} and not set(others) <= {DENIED, MISSING})


def _kinds(kind: str) -> set[str]:
    return {kind, BROADER_FORUM.get(kind, kind)}


def _is_about(norm: Expected, forum: Blueprint) -> bool:
    if norm.condition in {"del-styrgrupp", "del-arbetsgrupp"}:
        steering = "styrgrupp" in _kinds(forum.kind)
        part = bool(forum.part_of) and bool(_kinds(KIND_OF[forum.part_of]) & norm.forums)
        return part and steering is (norm.condition == "del-styrgrupp")
    return bool(_kinds(forum.kind) & norm.forums)


def _outcome(norm: Expected, described: Described, report: Report, municipality: Municipality) -> str:
    in_force = _in_force(norm, report)
    applies = _applies(norm, described, municipality)
    if in_force is False or not applies:
        return ""
    if any(norm.actor in seat.meets for seat in described.present):
        return PRESENT
    if in_force is None or norm.condition in OF_ONE_CASE:
        return ""
    if any(norm.actor in seat.meets for seat in described.denied) or norm.actor in described.absent:
        return DENIED
    if any(norm.actor in seat.meets for seat in described.informing):
        return INFORMS
    unclear = norm.condition in NEVER_MISSING or any(norm.actor in seat.blurs for seat in described.present)
    closed = described.completeness == "fullstandig" and bool(described.listed)
    return MISSING if closed and not unclear else ""


def _applies(norm: Expected, described: Described, municipality: Municipality) -> bool | None:
    """Whether a norm applies to a forum as described; None where the report leaves it open."""
    if municipality.code in norm.not_for or described.status in NOT_RUNNING:
        return False
    if norm.levels and described.level and described.level not in norm.levels:
        return False
    if norm.ages and described.ages:
        low, high = AGES[described.ages]
        if low > norm.ages[1] or high < norm.ages[0]:
            return False
    match norm.condition:
        case "endast-lan":
            return municipality.code[:2] == norm.county
        case "endast-arendeberedning":
            return described.cases
        case "endast-strategisk-beredning":
            strategic = described.level in {"", "strategisk"}
            return strategic and (None if described.cases is None else not described.cases)
        case "endast-styrgrupp-kommun-polis":
            police = any("polis" in seat.meets for seat in described.present)
            return True if police and all(seat.meets & {"polis", "kommun"} for seat in described.present) else None
    return True


def _in_force(norm: Expected, report: Report) -> bool | None:
    """Whether a norm was in force when the report was made; None where the days known leave it open."""
    first, last = _span(date.fromisoformat(report.day), report.precision)
    end = norm.end or FAR
    if first > end:
        return False
    if norm.start is None:
        if norm.known_from is None or last < norm.known_from:
            return None
        return True if first >= norm.known_from and last <= end else None
    earliest, latest = _span(norm.start, norm.precision)
    if last < earliest:
        return False
    return True if first >= latest and last <= end else None


def _span(day: date, precision: str) -> tuple[date, date]:
    if precision == "ar":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if precision == "manad":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day, day
