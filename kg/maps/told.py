"""What the analysis says on the map: remarks with the shapes that they light, the strip of ages, ways of a signal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.coverage import read_coverage
from kg.findings import Lang, Remark
from kg.maps.values import EdgeKind, MapModel, Text, key_of
from kg.maps.ways import Ways, trace_ways
from kg.maps.years import Years, read_years
from kg.phrases import decided, join
from kg.triage import find_remarks
from kg.wording import remark_advice, remark_reference, remark_words

if TYPE_CHECKING:
    from kg.cases import Case

__all__ = ["CUTS", "GROUPS", "Note", "Told", "tell"]

CUTS: Mapping[str, Text] = {
    "cut-actor": Text("enda nämnda länk till andra forum", "the only named link to other forums"),
    "cut-forum": Text("enda beskrivna länk till andra forum", "the only described link to other forums"),
    "sole-level": Text("ensam nämnd på två nivåer", "the only one named on two levels"),
    "sole-link-levels": Text("enda nämnda länk mellan {}", "the only named link between {}"),
    "sole-link": Text("enda nämnda länk mellan {}", "the only named link between {}"),
    "vacancy": Text("om funktionen står tom", "if the function is vacant"),
    "organiser": Text("ensam nämnd som leder eller kallar till {}", "the only one named to lead or convene {}"),
}
"""Codes of the remarks on who alone joins or gathers forums, each with a title; {} stands for the forums."""
GROUPS: Mapping[str, Text] = {
    "overlap": Text("Gemensamma deltagare", "Shared members"),
    "position": Text("Plats i nätverket", "Place in the network"),
    "path": Text("Informationens väg", "The way of information"),
    "meetings": Text("Möten", "Meetings"),
    "coverage": Text("Åldrar och insatser", "Ages and interventions"),
    "governance": Text("Styrning", "Governance"),
}
"""The headings under which a shape's details tell its remarks, in their order."""
MEETINGS = frozenset({"meeting-load", "rhythm-unstated"})
ONE_WAY = frozenset({"to-council", "no-way-to-council"})
LANGS: tuple[Lang, Lang] = ("sv", "en")
FEW = 3
"""Most subjects of a remark that is said of each; what is said of more, or of the municipality, is of the whole."""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark as the page says it: words, where they come from, what to do, and the shapes it is about.

    `about` are the keys of the nodes whose details tell it, none where it is about the whole; `lit` those that the map
    lights, the subjects first (`marked` of them). `group` is the key of its heading, `title` names the subjects.
    """

    id: str
    group: str
    code: str
    title: Text
    words: Text
    where: Text
    advice: Text
    about: tuple[str, ...]
    lit: tuple[str, ...]
    marked: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the analysis adds to the map of one report."""

    notes: tuple[Note, ...]
    years: Years
    ways: Ways


def tell(case: Case, model: MapModel, remarks: Iterable[Remark] | None = None) -> MapModel:
    """Return the map with what the analysis says of the case, actors counted by unit as the map draws them.

    The remarks are those of `kg.triage.find_remarks`, in the words of the commands; give them where they are known
    already, since the positions take time. Nothing is judged anew here.
    """
    shapes = _Shapes(model)
    notes = [_note(each, shapes) for each in (find_remarks(case) if remarks is None else remarks)]
    ordered = tuple(sorted(notes, key=lambda each: list(GROUPS).index(each.group)))
    return replace(model, told=Told(ordered, read_years(read_coverage(case), model), trace_ways(case, shapes.of)))


class _Shapes:
    """The shapes of a map by the things that remarks name; a function is drawn as those whom it sits for."""

    def __init__(self, model: MapModel) -> None:
        self.drawn = {each.key for each in model.forums} | {each.key for each in model.actors}
        self.forums = {each.key for each in model.forums}
        self.sitting: dict[str, set[str]] = {}
        self.through: dict[str, list[str]] = {}
        for edge in model.edges:
            if edge.kind is EdgeKind.MEMBER:
                self.sitting.setdefault(edge.forum, set()).add(edge.actor)
            for function in edge.functions:
                self.through.setdefault(key_of(function.iri), []).append(edge.actor)

    def of(self, iri: str) -> tuple[str, ...]:
        """Return the keys of the shapes that stand for a thing, none where it is not drawn."""
        key = key_of(iri)
        return (key,) if key in self.drawn else tuple(dict.fromkeys(self.through.get(key, ())))

    def of_all(self, iris: Iterable[str]) -> tuple[str, ...]:
        """Return the keys of the shapes of several things, each once."""
        return tuple(dict.fromkeys(key for iri in iris for key in self.of(iri)))

    def joining(self, forum: str, others: Iterable[str]) -> Iterator[str]:
        """Yield who sits both in a forum and in another."""
        known = {actor for other in others if other in self.forums for actor in self.sitting.get(other, ())}
        yield from sorted(self.sitting.get(forum, set()) & known)


def _note(remark: Remark, shapes: _Shapes) -> Note:
    subjects = remark.subjects[:1] if remark.code in ONE_WAY else remark.subjects
    whole = remark.municipality in subjects and remark.code not in {*CUTS, *MEETINGS, "broker"}
    about = () if whole or len(subjects) > FEW else shapes.of_all(each.iri for each in subjects)
    marked = shapes.of_all(each.iri for each in remark.subjects)
    names = remark.names
    if isinstance(shared := remark.figure("shared"), int):  # the first group of the names of an overlap
        names = names[:shared]
    others = [*shapes.of_all(each.iri for each in names)]
    if remark.code == "cut-forum":
        others += shapes.joining(marked[0], others) if marked else ()
    lit = tuple(dict.fromkeys((*marked, *others)))
    return Note(
        id=remark.id,
        group="meetings" if remark.code in MEETINGS else remark.analysis.value,
        code=remark.code,
        title=_title(remark),
        words=Text(*(_words(remark, lang) for lang in LANGS)),
        where=Text(*(_where(remark, lang) for lang in LANGS)),
        advice=Text(*(remark_advice(remark, lang) for lang in LANGS)),
        about=about,
        lit=lit,
        marked=len(marked),
    )


def _title(remark: Remark) -> Text:
    """Return the names of the subjects with few words on them: how many they share, or how one stands."""
    names, forums = (
        Text(*(join([each.label(lang) for each in things], lang) for lang in LANGS))
        for things in (remark.subjects, remark.names[:2] if remark.code.startswith("sole-link") else remark.names)
    )
    shared, cut = remark.figure("shared"), CUTS.get(remark.code)
    if isinstance(shared, int):
        return Text(f"{names.sv}: {shared} gemensamma", f"{names.of('en')}: {shared} in common")
    if cut is None:
        return names
    return Text(*(f"{names.of(lang)}: {cut.of(lang).format(forums.of(lang))}" for lang in LANGS))


def _words(remark: Remark, lang: Lang) -> str:
    return " ".join(filter(None, (remark_words(remark, lang), decided(remark.decision, lang))))


def _where(remark: Remark, lang: Lang) -> str:
    return remark_reference(remark, lang, report=False)[1:-1]
