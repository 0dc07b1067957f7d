"""`kg export`: the graph, the network and the findings as files that other programs open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import lang_option, level_option, open_wanted, read_cases, read_wanted, reports_option, store_option
from kg.cli.output import deliver, output_option
from kg.exports import FORMATS, render_graph
from kg.files import write_whole

if TYPE_CHECKING:
    from kg.findings import Finding, Lang
    from kg.listings.columns import Sheet
    from kg.records import Records
    from kg.store import Store

__all__ = ["export_command"]

NETWORK = ("gexf", "graphml")
TABLES = ("csv", "xlsx", "kumu")
BINARY = ("xlsx", "kumu")
TABLE_NAMES = ("nodes", "edges", "memberships", "denials", "flows", "findings", "columns")


@click.command("export")
@click.option(
    "--format",
    "output_format",
    type=click.Choice((*FORMATS, *NETWORK, *TABLES)),
    default=None,
    help="See the list above. Default: what the name of the file says, else trig.",
)
@click.option("--derived", is_flag=True, help="With triples: only what follows from the claims, in graphs of its own.")
@click.option("--table", type=click.Choice(TABLE_NAMES), default=None, help="With csv: one table alone.")
@reports_option
@level_option()
@lang_option
@store_option
@output_option
def export_command(
    output_format: str | None,
    derived: bool,
    table: str | None,
    municipality: str,
    reports: tuple[str, ...],
    all_reports: bool,
    level: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    r"""Write data for another program.

    \b
    to open in          --format  what is written
    Excel               xlsx      a workbook: nodes, edges, memberships, findings ...
    R, pandas           csv       a folder with the same tables
    Gephi               gexf      the network of actors and forums
    Cytoscape, R, yEd   graphml   the same network
    Kumu                kumu      a workbook with Elements and Connections
    a triple store      trig, nq  the graph: sources, registers, norms, ontology
    other RDF tools     jsonld, ttl, nt, rdf (the last three without named graphs)

    Network and tables are of the latest report of each municipality, unless --municipality, --report or --all-reports
    says otherwise. Triples are written whole. With --derived they are direct memberships (org:hasMember), denials
    as OWL has them and assessments of norms, of every report or those named.

    Example: kg export --format xlsx --municipality Växjö -o vaxjo.xlsx
    """
    chosen = output_format or _format_of(output)
    wanted = _Wanted(store, folders, municipality, reports, all_reports)
    _refuse(table is not None and chosen != "csv", "--table is for csv")
    if chosen in FORMATS:
        _refuse(
            wanted.named and not derived,
            "triples are written whole; reports are chosen for the network, the tables and --derived",
        )
        deliver(render_graph(_derived(wanted) if derived else open_wanted(store, folders), chosen), output)
        return
    _refuse(derived, f"--derived is for triples, not for {chosen}")
    _refuse(chosen in BINARY and output is None, f"{chosen} is no text; name a file with -o")
    if chosen == "csv" and not table and output is None:
        raise click.UsageError("csv is several files; name a folder with -o, or a --table")
    _write(wanted, chosen, level, lang, table, output)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The store and the reports that the options name."""

    store: str
    folders: tuple[Path, ...]
    municipality: str
    reports: tuple[str, ...]
    all_reports: bool

    @property
    def named(self) -> bool:
        return bool(self.municipality or self.reports or self.all_reports)

    def findings(self, records: Records, *, all_reports: bool) -> list[Finding]:
        from kg.cli.gaps import compute  # noqa: PLC0415  the graph and the network do not need it

        return compute(records, municipality=self.municipality, reports=self.reports, all_reports=all_reports)


def _refuse(wrong: bool, message: str) -> None:
    if wrong:
        raise click.UsageError(message)


def _format_of(output: Path | None) -> str:
    ending = output.suffix.lower().removeprefix(".") if output else ""
    return ending if ending in {*FORMATS, *NETWORK, "csv", "xlsx"} else "trig"


def _derived(wanted: _Wanted) -> Store:
    """Return a store of what follows from the claims of the reports: those named, or every one."""
    from kg.cases import open_cases  # noqa: PLC0415  the whole graph does not need it
    from kg.exports.derived import denials, gap_assessments, memberships  # noqa: PLC0415
    from kg.sources import choose_sources  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415

    records = read_wanted(wanted.store, wanted.folders)
    every = wanted.all_reports or not wanted.named
    chosen = choose_sources(records, municipality=wanted.municipality, reports=wanted.reports, all_reports=every)
    cases = open_cases(records, chosen)
    found = open_store("memory")
    found.extend([*memberships(cases), *denials(cases), *gap_assessments(wanted.findings(records, all_reports=every))])
    return found


def _write(wanted: _Wanted, chosen: str, level: str, lang: Lang, table: str | None, output: Path | None) -> None:
    """Write the network or the tables of the reports."""
    from kg.exports.exchange import build_graph, to_gexf, to_graphml  # noqa: PLC0415  triples do not need it
    from kg.findings import Rollup  # noqa: PLC0415

    cases = read_cases(
        wanted.store,
        wanted.folders,
        municipality=wanted.municipality,
        reports=wanted.reports,
        all_reports=wanted.all_reports,
    )
    rollup = Rollup(level)
    graph = build_graph(cases, rollup, lang)
    if chosen in NETWORK:
        deliver(to_gexf(graph) if chosen == "gexf" else to_graphml(graph), output)
        return
    from kg.exports.tables import build_tables, csv_files, kumu_sheets  # noqa: PLC0415  the network does not need it

    findings = wanted.findings(cases[0].records, all_reports=wanted.all_reports) if cases else []
    sheets = build_tables(graph, cases, findings, rollup, lang)
    if chosen == "kumu":
        deliver(_workbook(kumu_sheets(sheets, lang), lang), output)
    elif chosen == "xlsx":
        deliver(_workbook([each.for_people(lang) for each in sheets], lang), output)
    elif table:
        deliver(csv_files([each for each in sheets if each.name == table])[f"{table}.csv"], output)
    elif output:
        for name, text in csv_files(sheets).items():
            write_whole(output / name, text.encode("utf-8"))


def _workbook(sheets: list[Sheet], lang: Lang) -> bytes:
    from kg.workbook.plain import PlainSheet, plain_xlsx  # noqa: PLC0415  the other formats do not need it

    english = lang == "en"
    return plain_xlsx(
        PlainSheet(
            each.title[english],
            tuple(column.heading[english] for column in each.columns),
            [tuple(row.get(column.name) for column in each.columns) for row in each.rows],
        )
        for each in sheets
    )
