"""The pages of the server: for people in Swedish and English, for programs as data at the same addresses.

`page_routes` gives the routes, to be mounted in any application beside those of the endpoint; nothing in them needs
JavaScript, another host or a build.
"""

from __future__ import annotations

from kg.server.pages.country import Country, Shelf
from kg.server.pages.routes import page_routes
from kg.server.pages.warming import warm

__all__ = ["Country", "Shelf", "page_routes", "warm"]
