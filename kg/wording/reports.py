"""Words that remarks on two reports share: their names, with sections, and lists."""

from __future__ import annotations

from collections.abc import Sequence

from kg.findings import Lang, Remark, Thing
from kg.phrases import join

__all__ = ["either", "labels", "number", "other", "other_name", "report"]


def labels(things: Sequence[Thing], lang: Lang) -> str:
    """Return the names of things as a list in running text."""
    return join([each.label(lang) for each in things], lang)


def either(words: Sequence[str], lang: Lang) -> str:
    """Return the words as alternatives in running text.

    >>> either(["strategi", "styrning"], "sv"), either(["a", "b", "c"], "en"), either(["mål"], "sv")
    ('strategi eller styrning', 'a, b or c', 'mål')
    """
    last = " eller " if lang == "sv" else " or "
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def number(remark: Remark, name: str) -> int:
    """Return a figure that counts, 0 where the remark has no such."""
    return int(remark.figure(name) or 0)


def other(remark: Remark, lang: Lang) -> str:
    """Return the name of the other report, with its sections where it is cited."""
    name, sections = other_name(remark, lang), str(remark.figure("other-sections") or "")
    if not sections:
        return name
    return f"{name} (avsnitt {sections})" if lang == "sv" else f"{name} (section {sections})"


def other_name(remark: Remark, lang: Lang) -> str:
    """Return the name of the other report."""
    return str(remark.figure("other-en" if lang == "en" else "other"))


def report(remark: Remark, lang: Lang) -> str:
    """Return the name of the report that is cited."""
    return remark.report.label(lang)
