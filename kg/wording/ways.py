"""Paths and reaches in words; that a shared member carries anything on is possible, and said so."""

from __future__ import annotations

from kg.findings import Lang, Thing
from kg.paths import Path, Reach
from kg.paths.steps import Bond, Link, Step
from kg.phrases import join, plural

__all__ = [
    "LINKS",
    "caveats",
    "labels",
    "no_path_sentence",
    "open_lists",
    "path_sentence",
    "reach_sentence",
    "step_text",
    "steps",
]

LINKS: dict[Link, tuple[str, str]] = {
    Link.FLOW: ("lämnar information", "passes information"),
    Link.REPORT: ("rapporterar", "reports"),
    Link.SHARED: ("gemensam deltagare", "shared member"),
    Link.SEAT: ("deltar i forumet", "takes part in the forum"),
}


def labels(things: tuple[Thing, ...] | list[Thing], lang: Lang) -> str:
    """Return the names of things as a list in running text."""
    return join([each.label(lang) for each in things], lang)


def steps(count: int, lang: Lang) -> str:
    """Return a number of steps with its word."""
    return plural(count, "steg", "steg") if lang == "sv" else plural(count, "step", "steps")


def _member(bond: Bond, lang: Lang) -> str:
    name = bond.member.label(lang) if bond.member else ""
    through = labels(bond.functions, lang)
    if not through or through == name:
        return name
    return f"{name} (genom {through})" if lang == "sv" else f"{name} (through {through})"


def step_text(step: Step, lang: Lang) -> str:
    """Return a step as a clause, with its surest ground: who passes what to whom, or who sits in both."""
    start, end, sv = step.start.label(lang), step.end.label(lang), lang == "sv"
    first = step.bonds[0]
    if first.link is Link.FLOW:
        bonds = [each for each in step.bonds if each.link is Link.FLOW]
        content = labels(list(dict.fromkeys(each for bond in bonds for each in bond.content)), lang)
        what = f" ({content})" if content else ""
        return f"{start} lämnar information till {end}{what}" if sv else f"{start} passes information to {end}{what}"
    if first.link is Link.REPORT:
        return f"{start} rapporterar till {end}" if sv else f"{start} reports to {end}"
    if first.link is Link.SHARED:
        members = [_member(each, lang) for each in step.bonds if each.link is Link.SHARED]
        who, take = join(members, lang), "takes" if len(members) == 1 else "take"
        return f"{who} deltar i både {start} och {end}" if sv else f"{who} {take} part in both {start} and {end}"
    forum = step.end if first.member and first.member.iri == step.start.iri else step.start
    where = forum.label(lang)
    return f"{_member(first, lang)} deltar i {where}" if sv else f"{_member(first, lang)} takes part in {where}"


def caveats(path: Path, lang: Lang) -> list[str]:
    """Return what makes a path less sure, each as a sentence: none where the report tells every step."""
    sv = lang == "sv"
    found = []
    if any(step.link is Link.SHARED for step in path.steps):
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
        names = labels(path.paused, lang)
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
    length = steps(len(path.steps), lang)
    head = f"Från {start} till {goal}, {length}" if lang == "sv" else f"From {start} to {goal}, {length}"
    return " ".join([f"{head}: {clauses}.", *caveats(path, lang)])


def reach_sentence(reach: Reach, lang: Lang = "sv") -> str:
    """Say how far a signal gets, where it stops first, and where more is unknown."""
    sv, name = lang == "sv", reach.origin.label(lang)
    if not reach.found:
        said = [
            f"Rapporten beskriver ingen väg vidare från {name}."
            if sv
            else f"The report describes no way on from {name}."
        ]
    else:
        far, count = reach.found[-1][1], len(reach.found)
        met = plural(count, "aktör eller forum", "aktörer och forum") if sv else plural(count, "other", "others")
        said = [
            f"En signal från {name} når {met}, i som mest {steps(far, lang)}."
            if sv
            else f"A signal from {name} reaches {met}, in at most {steps(far, lang)}."
        ]
        if reach.stops and reach.stops[0].iri != reach.origin.iri:
            stop = reach.stops[0].label(lang)
            said.append(f"Närmast stannar den vid {stop}." if sv else f"The nearest place where it stops is {stop}.")
    return " ".join([*said, *open_lists(reach.open_lists, lang)])


def open_lists(forums: tuple[Thing, ...], lang: Lang) -> list[str]:
    """Say of which forums the member list is not whole, in one sentence; nothing where there is none."""
    if not forums:
        return []
    names = labels(forums, lang)
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
        names = labels([thing for thing, _ in forward.found], lang)
        said.append(f"En signal från {one} når {names}." if sv else f"A signal from {one} reaches {names}.")
    else:
        said.append(f"Den stannar hos {one}." if sv else f"It stops at {one}.")
    if backward.found:
        names = labels([thing for thing, _ in backward.found], lang)
        said.append(f"Till {two} leder vägar från {names}." if sv else f"Ways lead to {two} from {names}.")
    else:
        said.append(f"Ingen väg till {two} är beskriven." if sv else f"No way to {two} is described.")
    lists = tuple(dict.fromkeys((*forward.open_lists, *backward.open_lists)))
    return " ".join([*said, *open_lists(lists, lang)])
