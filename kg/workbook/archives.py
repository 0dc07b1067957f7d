"""An xlsx file looked through before it is read: its size unpacked, what it carries, and its merged cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.errors import DataError
from kg.workbook.messages import Level, Messages

__all__ = ["Ranges", "checked_parts"]

Ranges = dict[str, list[tuple[str, int, str, int]]]
"""The merged ranges of each sheet, by the name of its part: first column, first row, last column, last row."""

_MOST_PART: Final = 60_000_000
_MOST_UNPACKED: Final = 120_000_000
_MOST_PARTS: Final = 2_000
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def checked_parts(path: Path, messages: Messages) -> Ranges:
    """Refuse an archive that is made to harm, and return the merged ranges of each sheet by its part.

    Sizes are counted while unpacking, in pieces, since an archive may lie about them.
    """
    merged: Ranges = {}
    broken = "filen är skadad och kan inte packas upp; öppna den i Excel och spara om den"
    try:
        with zipfile.ZipFile(path) as archive:
            _check_archive(archive, path, merged, messages)
    except DataError:
        raise
    except Exception as error:
        raise DataError(broken, file=path) from error
    return merged


def _check_archive(archive: zipfile.ZipFile, path: Path, merged: Ranges, messages: Messages) -> None:
    names, total = archive.namelist(), 0
    if len(names) > _MOST_PARTS or len(set(names)) != len(names):
        raise DataError("filen har ovanligt många eller dubbla delar och läses inte", file=path)
    if "xl/workbook.xml" not in names:
        kind = "ett OpenDocument-ark (.ods)" if "content.xml" in names else "ingen Excel-arbetsbok"
        raise DataError(f"filen är {kind}; spara den som Excel-arbetsbok (.xlsx)", file=path)
    _say_parts(names, path.name, messages)
    for info in archive.infolist():
        if info.filename.casefold().endswith((".xml", ".rels", ".vml")):
            total += _check_part(archive, info, path, merged)
        if total > _MOST_UNPACKED:
            raise DataError("filen blir för stor när den packas upp (zip-bomb?) och läses inte", file=path)


def _say_parts(names: Sequence[str], name: str, messages: Messages) -> None:
    lower = [each.casefold() for each in names]
    if any(each.endswith("vbaproject.bin") for each in lower):
        messages.add(Level.WARNING, name, "Filen har makron. De läses och körs inte.")
    if any("externallink" in each or each.endswith("connections.xml") for each in lower):
        messages.add(
            Level.WARNING, name, "Filen har länkar till andra filer. De följs inte; bara sparade värden läses."
        )


def _check_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, merged: Ranges) -> int:
    size, tail = 0, b""
    is_sheet = re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename)
    ranges: list[tuple[str, int, str, int]] = []
    with archive.open(info) as stream:
        while piece := stream.read(1 << 18):
            if not size and piece[:2] in {b"\xff\xfe", b"\xfe\xff"}:
                raise DataError(f"delen {info.filename} har en ovanlig teckenkodning och läses inte", file=path)
            size += len(piece)
            if size > _MOST_PART:
                raise DataError(f"delen {info.filename} är för stor uppackad (zip-bomb?) och läses inte", file=path)
            window = tail + piece
            if b"<!" in window and _DOCTYPE.search(window):
                raise DataError(
                    f"delen {info.filename} har en dokumenttyp, som en arbetsbok inte ska ha; läses inte", file=path
                )
            if is_sheet and len(ranges) < 5000:
                for found in _MERGED.finditer(window):
                    first, top, last, bottom = (each.decode() for each in found.groups())
                    if (first, int(top), last, int(bottom)) not in ranges[-50:]:
                        ranges.append((first, int(top), last, int(bottom)))
            tail = window[-200:]
    if ranges:
        merged[info.filename] = ranges
    return size
