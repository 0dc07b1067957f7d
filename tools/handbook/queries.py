"""The reference of queries, written from the head and the text of every shipped `.rq` file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from kg.resources import queries_dir
from tools.handbook.markdown import fence, prose, swedish

__all__ = ["FOLDERS", "queries_pages", "query_files"]

FOLDERS: Final = {
    "questions": (
        "Named questions",
        "What `kg query NAME` answers. How to read an answer: [questions](../docs/questions.md).",
    ),
    "definitions": (
        "Definitions of the analyses",
        "What an analysis finds in the whole graph, as SPARQL. The analysis computes with sets; tests hold them equal.",
    ),
    "checks": (
        "Checks of quality",
        "What `kg validate` looks for beside the shapes. Each says how grave a row is.",
    ),
    "derived": ("Derived triples", "What can be made anew from the claims, and is never mixed with them."),
    "extract": ("Extracts", "Wide questions by which the whole graph is read at once, a row a claim."),
    "network": ("Exports to the network", "The only way from the store to the analysis of a report."),
}
"""Folder of queries to the title of its page and a lead."""

_HEAD: Final = re.compile(r"^#[ \t]*(?P<field>[A-Z][A-Za-z]*):[ \t]*(?P<text>.*)$")
_TWO_LANGUAGES: Final = frozenset({"Question", "Problem", "Solution"})


def query_files(folder: str) -> list[Path]:
    """Return the queries of a folder, sorted."""
    return sorted((queries_dir() / folder).glob("*.rq"))


def _split(text: str) -> tuple[list[tuple[str, str]], str]:
    """Return the fields of the head, in their order, and the query without it."""
    lines = text.splitlines()
    head: list[tuple[str, str]] = []
    for number, line in enumerate(lines):
        found = _HEAD.match(line)
        if found:
            head.append((found["field"], found["text"].strip()))
        elif line.startswith("#") and head:
            head[-1] = (head[-1][0], f"{head[-1][1]} {line.lstrip('# ').strip()}")
        elif line.strip() and not line.startswith("#"):
            return head, "\n".join(lines[number:])
    return head, ""


def _field(name: str, text: str) -> str:
    if name in _TWO_LANGUAGES and " / " in text:
        sv, _, en = text.partition(" / ")
        return f"- {name}: {swedish(sv)}\n  *{prose(en)}*"
    if name == "Binds":
        text = " ".join(f"`{each}`" for each in text.split()) or text
        return f"- Binds: {text}"
    return f"- {name}: {prose(text)}"


def _section(path: Path) -> str:
    head, body = _split(path.read_text(encoding="utf-8"))
    title = next((text for name, text in head if name == "Title"), path.stem)
    fields = "\n".join(_field(name, text) for name, text in head if name != "Title")
    return "\n\n".join([f"## {path.stem}", f"**{prose(title)}**", fields, fence(body, "sparql")])


def queries_pages() -> dict[str, str]:
    """Return a page a folder, by the name of its file."""
    known = {path.name for path in queries_dir().iterdir() if path.is_dir() and any(path.glob("*.rq"))}
    pages = {}
    for folder in [*FOLDERS, *sorted(known - set(FOLDERS))]:
        title, lead = FOLDERS.get(folder, (folder.capitalize(), ""))
        sections = [_section(path) for path in query_files(folder)]
        if sections:
            pages[f"queries-{folder}.md"] = "\n\n".join(part for part in [f"# {title}", lead, *sections] if part) + "\n"
    return pages
