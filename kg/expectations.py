"""One expectation confronted with one forum as one source describes it: the outcome, its reason and its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from kg.findings import GAPS, Evidence, Finding, Kind, Outcome, Thing
from kg.namespaces import FB, concept
from kg.network import MUNICIPALITY, REGION, Actor, Forum, Membership, TypeTree, actor_of, meets, members
from kg.norms import LAW, MAY, PRACTICE, STRIVE, Holds, Norm, holds
from kg.records import Record, Records
from kg.sources import Source

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Case",
    "Verdict",
    "evidence_of",
    "finding_id",
    "is_closed",
    "judge_duty_of_forum",
    "judge_frequency",
    "judge_participation",
    "kind_of",
    "make_finding",
    "silence_of",
    "stated_existence",
    "stated_lacking",
    "when_in_force",
]

STEERING_GROUP = concept("forumtyp", "styrgrupp")
STRATEGIC = concept("forumniva", "strategisk")
CERTAINTY_ORDER = {concept("visshet", code): rank for rank, code in enumerate(("uttalad", "antydd", "tolkad"))}
ATTENDANCE_ORDER = ("regelbunden", "", "ibland", "adjungerad", "vid-behov")
SINGLE_CASE = frozenset({"vid-behov", "person-aktuell", "enskilt-arende"})
POLITICS, LEADERSHIP, POLICE = (concept("aktorstyp", code) for code in ("politik", "kommunledning", "polis"))
AGE_OF_TARGET_GROUP = concept("foreteelse", "malgrupp-alder")
SHOWN_BY = {
    concept("foreteelse", "samtycke"): (FB.sharingBasis, frozenset({concept("delningsgrund", "samtycke")})),
}
LESS_THAN_MET = frozenset(concept("utslag", code) for code in ("delvis", "ej-uppfyllt"))
LEADING_PEOPLE = concept("foreteelse", "ledande-representation")


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
        legal=norm.basis in {LAW, STRIVE},
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


def _is_part(case: Case, forum: Forum, norm: Norm) -> bool:
    """Whether the source describes this forum as a part of one that the norm concerns."""
    of_type = {
        iri
        for iri in forum.parents
        if (parent := case.records.named.get(iri)) is not None
        and any(case.tree.broader(kind) & norm.forum_types for kind in parent.all(FB.forumType))
    }
    return bool(of_type)


def concerns(case: Case, norm: Norm, forum: Forum) -> bool:
    """Whether a norm is about forums of this type; a norm on a part also looks at the parts of such a forum."""
    if any(case.tree.broader(kind) & norm.forum_types for kind in forum.types):
        return True
    return norm.condition in {"del-styrgrupp", "del-arbetsgrupp"} and _is_part(case, forum, norm)


def _ruled_out(case: Case, norm: Norm, forum: Forum) -> Verdict | None:
    """Return why a norm does not apply to this forum or cannot be tested on it, None where it applies."""
    if forum.municipality in norm.not_for:
        return Verdict(Outcome.NOT_APPLICABLE, "own-source")
    if forum.home not in {"", forum.municipality}:
        return Verdict(Outcome.NOT_APPLICABLE, "other-municipality")
    if not forum.running:
        return Verdict(Outcome.NOT_APPLICABLE, "forum-not-running")
    if norm.levels and forum.levels and not norm.levels & {each.iri for each in forum.levels}:
        return Verdict(Outcome.NOT_APPLICABLE, "other-level")
    if _other_ages(norm, forum):
        return Verdict(Outcome.NOT_APPLICABLE, "other-ages")
    return _condition(case, norm, forum)


def _early(case: Case, norm: Norm, forum: Forum) -> Verdict | None:
    """Return what rules a norm out before the forum is looked at: what does not apply goes before what is in doubt."""
    found = [each for each in (_ruled_out(case, norm, forum), when_in_force(case, norm)) if each]
    return min(found, key=lambda each: each.outcome is not Outcome.NOT_APPLICABLE, default=None)


def _other_ages(norm: Norm, forum: Forum) -> bool:
    low, high = norm.ages
    stated = [each for each in forum.ages if each.low is not None or each.high is not None]
    if (low is None and high is None) or not stated:
        return False
    floor, ceiling = low or 0, 200 if high is None else high
    return all((each.low or 0) > ceiling or (200 if each.high is None else each.high) < floor for each in stated)


def _condition(case: Case, norm: Norm, forum: Forum) -> Verdict | None:
    code, words = norm.condition, norm.condition_text
    if code == "endast-lan" and norm.county != case.source.code[:2]:
        return Verdict(Outcome.NOT_APPLICABLE, "other-county")
    if code in {"del-styrgrupp", "del-arbetsgrupp"}:
        steering = any(STEERING_GROUP in case.tree.broader(kind) for kind in forum.types)
        if not _is_part(case, forum, norm) or steering is not (code == "del-styrgrupp"):
            return Verdict(Outcome.NOT_APPLICABLE, "no-such-part")
    if code == "endast-arendeberedning":
        return _by_cases(forum, wanted=True, words=words)
    if code == "endast-strategisk-beredning":
        if forum.levels and STRATEGIC not in {each.iri for each in forum.levels}:
            return Verdict(Outcome.NOT_APPLICABLE, "other-level")
        return _by_cases(forum, wanted=False, words=words)
    if code == "endast-styrgrupp-kommun-polis":
        sitting = [each for each in members(case.graph, forum) if each.current]
        with_police = any(POLICE in each.types for each in sitting)
        only_two = all(
            POLICE in each.types or meets(MUNICIPALITY, each.actor, each.types, case.tree, case.records)
            for each in sitting
        )
        return None if with_police and only_two else Verdict(Outcome.NOT_ASSESSABLE, "condition", words)
    return None


def _by_cases(forum: Forum, *, wanted: bool, words: Thing | None) -> Verdict | None:
    stated = forum.claim.one(FB.handlesIndividualCases)
    if not stated:
        return Verdict(Outcome.NOT_ASSESSABLE, "condition", words)
    return None if (stated in {"true", "1"}) is wanted else Verdict(Outcome.NOT_APPLICABLE, "condition", words)


def _attendance(found: Iterable[Membership]) -> str:
    codes = []
    for each in found:
        if each.attendance:
            codes.append(each.attendance.iri.rsplit("/", 1)[-1])
        elif any(role.iri == concept("deltagarroll", "adjungerad") for role in each.roles):
            codes.append("adjungerad")
        else:
            codes.append("")
    return min(codes, key=lambda code: ATTENDANCE_ORDER.index(code) if code in ATTENDANCE_ORDER else 1, default="")


def _member_evidence(case: Case, found: Iterable[Membership]) -> tuple[Evidence, ...]:
    return tuple(evidence_of(case.records, each.claim, kind="m", about=each.actor.thing.sv) for each in found)


def _through(membership: Membership) -> Thing:
    """Name the member with the functions that sit there for it."""
    actor = membership.actor.thing
    if not membership.functions:
        return actor
    swedish = ", ".join(each.sv for each in membership.functions)
    english = ", ".join(each.label("en") for each in membership.functions)
    return Thing(actor.iri, f"{swedish} ({actor.sv})", f"{english} ({actor.label('en')})")


def _denies(case: Case, actor: Actor, expected: str) -> bool:
    """Whether the denial of an actor denies the whole expected kind, and not only a part of it.

    A denied unit of an administration leaves the administration; a denied committee leaves the municipality. A denied
    kind denies neither the broader nor the narrower one: that the school does not take part says nothing of student
    health, which may sit there by itself.
    """
    record = case.records.named.get(actor.thing.iri)
    own = set(record.all(FB.actorType)) if record else set()
    if actor.classes & {FB.Unit, FB.Department}:
        return False
    if expected in {MUNICIPALITY, REGION}:
        return bool(actor.classes & {FB.Municipality, FB.Region}) and expected in own
    above = case.records.named.get(actor.parents[0]) if actor.parents else None
    if above is not None and own & set(above.all(FB.actorType)):
        return False
    return expected in own


def _denials(case: Case, forum: Forum, expected: str) -> list[Record]:
    found = []
    for claim in case.records.claims_of(case.source.thing.iri, FB.NonMembership):
        if forum.thing.iri not in claim.all(FB.excludedFrom):
            continue
        if _denies(case, actor_of(case.graph, claim.one(FB.excludedActor)), expected):
            found.append(claim)
    for claim in case.records.claims_of(case.source.thing.iri, FB.AbsenceClaim):
        if forum.thing.iri in claim.all(FB.absentWithin) and set(claim.all(FB.absent)) & case.tree.broader(expected):
            found.append(claim)
    return found


def _informers(case: Case, forum: Forum, expected: str) -> list[Record]:
    found = []
    for flow in case.graph.graph["flows"].get(case.source.thing.iri, ()):
        if flow.end != forum.thing.iri or not flow.start:
            continue
        actor: Actor = actor_of(case.graph, flow.start)
        if actor.types and meets(expected, actor, actor.types, case.tree, case.records):
            found.append(flow.claim)
    return found


def presence(case: Case, forum: Forum, expected: str) -> tuple[list[Membership], list[Membership]]:
    """Return the members that meet an expected type, and those of which only a broader kind is known."""
    met, broader = [], []
    for each in members(case.graph, forum):
        if each.current:
            answer = meets(expected, each.actor, each.types, case.tree, case.records, municipality=forum.home)
            if answer:
                met.append(each)
            elif answer is None:
                broader.append(each)
    return met, broader


def is_closed(case: Case, forum: Forum) -> bool:
    """Whether the source gives the member list as whole and all of it is in the graph; a list of nobody is none."""
    listed = sum(each.listed for each in members(case.graph, forum))
    return forum.whole_list and listed > 0 and listed == forum.listed


def silence_of(case: Case, forum: Forum, expected: str) -> Outcome | None:
    """Return how a source is silent on a kind in a forum; None where it is there, informs, or is known more broadly."""
    met, broader = presence(case, forum, expected)
    if met or broader or _informers(case, forum, expected):
        return None
    if _denials(case, forum, expected):
        return Outcome.DENIED
    return Outcome.MISSING if is_closed(case, forum) else Outcome.NOT_NAMED


def judge_participation(case: Case, norm: Norm, forum: Forum) -> Verdict:
    """Say whether an actor type that a norm expects is in a forum, according to one source.

    A stated member beats everything; then come denial, information without membership, a condition that cannot be
    tested, a member of a broader kind, and only then a whole list without the actor, or silence.
    """
    ruled_out = when_in_force(case, norm) if forum.municipality not in norm.not_for else None
    if ruled_out and ruled_out.outcome is Outcome.NOT_APPLICABLE:
        return ruled_out
    unclear = _ruled_out(case, norm, forum)
    if unclear:
        return unclear
    met, broader = presence(case, forum, norm.actor_type)
    if met:
        names = tuple(dict.fromkeys(_through(each) for each in met))
        return Verdict(Outcome.PRESENT, "", None, _member_evidence(case, met), _attendance(met), names)
    if norm.condition in SINGLE_CASE:
        return Verdict(Outcome.NOT_APPLICABLE, "single-case", norm.condition_text)
    if ruled_out:
        return ruled_out
    description = (evidence_of(case.records, forum.claim, kind="b"),)
    denials = _denials(case, forum, norm.actor_type)
    if denials:
        return Verdict(Outcome.DENIED, "", None, tuple(evidence_of(case.records, each) for each in denials))
    informers = _informers(case, forum, norm.actor_type)
    if informers:
        return Verdict(
            Outcome.INFORMS, "", None, tuple(evidence_of(case.records, each, kind="f") for each in informers)
        )
    if norm.condition == "fritext":
        return Verdict(Outcome.NOT_ASSESSABLE, "condition", norm.condition_text, description)
    if broader:
        names = tuple(dict.fromkeys(each.actor.thing for each in broader))
        return Verdict(
            Outcome.NOT_ASSESSABLE, "broader-kind", None, (*description, *_member_evidence(case, broader)), "", names
        )
    if forum.whole_list and norm.condition != "rapportor":
        if not is_closed(case, forum):
            return Verdict(Outcome.NOT_ASSESSABLE, "list-not-transcribed", None, description)
        return Verdict(Outcome.MISSING, "", None, description)
    return Verdict(Outcome.NOT_NAMED, "open-list" if members(case.graph, forum) else "no-list", None, description)


def _rhythm(forum: Forum) -> Thing | None:
    return Thing("", forum.rhythm) if forum.rhythm else None


def judge_frequency(case: Case, norm: Norm, forum: Forum) -> Verdict:
    """Say whether a forum meets as often as a norm expects: rates in meetings a year, unstated is a question."""
    early = _early(case, norm, forum)
    if early:
        return early
    description = (evidence_of(case.records, forum.claim, kind="b"),)
    least, most = forum.meetings
    if least is None and most is None:
        return Verdict(Outcome.NOT_NAMED, "no-rhythm", None, description)
    wanted = norm.meetings or 0.0
    if (least if least is not None else most or 0.0) >= wanted:
        return Verdict(Outcome.PRESENT, "", None, description)
    if (most if most is not None else least or 0.0) < wanted:
        return Verdict(Outcome.DENIED, "meets-less-often", _rhythm(forum), description)
    return Verdict(Outcome.NOT_ASSESSABLE, "rhythm-varies", _rhythm(forum), description)


def stated_existence(case: Case, expected: str, within: frozenset[str]) -> Verdict | None:
    """Return what the source states of a kind of thing within some bodies: that it exists, or that it is lacking."""
    source = case.source.thing.iri
    exists = [
        claim
        for claim in case.records.claims_of(source, FB.ExistenceClaim)
        if within & set(claim.all(FB.existsWithin))
        and any(expected in case.tree.broader(kind) for kind in claim.all(FB.existing))
    ]
    if exists:
        shown = tuple(evidence_of(case.records, each, kind="e") for each in exists)
        judged = _judged_otherwise(case, {each.iri for each in exists})
        if judged:
            return Verdict(Outcome.NOT_ASSESSABLE, "judged-otherwise", None, (*shown, *judged))
        return Verdict(Outcome.PRESENT, "", None, shown)
    absent = [
        claim
        for claim in case.records.claims_of(source, FB.AbsenceClaim)
        if within & set(claim.all(FB.absentWithin)) and set(claim.all(FB.absent)) & case.tree.broader(expected)
    ]
    if absent:
        return Verdict(Outcome.DENIED, "", None, tuple(evidence_of(case.records, each, kind="a") for each in absent))
    return None


def _judged_otherwise(case: Case, claims: set[str]) -> tuple[Evidence, ...]:
    """Return the auditors' own findings on these claims that are less than met."""
    return tuple(
        evidence_of(case.records, each, kind="k")
        for each in case.records.claims_of(case.source.thing.iri, FB.AuditFinding)
        if claims & set(each.all(FB.concerns)) and set(each.all(FB.verdict)) & LESS_THAN_MET
    )


