"""Pages as replies: every page in the one frame, errors too, each with what would lead on."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import KgError, QueryError, UnknownName
from kg.findings import Thing
from kg.namespaces import BASE
from kg.pages import render_page
from kg.server.errors import Busy, LimitReached, OutOfMemory, ServerError, TimedOut, TooLarge, TooManyRows
from kg.server.pages.addresses import page_of
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.country import Country
from kg.server.pages.searching import near_names, search

__all__ = ["broken_page", "error_page", "explain", "link", "not_found", "show", "status_of"]

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
WRONG = 400

_KINDS = {
    "municipality": ("Kommunen", "The municipality"),
    "report": ("Rapporten", "The report"),
    "finding": ("Fyndet", "The finding"),
    "question": ("Frågan", "The question"),
    "forum": ("Forumet", "The forum"),
    "aktor": ("Aktören", "The actor"),
}


def show(
    asked: Asked,
    template: str,
    title: str,
    *,
    status: int = 200,
    alternates: tuple[tuple[str, str], ...] = (),
    **values: Any,
) -> Reply:
    """Return a page from a template of the server; `asked` and `title` are among its values."""
    site = asked.site(alternates=alternates)
    page = render_page(
        template, asked.lang, site=site, folders=[TEMPLATES], title=title, asked=asked, **{"link": page_of, **values}
    )
    return Reply(page, status=status)


def link(asked: Asked, thing: Thing) -> tuple[str, str]:
    """Return the address and the name of a thing."""
    return asked.to(page_of(thing.iri)), thing.label(asked.lang)


def not_found(asked: Asked, country: Country, name: str) -> Reply:
    """Return the page for what is not there, with what is called nearly so."""
    words = name.replace("/", " ").replace("-", " ")
    hits = search(country.index, words)[:5] or search(country.index, name.rpartition("/")[2])[:5]
    near = [each.thing for each in hits] or _near_paths(country, name)
    near = near or [thing for _, thing in near_names(country.index, words.rpartition(" ")[2], asked.lang)]
    title = asked.say("Det finns inget här", "There is nothing here")
    said = asked.say(
        f"Ingenting i grafen heter ”{name}”. Adressen kan vara felskriven, eller så har uppgiften fått ett annat namn.",
        f"Nothing in the graph is called “{name}”. The address may be misspelt, or the thing may have another name.",
    )
    return show(asked, "said.html", title, status=404, said=said, near=[link(asked, each) for each in near], todo="")


def _near_paths(country: Country, name: str) -> list[Thing]:
    """Return things whose IRI differs only a little in its last part."""
    stem, _, tail = name.rpartition("/")
    beside = f"{BASE}id/{stem}/"
    things = {
        each.thing.iri.removeprefix(beside): each.thing for each in country.index if each.thing.iri.startswith(beside)
    }
    return [things[each] for each in difflib.get_close_matches(tail, list(things), n=5, cutoff=0.5)] if stem else []


def error_page(asked: Asked, error: KgError, country: Country | None = None) -> Reply:
    """Return an error as a page: what was found, why, and what to do."""
    title, said, todo = explain(asked, error)
    near: list[tuple[str, str]] = []
    if isinstance(error, UnknownName):
        near = [(asked.to("/sok", q=each), each) for each in error.near]
        if not near and country is not None:
            near = [link(asked, thing) for _, thing in near_names(country.index, error.name, asked.lang)]
    return show(asked, "said.html", title, status=status_of(error), said=said, near=near, todo=todo)


def broken_page(asked: Asked) -> Reply:
    """Return the page for a fault of the server's own."""
    title = asked.say("Sidan gick inte att göra", "The page could not be made")
    said = asked.say(
        "Felet är serverns, inte ditt, och är antecknat.", "The fault is the server's, not yours, and is noted."
    )
    return show(asked, "said.html", title, status=500, said=said, near=[], todo="")


def status_of(error: KgError) -> int:
    """Return the HTTP status of an error on a page."""
    if isinstance(error, UnknownName):
        return 404
    return error.status if isinstance(error, ServerError) else WRONG


def explain(asked: Asked, error: KgError) -> tuple[str, str, str]:
    """Return an error in the language asked for: a title, what was found, and what to do."""
    if isinstance(error, UnknownName):
        kind = asked.say(*_KINDS.get(error.kind, ("Värdet", "The value")))
        said = asked.say(f"”{error.name}” finns inte här.", f"“{error.name}” is not here.")
        if error.hint and not error.hint.startswith("List them"):
            said = f"{said} {_known_hint(asked, error.hint)}"
        return asked.say(f"{kind} finns inte", f"{kind} is not there"), said, ""
    if isinstance(error, Busy):
        return (
            asked.say("Många frågar just nu", "Many are asking right now"),
            asked.say(
                "Fler frågor än servern hinner med väntar på svar.", "More questions wait than the server can take."
            ),
            asked.say(f"Försök igen om {error.retry_after} sekunder.", f"Try again in {error.retry_after} seconds."),
        )
    if isinstance(error, LimitReached):
        said = asked.say(_LIMITS.get(type(error), "Frågan kostar mer än servern tillåter."), str(error))
        return asked.say("Frågan är för stor", "The question is too large"), said, asked.say(*_BOUNDED)
    if isinstance(error, QueryError):
        return (
            asked.say("Frågan gick inte att läsa", "The query cannot be read"),
            asked.say(f"Frågan gick inte att läsa eller besvara: {error}", str(error)),
            asked.say("Ändra det som meddelandet pekar på.", "Change what the message points at."),
        )
    todo = asked.say("Ändra det som meddelandet pekar på.", "Change what the message points at.")
    return asked.say("Det gick inte", "It did not work"), str(error), todo


_LIMITS: Mapping[type[LimitReached], str] = {
    TimedOut: "Frågan tog längre tid än servern tillåter och stoppades.",
    TooManyRows: "Svaret har fler rader än servern tillåter, och inget av det skickas.",
    TooLarge: "Svaret är större än servern tillåter, och inget av det skickas.",
    OutOfMemory: "Frågan behöver mer minne än servern tillåter och stoppades.",
}
_BOUNDED = (
    "Servern begränsar tid, minne och antal rader för varje fråga, så att den räcker åt alla. "
    "Ett avkortat svar skickas aldrig. Välj en kommun eller en rapport, eller lägg till LIMIT.",
    "The server bounds time, memory and rows of each question so that there is enough for all. A shortened answer is "
    "never sent. Choose a municipality or a report, or add LIMIT.",
)


def _known_hint(asked: Asked, hint: str) -> str:
    if hint.endswith("describes no forums"):
        return asked.say(
            "Rapporten beskriver inga forum, så det finns ingen karta och inga luckor att visa.",
            "The report describes no forums, so there is no map and there are no gaps to show.",
        )
    if "no report on" in hint:
        return asked.say("Ingen rapport om kommunen är inläst.", "No report on the municipality is loaded.")
    return hint
