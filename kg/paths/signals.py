"""Which forums a signal reaches the council from, which no described way leads to or from, and where flows end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from kg.cases import Case, evidence_of, finding_id
from kg.findings import Analysis, Evidence, Remark, Rollup, Standing, Thing
from kg.namespaces import FB, concept
from kg.network import Forum, Sector, actor_of, members, sector_of
from kg.paths import Path, paths_between, reach, steps_from
from kg.paths.steps import TOLD, Bond, Link, signal_graph
from kg.remarks import make_remark

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["find_signals"]

COUNCILS = (concept("forumtyp", "bra"), concept("forumtyp", "trygghetsrad"))
SINGLE_CASES = concept("informationsinnehall", "individarende")
PLACED = frozenset({Sector.POLITICS, Sector.STATE, Sector.OTHER_MUNICIPALITIES})


def find_signals(case: Case, *, level: Rollup = Rollup.UNIT) -> list[Remark]:
    """Return what the described ways of one report show, ordered by code and name.

    For each forum that meets and each local crime prevention council (a safety council where there is none) the
    shortest way (`to-council`) or that none is described (`no-way-to-council`); forums that no way leads to or from
    (`no-link`, `members-unknown` where the report names nobody); receivers in the municipality, its companies, the
    region, the police or civil society from whom nothing is described to go on (`flow-ends`). Committees, state
    agencies and other municipalities are where much information is meant to end, single cases end where they are dealt
    with: they are left out. Each rests on what the report describes: a membership it does not name may open a way.
    """
    graph = signal_graph(case, level)
    held = [each for each in case.forums if each.running and not each.programme]
    found = chain(
        _to_councils(case, graph, held, level), _alone(case, graph, held, level), _flow_ends(case, graph, level)
    )
    return sorted(found, key=lambda each: (each.code, [thing.sv for thing in each.subjects], each.id))


def _remark(
    case: Case,
    code: str,
    subjects: tuple[Thing, ...],
    *,
    evidence: tuple[Evidence, ...],
    names: tuple[Thing, ...] = (),
    figures: tuple[tuple[str, int | float | str], ...] = (),
    standing: Standing = Standing.COMPUTED,
    rollup: Rollup | None = None,
    certainty: Thing | None = None,
) -> Remark:
    return make_remark(
        case.source,
        code,
        *(finding_id(each.iri) for each in subjects),
        analysis=Analysis.PATH,
        code=code,
        standing=standing,
        subjects=subjects,
        names=names,
        figures=figures,
        rollup=rollup,
        evidence=evidence,
        certainty=certainty,
    )


def _described(case: Case, *forums: Forum) -> tuple[Evidence, ...]:
    return tuple(evidence_of(case.records, each.claim) for each in forums)


def _councils(case: Case, held: list[Forum]) -> list[Forum]:
    for kind in COUNCILS:
        found = [each for each in held if any(kind in case.tree.broader(own) for own in each.types)]
        if found:
            return found
    return []


def _to_councils(case: Case, graph: nx.DiGraph, held: list[Forum], level: Rollup) -> Iterator[Remark]:
    for council in _councils(case, held):
        for forum in held:
            if forum is council:
                continue
            paths = paths_between(graph, forum.thing.iri, council.thing.iri)
            subjects = (forum.thing, council.thing)
            if paths:
                path = paths[0]
                names, route = _route(path)
                yield _remark(
                    case,
                    "to-council",
                    subjects,
                    names=names,
                    figures=(
                        ("steps", len(path.steps)),
                        ("ways", len(paths)),
                        ("route", route),
                        ("paused", ", ".join(each.sv for each in path.paused)),
                    ),
                    evidence=path.evidence,
                    rollup=level,
                    certainty=path.certainty,
                )
            elif _meets_others(graph, forum):
                open_lists = tuple(each.thing for each in (forum, council) if not each.whole_list)
                groups = _groups(case, (forum, council))
                yield _remark(
                    case,
                    "no-way-to-council",
                    subjects,
                    names=(*open_lists, *groups),
                    figures=(
                        ("council-members", len(list(graph.predecessors(council.thing.iri)))),
                        ("open-lists", len(open_lists)),
                    ),
                    evidence=_described(case, forum, council),
                    rollup=level,
                )


def _meets_others(graph: nx.DiGraph, forum: Forum) -> bool:
    """Whether a way leads from the forum to another; one that none leads from has a remark of its own."""
    met = steps_from(graph, forum.thing.iri).keys() - {forum.thing.iri}
    return any(graph.nodes[each]["forum"] for each in met)


def _groups(case: Case, of: tuple[Forum, ...]) -> tuple[Thing, ...]:
    """Return the members that the report names only as groups, so that who is meant is not said."""
    found = {m.actor.thing for forum in of for m in members(case.graph, forum) if FB.ActorGroup in m.actor.classes}
    return tuple(sorted(found, key=lambda each: (each.sv, each.iri)))


def _route(path: Path) -> tuple[tuple[Thing, ...], str]:
    """Return what a path passes as names and a code: for each step its link and the number of its carriers.

    The names of a step are its carriers, then its end. A seat is `joins` where its start sits in its end, else `hears`.
    """
    names: list[Thing] = []
    codes: list[str] = []
    for step in path.steps:
        carriers = step.carriers if step.link is Link.SHARED else ()
        names += [*carriers, step.end]
        code = step.link.value
        if step.link is Link.SEAT:
            code = "joins" if step.bonds[0].member == step.start else "hears"
        codes.append(f"{code}:{len(carriers)}")
    return tuple(names), " ".join(codes)


def _named_on_the_whole(case: Case, forum: Forum) -> bool:
    """Whether the forum is a part of one whose members the report names: who of them sits in the part is not asked."""
    return any(each.thing.iri in forum.parents and members(case.graph, each) for each in case.forums)


def _alone(case: Case, graph: nx.DiGraph, held: list[Forum], level: Rollup) -> Iterator[Remark]:
    above: nx.DiGraph | None = None
    mirror = graph.reverse(copy=False)
    idle = {each.actor.thing.iri for forum in case.forums if not forum.running for each in members(case.graph, forum)}
    for forum in held:
        met = {*steps_from(graph, forum.thing.iri), *steps_from(mirror, forum.thing.iri)} - {forum.thing.iri}
        if any(graph.nodes[each]["forum"] for each in met):
            continue
        if not met and _named_on_the_whole(case, forum):
            continue
        if not met:
            yield _remark(
                case,
                "members-unknown",
                (forum.thing,),
                standing=Standing.UNSTATED,
                evidence=_described(case, forum),
            )
            continue
        above = above or signal_graph(case, Rollup.ADMINISTRATION)
        sitting = {
            node: bond
            for node, _, bonds in graph.in_edges(forum.thing.iri, data="bonds")
            for bond in bonds
            if bond.link is Link.SEAT
        }
        whole = _named(graph, (each for each, bond in sitting.items() if _is_whole(graph, each) and not bond.functions))
        who = _named(graph, (each for each in sitting if not _is_whole(graph, each) and each not in idle))
        wider = [each for each in reach(above, forum.thing.iri).found if above.nodes[each[0].iri]["forum"]]
        linked = [thing for thing, steps in wider if steps == wider[0][1]]
        yield _remark(
            case,
            "no-link",
            (forum.thing,),
            names=(*who, *whole, *linked),
            figures=(("members", len(who)), ("bodies", len(whole)), ("whole", int(forum.whole_list))),
            evidence=_described(case, forum),
            rollup=level,
        )


def _is_whole(graph: nx.DiGraph, node: str) -> bool:
    return bool(graph.nodes[node]["whole"])


def _named(graph: nx.DiGraph, nodes: Iterable[str]) -> tuple[Thing, ...]:
    return tuple(sorted((graph.nodes[each]["thing"] for each in nodes), key=lambda each: (each.sv, each.iri)))


def _flow_ends(case: Case, graph: nx.DiGraph, level: Rollup) -> Iterator[Remark]:
    for node in sorted(graph):
        told = sorted(
            ((graph.nodes[start]["thing"], bond) for start, bond in _told_to(graph, node)),
            key=lambda each: (each[0].sv, each[0].iri),
        )
        if not told or graph.out_degree(node) or _is_no_post(case, node):
            continue
        record = case.records.named.get(node)
        yield _remark(
            case,
            "flow-ends",
            (graph.nodes[node]["thing"],),
            names=tuple(dict.fromkeys(start for start, _ in told)),
            figures=(
                ("reports", int(all(bond.link is Link.REPORT for _, bond in told))),
                ("system", int(record is not None and record.is_a(FB.InformationSystem))),
            ),
            evidence=tuple(each for _, bond in told for each in bond.evidence),
            standing=Standing.UNSTATED,
            rollup=level,
        )


def _told_to(graph: nx.DiGraph, node: str) -> Iterator[tuple[str, Bond]]:
    """Yield from whom stated flows and reports lead to a node; single cases end where they are dealt with."""
    for start, _, bonds in graph.in_edges(node, data="bonds"):
        for bond in bonds:
            if bond.link in TOLD and {each.iri for each in bond.content} != {SINGLE_CASES}:
                yield start, bond


def _is_no_post(case: Case, node: str) -> bool:
    """Whether a receiver is one where information is meant to end: politics, the state, other municipalities."""
    record = case.records.named.get(node)
    if record is None or any(record.is_a(each) for each in (FB.Forum, FB.Programme, FB.InformationSystem)):
        return record is None
    actor = actor_of(case.graph, node)
    return sector_of(actor, actor.types, case.source.municipality.iri, case.tree) in PLACED
