"""Remarks on coverage in words: what the ages that a report states reach, and who states none."""

from __future__ import annotations

from collections.abc import Mapping

from kg.findings import Lang, Remark
from kg.phrases import capital, join
from kg.wording import Wording
from kg.wording.ages import counted, derived_said, listed, number, parts_of, planned_said, say, span, unknown_said
from kg.wording.birthdays import both_at_age, hand_over, no_successor, risk_ends, risk_hole

__all__ = ["ADVICE", "SENTENCES"]


def _uncovered(remark: Remark, lang: Lang) -> str:
    parts = parts_of(remark, lang)
    younger = listed(parts.subjects[: number(remark, "younger")], lang)
    older = listed(parts.subjects[number(remark, "younger") :], lang)
    planned = number(remark, "planned")
    unbounded = not (number(remark, "low_stated") or number(remark, "high_stated"))
    if lang == "sv":
        first = f"Inget som rapporten beskriver med angiven ålder når {span(remark, lang)}."
        beside = [f"Året före når {younger}." if younger else "", f"Året efter når {older}." if older else ""]
        if younger and younger == older:
            beside = [f"Åren före och efter når {younger}."]
        scope = "Granskningen anger inga åldersgränser, så åldrarna kan ligga utanför den." if unbounded else ""
    else:
        first = f"Nothing that the report describes with a stated age reaches {span(remark, lang)}."
        beside = [f"The year before: {younger}." if younger else "", f"The year after: {older}." if older else ""]
        scope = "The audit states no ages, so these may lie outside it." if unbounded else ""
    unknown = unknown_said(remark, parts.rest[planned:], lang)
    edge = derived_said(remark, lang)
    return say(first, *beside, edge, planned_said(parts.rest[:planned], lang), unknown, scope)


def _weakly(remark: Remark, lang: Lang) -> str:
    names = [each.label(lang) for each in remark.subjects]
    rest = parts_of(remark, lang).rest
    emerging, paused, areas = (number(remark, key) for key in ("emerging", "paused", "areas"))
    planned = areas + number(remark, "planned")
    where = listed(rest[:areas], lang)
    kinds = (
        (names[:emerging], "under etablering", "being set up"),
        (names[emerging : emerging + paused], "vilande", "resting"),
        (
            names[emerging + paused :],
            f"begränsat till {where or 'vissa områden'}",
            f"limited to {where or 'certain areas'}",
        ),
    )
    said = [f"{kind[1 + (lang == 'en')]} ({listed(kind[0], lang)})" for kind in kinds if kind[0]]
    either = " eller ".join(said) if lang == "sv" else " or ".join(said)
    if lang == "sv":
        first = f"Av det som anger ålder är allt som når {span(remark, lang)} {either}."
    else:
        first = f"Of what states an age, all that reaches {span(remark, lang)} is {either}."
    return say(first, planned_said(rest[areas:planned], lang), unknown_said(remark, rest[planned:], lang))


def _runs(remark: Remark, key: str) -> list[str]:
    return [each for each in str(remark.figure(key) or "").split(", ") if each]


def _unplaced(remark: Remark, lang: Lang) -> str:
    unplaced = counted(remark, lang)
    if not unplaced:
        return ""
    if lang == "sv":
        return f"{capital(unplaced)} har ingen angiven preventionsnivå och kan höra dit."
    return f"No prevention level is stated for {unplaced}, which may belong there."


