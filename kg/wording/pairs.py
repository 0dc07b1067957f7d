"""A remark on a pair of forums taken apart again, in one language: its groups of names and its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.findings import Lang, Remark, Thing
from kg.phrases import join

__all__ = ["Words", "decimal"]

GROUPS = (
    *("shared", "other_functions", "at_times", "only_first", "only_second", "possible_first", "possible_second"),
    *("detail_first", "detail_second", "levels"),
)


def decimal(share: float, lang: Lang, places: int = 2) -> str:
    """Return a number with the decimal mark of the language.

    >>> decimal(0.6, "sv"), decimal(4.333, "en", 1)
    ('0,60', '4.3')
    """
    text = f"{share:.{places}f}"
    return text.replace(".", ",") if lang == "sv" else text


class Words:
    """A remark taken apart again: its groups of names in one language, and its figures."""

    def __init__(self, remark: Remark, lang: Lang) -> None:
        self.lang, self.sv, self.rollup = lang, lang == "sv", remark.rollup
        self.first, self.second = (each.label(lang) for each in remark.subjects)
        self.figures = dict(remark.figures)
        names: Iterator[Thing] = iter(remark.names)
        self.groups = {group: [next(names).label(lang) for _ in range(self.count(group))] for group in GROUPS}
        self.unstated = str(self.figures["unstated"]).split()

    def count(self, name: str) -> int:
        """Return a figure that is a count."""
        return int(self.figures[name])

    def share(self, name: str) -> float:
        """Return a figure that is a share in 0-1."""
        return float(self.figures[name])

    def join(self, words: Sequence[str]) -> str:
        """Return words as a list in running text."""
        return join(words, self.lang)

    def sides(self, code: str) -> str:
        """Say for which of the two something is unstated, as a sentence with "not" needs it; "" for neither."""
        first, second = (f"{code}-{side}" in self.unstated for side in ("first", "second"))
        if first and second:
            return "något av dem" if self.sv else "either"
        if first:
            return "det förra" if self.sv else "the former"
        return ("det senare" if self.sv else "the latter") if second else ""

    def told(self, mark: str = ", ") -> str:
        """Return what each forum states, in parentheses after its name."""
        sides = ((self.first, "detail_first"), (self.second, "detail_second"))
        return self.join([f"{name} ({mark.join(self.groups[group])})" for name, group in sides])
