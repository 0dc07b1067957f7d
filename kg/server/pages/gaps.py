"""Gaps, questions and the rest as a list with filters in the address, of one report or of the whole country."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import UnknownName
from kg.findings import Finding, Kind, Thing
from kg.listings import FINDING_COLUMNS, finding_rows
from kg.namespaces import BASE, concept, last_part, scheme_iri
from kg.sentences import sentence
from kg.server.pages.addresses import page_of
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.claims import named
from kg.server.pages.country import Counted, Country
from kg.server.pages.facets import ALL, Field, sift
from kg.server.pages.frame import not_found, show
from kg.server.pages.outcomes import OUTCOMES, TYPES
from kg.server.pages.things import paged
from kg.sources import Source
from kg.tables import to_csv
from kg.workbook.plain import PlainSheet, plain_xlsx

__all__ = ["gap_list", "source_asked"]

EACH = 100
"""So many rows stand on one page of a list; files have all."""

FILES = ("csv", "xlsx", "json")
"""What a list is saved as, by the end of its address."""

_NAMES = {"gap": "lucka", "question": "fraga", "comparison": "jamforelse", "met": "finns"}


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome in a list: its keys (kind, outcome, obligation, basis, norm), and the words of its cells."""

    id: str
    keys: tuple[str, str, str, str, str]
    municipality: Thing
    cells: tuple[str, ...]
    sentence: str = ""


def _tail(thing: Thing | str | None) -> str:
    iri = thing.iri if isinstance(thing, Thing) else thing or ""
    return last_part(iri)


def _type(kind: Kind) -> str:
    return next(name for name, (each, _) in TYPES.items() if each is kind)


def _of_finding(asked: Asked, finding: Finding) -> Row:
    row = finding_rows([finding], asked.lang)[0]
    basis = _tail(finding.obligation), _tail(finding.basis), _tail(finding.norm).upper()
    return Row(
        id=finding.id,
        keys=(_type(finding.kind), finding.outcome.value, *basis),
        municipality=finding.municipality,
        cells=row[:7],
        sentence=sentence(finding, asked.lang),
    )


def _of_counted(country: Country, asked: Asked, each: Counted) -> Row:
    norm, records = each.norm, country.records
    wanted = norm.actor_type or norm.expected
    label = (
        records.thing(wanted).label(asked.lang)
        if wanted
        else norm.frequency.label(asked.lang)
        if norm.frequency
        else ""
    )
    words = asked.say(*OUTCOMES[each.outcome.value])
    grade, ground = (records.thing(iri).label(asked.lang) for iri in (norm.obligation, norm.basis))
    return Row(
        id=each.id,
        keys=(_type(each.kind), each.outcome.value, _tail(norm.obligation), _tail(norm.basis), norm.id),
        municipality=each.source.municipality,
        cells=(each.where.label(asked.lang), label, words, grade, ground, norm.id, ""),
    )


def source_asked(country: Country, asked: Asked) -> Source | None:
    """Return the report that `rapport` or `kommun` names, of a municipality the latest that describes forums.

    Whoever chooses another municipality in the form still sends the old report: then the municipality decides. None
    where neither is given; raises `UnknownName` for names that are not there.
    """
    name = asked.get("kommun")
    thing = country.municipality(name) if name else None
    if key := asked.get("rapport"):
        source = country.source(key)
        if thing in {None, source.municipality}:
            return source
    if thing is not None:
        cases, _ = country.opened()
        for source in country.reports_on(thing):
            if source.key in cases:
                return source
        raise UnknownName("report", name, hint=f"(no report on {thing.sv} is loaded)")
    return None


