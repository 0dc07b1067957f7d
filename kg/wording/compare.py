"""What others have and one municipality's reports do not describe, in words; only a denial is told as lacking."""

from __future__ import annotations

from collections.abc import Mapping

from kg.findings import Lang, Remark
from kg.phrases import join, plural, quote
from kg.wording import Wording

__all__ = ["ADVICE", "SENTENCES"]


def _number(remark: Remark, name: str) -> int:
    return int(remark.figure(name) or 0)


def _reports(remark: Remark, lang: Lang) -> str:
    return str(remark.figure("reports-en" if lang == "en" else "reports"))


def _own(remark: Remark, lang: Lang) -> str:
    return join([each.label(lang) for each in remark.names[: _number(remark, "own")]], lang)


def _others(remark: Remark, lang: Lang) -> str:
    """Say in how many of the others the kind is described, with the names of municipalities and of what they have."""
    rest, parts = list(remark.names[_number(remark, "own") :]), []
    for count in map(int, str(remark.figure("named")).split()):
        municipality, *names = rest[: count + 1]
        rest = rest[count + 1 :]
        parts.append(f"{municipality.label(lang)} ({', '.join(each.label(lang) for each in names)})")
    having, compared = _number(remark, "having"), _number(remark, "compared")
    found = [_among(remark, having, compared, join(parts, lang), lang)]
    if where := remark.figure("other-reports"):
        tells = ("beskriver det", "describes") if remark.code.startswith("forum") else ("nämner den", "names")
        found.append(
            f"En annan rapport om kommunen {tells[0]}: {where}."
            if lang == "sv"
            else f"Another report on the municipality {tells[1]} it: {where}."
        )
    return " ".join(found)


def _among(remark: Remark, having: int, compared: int, names: str, lang: Lang) -> str:
    forum = remark.code.startswith("forum")
    if lang == "sv":
        among = f"{having} av {compared} andra kommuner" if compared > 1 else "den andra kommunen"
        return f"{'Det är beskrivet' if forum else 'Den nämns i forum'} i {among}: {names}."
    among = plural(compared, "other municipality", "other municipalities")
    return f"It is {'described' if forum else 'named in forums'} in {having} of {among}: {names}."


def _forum_lacking(remark: Remark, lang: Lang) -> str:
    kind, reports, forums = remark.subjects[0].label(lang), _reports(remark, lang), _number(remark, "forums")
    others = _others(remark, lang)
    if lang == "sv":
        return (
            f"Inget forum av slaget {kind} är beskrivet i {reports}. {others} I {reports} beskrivs {forums} forum; det "
            "kan finnas fler."
        )
    return (
        f"No forum of the kind {kind} is described in {reports}. {others} {reports} describes {forums} forums; there "
        "may be more."
    )


def _actor_lacking(remark: Remark, lang: Lang) -> str:
    kind, reports = remark.subjects[0].label(lang), _reports(remark, lang)
    forums, whole, unnamed = (_number(remark, each) for each in ("forums", "whole", "unnamed"))
    if lang == "sv":
        silent = f", {unnamed} utan någon namngiven deltagare" if unnamed else ""
        return (
            f"Ingen aktör av slaget {kind} nämns som deltagare i något forum i {reports}. {_others(remark, lang)} Av "
            f"{forums} forum i {reports} har {whole} hel deltagarlista{silent}; fler kan delta."
        )
    silent = f", and {unnamed} have no named member" if unnamed else ""
    return (
        f"No actor of the kind {kind} is named as a member of any forum in {reports}. {_others(remark, lang)} Of the "
        f"{forums} forums in {reports} {whole} have a whole member list{silent}; more may take part."
    )


def _denied(remark: Remark, lang: Lang) -> str:
    kind, reports = remark.subjects[0].label(lang), _reports(remark, lang)
    texts = [each for each in str(remark.figure("quotes") or "").split(" / ") if each]
    quotes = f" ({join([quote(each, lang) for each in texts], lang)})" if texts else ""
    if lang == "sv":
        return f"{reports} säger att {kind} inte finns{quotes}. {_others(remark, lang)}"
    return f"{reports} says that there is no {kind}{quotes}. {_others(remark, lang)}"


def _not_running(remark: Remark, lang: Lang) -> str:
    kind, reports, own = remark.subjects[0].label(lang), _reports(remark, lang), _own(remark, lang)
    if lang == "sv":
        return f"Av slaget {kind} är i {reports} bara {own} beskrivet, och det är inte igång. {_others(remark, lang)}"
    return f"Of the kind {kind} only {own} is described in {reports}, and it does not run. {_others(remark, lang)}"


SENTENCES: Mapping[str, Wording] = {
    "forum-lacking": _forum_lacking,
    "forum-lacking-denied": _denied,
    "forum-lacking-not-running": _not_running,
    "actor-lacking": _actor_lacking,
    "actor-lacking-denied": _denied,
}


def _ask_forum(_: Remark, lang: Lang) -> str:
    if lang == "sv":
        return "Fråga om uppgiften sköts på annat sätt; att andra har ett sådant forum säger inte att det behövs."
    return "Ask whether the task is done otherwise; that others have such a forum does not say that it is needed."


def _ask_actor(_: Remark, lang: Lang) -> str:
    if lang == "sv":
        return "Fråga om aktören deltar utan att nämnas; att andra har den med säger inte att den behövs."
    return "Ask whether it takes part unnamed; that others have it does not say that it is needed."


ADVICE: Mapping[str, Wording] = {
    "forum-lacking": _ask_forum,
    "forum-lacking-denied": _ask_forum,
    "forum-lacking-not-running": _ask_forum,
    "actor-lacking": _ask_actor,
    "actor-lacking-denied": _ask_actor,
}
