"""A workbook or a folder of CSV files read as plain text, in bounded time and memory; nothing in it is run."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from kg.errors import DataError, LocationError, needing
from kg.workbook.archives import Ranges, checked_parts
from kg.workbook.layout import RawSheet
from kg.workbook.messages import Level, Messages, letters

__all__ = ["MOST_CELLS", "MOST_ROWS", "read_workbook"]

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 400_000
MOST_SHEETS: Final = 100
LONGEST: Final = 10_000
_MOST_BYTES: Final = 40_000_000
_WIDEST: Final = 4_000_000
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u200b\ufeff]")
_LOCKED: Final = b"\xd0\xcf\x11\xe0"


def read_workbook(path: Path, messages: Messages) -> list[RawSheet]:
    """Return the sheets of an xlsx file, of one CSV file, or of a folder of CSV files, as text.

    A formula counts as the value that the spreadsheet last saved for it; macros, links to other files and everything
    else that could act are left unread. Merged cells are filled, hidden sheets are read, and both are said. Beyond
    20,000 rows, 200 columns or 400,000 filled cells nothing is read, and that is an error.

    Raises `DataError` for a file that is no workbook or is built to exhaust the reader, `LocationError` where it cannot
    be read, `MissingExtra` without openpyxl.
    """
    try:
        if path.is_dir():
            return _read_folder(path, messages)
        size = path.stat().st_size
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        raise LocationError(f"cannot read {path}: {error.strerror}") from error
    if size > _MOST_BYTES:
        raise DataError(f"filen är {size // 1_000_000} MB; högst {_MOST_BYTES // 1_000_000} MB läses", file=path)
    if start.startswith(_LOCKED):
        what = "filen har lösenord eller är en gammal .xls; spara den som Excel-arbetsbok (.xlsx) utan lösenord"
        raise DataError(what, file=path)
    if start.startswith(b"PK"):
        return _read_xlsx(path, messages)
    if path.suffix.casefold() in {".csv", ".txt", ".tsv", ""} or _is_text(path):
        return [_read_csv(path, messages)]
    raise DataError("är varken en Excel-arbetsbok (.xlsx) eller CSV", file=path)


def _is_text(path: Path) -> bool:
    with path.open("rb") as stream:
        start = stream.read(4096)
    return b"\0" not in start or start.startswith((b"\xff\xfe", b"\xfe\xff"))


def _clean(value: str) -> str:
    text = (
        _CONTROL.sub("", unicodedata.normalize("NFC", value[:LONGEST]))
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .strip()
    )
    return text[1:].lstrip() if text[:2] in {"'=", "'+", "'-", "'@"} else text


# --- CSV


def _read_folder(path: Path, messages: Messages) -> list[RawSheet]:
    files = sorted(each for each in path.iterdir() if each.suffix.casefold() == ".csv" and each.is_file())
    if not files:
        raise DataError("mappen har inga CSV-filer", file=path)
    if len(files) > MOST_SHEETS:
        raise DataError(f"mappen har fler än {MOST_SHEETS} CSV-filer", file=path)
    for each in files:
        if each.stat().st_size > _MOST_BYTES:
            raise DataError(f"filen är större än {_MOST_BYTES // 1_000_000} MB", file=each)
    return [_read_csv(each, messages) for each in files]


def _decoded(raw: bytes, path: Path, name: str, messages: Messages) -> str:
    """Return the text of a file: UTF-8, UTF-16 by its mark or its zeros, else what older Excel writes (cp1252)."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise DataError("filens tecken kan inte läsas; spara den som CSV UTF-8", file=path) from error
    if b"\0" in raw[:2000]:
        even = raw[:2000:2].count(0) > raw[1:2000:2].count(0)
        try:
            return raw.decode("utf-16-be" if even else "utf-16-le")
        except UnicodeDecodeError as error:
            raise DataError("filen är inte text; spara den som CSV UTF-8", file=path) from error
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        messages.add(Level.WARNING, name, "Filen är inte UTF-8; den läses som Windows-text. Kontrollera å, ä och ö.")
        return raw.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    head = "\n".join(lines[:5])
    return max((";", "\t", ","), key=lambda mark: (head.count(mark), mark == ";"))


