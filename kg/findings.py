"""Values that join analysis to every page: findings on norms, remarks on the data alone, and what both rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

__all__ = [
    "GAPS",
    "QUESTIONS",
    "Analysis",
    "Decision",
    "Evidence",
    "Finding",
    "Kind",
    "Lang",
    "Outcome",
    "Remark",
    "Rollup",
    "Section",
    "Stability",
    "Standing",
    "Thing",
]

Lang = Literal["sv", "en"]


class Outcome(StrEnum):
    """What a source says of an expectation; the codes of scheme `utfall`."""

    PRESENT = "narvarande"
    INFORMS = "informerar"
    DENIED = "fornekad"
    MISSING = "saknas"
    NOT_NAMED = "ej-namnd"
    NOT_ASSESSABLE = "ej-bedombar"
    NOT_APPLICABLE = "ej-tillamplig"
    OUT_OF_SCOPE = "utanfor-omfattning"


GAPS = frozenset({Outcome.DENIED, Outcome.MISSING})
QUESTIONS = frozenset({Outcome.NOT_NAMED, Outcome.NOT_ASSESSABLE})


class Kind(StrEnum):
    """How a finding is to be read; only `gap` claims that something is missing."""

    GAP = "gap"
    QUESTION = "question"
    COMPARISON = "comparison"
    MET = "met"
    NOT_APPLICABLE = "not-applicable"
    OUT_OF_SCOPE = "out-of-scope"


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Anything with an IRI and a name; the English name falls back on the Swedish.

    >>> Thing("x", "polis", "police").label("en"), Thing("x", "Tisdagsgruppen").label("en")
    ('police', 'Tisdagsgruppen')
    """

    iri: str
    sv: str
    en: str = ""

    def label(self, lang: Lang) -> str:
        """Return the name in `lang`."""
        return self.en if lang == "en" and self.en else self.sv


@dataclass(frozen=True, slots=True, order=True)
class Section:
    """A section of a report, the finest place that a claim leads to."""

    iri: str
    number: str
    title: str
    source: Thing


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim that a finding rests on: what kind, in which words, where, how certain."""

    claim: str
    kind: str
    as_stated: str
    certainty: Thing | None
    sections: tuple[Section, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The user's own word on a finding: what was decided, why, by which function, on which day."""

    outcome: Thing
    reason: str
    responsible: str
    decided_on: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of confronting one expectation with what one source says.

    It holds all that a page says of it, so that no page has to look anything up: `names` are the actors, documents or
    forums that the outcome rests on, `rivals` the norms that disagree, `reason` a code for outcomes that need one (not
    assessable, not applicable), and `reason_text` its words where they come from data. `own` tells that the source is
    no audit but a description of one's own, `general` that the norm is on governing as such, not on preventing crime.
    """

    id: str
    kind: Kind
    outcome: Outcome
    norm_kind: str
    municipality: Thing
    report: Thing
    observed_on: str
    in_force: bool
    forum: Thing | None = None
    body: Thing | None = None
    description: str = ""
    forum_type: Thing | None = None
    actor_type: Thing | None = None
    expected: Thing | None = None
    norm: Thing | None = None
    norm_statement: Thing | None = None
    norm_source: Thing | None = None
    norm_address: str = ""
    locator: str = ""
    valid_from: str = ""
    valid_through: str = ""
    obligation: Thing | None = None
    basis: Thing | None = None
    verification: str = ""
    certainty: Thing | None = None
    evidence: tuple[Evidence, ...] = ()
    earlier: tuple[Evidence, ...] = ()
    peers: tuple[Thing, ...] = ()
    rivals: tuple[Thing, ...] = ()
    comparable: int = 0
    attendance: str = ""
    reason: str = ""
    reason_text: Thing | None = None
    condition: str = ""
    as_of: str = ""
    names: tuple[Thing, ...] = field(default=())
    decision: Decision | None = None
    own: bool = False
    general: bool = False

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that the evidence cites, each once, in the order of the evidence."""
        return tuple(dict.fromkeys(s for e in self.evidence for s in e.sections))

    @property
    def claims(self) -> tuple[str, ...]:
        """IRIs of the claims that the finding rests on, each once."""
        return tuple(dict.fromkeys(e.claim for e in self.evidence))

    @property
    def stands_out(self) -> bool:
        """Whether a list shows it unasked: gaps, and comparisons with a forum whose members are known."""
        if self.kind is Kind.COMPARISON:
            return self.outcome is not Outcome.NOT_ASSESSABLE and self.reason not in {"no-list", "no-rhythm"}
        return self.is_gap

    @property
    def outdated(self) -> bool:
        """Whether the day asked for lies after the day of the report."""
        return bool(self.as_of) and self.as_of > self.observed_on

    @property
    def is_gap(self) -> bool:
        """Whether the finding says that something is missing."""
        return self.kind is Kind.GAP


class Analysis(StrEnum):
    """Which analysis a remark comes from."""

    GOVERNANCE = "governance"
    COVERAGE = "coverage"
    OVERLAP = "overlap"
    POSITION = "position"
    PATH = "path"
    CHANGE = "change"


class Standing(StrEnum):
    """How a remark is known; only what the source itself says to be lacking is `stated`."""

    STATED = "stated"
    UNSTATED = "unstated"
    COMPUTED = "computed"


class Rollup(StrEnum):
    """At which level of organisation an actor is counted, from the finest to the coarsest."""

    FUNCTION = "function"
    UNIT = "unit"
    ADMINISTRATION = "administration"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Stability:
    """How often a remark still holds when memberships are dropped: shares in 0-1 of seeded draws.

    `at_10` and `at_20` are the shares of `draws` in which it held with 10 and 20 % of the memberships gone.
    """

    at_10: float
    at_20: float
    draws: int


@dataclass(frozen=True, slots=True)
class Remark:
    """What the data alone shows of one report, without any norm: nothing in it says that something is missing.

    Like a finding it holds all that a page says of it. `subjects` are the forums, actors or documents it is about,
    `names` the others that its sentence names, `figures` the named numbers and words it gives, `code` the key of its
    wording in `kg.wording`, `rollup` the level at which actors were counted, None where none were.
    """

    id: str
    analysis: Analysis
    code: str
    standing: Standing
    municipality: Thing
    report: Thing
    observed_on: str
    subjects: tuple[Thing, ...] = ()
    names: tuple[Thing, ...] = ()
    figures: tuple[tuple[str, int | float | str], ...] = ()
    rollup: Rollup | None = None
    stability: Stability | None = None
    evidence: tuple[Evidence, ...] = ()
    certainty: Thing | None = None
    decision: Decision | None = None
    own: bool = False

    def figure(self, name: str) -> int | float | str | None:
        """Return a figure by its name, None where the remark has no such."""
        return dict(self.figures).get(name)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that the evidence cites, each once, in the order of the evidence."""
        return tuple(dict.fromkeys(s for e in self.evidence for s in e.sections))

    @property
    def claims(self) -> tuple[str, ...]:
        """IRIs of the claims that the remark rests on, each once."""
        return tuple(dict.fromkeys(e.claim for e in self.evidence))
