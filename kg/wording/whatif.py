"""What-if in words: suppositions in the conditional, invitations and askings with their reasons."""

from __future__ import annotations

from collections.abc import Sequence

from kg.findings import GAPS, Finding, Kind, Lang, Outcome, Thing
from kg.namespaces import last_part
from kg.phrases import capital, definite, join, plural
from kg.sentences import expectation
from kg.whatif.hypotheses import Change, Join, Leave, NewForum, Without, WithoutForum, is_kind
from kg.whatif.invitations import Ask, Invitation

__all__ = ["ask_sentence", "caution", "change_phrase", "invitation_sentence", "kind_label", "supposed_sentence"]

_KINDS: dict[Kind, tuple[str, str]] = {
    Kind.GAP: ("lucka", "gap"),
    Kind.QUESTION: ("fråga", "question"),
    Kind.COMPARISON: ("jämförelse", "comparison"),
}
_MANY: dict[Kind, tuple[str, str]] = {
    Kind.GAP: ("luckor", "gaps"),
    Kind.QUESTION: ("frågor", "questions"),
    Kind.COMPARISON: ("jämförelser", "comparisons"),
}
_MOST = 6
"""So many things to ask about are named in one sentence; all of them are findings of their own."""
_ON_ACTORS = frozenset({"participation", "peers", "at-home"})


def kind_label(kind: Kind, lang: Lang, *, count: int = 1) -> str:
    """Return the word for an open finding, in the number of the count."""
    return (_KINDS if count == 1 else _MANY)[kind][lang == "en"]


def _who(actor: Thing, lang: Lang) -> str:
    return definite(actor, lang) if is_kind(actor) else actor.label(lang)


def caution(changes: Sequence[Change], lang: Lang) -> str:
    """Say that what follows is supposed and stands in no report, and what it means that a forum ceases."""
    ceases = any(isinstance(each, WithoutForum) for each in changes)
    if lang == "en":
        gone = " What concerns a forum that ceases closes because the forum is gone, not because anything is mended."
        said = "A thought experiment: what would open or change is supposed and stands in no report."
    else:
        gone = " Det som gäller ett forum som upphör stängs för att forumet är borta, inte för att något blir bättre."
        said = "Ett tankeexperiment: det som skulle öppnas eller ändras är tänkt och står inte i någon rapport."
    return f"{said}{gone if ceases else ''}"


def change_phrase(change: Change, lang: Lang = "sv") -> str:
    """Say what is supposed, as a clause that follows "om" or "if"."""
    sv = lang == "sv"
    match change:
        case Join(actor, forum):
            who, where = _who(actor, lang), forum.label(lang)
            return f"{who} deltog i {where}" if sv else f"{who} took part in {where}"
        case Leave(actor, forum):
            who, where = _who(actor, lang), forum.label(lang)
            return f"{who} lämnade {where}" if sv else f"{who} left {where}"
        case Without(actor) if "/funktion/" in actor.iri:
            who = actor.label(lang)
            return f"funktionen {who} stod tom" if sv else f"the function {who} stood empty"
        case Without(actor):
            who = _who(actor, lang)
            return f"{who} inte deltog i något forum" if sv else f"{who} sat in no forum"
        case NewForum(_, kind):
            return f"kommunen hade ett nytt forum: {kind.label(lang)}" if sv else f"there were a new {kind.label(lang)}"
        case WithoutForum(forum):
            return f"{forum.label(lang)} upphörde" if sv else f"{forum.label(lang)} ceased"


def supposed_sentence(finding: Finding, lang: Lang = "sv") -> str:
    """Say in the conditional what a supposed finding would say, and what is expected on what ground."""
    parts = [_observed(finding, lang), expectation(finding, lang), _ground(finding, lang)]
    return " ".join(filter(None, parts))


