"""What a brief says, apart from how it is set: headings, paragraphs, lists, tables and pictures in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kg.findings import Lang

__all__ = [
    "Block",
    "Brief",
    "Heading",
    "Listing",
    "Paragraph",
    "Picture",
    "Table",
    "texts",
    "texts_of",
    "with_words",
    "within",
]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3; the title of the brief is the only one of level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a small one is a note on what stands above it."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of sentences, numbered or not."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption, one header row and relative widths of its columns.

    The first column of `row_heads` names the row. An empty cell is one to be filled in. `quoted` are the places of the
    columns that hold the source's own words.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    row_heads: bool = True
    quoted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG of so many rows, with a short text instead of it and a list that says the same in words."""

    svg: str
    alt: str
    caption: str
    lines: tuple[str, ...]
    rows: int = 1


Block = Heading | Paragraph | Listing | Table | Picture


@dataclass(frozen=True, slots=True)
class Brief:
    """One brief: its title, what it is of, the day of the report, and its blocks; nothing in it knows a format."""

    title: str
    subtitle: str
    lang: Lang
    observed_on: str
    blocks: tuple[Block, ...]


def within(texts: Iterable[str], room: int, *, least: int = 1) -> list[str]:
    """Return the first texts that have room in so many characters, and at least `least` of them.

    >>> within(["abc", "de", "f"], 5), within(["abcdef"], 5), within([], 5)
    (['abc', 'de'], ['abcdef'], [])
    """
    taken, used = list[str](), 0
    for text in texts:
        used += len(text)
        if used > room and len(taken) >= least:
            break
        taken.append(text)
    return taken


def texts_of(brief: Brief) -> list[str]:
    """Return every text of a brief that somebody reads, in order."""
    return [each for each in (brief.title, brief.subtitle, *texts(brief.blocks)) if each]


def texts(blocks: Iterable[Block]) -> list[str]:
    """Return every text of some blocks, in order."""
    return [each for block in blocks for each in _texts(block)]


def with_words(brief: Brief, change: Callable[[str], str]) -> Brief:
    """Return the brief with every text of ours changed; the source's own words stay."""
    return replace(brief, blocks=tuple(_with_words(each, change) for each in brief.blocks))


def _with_words(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Heading(text) | Paragraph(text):
            return replace(block, text=change(text))
        case Listing(items):
            return replace(block, items=tuple(map(change, items)))
        case Table(caption, columns, rows):
            told = tuple(
                tuple(cell if at in block.quoted else change(cell) for at, cell in enumerate(row)) for row in rows
            )
            return replace(block, caption=change(caption), columns=tuple(map(change, columns)), rows=told)
        case Picture(alt=alt, caption=caption, lines=lines):
            return replace(block, alt=change(alt), caption=change(caption), lines=tuple(map(change, lines)))


def _texts(block: Block) -> Sequence[str]:
    match block:
        case Heading(text) | Paragraph(text):
            return [text]
        case Listing(items):
            return items
        case Table(caption, columns, rows):
            return [caption, *columns, *(cell for row in rows for cell in row)]
        case Picture(alt=alt, caption=caption, lines=lines):
            return [alt, caption, *lines]
