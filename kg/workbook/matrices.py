"""A sheet with actors down and forums across, or the other way, and a mark where they meet: who takes part where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kg.workbook.context import folded
from kg.workbook.messages import Level, Messages
from kg.workbook.raw import RawSheet, Row, Table
from kg.workbook.sheets import sheet_of
from kg.workbook.stems import FORUMS

__all__ = ["read_matrix"]

_MARKS: Final = {
    **dict.fromkeys(("x", "1", "ja", "j", "✓", "✔", "deltar", "ordinarie"), ""),
    "ibland": "ibland",
    "vid behov": "vid behov",
    "regelbunden": "regelbunden",
    "regelbundet": "regelbunden",
}
_BLANKS: Final = frozenset({"nej", "n", "-", "–", "0"})
"""Marks that say nothing: a no without the words of a source is no denial."""


def read_matrix(raw: RawSheet, messages: Messages) -> Table | None:
    """Return a table of memberships from a sheet of marks, None where it is none, and say how it was read.

    Titles above the headings are passed by. The forums are those whose names look like forums, or the headings where
    neither do. A no is not read as a denial, since that needs the words of a source; how many there are is said.
    """
    filled = [(number, cells) for number, cells in raw.rows if any(cells)]
    start = next((at for at, (_, cells) in enumerate(filled[:15]) if sum(map(bool, map(str.strip, cells[1:]))) > 0), 0)
    filled = filled[start:]
    if len(filled) < 2:
        return None
    heads = {index: cell.strip() for index, cell in enumerate(filled[0][1]) if index and cell.strip()}
    marks = [cells[index] for _, cells in filled[1:] for index in heads if index < len(cells) and cells[index].strip()]
    known = sum(mark.casefold().strip() in {*_MARKS, *_BLANKS} for mark in marks)
    if not heads or not marks or known < 0.8 * len(marks):
        return None
    turned = _turned(filled[0][1][0] if filled[0][1] else "", heads.values(), [cells[0] for _, cells in filled[1:]])
    first, across = ("forum", "aktörer") if turned else ("aktörer", "forum")
    text = f"Bladet läses som en matris: {first} i första kolumnen, {across} i rubrikraden, kryss där de möts."
    messages.add(Level.NOTE, raw.name, text)
    _say_blanks(raw.name, [mark for mark in marks if mark.casefold().strip() in _BLANKS], messages)
    rows = []
    for number, cells in filled[1:]:
        for index, head in heads.items():
            mark = cells[index].strip() if index < len(cells) else ""
            if cells[0].strip() and mark and mark.casefold() not in _BLANKS:
                forum, actor = (cells[0].strip(), head) if turned else (head, cells[0].strip())
                said = {"Aktör": actor, "Forum": forum}
                if attendance := _MARKS.get(mark.casefold(), ""):
                    said["Närvaro"] = attendance
                extra = {} if mark.casefold() in _MARKS else {"Markering": mark}
                rows.append(Row(number, said, extra))
    return Table(sheet_of("Deltagande"), raw.name, {"Forum" if turned else "Aktör": 0}, tuple(rows))


def _turned(corner: str, heads: Iterable[str], names: Iterable[str]) -> bool:
    """Whether the forums stand in the first column: its heading says so, or more of its names look like forums."""
    said = folded(corner)
    if re.match(r"(forum|grupp|råd|möte)", said):
        return True
    if re.match(r"(aktör|deltagare|organisation|funktion|namn|vem|verksamhet)", said):
        return False
    return _forums(names) > _forums(heads)


def _forums(names: Iterable[str]) -> int:
    return sum(any(re.search(pattern, folded(name)) for pattern, _, _ in FORUMS) for name in names)


def _say_blanks(name: str, blanks: Sequence[str], messages: Messages) -> None:
    if blanks:
        shown = ", ".join(sorted({each.strip() for each in blanks}))
        what = (
            f"Bladet har {len(blanks)} {'ruta' if len(blanks) == 1 else 'rutor'} med {shown}. De läses som att inget "
            "är sagt. Säger källan att någon inte deltar, skriv det i bladet Det som saknas med källans ord."
        )
        messages.add(Level.NOTE, name, what)
