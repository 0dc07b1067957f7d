"""The steps that a signal can take in one report, as a directed graph of forums, actors and systems.

A step is one of four. *Flow*: the report says that information passes, one way. *Report*: it says that one reports to
the other, one way. *Shared*: the same member sits in two forums, both ways. *Seat*: an actor sits in a forum, both
ways. The first two are told by the report; that a shared member carries anything on is possible, never stated. Where a
step has several bonds, all are kept and the surest is first. A step counts one whatever it rests on.

A whole municipality or region is no shared member, since it does not say who sits where; a function of it that is
named in both forums is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from kg.cases import Case, evidence_of
from kg.findings import Evidence, Rollup, Thing
from kg.namespaces import FB
from kg.network import Membership, actor_of
from kg.rollup import actor_at, forum_nodes, two_mode

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["TOLD", "Bond", "Link", "Step", "one_step_links", "signal_graph"]

WHOLE = frozenset({FB.Municipality, FB.Region})


class Link(StrEnum):
    """What a step rests on, the surest first."""

    FLOW = "flow"
    REPORT = "report"
    SHARED = "shared"
    SEAT = "seat"


TOLD = frozenset({Link.FLOW, Link.REPORT})
_ORDER = {link: rank for rank, link in enumerate(Link)}


@dataclass(frozen=True, slots=True)
class Bond:
    """One thing that a step rests on: a flow or report with its content, or a member who sits at both ends.

    `functions` are those through whom the member sits; for a shared member those named at both ends. `apart` says that
    each end names other functions of the same member, `group` that the member is known only as a group, `seldom` that
    it comes at one end only sometimes or at need: in each case the same person need not be in both rooms.
    """

    link: Link
    evidence: tuple[Evidence, ...]
    content: tuple[Thing, ...] = ()
    member: Thing | None = None
    functions: tuple[Thing, ...] = ()
    apart: bool = False
    group: bool = False
    seldom: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path, from one actor, forum or system to another, with all that it rests on."""

    start: Thing
    end: Thing
    bonds: tuple[Bond, ...]

    @property
    def link(self) -> Link:
        """The surest thing that the step rests on."""
        return self.bonds[0].link

    @property
    def carriers(self) -> tuple[Thing, ...]:
        """The members who sit at both ends."""
        return tuple(each.member for each in self.bonds if each.link is Link.SHARED and each.member)


def signal_graph(case: Case, level: Rollup = Rollup.UNIT) -> nx.DiGraph:
    """Return the directed graph of steps in one report, actors counted at a level.

    Nodes: IRIs of forums, actors and systems (`thing`, `forum` for a forum that runs, `whole` for a whole municipality
    or region). Edges carry `bonds`, the surest
    first. Programmes are no meetings: being a party of one carries no signal; a stated flow to or from one counts. A
    membership that the report does not name is a step that is not here. Cost: the squares of the members' forums.
    """
    import networkx as nx  # noqa: PLC0415  the command starts without it

    seats = two_mode(case, level)
    graph: nx.DiGraph = nx.DiGraph()
    held: dict[str, list[tuple[str, tuple[Membership, ...]]]] = {}
    for node in forum_nodes(seats):
        forum = seats.nodes[node]["forum"]
        graph.add_node(forum.thing.iri, thing=forum.thing, forum=forum, whole=False)
        for _, actor, data in sorted(seats.edges(node, data=True), key=lambda each: each[1]):
            graph.add_node(actor, thing=seats.nodes[actor]["thing"], forum=None, whole=_is_whole(case, actor))
            held.setdefault(actor, []).append((forum.thing.iri, data["memberships"]))
    bonds: dict[tuple[str, str], list[Bond]] = {}
    for actor, places in held.items():
        member: Thing = graph.nodes[actor]["thing"]
        whole = graph.nodes[actor]["whole"]
        for forum, memberships in places:
            seat = _seat(case, member, memberships)
            bonds.setdefault((actor, forum), []).append(seat)
            bonds.setdefault((forum, actor), []).append(seat)
        for (one, here), (other, there) in combinations(places, 2):
            shared = _same_functions(case, here, there) if whole else [_shared(case, member, here, there)]
            bonds.setdefault((one, other), []).extend(shared)
            bonds.setdefault((other, one), []).extend(shared)
    for start, end, bond in _told(case, level):
        for thing in (start, end):
            if thing.iri not in graph:
                graph.add_node(thing.iri, thing=thing, forum=None, whole=_is_whole(case, thing.iri))
        bonds.setdefault((start.iri, end.iri), []).append(bond)
    for (start_iri, end_iri), found in sorted(each for each in bonds.items() if each[1]):
        graph.add_edge(start_iri, end_iri, bonds=tuple(sorted(found, key=_bond_order)))
    return graph


