"""Texts as they are drawn: measured and broken into lines without a browser."""

from __future__ import annotations

import re

from kg.html import clean

__all__ = ["divide", "width_of", "wrap"]

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


_JOINTS = (
    "förvaltning",
    "förmedling",
    "förbund",
    "myndighet",
    "styrelse",
    "central",
    "kontor",
    "verksamhet",
    "nämnd",
    "grupp",
    "enhet",
)
_VOWELS = frozenset("aeiouyåäöéAEIOUYÅÄÖÉ")


def divide(text: str, room: int, size: float, *, bold: bool = False) -> str:
    """Divide words that are wider than `room` with a hyphen and a space: at a known joint, else before a syllable.

    >>> divide("Utbildningsförvaltningen", 120, 12.5), divide("Polisen", 120, 12.5)
    ('Utbildnings- förvaltningen', 'Polisen')
    """
    return " ".join(_divided(word, room, size, bold=bold) for word in clean(text).split())


def _divided(word: str, room: int, size: float, *, bold: bool) -> str:
    if width_of(word, size, bold=bold) <= room:
        return word
    joints = [word.find(joint) for joint in _JOINTS if word.find(joint) > 2]
    letters = [n for n in range(3, len(word) - 2) if word[n] not in _VOWELS and word[n + 1] in _VOWELS]
    for places in (joints, letters):
        fits = [n for n in places if width_of(word[:n] + "-", size, bold=bold) <= room]
        if fits and word[max(fits) - 1] != "-":
            return f"{word[: max(fits)]}- {_divided(word[max(fits) :], room, size, bold=bold)}"
    return word


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
