"""What a command writes: in which form, and where."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import click
from click.core import ParameterSource

from kg.tables import from_csv, to_csv, to_markdown, to_table

__all__ = ["deliver", "format_option", "listed", "output_option"]

F = TypeVar("F", bound=Callable[..., object])

_FORMS = frozenset({"csv", "docx", "html", "json", "md", "ods", "pdf", "xls", "xlsx"})
_WORKBOOK = "forebygg.workbook"
_WHOLE = re.compile(r"0|-?[1-9]\d{0,14}")


def output_option(command: F) -> F:
    """Add `-o`."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        default=None,
        help="Write to this file instead of the screen.",
    )(command)


def format_option(*formats: str) -> Callable[[F], F]:
    """Return the option `--format` (`output_format`) with these formats, the first as the default.

    What is written as CSV can be written as a workbook too: the command is asked for CSV, and `deliver` makes it.
    """
    return click.option(
        "--format",
        "output_format",
        type=click.Choice([*formats, *(["xlsx"] if "csv" in formats else [])]),
        default=formats[0],
        show_default=True,
        callback=_by_name,
        help="Default: as the name of the file says.",
    )


def _by_name(context: click.Context, option: click.Parameter, value: str) -> str:
    """Return the format, by the name of the file where none is given; a name of a form that is not written is refused.

    Else a table of text would stand in a file that a spreadsheet is to open.
    """
    path, given = context.params.get("output"), context.get_parameter_source("output_format")
    if isinstance(path, Path) and given is ParameterSource.DEFAULT and isinstance(option.type, click.Choice):
        suffix, known = path.suffix.lower().removeprefix("."), list(option.type.choices)
        if suffix in _FORMS - {*known}:
            raise click.UsageError(f"{path.name}: this command writes {', '.join(known)}", context)
        value = suffix if suffix in known else value
    context.meta[_WORKBOOK] = value == "xlsx"
    return "csv" if value == "xlsx" else value


def listed(columns: Sequence[str], rows: Iterable[Sequence[str]], output_format: str, output: Path | None) -> str:
    """Return rows as CSV (`csv`), Markdown (`md`) or else a table; only a table on a terminal is cut to its width."""
    if output_format == "csv":
        return to_csv(columns, rows)
    if output_format == "md":
        return to_markdown(columns, rows)
    return to_table(columns, rows, width=_width() if output is None else 0)


def _width() -> int:
    """Return how many columns the terminal has, 0 where there is none."""
    if not sys.stdout.isatty():
        return 0
    import shutil  # noqa: PLC0415  only a terminal needs it

    return shutil.get_terminal_size().columns


def deliver(content: str | bytes, output: Path | None) -> None:
    """Write to the file that was asked for, or as UTF-8 to the screen; CSV as a workbook where that was asked for."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    context = click.get_current_context(silent=True)
    if context and context.meta.get(_WORKBOOK):
        if output is None:
            raise click.UsageError("a workbook is no text for the screen; name a file with -o", context)
        raw = _workbook(raw.decode("utf-8"), context.info_name or "kg")
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    else:
        from kg.files import write_whole  # noqa: PLC0415  the screen does not need it

        write_whole(output, raw)


def _workbook(text: str, title: str) -> bytes:
    """Return CSV that `to_csv` wrote as a workbook of one sheet; a column of whole numbers holds numbers.

    Other numbers stay words: the section 3.10 is not 3.1, and the municipality 0780 is not 780.
    """
    from kg.workbook.plain import PlainSheet, plain_xlsx  # noqa: PLC0415  one form needs it

    head, rows = from_csv(text)
    columns = list(zip(*rows, strict=True))
    numbers = [all(_WHOLE.fullmatch(cell) for cell in column if cell) for column in columns]
    cells = [
        [(int(cell) if cell else None) if whole else cell for cell in column]
        for column, whole in zip(columns, numbers, strict=True)
    ]
    return plain_xlsx([PlainSheet(title, tuple(head), list(zip(*cells, strict=True)))])
