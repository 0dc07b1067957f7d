"""Municipalities side by side: which kinds of forum and actor each one's reports describe, deny or do not mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from kg.cases import Case, evidence_of
from kg.findings import Evidence, Thing
from kg.gaps.comparisons import INTERPRETED, NOBODY_TO_INVITE
from kg.gaps.presence import through
from kg.namespaces import FB, SKOS, scheme_iri
from kg.network import HEALTH, MUNICIPAL, MUNICIPALITY, REGION, Membership, members

__all__ = ["FEWEST", "MOST", "By", "Cell", "Column", "Matrix", "State", "compare", "described_kinds", "told_kinds"]

FEWEST, MOST = 2, 10
NOT_COMPARED = NOBODY_TO_INVITE | {MUNICIPALITY, REGION}


class By(StrEnum):
    """What is compared: kinds of forum, or kinds of actor in forums."""

    FORUM = "forum"
    ACTOR = "actor"


class State(StrEnum):
    """What a municipality's reports say of a kind; where several hold, the first."""

    DESCRIBED = "described"
    DENIED = "denied"
    NOT_RUNNING = "not-running"
    UNSURE = "unsure"
    NOT_MENTIONED = "not-mentioned"


_RANK = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one municipality's reports say of one kind, of which forums or actors, and on what ground.

    The state `unsure` means that only a broader kind is known; `firm` that one ground at least is more than the
    editor's reading.
    """

    state: State
    names: tuple[Thing, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One municipality: its reports with their days, how many forums they describe, how many with a whole list.

    A report that describes few forums mentions few kinds; without these numbers no column can be read. `unnamed` is the
    number of forums of which no member is named. Programmes are not counted.
    """

    municipality: Thing
    reports: tuple[Thing, ...]
    days: tuple[str, ...]
    forums: int
    whole: int
    unnamed: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Kinds in rows and municipalities in columns; `cells` by the IRIs of both, every cell filled."""

    by: By
    columns: tuple[Column, ...]
    kinds: tuple[Thing, ...]
    cells: Mapping[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True)
class _Fact:
    kind: str
    state: State
    name: Thing
    evidence: Evidence
    firm: bool
    own: bool = False


def compare(cases: Sequence[Case], by: By = By.FORUM) -> Matrix:
    """Return 2 to 10 municipalities by kinds of forum or of actor, several reports of one put together.

    A forum counts for its kinds and all broader ones; so does a member, by its own kinds and those of its functions. A
    forum counts where it is the municipality's own or a county's, and no programme; an actor where it takes part in a
    forum that runs. "The municipality" and "the region" as a whole are no kinds here, since each has them. Raises
    `ValueError` for fewer or more municipalities. A forum or member that no report mentions leaves the cell at "not
    mentioned", which is never "lacking".
    """
    columns: dict[str, list[Case]] = {}
    for case in cases:
        columns.setdefault(case.source.municipality.iri, []).append(case)
    if not FEWEST <= len(columns) <= MOST:
        raise ValueError(f"{len(columns)} municipalities; {FEWEST} to {MOST} can be compared")
    facts = {iri: [fact for case in found for fact in _facts(case, by)] for iri, found in columns.items()}
    kinds = _kinds(cases, by, facts)
    return Matrix(
        by=by,
        columns=tuple(_column(found) for found in columns.values()),
        kinds=kinds,
        cells={(kind.iri, iri): _cell(found, kind.iri, facts[iri]) for iri, found in columns.items() for kind in kinds},
    )


def told_kinds(cases: Iterable[Case], by: By) -> list[tuple[str, str, str]]:
    """Return municipality, kind and state of all that the cases describe or deny, not yet weighed, sorted.

    Equals `queries/definitions/compare-forum-kinds.rq` and `compare-actor-kinds.rq`.
    """
    return sorted(
        {
            (case.source.municipality.iri, fact.kind, fact.state.value)
            for case in cases
            for fact in _facts(case, by)
            if fact.state is not State.UNSURE
        }
    )


def described_kinds(case: Case, by: By) -> list[tuple[str, Thing]]:
    """Return each kind that one report describes, with the forum or actor that is of it."""
    return [(fact.kind, fact.name) for fact in _facts(case, by) if fact.state is State.DESCRIBED]


def _facts(case: Case, by: By) -> Iterator[_Fact]:
    yield from _forum_facts(case) if by is By.FORUM else _actor_facts(case)
    home = case.source.municipality
    prefix = scheme_iri("forumtyp" if by is By.FORUM else "aktorstyp") + "/"
    for claim in case.records.claims_of(case.source.thing.iri, FB.AbsenceClaim):
        absent = {each for each in claim.all(FB.absent) if each.startswith(prefix)}
        if absent and home.iri in claim.all(FB.absentWithin):
            said = partial(_Fact, state=State.DENIED, name=home, evidence=evidence_of(case.records, claim), firm=True)
            for kind in _kinds_of(case, prefix):
                if kind not in NOT_COMPARED and absent & case.tree.broader(kind):
                    yield said(kind)


def _kinds_of(case: Case, prefix: str) -> list[str]:
    return [each.iri for each in case.records.of_class(SKOS.Concept) if each.iri.startswith(prefix)]


def _forum_facts(case: Case) -> Iterator[_Fact]:
    for forum in case.forums:
        if forum.programme or forum.home not in {"", forum.municipality}:
            continue
        state = State.DESCRIBED if forum.running else State.NOT_RUNNING
        said = evidence_of(case.records, forum.claim, kind="b")
        firm = forum.claim.one(FB.certainty) != INTERPRETED
        for kind in {above for own in forum.types for above in case.tree.broader(own)}:
            yield _Fact(kind, state, forum.thing, said, firm, own=kind in forum.types)


def _actor_facts(case: Case) -> Iterator[_Fact]:
    for forum in case.forums:
        if forum.programme or not forum.running:
            continue
        for each in members(case.graph, forum):
            if each.current:
                said = evidence_of(case.records, each.claim)
                firm = each.claim.one(FB.certainty) != INTERPRETED
                itself = {above for own in each.actor.types for above in case.tree.broader(own)}
                for kind in {above for own in each.types for above in case.tree.broader(own)} - NOT_COMPARED:
                    name = each.actor.thing if kind in itself else through(each)
                    yield _Fact(kind, State.DESCRIBED, name, said, firm, own=kind in each.types)
                for kind in _maybe_of(case, each):
                    yield _Fact(kind, State.UNSURE, each.actor.thing, said, firm)


def _maybe_of(case: Case, membership: Membership) -> Iterator[str]:
    """Yield the kinds that a member known only as the municipality, a group of its parts, or the region may be of."""
    kinds, actor = membership.types, membership.actor
    home, group = case.source.municipality.iri, FB.ActorGroup in actor.classes
    others = group and not actor.parents and actor.types == {MUNICIPALITY}  # "närliggande kommuner": parts of no one
    if MUNICIPALITY in kinds and (actor.thing.iri == home or (group and actor.municipality == home and not others)):
        yield from MUNICIPAL
    if REGION in kinds and (group or FB.Region in actor.classes):
        known = _kinds_of(case, scheme_iri("aktorstyp") + "/")
        yield from (each for each in known if HEALTH in case.tree.broader(each))


def _kinds(cases: Sequence[Case], by: By, facts: Mapping[str, list[_Fact]]) -> tuple[Thing, ...]:
    """Return the kinds that some report describes, or denies by their own name, in the order of their names."""
    records, found = cases[0].records, set()
    for each in (fact for told in facts.values() for fact in told):
        if each.state in {State.DESCRIBED, State.NOT_RUNNING}:
            found.add(each.kind)
    for case in cases:
        for claim in records.claims_of(case.source.thing.iri, FB.AbsenceClaim):
            if case.source.municipality.iri in claim.all(FB.absentWithin):
                found.update(claim.all(FB.absent))
    prefix = scheme_iri("forumtyp" if by is By.FORUM else "aktorstyp") + "/"
    kept = (records.thing(each) for each in found if each.startswith(prefix) and each not in NOT_COMPARED)
    return tuple(sorted(kept, key=lambda each: (each.sv, each.iri)))


def _column(cases: Sequence[Case]) -> Column:
    held = [each for case in cases for each in case.forums if not each.programme]
    return Column(
        municipality=cases[0].source.municipality,
        reports=tuple(each.source.thing for each in cases),
        days=tuple(each.source.observed_on.isoformat() for each in cases),
        forums=len({each.thing.iri for each in held}),
        whole=len({each.thing.iri for each in held if each.whole_list}),
        unnamed=len(
            {each.thing.iri for case in cases for each in case.forums if not each.programme}
            - {each.thing.iri for case in cases for each in case.forums if members(case.graph, each)}
        ),
    )


def _cell(cases: Sequence[Case], kind: str, facts: Iterable[_Fact]) -> Cell:
    mine, broader = [], []
    above = cases[0].tree.broader(kind) - {kind}
    for each in facts:
        if each.kind == kind:
            mine.append(each)
        elif each.own and each.kind in above and each.state is State.DESCRIBED:
            broader.append(each)
    if mine:
        state = min((each.state for each in mine), key=_RANK.__getitem__)
        same = [each for each in mine if each.state is state]
        return _filled(state, [*same, *broader] if state is State.UNSURE else same)
    return _filled(State.UNSURE, broader) if broader else Cell(State.NOT_MENTIONED)


def _filled(state: State, facts: Sequence[_Fact]) -> Cell:
    names = sorted({each.name for each in facts}, key=lambda each: (each.sv, each.iri))
    return Cell(
        state,
        tuple(names),
        tuple(dict.fromkeys(each.evidence for each in facts)),
        firm=any(each.firm for each in facts),
    )
