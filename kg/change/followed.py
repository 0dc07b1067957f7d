"""What became of the recommendations of one audit, as far as replies and a later report show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.cases import Case, evidence_of
from kg.findings import Evidence, Thing
from kg.namespaces import FB, SKOS, concept
from kg.network import NOT_RUNNING
from kg.records import Record, Records
from kg.sources import Source

__all__ = ["Followed", "Result", "follow_recommendations"]

MET = frozenset(concept("utslag", code) for code in ("uppfyllt", "i-allt-vasentligt"))
PARTLY = frozenset({concept("utslag", "delvis")})
UNMET = frozenset({concept("utslag", "ej-uppfyllt")})


class Result(StrEnum):
    """What is seen of a recommendation; the order is that in which they are listed."""

    OPEN = "recommendation-open"
    PARTLY = "recommendation-partly"
    MET = "recommendation-met"
    SHOWN = "recommendation-shown"
    ANSWERED = "recommendation-answered"
    UNSEEN = "recommendation-not-visible"
    UNTRACED = "recommendation-untraced"


@dataclass(frozen=True, slots=True)
class Followed:
    """A recommendation and what is seen of it: in a later report, and in replies with their status.

    `topics` are what it is about, `scope` the bodies that it was directed at and that the later report also examined.
    """

    recommendation: Thing
    result: Result
    claim: Evidence
    directed_at: tuple[Thing, ...]
    topics: tuple[Thing, ...]
    examined: tuple[Thing, ...]
    seen: tuple[Evidence, ...]
    replies: tuple[tuple[Evidence, Thing | None], ...]


def follow_recommendations(records: Records, earlier: Source, later: Case) -> list[Followed]:
    """Return what became of each recommendation of an earlier report, ordered by result and words.

    A recommendation is about the concepts that it concerns, and those whose absence it concerns (as
    `q25-recommendations-followed`). In the later report it is *open* where that states the thing to be lacking or not
    met, or recommends it again; *met* or *partly* by the verdict of the later auditors on it (partly too where it is
    both shown and asked for again); *shown* where the later report only states that it exists, or names such a document
    of the municipality. Otherwise *answered* by a reply, or *not visible*: which says nothing of whether it was done. A
    recommendation that is tied to no concept is *untraced*: whether the later report takes it up must be read.
    """
    replies = list(_responses(records, earlier, later.source))
    found = [
        _follow(records, claim, later, replies) for claim in records.claims_of(earlier.thing.iri, FB.Recommendation)
    ]
    order = {result: rank for rank, result in enumerate(Result)}
    return sorted(found, key=lambda each: (order[each.result], each.recommendation.sv, each.recommendation.iri))


def topics_of(records: Records, claim: Record) -> frozenset[str]:
    """Return the concepts that a claim concerns, directly or through a claim of their absence."""
    absent = {what for iri in claim.all(FB.concerns) for what in _absent(records, claim.source, iri)}
    concerned = {*claim.all(FB.concerns), *absent}
    return frozenset(each for each in concerned if (named := records.named.get(each)) and named.all(SKOS.inScheme))


def _absent(records: Records, source: str, iri: str) -> tuple[str, ...]:
    claim = records.claims.get(source, {}).get(iri)
    return claim.all(FB.absent) if claim else ()


def _follow(records: Records, claim: Record, later: Case, responses: Iterable[Record]) -> Followed:
    topics = topics_of(records, claim)
    directed = claim.all(FB.directedAt)
    scope = later.source.scope
    seen = list(_seen(later, topics))
    codes = {code for code, _ in seen}
    replies = tuple(_replies(records, claim, responses))
    name = claim.text(SKOS.prefLabel, "sv") or claim.text(FB.asStated, "sv")
    return Followed(
        recommendation=Thing(claim.iri, name, claim.text(SKOS.prefLabel, "en")),
        result=_result(codes, replied=bool(replies), traced=bool(topics)),
        claim=evidence_of(records, claim),
        directed_at=tuple(records.thing(each) for each in directed),
        topics=tuple(records.thing(each) for each in sorted(topics)),
        examined=tuple(records.thing(each) for each in directed if scope is None or each in scope.bodies),
        seen=tuple(dict.fromkeys(evidence for _, evidence in seen)),
        replies=replies,
    )


def _result(codes: set[str], *, replied: bool, traced: bool) -> Result:
    still = codes & {"lacking", "again", "unmet"}
    good = codes & {"exists", "met"}
    if "partly" in codes or (still and good):
        return Result.PARTLY
    if still:
        return Result.OPEN
    if "met" in codes:
        return Result.MET
    if "exists" in codes:
        return Result.SHOWN
    if replied:
        return Result.ANSWERED
    return Result.UNSEEN if traced else Result.UNTRACED


def _seen(later: Case, topics: frozenset[str]) -> Iterator[tuple[str, Evidence]]:
    """Yield what the later report says of the topics: lacking, asked for again, judged, or there."""
    records, source = later.records, later.source.thing.iri
    if not topics:
        return

    def about(claim: Record) -> bool:
        return bool(topics & topics_of(records, claim))

    for claim in records.claims_of(source, FB.AbsenceClaim):
        if topics & set(claim.all(FB.absent)):
            yield "lacking", evidence_of(records, claim)
    for claim in records.claims_of(source, FB.Recommendation):
        if about(claim):
            yield "again", evidence_of(records, claim)
    for claim in records.claims_of(source, FB.AuditFinding):
        if about(claim):
            verdicts = set(claim.all(FB.verdict))
            for code, wanted in (("met", MET), ("partly", PARTLY), ("unmet", UNMET)):
                if verdicts & wanted:
                    yield code, evidence_of(records, claim)
    for claim in _showing(later, topics):
        yield "exists", evidence_of(records, claim)


def _showing(later: Case, topics: frozenset[str]) -> Iterator[Record]:
    """Yield the claims that a thing exists, and the municipality's documents of the kind."""
    records, source = later.records, later.source.thing.iri
    for claim in records.claims_of(source, FB.ExistenceClaim):
        if any(topics & later.tree.broader(kind) for kind in claim.all(FB.existing)):
            yield claim
    for claim in records.claims_of(source, FB.GoverningDocument):
        kinds = {above for kind in claim.all(FB.documentType) for above in later.tree.broader(kind)}
        ours = later.source.municipality.iri in claim.all(FB.municipality)
        if ours and topics & kinds and claim.one(FB.status) not in NOT_RUNNING:
            yield claim


def _responses(records: Records, earlier: Source, later: Source) -> Iterator[Record]:
    """Yield the replies in sources on the municipality from the earlier report to the later, in their order."""
    for source in records.of_class(FB.Source):
        if earlier.municipality.iri in source.all(FB.municipality):
            day = source.day(FB.observedOn)
            if day and earlier.observed_on <= day <= later.observed_on:
                yield from records.claims_of(source.iri, FB.Response)


def _replies(records: Records, claim: Record, responses: Iterable[Record]) -> Iterator[tuple[Evidence, Thing | None]]:
    for reply in responses:
        if claim.iri in reply.all(FB.respondsTo):
            status = reply.one(FB.status)
            yield evidence_of(records, reply), records.thing(status) if status else None
