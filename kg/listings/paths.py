"""Paths and reaches as rows and as JSON objects: what tables, pages and programs share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kg.cases import Case
from kg.findings import Lang, Section, Thing
from kg.listings import things_object
from kg.paths import Path, Reach
from kg.paths.steps import Bond, Step
from kg.phrases import section_name
from kg.wording.ways import LINKS, caveats, no_path_sentence, path_sentence, reach_sentence, step_text

__all__ = ["PATH_COLUMNS", "REACH_COLUMNS", "path_object", "path_rows", "path_text", "reach_rows"]

PATH_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("rapport", "väg", "steg", "från", "till", "hur", "vad som sägs", "visshet", "avsnitt"),
    "en": ("report", "path", "step", "from", "to", "how", "what is said", "certainty", "section"),
}
REACH_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("rapport", "steg", "når", "anmärkning"),
    "en": ("report", "steps", "reaches", "note"),
}


def reach_rows(case: Case, reach: Reach, lang: Lang) -> list[tuple[str, ...]]:
    """Return one row a thing reached in the order of `REACH_COLUMNS`, nearest first."""
    sv = lang == "sv"
    stop = "härifrån beskrivs ingen väg vidare" if sv else "no way on is described"
    unknown = "hela deltagarlistan är inte känd" if sv else "the whole member list is not known"
    return [
        (
            case.source.key,
            str(steps),
            thing.label(lang),
            "; ".join([stop] * (thing in reach.stops) + [unknown] * (thing in reach.open_lists)),
        )
        for thing, steps in reach.found
    ]


def _sections(step: Step) -> tuple[Section, ...]:
    bonds = [each for each in step.bonds if each.link is step.link]
    return tuple(dict.fromkeys(s for bond in bonds for e in bond.evidence for s in e.sections))


def _certainty(step: Step, lang: Lang) -> str:
    found = Path((step,)).certainty
    return found.label(lang) if found else ""


def path_rows(case: Case, paths: Sequence[Path], lang: Lang) -> list[tuple[str, ...]]:
    """Return one row a step in the order of `PATH_COLUMNS`, the paths numbered from 1."""
    return [
        (
            case.source.key,
            str(number),
            str(place),
            step.start.label(lang),
            step.end.label(lang),
            LINKS[step.link][lang == "en"],
            step_text(step, lang),
            _certainty(step, lang),
            ", ".join(section_name(each, lang) for each in _sections(step)),
        )
        for number, path in enumerate(paths, 1)
        for place, step in enumerate(path.steps, 1)
    ]


def path_text(
    start: Thing, goal: Thing | None, paths: Sequence[Path], forward: Reach, backward: Reach | None, lang: Lang
) -> str:
    """Return in a few sentences the first path and how many there are, that none is described, or a reach."""
    if goal is None or backward is None:
        return reach_sentence(forward, lang)
    if start.iri == goal.iri:
        name = start.label(lang)
        return f"{name} är både början och mål." if lang == "sv" else f"{name} is both start and goal."
    if not paths:
        return no_path_sentence(start, goal, forward, backward, lang)
    more = len(paths) - 1
    said = [path_sentence(paths[0], lang)]
    if more and lang == "sv":
        said.append(f"Det finns {more} {'väg' if more == 1 else 'vägar'} till som är lika korta.")
    elif more:
        said.append(f"There {'is 1 more way' if more == 1 else f'are {more} more ways'} as short.")
    return " ".join(said)


def _thing(thing: Thing, lang: Lang) -> dict[str, str]:
    return things_object([thing], lang)[0]


def _bond(bond: Bond, lang: Lang) -> dict[str, Any]:
    return {
        "link": bond.link.value,
        "member": _thing(bond.member, lang) if bond.member else None,
        "functions": things_object(bond.functions, lang),
        "content": things_object(bond.content, lang),
        "different_functions": bond.apart,
        "group": bond.group,
        "seldom": bond.seldom,
        "claims": [each.claim for each in bond.evidence],
    }


def _path(path: Path, lang: Lang) -> dict[str, Any]:
    return {
        "steps": [
            {
                "from": _thing(step.start, lang),
                "to": _thing(step.end, lang),
                "link": step.link.value,
                "bonds": [_bond(each, lang) for each in step.bonds],
                "sections": [each.iri for each in _sections(step)],
                "sentence": step_text(step, lang),
            }
            for step in path.steps
        ],
        "length": len(path.steps),
        "stated": path.stated,
        "paused": things_object(path.paused, lang),
        "certainty": path.certainty.label(lang) if path.certainty else None,
        "certainty_iri": path.certainty.iri if path.certainty else None,
        "caveats": caveats(path, lang),
        "sentence": path_sentence(path, lang),
    }


def _reach(reach: Reach, lang: Lang) -> dict[str, Any]:
    return {
        "origin": _thing(reach.origin, lang),
        "found": [{**_thing(thing, lang), "steps": steps} for thing, steps in reach.found],
        "stops": things_object(reach.stops, lang),
        "open_lists": things_object(reach.open_lists, lang),
    }


def path_object(
    case: Case,
    start: Thing,
    goal: Thing | None,
    paths: Iterable[Path],
    forward: Reach,
    backward: Reach | None,
    lang: Lang = "sv",
) -> dict[str, Any]:
    """Return paths and reaches of one report as the JSON object that `schemas/paths.json` describes."""
    found = list(paths)
    return {
        "municipality": _thing(case.source.municipality, lang),
        "report": _thing(case.source.thing, lang),
        "observed_on": case.source.observed_on.isoformat(),
        "from": _thing(start, lang),
        "to": _thing(goal, lang) if goal else None,
        "paths": [_path(each, lang) for each in found],
        "reached_from_start": _reach(forward, lang),
        "leads_to_goal": _reach(backward, lang) if backward else None,
        "sentence": path_text(start, goal, found, forward, backward, lang),
    }
