"""What two reports say of one forum or one actor, beside each other: who sits in it, or where it sits, in which report.

That something stands in one report only says neither that it is new nor that it is gone: nothing here says so either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.findings import Remark
from kg.maps.sidebyside import SideBySide, identity
from kg.maps.values import Edge, MapModel, Text, key_of
from kg.maps.words import edge_phrase

__all__ = ["Beside", "Tie", "lay_beside"]


@dataclass(frozen=True, slots=True)
class Tie:
    """A link to a forum or an actor: how it is in each report ("" where it is not told), and whether it is denied.

    `alone` is the report (0 or 1) that alone tells of what is at the other end; `left` means that the later report says
    that the actor does not take part.
    """

    key: str
    name: Text
    how: tuple[Text, Text]
    alone: int | None
    left: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """One forum or actor: its name in each report ("" where it does not stand), its links, and the remarks on it.

    `groups` are the links that both reports tell of, those of the earlier alone and those of the later alone.
    """

    key: str
    forum: bool
    names: tuple[Text, Text]
    groups: tuple[tuple[Tie, ...], tuple[Tie, ...], tuple[Tie, ...]]
    remarks: tuple[Remark, ...]


def lay_beside(pair: SideBySide, remarks: Sequence[Remark] = ()) -> list[Beside]:
    """Return every forum and actor of two maps once, by key; `remarks` are those on what differs."""
    names = _names(pair.model(0)), _names(pair.model(1))
    forums = {identity(each.key) for which in (0, 1) for each in pair.model(which).forums}
    links = _links(pair.model(0)), _links(pair.model(1))
    about: dict[str, list[Remark]] = {}
    for remark in remarks:
        for key in dict.fromkeys(key_of(each.iri) for each in (*remark.subjects, *remark.names)):
            about.setdefault(pair.renamed.get(key, key), []).append(remark)
    found = []
    for key in sorted({*names[0], *names[1]}):
        ties = list(_ties(pair, key, forums, names, links))
        groups = (
            tuple(each for each in ties if each.how[0].sv and each.how[1].sv),
            tuple(each for each in ties if not each.how[1].sv),
            tuple(each for each in ties if not each.how[0].sv),
        )
        both = names[0].get(key, Text("")), names[1].get(key, Text(""))
        found.append(Beside(key, key in forums, both, groups, tuple(about.get(key, ()))))
    return found


def _names(model: MapModel) -> dict[str, Text]:
    things = [(each.key, each.thing) for each in model.forums] + [(each.key, each.thing) for each in model.actors]
    return {identity(key): Text(thing.sv, thing.en) for key, thing in things}


def _links(model: MapModel) -> Mapping[tuple[str, str], Text]:
    """Return how each actor stands to each forum in words; of several links the words of all."""
    found: dict[tuple[str, str], list[Edge]] = {}
    for each in model.edges:
        found.setdefault((each.actor, identity(each.forum)), []).append(each)
    return {ends: _joined([edge_phrase(each) for each in edges]) for ends, edges in found.items()}


def _joined(phrases: Sequence[Text]) -> Text:
    return Text("; ".join(each.sv for each in phrases), "; ".join(each.of("en") for each in phrases))


def _ties(
    pair: SideBySide,
    key: str,
    forums: set[str],
    names: tuple[Mapping[str, Text], Mapping[str, Text]],
    links: tuple[Mapping[tuple[str, str], Text], Mapping[tuple[str, str], Text]],
) -> Iterable[Tie]:
    ends = sorted(
        {(actor, forum) for each in links for actor, forum in each if key == (forum if key in forums else actor)}
    )
    for actor, forum in ends:
        other = actor if key in forums else forum
        there = [other in each for each in names]
        yield Tie(
            key=other,
            name=names[1].get(other) or names[0][other],
            how=(links[0].get((actor, forum), Text("")), links[1].get((actor, forum), Text(""))),
            alone=None if all(there) else there.index(True),
            left=(actor, forum) in pair.left,
        )
