"""`kg atlas` and `kg map`: pages for people."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import click

from kg.atlas import country_tiles, map_of, render_atlas
from kg.atlas.workers import enough_jobs
from kg.cli.options import lang_option, on_option, one_by_one, read_wanted, reader_of, store_option
from kg.cli.output import deliver, output_option
from kg.errors import LocationError
from kg.files import whole_folder
from kg.findings import Lang
from kg.maps.national import render_national
from kg.maps.page import render_map
from kg.maps.svg import render_svg
from kg.sources import choose_sources

__all__ = ["atlas_command", "map_command"]


@click.command("atlas")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("atlas"),
    show_default=True,
    help="The folder to write.",
)
@click.option("--municipality", default="", help="Only this municipality: a name, a code or a slug.")
@click.option("--report", "reports", multiple=True, help="Only this report, such as vaxjo-2022. Default: all.")
@click.option("--latest", is_flag=True, help="Only the latest report of each municipality.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=None,
    help="Processes that render side by side. Default: by the cores and the number of reports. The files are the same.",
)
@on_option
@lang_option
@store_option
def atlas_command(
    output: Path,
    municipality: str,
    reports: tuple[str, ...],
    latest: bool,
    jobs: int | None,
    on: date | None,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
) -> None:
    """Write maps, gap lists and an index page for every report.

    The pages are written beside and put in place when all are done: an interrupted atlas leaves the old one whole.

    Example: kg atlas -o atlas
    """
    if output.is_file():
        raise LocationError(f"{output} is a file; name a folder")
    records = read_wanted(store, folders)
    chosen = choose_sources(records, municipality=municipality, reports=reports, all_reports=not latest)
    described = [each for each in chosen if each.describes_forums]
    jobs = jobs or enough_jobs(len(described))
    pages = render_atlas(records, described, lang=lang, as_of=on, jobs=jobs, reopen=reader_of(store, folders))
    with whole_folder(output) as beside, closing(pages):
        for files in one_by_one(pages, len(described) + 1):
            for name, content in files.items():
                (beside / name).parent.mkdir(exist_ok=True)
                (beside / name).write_bytes(content)
    click.echo((output / "index.html").resolve().as_uri())


@click.command("map")
@click.option("--municipality", default="", help="A name, a code or a slug.")
@click.option("--report", default="", help="The key of a report, such as vaxjo-2022. Default: the latest.")
@click.option("--country", is_flag=True, help="All municipalities as tiles on one page; each opens its map.")
@click.option("--format", "output_format", type=click.Choice(["html", "svg"]), default="html", show_default=True)
@on_option
@lang_option
@store_option
@output_option
def map_command(
    municipality: str,
    report: str,
    country: bool,
    output_format: str,
    on: date | None,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Write the interactive map of one report, or of the country, as one offline file.

    Example: kg map --municipality Växjö -o karta.html
    """
    if country and (municipality or report or output_format == "svg"):
        raise click.UsageError("--country takes every municipality, as a page: leave out the others")
    if country:
        records = read_wanted(store, folders)
        count = sum(each.describes_forums for each in choose_sources(records))
        tiles = one_by_one(country_tiles(records, as_of=on), count)
        deliver(render_national(list(tiles), lang), output)
        return
    if not municipality and not report:
        raise click.UsageError("say which map: --municipality NAME, --report KEY or --country")
    model = map_of(read_wanted(store, folders), municipality=municipality, report=report, as_of=on)
    deliver(render_svg(model, lang) if output_format == "svg" else render_map(model, lang), output)
