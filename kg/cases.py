"""A case and its verdict: what a judgement needs, what it says, and how the two become a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.findings import GAPS, Evidence, Finding, Kind, Outcome, Thing
from kg.namespaces import FB, concept, last_part
from kg.network import (
    NOT_RUNNING,
    Flow,
    Forum,
    Membership,
    TypeTree,
    build_network,
    forums_by_source,
    is_of_region,
    members,
    type_tree,
)
from kg.norms import MAY, Holds, Norm, held_in, holds
from kg.records import Record, Records
from kg.sources import Source

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Case",
    "Ground",
    "Verdict",
    "as_of_the_day",
    "certainty_of",
    "evidence_of",
    "finding_id",
    "kind_of",
    "make_finding",
    "open_cases",
    "when_in_force",
]

REPORTING = concept("styrning", "rapportering")
CERTAINTY_ORDER = {concept("visshet", code): rank for rank, code in enumerate(("uttalad", "antydd", "tolkad"))}


@dataclass(frozen=True)
class Case:
    """What a judgement needs: records, network, kinds, the source with the forums it describes, the day asked for.

    What is looked up again and again is remembered; neither records nor network may change under a case.
    """

    records: Records
    graph: nx.Graph
    tree: TypeTree
    source: Source
    forums: tuple[Forum, ...] = ()
    as_of: date | None = None

    @cached_property
    def span(self) -> tuple[date, date]:
        """The days for which norms are taken: the day asked for, or those the source can speak of."""
        return (self.as_of, self.as_of) if self.as_of else self.source.span

    @cached_property
    def outdated(self) -> bool:
        """Whether the day asked for lies after what the source can speak of."""
        return self.as_of is not None and self.as_of > self.source.span[1]

    @cached_property
    def in_force(self) -> Mapping[str, Holds]:
        """Whether each norm of the records was in force on the days of the case, by IRI."""
        return held_in(self.records, self.span)

    def held(self, norm: Norm) -> Holds:
        """Say whether a norm was in force on the days of the case."""
        return self.in_force.get(norm.thing.iri) or holds(norm, self.span)

    def members(self, forum: Forum) -> list[Membership]:
        """Return the memberships of a forum, in the order of the actors' names."""
        known = self._members.get(forum.description)
        if known is None:
            known = self._members[forum.description] = members(self.graph, forum)
        return known

    def claims_on(self, name: str, about: str, iri: str) -> Sequence[Record]:
        """Return the source's claims of a class that name an IRI in a property, in the order of their IRIs."""
        known = self._claims_on.get((name, about))
        if known is None:
            known = self._claims_on[name, about] = {}
            for claim in self.records.claims_of(self.source.thing.iri, name):
                for each in claim.all(about):
                    known.setdefault(each, []).append(claim)
        return known.get(iri, ())

    @cached_property
    def flows_to(self) -> dict[str, list[Flow]]:
        """The flows of information that the source tells of, by where they end."""
        found: dict[str, list[Flow]] = {}
        for flow in self.graph.graph["flows"].get(self.source.thing.iri, ()):
            found.setdefault(flow.end, []).append(flow)
        return found

    @cached_property
    def reporting(self) -> list[Record]:
        """What the source says of who reports to whom, without what had ended before its day."""
        return [
            each
            for each in self.records.claims_of(self.source.thing.iri, FB.SteeringRelation)
            if REPORTING in each.all(FB.steeringKind)
            and not ((ended := each.day(FB.validThrough)) and ended < self.source.observed_on)
        ]

    @cached_property
    def documents(self) -> list[tuple[Record, frozenset[str]]]:
        """The municipality's documents and agreements that the source names, with their kinds and all broader ones."""
        return [
            (each, self.tree.all_broader(frozenset(each.all(FB.documentType))))
            for name in (FB.GoverningDocument, FB.Agreement)
            for each in self.records.claims_of(self.source.thing.iri, name)
            if each.one(FB.municipality) in {"", self.source.municipality.iri}
        ]

    @cached_property
    def documented(self) -> frozenset[str]:
        """The kinds of the municipality's documents that the source names, with all broader ones."""
        return frozenset(kind for _, kinds in self.documents for kind in kinds)

    @cached_property
    def running(self) -> list[tuple[Record, Record, frozenset[str]]]:
        """The municipality's forums that the source describes as running: description, forum, kinds and all broader."""
        found = []
        for claim in self.records.claims_of(self.source.thing.iri, FB.ForumDescription):
            forum = self.records.named.get(claim.one(FB.describesForum))
            if forum is None or claim.one(FB.status) in NOT_RUNNING:
                continue
            if forum.one(FB.municipality) in {"", self.source.municipality.iri}:
                found.append((claim, forum, self.tree.all_broader(frozenset(forum.all(FB.forumType)))))
        return found

    def may_be_in(self, forum: Forum, expected: str) -> bool:
        """Whether any current member of a forum meets an actor type, or may as far as its kind is known."""
        if expected not in self.tree.actor_kinds:
            return True
        known = self._kinds.get(forum.description)
        if known is None:
            known = set()
            for each in self.members(forum):
                if each.current:
                    of_region = is_of_region(each.actor, self.records)
                    known.update(*self.tree.answers(each.actor.classes, each.types, of_region))
            self._kinds[forum.description] = known
        return expected in known

    @cached_property
    def derived(self) -> dict[tuple[str, str], Any]:
        """What others make of the case and want to make once: by what it is and the IRI."""
        return {}

    @cached_property
    def _kinds(self) -> dict[str, set[str]]:
        return {}

    @cached_property
    def denied_in(self) -> frozenset[str]:
        """Where the source says that someone does not take part or that something is lacking."""
        denials = self.records.claims_of(self.source.thing.iri, FB.NonMembership)
        absences = self.records.claims_of(self.source.thing.iri, FB.AbsenceClaim)
        where = *((FB.excludedFrom, each) for each in denials), *((FB.absentWithin, each) for each in absences)
        return frozenset(iri for about, each in where for iri in each.all(about))

    @cached_property
    def existing(self) -> frozenset[str]:
        """The kinds of thing that the source says exist, with all broader ones."""
        claims = self.records.claims_of(self.source.thing.iri, FB.ExistenceClaim)
        return self.tree.all_broader(frozenset(kind for each in claims for kind in each.all(FB.existing)))

    @cached_property
    def lacking(self) -> frozenset[str]:
        """The kinds of thing that the source says are lacking."""
        claims = self.records.claims_of(self.source.thing.iri, FB.AbsenceClaim)
        return frozenset(kind for each in claims for kind in each.all(FB.absent))

    def speaks_of(self, expected: str) -> bool:
        """Whether the source says anywhere that a kind of thing exists or is lacking."""
        return expected in self.existing or not self.lacking.isdisjoint(self.tree.broader(expected))

    @cached_property
    def _members(self) -> dict[str, list[Membership]]:
        return {}

    @cached_property
    def _claims_on(self) -> dict[tuple[str, str], dict[str, list[Record]]]:
        return {}


