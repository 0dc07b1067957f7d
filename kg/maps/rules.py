"""The rules of participation of one report as a table: what the page judges by when a membership is only supposed.

The table is made from the same norms, and with the same functions, that judge the report (`kg.gaps.expectations`,
`kg.gaps.conditions`, `kg.gaps.presence`, `kg.gaps.comparisons`); the page looks up in it (`static/whatif.js`), knowing
no norm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg.cases import Case, when_in_force
from kg.findings import Outcome
from kg.gaps import JUDGES, norms_to_judge
from kg.gaps.comparisons import INDIVIDUAL, NOBODY_TO_INVITE, is_standing
from kg.gaps.conditions import PARTS, SINGLE_CASE, early_verdict, ruled_out
from kg.gaps.expectations import LEADERSHIP, LEADING_PEOPLE, judge_duty_of_forum
from kg.gaps.presence import denies, informers_of
from kg.gaps.statements import stated_existence
from kg.html import clean
from kg.maps.ghosts import side_of_kind
from kg.maps.values import MapModel, Side, key_of
from kg.namespaces import FB, last_part
from kg.network import MUNICIPALITY, POLICE, POLITICS, REGION, Actor, Forum, Membership, actor_of, meets
from kg.norms import MAY, Norm, NormKind

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["rule_table"]

LETTERS = {
    Outcome.PRESENT: "P",
    Outcome.INFORMS: "I",
    Outcome.DENIED: "D",
    Outcome.MISSING: "M",
    Outcome.NOT_NAMED: "N",
    Outcome.NOT_ASSESSABLE: "Q",
    Outcome.NOT_APPLICABLE: "X",
    Outcome.OUT_OF_SCOPE: "X",
}
COUNCIL_WITH_POLICE = "endast-styrgrupp-kommun-polis"
LEADING = "ledande"
"""The kind that stands for politics and municipal leadership together, which a duty asks for."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind that somebody may meet: an actor type, for a municipality also whose; or `LEADING`."""

    iri: str
    home: str = ""


class _Places:
    """Values in the order in which they are first asked for, each with its place."""

    def __init__(self) -> None:
        self.values: dict[Any, int] = {}

    def of(self, value: Any) -> int:
        """Return the place of a value."""
        return self.values.setdefault(value, len(self.values))


def rule_table(case: Case, model: MapModel) -> dict[str, Any]:
    """Return what `whatif.judge` of the page needs to judge the forums of a map with other members.

    `kinds` are actor types with names and side; `profiles` what somebody is: for each kind "2" met, "1" only a broader
    kind known, "0" not met, and the kinds that count at home; `actors` by their place in the map: profile, those on the
    map that they are a part of, kinds that their denial denies, whether they can join; `norms` the kind, the obligation
    that makes a comparison of a gap, and the id; `forums` their seats, denials, lists and rows. A row is a norm and the
    letters of its outcome where the kind is met, denied, known more broadly, not in a whole list, not in an open one.
    What others have (`find_peers`) is not in it. Linear in the links of the map.
    """
    return _Table(case, model).build()


