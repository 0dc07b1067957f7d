"""The 290 municipalities and 21 regions of Sweden, known by name and by code."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import UnknownName
from kg.namespaces import folded, slug, thing

__all__ = ["REGIONS", "Place", "find_place", "municipalities"]

REGIONS: Final[dict[str, str]] = {
    "01": "Region Stockholm",
    "03": "Region Uppsala",
    "04": "Region Sörmland",
    "05": "Region Östergötland",
    "06": "Region Jönköpings län",
    "07": "Region Kronoberg",
    "08": "Region Kalmar län",
    "09": "Region Gotland",
    "10": "Region Blekinge",
    "12": "Region Skåne",
    "13": "Region Halland",
    "14": "Västra Götalandsregionen",
    "17": "Region Värmland",
    "18": "Region Örebro län",
    "19": "Region Västmanland",
    "20": "Region Dalarna",
    "21": "Region Gävleborg",
    "22": "Region Västernorrland",
    "23": "Region Jämtland Härjedalen",
    "24": "Region Västerbotten",
    "25": "Region Norrbotten",
}
"""County code to the name of its region; Gotland's region is its municipality too."""

_IRREGULAR: Final = {"Falun": "Falu", "Kalmar": "Kalmar", "Orust": "Orust"}
_WITHOUT_S: Final = frozenset("aeiouyåäösxz")
_FILLERS: Final = frozenset({"kommun", "kommuns", "stad", "stads", "region", "regionen", "municipality"})


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality: its code of four digits and its name without "kommun"."""

    code: str
    name: str

    @property
    def iri(self) -> str:
        """The IRI of the municipality."""
        return thing("kommun", self.code)

    @property
    def county(self) -> str:
        """The code of its county."""
        return self.code[:2]

    @property
    def region(self) -> str:
        """The IRI of its region."""
        return thing("region", self.county)

    @property
    def official(self) -> str:
        """The name with "kommun", in the genitive where Swedish wants it.

        >>> [Place("0000", name).official for name in ("Falun", "Kalmar", "Nora", "Lund", "Vännäs")]
        ['Falu kommun', 'Kalmar kommun', 'Nora kommun', 'Lunds kommun', 'Vännäs kommun']
        """
        if self.name in _IRREGULAR:
            return f"{_IRREGULAR[self.name]} kommun"
        return f"{self.name}{'' if self.name[-1] in _WITHOUT_S or self.name.endswith('-Bro') else 's'} kommun"

    @property
    def english(self) -> str:
        """The English name."""
        return f"{self.name} Municipality"

    @property
    def slug(self) -> str:
        """The name as the first part of the key of a source; the code tells Håbo from Habo."""
        return f"{slug(self.name)}-{self.code}" if self.name in {"Håbo", "Habo"} else slug(self.name)


@cache
def municipalities() -> tuple[Place, ...]:
    """Return the 290 municipalities, by code."""
    text = (Path(__file__).parent / "kommuner.csv").read_text(encoding="utf-8")
    rows = [line.split(";") for line in text.splitlines() if line[:1].isdigit()]
    return tuple(Place(code, name) for code, name in rows)


def _words(name: str) -> str:
    return " ".join(word for word in name.casefold().split() if word not in _FILLERS)


def find_place(name: str) -> Place:
    """Return the municipality meant by a name or a code; case and "kommun" do not matter.

    Håbo and Habo are told apart; without å ä ö a name is taken where only one fits. Raises `UnknownName` with
    near names.

    >>> find_place("växjö kommun").code, find_place("0305").name, find_place("Malung-Sälens kommun").code
    ('0780', 'Håbo', '2023')
    """
    wanted = _words(name)
    hits = [place for place in municipalities() if wanted in {place.code, _words(place.name), _words(place.official)}]
    if not hits and (plain := folded(wanted)):
        hits = [place for place in municipalities() if plain in {slug(place.name), slug(_words(place.official))}]
    if len(hits) == 1:
        return hits[0]
    names = {_words(place.name): place for place in municipalities()}
    near = tuple(
        f"{names[each].name} ({names[each].code})" for each in difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)
    )
    raise UnknownName("municipality", name, near)