Ground = tuple[Record, str, str]
"""A claim that a verdict rests on, its kind ("" where its IRI tells) and whom or what it is about ("" if needless)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with its reason and the claims it rests on; whoever only counts outcomes need not read those."""

    outcome: Outcome
    reason: str = ""
    reason_text: Thing | None = None
    grounds: tuple[Ground, ...] = ()
    attendance: str = ""
    names: tuple[Thing, ...] = field(default=())

    def evidence(self, records: Records) -> tuple[Evidence, ...]:
        """Return what it rests on as evidence."""
        return tuple(records.evidence(*each) for each in self.grounds)


def open_cases(records: Records, sources: Sequence[Source], *, as_of: date | None = None) -> list[Case]:
    """Return a case for each source, all on one network of what the sources describe."""
    graph = build_network(records, sources)
    tree, described = type_tree(records), forums_by_source(graph)
    return [Case(records, graph, tree, each, tuple(described.get(each.thing.iri, ())), as_of) for each in sources]


def evidence_of(records: Records, claim: Record, *, kind: str = "", about: str = "") -> Evidence:
    """Return a claim as evidence: its wording, certainty and sections."""
    return records.evidence(claim, kind, about)


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
    return "/".join(each.partition("/id/utsaga/")[2] or last_part(each).lower() for each in iris_or_codes)


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


def as_of_the_day(case: Case, verdict: Verdict) -> Verdict:
    """Return the verdict as it stands on the day asked for: an older source shows no gap of that day."""
    if case.outdated and verdict.outcome in GAPS:
        return replace(verdict, outcome=Outcome.NOT_ASSESSABLE, reason="older-source")
    return verdict


def make_finding(
    case: Case, norm: Norm, verdict: Verdict, *, forum: Forum | None = None, body: Thing | None = None
) -> Finding:
    """Put norm, source and verdict together; an answer older than the day asked for becomes a question."""
    records, source = case.records, case.source
    verdict = as_of_the_day(case, verdict)
    evidence = verdict.evidence(records)
    kind = kind_of(verdict.outcome, norm.obligation, may_be_gap=norm.condition == "minst-en-av")
    if case.outdated and kind is Kind.MET:
        kind = Kind.QUESTION
    where = forum.description if forum else f"{source.key}/{last_part((body or source.municipality).iri)}"
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
        in_force=case.held(norm) is Holds.YES,
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
        certainty=_certainty(case, evidence, forum),
        evidence=evidence,
        comparable=norm.evidence_count,
        attendance=verdict.attendance,
        reason=verdict.reason,
        reason_text=verdict.reason_text,
        condition=norm.condition,
        as_of=case.as_of.isoformat() if case.as_of else "",
        names=verdict.names,
        own=source.own,
        general=norm.general,
    )


_OUT_OF_FORCE: dict[Holds, Verdict] = {
    held: Verdict(
        Outcome.NOT_APPLICABLE if held in {Holds.NOT_YET, Holds.NO_LONGER} else Outcome.NOT_ASSESSABLE, held.value
    )
    for held in Holds
    if held is not Holds.YES
}


def when_in_force(case: Case, norm: Norm) -> Verdict | None:
    """Return the verdict of a norm that the day rules out or leaves in doubt, None where it was in force."""
    return _OUT_OF_FORCE.get(case.held(norm))
