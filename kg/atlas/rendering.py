"""One report of the atlas as files: its map, picture, analysis, gap lists, briefs, and itself beside the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.briefs.forms import FORMS, write
from kg.briefs.reading import Reading
from kg.cases import Case
from kg.findings import Finding, Kind, Lang
from kg.gaps.statements import stated_lacking
from kg.listings import FINDING_COLUMNS, finding_rows, findings_json
from kg.maps.national import Tile, tile_of
from kg.maps.page import render_map
from kg.maps.rules import rule_table
from kg.maps.svg import render_svg
from kg.maps.told import tell
from kg.maps.values import MapModel, Text
from kg.pages import Entry, findings_page
from kg.pages.comparisons import comparison_files
from kg.pages.digests import digest_page
from kg.records import Records
from kg.sentences import sentence
from kg.sources import Source, choose_sources, list_sources
from kg.tables import to_csv
from kg.whatif import open_with_peers

__all__ = ["COUNTRY", "NAMES", "Plan", "Rendered", "draw", "open_plan", "render_report", "tile"]

NAMES: dict[Lang, tuple[str, str, str]] = {"sv": ("karta", "luckor", "analys"), "en": ("map", "gaps", "analysis")}
BRIEFS: dict[Lang, dict[str, str]] = {
    "sv": {"namnd": "underlag", "fragor": "fragor"},
    "en": {"namnd": "brief", "fragor": "questions"},
}
COUNTRY: dict[Lang, str] = {"sv": "landet", "en": "country"}

Rendered = tuple[Entry, Tile | None, dict[str, bytes]]
"""A report's entry in the index, its tile where it is the latest on its municipality, and its files by path."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which reports, by their keys, in what language, and whose norms; small enough to be sent to a process."""

    keys: tuple[str, ...]
    lang: Lang
    as_of: date | None


def open_plan(records: Records, plan: Plan) -> Callable[[int], tuple[Rendered, str]]:
    """Return what renders one report of a plan by its number, with the peers of all.

    Beside it stands the path of its page beside the report before it on the same municipality, "" where there is none.
    """
    everywhere = choose_sources(records)
    known = {each.key: each for each in list_sources(records)}
    cases, peers = open_with_peers(records, [known[key] for key in plan.keys], as_of=plan.as_of)
    before = _before(cases)

    def render(number: int) -> tuple[Rendered, str]:
        case = cases[number]
        entry, small, files = render_report(Reading(case, peers), everywhere=everywhere, lang=plan.lang)
        if number not in before:
            return (entry, small, files), ""
        pair = comparison_files([before[number], case], plan.lang, map_name=NAMES[plan.lang][0])
        return (entry, small, files | {path: page.encode("utf-8") for path, page in pair.items()}), next(iter(pair), "")

    return render


def _before(cases: Sequence[Case]) -> dict[int, Case]:
    """Return for the numbers of the cases the case before on the same municipality, where there is one."""
    found: dict[int, Case] = {}
    latest: dict[str, Case] = {}
    for number in sorted(range(len(cases)), key=lambda each: (cases[each].source.observed_on, each)):
        case = cases[number]
        earlier = latest.get(case.source.municipality.iri)
        if earlier and earlier.source.observed_on < case.source.observed_on:
            found[number] = earlier
        latest[case.source.municipality.iri] = case
    return found


def draw(reading: Reading) -> MapModel:
    """Return the map of a report with what the analysis says of it alone, and the rules for supposing members."""
    case, model = reading.case, reading.model
    return replace(tell(case, model, reading.remarks), rules=rule_table(case, model))


def tile(reading: Reading) -> Tile:
    """Return the tile of a municipality from its report."""
    source = reading.source
    return tile_of(source.code, reading.model, reading.findings, key=source.key)


def _entry(findings: Sequence[Finding], source: Source, model: MapModel, *, lacking: int, latest: bool) -> Entry:
    return Entry(
        folder=source.key,
        municipality=source.municipality,
        report=source.thing,
        observed_on=source.observed_on.isoformat(),
        latest=latest,
        forums=sum(not each.programme for each in model.forums),
        programmes=sum(each.programme for each in model.forums),
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


def render_report(reading: Reading, *, everywhere: Sequence[Source], lang: Lang = "sv") -> Rendered:
    """Return a report's entry in the index, its tile, and its files by path: map, picture, analysis and gaps.

    A report that is not the latest on its municipality, as `everywhere` tells, has no tile.
    """
    case, source, findings, model = reading.case, reading.source, reading.findings, draw(reading)
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
    return entry, tile(reading) if latest else None, files
