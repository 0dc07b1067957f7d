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

__all__ = ["Ungrounded", "check_grounding", "find_texts", "split_sections"]

INTERPRETED = concept("visshet", "tolkad")
NAMED_BY = (
    *(ORG.member, FB.excludedActor, FB.describesForum, FB.describesIntervention, FB.flowFrom, FB.flowTo),
    *(FB.steers, FB.isSteered, FB.priorityArea, FB.party, FB.representedBy),
)
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


def _starts(lines: Sequence[str], sections: Iterable[Section], headings: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Return for each section the line that it starts on; the last line that looks like its heading is the body's."""
    keys = [_key(line) for line in lines]
    numbers = [re.match(r"^\s*(\d+(?:\.\d+)*)[.\s]", line) for line in lines]
    found: dict[str, int] = {}
    for section in sections:
        if re.fullmatch(r"\d+(?:\.\d+)*", section.number):
            hits = [
                index
                for index, match in enumerate(numbers)
                if match
                and match[1] == section.number
                and not re.search(r"\t\s*\d+\s*$", lines[index])
                and len(lines[index]) < 120
            ]
        else:
            wanted = {_normal(each) for each in headings.get(section.iri, ())}
            hits = [index for index, key in enumerate(keys) if key and key in wanted]
        if hits:
            found[section.iri] = hits[-1] if len(hits) > 1 and hits[-1] > hits[0] else hits[0]
    return found


def split_sections(text: str, sections: Sequence[Section], headings: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the normalised text of each section that is found: from its heading to the next section's heading.

    A section that holds others (3 holds 3.1) holds their texts too.
    """
    lines = text.splitlines()
    starts = _starts(lines, sections, headings)
    ordered = sorted(starts.values())
    number_of = {section.iri: section.number for section in sections}
    found = {}
    for iri, start in starts.items():
        inside = {starts[other] for other in starts if number_of[other].startswith(f"{number_of[iri]}.")}
        end = next((line for line in ordered if line > start and line not in inside), len(lines))
        found[iri] = _normal("\n".join(lines[start:end]))
    return found


def _names(records: Records, claim: Record) -> list[str]:
    """Return the names that would ground a claim: of what it is about, or its own where it is a thing."""
    names = []
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
    headings = {
        each.iri: (*records.named[each.iri].all(SKOS.prefLabel), *records.named[each.iri].all(SKOS.altLabel))
        for each in sections
    }
    found = split_sections(path.read_text(encoding="utf-8-sig"), sections, headings)
    problems = [
        Ungrounded(source.key, each.number, each.iri, "no-such-section", each.title)
        for each in sections
        if each.iri not in found
    ]
    for claim in records.claims.get(source.thing.iri, {}).values():
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
