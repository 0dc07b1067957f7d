"""The two-mode network of one report as bits: what a hundred copies with ties dropped are made of.

An actor is a bit in the mask of each of its forums, and a forum a bit in the mask of each of its members; a copy is two
lists of integers. The functions of `kg.position` that work on networkx graphs are the definitions, and a test holds
`kg.position.steadiness`, which works on these, to them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kg.findings import Stability
from kg.rollup import SHARES

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Bits", "Copy", "Test", "bits", "counted", "grown"]


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, the lowest first.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a network: the members of each forum and the forums of each actor, as masks."""

    members: list[int]
    forums: list[int]


Test = Callable[[Copy], bool]
"""Whether something that was found in a network holds in a copy of it."""


def grown(copy: Copy, start: int, *, without_actors: int = 0, without_forums: int = 0) -> int:
    """Return the forums that hang together with those of the mask `start`, when some actors and forums are gone."""
    found, new, seen = 0, start, without_actors
    while new:
        found |= new
        reached = 0
        for forum in bits(new):
            reached |= copy.members[forum]
        reached &= ~seen
        seen |= reached
        new = 0
        for actor in bits(reached):
            new |= copy.forums[actor]
        new &= ~(found | without_forums)
    return found


class Bits:
    """A two-mode graph with its actors, forums and ties numbered in the order of their names."""

    def __init__(self, graph: nx.Graph) -> None:
        modes = dict(graph.nodes(data="bipartite"))
        self.actors = sorted(node for node, mode in modes.items() if mode == 0)
        self.forums = sorted(node for node, mode in modes.items() if mode == 1)
        self.actor = {node: number for number, node in enumerate(self.actors)}
        self.forum = {node: number for number, node in enumerate(self.forums)}
        self.ties: list[tuple[int, int]] = []
        for first, second in sorted(tuple(sorted(each)) for each in graph.edges):
            actor, forum = (first, second) if first in self.actor else (second, first)
            self.ties.append((self.actor[actor], self.forum[forum]))

    @cached_property
    def whole(self) -> Copy:
        """The network with all its ties."""
        members, forums = [0] * len(self.forums), [0] * len(self.actors)
        for actor, forum in self.ties:
            members[forum] |= 1 << actor
            forums[actor] |= 1 << forum
        return Copy(members, forums)

    def copies(self, share: float, draws: int, *, seed: int = 1) -> Iterator[Copy]:
        """Yield copies without a random share (in 0-1, rounded up) of the ties: those of `kg.rollup.drop_ties`."""
        for draw in range(draws):
            members, forums = self.whole.members.copy(), self.whole.forums.copy()
            for tie in _dropped(len(self.ties), share, seed + draw):
                actor, forum = self.ties[tie]
                members[forum] ^= 1 << actor
                forums[actor] ^= 1 << forum
            yield Copy(members, forums)


@lru_cache(maxsize=4096)
def _dropped(ties: int, share: float, seed: int) -> tuple[int, ...]:
    dice = random.Random(seed)  # noqa: S311  a seeded sample, no secret
    return tuple(dice.sample(range(ties), math.ceil(share * ties)))


def counted(network: Bits, tests: Mapping[Hashable, Test], draws: int) -> dict[Hashable, Stability]:
    """Return in what share of the draws each test holds, with each share of the ties dropped."""
    if not tests:
        return {}
    shares = []
    for share in SHARES:
        counts = dict.fromkeys(tests, 0)
        for copy in network.copies(share, draws):
            for key, holds in tests.items():
                if holds(copy):
                    counts[key] += 1
        shares.append(counts)
    return {key: Stability(shares[0][key] / draws, shares[1][key] / draws, draws) for key in tests}
