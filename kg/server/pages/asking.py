"""The page where a question is asked: named ones with a form, or SPARQL in an editor; the answer in three views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kg.errors import KgError, UnknownName
from kg.questions import Question, list_questions, question
from kg.server.forms import form_of
from kg.server.jobs import Answer, Job
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.country import Country
from kg.server.pages.frame import explain, show, status_of
from kg.server.pages.parameters import PARAMETERS, bindings_of, title_of
from kg.server.pages.results import Rows, bars_of, draw, places_of, read_rows, squares_of, table_of
from kg.server.pages.things import paged
from kg.tables import to_csv
from kg.workbook.plain import PlainSheet, plain_xlsx

__all__ = ["Given", "answer_file", "asking_page", "read_given"]

EACH = 200
"""So many rows stand on one page; files have all."""

LONGEST = 7_000
"""Letters of a query that still fits in an address."""

EXAMPLE = """PREFIX fb: <https://w3id.org/forebygg/spec/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?kommun ?kommunNamn (COUNT(DISTINCT ?forum) AS ?antal)
WHERE {
  ?forum a fb:Forum ; fb:municipality ?kommun .
  ?kommun skos:prefLabel ?kommunNamn .
  FILTER(LANG(?kommunNamn) = "sv")
}
GROUP BY ?kommun ?kommunNamn
ORDER BY DESC(?antal) ?kommun
"""
_GRAPHS = {"CONSTRUCT", "DESCRIBE"}
_GROUPS: Mapping[str, tuple[str, str]] = {
    "missing actors": ("Vilka saknas", "Missing actors"),
    "legal floor": ("Vad lagen kräver", "What the law requires"),
    "governance": ("Styrning och uppföljning", "Governance and follow-up"),
    "target groups": ("Åldrar och målgrupper", "Ages and target groups"),
    "bridges": ("Länkar mellan forum", "Links between forums"),
    "overlap": ("Samma deltagare, samma uppgift", "Same members, same task"),
    "comparison and change": ("Jämförelse och förändring", "Comparison and change"),
}
"""The groups of questions in the order that they are shown."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is asked: a named question with its values, or a text; `job` is None where nothing is asked yet."""

    known: Question | None
    text: str
    job: Job | None
    is_graph: bool = False


def read_given(country: Country, asked: Asked, *, kind: str = "") -> Given:
    """Return what an address asks; raises `UnknownName` and `RequestRefused` for names and values not there."""
    text, name = asked.get("q"), asked.get("namn")
    if name and not text:
        known = question(name)
        fields = [(key, value) for key, value in asked.query if key in PARAMETERS]
        bindings = bindings_of(country, known, fields)
        return Given(known, known.text, Job(known.text, kind or "json", bindings, own=True))
    is_graph = form_of(text) in _GRAPHS if text else False
    job = Job(text, kind or ("turtle" if is_graph else "json")) if text else None
    return Given(None, text, job, is_graph)


def asking_page(
    country: Country, asked: Asked, given: Given | None, answer: Answer | None, error: KgError | None = None
) -> Reply:
    """Return the page with what was asked and its answer, or the error in its place."""
    known, text = (given.known, given.text) if given else (None, asked.get("q"))
    view = asked.get("vy") if asked.get("vy") in {"stapel", "karta"} else "tabell"
    title = title_of(known, sv=asked.sv) if known else asked.say("Ställ en fråga", "Ask a question")
    return show(
        asked,
        "ask.html",
        title,
        status=status_of(error) if error else 200,
        known=known,
        fields=_fields(country, asked, known) if known else [],
        text=text or EXAMPLE,
        edit=asked.to("/fraga", q=known.text) if known and len(quote(known.text)) < LONGEST else "",
        groups=_groups(asked),
        error=_said(asked, error) if error else "",
        views=[
            (name, asked.here(vy=name if name != "tabell" else "", sida=""), words, name == view)
            for name, words in (
                ("tabell", asked.say("Tabell", "Table")),
                ("stapel", asked.say("Diagram", "Chart")),
                ("karta", asked.say("Karta", "Map")),
            )
        ],
        view=view,
        **_answered(country, asked, given, answer, view),
    )


