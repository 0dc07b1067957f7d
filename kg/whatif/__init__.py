"""What if: which findings would open, close or change if a member, an actor or a forum came or went.

The same rules judge the report as it is and as it is supposed to be: `find_gaps`, and the analyses given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from kg.cases import Case, open_cases
from kg.findings import Finding, Kind, Remark
from kg.gaps import find_gaps
from kg.gaps.comparisons import Peers
from kg.network import build_network, forums_by_source
from kg.records import Records
from kg.sources import Source, choose_sources
from kg.whatif.hypotheses import SUPPOSED, Change, suppose
from kg.whatif.locality import local

__all__ = ["Analyse", "Effect", "Result", "is_open", "judge", "mark", "open_with_peers", "what_if"]

Result = Finding | Remark
Analyse = Callable[[Case], Sequence[Remark]]
OPEN = frozenset({Kind.GAP, Kind.QUESTION, Kind.COMPARISON})
_KINDS = tuple(Kind)
R = TypeVar("R", bound=Finding | Remark)


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes would do to the findings and remarks of one report.

    `closed` are results of the report as it is. `opened` and the second of each pair in `changed` are supposed: their
    ids begin with `SUPPOSED`, and they have neither evidence nor certainty.
    """

    case: Case
    changes: tuple[Change, ...]
    closed: tuple[Result, ...]
    opened: tuple[Result, ...]
    changed: tuple[tuple[Result, Result], ...]


def open_with_peers(
    records: Records, sources: Sequence[Source], *, as_of: date | None = None
) -> tuple[list[Case], Peers]:
    """Return a case for each source, and the forums in the latest report of every municipality to compare with."""
    everywhere = choose_sources(records)
    keys = {each.key for each in sources}
    cases = open_cases(records, [*sources, *(each for each in everywhere if each.key not in keys)], as_of=as_of)
    graph = cases[0].graph if cases else build_network(records, [])
    described = forums_by_source(graph)
    elsewhere = [forum for each in everywhere for forum in described.get(each.thing.iri, ())]
    return cases[: len(sources)], Peers(records, graph, elsewhere)


def is_open(result: Result) -> bool:
    """Whether a result calls for something: a gap, a question, a comparison, or any remark."""
    return isinstance(result, Remark) or result.kind in OPEN


def judge(case: Case, peers: Peers | None = None, *, only: Set[str] = frozenset()) -> list[Finding]:
    """Return the findings of one case, with the comparison to peers where they are given.

    With the IRIs of forums in `only`, the findings on these alone.
    """
    return find_gaps(case.records, case.graph, [case.source], peers=peers, as_of=case.as_of, only=only, tree=case.tree)


def what_if(
    case: Case, changes: Sequence[Change], *, peers: Peers | None = None, analyses: Iterable[Analyse] = ()
) -> Effect:
    """Judge one report as it is and as it would be after the changes, and return the difference.

    A finding closes when it no longer is a gap, a question or a comparison; a remark when it is no longer made.
    `changed` holds what stays open with another kind or outcome, or a remark with other names or figures. Only the
    municipality of the case is judged anew. A membership that the report does not name is not known here either: a
    supposed departure from an open list is taken as a departure, but what others of the kind do remains unknown.
    Raises `DataError` for a change without effect.
    """
    wanted = list(analyses)
    near = local(case)
    after_case = suppose(near, changes)
    before = {each.id: each for each in _all(near, peers, wanted)}
    after = {each.id: each for each in _all(after_case, peers, wanted)}
    closed = [each for key, each in before.items() if is_open(each) and not (key in after and is_open(after[key]))]
    opened = [each for key, each in after.items() if is_open(each) and not (key in before and is_open(before[key]))]
    changed = [
        (each, after[key])
        for key, each in before.items()
        if key in after and is_open(each) and is_open(after[key]) and _said(each) != _said(after[key])
    ]
    return Effect(
        case,
        tuple(changes),
        tuple(sorted(closed, key=_order)),
        tuple(mark(each) for each in sorted(opened, key=_order)),
        tuple((one, mark(other)) for one, other in sorted(changed, key=lambda pair: _order(pair[0]))),
    )


def _all(case: Case, peers: Peers | None, analyses: Iterable[Analyse]) -> list[Result]:
    return [*judge(case, peers), *(each for find in analyses for each in find(case))]


def _said(result: Result) -> tuple[object, ...]:
    """Return what a result says, apart from what it rests on."""
    if isinstance(result, Finding):
        return result.kind, result.outcome
    return result.code, result.standing, result.subjects, result.names, result.figures


def _order(result: Result) -> tuple[int, int, str, str]:
    """Order findings before remarks, gaps first, then by the forum or body and the id."""
    if isinstance(result, Remark):
        return 1, 0, result.subjects[0].sv if result.subjects else "", result.id
    return 0, _KINDS.index(result.kind), (result.forum or result.body or result.municipality).sv, result.id


def mark(result: R) -> R:
    """Return a result of a supposed report so that it cannot be taken for one of the report itself."""
    bare = replace(result, id=f"{SUPPOSED}{result.id}", evidence=(), certainty=None)
    return replace(bare, earlier=()) if isinstance(bare, Finding) else replace(bare, stability=None)
