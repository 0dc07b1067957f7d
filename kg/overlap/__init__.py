"""Which forums of one report share members, how much, and whether by design or as the same work twice."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.cases import Case, evidence_of
from kg.findings import Analysis, Evidence, Lang, Remark, Rollup, Thing
from kg.gaps.presence import is_closed, member_evidence
from kg.namespaces import FB, last_part
from kg.network import Forum, members
from kg.overlap.likeness import Comparison, Likeness, Relation, ages_only_in, compare
from kg.overlap.readings import HALF, Reading, levels_of, read_pair, steered_pairs, tie_of, unstated_of
from kg.overlap.sharing import Bounds, Shared, Sharing, bounds_of, kinds_of, seated, shared_by_pair, sit, sits
from kg.remarks import make_remark
from kg.rollup import counted_as, forum_nodes, forum_of, stability

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Loss", "Overlap", "find_overlaps", "overlaps", "remark_of", "remarks_of"]

LANGUAGES: tuple[Lang, ...] = ("sv", "en")


@dataclass(frozen=True, slots=True)
class Loss:
    """What only one forum states, and would be lost if it were closed and the other kept as it is.

    `ages` are spans in completed years, an open end None; the whole is None where either forum states no ages.
    """

    members: tuple[Thing, ...]
    ages: tuple[tuple[int, int | None], ...] | None
    levels: tuple[Thing, ...]
    topics: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two forums of one report with common members, counted at one level.

    With A and B the members of the two, `jaccard` is |A n B| / |A u B|, `first_in_second` |A n B| / |A| and
    `second_in_first` |A n B| / |B|. `at_most` is the greatest number of members they can share, None where both lists
    are open; `kinds` are the kinds of actor that both have. `possible` are pairs of one member of each that may be the
    same under two names, `unstated` the codes of what the report leaves out, `lost` what a merger must keep.
    """

    first: Forum
    second: Forum
    rollup: Rollup
    shared: tuple[Shared, ...]
    kinds: tuple[Thing, ...]
    possible: tuple[tuple[Thing, Thing], ...]
    sizes: tuple[int, int]
    closed: tuple[bool, bool]
    at_most: int | None
    jaccard: Bounds
    first_in_second: Bounds
    second_in_first: Bounds
    comparison: Comparison
    reading: Reading
    unstated: tuple[str, ...]
    lost: tuple[Loss, Loss]

    @property
    def of_smaller(self) -> float:
        """The share of the smaller forum's named members that sits in the other, in 0-1."""
        return len(self.shared) / min(self.sizes)


def _lost(case: Case, gone: Forum, kept: Forum, members: Iterable[Thing]) -> Loss:
    topics = [set(forum.claim.all(FB.topic)) for forum in (gone, kept)]
    return Loss(
        members=tuple(members),
        ages=ages_only_in(gone, kept),
        levels=tuple(each for each in gone.levels if each not in kept.levels) if kept.levels else (),
        topics=tuple(map(case.records.thing, sorted(topics[0] - topics[1]))) if topics[1] else (),
    )


def overlaps(case: Case, level: Rollup = Rollup.UNIT, *, least: int = 2) -> list[Overlap]:
    """Return the pairs of running forums (programmes apart) that share at least `least` actors counted at `level`.

    First what may be the same work twice, then what cannot be told, last what is so by design; within each the pair
    of which the smaller shares most. A membership that the report does not name lowers the named shares; the bounds
    say by how much it could, from Jaccard (1912), The distribution of the flora in the alpine zone, New Phytologist 11,
    37-50, on counts of names. Not checked: whether two forums that share an actor share a person.
    """
    view, steered = Sharing(case, level), steered_pairs(case)
    pairs = shared_by_pair(view.graph, view.forums)
    found = [_overlap(view, pair, actors, steered) for pair, actors in pairs.items() if len(actors) >= least]
    order = list(Reading)
    return sorted(
        found,
        key=lambda each: (
            *(order.index(each.reading), -each.of_smaller, -len(each.shared)),
            *(each.first.thing.sv, each.second.thing.sv, each.first.description, each.second.description),
        ),
    )