def _read_csv(path: Path, messages: Messages) -> RawSheet:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LocationError(f"cannot read {path}: {error.strerror}") from error
    name = re.sub(r"^\d+[ _.-]+", "", unicodedata.normalize("NFC", path.stem)).replace("_", " ")
    text = _decoded(raw, path, name, messages).replace("\0", "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        rows = _bounded(((reader.line_num, row) for row in reader), name, messages)
        return RawSheet(name, tuple(rows))
    except csv.Error as error:
        raise DataError(f"raderna kan inte läsas: {error}", file=path, line=reader.line_num) from error


def _bounded(
    rows: Iterable[tuple[int, Sequence[str]]], name: str, messages: Messages
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows that have something in them, up to the limits; what lies beyond them is an error."""
    filled = 0
    for number, row in rows:
        cells = [_clean(cell) for cell in row[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if any(each.strip() for each in row[MOST_COLUMNS:]):
            messages.add(Level.ERROR, name, f"Bara de första {MOST_COLUMNS} kolumnerna läses.", row=number)
        for index, cell in enumerate(row[:MOST_COLUMNS]):
            if len(cell) > LONGEST:
                what = f"Cellen har {len(cell)} tecken; högst {LONGEST} läses."
                messages.add(Level.ERROR, name, what, row=number, index=index)
        if not cells:
            continue
        filled += len(cells)
        if number > MOST_ROWS or filled > MOST_CELLS:
            what = f"Bladet är för stort: högst {MOST_ROWS} rader och {MOST_CELLS} celler läses. Dela upp det."
            messages.add(Level.ERROR, name, what, row=number)
            return
        yield number, tuple(cells)


# --- xlsx


def _read_xlsx(path: Path, messages: Messages) -> list[RawSheet]:
    parts = checked_parts(path, messages)
    with needing("excel"):
        import openpyxl  # noqa: PLC0415  optional, and nothing else needs it
    formulas: set[tuple[str, str]] = set()
    sheets = _sheets(openpyxl, path, messages, formulas, parts, values=False)
    if formulas:
        saved = _sheets(openpyxl, path, Messages(), set(), parts, values=True)
        sheets = _with_values(sheets, saved, formulas, messages)
    return sheets


def _sheets(
    openpyxl: Any,
    path: Path,
    messages: Messages,
    formulas: set[tuple[str, str]],
    merged: Ranges,
    *,
    values: bool,
) -> list[RawSheet]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False, keep_vba=False)
    except Exception as error:
        raise DataError(
            f"arbetsboken kan inte läsas ({type(error).__name__}); öppna den i Excel och spara om den", file=path
        ) from error
    try:
        return [_sheet(each, messages, formulas, merged) for each in _worksheets(book, path)]
    except DataError:
        raise
    except Exception as error:
        raise DataError(_broken(error), file=path) from error
    finally:
        book.close()


def _broken(error: Exception) -> str:
    return f"arbetsboken kan inte läsas ({type(error).__name__}); öppna den i Excel och spara om den"


def _worksheets(book: Any, path: Path) -> list[Any]:
    sheets = list(book.worksheets)
    if len(sheets) > MOST_SHEETS:
        raise DataError(f"arbetsboken har fler än {MOST_SHEETS} blad", file=path)
    return sheets


def _sheet(sheet: Any, messages: Messages, formulas: set[tuple[str, str]], merged: Ranges) -> RawSheet:
    if sheet.sheet_state != "visible":
        messages.add(Level.WARNING, sheet.title, "Bladet är dolt men läses som de andra.")
    rows = list(_bounded(_cells(sheet, formulas), sheet.title, messages))
    part = getattr(sheet, "_worksheet_path", "").lstrip("/")
    return _filled(RawSheet(sheet.title, tuple(rows)), merged.get(part, ()), messages)


def _cells(sheet: Any, formulas: set[tuple[str, str]]) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    width = 0
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 2), 1):
        shown: list[str] = []
        width += len(row)
        if width > _WIDEST:
            yield MOST_ROWS + 1, ["x"]
            return
        for index, cell in enumerate(row[: MOST_COLUMNS + 1]):
            value = cell.value
            if getattr(cell, "data_type", "") == "f":
                formulas.add((sheet.title, f"{letters(index)}{number}"))
                value = str(getattr(value, "text", value))
            shown.append(_shown(value))
        yield number, shown


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _with_values(
    sheets: Sequence[RawSheet], saved: Sequence[RawSheet], formulas: set[tuple[str, str]], messages: Messages
) -> list[RawSheet]:
    """Return the sheets with each formula replaced by the value saved for it; one without a value is an error."""
    values = {(sheet.name, number): cells for sheet in saved for number, cells in sheet.rows}
    found = []
    for sheet in sheets:
        rows = []
        for number, cells in sheet.rows:
            shown = list(cells)
            for index, cell in enumerate(cells):
                if cell and (sheet.name, f"{letters(index)}{number}") in formulas:
                    row = values.get((sheet.name, number), ())
                    value = row[index] if index < len(row) else ""
                    shown[index] = "" if value.startswith("#") else value
                    if not shown[index]:
                        what = "Cellen är en formel utan sparat värde. Skriv värdet i stället."
                        messages.add(Level.ERROR, sheet.name, what, row=number, index=index, found=cell)
                    else:
                        what = "Cellen är en formel; dess sparade värde läses."
                        messages.add(Level.NOTE, sheet.name, what, row=number, index=index, found=value)
            rows.append((number, tuple(shown)))
        found.append(RawSheet(sheet.name, tuple(rows)))
    return found


def _filled(sheet: RawSheet, ranges: Sequence[tuple[str, int, str, int]], messages: Messages) -> RawSheet:
    """Return the sheet with merged cells filled downwards: each row then says what it looks as if it says."""
    rows = {number: list(cells) for number, cells in sheet.rows}
    for first, top, last, bottom in ranges:
        column = _index(first)
        if bottom <= top or column >= MOST_COLUMNS or top not in rows or column >= len(rows[top]):
            continue
        value = rows[top][column]
        if not value:
            continue
        for number in range(top + 1, min(bottom, MOST_ROWS) + 1):
            cells = rows.get(number)
            if cells is not None:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = cells[column] or value
        what = f"Sammanslagna celler ({first}{top}:{last}{bottom}) läses som om varje rad hade värdet."
        messages.add(Level.NOTE, sheet.name, what, row=top, index=column, found=value)
    return RawSheet(sheet.name, tuple((number, tuple(cells)) for number, cells in sorted(rows.items())))


def _index(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1
