"""What the forums and interventions of a report cover: ages, prevention levels, risk groups, drugs as well as crime.

All of it is what the report describes and no more. An age is uncovered only within the ages of the audit and only by
what states an age: whatever states none may reach it, and is named beside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.cases import Case, evidence_of
from kg.coverage.birthdays import RiskHole, Turn, TurnKind, risk_holes, turns
from kg.coverage.reach import LEVELS, Coverage, Reach, ReachKind, read_coverage, spans, uncovered_ages
from kg.findings import Analysis, Remark, Standing, Thing
from kg.namespaces import FB, PROV, concept, last_part
from kg.remarks import Figures, make_remark

__all__ = ["Coverage", "find_coverage", "read_coverage", "topics_of_forums", "uncovered_ages"]


@dataclass(frozen=True, slots=True)
class _Known:
    """Kinds of forum and risk groups that are about a topic by definition."""

    kinds: frozenset[str]
    risks: frozenset[str]


CRIME, DRUGS = concept("amne", "kriminalitet"), concept("amne", "missbruk")
SCHOOL_BEGINS = frozenset({6, 7})
TAKING_OVER = frozenset(concept("aktorstyp", code) for code in ("barnhalsovard", "skola"))
ABOUT = {
    CRIME: _Known(
        frozenset(
            concept("forumtyp", code)
            for code in ("avhopparverksamhet", "bob-rad", "bra", "gvi", "insluss-avhopp", "sig")
        ),
        frozenset(
            concept("riskgrupp", code) for code in ("avhoppare", "begynnande-kriminalitet", "utvecklad-kriminalitet")
        ),
    ),
    DRUGS: _Known(
        frozenset(concept("forumtyp", code) for code in ("andts-samverkan", "mini-maria")),
        frozenset({concept("riskgrupp", "missbruk")}),
    ),
}


def find_coverage(case: Case) -> list[Remark]:
    """Return what the data shows of the coverage of one report, in a total order.

    First ages that nothing described reaches, then ages reached only by what is being set up, rests or is local, risk
    groups that fall between, birthdays, prevention levels, topics, and last what states no age. A report without any
    stated age gets one remark that says so. Linear in the number of its forums and interventions.
    """
    coverage = read_coverage(case)
    if not coverage.reaches:
        return []
    found = []
    if coverage.states_ages:
        found += [_uncovered(case, coverage, low, high) for low, high in spans(coverage.uncovered)]
        found += [_weakly(case, coverage, low, high) for low, high in spans(coverage.weakly_covered)]
        found += [_risk(case, coverage, each) for each in risk_holes(coverage)]
        found += [_turn(case, coverage, each) for each in turns(coverage)]
    found += _levels(case, coverage)
    found += _topics(case, coverage)
    if coverage.unknown:
        code = "unstated-ages" if coverage.states_ages else "no-ages"
        figures = (("total", sum(each.close for each in coverage.reaches)), *_counts(coverage.unknown))
        about = coverage.unknown
        found.append(_remark(case, code, "", about=about, figures=figures, standing=Standing.UNSTATED))
    return found


def topics_of_forums(case: Case, coverage: Coverage) -> tuple[tuple[Reach, ...], tuple[Reach, ...], tuple[Reach, ...]]:
    """Return the forums on crime, those on substance abuse, and those of which neither their topic nor kind is known.

    A forum is on a topic that the report states for it (or a narrower one), that a risk group of its states, or that
    its kind is about by definition: a council on crime prevention is on crime. Programmes are no forums. The definition
    is `queries/definitions/coverage-topics.rq`; `q20-drugs-and-crime` counts stated topics only.
    """
    forums = [each for each in coverage.reaches if each.kind is ReachKind.FORUM]
    topics = {each.thing.iri: _topics_of(case, each) for each in forums}
    return (
        tuple(each for each in forums if CRIME in topics[each.thing.iri]),
        tuple(each for each in forums if DRUGS in topics[each.thing.iri]),
        tuple(each for each in forums if not topics[each.thing.iri]),
    )


def _topics_of(case: Case, reach: Reach) -> frozenset[str]:
    stated = {above for claim in reach.claims for topic in claim.all(FB.topic) for above in case.tree.broader(topic)}
    kinds = {above for kind in reach.types for above in case.tree.broader(kind)}
    risks = {above for risk in reach.risks for above in case.tree.broader(risk.iri)}
    return frozenset(stated | {topic for topic, known in ABOUT.items() if kinds & known.kinds or risks & known.risks})


def _remark(
    case: Case,
    code: str,
    key: str,
    *,
    about: Iterable[Reach] = (),
    named: Iterable[Reach] = (),
    names: Iterable[Thing] = (),
    figures: Figures = (),
    standing: Standing = Standing.COMPUTED,
) -> Remark:
    """Return a remark on `about`, resting on its claims.

    Its names are those of `named`, the target groups with an age of `about` and `named`, then `names`; the figures
    `named` and `groups` (how many target groups each has) tell where one ends and the next begins.
    """
    subjects, others = list(about), list(named)
    groups = [[group.thing for group in each.groups if group.stated] for each in (*subjects, *others)]
    evidence = tuple(
        evidence_of(case.records, claim, about=each.thing.sv) for each in subjects for claim in each.claims
    )
    sizes = ",".join(str(len(each)) for each in groups)
    return make_remark(
        case.source,
        "coverage",
        code,
        key,
        analysis=Analysis.COVERAGE,
        code=code,
        standing=standing,
        subjects=_things(subjects) or (case.source.municipality,),
        names=(*_things(others), *(group for each in groups for group in each), *names),
        figures=(*figures, ("named", len(others)), ("groups", sizes)),
        evidence=evidence,
    )


def _things(reaches: Iterable[Reach]) -> tuple[Thing, ...]:
    return tuple(each.thing for each in reaches)


def _counts(reaches: Iterable[Reach]) -> Figures:
    """Return how many forums, programmes and interventions there are among these."""
    kinds = [each.kind for each in reaches]
    return tuple((f"{kind.value}s", kinds.count(kind)) for kind in ReachKind)


def _key(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}-{high}"


def _within(reaches: Iterable[Reach], low: int, high: int) -> list[Reach]:
    return [each for each in reaches if any(low <= age <= high for age in each.ages)]


def _uncovered(case: Case, coverage: Coverage, low: int, high: int) -> Remark:
    younger = coverage.by_age[low - 1] if low else ()
    older = coverage.by_age[high + 1] if high + 1 < len(coverage.by_age) else ()
    planned, unknown = _within(coverage.planned, low, high), coverage.unknown_from(low)
    figures = (
        *(("from", low), ("to", high), ("younger", len(younger)), ("older", len(older)), ("planned", len(planned))),
        ("derived", int(any(each.derived for each in (*younger, *older)))),
        *_counts(unknown),
        *(("low_stated", int(coverage.bounded[0])), ("high_stated", int(coverage.bounded[1]))),
    )
    names = (*_things(planned), *_things(unknown))
    about = (*younger, *older)
    return _remark(case, "uncovered-ages", _key(low, high), about=about, names=names, figures=figures)


def _weakly(case: Case, coverage: Coverage, low: int, high: int) -> Remark:
    here = _within(coverage.reaches, low, high)
    emerging = [each for each in here if each.emerging]
    paused = [each for each in here if each.paused]
    local = [each for each in here if not each.emerging and not each.paused]
    areas = sorted({area for each in local for area in each.areas})
    planned, unknown = _within(coverage.planned, low, high), coverage.unknown_from(low)
    figures = (
        *(("from", low), ("to", high), ("emerging", len(emerging)), ("paused", len(paused)), ("local", len(local))),
        *(("areas", len(areas)), ("planned", len(planned))),
        *_counts(unknown),
    )
    names = (*areas, *_things(planned), *_things(unknown))
    about = (*emerging, *paused, *local)
    return _remark(case, "weakly-covered", _key(low, high), about=about, names=names, figures=figures)


def _risk(case: Case, coverage: Coverage, hole: RiskHole) -> Remark:
    within, unknown = set(range(hole.low, hole.high + 1)), coverage.unknown_from(hole.low)
    other_risks = sorted(
        {risk for each in hole.others for years, risks in each.stated if within & set(years) for risk in risks}
    )
    figures = (
        *(("until", hole.low - 1), ("from", hole.low), ("to", hole.high), ("open", int(hole.high == coverage.high))),
        *(("holders", len(hole.holders)), ("risks", len(hole.risks)), ("other_risks", len(other_risks))),
        *_counts(unknown),
    )
    return _remark(
        case,
        "risk-hole" if hole.others else "risk-ends",
        "-".join((_key(hole.low, hole.high), *(last_part(each.iri) for each in hole.risks))),
        about=(*hole.holders, *hole.others),
        named=hole.general,
        names=(*hole.risks, *other_risks, *_things(unknown)),
        figures=figures,
    )


def _turn(case: Case, coverage: Coverage, turn: Turn) -> Remark:
    ends = turn.kind is TurnKind.NO_SUCCESSOR
    year = turn.age if turn.kind is TurnKind.BOTH else turn.age - 1
    leaving, meeting = _risks_at(turn.leaves, year), _risks_at(turn.meets, turn.age)
    parted = bool(leaving and meeting) and not set(leaving) & set(meeting)
    at_edge = turn.leaves if ends else (*turn.leaves, *turn.meets)
    planned = [each for each in coverage.planned if turn.age in each.ages and turn.age - 1 not in each.ages]
    unknown = coverage.unknown_from(turn.age)
    figures = (
        *(("age", turn.age), ("leaves", len(turn.leaves)), ("meets", len(turn.meets))),
        *(("leaving_risks", len(leaving) if parted else 0), ("meeting_risks", len(meeting) if parted else 0)),
        *(("derived", int(any(each.derived for each in at_edge))), ("planned", len(planned))),
        *_counts(unknown),
        ("taken_over", _taken_over(case, turn)),
    )
    return _remark(
        case,
        turn.kind.value,
        str(turn.age),
        about=at_edge,
        named=turn.meets if ends else (),
        names=(*((*leaving, *meeting) if parted else ()), *_things(planned), *_things(unknown)),
        figures=figures,
    )


def _taken_over(case: Case, turn: Turn) -> str:
    """Return the words in which the report lets school take over from child health care, "" where it does not.

    That is one sentence that gives the same duty to both, in a section that tells of what ends as school begins.
    """
    if turn.age not in SCHOOL_BEGINS:
        return ""
    sections = {iri for each in turn.leaves for claim in each.claims for iri in claim.all(PROV.wasDerivedFrom)}
    kinds: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for claim in case.records.claims_of(case.source.thing.iri, FB.ExistenceClaim):
        if sections.intersection(claim.all(PROV.wasDerivedFrom)):
            within = (case.records.named.get(iri) for iri in claim.all(FB.existsWithin))
            borne = kinds.setdefault((claim.text(FB.asStated, "sv"), claim.all(FB.existing)), set())
            borne.update(kind for actor in within if actor for kind in actor.all(FB.actorType))
    return next((words for (words, _), borne in sorted(kinds.items()) if words and borne >= TAKING_OVER), "")


def _risks_at(reaches: Iterable[Reach], age: int) -> tuple[Thing, ...]:
    """Return the risk groups that all of these name at an age together; none where one of them names none."""
    found: dict[Thing, None] = {}
    for reach in reaches:
        named = [risks for years, risks in reach.stated if age in years]
        if not all(named):
            return ()
        found.update(dict.fromkeys(risk for risks in named for risk in risks))
    return tuple(found)


def _levels(case: Case, coverage: Coverage) -> list[Remark]:
    placed = {level: coverage.on(level) for level in LEVELS}
    unplaced = tuple(each for each in coverage.on("") if each.close)
    if not any(placed.values()):
        return [
            _remark(
                case, "no-levels", "", names=_things(unplaced), figures=_counts(unplaced), standing=Standing.UNSTATED
            )
        ]
    figures: Figures
    sizes = [len(each) for each in placed.values()]
    found = []
    for level, reaches in placed.items():
        thing, key = case.records.thing(level), last_part(level)
        silent = [each for each in reaches if not each.states_age]
        local = [each for each in reaches if each.areas]
        reached = frozenset[int]().union(*(each.ages for each in reaches)).intersection(coverage.scope)
        figures = (
            *(("placed", len(reaches)), ("of", sum(sizes)), ("silent", len(silent)), ("local", len(local))),
            ("thinnest", int(len(reaches) == min(sizes) < max(sizes))),
            *(("reached", _said(reached)), ("not_reached", _said(set(coverage.scope) - reached))),
            *_counts(unplaced),
        )
        names = (thing, *_things(silent), *_things(local))
        if reaches:
            found.append(_remark(case, "level", key, about=reaches, names=names, figures=figures))
        else:
            found.append(_remark(case, "level-empty", key, names=names, figures=figures, standing=Standing.UNSTATED))
    if unplaced:
        figures = (("total", sum(each.close for each in coverage.reaches)), *_counts(unplaced))
        found.append(_remark(case, "unstated-levels", "", about=unplaced, figures=figures, standing=Standing.UNSTATED))
    return found


def _said(ages: Iterable[int]) -> str:
    return ", ".join(_key(low, high).replace("-", "–") for low, high in spans(sorted(ages)))


def _topics(case: Case, coverage: Coverage) -> list[Remark]:
    crime, drugs, silent = topics_of_forums(case, coverage)
    if not any(each.kind is ReachKind.FORUM for each in coverage.reaches):
        return []
    others = [each for each in coverage.reaches if each.kind is not ReachKind.FORUM]
    lacking = DRUGS if crime and not drugs else CRIME if drugs and not crime else ""
    beside = [each for each in others if lacking and lacking in _topics_of(case, each)]
    code = ("neither-topic", "only-drugs", "only-crime", "both-topics")[2 * bool(crime) + bool(drugs)]
    figures = (
        *(("crime", len(crime)), ("drugs", len(drugs)), ("silent", len(silent)), ("beside", len(beside))),
        ("outside", int(_outside(case, lacking))),
    )
    standing = Standing.UNSTATED if code == "neither-topic" else Standing.COMPUTED
    names = (*_things(beside), *_things(silent))
    return [_remark(case, code, "", about=(*crime, *drugs), names=names, figures=figures, standing=standing)]


def _outside(case: Case, topic: str) -> bool:
    """Whether the audit states topics and this is none of them."""
    topics = case.source.scope.topics if case.source.scope else frozenset()
    return bool(topic and topics) and not any(topic in case.tree.broader(each) for each in topics)
