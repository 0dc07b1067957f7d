"""The level of a forum where nobody states it: never filled in, but the one that its kind makes likely is proposed."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from kg.namespaces import FB, last_part
from kg.workbook.messages import Level
from kg.workbook.work import Origin, Work

__all__ = ["propose_levels"]

_LIKELY: Final = {
    "bra": ("strategisk", 85),
    "styrgrupp": ("strategisk", 70),
    "presidiesamverkan": ("politisk", 85),
    "operativ-samverkansgrupp": ("operativ", 85),
    "est": ("operativ", 80),
    "omradesgrupp": ("operativ", 75),
    "omradesteam": ("operativ", 75),
    "skolnara-team": ("operativ", 75),
    "sspf": ("operativ, eller individ om enskilda unga tas upp", 60),
    "sig": ("individ", 80),
    "sip": ("individ", 90),
    "samordnad-planering": ("individ", 85),
    "hlt-mote": ("individ", 80),
}
"""Level and how sure it is in per cent, as the definitions of the kinds have it; reports seldom state one."""


def propose_levels(work: Work) -> None:
    """Note each forum that a source describes without a level, and which one is likely; nothing is filled in."""
    kinds: dict[str, set[str]] = defaultdict(set)
    described: dict[str, tuple[str, Origin | None]] = {}
    levels: set[str] = set()
    for name, said in work.said.items():
        for triple, origin in said.items():
            if triple.predicate == FB.forumType:
                kinds[triple.subject].add(last_part(triple.value.text))
            elif triple.predicate == FB.describesForum and name != work.register:
                described[triple.subject] = triple.value.text, origin
            elif triple.predicate == FB.level:
                levels.add(triple.subject)
    for claim, (forum, origin) in described.items():
        if claim in levels or origin is None:
            continue
        table = work.tables[origin.table]
        row = table.rows[origin.row]
        likely = [_LIKELY[kind] for kind in sorted(kinds[forum]) if kind in _LIKELY]
        if table.sheet.name == "Forum" and not row.cells.get("Nivå"):
            what = "Tom; forumet visas under Nivå ej angiven."
            if len(likely) == 1:
                level, sure = likely[0]
                what = f"{what} Nivån för slaget är oftast {level} (säkerhet {sure} %); skriv det om det stämmer."
            work.say(Level.NOTE, table, row, "Nivå", what, found=row.cells.get("Forum", ""))
