"""How many meetings a year each actor or function sits in, by the rhythm that the report states of each forum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.cases import Case, evidence_of
from kg.findings import Analysis, Remark, Rollup, Standing, Thing
from kg.gaps.presence import attendance_of, member_evidence
from kg.namespaces import FB, concept
from kg.network import Forum, Membership
from kg.overlap.sharing import AT_TIMES, seated
from kg.remarks import make_remark
from kg.rollup import actor_nodes, forum_nodes, forum_of

__all__ = ["Load", "Seat", "find_meetings", "load_remark", "meeting_load"]

PAUSED = concept("status", "pausad")
WEEKS = 40
_EACH = re.compile(r"\b(på|vid|hos|inom) (respektive|varje|vardera) \w", re.IGNORECASE)
"""Words of a rhythm that is that of each of several groups: "en gång i veckan på respektive skola"."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in a forum: its meetings a year (`low` to `high`, None where not stated) and how it is held.

    `at_times` is for one who comes only at times, at need or as adjunct. `groups` is the number of parallel groups that
    the forum stands for, `on_demand` whether it is also called at need.
    """

    forum: Forum
    low: float | None
    high: float | None
    at_times: bool
    memberships: tuple[Membership, ...]

    @property
    def paused(self) -> bool:
        """Whether the forum does not meet for the time being."""
        return self.forum.status is not None and self.forum.status.iri == PAUSED

    @property
    def known(self) -> bool:
        """Whether the source states how often the forum meets."""
        return self.low is not None or self.high is not None

    @property
    def on_demand(self) -> bool:
        """Whether the forum is also called at need."""
        return self.forum.claim.one(FB.meetsOnDemand) == "true"

    @property
    def parallel(self) -> bool:
        """Whether the forum stands for several groups that meet beside each other, as one at each school."""
        several = (self.forum.claim.number(FB.parallelGroups) or 1) > 1
        return several or bool(_EACH.search(self.forum.claim.text(FB.frequencyAsStated, "sv")))

    @property
    def weekly(self) -> bool:
        """Whether its meetings are reckoned on every week of the year, or nearly: holidays are not known."""
        return (self.low or 0.0) >= WEEKS


@dataclass(frozen=True, slots=True)
class Load:
    """The seats of one actor, counted at one level, and the meetings a year of those that count.

    `counted` are standing seats in forums whose rhythm is stated; `low` and `high` are their meetings a year, `high`
    None where a forum has no highest number. Beside them, never added: seats held `at_times`, in forums that are
    `paused`, and in forums of `unknown` rhythm.
    """

    actor: Thing
    rollup: Rollup
    counted: tuple[Seat, ...]
    at_times: tuple[Seat, ...]
    paused: tuple[Seat, ...]
    unknown: tuple[Seat, ...]
    low: float
    high: float | None

    @property
    def forums(self) -> int:
        """In how many forums the actor has a seat."""
        return len(self.counted) + len(self.at_times) + len(self.paused) + len(self.unknown)

    @property
    def nested(self) -> tuple[Seat, ...]:
        """The counted seats in a part of a forum that is counted as well: its meetings may be the same."""
        wholes = {each.forum.thing.iri for each in self.counted}
        return tuple(each for each in self.counted if wholes & set(each.forum.parents))


def _least(seats: Sequence[Seat]) -> float:
    """Return the fewest meetings of the seats: those of a part may be among those of its whole.

    For a forum with parts: the greater of its own meetings and the sum of its parts'.
    """
    here = {each.forum.thing.iri: each for each in seats}
    wholes = {iri: next((above for above in each.forum.parents if above in here), "") for iri, each in here.items()}
    for iri in here:
        seen, above = {iri}, wholes[iri]
        while above and above not in seen:
            seen.add(above)
            above = wholes[above]
        if above == iri:  # parts of each other: taken apart here, told by checks/cyclic_parent.rq
            wholes[iri] = ""
    parts: dict[str, list[Seat]] = {}
    for iri, whole in wholes.items():
        parts.setdefault(whole, []).append(here[iri])

    def fewest(seat: Seat) -> float:
        return max(seat.low or 0.0, sum(map(fewest, parts.get(seat.forum.thing.iri, ()))))

    return sum(map(fewest, parts.get("", ())))


def _load(actor: Thing, level: Rollup, seats: Sequence[Seat]) -> Load:
    paused = tuple(each for each in seats if each.paused)
    meeting = [each for each in seats if not each.paused]
    unknown = tuple(each for each in meeting if not each.known)
    at_times = tuple(each for each in meeting if each.known and each.at_times)
    counted = tuple(each for each in meeting if each.known and not each.at_times)
    highs = [each.high for each in counted]
    return Load(
        actor=actor,
        rollup=level,
        counted=counted,
        at_times=at_times,
        paused=paused,
        unknown=unknown,
        low=_least(counted),
        high=None if None in highs else sum(high for high in highs if high is not None),
    )


def meeting_load(case: Case, level: Rollup = Rollup.FUNCTION) -> list[Load]:
    """Return the load of each actor that has a seat in a running forum, the greatest first.

    Load = the sum over its counted seats of the forum's meetings a year, a forum once however many sit there for the
    actor. It is a least load of the actor as the report names it: a membership or a rhythm that the report leaves out
    lowers it, parallel groups count as one, meetings called at need are not in it. Parties, project owners and
    researchers have no seat. Not checked: whether one function is one person, or whether all meetings were held.
    """
    graph = seated(case, level)
    found = []
    for node in actor_nodes(graph):
        seats = []
        for place in sorted(graph[node], key=lambda each: (graph.nodes[each]["thing"].sv, each)):
            forum = forum_of(graph, place)
            memberships: tuple[Membership, ...] = graph.edges[node, place]["memberships"]
            seats.append(Seat(forum, *forum.meetings, attendance_of(memberships) in AT_TIMES, memberships))
        found.append(_load(graph.nodes[node]["thing"], level, seats))
    return sorted(found, key=lambda each: (-(each.high or each.low), -each.low, each.actor.sv, each.actor.iri))


def _rates(seats: Iterable[Seat]) -> str:
    """Return the meetings a year of each seat, in order: "52", "6-8", "4-" without a highest, "-4" without a lowest."""

    def rate(seat: Seat) -> str:
        low, high = ("" if each is None else f"{each:g}" for each in (seat.low, seat.high))
        return low if low == high else f"{low}-{high}"

    return " ".join(map(rate, seats))


def load_remark(case: Case, load: Load) -> Remark:
    """Return a load as a remark; `names` holds its groups of forums one after the other, `figures` their numbers."""
    groups = {
        "counted": load.counted,
        "at_times": load.at_times,
        "paused": load.paused,
        "unknown": load.unknown,
        "nested": load.nested,
        "on_demand": tuple(each for each in load.counted if each.on_demand),
        "parallel": tuple(each for each in load.counted if each.parallel),
        "weekly": tuple(each for each in load.counted if each.weekly),
    }
    seats = (*load.counted, *load.at_times)
    evidence = (
        *(evidence_of(case.records, each.forum.claim, kind="b", about=each.forum.thing.sv) for each in seats),
        *member_evidence(case, [membership for each in seats for membership in each.memberships]),
    )
    high: float | str = "" if load.high is None else load.high
    return make_remark(
        case.source,
        "meetings",
        load.rollup.value,
        *load.actor.iri.rsplit("/", 2)[-2:],
        analysis=Analysis.OVERLAP,
        code="meeting-load",
        subjects=(load.actor,),
        names=(each.forum.thing for group in groups.values() for each in group),
        figures=(
            *(("low", load.low), ("high", high), ("forums", load.forums)),
            *((name, len(group)) for name, group in groups.items()),
            *(("rates", _rates(load.counted)), ("rates_at_times", _rates(load.at_times))),
        ),
        rollup=load.rollup,
        evidence=evidence,
    )


def _unstated(case: Case, level: Rollup) -> list[Remark]:
    """Return one remark on the forums that meet, have members, and whose rhythm the report does not state."""
    graph = seated(case, level)
    meeting = [forum_of(graph, node) for node in forum_nodes(graph)]
    silent = [
        each for each in meeting if each.meetings == (None, None) and not Seat(each, None, None, False, ()).paused
    ]
    if not silent:
        return []
    evidence = tuple(evidence_of(case.records, each.claim, kind="b", about=each.thing.sv) for each in silent)
    return [
        make_remark(
            case.source,
            "meetings",
            "unstated",
            analysis=Analysis.OVERLAP,
            code="rhythm-unstated",
            standing=Standing.UNSTATED,
            subjects=(each.thing for each in silent),
            figures=(("forums", len(meeting)),),
            evidence=evidence,
        )
    ]


def find_meetings(case: Case, level: Rollup = Rollup.FUNCTION) -> list[Remark]:
    """Return a remark for each load of a stated rhythm, in the order of `meeting_load`, then one on the silence."""
    loads = meeting_load(case, level)
    return [load_remark(case, each) for each in loads if each.counted or each.at_times] + _unstated(case, level)
