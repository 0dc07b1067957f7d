"""What the kinds and outcomes of findings are called in an address and on a page."""

from __future__ import annotations

from collections.abc import Mapping

from kg.findings import Kind

__all__ = ["OUTCOMES", "TYPES"]

TYPES: Mapping[str, tuple[Kind, tuple[str, str]]] = {
    "lucka": (Kind.GAP, ("luckor", "gaps")),
    "fraga": (Kind.QUESTION, ("frågor", "questions")),
    "jamforelse": (Kind.COMPARISON, ("jämförelser", "comparisons")),
    "finns": (Kind.MET, ("finns med", "present")),
    "ej-tillamplig": (Kind.NOT_APPLICABLE, ("ej tillämpliga", "not applicable")),
    "utanfor": (Kind.OUT_OF_SCOPE, ("utanför omfattningen", "outside the scope")),
}
"""The kinds of finding by the word that an address has for them, with what they are called."""

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "fornekad": ("förnekad av källan", "denied by the source"),
    "saknas": ("saknas i fullständig lista", "missing from a whole list"),
    "ej-namnd": ("ej nämnd", "not mentioned"),
    "ej-bedombar": ("ej bedömbar", "not assessable"),
    "narvarande": ("närvarande", "present"),
    "informerar": ("informerar utan att sitta med", "informs without sitting in it"),
    "ej-tillamplig": ("ej tillämplig", "not applicable"),
    "utanfor-omfattning": ("utanför omfattningen", "outside the scope"),
}
"""What the outcomes are called, by code, in the order that they are shown."""
