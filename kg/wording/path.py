"""What the described ways show, in words: how forums reach the council, and which no way leads to or from."""

from __future__ import annotations

from collections.abc import Mapping

from kg.findings import Lang, Remark, Thing
from kg.wording import Wording
from kg.wording.ways import labels, open_lists, steps

__all__ = ["ADVICE", "SENTENCES"]


def _to_council(remark: Remark, lang: Lang) -> str:
    sv = lang == "sv"
    here, council = (each.label(lang) for each in remark.subjects)
    names, clauses = list(remark.names), []
    for code in str(remark.figure("route")).split():
        link, _, told_by = code.partition(":")
        carriers, end = names[: int(told_by)], names[int(told_by)]
        names = names[int(told_by) + 1 :]
        clauses.append(_clause(link, here, carriers, end.label(lang), lang))
        here = end.label(lang)
    start, count = remark.subjects[0].label(lang), int(remark.figure("steps") or 0)
    length = steps(count, lang) if count != 1 else "ett steg" if sv else "one step"
    told = not any(each in str(remark.figure("route")) for each in ("shared", "joins", "hears"))
    may = ("når", "reaches") if told else ("kan nå", "can reach")
    said = [
        f"En signal från {start} {may[0]} {council} i {length}: {'; '.join(clauses)}."
        if sv
        else f"A signal from {start} {may[1]} {council} in {length}: {'; '.join(clauses)}."
    ]
    if not told:
        said.append(
            "Att en gemensam deltagare för den vidare är inte angivet."
            if sv
            else "That a shared member carries it on is not stated."
        )
    if paused := remark.figure("paused"):
        said.append(f"Pausat enligt rapporten: {paused}." if sv else f"Paused, says the report: {paused}.")
    return " ".join(said)


def _clause(link: str, start: str, carriers: list[Thing], end: str, lang: Lang) -> str:
    who, take = labels(carriers, lang), "takes" if len(carriers) == 1 else "take"
    swedish, english = {
        "flow": (f"{start} lämnar information till {end}", f"{start} passes information to {end}"),
        "report": (f"{start} rapporterar till {end}", f"{start} reports to {end}"),
        "shared": (f"{who} deltar i både {start} och {end}", f"{who} {take} part in both {start} and {end}"),
        "joins": (f"{start} deltar i {end}", f"{start} takes part in {end}"),
        "hears": (f"{end} deltar i {start}", f"{end} takes part in {start}"),
    }[link]
    return swedish if lang == "sv" else english


def _no_way(remark: Remark, lang: Lang) -> str:
    sv = lang == "sv"
    forum, council = (each.label(lang) for each in remark.subjects)
    said = [
        f"Rapporten beskriver ingen väg för en signal från {forum} till {council}."
        if sv
        else f"The report describes no way for a signal from {forum} to {council}."
    ]
    if not remark.figure("council-members"):
        said.append(f"Den namnger ingen deltagare i {council}." if sv else f"It names no member of {council}.")
    count = int(remark.figure("open-lists") or 0)
    said += open_lists(remark.names[:count], lang)
    if groups := remark.names[count:]:
        who = labels(groups, lang)
        said.append(f"Vilka som ingår i {who} är inte sagt." if sv else f"Who belongs to {who} is not said.")
    return " ".join(said)


def _no_link(remark: Remark, lang: Lang) -> str:
    sv, forum = lang == "sv", remark.subjects[0].label(lang)
    count, bodies = (int(remark.figure(each) or 0) for each in ("members", "bodies"))
    who, whole, linked = remark.names[:count], remark.names[count : count + bodies], remark.names[count + bodies :]
    names = labels(who, lang)
    if sv:
        alone = f", och {names} nämns inte i något annat forum" if who else ""
        said = [
            f"Ingen beskriven väg leder mellan {forum} och ett annat forum: inget flöde dem emellan är angivet{alone}."
        ]
        said += [f"Vem som deltar för {labels(whole, lang)} är inte sagt."] if whole else []
    else:
        alone = f", and {names} are named in no other forum" if who else ""
        said = [f"No described way leads between {forum} and another forum: no flow between them is stated{alone}."]
        said += [f"Who takes part for {labels(whole, lang)} is not said."] if whole else []
    if linked:
        names = labels(linked, lang)
        said.append(
            f"Räknat per förvaltning finns däremot en väg till {names}."
            if sv
            else f"Counted by administration there is a way to {names}."
        )
    if not remark.figure("whole"):
        said += open_lists(remark.subjects, lang)
    return " ".join(said)


def _members_unknown(remark: Remark, lang: Lang) -> str:
    forum = remark.subjects[0].label(lang)
    if lang == "sv":
        return (
            f"Rapporten namnger ingen deltagare i {forum} och inget informationsflöde dit eller därifrån; hur en "
            "signal når dit eller vidare går inte att säga."
        )
    return (
        f"The report names no member of {forum} and no flow of information to or from it; how a signal gets there or "
        "on cannot be told."
    )


def _flow_ends(remark: Remark, lang: Lang) -> str:
    end, names = remark.subjects[0].label(lang), labels(remark.names, lang)
    reports = bool(remark.figure("reports"))
    if lang == "sv":
        verb = "rapporterar" if reports else "lämnar information"
        return f"{names} {verb} till {end}; vart uppgifterna går vidare därifrån beskriver rapporten inte."
    verb = "report" if reports else "pass information"
    return f"{names} {verb} to {end}; where it goes from there the report does not describe."


SENTENCES: Mapping[str, Wording] = {
    "to-council": _to_council,
    "no-way-to-council": _no_way,
    "no-link": _no_link,
    "members-unknown": _members_unknown,
    "flow-ends": _flow_ends,
}


def _ask_who_carries(remark: Remark, lang: Lang) -> str:
    forum = remark.subjects[0].label(lang)
    if lang == "sv":
        return f"Fråga hur det som kommer fram i {forum} når andra, och skriv ned det."
    return f"Ask how what comes up in {forum} reaches others, and write it down."


def _ask_council(remark: Remark, lang: Lang) -> str:
    forum, council = (each.label(lang) for each in remark.subjects)
    if lang == "sv":
        return f"Fråga vem som tar med sig frågor från {forum} till {council}, och skriv in det i uppdraget."
    return f"Ask who takes matters from {forum} to {council}, and write it into the assignment."


def _ask_on(remark: Remark, lang: Lang) -> str:
    end = remark.subjects[0].label(lang)
    if remark.figure("system"):
        return f"Fråga vem som läser det som förs in i {end}." if lang == "sv" else f"Ask who reads what {end} holds."
    if lang == "sv":
        return f"Fråga vad {end} gör med informationen och vem som får veta."
    return f"Ask what {end} does with the information and who is told."


ADVICE: Mapping[str, Wording] = {
    "no-way-to-council": _ask_council,
    "no-link": _ask_who_carries,
    "members-unknown": _ask_who_carries,
    "flow-ends": _ask_on,
}
