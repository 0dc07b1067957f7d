"""Paths and what they show, in words; that a shared member carries anything on is possible, and said so."""

from __future__ import annotations

from collections.abc import Mapping

from kg.findings import Lang, Remark, Thing
from kg.paths import Path, Reach
from kg.phrases import join, plural
from kg.steps import Bond, Link, Step
from kg.wording import Wording

__all__ = [
    "ADVICE",
    "LINKS",
    "SENTENCES",
    "caveats",
    "no_path_sentence",
    "path_sentence",
    "reach_sentence",
    "step_text",
]

LINKS: dict[Link, tuple[str, str]] = {
    Link.FLOW: ("lämnar information", "passes information"),
    Link.REPORT: ("rapporterar", "reports"),
    Link.SHARED: ("gemensam deltagare", "shared member"),
    Link.SEAT: ("deltar i forumet", "takes part in the forum"),
}


def _labels(things: tuple[Thing, ...] | list[Thing], lang: Lang) -> str:
    return join([each.label(lang) for each in things], lang)


def _steps(count: int, lang: Lang) -> str:
    return plural(count, "steg", "steg") if lang == "sv" else plural(count, "step", "steps")


def _member(bond: Bond, lang: Lang) -> str:
    name = bond.member.label(lang) if bond.member else ""
    through = _labels(bond.functions, lang)
    if not through or through == name:
        return name
    return f"{name} (genom {through})" if lang == "sv" else f"{name} (through {through})"


def step_text(step: Step, lang: Lang) -> str:
    """Return a step as a clause, with its surest ground: who passes what to whom, or who sits in both."""
    start, end, sv = step.start.label(lang), step.end.label(lang), lang == "sv"
    first = step.bonds[0]
    if first.link is Link.FLOW:
        bonds = [each for each in step.bonds if each.link is Link.FLOW]
        content = _labels(list(dict.fromkeys(each for bond in bonds for each in bond.content)), lang)
        what = f" ({content})" if content else ""
        return f"{start} lämnar information till {end}{what}" if sv else f"{start} passes information to {end}{what}"
    if first.link is Link.REPORT:
        return f"{start} rapporterar till {end}" if sv else f"{start} reports to {end}"
    if first.link is Link.SHARED:
        who = join([_member(each, lang) for each in step.bonds if each.link is Link.SHARED], lang)
        return f"{who} deltar i både {start} och {end}" if sv else f"{who} take part in both {start} and {end}"
    forum = step.end if first.member and first.member.iri == step.start.iri else step.start
    where = forum.label(lang)
    return f"{_member(first, lang)} deltar i {where}" if sv else f"{_member(first, lang)} takes part in {where}"


def caveats(path: Path, lang: Lang) -> list[str]:
    """Return what makes a path less sure, each as a sentence: none where the report tells every step."""
    sv = lang == "sv"
    found = []
    if not path.stated:
        found.append(
            "Att den som deltar i två forum för något vidare är möjligt men inte angivet i rapporten."
            if sv
            else "That one who takes part in two forums carries anything on is possible but not stated in the report."
        )
    weak = [step.bonds for step in path.steps if step.link not in {Link.FLOW, Link.REPORT}]
    for bonds in weak:
        shared = [each for each in bonds if each.link is bonds[0].link]
        if all(each.group or each.apart or each.seldom for each in shared):
            found += [_caveat(each, lang) for each in shared]
    if path.paused:
        names = _labels(path.paused, lang)
        found.append(f"Pausat enligt rapporten: {names}." if sv else f"Paused, says the report: {names}.")
    return list(dict.fromkeys(found))


def _caveat(bond: Bond, lang: Lang) -> str:
    name, sv = bond.member.label(lang) if bond.member else "", lang == "sv"
    if bond.apart:
        return (
            f"{name} företräds av olika funktioner i de båda forumen."
            if sv
            else f"{name} is represented by different functions in the two forums."
        )
    if bond.group:
        return (
            f"{name} nämns bara som grupp; det behöver inte vara samma personer i båda."
            if sv
            else f"{name} is named only as a group; the same people need not be in both."
        )
    return f"{name} deltar bara ibland eller vid behov." if sv else f"{name} comes only sometimes or at need."


def path_sentence(path: Path, lang: Lang = "sv") -> str:
    """Return a path as a sentence: from where to where, in how many steps, and each step with its ground."""
    start, goal = path.things[0].label(lang), path.things[-1].label(lang)
    clauses = "; ".join(step_text(each, lang) for each in path.steps)
    steps = _steps(len(path.steps), lang)
    head = f"Från {start} till {goal}, {steps}" if lang == "sv" else f"From {start} to {goal}, {steps}"
    return " ".join([f"{head}: {clauses}.", *caveats(path, lang)])


