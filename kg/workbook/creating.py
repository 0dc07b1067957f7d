"""Things that rows name without describing them: made of the name, with every guess said."""

from __future__ import annotations

from kg.namespaces import FB, ORG, RDF, SKOS, concept
from kg.workbook.columns import ACTORS, FORUMS
from kg.workbook.context import Known, folded
from kg.workbook.forum_types import say_forum_type
from kg.workbook.guessing import Guess, guess_class, guess_concept, guess_several, kind_of_class
from kg.workbook.layout import Row, Table
from kg.workbook.messages import Level
from kg.workbook.outside import ASK, parent_of
from kg.workbook.triples import iri, text
from kg.workbook.work import WITH_PARENT, Work, new_address

__all__ = ["create_actor", "create_forum", "create_publisher", "create_simple"]


def create_actor(
    work: Work, name: str, table: Table, row: Row, column: str, *, parent: str = "", function: bool = False
) -> str:
    """Describe an actor or function that only a reference names, by guesses that are said."""
    known = work.context.concepts.get("aktorstyp", ())
    guess = guess_concept(name, known)
    kinds = guess if guess and guess.confidence >= (0.9 if function else 0.7) else None
    inside = parent or parent_of([kinds.iri] if kinds else [], work.context)
    cls = FB.Function if function else _class_for(name, inside)
    address = _address(work, kind_of_class(cls), name)
    kind = ("funktion",) if function else ACTORS
    near = work.names.near(name, kind), work.names.candidates(name, kind)
    _name(work, address, cls, name, inside if function else "")
    if function:
        work.add(work.register, address, FB.functionIn, iri(inside or work.context.place.iri))
    else:
        work.add(work.register, address, FB.municipality, iri(work.context.place.iri))
        if cls in WITH_PARENT:
            work.add(work.register, address, ORG.subOrganizationOf, iri(inside))
    if kinds:
        work.add(work.register, address, FB.actorType, iri(kinds.iri))
    _say_new(work, name, table, row, column, near, kinds, function=function)
    return address


def _say_new(
    work: Work,
    name: str,
    table: Table,
    row: Row,
    column: str,
    near: tuple[tuple[str, ...], tuple[str, ...]],
    kinds: Guess | None,
    *,
    function: bool,
) -> None:
    what = "funktion" if function else "aktör"
    level, said = Level.WARNING, f"Läses som en ny {what} utan egen aktörstyp."
    several = () if function else guess_several(name, work.context.concepts.get("aktorstyp", ()))
    if several:
        level = Level.ERROR
        said = (
            f"Ser ut som flera aktörer ({', '.join(several)}). Skriv en rad för var och en eller semikolon "
            "mellan dem; är det en enda, lägg till den där."
        )
    elif kinds and "," in name:
        said = (
            f"Läses som en enda ny {what}, aktörstyp {kinds.label} (gissat, säkerhet {kinds.percent}). "
            "Är det flera: skriv semikolon mellan dem."
        )
    elif kinds:
        said = (
            f"Läses som en ny {what}, aktörstyp {kinds.label} (gissat, säkerhet {kinds.percent}). "
            "Lägg till en rad där om något ska ändras."
        )
    elif not function:
        level, said = Level.ERROR, "Namnet säger inte vilken aktörstyp aktören har. Lägg till en rad där."
    work.say(
        level,
        table,
        row,
        column,
        f"Finns inte i Aktörer och funktioner. {said}",
        found=name,
        near=near[0],
        choices=near[1],
    )


def create_publisher(work: Work, name: str, table: Table, row: Row, column: str) -> str:
    """Describe an organisation that only publishes a source, such as an audit firm: it is no actor here."""
    address = _address(work, "org", name)
    _name(work, address, ORG.FormalOrganization, name)
    near = tuple(each for each in work.names.near(name, ACTORS) if folded(each) != folded(name))
    work.say(Level.NOTE, table, row, column, "Ny utgivare, utan plats bland aktörerna.", found=name, near=near)
    return address


def create_forum(work: Work, name: str, table: Table, row: Row, column: str) -> str:
    """Describe a forum that only a reference names."""
    address = _address(work, "forum", name)
    near, choices = work.names.near(name, FORUMS), work.names.candidates(name, FORUMS)
    _name(work, address, FB.Forum, name)
    work.add(work.register, address, FB.municipality, iri(work.context.place.iri))
    say_forum_type(work, address, name, None, table, row, column, near=near, choices=choices)
    return address


def create_simple(work: Work, kind: str, name: str, table: Table, row: Row, column: str) -> str:
    """Describe an area, a system or a working model that only a reference names."""
    cls = {"omrade": FB.Area, "system": FB.InformationSystem, "modell": FB.WorkingModel}[kind]
    address = _address(work, kind, name)
    _name(work, address, cls, name)
    work.add(work.register, address, FB.municipality, iri(work.context.place.iri))
    if kind == "omrade":
        work.add(work.register, address, FB.areaType, iri(concept("omradestyp", "bostadsomrade")))
    sheet = {"omrade": "Mer: Områden", "system": "Mer: System", "modell": "Mer: Arbetsmodeller"}[kind]
    near = work.names.near(name, (kind,))
    work.say(Level.NOTE, table, row, column, f"Nytt namn; läggs till i {sheet[5:].casefold()}.", found=name, near=near)
    return address


def _address(work: Work, kind: str, name: str) -> str:
    return work.mint(new_address(kind, work.context.place.code, name), folded(name))


def _name(work: Work, address: str, cls: str, name: str, parent: str = "") -> None:
    work.names.add(Known(address, (cls,), name, (), parent))
    work.add(work.register, address, RDF.type, iri(cls))
    work.add(work.register, address, SKOS.prefLabel, text(name))


def _class_for(name: str, inside: str) -> str:
    """Return the class of a new actor: a group where its name or its place says no more."""
    guess = guess_class(name).iri
    if guess in {FB.Function, FB.Region, FB.Municipality, FB.StateAgency, FB.JointAuthority}:
        return FB.ActorGroup
    return FB.ActorGroup if guess in WITH_PARENT and inside == ASK else guess
