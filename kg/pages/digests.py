"""The analysis of one report as a page: what matters most, whom to ask, ages, overlaps, links, meetings, governance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.audit import review
from kg.cases import Case
from kg.coverage.reach import HORIZON, LEVELS, Coverage, read_coverage
from kg.findings import Analysis, Finding, Lang, Remark, Rollup, Standing
from kg.gaps.comparisons import Peers
from kg.listings.overlaps import LOAD_COLUMNS, load_rows
from kg.listings.reviews import REVIEW_COLUMNS, review_rows
from kg.meetings import meeting_load
from kg.pages import render_page, words_of
from kg.pages.site import Site
from kg.sentences import advice, sentence
from kg.triage import Ranked, first
from kg.whatif import Result
from kg.whatif.invitations import suggest
from kg.wording import remark_advice, remark_sentence
from kg.wording.audit import review_sentence
from kg.wording.triage import grounds, kin_sentence
from kg.wording.whatif import ask_sentence, invitation_sentence

__all__ = ["digest_page"]

FOLDED = frozenset({"level", "levels", "topics", "unstated-ages", "unstated-levels", "communities", "to-council"})
"""Remarks that describe, or tell of what is unknown: read when the rest has been."""
BY_DESIGN = ("other-", "one-steers-other", "part-of", "parts-of-one", "mostly-other-members")
MOST = 6
"""So many of one analysis are told at once; the rest is folded."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is told, with what to do about it and the grounds of its place."""

    id: str
    text: str
    advice: str = ""
    grounds: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One analysis: its name, a lead, what is told first, what is folded away, and a table."""

    id: str
    title: str
    lead: str
    items: tuple[Item, ...] = ()
    folded: tuple[Item, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class AgeRow:
    """One row of the matrix of ages: a prevention level, and for each year 0-25 how many reach it, and their names."""

    label: str
    cells: tuple[tuple[int, str], ...]


def digest_page(
    case: Case,
    found: Sequence[Result],
    lang: Lang = "sv",
    *,
    peers: Peers | None = None,
    back: str = "",
    site: Site | None = None,
    link: Callable[[str], str] | None = None,
) -> str:
    """Return the page of one report from all that was found on it (`kg.triage.gather`).

    `link` returns the address of the page of a finding or remark by its id, where each has one.
    """
    source = case.source
    coverage = read_coverage(case)
    return render_page(
        "digest.html",
        lang,
        site=site,
        title=f"{source.municipality.label(lang)}: {source.thing.label(lang)}, {source.observed_on.isoformat()}",
        back=back,
        link=link,
        told=words_of(lang, own=source.own),
        ranked=[_ranked(each, lang) for each in first(found)],
        steps=_steps(case, peers, lang),
        ages=range(HORIZON + 1),
        matrix=_matrix(case, coverage, lang),
        unknown=[each.thing.label(lang) for each in coverage.unknown],
        scope=f"{coverage.low}–{coverage.high}" if any(coverage.bounded) else "",
        blocks=_blocks(case, found, lang),
    )


def _ranked(each: Ranked, lang: Lang) -> Item:
    item = each.item
    said = sentence(item, lang) if isinstance(item, Finding) else remark_sentence(item, lang)
    todo = advice(item, lang) if isinstance(item, Finding) else remark_advice(item, lang)
    return Item(item.id, said, " ".join(filter(None, [todo, kin_sentence(each, lang)])), grounds(each, lang))


def _steps(case: Case, peers: Peers | None, lang: Lang) -> list[str]:
    """Return whom to invite and whom to ask, in words, the most telling first."""
    plan = suggest(case, 3, peers=peers)
    return [
        *(invitation_sentence(each, lang) for each in plan.invitations),
        *(ask_sentence(each, lang) for each in plan.asks[:3]),
    ]


def _matrix(case: Case, coverage: Coverage, lang: Lang) -> list[AgeRow]:
    unstated = "nivå ej angiven" if lang == "sv" else "level not stated"
    names = [case.records.thing(level).label(lang) for level in LEVELS]
    rows = []
    for level, name in zip((*LEVELS, ""), (*names, unstated), strict=True):
        reached = [coverage.at(age, level) for age in range(HORIZON + 1)]
        cells = tuple((len(here), ", ".join(each.thing.label(lang) for each in here)) for here in reached)
        if any(number for number, _ in cells):
            rows.append(AgeRow(name, cells))
    return rows


def _blocks(case: Case, found: Sequence[Result], lang: Lang) -> list[Block]:
    remarks = [each for each in found if isinstance(each, Remark)]
    findings = [each for each in found if isinstance(each, Finding)]
    sv = lang == "sv"

    def of(analysis: Analysis, *, meetings: bool = False) -> list[Remark]:
        return [each for each in remarks if each.analysis is analysis and each.code.endswith("load") is meetings]

    def told(
        name: str,
        words: tuple[str, str],
        lead: tuple[str, str],
        given: Iterable[Remark],
        fold: Callable[[Remark], bool],
    ) -> Block:
        items = [(each, Item(each.id, remark_sentence(each, lang), remark_advice(each, lang))) for each in given]
        first_told = [item for each, item in items if not fold(each)]
        return Block(
            name,
            words[not sv],
            lead[not sv],
            tuple(first_told[:MOST]),
            (*first_told[MOST:], *(item for each, item in items if fold(each))),
        )

    def by_code(each: Remark) -> bool:
        return each.code in FOLDED or each.code.startswith(BY_DESIGN)

    audit = review(case, findings, of(Analysis.GOVERNANCE))
    loads = meeting_load(case, Rollup.FUNCTION)
    return [
        told(
            "ages",
            ("Åldrar och övergångar", "Ages and hand-overs"),
            ("Vad rapporten säger om vilka åldrar som nås.", "What the report says of the ages that are reached."),
            of(Analysis.COVERAGE),
            by_code,
        ),
        told(
            "overlaps",
            ("Forum med samma deltagare", "Forums with the same members"),
            (
                "Gemensamma deltagare kan vara avsikten. Här står vad som talar för och emot.",
                "Shared members may be the point. Here is what speaks for and against.",
            ),
            [each for each in of(Analysis.OVERLAP) if each.code != "rhythm-unstated"],
            by_code,
        ),
        told(
            "links",
            ("Ensamma länkar och nyckelfunktioner", "Sole links and key functions"),
            (
                "Vad som skulle lossna om någon inte längre kom, så långt rapporten nämner deltagarna.",
                "What would come loose if someone no longer came, as far as the report names the members.",
            ),
            of(Analysis.POSITION),
            by_code,
        ),
        told(
            "paths",
            ("Hur en signal tar sig fram", "How a signal gets through"),
            (
                "Vägar genom gemensamma deltagare och angivna flöden.",
                "Ways through shared members and stated flows.",
            ),
            of(Analysis.PATH),
            by_code,
        ),
        Block(
            "meetings",
            "Möten om året" if sv else "Meetings a year",
            "Bara forum vars rytm rapporten anger. Andra möten är inte räknade."
            if sv
            else "Only forums whose rhythm the report states. Other meetings are not counted.",
            columns=LOAD_COLUMNS[lang][1:-1],
            rows=tuple(row[1:-1] for row in load_rows(case, loads, lang) if any(row[4:-1])),
        ),
        told(
            "governance",
            ("Styrning och uppföljning", "Governance and follow-up"),
            (
                "Först det rapporten säger saknas, sedan det som följer av uppgifterna. Det oangivna är hopfällt.",
                "What the report says is lacking first, then what follows from it. What it does not state is folded.",
            ),
            of(Analysis.GOVERNANCE),
            lambda each: each.standing is Standing.UNSTATED or by_code(each),
        ),
        Block(
            "audit",
            "Bredvid granskarna" if sv else "Beside the auditors",
            review_sentence(audit, lang),
            columns=REVIEW_COLUMNS[lang],
            rows=tuple(review_rows([audit], lang)),
        ),
    ]
