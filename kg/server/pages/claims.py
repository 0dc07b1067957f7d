"""Claims as a page tells them: what is said, in which words, how surely, and in which section of which report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.findings import Section, Thing
from kg.namespaces import DCTERMS, FB, ORG, PROV, RDF, SKOS
from kg.phrases import capital
from kg.records import Record
from kg.server.pages.addresses import is_ours, page_of
from kg.server.pages.asked import Asked
from kg.server.pages.country import Country
from kg.server.pages.terms import name_of_term

__all__ = [
    "Fact",
    "Seat",
    "Told",
    "Value",
    "facts_of",
    "is_seat",
    "named",
    "seat_of",
    "section_value",
    "sections_of",
    "tell",
    "value_of",
]

_HIDDEN = frozenset(
    {
        *(RDF.type, SKOS.prefLabel, SKOS.altLabel, PROV.wasDerivedFrom, FB.certainty, FB.asStated, FB.listsMembership),
        *(
            SKOS.definition,
            SKOS.scopeNote,
            SKOS.topConceptOf,
            FB.sha256,
            "http://www.w3.org/2004/02/skos/core#editorialNote",
        ),
    }
)
_SEATS = (FB.ForumMembership, FB.NonMembership)
_WORDS = {"true": ("ja", "yes"), "false": ("nej", "no")}


@dataclass(frozen=True, slots=True)
class Value:
    """A word of a page with the address that it leads to, "" where it leads nowhere; `away` leads to another site.

    `lang` is the language of the word, "" where it is that of the page.
    """

    text: str
    href: str = ""
    away: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property by its name, with its values."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim: its kind and address, what it says, the words of the report, how sure it is, and where it stands."""

    kind: str
    href: str
    facts: tuple[Fact, ...]
    quote: str
    certainty: str
    sections: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A claim that an actor takes part in a forum, or that it does not (`denied`)."""

    actors: tuple[Value, ...]
    forums: tuple[Value, ...]
    through: tuple[Value, ...]
    how: str
    denied: bool
    claim: Told


def named(asked: Asked, thing: Thing, *, linked: bool = True) -> Value:
    """Return a thing as its name, which leads to its page; an English page says of a Swedish name that it is one."""
    href = asked.to(page_of(thing.iri)) if linked else ""
    return Value(thing.label(asked.lang), href, lang="" if asked.sv or thing.en else "sv")


def value_of(country: Country, asked: Asked, text: str, *, about: str = "") -> Value:
    """Return a value of the graph as a word with its address; `about` is the page it stands on, which needs no link."""
    if is_ours(text):
        if text in country.records.named:
            return named(asked, country.records.thing(text), linked=text != about)
        return Value(name_of_term(text, asked.lang), "" if text == about else asked.to(page_of(text)))
    if text.startswith(("https://", "http://")):
        return Value(text, text, away=True)
    return Value(asked.say(*_WORDS[text]) if text in _WORDS else text)


def facts_of(
    country: Country, asked: Asked, record: Record, *, about: str = "", hidden: Iterable[str] = ()
) -> tuple[Fact, ...]:
    """Return what is stated of a record by property, in the order of the names; texts in the language asked for."""
    left_out = _HIDDEN | set(hidden)
    found = []
    for name, values in record.values.items():
        if name in left_out:
            continue
        text = record.text(name, asked.lang) or record.text(name, "sv")
        told = [text] if text else list(values)
        found.append(
            Fact(
                name_of_term(name, asked.lang),
                tuple(value_of(country, asked, each, about=about) for each in told if each != about),
            )
        )
    return tuple(sorted((each for each in found if each.values), key=lambda each: each.name))


def section_value(asked: Asked, section: Section) -> Value:
    """Return a section as a reference: number and title."""
    name = f"{section.number} {section.title}" if section.number[:1].isdigit() else section.title
    return Value(name, asked.to(page_of(section.iri)))


def sections_of(country: Country, asked: Asked, claim: Record) -> tuple[Value, ...]:
    """Return the sections that a claim cites."""
    return tuple(section_value(asked, each) for each in country.records.sections(claim))


def tell(country: Country, asked: Asked, claim: Record, *, about: str = "", hidden: Iterable[str] = ()) -> Told:
    """Return a claim for the page of `about`, which is not named again in it."""
    kinds = [name_of_term(each, asked.lang) for each in claim.all(RDF.type)]
    certainty = claim.one(FB.certainty)
    named = claim.thing.label(asked.lang) if claim.text(SKOS.prefLabel, "sv") else ""
    return Told(
        kind=capital(": ".join(filter(None, [", ".join(kinds), named]))),
        href=asked.to(page_of(claim.iri)) if is_ours(claim.iri) else "",
        facts=facts_of(country, asked, claim, about=about, hidden=hidden),
        quote=claim.text(FB.asStated, "sv"),
        certainty=country.records.thing(certainty).label(asked.lang) if certainty else "",
        sections=sections_of(country, asked, claim),
    )


def is_seat(claim: Record) -> bool:
    """Whether a claim says who takes part in a forum, or who does not."""
    return any(claim.is_a(name) for name in _SEATS)


def seat_of(country: Country, asked: Asked, claim: Record, *, about: str = "") -> Seat:
    """Return a membership or its denial as a row."""

    def values(*names: str) -> tuple[Value, ...]:
        return tuple(value_of(country, asked, iri, about=about) for name in names for iri in claim.all(name))

    labels: Sequence[str] = [
        country.records.thing(iri).label(asked.lang)
        for name in (ORG.role, FB.attendance, FB.status)
        for iri in claim.all(name)
    ]
    plain = ("ledamot", "member", "pågår", "running")
    return Seat(
        actors=values(ORG.member, FB.excludedActor),
        forums=values(ORG.organization, FB.excludedFrom),
        through=values(FB.representedBy),
        how=", ".join(each for each in labels if each not in plain),
        denied=claim.is_a(FB.NonMembership),
        claim=tell(country, asked, claim, about=about, hidden=(DCTERMS.isPartOf,)),
    )
