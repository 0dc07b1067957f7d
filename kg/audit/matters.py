"""What a judgement of the auditors, a finding or a remark is about, so that the three can be matched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.cases import Case
from kg.findings import Finding, Remark, Standing
from kg.namespaces import FB, concept
from kg.network import TypeTree
from kg.records import Record

__all__ = ["Matter", "Ours", "is_silence", "matter_judged", "matter_of", "related", "same_matter"]

Ours = Finding | Remark
BODIES = ("kommun", "region", "namnd", "org", "myndighet", "forbund", "bolag", "funktion")
OF_CODE: dict[str, tuple[tuple[str, str], ...]] = {
    "no-politics": (("forumniva", "politisk"),),
    "document-unknown": (("foreteelse", "beslutsfattare"),),
    "document-undecided": (("foreteelse", "beslutsfattare"),),
    "not-followed-up": (("foreteelse", "systematisk-uppfoljning"), ("foreteelse", "samlad-uppfoljning")),
    "mandate-without-decision": (("foreteelse", "mandat"),),
    "expired": (("dokumenttyp", "overenskommelse"),),
}
"""What kind of thing a remark is about, by its code, where its names do not say."""
OF_ITEM = (("mandate", "mandat"), ("owner", "huvudansvar"), ("follow-up", "systematisk-uppfoljning"))
MATTERS = (FB.describesForum, FB.describesIntervention, FB.followUpOf, FB.absentWithin, FB.existsWithin, FB.concerns)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a judgement, a finding or a remark is about, as IRIs."""

    statements: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing but bodies and topics is known of it, so that it can be matched by nothing."""
        return not (self.statements or self.things or self.kinds)


def is_silence(ours: Ours) -> bool:
    """Whether one of ours rests on what a report does not say."""
    return ours.standing is Standing.UNSTATED if isinstance(ours, Remark) else not ours.is_gap


def _statements(case: Case, claims: Iterable[str]) -> frozenset[str]:
    """Return those of the claims that say that something is lacking; a description is about many things."""
    known = case.records.claims.get(case.source.thing.iri, {})
    return frozenset(each for each in claims if each in known and _denies(known[each]))


def _denies(claim: Record) -> bool:
    return claim.is_a(FB.AbsenceClaim) or claim.is_a(FB.NonMembership)


def matter_of(case: Case, ours: Ours) -> Matter:
    """Return what one of ours is about."""
    statements = _statements(case, ours.claims)
    known = case.records.claims.get(case.source.thing.iri, {})
    topics = frozenset(topic for each in statements for topic in known[each].all(FB.topic))
    if isinstance(ours, Finding):
        kind = ours.actor_type if ours.norm_kind == "participation" else ours.expected
        body = (ours.body or ours.municipality).iri
        things = frozenset({ours.forum.iri} if ours.forum else ())
        return Matter(statements, things, frozenset({kind.iri} if kind else ()), frozenset({body}), topics)
    kinds = {each.iri for each in ours.names if "/def/" in each.iri and "/def/amne/" not in each.iri}
    kinds.update(concept(*each) for each in OF_CODE.get(ours.code, ()))
    kinds.update(concept("foreteelse", code) for item, code in OF_ITEM if ours.figure(item) == "unstated")
    subjects = {each.iri for each in ours.subjects}
    bodies = {each for each in subjects if _is_body(each)}
    about = frozenset(bodies or {ours.municipality.iri})
    return Matter(statements, frozenset(subjects - bodies), frozenset(kinds), about, topics)


def _is_body(iri: str) -> bool:
    """Whether something is an actor: what two findings share of one is no more than whom they are about."""
    return any(f"/id/{kind}/" in iri for kind in BODIES)


def matter_judged(case: Case, judgement: Record) -> Matter:
    """Return what a judgement is about: what it concerns, and what the claims that it concerns are about."""
    known = case.records.claims.get(case.source.thing.iri, {})
    bodies = {*judgement.all(FB.auditedBody), *judgement.all(FB.directedAt)}
    statements: set[str] = set()
    things: set[str] = set()
    kinds: set[str] = set()
    topics = set(judgement.all(FB.topic))
    seen, ahead = {judgement.iri}, [judgement]
    while ahead:
        claim = ahead.pop()
        if _denies(claim):
            statements.add(claim.iri)
            kinds.update(claim.all(FB.absent))
            topics.update(claim.all(FB.topic))
        kinds.update(claim.all(FB.existing))
        for target in (target for name in MATTERS for target in claim.all(name)):
            if "/def/" in target:
                kinds.add(target)
            elif "/utsaga/" in target and target in known and target not in seen:
                seen.add(target)
                ahead.append(known[target])
            elif _is_body(target):
                bodies.add(target)
            elif "/utsaga/" not in target and target in case.records.named:
                things.add(target)
    audits = {each for each in things if case.records.named[each].is_a(FB.Audit)}
    return Matter(
        frozenset(statements), frozenset(things - audits), frozenset(kinds), frozenset(bodies), frozenset(topics)
    )


def related(tree: TypeTree, theirs: frozenset[str], ours: frozenset[str]) -> frozenset[str]:
    """Return the kinds of ours that are one of theirs, narrower or broader."""
    return frozenset(
        mine for mine in ours for each in theirs if mine in tree.broader(each) or each in tree.broader(mine)
    )


def same_matter(case: Case, theirs: Matter, ours: Matter) -> bool:
    """Whether two matters of one kind are of one body, and not of different topics, forums or documents.

    The municipality as a whole is of each of its bodies; a matter that names no topic or thing may be of any.
    """
    whole = case.source.municipality.iri
    if not theirs.bodies & ours.bodies and whole not in theirs.bodies | ours.bodies:
        return False
    return all(not (a and b) or a & b for a, b in ((theirs.topics, ours.topics), (theirs.things, ours.things)))
