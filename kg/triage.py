"""What matters most, first: findings and remarks in one total order, each with the grounds of its place.

Weight = obligation x basis x outcome x certainty, times the share of draws in which a remark still holds with 20 % of
the memberships dropped. The tables below are all there is to it. A gap always weighs more than a question of the same
obligation, whatever their bases and certainties: the least gap (1 x 14 x 2) more than the greatest question (3 x 2 x 4,
of an older report). Silence is no statement and has the lowest certainty, whatever the certainty of what is described.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.cases import Case
from kg.coverage import find_coverage
from kg.decisions import read_decisions, with_decisions
from kg.findings import Analysis, Finding, Kind, Outcome, Remark, Rollup, Standing
from kg.gaps.comparisons import Peers
from kg.governance import find_governance
from kg.meetings import find_meetings
from kg.namespaces import last_part
from kg.overlap import find_overlaps
from kg.paths.signals import find_signals
from kg.position import find_positions
from kg.whatif import Result, is_open, judge

__all__ = [
    "ANALYSES",
    "BASIS",
    "CERTAINTY",
    "MATTER",
    "OBLIGATION",
    "OUTCOME",
    "SET_ASIDE",
    "STANDING",
    "Ranked",
    "find_remarks",
    "first",
    "gather",
    "is_silent",
    "rank",
    "weigh",
]

OBLIGATION: Mapping[str, int] = {"ska": 4, "bor": 2, "kan": 1}
BASIS: Mapping[str, int] = {
    "lag": 3,
    "verka-for": 2,
    "avtal": 2,
    "definition": 2,
    "vagledning": 2,
    "uppdrag": 2,
    "praxis": 1,
    "jamforelse": 1,
}
OUTCOME: Mapping[tuple[Kind, Outcome], float] = {
    (Kind.GAP, Outcome.DENIED): 16,
    (Kind.GAP, Outcome.MISSING): 14,
    (Kind.COMPARISON, Outcome.DENIED): 6,
    (Kind.COMPARISON, Outcome.MISSING): 6,
    (Kind.QUESTION, Outcome.NOT_NAMED): 2,
    (Kind.QUESTION, Outcome.PRESENT): 0.5,
    (Kind.QUESTION, Outcome.INFORMS): 0.5,
}
"""What is known to be lacking before what is not; what was there when an older report was written, last of all.

Everything else that is open weighs 1; what an older report says was lacking weighs 2 (`OLDER`), as what is not named.
"""
OLDER = 2
UNTOLD_DEED = 0.5
"""A deed asked of a body or forum that the report does not tell of: reports seldom say what goes without saying."""
STANDING: Mapping[Standing, int] = {Standing.STATED: 8, Standing.COMPUTED: 3, Standing.UNSTATED: 1}
"""A remark by how it is known: what the report itself says is lacking before what it is silent on."""
CERTAINTY: Mapping[str, int] = {"uttalad": 4, "antydd": 3, "tolkad": 2}
SILENCE = 2
"""The certainty of what rests on silence, or on no claim of its own."""
MATTER: Mapping[Analysis, Mapping[str, int]] = {
    Analysis.GOVERNANCE: dict.fromkeys(
        (
            *("lacking", "undecided", "expired", "no-politics", "lone-level", "area-without-team"),
            *("not-followed-up", "party-outside"),
        ),
        2,
    ),
    Analysis.COVERAGE: {
        **dict.fromkeys(("uncovered-ages", "risk-hole", "risk-ends"), 2),
        **dict.fromkeys(("level", "both-topics"), 0),
    },
    Analysis.OVERLAP: {
        "may-duplicate": 2,
        **dict.fromkeys(("meeting-load", "mostly-other-members", "one-steers-other", "part-of", "parts-of-one"), 0),
        **dict.fromkeys(("other-area", "other-level", "other-municipality", "other-target", "other-task"), 0),
    },
    Analysis.POSITION: {
        **dict.fromkeys(("sole-link-levels", "vacancy", "organiser"), 2),
        **dict.fromkeys(("broker", "communities"), 0),
    },
    Analysis.PATH: {"no-way-to-council": 2, "to-council": 0},
}
"""A remark, which has no norm, by what it is about: 1 where it is not named, 0 where it only describes."""
UNTOLD = frozenset({"condition", "list-not-transcribed"})
"""Reasons that say only that nothing is known: a condition that cannot be tested, a list that is not in the graph."""
SET_ASIDE = frozenset({"deltar-redan", "ej-aktuellt", "fraga-stalld"})
"""Decisions of the user after which a finding is no longer among the first."""
UNDATED = frozenset({"start-unknown", "date-too-coarse"})
"""Reasons that only a better date of norm or report can settle; nobody in the municipality can do anything about it."""


class _Find(Protocol):
    """An analysis of one case, with members counted at a level where it counts any."""

    def __call__(self, case: Case, level: Rollup) -> Sequence[Remark]: ...


ANALYSES: Mapping[str, _Find] = {
    "governance": lambda case, level: find_governance(case),  # noqa: ARG005  it counts no members
    "coverage": lambda case, level: find_coverage(case),  # noqa: ARG005  it counts no members
    "overlap": find_overlaps,
    "meetings": lambda case, level: find_meetings(case),  # noqa: ARG005  it counts by function
    "position": find_positions,
    "signals": lambda case, level: find_signals(case, level=level),
}
"""The analyses that are gathered beside the gaps, by name."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A result with its place: 1 is first; the factors of its weight; the ids of its kin that stand behind it."""

    item: Result
    place: int
    weight: float
    factors: tuple[tuple[str, float], ...]
    kin: tuple[str, ...] = ()


