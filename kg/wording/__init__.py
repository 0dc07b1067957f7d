"""Remarks as sentences: one module an analysis, each a table from code to wording, looked up here.

A module `kg.wording.<analysis>` holds `SENTENCES` and `ADVICE`, from the code of a remark to a function of remark and
language. A code without advice needs none; one without a sentence is an error that a test finds.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping

from kg.findings import Analysis, Lang, Remark, Standing
from kg.phrases import decided, join, of_own, section_name

__all__ = ["ROLLUPS", "STANDINGS", "Wording", "remark_advice", "remark_reference", "remark_sentence", "remark_words"]

Wording = Callable[[Remark, Lang], str]

STANDINGS: dict[Standing, tuple[str, str]] = {
    Standing.STATED: ("rapporten säger det", "stated by the report"),
    Standing.UNSTATED: ("rapporten anger det inte", "not stated by the report"),
    Standing.COMPUTED: ("framräknat ur rapportens uppgifter", "computed from what the report states"),
}
ROLLUPS: dict[str, tuple[str, str]] = {
    "function": ("funktion", "function"),
    "unit": ("enhet", "unit"),
    "administration": ("förvaltning", "administration"),
    "organisation": ("organisation", "organisation"),
}


def _table(analysis: Analysis, name: str) -> Mapping[str, Wording]:
    table: Mapping[str, Wording] = getattr(importlib.import_module(f"kg.wording.{analysis.value}"), name)
    return table


def remark_sentence(remark: Remark, lang: Lang = "sv") -> str:
    """Return a remark in words, with its names, the level it is counted at, how it stands, and where it leads."""
    words = remark_words(remark, lang), remark_reference(remark, lang), decided(remark.decision, lang)
    return " ".join(filter(None, words))


def remark_words(remark: Remark, lang: Lang = "sv") -> str:
    """Return a remark in words alone, for a page that says beside it where it leads."""
    said = _table(remark.analysis, "SENTENCES")[remark.code](remark, lang)
    return of_own(said, lang) if remark.own else said


def remark_advice(remark: Remark, lang: Lang = "sv") -> str:
    """Say what to do about a remark; "" where nothing need be done."""
    say = _table(remark.analysis, "ADVICE").get(remark.code)
    said = say(remark, lang) if say else ""
    return of_own(said, lang) if remark.own else said


def remark_reference(remark: Remark, lang: Lang = "sv", *, report: bool = True) -> str:
    """Return level, stability, report, day, sections and certainty of a remark, in one parenthesis; "" for none.

    A page about one report leaves that out (`report`).
    """
    english = lang == "en"
    sections = [section_name(each, lang) for each in remark.sections]
    word = ("sections" if len(sections) > 1 else "section") if english else "avsnitt"
    parts = [
        f"{'counted by' if english else 'räknat per'} {ROLLUPS[remark.rollup][english]}" if remark.rollup else "",
        _stands(remark, lang),
        f"{remark.report.label(lang)}, {remark.observed_on}" if report else "",
        f"{word} {join(sections, lang)}" if sections else "",
        f"{'certainty' if english else 'visshet'}: {remark.certainty.label(lang)}" if remark.certainty else "",
    ]
    said = "; ".join(filter(None, parts))
    return f"({said})" if said else ""


def _stands(remark: Remark, lang: Lang) -> str:
    if remark.stability is None:
        return ""
    held = remark.stability.at_20
    if lang == "sv":
        return f"håller i {held * 100:.0f} % av försöken när 20 % av deltagandena tas bort"
    return f"holds in {held * 100:.0f} % of the draws with 20 % of the memberships dropped"
