"""Forgiving names: the forum, actor or kind that somebody means by what they write."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from kg.cases import Case
from kg.errors import UnknownName
from kg.findings import Thing
from kg.namespaces import BASE, FB, last_part, slug
from kg.network import actor_of, members
from kg.records import Records

__all__ = ["find_actor", "find_forum", "find_kind", "find_member"]

ACTORS = (
    *(FB.ActorGroup, FB.Administration, FB.Assembly, FB.CivilSocietyOrganisation, FB.Committee, FB.Company),
    *(FB.Department, FB.Function, FB.JointAuthority, FB.Municipality, FB.PoliticalBody, FB.Region, FB.StateAgency),
    FB.Unit,
)
_ENDINGS = ("n", "en", "t", "et", "na", "arna", "erna", "s")


def _fold(text: str) -> str:
    """Return a name as a slug without the English article; "" where no letter or digit is left."""
    return slug(text).removeprefix("the-") if re.search(r"\w", text) else ""


def _names(thing: Thing) -> set[str]:
    return {_fold(each) for each in (thing.sv, thing.label("en"), last_part(thing.iri))} - {""}


def _same(wanted: str, thing: Thing) -> bool:
    """Whether a name is that of a thing, in the indefinite or the definite form.

    >>> _same("polisen", Thing("x/polis", "polis")), _same("polisstation", Thing("x/polis", "polis"))
    (True, False)
    """
    return any(
        wanted == each or (wanted.startswith(each) and wanted[len(each) :] in _ENDINGS) for each in _names(thing)
    )


def _pick(kind: str, text: str, *pools: Iterable[Thing], more: Iterable[Thing] = ()) -> Thing:
    """Return the one thing of the first pool that has the name; else the one of all that has it as a part.

    `more` are things that may be suggested only. Raises `UnknownName` with near names where none or several have it.
    """
    wanted = _fold(text)
    given = [sorted(set(pool)) for pool in pools]
    for pool in given:
        labelled = [each for each in pool if wanted in {_fold(each.sv), _fold(each.label("en"))} - {""}]
        exact = labelled or [each for each in pool if wanted and _same(wanted, each)]
        if len(exact) == 1:
            return exact[0]
        if exact:
            raise UnknownName(kind, text, tuple(f"{each.sv} ({last_part(each.iri)})" for each in exact))
    everything = [each for pool in given for each in pool]
    parts = [each for each in everything if wanted and any(wanted in name for name in _names(each))]
    if len(parts) == 1:
        return parts[0]
    by_name = {_fold(each.sv): each.sv for each in (*everything, *more)}
    near = [each.sv for each in parts] or [
        by_name[each] for each in difflib.get_close_matches(wanted, sorted(by_name), n=3, cutoff=0.5)
    ]
    raise UnknownName(kind, text, tuple(dict.fromkeys(near[:5])))


def _kinds(records: Records, scheme: str) -> list[Thing]:
    return [each.thing for iri, each in records.named.items() if iri.startswith(f"{BASE}def/{scheme}/")]


def find_kind(records: Records, scheme: str, text: str) -> Thing:
    """Return a kind of a scheme (`aktorstyp`, `forumtyp`) by its name or code; raises `UnknownName` with near ones."""
    return _pick("kind", text, _kinds(records, scheme))


def find_forum(case: Case, text: str, *, supposed: Iterable[Thing] = ()) -> Thing:
    """Return the forum of a report meant by its name, a part of it, or its kind where it is the only one of the kind.

    A supposed forum is found by its name or kind before the others. Raises `UnknownName` with near names.
    """
    known = [each.thing for each in case.forums]
    names: Mapping[str, Thing] = {each.iri: each for each in _kinds(case.records, "forumtyp")}
    wanted = _fold(text)
    for each in supposed:
        if wanted and (wanted in _names(each) or each.iri.endswith(f"forum-{wanted}")):
            return each
    if not any(_same(wanted, each) for each in known):
        of_kind = [
            each.thing
            for each in case.forums
            if any(kind in names and _same(wanted, names[kind]) for kind in each.types)
        ]
        if len(of_kind) == 1:
            return of_kind[0]
        if of_kind:
            raise UnknownName("forum", text, tuple(each.sv for each in of_kind))
    return _pick("forum", text, known)


def find_actor(case: Case, text: str) -> Thing:
    """Return an actor or function of the municipality, or nobody's, by its name; else the kind of actor so called.

    Raises `UnknownName` with near names.
    """
    own = case.source.municipality.iri
    known = []
    for name in ACTORS:
        for record in case.records.of_class(name):
            actor = actor_of(case.graph, record.iri)
            root = case.records.named.get(actor.root)
            elsewhere = root is not None and root.is_a(FB.Municipality) and root.iri != own
            if actor.municipality in {"", own} and not elsewhere:
                known.append(actor.thing)
    return _pick("actor", text, known, _kinds(case.records, "aktorstyp"))


def find_member(case: Case, text: str, forum: Thing | None = None) -> Thing:
    """Return who sits in a forum (in any, where none is given) by name: a member, its parent, a function, or a kind.

    Raises `UnknownName` with near names.
    """
    known: list[Thing] = []
    for description in case.forums:
        if forum is None or description.thing.iri == forum.iri:
            for each in members(case.graph, description):
                parents = (actor_of(case.graph, iri).thing for iri in each.actor.parents)
                known.extend((each.actor.thing, *parents, *each.functions))
    return _pick("member", text, known, _kinds(case.records, "aktorstyp"))
