"""A workbook checked and brought in: files of triples, written whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from kg.errors import DataError, LocationError
from kg.namespaces import FB, graph_iri
from kg.resources import data_files, norm_files, ontology_dir, queries_dir
from kg.store import Store, read_quads
from kg.validation import Severity, Violation, validate
from kg.workbook.claims import Built, build
from kg.workbook.context import Context, Shipped, read_context
from kg.workbook.layout import RawSheet, Row, Table, lay_out, municipality_of
from kg.workbook.messages import Level, Message, Messages, letters, sorted_messages
from kg.workbook.places import find_place
from kg.workbook.privacy import scan
from kg.workbook.reading import read_workbook
from kg.workbook.sheets import sheet_of
from kg.workbook.stands import stands_graph
from kg.workbook.triples import Triple, of_store, to_trig

__all__ = ["Checked", "check_workbook", "imported_files", "trig_files", "write_files"]

_MARK: Final = "Skriven av kg workbook import"


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook that has been read: its municipality, what it says, every message about it, and the files it makes.

    `files` holds the files of triples by name, none where an error stops the import.
    """

    context: Context
    built: Built
    messages: Sequence[Message]
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """How many messages stop an import."""
        return sum(each.level is Level.ERROR for each in self.messages)


def check_workbook(
    path: Path,
    store: Store,
    *,
    municipality: str = "",
    own_day: date | None = None,
    shapes: bool = False,
    shipped: Shipped | None = None,
) -> Checked:
    """Read a workbook and say everything that is wrong or doubtful in it, without writing anything.

    `municipality` is needed where no guide sheet names it; `own_day` is the day of the statements of a file without the
    sheet Källor. With `shapes` the result is held against all shapes too (two seconds, and pySHACL). `shipped`
    saves reading the words again for each of many workbooks.

    Raises what `read_workbook` raises, and `UnknownName` for a municipality that does not exist.
    """
    messages = Messages()
    raws = read_workbook(path, messages)
    named = municipality or municipality_of(raws)
    if not named:
        what = "kommunen framgår inte; skriv den i bladet Läs mig eller ange --municipality"
        raise DataError(what, file=path)
    context = read_context(store, find_place(named), shipped)
    scan(raws, messages)
    tables = _with_source(lay_out(raws, messages), raws, own_day)
    built = build(tables, context, messages)
    found = list(built.messages)
    files = {} if built.errors else trig_files(built, context)
    if files:
        found = sorted_messages([*found, *_violations(built, context, files, shapes=shapes)])
    if not built.graphs and not built.errors:
        text = "Arbetsboken har inga rader att läsa."
        found = [*found, Message(Level.WARNING, path.name, 0, "", "", "", text)]
    return Checked(context, built, found, files)


def _with_source(tables: list[Table], raws: Iterable[RawSheet], own_day: date | None) -> list[Table]:
    """Return the tables with a source of their own where the file has none and a day is given."""
    if own_day is None or any(table.sheet.kind == "kalla" and table.rows for table in tables):
        return tables
    cells = {"Källa": "Egen uppgift", "Slag av källa": "egen uppgift", "Datum": own_day.isoformat()}
    name = next((raw.name for raw in raws), "Källor")
    return [Table(sheet_of("Källor"), name, {}, (Row(0, cells),)), *tables]


# --- validation


def _violations(built: Built, context: Context, contents: Mapping[str, str], *, shapes: bool) -> list[Message]:
    """Return what the checks of the graph say, each at the cell that it comes from where there is one."""
    with tempfile.TemporaryDirectory(prefix="forebygg-") as folder:
        files = []
        for name, content in contents.items():
            path = Path(folder) / name
            path.write_text(content, encoding="utf-8")
            files.append(path)
        ours = {graph_iri(name) for name in built.graphs}
        beside = [path for path in (*norm_files(), *data_files()) if _stays(path, context)]
        found = validate(files, ontology=ontology_dir(), queries=queries_dir(), shapes=shapes, beside=beside)
    return [
        _as_message(each, built)
        for each in found
        if each.graph in ours and (each.severity is Severity.VIOLATION or _told(each))
    ]