def judge_duty_of_forum(case: Case, norm: Norm, forum: Forum) -> Verdict:
    """Say whether a forum has or does what a norm expects of its type, as far as the source shows it."""
    early = _early(case, norm, forum)
    if early and early.outcome is Outcome.NOT_APPLICABLE:
        return early
    description = (evidence_of(case.records, forum.claim, kind="b"),)
    stated = stated_existence(case, norm.expected, frozenset({forum.thing.iri}))
    if stated:
        return stated
    shown = SHOWN_BY.get(norm.expected)
    if shown:
        values = set(forum.claim.all(shown[0]))
        if values & shown[1]:
            return Verdict(Outcome.PRESENT, "", None, description)
    if norm.expected == LEADING_PEOPLE:
        leading = [each for each in members(case.graph, forum) if each.types & {POLITICS, LEADERSHIP}]
        if leading:
            return Verdict(Outcome.PRESENT, "", None, _member_evidence(case, leading))
    if norm.condition in SINGLE_CASE:
        return Verdict(Outcome.NOT_APPLICABLE, "single-case", norm.condition_text, description)
    if early:
        return early
    if norm.condition == "fritext":
        return Verdict(Outcome.NOT_ASSESSABLE, "condition", norm.condition_text, description)
    return Verdict(Outcome.NOT_NAMED, "thing-not-named", None, description)


