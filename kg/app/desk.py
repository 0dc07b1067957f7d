"""What the page does: check a workbook, bring it into the user's folder, and make the pages of a municipality.

Nothing here knows of HTTP. A desk holds one folder of the user's; a workbook that was checked waits until it is brought
in or another one is checked.
"""

from __future__ import annotations

import io
import secrets
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kg.atlas import render_report
from kg.briefs.reading import open_readings
from kg.cache import content_key, open_shipped, read_shipped
from kg.errors import UnknownName
from kg.files import write_whole
from kg.findings import Finding, Lang
from kg.pages import Entry, index_page
from kg.records import Records
from kg.resources import data_files, files_of_triples
from kg.sources import Source, choose_sources, list_sources
from kg.workbook.amending import as_workbook, with_choices, with_stand
from kg.workbook.changes import find_changes, told
from kg.workbook.choosing import chosen_names
from kg.workbook.context import read_context, read_graphs
from kg.workbook.importing import Checked, check_workbook, imported_files, write_files
from kg.workbook.layout import RawSheet
from kg.workbook.messages import Messages
from kg.workbook.places import find_place
from kg.workbook.reading import read_workbook
from kg.workbook.rows import export_tables
from kg.workbook.sheets import FINDING
from kg.workbook.stands import stands_graph
from kg.workbook.template import template_xlsx
from kg.workbook.writing import marked_copy, pages_of, to_xlsx

__all__ = ["Desk", "Waiting"]

