"""The order of what matters as text, rows and JSON objects, each with the grounds of its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.findings import Finding, Lang
from kg.listings import finding_object, remark_object, to_json
from kg.namespaces import last_part
from kg.sentences import advice, sentence
from kg.tables import printable
from kg.triage import Ranked
from kg.whatif import Result
from kg.wording import remark_advice, remark_sentence
from kg.wording.triage import grounds, kin_sentence

__all__ = ["RANKED_COLUMNS", "ranked_json", "ranked_rows", "ranked_text"]

RANKED_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("rapport", "plats", "vikt", "skäl", "i ord", "att göra", "id"),
    "en": ("report", "place", "weight", "grounds", "in words", "what to do", "id"),
}


def _words(item: Result, lang: Lang) -> str:
    return sentence(item, lang) if isinstance(item, Finding) else remark_sentence(item, lang)


def _advice(item: Result, lang: Lang) -> str:
    return advice(item, lang) if isinstance(item, Finding) else remark_advice(item, lang)


def ranked_rows(ranked: Sequence[Ranked], lang: Lang) -> list[tuple[str, ...]]:
    """Return one row a result in the order of `RANKED_COLUMNS`."""
    return [
        (
            last_part(each.item.report.iri),
            str(each.place),
            f"{each.weight:g}",
            grounds(each, lang),
            _words(each.item, lang),
            _advice(each.item, lang),
            each.item.id,
        )
        for each in ranked
    ]


def ranked_text(ranked: Sequence[Ranked], lang: Lang = "sv") -> str:
    """Return the order as text to be read, each result with its grounds and what to do, one list a report."""
    sv, lines, report = lang == "sv", list[str](), ""
    for each in ranked:
        if each.item.report.iri != report:
            report = each.item.report.iri
            title = f"{each.item.report.label(lang)}, {each.item.observed_on}"
            lines += ["", f"{title}: {'viktigast först' if sv else 'what matters most, first'}"]
        lines.append(f"{each.place}. {_words(each.item, lang)}")
        lines.append(f"   {'Varför här' if sv else 'Why here'}: {grounds(each, lang)}")
        if todo := _advice(each.item, lang):
            lines.append(f"   {'Att göra' if sv else 'What to do'}: {todo}")
        if kin := kin_sentence(each, lang):
            lines.append(f"   {kin}")
    if not lines:
        lines = ["", "Inget att ta ställning till." if sv else "Nothing calls for anything."]
    return "\n".join(map(printable, lines[1:])) + "\n"


def _object(each: Ranked, lang: Lang) -> dict[str, Any]:
    item = each.item
    return {
        "place": each.place,
        "weight": each.weight,
        "factors": dict(each.factors),
        "grounds": grounds(each, lang),
        "kin": list(each.kin),
        "finding": finding_object(item, lang) if isinstance(item, Finding) else None,
        "remark": None if isinstance(item, Finding) else remark_object(item, lang),
    }


def ranked_json(ranked: Sequence[Ranked], lang: Lang = "sv") -> str:
    """Return the order as the JSON array that `schemas/triage.json` describes."""
    return to_json([_object(each, lang) for each in ranked])
