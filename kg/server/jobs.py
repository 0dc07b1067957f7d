"""What passes between the web and the workers: limits, a query to answer, its answer, and figures of the pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["GRAPH_KINDS", "KINDS", "RESULT_KINDS", "Answer", "Job", "Limits", "PoolFigures"]

RESULT_KINDS = ("json", "xml", "csv", "tsv")
"""What a SELECT or ASK is written as."""

GRAPH_KINDS = ("turtle", "ntriples", "jsonld")
"""What a CONSTRUCT or DESCRIBE is written as."""

KINDS = (*RESULT_KINDS, *GRAPH_KINDS)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost: seconds of running, megabytes of memory, rows or triples, megabytes of answer."""

    seconds: float = 10.0
    megabytes: int = 1000
    rows: int = 100_000
    answer_megabytes: int = 64


@dataclass(frozen=True, slots=True)
class Job:
    """A query to answer: its text, what it is written as, IRIs bound to its variables, and its dataset.

    Without `default_graphs` and `named_graphs` the default graph is the union of all graphs, or what FROM says; with
    either, the dataset is exactly those, as the protocol has it. `own` are the texts of this project, such as named
    questions: their cost is known, they have places of their own, and their answers are kept.
    """

    text: str
    kind: str
    bindings: Mapping[str, str | tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    own: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: its bytes, how many rows or triples (None for ASK), and the seconds that it waited and ran.

    `key` is that of the data it comes from, "" where it was not told.
    """

    content: bytes
    rows: int | None
    seconds: float
    waited: float = 0.0
    key: str = ""


@dataclass(frozen=True, slots=True)
class PoolFigures:
    """How a pool is: its data, its workers now, and what it has counted since it started."""

    location: str
    key: str
    quads: int
    graphs: int
    isolated: bool
    workers: int
    idle: int
    running: int
    slow: int
    waiting: int
    answered: int
    kept: int
    refused: int
    failed: Mapping[str, int]
    killed: int
    started: int
    reloads: int
    seconds: float