def _level(remark: Remark, lang: Lang) -> str:
    parts = parts_of(remark, lang)
    level, silent = parts.rest[0], parts.rest[1 : 1 + number(remark, "silent")]
    local = parts.rest[1 + number(remark, "silent") :]
    placed, of = number(remark, "placed"), number(remark, "of")
    reached, not_reached = (join(_runs(remark, key), lang) for key in ("reached", "not_reached"))
    said = listed([each.label(lang) for each in remark.subjects], lang)
    if lang == "sv":
        first = f"På {level} nivå finns {said}, {placed} av de {of} beskrivna som har getts en preventionsnivå."
        ages = f"Angivna åldrar: {reached} år{f', inte {not_reached} år' if not_reached else ''}." if reached else ""
        quiet = f"{listed(silent, lang)} anger ingen ålder." if silent else ""
        near = f"{listed(local, lang)} gäller bara vissa områden." if local else ""
    else:
        first = f"On the {level} level: {said}, {placed} of the {of} described that are given a prevention level."
        ages = f"Stated ages: {reached}{f', not {not_reached}' if not_reached else ''}." if reached else ""
        quiet = f"No age is stated for {listed(silent, lang)}." if silent else ""
        near = f"Only for certain areas: {listed(local, lang)}." if local else ""
    return say(first, ages, quiet, near, _unplaced(remark, lang))


def _level_empty(remark: Remark, lang: Lang) -> str:
    level = remark.names[0].label(lang)
    if lang == "sv":
        first = f"Inget beskrivet forum och ingen beskriven insats har getts {level} nivå."
    else:
        first = f"No forum and no intervention that is described is given the {level} level."
    return say(first, _unplaced(remark, lang))


def _topic_parts(remark: Remark, lang: Lang) -> tuple[str, str, str, str]:
    """Return forums on crime, on substance abuse, what takes the other topic up beside them, and the silent forums."""
    crime, beside = number(remark, "crime"), number(remark, "beside")
    names = [each.label(lang) for each in remark.subjects]
    rest = parts_of(remark, lang).rest
    silent = listed(rest[beside:], lang)
    if silent and lang == "sv":
        silent = f"För {silent} är ämnet inte angivet."
    elif silent:
        silent = f"The topic is not stated for {silent}."
    return listed(names[:crime], lang), listed(names[crime:], lang), listed(rest[:beside], lang), silent


def _both_topics(remark: Remark, lang: Lang) -> str:
    crime, drugs, _, silent = _topic_parts(remark, lang)
    if lang == "sv":
        return say(f"Rapporten beskriver forum om både brott ({crime}) och missbruk ({drugs}).", silent)
    return say(f"The report describes forums on crime ({crime}) as well as on substance abuse ({drugs}).", silent)


def _one_topic(remark: Remark, lang: Lang) -> str:
    crime, drugs, beside, silent = _topic_parts(remark, lang)
    sv, en = (("brott", "missbruk"), ("crime", "substance abuse"))
    this, other = (0, 1) if crime else (1, 0)
    if lang == "sv":
        first = f"Rapporten beskriver forum om {sv[this]} ({crime or drugs}) men anger {sv[other]} för inget forum."
        aside = f"{capital(sv[other])} tas upp i {beside}." if beside else ""
        scope = f"{capital(sv[other])} finns inte bland granskningens angivna ämnen."
    else:
        first = f"The report describes forums on {en[this]} ({crime or drugs}) but states {en[other]} for no forum."
        aside = f"{capital(en[other])} is taken up in {beside}." if beside else ""
        scope = f"{capital(en[other])} is not among the stated topics of the audit."
    return say(first, aside, silent, scope if number(remark, "outside") else "")


def _unstated(remark: Remark, lang: Lang) -> str:
    return _silent(remark, "ålder" if lang == "sv" else "age", lang)


def _unstated_levels(remark: Remark, lang: Lang) -> str:
    return _silent(remark, "preventionsnivå" if lang == "sv" else "prevention level", lang)


def _silent(remark: Remark, what: str, lang: Lang) -> str:
    """Name all that is close to the young and does not state something."""
    names = listed([each.label(lang) for each in remark.subjects], lang, len(remark.subjects))
    total, silent = number(remark, "total"), len(remark.subjects)
    if lang == "sv":
        return f"{silent} av {total} insatser, program och forum nära unga och familjer anger ingen {what}: {names}."
    return f"{silent} of {total} interventions, programmes and forums close to the young state no {what}: {names}."


def _no_ages(remark: Remark, lang: Lang) -> str:
    names = listed([each.label(lang) for each in remark.subjects], lang, len(remark.subjects))
    if lang == "sv":
        return f"Rapporten anger ingen ålder för något som den beskriver, så täckningen kan inte prövas: {names}."
    return f"The report states no age for anything it describes, so the coverage cannot be assessed: {names}."


