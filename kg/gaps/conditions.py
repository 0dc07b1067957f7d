"""Whether a norm concerns a forum at all: its kind, level and ages, its municipality, and the coded conditions."""

from __future__ import annotations

from kg.cases import Case, Verdict, when_in_force
from kg.findings import Outcome, Thing
from kg.namespaces import FB, concept
from kg.network import MUNICIPALITY, POLICE, Forum, meets
from kg.norms import Norm

__all__ = ["PARTS", "SINGLE_CASE", "Kinds", "concerns", "early_verdict", "kinds_of", "ruled_out"]

STEERING_GROUP = concept("forumtyp", "styrgrupp")
WORKING = frozenset(concept("forumniva", code) for code in ("operativ", "individ"))
DEFINITION = concept("normgrund", "definition")
STRATEGIC = concept("forumniva", "strategisk")
SINGLE_CASE = frozenset({"vid-behov", "person-aktuell", "enskilt-arende"})
PARTS = frozenset({"del-styrgrupp", "del-arbetsgrupp"})


Kinds = tuple[frozenset[str], frozenset[str]]
"""The kinds of a forum and those of the forums that it is a part of, both with all broader ones."""


def kinds_of(case: Case, forum: Forum) -> Kinds:
    """Return the kinds of a forum and of those that it is a part of."""
    parents = (case.records.named.get(iri) for iri in forum.parents)
    above = frozenset(kind for parent in parents if parent for kind in parent.all(FB.forumType))
    return case.tree.all_broader(forum.types), case.tree.all_broader(above)


def concerns(norm: Norm, kinds: Kinds) -> bool:
    """Whether a norm is about forums of these kinds; a norm on a part also looks at the parts of such a forum."""
    of_forum, above = kinds
    return bool(of_forum & norm.forum_types or (norm.condition in PARTS and above & norm.forum_types))


def ruled_out(case: Case, norm: Norm, forum: Forum) -> Verdict | None:
    """Return why a norm does not apply to this forum or cannot be tested on it, None where it applies."""
    if forum.municipality in norm.not_for:
        return Verdict(Outcome.NOT_APPLICABLE, "own-source")
    if forum.home not in {"", forum.municipality}:
        return Verdict(Outcome.NOT_APPLICABLE, "other-municipality")
    if not forum.running:
        return Verdict(Outcome.NOT_APPLICABLE, "forum-not-running")
    if _other_level(norm, forum):
        return Verdict(Outcome.NOT_APPLICABLE, "other-level")
    if _other_ages(norm, forum):
        return Verdict(Outcome.NOT_APPLICABLE, "other-ages")
    return _condition(case, norm, forum)


def early_verdict(case: Case, norm: Norm, forum: Forum) -> Verdict | None:
    """Return what rules a norm out before the forum is looked at: what does not apply goes before what is in doubt."""
    found = [each for each in (ruled_out(case, norm, forum), when_in_force(case, norm)) if each]
    return min(found, key=lambda each: each.outcome is not Outcome.NOT_APPLICABLE, default=None)


def _other_level(norm: Norm, forum: Forum) -> bool:
    """Whether a norm is on other levels than the forum is said to work on.

    What a form of collaboration is holds for every forum of the kind: work with single persons and operative work are
    both work with the young, and are not told apart there. A group that steers is another thing.
    """
    levels = {each.iri for each in forum.levels}
    if not norm.levels or not levels or norm.levels & levels:
        return False
    by_kind = norm.basis == DEFINITION and norm.condition not in PARTS
    return not (by_kind and norm.levels & WORKING and levels & WORKING)


def _other_ages(norm: Norm, forum: Forum) -> bool:
    low, high = norm.ages
    stated = [each for each in forum.ages if each.low is not None or each.high is not None]
    if (low is None and high is None) or not stated:
        return False
    floor, ceiling = low or 0, 200 if high is None else high
    return all((each.low or 0) > ceiling or (200 if each.high is None else each.high) < floor for each in stated)


def _condition(case: Case, norm: Norm, forum: Forum) -> Verdict | None:
    code, words = norm.condition, norm.condition_text
    if code == "endast-lan" and norm.county != case.source.code[:2]:
        return Verdict(Outcome.NOT_APPLICABLE, "other-county")
    if code in PARTS:
        of_forum, above = kinds_of(case, forum)
        if not above & norm.forum_types or (STEERING_GROUP in of_forum) is not (code == "del-styrgrupp"):
            return Verdict(Outcome.NOT_APPLICABLE, "no-such-part")
    if code == "endast-arendeberedning":
        return _by_cases(forum, wanted=True, words=words)
    if code == "endast-strategisk-beredning":
        if forum.levels and STRATEGIC not in {each.iri for each in forum.levels}:
            return Verdict(Outcome.NOT_APPLICABLE, "other-level")
        return _by_cases(forum, wanted=False, words=words)
    if code == "endast-styrgrupp-kommun-polis":
        sitting = [each for each in case.members(forum) if each.current]
        with_police = any(POLICE in each.types for each in sitting)
        only_two = all(
            POLICE in each.types or meets(MUNICIPALITY, each.actor, each.types, case.tree, case.records)
            for each in sitting
        )
        return None if with_police and only_two else Verdict(Outcome.NOT_ASSESSABLE, "condition", words)
    return None


def _by_cases(forum: Forum, *, wanted: bool, words: Thing | None) -> Verdict | None:
    stated = forum.claim.one(FB.handlesIndividualCases)
    if not stated:
        return Verdict(Outcome.NOT_ASSESSABLE, "condition", words)
    return None if (stated in {"true", "1"}) is wanted else Verdict(Outcome.NOT_APPLICABLE, "condition", words)
