"""What people write in cells, understood: dates, numbers, rhythms, ages, yes and no. Nothing is guessed in silence.

Each function returns None for what it does not understand; whoever calls it says so.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

__all__ = [
    "Ages",
    "Day",
    "Rhythm",
    "parse_ages",
    "parse_day",
    "parse_number",
    "parse_rhythm",
    "parse_yes",
    "split_cell",
]

MONTHS: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
NUMBERS: Final = {
    "en": 1,
    "ett": 1,
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
    "tio": 10,
    "elva": 11,
    "tolv": 12,
}
_YES: Final = frozenset({"ja", "j", "x", "1", "sant", "yes", "true", "✓"})
_NO: Final = frozenset({"nej", "n", "0", "falskt", "no", "false"})


def split_cell(cell: str) -> list[str]:
    r"""Return the parts of a cell with several values, separated by semicolons or new lines.

    >>> split_cell("Polisen; Skolan;\n Fritid")
    ['Polisen', 'Skolan', 'Fritid']
    """
    return [part for part in (each.strip() for each in re.split(r"[;\n]", cell)) if part]


def parse_yes(cell: str) -> bool | None:
    """Return what a yes-or-no cell says."""
    said = cell.casefold().strip(" .")
    return True if said in _YES else False if said in _NO else None


def parse_number(cell: str) -> float | None:
    """Return a number, with decimal comma or point.

    >>> parse_number("1,5"), parse_number("tolv"), parse_number("flera")
    (1.5, 12, None)
    """
    said = cell.casefold().strip()
    if said in NUMBERS:
        return NUMBERS[said]
    found = re.fullmatch(r"\d{1,9}(?:[.,]\d{1,9})?", said)
    return float(said.replace(",", ".")) if found else None


@dataclass(frozen=True, slots=True)
class Day:
    """A day and how exactly it is known: `dag`, `manad` or `ar`. `guessed` is a note on how it was understood."""

    day: date
    precision: str = "dag"
    guessed: str = ""


def _day(year: int, month: int, number: int, precision: str = "dag", guessed: str = "") -> Day | None:
    if 1900 <= year <= 2199 and 1 <= month <= 12 and 1 <= number <= calendar.monthrange(year, month)[1]:
        return Day(date(year, month, number), precision, guessed)
    return None


def _month(name: str) -> int:
    hits = [number for number, month in enumerate(MONTHS, 1) if len(name) >= 3 and month.startswith(name.rstrip("."))]
    return hits[0] if len(hits) == 1 else 0


def parse_day(cell: str) -> Day | None:
    """Return the day that a cell means.

    A month gives its first day, a year its first; a number of five digits is a day as a spreadsheet counts them.

    >>> said = ("2024-03-17", "17 mars 2024", "mars 2024", "2024", "17/3 2024", "20240317")
    >>> [str(parse_day(each).day) for each in said]
    ['2024-03-17', '2024-03-17', '2024-03-01', '2024-01-01', '2024-03-17', '2024-03-17']
    >>> parse_day("2023-02-30") is None, parse_day("i våras") is None
    (True, True)
    """
    said = re.sub(r"\s+", " ", cell.casefold().strip(" .")).replace("t00:00:00", "").removesuffix(" 00:00:00")
    if found := re.fullmatch(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})", said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"((?:19|20|21)\d{2})(\d{2})(\d{2})", said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(?:den )?(\d{1,2})(?::?[ea])?[ .]*([a-zåäö]+\.?) (\d{4})", said):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./ -]+(\d{4})", said):
        return _day(int(found[3]), int(found[2]), int(found[1]), guessed="dag/månad/år")
    if found := re.fullmatch(r"([a-zåäö]+\.?) (\d{4})", said):
        return _day(int(found[2]), _month(found[1]), 1, "manad")
    if found := re.fullmatch(r"(\d{4})[-/](\d{1,2})", said):
        return _day(int(found[1]), int(found[2]), 1, "manad")
    if found := re.fullmatch(r"(?:år )?((?:19|20|21)\d{2})", said):
        return _day(int(found[1]), 1, 1, "ar")
    if re.fullmatch(r"[2-7]\d{4}(?:\.0+)?", said):
        day = date(1899, 12, 30) + timedelta(days=int(float(said)))
        return Day(day, guessed="kalkylarkets dagnummer")
    return None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, in times a year at least and at most, and whether it is also at need."""

    low: float | None
    high: float | None
    on_demand: bool = False


