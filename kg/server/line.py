"""A queue that is fair to clients: one from each in turn, and no client holds everything while others wait."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Mapping
from typing import Generic, TypeVar

__all__ = ["Line"]

T = TypeVar("T")


class Line(Generic[T]):
    """Items that wait, by client.

    >>> line = Line()
    >>> for client, item in (("a", 1), ("a", 2), ("a", 3), ("b", 4)):
    ...     line.add(client, item)
    >>> [line.take({}, most=9) for _ in range(4)]
    [1, 4, 2, 3]
    """

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[T]] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, client: str, item: T) -> None:
        """Put an item last among those of its client."""
        self._waiting.setdefault(client, deque()).append(item)
        self._count += 1

    def remove(self, client: str, item: T) -> bool:
        """Take an item out, wherever it stands, and return whether it was there."""
        own = self._waiting.get(client)
        if own is None or item not in own:
            return False
        own.remove(item)
        self._drop(client, own)
        return True

    def take(self, running: Mapping[str, int], *, most: int) -> T | None:
        """Return the next item, None where none waits.

        The turn goes round among the clients; one with `most` or more running is passed over as long as another waits
        that has fewer.
        """
        if not self._waiting:
            return None
        below = (client for client in self._waiting if running.get(client, 0) < most)
        client = next(below, None) or next(iter(self._waiting))
        own = self._waiting[client]
        item = own.popleft()
        self._waiting.move_to_end(client)
        self._drop(client, own)
        return item

    def give_way(self, client: str) -> T | None:
        """Return the last item of whoever has most of them, out of the line, for a client that comes when it is full.

        None where nobody has two more than that client: then it is its own turn to come back later.
        """
        hog = max(self._waiting, key=lambda each: len(self._waiting[each]), default="")
        own = self._waiting.get(hog, deque[T]())
        if len(own) < len(self._waiting.get(client, ())) + 2:
            return None
        item = own.pop()
        self._drop(hog, own)
        return item

    def _drop(self, client: str, own: deque[T]) -> None:
        self._count -= 1
        if not own:
            del self._waiting[client]
