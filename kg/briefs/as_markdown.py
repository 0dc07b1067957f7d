"""A brief as Markdown; a picture becomes the list that says the same in words."""

from __future__ import annotations

import re

from kg.briefs.content import Block, Brief, Heading, Listing, Paragraph, Picture, Table
from kg.html import clean
from kg.tables import printable, to_markdown

__all__ = ["to_text"]

_MARKS = re.compile(r"[\\`*_\[\]#|]")


def _safe(text: str) -> str:
    """Return a text whose signs no reader takes for markup."""
    return _MARKS.sub(r"\\\g<0>", printable(clean(text))).replace("<", "&lt;")


def to_text(brief: Brief) -> str:
    """Return the brief as Markdown (CommonMark with tables), blocks parted by a line."""
    parts = [f"# {_safe(brief.title)}", _safe(brief.subtitle), *(_block(each) for each in brief.blocks)]
    return "\n\n".join(parts) + "\n"


def _list(items: tuple[str, ...], *, ordered: bool) -> str:
    return "\n".join(f"{f'{number}.' if ordered else '-'} {_safe(each)}" for number, each in enumerate(items, 1))


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {_safe(text)}"
        case Paragraph(text):
            return _safe(text)
        case Listing(items, ordered):
            return _list(items, ordered=ordered)
        case Table():
            return f"{_safe(block.caption)}\n\n{to_markdown(block.columns, block.rows).rstrip()}"
        case Picture():
            return f"{_safe(block.alt)}\n\n{_list(block.lines, ordered=False)}\n\n{_safe(block.caption)}"
