"""Markup as plain values: the page builds elements of it one by one, and never reads markup."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

__all__ = ["leaves_of"]

VOID = frozenset({"br", "hr", "img", "input"})
_ATTRIBUTES = re.compile(r"""\s+([\w:-]+)(?:="([^"]*)")?""")
_TAG = re.compile(r"""<(/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(/?)>""")

Leaf = str | list[Any]


def leaves_of(markup: str) -> list[Leaf]:
    """Return the elements of markup as lists of name, attributes and what they hold; text is text.

    The markup is that of our own templates: values in double quotes, and every `<` that begins no tag escaped. Raises
    `ValueError` for any other, and for elements that are not closed in their order. A test holds it to `html.parser`.

    >>> leaves_of('<p class="means">A <b>b</b></p>&lt;')
    [['p', {'class': 'means'}, 'A ', ['b', {}, 'b']], '<']
    """
    opened: list[list[Any]] = [["", {}]]
    place = 0
    for tag in _TAG.finditer(markup):
        _say(opened[-1], markup[place : tag.start()])
        place = tag.end()
        closing, name, attributes, alone = tag.groups()
        name = name.lower()
        if closing:
            if opened[-1][0] != name:
                raise ValueError(f"</{name}> closes <{opened[-1][0]}>")
            opened.pop()
            continue
        found = _ATTRIBUTES.findall(attributes) if attributes else ()
        element: list[Any] = [name, {each.lower(): unescape(value) for each, value in found}]
        opened[-1].append(element)
        if name not in VOID and not alone:
            opened.append(element)
    _say(opened[-1], markup[place:])
    if len(opened) != 1:
        raise ValueError(f"<{opened[-1][0]}> is never closed")
    return opened[0][2:]


def _say(element: list[Any], text: str) -> None:
    if "<" in text:
        raise ValueError(f"no markup of ours: {text[:80]!r}")
    if text:
        element.append(unescape(text) if "&" in text else text)