def _overlap(
    view: Sharing, pair: tuple[str, str], shared: Iterable[str], steered: Container[frozenset[str]]
) -> Overlap:
    case, graph = view.case, view.graph
    actors = sorted(shared, key=view.actors.__getitem__)
    first, second = (forum_of(graph, each) for each in pair)
    alone = [view.alone(forum, actors) for forum in pair]
    possible = view.possible(pair, *alone)
    room = min(len({one for one, _ in possible}), len({other for _, other in possible}))
    sizes = len(graph[pair[0]]), len(graph[pair[1]])
    closed = is_closed(case, first), is_closed(case, second)
    most = {(True, True): len(actors) + room, (True, False): sizes[0], (False, True): sizes[1]}
    jaccard, forward, backward = bounds_of(*sizes, len(actors), room, closed)
    comparison = compare(case, first, second)
    half = HALF * min(sizes)
    unstated = unstated_of(closed, len(actors) < half <= len(actors) + room, comparison, first, second)
    return Overlap(
        first=first,
        second=second,
        rollup=view.level,
        shared=tuple(sit(graph, each, pair) for each in actors),
        kinds=tuple(map(case.records.thing, sorted(kinds_of(graph, pair[0]) & kinds_of(graph, pair[1])))),
        possible=tuple((view.thing(one), view.thing(other)) for one, other in possible),
        sizes=sizes,
        closed=closed,
        at_most=most.get(closed),
        jaccard=jaccard,
        first_in_second=forward,
        second_in_first=backward,
        comparison=comparison,
        reading=tie_of(first, second, steered) or read_pair(len(actors) >= half, comparison, unstated),
        unstated=unstated,
        lost=(
            _lost(case, first, second, map(view.thing, alone[0])),
            _lost(case, second, first, map(view.thing, alone[1])),
        ),
    )


def _evidence(case: Case, overlap: Overlap) -> tuple[Evidence, ...]:
    """Return the two descriptions, then the memberships that are shared."""
    wanted = {each.thing.iri for each in overlap.shared}
    found = [evidence_of(case.records, each.claim, kind="b") for each in (overlap.first, overlap.second)]
    for forum in (overlap.first, overlap.second):
        sitting = [
            each
            for each in members(case.graph, forum)
            if each.current
            and sits(each)
            and wanted & {actor.thing.iri for actor in counted_as(case, each, overlap.rollup)}
        ]
        found += member_evidence(case, sitting)
    if overlap.reading is Reading.STEERS:
        claim = steered_pairs(case)[frozenset((overlap.first.thing.iri, overlap.second.thing.iri))]
        found.append(evidence_of(case.records, claim, kind="r"))
    return tuple(found)


def _detail(case: Case, overlap: Overlap) -> tuple[str, Likeness | None]:
    """Return what the reading rests on, by name, and what each forum states of it."""
    same = overlap.comparison
    match overlap.reading:
        case Reading.PART:
            return "first" if overlap.second.thing.iri in overlap.first.parents else "second", None
        case Reading.OTHER_MUNICIPALITY:
            homes = [(case.records.thing(each.home),) for each in (overlap.first, overlap.second)]
            return "homes", Likeness(Relation.OTHER, homes[0], homes[1])
        case Reading.OTHER_LEVEL:
            return f"levels-{levels_of(same.levels)}", same.levels
        case Reading.OTHER_AREA:
            return "areas", same.areas
        case Reading.OTHER_TARGET:
            return "targets", same.targets
        case Reading.OTHER_TASK | Reading.MAY_DUPLICATE:
            wanted = Relation.OTHER if overlap.reading is Reading.OTHER_TASK else Relation.SAME
            by_name = {"kinds": same.kinds, "mandates": same.mandates, "topics": same.topics}
            if wanted is Relation.SAME:
                del by_name["mandates"]
            return next((name, each) for name, each in by_name.items() if each.relation is wanted)
    return "", None


