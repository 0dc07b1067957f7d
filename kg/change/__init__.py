"""What two reports on one municipality say differently of forums, their members, ages, levels, rhythm and status.

Two reports rarely ask the same questions, so that most differences are of what is *told*. Only what the later report
itself says to have ended, to be lacking or to be renamed, or a whole list without a member, is a change that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from kg.cases import Case, evidence_of
from kg.findings import Evidence, Standing, Thing
from kg.gaps.presence import is_closed
from kg.namespaces import DCTERMS, FB, SKOS, concept
from kg.network import Actor, Forum, Membership, meets, members
from kg.records import Record

__all__ = ["Change", "Shift", "find_changes"]

ENDED = concept("status", "upphord")


class Shift(StrEnum):
    """What kind of difference; the order is that in which they are listed."""

    RENAMED = "forum-renamed"
    ENDED = "forum-ended"
    DENIED = "forum-denied"
    STATUS = "forum-status"
    AGES = "forum-ages"
    LEVELS = "forum-levels"
    RHYTHM = "forum-rhythm"
    LEFT = "member-left"
    MEMBER_SILENT = "member-not-mentioned"
    FUNCTION_SILENT = "function-not-mentioned"
    JOINED = "member-new"
    FUNCTION_NEW = "function-new"
    ELSEWHERE = "member-elsewhere"
    NEW = "forum-new"
    NAMED_ONLY = "forum-only-named"
    SILENT = "forum-not-mentioned"


_ORDER = {shift: rank for rank, shift in enumerate(Shift)}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: of which forum, of which member or function, and what each report says.

    `before` and `after` are the values that the two reports give; `known` says that the later report itself tells of a
    change, and not only that the two tell different things.
    """

    shift: Shift
    forum: Thing | None
    who: Thing | None = None
    before: tuple[Thing, ...] = ()
    after: tuple[Thing, ...] = ()
    earlier: tuple[Evidence, ...] = ()
    later: tuple[Evidence, ...] = ()
    known: bool = False

    @property
    def standing(self) -> Standing:
        """Stated where the later report tells of the change, else computed from the two."""
        return Standing.STATED if self.known else Standing.COMPUTED


def find_changes(earlier: Case, later: Case) -> list[Change]:
    """Return the differences between two reports of one municipality, ordered by kind and name.

    Forums are the same by IRI, or where the later description states that it replaces the earlier (`dcterms:replaces`).
    Members are compared in forums in which both reports name any (as `cq28-changes`); a member has *left* only where
    the later report says so, or gives the whole list without it and without any that could be part of it. Ages, levels
    and rhythm are compared where both reports state them. Raises `ValueError` for reports on two municipalities, or
    where the later is not the later.
    """
    if earlier.source.municipality.iri != later.source.municipality.iri:
        raise ValueError(f"{earlier.source.key} and {later.source.key} are not on the same municipality")
    if earlier.source.observed_on >= later.source.observed_on:
        raise ValueError(f"{later.source.key} is not later than {earlier.source.key}")
    old = {each.thing.iri: each for each in earlier.forums}
    new = {each.thing.iri: each for each in later.forums}
    heirs = {was: each for iri, each in new.items() for was in each.claim.all(DCTERMS.replaces) if was in old}
    pairs = [(forum, heirs.get(iri) or new.get(iri)) for iri, forum in old.items()]
    matched = {each.thing.iri for _, each in pairs if each}
    found: list[Change] = []
    for forum, same in pairs:
        found += _both(earlier, later, forum, same) if same else [_silent(earlier, later, forum)]
    for iri, forum in new.items():
        if iri not in matched:
            found.append(Change(Shift.NEW, forum.thing, later=_told(later, forum.claim), after=_status(forum)))
    found += _elsewhere(earlier, later, {forum.thing.iri: same.thing.iri for forum, same in pairs if same})
    return sorted(found, key=_key)


def _key(change: Change) -> tuple[int, str, str, str, str]:
    forum, who = change.forum or Thing("", ""), change.who or Thing("", "")
    return _ORDER[change.shift], forum.sv, forum.iri, who.sv, who.iri


def _told(case: Case, *claims: Record) -> tuple[Evidence, ...]:
    return tuple(evidence_of(case.records, each) for each in claims)


def _status(forum: Forum) -> tuple[Thing, ...]:
    return (forum.status,) if forum.status else ()


def _silent(earlier: Case, later: Case, forum: Forum) -> Change:
    """Return what the later report makes of a forum that it does not describe: it denies it, names it, or is silent."""
    told = _told(earlier, forum.claim)
    source = later.source.thing.iri
    home = {later.source.municipality.iri}
    for claim in later.records.claims_of(source, FB.AbsenceClaim):
        absent, within = set(claim.all(FB.absent)), set(claim.all(FB.absentWithin))
        if forum.thing.iri in absent or (within & home and absent & forum.types):
            return Change(Shift.DENIED, forum.thing, earlier=told, later=_told(later, claim), known=True)
    naming = [
        claim
        for claim in later.records.claims.get(source, {}).values()
        if any(forum.thing.iri in values for values in claim.values.values())
    ]
    if naming:
        return Change(Shift.NAMED_ONLY, forum.thing, earlier=told, later=_told(later, *naming[:1]))
    return Change(Shift.SILENT, forum.thing, earlier=told)


