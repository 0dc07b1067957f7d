"""The page of one finding or remark, with all that it rests on: norm, claims, sections, what would change it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import UnknownName
from kg.findings import Evidence, Finding, Outcome, Remark
from kg.listings import finding_object, finding_rows, remark_object
from kg.namespaces import BASE
from kg.phrases import decided
from kg.sentences import advice, changed_by, expectation, observation, sentence
from kg.server.pages.addresses import page_of
from kg.server.pages.asked import Asked, Reply
from kg.server.pages.claims import Value, named, section_value
from kg.server.pages.country import Country
from kg.server.pages.frame import show
from kg.wording import STANDINGS, remark_advice, remark_sentence

__all__ = ["finding_page"]


@dataclass(frozen=True, slots=True)
class Ground:
    """A claim behind a finding: its address, the words of the report, how sure, about whom, and where it stands."""

    href: str
    quote: str
    certainty: str
    about: str
    sections: tuple[Value, ...]


def _grounds(asked: Asked, evidence: Iterable[Evidence]) -> list[Ground]:
    return [
        Ground(
            asked.to(page_of(each.claim)),
            each.as_stated,
            each.certainty.label(asked.lang) if each.certainty else "",
            each.about,
            tuple(section_value(asked, section) for section in each.sections),
        )
        for each in evidence
    ]


def finding_page(country: Country, asked: Asked) -> Reply:
    """Return the page of one finding or remark; raises `UnknownName` with near ids for one that is not there."""
    name = asked.values["id"]
    bare = name.removesuffix(".json")
    reading = country.reading(country.source(bare.partition("/")[0]).key)
    by_id: dict[str, Finding | Remark] = {each.id: each for each in reading.findings}
    if bare not in by_id:
        by_id |= {each.id: each for each in reading.remarks}
    if bare not in by_id:
        raise UnknownName("finding", bare, tuple(difflib.get_close_matches(bare, list(by_id), n=3, cutoff=0.5)))
    found = by_id[bare]
    if name.endswith(".json"):
        made = finding_object(found, asked.lang) if isinstance(found, Finding) else remark_object(found, asked.lang)
        return Reply(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "application/json")
    return _of_norm(asked, found) if isinstance(found, Finding) else _of_remark(asked, found)


def _of_norm(asked: Asked, found: Finding) -> Reply:
    row = finding_rows([found], asked.lang)[0]
    where = found.forum or found.body or found.municipality
    title = f"{row[0]}: {row[1]}" if row[1] else row[0]
    norm = named(asked, found.norm) if found.norm else None
    source = named(asked, found.norm_source) if found.norm_source else None
    key = found.id.partition("/")[0]
    in_map = f"#node={found.forum.iri.removeprefix(f'{BASE}id/')}" if found.forum else ""
    return show(
        asked,
        "finding.html",
        title,
        alternates=(("application/json", asked.to(f"/fynd/{found.id}.json")),),
        id=found.id,
        css=found.kind.value,
        tags=[each for each in (row[2], ", ".join(filter(None, row[3:5]))) if each],
        told=sentence(found, asked.lang),
        said=observation(found, asked.lang),
        expected=expectation(found, asked.lang),
        norm=norm,
        norm_code=row[5],
        norm_source=source,
        locator="" if source and source.text.endswith(found.locator) else found.locator,
        valid=(found.valid_from, found.valid_through),
        address=found.norm_address if found.norm_address.startswith("https://") else "",
        where=named(asked, where),
        municipality=named(asked, found.municipality),
        report=named(asked, found.report),
        day=found.observed_on,
        grounds=_grounds(asked, found.evidence),
        changed=changed_by(found, asked.lang),
        todo=advice(found, asked.lang),
        decision=decided(found.decision, asked.lang),
        silent=found.outcome in {Outcome.NOT_NAMED, Outcome.NOT_ASSESSABLE},
        in_map=asked.to(f"/karta/{key}") + in_map,
        standing="",
        peers=[named(asked, each) for each in found.peers],
    )


def _of_remark(asked: Asked, found: Remark) -> Reply:
    subjects = list(dict.fromkeys(found.subjects))
    where = subjects[0] if subjects else found.municipality
    return show(
        asked,
        "finding.html",
        ", ".join(each.label(asked.lang) for each in subjects[:3]) or found.municipality.label(asked.lang),
        alternates=(("application/json", asked.to(f"/fynd/{found.id}.json")),),
        id=found.id,
        css="other",
        tags=[],
        told=remark_sentence(found, asked.lang),
        said="",
        expected="",
        norm=None,
        norm_code="",
        norm_source=None,
        locator="",
        valid=("", ""),
        address="",
        where=named(asked, where),
        municipality=named(asked, found.municipality),
        report=named(asked, found.report),
        day=found.observed_on,
        grounds=_grounds(asked, found.evidence),
        changed="",
        todo=remark_advice(found, asked.lang),
        decision=decided(found.decision, asked.lang),
        silent=False,
        in_map=asked.to(f"/karta/{found.id.partition('/')[0]}"),
        standing=STANDINGS[found.standing][asked.lang == "en"],
        peers=[],
    )
