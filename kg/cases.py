"""A case and its verdict: what a judgement needs, what it says, and how the two become a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from kg.findings import GAPS, Evidence, Finding, Kind, Outcome, Thing
from kg.namespaces import FB, concept
from kg.network import Forum, TypeTree, build_network, forums_by_source
from kg.norms import MAY, Holds, Norm, holds
from kg.records import Record, Records
from kg.sources import Source

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Case",
    "Verdict",
    "certainty_of",
    "evidence_of",
    "finding_id",
    "kind_of",
    "make_finding",
    "open_cases",
    "when_in_force",
]

CERTAINTY_ORDER = {concept("visshet", code): rank for rank, code in enumerate(("uttalad", "antydd", "tolkad"))}


@dataclass(frozen=True)
class Case:
    """What a judgement needs: records, network, kinds, the source with the forums it describes, the day asked for."""

    records: Records
    graph: nx.Graph
    tree: TypeTree
    source: Source
    forums: tuple[Forum, ...] = ()
    as_of: date | None = None

    @property
    def span(self) -> tuple[date, date]:
        """The days for which norms are taken: the day asked for, or those the source can speak of."""
        return (self.as_of, self.as_of) if self.as_of else self.source.span

    @property
    def outdated(self) -> bool:
        """Whether the day asked for lies after what the source can speak of."""
        return self.as_of is not None and self.as_of > self.source.span[1]


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with the reason and evidence it rests on."""

    outcome: Outcome
    reason: str = ""
    reason_text: Thing | None = None
    evidence: tuple[Evidence, ...] = ()
    attendance: str = ""
    names: tuple[Thing, ...] = field(default=())


def open_cases(records: Records, sources: Sequence[Source], *, as_of: date | None = None) -> list[Case]:
    """Return a case for each source, all on one network of what the sources describe."""
    graph = build_network(records, sources)
    tree, described = TypeTree(records), forums_by_source(graph)
    return [Case(records, graph, tree, each, tuple(described.get(each.thing.iri, ())), as_of) for each in sources]


def evidence_of(records: Records, claim: Record, *, kind: str = "", about: str = "") -> Evidence:
    """Return a claim as evidence: its wording, certainty and sections."""
    certainty = claim.one(FB.certainty)
    return Evidence(
        claim=claim.iri,
        kind=kind or claim.iri.rsplit("/", 1)[-1].partition("-")[0],
        as_stated=claim.text(FB.asStated, "sv"),
        certainty=records.thing(certainty) if certainty else None,
        sections=records.sections(claim),
        about=about,
    )


def kind_of(outcome: Outcome, obligation: str, *, may_be_gap: bool = False) -> Kind:
    """Return how an outcome is to be read: what a norm only allows can be compared, never be a gap."""
    if outcome in {Outcome.PRESENT, Outcome.INFORMS}:
        return Kind.MET
    if outcome is Outcome.NOT_APPLICABLE:
        return Kind.NOT_APPLICABLE
    if outcome is Outcome.OUT_OF_SCOPE:
        return Kind.OUT_OF_SCOPE
    if obligation == MAY and not (may_be_gap and outcome in GAPS):
        return Kind.COMPARISON
    return Kind.GAP if outcome in GAPS else Kind.QUESTION


def finding_id(*iris_or_codes: str) -> str:
    """Return the id of a finding from what it confronts; claims keep their source.

    >>> finding_id("https://w3id.org/forebygg/id/utsaga/vaxjo-2022/b-bra", "BRA-05")
    'vaxjo-2022/b-bra/bra-05'
    """
    return "/".join(each.partition("/id/utsaga/")[2] or each.rsplit("/", 1)[-1].lower() for each in iris_or_codes)


def _rank(certainty: Thing) -> tuple[int, str]:
    return CERTAINTY_ORDER.get(certainty.iri, 0), certainty.iri


def _certainty(case: Case, evidence: Iterable[Evidence], forum: Forum | None) -> Thing | None:
    """Return how sure a finding is: any one of its claims is enough, but the forum's description must hold too."""
    best = min((each.certainty for each in evidence if each.certainty), key=_rank, default=None)
    described = forum.claim.one(FB.certainty) if forum else ""
    links = [each for each in (best, case.records.thing(described) if described else None) if each]
    return max(links, key=_rank, default=None)


def certainty_of(evidence: Iterable[Evidence]) -> Thing | None:
    """Return the certainty of what needs all its claims: that of the weakest, None where no claim states one."""
    return max((each.certainty for each in evidence if each.certainty), key=_rank, default=None)


def make_finding(
    case: Case, norm: Norm, verdict: Verdict, *, forum: Forum | None = None, body: Thing | None = None
) -> Finding:
    """Put norm, source and verdict together; an answer older than the day asked for becomes a question."""
    records, source = case.records, case.source
    if case.outdated and verdict.outcome in GAPS:
        verdict = replace(verdict, outcome=Outcome.NOT_ASSESSABLE, reason="older-source")
    kind = kind_of(verdict.outcome, norm.obligation, may_be_gap=norm.condition == "minst-en-av")
    if case.outdated and kind is Kind.MET:
        kind = Kind.QUESTION
    where = forum.description if forum else f"{source.key}/{(body or source.municipality).iri.rsplit('/', 1)[-1]}"
    subject = finding_id(forum.description, norm.id) if forum else f"{where}/{norm.id.lower()}"
    forum_type = min((forum.types & norm.forum_types if forum else None) or norm.forum_types, default="")
    return Finding(
        id=subject,
        kind=kind,
        outcome=verdict.outcome,
        norm_kind=norm.kind.value,
        municipality=source.municipality,
        report=source.thing,
        observed_on=source.observed_on.isoformat(),
        in_force=holds(norm, case.span) is Holds.YES,
        forum=forum.thing if forum else None,
        body=body,
        description=forum.description if forum else "",
        forum_type=records.thing(forum_type) if forum_type else None,
        actor_type=records.thing(norm.actor_type) if norm.actor_type else None,
        expected=records.thing(norm.expected) if norm.expected else norm.frequency,
        norm=norm.thing,
        norm_statement=norm.statement,
        norm_source=norm.source,
        norm_address=norm.address,
        locator=norm.locator,
        valid_from=norm.valid_from.isoformat() if norm.valid_from else "",
        valid_through=norm.valid_through.isoformat() if norm.valid_through else "",
        obligation=records.thing(norm.obligation),
        basis=records.thing(norm.basis),
        verification=norm.verification,
        certainty=_certainty(case, verdict.evidence, forum),
        evidence=verdict.evidence,
        comparable=norm.evidence_count,
        attendance=verdict.attendance,
        reason=verdict.reason,
        reason_text=verdict.reason_text,
        condition=norm.condition,
        as_of=case.as_of.isoformat() if case.as_of else "",
        names=verdict.names,
    )


def when_in_force(case: Case, norm: Norm) -> Verdict | None:
    """Return the verdict of a norm that the day rules out or leaves in doubt, None where it was in force."""
    held = holds(norm, case.span)
    if held is Holds.YES:
        return None
    if held in {Holds.NOT_YET, Holds.NO_LONGER}:
        return Verdict(Outcome.NOT_APPLICABLE, held.value)
    return Verdict(Outcome.NOT_ASSESSABLE, held.value)
