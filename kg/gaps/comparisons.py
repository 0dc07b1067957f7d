"""Two comparisons beside the norms: what peers have, and what the municipality has at home. Neither is a norm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from kg.cases import Case, evidence_of, finding_id
from kg.findings import Finding, Kind, Outcome, Thing
from kg.gaps.presence import is_closed, silence_of
from kg.namespaces import FB, concept, last_part
from kg.network import MUNICIPALITY, REGION, Flow, Forum, Membership, members
from kg.records import Records

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["INDIVIDUAL", "NOBODY_TO_INVITE", "Peers", "find_at_home", "find_peers", "is_standing"]

MAY, BENCHMARK = concept("forpliktelsegrad", "kan"), concept("normgrund", "jamforelse")
FORM_ONLY = frozenset(
    concept("forumtyp", code) for code in ("program", "natverksgrupp", "styrgrupp", "beredningsgrupp")
)
"""Kinds that name the form of a meeting and not its task: two of one such kind have nothing to be compared for."""
INTERPRETED = concept("visshet", "tolkad")
INDIVIDUAL = concept("forumniva", "individ")
NOBODY_TO_INVITE = frozenset(
    concept("aktorstyp", code) for code in ("invanare", "vardnadshavare-ungdom", "lokala-rapportorer")
)


def _compare(
    case: Case,
    forum: Forum,
    actor_type: str,
    outcome: Outcome,
    *,
    kind: str,
    code: str,
    peers: Iterable[Thing],
    comparable: int,
    informing: Sequence[Flow] = (),
) -> Finding:
    records, source = case.records, case.source
    flows = (evidence_of(records, each.claim, kind="f") for each in informing)
    evidence = (evidence_of(records, forum.claim, kind="b"), *flows)
    return Finding(
        id=finding_id(forum.description, f"{code}-{last_part(actor_type)}"),
        kind=Kind.COMPARISON,
        outcome=outcome,
        norm_kind=kind,
        municipality=source.municipality,
        report=source.thing,
        own=source.own,
        observed_on=source.observed_on.isoformat(),
        in_force=True,
        forum=forum.thing,
        description=forum.description,
        forum_type=records.thing(min(forum.types)) if forum.types else None,
        actor_type=records.thing(actor_type),
        obligation=records.thing(MAY),
        basis=records.thing(BENCHMARK),
        certainty=evidence[0].certainty,
        evidence=evidence,
        peers=tuple(peers),
        comparable=comparable,
        names=tuple(dict.fromkeys(records.thing(each.start) for each in informing)),
        as_of=case.as_of.isoformat() if case.as_of else "",
    )


def _types(sitting: Iterable[Membership]) -> frozenset[str]:
    found = {kind for each in sitting if each.current for kind in each.types}
    return frozenset(found - {MUNICIPALITY, REGION} - NOBODY_TO_INVITE)


def find_at_home(
    case: Case, told: Set[tuple[str, str]] = frozenset(), *, only: Set[str] = frozenset()
) -> Iterator[Finding]:
    """Yield the actor types that sit in the municipality's other forums of a level, but not in one with a whole list.

    Programmes are not compared: their parties are no meeting. Nor are meetings on single cases: who comes follows the
    case. A kind broader than one that is there is not asked for, nor what a gap already tells (`told`: description and
    kind). Where one of those other forums informs this one, the comparison says so. With IRIs in `only`, only these
    forums are compared with the others.
    """
    here = [
        (each, _types(case.members(each)), {level.iri for level in each.levels} - {INDIVIDUAL})
        for each in case.forums
        if is_standing(each)
    ]
    for forum, _, levels in here:
        if not levels or (only and forum.thing.iri not in only) or not is_closed(case, forum):
            continue
        elsewhere: dict[str, list[Thing]] = {}
        for other, kinds, theirs in here:
            if other.thing.iri != forum.thing.iri and levels & theirs:
                for kind in kinds:
                    elsewhere.setdefault(kind, []).append(other.thing)
        for kind in sorted(elsewhere):
            outcome = None if (forum.description, kind) in told else silence_of(case, forum, kind)
            if outcome:
                peers = sorted(set(elsewhere[kind]))
                places = {each.iri for each in peers}
                yield _compare(
                    case,
                    forum,
                    kind,
                    outcome,
                    kind="at-home",
                    code="hemma",
                    peers=peers,
                    comparable=len(peers),
                    informing=[each for each in case.flows_to.get(forum.thing.iri, ()) if each.start in places],
                )


def is_standing(forum: Forum) -> bool:
    """Whether a forum is a running meeting of the municipality that the source describes, and no programme."""
    return forum.running and not forum.programme and forum.home in {"", forum.municipality}


class Peers:
    """The comparable forums of all municipalities, by kind of forum: running, no programmes, with known members."""

    def __init__(self, records: Records, graph: nx.Graph, everywhere: Iterable[Forum]) -> None:
        self._of_type: dict[str, list[tuple[Forum, frozenset[str], Thing]]] = {}
        self._alike: dict[tuple[frozenset[str], frozenset[str]], _Alike] = {}
        for forum in everywhere:
            if is_standing(forum) and (kinds := _types(members(graph, forum))):
                for kind in sorted(_tasks(forum)):
                    self._of_type.setdefault(kind, []).append((forum, kinds, _placed(records, forum)))

    def of(self, forum: Forum) -> _Alike:
        """Return the forums that share a task with this one, and a level where both state one."""
        tasks, levels = _tasks(forum), frozenset(each.iri for each in forum.levels)
        if (tasks, levels) not in self._alike:
            found = _Alike()
            for other, kinds, placed in (each for kind in sorted(tasks) for each in self._of_type.get(kind, ())):
                theirs = {each.iri for each in other.levels}
                if not levels or not theirs or levels & theirs:
                    found.add(other.municipality, kinds, placed)
            self._alike[tasks, levels] = found
        return self._alike[tasks, levels]


class _Alike:
    """Forums that can be compared with each other, one a municipality, found once for all that ask for the same."""

    def __init__(self) -> None:
        self.places: set[str] = set()
        self.holders: dict[str, dict[str, Thing]] = {}
        self._sorted: dict[str, list[tuple[Thing, str]]] = {}

    def add(self, municipality: str, kinds: Iterable[str], placed: Thing) -> None:
        """Add a forum; of two in one municipality the first counts."""
        self.places.add(municipality)
        for kind in kinds:
            self.holders.setdefault(kind, {}).setdefault(municipality, placed)

    def count(self, own: str) -> int:
        """Return how many other municipalities have such a forum."""
        return len(self.places) - (own in self.places)

    def kinds(self, own: str, least: int) -> list[str]:
        """Return the actor types that sit in such forums of at least so many other municipalities, sorted."""
        return sorted(kind for kind, found in self.holders.items() if len(found) - (own in found) >= least)

    def where(self, kind: str, own: str) -> list[Thing]:
        """Return the forums of other municipalities in which an actor type sits, sorted."""
        if kind not in self._sorted:
            self._sorted[kind] = sorted((forum, place) for place, forum in self.holders[kind].items())
        return [forum for forum, place in self._sorted[kind] if place != own]


def _tasks(forum: Forum) -> frozenset[str]:
    """Return the kinds that a forum can be compared by; none where its kind is the editor's reading."""
    return frozenset() if forum.claim.one(FB.certainty) == INTERPRETED else forum.types - FORM_ONLY