def _is_whole(case: Case, iri: str) -> bool:
    record = case.records.named.get(iri)
    return record is not None and any(record.is_a(each) for each in WHOLE)


def _bond_order(bond: Bond) -> tuple[int, str, str, str]:
    member = bond.member or Thing("", "")
    return _ORDER[bond.link], member.sv, member.iri, bond.evidence[0].claim


def _told(case: Case, level: Rollup) -> Iterator[tuple[Thing, Thing, Bond]]:
    """Yield the flows and the reporting lines that the report states, ends counted at the level, none to itself."""
    for flow in case.graph.graph["flows"].get(case.source.thing.iri, ()):
        bond = Bond(Link.FLOW, (evidence_of(case.records, flow.claim, kind="f"),), flow.content)
        yield from _ends(case, level, flow.start, flow.end, bond)
    for claim in case.reporting:
        bond = Bond(Link.REPORT, (evidence_of(case.records, claim, kind="r"),))
        for start in claim.all(FB.isSteered):
            for end in claim.all(FB.steers):
                yield from _ends(case, level, start, end, bond)


def _ends(case: Case, level: Rollup, start: str, end: str, bond: Bond) -> Iterator[tuple[Thing, Thing, Bond]]:
    first, last = _end(case, level, start), _end(case, level, end)
    if first.iri and last.iri and first.iri != last.iri:
        yield first, last, bond


def _end(case: Case, level: Rollup, iri: str) -> Thing:
    record = case.records.named.get(iri)
    if record is None or any(record.is_a(each) for each in (FB.Forum, FB.Programme, FB.InformationSystem)):
        return case.records.thing(iri)
    return actor_at(case, actor_of(case.graph, iri), level).thing


def _functions(memberships: tuple[Membership, ...]) -> dict[str, Thing]:
    return {function.iri: function for each in memberships for function in each.functions}


def _seldom(memberships: tuple[Membership, ...]) -> bool:
    return all(
        each.attendance is not None and each.attendance.iri.endswith(("/ibland", "/vid-behov")) for each in memberships
    )


def _claims(case: Case, *sides: tuple[Membership, ...]) -> tuple[Evidence, ...]:
    found = [evidence_of(case.records, each.claim) for side in sides for each in side]
    return tuple(dict.fromkeys(found))


def _group(memberships: tuple[Membership, ...]) -> bool:
    return all(FB.ActorGroup in each.actor.classes for each in memberships)


def _seat(case: Case, member: Thing, memberships: tuple[Membership, ...]) -> Bond:
    return Bond(
        Link.SEAT,
        _claims(case, memberships),
        member=member,
        functions=tuple(sorted(_functions(memberships).values(), key=lambda each: (each.sv, each.iri))),
        group=_group(memberships),
        seldom=_seldom(memberships),
    )


def _shared(case: Case, member: Thing, here: tuple[Membership, ...], there: tuple[Membership, ...]) -> Bond:
    left, right = _functions(here), _functions(there)
    both = [left[iri] for iri in sorted(left.keys() & right.keys())]
    return Bond(
        Link.SHARED,
        _claims(case, here, there),
        member=member,
        functions=tuple(sorted(both, key=lambda each: (each.sv, each.iri))),
        apart=bool(left and right and not both),
        group=_group((*here, *there)),
        seldom=_seldom(here) or _seldom(there),
    )


def _same_functions(case: Case, here: tuple[Membership, ...], there: tuple[Membership, ...]) -> list[Bond]:
    """Return what a whole municipality or region carries between two forums: only functions that sit in both."""
    left, right = _functions(here), _functions(there)
    found = []
    for iri in sorted(left.keys() & right.keys()):
        mine, theirs = (
            tuple(each for each in side if any(function.iri == iri for function in each.functions))
            for side in (here, there)
        )
        evidence = _claims(case, mine, theirs)
        found.append(
            Bond(
                Link.SHARED, evidence, member=_function_of(left[iri], mine[0]), seldom=_seldom(mine) or _seldom(theirs)
            )
        )
    return found


def _function_of(function: Thing, membership: Membership) -> Thing:
    """Return a function under a name that says whose it is."""
    body = membership.actor.thing
    return Thing(function.iri, f"{function.sv} ({body.sv})", f"{function.label('en')} ({body.label('en')})")


def one_step_links(graph: nx.DiGraph) -> list[tuple[str, str, str, str]]:
    """Return each bond of each step as start, end, link and member ("" where none), sorted.

    Equals `queries/definitions/signal-steps.rq` at the level `unit`.
    """
    return sorted(
        {
            (start, end, bond.link.value, bond.member.iri if bond.link is Link.SHARED and bond.member else "")
            for start, end, bonds in graph.edges(data="bonds")
            for bond in bonds
        }
    )