_ADVERBS: Final = {
    "veckovis": 52.0,
    "månadsvis": 12.0,
    "månatligen": 12.0,
    "kvartalsvis": 4.0,
    "terminsvis": 2.0,
    "halvårsvis": 2.0,
    "årligen": 1.0,
    "årsvis": 1.0,
    "varje dag": 260.0,
    "dagligen": 260.0,
}
_UNIT: Final = (
    r"(?P<unit>vecka|veckan|månad|månaden|mån|kvartal|kvartalet|tertial|tertialet|termin|terminen|halvår|halvåret|"
    r"år|året|läsår|läsåret|verksamhetsår)"
)
_COUNT: Final = r"(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|\d{1,3}(?:[.,]\d)?)"
_TIMES: Final = re.compile(
    rf"(?:ca |cirka |ungefär |minst |högst |upp till )?(?P<low>{_COUNT})"
    rf"(?:\s*(?:-|–|till|eller|à)\s*(?P<high>{_COUNT}))?"
    rf"\s*(?:x|ggr|ggr\.|g|g\.|gång|gånger|tillfällen|tillfälle|möten|möte|träffar|träff|st)?\s*(?:per|i|om|varje|/|under)\s*{_UNIT}\b"
)
_EVERY: Final = re.compile(
    rf"\b(?P<which>varje|var|varannan|vartannat|var tredje|vart tredje|var fjärde|vart fjärde|var sjätte|var åttonde|"
    rf"var femte|vart femte)\s+{_UNIT}\b"
)
_STEPS: Final = {"varje": 1, "var": 1, "varannan": 2, "vartannat": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6}
_STEPS_ALL: Final = {**_STEPS, "åttonde": 8}
_ORDINALS: Final = {"2": "annan", "3": "tredje", "4": "fjärde", "5": "femte", "6": "sjätte", "8": "åttonde"}


def _a_year(unit: str) -> float:
    for stem, times in (
        ("månad", 12.0),
        ("mån", 12.0),
        ("vecka", 52.0),
        ("kvartal", 4.0),
        ("tertial", 3.0),
        ("termin", 2.0),
        ("halvår", 2.0),
    ):
        if unit.startswith(stem):
            return times
    return 1.0


def _demand(said: str) -> bool:
    return bool(re.search(r"vid behov|behovsstyr|efter behov|på förekommen anledning|vid särskilda", said))


def parse_rhythm(cell: str) -> Rhythm | None:
    """Return how often a wording means, in times a year.

    A week is 52 times a year and a term half a year, whatever the holidays: it is what the words say. "Minst" gives no
    upper bound and "högst" no lower.

    >>> said = ("varannan vecka", "6–8 ggr/år", "två gånger per termin", "var sjätte vecka")
    >>> [(each.low, each.high) for each in map(parse_rhythm, said)]
    [(26.0, 26.0), (6.0, 8.0), (4.0, 4.0), (8.7, 8.7)]
    >>> parse_rhythm("vid behov"), parse_rhythm("ofta")
    (Rhythm(low=None, high=None, on_demand=True), None)
    """
    said = re.sub(r"\s+", " ", cell.casefold().strip(" .")).replace(" - ", "-")
    said = re.sub(r"\b(var|vart) (\d):[ea]\b", lambda hit: f"{hit[1]} {_ORDINALS.get(hit[2], hit[2])}", said)
    demand = _demand(said)
    said = re.sub(r"\b(?:var|vart) 14(?::?e)? dag\b|\bvar fjortonde dag\b", "varannan vecka", said)
    if re.search(r"\b(?:varje|var) (?:mån|tis|ons|tors|fre)dag\b", said):
        return Rhythm(52.0, 52.0, demand)
    if re.search(r"\bvarannan (?:mån|tis|ons|tors|fre)dag\b", said):
        return Rhythm(26.0, 26.0, demand)
    if found := _EVERY.search(said):
        times = round(_a_year(found["unit"]) / _STEPS_ALL[found["which"].split()[-1]], 1)
        return Rhythm(times, times, demand)
    if found := _TIMES.search(said):
        low, high = parse_number(found["low"]), parse_number(found["high"] or found["low"])
        if low is not None and high is not None and low <= high and high * _a_year(found["unit"]) <= 366:
            least, most = low * _a_year(found["unit"]), high * _a_year(found["unit"])
            before = found[0]
            if before.startswith("minst "):
                return Rhythm(least, None, demand)
            if before.startswith(("högst ", "upp till ")):
                return Rhythm(None, most, demand)
            return Rhythm(least, most, demand)
    for word, times in _ADVERBS.items():
        if re.search(rf"\b{word}\b", said):
            return Rhythm(times, times, demand)
    if found := re.fullmatch(r"(\d{1,3})(?:\s*(?:-|–|till)\s*(\d{1,3}))?(?:\s*(?:ggr|gånger|möten))?", said):
        low, high = float(found[1]), float(found[2] or found[1])
        return Rhythm(low, high) if low <= high <= 366 else None
    return Rhythm(None, None, True) if demand else None


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