def find_peers(
    case: Case,
    everywhere: Peers,
    told: Set[tuple[str, str]] = frozenset(),
    *,
    least: int = 2,
    only: Set[str] = frozenset(),
) -> Iterator[Finding]:
    """Yield the actor types that at least `least` comparable forums of other municipalities have, but not this one.

    Comparable is a running forum of the same type, with known members, sharing a level where both state one. Each
    municipality counts once. What another finding tells already (`told`: description and kind) is left out. With IRIs
    in `only`, only these forums are compared.
    """
    for forum in case.forums:
        if (only and forum.thing.iri not in only) or not is_standing(forum) or not case.members(forum):
            continue
        own, alike = forum.municipality, everywhere.of(forum)
        for kind in alike.kinds(own, least):
            outcome = None if (forum.description, kind) in told else silence_of(case, forum, kind)
            if outcome:
                peers, count = alike.where(kind, own), alike.count(own)
                yield _compare(case, forum, kind, outcome, kind="peers", code="andra", peers=peers, comparable=count)


def _placed(records: Records, forum: Forum) -> Thing:
    """Name a forum with its municipality, so that two of one name are told apart."""
    place = records.thing(forum.municipality)
    return Thing(forum.thing.iri, f"{forum.thing.sv} ({place.sv})", f"{forum.thing.label('en')} ({place.label('en')})")
