"""The map as one HTML file: drawing, network, tables and details in both languages, closed to the network."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from kg.findings import Finding, Kind, Lang
from kg.html import clean, policy
from kg.maps.boxes import LevelLayout
from kg.maps.drawing import LANGS, drawing_context
from kg.maps.ghosts import label_of
from kg.maps.labels import UI, labels_of
from kg.maps.layout import lay_out
from kg.maps.leaves import leaves_of
from kg.maps.packed import pack_told
from kg.maps.render import environment, lean, static_text
from kg.maps.scatter import scatter
from kg.maps.told import GROUPS
from kg.maps.values import LEFT, RIGHT, Band, Edge, EdgeKind, GhostKind, MapModel, Text
from kg.maps.visnet import BAND_COLOURS, SECTOR_COLOURS, network_data, pack, read_script
from kg.maps.words import BANDS, CODES, PLURALS, SECTORS, age_phrase, count, edge_phrase, meeting_phrase, section_name
from kg.maps.years import plain_years
from kg.namespaces import last_part
from kg.phrases import decided, of_own
from kg.sentences import advice, expectation, observation

__all__ = ["escape_json", "render_map"]

LATE = ("whatif.js", "supposing.js")
SCRIPTS = ("core.js", "packed.js", "paths.js", "network.js", "ages.js", "told.js", "search.js", "page.js")
_ESCAPES = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


def escape_json(value: Any) -> str:
    r"""Return JSON that can stand in a script element whatever it holds.

    >>> escape_json({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _pair(text: Text) -> list[str]:
    return [clean(text.sv), clean(text.of("en"))]


def _data(model: MapModel, level: LevelLayout, lang: Lang) -> tuple[dict[str, Any], Mapping[str, int]]:
    nodes, edges = network_data(model, level, scatter(model, level))
    numbers = {node["id"]: index for index, node in enumerate(nodes)}
    words = {name: [_pair(one), _pair(many)] for name, (one, many) in PLURALS.items()}
    title = Text(_title(model, "sv"), _title(model, "en"))
    years = model.told.years if model.told else plain_years(model)
    names = {
        "programme": _pair(UI["programme"]),
        "forum": _pair(UI["forum"]),
        "actor": _pair(UI["actor"]),
        "title": _pair(title),
        "closed": _pair(UI["closed"]),
        "untold": _pair(UI["untold"]),
        "file": f"{re.sub('[^a-z0-9-]+', '-', last_part(model.report.iri).lower())}",
    }
    strip = {"years": [[each.closed, each.open, each.examined] for each in years.years], "unstated": years.unstated}
    return {"nodes": nodes, "edges": edges, "words": words, "names": names, "lang": lang, "years": strip}, numbers


def _title(model: MapModel, lang: Lang) -> str:
    return f"{model.municipality.label(lang)}: {UI['heading'].of(lang)}"


def _finding_view(finding: Finding, place: int) -> dict[str, Any]:
    address = finding.norm_address if finding.norm_address.startswith("https://") else ""
    return {
        "finding": finding,
        "place": place,
        "label": label_of(finding),
        "observation": Text(observation(finding, "sv"), observation(finding, "en")),
        "expectation": Text(expectation(finding, "sv"), expectation(finding, "en")),
        "advice": Text(advice(finding, "sv"), advice(finding, "en")),
        "decision": Text(decided(finding.decision, "sv"), decided(finding.decision, "en")),
        "norm": last_part(finding.norm.iri).upper() if finding.norm else "",
        "address": address,
        "where": finding.forum,
    }


def _section_order(number: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (9999, part) for part in re.split(r"[.\s]+", number)]


class _Views:
    """What the templates ask for: everything known of a forum, an actor or a ghost."""

    def __init__(self, model: MapModel, numbers: Mapping[str, int]) -> None:
        self.model = model
        self.numbers = numbers
        self.actors = {each.key: each for each in model.actors}
        self.forums = {each.key: each for each in model.forums}
        self.places = {(each.actor, each.forum, each.kind): index for index, each in enumerate(model.edges)}
        self.findings = [(each, _finding_view(each, place)) for place, each in enumerate(model.findings)]

    def edges(self, *, forum: str = "", actor: str = "", members: bool | None = None) -> list[Edge]:
        """Return the links of a forum or of an actor, leaders first, then by name."""
        found = [
            each
            for each in self.model.edges
            if (not forum or each.forum == forum)
            and (not actor or each.actor == actor)
            and (members is None or (each.kind is EdgeKind.MEMBER) is members)
        ]
        return sorted(
            found, key=lambda each: (not each.leads, self.actors[each.actor].thing.sv, self.forums[each.forum].thing.sv)
        )

    def place(self, edge: Edge) -> int:
        """Return the place of a link in the model: its claims stand with the forum, and the actor shows them too."""
        return self.places[edge.actor, edge.forum, edge.kind]

    def found(self, kind: Kind, forum: str | None = None) -> list[dict[str, Any]]:
        """Return the findings of a kind, of one forum where it is given ("" means none)."""
        iri = self.forums[forum].thing.iri if forum else ""
        return [
            view
            for each, view in self.findings
            if each.kind is kind and (forum is None or (each.forum.iri if each.forum else "") == iri)
        ]

    def sections(self, forum: str) -> list[Any]:
        """Return the sections that tell of a forum, in the order of the report."""
        evidence = [*self.forums[forum].evidence, *(e for edge in self.edges(forum=forum) for e in edge.evidence)]
        return sorted(
            {s for each in evidence for s in each.sections}, key=lambda each: (_section_order(each.number), each.iri)
        )

    def lines(self, forum: str) -> list[tuple[str, Any]]:
        """Return the arrows to and from a forum with the key of the other end."""
        out = [(line.end, line) for line in self.model.lines if line.start == forum]
        return out + [(line.start, line) for line in self.model.lines if line.end == forum]

    def denials(self, forum: str) -> list[Any]:
        """Return the denials of a forum that no claim contradicts."""
        disputed = {(each.actor, each.forum) for each in self.model.edges if each.disputed}
        return [
            each
            for each in self.model.denials
            if each.forum == forum
            and all(self.actors[key].thing.iri != each.actor.iri for key, where in disputed if where == forum)
        ]

    def absences(self, forum: str) -> list[Any]:
        """Return what the report says does not exist in a forum."""
        return [each for each in self.model.absences if each.forum == forum]


def _legend(model: MapModel) -> dict[str, Any]:
    """Return the filters, which are the legend with counts."""
    used = [band for band in Band if band is not Band.MISSING and any(each.band is band for each in model.forums)]
    types = {last_part(thing.iri): thing for each in model.forums for thing in each.types}
    return {
        "bands": [
            (band.value, BANDS[band], BAND_COLOURS[band.value], sum(each.band is band for each in model.forums))
            for band in used
        ],
        "sectors": [
            (s.value, SECTORS[s], CODES[s], SECTOR_COLOURS[s], sum(each.sector is s for each in model.actors))
            for s in (*LEFT, *RIGHT)
        ],
        "gaps": sum(len(each.findings) for each in model.ghosts if each.kind is GhostKind.GAP),
        "questions": sum(len(each.findings) for each in model.ghosts if each.kind is GhostKind.QUESTION),
        "types": [(code, Text(types[code].sv, types[code].label("en"))) for code in sorted(types)],
    }


def render_map(model: MapModel, lang: Lang = "sv", *, links: Sequence[tuple[str, Text]] = ()) -> str:
    """Return the page; it opens in `lang`, holds both languages, and works without a network or JavaScript.

    `links` are addresses of pages beside it, with their names, for the header. Same model, same text. Raises `KgError`
    where the vis-network that pyvis ships is not the one that was examined.
    """
    level = lay_out(model)
    data, numbers = _data(model, level, lang)
    style = static_text("map.css") + static_text("told.css") + static_text("whatif.css") + static_text("small.css")
    vis = read_script()
    early = lean(static_text("early.js"))
    own = "".join(_script(name, model) for name in SCRIPTS)
    late = "".join(_script(name, model) for name in LATE) if model.rules else ""
    views = _Views(model, numbers)
    context = {
        "lang": lang,
        "langs": LANGS,
        "ui": labels_of(own=model.own),
        "model": model,
        "v": views,
        "d": drawing_context(model, level, LANGS, numbers, asked=True),
        "interactive": True,
        "links": tuple(links),
        "legend": _legend(model),
        "bands": BANDS,
        "sectors": SECTORS,
        "codes": CODES,
        "kinds": Kind,
        "groups": GROUPS,
        "age_phrase": age_phrase,
        "meeting_phrase": meeting_phrase,
        "edge_phrase": edge_phrase,
        "count": count,
        "section_name": section_name,
        "title": Text(_title(model, "sv"), _title(model, "en")),
        "policy": policy(styles=(style,), scripts=(early, vis, own, *([late] if late else [])), packed="vis"),
        "data": escape_json(data),
        "style": style,
        "vis": pack(vis),
        "leaves": "",
        "told": pack_told(model),
        "early": early,
        "own": own,
        "late": pack(late) if late else "",
        "rules": pack(escape_json(model.rules)) if model.rules else "",
    }
    context["leaves"] = _leaves(context)
    return environment().get_template("map.html.j2").render(context)


def _script(name: str, model: MapModel) -> str:
    """Return a script of ours, whose sentences call a description of one's own a source."""
    script = lean(static_text(name))
    return of_own(of_own(script, "sv"), "en") if model.own else script


def _leaves(context: Mapping[str, Any]) -> str:
    """Return the details of every shape, packed: a reader opens one at a time, and the first picture waits for none."""
    markup = environment().get_template("details.html.j2").render(context)
    found = {each[1]["data-id"]: each[2:] for each in leaves_of(markup) if isinstance(each, list)}
    return pack(json.dumps(found, ensure_ascii=False, separators=(",", ":")))
