"""How two reports differ, in words: what one does not mention is never called gone."""

from __future__ import annotations

from collections.abc import Mapping

from kg.findings import Lang, Remark
from kg.phrases import plural
from kg.wording import Wording, compare, followed, reports

__all__ = ["ADVICE", "SENTENCES"]


def _about_forum(swedish: str, english: str) -> Wording:
    """Return a wording with the forum, the member, the report that is cited and the other."""

    def say(remark: Remark, lang: Lang) -> str:
        return (swedish if lang == "sv" else english).format(
            forum=remark.subjects[0].label(lang),
            who=remark.subjects[-1].label(lang),
            report=reports.report(remark, lang),
            other=reports.other(remark, lang),
        )

    return say


def _from_to(swedish: str, english: str) -> Wording:
    """Return a wording with what the two reports give, the earlier first."""

    def say(remark: Remark, lang: Lang) -> str:
        count = reports.number(remark, "before")
        before = reports.labels(remark.names[:count], lang) or str(remark.figure("before-text"))
        after = reports.labels(remark.names[count:], lang) or str(remark.figure("after-text"))
        return (swedish if lang == "sv" else english).format(
            forum=remark.subjects[0].label(lang),
            before=before,
            after=after,
            report=reports.report(remark, lang),
            other=reports.other(remark, lang),
        )

    return say


def _new(remark: Remark, lang: Lang) -> str:
    forum, report, other = (
        remark.subjects[0].label(lang),
        reports.report(remark, lang),
        reports.other_name(remark, lang),
    )
    status = reports.labels(remark.names, lang)
    if lang == "sv":
        stands = f" (status: {status})" if status else ""
        return f"{forum} beskrivs i {report}{stands} men inte i {other}; om det är nytt sägs inte."
    stands = f" (status: {status})" if status else ""
    return f"{forum} is described in {report}{stands} but not in {other}; whether it is new is not said."


def _scope(remark: Remark, lang: Lang) -> str:
    sv, rest, parts = lang == "sv", list(remark.names), []
    for word, report in zip(("earlier", "later"), remark.subjects, strict=True):
        topics = rest[: reports.number(remark, f"{word}-topics")]
        rest = rest[len(topics) :]
        bodies = rest[: reports.number(remark, f"{word}-bodies")]
        rest = rest[len(bodies) :]
        forums, whole = reports.number(remark, f"{word}-forums"), reports.number(remark, f"{word}-whole")
        name = report.label(lang)
        about, at = reports.labels(topics, lang), reports.labels(bodies, lang)
        if sv:
            examined = f" granskar {about}" if about else " har ingen angiven inriktning"
            where = f" hos {at}" if at else ""
            lists = "har hel deltagarlista" if whole else "har någon hel deltagarlista"
            count = str(whole) if whole else "inget"
            parts.append(f"{name}{examined}{where} och beskriver {forums} forum, varav {count} {lists}.")
        else:
            examined = f" examines {about}" if about else " states no topic"
            where = f" at {at}" if at else ""
            parts.append(
                f"{name}{examined}{where} and describes {plural(forums, 'forum', 'forums')}, {whole or 'none'} with a "
                "whole member list."
            )
    both = reports.number(remark, "both")
    if sv:
        shared = f"{both} forum beskrivs i båda." if both else "Inget forum beskrivs i båda."
        return " ".join(
            [
                *parts,
                shared,
                "Att något nämns i den ena och inte i den andra säger inte att det har kommit till eller upphört.",
            ]
        )
    shared = (
        f"{plural(both, 'forum is', 'forums are')} described in both." if both else "No forum is described in both."
    )
    return " ".join(
        [*parts, shared, "That one names a thing and the other does not says neither that it is new nor that it ended."]
    )