def stated_lacking(records: Records, source: Source) -> list[Evidence]:
    """Return what the source itself says is lacking or does not take part, norm or no norm, by section."""
    found = []
    for claim in records.claims_of(source.thing.iri, FB.AbsenceClaim):
        what = [records.thing(iri) for iri in claim.all(FB.absent)]
        where = [records.thing(iri) for iri in claim.all(FB.absentWithin)]
        found.append(_lacking(records, claim, what, where))
    for claim in records.claims_of(source.thing.iri, FB.NonMembership):
        who = [records.thing(iri) for iri in claim.all(FB.excludedActor)]
        where = [records.thing(iri) for iri in claim.all(FB.excludedFrom)]
        found.append(_lacking(records, claim, who, where))
    return sorted(found, key=lambda each: ([section.number for section in each.sections], each.claim))


def _lacking(records: Records, claim: Record, what: Iterable[Thing], where: Iterable[Thing]) -> Evidence:
    words = ", ".join(each.sv for each in what)
    places = ", ".join(each.sv for each in where)
    return evidence_of(records, claim, about=f"{places}: {words}")


def counts_as_practice_of_nobody(norm: Norm) -> bool:
    """Whether a norm on practice rests on no other source at all, or only serves coverage; then nothing is said."""
    return (norm.basis == PRACTICE and norm.evidence_count == 0) or norm.expected == AGE_OF_TARGET_GROUP
