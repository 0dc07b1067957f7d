"""Remarks on positions in words: who joins what, what a vacancy leaves. What rests on open lists or names says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.findings import Lang, Remark, Thing
from kg.phrases import capital, join, plural
from kg.wording import Wording

__all__ = ["ADVICE", "SECTORS", "SENTENCES"]

SHOWN = 4
LEVELS: dict[str, tuple[str, str]] = {
    "politisk": ("politisk nivå", "political level"),
    "strategisk": ("strategisk nivå", "strategic level"),
    "operativ": ("operativ nivå", "operational level"),
    "individ": ("individnivå", "individual level"),
    "rad": ("brottsförebyggande råd", "crime prevention council"),
}
SECTORS: dict[str, tuple[str, str]] = {
    "politics": ("politik", "politics"),
    "administration": ("förvaltning och bolag", "administration and companies"),
    "operations": ("verksamheter", "services"),
    "police": ("polis", "police"),
    "region": ("region och vård", "region and care"),
    "state": ("stat och förbund", "state and joint bodies"),
    "civil": ("civilsamhälle och näringsliv", "civil society and business"),
    "other-municipalities": ("andra kommuner", "other municipalities"),
}
ROLES: dict[str, tuple[str, str]] = {
    "ordforande": ("ordförande", "chair"),
    "sammankallande": ("sammankallande", "convener"),
    "vice-ordforande": ("vice ordförande", "vice chair"),
}


def _count(remark: Remark, name: str) -> int:
    found = remark.figure(name)
    return found if isinstance(found, int) else 0


def _text(remark: Remark, name: str) -> str:
    found = remark.figure(name)
    return found if isinstance(found, str) else ""


def _names(things: Sequence[Thing], lang: Lang) -> str:
    """Return the names as a list in running text; of a long one the first, and how many more there are."""
    words = [each.label(lang) for each in things]
    if len(words) > SHOWN + 1:
        words = [*words[:SHOWN], f"{len(words) - SHOWN} {'till' if lang == 'sv' else 'more'}"]
    return join(words, lang)


def _split(remark: Remark) -> list[tuple[Thing, ...]]:
    """Return the groups of names by their `sizes`."""
    groups, start = [], 0
    for size in map(int, _text(remark, "sizes").split(",")):
        groups.append(remark.names[start : start + size])
        start += size
    return groups


def _doubt(remark: Remark, lang: Lang) -> str:
    """Say what open lists leave of a remark; "" where all lists are whole."""
    if not _count(remark, "open"):
        return ""
    if _count(remark, "sure"):
        if lang == "en":
            return "It holds whoever else may sit in the lists that are not whole."
        return "Det gäller vilka fler som än kan finnas i de listor som inte är fullständiga."
    if lang == "en":
        return "Not all member lists are whole, so there may be others."
    return "Alla deltagarlistor är inte fullständiga, så det kan finnas fler."


def _told(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _cut(remark: Remark, lang: Lang) -> str:
    *smaller, largest = _split(remark)
    who = remark.subjects[0].label(lang)
    if len(smaller) == 1:
        ends = (_names(smaller[0], lang), _names(largest, lang))
        bound = f"{ends[0]} med {ends[1]}" if lang == "sv" else f"{ends[0]} to {ends[1]}"
    else:
        parts = [_names(part, lang) for part in (*smaller, largest)]
        loose = "delar som annars inte hänger ihop" if lang == "sv" else "parts that are not joined otherwise"
        bound = f"{len(parts)} {loose}: {'; '.join(parts)}"
    if lang == "en":
        start = f"Only {who} joins {bound}."
        end = "Apart from that, no chain of shared members whom the report names runs between them."
        organisations = {
            "falls": "Counted by organisation they are joined all the same.",
            "some": "Counted by organisation some of them are joined all the same.",
        }
    else:
        start = f"Bara {who} knyter ihop {bound}."
        end = "I övrigt finns ingen kedja av gemensamma deltagare mellan dem, bland dem som rapporten nämner."
        organisations = {
            "falls": "Räknat per organisation hänger de ihop ändå.",
            "some": "Räknat per organisation hänger några av dem ihop ändå.",
        }
    coarser = organisations.get(_text(remark, "organisation"), "")
    return _told(start, end, coarser, _doubt(remark, lang))


def _level(remark: Remark, number: int, lang: Lang) -> str:
    codes = _text(remark, f"side_{number}").split(",")
    return join([LEVELS[code][lang == "en"] if code in LEVELS else code for code in codes], lang)


def _sole_level(remark: Remark, lang: Lang) -> str:
    here, there = _split(remark)
    who, sides = remark.subjects[0].label(lang), (_level(remark, 1, lang), _level(remark, 2, lang))
    first, second = f"{_names(here, lang)} ({sides[0]})", f"{_names(there, lang)} ({sides[1]})"
    if lang == "en":
        start = f"{who} is the only link between {sides[0]} and {sides[1]}, through {first} and {second}."
        end = "Nobody else whom the report names sits in both."
    else:
        start = f"{capital(who)} är ensam länk mellan {sides[0]} och {sides[1]}, genom {first} och {second}."
        end = "Ingen annan som rapporten nämner sitter i båda."
    return _told(start, end, _doubt(remark, lang))


def _link(remark: Remark, lang: Lang) -> str:
    shared = remark.names[2:]
    who, (first, second) = remark.subjects[0].label(lang), (each.label(lang) for each in remark.names[:2])
    if remark.code == "sole-link-levels":
        first, second = f"{first} ({_level(remark, 1, lang)})", f"{second} ({_level(remark, 2, lang)})"
    if lang == "en":
        start = f"Of those whom the report names, only {who} sits in both {first} and {second}."
        end = "" if shared else "Apart from that they have no member in common."
        coarser = f"Counted by organisation they still have {_names(shared, lang)} in common." if shared else ""
    else:
        start = f"Av dem som rapporten nämner sitter bara {who} i både {first} och {second}."
        end = "" if shared else "I övrigt har de ingen gemensam deltagare."
        coarser = f"Räknat per organisation har de ändå {_names(shared, lang)} gemensamt." if shared else ""
    return _told(start, end, coarser, _doubt(remark, lang))


def _lost(remark: Remark) -> tuple[tuple[Thing, ...], tuple[Thing, ...], tuple[Thing, ...], list[tuple[Thing, Thing]]]:
    """Return the actors, the forums led, those where it alone represents its actor, and the parted pairs."""
    actors, led, alone = (_count(remark, name) for name in ("actors", "led", "alone"))
    names = remark.names
    pairs = names[actors + led + alone :]
    return (
        names[:actors],
        names[actors : actors + led],
        names[actors + led : actors + led + alone],
        list(zip(pairs[::2], pairs[1::2], strict=True)),
    )


def _by_forum(pairs: Sequence[tuple[Thing, Thing]]) -> list[tuple[Thing, list[Thing]]]:
    """Return each forum with those it is parted from, the forum of most pairs first, each pair once."""
    left, found = list(pairs), []
    while left:
        ends = [each for pair in left for each in pair]
        hub = max(dict.fromkeys(ends), key=ends.count)
        others = [second if first == hub else first for first, second in left if hub in {first, second}]
        left = [pair for pair in left if hub not in pair]
        found.append((hub, others))
    return found


def _vacancy(remark: Remark, lang: Lang) -> str:
    actors, led, alone, pairs = _lost(remark)
    function = f"{remark.subjects[0].label(lang)} ({_names(actors, lang)})"
    nobody = []
    if led:
        forums = _names(led, lang)
        nobody.append(
            f"ingen annan som leder eller kallar till {forums}"
            if lang == "sv"
            else f"nobody else who chairs or convenes {forums}"
        )
    if alone and len(actors) == 1:
        who, where = actors[0].label(lang), _names(alone, lang)
        nobody.append(
            f"ingen annan funktion för {who} i {where}" if lang == "sv" else f"no other function for {who} in {where}"
        )
    names = "nämner rapporten" if lang == "sv" else "the report names"
    effects = [f"{names} {join(nobody, lang)}"] if nobody else []
    for hub, others in _by_forum(pairs):
        forum, rest = hub.label(lang), _names(others, lang)
        effects.append(
            f"har {forum} inte längre någon känd deltagare gemensam med {rest}"
            if lang == "sv"
            else f"{forum} has no known member left in common with {rest}"
        )
    if lang == "en":
        return (
            f"If the function {function} is empty, {join(effects, lang)}. "
            "Whether anyone stands in, the report does not say."
        )
    return f"Om funktionen {function} står tom {join(effects, lang)}. Om någon då träder in säger rapporten inte."


def _organiser(remark: Remark, lang: Lang) -> str:
    who, forums = remark.subjects[0].label(lang), _names(remark.names, lang)
    roles = [ROLES[code][lang == "en"] for code in _text(remark, "role").split(",") if code in ROLES]
    if lang == "en":
        return f"Of {forums}, the report names only {who} as {join(roles, lang)}."
    return f"Bara {who} nämns som {join(roles, lang)} i {forums}."


def _broker(remark: Remark, lang: Lang) -> str:
    who, english = remark.subjects[0].label(lang), lang == "en"
    sectors = [SECTORS[_text(remark, f"sector_{number}")][english] for number in range(1, len(remark.names) + 1)]
    example = [f"{each.label(lang)} ({sector})" for each, sector in zip(remark.names, sectors, strict=True)]
    third = _count(remark, "liaison")
    if english:
        pairs = plural(_count(remark, "across"), "pair", "pairs")
        such = f", such as {join(example, lang)}" if example else ""
        start = f"{who} stands between most who do not sit in any forum together: {pairs} from different sectors{such}."
        end = f"In {third} of the pairs both belong to other sectors than {who}." if third else ""
        return _told(start, end, "Counted by the names that the report uses; not all member lists need be whole.")
    such = f", till exempel {join(example, lang)}" if example else ""
    pairs = plural(_count(remark, "across"), "par", "par")
    start = f"{capital(who)} står mellan flest som inte själva sitter i samma forum: {pairs} ur olika sektorer{such}."
    end = f"I {third} av paren hör båda till andra sektorer än {who}." if third else ""
    return _told(start, end, "Räknat efter de namn som rapporten använder.")


def _apart(remark: Remark, lang: Lang) -> str:
    forum, flows = remark.subjects[0].label(lang), _count(remark, "flows")
    if lang == "en":
        start = f"{forum} shares none of its known members with any other forum that the report describes"
        told, untold = ", but the report tells of information", ", and the report tells of no information"
        end = f"{told if flows else untold} to or from it."
    else:
        start = f"{forum} delar ingen av sina kända deltagare med något annat forum som rapporten beskriver"
        told, untold = ", men rapporten nämner information", ", och rapporten nämner ingen information"
        end = f"{told if flows else untold} till eller från det."
    return _told(start + end, _doubt(remark, lang))


def _no_flow(remark: Remark, lang: Lang) -> str:
    names, flows = join([each.label(lang) for each in remark.names], lang), _count(remark, "flows")
    if lang == "en":
        if not flows:
            return f"The report tells of no passing of information at all; it describes {names}."
        return f"Of these forums the report does not say whether they get or pass on information: {names}."
    if not flows:
        return f"Rapporten nämner inte alls hur information förs vidare; den beskriver {names}."
    return f"Av dessa forum säger rapporten inte om de får information utifrån eller för den vidare: {names}."


def _communities(remark: Remark, lang: Lang) -> str:
    groups = _split(remark)
    listed = "; ".join(_names(group, lang) for group in groups)
    if lang == "en":
        return (
            f"By who sits in them, these forums belong together: {listed}. It is a picture of the members, no verdict."
        )
    start = f"Efter vilka som sitter i dem hör dessa forum närmast ihop: {listed}."
    return f"{start} Det är en bild av deltagarna, inget omdöme."


SENTENCES: Mapping[str, Wording] = {
    "cut-actor": _cut,
    "cut-forum": _cut,
    "sole-level": _sole_level,
    "sole-link": _link,
    "sole-link-levels": _link,
    "vacancy": _vacancy,
    "organiser": _organiser,
    "broker": _broker,
    "apart": _apart,
    "no-flow": _no_flow,
    "communities": _communities,
}


def _substitute(remark: Remark, lang: Lang) -> str:
    who = remark.subjects[0].label(lang)
    if lang == "en":
        return f"Decide who stands in for {who}, or let one more sit in both."
    return f"Bestäm vem som ersätter {who}, eller låt en till sitta i båda."


def _cut_advice(remark: Remark, lang: Lang) -> str:
    who = remark.subjects[0].label(lang)
    if remark.code == "cut-forum":
        return f"Ask how they meet apart from {who}." if lang == "en" else f"Fråga hur de möts utöver {who}."
    return _substitute(remark, lang)


def _vacancy_advice(remark: Remark, lang: Lang) -> str:
    who = remark.subjects[0].label(lang)
    if lang == "en":
        return f"Decide who stands in for {who} and write it down."
    return f"Bestäm vem som träder in för {who} och skriv ned det."


def _apart_advice(remark: Remark, lang: Lang) -> str:
    forum = remark.subjects[0].label(lang)
    if lang == "en":
        return f"Ask how {forum} learns what other forums see, and they what it sees."
    return f"Fråga hur {forum} får veta vad andra forum ser, och de vad det ser."


def _flow_advice(_: Remark, lang: Lang) -> str:
    return "Ask who tells what to whom." if lang == "en" else "Fråga vem som för vad vidare till vem."


ADVICE: Mapping[str, Wording] = {
    "cut-actor": _cut_advice,
    "cut-forum": _cut_advice,
    "sole-level": _substitute,
    "sole-link": _substitute,
    "sole-link-levels": _substitute,
    "vacancy": _vacancy_advice,
    "organiser": _vacancy_advice,
    "apart": _apart_advice,
    "no-flow": _flow_advice,
}
