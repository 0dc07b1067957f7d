"""Search by name: words in any order, å ä ö and case folded, municipalities and forums before the rest."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.findings import Lang, Thing
from kg.namespaces import DCTERMS, FB, SKOS, folded
from kg.records import Record, Records
from kg.sources import Source
from kg.workbook.places import municipalities

__all__ = ["GROUPS", "Entry", "make_index", "near_names", "search"]

GROUPS: dict[str, tuple[tuple[str, str], tuple[str, ...]]] = {
    "kommun": (("Kommuner", "Municipalities"), (FB.Municipality,)),
    "forum": (("Forum och program", "Forums and programmes"), (FB.Forum, FB.Programme)),
    "aktor": (
        ("Aktörer", "Actors"),
        (
            *(FB.PublicBody, FB.Region, FB.JointAuthority, FB.StateAgency, FB.PoliticalBody, FB.Assembly, FB.Committee),
            *(FB.AdministrativeUnit, FB.Administration, FB.Department, FB.Unit, FB.Company),
            *(FB.CivilSocietyOrganisation, FB.ActorGroup, FB.Function),
        ),
    ),
    "rapport": (("Rapporter", "Reports"), (FB.Source,)),
    "norm": (("Normer", "Norms"), (FB.ParticipationNorm, FB.ExistenceNorm, FB.FrequencyNorm, FB.DutyNorm)),
    "insats": (("Insatser", "Interventions"), (FB.Intervention,)),
    "dokument": (("Dokument", "Documents"), (FB.GoverningDocument, FB.Agreement, FB.LegalAct)),
}
"""The groups of a search in the order they are shown: names and the classes that belong to each."""

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its group, what it is, of which municipality, and its names folded."""

    group: str
    thing: Thing
    place: Thing | None
    folded: str
    own: tuple[str, ...]


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))


def make_index(records: Records, sources: Sequence[Source]) -> list[Entry]:
    """Return everything that can be found, in the order of groups and names; all 290 municipalities are among it."""
    found = [*_named(records), *_reports(records, sources)]
    known = {each.thing.iri for each in found}
    for place in municipalities():
        if place.iri not in known:
            name = _fold(place.name)
            thing = Thing(place.iri, place.official)
            found.append(Entry("kommun", thing, None, f" {name} {place.code} ", (name, place.code)))
    order = list(GROUPS)
    return sorted(found, key=lambda each: (order.index(each.group), each.own, each.thing.iri))


def _named(records: Records) -> Iterator[Entry]:
    for group, (_, classes) in GROUPS.items():
        if group == "rapport":
            continue
        seen: set[str] = set()
        for name in classes:
            for record in records.of_class(name):
                if record.iri not in seen:
                    seen.add(record.iri)
                    yield _entry(records, group, record)


def _entry(records: Records, group: str, record: Record) -> Entry:
    names = [record.thing.sv, record.thing.label("en"), *record.all(SKOS.altLabel), *record.all(SKOS.notation)]
    names += [record.one(FB.municipalityCode)] if record.is_a(FB.Municipality) else []
    home = record.one(FB.municipality)
    place = records.thing(home) if home else None
    return _made(group, record.thing, place, names)


def _made(group: str, thing: Thing, place: Thing | None, names: Iterable[str]) -> Entry:
    own = tuple(dict.fromkeys(word for name in names if (word := _fold(name))))
    where = _fold(place.sv) if place else ""
    return Entry(group, thing, place, f" {' '.join((*own, where))} ", own)


def _reports(records: Records, sources: Sequence[Source]) -> Iterator[Entry]:
    for source in sources:
        title = records.named[source.thing.iri]
        names = [source.thing.sv, source.thing.label("en"), source.key, *title.all(DCTERMS.title)]
        yield _made("rapport", source.thing, source.municipality, names)


def search(index: Sequence[Entry], asked: str) -> list[Entry]:
    """Return what every word asked for begins a word of; a whole name first, then names that begin so, then the rest.

    Kommun and stad as a last word do not matter. Words in the middle of a name are found where no word begins so.
    """
    words = [each for each in _fold(asked).split() if each not in {"kommun", "kommuns", "stad"}] or _fold(asked).split()
    if not words:
        return []
    whole = " ".join(words)
    found = [each for each in index if all(f" {word}" in each.folded for word in words)]
    found = found or [each for each in index if all(word in each.folded for word in words)]
    order = list(GROUPS)

    def rank(each: Entry) -> tuple[int, int, tuple[str, ...], str]:
        names = [name.removesuffix(" kommun").removesuffix(" stad") for name in each.own]
        place = 0 if whole in names else 1 if any(name.startswith(whole) for name in names) else 2
        return place, order.index(each.group), each.own, each.thing.iri

    return sorted(found, key=rank)


def near_names(index: Sequence[Entry], asked: str, lang: Lang) -> list[tuple[str, Thing]]:
    """Return at most three names that are nearly what was asked for, each with its thing.

    Only names of about the same length that begin or end alike are looked at: there are tens of thousands in a country.
    """
    names: dict[str, Entry] = {}
    for each in index:
        for name in each.own:
            names.setdefault(name.removesuffix(" kommun"), each)
    wanted = _fold(asked)
    alike = [
        each
        for each in names
        if abs(len(each) - len(wanted)) <= 3 and {each[:1], each[-1:]} & {wanted[:1], wanted[-1:]}
    ]
    near = difflib.get_close_matches(wanted, alike, n=5, cutoff=0.6)
    found = {names[name].thing.iri: names[name] for name in near}
    return [(each.thing.label(lang), each.thing) for each in list(found.values())[:3]]
