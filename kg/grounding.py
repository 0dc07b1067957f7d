"""Every claim held against the text of its report: the checksum, the section, and the words in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import LocationError
from kg.findings import Section
from kg.namespaces import DCTERMS, FB, ORG, PROV, RDF, SKOS, concept
from kg.records import Record, Records
from kg.sources import Source

__all__ = ["Heading", "Ungrounded", "check_grounding", "find_texts", "split_sections"]

INTERPRETED = concept("visshet", "tolkad")
NAMED_BY = (
    *(ORG.member, FB.excludedActor, FB.describesForum, FB.describesIntervention, FB.flowFrom, FB.flowTo),
    *(FB.steers, FB.isSteered, FB.priorityArea, FB.party, FB.representedBy),
)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_PAGE = re.compile(r"\t\s*\d+\s*$")
_LEADING = re.compile(r"^[\s#*•–-]+")


@dataclass(frozen=True, slots=True, order=True)
class Ungrounded:
    """A claim, section or text that does not hold, and why (a code)."""

    source: str
    section: str
    subject: str
    problem: str
    detail: str


def _normal(text: str) -> str:
    """Return text as words in lower case: soft hyphens, line breaks, quotes, marks and punctuation do not matter."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    text = re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", text)
    return " ".join(re.findall(r"\w+", text.lower()))


def _key(line: str) -> str:
    return _normal(_LEADING.sub("", line))


def find_texts(folder: Path) -> dict[str, Path]:
    """Return the text files of a folder by their SHA-256; raises `LocationError` where it cannot be read."""
    if not folder.is_dir():
        raise LocationError(f"{folder} is no folder; name the folder with the texts of the reports")
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.glob("*.txt"))}


@dataclass(frozen=True, slots=True)
class Heading:
    """How a section is found: its number, its possible headings, and the words it begins with."""

    iri: str
    number: str
    titles: frozenset[str]
    opening: str


def _start(heading: Heading, lines: Sequence[str], keys: Sequence[str]) -> int | None:
    """Return the line that a section starts on: of several, the last, since the contents list comes first."""
    body = [index for index, line in enumerate(lines) if keys[index] and not _PAGE.search(line)]
    if heading.opening:
        hits = [index for index in body if keys[index].startswith(heading.opening)]
    elif _NUMBER.fullmatch(heading.number):
        hits = _best([(index, lines[index]) for index in body if _numbered(lines[index]) == heading.number], heading)
    else:
        hits = [index for index in body if keys[index] in heading.titles]
    return hits[-1] if hits else None


def _best(hits: list[tuple[int, str]], heading: Heading) -> list[int]:
    """Return the lines with the section's own title, or else those without a full stop: "1. ..." is rather a list."""
    number = _normal(heading.number)
    titled = [index for index, line in hits if _key(line).removeprefix(number).strip() in heading.titles]
    plain = [index for index, line in hits if not re.match(r"^\s*\d+\.\s", line)]
    return titled or plain or [index for index, _ in hits]


def _numbered(line: str) -> str:
    """Return the section number that a line begins with, where the line is short enough to be a heading."""
    found = re.match(r"^\s*(\d+(?:\.\d+)*)[.\s]", line)
    return found[1] if found and len(line) < 120 else ""


def split_sections(text: str, headings: Sequence[Heading]) -> dict[str, str]:
    """Return the normalised text of each section that is found: from its start to the next section's start.

    A section that holds others (3 holds 3.1) holds their texts too.
    """
    lines = text.splitlines()
    keys = [_key(line) for line in lines]
    starts = {each.iri: start for each in headings if (start := _start(each, lines, keys)) is not None}
    ordered = sorted(starts.values())
    number_of = {each.iri: each.number for each in headings}
    found = {}
    for iri, start in starts.items():
        inside = {starts[other] for other in starts if number_of[other].startswith(f"{number_of[iri]}.")}
        end = next((line for line in ordered if line > start and line not in inside), len(lines))
        found[iri] = _normal("\n".join(lines[start:end]))
    return found


def _heading(records: Records, section: Section) -> Heading:
    record = records.named[section.iri]
    titles = (*record.all(SKOS.prefLabel), *record.all(SKOS.altLabel))
    return Heading(
        section.iri, section.number, frozenset(map(_normal, titles)), _normal(record.text(FB.asStated, "sv"))
    )


def _names(records: Records, claim: Record) -> list[str]:
    """Return the names that would ground a claim: of what it is about, or its own where it is a thing."""
    names: list[str] = []
    subjects = [iri for name in NAMED_BY for iri in claim.all(name)] or [claim.iri]
    for iri in subjects:
        record = claim if iri == claim.iri else records.named.get(iri)
        if record is not None:
            names.extend((*record.all(SKOS.prefLabel), *record.all(SKOS.altLabel)))
    return names


def _grounded(records: Records, claim: Record, texts: Iterable[str]) -> bool:
    stated = claim.text(FB.asStated, "sv")
    words = [stated] if stated else _names(records, claim)
    normal = [f" {_normal(each)} " for each in words]
    return any(each.strip() and each in f" {text} " for text in texts for each in normal)


def check_grounding(records: Records, source: Source, texts: dict[str, Path]) -> list[Ungrounded]:
    """Hold a source's claims against its text and return what does not hold, in a total order.

    A claim with `fb:asStated` must have those words in a section it cites; one without must have a name or
    alternative name of what it is about there. What the editor has marked as interpreted must cite a section that
    exists, and its wording, where it gives one, must be found; nothing more is asked of it.
    """
    checksum = records.named[source.thing.iri].one(FB.sha256)
    path = texts.get(checksum)
    if path is None:
        return [Ungrounded(source.key, "", source.thing.iri, "no-text", checksum)]
    sections = [
        records.section(each.iri)
        for each in records.of_class(FB.SourceSection)
        if each.one(DCTERMS.isPartOf) == source.thing.iri
    ]
    text = path.read_text(encoding="utf-8-sig")
    found = split_sections(text, [_heading(records, each) for each in sections])
    problems = [
        Ungrounded(source.key, each.number, each.iri, "no-such-section", each.title)
        for each in sections
        if each.iri not in found
    ]
    for claim in records.claims.get(source.thing.iri, {}).values():
        if claim.is_a(FB.Audit):
            continue
        cited = claim.all(PROV.wasDerivedFrom)
        here = [found[iri] for iri in cited if iri in found]
        number = ", ".join(records.section(iri).number for iri in cited)
        if not here:
            if not any(problem.subject in cited for problem in problems):
                problems.append(Ungrounded(source.key, number, claim.iri, "no-such-section", ""))
            continue
        interpreted = claim.one(FB.certainty) == INTERPRETED and not claim.text(FB.asStated, "sv")
        if not interpreted and claim.all(RDF.type) and not _grounded(records, claim, here):
            detail = claim.text(FB.asStated, "sv") or " / ".join(_names(records, claim)[:4])
            problems.append(Ungrounded(source.key, number, claim.iri, "not-found", detail))
    return sorted(problems)
