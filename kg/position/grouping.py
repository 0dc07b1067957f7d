"""The communities of copies of one network, by numbers: `kg.position.communities.communities` for a hundred copies."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from kg.position.bits import Bits, Copy, bits
from kg.position.communities import LEAST

__all__ = ["STARTS", "Grouping"]

STARTS: Final = 1
"""Random starts of the communities in a remark: fewer than in the table, since each draw seeks them anew."""
SEED: Final = 1


class Grouping:
    """The groups of forums in copies of a network, with one random start, as a remark on communities seeks them."""

    def __init__(self, network: Bits) -> None:
        self._network = network
        self._plans: dict[int, list[int]] = {}

    def test(self, groups: tuple[frozenset[str], ...]) -> Callable[[Copy], bool]:
        """Return the test whether a copy has these groups of more than one forum."""
        wanted = {sum(1 << self._network.forum[each] for each in group) for group in groups}
        return lambda copy: self.groups(copy) == wanted

    def groups(self, copy: Copy) -> set[int]:
        """Return the groups of more than one forum, as masks."""
        kept = [number for number, members in enumerate(copy.members) if members]
        if not kept:
            return set()
        actors = [number for number, forums in enumerate(copy.forums) if forums]
        place = {actor: number for number, actor in enumerate(actors)}
        near_forum = [[place[actor] for actor in bits(copy.members[forum])] for forum in kept]
        near_actor: list[list[int]] = [[] for _ in actors]
        for number, members in enumerate(near_forum):
            for actor in members:
                near_actor[actor].append(number)
        plans = [list(range(len(kept))), *self._random(len(kept))]
        found = [_improved(near_actor, near_forum, plan) for plan in plans]
        best = max(found, key=lambda each: each[0])[1]
        masks: dict[int, int] = {}
        for forum, label in zip(kept, best, strict=True):
            masks[label] = masks.get(label, 0) | 1 << forum
        return {mask for mask in masks.values() if mask & (mask - 1)}

    def _random(self, size: int) -> list[list[int]]:
        known = self._plans.get(size)
        if known is None:
            dice = random.Random(SEED)  # noqa: S311  a seeded sample, no secret
            known = self._plans[size] = [dice.randrange(size) for _ in range(size * STARTS)]
        return [known[start : start + size] for start in range(0, len(known), size)]


Near = list[list[int]]


def _improved(near_actor: Near, near_forum: Near, start: list[int]) -> tuple[float, list[int]]:
    forums = start
    size = len(forums)
    ties = sum(map(len, near_forum))
    quality, kept = -1.0, forums
    while True:
        actors = _induced(near_actor, near_forum, forums, size, ties)
        forums = _induced(near_forum, near_actor, actors, size, ties)
        now, actors, forums = _joined(near_actor, near_forum, actors, forums, size, ties)
        if now <= quality + LEAST:
            return round(quality, 12), kept
        quality, kept = now, forums


def _induced(movers: Near, others: Near, fixed: list[int], size: int, ties: int) -> list[int]:
    """Return the group of each mover: that of the other mode where its ties exceed what chance gives by most."""
    ends = [0] * size
    for number, label in enumerate(fixed):
        ends[label] += len(others[number])
    found = []
    for near in movers:
        degree = len(near)
        counts: dict[int, int] = {}
        for other in near:
            label = fixed[other]
            counts[label] = counts.get(label, 0) + 1
        if len(counts) == 1:
            found.append(next(iter(counts)))
            continue
        best, most = -1, 0.0
        for label, count in counts.items():
            gain = round(count - degree * ends[label] / ties, 12)
            if best < 0 or gain > most or (gain == most and label < best):
                best, most = label, gain
        found.append(best)
    return found


def _joined(
    near_actor: Near, near_forum: Near, actors: list[int], forums: list[int], size: int, ties: int
) -> tuple[float, list[int], list[int]]:
    """Join the two groups whose union raises the modularity most, until none does; return what is reached."""
    actor_ends, forum_ends = [0] * size, [0] * size
    between = [[0] * size for _ in range(size)]
    for number, label in enumerate(actors):
        actor_ends[label] += len(near_actor[number])
        row = between[label]
        for forum in near_actor[number]:
            row[forums[forum]] += 1
    for number, label in enumerate(forums):
        forum_ends[label] += len(near_forum[number])
    labels = sorted({*actors, *forums})
    square = ties**2
    while True:
        best, most, exact = (-1, -1), 0.0, 0.0
        for index, a in enumerate(labels):
            row, ends_a, ends_f = between[a], actor_ends[a], forum_ends[a]
            for b in labels[index + 1 :]:
                gain = (row[b] + between[b][a]) / ties - (ends_a * forum_ends[b] + actor_ends[b] * ends_f) / square
                rounded = round(gain, 12)
                if best[0] < 0 or rounded > most:
                    best, most, exact = (a, b), rounded, gain
        if best[0] < 0 or exact <= LEAST:
            quality = sum(between[each][each] / ties - actor_ends[each] * forum_ends[each] / square for each in labels)
            return quality, actors, forums
        a, b = best
        actor_ends[a] += actor_ends[b]
        forum_ends[a] += forum_ends[b]
        for label in labels:
            between[a][label] += between[b][label]
        for label in labels:
            between[label][a] += between[label][b]
        labels.remove(b)
        actors = [a if label == b else label for label in actors]
        forums = [a if label == b else label for label in forums]
