"""How often what joins forums is found again in copies with ties dropped, asked of each copy by bits.

The sampling and its reference: `kg.rollup.stability`, which finds everything anew in each copy and is what this is held
to; here each copy is only asked whether what was found still holds.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from kg.findings import Stability
from kg.network import Membership, Sector, sector_of
from kg.position.bits import Bits, Copy, Test, bits, counted, grown
from kg.position.bounds import View, stands
from kg.position.grouping import Grouping
from kg.position.joints import side

if TYPE_CHECKING:
    pass

__all__ = ["held_of_joints"]


def held_of_joints(seen: View, found: Iterable[Hashable], *, draws: int) -> dict[Hashable, Stability]:
    """Return in what share of the draws each remark on joints holds; `found` are its keys in the whole network.

    Keys: `("cut", node)`, `("level", side, side)`, `("sole", forum, forum, actor)`, `("broker", actor)`,
    `("apart", forum)` and `("communities", groups)`.
    """
    network = Bits(seen.graph)
    cuts, brokers, grouping = _Cuts(seen, network), _Brokers(seen, network), Grouping(network)
    sides = _sides(seen, network)
    tests: dict[Hashable, Test] = {}
    for key in found:
        match key:
            case ("cut", str(node)):
                tests[key] = cuts.test(node)
            case ("level", str(first), str(second)):
                tests[key] = _level_test(sides[first], sides[second])
            case ("sole", str(first), str(second), str(actor)):
                tests[key] = _sole_test(network.forum[first], network.forum[second], 1 << network.actor[actor])
            case ("broker", str(node)):
                tests[key] = brokers.test(node)
            case ("apart", str(node)):
                tests[key] = _apart_test(network.forum[node])
            case ("communities", tuple(groups)):
                tests[key] = grouping.test(groups)
            case _:
                raise KeyError(key)
    return counted(network, tests, draws)


def _sides(seen: View, network: Bits) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, node in enumerate(network.forums):
        for each in side(seen.case, seen.graph, node):
            found[each] = found.get(each, 0) | 1 << number
    return found


def _level_test(first: int, second: int) -> Test:
    here, there = first & ~second, second & ~first

    def holds(copy: Copy) -> bool:
        on = [0, 0]
        for index, mask in enumerate((here, there)):
            for forum in bits(mask):
                on[index] |= copy.members[forum]
        return (on[0] & on[1]).bit_count() == 1

    return holds


def _sole_test(first: int, second: int, actor: int) -> Test:
    return lambda copy: copy.members[first] & copy.members[second] == actor


def _apart_test(forum: int) -> Test:
    own = 1 << forum

    def holds(copy: Copy) -> bool:
        members = copy.members[forum]
        return bool(members) and all(copy.forums[each] == own for each in bits(members))

    return holds


class _Cuts:
    """What `kg.position.cuts.firm_cuts` needs to know, as masks."""

    def __init__(self, seen: View, network: Bits) -> None:
        self.seen, self.network = seen, network
        self.silent = sum(1 << network.forum[each] for each in seen.silent)
        self.standing = [0] * len(network.forums)
        for actor, forum in network.ties:
            if stands(seen.graph, seen.home, network.actors[actor], network.forums[forum]):
                self.standing[forum] |= 1 << actor
        self.kin = [0] * len(network.actors)
        for a, b in seen.kin:
            self.kin[network.actor[a]] |= 1 << network.actor[b]
            self.kin[network.actor[b]] |= 1 << network.actor[a]
        self.family = [0] * len(network.forums)
        for one, other in combinations(range(len(network.forums)), 2):
            if seen.belongs(network.forums[one], network.forums[other]):
                self.family[one] |= 1 << other
                self.family[other] |= 1 << one

    def test(self, node: str) -> Test:
        """Return the test whether a node is a firm cut-point."""
        seen, network = self.seen, self.network
        if node in network.forum:
            own = network.forum[node]
            return lambda copy: self._parted(copy, self._without_forum(copy, own), gone=0)
        actor = network.actor[node]
        sits = sum(1 << number for number, each in enumerate(network.forums) if seen.sits(node, each))
        fills = sum(1 << number for number, each in enumerate(network.forums) if seen.fills(node, each))

        def holds(copy: Copy) -> bool:
            parts = self._without_actor(copy, actor)
            if len(parts) < 2:
                return False
            parts = [part for part in parts if part & sits and part & ~fills]
            return self._parted(copy, parts, gone=1 << actor)

        return holds

    @staticmethod
    def _without_actor(copy: Copy, actor: int) -> list[int]:
        parts, todo = [], copy.forums[actor]
        while todo:
            parts.append(grown(copy, todo & -todo, without_actors=1 << actor))
            todo &= ~parts[-1]
        return parts

    @staticmethod
    def _without_forum(copy: Copy, forum: int) -> list[int]:
        parts, todo = [], 0
        for actor in bits(copy.members[forum]):
            todo |= copy.forums[actor]
        todo &= ~(1 << forum)
        while todo:
            parts.append(grown(copy, todo & -todo, without_forums=1 << forum))
            todo &= ~parts[-1]
        return parts

    def _parted(self, copy: Copy, parts: list[int], *, gone: int) -> bool:
        """Whether two or more parts are left once those that may be one are joined, and silent ones left out."""
        parts = [part for part in parts if part & ~self.silent]
        if len(parts) < 2:
            return False
        near = [self._surroundings(copy, part, gone) for part in parts]
        joined, todo = [near[0]], near[1:]
        for _, _, family, kin in joined:
            linked = [each for each in todo if kin & each[1] or family & each[0]]
            joined.extend(linked)
            todo = [each for each in todo if each not in linked]
        return bool(todo)

    def _surroundings(self, copy: Copy, part: int, gone: int) -> tuple[int, int, int, int]:
        """Return a part, who sits in it, the forums of its family, and who may be one with those who sit in it."""
        sitting = family = kin = 0
        for forum in bits(part):
            sitting |= copy.members[forum] & self.standing[forum]
            family |= self.family[forum]
        sitting &= ~gone
        for actor in bits(sitting):
            kin |= self.kin[actor]
        return part, sitting, family, kin


class _Brokers:
    """Who stands between most pairs of two sectors that share no forum, in a copy."""

    def __init__(self, seen: View, network: Bits) -> None:
        self.seen, self.network = seen, network
        self.home = network.actor.get(seen.home)
        self._sectors: dict[tuple[int, int], Sector] = {}
        self._top: tuple[Copy | None, int] = (None, 0)

    def test(self, node: str) -> Test:
        """Return the test whether a node leads."""
        own = 1 << self.network.actor[node]
        return lambda copy: bool(self._leading(copy) & own)

    def _sector(self, actor: int, forums: int) -> Sector:
        known = self._sectors.get((actor, forums))
        if known is None:
            case, node, graph = self.seen.case, self.network.actors[actor], self.seen.graph
            told: list[Membership] = [
                each
                for forum in bits(forums)
                for each in graph.edges[node, self.network.forums[forum]]["memberships"]
                if each.actor.thing.iri == node
            ]
            actual = graph.nodes[node]["actor"]
            types = frozenset().union(*(each.types for each in told)) if told else actual.types
            known = sector_of(actual, types, case.source.municipality.iri, case.tree)
            self._sectors[actor, forums] = known
        return known

    def _leading(self, copy: Copy) -> int:
        if self._top[0] is copy:
            return self._top[1]
        sector = [self._sector(actor, forums) for actor, forums in enumerate(copy.forums)]
        of_sector: dict[Sector, int] = {}
        met = []
        for actor, forums in enumerate(copy.forums):
            of_sector[sector[actor]] = of_sector.get(sector[actor], 0) | 1 << actor
            mask = 0
            for forum in bits(forums):
                mask |= copy.members[forum]
            met.append(mask & ~(1 << actor))
        strange = [~(met[actor] | 1 << actor | of_sector[sector[actor]]) for actor in range(len(met))]
        most, leading = 0, 0
        for actor, mask in enumerate(met):
            if actor == self.home:
                continue
            across = sum((mask & strange[start]).bit_count() for start in bits(mask))
            if across > most:
                most, leading = across, 0
            if across == most > 0:
                leading |= 1 << actor
        self._top = copy, leading
        return leading
