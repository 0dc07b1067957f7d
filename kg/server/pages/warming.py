"""One page of each costly kind made before anyone asks, so that the first reader waits for no library or template."""

from __future__ import annotations

import contextlib

from kg.errors import KgError
from kg.server.pages.asked import Asked
from kg.server.pages.country import Country, Shelf
from kg.server.pages.reports import analysis_page, brief_page, map_page

__all__ = ["warm"]

_FIRST = {"karta": map_page, "analys": analysis_page, "underlag": brief_page}
"""By the first part of their addresses, as `routes` has them."""


def warm(shelf: Shelf) -> None:
    """Read the data and make what the first pages need, then the map, analysis and brief of the newest report.

    They are kept. What cannot be read or made is told of on the first page that needs it.
    """
    with contextlib.suppress(KgError):
        country = shelf.country()
        country.warm()
        _make(country)


def _make(country: Country) -> None:
    cases, _ = country.opened()
    newest = max(country.latest.values(), key=lambda each: (each.observed_on, each.key), default=None)
    if newest is None or newest.key not in cases:
        return
    for first, make in _FIRST.items():
        country.page(make, Asked(f"/{first}/{newest.key}", values={"name": newest.key}))
