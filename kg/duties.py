"""What bodies must have or do, confronted with what a source examined and shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.cases import Case, Verdict, evidence_of, make_finding, when_in_force
from kg.conditions import SINGLE_CASE
from kg.findings import Evidence, Finding, Outcome, Thing
from kg.namespaces import FB, thing
from kg.network import MUNICIPALITY, NOT_RUNNING, POLITICS, actor_of, meets
from kg.norms import Norm, NormKind
from kg.records import Record
from kg.sources import Source
from kg.statements import stated_existence

__all__ = ["find_duties"]

SILENT = frozenset({Outcome.NOT_NAMED, Outcome.NOT_ASSESSABLE, Outcome.OUT_OF_SCOPE})


def _is_board(iri: str) -> bool:
    """Whether a committee is a municipality's executive board, by the contract's IRI pattern."""
    return "/id/namnd/" in iri and iri.endswith("/kommunstyrelsen")


def _bodies(case: Case, norm: Norm) -> list[Thing]:
    """Return the bodies that a norm on a class of bodies concerns in this source."""
    scope = case.source.scope
    audited = sorted(scope.bodies) if scope else []
    if FB.Committee in norm.classes:
        found = [iri for iri in audited if (record := case.records.named.get(iri)) and record.is_a(FB.Committee)]
        return [case.records.thing(iri) for iri in found]
    return [case.source.municipality]


def _served(case: Case) -> set[str]:
    """Return the kinds of the administrations that serve the audited bodies, and of those bodies themselves."""
    scope = case.source.scope
    bodies = scope.bodies if scope else frozenset[str]()
    serving = [each for each in case.records.of_class(FB.Administration) if bodies & set(each.all(FB.answersTo))] + [
        case.records.named[iri] for iri in sorted(bodies) if iri in case.records.named
    ]
    return {kind for each in serving for kind in each.all(FB.actorType)}


def _examined(case: Case, norm: Norm) -> bool:
    """Whether the audit behind the source looked at what a norm is about.

    It did if the norm is on the municipality or its committees and the act is among its criteria, or if it audited
    the body that bears the duty and shares a topic with the norm. A duty of the municipality is borne by its executive
    board; what the board must do itself is judged only where the board was audited.
    """
    scope = case.source.scope
    if scope is None:
        return False
    board = case.source.municipality.iri in scope.bodies or any(_is_board(iri) for iri in scope.bodies)
    own = norm.classes & {FB.Municipality, FB.Committee}
    if own and norm.acts & scope.criteria and (board or norm.actor_type != POLITICS or FB.Committee in norm.classes):
        return True
    if norm.topics and not norm.topics & scope.topics:
        return False
    if FB.Committee in norm.classes:
        return True
    if FB.Municipality in norm.classes:
        return board if norm.actor_type in {"", MUNICIPALITY, POLITICS} else norm.actor_type in _served(case)
    return any(
        (record := case.records.named.get(iri))
        and record.all(FB.actorType)
        and norm.actor_type in record.all(FB.actorType)
        for iri in scope.bodies
    )


def _documents(case: Case, norm: Norm) -> Verdict | None:
    """Return the documents of the expected kind that the source names, still valid on its day."""
    found: list[Record] = []
    broader: list[Record] = []
    ended: list[Record] = []
    for name in (FB.GoverningDocument, FB.Agreement):
        for document in case.records.claims_of(case.source.thing.iri, name):
            if document.one(FB.municipality) not in {"", case.source.municipality.iri}:
                continue
            kinds = document.all(FB.documentType)
            through = document.day(FB.validThrough)
            if any(norm.expected in case.tree.broader(kind) for kind in kinds):
                (ended if through and through < case.source.span[0] else found).append(document)
            elif set(kinds) & case.tree.broader(norm.expected):
                broader.append(document)
    if norm.kind is NormKind.DUTY:
        signed = [each for each in found if _names(case, norm, each.all(FB.decidedBy))]
        if signed:
            return _shown(case, Outcome.PRESENT, "", signed)
        joined = [each for each in found if _names(case, norm, each.all(FB.party))]
        return _shown(case, Outcome.NOT_ASSESSABLE, "party-only", joined) if joined else None
    if found:
        return _shown(case, Outcome.PRESENT, "", found)
    if ended:
        return _shown(case, Outcome.NOT_ASSESSABLE, "document-ended", ended)
    return _shown(case, Outcome.NOT_ASSESSABLE, "broader-document", broader) if broader else None


def _names(case: Case, norm: Norm, iris: tuple[str, ...]) -> bool:
    """Whether an actor of the expected kind is among these."""
    actors = (actor_of(case.graph, iri) for iri in iris)
    return any(meets(norm.actor_type, each, each.types, case.tree, case.records) for each in actors)


def _shown(case: Case, outcome: Outcome, reason: str, documents: list[Record]) -> Verdict:
    unique = {each.iri: each for each in documents}
    evidence = tuple(evidence_of(case.records, each, kind="d", about=each.thing.sv) for each in unique.values())
    return Verdict(outcome, reason, None, evidence, "", tuple(each.thing for each in unique.values()))


def _forums(case: Case, norm: Norm) -> Verdict | None:
    """Return the forums of the expected type that the source describes; a proposed one does not exist yet."""
    found = []
    for claim in case.records.claims_of(case.source.thing.iri, FB.ForumDescription):
        forum = case.records.named.get(claim.one(FB.describesForum))
        if forum is None or claim.one(FB.status) in NOT_RUNNING:
            continue
        if forum.one(FB.municipality) not in {"", case.source.municipality.iri}:
            continue
        if any(norm.expected in case.tree.broader(kind) for kind in forum.all(FB.forumType)):
            found.append((claim, forum))
    if not found:
        return None
    evidence = tuple(evidence_of(case.records, claim, kind="b", about=forum.thing.sv) for claim, forum in found)
    return Verdict(Outcome.PRESENT, "", None, evidence, "", tuple(forum.thing for _, forum in found))


def _condition(case: Case, norm: Norm) -> Verdict | None:
    if norm.condition == "endast-lan" and norm.county != case.source.code[:2]:
        return Verdict(Outcome.NOT_APPLICABLE, "other-county")
    if norm.condition in SINGLE_CASE:
        return Verdict(Outcome.NOT_APPLICABLE, "single-case", norm.condition_text)
    if norm.condition == "fritext":
        return Verdict(Outcome.NOT_ASSESSABLE, "condition", norm.condition_text)
    if norm.condition in {"om-infort", "om-bildat"}:
        return Verdict(Outcome.NOT_ASSESSABLE, "condition", norm.condition_text)
    return None


def _within(case: Case, norm: Norm, body: Thing) -> frozenset[str]:
    """Return where a statement speaks of the body: itself, a municipality's board, or any actor of the kind meant."""
    if body.iri != case.source.municipality.iri:
        return frozenset({body.iri})
    if FB.Municipality in norm.classes:
        return frozenset({body.iri, thing("namnd", case.source.code, "kommunstyrelsen")})
    stated = {
        iri
        for claim in case.records.claims_of(case.source.thing.iri, FB.ExistenceClaim)
        for iri in claim.all(FB.existsWithin)
    }
    actors = (actor_of(case.graph, iri) for iri in sorted(stated))
    return frozenset(
        each.thing.iri for each in actors if meets(norm.actor_type, each, each.types, case.tree, case.records)
    )


