"""Which forums share whom: sole links between two forums or two levels, forums apart from the rest."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from kg.cases import Case
from kg.findings import Remark, Rollup, Stability, Standing, Thing
from kg.namespaces import FB, concept, last_part
from kg.network import Forum
from kg.position.bounds import View, stands
from kg.position.cuts import firm_cuts
from kg.position.measures import sole_links
from kg.rollup import forum_nodes, forum_of

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "COUNCIL",
    "find_apart",
    "find_levels",
    "find_links",
    "find_without_flow",
    "forums_apart",
    "side",
    "sole_levels",
    "without_flow",
]

COUNCIL = concept("forumtyp", "bra")
"""The kind of forum that stands for the strategic side where a report states no level of it."""


def side(case: Case, graph: nx.Graph, node: str) -> frozenset[str]:
    """Return the levels of a forum; a council without a stated level stands for itself, other forums have none."""
    forum = forum_of(graph, node)
    council = any(COUNCIL in case.tree.broader(kind) for kind in forum.types)
    return frozenset(each.iri for each in forum.levels) or (frozenset({COUNCIL}) if council else frozenset())


def forums_apart(graph: nx.Graph) -> list[str]:
    """Return the forums that have members and share none of them with another forum, ordered by name."""
    return [f for f in forum_nodes(graph) if graph.degree(f) and all(graph.degree(a) == 1 for a in graph[f])]


def sole_levels(case: Case, graph: nx.Graph) -> dict[tuple[str, str], str]:
    """Return the pairs of sides (levels, or the council) that exactly one actor joins by sitting in a forum of each.

    A forum of both sides counts for neither. The cost is linear in the ties.
    """
    on: dict[str, set[str]] = {}
    for node in forum_nodes(graph):
        for each in side(case, graph, node):
            on.setdefault(each, set()).add(node)
    found = {}
    for first, second in combinations(sorted(on), 2):
        here, there = (
            {actor for forum in on[a] - on[b] for actor in graph[forum]} for a, b in ((first, second), (second, first))
        )
        if len(here & there) == 1:
            found[first, second] = next(iter(here & there))
    return found


def find_levels(seen: View, held: Mapping[Hashable, Stability]) -> list[Remark]:
    """Return the actors who alone sit on two levels (or in a council without a stated level and on a level).

    The municipality itself is left out, as in `firm_cuts`. Nothing is told where another member of one side may sit on
    the other under another name, where a forum without a list could undo it, or where nobody but the actor is named in
    its forums of one side. `names` are the actor's forums of the
    first side, then of the second (`sizes`).
    """
    remarks = []
    on = {node: side(seen.case, seen.graph, node) for node in forum_nodes(seen.graph)}
    for pair, actor in sole_levels(seen.case, seen.graph).items():
        here, there = ([n for n in on if a in on[n] and b not in on[n]] for a, b in (pair, pair[::-1]))
        first, second = ({n for forum in nodes for n in seen.family(forum)} for nodes in (here, there))
        seats = all(
            any(seen.sits(actor, forum) and not seen.fills(actor, forum) for forum in nodes) for nodes in (here, there)
        )
        if seats and actor != seen.home and not _may_meet(seen, first, second, actor):
            remarks.append(_level(seen, pair, (here, there), actor, held.get(("level", *pair))))
    return [each for each in remarks if _is_told(each)]


def _is_told(remark: Remark) -> bool:
    """Whether a sole link can be spoken of: it is sure, or no forum of it lacks a list."""
    return bool(remark.figure("sure")) or not remark.figure("silent")


def _level(
    seen: View, pair: tuple[str, str], sides: tuple[list[str], list[str]], actor: str, held: Stability | None
) -> Remark:
    own = [[forum for forum in nodes if seen.sits(actor, forum)] for nodes in sides]
    possible = [{each for forum in nodes for each in seen.wide[forum]} - {actor} for nodes in sides]
    return seen.remark(
        "sole-level",
        about=(seen.thing(actor),),
        names=[seen.thing(forum) for nodes in own for forum in nodes],
        figures=(
            ("sizes", ",".join(str(len(nodes)) for nodes in own)),
            ("side_1", _code(pair[0])),
            ("side_2", _code(pair[1])),
            ("sure", int(not possible[0] & possible[1])),
            ("open", sum(forum in seen.unlisted for nodes in sides for forum in nodes)),
            ("silent", sum(forum in seen.silent for nodes in sides for forum in nodes)),
        ),
        memberships=seen.memberships(actor, *(forum for nodes in own for forum in nodes)),
        held=held,
        key=[Thing(each, each) for each in pair],
    )


def _may_meet(seen: View, here: Iterable[str], there: Iterable[str], actor: str) -> bool:
    """Whether a member on one side, besides the actor, is on the other too, or may be under another name.

    A forum that is on both sides counts for neither.
    """
    both = set(here) & set(there)
    sitting = [
        {each for forum in nodes for each in seen.graph[forum] if stands(seen.graph, seen.home, each, forum)} - {actor}
        for nodes in (set(here) - both, set(there) - both)
    ]
    known, other = sitting
    return bool(known & other) or any(
        (a in sitting[0] and b in sitting[1]) or (b in sitting[0] and a in sitting[1]) for a, b in seen.kin
    )


def _code(iri: str) -> str:
    return "rad" if iri == COUNCIL else last_part(iri)


def find_links(seen: View, held: Mapping[Hashable, Stability]) -> list[Remark]:
    """Return the actors who alone sit in two forums, pairs of different levels first, by name within each.

    Pairs of different levels (or of a council without a stated level and a forum of any) are told unless `find_levels`
    already does. Others are told where the two also share nothing when actors are counted by organisation, and the
    same actor's cut does not already say it. An actor that is only a party to one of them does not sit in it, and where
    nobody else is named in one of them there is no other whom it could be told of. The
    municipality itself is left out, as in `firm_cuts`, and so are pairs where one is a part of the other, where another
    member of one sits in a part of the other or may sit in it under another name, or where one has no list and could
    hold more.
    `names` are the two forums, then the `organisations` that both still have in common once the actor has left.
    `side_1` and `side_2` are the codes of the forums' levels.
    """
    cuts = firm_cuts(seen)
    levels, found = {*sole_levels(seen.case, seen.graph).items()}, []
    for (first, second), actor in sole_links(seen.graph).items():
        families = seen.family(first), seen.family(second)
        seats = all(seen.sits(actor, forum) and not seen.fills(actor, forum) for forum in (first, second))
        if not seats or actor == seen.home or second in families[0] or _may_meet(seen, *families, actor):
            continue
        sides = side(seen.case, seen.graph, first), side(seen.case, seen.graph, second)
        across = bool(sides[0] and sides[1] and not sides[0] & sides[1])
        told = any(((min(a, b), max(a, b)), actor) in levels for a in sides[0] for b in sides[1])
        said = any((first in part) != (second in part) for part in cuts.get(actor, ()))
        remark = _link(seen, (first, second), actor, across, held.get(("sole", first, second, actor)))
        if _is_told(remark) and not (told if across else said or remark.figure("organisations")):
            found.append(remark)
    return sorted(found, key=lambda each: (each.code == "sole-link", each.subjects[0].sv, each.id))


def _link(seen: View, forums: tuple[str, str], actor: str, across: bool, held: Stability | None) -> Remark:
    first, second = sorted(forums, key=lambda node: (seen.thing(node).sv, node))
    organisations: list[Thing] = []
    if seen.level is not Rollup.ORGANISATION:
        left = seen.without(actor)
        organisations = [left.nodes[node]["thing"] for node in sorted(set(left[first]) & set(left[second]))]
    possible = (set(seen.wide[first]) & set(seen.wide[second])) - {actor}
    return seen.remark(
        "sole-link-levels" if across else "sole-link",
        about=(seen.thing(actor),),
        names=(seen.thing(first), seen.thing(second), *organisations),
        figures=(
            ("sure", int(not possible and not organisations)),
            ("open", sum(node in seen.unlisted for node in forums)),
            ("silent", sum(node in seen.silent for node in forums)),
            ("organisations", len(organisations)),
            *((("side_1", _words(seen, first)), ("side_2", _words(seen, second))) if across else ()),
        ),
        memberships=seen.memberships(actor, first, second),
        held=held,
        key=(seen.thing(first), seen.thing(second)),
    )


def _words(seen: View, node: str) -> str:
    """Return the codes of the levels of a forum, "rad" for a council without one."""
    return ",".join(sorted(map(_code, side(seen.case, seen.graph, node))))


def find_apart(seen: View, held: Mapping[Hashable, Stability]) -> list[Remark]:
    """Return the forums that have known members and share none of them with another forum of the report.

    Left out where it is a part of another or the other way round, or where a member of it may sit in another under
    another name. `flows` counts the stated flows of
    information to or from it.
    """
    found = []
    for node in forums_apart(seen.graph):
        others = [forum for forum in forum_nodes(seen.graph) if forum != node]
        if not _may_meet(seen, [node], others, "") and not any(seen.belongs(node, other) for other in others):
            found.append(_apart(seen, node, held.get(("apart", node))))
    return found


def _apart(seen: View, node: str, held: Stability | None) -> Remark:
    forum = forum_of(seen.graph, node)
    flows = seen.case.graph.graph["flows"].get(forum.source, ())
    elsewhere = any(set(seen.wide[actor]) - {node} for actor in seen.wide[node])
    return seen.remark(
        "apart",
        about=(forum.thing,),
        figures=(
            ("sure", int(not elsewhere)),
            ("open", len(seen.unlisted)),
            ("flows", sum(forum.thing.iri in {each.start, each.end} for each in flows)),
        ),
        memberships=[each for actor in sorted(seen.graph[node]) for each in seen.memberships(actor, node)],
        held=held,
    )


def without_flow(case: Case) -> list[Forum]:
    """Return the running forums that no stated flow of information, and no reporting, starts from or ends in, by name.

    Programmes are none.
    """
    flows = case.graph.graph["flows"].get(case.source.thing.iri, ())
    ends = {end for each in flows for end in (each.start, each.end)}
    ends |= {end for each in case.reporting for name in (FB.isSteered, FB.steers) for end in each.all(name)}
    found = [each for each in case.forums if each.running and not each.programme and each.thing.iri not in ends]
    return sorted(found, key=lambda each: (each.thing.sv, each.description))


def find_without_flow(seen: View) -> list[Remark]:
    """Return one remark on the forums of which the report tells no flow of information, none where there is none.

    `flows` counts the flows and reports that it does tell of, so that silence on all is not silence on some.
    """
    found = without_flow(seen.case)
    if not found:
        return []
    told = len(seen.case.graph.graph["flows"].get(seen.case.source.thing.iri, ())) + len(seen.case.reporting)
    about = (seen.case.source.municipality,)
    names = [each.thing for each in found]
    return [seen.remark("no-flow", about=about, names=names, figures=(("flows", told),), standing=Standing.UNSTATED)]
