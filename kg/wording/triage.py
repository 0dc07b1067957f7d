"""The grounds of a place in the order, in words: obligation, basis, outcome and certainty."""

from __future__ import annotations

from kg.findings import Finding, Kind, Lang, Outcome
from kg.phrases import plural
from kg.triage import Ranked, is_silent
from kg.wording import STANDINGS

__all__ = ["grounds", "kin_sentence"]

_OUTCOMES: dict[Outcome, tuple[str, str]] = {
    Outcome.DENIED: ("förnekad", "denied"),
    Outcome.MISSING: ("saknas i fullständig lista", "missing from a whole list"),
    Outcome.NOT_NAMED: ("nämns inte", "not mentioned"),
    Outcome.NOT_ASSESSABLE: ("kan inte bedömas", "cannot be assessed"),
}


def grounds(ranked: Ranked, lang: Lang = "sv") -> str:
    """Return why a result stands where it does, as "ska · lag · förnekad · uttalad"."""
    item, english = ranked.item, lang == "en"
    if isinstance(item, Finding):
        parts = [
            item.obligation.label(lang) if item.obligation else "",
            item.basis.label(lang) if item.basis else "",
            _outcome(item)[english],
        ]
    else:
        parts = ["no norm" if english else "ingen norm", STANDINGS[item.standing][english]]
        if item.stability:
            share = f"{item.stability.at_20 * 100:.0f} %"
            parts.append(f"holds in {share} of the draws" if english else f"håller i {share} av försöken")
    if is_silent(item):
        parts.append("rests on silence" if english else "vilar på tystnad")
    elif item.certainty:
        parts.append(item.certainty.label(lang))
    return " · ".join(filter(None, parts))


def _outcome(item: Finding) -> tuple[str, str]:
    if item.reason == "judged-otherwise":
        return "granskarna bedömer det inte som uppfyllt", "not judged as met by the auditors"
    if item.reason == "older-source":
        return "saknades då", "lacking then"
    if item.kind is Kind.QUESTION and item.outcome in {Outcome.PRESENT, Outcome.INFORMS}:
        return "fanns då", "there then"
    return _OUTCOMES.get(item.outcome, ("", ""))


def kin_sentence(ranked: Ranked, lang: Lang = "sv") -> str:
    """Say how many more there are of the same family; "" where there are none."""
    count = len(ranked.kin)
    if not count:
        return ""
    if lang == "sv":
        return f"Och {count} till av samma slag eller om samma sak."
    return f"And {plural(count, 'other', 'others')} of the same kind or on the same matter."
