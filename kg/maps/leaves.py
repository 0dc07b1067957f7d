"""Markup as plain values: the page builds elements of it one by one, and never reads markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

__all__ = ["leaves_of"]

VOID = frozenset({"br", "hr", "img", "input"})
Leaf = str | list[Any]


def leaves_of(markup: str) -> list[Leaf]:
    """Return the elements of markup as lists of name, attributes and what they hold; text is text.

    >>> leaves_of('<p class="means">A <b>b</b></p>&lt;')
    [['p', {'class': 'means'}, 'A ', ['b', {}, 'b']], '<']
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    if len(reader.open) != 1:
        raise ValueError(f"<{reader.open[-1][0]}> is never closed")
    return reader.open[0][2:]


class _Reader(HTMLParser):
    """The elements that are open, from the outermost; those that are closed lie in the one around them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[list[Any]] = [["", {}]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element: list[Any] = [tag, {name: value or "" for name, value in attrs}]
        self.open[-1].append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1][0] != tag:
            raise ValueError(f"</{tag}> closes <{self.open[-1][0]}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].append(data)