def _observed(finding: Finding, lang: Lang) -> str:
    sv = lang == "sv"
    where = (finding.forum or finding.body or finding.municipality).label(lang)
    if finding.norm_kind in _ON_ACTORS and finding.actor_type:
        who = definite(finding.actor_type, lang)
        if finding.outcome in GAPS:
            return f"{capital(who)} skulle inte delta i {where}." if sv else f"{capital(who)} would not be in {where}."
        if finding.outcome is Outcome.NOT_ASSESSABLE and finding.reason == "broader-kind":
            if sv:
                return f"I {where} vore bara ett bredare slag av aktör än {who} känt."
            return f"In {where} only a broader kind of actor than {who} would be known."
        if finding.outcome is Outcome.NOT_ASSESSABLE:
            return f"Om detta gäller {where} går inte att säga:" if sv else f"Whether this holds of {where} is open:"
        return f"Det vore okänt om {who} deltog i {where}." if sv else f"Whether {who} is in {where} would be unknown."
    if finding.norm_kind == "existence" and finding.outcome is Outcome.DENIED and finding.expected:
        what = finding.expected.label(lang)
        return f"{capital(where)} skulle sakna {what}." if sv else f"{capital(where)} would have no {what}."
    if finding.outcome in GAPS:
        return f"{capital(where)} skulle inte motsvara detta:" if sv else f"{capital(where)} would not meet this:"
    return f"Detta vore en fråga om {where}:" if sv else f"This would be a question about {where}:"


def _ground(finding: Finding, lang: Lang) -> str:
    code = last_part(finding.norm.iri).upper() if finding.norm else ""
    return f"({'; '.join(filter(None, [code, 'tänkt' if lang == 'sv' else 'supposed']))})"


def invitation_sentence(invitation: Invitation, lang: Lang = "sv") -> str:
    """Say whom to invite where, who of the known could come, and how much it would close."""
    sv, where = lang == "sv", invitation.forum.label(lang)
    counts = []
    for kind in (Kind.GAP, Kind.COMPARISON):
        count = sum(each.kind is kind for each in invitation.closes)
        if count:
            counts.append(plural(count, kind_label(kind, lang), kind_label(kind, lang, count=2)))
    closes = join(counts, lang)
    known = join([each.label(lang) for each in invitation.actors], lang)
    if sv:
        could = f" I kommunens andra forum finns {known}." if known else ""
        return (
            f"Ta ställning till att bjuda in {definite(invitation.kind, lang)} till {where}: stänger {closes}.{could}"
        )
    could = f" In the municipality's other forums: {known}." if known else ""
    return f"Consider inviting {definite(invitation.kind, lang)} to {where}: closes {closes}.{could}"


def ask_sentence(ask: Ask, lang: Lang = "sv") -> str:
    """Say whom to ask about what; the answer closes the questions whatever it is."""
    whom = ask.whom.label(lang)
    if is_kind(ask.whom):
        whom = definite(ask.whom, lang)
    elif ask.of_forum:
        whom = f"den som håller i {whom}" if lang == "sv" else f"whoever runs {whom}"
    members = sorted(
        {definite(each.actor_type, lang) for each in ask.closes if _asks_for_actor(each) and each.actor_type}
    )
    things = list(
        dict.fromkeys(_thing(each, lang) for each in ask.closes if not _asks_for_actor(each) and each.expected)
    )
    if len(things) > _MOST:
        rest = len(things) - _MOST
        things = [*things[:_MOST], f"{rest} saker till" if lang == "sv" else f"{rest} other matters"]
    about = []
    if members and lang == "sv":
        about.append(f"om {join(members, lang)} deltar")
    elif members:
        about.append(f"whether {join(members, lang)} {'take' if len(members) > 1 else 'takes'} part")
    if things:
        about.append(f"hur det är med {join(things, lang)}" if lang == "sv" else f"about {join(things, lang)}")
    count = len(ask.closes)
    if lang == "sv":
        return f"Fråga {whom} {join(about, lang)}: besvarar {plural(count, 'fråga', 'frågor')}."
    return f"Ask {whom} {join(about, lang)}: answers {plural(count, 'question', 'questions')}."


def _asks_for_actor(finding: Finding) -> bool:
    return finding.norm_kind in _ON_ACTORS


def _thing(finding: Finding, lang: Lang) -> str:
    if finding.norm_kind == "frequency" and finding.forum:
        return "mötesrytmen" if lang == "sv" else "the rhythm of meetings"
    return finding.expected.label(lang) if finding.expected else ""