def _both(earlier: Case, later: Case, old: Forum, new: Forum) -> Iterator[Change]:
    """Yield how two descriptions of a forum differ."""
    tell = partial(Change, forum=new.thing, earlier=_told(earlier, old.claim), later=_told(later, new.claim))
    names = (_name(old), _name(new))
    if old.thing.iri != new.thing.iri or names[0].sv.casefold() != names[1].sv.casefold():
        yield tell(Shift.RENAMED, before=names[:1], after=names[1:], known=True)
    if new.status and new.status.iri == ENDED:
        yield tell(Shift.ENDED, known=True)
    elif old.status and new.status and old.status != new.status:
        yield tell(Shift.STATUS, before=_status(old), after=_status(new))
    ages = tuple(tuple(each.thing for each in forum.ages) for forum in (old, new))
    levels = tuple(tuple(sorted(forum.levels)) for forum in (old, new))
    for shift, (before, after) in ((Shift.AGES, ages), (Shift.LEVELS, levels)):
        if before and after and before != after:
            yield tell(shift, before=before, after=after)
    if old.meetings != new.meetings and old.rhythm and new.rhythm:
        rhythms = tuple((Thing("", each.rhythm),) for each in (old, new))
        yield tell(Shift.RHYTHM, before=rhythms[0], after=rhythms[1])
    yield from _members(earlier, later, old, new)


def _name(forum: Forum) -> Thing:
    """Return the name that the source itself gives the forum, where its description states one."""
    name = forum.claim.text(SKOS.prefLabel, "sv")
    return Thing(forum.thing.iri, name, forum.claim.text(SKOS.prefLabel, "en")) if name else forum.thing


def _members(earlier: Case, later: Case, old: Forum, new: Forum) -> Iterator[Change]:
    before, after = members(earlier.graph, old), members(later.graph, new)
    if not before or not after:
        return  # a report that names nobody says nothing of who came or went
    was, now = _by_actor(before), _by_actor(after)
    for iri in was.keys() - now.keys():
        claims = _told(earlier, *(each.claim for each in was[iri]))
        gone = _left(later, new, was[iri][0].actor, now)
        shift = Shift.MEMBER_SILENT if gone is None else Shift.LEFT
        yield Change(
            shift, new.thing, was[iri][0].actor.thing, earlier=claims, later=gone or (), known=gone is not None
        )
    for iri in now.keys() - was.keys():
        yield Change(
            Shift.JOINED, new.thing, now[iri][0].actor.thing, later=_told(later, *(each.claim for each in now[iri]))
        )
    had, has = _by_function(before), _by_function(after)
    for function in had.keys() - has.keys():
        claims = _told(earlier, *(each.claim for each in had[function]))
        yield Change(Shift.FUNCTION_SILENT, new.thing, function, earlier=claims)
    for function in has.keys() - had.keys():
        yield Change(
            Shift.FUNCTION_NEW, new.thing, function, later=_told(later, *(each.claim for each in has[function]))
        )


def _by_actor(found: Iterable[Membership]) -> dict[str, list[Membership]]:
    actors: dict[str, list[Membership]] = {}
    for each in found:
        if each.current:
            actors.setdefault(each.actor.thing.iri, []).append(each)
    return actors


def _by_function(found: Iterable[Membership]) -> dict[Thing, list[Membership]]:
    functions: dict[Thing, list[Membership]] = {}
    for each in found:
        for function in each.functions if each.current else ():
            functions.setdefault(function, []).append(each)
    return functions


def _left(later: Case, forum: Forum, actor: Actor, now: dict[str, list[Membership]]) -> tuple[Evidence, ...] | None:
    """Return on what the later report is known to say that an actor no longer takes part, None where it is silent."""
    source = later.source.thing.iri
    denials = [
        claim
        for claim in later.records.claims_of(source, FB.NonMembership)
        if actor.thing.iri in claim.all(FB.excludedActor) and forum.thing.iri in claim.all(FB.excludedFrom)
    ]
    ended = [
        each.claim
        for each in members(later.graph, forum)
        if each.actor.thing.iri == actor.thing.iri and each.status and each.status.iri == ENDED
    ]
    if denials or ended:
        return _told(later, *denials, *ended)
    if not is_closed(later, forum) or not actor.types:
        return None
    named = [each for found in now.values() for each in found]
    return None if any(_could_be(later, actor, each) for each in named) else _told(later, forum.claim)


def _could_be(case: Case, actor: Actor, membership: Membership) -> bool:
    """Whether a member may be the actor under another name: a part of it, it a part of that, or of a kindred kind."""
    other, theirs, records = membership.actor, membership.types, case.records
    if actor.thing.iri in other.parents or other.thing.iri in actor.parents or not theirs:
        return True
    return any(meets(mine, other, theirs, case.tree, records) is not False for mine in actor.types) or any(
        meets(its, actor, actor.types, case.tree, records) is not False for its in theirs
    )


def _elsewhere(earlier: Case, later: Case, same: dict[str, str]) -> Iterator[Change]:
    """Yield actors that each report names in forums, none of which is the same in both."""
    was, now = _seats(earlier), _seats(later)
    for who in was.keys() & now.keys():
        if not {same.get(each.iri, each.iri) for each, _ in was[who]} & {each.iri for each, _ in now[who]}:
            yield Change(
                Shift.ELSEWHERE,
                None,
                who,
                before=tuple(each for each, _ in was[who]),
                after=tuple(each for each, _ in now[who]),
                earlier=tuple(dict.fromkeys(e for _, claims in was[who] for e in claims)),
                later=tuple(dict.fromkeys(e for _, claims in now[who] for e in claims)),
            )


def _seats(case: Case) -> dict[Thing, list[tuple[Thing, tuple[Evidence, ...]]]]:
    """Return in which running forums each actor is named, programmes left out, the forums by name."""
    seats: dict[Thing, list[tuple[Thing, tuple[Evidence, ...]]]] = {}
    for forum in case.forums:
        if forum.running and not forum.programme:
            for found in _by_actor(members(case.graph, forum)).values():
                claims = _told(case, *(each.claim for each in found))
                seats.setdefault(found[0].actor.thing, []).append((forum.thing, claims))
    return seats
