"""The partner list: for each measure who provides it and with whom, as an application for a grant asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.briefs.content import Block, Brief, Heading, Paragraph, Table
from kg.briefs.parts import cited, sources, what_was_read
from kg.briefs.reading import Reading, sections_text
from kg.coverage.reach import Reach, ReachKind
from kg.findings import Finding, Lang, Thing
from kg.namespaces import FB, concept
from kg.phrases import capital, join

__all__ = ["partner_brief"]

NAMED = concept("foreteelse", "namngivna-samverkansaktorer")
"""What an application for a grant has to hold: the actors that the municipality means to work with."""
KINDS: dict[ReachKind, tuple[str, str]] = {
    ReachKind.INTERVENTION: ("Insatser", "Interventions"),
    ReachKind.PROGRAMME: ("Program och projekt", "Programmes and projects"),
}


def partner_brief(reading: Reading, lang: Lang) -> Brief:
    """Return providers and partners of each running intervention and programme that the report describes.

    Only who is named: a measure without a named partner may have many. Not said: whether a partner has agreed to be in
    an application.
    """
    sv, place = lang == "sv", reading.source.municipality.label(lang)
    asked = [each for each in reading.findings if each.expected and each.expected.iri == NAMED]
    note = (
        "Listan visar vilka rapporten nämner för varje åtgärd. Stäm av med var och en innan namnet används i en"
        " ansökan."
        if sv
        else "The list shows whom the report names for each measure. Check with each before a name is used."
    )
    blocks: list[Block] = [*what_was_read(reading, lang), Paragraph(f"{_rule(asked, lang)}{note}")]
    for kind in KINDS:
        blocks += _measures(reading, kind, lang)
    blocks += _together(reading, lang)
    return Brief(
        title=f"{place}: samverkansparter för varje åtgärd" if sv else f"{place}: partners for each measure",
        subtitle=f"{reading.source.thing.label(lang)}, {reading.source.observed_on.isoformat()}",
        lang=lang,
        observed_on=reading.source.observed_on.isoformat(),
        blocks=(*blocks, *sources(reading, asked[:1], lang)),
    )


def _rule(asked: Sequence[Finding], lang: Lang) -> str:
    if not asked or asked[0].norm_statement is None:
        return ""
    return f"{cited(asked[0], lang)}. "


def _measures(reading: Reading, kind: ReachKind, lang: Lang) -> list[Block]:
    reaches = [each for each in reading.coverage.reaches if each.kind is kind]
    if not reaches:
        return []
    sv = lang == "sv"
    columns = (
        ("Åtgärd", "Utförare", "Samverkar med", "För vem", "Underlag")
        if sv
        else ("Measure", "Provider", "Together with", "For whom", "Evidence")
    )
    rows = tuple(_row(reading, each, lang) for each in reaches)
    name = KINDS[kind][lang == "en"]
    caption = f"{name}: vem som gör vad, och med vem" if sv else f"{name}: who does what, and with whom"
    return [Heading(name), Table(caption, columns, rows, (26, 22, 22, 18, 12))]


def _names(things: Iterable[Thing], lang: Lang) -> str:
    words = sorted({each.label(lang) for each in things})
    return join(words, lang) or ("anges inte" if lang == "sv" else "not stated")


def _row(reading: Reading, reach: Reach, lang: Lang) -> tuple[str, ...]:
    records = reading.case.records
    claimed = {name: [iri for claim in reach.claims for iri in claim.all(name)] for name in (FB.provider, FB.partner)}
    partners = {records.thing(each) for each in claimed[FB.partner]}
    if reach.kind is ReachKind.PROGRAMME:
        forum = next((each for each in reading.case.forums if each.thing == reach.thing), None)
        members = reading.case.members(forum) if forum else []
        partners |= {each.actor.thing for each in members if each.current}
    ages = sorted({group.thing.label(lang) for group in reach.groups})
    sections = [section for claim in reach.claims for section in records.sections(claim)]
    return (
        reach.thing.label(lang),
        _names(map(records.thing, claimed[FB.provider]), lang),
        _names(partners, lang),
        join(ages, lang) or ("anges inte" if lang == "sv" else "not stated"),
        capital(sections_text(sections, lang)),
    )


def _together(reading: Reading, lang: Lang) -> list[Block]:
    """Return the written agreements that the report names, with their parties."""
    sv, records = lang == "sv", reading.case.records
    rows = []
    for document, _ in reading.case.documents:
        parties = document.all(FB.party)
        if parties:
            sections = capital(sections_text(records.sections(document), lang))
            rows.append((document.thing.label(lang), _names(map(records.thing, parties), lang), sections))
    if not rows:
        return []
    heading = "Överenskommelser som rapporten nämner" if sv else "Agreements that the report names"
    columns = ("Överenskommelse", "Parter", "Underlag") if sv else ("Agreement", "Parties", "Evidence")
    return [Heading(heading), Table(heading, columns, tuple(sorted(rows)), (40, 44, 16))]
