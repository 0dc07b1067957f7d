"""Pieces of Markdown: text that is taken as it stands, text in Swedish on an English page, tables and code."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

__all__ = ["both", "cell", "code", "fence", "link", "prose", "swedish", "table"]

_MARKS = re.compile(r"([\\*_\[\]#|~$<>])")


def prose(text: str) -> str:
    r"""Return text with its marks escaped, save what stands between backticks.

    >>> prose("p_i * q, `a_b`")
    'p\\_i \\* q, `a_b`'
    """
    parts = re.split(r"(`[^`\n]+`)", text)
    return "".join(part if part.startswith("`") else _MARKS.sub(r"\\\1", part) for part in parts)


def swedish(text: str) -> str:
    """Return Swedish text marked as such, for screen readers.

    >>> swedish("Vilka möts?")
    '<span lang="sv">Vilka möts?</span>'
    """
    return f'<span lang="sv">{prose(text)}</span>'


def both(sv: str, en: str) -> str:
    """Return Swedish and English of one thing, one after the other; only the one that there is."""
    return " / ".join(part for part in (swedish(sv) if sv else "", prose(en)) if part)


def code(text: str) -> str:
    """Return text as code in a line; a vertical bar is escaped, so that it may stand in a table."""
    return f"`{text}`".replace("|", "\\|")


def fence(text: str, language: str) -> str:
    """Return text as a block of code."""
    return f"```{language}\n{text.strip()}\n```"


def cell(text: str) -> str:
    """Return text as a cell: on one line."""
    return " ".join(text.split()) or "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, its cells already in Markdown."""
    lines = [head, ["---"] * len(head), *([cell(each) for each in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def link(text: str, address: str) -> str:
    """Return a link to an address outside the handbook, or the text alone where there is none."""
    if not address.startswith(("http://", "https://")):
        return prose(text)
    return f'<a href="{html.escape(address)}">{html.escape(text)}</a>'
