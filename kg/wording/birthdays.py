"""Remarks on birthdays and risk groups in words: what ends, what begins, and who falls between."""

from __future__ import annotations

from kg.findings import Lang, Remark
from kg.phrases import capital, join, quote
from kg.wording.ages import (
    FEW,
    Parts,
    counted,
    derived_said,
    listed,
    number,
    parts_of,
    planned_said,
    say,
    span,
    unknown_said,
)

__all__ = ["both_at_age", "hand_over", "no_successor", "risk_ends", "risk_hole"]


def _risk_names(remark: Remark, rest: list[str], lang: Lang) -> tuple[str, str, list[str]]:
    wanted, others = number(remark, "risks"), number(remark, "other_risks")
    return join(rest[:wanted], lang), join(rest[wanted : wanted + others], lang), rest[wanted + others :]


def _groups(count: int, lang: Lang) -> str:
    if lang == "sv":
        return "riskgruppen" if count == 1 else "riskgrupperna"
    return "the risk group" if count == 1 else "the risk groups"


def _general(parts: Parts, lang: Lang) -> str:
    if not parts.named:
        return ""
    if lang == "sv":
        return f"Utan angiven riskgrupp når {listed(parts.named, lang, FEW)} några av åldrarna."
    return f"Without a stated risk group, some of the ages are reached by {listed(parts.named, lang, FEW)}."


def risk_hole(remark: Remark, lang: Lang) -> str:
    """Say up to which age a risk group is reached, and that what reaches the ages after is for others."""
    parts = parts_of(remark, lang)
    risks, others, unknown = _risk_names(remark, parts.rest, lang)
    holders = listed(parts.subjects[: number(remark, "holders")], lang)
    meeting = listed(parts.subjects[number(remark, "holders") :], lang)
    until, several = number(remark, "until"), number(remark, "other_risks") > 1
    verb = "reach" if number(remark, "holders") > 1 else "reaches"
    if lang == "sv":
        first = f"För {_groups(number(remark, 'risks'), lang)} {risks} når {holders} till och med {until} år."
        then = (
            f"Det som anger riskgrupp och når {span(remark, lang)}, {meeting}, "
            f"gäller {'andra riskgrupper' if several else 'en annan riskgrupp'}: {others}."
        )
    else:
        first = f"For {_groups(number(remark, 'risks'), lang)} {risks}, {holders} {verb} up to age {until}."
        then = (
            f"What states a risk group and reaches {span(remark, lang)}, {meeting}, "
            f"is for {'other risk groups' if several else 'another'}: {others}."
        )
    return say(first, then, _general(parts, lang), unknown_said(remark, unknown, lang))


def risk_ends(remark: Remark, lang: Lang) -> str:
    """Say up to which age a risk group is reached, and that nothing else names it after."""
    parts = parts_of(remark, lang)
    risks, _, unknown = _risk_names(remark, parts.rest, lang)
    groups, holders = _groups(number(remark, "risks"), lang), listed(parts.subjects, lang)
    low, until, still_open = number(remark, "from"), number(remark, "until"), number(remark, "open")
    if lang == "sv":
        since = f"Från {low} år" if still_open else f"I åldrarna {span(remark, lang)}"
        first = f"För {groups} {risks} når {holders} till och med {until} år."
        then = f"{since} anger inget annat både ålder och den riskgruppen."
    else:
        since = f"From age {low} on" if still_open else f"At {span(remark, lang)}"
        first = (
            f"For {groups} {risks}, {holders} {'reach' if len(parts.subjects) > 1 else 'reaches'} up to age {until}."
        )
        then = f"{since} nothing else states both an age and that risk group."
    return say(first, then, _general(parts, lang), unknown_said(remark, unknown, lang))


def _edges(remark: Remark, rest: list[str], lang: Lang) -> tuple[str, str]:
    """Return what is to be known of the two sides of a birthday: other risk groups, ages read out of a word."""
    leaving = number(remark, "leaving_risks")
    before, after = join(rest[:leaving], lang), join(rest[leaving : leaving + number(remark, "meeting_risks")], lang)
    if lang == "sv":
        parted = f"De anger olika riskgrupper: de förra {before}, de senare {after}."
    else:
        parted = f"They state different risk groups: the former {before}, the latter {after}."
    return parted if leaving else "", derived_said(remark, lang)


def _planned(remark: Remark, rest: list[str], lang: Lang) -> str:
    before = number(remark, "leaving_risks") + number(remark, "meeting_risks")
    return planned_said(rest[before : before + number(remark, "planned")], lang)


def _taken_over(remark: Remark, lang: Lang) -> str:
    """Quote the report where it lets school take over from child health care."""
    words = str(remark.figure("taken_over") or "")
    if not words:
        return ""
    lead = "Rapporten säger i samma avsnitt" if lang == "sv" else "The report says in the same section"
    return f"{lead}: {quote(words, lang)}."


def hand_over(remark: Remark, lang: Lang) -> str:
    """Say what ends and what begins at a birthday."""
    parts, age = parts_of(remark, lang), number(remark, "age")
    leaves = listed(parts.subjects[: number(remark, "leaves")], lang)
    meets = listed(parts.subjects[number(remark, "leaves") :], lang)
    parted, derived = _edges(remark, parts.rest, lang)
    if lang == "sv":
        first = f"Den som fyller {age} lämnar åldrarna för {leaves} och kommer in i åldrarna för {meets}."
        last = "Om den ena lämnar över till den andra framgår inte av åldrarna."
    else:
        first = f"A person who turns {age} leaves the ages of {leaves} and enters those of {meets}."
        last = "The ages do not tell whether the one hands over to the other."
    return say(first, parted, _planned(remark, parts.rest, lang), derived, _taken_over(remark, lang) or last)


def both_at_age(remark: Remark, lang: Lang) -> str:
    """Say for what an age is the last year and for what the first."""
    parts, age = parts_of(remark, lang), number(remark, "age")
    leaves = listed(parts.subjects[: number(remark, "leaves")], lang)
    meets = listed(parts.subjects[number(remark, "leaves") :], lang)
    parted, derived = _edges(remark, parts.rest, lang)
    pair = len(set(parts.subjects)) == 2
    if lang == "sv":
        who = "båda" if pair else "dem alla"
        first = f"{age} år är det sista året för {leaves} och det första för {meets}: åldern nås av {who}."
        last = "Vem som har ansvaret framgår inte av åldrarna."
    else:
        who = "both" if pair else "all of them"
        first = f"Age {age} is the last year of {leaves} and the first of {meets}: it is reached by {who}."
        last = "The ages do not tell who is responsible."
    return say(first, parted, derived, last)


def no_successor(remark: Remark, lang: Lang) -> str:
    """Say what ends at a birthday without anything that begins, and what still reaches the age."""
    parts, age = parts_of(remark, lang), number(remark, "age")
    leaves, remain = listed(parts.subjects, lang), listed(parts.named, lang)
    parted, derived = _edges(remark, parts.rest, lang)
    planned = _planned(remark, parts.rest, lang)
    unknown = counted(remark, lang)
    if lang == "sv":
        first = f"Den som fyller {age} lämnar åldrarna för {leaves}, och inget annat med angiven ålder börjar då."
        then = f"Åldern nås av {remain}."
        last = f"{capital(unknown)} anger ingen ålder." if unknown else ""
    else:
        first = f"A person who turns {age} leaves the ages of {leaves}, and nothing else with a stated age begins then."
        then = f"The age is reached by {remain}."
        last = f"No age is stated for {unknown}." if unknown else ""
    return say(first, then, _taken_over(remark, lang), parted, planned, derived, last)
