"""What can go wrong with a query over HTTP; each error knows its status."""

from __future__ import annotations

from kg.errors import KgError
from kg.server.jobs import Limits

__all__ = [
    "Busy",
    "LimitReached",
    "OutOfMemory",
    "RequestRefused",
    "ServerError",
    "TimedOut",
    "TooLarge",
    "TooManyRows",
    "WorkerDied",
]


class ServerError(KgError):
    """Base of what the server answers with an error of its own; `status` is the HTTP status."""

    status = 500
    exit_code = 4


class LimitReached(ServerError):
    """A query that needs more than one may have; nothing of its answer is sent. It would be the same again: 422."""

    status = 422


class TimedOut(LimitReached):
    """A query that ran longer than the limit.

    >>> str(TimedOut(Limits(seconds=2.5)))
    'the query took longer than 2.5 seconds and was stopped; narrow it, or add a LIMIT'
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__(
            f"the query took longer than {limits.seconds:g} seconds and was stopped; narrow it, or add a LIMIT"
        )


class TooManyRows(LimitReached):
    """An answer with more rows or triples than the limit."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(
            f"the answer has more than {limits.rows} rows and none is sent; narrow it, or page it with LIMIT"
        )


class TooLarge(LimitReached):
    """An answer of more bytes than the limit."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(
            f"the answer is larger than {limits.answer_megabytes} MB and none is sent; narrow it, or page it with LIMIT"
        )


class OutOfMemory(LimitReached):
    """A query that needs more memory than the limit."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(f"the query needs more than {limits.megabytes} MB of memory and was stopped; narrow it")


class WorkerDied(ServerError):
    """The process that answered went down, by a fault of the engine or by another hand; a new one has its place."""

    status = 503

    def __init__(self, how: str) -> None:
        self.retry_after = 1
        super().__init__(f"the process that answered went down ({how}); nothing is wrong with the data, try again")


class Busy(ServerError):
    """No more queries can wait; `retry_after` says in how many whole seconds to come back."""

    status = 503

    def __init__(self, retry_after: int, why: str = "too many queries wait") -> None:
        self.retry_after = retry_after
        super().__init__(f"{why}; try again in {retry_after} s")


class RequestRefused(ServerError):
    """A request that breaks the protocol: `status` says how, `allow` which methods would do."""

    exit_code = 2

    def __init__(self, status: int, message: str, *, allow: str = "") -> None:
        self.status = status
        self.allow = allow
        super().__init__(message)
