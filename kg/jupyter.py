"""The map in a notebook: the same page as `kg map` writes, in a frame of its own."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.atlas import map_of
from kg.cache import read_shipped
from kg.errors import DataError
from kg.findings import Lang
from kg.maps.page import render_map

__all__ = ["MapView", "show"]


@dataclass(frozen=True, slots=True)
class MapView:
    """A map that a notebook shows by itself; `html` is the whole page, to be saved as a file."""

    html: str
    height: int

    def _repr_html_(self) -> str:
        """Return the page in a frame: it keeps its own policy, and nothing of the notebook reaches into it."""
        page = html.escape(self.html, quote=True)
        return f'<iframe srcdoc="{page}" width="100%" height="{self.height}" style="border:1px solid #c9d0dc"></iframe>'


def show(
    report: str = "",
    *,
    municipality: str = "",
    data: Path | str | None = None,
    lang: Lang = "sv",
    on: date | None = None,
    height: int = 760,
) -> MapView:
    """Return the map of one report, which Jupyter draws: `kg.show("vaxjo-2022")` or `kg.show(municipality="Växjö")`.

    `data` is a folder of your own, read beside the shipped graph; `on` takes the norms in force on a day; `height` is
    in CSS pixels. Raises `UnknownName` for a report or municipality that is not there, and `DataError` where neither
    is given or the report describes no forums.
    """
    if not report and not municipality:
        raise DataError('say which map: kg.show("vaxjo-2022") or kg.show(municipality="Växjö")')
    records = read_shipped((Path(data),) if data else ())
    return MapView(render_map(map_of(records, municipality=municipality, report=report, as_of=on), lang), height)
