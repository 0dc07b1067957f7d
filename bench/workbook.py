"""What it costs to import workbooks: one of 300 rows from cold, and one for each of many municipalities.

    python -m bench.workbook --municipalities 290

Printed are seconds and the ratio to `python -c pass`; the limits are 2 s for the first and 60 s for 290 of the second.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from bench.cold import run_once
from bench.measure import machine, table
from kg.cache import open_shipped
from kg.workbook.context import read_context, read_shipped_words
from kg.workbook.importing import check_workbook
from kg.workbook.places import Place, municipalities
from kg.workbook.sheets import sheet_of
from kg.workbook.writing import Page, to_xlsx

__all__ = ["main", "workbook_of"]

FORUMS = ("BRÅ", "SSPF", "EST-gruppen", "SIG", "Områdesgrupp Norr", "Områdesgrupp Söder", "Styrgrupp", "Trygghetsrådet")
ACTORS = (
    *(
        "Polismyndigheten",
        "Socialförvaltningen",
        "Utbildningsförvaltningen",
        "Elevhälsan",
        "Kultur- och fritidsförvaltningen",
    ),
    *("Fältgruppen", "Räddningstjänsten", "Kommunstyrelsen", "Svenska kyrkan", "Regionen", "Kriminalvården", "Skolan"),
)


def _page(name: str, rows: list[dict[str, str]]) -> Page:
    sheet = sheet_of(name)
    used = {key for row in rows for key in row}
    return Page(sheet, tuple(column for column in sheet.columns if column.name in used), tuple(rows))


def workbook_of(place: Place, rows: int) -> bytes:
    """Return a workbook of a municipality with so many rows, most of them memberships."""
    context = read_context(open_shipped(), place)
    key = {"Källa": "Granskning", "Avsnitt": "3.1"}
    forums = [
        {"Forum": each, "Deltagarlista": "exemplifierande", "Hur ofta": "varannan vecka", **key} for each in FORUMS
    ]
    actors = [{"Namn": each} for each in ACTORS if each not in {"Polismyndigheten", "Regionen", "Kriminalvården"}]
    members = [
        {"Forum": FORUMS[number % len(FORUMS)], "Aktör": ACTORS[number // len(FORUMS) % len(ACTORS)], **key}
        for number in range(rows - len(forums) - len(actors) - 1)
    ]
    source = {"Källa": "Granskning", "Slag av källa": "rapport", "Utgivare": place.official, "Datum": "2024-03-17"}
    pages = [_page("Källor", [source]), _page("Aktörer och funktioner", actors), _page("Forum", forums)]
    return to_xlsx([*pages, _page("Deltagande", members)], context)


def _cold(folder: Path, rows: int, runs: int) -> tuple[float, float, float]:
    """Return the median seconds of an import in a fresh process, of `python -c pass`, and the most memory in MB."""
    path = folder / "kall.xlsx"
    path.write_bytes(workbook_of(municipalities()[0], rows))
    environment = {**os.environ, "FOREBYGG_CACHE": str(folder / "cache")}
    command = [sys.executable, "-m", "kg", "workbook", "import", str(path), "-o", str(folder / "ut")]
    run_once(command, environment)
    found = [
        (run_once(command, environment), run_once([sys.executable, "-c", "pass"], environment)) for _ in range(runs)
    ]
    for run, _ in found:
        if run.code:
            raise SystemExit(f"the import ended with {run.code}")
    middle = sorted(run.clock for run, _ in found)[len(found) // 2]
    nothing = sorted(base.clock for _, base in found)[len(found) // 2]
    return middle, nothing, max(run.memory for run, _ in found)


def _many(folder: Path, count: int, rows: int) -> float:
    """Return the seconds that it takes to read, check and write so many workbooks in one process."""
    store = open_shipped()
    shipped = read_shipped_words(store)
    paths = []
    for place in municipalities()[:count]:
        path = folder / f"{place.code}.xlsx"
        path.write_bytes(workbook_of(place, rows))
        paths.append(path)
    start = time.perf_counter()
    for path in paths:
        checked = check_workbook(path, store, shipped=shipped)
        for name, content in checked.files.items():
            (folder / f"{path.stem}-{name}").write_text(content, encoding="utf-8")
    return time.perf_counter() - start


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 1 where a limit does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench.workbook", description="What it costs to import workbooks.")
    parser.add_argument("--rows", type=int, default=300, help="rows of a workbook (300)")
    parser.add_argument("--municipalities", type=int, default=20, help="workbooks in one process (20)")
    parser.add_argument("--runs", type=int, default=5, help="runs from cold (5)")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="forebygg-bench-") as name:
        cold, nothing, memory = _cold(Path(name), given.rows, given.runs)
        many = _many(Path(name), given.municipalities, given.rows)
    limit = 60 * given.municipalities / 290
    rows = [
        [
            "import from cold",
            f"{cold / nothing:.0f}",
            f"{cold:.2f}",
            "2.00",
            "yes" if cold <= 2 else "NO",
            f"{memory:.0f}",
        ],
        [
            f"{given.municipalities} workbooks",
            f"{many / nothing:.0f}",
            f"{many:.2f}",
            f"{limit:.2f}",
            "yes" if many <= limit else "NO",
            "",
        ],
    ]
    print(f"{machine()}, {given.rows} rows, median of {given.runs}\n")
    print(table(["what", "ratio to pass", "s", "limit s", "holds", "MB"], rows))
    return int(cold > 2 or many > limit)


if __name__ == "__main__":
    sys.exit(main())