WORKBOOKS = "arbetsböcker"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A checked workbook that waits to be brought in: its name, content, what it says and what would change.

    `municipality` and `own_day` are what the user gave beside it; `chosen` the names that were chosen on the page and
    stand in this copy of the workbook, by what they stand for.
    """

    ticket: str
    name: str
    content: bytes
    checked: Checked
    changes: tuple[str, ...]
    municipality: str = ""
    own_day: date | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)


class Desk:
    """One folder of the user's with all that can be done with it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.waiting: Waiting | None = None
        self._pages: tuple[str, dict[str, bytes]] = ("", {})

    def _folders(self) -> tuple[Path, ...]:
        return (self.folder,) if files_of_triples(self.folder) else ()

    def template(self, municipality: str) -> tuple[str, bytes]:
        """Return name and content of an empty workbook; raises `UnknownName` for a municipality that is not known."""
        place = find_place(municipality)
        return f"{place.slug}.xlsx", template_xlsx(read_context(open_shipped(), place))

    def check(self, name: str, content: bytes, *, municipality: str = "", own_day: date | None = None) -> Waiting:
        """Read a workbook and say everything that is wrong or doubtful in it; nothing is written to the user's folder.

        Raises `DataError` for a file that is no workbook, `UnknownName` for a municipality that is not known.
        """
        with tempfile.TemporaryDirectory(prefix="forebygg-") as room:
            path = Path(room) / (Path(name).name or "arbetsbok.xlsx")
            path.write_bytes(content)
            checked = check_workbook(path, open_shipped(), municipality=municipality, own_day=own_day)
        changes: tuple[str, ...] = ()
        if not checked.errors and checked.built.graphs:
            before = imported_files(self.folder, checked.context)
            old = {graph: triples for graphs in before.values() for graph, triples in graphs.items()}
            changes = tuple(told(find_changes(old, checked.built.graphs, checked.context)))
        ticket = secrets.token_urlsafe(8)
        self.waiting = Waiting(ticket, Path(name).name, content, checked, changes, municipality, own_day)
        return self.waiting

    def choose(self, waiting: Waiting, choices: Mapping[str, str]) -> Waiting:
        """Write what names stand for into the sheet Namnval of a copy of a waiting workbook, and check that copy.

        The user's own file is as it was; the copy can be saved. A list that came as CSV becomes an Excel workbook.
        """
        name, content = waiting.name, waiting.content
        if not name.casefold().endswith(".xlsx"):
            name = f"{Path(name).stem}.xlsx"
            content = content if content.startswith(b"PK") else as_workbook(self._sheets(waiting))
        again = self.check(
            name, with_choices(content, choices), municipality=waiting.municipality, own_day=waiting.own_day
        )
        self.waiting = replace(again, chosen={**waiting.chosen, **choices})
        return self.waiting

    @staticmethod
    def _sheets(waiting: Waiting) -> list[RawSheet]:
        with tempfile.TemporaryDirectory(prefix="forebygg-") as room:
            path = Path(room) / waiting.name
            path.write_bytes(waiting.content)
            return read_workbook(path, Messages())

    def remembered(self, waiting: Waiting) -> dict[str, str]:
        """Return what names stood for when the municipality was last brought in, by the name in lower case."""
        before = imported_files(self.folder, waiting.checked.context)
        triples = [each for graphs in before.values() for said in graphs.values() for each in said]
        return {said.casefold(): address for said, address in chosen_names(triples)}

    def waiting_for(self, ticket: str) -> Waiting:
        """Return the workbook that waits under a ticket; raises `UnknownName` where it waits no more."""
        if self.waiting is None or not secrets.compare_digest(self.waiting.ticket, ticket):
            raise UnknownName("workbook", ticket, hint="Släpp arbetsboken på sidan en gång till.")
        return self.waiting

    def marked(self, waiting: Waiting) -> bytes:
        """Return the workbook with the messages as comments in its cells."""
        return marked_copy(waiting.content, waiting.checked.messages)

    def bring_in(self, waiting: Waiting) -> str:
        """Write what a checked workbook says into the folder, the workbook beside; return the municipality's code."""
        checked = waiting.checked
        place = checked.context.place
        write_files(checked.files, set(imported_files(self.folder, checked.context)), self.folder, write_whole)
        suffix = Path(waiting.name).suffix or ".xlsx"
        write_whole(self.folder / WORKBOOKS / f"{place.code}-{place.slug}{suffix}", waiting.content)
        self.waiting = None
        return place.code

    def own_sources(self) -> list[Source]:
        """Return the sources of the user's own files that describe forums and are no parts, by municipality and day."""
        folders = self._folders()
        if not folders:
            return []
        own = {path.stem for path in files_of_triples(self.folder)}
        shipped = {each.key for each in list_sources(read_shipped())} - own
        found = list_sources(read_shipped(folders))
        return [each for each in found if each.key not in shipped and each.describes_forums and not each.part_of]

    def findings(self, key: str) -> tuple[Source, list[Finding]]:
        """Return a source of the user's own with its findings; raises `UnknownName` where it is none."""
        source = next((each for each in self.own_sources() if each.key == key), None)
        if source is None:
            raise UnknownName("report", key, hint="Läs in arbetsboken först.")
        (reading,) = open_readings(read_shipped(self._folders()), [source])
        return source, list(reading.findings)

    def decide(self, key: str, cells: Mapping[str, str]) -> Waiting:
        """Write the user's word on a finding into the stored workbook and bring it in again; returns what was read.

        The workbook is the truth: a list that came as CSV, which has no room for it, becomes an Excel workbook of the
        same facts. Nothing is written where the row is refused.
        """
        source, found = self.findings(key)
        if cells.get(FINDING) not in {each.id for each in found}:
            raise UnknownName("finding", cells.get(FINDING, ""), hint="Fyndet finns inte längre; öppna sidan på nytt.")
        name, content = self._stored(source.code)
        waiting = self.check(name, with_stand(content, cells))
        if not waiting.checked.errors:
            self.bring_in(waiting)
            for other in (self.folder / WORKBOOKS).glob(f"{source.code}-*"):
                if other.name != name:
                    other.unlink()
        return waiting

    def _stored(self, code: str) -> tuple[str, bytes]:
        place = find_place(code)
        path = self.folder / WORKBOOKS / f"{place.code}-{place.slug}.xlsx"
        copies = [(each.stat().st_mtime_ns, each) for each in path.parent.glob(f"{path.stem}.*")]
        if path.is_file() and max(copies)[1] == path:
            return path.name, path.read_bytes()
        sources = [each.key for each in list_sources(read_shipped(self._folders())) if each.code == code]
        shipped = {each.key for each in list_sources(read_shipped())}
        names = [f"register-{code}", stands_graph(code), *(each for each in sources if each not in shipped)]
        context = read_context(open_shipped(), place)
        tables = export_tables(read_graphs(open_shipped(self._folders()), names), context)
        return path.name, to_xlsx(pages_of(tables), context)

    def latest_first(self) -> list[Source]:
        """Return the user's own sources, those brought in last on top."""

        def brought(source: Source) -> float:
            path = self.folder / f"{source.key}.trig"
            return path.stat().st_mtime if path.is_file() else 0.0

        return sorted(self.own_sources(), key=brought, reverse=True)

    def archive(self) -> bytes:
        """Return all pages as one zip file that works where it is unpacked; the same pages give the same bytes."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(self.pages().items()):
                archive.writestr(zipfile.ZipInfo(f"forebygg/{name}", (2026, 1, 1, 0, 0, 0)), content)
        return stream.getvalue()

    def pages(self, lang: Lang = "sv") -> dict[str, bytes]:
        """Return the pages of every source of the user's own files by path; made anew when a file changes."""
        key = content_key(data_files(self._folders()))
        if self._pages[0] != key:
            self._pages = (key, self._render(read_shipped(self._folders()), lang))
        return self._pages[1]

    def _render(self, records: Records, lang: Lang) -> dict[str, bytes]:
        everywhere = choose_sources(records)
        found: dict[str, bytes] = {}
        entries: list[Entry] = []
        for reading in open_readings(records, self.own_sources()):
            entry, _, files = render_report(reading, everywhere=everywhere, lang=lang)
            entries.append(entry)
            found |= files
        return {**found, "index.html": index_page(entries, lang).encode("utf-8")}
