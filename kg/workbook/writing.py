"""Tables written as an Excel workbook or as CSV files: headings, drop-down lists, prompts."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.errors import needing
from kg.workbook.context import Context
from kg.workbook.guide import guide_rows
from kg.workbook.layout import Table
from kg.workbook.messages import Message, letters
from kg.workbook.sheets import EXAMPLE, GUIDE, LISTS, Column, Kind, Sheet

__all__ = ["Page", "marked_copy", "pages_of", "put_words", "settled", "to_csv_files", "to_xlsx"]

_DEEP: Final = 2000
_SHOWN: Final = 300
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_FIXED: Final = b"2026-01-01T00:00:00Z"
_ACTING: Final = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to be written: its columns and its rows by the names of the columns."""

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, str], ...]


def pages_of(tables: Iterable[Table]) -> list[Page]:
    """Return tables as pages, with the columns that they have."""
    return [
        Page(
            table.sheet,
            tuple(column for column in table.sheet.columns if column.name in table.places),
            tuple(row.cells for row in table.rows),
        )
        for table in tables
    ]


def to_csv_files(pages: Sequence[Page], context: Context) -> dict[str, bytes]:
    """Return CSV files by name: semicolons and a byte order mark, as Excel in Sweden opens them.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it, which reading takes away.
    """
    files = {f"00 {GUIDE}.csv": _csv(guide_rows(context.place, [page.sheet for page in pages]))}
    for number, page in enumerate(pages, 1):
        head = [column.name for column in page.columns]
        rows = [[row.get(name, "") for name in head] for row in page.rows]
        files[f"{number:02} {page.sheet.name.replace(':', '')}.csv"] = _csv([head, *rows])
    return files


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerows([f"'{cell}" if cell.startswith(_ACTING) else cell for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


# --- xlsx


def to_xlsx(pages: Sequence[Page], context: Context) -> bytes:
    """Return an Excel workbook: the guide, the pages, and the lists that the drop-downs choose from.

    Nothing in it acts: no formula, no macro, no link. The same pages give the same bytes. Raises
    `MissingExtra` without openpyxl.
    """
    with needing("excel"):
        import openpyxl  # noqa: PLC0415  optional, and nothing else needs it
    book = openpyxl.Workbook()
    guide = book.active
    guide.title = GUIDE
    _write_guide(guide, context, [page.sheet for page in pages])
    lists = _Lists(pages, context)
    for page in pages:
        _write_page(book.create_sheet(_title(page.sheet)), page, lists)
    lists.write(book.create_sheet(LISTS))
    stream = io.BytesIO()
    book.save(stream)
    return settled(stream.getvalue())


def _title(sheet: Sheet) -> str:
    """Return the name of a sheet without what Excel forbids in it."""
    return re.sub(r"[:\\/?*\[\]]", "", sheet.name)[:31]


def settled(content: bytes) -> bytes:
    """Return an archive with all times set to one day, so that the same workbook is the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + _FIXED, part)
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return stream.getvalue()


def put_words(sheet: Any, row: int, column: int, words: str) -> Any:
    """Write words as words, whatever they begin with."""
    cell = sheet.cell(row=row, column=column)
    cell.value = words
    if words.startswith(_ACTING):
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def _write_guide(sheet: Any, context: Context, sheets: Sequence[Sheet]) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415  only where a workbook is written

    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 96
    for number, cells in enumerate(guide_rows(context.place, sheets), 1):
        for index, words in enumerate(cells, 1):
            if not words:
                continue
            cell = put_words(sheet, number, index, words)
            cell.alignment = Alignment(wrap_text=index == 2, vertical="top")
            if number == 1 or (index == 1 and len(cells) == 1):
                cell.font = Font(bold=True, size=16 if number == 1 else 12)
            elif index == 1:
                cell.font = Font(bold=True)
    sheet.sheet_view.showGridLines = False


class _Lists:
    """The lists of the drop-downs, each a column of its sheet."""

    def __init__(self, pages: Sequence[Page], context: Context) -> None:
        self.columns: dict[str, tuple[str, ...]] = {}
        self.titles = {page.sheet.name: _title(page.sheet) for page in pages}
        for page in pages:
            for column in page.columns:
                key = self.key(page.sheet, column)
                if column.kind is Kind.CONCEPT:
                    self.columns[key] = tuple(
                        dict.fromkeys(
                            each.label for scheme in column.schemes for each in context.concepts.get(scheme, ())
                        )
                    )
                elif column.kind is Kind.CLASS:
                    self.columns[key] = tuple(page.sheet.classes)
                elif column.kind in {Kind.YES, Kind.LISTED}:
                    self.columns[key] = ("ja", "nej")
                elif column.name == "Slag av källa":
                    self.columns[key] = ("rapport", "webbsida", "beslut", "egen uppgift")

    @staticmethod
    def key(sheet: Sheet, column: Column) -> str:
        if column.kind is Kind.CONCEPT:
            return "Vad som saknas eller finns" if len(column.schemes) > 1 else _heading(column)
        if column.kind is Kind.CLASS:
            return f"Slag ({sheet.name})"
        return "Ja eller nej" if column.kind in {Kind.YES, Kind.LISTED} else column.name

    def range(self, sheet: Sheet, column: Column) -> str:
        """Return where the choices of a column stand, "" where it has none."""
        if column.kind is Kind.SOURCE and "Källor" in self.titles:
            return f"'{self.titles['Källor']}'!$A$2:$A$200"
        if column.kind is Kind.THING and column.kinds == ("forum", "program") and "Forum" in self.titles:
            return f"'{self.titles['Forum']}'!$A$2:$A$500"
        if (
            column.kind is Kind.THING
            and "Aktörer och funktioner" in self.titles
            and ({"org", "namnd", "funktion"} & set(column.kinds))
        ):
            return f"'{self.titles['Aktörer och funktioner']}'!$A$2:$A$1000"
        key = self.key(sheet, column)
        if key not in self.columns:
            return ""
        letter = letters(list(self.columns).index(key))
        return f"'{LISTS}'!${letter}$2:${letter}${len(self.columns[key]) + 1}"

    def write(self, sheet: Any) -> None:
        from openpyxl.styles import Font  # noqa: PLC0415  only where a workbook is written

        for index, (key, words) in enumerate(self.columns.items(), 1):
            put_words(sheet, 1, index, key).font = Font(bold=True)
            sheet.column_dimensions[letters(index - 1)].width = 30
            for row, word in enumerate(words, 2):
                put_words(sheet, row, index, word)
        sheet.freeze_panes = "A2"


def _heading(column: Column) -> str:
    return f"{column.name} ({column.schemes[0]})"


def _width(column: Column) -> int:
    if column.kind in {Kind.NAME, Kind.TEXT, Kind.ENGLISH}:
        return 34
    return 26 if column.kind in {Kind.THING, Kind.CONCEPT, Kind.AUDIENCE, Kind.SOURCE} else 16


def _write_page(sheet: Any, page: Page, lists: _Lists) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415  only where a workbook is written
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    wanted, other = PatternFill("solid", fgColor="1F4E79"), PatternFill("solid", fgColor="5B7F9E")
    for index, column in enumerate(page.columns):
        head = put_words(sheet, 1, index + 1, column.name)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = wanted if column.required else other
        head.alignment = Alignment(wrap_text=True, vertical="top")
        letter = letters(index)
        sheet.column_dimensions[letter].width = _width(column)
        place = lists.range(page.sheet, column)
        rule = DataValidation(type="list" if place else None, formula1=place or None, allow_blank=True)
        rule.showErrorMessage = bool(place) and column.kind is not Kind.THING and not column.many
        rule.errorStyle = "warning"
        rule.errorTitle, rule.error = (
            "Inte i listan",
            "Ordet finns inte i listan. Det kan ändå gå att läsa; kontrollera med kg workbook check.",
        )
        rule.showInputMessage = True
        rule.promptTitle = column.name[:32]
        rule.prompt = _prompt(column)
        rule.add(f"{letter}2:{letter}{_DEEP}")
        sheet.add_data_validation(rule)
    for number, row in enumerate(page.rows, 2):
        example = next(iter(row.values()), "").startswith(EXAMPLE)
        for index, column in enumerate(page.columns, 1):
            words = row.get(column.name, "")
            if words:
                cell = put_words(sheet, number, index, words)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if example:
                    cell.font = Font(italic=True, color="808080")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{letters(max(len(page.columns) - 1, 0))}{max(len(page.rows) + 1, 2)}"


def _prompt(column: Column) -> str:
    more = ["Behövs."] if column.required else []
    more += ["Flera skiljs åt med semikolon."] if column.many and "semikolon" not in column.meaning else []
    return " ".join([column.meaning, *more]).strip()[:255] or column.name


# --- the marked copy


def marked_copy(content: bytes, messages: Sequence[Message]) -> bytes:
    """Return the workbook with each message as a comment in its cell; what it says is left as it was.

    Macros and links of the original do not follow. Raises `MissingExtra` without openpyxl.
    """
    with needing("excel"):
        import openpyxl  # noqa: PLC0415  optional, and nothing else needs it
        from openpyxl.comments import Comment  # noqa: PLC0415
        from openpyxl.styles import PatternFill  # noqa: PLC0415
    colours = {"fel": "F8CBAD", "varning": "FFE699", "upplysning": "DDEBF7"}
    book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    said: dict[tuple[str, str], list[Message]] = {}
    for message in messages:
        if message.sheet in book.sheetnames:
            said.setdefault((message.sheet, f"{message.place or 'A'}{message.row or 1}"), []).append(message)
    for (name, place), found in said.items():
        cell = book[name][place]
        if type(cell).__name__ == "MergedCell":
            continue
        shown = "\n".join(f"{each.level.value.capitalize()}: {each.text}" for each in found)[: _SHOWN * 4]
        comment = Comment(shown, "Förebygg", width=360, height=min(60 + 24 * shown.count("\n") + len(shown) // 2, 400))
        cell.comment = comment
        cell.fill = PatternFill("solid", fgColor=colours[found[0].level.value])
    stream = io.BytesIO()
    book.save(stream)
    return settled(stream.getvalue())