SENTENCES: Mapping[str, Wording] = {
    "scope": _scope,
    "forum-renamed": _from_to(
        "{before} i {other} heter {after} i {report}.", "{before} in {other} is called {after} in {report}."
    ),
    "forum-ended": _about_forum(
        "{forum} har upphört enligt {report}; det beskrevs i {other}.",
        "{forum} has ended according to {report}; it was described in {other}.",
    ),
    "forum-denied": _about_forum(
        "{report} säger att {forum}, eller ett sådant forum, inte finns; det beskrevs i {other}.",
        "{report} says that {forum}, or such a forum, does not exist; it was described in {other}.",
    ),
    "forum-status": _from_to(
        "{forum} beskrivs som {after} i {report}; i {other} var det {before}.",
        "{forum} is described as {after} in {report}; in {other} it was {before}.",
    ),
    "forum-ages": _from_to(
        "{forum} gäller {after} i {report}; i {other} var det {before}.",
        "{forum} is for {after} in {report}; in {other} it was {before}.",
    ),
    "forum-levels": _from_to(
        "{forum} har nivån {after} i {report}; i {other} var den {before}.",
        "{forum} has the level {after} in {report}; in {other} it was {before}.",
    ),
    "forum-rhythm": _from_to(
        "{forum} möts ”{after}” enligt {report}; i {other} var det ”{before}”.",
        "{forum} meets “{after}” according to {report}; in {other} it was “{before}”.",
    ),
    "member-left": _about_forum(
        "{who} deltog i {forum} enligt {other} men gör det inte enligt {report}.",
        "{who} took part in {forum} according to {other} and does not according to {report}.",
    ),
    "member-not-mentioned": _about_forum(
        "{who} deltar i {forum} enligt {report} men nämns inte där i {other}.",
        "{who} takes part in {forum} according to {report} and is not named there in {other}.",
    ),
    "function-not-mentioned": _about_forum(
        "{who} företräder i {forum} enligt {report} men nämns inte där i {other}.",
        "{who} is a representative in {forum} according to {report} and is not named there in {other}.",
    ),
    "member-new": _about_forum(
        "{who} deltar i {forum} enligt {report} men nämndes inte där i {other}.",
        "{who} takes part in {forum} according to {report} and was not named there in {other}.",
    ),
    "function-new": _about_forum(
        "{who} företräder i {forum} enligt {report} men nämndes inte där i {other}.",
        "{who} is a representative in {forum} according to {report} and was not named there in {other}.",
    ),
    "member-elsewhere": _from_to(
        "{forum} nämns i {after} i {report}; i {other} var det i {before}.",
        "{forum} is named in {after} in {report}; in {other} it was in {before}.",
    ),
    "forum-new": _new,
    "forum-only-named": _about_forum(
        "{forum} beskrevs i {other}; {report} nämner namnet men beskriver det inte.",
        "{forum} was described in {other}; {report} gives its name and does not describe it.",
    ),
    "forum-not-mentioned": _about_forum(
        "{forum} beskrivs i {report} men nämns inte i {other}; om det finns kvar sägs inte.",
        "{forum} is described in {report} and not mentioned in {other}; whether it still exists is not said.",
    ),
    **followed.SENTENCES,
    **compare.SENTENCES,
}


def _ask_forum(remark: Remark, lang: Lang) -> str:
    forum = remark.subjects[0].label(lang)
    if lang == "sv":
        return f"Fråga om {forum} finns kvar, och vad som har tagit över om det inte gör det."
    return f"Ask whether {forum} still exists, and what has taken over if not."


def _ask_member(remark: Remark, lang: Lang) -> str:
    forum, who = remark.subjects[0].label(lang), remark.subjects[-1].label(lang)
    return (
        f"Fråga om {who} fortfarande deltar i {forum}." if lang == "sv" else f"Ask whether {who} still sits in {forum}."
    )


ADVICE: Mapping[str, Wording] = {
    "forum-not-mentioned": _ask_forum,
    "forum-only-named": _ask_forum,
    "member-not-mentioned": _ask_member,
    "function-not-mentioned": _ask_member,
    **followed.ADVICE,
    **compare.ADVICE,
}
