"""Guesses of what a name stands for, each with a confidence from 0 to 1; whoever uses one says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.namespaces import BASE, FB
from kg.workbook.context import Concept, folded

__all__ = ["Guess", "bare", "find_concept", "guess_class", "guess_concept", "guess_several", "kind_of_class"]

_CLASSES: Final = (
    (r"fullmäktige$", FB.Assembly, 0.95),
    (r"(nämnd(en)?|styrelse(n)?|utskott(et)?)$", FB.Committee, 0.9),
    (r"^nämnden för ", FB.Committee, 0.95),
    (r"(presidi(um|et)|revisorer(na)?|kommunrevision(en)?|beredning(en)?)$", FB.PoliticalBody, 0.7),
    (r"(förvaltning(en)?|kontor(et)?|stab(en)?)$", FB.Administration, 0.85),
    (r"^region(en)?( |$)|regionen$|landstinget$", FB.Region, 0.5),
    (r"avdelning(en)?$", FB.Department, 0.9),
    (r"(myndighet(en)?|verket|länsstyrelsen|kronofogden|försäkringskassan|förmedlingen)\b", FB.StateAgency, 0.85),
    (r"(förbund(et)?)$", FB.JointAuthority, 0.6),
    (r"( ab|bolag(et)?|bostäder|hem ab)$", FB.Company, 0.8),
    (
        r"(förening(en)?|kyrka(n)?|församling(en)?|kåren|klubb(en)?|ideella|stadsmission(en)?)$",
        FB.CivilSocietyOrganisation,
        0.8,
    ),
    (
        r"(chef(en)?|direktör(en)?|samordnare(n)?|strateg(en)?|ledare(n)?|sekreterare(n)?|kurator(n)?|rektor(n)?|"
        r"kommunpolis(en)?|områdespolis(en)?|ordförande(n)?|handläggare(n)?|utvecklare(n)?|sköterska(n)?|psykolog(en)?|"
        r"koordinator(n)?|assistent(en)?|lots(en)?|pedagog(en)?|coach(en)?|specialist(en)?)$",
        FB.Function,
        0.85,
    ),
    (
        r"(enhet(en)?|team(et)?|grupp(en)?|mottagning(en)?|central(en)?|gård(en)?|gymnasi(um|et)|skola|hälsan|jour(en)?|"
        r"öppenvård(en)?|institution(en)?|bibliotek(et)?)$",
        FB.Unit,
        0.7,
    ),
)
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
_BETWEEN: Final = re.compile(r"[,;/+&]|\b(?:och|samt|eller)\b", re.IGNORECASE)
_ONE: Final = re.compile(r"^\w+(en|et|n) för |-\s*(,|och\b|eller\b|&)")
_LIKELY, _SURE = 0.7, 0.94
_HINTS: Final = (
    (
        r"nämnd(en)?$|styrelse(n)?$|fullmäktige$|utskott|presidi|politik|förtroendevald|revisor|kommunrevision",
        "politik",
        0.9,
    ),
    (r"\b(bup|barn- ?och ungdomspsykiatri|psykiatri|sjukvård|vårdcentral|beroende)", "halso-sjukvard", 0.8),
    (r"polis", "polis", 0.9),
    (r"elevhäls|skolkurator|skolsköterska|skolsocial", "elevhalsa", 0.85),
    (r"gymnasi", "gymnasiehuvudman", 0.6),
    (r"skol|utbildning|bildning|rektor|lärare", "skola", 0.75),
    (
        r"social|^soc$|individ- ?och familj|\bifo\b|fältgrupp|fältar|fältassist|öppenvård|familjehem|stöd och omsorg",
        "socialtjanst",
        0.75,
    ),
    (r"fritid|ungdomens hus|ungdomsgård|mötesplats", "fritid", 0.75),
    (r"trygghet|säkerhet|brottsförebygg", "trygghet-sakerhet", 0.7),
    (r"bostäder|bostads|fastighet|hyresvärd", "bostadsbolag", 0.7),
    (
        r"förening|idrott|kyrka|församling|civilsamhäll|ideell|trossamfund|studieförbund|rädda barnen|stadsmission",
        "civilsamhalle",
        0.75,
    ),
    (r"räddningstjänst|brandkår", "raddningstjanst", 0.9),
    (r"samhällsbygg|teknisk|miljö- ?och|stadsbygg|gatu", "samhallsbyggnad", 0.7),
    (r"kommunledning|kommundirektör|kommunchef|kommunkansli|förvaltningschef", "kommunledning", 0.75),
    (r"arbetsmarknad|arbetsförmedling|^af$", "arbetsmarknad", 0.85),
    (r"näringsliv|köpman|handlare|företagar|centrumhandel", "naringsliv", 0.75),
    (r"åklagar", "aklagare", 0.9),
    (r"länsstyrelse", "lansstyrelse", 0.95),
    (r"vårdnadshavare|föräldrar", "vardnadshavare-ungdom", 0.75),
    (r"^region|regionen$", "region", 0.7),
)
_FORUM_HINTS: Final = (
    (r"\bsspf", "sspf", 0.95),
    (r"\best\b", "est", 0.85),
    (r"\bsig\b|social insatsgrupp|sociala insatsgrupper", "sig", 0.9),
    (
        r"\bbrå\b|brottsförebyggande råd|trygghets- ?och (folkhälso|säkerhets)?råd|folkhälso- ?och trygghetsråd|"
        r"trygghets- ?och brotts",
        "bra",
        0.85,
    ),
    (r"trygghetsråd", "trygghetsrad", 0.8),
    (r"folkhälsoråd", "bra", 0.4),
    (r"områdesgrupp", "omradesgrupp", 0.85),
    (r"styrgrupp", "styrgrupp", 0.96),
    (r"nätverk", "natverksgrupp", 0.6),
    (r"familjecentral", "familjecentral", 0.85),
    (r"barnahus", "barnahus", 0.9),
    (r"presidi", "presidiesamverkan", 0.6),
)


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


def guess_class(name: str) -> Guess:
    """Return the class of actor that a name is likely to be of; what says nothing is a group of actors."""
    said = folded(name).replace("- ", "-")
    for pattern, cls, confidence in _CLASSES:
        if re.search(pattern, said):
            return Guess(cls, cls.rsplit("/", 1)[-1], confidence)
    return Guess(FB.ActorGroup, "ActorGroup", 0.5)


def guess_concept(name: str, concepts: Iterable[Concept], *, forums: bool = False) -> Guess | None:
    """Return the kind of actor (or of forum) that a name is likely to be of, None where the name says nothing.

    The words of the terminology decide first: the whole name, then the longest of them inside it; then the stems that
    names of Swedish administrations and forums are built of. Uncertain by nature: `confidence` says how.
    """
    known = list(concepts)
    said, stem = folded(name), bare(name)
    for concept in known:
        if any(folded(word) == said or bare(word) == stem for word in (concept.label, *concept.others)):
            return Guess(concept.iri, concept.label, 0.95)
    best: Guess | None = None
    flat = said.replace("- ", "-")
    for pattern, code, confidence in _FORUM_HINTS if forums else _HINTS:
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
    return None


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
    guesses = (guess_concept(part, known) for part in _BETWEEN.split(name) if part.strip())
    kinds = {each.iri: each.label for each in guesses if each and each.confidence >= _LIKELY}
    return tuple(kinds.values()) if len(kinds) > 1 else ()


def find_concept(said: str, concepts: Iterable[Concept]) -> list[Concept]:
    """Return the concepts that a word means: by name, else by other names, else without inflection."""
    known = list(concepts)
    wanted, short = folded(said), bare(said)
    for names in (
        lambda each: {folded(each.label), each.iri.rsplit("/", 1)[-1]},
        lambda each: {folded(other) for other in each.others},
        lambda each: {bare(word) for word in (each.label, *each.others)},
    ):
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
