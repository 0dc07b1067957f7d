"""Meeting load in words: how many meetings, in which forums, and what is left out of the sum."""

from __future__ import annotations

from kg.findings import Lang, Remark
from kg.phrases import capital, join, plural

__all__ = ["ADVICE", "SENTENCES", "number", "span"]

GROUPS = ("counted", "at_times", "paused", "unknown", "nested", "on_demand", "parallel", "weekly")


def number(value: float, lang: Lang) -> str:
    """Return a number without decimals where it is whole, with one where it is not.

    >>> number(52.0, "sv"), number(4.333, "sv")
    ('52', '4,3')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",") if lang == "sv" else text


def span(low: float, high: float | None, lang: Lang) -> str:
    """Return an interval of numbers: "6–8", "52", or "at least 4" where no highest is known.

    >>> span(6, 8, "sv"), span(52, 52, "sv"), span(4, None, "sv")
    ('6–8', '52', 'minst 4')
    """
    if high is None:
        return f"{'minst' if lang == 'sv' else 'at least'} {number(low, lang)}"
    if low == high:
        return number(low, lang)
    if low == 0:
        return f"{'högst' if lang == 'sv' else 'at most'} {number(high, lang)}"
    return f"{number(low, lang)}–{number(high, lang)}"


def _rate(text: str, lang: Lang) -> str:
    low, dash, high = text.partition("-")
    if not dash:
        return number(float(low), lang)
    return span(float(low or 0), float(high) if high else None, lang)


def _load(remark: Remark, lang: Lang) -> str:
    sv = lang == "sv"
    figures = dict(remark.figures)
    names = iter(each.label(lang) for each in remark.names)
    groups = {group: [next(names) for _ in range(int(figures[group]))] for group in GROUPS}
    who = remark.subjects[0].label(lang)
    parts = [f"{capital(who)}: {_sum(groups['counted'], figures, lang)}"]
    if groups["at_times"]:
        held = _with_rates(groups["at_times"], str(figures["rates_at_times"]), lang)
        parts.append(
            f"Bara ibland, vid behov eller som adjungerad, och inte medräknat: {held} om året."
            if sv
            else f"Only at times, at need or as adjunct, and not counted: {held} a year."
        )
    if groups["paused"]:
        who = join(groups["paused"], lang)
        parts.append(f"Pausat och inte medräknat: {who}." if sv else f"Paused and not counted: {who}.")
    if groups["unknown"]:
        who = join(groups["unknown"], lang)
        parts.append(
            f"Inte medräknat, eftersom rapporten inte anger rytmen: {who}."
            if sv
            else f"Not counted, since the report does not state the rhythm: {who}."
        )
    if groups["nested"]:
        who = join(groups["nested"], lang)
        parts.append(
            f"Är en del av ett annat av dem, så att mötena kan vara desamma: {who}."
            if sv
            else f"Part of another of them, so that the meetings may be the same: {who}."
        )
    if groups["on_demand"]:
        who = join(groups["on_demand"], lang)
        parts.append(f"Möts därtill vid behov: {who}." if sv else f"Also called at need: {who}.")
    if groups["parallel"]:
        who = join(groups["parallel"], lang)
        parts.append(
            f"Är flera parallella grupper, räknade för den som sitter i en av dem: {who}."
            if sv
            else f"Several parallel groups, counted for one who sits in one of them: {who}."
        )
    if groups["weekly"]:
        who = join(groups["weekly"], lang)
        parts.append(
            f"Räknat på årets alla veckor, utan avdrag för skollov och andra uppehåll: {who}."
            if sv
            else f"Counted on all weeks of the year, school holidays and other breaks not taken off: {who}."
        )
    return " ".join(parts)


def _with_rates(names: list[str], rates: str, lang: Lang) -> str:
    given = [f"{name} ({_rate(rate, lang)})" for name, rate in zip(names, rates.split(), strict=True)]
    return join(given, lang)


def _sum(names: list[str], figures: dict[str, int | float | str], lang: Lang) -> str:
    sv = lang == "sv"
    if not names:
        return "inga fasta möten vars rytm rapporten anger." if sv else "no standing meetings of a stated rhythm."
    low, high = float(figures["low"]), None if figures["high"] == "" else float(figures["high"])
    year, month = span(low, high, lang), span(low / 12, None if high is None else high / 12, lang)
    held = _with_rates(names, str(figures["rates"]), lang)
    if sv:
        return f"{year} möten om året (ungefär {month} i månaden) i {len(names)} forum med angiven rytm: {held}."
    forums = plural(len(names), "forum", "forums")
    return f"{year} meetings a year (about {month} a month) in {forums} of a stated rhythm: {held}."


def _unstated(remark: Remark, lang: Lang) -> str:
    names = [each.label(lang) for each in remark.subjects]
    total = int(dict(remark.figures)["forums"])
    if lang == "sv":
        where = f"något av de {total} forumen" if len(names) == total else f"{len(names)} av {total} forum"
        rest = "Hur många möten det blir går inte att säga." if len(names) == total else "Summorna är en undre gräns."
        return f"Rapporten anger inte hur många gånger om året de möts för {where}: {join(names, lang)}. {rest}"
    where = f"any of {total} forums" if len(names) == total else f"{len(names)} of {total} forums"
    rest = "How many meetings that makes cannot be told." if len(names) == total else "The sums are a lower bound."
    return f"The report does not state how many times a year they meet for {where}: {join(names, lang)}. {rest}"


def _ask(remark: Remark, lang: Lang) -> str:
    names = join([each.label(lang) for each in remark.subjects], lang)
    return f"Fråga hur ofta de möts: {names}." if lang == "sv" else f"Ask how often they meet: {names}."


SENTENCES = {"meeting-load": _load, "rhythm-unstated": _unstated}
ADVICE = {"rhythm-unstated": _ask}
