"""The auditors' findings and recommendations beside our own: what both found, and what only one of us did.

Ours are the gaps on norms and the remarks on governance. Neither reads a verdict, so the two can be compared. They are
matched by what they concern: statements, kinds of thing within bodies, forums and documents; topics keep apart what is
said of different matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from kg.audit.matters import Matter, Ours, is_silence, matter_judged, matter_of, related, same_matter
from kg.cases import Case, evidence_of, finding_id
from kg.findings import Evidence, Finding, Kind, Outcome, Remark, Standing, Thing
from kg.gaps import find_gaps
from kg.governance import find_governance
from kg.namespaces import FB, SKOS, concept
from kg.records import Record

__all__ = ["Judgement", "Link", "Match", "Ours", "Reason", "Review", "review", "reviews"]

SATISFIED = frozenset(concept("utslag", code) for code in ("uppfyllt", "i-allt-vasentligt"))
OF_AUDITORS = concept("underlag", "granskarens-bedomning")


class Match(StrEnum):
    """Whether we find what the auditors found."""

    MET = "met"
    PARTLY = "partly"
    NOT_FOUND = "not-found"
    SATISFIED = "satisfied"


class Reason(StrEnum):
    """What joins a finding of the auditors to one of ours, the strongest first; the first two say the same (`SAME`)."""

    SAME_CLAIM = "same-claim"
    SAME_KIND = "same-kind"
    ASKED = "asked"
    OWN_WORDS = "own-words"
    SAME_THING = "same-thing"
    KIND_ELSEWHERE = "kind-elsewhere"


SAME = frozenset({Reason.SAME_CLAIM, Reason.SAME_KIND})


@dataclass(frozen=True, slots=True)
class Link:
    """One of ours that answers a finding of the auditors, why, and the things that both are about."""

    ours: Ours
    reason: Reason
    through: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """One finding or recommendation of the auditors with what we find of it.

    `comparable` is false where it points at nothing that ours could be about, such as a judgement of the whole.
    """

    id: str
    recommendation: bool
    label: Thing
    verdict: Thing | None
    bodies: tuple[Thing, ...]
    evidence: Evidence
    match: Match
    comparable: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """One report: the auditors' judgements in the order of the report, what we alone found, and what we only ask.

    `alone` are gaps, and remarks that do not rest on silence, without any tie to a judgement that finds fault;
    `asked` counts the remarks that rest on silence and have no such tie.
    """

    municipality: Thing
    report: Thing
    observed_on: str
    judgements: tuple[Judgement, ...]
    alone: tuple[Ours, ...]
    asked: int

    def count(self, match: Match) -> int:
        """Return how many judgements have a match of this kind."""
        return sum(each.match is match for each in self.judgements)


def reviews(cases: Sequence[Case]) -> list[Review]:
    """Return a review of each case whose report holds judgements of auditors, in the order of the cases.

    The gaps are those of the norms in force on the day of each report, or on the day that the cases ask for.
    """
    if not cases:
        return []
    first = cases[0]
    found = find_gaps(first.records, first.graph, [each.source for each in cases], as_of=first.as_of)
    by_report: dict[str, list[Finding]] = {}
    for finding in found:
        by_report.setdefault(finding.report.iri, []).append(finding)
    done = (review(each, by_report.get(each.source.thing.iri, ()), find_governance(each)) for each in cases)
    return [each for each in done if each.judgements]


def review(case: Case, findings: Iterable[Finding], remarks: Iterable[Remark]) -> Review:
    """Lay the judgements of one report beside findings and remarks on the same report.

    A judgement of "met" or "met in all essentials" is not to be found, only shown with what we find of the same thing.
    Gaps and silent questions take part; what is met, not applicable or a comparison does not. A finding that itself
    rests on a judgement is left out, and so is a remark that repeats the statement a gap rests on. A missing
    membership matters only through the gaps and remarks that it makes. Not checked: whether the wording of a judgement
    says more than what it is recorded to concern.
    """
    ours_on_norms = [each for each in findings if each.is_gap or _asks(each)]
    told_by_gaps = {claim for each in ours_on_norms if each.is_gap for claim in each.claims}
    candidates: list[Ours] = [*ours_on_norms, *(each for each in remarks if not _repeats(each, told_by_gaps))]
    ours = [(each, matter_of(case, each)) for each in candidates if not _rests_on_judgement(case, each)]
    judgements = [
        _judge(case, claim, ours)
        for name in (FB.AuditFinding, FB.Recommendation)
        for claim in case.records.claims_of(case.source.thing.iri, name)
    ]
    told = {link.ours.id for each in judgements if each.match is not Match.SATISFIED for link in each.links}
    alone = [each for each, _ in ours if each.id not in told]
    source = case.source
    return Review(
        municipality=source.municipality,
        report=source.thing,
        observed_on=source.observed_on.isoformat(),
        judgements=tuple(sorted(judgements, key=_order)),
        alone=tuple(each for each in alone if not is_silence(each)),
        asked=sum(isinstance(each, Remark) and is_silence(each) for each in alone),
    )


def _order(judgement: Judgement) -> tuple[bool, list[str], str]:
    return judgement.recommendation, [each.number for each in judgement.evidence.sections], judgement.id


def _asks(finding: Finding) -> bool:
    """Whether a finding asks for a thing that the report passes over in silence."""
    return finding.kind is Kind.QUESTION and finding.outcome is Outcome.NOT_NAMED and finding.expected is not None


def _repeats(remark: Remark, told: Set[str]) -> bool:
    """Whether a remark only repeats a statement that a gap rests on."""
    return remark.standing is Standing.STATED and set(remark.claims) <= told


def _is_judgement(claim: Record) -> bool:
    return claim.is_a(FB.AuditFinding) or claim.is_a(FB.Recommendation)


def _rests_on_judgement(case: Case, ours: Ours) -> bool:
    claims = case.records.claims.get(case.source.thing.iri, {})
    return any(each in claims and _is_judgement(claims[each]) for each in ours.claims)


def _judge(case: Case, claim: Record, ours: Sequence[tuple[Ours, Matter]]) -> Judgement:
    theirs = matter_judged(case, claim)
    links = [link for each, matter in ours if (link := _link(case, theirs, each, matter))]
    order = tuple(Reason)
    links.sort(key=lambda each: order.index(each.reason))
    verdict = claim.one(FB.verdict)
    if verdict in SATISFIED:
        match, links = Match.SATISFIED, [each for each in links if not is_silence(each.ours)]
    elif any(each.reason in SAME for each in links):
        match = Match.MET
    else:
        match = Match.PARTLY if links else Match.NOT_FOUND
    bodies = dict.fromkeys((*claim.all(FB.auditedBody), *claim.all(FB.directedAt)))
    return Judgement(
        id=finding_id(claim.iri),
        recommendation=claim.is_a(FB.Recommendation),
        label=_label(case, claim),
        verdict=case.records.thing(verdict) if verdict else None,
        bodies=tuple(map(case.records.thing, bodies)),
        evidence=evidence_of(case.records, claim),
        match=match,
        comparable=not theirs.empty,
        links=tuple(links),
    )


def _label(case: Case, claim: Record) -> Thing:
    """Name a judgement: by its own label, the question it answers, or its words in the report."""
    if claim.text(SKOS.prefLabel, "sv"):
        return claim.thing
    question = case.records.named.get(claim.one(FB.answersQuestion))
    if question:
        return Thing(claim.iri, question.thing.sv, question.thing.en)
    if claim.is_a(FB.Recommendation) and claim.text(FB.asStated, "sv"):
        return Thing(claim.iri, claim.text(FB.asStated, "sv"))
    return Thing(claim.iri, "Samlad bedömning", "Overall judgement")


def _link(case: Case, theirs: Matter, ours: Ours, matter: Matter) -> Link | None:
    """Return what joins one of ours to a judgement, None where nothing does."""

    def link(reason: Reason, iris: Iterable[str]) -> Link:
        return Link(ours, reason, tuple(sorted(map(case.records.thing, iris), key=lambda each: (each.sv, each.iri))))

    shared = theirs.statements & matter.statements
    kinds = related(case.tree, theirs.kinds, matter.kinds)
    if shared:
        own = isinstance(ours, Remark) and all(_is_of_auditors(case, each) for each in shared)
        return link(Reason.OWN_WORDS if own else Reason.SAME_CLAIM, kinds)
    silent = is_silence(ours)
    if kinds:
        if not same_matter(case, theirs, matter):
            return None if silent else link(Reason.KIND_ELSEWHERE, kinds)
        if silent:
            of_forum = isinstance(ours, Remark) and ours.code == "unstated" and not theirs.things & matter.things
            return None if of_forum else link(Reason.ASKED, kinds)
        repeats = (
            isinstance(ours, Remark)
            and matter.statements
            and all(_is_of_auditors(case, each) for each in matter.statements)
        )
        return link(Reason.OWN_WORDS if repeats else Reason.SAME_KIND, kinds)
    things = theirs.things & matter.things
    return link(Reason.SAME_THING, things) if things and not silent else None


def _is_of_auditors(case: Case, claim: str) -> bool:
    return case.records.claims[case.source.thing.iri][claim].one(FB.evidenceBasis) == OF_AUDITORS
