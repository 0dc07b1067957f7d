"""What-if and suggested invitations as text, rows and JSON objects; what is supposed is marked in each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.findings import Finding, Lang, Remark
from kg.listings import finding_object, remark_object, to_json
from kg.namespaces import last_part
from kg.phrases import capital, join
from kg.sentences import sentence
from kg.tables import printable
from kg.whatif import Effect, Result
from kg.whatif.hypotheses import Change, Join, Leave, NewForum, Without, WithoutForum
from kg.whatif.invitations import Ask, Invitation, Plan
from kg.wording import remark_reference, remark_sentence
from kg.wording.whatif import (
    ask_sentence,
    caution,
    change_phrase,
    invitation_sentence,
    kind_label,
    supposed_sentence,
)

__all__ = [
    "EFFECT_COLUMNS",
    "PLAN_COLUMNS",
    "effect_json",
    "effect_rows",
    "effect_text",
    "plan_json",
    "plan_rows",
    "plan_text",
]

EFFECT_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("vad som händer", "slag", "gäller", "i ord", "id"),
    "en": ("what happens", "kind", "about", "in words", "id"),
}
PLAN_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("steg", "vem", "var", "vikt", "i ord", "stänger"),
    "en": ("step", "who", "where", "weight", "in words", "closes"),
}
_HAPPENS = {"closed": ("stängs", "closes"), "opened": ("öppnas", "opens"), "changed": ("ändras", "changes")}
_NAMES = {Join: "join", Leave: "leave", Without: "without", NewForum: "new-forum", WithoutForum: "without-forum"}


def _kind(result: Result, lang: Lang) -> str:
    if isinstance(result, Finding):
        return kind_label(result.kind, lang)
    return "iakttagelse" if lang == "sv" else "remark"


def _about(result: Result, lang: Lang) -> str:
    if isinstance(result, Finding):
        return (result.forum or result.body or result.municipality).label(lang)
    return ", ".join(each.label(lang) for each in result.subjects)


def _supposed(result: Result, lang: Lang) -> str:
    if isinstance(result, Finding):
        return supposed_sentence(result, lang)
    words = remark_sentence(result, lang).removesuffix(remark_reference(result, lang)).strip()
    return f"{'I det tänkta läget' if lang == 'sv' else 'As supposed'}: {words}"


def _real(result: Result, lang: Lang) -> str:
    return sentence(result, lang) if isinstance(result, Finding) else remark_sentence(result, lang)


def _lines(effect: Effect, lang: Lang) -> list[tuple[str, Result, str]]:
    """Return what happens, to which result, in which words."""
    return [
        *(("closed", each, _real(each, lang)) for each in effect.closed),
        *(("opened", each, _supposed(each, lang)) for each in effect.opened),
        *(("changed", after, _supposed(after, lang)) for _, after in effect.changed),
    ]


def effect_rows(effect: Effect, lang: Lang) -> list[tuple[str, ...]]:
    """Return one row a result that closes, opens or changes, in the order of `EFFECT_COLUMNS`."""
    return [
        (_HAPPENS[what][lang == "en"], _kind(each, lang), _about(each, lang), words, each.id)
        for what, each, words in _lines(effect, lang)
    ]


def effect_text(effect: Effect, lang: Lang = "sv") -> str:
    """Return the effect as text to be read: what is supposed, what would close, open and change."""
    sv, report = lang == "sv", effect.case.source.thing.label(lang)
    supposed = join([change_phrase(each, lang) for each in effect.changes], lang)
    lines = [f"{report}: {'om' if sv else 'if'} {supposed}", caution(effect.changes, lang), ""]
    found = _lines(effect, lang)
    if not found:
        lines.append("Inget skulle öppnas, stängas eller ändras." if sv else "Nothing would open, close or change.")
    heads = {
        "closed": ("Skulle stängas", "Would close"),
        "opened": ("Skulle öppnas", "Would open"),
        "changed": ("Skulle ändras", "Would change"),
    }
    for what, pair in heads.items():
        these = [(each, words) for name, each, words in found if name == what]
        if these:
            lines.append(f"{pair[not sv]} ({len(these)})")
            lines += [f"  {capital(_kind(each, lang))}: {words}" for each, words in these]
            lines.append("")
    return "\n".join(map(printable, lines)).rstrip("\n") + "\n"


def plan_rows(plan: Plan, lang: Lang) -> list[tuple[str, ...]]:
    """Return one row an invitation or asking, in the order of `PLAN_COLUMNS`."""
    sv = lang == "sv"
    invited = [
        (
            "bjud in" if sv else "invite",
            each.kind.label(lang),
            each.forum.label(lang),
            str(each.weight),
            invitation_sentence(each, lang),
            _ids(each.closes),
        )
        for each in plan.invitations
    ]
    asked = [
        (
            "fråga" if sv else "ask",
            "" if each.of_forum else each.whom.label(lang),
            each.whom.label(lang) if each.of_forum else "",
            str(each.weight),
            ask_sentence(each, lang),
            _ids(each.closes),
        )
        for each in plan.asks
    ]
    return [*invited, *asked]


def _ids(findings: Iterable[Finding]) -> str:
    return " ".join(each.id for each in findings)


def plan_text(plan: Plan, lang: Lang = "sv") -> str:
    """Return the suggested invitations with the reason of each, whom to ask, and what no invitation closes."""
    sv, report = lang == "sv", plan.case.source.thing.label(lang)
    lines = [f"{report}: {'inbjudningar som stänger mest' if sv else 'the invitations that close most'}"]
    if not plan.invitations:
        lines.append(
            "  Ingen inbjudan stänger något: rapporten visar inte att någon väntad aktör står utanför ett forum."
            if sv
            else "  No invitation closes anything: the report shows no expected actor to be outside a forum."
        )
    for number, each in enumerate(plan.invitations, 1):
        lines.append(f"{number}. {invitation_sentence(each, lang)}")
        lines += [f"   - {sentence(closed, lang)}" for closed in each.closes]
    if plan.opens:
        lines += ["", "Men då skulle öppnas" if sv else "But then would open"]
        lines += [f"  {supposed_sentence(each, lang)}" for each in plan.opens]
    if plan.asks:
        lines += ["", "Fråga först" if sv else "Ask first"]
        lines += [f"{number}. {ask_sentence(each, lang)}" for number, each in enumerate(plan.asks, 1)]
    if plan.beyond:
        lines += ["", "Luckor som ingen inbjudan stänger" if sv else "Gaps that no invitation closes"]
        lines += [f"  {sentence(each, lang)}" for each in plan.beyond]
    return "\n".join(map(printable, lines)) + "\n"


def _change_object(change: Change, lang: Lang) -> dict[str, Any]:
    actor = change.actor if isinstance(change, Join | Leave | Without) else None
    forum = None if isinstance(change, Without) else change.forum
    kind = change.kind if isinstance(change, NewForum) else None
    found: dict[str, Any] = {"change": _NAMES[type(change)], "sentence": change_phrase(change, lang)}
    for name, thing in (("actor", actor), ("forum", forum), ("forum_type", kind)):
        found |= {name: thing.label(lang) if thing else None, f"{name}_iri": thing.iri if thing else None}
    return found


def _object(result: Result, lang: Lang) -> dict[str, Any]:
    return finding_object(result, lang) if isinstance(result, Finding) else remark_object(result, lang)


def _supposed_object(result: Result, lang: Lang) -> dict[str, Any]:
    """Return a supposed result: no claim, section or certainty, and marked as supposed."""
    found: dict[str, Any] = {"id": result.id, "supposed": True, "sentence": _supposed(result, lang)}
    if isinstance(result, Remark):
        return found | {"kind": "remark", "outcome": None, "about": _about(result, lang), "norm_id": None}
    norm = last_part(result.norm.iri).upper() if result.norm else None
    return found | {
        "kind": result.kind.value,
        "outcome": result.outcome.value,
        "about": _about(result, lang),
        "norm_id": norm,
    }


def effect_json(effect: Effect, lang: Lang = "sv") -> str:
    """Return the effect as the JSON object that `schemas/whatif.json` describes."""
    return to_json(
        {
            "report": effect.case.source.thing.label(lang),
            "report_iri": effect.case.source.thing.iri,
            "changes": [_change_object(each, lang) for each in effect.changes],
            "closed": [_object(each, lang) for each in effect.closed],
            "opened": [_supposed_object(each, lang) for each in effect.opened],
            "changed": [
                {"before": _object(before, lang), "after": _supposed_object(after, lang)}
                for before, after in effect.changed
            ],
        }
    )


def _step(step: Invitation | Ask, lang: Lang) -> dict[str, Any]:
    words = invitation_sentence(step, lang) if isinstance(step, Invitation) else ask_sentence(step, lang)
    return {"weight": step.weight, "sentence": words, "closes": [finding_object(each, lang) for each in step.closes]}


def plan_json(plan: Plan, lang: Lang = "sv") -> str:
    """Return the plan as the JSON object that `schemas/invitations.json` describes."""
    return to_json(
        {
            "report": plan.case.source.thing.label(lang),
            "report_iri": plan.case.source.thing.iri,
            "invitations": [
                {
                    "forum": each.forum.label(lang),
                    "forum_iri": each.forum.iri,
                    "actor_type": each.kind.label(lang),
                    "actor_type_iri": each.kind.iri,
                    "known": [{"label": actor.label(lang), "iri": actor.iri} for actor in each.actors],
                    **_step(each, lang),
                }
                for each in plan.invitations
            ],
            "asks": [
                {"whom": each.whom.label(lang), "whom_iri": each.whom.iri, **_step(each, lang)} for each in plan.asks
            ],
            "opened": [_supposed_object(each, lang) for each in plan.opens],
            "beyond": [finding_object(each, lang) for each in plan.beyond],
        }
    )
