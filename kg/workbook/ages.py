"""The ages that people write, understood in completed years; None for what is not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["Ages", "parse_ages"]


@dataclass(frozen=True, slots=True)
class Ages:
    """Ages in completed years, both included, None where open; `basis` is `angiven`, `skolstadium` or `ordval`."""

    low: int | None
    high: int | None
    basis: str = "angiven"


_STAGES: Final = {
    "förskoleklass": (6, 6),
    "förskola": (1, 5),
    "lågstadi": (7, 9),
    "mellanstadi": (10, 12),
    "högstadi": (13, 15),
    "grundskol": (6, 15),
    "gymnasie": (16, 19),
    "gymnasium": (16, 19),
    "gymnasiet": (16, 19),
}
_SPELT: Final = (
    (r"[\u2013\u2014]", "-"),
    (r"\bfr?\.? ?r?\.? ?o\.? ?m\.?(?= ?\d)|\bfr\.? ?o\.? ?m\b\.?", "från "),
    (r"\bt\.? ?o\.? ?m\.?(?= |\d)", "till och med "),
    (r"(?:<=|≤) ?(?=\d)", "upp till "),
    (r"(?:>=|≥) ?(?=\d)", "från "),
    (r"< ?(?=\d)", "under "),
    (r"> ?(?=\d)", "över "),
    (r"\b(låg|mellan|hög)-(?= *(?:,|och|/|&|till|låg|mellan|hög))", r"\1stadiet "),
    (r"\bf-klass(?:en)?\b", "förskoleklass"),
    (r"\bgy(?:mn)?\b\.?", "gymnasiet"),
    (r"\bfsk\b\.?", "förskolan"),
    (r"\b(?:skolår(?:en)?|år) ?(?=[1-9] ?(?:-|till|och) ?[1-9]$)", "åk "),
    (r"\s+", " "),
)
"""Short and older spellings, each as it is said in full."""
_YEAR: Final = r"(?:åk|årskurs(?:en|erna)?|klass) ?(\d)"
_F: Final = r"(?:f|förskoleklass(?:en)?)"


def _between(low: str, high: str) -> Ages | None:
    ages = int(low), int(high)
    return Ages(*ages) if ages[0] <= ages[1] <= 120 else None


def parse_ages(cell: str) -> Ages | None:
    """Return the ages that a wording means. Words without ages ("ungdomar", "vuxna") give None.

    >>> said = ("13-20 år", "under 20", "högstadiet", "från 18 år", "årskurs 7–9", "15 år")
    >>> [(each.low, each.high) for each in map(parse_ages, said)]
    [(13, 20), (None, 19), (13, 15), (18, None), (13, 15), (15, 15)]
    """
    said = cell.casefold()
    for pattern, full in _SPELT:
        said = re.sub(pattern, full, said)
    said = said.strip()
    school = _school_years(said)
    return school if school else _stated(said) or _stages(said)


def _school_years(said: str) -> Ages | None:
    """Return the ages of school years: a child of year 1 is seven."""
    if found := re.search(rf"\b(?:åk ?)?{_F} ?(?:-|till) ?(?:åk ?|årskurs )?([1-9])\b(?! ?år)", said):
        return Ages(6, int(found[1]) + 6, "skolstadium")
    if found := re.search(rf"{_YEAR} ?(?:-|till|upp till) ?gymnasi", said):
        return Ages(int(found[1]) + 6, 19, "skolstadium") if found[1] != "0" else None
    if found := re.search(rf"{_YEAR}(?: ?(?:-|till|och) ?(?:åk ?|årskurs )?(\d))?(?! ?\d)", said):
        low, high = int(found[1]), int(found[2] or found[1])
        if not 1 <= low <= high <= 9:
            return None
        onward = re.match(r" ?(?:och uppåt|\+|och äldre|eller högre)", said[found.end() :])
        return Ages(low + 6, None if onward else high + 6, "skolstadium")
    return None


def _stated(said: str) -> Ages | None:
    if found := re.search(r"\b(\d{1,3}) ?(?:år)? ?(?:-|till och med|till|och) ?(\d{1,3})(?: ?-?år(?:ingar)?)?\b", said):
        return _between(found[1], found[2])
    if found := re.search(r"\b(?:under|yngre än|ej fyllt|innan) (\d{1,3})\b", said):
        return Ages(None, int(found[1]) - 1) if 1 <= int(found[1]) <= 120 else None
    if found := re.search(r"\b(?:upp till|till och med|högst|max) (\d{1,3})\b", said):
        return Ages(None, int(found[1])) if int(found[1]) <= 120 else None
    if found := re.search(r"\b(?:över|äldre än) (\d{1,3})\b", said):
        return Ages(int(found[1]) + 1, None) if int(found[1]) < 120 else None
    if found := re.search(r"\b(?:från(?: och med)?|minst|fyllda|lägst) (\d{1,3})\b", said) or re.search(
        r"\b(\d{1,3}) ?(?:år)? ?(?:och (?:äldre|uppåt)|\+|eller äldre|-\s*$)", said
    ):
        return Ages(int(found[1]), None) if int(found[1]) <= 120 else None
    if found := re.search(r"\b(\d{1,3}) ?(?:år|-?åringar)\b", said) or re.fullmatch(r"(\d{1,3})", said):
        return _between(found[1], found[1])
    return None


def _stages(said: str) -> Ages | None:
    stages = [ages for stem, ages in _STAGES.items() if stem in said]
    if "förskoleklass" in said and "förskola" not in said:
        stages = [ages for stem, ages in _STAGES.items() if stem in said and stem != "förskola"]
    if stages and not re.search(r"\bskol(?:a|an|or|orna)\b", said):
        return Ages(min(low for low, _ in stages), max(high for _, high in stages), "skolstadium")
    return Ages(13, 19, "ordval") if re.search(r"\btonår", said) else None
