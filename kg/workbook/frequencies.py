"""How often people write that something happens, understood as times a year; None for what is not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.workbook.parsing import parse_number

__all__ = ["Rhythm", "parse_rhythm"]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, in times a year at least and at most, and whether it is also at need."""

    low: float | None
    high: float | None
    on_demand: bool = False


_ADVERBS: Final = {
    r"veckovis|veckomöte\w*": 52.0,
    r"månadsvis|månatlig\w*|månadsmöte\w*": 12.0,
    r"kvartalsvis|kvartalsmöte\w*": 4.0,
    r"tertialvis": 3.0,
    r"terminsvis|terminsmöte\w*": 2.0,
    r"halvårsvis": 2.0,
    r"årligen|årsvis": 1.0,
    r"varje dag|dagligen": 260.0,
}
_UNIT: Final = (
    r"(?P<unit>vecka|veckan|månad|månaden|mån|kvartal|kvartalet|tertial|tertialet|termin|terminen|halvår|halvåret|"
    r"år|året|läsår|läsåret|verksamhetsår)"
)
_COUNT: Final = r"(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|\d{1,3}(?:[.,]\d)?)"
_THING: Final = (
    r"(?:x|ggr|ggr\.|g|g\.|gång|gånger|tillfällen|tillfälle|möten|möte|träffar|träff|dag|dagar|kväll|kvällar|st)"
)
_TIMES: Final = re.compile(
    rf"(?:ca |cirka |ungefär |minst |högst |upp till )?(?<!\w)(?P<low>{_COUNT})"
    rf"(?:\s*(?:-|–|till|eller|à)\s*(?P<high>{_COUNT}))?"
    rf"\s*{_THING}?\s*(?:per|i|om|varje|/|under)\s*{_UNIT}\b"
)
_EVERY: Final = re.compile(
    rf"\b(?P<which>varje|var|varannan|vartannat|var tredje|vart tredje|var fjärde|vart fjärde|var sjätte|var åttonde|"
    rf"var femte|vart femte)\s+{_UNIT}\b"
)
_STEPS: Final = {"varje": 1, "var": 1, "varannan": 2, "vartannat": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6}
_STEPS_ALL: Final = {**_STEPS, "åttonde": 8}
_ORDINALS: Final = {"2": "annan", "3": "tredje", "4": "fjärde", "5": "femte", "6": "sjätte", "8": "åttonde"}
_DAY: Final = r"(?:mån|tis|ons|tors?|fre|lör|sön)"
_DAYS: Final = re.compile(rf"\b({_DAY})(dagar(?:na)?|dagskvällar(?:na)?|dagsmöten|dag(?:en)?(?:s?kväll(?:en)?)?)?\b")
_HALF: Final = r"(?:våren|vår|vt|hösten|höst|ht)"
_SPELT: Final = (
    (r"\s+", " "),
    (r" - ", "-"),
    (r"\bvk?\b\.?(?! ?\d)", "vecka"),
    (rf"\b({_COUNT}(?:\s*(?:-|–|till|eller)\s*{_COUNT})?\s*{_THING}) (?:årligen|årsvis)\b", r"\1 per år"),
    (rf"\b({_COUNT}(?:\s*(?:-|–|till|eller)\s*{_COUNT})?\s*{_THING}) (?:månatligen|månadsvis)\b", r"\1 per månad"),
    (rf"\b({_COUNT}(?:\s*(?:-|–|till|eller)\s*{_COUNT})?\s*{_THING}) veckovis\b", r"\1 per vecka"),
    (
        r"\b(?:alla )?vardagar(?:na)?\b|\bvarje vardag\b|\bmån(?:dag(?:ar)?)? ?(?:-|–|till) ?fre(?:dag(?:ar)?)?\b",
        "dagligen",
    ),
    (r"\b(?:var|vart) 14(?::?e)? dag\b|\bvar fjortonde dag\b", "varannan vecka"),
    (rf"\b(?:första|andra|tredje|fjärde|sista) {_DAY}dagen (?:i|varje|i varje) (?:månad|månaden)\b", "varje månad"),
    (
        rf"\b(?:en gång )?(?:på )?{_HALF} (?:och|samt|&) (?:en (?:gång )?)?(?:på )?{_HALF}\b",
        "två gånger per år",
    ),
)
"""Short and loose spellings, each as it is said in full."""
_ODD: Final = re.compile(r"\b(?:udda|ojämna?|jämna?) veck(?:a|or|orna)\b|\bveck(?:a|or) (?:udda|ojämna?|jämna?)\b")


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

    >>> said = ("varannan vecka", "6–8 ggr/år", "två gånger per termin", "var sjätte vecka", "fre och lör")
    >>> [(each.low, each.high) for each in map(parse_rhythm, said)]
    [(26.0, 26.0), (6.0, 8.0), (4.0, 4.0), (8.7, 8.7), (104.0, 104.0)]
    >>> parse_rhythm("vid behov"), parse_rhythm("ofta")
    (Rhythm(low=None, high=None, on_demand=True), None)
    """
    said = cell.casefold().strip(" .")
    for pattern, full in _SPELT:
        said = re.sub(pattern, full, said)
    said = re.sub(r"\b(var|vart) (\d):[ea]\b", lambda hit: f"{hit[1]} {_ORDINALS.get(hit[2], hit[2])}", said)
    demand = _demand(said)
    said = re.sub(r"\bvar annan\b", "varannan", said)
    if (times := _on_days(said)) is not None:
        return Rhythm(times, times, demand)
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
    for words, times in _ADVERBS.items():
        if re.search(rf"\b(?:{words})\b", said):
            return Rhythm(times, times, demand)
    if found := re.fullmatch(r"(\d{1,3})(?:\s*(?:-|–|till)\s*(\d{1,3}))?(?:\s*(?:ggr|gånger|möten))?", said):
        low, high = float(found[1]), float(found[2] or found[1])
        return Rhythm(low, high) if low <= high <= 366 else None
    return Rhythm(None, None, True) if demand else None


def _on_days(said: str) -> float | None:
    """Return how often the days of the week that are named come, None where they do not say it.

    One day in the singular ("tisdag") may be the next one; two are a habit, and so is a plural.
    """
    found = list(_DAYS.finditer(said))
    days = {each[1][:3] for each in found}
    if _ODD.search(said):
        return 26.0 * max(1, len(days))
    if re.search(rf"\bvarannan {_DAY}dag\b", said):
        return 26.0
    if re.search(rf"\b(?:varje|var) {_DAY}dag\b", said):
        return 52.0 * len(days)
    habit = len(days) > 1 or any((each[2] or "").startswith(("dagar", "dagskvällar", "dagsmöten")) for each in found)
    if not days or not habit or re.search(r"månad|\bmån\b(?!dag| ?(?:och|,|/|&))|kvartal|termin|\bår|\d", said):
        return None
    return 52.0 * len(days)
