"""What a page has beside its own contents where it is one of a site: the ways to the others, and its other forms."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Site"]


@dataclass(frozen=True, slots=True)
class Site:
    """The frame of a page on a server; a file of the atlas has none.

    `links` are address and name of the main pages, the one that is open marked by `here`; `other` is this page in the
    other language; `kept` are the fields that every form carries on; `alternates` are media type and address of the
    same thing for programs.
    """

    home: str
    links: tuple[tuple[str, str], ...]
    search: str
    other: str
    here: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    asked: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