def _said(asked: Asked, error: KgError) -> str:
    _, said, todo = explain(asked, error)
    found = error.near if isinstance(error, UnknownName) else ()
    near = f" {asked.say('Menade du', 'Did you mean')} {', '.join(found)}?" if found else ""
    return " ".join(filter(None, [said + near, todo]))


def _answered(country: Country, asked: Asked, given: Given | None, answer: Answer | None, view: str) -> dict[str, Any]:
    told: dict[str, Any] = {"answered": False, "rows": None, "truth": None, "graph": "", "total": 0, "files": []}
    told |= {"headings": [], "table": [], "pages": [], "bars": None, "picture": "", "counties": [], "places": []}
    if given is None or answer is None:
        return told
    told |= {"answered": True, "files": _files(asked, given), "seconds": f"{answer.seconds:.2f}"}
    if given.is_graph:
        return told | {"graph": answer.content.decode("utf-8"), "total": answer.rows or 0}
    found = read_rows(answer.content)
    if isinstance(found, bool):
        return told | {"truth": found, "files": []}
    told |= {"rows": found, "total": len(found.rows), "columns": found.columns}
    if view == "stapel":
        bars = bars_of(country, asked, found)
        picture = draw(bars, _heading(asked, bars.label, bars.number)) if bars and bars.bars else ""
        return told | {"bars": bars, "picture": picture}
    if view == "karta":
        return told | {"counties": squares_of(country, asked, found), "places": places_of(country, asked, found)}
    part, pages = paged(asked, len(found.rows), EACH)
    headings, table = table_of(country, asked, found, part)
    return told | {"headings": headings, "table": table, "pages": pages}


def _heading(asked: Asked, label: str, number: str) -> str:
    return asked.say(f"{number or 'antal rader'} per {label}", f"{number or 'number of rows'} by {label}")


def _fields(country: Country, asked: Asked, known: Question) -> list[tuple[str, str, str, list[tuple[str, str]], str]]:
    """Return the fields of a question's form: name, words, example, choices where they are few, and the value."""
    found = []
    for name in known.binds:
        parameter = PARAMETERS[name]
        choices: list[tuple[str, str]] = []
        if name == "kommun":
            choices = sorted(
                ((each.code, each.municipality.label(asked.lang)) for each in country.latest.values()),
                key=lambda each: each[1],
            )
        elif name == "kalla" and len(country.sources) <= 400:
            choices = [(each.key, each.thing.label(asked.lang)) for each in country.sources]
        words = asked.say(*parameter.label)
        found.append((name, words, parameter.example, choices, asked.get(name)))
    return found


def _groups(asked: Asked) -> list[tuple[str, list[tuple[str, str]]]]:
    found: dict[str, list[tuple[str, str]]] = {asked.say(*names): [] for names in _GROUPS.values()}
    for each in list_questions():
        group = asked.say(*_GROUPS.get(each.group, (each.group, each.group)))
        entry = (asked.to("/fraga", namn=each.name), title_of(each, sv=asked.sv))
        found.setdefault(group, []).append(entry)
    return list(found.items())


def _files(asked: Asked, given: Given) -> list[tuple[str, str]]:
    kinds = ("ttl", "jsonld", "nt") if given.is_graph else ("csv", "xlsx", "json", "tsv", "xml")
    kept = [(key, value) for key, value in asked.query if key in {"q", "namn", *PARAMETERS}]
    return [(each.upper(), asked.to(f"/fraga.{each}", *kept)) for each in kinds]


def answer_file(name: str, suffix: str, answer: Answer, title: str = "") -> Reply:
    """Return an answer as a file: `csv` and `xlsx` made of JSON, with formulas made harmless; others as they come."""
    if suffix in {"csv", "xlsx"}:
        found = read_rows(answer.content)
        rows = found if isinstance(found, Rows) else Rows(("answer",), ({"answer": {"value": str(found).lower()}},))
        cells = [tuple(rows.text(row, column) for column in rows.columns) for row in rows.rows]
        if suffix == "csv":
            return Reply(to_csv(rows.columns, cells).encode("utf-8"), "text/csv", save_as=f"{name}.csv")
        sheet = PlainSheet((title or name)[:31], rows.columns, cells)
        return Reply(plain_xlsx([sheet]), _XLSX, save_as=f"{name}.xlsx")
    return Reply(answer.content, FILES[suffix])


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
}
"""The media types of what an engine writes, by the end of an address."""