def _fixed(swedish: str, english: str) -> Wording:
    return lambda _, lang: swedish if lang == "sv" else english


SENTENCES: Mapping[str, Wording] = {
    "uncovered-ages": _uncovered,
    "weakly-covered": _weakly,
    "risk-hole": risk_hole,
    "risk-ends": risk_ends,
    "hand-over": hand_over,
    "both-at-age": both_at_age,
    "no-successor": no_successor,
    "level": _level,
    "level-empty": _level_empty,
    "no-levels": _fixed(
        "Rapporten anger ingen preventionsnivå för något forum eller någon insats, så nivåerna kan inte jämföras.",
        "The report states no prevention level for any forum or intervention, so the levels cannot be compared.",
    ),
    "both-topics": _both_topics,
    "only-crime": _one_topic,
    "only-drugs": _one_topic,
    "neither-topic": _fixed(
        "Rapporten säger inte om något forum att det gäller brott eller missbruk.",
        "The report does not say of any forum that it is on crime or substance abuse.",
    ),
    "unstated-ages": _unstated,
    "unstated-levels": _unstated_levels,
    "no-ages": _no_ages,
}

_MARK = _fixed(
    "Märk ut var och en med universell, selektiv eller indikerad nivå.",
    "Mark each as universal, selective or indicated.",
)
_AGES = _fixed(
    "Be den som ansvarar för var och en att ange lägsta och högsta ålder.",
    "Ask who is responsible for each to state its lowest and highest age.",
)


def _ask_successor(remark: Remark, lang: Lang) -> str:
    if remark.figure("taken_over"):
        swedish, english = "Fråga om övertagandet gäller alla barn.", "Ask whether all children are taken over."
    else:
        swedish = "Fråga vem som tar vid, och om det som ändå når åldern har samma uppdrag."
        english = "Ask who takes over, and whether what still reaches the age has the same task."
    return swedish if lang == "sv" else english


ADVICE: Mapping[str, Wording] = {
    "uncovered-ages": _fixed(
        "Fråga vem som möter de åldrarna i dag, och skriv ut åldern för det som nu inte anger någon.",
        "Ask who meets these ages today, and write down the age of what states none.",
    ),
    "weakly-covered": _fixed(
        "Följ upp när det som byggs upp når åldrarna, och om något når dem i resten av kommunen.",
        "Follow up when what is being set up reaches these ages, and whether anything does elsewhere.",
    ),
    "risk-hole": _fixed(
        "Skriv ner vem som tar emot den som vuxit ur åldern med problemen kvar, och om avsteg får göras.",
        "Write down who takes over who outgrows the age with the problems left, and whether exceptions are made.",
    ),
    "risk-ends": _fixed(
        "Fråga vem som tar vid för riskgruppen efter den åldern.", "Ask who takes over the risk group after that age."
    ),
    "hand-over": _fixed(
        "Skriv ner hur ärenden lämnas över vid födelsedagen och vem som följer upp.",
        "Write down how cases are handed over at the birthday and who follows up.",
    ),
    "both-at-age": _fixed(
        "Skriv ner vem som har huvudansvaret det år då båda når samma ålder.",
        "Write down who has the main responsibility in the year that both reach.",
    ),
    "no-successor": _ask_successor,
    "level-empty": _fixed(
        "Fråga vilka insatser som hör till nivån innan slutsatser dras.",
        "Ask which interventions belong to the level before drawing conclusions.",
    ),
    "no-levels": _MARK,
    "unstated-levels": _MARK,
    "only-crime": _fixed("Fråga i vilket forum missbruk tas upp.", "Ask in which forum substance abuse is taken up."),
    "only-drugs": _fixed("Fråga i vilket forum brott tas upp.", "Ask in which forum crime is taken up."),
    "neither-topic": _fixed("Fråga vad vart och ett av forumen gäller.", "Ask what each of the forums is about."),
    "unstated-ages": _AGES,
    "no-ages": _AGES,
}
