"""Texts as they are drawn: measured and broken into lines without a browser."""

from __future__ import annotations

import re

from kg.html import clean

__all__ = ["width_of", "wrap"]

_CLASSES = (
    ("ijl.,:;'|! ", 0.31),
    ('ftr()-/ I"', 0.40),
    ("cksvxyzJ", 0.57),
    ("mw", 0.88),
    ("WM%@", 0.96),
    ("ABCEFKLPRSTVXYZÅÄÉ&", 0.66),
    ("DGHNOQUÖ", 0.74),
)
_WIDTHS = {letter: width for letters, width in _CLASSES for letter in letters}
_OTHER = 0.60
_WIDE = 1.05
_BOLD = 1.08


def width_of(text: str, size: float, *, bold: bool = False) -> int:
    """Return the width of a line in pixels at a font size, rounded up to be safe with any common sans-serif face.

    >>> width_of("Polisen", 12.5) < width_of("Polisen", 12.5, bold=True) < 60
    True
    """
    ems = sum(_WIDTHS.get(letter, _OTHER if ord(letter) < 0x2000 else _WIDE) for letter in text)
    return int(ems * size * (_BOLD if bold else 1)) + 1


def _pieces(text: str) -> list[str]:
    """Split at spaces and after hyphens and slashes, keeping what separates them."""
    return re.findall(r"[^\s/–-]+[/–-]?\s*|[/–-]\s*", " ".join(text.split()))


def wrap(text: str, room: int, size: float, *, bold: bool = False, most: int = 3) -> tuple[str, ...]:
    """Break a text into at most `most` lines that fit `room` pixels; what is left out ends in an ellipsis.

    >>> wrap("Nämnden för arbete och välfärd", 120, 12.5)
    ('Nämnden för', 'arbete och välfärd')
    >>> wrap("A" * 60, 60, 12, most=1)
    ('AAAAA…',)
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(clean(text)):
        if line and width_of((line + piece).rstrip(), size, bold=bold) > room:
            lines.append(line.rstrip())
            line = piece
        else:
            line += piece
    lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return tuple(_cut(each, room, size, bold=bold) for each in _balanced(lines, room, size, bold=bold))


def _balanced(lines: list[str], room: int, size: float, *, bold: bool) -> list[str]:
    """Move a word down where a last line would else hold one short word alone."""
    if len(lines) != 2:
        return lines
    head, _, last = lines[0].rpartition(" ")
    lower = f"{last} {lines[1]}"
    if head and width_of(lower, size, bold=bold) <= min(room, width_of(head, size, bold=bold) + 2 * size):
        return [head, lower]
    return lines


def _cut(line: str, room: int, size: float, *, bold: bool) -> str:
    if width_of(line, size, bold=bold) <= room:
        return line
    kept = line
    while kept and width_of(kept + "…", size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"
