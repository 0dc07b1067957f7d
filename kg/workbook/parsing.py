"""What people write in cells, understood: dates, numbers, yes and no. Nothing is guessed in silence.

Each function returns None for what it does not understand; whoever calls it says so.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

__all__ = [
    "Day",
    "parse_day",
    "parse_number",
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
