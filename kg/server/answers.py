"""Answers to questions of our own, kept as long as the data are the same and they fit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from kg.server.jobs import Answer, Job

__all__ = ["Answers"]

_BESIDE = 4_000
"""Bytes that an answer takes beside its content: the text of the question, what it binds, and what holds them."""


class Answers:
    """At most `most` bytes of answers; the one least lately asked for goes first."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()

    def get(self, job: Job) -> Answer | None:
        """Return the answer to a job, None where it is not kept."""
        key = _key(job)
        if key not in self._answers:
            return None
        self._answers.move_to_end(key)
        return self._answers[key]

    def keep(self, job: Job, answer: Answer) -> None:
        """Keep an answer, where it is not larger than all that may be kept."""
        key, size = _key(job), _size(answer)
        if size > self._most or key in self._answers:
            return
        self._answers[key] = answer
        self._size += size
        while self._size > self._most:
            self._size -= _size(self._answers.popitem(last=False)[1])

    def forget(self) -> None:
        """Let go of all; to be called when the data are others."""
        self._answers.clear()
        self._size = 0


def _key(job: Job) -> Hashable:
    return job.text, job.kind, frozenset(job.bindings.items()), job.default_graphs, job.named_graphs


def _size(answer: Answer) -> int:
    return len(answer.content) + _BESIDE