def remark_of(case: Case, overlap: Overlap) -> Remark:
    """Return a pair as a remark; `names` holds its groups one after the other, `figures` how many each group has."""
    detail, told = _detail(case, overlap)
    lost, by_function = overlap.lost, overlap.rollup is Rollup.FUNCTION
    groups = {
        "shared": tuple(each.thing if by_function else _through(each) for each in overlap.shared),
        "other_functions": tuple(each.thing for each in overlap.shared if each.by_others and not by_function),
        "at_times": tuple(each.thing for each in overlap.shared if each.at_times),
        "only_first": lost[0].members,
        "only_second": lost[1].members,
        "possible_first": tuple(dict.fromkeys(one for one, _ in overlap.possible)),
        "possible_second": tuple(dict.fromkeys(other for _, other in overlap.possible)),
        "detail_first": told.first if told else (),
        "detail_second": told.second if told else (),
        "levels": overlap.comparison.levels.shared if overlap.reading is Reading.MAY_DUPLICATE else (),
    }
    tails = [last_part(each.description) for each in (overlap.first, overlap.second)]
    evidence = _evidence(case, overlap)
    return make_remark(
        case.source,
        "overlap",
        overlap.rollup.value,
        *tails,
        analysis=Analysis.OVERLAP,
        code=overlap.reading.value,
        subjects=(overlap.first.thing, overlap.second.thing),
        names=(thing for group in groups.values() for thing in group),
        figures=(
            *((name, len(group)) for name, group in groups.items()),
            *zip(("size_first", "size_second"), overlap.sizes, strict=True),
            *_shares("jaccard", overlap.jaccard),
            *_shares("first_in_second", overlap.first_in_second),
            *_shares("second_in_first", overlap.second_in_first),
            ("detail", detail),
            ("unstated", " ".join(overlap.unstated)),
            *((f"ages_lost_{side}", _spans(each)) for side, each in zip(("first", "second"), lost, strict=True)),
        ),
        rollup=overlap.rollup,
        evidence=evidence,
    )


def _shares(name: str, bounds: Bounds) -> tuple[tuple[str, float], ...]:
    ends = {name: bounds.named, f"{name}_low": bounds.low, f"{name}_high": bounds.high}
    return tuple((each, round(share, 4)) for each, share in ends.items())


def _spans(loss: Loss) -> str:
    """Return spans of ages as text, "?" where they are not known; an open end is left out.

    >>> _spans(Loss((), ((9, 12), (14, 14), (21, None)), (), ()))
    '9-12 14-14 21-'
    """
    if loss.ages is None:
        return "?"
    return " ".join(f"{low}-{'' if high is None else high}" for low, high in loss.ages)


def _through(shared: Shared) -> Thing:
    """Name a shared member with the functions that sit there for it, where the source names them for both forums."""
    first, second = shared.functions
    if not (first and second):
        return shared.thing
    both = [each for each in first if each in second]
    if not both:
        return shared.thing
    names = [", ".join(each.label(lang) for each in both) for lang in LANGUAGES]
    return Thing(shared.thing.iri, f"{shared.thing.sv} ({names[0]})", f"{shared.thing.label('en')} ({names[1]})")


def find_overlaps(case: Case, level: Rollup = Rollup.UNIT, *, least: int = 2, draws: int = 0) -> list[Remark]:
    """Return a remark for each pair of `overlaps`, in its order; with `draws` also how it stands when members go."""
    return remarks_of(case, overlaps(case, level, least=least), least=least, draws=draws)


def remarks_of(case: Case, found: Sequence[Overlap], *, least: int = 2, draws: int = 0) -> list[Remark]:
    """Return overlaps of one case and level as remarks, in their order.

    Stability is how often the pair still shares `least` members; for what may be the same work twice, how often those
    are still half of the smaller forum. Without draws none is taken, for it costs two networks a draw.
    """
    remarks = [remark_of(case, each) for each in found]
    if not draws or not found:
        return remarks
    graph = seated(case, found[0].rollup)
    order = {node: place for place, node in enumerate(forum_nodes(graph))}

    def still(ties: nx.Graph) -> Iterable[tuple[str, str, bool]]:
        for (first, second), actors in shared_by_pair(ties, order).items():
            if len(actors) >= least:
                yield first, second, False
                if len(actors) >= HALF * min(len(ties[first]), len(ties[second])):
                    yield first, second, True

    stands = stability(graph, still, draws=draws)
    keys = [(each.first.description, each.second.description, each.reading is Reading.MAY_DUPLICATE) for each in found]
    return [replace(each, stability=stands.get(key)) for each, key in zip(remarks, keys, strict=True)]
