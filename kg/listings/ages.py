"""The coverage of a report as rows, as a text map of ages, and as the JSON object of `schemas/coverage.json`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kg.cases import Case
from kg.coverage.reach import HORIZON, LEVELS, Coverage, Reach, ReachKind
from kg.findings import Lang, Remark, Thing
from kg.listings import remark_object, things_object
from kg.namespaces import last_part
from kg.phrases import section_name

__all__ = ["AGE_COLUMNS", "REACH_COLUMNS", "age_rows", "coverage_object", "reach_rows", "text_map"]

AGE_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": (
        *("rapport", "ålder", "i granskningen", "forum", "program", "insatser"),
        *("universell", "selektiv", "indikerad", "nivå ej angiven", "når åldern"),
    ),
    "en": (
        *("report", "age", "in scope", "forums", "programmes", "interventions"),
        *("universal", "selective", "indicated", "level not stated", "reaches the age"),
    ),
}
REACH_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": (
        *("rapport", "namn", "slag", "når åldern", "målgrupper", "riskgrupper", "preventionsnivå", "läge", "områden"),
        "avsnitt",
    ),
    "en": (
        *("report", "name", "kind", "reaches", "target groups", "risk groups", "prevention level", "status", "areas"),
        "sections",
    ),
}
_KINDS: dict[ReachKind, tuple[str, str]] = {
    ReachKind.FORUM: ("forum", "forum"),
    ReachKind.PROGRAMME: ("program", "programme"),
    ReachKind.INTERVENTION: ("insats", "intervention"),
}
_TOTALS: dict[str, tuple[str, str]] = {
    "all": ("antal, alla", "number, all"),
    "": ("nivå ej angiven", "level not stated"),
}
FULL, PART, NONE, UNKNOWN = "█", "░", "·", "?"
WIDE = 46


def age_rows(case: Case, coverage: Coverage, lang: Lang, *, age: int | None = None) -> list[tuple[str, ...]]:
    """Return one row a year of age 0-25 in the order of `AGE_COLUMNS`, or the one row of `age`."""
    yes, no = ("ja", "nej") if lang == "sv" else ("yes", "no")
    rows: list[tuple[str, ...]] = []
    for year in range(HORIZON + 1) if age is None else (age,):
        here = coverage.by_age[year]
        kinds = [each.kind for each in here]
        rows.append(
            (
                case.source.key,
                str(year),
                yes if year in coverage.scope else no,
                *(str(kinds.count(kind)) for kind in ReachKind),
                *(str(len(coverage.at(year, level))) for level in (*LEVELS, "")),
                ", ".join(dict.fromkeys(each.thing.label(lang) for each in here)),
            )
        )
    return rows


def reach_rows(case: Case, coverage: Coverage, lang: Lang, *, age: int | None = None) -> list[tuple[str, ...]]:
    """Return one row a forum or intervention in the order of `REACH_COLUMNS`.

    With an age: what reaches it, and then what states no age and may.
    """
    yes, no, unknown = ("ja", "nej", "okänt") if lang == "sv" else ("yes", "no", "unknown")
    rows: list[tuple[str, ...]] = []
    for each in _wanted(coverage, age):
        reaches = unknown if not each.states_age else yes if age is None or age in each.ages else no
        rows.append(
            (
                case.source.key,
                each.thing.label(lang),
                _KINDS[each.kind][lang == "en"],
                reaches,
                "; ".join(group.thing.label(lang) for group in each.groups),
                ", ".join(risk.label(lang) for risk in each.risks),
                ", ".join(level.label(lang) for level in _levels(case, each)),
                case.records.thing(each.status).label(lang) if each.status else "",
                ", ".join(area.label(lang) for area in each.areas),
                ", ".join(dict.fromkeys(section_name(section, lang) for section in _sections(case, each))),
            )
        )
    return rows


def _wanted(coverage: Coverage, age: int | None) -> Sequence[Reach]:
    return coverage.reaches if age is None else (*coverage.by_age[age], *coverage.unknown_from(age))


def _levels(case: Case, reach: Reach) -> list[Thing]:
    return [case.records.thing(each) for each in reach.levels]


def _sections(case: Case, reach: Reach) -> Iterable[Any]:
    return (section for claim in reach.claims for section in case.records.sections(claim))


def text_map(case: Case, coverage: Coverage, lang: Lang) -> str:
    """Return the ages 0-25 as a map of characters: counts a prevention level, then a line a forum or intervention."""
    sv = lang == "sv"
    width = min(WIDE, max((len(_named(each, lang)) for each in coverage.reaches if each.states_age), default=0))
    width = max(width, *(len(pair[not sv]) for pair in _TOTALS.values()))

    def line(name: str, cells: str) -> str:
        cut = name if len(name) <= width else f"{name[: width - 1]}…"
        return f"{cut.ljust(width)}  {cells}".rstrip()

    counts = {"all": None, **dict.fromkeys(LEVELS), "": None}
    lines = [
        f"{case.source.thing.label(lang)}, {case.source.observed_on.isoformat()}: {_scope(coverage, lang)}",
        "",
        line("", "".join(str(age // 10) if age % 10 == 0 else " " for age in range(HORIZON + 1))),
        line("ålder" if sv else "age", "".join(str(age % 10) for age in range(HORIZON + 1))),
    ]
    for level in counts:
        name = _TOTALS[level][not sv] if level in _TOTALS else case.records.thing(level).label(lang)
        found = [len(coverage.at(age, None if level == "all" else level)) for age in range(HORIZON + 1)]
        lines.append(line(name, "".join("+" if each > 9 else str(each) if each else NONE for each in found)))
    lines.append("")
    for each in coverage.reaches:
        if each.states_age:
            mark = PART if each.weak else FULL
            cells = "".join(mark if age in each.ages else NONE for age in range(HORIZON + 1))
            lines.append(line(_named(each, lang), cells))
    if coverage.unknown:
        silent = f"{len(coverage.unknown)} till, se sist" if sv else f"{len(coverage.unknown)} more, see last"
        lines.append(line(silent, UNKNOWN * (HORIZON + 1)))
    legend = (
        f"{FULL} når åldern   {PART} under etablering, vilande eller bara vissa områden   {UNKNOWN} anger ingen ålder"
        if sv
        else f"{FULL} reaches the age   {PART} being set up, resting or local   {UNKNOWN} states no age"
    )
    return "\n".join([*lines, "", legend]) + "\n"


def _named(reach: Reach, lang: Lang) -> str:
    return f"{reach.thing.label(lang)} ({_KINDS[reach.kind][lang == 'en']})"


def _scope(coverage: Coverage, lang: Lang) -> str:
    low, high = coverage.bounded
    if not high and not low:
        return "granskningen anger inga åldersgränser" if lang == "sv" else "the audit states no ages"
    if high and not low:
        until = f"till och med {coverage.high} år" if lang == "sv" else f"up to age {coverage.high}"
    elif low and not high:
        until = f"från {coverage.low} år" if lang == "sv" else f"from age {coverage.low}"
    else:
        ages = f"{coverage.low}–{coverage.high}"
        until = f"{ages} år" if lang == "sv" else f"ages {ages}"
    return f"granskningen gäller {until}" if lang == "sv" else f"the audit is on {until}"


def coverage_object(
    case: Case, coverage: Coverage, remarks: Iterable[Remark], lang: Lang = "sv", *, age: int | None = None
) -> dict[str, Any]:
    """Return the coverage of a report as a JSON object, all of it or what concerns one age."""
    years = range(HORIZON + 1) if age is None else (age,)
    return {
        "municipality": case.source.municipality.label(lang),
        "municipality_iri": case.source.municipality.iri,
        "report": case.source.thing.label(lang),
        "report_iri": case.source.thing.iri,
        "observed_on": case.source.observed_on.isoformat(),
        "scope": {
            "low": coverage.low,
            "high": coverage.high,
            "low_stated": coverage.bounded[0],
            "high_stated": coverage.bounded[1],
        },
        "ages": [
            {
                "age": year,
                "in_scope": year in coverage.scope,
                "reached_by": [each.thing.iri for each in coverage.by_age[year]],
                "levels": {
                    (last_part(level) or "ej-angiven"): len(coverage.at(year, level)) for level in (*LEVELS, "")
                },
            }
            for year in years
        ],
        "uncovered": [each for each in coverage.uncovered if each in years],
        "weakly_covered": [each for each in coverage.weakly_covered if each in years],
        "reaches": [_reach_object(case, each, lang) for each in _wanted(coverage, age)],
        "planned": things_object((each.thing for each in coverage.planned), lang),
        "remarks": [remark_object(each, lang) for each in remarks],
    }


def _reach_object(case: Case, reach: Reach, lang: Lang) -> dict[str, Any]:
    return {
        "label": reach.thing.label(lang),
        "iri": reach.thing.iri,
        "kind": reach.kind.value,
        "states_age": reach.states_age,
        "may_be_any_age": reach.close and not reach.states_age,
        "ages": sorted(reach.ages),
        "target_groups": [
            {
                "label": group.thing.label(lang),
                "iri": group.thing.iri,
                "low": group.low,
                "high": group.high,
                "derived": group.derived,
                "risk_groups": things_object(group.risks, lang),
            }
            for group in reach.groups
        ],
        "prevention_levels": things_object(_levels(case, reach), lang),
        "status": case.records.thing(reach.status).label(lang) if reach.status else None,
        "areas": things_object(reach.areas, lang),
        "claims": [claim.iri for claim in reach.claims],
        "sections": list(dict.fromkeys(section.iri for section in _sections(case, reach))),
    }
