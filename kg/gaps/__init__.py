"""All norms and comparisons confronted with what the chosen sources say, in a total order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.cases import Case, Verdict, make_finding
from kg.decisions import read_decisions, with_decisions
from kg.findings import GAPS, Finding, Kind, Outcome
from kg.gaps.comparisons import Peers, find_at_home, find_peers
from kg.gaps.conditions import PARTS, Kinds, concerns, kinds_of
from kg.gaps.duties import find_duties
from kg.gaps.expectations import counts_as_practice_of_nobody, judge_duty_of_forum, judge_frequency, judge_participation
from kg.network import Forum, TypeTree, forums_by_source, type_tree
from kg.norms import Norm, NormKind, list_norms
from kg.records import Records
from kg.sources import Source, list_sources

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["NormsByKind", "decide_together", "find_gaps", "judge_forum", "norms_to_judge"]

JUDGES = {
    NormKind.PARTICIPATION: judge_participation,
    NormKind.FREQUENCY: judge_frequency,
    NormKind.DUTY: judge_duty_of_forum,
}
NOT_APPLICABLE = Outcome.NOT_APPLICABLE
GROUPED = PARTS | {"minst-en-av"}
KIND_ORDER = tuple(Kind)
OUTCOME_ORDER = (
    *(Outcome.DENIED, Outcome.MISSING, Outcome.NOT_NAMED, Outcome.NOT_ASSESSABLE, Outcome.PRESENT, Outcome.INFORMS),
    *(Outcome.NOT_APPLICABLE, Outcome.OUT_OF_SCOPE),
)


def find_gaps(
    records: Records,
    graph: nx.Graph,
    sources: Sequence[Source],
    *,
    everywhere: Sequence[Source] = (),
    peers: Peers | None = None,
    as_of: date | None = None,
    only: Set[str] = frozenset(),
    tree: TypeTree | None = None,
) -> list[Finding]:
    """Confront every norm with every description and body of the sources, and add the two comparisons.

    Peers are looked for among the descriptions of `everywhere`, whose sources must be in `graph`, or are given in
    `peers` where they have been gathered already. Returns findings of every kind, ordered by source, kind, outcome,
    name and id. A norm on practice that no other source shares is left out. With IRIs in `only`, nothing but these
    forums is judged, and no body. `tree` is that of the records, where it has been read already.
    """
    of_forums, of_bodies = norms_to_judge(records)
    tree = tree or type_tree(records)
    described = forums_by_source(graph)
    if peers is None:
        peers = Peers(records, graph, [each for source in everywhere for each in described.get(source.thing.iri, ())])
    by_municipality: dict[str, list[Source]] = {}
    for each in list_sources(records) if not only else ():
        by_municipality.setdefault(each.municipality.iri, []).append(each)
    found: list[Finding] = []
    for source in sources:
        case = Case(records, graph, tree, source, tuple(described.get(source.thing.iri, ())), as_of)
        chosen = [each for each in case.forums if not only or each.thing.iri in only]
        judged = [each for forum in chosen for each in _with_disagreements(_of_forum(case, of_forums, forum))]
        told = {(each.description, each.actor_type.iri) for each in judged if each.is_gap and each.actor_type}
        home = list(find_at_home(case, told, only=only))
        told |= {(each.description, each.actor_type.iri) for each in home if each.actor_type}
        duties = find_duties(case, of_bodies, _earlier(by_municipality, source)) if not only else ()
        found.extend((*judged, *duties, *home, *find_peers(case, peers, told, only=only)))
    return with_decisions(sorted(found, key=_order), read_decisions(records))


def _earlier(by_municipality: Mapping[str, Sequence[Source]], source: Source) -> list[Source]:
    """Return the earlier reports on the same municipality, the nearest first."""
    same = by_municipality.get(source.municipality.iri, ())
    return [each for each in reversed(same) if each.observed_on < source.observed_on]


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    """Order by report, then gaps first, then by how much the source says, then by name and id."""
    name = (finding.forum or finding.body or finding.municipality).sv
    return finding.report.iri, KIND_ORDER.index(finding.kind), OUTCOME_ORDER.index(finding.outcome), name, finding.id


def norms_to_judge(records: Records) -> tuple[NormsByKind, list[Norm]]:
    """Return the norms on kinds of forum and those on classes of bodies, without practice that nobody shares."""
    known: tuple[NormsByKind, list[Norm]] | None = records.derived.get(("norms to judge", ""))
    if known is None:
        known = records.derived["norms to judge", ""] = _norms_to_judge(records)
    return known


def _norms_to_judge(records: Records) -> tuple[NormsByKind, list[Norm]]:
    norms = [norm for norm in list_norms(records) if not counts_as_practice_of_nobody(norm)]
    of_bodies = [norm for norm in norms if norm.classes and not norm.forum_types]
    return NormsByKind(norm for norm in norms if norm.forum_types), of_bodies


class NormsByKind:
    """The norms on forums, looked up once for all forums of the same kinds."""

    def __init__(self, norms: Iterable[Norm]) -> None:
        self._norms = tuple(norms)
        self._about: dict[Kinds, tuple[list[Norm], bool]] = {}

    def __iter__(self) -> Iterator[Norm]:
        return iter(self._norms)

    def about(self, case: Case, forum: Forum) -> tuple[list[Norm], bool]:
        """Return the norms that concern a forum, in their order, and whether one of them decides on another."""
        return self.about_kinds(kinds_of(case, forum))

    def about_kinds(self, kinds: Kinds) -> tuple[list[Norm], bool]:
        """Return the norms that concern forums of these kinds, and whether one of them decides on another."""
        if kinds not in self._about:
            norms = [norm for norm in self._norms if concerns(norm, kinds)]
            self._about[kinds] = norms, any(norm.condition in GROUPED for norm in norms)
        return self._about[kinds]


def judge_forum(case: Case, norms: NormsByKind, forum: Forum) -> list[tuple[Norm, Verdict]]:
    """Confront the norms that concern a forum with what the source says of it, and let those of a group decide."""
    concerned, grouped = norms.about(case, forum)
    judged = [(norm, JUDGES[norm.kind](case, norm, forum)) for norm in concerned]
    return decide_together(judged) if grouped else judged


def decide_together(judged: list[tuple[Norm, Verdict]]) -> list[tuple[Norm, Verdict]]:
    """Let the norms of a group and those on a part decide on the others, once each has been judged by itself."""
    return list(_part_decides(_one_is_enough(judged)))


def _of_forum(case: Case, norms: NormsByKind, forum: Forum) -> list[tuple[Norm, Finding]]:
    judged = judge_forum(case, norms, forum)
    return [(norm, make_finding(case, norm, verdict, forum=forum)) for norm, verdict in judged]


def _one_is_enough(judged: list[tuple[Norm, Verdict]]) -> Iterator[tuple[Norm, Verdict]]:
    """Let one met norm of a group meet the others of it; they are missing only where all are."""
    by_id = {norm.id: verdict for norm, verdict in judged}
    for norm, verdict in judged:
        others = [by_id[each] for each in norm.group - {norm.id} if each in by_id]
        if norm.condition != "minst-en-av" or verdict.outcome is Outcome.PRESENT or not others:
            yield norm, verdict
        elif any(other.outcome is Outcome.PRESENT for other in others):
            yield norm, Verdict(Outcome.NOT_APPLICABLE, "group-met", norm.condition_text, verdict.grounds)
        elif verdict.outcome in GAPS and not all(other.outcome in GAPS for other in others):
            yield norm, replace(verdict, outcome=Outcome.NOT_NAMED, reason="open-list")
        else:
            yield norm, verdict


def _part_decides(judged: Iterable[tuple[Norm, Verdict]]) -> Iterator[tuple[Norm, Verdict]]:
    """Leave out the norm on the whole forum where one on the described part asks for the same actor."""
    given = list(judged)
    parts = {
        (norm.actor_type, norm.forum_types)
        for norm, verdict in given
        if norm.condition in PARTS and norm.kind is NormKind.PARTICIPATION and verdict.outcome is not NOT_APPLICABLE
    }
    for norm, verdict in given:
        same = norm.kind is NormKind.PARTICIPATION and (norm.actor_type, norm.forum_types) in parts
        if same and norm.condition not in PARTS:
            yield norm, Verdict(NOT_APPLICABLE, "part-decides", None, verdict.grounds)
        else:
            yield norm, verdict


def _with_disagreements(judged: list[tuple[Norm, Finding]]) -> Iterator[Finding]:
    """Name both where two norms want the same actor or thing of a forum with different strength."""

    def wanted_by(norm: Norm) -> tuple[NormKind, str]:
        return norm.kind, norm.actor_type or norm.expected or (norm.frequency.iri if norm.frequency else "")

    wanted: dict[tuple[NormKind, str], list[Norm]] = {}
    for norm, finding in judged:
        if finding.outcome is not NOT_APPLICABLE:
            wanted.setdefault(wanted_by(norm), []).append(norm)
    for norm, finding in judged:
        rivals = [each for each in wanted.get(wanted_by(norm), ()) if each.obligation != norm.obligation]
        if rivals and finding.kind in {Kind.GAP, Kind.QUESTION, Kind.COMPARISON}:
            yield replace(finding, rivals=tuple(each.statement for each in rivals))
        else:
            yield finding
