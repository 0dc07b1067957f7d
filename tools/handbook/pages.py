"""Which pages the handbook has, in what order, and where each comes from."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tools.handbook.commands import commands_page
from tools.handbook.functions import functions_page, weights_page
from tools.handbook.norms import norms_page
from tools.handbook.queries import FOLDERS, queries_pages
from tools.handbook.vocabulary import terms_page, vocabulary_page

__all__ = ["PARTS", "ROOT", "is_swedish", "write_source"]

ROOT: Final = Path(__file__).resolve().parent.parent.parent
START: Final = Path(__file__).with_name("start.md")
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Börja här / Begin here": ("README.sv.md", "docs/kom-igang.md", "README.md"),
    "How to": ("docs/howto.md", "docs/curation.md", "docs/endpoint.md"),
    "Reference": (
        "reference/commands.md",
        "docs/questions.md",
        *(f"reference/queries-{folder}.md" for folder in FOLDERS),
        "reference/vocabulary.md",
        "reference/terms.md",
        "reference/norms.md",
        "docs/errors.md",
    ),
    "Method": ("docs/methods.md", "reference/functions.md", "reference/weights.md"),
    "Data": ("docs/data.md", "data/triples/README.md"),
    "Project": (
        *(
            "docs/accessibility.md",
            "docs/decisions.md",
            "docs/dependencies.md",
            "docs/benchmarks.md",
            "docs/engines.md",
        ),
        *("CHANGELOG.md", "ontology/CHANGELOG.md", "CONTRIBUTING.md"),
    ),
}
"""Title of a part to its pages. A page of `docs/` that has no place here comes after the how-to; one that is not there
yet is passed over."""
SHOWN: Final = {"README.sv.md": "På svenska", "README.md": "In English", "data/triples/README.md": "The triples"}
"""What a page is called in the contents, where its own title would not tell it from another."""
BESIDE: Final = ("LICENSE", "notebooks", "docs/pictures")
"""Files and folders that the pages link to."""


def is_swedish(page: str) -> bool:
    """Return whether a page, named as in the contents without its suffix, is written in Swedish.

    >>> is_swedish("README.sv"), is_swedish("docs/kom-igang"), is_swedish("docs/errors")
    (True, True, False)
    """
    path = ROOT / f"{page}.md"
    if page.endswith(".sv"):
        return True
    if page in {"docs/kom-igang"}:
        return True
    words = re.findall(r"\w+", path.read_text(encoding="utf-8").lower()) if path.is_file() else []
    return sum(each in {"och", "att", "det", "som"} for each in words) > sum(
        each in {"and", "the", "of", "is"} for each in words
    )


def generated() -> dict[str, str]:
    """Return the pages that are written from the code and the data, by path."""
    pages = {
        "commands.md": commands_page(),
        **queries_pages(),
        "vocabulary.md": vocabulary_page(),
        "terms.md": terms_page(),
        "norms.md": norms_page(),
        "functions.md": functions_page(),
        "weights.md": weights_page(),
    }
    return {f"reference/{name}": text for name, text in pages.items()}


def _contents(known: set[str]) -> Iterator[str]:
    placed = {page for pages in PARTS.values() for page in pages}
    rest = sorted(page for page in known if page not in placed)
    for title, pages in PARTS.items():
        there = [page for page in (*pages, *(rest if title == "How to" else ())) if page in known]
        lines = [f"{SHOWN[page]} <{page}>" if page in SHOWN else page for page in there]
        yield "\n".join(["```{toctree}", f":caption: {title}", ":maxdepth: 1", "", *lines, "```"])


def write_source(folder: Path) -> list[str]:
    """Write the pages into a folder laid out as the repository, so that every link holds; return their paths."""
    pages = generated()
    for page in [*(page for part in PARTS.values() for page in part), *_own()]:
        path = ROOT / page
        if path.is_file() and page not in pages:
            text = path.read_text(encoding="utf-8")
            pages[page] = _marked(text) if page == "docs/questions.md" else text
    for name, text in pages.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    for name in BESIDE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    words = START.read_text(encoding="utf-8").strip().replace("](../../", "](")
    start = "\n\n".join([words, *_contents(set(pages))])
    (folder / "index.md").write_text(start + "\n", encoding="utf-8", newline="\n")
    return sorted(pages)


def _marked(text: str) -> str:
    """Return the page of questions with its Swedish questions marked as Swedish."""
    text = re.sub(r"^(### `[\w-]+`\n\n)(.+)$", r'\1<span lang="sv">\2</span>', text, flags=re.MULTILINE)
    return re.sub(r"^(\| \d+ \| )([^|]+?) \|", r'\1<span lang="sv">\2</span> |', text, flags=re.MULTILINE)


def _own() -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))
