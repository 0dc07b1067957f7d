"""Rows as text: aligned tables, CSV without formulas, Markdown."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["from_csv", "harmless", "printable", "to_csv", "to_markdown", "to_table"]

_MARKS = re.compile(r"[\\`*_\[\]()!|]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def printable(text: str) -> str:
    """Return the text without control characters, which could drive a terminal; line breaks become spaces."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(each) in {"Cc", "Cf"} and each != "\u00ad" else each for each in text)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers.

    >>> harmless("=1+1"), harmless("-3.5"), harmless("-A1")
    ("'=1+1", '-3.5', "'-A1")
    """
    if not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str]], *, delimiter: str = ",") -> str:
    """Return separated text with a head, formulas made harmless, lines ended by line feeds."""
    import csv  # noqa: PLC0415  the other forms do not need it

    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(printable(cell)) for cell in row] for row in rows)
    return out.getvalue()


def from_csv(text: str) -> tuple[list[str], list[list[str]]]:
    r"""Return the head and the rows of what `to_csv` wrote with commas, formulas as they were before.

    >>> from_csv(to_csv(("a", "b"), [("=1+1", "-3.5")]))
    (['a', 'b'], [['=1+1', '-3.5']])
    """
    import csv  # noqa: PLC0415  the other forms do not need it

    head, *rows = csv.reader(io.StringIO(text, newline=""))
    quoted = tuple(f"'{each}" for each in _FORMULA)
    return head, [[cell[1:] if cell.startswith(quoted) else cell for cell in row] for row in rows]


def to_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, width: int = 0) -> str:
    """Return an aligned table; with a width, the widest columns are cut to fit it."""
    cells = [tuple(printable(cell) for cell in row) for row in rows]
    widths = [max(len(each) for each in column) for column in zip(columns, *cells, strict=True)]
    while width and sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > 12:
        widths[widths.index(max(widths))] -= 1

    def line(row: Sequence[str]) -> str:
        cut = (each if len(each) <= size else each[: size - 1] + "…" for each, size in zip(row, widths, strict=True))
        return "  ".join(each.ljust(size) for each, size in zip(cut, widths, strict=True)).rstrip()

    rule = "  ".join("-" * size for size in widths)
    return "\n".join([line(columns), rule, *map(line, cells)]) + "\n"


def to_markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; whatever could be a link, a picture or markup in a cell is escaped."""

    def line(row: Sequence[str]) -> str:
        safe = (_MARKS.sub(r"\\\g<0>", printable(each)).replace("<", "&lt;") for each in row)
        return f"| {' | '.join(safe)} |"

    return "\n".join([line(columns), line(["---"] * len(columns)), *map(line, rows)]) + "\n"
