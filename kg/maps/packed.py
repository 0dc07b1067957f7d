"""What the analysis says as plain values, packed into the page: it is read after the first picture is drawn."""

from __future__ import annotations

import json
from typing import Any

from kg.html import clean
from kg.maps.told import CUTS, GROUPS, Note
from kg.maps.values import MapModel, Text
from kg.maps.visnet import pack
from kg.maps.ways import Ways
from kg.maps.years import Reacher

__all__ = ["pack_told", "ways_data"]


def pack_told(model: MapModel) -> str:
    """Return what the analysis says of a map as JSON, gzip and base64; "" for a map without analysis."""
    if model.told is None:
        return ""
    value = {
        "notes": [_note(each) for each in model.told.notes],
        "ways": ways_data(model.told.ways),
        "reachers": [_reacher(each) for each in model.told.years.reachers],
        "idle": list(model.told.years.idle),
        "groups": {name: _pair(text) for name, text in GROUPS.items()},
    }
    return pack(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def _pair(text: Text) -> list[str]:
    return [clean(text.sv), clean(text.of("en"))]


def _note(note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "group": note.group,
        "show": "cuts" if note.code in CUTS else "overlaps" if note.group == "overlap" else "",
        "title": _pair(note.title) if note.code in CUTS or note.group == "overlap" else [],
        "words": _pair(note.words),
        "where": _pair(note.where),
        "advice": _pair(note.advice),
        "about": list(note.about),
        "lit": list(note.lit),
        "marked": note.marked,
    }


def _reacher(reacher: Reacher) -> dict[str, Any]:
    return {
        "key": reacher.key,
        "kind": reacher.kind,
        "name": _pair(reacher.name),
        "ages": _pair(reacher.ages),
        "spans": [[low, high] for low, high in reacher.spans],
    }


def ways_data(ways: Ways) -> dict[str, Any]:
    """Return the steps as the page searches them: points by their place, the doubts of steps each once."""
    doubts = list(dict.fromkeys(doubt for each in ways.strides for doubt in each.doubts))
    return {
        "points": [
            {
                "id": each.key,
                "name": _pair(each.name),
                "kind": each.kind,
                "whole": each.whole,
                "meets": each.meets,
                "open": each.open,
                "paused": each.paused,
                "shapes": list(each.shapes),
            }
            for each in ways.points
        ],
        "steps": [
            {
                "from": each.start,
                "to": each.end,
                "link": each.link,
                "words": _pair(each.words),
                "doubts": [doubts.index(doubt) for doubt in each.doubts],
                "where": _pair(each.where),
                "carriers": list(each.carriers),
            }
            for each in ways.strides
        ],
        "doubts": [_pair(each) for each in doubts],
        "may": _pair(ways.may),
    }
