"""Pages that were made lately, kept as long as they fit; each state of the data has its own."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from kg.server.pages.asked import Reply

__all__ = ["Kept"]

MOST = 48_000_000
"""Letters of all pages that are kept."""


class Kept:
    """Replies by what was asked; the one least lately asked for goes first. One thread makes a page, others wait."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._replies: OrderedDict[Hashable, Reply] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Reply]) -> Reply:
        """Return the reply of a key, made now where it is not kept; what `make` raises is raised to each who waits."""
        with self._lock:
            if key in self._replies:
                self._replies.move_to_end(key)
                return self._replies[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._replies:
                    return self._replies[key]
            try:
                reply = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            self._keep(key, reply)
            return reply

    def _keep(self, key: Hashable, reply: Reply) -> None:
        with self._lock:
            if len(reply.content) > self._most or key in self._replies:
                return
            self._replies[key] = reply
            self._size += len(reply.content)
            while self._size > self._most:
                _, old = self._replies.popitem(last=False)
                self._size -= len(old.content)
