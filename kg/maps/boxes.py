"""What the level view is made of: frames, boxes, headings, grounds and lines, in whole pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.findings import Lang
from kg.maps.routes import Arrow, Curve, Tie
from kg.maps.values import Side, Text

__all__ = ["LINE", "NARROW", "WIDE", "WIDTH", "Box", "Frame", "Heading", "LevelLayout", "Panel"]

WIDTH = 1050
LINE = 15


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns of the drawing in pixels: grounds (x, width), boxes on them, how far a curve bends.

    `most` is on how many lines a name may stand.
    """

    width: int
    panels: Mapping[str, tuple[int, int]]
    actors: Mapping[Side, int]
    actor_width: int
    forums: int
    forum_width: int
    bend: int
    most: int = 3


WIDE = Frame(
    WIDTH,
    {"left": (4, 240), "middle": (388, 274), "right": (806, 240)},
    {Side.LEFT: 14, Side.RIGHT: 816},
    220,
    412,
    226,
    84,
)
NARROW = Frame(
    644,
    {"left": (2, 178), "middle": (229, 186), "right": (464, 178)},
    {Side.LEFT: 8, Side.RIGHT: 470},
    166,
    238,
    168,
    34,
    5,
)
"""Two of these stand beside each other on a screen of 1366 pixels; there is no room for pills."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node as it is drawn: its place in whole pixels and its lines of text in both languages."""

    key: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def middle(self) -> int:
        """The vertical middle."""
        return self.y + self.height // 2

    @property
    def least(self) -> int:
        """The height in the language that needs fewer lines."""
        return self.height - LINE * abs(len(self.lines[0]) - len(self.lines[1]))

    def shape(self, lang: Lang) -> tuple[int, int]:
        """Return top and height in one language: its own lines, around the same middle."""
        spare = LINE * (max(len(each) for each in self.lines) - len(self.texts(lang)))
        return self.y + spare // 2, self.height - spare

    def texts(self, lang: Lang) -> tuple[str, ...]:
        """Return the lines in one language."""
        return self.lines[1 if lang == "en" else 0]


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a band or sector, and whether nothing stands below it."""

    code: str
    label: Text
    x: int
    y: int
    width: int
    empty: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """The ground of a column."""

    code: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class LevelLayout:
    """The whole level view."""

    height: int
    panels: tuple[Panel, ...]
    headings: tuple[Heading, ...]
    forums: tuple[Box, ...]
    actors: tuple[Box, ...]
    ghosts: tuple[Box, ...]
    curves: tuple[Curve, ...]
    ties: tuple[Tie, ...]
    arrows: tuple[Arrow, ...]
