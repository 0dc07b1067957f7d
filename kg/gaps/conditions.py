"""Whether a norm concerns a forum at all: its kind, level and ages, its municipality, and the coded conditions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.cases import Case, Verdict, when_in_force
from kg.findings import Outcome
from kg.namespaces import FB, concept
from kg.network import MUNICIPALITY, POLICE, Actor, Forum, TypeTree, meets
from kg.norms import Norm
from kg.records import Records

__all__ = [
    "COUNCIL_WITH_POLICE",
    "OWN_SOURCE",
    "PARTS",
    "SINGLE_CASE",
    "Kinds",
    "Setting",
    "as_truth",
    "concerns",
    "council_with_police",
    "earlier",
    "early_verdict",
    "kinds_of",
    "rule_out",
    "ruled_out",
    "setting_of",
]

STEERING_GROUP = concept("forumtyp", "styrgrupp")
WORKING = frozenset(concept("forumniva", code) for code in ("operativ", "individ"))
DEFINITION = concept("normgrund", "definition")
STRATEGIC = concept("forumniva", "strategisk")
SINGLE_CASE = frozenset({"vid-behov", "person-aktuell", "enskilt-arende"})
PARTS = frozenset({"del-styrgrupp", "del-arbetsgrupp"})
COUNCIL_WITH_POLICE = "endast-styrgrupp-kommun-polis"

OWN_SOURCE = Verdict(Outcome.NOT_APPLICABLE, "own-source")
"""A norm drawn from what a municipality does says nothing of that municipality."""

Kinds = tuple[frozenset[str], frozenset[str]]
"""The kinds of a forum and those of the forums that it is a part of, both with all broader ones."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rules ask of a forum before they ask who sits there; norms apply alike to all forums of one setting.

    `elsewhere` says that it is a forum of another municipality, `cases` "true" or "false" where the source says whether
    single cases are handled, else "". `ages` are the stated ones, None where open; `county` is that of the source.
    """

    kinds: Kinds
    elsewhere: bool
    running: bool
    levels: frozenset[str]
    ages: tuple[tuple[int | None, int | None], ...]
    cases: str
    county: str


def kinds_of(case: Case, forum: Forum) -> Kinds:
    """Return the kinds of a forum and of those that it is a part of."""
    parents = (case.records.named.get(iri) for iri in forum.parents)
    above = frozenset(kind for parent in parents if parent for kind in parent.all(FB.forumType))
    return case.tree.all_broader(forum.types), case.tree.all_broader(above)


def setting_of(case: Case, forum: Forum) -> Setting:
    """Return the setting of a forum, made once in a case."""
    known: Setting | None = case.derived.get(("setting", forum.description))
    if known is None:
        known = case.derived["setting", forum.description] = Setting(
            kinds=kinds_of(case, forum),
            elsewhere=forum.home not in {"", forum.municipality},
            running=forum.running,
            levels=frozenset(each.iri for each in forum.levels),
            ages=tuple((each.low, each.high) for each in forum.ages if each.stated),
            cases=as_truth(forum.claim.one(FB.handlesIndividualCases)),
            county=case.source.code[:2],
        )
    return known


def as_truth(stated: str) -> str:
    """Return a truth value as "true" or "false", "" where none is stated."""
    return stated and ("true" if stated in {"true", "1"} else "false")


def concerns(norm: Norm, kinds: Kinds) -> bool:
    """Whether a norm is about forums of these kinds; a norm on a part also looks at the parts of such a forum."""
    of_forum, above = kinds
    return bool(of_forum & norm.forum_types or (norm.condition in PARTS and above & norm.forum_types))


def ruled_out(case: Case, norm: Norm, forum: Forum) -> Verdict | None:
    """Return why a norm does not apply to this forum or cannot be tested on it, None where it applies."""
    if forum.municipality in norm.not_for:
        return OWN_SOURCE
    found = rule_out(norm, setting_of(case, forum))
    if found is None and norm.condition == COUNCIL_WITH_POLICE:
        sitting = ((each.actor, each.types) for each in case.members(forum) if each.current)
        return council_with_police(norm, sitting, case.tree, case.records)
    return found


def rule_out(norm: Norm, setting: Setting) -> Verdict | None:
    """Return why a norm does not apply to forums of a setting or cannot be tested there, None where it applies.

    Who sits there is not looked at: `council_with_police` does that for the one condition that asks for it.
    """
    if setting.elsewhere:
        return Verdict(Outcome.NOT_APPLICABLE, "other-municipality")
    if not setting.running:
        return Verdict(Outcome.NOT_APPLICABLE, "forum-not-running")
    if _other_level(norm, setting.levels):
        return Verdict(Outcome.NOT_APPLICABLE, "other-level")
    if _other_ages(norm, setting.ages):
        return Verdict(Outcome.NOT_APPLICABLE, "other-ages")
    return _condition(norm, setting)


def council_with_police(
    norm: Norm, sitting: Iterable[tuple[Actor, frozenset[str]]], tree: TypeTree, records: Records
) -> Verdict | None:
    """Return that it cannot be tested whether a forum is the municipality's and the police's alone, None where it is.

    `sitting` are the current members with their types.
    """
    with_police = False
    for actor, types in sitting:
        if POLICE in types:
            with_police = True
        elif not meets(MUNICIPALITY, actor, types, tree, records):
            return Verdict(Outcome.NOT_ASSESSABLE, "condition", norm.condition_text)
    return None if with_police else Verdict(Outcome.NOT_ASSESSABLE, "condition", norm.condition_text)


def early_verdict(case: Case, norm: Norm, forum: Forum) -> Verdict | None:
    """Return what rules a norm out before the forum is looked at: what does not apply goes before what is in doubt."""
    return earlier(ruled_out(case, norm, forum), when_in_force(case, norm))


def earlier(unclear: Verdict | None, force: Verdict | None) -> Verdict | None:
    """Return the one of two verdicts that is told: what does not apply before what is in doubt, else the first."""
    found = [each for each in (unclear, force) if each]
    return min(found, key=lambda each: each.outcome is not Outcome.NOT_APPLICABLE, default=None)


def _other_level(norm: Norm, levels: frozenset[str]) -> bool:
    """Whether a norm is on other levels than the forum is said to work on.

    What a form of collaboration is holds for every forum of the kind: work with single persons and operative work are
    both work with the young, and are not told apart there. A group that steers is another thing.
    """
    if not norm.levels or not levels or norm.levels & levels:
        return False
    by_kind = norm.basis == DEFINITION and norm.condition not in PARTS
    return not (by_kind and norm.levels & WORKING and levels & WORKING)


def _other_ages(norm: Norm, stated: Sequence[tuple[int | None, int | None]]) -> bool:
    low, high = norm.ages
    if (low is None and high is None) or not stated:
        return False
    floor, ceiling = low or 0, 200 if high is None else high
    return all((first or 0) > ceiling or (200 if last is None else last) < floor for first, last in stated)


def _condition(norm: Norm, setting: Setting) -> Verdict | None:
    code = norm.condition
    if code == "endast-lan" and norm.county != setting.county:
        return Verdict(Outcome.NOT_APPLICABLE, "other-county")
    if code in PARTS:
        of_forum, above = setting.kinds
        if not above & norm.forum_types or (STEERING_GROUP in of_forum) is not (code == "del-styrgrupp"):
            return Verdict(Outcome.NOT_APPLICABLE, "no-such-part")
    if code == "endast-arendeberedning":
        return _by_cases(norm, setting, wanted="true")
    if code == "endast-strategisk-beredning":
        if setting.levels and STRATEGIC not in setting.levels:
            return Verdict(Outcome.NOT_APPLICABLE, "other-level")
        return _by_cases(norm, setting, wanted="false")
    return None


def _by_cases(norm: Norm, setting: Setting, *, wanted: str) -> Verdict | None:
    if not setting.cases:
        return Verdict(Outcome.NOT_ASSESSABLE, "condition", norm.condition_text)
    return None if setting.cases == wanted else Verdict(Outcome.NOT_APPLICABLE, "condition", norm.condition_text)
