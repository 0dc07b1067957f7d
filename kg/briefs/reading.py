"""One report as a brief reads it: its case, its map, all that was found, and what all of it is told by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg.cases import Case
from kg.coverage.reach import Coverage, ReachKind, read_coverage
from kg.findings import Finding, Lang, Remark, Section
from kg.gaps.comparisons import Peers
from kg.maps.model import build_map
from kg.maps.values import MapModel
from kg.phrases import decided, join, plural, section_name
from kg.records import Records
from kg.sentences import advice, reference, words
from kg.sources import Source
from kg.triage import Ranked, find_remarks, first
from kg.whatif import Result, judge, open_with_peers
from kg.wording import remark_advice, remark_reference, remark_words

__all__ = ["Reading", "open_readings", "say", "sections_text", "told", "what_to_do"]


@dataclass(frozen=True)
class Reading:
    """A report with everything found in it; `peers` are the forums elsewhere that it is compared with."""

    case: Case
    peers: Peers | None = None

    @property
    def source(self) -> Source:
        """The report."""
        return self.case.source

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """All findings and remarks, with the decisions that the user has written on them."""
        return (*self.findings, *self.remarks)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings on norms."""
        return tuple(judge(self.case, self.peers))

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """The remarks on the data alone."""
        return tuple(find_remarks(self.case))

    @cached_property
    def five(self) -> tuple[Ranked, ...]:
        """The five that matter most, by the rules of `kg.triage`."""
        return tuple(first(self.results, 5))

    @cached_property
    def coverage(self) -> Coverage:
        """What the report describes as reaching which ages."""
        return read_coverage(self.case)

    @cached_property
    def model(self) -> MapModel:
        """The map of the report."""
        return build_map(self.case.graph, self.case.records, self.source, self.findings)

    def title(self, lang: Lang) -> str:
        """Return the title on the cover of the report."""
        return self.model.title.of(lang)

    def dated(self, lang: Lang) -> str:
        """Return the day of the report as finely as it is known."""
        day, sv = self.source.observed_on, lang == "sv"
        match self.source.precision:
            case "manad":
                return f"från {day:%Y-%m}" if sv else f"of {day:%Y-%m}"
            case "ar":
                return f"från {day.year}" if sv else f"of {day.year}"
            case "senast-citerat":
                if sv:
                    return f"odaterad; det senaste datum som den nämner är {day.isoformat()}"
                return f"undated; the latest date it mentions is {day.isoformat()}"
            case _:
                return f"daterad {day.isoformat()}" if sv else f"dated {day.isoformat()}"

    def described(self, lang: Lang) -> str:
        """Return how many forums, programmes and interventions the report describes, in words."""
        kinds = [each.kind for each in self.coverage.reaches]
        forums, programmes, others = (kinds.count(each) for each in ReachKind)
        if lang == "sv":
            parts = [plural(forums, "forum", "forum"), plural(programmes, "program", "program")]
            parts.append(plural(others, "insats", "insatser"))
        else:
            parts = [plural(forums, "forum", "forums"), plural(programmes, "programme", "programmes")]
            parts.append(plural(others, "intervention", "interventions"))
        return join([each for each in parts if not each.startswith("0 ")], lang)


def open_readings(records: Records, sources: Sequence[Source], *, as_of: date | None = None) -> list[Reading]:
    """Return a reading of each report; its rules are those in force on its own day, or on the day asked for."""
    cases, peers = open_with_peers(records, sources, as_of=as_of)
    return [Reading(case, peers) for case in cases]


def say(result: Result, lang: Lang) -> str:
    """Return a result in words with section and certainty, for a page on one report."""
    if isinstance(result, Finding):
        parts = [words(result, lang), reference(result, lang, report=False)]
    else:
        parts = [remark_words(result, lang), remark_reference(result, lang, report=False)]
    return " ".join(filter(None, [*parts, decided(result.decision, lang)]))


def told(result: Result, lang: Lang) -> str:
    """Return a result in words alone."""
    return words(result, lang) if isinstance(result, Finding) else remark_words(result, lang)


def what_to_do(result: Result, lang: Lang) -> str:
    """Return what to do about a result, "" where nothing need be done."""
    return advice(result, lang) if isinstance(result, Finding) else remark_advice(result, lang)


def sections_text(sections: Iterable[Section], lang: Lang) -> str:
    """Return sections as a list in words, each once, "" where there are none.

    >>> from kg.findings import Thing
    >>> sections_text([Section("a", "3.1", "A", Thing("r", "R")), Section("b", "4", "B", Thing("r", "R"))], "sv")
    'avsnitt 3.1 och 4'
    """
    names = list(dict.fromkeys(section_name(each, lang) for each in sections))
    if not names:
        return ""
    word = "avsnitt" if lang == "sv" else "section" if len(names) == 1 else "sections"
    return f"{word} {join(names, lang)}"
