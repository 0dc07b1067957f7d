"""The atlas: for each report its map, gap lists and table, and an index page, as a set of files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kg.briefs.forms import FORMS, write
from kg.briefs.reading import Reading, open_readings
from kg.errors import DataError
from kg.findings import Finding, Kind, Lang
from kg.gaps.statements import stated_lacking
from kg.listings import FINDING_COLUMNS, finding_rows, findings_json
from kg.maps.national import Tile, render_national, tile_of
from kg.maps.page import render_map
from kg.maps.rules import rule_table
from kg.maps.svg import render_svg
from kg.maps.told import tell
from kg.maps.values import MapModel, Text
from kg.pages import Entry, findings_page, index_page
from kg.pages.comparisons import comparison_files
from kg.pages.digests import digest_page
from kg.records import Records
from kg.sentences import sentence
from kg.sources import Source, choose_sources
from kg.tables import to_csv
from kg.whatif import open_with_peers

__all__ = ["country_tiles", "map_of", "render_atlas", "render_report"]

NAMES: dict[Lang, tuple[str, str, str]] = {"sv": ("karta", "luckor", "analys"), "en": ("map", "gaps", "analysis")}
BRIEFS: dict[Lang, dict[str, str]] = {
    "sv": {"namnd": "underlag", "fragor": "fragor"},
    "en": {"namnd": "brief", "fragor": "questions"},
}
COUNTRY: dict[Lang, str] = {"sv": "landet", "en": "country"}


def map_of(records: Records, *, municipality: str = "", report: str = "", as_of: date | None = None) -> MapModel:
    """Return the map of one report: the one named, or the latest on the municipality.

    Raises `UnknownName` for a name that is not there, `DataError` for a report that describes no forums.
    """
    source = choose_sources(records, municipality=municipality, reports=(report,) if report else ())[0]
    if not source.describes_forums:
        raise DataError(f"{source.key} describes no forums; there is nothing to draw")
    return _drawn(open_readings(records, [source], as_of=as_of)[0])


def _drawn(reading: Reading) -> MapModel:
    """Return the map of a report with what the analysis says of it alone, and the rules for supposing members."""
    case, model = reading.case, reading.model
    return replace(tell(case, model, reading.remarks), rules=rule_table(case, model))


def country_tiles(records: Records, *, as_of: date | None = None) -> Iterator[Tile]:
    """Yield the tile of each municipality from its latest report, where that describes forums."""
    described = [each for each in choose_sources(records) if each.describes_forums]
    cases, peers = open_with_peers(records, described, as_of=as_of)
    for case in cases:
        yield _tile(Reading(case, peers))


def _tile(reading: Reading) -> Tile:
    source = reading.source
    return tile_of(source.code, reading.model, reading.findings, key=source.key)


def _entry(findings: Sequence[Finding], source: Source, model: MapModel, *, lacking: int, latest: bool) -> Entry:
    return Entry(
        folder=source.key,
        municipality=source.municipality,
        report=source.thing,
        observed_on=source.observed_on.isoformat(),
        latest=latest,
        forums=len(model.forums),
        actors=len(model.actors),
        gaps=sum(each.is_gap for each in findings),
        lacking=lacking,
        comparisons=sum(each.stands_out for each in findings if each.kind is Kind.COMPARISON),
        questions=sum(each.kind is Kind.QUESTION for each in findings),
    )


def _links(lang: Lang) -> list[tuple[str, Text]]:
    """Return the pages beside a map of the atlas, for its header."""
    return [
        (f"{NAMES[lang][2]}.html", Text("Analys", "Analysis")),
        (f"{NAMES[lang][1]}.html", Text("Luckor och frågor", "Gaps and questions")),
        ("../index.html", Text("Alla rapporter", "All reports")),
    ]


def render_report(
    reading: Reading, *, everywhere: Sequence[Source], lang: Lang = "sv"
) -> tuple[Entry, Tile, dict[str, bytes]]:
    """Return a report's entry in the index, its tile, and its files by path: map, picture, analysis and gaps."""
    case, source, findings, model = reading.case, reading.source, reading.findings, _drawn(reading)
    lacking = stated_lacking(case.records, source)
    map_name, gaps_name, digest_name = NAMES[lang]
    title = f"{source.municipality.label(lang)}: {source.thing.label(lang)}, {source.observed_on.isoformat()}"
    rows = [(*row, sentence(each, lang)) for row, each in zip(finding_rows(findings, lang), findings, strict=True)]
    table = to_csv((*FINDING_COLUMNS[lang], "mening" if lang == "sv" else "sentence"), rows, delimiter=";")
    page = findings_page(findings, lang, lacking=lacking, title=title, back=f"{map_name}.html")
    digest = digest_page(case, reading.results, lang, peers=reading.peers, back=f"{map_name}.html")
    files = {
        f"{source.key}/{map_name}.html": render_map(model, lang, links=_links(lang)).encode("utf-8"),
        f"{source.key}/{map_name}.svg": render_svg(model, lang).encode("utf-8"),
        f"{source.key}/{digest_name}.html": digest.encode("utf-8"),
        f"{source.key}/{gaps_name}.html": page.encode("utf-8"),
        f"{source.key}/{gaps_name}.csv": table.encode("utf-8-sig"),
        f"{source.key}/{gaps_name}.json": findings_json(findings, lang).encode("utf-8"),
    }
    for form, name in BRIEFS[lang].items():
        files[f"{source.key}/{name}.html"] = write(FORMS[form](reading, lang), "html")
    latest = source.key in {each.key for each in everywhere}
    entry = _entry(findings, source, model, lacking=len(lacking), latest=latest)
    return entry, _tile(reading), files


def render_atlas(
    records: Records, sources: Sequence[Source], *, lang: Lang = "sv", as_of: date | None = None
) -> Iterator[dict[str, bytes]]:
    """Yield the files of each report in turn, and last index and country; nothing is held that is already given."""
    entries, tiles = [], []
    everywhere = choose_sources(records)
    cases, peers = open_with_peers(records, sources, as_of=as_of)
    for case in cases:
        entry, tile, files = render_report(Reading(case, peers), everywhere=everywhere, lang=lang)
        entries.append(entry)
        if entry.latest:
            tiles.append(tile)
        yield files
    compared = comparison_files(cases, lang, map_name=NAMES[lang][0])
    yield {path: page.encode("utf-8") for path, page in compared.items()} | {
        "index.html": index_page(entries, lang, country=f"{COUNTRY[lang]}.html", compared=compared).encode("utf-8"),
        f"{COUNTRY[lang]}.html": render_national(tiles, lang, folders=True).encode("utf-8"),
    }