def _stated(case: Case, norm: Norm, body: Thing) -> Verdict | None:
    """Return what the source says of the thing a norm expects, in statements, documents or forums."""
    return (
        stated_existence(case, norm.expected, _within(case, norm, body))
        or (_documents(case, norm) if "/dokumenttyp/" in norm.expected else None)
        or (_forums(case, norm) if "/forumtyp/" in norm.expected else None)
    )


def _shown_before(case: Case, norm: Norm, body: Thing, earlier: Iterable[Source]) -> tuple[Evidence, ...]:
    """Return what the nearest earlier report on the municipality shows of the thing, where one does."""
    for source in earlier:
        before = _stated(replace(case, source=source), norm, body)
        if before and before.outcome is Outcome.PRESENT:
            return before.evidence
    return ()


def _judge(case: Case, norm: Norm, body: Thing) -> Verdict:
    early = when_in_force(case, norm)
    if early and early.outcome is Outcome.NOT_APPLICABLE:
        return early
    if case.source.municipality.iri in norm.not_for:
        return Verdict(Outcome.NOT_APPLICABLE, "own-source")
    stated = _stated(case, norm, body)
    if (
        stated
        and stated.outcome is Outcome.DENIED
        and norm.kind is NormKind.DUTY
        and "/foreteelse/" not in norm.expected
    ):
        return Verdict(Outcome.NOT_APPLICABLE, "thing-lacking", None, stated.evidence)
    if stated and stated.reason == "judged-otherwise":
        return stated
    if stated and stated.outcome in {Outcome.PRESENT, Outcome.DENIED}:
        return early if early and stated.outcome is Outcome.DENIED else stated
    condition = _condition(case, norm)
    if condition and condition.outcome is Outcome.NOT_APPLICABLE:
        return condition
    if not _examined(case, norm):
        return Verdict(Outcome.OUT_OF_SCOPE, "not-examined")
    return early or stated or condition or Verdict(Outcome.NOT_NAMED, "thing-not-named")


def find_duties(case: Case, norms: list[Norm], earlier: Sequence[Source] = ()) -> Iterator[Finding]:
    """Yield a finding for each norm on a class of bodies and each body of it that the source can speak of.

    Where this source is silent and one of the `earlier` reports (the nearest first) shows the thing, that is named.
    """
    for norm in norms:
        for body in _bodies(case, norm):
            finding = make_finding(case, norm, _judge(case, norm, body), body=body)
            if finding.outcome in SILENT:
                finding = replace(finding, earlier=_shown_before(case, norm, body, earlier))
            yield finding
