"""Suppositions: a report's network as it would be if a member, an actor or a forum came or went.

A supposition is applied to a copy of the records of one municipality, so that the same rules judge it. What is supposed
has an IRI that begins with `SUPPOSED` and neither section nor certainty: it can never be taken for what a report says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.cases import Case
from kg.errors import DataError
from kg.findings import Thing
from kg.namespaces import FB, ORG, RDF, SKOS, concept, last_part
from kg.network import NOT_RUNNING, Forum, Membership, meets, members
from kg.norms import with_norms_of
from kg.records import Record
from kg.whatif.locality import rebuild

__all__ = ["SUPPOSED", "Change", "Join", "Leave", "NewForum", "Without", "WithoutForum", "is_kind", "suppose"]

SUPPOSED = "urn:forebygg:tankt:"


@dataclass(frozen=True, slots=True)
class Join:
    """Suppose that an actor, or somebody new of a kind of actor, takes part in a forum."""

    actor: Thing
    forum: Thing


@dataclass(frozen=True, slots=True)
class Leave:
    """Suppose that an actor with its parts, a function, or everybody of a kind leaves a forum."""

    actor: Thing
    forum: Thing


@dataclass(frozen=True, slots=True)
class Without:
    """Suppose that an actor with its parts, or a function, sits nowhere and informs nobody; no one comes instead."""

    actor: Thing


@dataclass(frozen=True, slots=True)
class NewForum:
    """Suppose a new forum of a kind; who joins it is then all of it."""

    forum: Thing
    kind: Thing

    @classmethod
    def of(cls, kind: Thing) -> NewForum:
        """Return a new forum of a kind, named after it and marked as supposed."""
        code = last_part(kind.iri)
        return cls(Thing(f"{SUPPOSED}forum-{code}", f"{kind.sv} (tänkt)", f"{kind.label('en')} (supposed)"), kind)


@dataclass(frozen=True, slots=True)
class WithoutForum:
    """Suppose that a forum ceases."""

    forum: Thing


Change = Join | Leave | Without | NewForum | WithoutForum


def is_kind(thing: Thing) -> bool:
    """Whether a thing is a kind of actor or forum and no particular one."""
    return "/def/" in thing.iri


class _Draft:
    """The named things and claims of one source while they are being changed; records are replaced, never edited."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.named: dict[str, Record] = {}
        self._count = 0
        self.claims: dict[str, Record] = dict(case.records.claims[case.source.thing.iri])

    def claim(self, mark: str, values: Mapping[str, Sequence[str]]) -> str:
        self._count += 1
        iri = f"{SUPPOSED}{mark}-{self._count}"
        self.claims[iri] = Record(
            iri, self.case.source.thing.iri, {name: sorted(each) for name, each in values.items()}
        )
        return iri

    def rewrite(self, iri: str, changed: Mapping[str, Sequence[str]]) -> None:
        """Put other values on a claim; a property without values is left out."""
        record = self.claims[iri]
        values = {**record.values, **{name: sorted(each) for name, each in changed.items()}}
        kept = {name: each for name, each in values.items() if each}
        self.claims[iri] = Record(record.iri, record.source, kept, record.texts)

    def of_class(self, name: str) -> list[Record]:
        return [each for each in self.claims.values() if each.is_a(name)]

    def description(self, forum: str) -> Record:
        found = [each for each in self.of_class(FB.ForumDescription) if each.one(FB.describesForum) == forum]
        if not found:
            raise DataError(f"{self.case.source.key} describes no forum {forum}")
        return found[0]

    def drop(self, prop: str, value: str, *, classes: Iterable[str], beside: str = "", here: str = "") -> None:
        """Take a value out of a property of claims of some classes (where `beside` has `here`); none is left empty."""
        for name in classes:
            for each in self.of_class(name):
                if value in each.all(prop) and (not beside or here in each.all(beside)):
                    rest = [found for found in each.all(prop) if found != value]
                    if rest:
                        self.rewrite(each.iri, {prop: rest})
                    else:
                        del self.claims[each.iri]


