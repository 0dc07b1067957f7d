"""`kg explain`: the chain behind one finding or remark, from its sentence to the sections that it rests on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

import click

from kg.cases import open_cases
from kg.change.differences import find_differences
from kg.cli.gaps import compute
from kg.cli.options import lang_option, on_option, read_wanted, store_option
from kg.cli.output import deliver, output_option
from kg.decisions import about_of
from kg.errors import UnknownName
from kg.findings import Evidence, Finding, Lang, Remark, Rollup
from kg.meetings import find_meetings
from kg.namespaces import last_part
from kg.phrases import decided, of_own, quote, section_title
from kg.records import Records
from kg.sentences import advice, changed_by, expectation, observation, sentence
from kg.sources import Source, choose_sources, find_source, list_sources
from kg.tables import printable
from kg.triage import find_remarks
from kg.wording import ROLLUPS, STANDINGS, remark_advice, remark_sentence

__all__ = ["explain_command"]


@click.command("explain")
@click.argument("result_id", metavar="ID")
@on_option
@lang_option
@store_option
@output_option
def explain_command(
    result_id: str, on: date | None, lang: Lang, store: str, folders: tuple[Path, ...], output: Path | None
) -> None:
    """Show what a finding or remark rests on: norm, source, claims, sections.

    An ID is what every list and page shows: of `kg gaps`, `kg triage`, `kg governance` and the other analyses. What
    `kg compare` tells beside other municipalities is not looked up here.

    Example: kg explain vaxjo-2022/b-tisdagsgruppen/hemma-fritid
    """
    records = read_wanted(store, folders)
    key = result_id.partition("/")[0]
    known = {each.key for each in list_sources(records)}
    source = find_source(records, key) if key in known or "/" not in result_id else None
    tries: list[tuple[str, ...]] = [(each,) for each in (source.part_of, source.key) if each] if source else [()]
    found: dict[str, Finding] = {}
    for keys in tries:
        found = {each.id: each for each in compute(records, reports=keys, all_reports=True, on=on)} | found
    if result_id in found:
        deliver(_chain(found[result_id], lang), output)
        return
    ids = list(found)
    for remark in _remarks(records, source, result_id) if source else ():
        if remark.id == result_id:
            deliver(_remark_chain(remark, lang), output)
            return
        ids.append(remark.id)
    moved = [each for each in found if source is None and _same(records, each, result_id)]
    if len(moved) == 1:  # its source is gone, and another of the municipality describes the forum
        deliver(_chain(found[moved[0]], lang), output)
        return
    near = tuple(difflib.get_close_matches(result_id, list(dict.fromkeys(ids)), n=3, cutoff=0.5))
    hint = "List them with: kg gaps --all --all-reports, or kg triage --all --all-reports"
    raise UnknownName("finding", result_id, near, hint=hint)


_YEAR: Final = re.compile(r"-(?:\d{4}(?:-\d+)?|odaterad(?:-\d+)?|samlad)$")


def _same(records: Records, one: str, other: str) -> bool:
    """Whether two ids are on the same forum and norm of one municipality, whose name begins the key of a source."""
    places = {_YEAR.sub("", each.partition("/")[0]) for each in (one, other)}
    return len(places) == 1 and about_of(records, one) == about_of(records, other)


def _remarks(records: Records, source: Source, wanted: str) -> Iterator[Remark]:
    """Yield the remarks on a report at the level that an id names, else at every level, and on what it changed."""
    later = [each for each in choose_sources(records, reports=(source.key,)) if each.describes_forums]
    for case in open_cases(records, later):
        named = [level for level in Rollup if f"/{level.value}/" in wanted]
        for level in named or [Rollup.UNIT, *(each for each in Rollup if each is not Rollup.UNIT)]:
            yield from find_remarks(case, level=level)
            if level is not Rollup.FUNCTION:
                yield from find_meetings(case, level)
    against = wanted.split("/")[1:2]
    for other in list_sources(records):
        if [other.key] == against and other.municipality == source.municipality:
            earlier, case = open_cases(records, [other, source])
            yield from find_differences(earlier, case)


Row = tuple[str, str, str | None]
"""A line of a chain: its Swedish and English head, and its text."""


def _lines(rows: Iterable[Row], lang: Lang) -> str:
    sv = lang == "sv"
    told = ((swedish if sv else english, text or "") for swedish, english, text in rows if text or not swedish)
    said = [f"{head + ':':<22}{text}" if head else text for head, text in told]
    return "\n".join(map(printable, said)) + "\n"


def _claims(evidence: Iterable[Evidence], lang: Lang) -> Iterator[Row]:
    for each in evidence:
        where = "; ".join(section_title(section, lang) for section in each.sections)
        words = f" {quote(each.as_stated, lang)}" if each.as_stated else ""
        sure = f" [{each.certainty.label(lang)}]" if each.certainty else ""
        yield "Utsaga", "Claim", f"{each.about + ': ' if each.about else ''}{where}{words}{sure} <{each.claim}>"


def _remark_chain(remark: Remark, lang: Lang) -> str:
    """Return a remark with what it is about, how it is known, its figures, claims, sections and advice."""
    stands, english = remark.stability, lang == "en"
    known = STANDINGS[remark.standing][english]
    rows: list[Row] = [
        ("", "", remark_sentence(remark, lang)),
        ("", "", ""),
        ("Gäller", "About", ", ".join(dict.fromkeys(f"{each.label(lang)} <{each.iri}>" for each in remark.subjects))),
        ("Hur känt", "How known", of_own(known, lang) if remark.own else known),
        ("Räknat per", "Counted by", ROLLUPS[remark.rollup][english] if remark.rollup else ""),
        ("Visshet", "Certainty", remark.certainty.label(lang) if remark.certainty else ""),
        (
            "Tal (som i JSON)",
            "Figures (as in JSON)",
            ", ".join(f"{name} {value}" for name, value in remark.figures if value != ""),
        ),
        (
            "Stabilitet",
            "Stability",
            f"10 %: {stands.at_10:.2f}; 20 %: {stands.at_20:.2f}; n = {stands.draws}" if stands else "",
        ),
        ("Rapport", "Report", f"{remark.report.label(lang)}, {remark.observed_on} <{remark.report.iri}>"),
        *_claims(remark.evidence, lang),
        ("Ert beslut", "Your decision", decided(remark.decision, lang)),
        ("Att göra", "What to do", remark_advice(remark, lang)),
    ]
    return _lines(rows, lang)


def _chain(finding: Finding, lang: Lang) -> str:
    rows: list[Row] = [
        ("", "", sentence(finding, lang)),
        ("", "", ""),
        ("Vad källan säger", "What the source says", observation(finding, lang)),
        ("Vad som väntas", "What is expected", expectation(finding, lang)),
        *_of_norm(finding, lang),
        ("Rapport", "Report", f"{finding.report.label(lang)}, {finding.observed_on} <{finding.report.iri}>"),
        *_claims(finding.evidence, lang),
        ("Skulle ändras av", "Would be changed by", changed_by(finding, lang)),
        ("Att göra", "What to do", advice(finding, lang)),
    ]
    return _lines(rows, lang)


def _of_norm(finding: Finding, lang: Lang) -> Iterator[Row]:
    norm, source = finding.norm, finding.norm_source
    if norm is None:
        return
    yield "Norm", "Norm", f"{last_part(norm.iri).upper()} {norm.label(lang)} <{norm.iri}>"
    yield "Förpliktelse", "Obligation", finding.obligation.label(lang) if finding.obligation else ""
    yield "Grund", "Basis", finding.basis.label(lang) if finding.basis else ""
    yield "Gäller från", "Valid from", finding.valid_from or ("okänt" if lang == "sv" else "unknown")
    yield "Gäller till", "Valid through", finding.valid_through
    title = source.label(lang) if source else ""
    yield "Normens källa", "Source of the norm", ", ".join(filter(None, [title, finding.locator]))
    yield "Adress", "Address", finding.norm_address
    yield "Kontroll", "Verification", finding.verification.upper()
