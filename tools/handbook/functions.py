"""The reference of the analyses, written from their docstrings, and the weights of triage from their tables."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Mapping
from typing import Any, Final

from kg import triage
from kg.findings import Analysis
from tools.handbook.markdown import code, fence, prose, table

__all__ = ["MODULES", "functions_page", "weights_page"]

MODULES: Final = (
    *("gaps", "coverage", "coverage.reach", "coverage.birthdays", "overlap", "meetings", "position"),
    *("position.measures", "position.cuts", "position.bounds", "rollup", "paths", "paths.steps", "change"),
    *("change.followed", "matrix", "governance", "audit", "whatif", "whatif.invitations", "triage", "nation"),
    "grounding",
)
"""The modules whose functions are methods that a reader may want to judge, in the order of reading."""
WIDTH: Final = 78
"""How many characters of a signature stand on one line."""


def _paragraph(text: str) -> str:
    if text.lstrip().startswith(">>>"):
        return fence(inspect.cleandoc(text), "python")
    return prose(" ".join(text.split()))


def _doc(value: object) -> str:
    return "\n\n".join(_paragraph(part) for part in re.split(r"\n\s*\n", inspect.getdoc(value) or "") if part.strip())


def _signature(name: str, function: Any) -> str:
    """Return how a function is called, one argument a line where the line would be long."""
    told = inspect.signature(function)
    arguments = [re.sub(r": '([^']*)'", r": \1", str(each)) for each in told.parameters.values()]
    first_named = next((at for at, each in enumerate(told.parameters.values()) if each.kind is each.KEYWORD_ONLY), None)
    if first_named is not None:
        arguments.insert(first_named, "*")
    returns = "" if told.return_annotation is told.empty else f" -> {str(told.return_annotation).strip(chr(39))}"
    line = f"{name}({', '.join(arguments)}){returns}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{name}(", *(f"    {each}," for each in arguments), f"){returns}"])


def _entry(name: str, value: Any) -> str:
    if inspect.isfunction(value):
        return "\n\n".join([f"### {name}", fence(_signature(name, value), "python"), _doc(value)])
    return "\n\n".join([f"### {name}", _doc(value)])


def _module(name: str) -> str:
    module = importlib.import_module(f"kg.{name}")
    found = [(each, getattr(module, each)) for each in module.__all__]
    own = [
        (each, value)
        for each, value in found
        if (inspect.isfunction(value) or inspect.isclass(value)) and value.__module__ == f"kg.{name}" and value.__doc__
    ]
    entries = [_entry(each, value) for each, value in own if not str(value.__doc__).startswith(f"{each}(")]
    return "\n\n".join([f"## kg.{name}", _doc(module), *entries])


def functions_page() -> str:
    """Return the page of methods as the code tells them."""
    lead = (
        "Written from the code. Each method gives its formula, what a membership that the report does not name does to "
        "it, what is not checked, and its reference. In plain words and together: [methods](../docs/methods.md)."
    )
    return "\n\n".join(["# Methods, function by function", lead, *map(_module, MODULES)]) + "\n"


def _weights(title: str, lead: str, head: tuple[str, str], values: Mapping[Any, object]) -> str:
    rows = [(_name(key), str(value)) for key, value in values.items()]
    return "\n\n".join(part for part in [f"## {title}", lead, table(head, rows)] if part)


def _name(key: object) -> str:
    parts = key if isinstance(key, tuple) else (key,)
    return ", ".join(code(str(getattr(each, "value", each))) for each in parts)


def weights_page() -> str:
    """Return the page of the weights by which findings are put in order."""
    matter = {(analysis, each): value for analysis, values in triage.MATTER.items() for each, value in values.items()}
    rest = ", ".join(code(each.value) for each in Analysis)
    return (
        "\n\n".join(
            [
                "# Weights of triage",
                _doc(triage),
                _weights("Obligation", "", ("norm says", "weight"), triage.OBLIGATION),
                _weights("Basis", "", ("ground of the norm", "weight"), triage.BASIS),
                _weights("Outcome", "All else that is open weighs 1.", ("kind, outcome", "weight"), triage.OUTCOME),
                _weights("Certainty", "Silence weighs as the lowest.", ("the source is", "weight"), triage.CERTAINTY),
                _weights("Standing", "How a remark is known.", ("it is", "weight"), triage.STANDING),
                _weights(
                    "Matter",
                    f"What a remark is about, by analysis ({rest}) and code: 1 where it is not in the table, 0 where "
                    "it only describes.",
                    ("analysis, code", "weight"),
                    matter,
                ),
            ]
        )
        + "\n"
    )