def gap_list(country: Country, asked: Asked) -> Reply:
    """Return gaps, questions and the rest as a list with filters: of one report, or of the whole country."""
    suffix = asked.values.get("suffix", "")
    if suffix not in {"", *FILES}:
        return not_found(asked, country, asked.path.strip("/"))
    source = source_asked(country, asked)
    fields = _fields(country, asked)
    chosen = _chosen(country, asked, fields)
    if source:
        rows = [_of_finding(asked, each) for each in country.reading(source.key).findings]
    else:
        rows = country.made(
            f"rows/{asked.lang}", lambda: [_of_counted(country, asked, each) for each in country.counted]
        )
    facets, shown = sift(rows, fields, chosen)
    if suffix:
        return _as_file(asked, suffix, shown)
    part, pages = paged(asked, len(shown), EACH)
    known = [
        (each.code, each.municipality.label(asked.lang)) for each in country.latest.values() if each.describes_forums
    ]
    where = source.municipality.label(asked.lang) if source else asked.say("alla kommuner", "all municipalities")
    kind = asked.get("typ") or "lucka"
    what = asked.say("luckor, frågor och resten", "gaps, questions and the rest")
    if kind in TYPES:
        what = asked.say(*TYPES[kind][1])
    title = asked.say("Luckor och frågor", "Gaps and questions") if kind == ALL else what[:1].upper() + what[1:]
    return show(
        asked,
        "gaps.html",
        f"{title}: {where}",
        source=source,
        report=named(asked, source.thing) if source else None,
        municipalities=sorted(known, key=lambda each: each[1]),
        code=source.code if source else "",
        reports=[(each.key, each.thing.label(asked.lang)) for each in _reports(country, source)],
        facets=facets,
        rows=shown[part],
        total=len(shown),
        first=part.start + 1,
        pages=pages,
        columns=(asked.say("forum och vem eller vad", "forum and who or what"), *FINDING_COLUMNS[asked.lang][2:7]),
        files=[(each.upper(), asked.to(f"/luckor.{each}", *_kept(asked))) for each in FILES],
        href=lambda row: asked.to(f"/fynd/{row.id}"),
        norm_href=lambda row: asked.to(page_of(f"{BASE}id/norm/{row.keys[4].lower()}")) if row.keys[4] else "",
        css=lambda row: next((name for name, each in _NAMES.items() if each == row.keys[0]), "other"),
    )


def _reports(country: Country, source: Source | None) -> list[Source]:
    """Return the reports on the municipality of a report that describe forums."""
    return [each for each in country.reports_on(source.municipality) if each.describes_forums] if source else []


def _kept(asked: Asked) -> list[tuple[str, str]]:
    return [(key, value) for key, value in asked.query if key not in {"lang", "sida"}]


def _fields(country: Country, asked: Asked) -> list[Field]:
    """Return what a list can be filtered by, in the order of the keys of a row."""

    def label(scheme: str) -> Callable[[str], str]:
        return lambda code: country.records.thing(concept(scheme, code)).label(asked.lang)

    return [
        Field("typ", asked.say("Visa", "Show"), lambda code: asked.say(*TYPES[code][1]), tuple(TYPES)),
        Field("utfall", asked.say("Utfall", "Outcome"), lambda code: asked.say(*OUTCOMES[code]), tuple(OUTCOMES)),
        Field("grad", asked.say("Förpliktelse", "Obligation"), label("forpliktelsegrad")),
        Field("grund", asked.say("Grund", "Basis"), label("normgrund")),
        Field("norm", "Norm", str),
    ]


def _chosen(country: Country, asked: Asked, fields: Sequence[Field]) -> dict[str, str]:
    """Return what is chosen in each field: gaps where nothing is said, any kind where an outcome is."""
    chosen = {each.name: asked.get(each.name) for each in fields}
    chosen["typ"] = chosen["typ"] or (ALL if chosen["utfall"] else "lucka")
    chosen["norm"] = chosen["norm"].upper()
    _check(country, asked, chosen)
    return chosen


def _check(country: Country, asked: Asked, chosen: Mapping[str, str]) -> None:
    """Raise `UnknownName` for a value that there is not: an empty list would read as if there were no gaps."""
    norms = country.made("norms", lambda: {each.norm.id for each in country.counted})
    known: Mapping[str, Collection[str]] = {
        "typ": [*TYPES, ALL],
        "utfall": list(OUTCOMES),
        "grad": [_tail(each) for each in country.parts.get(scheme_iri("forpliktelsegrad"), ())],
        "grund": [_tail(each) for each in country.parts.get(scheme_iri("normgrund"), ())],
        "norm": norms,
    }
    for name, values in known.items():
        if chosen[name] and chosen[name] not in values:
            some = ", ".join(sorted(values)[:20])
            hint = asked.say(f"Möjliga värden: {some}.", f"Possible values: {some}.")
            raise UnknownName(name, chosen[name], hint=hint)


def _as_file(asked: Asked, suffix: str, rows: Iterable[Row]) -> Reply:
    municipality = asked.say("kommun", "municipality")
    columns = (municipality, *FINDING_COLUMNS[asked.lang][:7], "id", asked.say("mening", "sentence"))
    table = [(each.municipality.label(asked.lang), *each.cells, each.id, each.sentence) for each in rows]
    name = asked.say("luckor", "gaps")
    if suffix == "csv":
        text = to_csv(columns, table, delimiter=";")
        return Reply(text.encode("utf-8-sig"), "text/csv", save_as=f"{name}.csv")
    if suffix == "xlsx":
        return Reply(plain_xlsx([PlainSheet(name, columns, table)]), _XLSX, save_as=f"{name}.xlsx")
    objects = [dict(zip(columns, row, strict=True)) for row in table]
    return Reply(json.dumps(objects, ensure_ascii=False, indent=1) + "\n", "application/json")


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
