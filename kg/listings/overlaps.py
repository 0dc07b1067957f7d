"""Overlaps and meeting loads as rows and as JSON objects: what `kg overlaps` and `kg meetings` write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.cases import Case
from kg.findings import Lang, Remark, Thing
from kg.listings import remark_object, things_object
from kg.meetings import Load, Seat, load_remark
from kg.namespaces import last_part
from kg.overlap import Loss, Overlap
from kg.overlap.likeness import Comparison, Likeness
from kg.overlap.sharing import Bounds, Shared
from kg.wording import ROLLUPS, remark_sentence
from kg.wording.meetings import number, span
from kg.wording.pairs import decimal

__all__ = ["LOAD_COLUMNS", "OVERLAP_COLUMNS", "READINGS", "load_object", "load_rows", "overlap_object", "overlap_rows"]

OVERLAP_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("rapport", "ena forumet", "andra forumet", "gemensamma", "jaccard", "bedömning", "nivå", "id"),
    "en": ("report", "one forum", "other forum", "in common", "jaccard", "reading", "level", "id"),
}
LOAD_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("rapport", "vem", "möten om året", "i månaden", "räknade forum", "ibland", "utan angiven rytm", "nivå"),
    "en": ("report", "who", "meetings a year", "a month", "forums counted", "at times", "no stated rhythm", "level"),
}
READINGS: dict[str, tuple[str, str]] = {
    "may-duplicate": ("kan vara samma arbete", "may be the same work"),
    "cannot-be-said": ("går inte att säga", "cannot be told"),
    "mostly-other-members": ("mest olika deltagare", "mostly other members"),
    "other-task": ("olika uppdrag", "different tasks"),
    "other-target": ("olika målgrupper", "different target groups"),
    "other-area": ("olika områden", "different areas"),
    "other-level": ("olika nivå", "different levels"),
    "other-municipality": ("olika kommuner", "different municipalities"),
    "one-steers-other": ("det ena styr det andra", "one steers the other"),
    "part-of": ("det ena är en del av det andra", "one is a part of the other"),
    "parts-of-one": ("delar av samma forum", "parts of one forum"),
}


def _names(things: Iterable[Thing], lang: Lang) -> str:
    return ", ".join(each.label(lang) for each in things)


def overlap_rows(found: Iterable[tuple[Overlap, Remark]], lang: Lang) -> list[tuple[str, ...]]:
    """Return one row a pair of forums in the order of `OVERLAP_COLUMNS`."""
    return [
        (
            last_part(remark.report.iri),
            each.first.thing.label(lang),
            each.second.thing.label(lang),
            _names((shared.thing for shared in each.shared), lang),
            decimal(each.jaccard.named, lang) + ("" if each.jaccard.exact else "*"),
            READINGS[each.reading][lang == "en"],
            ROLLUPS[each.rollup][lang == "en"],
            remark.id,
        )
        for each, remark in found
    ]


def _bounds(bounds: Bounds) -> dict[str, float]:
    return {"named": round(bounds.named, 4), "low": round(bounds.low, 4), "high": round(bounds.high, 4)}


def _shared(shared: Shared, lang: Lang) -> dict[str, Any]:
    first, second = shared.functions
    return {
        "label": shared.thing.label(lang),
        "iri": shared.thing.iri,
        "functions_first": things_object(first, lang),
        "functions_second": things_object(second, lang),
        "attendance_first": shared.attendance[0] or None,
        "attendance_second": shared.attendance[1] or None,
    }


def _likeness(likeness: Likeness, lang: Lang) -> dict[str, Any]:
    return {
        "relation": likeness.relation.value,
        "first": things_object(likeness.first, lang),
        "second": things_object(likeness.second, lang),
    }


def _comparison(comparison: Comparison, lang: Lang) -> dict[str, Any]:
    by_name = ("levels", "areas", "targets", "kinds", "mandates", "topics")
    return {name: _likeness(getattr(comparison, name), lang) for name in by_name}


def _loss(loss: Loss, lang: Lang) -> dict[str, Any]:
    return {
        "members": things_object(loss.members, lang),
        "ages": None if loss.ages is None else [list(each) for each in loss.ages],
        "levels": things_object(loss.levels, lang),
        "topics": things_object(loss.topics, lang),
    }


def overlap_object(overlap: Overlap, remark: Remark, lang: Lang = "sv") -> dict[str, Any]:
    """Return a pair of forums as the JSON object that `schemas/overlaps.json` describes."""
    first, second = overlap.lost
    return {
        "reading": overlap.reading.value,
        "first": things_object([overlap.first.thing], lang)[0],
        "second": things_object([overlap.second.thing], lang)[0],
        "shared": [_shared(each, lang) for each in overlap.shared],
        "shared_kinds": things_object(overlap.kinds, lang),
        "possible": [things_object(pair, lang) for pair in overlap.possible],
        "named_members": list(overlap.sizes),
        "whole_list": list(overlap.closed),
        "shared_at_most": overlap.at_most,
        "jaccard": _bounds(overlap.jaccard),
        "first_in_second": _bounds(overlap.first_in_second),
        "second_in_first": _bounds(overlap.second_in_first),
        "comparison": _comparison(overlap.comparison, lang),
        "unstated": list(overlap.unstated),
        "only_first": _loss(first, lang),
        "only_second": _loss(second, lang),
        "remark": remark_object(remark, lang),
    }


def load_rows(case: Case, loads: Iterable[Load], lang: Lang) -> list[tuple[str, ...]]:
    """Return one row an actor in the order of `LOAD_COLUMNS`; nothing is counted where no rhythm is stated."""
    return [
        (
            case.source.key,
            each.actor.label(lang),
            span(each.low, each.high, lang) if each.counted else "–",
            span(each.low / 12, None if each.high is None else each.high / 12, lang) if each.counted else "–",
            ", ".join(f"{seat.forum.thing.label(lang)} ({_rate(seat, lang)})" for seat in each.counted),
            ", ".join(f"{seat.forum.thing.label(lang)} ({_rate(seat, lang)})" for seat in each.at_times),
            _names((seat.forum.thing for seat in each.unknown), lang),
            ROLLUPS[each.rollup][lang == "en"],
        )
        for each in loads
    ]


def _rate(seat: Seat, lang: Lang) -> str:
    return number(seat.high, lang) if seat.low == seat.high and seat.high else span(seat.low or 0, seat.high, lang)


def _seat(seat: Seat, lang: Lang) -> dict[str, Any]:
    return {
        "forum": seat.forum.thing.label(lang),
        "forum_iri": seat.forum.thing.iri,
        "low": seat.low,
        "high": seat.high,
        "on_demand": seat.on_demand,
        "parallel_groups": seat.parallel,
        "claims": [each.claim.iri for each in seat.memberships],
    }


def load_object(case: Case, load: Load, lang: Lang = "sv") -> dict[str, Any]:
    """Return a load as the JSON object that `schemas/meetings.json` describes."""
    seats = {"counted": load.counted, "at_times": load.at_times, "paused": load.paused, "unknown": load.unknown}
    return {
        "report": case.source.thing.label(lang),
        "report_iri": case.source.thing.iri,
        "actor": load.actor.label(lang),
        "actor_iri": load.actor.iri,
        "rollup": load.rollup.value,
        "low": load.low if load.counted else None,
        "high": load.high if load.counted else None,
        **{name: [_seat(each, lang) for each in found] for name, found in seats.items()},
        "sentence": remark_sentence(load_remark(case, load), lang),
    }
