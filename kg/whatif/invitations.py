"""Which invitations close most, exactly: maximum weighted coverage of what an invitation can close.

An invitation closes only what is known to be lacking: a gap of a participation norm, or a comparison with a whole
list. A question is closed by asking, whatever the answer; what should be asked of whom is told beside the invitations.
That a forum, a document or a duty is lacking is closed by no invitation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.cases import Case
from kg.findings import GAPS, Finding, Kind, Thing
from kg.gaps.comparisons import Peers
from kg.namespaces import last_part
from kg.network import MUNICIPAL, MUNICIPALITY, Actor, actors, meets
from kg.whatif import is_open, judge, mark
from kg.whatif.hypotheses import Join, suppose
from kg.whatif.locality import local

__all__ = ["WEIGHTS", "Ask", "Invitation", "Plan", "asks", "best_cover", "suggest", "weight_of"]

WEIGHTS: Mapping[Kind, Mapping[str, int]] = {
    Kind.GAP: {"ska": 1000, "bor": 300, "kan": 100},
    Kind.QUESTION: {"ska": 30, "bor": 10, "kan": 5},
    Kind.COMPARISON: {"ska": 1, "bor": 1, "kan": 1},
}
"""What closing a finding is worth, by kind and obligation: a gap more than its question, a comparison least."""
BEYOND_ASKING = frozenset({"start-unknown", "date-too-coarse", "judged-otherwise"})
"""Reasons that no answer of the municipality settles: days of norms and reports, and a verdict already given."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody to invite to a forum: the kind, the known actors of it, what it closes, and what that is worth."""

    forum: Thing
    kind: Thing
    actors: tuple[Thing, ...]
    closes: tuple[Finding, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody to ask, and the questions that the answer closes whatever it is."""

    whom: Thing
    of_forum: bool
    closes: tuple[Finding, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Plan:
    """At most n invitations and n askings, what the invitations would open, and the gaps that no invitation closes."""

    case: Case
    invitations: tuple[Invitation, ...]
    asks: tuple[Ask, ...]
    opens: tuple[Finding, ...]
    beyond: tuple[Finding, ...]


def weight_of(finding: Finding) -> int:
    """Return what closing a finding is worth (see `WEIGHTS`); 0 for what is not open."""
    code = last_part(finding.obligation.iri) if finding.obligation else "kan"
    return WEIGHTS.get(finding.kind, {}).get(code, 0)


def _is_invitable(finding: Finding) -> bool:
    """Whether an invitation closes it: a kind of actor known not to be in a forum that exists."""
    on_actor = finding.norm_kind in {"participation", "peers", "at-home"}
    known = finding.outcome in GAPS and finding.kind in {Kind.GAP, Kind.COMPARISON}
    return on_actor and known and finding.forum is not None and finding.actor_type is not None


def suggest(case: Case, n: int, *, peers: Peers | None = None) -> Plan:
    """Return the at most n invitations that together close most, weighted, and the at most n best askings.

    Maximum weighted coverage, solved as an integer programme: maximise the sum of w_i y_i where y_i is at most the sum
    of the chosen x_j that close i, with at most n chosen; among those of equal worth the fewest, then the first by
    weight, forum and kind. Each invitation is judged by the rules themselves, on a supposed copy of the report. Nothing
    is suggested for a forum whose list is open and does not name the actor: that is a question. Whether an invitation
    is wise, and whether who is invited would come, is not said.

    Reference: Church, R. & ReVelle, C. (1974), The maximal covering location problem, Papers of the Regional Science
    Association 32, 101-118.
    """
    near = local(case)
    before = judge(near, peers)
    candidates = _candidates(near, before, peers)
    chosen = best_cover([{each.id: weight_of(each) for each in candidate.closes} for candidate in candidates], n)
    invitations = tuple(candidates[index] for index in chosen)
    known = {each.id for each in before if is_open(each)}
    after = judge(suppose(near, [Join(each.kind, each.forum) for each in invitations]), peers) if invitations else []
    opens = tuple(mark(each) for each in after if is_open(each) and each.id not in known)
    reached = {each.id for candidate in candidates for each in candidate.closes}
    beyond = tuple(each for each in before if each.is_gap and each.id not in reached)
    return Plan(case, invitations, tuple(asks(before)[:n]), opens, beyond)


def _candidates(case: Case, before: Sequence[Finding], peers: Peers | None) -> list[Invitation]:
    """Return the invitations worth making, none closing only what another to the same forum closes too.

    Who joins a forum closes nothing of another: only the findings on that forum are judged anew.
    """
    invitable = {each.id: each for each in before if _is_invitable(each)}
    wanted: dict[Thing, set[Thing]] = {}
    for each in invitable.values():
        if each.forum and each.actor_type:
            wanted.setdefault(each.forum, set()).add(each.actor_type)
    found = []
    for forum, kinds in sorted(wanted.items()):
        for kind in sorted(kinds):
            joined = judge(suppose(case, [Join(kind, forum)]), peers, only={forum.iri})
            after = {each.id for each in joined if is_open(each)}
            closes = tuple(each for key, each in invitable.items() if each.forum == forum and key not in after)
            if closes:
                weight = sum(weight_of(each) for each in closes)
                found.append(Invitation(forum, kind, _known(case, kind), closes, weight))
    found.sort(key=lambda each: (-each.weight, each.forum, each.kind))
    kept: list[Invitation] = []
    for invitation in found:
        ids = {closed.id for closed in invitation.closes}
        if not any(ids <= {closed.id for closed in other.closes} for other in kept):
            kept.append(invitation)
    return kept


def _known(case: Case, kind: Thing) -> tuple[Thing, ...]:
    """Return the actors of a kind that sit in the municipality's other forums."""

    def sits(actor: Actor) -> bool:
        return any(
            meets(kind.iri, actor, each.types, case.tree, case.records, municipality=case.source.municipality.iri)
            is True
            for description in case.graph.neighbors(actor.thing.iri)
            for each in case.graph.edges[actor.thing.iri, description]["memberships"]
            if each.current and case.graph.nodes[description]["forum"].running
        )

    return tuple(actor.thing for actor in actors(case.graph) if sits(actor))


def asks(before: Iterable[Finding]) -> list[Ask]:
    """Return whom to ask about the questions, those first whose answers are worth most."""
    by_whom: dict[tuple[Thing, bool], list[Finding]] = {}
    for each in before:
        if each.kind is Kind.QUESTION and each.reason not in BEYOND_ASKING:
            by_whom.setdefault(_whom(each), []).append(each)
    found = [
        Ask(
            whom,
            of_forum,
            tuple(sorted(closes, key=lambda each: (-weight_of(each), each.id))),
            sum(weight_of(each) for each in closes),
        )
        for (whom, of_forum), closes in by_whom.items()
    ]
    return sorted(found, key=lambda each: (-each.weight, each.whom))


def _whom(finding: Finding) -> tuple[Thing, bool]:
    """Return whom a question is for: whoever runs the forum, the body, or an actor outside whose duty it is."""
    if finding.forum:
        return finding.forum, True
    kind = finding.actor_type
    if finding.norm_kind == "duty" and kind and kind.iri not in MUNICIPAL | {MUNICIPALITY}:
        return kind, False
    return finding.body or finding.municipality, False


def best_cover(covers: Sequence[Mapping[str, int]], n: int) -> list[int]:
    """Return the indices of at most n covers whose union weighs most: fewest first, then the first in order.

    Each cover maps what it covers to its weight, a positive whole number, the same in every cover.

    >>> best_cover([{"a": 3, "b": 2}, {"b": 2, "c": 2}, {"a": 3, "c": 2}, {"d": 1}], 2)
    [0, 1]
    >>> best_cover([{"a": 3}, {"a": 3}], 2)
    [0]
    """
    if n < 1 or not covers:
        return []
    best = _solve(covers, n, {})
    fixed: dict[int, int] = {}
    for index in range(len(covers)):
        if sum(fixed.values()) == n or _worth(covers, fixed, n) == best:
            break
        fixed[index] = 1
        if _solve(covers, n, fixed) < best:
            fixed[index] = 0
    return [index for index, taken in fixed.items() if taken]


def _worth(covers: Sequence[Mapping[str, int]], fixed: Mapping[int, int], n: int) -> int:
    taken = [index for index, each in fixed.items() if each]
    union = {key: weight for index in taken for key, weight in covers[index].items()}
    return sum(union.values()) * (n + 1) - len(taken)


def _solve(covers: Sequence[Mapping[str, int]], n: int, fixed: Mapping[int, int]) -> int:
    """Return the worth of the best choice with some covers taken (1) or left (0).

    It is n + 1 times the weight covered, less one for each cover taken, so that the fewest win among equals.
    """
    import numpy as np  # noqa: PLC0415  only a suggestion needs it
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  only a suggestion needs it
    from scipy.sparse import lil_array  # noqa: PLC0415  only a suggestion needs it

    weights: dict[str, int] = {}
    for each in covers:
        weights.update(each)
    rows = {key: row for row, key in enumerate(sorted(weights))}
    x, y = len(covers), len(rows)
    matrix = lil_array((y + 1, x + y))
    for index, each in enumerate(covers):
        matrix[y, index] = 1
        for key in each:
            matrix[rows[key], index] = -1
    for row in range(y):
        matrix[row, x + row] = 1
    upper = np.zeros(y + 1)
    upper[y] = n
    low, high = np.zeros(x + y), np.ones(x + y)
    for index, taken in fixed.items():
        low[index] = high[index] = taken
    worth = np.concatenate([np.ones(x), [-(n + 1.0) * weights[key] for key in sorted(rows)]])
    integral = np.concatenate([np.ones(x), np.zeros(y)])
    found = milp(
        worth,
        constraints=LinearConstraint(matrix.tocsr(), -np.inf, upper),
        bounds=Bounds(low, high),
        integrality=integral,
        options={"mip_rel_gap": 0.0},
    )
    return round(float(-found.fun))