def gather(case: Case, *, peers: Peers | None = None, level: Rollup = Rollup.UNIT) -> list[Result]:
    """Return all findings and remarks on one report, with the decisions that the user has written on them."""
    return [*judge(case, peers), *find_remarks(case, level=level)]


def find_remarks(case: Case, *, level: Rollup = Rollup.UNIT) -> list[Remark]:
    """Return the remarks of every analysis on one report, with the decisions that the user has written on them."""
    remarks = [each for find in ANALYSES.values() for each in find(case, level=level)]
    return with_decisions(remarks, read_decisions(case.records))


def _factors(item: Result) -> tuple[tuple[str, float], ...]:
    unsure = is_silent(item) or item.certainty is None
    certainty = SILENCE if unsure or not item.certainty else CERTAINTY.get(last_part(item.certainty.iri), SILENCE)
    if isinstance(item, Remark):
        held = (("stability", item.stability.at_20),) if item.stability else ()
        matter = MATTER.get(item.analysis, {}).get(item.code, 1)
        return (("matter", matter), ("standing", STANDING[item.standing]), ("certainty", certainty), *held)
    return (
        ("obligation", OBLIGATION.get(last_part(item.obligation.iri) if item.obligation else "", 1)),
        ("basis", BASIS.get(last_part(item.basis.iri) if item.basis else "", 1)),
        ("outcome", _outcome(item)),
        ("certainty", certainty),
    )


def _outcome(item: Finding) -> float:
    if item.reason == "older-source":
        return OLDER
    if item.norm_kind == "duty" and item.kind is Kind.QUESTION and item.outcome is Outcome.NOT_NAMED:
        return UNTOLD_DEED
    return OUTCOME.get((item.kind, item.outcome), 1)


def is_silent(item: Result) -> bool:
    """Whether a finding rests on what the report does not say, so that no certainty of a claim is its own."""
    return isinstance(item, Finding) and (item.outcome is Outcome.NOT_NAMED or item.reason in UNTOLD)


def weigh(item: Result) -> float:
    """Return the weight of a result, the product of its factors; 0 for what calls for nothing.

    Nothing is called for by what is met, does not apply or lies outside the scope of the report, nor by a remark that
    only describes.
    """
    if not is_open(item):
        return 0.0
    weight = 1.0
    for _, factor in _factors(item):
        weight *= factor
    return round(weight, 2)


def rank(found: Iterable[Result]) -> list[Ranked]:
    """Return all that calls for something: by weight, then findings before remarks, and gaps first.

    Of equals, what is shown in more sections of the report goes first, then the first id.
    """
    weighed = sorted(((weigh(each), each) for each in found), key=lambda pair: (-pair[0], *_order(pair[1])))
    heavy = [(weight, each) for weight, each in weighed if weight > 0]
    return [Ranked(each, place, weight, _factors(each)) for place, (weight, each) in enumerate(heavy, 1)]


def _order(item: Result) -> tuple[int, int, int, str]:
    remark = isinstance(item, Remark)
    kind = 0 if isinstance(item, Remark) else tuple(Kind).index(item.kind)
    return int(remark), kind, -len(item.sections), item.id


def _families(item: Result) -> frozenset[tuple[str, str]]:
    """Return what a result is one of: its forum with its kind, and its norm; or the code of a remark.

    A municipality or committee is no forum: what it is known to lack is told one by one, and what is only not mentioned
    of it once for each act or guide that asks for it.
    """
    if isinstance(item, Remark):
        return frozenset({(item.analysis.value, item.code)})
    whole = item.forum or (item.norm_source if not item.is_gap else None)
    return frozenset((each.iri, item.kind.value) for each in (whole, item.norm) if each)


def _can_be_first(item: Result) -> bool:
    if item.decision is not None and last_part(item.decision.outcome.iri) in SET_ASIDE:
        return False
    if isinstance(item, Remark):
        return True
    if item.general and is_silent(item):
        return False
    return item.reason not in UNDATED and (item.kind is not Kind.COMPARISON or item.stands_out)


def first(found: Iterable[Result], n: int = 5) -> list[Ranked]:
    """Return the n that matter most: at most one of a family, and nothing told twice.

    A family is the forum with the kind of finding, the norm, for questions to a body the act that asks, or the code of
    a remark; the others of it are the kin of the one that stands for them, as is a remark that rests on the same
    claims. Left out are what the user has set aside, what only a better date can settle, comparisons with forums whose
    members nobody has named, and silence on the general duties of elected politics, which no report on prevention need
    tell of.
    """
    chosen: list[Ranked] = []
    kin: dict[str, list[str]] = {}
    for each in rank(found):
        item = each.item
        if not _can_be_first(item):
            continue
        head = next((other for other in chosen if _is_kin(other.item, item)), None)
        if head is not None:
            kin[head.item.id].append(item.id)
        elif len(chosen) < n:
            chosen.append(each)
            kin[item.id] = []
    return [
        Ranked(each.item, place, each.weight, each.factors, tuple(kin[each.item.id]))
        for place, each in enumerate(chosen, 1)
    ]


def _is_kin(head: Result, item: Result) -> bool:
    """Whether two results are of one family, or the one rests on nothing but the claims of the other."""
    claims = set(item.claims)
    return bool(_families(head) & _families(item)) or bool(claims and claims <= set(head.claims) and _stated(item))


def _stated(item: Result) -> bool:
    """Whether a result repeats what the report itself says is lacking."""
    return isinstance(item, Remark) and item.standing is Standing.STATED
