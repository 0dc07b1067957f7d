"""The templates, scripts and styles of the map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.html import template_environment

if TYPE_CHECKING:
    import jinja2

__all__ = ["environment", "lean", "static_text"]

_HERE = Path(__file__).resolve().parent


def environment() -> jinja2.Environment:
    """Return the templates of the map."""
    return template_environment(_HERE / "templates")


def static_text(name: str) -> str:
    """Return a style sheet or script of our own, with Unix line ends."""
    return (_HERE / "static" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def lean(script: str) -> str:
    r"""Return a script of our own without indentation and comment lines: it is read in the repository, not here.

    >>> lean("// why\nif (a) {\n  b();\n}\n")
    'if (a) {\nb();\n}\n'
    """
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
