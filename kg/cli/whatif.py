"""`kg whatif`: which findings open and close if a member, an actor or a forum comes or goes, and whom to invite."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click

from kg.cases import Case
from kg.cli.options import lang_option, on_option, read_wanted, reports_option, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.errors import DataError
from kg.findings import Lang, Rollup
from kg.gaps.comparisons import Peers
from kg.listings.forecasts import (
    EFFECT_COLUMNS,
    PLAN_COLUMNS,
    effect_json,
    effect_rows,
    effect_text,
    plan_json,
    plan_rows,
    plan_text,
)
from kg.sources import choose_sources
from kg.triage import ANALYSES
from kg.whatif import open_with_peers, what_if
from kg.whatif.hypotheses import Change, Join, Leave, NewForum, Without, WithoutForum
from kg.whatif.invitations import suggest
from kg.whatif.naming import find_actor, find_forum, find_kind, find_member

__all__ = ["whatif_command"]

Pairs = tuple[tuple[str, str], ...]


def _one_case(
    store: str, folders: tuple[Path, ...], municipality: str, reports: tuple[str, ...], on: date | None
) -> tuple[Case, Peers]:
    """Return the case asked for, and the forums of all municipalities that it can be compared with."""
    records = read_wanted(store, folders)
    chosen = [
        each for each in choose_sources(records, municipality=municipality, reports=reports) if each.describes_forums
    ]
    if len(chosen) != 1:
        keys = ", ".join(each.key for each in chosen) or "none that describes forums"
        raise DataError(
            f"what-if is asked of one report, found {len(chosen)}: {keys}. Name one with --municipality or --report"
        )
    (case,), peers = open_with_peers(records, chosen, as_of=on)
    return case, peers


def _changes(
    case: Case, new: Sequence[str], closed: Sequence[str], without: Sequence[str], removed: Pairs, added: Pairs
) -> list[Change]:
    """Return the changes in the order in which they are applied; raises `UnknownName` with near names."""
    changes: list[Change] = [NewForum.of(find_kind(case.records, "forumtyp", each)) for each in new]
    supposed = [each.forum for each in changes if isinstance(each, NewForum)]
    changes += [WithoutForum(find_forum(case, each)) for each in closed]
    changes += [Without(find_member(case, each)) for each in without]
    for actor, name in removed:
        forum = find_forum(case, name)
        changes.append(Leave(find_member(case, actor, forum), forum))
    changes += [Join(find_actor(case, actor), find_forum(case, name, supposed=supposed)) for actor, name in added]
    return changes


@click.command("whatif")
@reports_option
@click.option("--add", "added", nargs=2, multiple=True, metavar="ACTOR FORUM", help="Suppose that ACTOR joins FORUM.")
@click.option(
    "--remove", "removed", nargs=2, multiple=True, metavar="ACTOR FORUM", help="Suppose that ACTOR leaves FORUM."
)
@click.option("--without", multiple=True, metavar="ACTOR", help="Suppose that an actor or function sits nowhere.")
@click.option("--new-forum", "new", multiple=True, metavar="KIND", help="Suppose a new forum of a kind, such as sspf.")
@click.option("--without-forum", "closed", multiple=True, metavar="FORUM", help="Suppose that FORUM ceases.")
@click.option("--suggest", "count", type=click.IntRange(min=1), default=None, help="The N invitations that close most.")
@click.option(
    "--also",
    multiple=True,
    type=click.Choice(["governance", "coverage", "overlap", "meetings", "position", "signals"]),
    help="Take the remarks of this analysis too.",
)
@on_option
@format_option("text", "table", "csv", "json", "md")
@lang_option
@store_option
@output_option
def whatif_command(
    municipality: str,
    reports: tuple[str, ...],
    all_reports: bool,
    added: Pairs,
    removed: Pairs,
    without: tuple[str, ...],
    new: tuple[str, ...],
    closed: tuple[str, ...],
    count: int | None,
    also: tuple[str, ...],
    on: date | None,
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Suppose that a member, an actor or a forum comes or goes, and see which findings open and close.

    ACTOR is an actor, a function or a kind of actor; names are forgiving, and each option can be given several times.
    With --suggest, the invitations that close most, by obligation, and whom to ask what.

    Example: kg whatif --municipality Växjö --report vaxjo-2022 --add "kultur och fritid" Tisdagsgruppen
    """
    given = bool(added or removed or without or new or closed)
    if given == (count is not None):
        raise click.UsageError(
            "Give changes (--add, --remove, --without, --new-forum, --without-forum) or --suggest N."
        )
    if all_reports:
        raise click.UsageError("What-if is asked of one report; name it with --municipality or --report.")
    case, peers = _one_case(store, folders, municipality, reports, on)
    if count is not None:
        plan = suggest(case, count, peers=peers)
        match output_format:
            case "json":
                deliver(plan_json(plan, lang), output)
            case "text":
                deliver(plan_text(plan, lang), output)
            case _:
                deliver(listed(PLAN_COLUMNS[lang], plan_rows(plan, lang), output_format, output), output)
        return
    analyses = [partial(ANALYSES[name], level=Rollup.UNIT) for name in also]
    changes = _changes(case, new, closed, without, removed, added)
    effect = what_if(case, changes, peers=peers, analyses=analyses)
    match output_format:
        case "json":
            deliver(effect_json(effect, lang), output)
        case "text":
            deliver(effect_text(effect, lang), output)
        case _:
            deliver(listed(EFFECT_COLUMNS[lang], effect_rows(effect, lang), output_format, output), output)