class _Table:
    def __init__(self, case: Case, model: MapModel) -> None:
        self.case = case
        self.model = model
        self.norms_by_kind, _ = norms_to_judge(case.records)
        on_map = {each.key for each in model.forums}
        self.forums = [each for each in case.forums if key_of(each.thing.iri) in on_map]
        self.actors = [actor_of(case.graph, each.thing.iri) for each in model.actors]
        self.place = {each.thing.iri: index for index, each in enumerate(self.actors)}
        self.kinds, self.profiles, self.norms = _Places(), _Places(), _Places()

    def build(self) -> dict[str, Any]:
        self._find_kinds()
        forums = [self._forum(each) for each in self.forums]
        actors = [self._actor(each) for each in self.actors]
        return {
            "actors": actors,
            "forums": forums,
            "kinds": [self._kind(each) for each in self.kinds.values],
            "norms": [self._norm(each) for each in self.norms.values],
            "profiles": [[answers, list(own)] for answers, own in self.profiles.values],
            "outdated": int(self.case.outdated),
            "police": self.kinds.of(_Kind(POLICE)),
            "municipal": self.kinds.of(_Kind(MUNICIPALITY)),
            "leading": self.kinds.of(_Kind(LEADING)),
        }

    def _find_kinds(self) -> None:
        """Gather every kind that a norm asks for or that somebody is, before anybody is held to them."""
        for iri in (MUNICIPALITY, POLICE, LEADING):
            self.kinds.of(_Kind(iri))
        asked = {norm.actor_type for forum in self.forums for norm in self.norms_by_kind.about(self.case, forum)[0]}
        own = {kind for each in self.actors for kind in each.types}
        sitting = {kind for forum in self.forums for each in self.case.members(forum) for kind in each.types}
        for iri in sorted((asked | own | sitting) - {"", MUNICIPALITY}):
            self.kinds.of(_Kind(iri))
        self.kinds.of(_Kind(MUNICIPALITY, self.case.source.municipality.iri))

    def _kind(self, kind: _Kind) -> list[Any]:
        thing = self.case.records.thing(LEADING_PEOPLE if kind.iri == LEADING else kind.iri)
        side = side_of_kind(kind.iri, self.case.source, self.case.tree)
        return [last_part(thing.iri), clean(thing.sv), clean(thing.label("en")), int(side is Side.RIGHT)]

    def _norm(self, norm: Norm) -> list[Any]:
        strength = (2 if norm.condition == "minst-en-av" else 1) if norm.obligation == MAY else 0
        words = self.case.records.thing(norm.obligation)
        return [norm.id, strength, clean(words.sv), clean(words.label("en"))]

    # ---- somebody
    def _answer(self, kind: _Kind, actor: Actor, types: frozenset[str]) -> str:
        if kind.iri == LEADING:
            return "2" if types & {POLITICS, LEADERSHIP} else "0"
        answer = meets(kind.iri, actor, types, self.case.tree, self.case.records, municipality=kind.home)
        return "1" if answer is None else "2" if answer else "0"

    def _profile(self, actor: Actor, types: frozenset[str]) -> int:
        answers = "".join(self._answer(each, actor, types) for each in self.kinds.values)
        at_home = sorted(self.kinds.of(_Kind(each)) for each in types - {MUNICIPALITY, REGION} - NOBODY_TO_INVITE)
        return self.profiles.of((answers, tuple(at_home)))

    def _actor(self, actor: Actor) -> list[Any]:
        record = self.case.records.named.get(actor.thing.iri)
        particular = record is not None and not record.one(FB.functionIn) and "/def/" not in actor.thing.iri
        above = [self.place[each] for each in actor.parents if each in self.place]
        denied = [index for index, each in enumerate(self.kinds.values) if denies(self.case, actor, each.iri)]
        return [self._profile(actor, actor.types), above, denied, int(particular)]

    # ---- a forum
    def _forum(self, forum: Forum) -> dict[str, Any]:
        sitting = self.case.members(forum)
        kinds = [each.iri for each in self.kinds.values]
        listed = sum(each.listed for each in sitting)
        standing = is_standing(forum)
        denials = [
            [
                [self.place[each] for each in claim.all(FB.excludedActor) if each in self.place],
                [index for index, each in enumerate(kinds) if denies(self.case, who, each)],
            ]
            for claim in self.case.claims_on(FB.NonMembership, FB.excludedFrom, forum.thing.iri)
            for who in (actor_of(self.case.graph, claim.one(FB.excludedActor)),)
        ]
        lacking = {
            kind
            for claim in self.case.claims_on(FB.AbsenceClaim, FB.absentWithin, forum.thing.iri)
            for kind in claim.all(FB.absent)
        }
        absent = [not lacking.isdisjoint(self.case.tree.broader(each)) for each in kinds]
        return {
            "key": key_of(forum.thing.iri),
            "id": forum.description.partition("/id/utsaga/")[2] or last_part(forum.description),
            "seats": [self._seat(each) for each in sitting],
            "whole": int(forum.whole_list and listed == forum.listed),
            "listed": listed,
            "counts": int(forum.listed is not None),
            "denials": denials,
            "absent": [index for index, each in enumerate(absent) if each],
            "informs": [index for index, each in enumerate(kinds) if informers_of(self.case, forum, each)],
            "levels": sorted({each.iri for each in forum.levels} - {INDIVIDUAL}) if standing else [],
            "rows": self._rows(forum, absent),
        }

    def _seat(self, membership: Membership) -> list[int]:
        flags = int(membership.current) + 2 * int(membership.listed)
        actor = membership.actor
        return [self.place[actor.thing.iri], self._profile(actor, membership.types), flags]

    def _rows(self, forum: Forum, absent: Sequence[bool]) -> list[list[Any]]:
        """Return the norms whose outcome may change with the members, and those that decide on others of a group."""
        about, _ = self.norms_by_kind.about(self.case, forum)
        grouped = {each for norm in about if norm.condition == "minst-en-av" for each in norm.group}
        letters = {norm.id: self._letters(norm, forum, absent) for norm in about}
        kept = [norm for norm in about if norm.id in grouped or (set(letters[norm.id]) != {"X"} and _depends(norm))]
        place = {norm.id: index for index, norm in enumerate(kept)}
        parts = {
            (norm.actor_type, norm.forum_types)
            for norm in kept
            if norm.condition in PARTS and norm.kind is NormKind.PARTICIPATION and letters[norm.id] != "XXXXX"
        }
        rows = []
        for norm in kept:
            others = norm.group - {norm.id} if norm.condition == "minst-en-av" else frozenset()
            group = sorted(place[each] for each in others if each in place)
            gate = norm.condition == COUNCIL_WITH_POLICE
            same = norm.kind is NormKind.PARTICIPATION and (norm.actor_type, norm.forum_types) in parts
            parted = same and norm.condition not in PARTS
            rest = [group, int(gate) + 2 * int(parted)] if group or gate or parted else []
            rows.append([self.norms.of(norm), self._asked(norm, forum), letters[norm.id], *rest])
        return rows

    def _asked(self, norm: Norm, forum: Forum) -> int:
        if norm.expected == LEADING_PEOPLE:
            return self.kinds.of(_Kind(LEADING))
        if not norm.actor_type:
            return -1
        return self.kinds.of(_Kind(norm.actor_type, forum.home if norm.actor_type == MUNICIPALITY else ""))

    def _letters(self, norm: Norm, forum: Forum, absent: Sequence[bool]) -> str:
        if norm.kind is NormKind.PARTICIPATION:
            kind = self._asked(norm, forum)
            return "".join(LETTERS[each] for each in self._outcomes(norm, forum, absent=absent[kind]))
        if norm.kind is NormKind.DUTY and norm.expected == LEADING_PEOPLE:
            return self._leading(norm, forum)
        return LETTERS[JUDGES[norm.kind](self.case, norm, forum).outcome] * 5

    def _outcomes(self, norm: Norm, forum: Forum, *, absent: bool) -> Iterator[Outcome]:
        """Yield the outcome where the kind is met, denied, known more broadly, not in a whole list, not in another.

        The order of `judge_participation`, with what no member changes already decided.
        """
        out_of_force = when_in_force(self.case, norm) if forum.municipality not in norm.not_for else None
        plain = replace(norm, condition="") if norm.condition == COUNCIL_WITH_POLICE else norm
        never = out_of_force if out_of_force and out_of_force.outcome is Outcome.NOT_APPLICABLE else None
        fixed = never or ruled_out(self.case, plain, forum)
        if fixed:
            yield from [fixed.outcome] * 5
            return
        yield Outcome.PRESENT
        if norm.condition in SINGLE_CASE:
            yield from [Outcome.NOT_APPLICABLE] * 4
        elif out_of_force:
            yield from [out_of_force.outcome] * 4
        elif absent:
            yield from [Outcome.DENIED] * 4
        else:
            yield Outcome.DENIED
            yield from self._unsaid(norm, forum)

    def _unsaid(self, norm: Norm, forum: Forum) -> list[Outcome]:
        if informers_of(self.case, forum, norm.actor_type):
            return [Outcome.INFORMS] * 3
        if norm.condition == "fritext":
            return [Outcome.NOT_ASSESSABLE] * 3
        if forum.whole_list and norm.condition != "rapportor":
            return [Outcome.NOT_ASSESSABLE, Outcome.MISSING, Outcome.NOT_ASSESSABLE]
        return [Outcome.NOT_ASSESSABLE, Outcome.NOT_NAMED, Outcome.NOT_NAMED]

    def _leading(self, norm: Norm, forum: Forum) -> str:
        """Return the letters of the duty to send leading people: met by politics or municipal leadership."""
        alone = replace(self.case, graph=_without_members(self.case.graph, forum))
        nobody = judge_duty_of_forum(alone, norm, forum).outcome
        early = early_verdict(self.case, norm, forum)
        stated = self.case.speaks_of(norm.expected) and stated_existence(
            self.case, norm.expected, frozenset({forum.thing.iri})
        )
        fixed = stated or (early is not None and early.outcome is Outcome.NOT_APPLICABLE)
        return (LETTERS[nobody] if fixed else "P") + LETTERS[nobody] * 4


def _depends(norm: Norm) -> bool:
    """Whether the members of a forum can change what is said of a norm, or what it keeps others from saying."""
    return norm.kind is NormKind.PARTICIPATION or norm.expected == LEADING_PEOPLE or bool(norm.actor_type)


def _without_members(graph: nx.Graph, forum: Forum) -> nx.Graph:
    import networkx as nx  # noqa: PLC0415  the command starts without it

    alone: nx.Graph = nx.Graph(**graph.graph)
    alone.add_node(forum.description, **graph.nodes[forum.description])
    return alone
