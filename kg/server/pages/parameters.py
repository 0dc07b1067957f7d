"""What a named question may be bound by, as typed parameters of an address, and how their values are understood."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import UnknownName
from kg.namespaces import BASE, folded, thing
from kg.questions import Question
from kg.server.errors import RequestRefused
from kg.server.pages.addresses import is_ours
from kg.server.pages.country import Country

__all__ = ["PARAMETERS", "Parameter", "are_known", "bindings_of", "columns_of", "title_of"]

_SELECTED = re.compile(r"^SELECT\s+(?:DISTINCT\s+|REDUCED\s+)?([^\n{]*)", re.MULTILINE)
_VARIABLE = re.compile(r"\?(\w+)")
_ACTORS = ("org", "namnd", "myndighet", "kommun", "region", "forbund", "bolag", "funktion")
_FORUMS = ("forum", "program")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name and label, what it takes in words, an example, and the kinds of IRI it may be."""

    name: str
    label: tuple[str, str]
    sv: str
    en: str
    example: str
    kinds: tuple[str, ...] = ()


_EITHER = ("en aktör eller ett forum", "an actor or a forum", "0780/bra", (*_FORUMS, *_ACTORS))
PARAMETERS: Mapping[str, Parameter] = {
    each.name: each
    for each in (
        Parameter(
            *("kommun", ("Kommun", "Municipality")),
            *("en kommun: kod, namn eller slug", "a municipality: code, name or slug", "0780"),
        ),
        Parameter("kalla", ("Rapport", "Report"), "en rapport: nyckel", "a report: key", "vaxjo-2022"),
        Parameter(
            *("forum", ("Forum", "Forum"), "ett forum: kommun och slug, namn eller IRI"),
            *("a forum: municipality and slug, name or IRI", "0780/bra", _FORUMS),
        ),
        Parameter(
            *("aktor", ("Aktör", "Actor"), "en aktör: slag och slug, namn eller IRI"),
            *("an actor: kind and slug, name or IRI", "myndighet/polismyndigheten", _ACTORS),
        ),
        Parameter("fran", ("Från", "From"), *_EITHER),
        Parameter("till", ("Till", "To"), *_EITHER),
    )
}
"""What questions are bound by, by the name of the variable."""


def columns_of(question: Question) -> tuple[str, ...]:
    """Return the columns that a named question answers, in their order."""
    selected = _SELECTED.search(question.text)
    return tuple(_VARIABLE.findall(selected[1])) if selected else ()


def title_of(question: Question, *, sv: bool) -> str:
    """Return what a question asks, in words."""
    return question.sv if sv else question.en or question.sv


_MOST_KNOWN, _LONGEST_KNOWN = 4096, 200
"""So many values of parameters are remembered of each state of the data, none longer than so many letters."""


def are_known(country: Country, given: Iterable[tuple[str, str]]) -> bool:
    """Whether the values of the fields were understood before, so that nothing has to be searched for them."""
    return all(not value.strip() or (name, value.strip()) in country.meant for name, value in given)


def bindings_of(
    country: Country, question: Question, given: Iterable[tuple[str, str]]
) -> dict[str, str | tuple[str, ...]]:
    """Return the IRIs that a question is bound to by the fields of an address; a field given twice is an alternative.

    Raises `RequestRefused` (400) for a field that the question does not take, `UnknownName` for a value that is not
    there, with near ones.
    """
    found: dict[str, list[str]] = {}
    for name, value in given:
        if name not in question.binds:
            takes = ", ".join(question.binds) or "nothing"
            raise RequestRefused(400, f"{question.name} does not take {name!r}; it takes {takes}")
        if value.strip():
            found.setdefault(name, []).append(_known_iri(country, PARAMETERS[name], value.strip()))
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def _known_iri(country: Country, parameter: Parameter, value: str) -> str:
    """Return what a value means, remembered of the state of the data."""
    key = (parameter.name, value)
    iri = country.meant.get(key)
    if iri is None:
        iri = _iri(country, parameter, value)
        if len(value) <= _LONGEST_KNOWN and len(country.meant) < _MOST_KNOWN:
            country.meant[key] = iri
    return iri


def _iri(country: Country, parameter: Parameter, value: str) -> str:
    if parameter.name == "kommun":
        return value if _names(value, ("kommun",)) else country.municipality(value).iri
    if parameter.name == "kalla":
        return country.source(value.removeprefix(f"{BASE}res/kalla/")).thing.iri
    if _names(value, parameter.kinds):
        if value in country.records.named:
            return value
        raise UnknownName(parameter.name, value, _near(country, parameter, value))
    return _found(country, parameter, value)


def _names(value: str, kinds: Sequence[str]) -> bool:
    """Whether a value is an IRI of the graph of one of these kinds."""
    return is_ours(value) and value.removeprefix(f"{BASE}id/").partition("/")[0] in kinds


def _found(country: Country, parameter: Parameter, value: str) -> str:
    """Return the IRI that a short form or a name means; raises `UnknownName` where none or several do."""
    parts = [folded(part) for part in value.split("/") if folded(part)]
    named = country.records.named
    short = [f"{BASE}id/{'/'.join(parts)}", *(thing(kind, *parts) for kind in parameter.kinds if parts)]
    for iri in short:
        if iri in named and _names(iri, parameter.kinds):
            return iri
    name = " ".join(parts[-1:]).replace("-", " ")
    hits = [
        each.thing.iri
        for each in country.index
        if _names(each.thing.iri, parameter.kinds)
        and (name in each.own or (len(parts) == 1 and each.thing.iri.endswith(f"/{parts[0]}")))
    ]
    hits = list(dict.fromkeys(hits))
    if len(hits) == 1:
        return hits[0]
    near = tuple(each.removeprefix(f"{BASE}id/") for each in hits[:5]) or _near(country, parameter, value)
    raise UnknownName(parameter.name, value, near)


def _near(country: Country, parameter: Parameter, value: str) -> tuple[str, ...]:
    wanted = value.removeprefix(f"{BASE}id/")
    keys = {
        each.thing.iri.removeprefix(f"{BASE}id/").partition("/")[2]: each.thing.iri.removeprefix(f"{BASE}id/")
        for each in country.index
        if _names(each.thing.iri, parameter.kinds)
    }
    return tuple(keys[each] for each in difflib.get_close_matches(wanted, list(keys), n=3, cutoff=0.5))