def _stays(path: Path, context: Context) -> bool:
    """Whether a shipped file describes what a workbook may point at: shared things, acts, and its municipality."""
    return path.name.startswith(("nationell", "kallor", "malgrupper", f"{context.place.code}-"))


def _told(each: Violation) -> bool:
    return each.severity is Severity.WARNING


def _as_message(each: Violation, built: Built) -> Message:
    level = Level.ERROR if each.severity is Severity.VIOLATION else Level.NOTE
    text = each.message_sv
    cells = {
        origin: triple
        for (name, triple), origin in built.origins.items()
        if triple.subject == each.subject and graph_iri(name) == each.graph
    }
    best = next((o for o, triple in cells.items() if triple.predicate == each.path), next(iter(cells), None))
    label = built.names.label(each.subject) if each.subject else ""
    if best is None:
        return Message(level, "", 0, "", "", label, text)
    table = built.tables[best.table]
    row = table.rows[best.row]
    column = next((column.name for column in table.sheet.columns if column.term == each.path), "")
    text = f"{text} Se kolumnen {column}." if column else f"{text} {each.advice_sv}"
    place = letters(table.places[column]) if column in table.places else ""
    return Message(level, table.name, row.number, place, column, label, text)


# --- files


def trig_files(built: Built, context: Context) -> dict[str, str]:
    """Return the files of triples by name: the register of the municipality, and one a source."""
    place = context.place
    files = {}
    for name in sorted(built.graphs):
        register = name.startswith("register-")
        what = f"Register för {place.official}" if register else f"Vad källan {name} säger"
        heading = f"{what}. {_MARK}; ändra i arbetsboken, inte här."
        key = f"{place.code}-{place.slug}" if register else name
        if name == stands_graph(place.code):
            what, key = f"Vad {place.official} själv säger om fynd", f"{place.code}-{place.slug}-stallningstaganden"
        files[f"{key}.trig"] = to_trig(graph_iri(name), built.graphs[name], heading=heading)
    return files


def imported_files(folder: Path, context: Context) -> dict[str, dict[str, frozenset[Triple]]]:
    """Return what an earlier import of the municipality left in a folder: by file, the triples of each graph.

    Only files that an import has written count; the user's other files are never touched.
    """
    found: dict[str, dict[str, frozenset[Triple]]] = {}
    home = context.place.iri
    for path in sorted(folder.glob("*.trig")) if folder.is_dir() else []:
        try:
            with path.open(encoding="utf-8") as stream:
                ours = _MARK in stream.readline()
        except (OSError, UnicodeDecodeError):
            continue
        if not ours:
            continue
        graphs: dict[str, set[Triple]] = {}
        for quad in read_quads(path):
            name = of_store(quad.graph_name).text.removeprefix(graph_iri("x")[:-1])
            triple = Triple(of_store(quad.subject).text, of_store(quad.predicate).text, of_store(quad.object))
            graphs.setdefault(name, set()).add(triple)
        mine = path.name.startswith(f"{context.place.code}-") or any(
            triple.predicate == FB.municipality and triple.value.text == home and "/res/kalla/" in triple.subject
            for triples in graphs.values()
            for triple in triples
        )
        if mine:
            found[path.name] = {name: frozenset(triples) for name, triples in graphs.items()}
    return found


def write_files(
    files: Mapping[str, str], stale: Iterable[str], folder: Path, write: Callable[[Path, bytes], None]
) -> None:
    """Write files into a folder with `write`, which writes one whole, and remove those that are no longer there.

    All content is made before anything is written, so that a workbook that cannot be read leaves the folder as it was.
    Raises `LocationError` for a file of that name that no import wrote.
    """
    for name in files:
        path = folder / name
        if path.exists():
            with path.open(encoding="utf-8", errors="replace") as stream:
                if _MARK not in stream.readline():
                    raise LocationError(f"{path} was not written by an import; name another folder")
    for name, content in files.items():
        write(folder / name, content.encode("utf-8"))
    for name in stale:
        if name not in files:
            (folder / name).unlink(missing_ok=True)


def with_messages(checked: Checked, more: Iterable[Message]) -> Checked:
    """Return the same reading with more messages."""
    return replace(checked, messages=sorted_messages([*checked.messages, *more]))
