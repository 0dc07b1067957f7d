"""Municipalities and reports by what people call them: a name, a code, a slug, a key."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.errors import UnknownName
from kg.namespaces import FB, SKOS, folded, last_part
from kg.questions import named_query
from kg.store import Store, literal_of
from kg.store.binding import OwnQuery

if TYPE_CHECKING:
    from kg.findings import Thing

__all__ = ["find_municipality", "municipality_iri", "near_key", "source_iri_of"]

_CALLED = f"""
SELECT DISTINCT ?kommun
WHERE {{
  VALUES ?namn {{ %s }}
  ?kommun <{SKOS.prefLabel}> ?namn ;
          <{FB.municipalityCode}> ?kod .
}}
"""
_MEANT = {letter: like for like in ("aåä", "oö", "eé", "uü", "AÅÄ", "OÖ", "EÉ", "UÜ") for letter in like}
_MOST_ALIKE = 200


def _fold(name: str) -> str:
    words = [word for word in folded(name).split("-") if word not in {"kommun", "kommuns", "stad", "municipality"}]
    return "-".join(words)


def find_municipality(known: Iterable[tuple[Thing, str]], name: str) -> Thing:
    """Return the municipality meant by a name, a code or a slug; case, å ä ö and "kommun" do not matter.

    `known` pairs each municipality with its code. Raises `UnknownName` with near names.
    """
    pairs = list(known)
    wanted = _fold(name)
    by_name: dict[str, dict[str, Thing]] = {}
    for thing, code in pairs:
        for label in {thing.sv, thing.label("en"), code} - {""}:
            by_name.setdefault(_fold(label), {})[thing.iri] = thing
    hits = by_name.get(wanted, {})
    if len(hits) == 1:
        return next(iter(hits.values()))
    import difflib  # noqa: PLC0415  only a wrong name needs it

    if hits:
        near = tuple(f"{thing.sv} ({last_part(thing.iri)})" for thing in hits.values())
    else:
        names = {_fold(thing.sv): thing.sv for thing, _ in pairs}
        near = tuple(names[each] for each in difflib.get_close_matches(wanted, list(names), n=3, cutoff=0.5))
    raise UnknownName("municipality", name, near)


def _written_alike(name: str) -> list[str]:
    """Return a name with every letter that may be meant for its own, with and without "kommun"; none for many."""
    letters = [_MEANT.get(letter, letter) for letter in name]
    if not name.isprintable() or math.prod(map(len, letters)) > _MOST_ALIKE:
        return []
    alike = ["".join(each) for each in itertools.product(*letters)]
    return [form for each in alike for form in (each, f"{each} kommun")]


def municipality_iri(store: Store, name: str) -> str:
    """Return the IRI of the municipality meant, asking the store for nothing else.

    A name that is written as in the store, and as no other but for its dots and rings, is looked up alone: among 290 on
    a disk that is ten times as fast as a list.
    """
    names = " ".join(literal_of(each, "sv") for each in _written_alike(name.strip()))
    alike = [iri for (iri,) in store.select(OwnQuery(_CALLED % names)).values()]
    if len(alike) == 1:
        return alike[0]
    from kg.findings import Thing  # noqa: PLC0415  a name written as it is needs no list

    rows = store.select(named_query("network/municipalities")).values()
    return find_municipality([(Thing(iri, label), code) for iri, label, code in rows], name).iri


def source_iri_of(store: Store, key: str) -> str:
    """Return the IRI of the source with a key, asking the store for nothing else; raises `UnknownName`."""
    known = {last_part(iri): iri for (iri,) in store.select(named_query("network/sources")).values()}
    return known[near_key(key, known)]


def near_key(key: str, known: Iterable[str]) -> str:
    """Return the key of a report as it is written among those known; raises `UnknownName` with near ones."""
    wanted, keys = folded(key), list(known)
    if wanted in keys:
        return wanted
    import difflib  # noqa: PLC0415  only a wrong key needs it

    near = tuple(difflib.get_close_matches(wanted, keys, n=3, cutoff=0.4))
    raise UnknownName("report", key, near, hint="List them with: kg sources list")
