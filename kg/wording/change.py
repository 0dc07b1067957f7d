"""How two reports differ, in words: what one does not mention is never called gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.findings import Lang, Remark, Thing
from kg.phrases import join, plural, quote
from kg.wording import Wording, compare

__all__ = ["ADVICE", "SENTENCES", "either"]


def _labels(things: Sequence[Thing], lang: Lang) -> str:
    return join([each.label(lang) for each in things], lang)


def either(words: Sequence[str], lang: Lang) -> str:
    """Return the words as alternatives in running text.

    >>> either(["strategi", "styrning"], "sv"), either(["a", "b", "c"], "en"), either(["mål"], "sv")
    ('strategi eller styrning', 'a, b or c', 'mål')
    """
    last = " eller " if lang == "sv" else " or "
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _number(remark: Remark, name: str) -> int:
    return int(remark.figure(name) or 0)


def _other(remark: Remark, lang: Lang) -> str:
    """Return the name of the other report, with its sections where it is cited."""
    name, sections = _other_name(remark, lang), str(remark.figure("other-sections") or "")
    if not sections:
        return name
    return f"{name} (avsnitt {sections})" if lang == "sv" else f"{name} (section {sections})"


def _other_name(remark: Remark, lang: Lang) -> str:
    return str(remark.figure("other-en" if lang == "en" else "other"))


def _report(remark: Remark, lang: Lang) -> str:
    return remark.report.label(lang)


def _about_forum(swedish: str, english: str) -> Wording:
    """Return a wording with the forum, the member, the report that is cited and the other."""

    def say(remark: Remark, lang: Lang) -> str:
        return (swedish if lang == "sv" else english).format(
            forum=remark.subjects[0].label(lang),
            who=remark.subjects[-1].label(lang),
            report=_report(remark, lang),
            other=_other(remark, lang),
        )

    return say


def _from_to(swedish: str, english: str) -> Wording:
    """Return a wording with what the two reports give, the earlier first."""

    def say(remark: Remark, lang: Lang) -> str:
        count = _number(remark, "before")
        before = _labels(remark.names[:count], lang) or str(remark.figure("before-text"))
        after = _labels(remark.names[count:], lang) or str(remark.figure("after-text"))
        return (swedish if lang == "sv" else english).format(
            forum=remark.subjects[0].label(lang),
            before=before,
            after=after,
            report=_report(remark, lang),
            other=_other(remark, lang),
        )

    return say


def _new(remark: Remark, lang: Lang) -> str:
    forum, report, other = remark.subjects[0].label(lang), _report(remark, lang), _other_name(remark, lang)
    status = _labels(remark.names, lang)
    if lang == "sv":
        stands = f" (status: {status})" if status else ""
        return f"{forum} beskrivs i {report}{stands} men inte i {other}; om det är nytt sägs inte."
    stands = f" (status: {status})" if status else ""
    return f"{forum} is described in {report}{stands} but not in {other}; whether it is new is not said."


def _scope(remark: Remark, lang: Lang) -> str:
    sv, rest, parts = lang == "sv", list(remark.names), []
    for word, report in zip(("earlier", "later"), remark.subjects, strict=True):
        topics = rest[: _number(remark, f"{word}-topics")]
        rest = rest[len(topics) :]
        bodies = rest[: _number(remark, f"{word}-bodies")]
        rest = rest[len(bodies) :]
        forums, whole = _number(remark, f"{word}-forums"), _number(remark, f"{word}-whole")
        name = report.label(lang)
        about, at = _labels(topics, lang), _labels(bodies, lang)
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
    both = _number(remark, "both")
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


def _pieces(remark: Remark) -> tuple[list[Thing], list[Thing], list[Thing], list[Thing]]:
    """Return topics, bodies that both reports examine, statuses of replies, and recommendations of the later report."""
    rest, found = list(remark.names), []
    for name in ("topics", "examined", "statuses"):
        found.append(rest[: _number(remark, name)])
        rest = rest[_number(remark, name) :]
    return found[0], found[1], found[2], rest


def _recommended(remark: Remark, lang: Lang) -> str:
    return quote(remark.subjects[0].label(lang), lang)


def _quotes(remark: Remark, lang: Lang) -> str:
    texts = [each for each in str(remark.figure("quotes") or "").split(" / ") if each]
    return f" ({join([quote(each, lang) for each in texts], lang)})" if texts else ""


def _seen(swedish: str, english: str) -> Wording:
    """Return a wording on a recommendation of which the later report says something."""

    def say(remark: Remark, lang: Lang) -> str:
        sv, name, other = lang == "sv", _recommended(remark, lang), _other(remark, lang)
        said = f"Rekommendationen {name} i {other}" if sv else f"The recommendation {name} in {other}"
        topics = _labels(_pieces(remark)[0], lang)
        quotes = _quotes(remark, lang)
        return (swedish if sv else english).format(
            said=said, report=_report(remark, lang), topics=topics, quotes=quotes
        )

    return say


def _answered(remark: Remark, lang: Lang) -> str:
    statuses, quotes = _labels(_pieces(remark)[2], lang), _quotes(remark, lang)
    said, other = _recommended(remark, lang), _other(remark, lang)
    if lang == "sv":
        how = f" med status {statuses}" if statuses else ""
        return (
            f"Rekommendationen {said} i {other} har fått svar{how}{quotes}. Ett svar visar inte att den är genomförd."
        )
    how = f" with status {statuses}" if statuses else ""
    return f"The recommendation {said} in {other} was answered{how}{quotes}. A reply does not show that it was done."


def _unseen(remark: Remark, lang: Lang) -> str:
    topics, examined, _, again = _pieces(remark)
    sv, other, said = lang == "sv", _other_name(remark, lang), _recommended(remark, lang)
    report = _report(remark, lang)
    about = either([each.label(lang) for each in topics], lang)
    if topics and sv:
        parts = [f"Rekommendationen {said} i {report} syns inte i {other}: inget som är hämtat därur gäller {about}."]
    elif topics:
        parts = [
            f"The recommendation {said} in {report} is not visible in {other}: nothing taken from it is on {about}."
        ]
    elif sv:
        parts = [
            f"Vad som hände med rekommendationen {said} i {report} går inte att läsa ut ur uppgifterna om {other}."
        ]
    else:
        parts = [f"What became of the recommendation {said} in {report} cannot be told from the data on {other}."]
    if examined:
        names = _labels(examined, lang)
        parts.append(
            f"Av dem den riktades till granskas där bara {names}."
            if sv
            else f"Of those it was directed at only {names} is examined there."
        )
    if again:
        names = join([quote(each.label(lang), lang) for each in again], lang)
        parts.append(f"Där rekommenderas: {names}." if sv else f"It recommends: {names}.")
    parts.append("Om rekommendationen är genomförd är inte sagt." if sv else "Whether it was carried out is not said.")
    return " ".join(parts)


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
    "recommendation-open": _seen(
        "{said} kvarstår enligt {report}, där {topics} tas upp som en brist{quotes}.",
        "{said} is still open in {report}, where {topics} is a shortcoming{quotes}.",
    ),
    "recommendation-partly": _seen(
        "{said} är delvis uppfylld enligt det som {report} säger om {topics}{quotes}.",
        "{said} is partly met by what {report} says of {topics}{quotes}.",
    ),
    "recommendation-met": _seen(
        "{said} är uppfylld enligt granskarnas bedömning av {topics} i {report}{quotes}.",
        "{said} is met by the auditors' verdict on {topics} in {report}{quotes}.",
    ),
    "recommendation-shown": _seen(
        "{said}: {report} visar {topics}{quotes}; om det är vad som efterfrågades sägs inte.",
        "{said}: {report} shows {topics}{quotes}; whether that is what was asked for is not said.",
    ),
    "recommendation-answered": _answered,
    "recommendation-not-visible": _unseen,
    "recommendation-untraced": _unseen,
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


def _ask_recommendation(_: Remark, lang: Lang) -> str:
    if lang == "sv":
        return "Fråga vad som har gjorts med anledning av rekommendationen."
    return "Ask what was done about the recommendation."


ADVICE: Mapping[str, Wording] = {
    "forum-not-mentioned": _ask_forum,
    "forum-only-named": _ask_forum,
    "member-not-mentioned": _ask_member,
    "function-not-mentioned": _ask_member,
    "recommendation-open": _ask_recommendation,
    "recommendation-answered": _ask_recommendation,
    "recommendation-not-visible": _ask_recommendation,
    "recommendation-untraced": _ask_recommendation,
    **compare.ADVICE,
}
