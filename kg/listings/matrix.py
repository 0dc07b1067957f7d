"""Municipalities side by side as rows and as a JSON object: what tables, pages and programs share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.findings import Lang, Remark
from kg.listings import remark_object, things_object
from kg.matrix import By, Cell, Column, Matrix, State

__all__ = ["column_rows", "column_titles", "matrix_columns", "matrix_object", "matrix_rows"]

STATES: dict[State, tuple[str, str]] = {
    State.DESCRIBED: ("beskrivs", "described"),
    State.DENIED: ("finns inte enligt rapporten", "does not exist, says the report"),
    State.NOT_RUNNING: ("inte igång", "not running"),
    State.UNSURE: ("bara ett bredare slag är känt", "only a broader kind is known"),
    State.NOT_MENTIONED: ("inte beskrivet", "not described"),
}


def column_titles(lang: Lang) -> tuple[str, ...]:
    """Return the head of `column_rows`."""
    if lang == "sv":
        return ("kommun", "rapporter", "beskrivna forum", "med hel deltagarlista", "utan namngiven deltagare")
    return ("municipality", "reports", "forums described", "with a whole member list", "without a named member")


def column_rows(matrix: Matrix, lang: Lang) -> list[tuple[str, ...]]:
    """Return one row a municipality: how much its reports describe, without which its silence cannot be read."""
    return [
        (
            each.municipality.label(lang),
            ", ".join(report.label(lang) for report in each.reports),
            str(each.forums),
            str(each.whole),
            str(each.unnamed),
        )
        for each in matrix.columns
    ]


def matrix_columns(matrix: Matrix, lang: Lang) -> tuple[str, ...]:
    """Return the head of `matrix_rows`: the kind, then each municipality."""
    kind = {By.FORUM: ("forumtyp", "kind of forum"), By.ACTOR: ("aktörstyp", "kind of actor")}[matrix.by]
    return (kind[lang == "en"], *(each.municipality.label(lang) for each in matrix.columns))


def matrix_rows(matrix: Matrix, lang: Lang) -> list[tuple[str, ...]]:
    """Return one row a kind: names where it is described, else what the reports say of it."""
    return [
        (
            kind.label(lang),
            *(_text(matrix.cells[kind.iri, each.municipality.iri], lang) for each in matrix.columns),
        )
        for kind in matrix.kinds
    ]


def _text(cell: Cell, lang: Lang) -> str:
    said, names = STATES[cell.state][lang == "en"], ", ".join(each.label(lang) for each in cell.names)
    if cell.state is State.DESCRIBED:
        return names
    return f"{said}: {names}" if names and cell.state is not State.DENIED else said


def _column(column: Column, lang: Lang) -> dict[str, Any]:
    return {
        "municipality": column.municipality.label(lang),
        "municipality_iri": column.municipality.iri,
        "reports": things_object(column.reports, lang),
        "observed_on": list(column.days),
        "forums": column.forums,
        "whole_lists": column.whole,
        "without_named_member": column.unnamed,
    }


def _cell(cell: Cell, municipality: str, lang: Lang) -> dict[str, Any]:
    return {
        "municipality_iri": municipality,
        "state": cell.state.value,
        "names": things_object(cell.names, lang),
        "claims": [each.claim for each in cell.evidence],
        "sections": list(dict.fromkeys(section.iri for each in cell.evidence for section in each.sections)),
        "text": _text(cell, lang),
    }


def matrix_object(matrix: Matrix, remarks: Iterable[Remark], lang: Lang = "sv") -> dict[str, Any]:
    """Return municipalities, kinds with their cells, and remarks as the JSON object of `schemas/comparison.json`."""
    return {
        "by": matrix.by.value,
        "municipalities": [_column(each, lang) for each in matrix.columns],
        "kinds": [
            {
                **things_object([kind], lang)[0],
                "cells": [
                    _cell(matrix.cells[kind.iri, each.municipality.iri], each.municipality.iri, lang)
                    for each in matrix.columns
                ],
            }
            for kind in matrix.kinds
        ],
        "remarks": [remark_object(each, lang) for each in remarks],
    }
