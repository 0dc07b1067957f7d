"""The atlas: for each report its map, gap lists and table, and an index page, as a set of files."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import date
from functools import partial

from kg.atlas.rendering import COUNTRY, NAMES, Plan, draw, open_plan, render_report, tile
from kg.atlas.workers import render_beside
from kg.briefs.reading import Reading, open_readings
from kg.cases import open_cases
from kg.errors import DataError
from kg.findings import Lang
from kg.maps.national import Tile, render_national
from kg.maps.values import MapModel
from kg.matrix import MOST
from kg.pages import Entry, index_page
from kg.pages.comparisons import comparison_files
from kg.records import Records
from kg.sources import Source, choose_sources
from kg.whatif import open_with_peers

__all__ = ["country_tiles", "map_of", "render_atlas", "render_report"]


def map_of(records: Records, *, municipality: str = "", report: str = "", as_of: date | None = None) -> MapModel:
    """Return the map of one report: the one named, or the latest on the municipality.

    Raises `UnknownName` for a name that is not there, `DataError` for a report that describes no forums.
    """
    source = choose_sources(records, municipality=municipality, reports=(report,) if report else ())[0]
    if not source.describes_forums:
        raise DataError(f"{source.key} describes no forums; there is nothing to draw")
    return draw(open_readings(records, [source], as_of=as_of)[0])


def country_tiles(records: Records, *, as_of: date | None = None) -> Iterator[Tile]:
    """Yield the tile of each municipality from its latest report, where that describes forums."""
    described = [each for each in choose_sources(records) if each.describes_forums]
    cases, peers = open_with_peers(records, described, as_of=as_of)
    for case in cases:
        yield tile(Reading(case, peers))


def render_atlas(
    records: Records,
    sources: Sequence[Source],
    *,
    lang: Lang = "sv",
    as_of: date | None = None,
    jobs: int = 1,
    reopen: Callable[[], Records] | None = None,
) -> Generator[dict[str, bytes], None, None]:
    """Yield the files of each report in turn, and last index and country; nothing is held that is already given.

    With more `jobs` than one, as many processes render reports side by side; `reopen` gives each of them the records,
    or else they are sent there. The files are the same, and come in the same order. Closing the
    generator ends the processes.
    """
    plan = Plan(tuple(each.key for each in sources), lang, as_of)
    reopen = reopen or partial(_given, records)
    done = render_beside(reopen, plan, jobs) if jobs > 1 else map(open_plan(records, plan), range(len(sources)))
    entries: list[Entry] = []
    tiles: list[Tile] = []
    compared: list[str] = []
    for (entry, small, files), pair in done:
        entries.append(entry)
        tiles.extend([small] if small else [])
        compared.extend([pair] if pair else [])
        yield files
    matrix = _matrix(records, sources, lang, as_of)
    index = index_page(entries, lang, country=f"{COUNTRY[lang]}.html", compared=[*compared, *matrix])
    yield {path: page.encode("utf-8") for path, page in matrix.items()} | {
        "index.html": index.encode("utf-8"),
        f"{COUNTRY[lang]}.html": render_national(tiles, lang, folders=True).encode("utf-8"),
    }


def _given(records: Records) -> Records:
    return records


def _matrix(records: Records, sources: Sequence[Source], lang: Lang, as_of: date | None) -> dict[str, str]:
    """Return the page with the latest reports of all municipalities beside each other, none where they are many."""
    newest = {each.municipality.iri: each for each in sorted(sources, key=lambda each: each.observed_on)}
    if len(newest) > MOST:
        return {}
    cases = open_cases(records, list(newest.values()), as_of=as_of)
    return comparison_files(cases, lang, map_name=NAMES[lang][0])
