"""The columns of the tables that other programs read: stable names, headings and meanings in both languages, types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.findings import Kind, Lang

__all__ = ["COLUMNS", "TITLES", "Cell", "Column", "Sheet"]

Cell = str | int | float | bool | None
"""What a cell may hold; None where nothing is known. Several values of one cell are parted by `|`."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name that programs use, heading and meaning for people, the type, the language of its words.

    `lang` is "" where the words are of no language: IRIs, numbers, names as the source has them. `machine` marks a code
    that only programs need; people read the words beside it.
    """

    name: str
    heading: tuple[str, str]
    meaning: tuple[str, str]
    kind: Literal["text", "integer", "decimal", "boolean"] = "text"
    lang: Lang | Literal[""] = ""
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name for programs, its titles for people, its columns, and rows of cells by the columns' names."""

    name: str
    title: tuple[str, str]
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Cell], ...]

    def for_people(self, lang: Lang) -> Sheet:
        """Return the table with the columns of one language and those of none, without codes."""
        kept = tuple(each for each in self.columns if each.lang in {"", lang} and not each.machine)
        return Sheet(self.name, self.title, kept, self.rows)


def _both(name: str, headings: tuple[str, str], meanings: tuple[str, str]) -> Iterator[Column]:
    yield Column(f"{name}_sv", headings, meanings, lang="sv")
    yield Column(f"{name}_en", headings, meanings, lang="en")


def _of_claims(about: tuple[str, str]) -> Iterator[Column]:
    yield from _both("certainty", ("visshet", "certainty"), ("hur säkert källan säger det", "how surely it is said"))
    yield Column("sections", ("avsnitt", "sections"), ("avsnitt i rapporten", "sections of the report"))
    yield Column("section_iris", ("avsnitt, IRI", "sections, IRI"), ("avsnittens IRI", "IRIs of the sections"))
    yield Column("claims", ("utsagor, IRI", "claims, IRI"), about)


_REPORT = (
    Column("report", ("rapport", "report"), ("rapportens nyckel", "key of the report")),
    Column("observed_on", ("dag", "day"), ("rapportens dag", "day of the report")),
)
_STATED = Column("as_stated", ("enligt källan", "as stated"), ("källans ord, kort", "words of the source, short"))
_CLAIM = ("utsagans IRI", "IRI of the claim")
_NAMES = (
    *_both("forum", ("forum", "forum"), ("forumets eller programmets namn", "name of the forum or programme")),
    Column("forum_iri", ("forum, IRI", "forum, IRI"), ("forumets IRI", "IRI of the forum")),
    *_both("actor", ("aktör", "actor"), ("aktören, som källan nämner den", "the actor, as the source names it")),
    Column("actor_iri", ("aktör, IRI", "actor, IRI"), ("aktörens IRI", "IRI of the actor")),
)

TITLES: dict[str, tuple[str, str]] = {
    "nodes": ("Noder", "Nodes"),
    "edges": ("Kanter", "Edges"),
    "memberships": ("Deltaganden", "Memberships"),
    "denials": ("Förnekade", "Denials"),
    "flows": ("Informationsflöden", "Information flows"),
    "findings": ("Fynd", "Findings"),
    "columns": ("Kolumner", "Columns"),
}
"""The tables and what people call them."""