def _between(low: str, high: str) -> Ages | None:
    ages = int(low), int(high)
    return Ages(*ages) if ages[0] <= ages[1] <= 120 else None


def parse_ages(cell: str) -> Ages | None:
    """Return the ages that a wording means. Words without ages ("ungdomar", "vuxna") give None.

    >>> said = ("13-20 år", "under 20", "högstadiet", "från 18 år", "årskurs 7–9", "15 år")
    >>> [(each.low, each.high) for each in map(parse_ages, said)]
    [(13, 20), (None, 19), (13, 15), (18, None), (13, 15), (15, 15)]
    """
    said = re.sub(r"\s+", " ", cell.casefold().replace("\u2013", "-").replace("\u2014", "-"))
    if found := re.search(r"\b(?:f|förskoleklass(?:en)?) ?(?:-|till) ?(?:åk ?|årskurs )?([1-9])\b(?! ?år)", said):
        return Ages(6, int(found[1]) + 6, "skolstadium")
    if found := re.search(r"(?:åk|årskurs(?:erna)?|klass) ?(\d)(?: ?(?:-|till|och) ?(\d))?", said):
        low, high = int(found[1]), int(found[2] or found[1])
        return Ages(low + 6, high + 6, "skolstadium") if 1 <= low <= high <= 9 else None
    if found := re.search(
        r"\b(\d{1,3}) ?(?:år)? ?(?:-|till och med|t\.? ?o\.? ?m\.?|till|och) ?(\d{1,3})(?: ?-?år(?:ingar)?)?\b", said
    ):
        return _between(found[1], found[2])
    if found := re.search(r"\b(?:under|yngre än|ej fyllt|innan) (\d{1,3})\b", said):
        return Ages(None, int(found[1]) - 1) if 1 <= int(found[1]) <= 120 else None
    if found := re.search(r"\b(?:upp till|till och med|högst|t\.?o\.?m\.?|max) (\d{1,3})\b", said):
        return Ages(None, int(found[1])) if int(found[1]) <= 120 else None
    if found := re.search(r"\b(?:över|äldre än) (\d{1,3})\b", said):
        return Ages(int(found[1]) + 1, None) if int(found[1]) < 120 else None
    if found := re.search(r"\b(?:från(?: och med)?|fr\.?o\.?m\.?|minst|fyllda|lägst) (\d{1,3})\b", said) or re.search(
        r"\b(\d{1,3}) ?(?:år)? ?(?:och (?:äldre|uppåt)|\+|eller äldre|-\s*$)", said
    ):
        return Ages(int(found[1]), None) if int(found[1]) <= 120 else None
    if found := re.search(r"\b(\d{1,3}) ?(?:år|-?åringar)\b", said) or re.fullmatch(r" ?(\d{1,3}) ?", said):
        return _between(found[1], found[1])
    stages = [ages for stem, ages in _STAGES.items() if stem in said]
    if "förskoleklass" in said and "förskola" not in said:
        stages = [ages for stem, ages in _STAGES.items() if stem in said and stem != "förskola"]
    if stages:
        return Ages(min(low for low, _ in stages), max(high for _, high in stages), "skolstadium")
    return None
