"""The year wheel: how often forums meet, and the recurring duties of the act on crime prevention."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg.briefs.content import Block, Brief, Heading, Listing, Paragraph, Table
from kg.briefs.parts import cited, sources, what_was_read
from kg.briefs.reading import Reading, sections_text
from kg.findings import Finding, Lang
from kg.maps.values import ForumNode
from kg.maps.words import meeting_phrase
from kg.namespaces import DCTERMS, FB, concept
from kg.phrases import capital, join
from kg.records import Record
from kg.wording.ages import listed

__all__ = ["wheel_brief", "years_later"]

DUTIES: dict[str, str] = {
    concept("foreteelse", "uppdaterad-lagesbild"): concept("dokumenttyp", "lagesbild"),
    concept("foreteelse", "uppfoljd-atgardsplan"): concept("dokumenttyp", "atgardsplan"),
}
"""The duties that return within two years, and the kind of document that each counts from."""
REPORTING = concept("foreteelse", "rapportering-kf")
YEARS = 2
MONTHS: dict[Lang, tuple[str, ...]] = {
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def years_later(day: date, years: int) -> date:
    """Return the same day so many years later; the last of February for a leap day.

    >>> years_later(date(2023, 7, 1), 2).isoformat(), years_later(date(2024, 2, 29), 2).isoformat()
    ('2025-07-01', '2026-02-28')
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def wheel_brief(reading: Reading, lang: Lang) -> Brief:
    """Return the year wheel: forums by rhythm, the recurring duties, and twelve months to fill in.

    A rhythm that the report does not state is asked for; no month is guessed. Deadlines count from a document that the
    report dates, and from the day the duty came into force where it dates none.
    """
    sv, place = lang == "sv", reading.source.municipality.label(lang)
    duties = _recurring(reading)
    months = tuple((capital(each), "", "") for each in MONTHS[lang])
    columns = ("Månad", "Möten", "Rapporter och beslut") if sv else ("Month", "Meetings", "Reports and decisions")
    return Brief(
        title=f"{place}: årshjul för det förebyggande arbetet" if sv else f"{place}: the year of prevention",
        subtitle=f"{reading.source.thing.label(lang)}, {reading.source.observed_on.isoformat()}",
        lang=lang,
        observed_on=reading.source.observed_on.isoformat(),
        blocks=(
            *what_was_read(reading, lang),
            *_meetings(reading, lang),
            *_duties(reading, duties, lang),
            Heading("Året, att fylla i" if sv else "The year, to fill in"),
            Table("Månad för månad" if sv else "Month by month", columns, months, (20, 40, 40)),
            *sources(reading, duties, lang),
        ),
    )


def _meetings(reading: Reading, lang: Lang) -> list[Block]:
    sv = lang == "sv"
    forums = [each for each in reading.model.forums if each.running and not each.programme]
    told = [each for each in forums if each.meetings != (None, None)]
    silent = [each for each in forums if each.meetings == (None, None)]
    told.sort(key=lambda each: (-(each.meetings[1] or each.meetings[0] or 0), each.thing.sv))
    blocks: list[Block] = [Heading("Möten" if sv else "Meetings")]
    if told:
        columns = (
            ("Forum", "Hur ofta", "Med rapportens ord", "Leder eller kallar", "Underlag")
            if sv
            else ("Forum", "How often", "As the report says", "Chairs or convenes", "Evidence")
        )
        rows = tuple(_meeting(reading, each, lang) for each in told)
        caption = "Forum med angiven mötesrytm, tätast först" if sv else "Forums with a stated rhythm, densest first"
        blocks.append(Table(caption, columns, rows, (26, 18, 22, 20, 14), quoted=(2,)))
    if silent:
        names = listed([each.thing.label(lang) for each in silent], lang, len(silent))
        blocks.append(
            Paragraph(f"Rapporten säger inte hur ofta de möts: {names}." if sv else f"No rhythm is stated for {names}.")
        )
    return blocks if told or silent else []


def _meeting(reading: Reading, forum: ForumNode, lang: Lang) -> tuple[str, ...]:
    names = {each.key: each.thing.label(lang) for each in reading.model.actors}
    leads = dict.fromkeys(names[each.actor] for each in reading.model.edges if each.forum == forum.key and each.leads)
    unstated = "anges inte" if lang == "sv" else "not stated"
    paused = (
        f" ({forum.status.label(lang)})" if forum.status and forum.status.iri == concept("status", "pausad") else ""
    )
    sections = sections_text([section for each in forum.evidence for section in each.sections], lang)
    return (
        f"{forum.thing.label(lang)}{paused}",
        meeting_phrase(forum).of(lang),
        forum.rhythm or unstated,
        join(list(leads), lang) or unstated,
        capital(sections),
    )


def _recurring(reading: Reading) -> list[Finding]:
    """Return the findings on the duties that return, each norm once."""
    wanted = {*DUTIES, REPORTING}
    found = {
        each.norm.iri: each for each in reading.findings if each.norm and each.expected and each.expected.iri in wanted
    }
    return [found[iri] for iri in sorted(found)]


def _dated(reading: Reading, kind: str) -> list[tuple[date, Record]]:
    found = []
    for document, kinds in reading.case.documents:
        days = [document.day(name) for name in (DCTERMS.issued, DCTERMS.date, FB.decidedOn)]
        known = [each for each in days if each]
        if kind in kinds and known:
            found.append((max(known), document))
    return sorted(found, key=lambda each: (each[0], each[1].iri))


def _duties(reading: Reading, duties: Iterable[Finding], lang: Lang) -> list[Block]:
    sv, items = lang == "sv", list[str]()
    for each in duties:
        items.append(f"{cited(each, lang)}. {_deadline(reading, each, lang)}")
    if not items:
        return []
    heading = "Det som lagen vill ha återkommande" if sv else "What the act wants again and again"
    return [Heading(heading), Listing(tuple(items))]


def _deadline(reading: Reading, duty: Finding, lang: Lang) -> str:
    sv, kind = lang == "sv", DUTIES.get(duty.expected.iri if duty.expected else "", "")
    if not kind:
        if sv:
            return (
                "Lagen anger inget antal gånger om året: lägg in de tillfällen som nämnd och fullmäktige har bestämt."
            )
        return "The act gives no number a year: put in the occasions that board and assembly have decided."
    dated, since = _dated(reading, kind), date.fromisoformat(duty.valid_from) if duty.valid_from else None
    name = reading.case.records.thing(kind).label(lang)
    if dated and since:
        day, document = dated[-1]
        last = years_later(max(day, since), YEARS).isoformat()
        title = document.thing.label(lang)
        if sv:
            return f"Den senaste som rapporten daterar är {title} ({day.isoformat()}); nästa gång senast {last}."
        return f"The latest that the report dates is {title} ({day.isoformat()}); next by {last}."
    if since:
        first = years_later(since, YEARS).isoformat()
        if sv:
            return (
                f"Rapporten daterar ingen {name}: räkna två år från dagen för er senaste. Kravet gäller från"
                f" {since.isoformat()}, så vi läser lagen som att inget kan vara försenat före {first}."
            )
        return (
            f"The report dates none: count two years from the day of your latest. In force from {since.isoformat()}, so"
            f" we read the act as nothing being late before {first}."
        )
    return ""