def suppose(case: Case, changes: Sequence[Change]) -> Case:
    """Return the case as it would be after the changes, in their order, on a network of its own; nothing is changed.

    Who leaves is supposed not to sit there, as if the report said so; a part that leaves says nothing of the whole. A
    list that is whole stays whole. Raises `DataError` for a change without effect: a member who is there already, or
    one who is not named there.
    """
    draft = _Draft(case)
    for change in changes:
        match change:
            case Join():
                _join(draft, change)
            case Leave():
                _leave(draft, change.actor, [_forum(case, change.forum)])
            case Without():
                _leave(draft, change.actor, case.forums)
                _silence(draft, change.actor)
            case NewForum():
                _open(draft, change)
            case WithoutForum():
                _close(draft, _forum(case, change.forum))
    records = case.records
    claims = {**records.claims, case.source.thing.iri: {iri: draft.claims[iri] for iri in sorted(draft.claims)}}
    if draft.named:
        return rebuild(case, with_norms_of(records.with_named(draft.named, claims), records))
    return rebuild(case, records.with_claims(claims))


def _forum(case: Case, forum: Thing) -> Forum:
    found = next((each for each in case.forums if each.thing.iri == forum.iri), None)
    if found is None:
        raise DataError(f"{case.source.key} describes no forum {forum.sv}")
    return found


def _somebody(draft: _Draft, kind: Thing) -> str:
    """Return somebody new of a kind, marked as supposed."""
    iri = f"{SUPPOSED}aktor-{last_part(kind.iri)}"
    draft.named[iri] = Record(
        iri,
        "",
        {RDF.type: [FB.ActorGroup], FB.actorType: [kind.iri], FB.municipality: [draft.case.source.municipality.iri]},
        {f"{SKOS.prefLabel}@sv": f"{kind.sv} (tänkt)", f"{SKOS.prefLabel}@en": f"{kind.label('en')} (supposed)"},
    )
    return iri


def _join(draft: _Draft, change: Join) -> None:
    forum, actor = change.forum.iri, change.actor.iri
    description = draft.description(forum)
    through: list[str] = []
    if is_kind(change.actor):
        actor = _somebody(draft, change.actor)
    elif (record := draft.case.records.named.get(actor)) is not None and record.one(FB.functionIn):
        through, actor = [actor], record.one(FB.functionIn)
    sitting = [
        each
        for each in draft.of_class(FB.ForumMembership)
        if each.one(ORG.organization) == forum
        and each.one(ORG.member) == actor
        and each.one(FB.status) not in NOT_RUNNING
    ]
    if any(not through or set(through) & set(each.all(FB.representedBy)) for each in sitting):
        raise DataError(f"{change.actor.sv} is in {change.forum.sv} already; there is nothing to add")
    for excluded in {actor, change.actor.iri}:
        draft.drop(FB.excludedFrom, forum, classes=[FB.NonMembership], beside=FB.excludedActor, here=excluded)
    values = {RDF.type: [FB.ForumMembership], ORG.organization: [forum], ORG.member: [actor]}
    claim = draft.claim("m", {**values, FB.representedBy: through} if through else values)
    listed = description.number(FB.listedMembers)
    if description.iri.startswith(SUPPOSED):
        draft.rewrite(description.iri, {FB.listingCompleteness: [concept("fullstandighet", "fullstandig")]})
        listed = listed or 0
    if listed is not None:
        draft.rewrite(
            description.iri,
            {
                FB.listsMembership: [*description.all(FB.listsMembership), claim],
                FB.listedMembers: [str(int(listed) + 1)],
            },
        )


def _touched(case: Case, forum: Forum, who: Thing) -> list[Membership]:
    """Return the current memberships that fall if an actor with its parts, a function or a whole kind leaves."""
    found = []
    for each in members(case.graph, forum):
        if not each.current:
            continue
        if is_kind(who):
            away = meets(who.iri, each.actor, each.types, case.tree, case.records, municipality=forum.home) is True
        else:
            away = who.iri in {each.actor.thing.iri, *each.actor.parents, *(one.iri for one in each.functions)}
        if away:
            found.append(each)
    return found


