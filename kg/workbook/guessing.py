"""Guesses of what a name stands for, each with a confidence from 0 to 1; whoever uses one says so."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.namespaces import BASE, FB, last_part
from kg.workbook.context import Concept, folded
from kg.workbook.stems import ACTORS, CLASSES, FORUMS

__all__ = ["Guess", "bare", "find_concept", "guess_class", "guess_concept", "guess_several", "kind_of_class"]

_ENDINGS: Final = (
    "arnas",
    "ernas",
    "ornas",
    "arna",
    "erna",
    "orna",
    "ens",
    "ets",
    "en",
    "et",
    "an",
    "na",
    "n",
    "t",
    "er",
    "ar",
    "or",
)
_BETWEEN: Final = re.compile(r"(?<!-)(?:\s*[,;/+&]|\s\b(?:och|samt|eller)\b)", re.IGNORECASE)
_ONE: Final = re.compile(r"^\w+(en|et|n) för ")
_HALVES: Final = re.compile(r"-?\s*(?:[,;/+&]|\b(?:och|samt|eller)\b)\s*", re.IGNORECASE)
_SHORT: Final = (
    (r"(?<=\w)förv\b\.?", "förvaltningen"),
    (r"(?<=\w)tj\b\.?", "tjänsten"),
    (r"(?<=\w)sekr\b\.?", "sekreterare"),
    (r"(?<=\w)ass\b\.?", "assistent"),
    (r"(?<=\w)pers\b\.?", "personal"),
    (r"(?<=\w)samordn\b\.?", "samordnare"),
    (r"\bordf\b\.?", "ordförande"),
    (r"\butb\b\.?(?=\w|-)?", "utbildning"),
    (r"\bsoc(?=tjänst|förvalt)", "social"),
)
"""Ends of words as they are cut short, each in full."""
_LIKELY, _SURE = 0.7, 0.94
_LONG: Final = 8
"""Letters of a word in which one wrong letter leaves no doubt of what is meant."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What is guessed (an IRI), what it is called, and how sure the guess is."""

    iri: str
    label: str
    confidence: float

    @property
    def percent(self) -> str:
        """How sure the guess is, as Swedish writes it: `95 %`."""
        return f"{self.confidence * 100:.0f} %"


@lru_cache(maxsize=20_000)
def bare(name: str) -> str:
    """Return a name without its inflection, word by word, for comparison only.

    >>> bare("polisen") == bare("Polis"), bare("Socialförvaltningen") == bare("socialförvaltning")
    (True, True)
    """
    return " ".join(_bare_word(word) for word in folded(name).replace("-", " ").split())


def _bare_word(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word.removesuffix("a") if len(word) > 4 else word


@lru_cache(maxsize=20_000)
def _in_full(name: str) -> str:
    said = folded(name)
    for short, full in _SHORT:
        said = re.sub(short, full, said)
    return said


def guess_class(name: str) -> Guess:
    """Return the class of actor that a name is likely to be of; what says nothing is a group of actors."""
    said = _in_full(name).replace("- ", "-")
    for pattern, cls, confidence in CLASSES:
        if re.search(pattern, said):
            return Guess(cls, last_part(cls), confidence)
    return Guess(FB.ActorGroup, "ActorGroup", 0.5)


def guess_concept(name: str, concepts: Iterable[Concept], *, forums: bool = False) -> Guess | None:
    """Return the kind of actor (or of forum) that a name is likely to be of, None where the name says nothing.

    The words of the terminology decide first: the whole name, then the longest of them inside it; then the stems that
    names of Swedish administrations and forums are built of. Uncertain by nature: `confidence` says how.
    """
    return _guessed(name, tuple(concepts), forums=forums)


@lru_cache(maxsize=20_000)
def _guessed(name: str, known: tuple[Concept, ...], *, forums: bool) -> Guess | None:
    said, stem = _in_full(name), bare(_in_full(name))
    for concept in known:
        if any(folded(word) == said or bare(word) == stem for word in (concept.label, *concept.others)):
            return Guess(concept.iri, concept.label, 0.95)
    best: Guess | None = None
    flat = said.replace("- ", "-")
    for pattern, code, confidence in FORUMS if forums else ACTORS:
        found = next((each for each in known if each.iri.endswith(f"/{code}")), None)
        if found and re.search(pattern, flat) and (best is None or confidence > best.confidence):
            best = Guess(found.iri, found.label, confidence)
    if best:
        return best
    inside = [
        (len(word), concept)
        for concept in known
        for word in (concept.label, *concept.others)
        if len(word) >= 4 and re.search(rf"\b{re.escape(bare(word))}", stem)
    ]
    if inside:
        _, concept = max(inside, key=lambda hit: (hit[0], hit[1].iri))
        return Guess(concept.iri, concept.label, 0.6)
    return _misspelt(said, known)


def _misspelt(said: str, known: Iterable[Concept]) -> Guess | None:
    """Return the concept that a long word is likely to be a misspelling of."""

    def long(word: str) -> bool:
        return max(map(len, re.findall(r"\w+", word)), default=0) >= _LONG

    if not long(said):
        return None
    words = {folded(word): each for each in known for word in (each.label, *each.others) if long(word)}
    near = difflib.get_close_matches(said, words, n=1, cutoff=0.88)
    return Guess(words[near[0]].iri, words[near[0]].label, _LIKELY) if near else None


def guess_several(name: str, concepts: Iterable[Concept]) -> tuple[str, ...]:
    """Return the kinds of actor that a name seems to list, () where it may be one actor.

    It lists several where parts between commas, slashes and conjunctions are likely to be of different kinds. A term of
    the terminology (`kultur och fritid`) is one, and so is what shares its last word (`skol- och fritidsförvaltningen`)
    or its first (`Nämnden för utbildning och fritid`).
    """
    known = list(concepts)
    whole = guess_concept(name, known)
    if (whole and whole.confidence > _SURE) or _ONE.search(folded(name)):
        return ()
    halves = len(_HALVES.findall(name)) > 1  # "Barn- och utbildning-, kultur- och fritid- och socialförvaltningen"
    parts = (_HALVES if halves else _BETWEEN).split(name)
    guesses = (guess_concept(part, known) for part in parts if part.strip())
    kinds = {each.iri: each.label for each in guesses if each and each.confidence >= _LIKELY}
    return tuple(kinds.values()) if len(kinds) > 1 else ()


def find_concept(said: str, concepts: Iterable[Concept]) -> list[Concept]:
    """Return the concepts that a word means: by name, else by other names, else without inflection."""
    known = list(concepts)
    wanted, short = folded(said), bare(said)
    ways: tuple[Callable[[Concept], set[str]], ...] = (
        lambda each: {folded(each.label), last_part(each.iri)},
        lambda each: {folded(other) for other in each.others},
        lambda each: {bare(word) for word in (each.label, *each.others)},
    )
    for names in ways:
        if hits := [each for each in known if wanted in names(each) or short in names(each)]:
            return hits
    return []


def kind_of_class(cls: str) -> str:
    """Return the segment of an IRI that a class of actor has."""
    name = cls.removeprefix(f"{BASE}spec/")
    return {
        "Committee": "namnd",
        "Assembly": "namnd",
        "PoliticalBody": "namnd",
        "Function": "funktion",
        "Company": "bolag",
        "JointAuthority": "forbund",
        "StateAgency": "myndighet",
        "PublicBody": "myndighet",
        "Municipality": "kommun",
        "Region": "region",
        "Programme": "program",
        "Forum": "forum",
    }.get(name, "org")
