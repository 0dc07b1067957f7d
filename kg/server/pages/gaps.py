"""Gaps, questions and the rest as a list with filters in the address, of one report or of the whole country."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import UnknownName
from kg.findings import Finding, Kind, Thing
from kg.listings import FINDING_COLUMNS, finding_rows
from kg.namespaces import BASE, concept
from kg.sentences import sentence
from kg.server.pages.addresses import page_of
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.claims import Value
from kg.server.pages.country import Counted, Country
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

_ALL = "alla"
_NAMES = {"gap": "lucka", "question": "fraga", "comparison": "jamforelse", "met": "finns"}


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome in a list: what it can be filtered by, and the words of its cells in the order of the columns."""

    id: str
    kind: str
    outcome: str
    obligation: str
    basis: str
    norm: str
    municipality: Thing
    cells: tuple[str, ...]
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter: its field, name, and the choices with how many rows each would show."""

    field: str
    name: str
    choices: tuple[tuple[str, str, int], ...]
    chosen: str


def _tail(thing: Thing | str | None) -> str:
    iri = thing.iri if isinstance(thing, Thing) else thing or ""
    return iri.rsplit("/", 1)[-1]


def _type(kind: Kind) -> str:
    return next(name for name, (each, _) in TYPES.items() if each is kind)


def _of_finding(asked: Asked, finding: Finding) -> Row:
    row = finding_rows([finding], asked.lang)[0]
    norm = _tail(finding.norm)
    return Row(
        id=finding.id,
        kind=_type(finding.kind),
        outcome=finding.outcome.value,
        obligation=_tail(finding.obligation),
        basis=_tail(finding.basis),
        norm=norm.upper(),
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
        kind=_type(each.kind),
        outcome=each.outcome.value,
        obligation=_tail(norm.obligation),
        basis=_tail(norm.basis),
        norm=norm.id,
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
    if source:
        rows = [_of_finding(asked, each) for each in country.reading(source.key).findings]
    else:
        rows = [_of_counted(country, asked, each) for each in country.counted]
    facets, shown = _filtered(country, asked, rows)
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
    title = asked.say("Luckor och frågor", "Gaps and questions") if kind == _ALL else what[:1].upper() + what[1:]
    return show(
        asked,
        "gaps.html",
        f"{title}: {where}",
        source=source,
        report=Value(source.thing.label(asked.lang), asked.to(page_of(source.thing.iri))) if source else None,
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
        norm_href=lambda row: asked.to(page_of(f"{BASE}id/norm/{row.norm.lower()}")) if row.norm else "",
        css=lambda row: next((name for name, each in _NAMES.items() if each == row.kind), "other"),
    )


def _reports(country: Country, source: Source | None) -> list[Source]:
    """Return the reports on the municipality of a report that describe forums."""
    return [each for each in country.reports_on(source.municipality) if each.describes_forums] if source else []


def _kept(asked: Asked) -> list[tuple[str, str]]:
    return [(key, value) for key, value in asked.query if key not in {"lang", "sida"}]


def _filtered(country: Country, asked: Asked, rows: Sequence[Row]) -> tuple[list[Facet], list[Row]]:
    """Return the filters, each counted among the rows that the others leave, and the rows that all of them leave."""
    records = country.records

    def label(scheme: str) -> Callable[[str], str]:
        return lambda code: records.thing(concept(scheme, code)).label(asked.lang)

    fields: list[tuple[str, str, Callable[[Row], str], Callable[[str], str], str]] = [
        ("typ", asked.say("Visa", "Show"), lambda row: row.kind, lambda code: asked.say(*TYPES[code][1]), "lucka"),
        (
            "utfall",
            asked.say("Utfall", "Outcome"),
            lambda row: row.outcome,
            lambda code: asked.say(*OUTCOMES[code]),
            "",
        ),
        ("grad", asked.say("Förpliktelse", "Obligation"), lambda row: row.obligation, label("forpliktelsegrad"), ""),
        ("grund", asked.say("Grund", "Basis"), lambda row: row.basis, label("normgrund"), ""),
        ("norm", "Norm", lambda row: row.norm, lambda code: code, ""),
    ]
    chosen = {name: asked.get(name) or default for name, _, _, _, default in fields}
    if asked.get("utfall") and not asked.get("typ"):
        chosen["typ"] = _ALL
    chosen["norm"] = chosen["norm"].upper()
    _check(asked, chosen)
    keys = [(name, key) for name, _, key, _, _ in fields]

    def leaves(row: Row, besides: str = "") -> bool:
        return all(name == besides or chosen[name] in {"", _ALL, key(row)} for name, key in keys)

    facets = []
    for name, title, key, words, _ in fields:
        counts = Counter(key(row) for row in rows if leaves(row, name))
        counts.pop("", None)
        order = {"typ": list(TYPES), "utfall": list(OUTCOMES)}.get(name, sorted(counts))
        if chosen[name] not in {"", _ALL, *order}:
            order = [*order, chosen[name]]
        choices = tuple((code, words(code), counts[code]) for code in order if counts[code] or code == chosen[name])
        facets.append(Facet(name, title, choices, chosen[name]))
    return facets, [row for row in rows if leaves(row)]


def _check(asked: Asked, chosen: Mapping[str, str]) -> None:
    """Raise `UnknownName` for a type or outcome that there is not."""
    for name, known in (("typ", [*TYPES, _ALL]), ("utfall", list(OUTCOMES))):
        if chosen[name] and chosen[name] not in known:
            hint = asked.say(f"Möjliga värden: {', '.join(known)}.", f"Possible values: {', '.join(known)}.")
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