def reach_sentence(reach: Reach, lang: Lang = "sv") -> str:
    """Say how far a signal gets, where it stops first, and where more is unknown."""
    sv, name = lang == "sv", reach.origin.label(lang)
    if not reach.found:
        said = [
            f"Från {name} beskriver rapporten ingen väg vidare."
            if sv
            else f"The report describes no way on from {name}."
        ]
    else:
        far = reach.found[-1][1]
        said = [
            f"Från {name} når en signal {plural(len(reach.found), 'annan', 'andra')}, i som mest {_steps(far, lang)}."
            if sv
            else f"From {name} a signal reaches {plural(len(reach.found), 'other', 'others')}, in at most "
            f"{_steps(far, lang)}."
        ]
        if reach.stops and reach.stops[0].iri != reach.origin.iri:
            stop = reach.stops[0].label(lang)
            said.append(f"Närmast stannar den vid {stop}." if sv else f"The nearest place where it stops is {stop}.")
    return " ".join([*said, *_unknown(reach.open_lists, lang)])


def _unknown(forums: tuple[Thing, ...], lang: Lang) -> list[str]:
    if not forums:
        return []
    names = _labels(forums, lang)
    if lang == "sv":
        return [f"Rapporten ger inte hela deltagarlistan för {names}, så det kan finnas fler vägar."]
    return [f"The report does not give the whole member list of {names}, so there may be more ways."]


def no_path_sentence(start: Thing, goal: Thing, forward: Reach, backward: Reach, lang: Lang = "sv") -> str:
    """Say that no way is described, how far a signal gets, from where the goal is reached, and what is unknown."""
    sv = lang == "sv"
    one, two = start.label(lang), goal.label(lang)
    said = [
        f"Rapporten beskriver ingen väg från {one} till {two}."
        if sv
        else f"The report describes no way from {one} to {two}."
    ]
    if forward.found:
        names = _labels([thing for thing, _ in forward.found], lang)
        said.append(f"Från {one} når en signal {names}." if sv else f"From {one} a signal reaches {names}.")
    else:
        said.append(f"Den stannar hos {one}." if sv else f"It stops at {one}.")
    if backward.found:
        names = _labels([thing for thing, _ in backward.found], lang)
        said.append(f"Till {two} leder vägar från {names}." if sv else f"Ways lead to {two} from {names}.")
    else:
        said.append(f"Ingen väg till {two} är beskriven." if sv else f"No way to {two} is described.")
    lists = tuple(dict.fromkeys((*forward.open_lists, *backward.open_lists)))
    return " ".join([*said, *_unknown(lists, lang)])


def _to_council(remark: Remark, lang: Lang) -> str:
    sv = lang == "sv"
    here, council = (each.label(lang) for each in remark.subjects)
    names, clauses = list(remark.names), []
    for code in str(remark.figure("route")).split():
        link, _, count = code.partition(":")
        carriers, end = names[: int(count)], names[int(count)]
        names = names[int(count) + 1 :]
        clauses.append(_clause(link, here, carriers, end.label(lang), lang))
        here = end.label(lang)
    start, steps = remark.subjects[0].label(lang), _steps(int(remark.figure("steps") or 0), lang)
    told = not any(each in str(remark.figure("route")) for each in ("shared", "joins", "hears"))
    may = ("når", "reaches") if told else ("kan nå", "can reach")
    said = [
        f"En signal från {start} {may[0]} {council} i {steps}: {'; '.join(clauses)}."
        if sv
        else f"A signal from {start} {may[1]} {council} in {steps}: {'; '.join(clauses)}."
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
    who = _labels(carriers, lang)
    swedish, english = {
        "flow": (f"{start} lämnar information till {end}", f"{start} passes information to {end}"),
        "report": (f"{start} rapporterar till {end}", f"{start} reports to {end}"),
        "shared": (f"{who} deltar i både {start} och {end}", f"{who} take part in both {start} and {end}"),
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
    said += _unknown(remark.names[:count], lang)
    if groups := remark.names[count:]:
        who = _labels(groups, lang)
        said.append(f"Vilka som ingår i {who} är inte sagt." if sv else f"Who belongs to {who} is not said.")
    return " ".join(said)


def _no_link(remark: Remark, lang: Lang) -> str:
    sv, forum = lang == "sv", remark.subjects[0].label(lang)
    count, bodies = (int(remark.figure(each) or 0) for each in ("members", "bodies"))
    who, whole, linked = remark.names[:count], remark.names[count : count + bodies], remark.names[count + bodies :]
    names = _labels(who, lang)
    if sv:
        alone = f", och {names} nämns inte i något annat forum" if who else ""
        said = [
            f"Ingen beskriven väg leder mellan {forum} och ett annat forum: inget flöde dem emellan är angivet{alone}."
        ]
        said += [f"Vem som deltar för {_labels(whole, lang)} är inte sagt."] if whole else []
    else:
        alone = f", and {names} are named in no other forum" if who else ""
        said = [f"No described way leads between {forum} and another forum: no flow between them is stated{alone}."]
        said += [f"Who takes part for {_labels(whole, lang)} is not said."] if whole else []
    if linked:
        names = _labels(linked, lang)
        said.append(
            f"Räknat per förvaltning finns däremot en väg till {names}."
            if sv
            else f"Counted by administration there is a way to {names}."
        )
    if not remark.figure("whole"):
        said += _unknown(remark.subjects, lang)
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
    end, names = remark.subjects[0].label(lang), _labels(remark.names, lang)
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
