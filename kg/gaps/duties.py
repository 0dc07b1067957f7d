"""What bodies must have or do, confronted with what a source examined and shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.cases import Case, Verdict, make_finding, when_in_force
from kg.findings import Evidence, Finding, Outcome, Thing
from kg.gaps.conditions import OWN_SOURCE, SINGLE_CASE
from kg.gaps.statements import stated_existence
from kg.namespaces import FB, thing
from kg.network import MUNICIPALITY, POLITICS, actor_of, meets
from kg.norms import Norm, NormKind
from kg.records import Record
from kg.sources import Source

__all__ = ["examined_alike", "find_duties", "judge_duties", "may_be_stated", "settle_duty"]

_NOT_EXAMINED = Verdict(Outcome.OUT_OF_SCOPE, "not-examined")
_NOT_NAMED = Verdict(Outcome.NOT_NAMED, "thing-not-named")
_NOT_DESCRIBED = Verdict(Outcome.OUT_OF_SCOPE, "not-described")
SILENT = frozenset({Outcome.NOT_NAMED, Outcome.NOT_ASSESSABLE, Outcome.OUT_OF_SCOPE})


def _is_board(iri: str) -> bool:
    """Whether a committee is a municipality's executive board, by the contract's IRI pattern."""
    return "/id/namnd/" in iri and iri.endswith("/kommunstyrelsen")


def _bodies(case: Case, norm: Norm) -> list[Thing]:
    """Return the bodies that a norm on a class of bodies concerns in this source."""
    if FB.Committee not in norm.classes:
        return [case.source.municipality]
    known: list[Thing] | None = case.derived.get(("audited committees", ""))
    if known is None:
        audited = sorted(case.source.scope.bodies) if case.source.scope else []
        found = [iri for iri in audited if (record := case.records.named.get(iri)) and record.is_a(FB.Committee)]
        known = case.derived["audited committees", ""] = [case.records.thing(iri) for iri in found]
    return known


def _audits_board(case: Case) -> bool:
    """Whether the municipality or its executive board is among the audited bodies."""
    known: bool | None = case.derived.get(("board audited", ""))
    if known is None:
        bodies = case.source.scope.bodies if case.source.scope else frozenset[str]()
        found = case.source.municipality.iri in bodies or any(_is_board(iri) for iri in bodies)
        known = case.derived["board audited", ""] = found
    return known


def _served(case: Case) -> set[str]:
    """Return the kinds of the administrations that serve the audited bodies, and of those bodies themselves."""
    known: set[str] | None = case.derived.get(("kinds served", ""))
    if known is None:
        bodies = case.source.scope.bodies if case.source.scope else frozenset[str]()
        serving = [each for iri in bodies for each in case.records.of_class_on(FB.Administration, FB.answersTo, iri)]
        serving += [case.records.named[iri] for iri in bodies if iri in case.records.named]
        known = case.derived["kinds served", ""] = {kind for each in serving for kind in each.all(FB.actorType)}
    return known


def _examined(case: Case, norm: Norm) -> bool:
    """Whether the audit behind the source looked at what a norm is about.

    It did if the norm is on the municipality or its committees and the act is among its criteria, or if it audited
    the body that bears the duty. A norm that names topics must share one with the audit either way, since a criterion
    is a whole act: an audit of truancy by the Education Act did not look at every duty in it. A duty of the
    municipality is borne by its executive board; what the board must do itself is judged only where it was audited.
    A description of one's own has no audit behind it: it is asked of every duty of the municipality but the general
    ones of its politics, as of everything that it could tell.
    """
    scope = case.source.scope
    if case.source.own:
        return FB.Municipality in norm.classes and not norm.general
    if scope is None:
        return False
    if norm.topics and not norm.topics & scope.topics:
        return False
    board = _audits_board(case)
    own = norm.classes & {FB.Municipality, FB.Committee}
    if own and norm.acts & scope.criteria and (board or norm.actor_type != POLITICS or FB.Committee in norm.classes):
        return True
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


def examined_alike(case: Case) -> tuple[object, ...]:
    """Return what decides which duties of the municipality the audit looked at: the same for cases that are alike."""
    scope = case.source.scope
    if case.source.own or scope is None:
        return case.source.own, scope is None
    kinds = frozenset(record.all(FB.actorType) for iri in scope.bodies if (record := case.records.named.get(iri)))
    return scope.criteria, scope.topics, _audits_board(case), frozenset(_served(case)), kinds


def _documents(case: Case, norm: Norm) -> Verdict | None:
    """Return the documents of the expected kind that the source names, still valid on its day."""
    if case.documented.isdisjoint(case.tree.broader(norm.expected)):
        return None
    found: list[Record] = []
    broader: list[Record] = []
    ended: list[Record] = []
    for document, kinds in case.documents:
        if norm.expected in kinds:
            through = document.day(FB.validThrough)
            (ended if through and through < case.source.span[0] else found).append(document)
        elif not case.tree.broader(norm.expected).isdisjoint(document.all(FB.documentType)):
            broader.append(document)
    if norm.kind is NormKind.DUTY:
        signed = [each for each in found if _names(case, norm, each.all(FB.decidedBy))]
        if signed:
            return _shown(Outcome.PRESENT, "", signed)
        joined = [each for each in found if _names(case, norm, each.all(FB.party))]
        return _shown(Outcome.NOT_ASSESSABLE, "party-only", joined) if joined else None
    if found:
        return _shown(Outcome.PRESENT, "", found)
    if ended:
        return _shown(Outcome.NOT_ASSESSABLE, "document-ended", ended)
    return _shown(Outcome.NOT_ASSESSABLE, "broader-document", broader) if broader else None


def _names(case: Case, norm: Norm, iris: tuple[str, ...]) -> bool:
    """Whether an actor of the expected kind is among these."""
    actors = (actor_of(case.graph, iri) for iri in iris)
    return any(meets(norm.actor_type, each, each.types, case.tree, case.records) for each in actors)


def _shown(outcome: Outcome, reason: str, documents: list[Record]) -> Verdict:
    unique = {each.iri: each for each in documents}
    names = tuple(each.thing for each in unique.values())
    grounds = tuple((each, "d", name.sv) for each, name in zip(unique.values(), names, strict=True))
    return Verdict(outcome, reason, None, grounds, "", names)


def _forums(case: Case, norm: Norm) -> Verdict | None:
    """Return the forums of the expected type that the source describes; a proposed one does not exist yet."""
    found = [(claim, forum) for claim, forum, kinds in case.running if norm.expected in kinds]
    if not found:
        return None
    grounds = tuple((claim, "b", forum.thing.sv) for claim, forum in found)
    return Verdict(Outcome.PRESENT, "", None, grounds, "", tuple(forum.thing for _, forum in found))


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


@cache
def _board(code: str) -> str:
    return thing("namnd", code, "kommunstyrelsen")


def _within(case: Case, norm: Norm, body: Thing) -> frozenset[str]:
    """Return where a statement speaks of the body: itself, a municipality's board, or any actor of the kind meant."""
    if body.iri != case.source.municipality.iri:
        return frozenset({body.iri})
    if FB.Municipality in norm.classes:
        return frozenset({body.iri, _board(case.source.code)})
    stated = {
        iri
        for claim in case.records.claims_of(case.source.thing.iri, FB.ExistenceClaim)
        for iri in claim.all(FB.existsWithin)
    }
    actors = (actor_of(case.graph, iri) for iri in sorted(stated))
    return frozenset(
        each.thing.iri for each in actors if meets(norm.actor_type, each, each.types, case.tree, case.records)
    )


