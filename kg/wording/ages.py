"""How ages, and the names of what reaches them, are said in remarks on coverage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.findings import Lang, Remark
from kg.phrases import capital, join, plural

__all__ = [
    "FEW",
    "Parts",
    "counted",
    "derived_said",
    "listed",
    "number",
    "parts_of",
    "planned_said",
    "say",
    "span",
    "unknown_said",
]

MOST = 8
_BRACKET = re.compile(r"\([^)]*\)")
FEW = 4
_KINDS = {
    "forums": (("forum", "forum"), ("forum", "forums")),
    "programmes": (("program", "program"), ("programme", "programmes")),
    "interventions": (("insats", "insatser"), ("intervention", "interventions")),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The names of a remark as its sentence needs them: subjects and others with their target groups, and the rest."""

    subjects: list[str]
    named: list[str]
    rest: list[str]


def parts_of(remark: Remark, lang: Lang) -> Parts:
    """Read the names of a remark in the order in which `kg.coverage` lays them."""
    count = number(remark, "named")
    named, ahead = remark.names[:count], list(remark.names[count:])
    sizes = [int(each) for each in str(remark.figure("groups") or "").split(",") if each]
    about = (remark.subjects if len(sizes) > count else ()) + named
    said = []
    for thing, size in zip(about, sizes, strict=True):
        groups, ahead = ahead[:size], ahead[size:]
        stated = "; ".join(dict.fromkeys(_small(each.label(lang)) for each in groups))
        said.append(f"{thing.label(lang)} ({stated})" if stated else thing.label(lang))
    first = len(said) - count
    return Parts(said[:first], said[first:], [each.label(lang) for each in ahead])


def _small(text: str) -> str:
    """Return the name of a target group as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def number(remark: Remark, name: str) -> int:
    """Return a figure as a whole number, 0 where the remark has no such."""
    return int(remark.figure(name) or 0)


def listed(words: Sequence[str], lang: Lang, most: int = MOST) -> str:
    """Return the words, each once, as a list in running text; of many the first and how many more.

    Names that hold a comma or a conjunction of their own are parted by marks that they cannot be taken for.

    >>> listed(["SIG", "Insluss och avhopp"], "sv"), listed(["Råd, stöd", "SIG", "SSPF"], "sv")
    ('SIG samt Insluss och avhopp', 'Råd, stöd; SIG samt SSPF')
    """
    each = list(dict.fromkeys(words))
    if len(each) > most + 1:
        more = len(each) - most
        each = [*each[:most], f"{more} till" if lang == "sv" else f"{more} more"]
    bare = [_BRACKET.sub("", word) for word in each]
    commas = any("," in word for word in bare)
    if len(each) < 2 or not (commas or any(" och " in word or " and " in word for word in bare)):
        return join(each, lang)
    last = " samt " if lang == "sv" else "; and " if commas else ", and "
    return last.join([("; " if commas else ", ").join(each[:-1]), each[-1]])


def years_said(low: int, high: int, lang: Lang) -> str:
    """Return a run of ages in words.

    >>> years_said(14, 17, "sv"), years_said(13, 13, "en")
    ('14–17 år', 'age 13')
    """
    ages = str(low) if low == high else f"{low}–{high}"
    if lang == "sv":
        return f"{ages} år"
    return f"{'age' if low == high else 'ages'} {ages}"


def span(remark: Remark, lang: Lang) -> str:
    """Return the ages that a remark is about in words."""
    return years_said(number(remark, "from"), number(remark, "to"), lang)


def counted(remark: Remark, lang: Lang) -> str:
    """Return how many forums, programmes and interventions a remark counts, without those there are none of."""
    counts = [plural(number(remark, key), *forms[lang == "en"]) for key, forms in _KINDS.items() if number(remark, key)]
    return join(counts, lang)


def unknown_said(remark: Remark, names: Sequence[str], lang: Lang) -> str:
    """Say who states no age and may therefore concern the ages; "" where everything states one."""
    if not names:
        return ""
    few = len(set(names)) <= FEW
    who = listed(names, lang) if few else counted(remark, lang)
    examples = "" if few else listed(list(dict.fromkeys(names))[:FEW], lang)
    if lang == "sv":
        such = f", bland andra {examples}" if examples else ""
        return f"{capital(who)} anger ingen ålder och kan gälla de åldrarna{such}."
    such = f", among them {examples}" if examples else ""
    verb = "states" if few and len(set(names)) == 1 else "state"
    return f"{capital(who)} {verb} no age and may concern those ages{such}."


def derived_said(remark: Remark, lang: Lang) -> str:
    """Say that an age bound is read out of a word, where it is."""
    if not number(remark, "derived"):
        return ""
    if lang == "sv":
        return "Minst en av gränserna är härledd ur ett skolstadium eller ett ord."
    return "At least one of the bounds is read out of a school stage or a word."


def planned_said(names: Sequence[str], lang: Lang) -> str:
    """Say what is planned; "" where nothing is."""
    if not names:
        return ""
    return f"Planerat: {listed(names, lang)}." if lang == "sv" else f"Planned: {listed(names, lang)}."


def say(*parts: str) -> str:
    """Return sentences as one text, without the empty ones."""
    return " ".join(filter(None, parts))
