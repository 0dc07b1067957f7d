"""`kg norms`: who is expected where."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path

import click

from kg.cli.gaps import BASES
from kg.cli.options import as_day, lang_option, read_wanted, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.errors import UnknownName
from kg.findings import Lang
from kg.namespaces import last_part
from kg.norms import Holds, Norm, holds, list_norms
from kg.records import Records

__all__ = ["norms_command"]

COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("norm", "benämning", "förpliktelse", "grund", "från", "till", "källa"),
    "en": ("norm", "name", "obligation", "basis", "from", "through", "source"),
}


def _row(records: Records, norm: Norm, lang: Lang) -> tuple[str, ...]:
    return (
        norm.id,
        norm.thing.label(lang),
        records.thing(norm.obligation).label(lang),
        records.thing(norm.basis).label(lang),
        norm.valid_from.isoformat() if norm.valid_from else ("okänt" if lang == "sv" else "unknown"),
        norm.valid_through.isoformat() if norm.valid_through else "",
        ", ".join(filter(None, [norm.source.label(lang), norm.locator])),
    )


@click.command("norms")
@click.option("--forum-type", default="", help="The code of a forum type, such as sspf.")
@click.option("--basis", type=click.Choice(BASES[:-1]), multiple=True, help="Only norms on this ground.")
@click.option("--on", callback=as_day, metavar="DATE", help="Only norms that were in force on this day.")
@format_option("table", "csv", "md")
@lang_option
@store_option
@output_option
def norms_command(
    forum_type: str,
    basis: tuple[str, ...],
    on: date | None,
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """List the norms: who is expected where, on what ground.

    Example: kg norms --forum-type bra --on 2024-07-01
    """
    records = read_wanted(store, folders)
    found = list_norms(records)
    if forum_type:
        known = sorted({last_part(iri) for each in found for iri in each.forum_types})
        if forum_type.lower() not in known:
            near = tuple(difflib.get_close_matches(forum_type.lower(), known, n=3, cutoff=0.4))
            raise UnknownName("forum type", forum_type, near)
        found = [each for each in found if any(iri.endswith(f"/{forum_type.lower()}") for iri in each.forum_types)]
    if basis:
        found = [each for each in found if last_part(each.basis) in basis]
    if on:
        found = [each for each in found if holds(each, (on, on)) is Holds.YES]
    rows = [_row(records, each, lang) for each in found]
    deliver(listed(COLUMNS[lang], rows, output_format, output), output)
