"""What an actor is part of where nobody says so: never the municipality for those that belong to others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.namespaces import last_part, thing
from kg.workbook.context import Context

__all__ = ["ASK", "parent_of"]

ASK: Final = ""
"""Nobody can say but the user."""

_AGENCIES: Final = {
    "polis": "polismyndigheten",
    "kriminalvard": "kriminalvarden",
    "socialforsakring": "forsakringskassan",
}
_REGIONAL: Final = frozenset({"barnhalsovard", "halso-sjukvard", "halsocentral", "modrahalsovard", "region"})
_OTHERS: Final = frozenset(
    (
        *("akademi", "aklagare", "bevakningsforetag", "civilsamhalle", "gymnasiehuvudman", "invanare", "lansstyrelse"),
        *(
            "naringsliv",
            "ovrig-statlig-myndighet",
            "rattsmedicin",
            "samordningsforbund",
            "statens-institutionsstyrelse",
        ),
        *("vardnadshavare-ungdom", "bostadsbolag", "kommunalt-bolag", "raddningstjanst", "arbetsmarknad"),
    )
)


def parent_of(types: Iterable[str], context: Context) -> str:
    """Return the IRI of what an actor of these kinds is part of: authority, region or municipality; else `ASK`.

    A kind that may belong to anyone (rescue services, a housing company) is asked about: to take it for a part of the
    municipality would meet norms that it does not meet.
    """
    codes = {last_part(each) for each in types}
    for code, agency in _AGENCIES.items():
        if code in codes:
            return thing("myndighet", agency)
    if codes & _REGIONAL:
        return context.place.region
    return ASK if codes & _OTHERS else context.place.iri