def _leave(draft: _Draft, who: Thing, forums: Sequence[Forum]) -> None:
    touched = [(forum, each) for forum in forums for each in _touched(draft.case, forum, who)]
    if not touched:
        places = forums[0].thing.sv if len(forums) == 1 else "any forum"
        raise DataError(f"{draft.case.source.key} does not name {who.sv} in {places}; there is nothing to take away")
    for forum, each in touched:
        if each.claim.iri not in draft.claims:
            continue
        others = [one.iri for one in each.functions if one.iri != who.iri]
        if others and len(others) < len(each.functions):
            draft.rewrite(each.claim.iri, {FB.representedBy: others})
            continue
        _remove(draft, forum, each.claim.iri)
        denied = {who.iri, each.actor.thing.iri} if who.iri not in {one.iri for one in each.functions} else {who.iri}
        for iri in sorted(denied):
            prop, where = (FB.absent, FB.absentWithin) if "/def/" in iri else (FB.excludedActor, FB.excludedFrom)
            kind = FB.AbsenceClaim if "/def/" in iri else FB.NonMembership
            draft.claim("n", {RDF.type: [kind], prop: [iri], where: [forum.thing.iri]})


def _remove(draft: _Draft, forum: Forum, claim: str) -> None:
    """Take a membership away; a whole list that held it is whole without it."""
    del draft.claims[claim]
    description = draft.claims.get(forum.description)
    listed = description.number(FB.listedMembers) if description else None
    if description and claim in description.all(FB.listsMembership):
        lists = [each for each in description.all(FB.listsMembership) if each != claim]
        count = [] if listed is None else [str(int(listed) - 1)]
        draft.rewrite(forum.description, {FB.listsMembership: lists, FB.listedMembers: count})


def _silence(draft: _Draft, who: Thing) -> None:
    """Take away the flows that begin or end with an actor."""
    for each in draft.of_class(FB.InformationFlow):
        if who.iri in {each.one(FB.flowFrom), each.one(FB.flowTo)}:
            del draft.claims[each.iri]


def _open(draft: _Draft, change: NewForum) -> None:
    place = draft.case.source.municipality.iri
    draft.named[change.forum.iri] = Record(
        change.forum.iri,
        "",
        {RDF.type: [FB.Forum], FB.forumType: [change.kind.iri], FB.municipality: [place]},
        {f"{SKOS.prefLabel}@sv": change.forum.sv, f"{SKOS.prefLabel}@en": change.forum.label("en")},
    )
    draft.claim("b", {RDF.type: [FB.ForumDescription], FB.describesForum: [change.forum.iri]})
    for kind in sorted(draft.case.tree.broader(change.kind.iri)):
        draft.drop(FB.absent, kind, classes=[FB.AbsenceClaim], beside=FB.absentWithin, here=place)


def _close(draft: _Draft, forum: Forum) -> None:
    gone = forum.thing.iri
    del draft.claims[forum.description]
    for each in draft.of_class(FB.ForumMembership):
        if each.one(ORG.organization) == gone:
            del draft.claims[each.iri]
    for each in draft.of_class(FB.InformationFlow):
        if gone in {each.one(FB.flowFrom), each.one(FB.flowTo)}:
            del draft.claims[each.iri]
    left = {
        above
        for other in draft.case.forums
        if other.description in draft.claims and other.running
        for kind in other.types
        for above in draft.case.tree.broader(kind)
    }
    for kind in sorted(forum.types - left):
        draft.drop(FB.existing, kind, classes=[FB.ExistenceClaim])
        place = draft.case.source.municipality.iri
        draft.claim("a", {RDF.type: [FB.AbsenceClaim], FB.absent: [kind], FB.absentWithin: [place]})
