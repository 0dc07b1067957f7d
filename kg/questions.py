"""The named queries that are shipped: their texts, and what their heads say of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import QueryError, UnknownName
from kg.resources import queries_dir
from kg.store.binding import OwnQuery

if TYPE_CHECKING:
    from kg.store import Store

__all__ = ["Question", "list_questions", "named_query", "place_to_ask", "question"]

_HEAD = re.compile(r"^#\s*(?P<field>[A-Z][A-Za-z]*):\s*(?P<text>.*)$", re.MULTILINE)
_VARIABLE = re.compile(r"\?(\w+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A named query: the name, its group, what it asks in both languages, what it answers and may be bound by.

    `deviates` names an engine that is known to answer it otherwise, and how.
    """

    name: str
    path: Path
    title: str
    group: str
    sv: str
    en: str
    level: str
    answers: str
    binds: tuple[str, ...]
    text: OwnQuery
    deviates: str = ""


@cache
def _read(path: Path, name: str) -> Question:
    text = OwnQuery(path.read_text(encoding="utf-8"))
    head = {found["field"]: found["text"].strip() for found in _HEAD.finditer(text)}
    missing = {"Title", "Question"} - set(head)
    if missing:
        raise QueryError(f"{path.name}: the head lacks {', '.join(sorted(missing))}")
    swedish, _, english = head["Question"].partition(" / ")
    return Question(
        name=name,
        path=path,
        title=head["Title"],
        group=head.get("Group", ""),
        sv=swedish,
        en=english,
        level=head.get("Level", ""),
        answers=head.get("Answers", ""),
        binds=tuple(_VARIABLE.findall(head.get("Binds", ""))),
        text=text,
        deviates=head.get("Deviates", ""),
    )


@cache
def named_query(name: str) -> OwnQuery:
    """Return the text of a shipped query by folder and name, such as `network/claims`."""
    return OwnQuery((queries_dir() / f"{name}.rq").read_text(encoding="utf-8"))


def list_questions() -> list[Question]:
    """Return the named questions, ordered by group and name."""
    folder = queries_dir() / "questions"
    found = [_read(path, path.stem) for path in sorted(folder.glob("*.rq"))]
    return sorted(found, key=lambda each: (each.group, each.name))


def question(name: str) -> Question:
    """Return one named question; raises `UnknownName` with near names."""
    path = queries_dir() / "questions" / f"{name}.rq"
    if re.fullmatch(r"[\w-]{1,100}", name) and path.is_file():
        return _read(path, name)
    import difflib  # noqa: PLC0415  only a wrong name needs it

    names = [each.stem for each in sorted(path.parent.glob("*.rq"))]
    near = tuple(difflib.get_close_matches(name, names, n=3, cutoff=0.4))
    raise UnknownName("question", name, near, hint="List them with: kg query --list")


def place_to_ask(store: Store) -> Store:
    """Return where named questions are answered: the store, or a copy in memory where its engine is known to be wrong.

    An engine that answers some of the questions otherwise is asked none of them: which it gets wrong depends on how it
    plans, on what it is bound to and on how much it holds. It is asked for the whole graph, which it gives right.
    """
    return store.copied() if store.known_as else store