def may_be_stated(case: Case, norm: Norm) -> bool:
    """Whether the source says anything of the kind of thing that a norm on bodies expects, of whatever body."""
    return (
        case.speaks_of(norm.expected)
        or ("/dokumenttyp/" in norm.expected and not case.documented.isdisjoint(case.tree.broader(norm.expected)))
        or ("/forumtyp/" in norm.expected and any(norm.expected in kinds for _, _, kinds in case.running))
    )


def _stated(case: Case, norm: Norm, body: Thing) -> Verdict | None:
    """Return what the source says of the thing a norm expects, in statements, documents or forums."""
    return (
        (stated_existence(case, norm.expected, _within(case, norm, body)) if case.speaks_of(norm.expected) else None)
        or (_documents(case, norm) if "/dokumenttyp/" in norm.expected else None)
        or (_forums(case, norm) if "/forumtyp/" in norm.expected else None)
    )


def _shown_before(norm: Norm, body: Thing, earlier: Iterable[Case]) -> tuple[Evidence, ...]:
    """Return what the nearest earlier report on the municipality shows of the thing, where one does."""
    for case in earlier:
        before = _stated(case, norm, body)
        if before and before.outcome is Outcome.PRESENT:
            return before.evidence(case.records)
    return ()


def settle_duty(case: Case, norm: Norm, early: Verdict | None, stated: Verdict | None) -> Verdict:
    """Return the verdict on a norm on bodies, by what the day says of it and by what is stated of the thing, if any."""
    if early and early.outcome is Outcome.NOT_APPLICABLE:
        return early
    if case.source.municipality.iri in norm.not_for:
        return OWN_SOURCE
    if (
        stated
        and stated.outcome is Outcome.DENIED
        and norm.kind is NormKind.DUTY
        and "/foreteelse/" not in norm.expected
    ):
        return Verdict(Outcome.NOT_APPLICABLE, "thing-lacking", None, stated.grounds)
    if stated and stated.reason == "judged-otherwise":
        return stated
    if stated and stated.outcome in {Outcome.PRESENT, Outcome.DENIED}:
        return early if early and stated.outcome is Outcome.DENIED else stated
    condition = _condition(case, norm)
    if condition and condition.outcome is Outcome.NOT_APPLICABLE:
        return condition
    if not _examined(case, norm):
        return _NOT_DESCRIBED if case.source.own else _NOT_EXAMINED
    return early or stated or condition or _NOT_NAMED


def judge_duties(case: Case, norms: Iterable[Norm]) -> Iterator[tuple[Norm, Thing, Verdict]]:
    """Yield each norm on a class of bodies with each body of it that the source can speak of, and the verdict."""
    for norm in norms:
        early = when_in_force(case, norm)
        for body in _bodies(case, norm):
            yield norm, body, settle_duty(case, norm, early, _stated(case, norm, body))


def find_duties(case: Case, norms: list[Norm], earlier: Sequence[Source] = ()) -> Iterator[Finding]:
    """Yield a finding for each norm on a class of bodies and each body of it that the source can speak of.

    Where this source is silent and one of the `earlier` reports (the nearest first) shows the thing, that is named.
    """
    before = [replace(case, source=each) for each in earlier]
    for norm, body, verdict in judge_duties(case, norms):
        finding = make_finding(case, norm, verdict, body=body)
        if finding.outcome in SILENT and (shown := _shown_before(norm, body, before)):
            finding = replace(finding, earlier=shown)
        yield finding
