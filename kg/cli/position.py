"""`kg position`: who alone joins what, what a vacancy leaves, and the measures behind."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import lang_option, level_option, one_by_one, read_cases, reports_option, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.findings import Lang, Remark, Rollup
from kg.listings import REMARK_COLUMNS, remark_rows, to_json
from kg.listings.positions import ACTOR_COLUMNS, FORUM_COLUMNS, actor_rows, forum_rows, positions_object
from kg.position import find_positions, positions
from kg.tables import printable
from kg.wording import remark_advice, remark_sentence

__all__ = ["position_command"]


@click.command("position")
@reports_option
@level_option()
@click.option(
    "--show",
    type=click.Choice(["remarks", "actors", "forums"]),
    default="remarks",
    show_default=True,
    help="What stands out in words, or the measures of each actor or forum. JSON holds all three.",
)
@click.option(
    "--draws",
    type=click.IntRange(0, 1000),
    default=50,
    show_default=True,
    help="Draws with memberships dropped that each result is held to; 0 for none.",
)
@format_option("table", "csv", "json", "md")
@lang_option
@store_option
@output_option
def position_command(
    municipality: str,
    reports: tuple[str, ...],
    all_reports: bool,
    level: str,
    show: str,
    draws: int,
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Show who alone joins forums, and what a vacancy would leave.

    Cut-points, single links between levels and between forums, functions whose vacancy takes a chair or a link away,
    who stands between those who do not meet, forums apart. Only what holds under every name that a report uses for the
    same participant is told; where lists are open, it is said. Never compare measures between reports: they depend on
    how much each report tells.

    Example: kg position --municipality Växjö --report vaxjo-2024
    """
    cases = read_cases(store, folders, municipality=municipality, reports=reports, all_reports=all_reports)
    rollup = Rollup(level)
    if output_format == "json":
        objects = [
            positions_object(positions(case, rollup, draws=draws), find_positions(case, rollup, draws=draws), lang)
            for case in one_by_one(cases, len(cases))
        ]
        deliver(to_json(objects), output)
        return
    if show == "remarks":
        remarks = [each for case in one_by_one(cases, len(cases)) for each in find_positions(case, rollup, draws=draws)]
        if output_format == "table":
            deliver(_told(remarks, lang), output)
            return
        columns, rows = REMARK_COLUMNS[lang], remark_rows(remarks, lang)
    else:
        found = [positions(case, rollup, draws=0) for case in one_by_one(cases, len(cases))]
        of_actors = show == "actors"
        columns = (ACTOR_COLUMNS if of_actors else FORUM_COLUMNS)[lang]
        rows = (actor_rows if of_actors else forum_rows)(found, lang)
    deliver(listed(columns, rows, output_format, output), output)


def _told(remarks: list[Remark], lang: Lang) -> str:
    """Return each remark as a paragraph with what to do below it."""
    if not remarks:
        return "Inget sticker ut.\n" if lang == "sv" else "Nothing stands out.\n"
    blocks = (filter(None, (remark_sentence(each, lang), remark_advice(each, lang))) for each in remarks)
    return "\n\n".join("\n  → ".join(map(printable, each)) for each in blocks) + "\n"