COLUMNS: dict[str, tuple[Column, ...]] = {
    "nodes": (
        Column("Id", ("id", "id"), ("nodens id, samma i alla filer", "id of the node, the same in all files")),
        Column(
            "Label", ("namn", "name"), ("namn på utdatans språk", "name in the language of the output"), machine=True
        ),
        *_both("label", ("namn", "name"), ("namn", "name")),
        *_both("kind", ("slag", "kind"), ("aktör, forum, program eller system", "actor, forum, programme or system")),
        Column("code", ("kod", "code"), ("actor, forum, programme, system",) * 2, machine=True),
        *_both("class", ("klass", "class"), ("nämnd, förvaltning, enhet ...", "committee, administration, unit ...")),
        *_both("type", ("typ", "type"), ("aktörs- eller forumtyp", "kind of actor or forum")),
        *_both("organisation", ("organisation", "organisation"), ("ytterst del av", "outermost organisation")),
        *_both("municipality", ("kommun", "municipality"), ("kommun", "municipality")),
        *_REPORT,
        *_both("level", ("nivå", "level"), ("nivå som forumet arbetar på", "level on which the forum works")),
        *_both("listing", ("deltagarlista", "list of members"), ("hur hel listan är", "how whole the list is")),
        Column("listed_members", ("angivna", "listed"), ("deltagare i listan", "members in the list"), "integer"),
        Column("meetings_min", ("möten, minst", "meetings, least"), ("möten per år", "meetings a year"), "decimal"),
        Column("meetings_max", ("möten, högst", "meetings, most"), ("möten per år", "meetings a year"), "decimal"),
        Column("iri", ("IRI", "IRI"), ("tingets IRI", "IRI of the thing")),
        Column("description_iri", ("beskrivning, IRI", "description, IRI"), _CLAIM),
        *_both("certainty", ("visshet", "certainty"), ("beskrivningens visshet", "certainty of the description")),
        Column("sections", ("avsnitt", "sections"), ("avsnitt i rapporten", "sections of the report")),
    ),
    "edges": (
        Column("Source", ("från", "from"), ("aktörens id", "id of the actor")),
        Column("Target", ("till", "to"), ("forumets id", "id of the forum")),
        Column("Type", ("riktning", "direction"), ("Undirected: oriktad", "Undirected"), machine=True),
        Column("Id", ("id", "id"), ("kantens id", "id of the edge")),
        Column("Weight", ("utsagor", "claims"), ("antal utsagor bakom", "number of claims behind"), "decimal"),
        *_both("counted_as", ("räknad som", "counted as"), ("vald nivå", "the level chosen")),
        *_both("actor", ("aktör", "actor"), ("aktören på vald nivå", "the actor at the level chosen")),
        *_both("forum", ("forum", "forum"), ("forumet eller programmet", "the forum or programme")),
        *_both("role", ("roll", "role"), ("roll i forumet", "role in the forum")),
        *_both("attendance", ("närvaro", "attendance"), ("hur regelbundet", "how regularly")),
        *_both("through", ("genom", "through"), ("funktion som företräder", "function that represents")),
        *_REPORT,
        *_of_claims(("utsagor som kanten vilar på", "claims that the edge rests on")),
    ),
    "memberships": (
        *_REPORT,
        *_NAMES,
        *_both("role", ("roll", "role"), ("roll i forumet", "role in the forum")),
        *_both("attendance", ("närvaro", "attendance"), ("hur regelbundet", "how regularly")),
        *_both("through", ("genom", "through"), ("funktion som företräder", "function that represents")),
        *_both("status", ("status", "status"), ("status där källan anger den", "status where it is stated")),
        Column(
            "holds",
            ("gäller", "holds"),
            (
                "om både forum och deltagande finns, inte är upphört, planerat eller föreslaget",
                "whether forum and membership exist: not ended, planned or proposed",
            ),
            "boolean",
        ),
        _STATED,
        *_of_claims(_CLAIM),
    ),
    "denials": (*_REPORT, *_NAMES, _STATED, *_of_claims(_CLAIM)),
    "flows": (
        *_REPORT,
        Column("Source", ("från, id", "from, id"), ("nodens id", "id of the node")),
        Column("Target", ("till, id", "to, id"), ("nodens id", "id of the node")),
        *_both("from", ("från", "from"), ("varifrån", "from whom")),
        *_both("to", ("till", "to"), ("till vem", "to whom")),
        *_both("content", ("innehåll", "content"), ("vad som lämnas", "what is passed")),
        _STATED,
        *_of_claims(_CLAIM),
    ),
    "findings": (
        *_REPORT,
        Column("id", ("id", "id"), ("för kg explain", "for kg explain")),
        *_both("municipality", ("kommun", "municipality"), ("kommun", "municipality")),
        Column("code", ("kod", "code"), (f"{', '.join(Kind)}",) * 2, machine=True),
        *_both(
            "kind",
            ("läses som", "read as"),
            ("bara en lucka säger att något saknas", "only a gap says that something is missing"),
        ),
        *_both("about", ("gäller", "about"), ("forum eller organ", "forum or body")),
        *_both("expected", ("väntat", "expected"), ("aktörstyp eller sak", "kind of actor, or thing")),
        *_both("outcome", ("utfall", "outcome"), ("vad källan säger", "what the source says")),
        Column("outcome_iri", ("utfall, IRI", "outcome, IRI"), ("utfallets IRI", "IRI of the outcome")),
        *_both("obligation", ("förpliktelse", "obligation"), ("ska, bör, kan", "must, should, may")),
        *_both("basis", ("grund", "basis"), ("normens grund", "ground of the norm")),
        Column("norm", ("norm", "norm"), ("normens id", "id of the norm")),
        Column("norm_iri", ("norm, IRI", "norm, IRI"), ("normens IRI", "IRI of the norm")),
        *_both("sentence", ("mening", "sentence"), ("fyndet i ord", "the finding in words")),
        *_both("advice", ("att göra", "what to do"), ("vad man kan göra", "what can be done")),
        *_of_claims(("utsagor som fyndet vilar på", "claims that the finding rests on")),
    ),
    "columns": (
        *_both("sheet", ("blad", "sheet"), ("tabellens namn i Excel", "name of the table in Excel")),
        Column("table", ("fil", "file"), ("tabellens namn i csv", "name of the table in csv")),
        Column("column", ("kolumn", "column"), ("kolumnens namn i csv", "name of the column in csv")),
        Column("kind", ("slag", "kind"), ("text, integer, decimal, boolean",) * 2, machine=True),
        *_both("heading", ("rubrik", "heading"), ("rubrik", "heading")),
        *_both("meaning", ("betyder", "means"), ("vad som står där", "what stands there")),
    ),
}
"""The columns of each table, by the table's name."""
