"""What is wrong or doubtful in a workbook, cell by cell, in Swedish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["Level", "Message", "Messages", "letters", "sorted_messages", "to_plain"]


class Level(StrEnum):
    """How much a message matters: an error stops the import, a warning asks to be read, a note tells what was done."""

    ERROR = "fel"
    WARNING = "varning"
    NOTE = "upplysning"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: where, what was found, what was expected, and the nearest allowed values.

    `row` is the row number of the sheet, 0 for the whole sheet; `place` the letters of the column, "" for the
    whole row. `choices` are the things that a name may stand for, as the sheet Namnval writes them.
    """

    level: Level
    sheet: str
    row: int
    place: str
    column: str
    found: str
    expected: str
    near: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Sheet and cell, as a spreadsheet names them."""
        cell = f" {self.place}{self.row}" if self.place and self.row else f" rad {self.row}" if self.row else ""
        named = f" ({self.column})" if self.column else ""
        return f"{self.sheet}{cell}{named}"

    @property
    def text(self) -> str:
        """The message as one Swedish line, without where it belongs."""
        said = f"«{_shortened(self.found)}»: " if self.found else ""
        near = f" Närmast: {', '.join(self.near)}." if self.near else ""
        return f"{said}{self.expected}{near}"


def _shortened(found: str) -> str:
    line = " ".join(found.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def letters(index: int) -> str:
    """Return the letters of a column counted from 0.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


class Messages:
    """Gathers messages; the same one is kept once."""

    def __init__(self) -> None:
        self._found: dict[Message, None] = {}

    def add(
        self,
        level: Level,
        sheet: str,
        expected: str,
        *,
        row: int = 0,
        index: int = -1,
        column: str = "",
        found: str = "",
        near: Sequence[str] = (),
        choices: Sequence[str] = (),
    ) -> None:
        """Add a message; `index` is the place of the column counted from 0."""
        place = letters(index) if index >= 0 else ""
        message = Message(level, sheet, row, place, column, found, expected, tuple(near), tuple(choices))
        self._found[message] = None

    def extend(self, messages: Iterable[Message]) -> None:
        """Add messages that were made elsewhere."""
        self._found.update(dict.fromkeys(messages))

    def all(self) -> list[Message]:
        """Return the messages, errors first, then by sheet and row."""
        return sorted_messages(self._found)

    @property
    def errors(self) -> int:
        """How many of them stop an import."""
        return sum(each.level is Level.ERROR for each in self._found)


def sorted_messages(messages: Iterable[Message]) -> list[Message]:
    """Return messages in the order to read them: errors first, and as they came within a level."""
    return sorted(messages, key=lambda each: list(Level).index(each.level))


def to_plain(messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Return messages as plain values; the form is `kg/schemas/workbook.json`."""
    return [
        {
            "level": each.level.value,
            "sheet": each.sheet,
            "row": each.row or None,
            "cell": f"{each.place}{each.row}" if each.place and each.row else None,
            "column": each.column or None,
            "found": each.found or None,
            "expected": each.expected,
            "near": list(each.near),
        }
        for each in messages
    ]
