"""The page of a municipality or report: who sits where, which gaps, in which section; its map, analysis and briefs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.briefs.forms import FORMS, write
from kg.briefs.reading import Reading
from kg.cases import Case
from kg.errors import UnknownName
from kg.findings import Finding, Kind, Thing
from kg.maps.page import render_map
from kg.maps.rules import rule_table
from kg.maps.svg import render_svg
from kg.maps.told import tell as tell_map
from kg.maps.values import MapModel, Text
from kg.maps.words import meeting_phrase
from kg.namespaces import BASE, DCTERMS, FB, concept, last_part
from kg.network import Forum
from kg.pages.comparisons import pair_page
from kg.pages.digests import digest_page
from kg.server.pages.addresses import page_of
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.claims import Value, named, section_value
from kg.server.pages.country import Country
from kg.server.pages.frame import not_found, show
from kg.server.pages.things import Line, alternates_of, lines_of
from kg.sources import Source
from kg.wording import remark_sentence
from kg.workbook.places import municipalities

__all__ = ["analysis_page", "brief_page", "differences", "map_page", "municipality_page", "report_page"]

LEVELS = ("politisk", "strategisk", "operativ", "individ")
FIRST = 12
"""So many gaps are told at once on the page of a report; the list has all."""


@dataclass(frozen=True, slots=True)
class Row:
    """A forum as a report describes it: its levels, rhythm, members, and whether the list is whole."""

    forum: Value
    level: str
    rhythm: str
    members: tuple[Value, ...]
    whole: bool
    running: bool
    place: str


@dataclass(frozen=True, slots=True)
class Way:
    """A button of a report: where it leads, and its name."""

    href: str
    name: str


def municipality_page(country: Country, asked: Asked, thing: Thing) -> Reply:
    """Return the page of a municipality: its latest report that describes forums, and the others."""
    reports = country.reports_on(thing)
    if not reports:
        names = {each.iri: each.official for each in municipalities()}
        if thing.iri not in names and thing.iri not in country.records.named:
            return not_found(asked, country, thing.iri.removeprefix(f"{BASE}id/"))
        named = thing.iri in country.records.named or thing.iri in country.mentions
        return show(asked, "unread.html", names.get(thing.iri) or thing.label(asked.lang), thing=thing, named=named)
    cases, _ = country.opened()
    latest = next((each for each in reports if each.key in cases), reports[0])
    return _page(country, asked, latest, reports, title=thing.label(asked.lang), iri=thing.iri)


def report_page(country: Country, asked: Asked, source: Source) -> Reply:
    """Return the page of a report with the sections that it has."""
    reports = country.reports_on(source.municipality)
    title = source.thing.label(asked.lang)
    return _page(country, asked, source, reports, title=title, iri=source.thing.iri)


def _page(country: Country, asked: Asked, source: Source, reports: Sequence[Source], *, title: str, iri: str) -> Reply:
    cases, _ = country.opened()
    reading = country.reading(source.key) if source.key in cases else None
    findings = reading.findings if reading else ()
    gaps = lines_of(asked, findings, Kind.GAP)
    record = country.records.named[source.thing.iri]
    return show(
        asked,
        "report.html",
        title,
        alternates=alternates_of(asked, iri),
        iri=iri,
        source=source,
        of_municipality=iri == source.municipality.iri,
        report=named(asked, source.thing),
        municipality=named(asked, source.municipality),
        whole_title=record.text(DCTERMS.title, "sv") or record.one(DCTERMS.title),
        rows=_rows(reading, asked) if reading else [],
        five=_five(reading, asked) if reading else [],
        gaps=gaps[:FIRST],
        count={kind.value: sum(each.kind is kind for each in findings) for kind in Kind},
        outstanding=sum(each.stands_out for each in findings if each.kind is Kind.COMPARISON),
        list_of=lambda kind: asked.to("/luckor", rapport=source.key, typ=kind),
        ways=_ways(asked, source, reports, described=reading is not None),
        reports=[_listed(asked, each) for each in reports],
        sections=_sections(country, asked, source),
        facts=asked.to(page_of(iri), vy="uppgifter"),
    )


def _five(reading: Reading, asked: Asked) -> list[Line]:
    """Return the five that matter most as lines, findings on norms and remarks on the data alike."""
    lines = []
    for each in (ranked.item for ranked in reading.five):
        if isinstance(each, Finding):
            lines += lines_of(asked, [each], *Kind, all_of=True)
        else:
            name = ", ".join(dict.fromkeys(one.label(asked.lang) for one in each.subjects[:3]))
            address = asked.to(f"/fynd/{each.id}")
            lines.append(Line(name, remark_sentence(each, asked.lang), address, "remark"))
    return lines


def _listed(asked: Asked, source: Source) -> tuple[Value, str]:
    return named(asked, source.thing), source.observed_on.isoformat()


def _rows(reading: Reading, asked: Asked) -> list[Row]:
    case = reading.case
    rhythms = {
        each.thing.iri: meeting_phrase(each).of(asked.lang)
        for each in reading.model.forums
        if any(number is not None for number in each.meetings)
    }

    def order(forum: Forum) -> tuple[bool, int, str]:
        codes = [last_part(each.iri) for each in forum.levels]
        return forum.programme, min((LEVELS.index(c) for c in codes if c in LEVELS), default=9), forum.thing.sv

    return [_row(case, asked, each, rhythms.get(each.thing.iri, "")) for each in sorted(case.forums, key=order)]


def _row(case: Case, asked: Asked, forum: Forum, rhythm: str) -> Row:
    seen: dict[str, Value] = {}
    for each in case.members(forum):
        if each.current:
            through = ", ".join(one.label(asked.lang) for one in each.functions)
            name = each.actor.thing.label(asked.lang)
            text = f"{name} ({through})" if through else name
            seen.setdefault(text, Value(text, asked.to(page_of(each.actor.thing.iri))))
    level = ", ".join(each.label(asked.lang) for each in forum.levels)
    if not level and forum.programme:
        level = asked.say("program", "programme")
    return Row(
        forum=named(asked, forum.thing),
        level=level or asked.say("nivå ej angiven", "level not stated"),
        rhythm=rhythm,
        members=tuple(seen.values()),
        whole=forum.completeness == concept("fullstandighet", "fullstandig"),
        running=forum.running,
        place=asked.to(f"/karta/{case.source.key}") + f"#node={forum.thing.iri.removeprefix(f'{BASE}id/')}",
    )


def _ways(asked: Asked, source: Source, reports: Sequence[Source], *, described: bool) -> list[Way]:
    if not described:
        return []
    key, code = source.key, source.code
    ways = [
        Way(asked.to(f"/karta/{key}"), asked.say("Öppna kartan", "Open the map")),
        Way(asked.to("/luckor", rapport=key, typ="alla"), asked.say("Luckor och frågor", "Gaps and questions")),
        Way(asked.to("/tackning", rapport=key), asked.say("Åldrar", "Ages")),
        Way(asked.to(f"/analys/{key}"), asked.say("Analys", "Analysis")),
        Way(asked.to(f"/underlag/{key}"), asked.say("Underlag till nämnden", "Brief for the committee")),
        Way(asked.to(f"/underlag/{key}", form="fragor"), asked.say("Frågor till mötet", "Questions for the meeting")),
        Way(asked.to(f"/underlag/{key}", form="revision"), asked.say("Underlag till revisorer", "Form for auditors")),
        Way(
            asked.to("/jamfor", ("kommun", code), ("for", code), ("valj", "1")),
            asked.say("Jämför med andra", "Compare with others"),
        ),
    ]
    earlier = [each for each in reports if each.observed_on < source.observed_on and each.describes_forums]
    if earlier:
        name = asked.say("Bredvid den förra rapporten", "Beside the report before")
        ways.append(Way(asked.to(f"/skillnader/{earlier[0].key}/{key}"), name))
    return ways


def _sections(country: Country, asked: Asked, source: Source) -> list[tuple[Value, int]]:
    """Return the sections of a report in its order, with how many claims each holds."""
    found = country.records.of_class_on(FB.SourceSection, DCTERMS.isPartOf, source.thing.iri)
    sections = sorted((country.records.section(each.iri) for each in found), key=lambda each: _numbers(each.number))
    return [(section_value(asked, each), len(country.mentions.get(each.iri, ()))) for each in sections]


def _numbers(number: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in number.split("."))


def _reading(country: Country, name: str) -> Reading:
    """Return the reading of a report by its key, or of the latest report on a municipality by any of its names."""
    if name in country.by_key:
        return country.reading(name)
    try:
        thing = country.municipality(name)
    except UnknownName:
        return country.reading(country.source(name).key)
    cases, _ = country.opened()
    for source in country.reports_on(thing):
        if source.key in cases:
            return country.reading(source.key)
    raise UnknownName("report", name, hint=f"(no report on {thing.sv} is loaded)")


def _drawn(reading: Reading) -> MapModel:
    case, model = reading.case, reading.model
    return replace(tell_map(case, model, reading.remarks), rules=rule_table(case, model))


def map_page(country: Country, asked: Asked) -> Reply:
    """Return the map of a report: one closed page with ways back, or the picture where the name ends in `.svg`."""
    name = asked.values["name"]
    if name.endswith(".svg"):
        reading = _reading(country, name.removesuffix(".svg"))
        return Reply(render_svg(reading.model, asked.lang), "image/svg+xml", save_as=f"{reading.source.key}.svg")
    reading = _reading(country, name)
    key = reading.source.key
    links = [
        (asked.to(page_of(reading.source.thing.iri)), Text("Rapporten", "The report")),
        (asked.to("/luckor", rapport=key, typ="alla"), Text("Luckor och frågor", "Gaps and questions")),
        (asked.to("/"), Text("Alla kommuner", "All municipalities")),
    ]
    return Reply(render_map(_drawn(reading), asked.lang, links=links))


def analysis_page(country: Country, asked: Asked) -> Reply:
    """Return the analysis of one report."""
    reading = _reading(country, asked.values["name"])
    back = asked.to(f"/karta/{reading.source.key}")
    page = digest_page(
        reading.case,
        reading.results,
        asked.lang,
        peers=reading.peers,
        back=back,
        site=asked.site(),
        link=lambda finding: asked.to(f"/fynd/{finding}"),
    )
    return Reply(page)


def brief_page(country: Country, asked: Asked) -> Reply:
    """Return a report on paper, in the form that `form` names: a closed page that prints."""
    reading, form = _reading(country, asked.values["name"]), asked.get("form") or "namnd"
    if form not in FORMS:
        raise UnknownName("form", form, tuple(FORMS))
    return Reply(write(FORMS[form](reading, asked.lang), "html"))


def differences(country: Country, asked: Asked) -> Reply:
    """Return two reports on one municipality side by side."""
    earlier, later = (country.source(asked.values[each]) for each in ("earlier", "later"))
    cases, _ = country.opened()
    if earlier.municipality != later.municipality or earlier.observed_on >= later.observed_on:
        raise UnknownName("report", earlier.key, hint=_not_earlier(asked, later))
    missing = [each for each in (earlier, later) if each.key not in cases]
    if missing:
        raise UnknownName("report", missing[0].key, hint=f"{missing[0].key} describes no forums")
    maps = (asked.to(f"/karta/{earlier.key}"), asked.to(f"/karta/{later.key}"))
    return Reply(pair_page(cases[earlier.key], cases[later.key], asked.lang, maps=maps, site=asked.site()))


def _not_earlier(asked: Asked, later: Source) -> str:
    return asked.say(
        f"Den är ingen tidigare rapport om samma kommun som {later.key}.",
        f"It is no earlier report on the same municipality as {later.key}.",
    )
