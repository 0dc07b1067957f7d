"""`kg gaps`: findings as tables, JSON and pages."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path

import click

from kg.cli.options import lang_option, on_option, read_wanted, reports_option, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.errors import UnknownName
from kg.findings import Finding, Lang, Outcome
from kg.gaps import find_gaps
from kg.listings import FINDING_COLUMNS, finding_rows, findings_json
from kg.namespaces import last_part
from kg.network import build_network
from kg.records import Records
from kg.sentences import sentence
from kg.sources import choose_sources
from kg.tables import to_csv

__all__ = ["compute", "gaps_command"]

STRENGTH = {"ska": 3, "bor": 2, "kan": 1}
BASES = ("lag", "verka-for", "definition", "vagledning", "avtal", "praxis", "uppdrag", "jamforelse")


def compute(
    records: Records,
    *,
    municipality: str = "",
    reports: tuple[str, ...] = (),
    all_reports: bool = False,
    on: date | None = None,
) -> list[Finding]:
    """Return all findings of the chosen reports; peers are sought in the latest report of every municipality."""
    chosen = choose_sources(records, municipality=municipality, reports=reports, all_reports=all_reports)
    everywhere = choose_sources(records)
    keys = {each.key for each in chosen}
    graph = build_network(records, [*chosen, *(each for each in everywhere if each.key not in keys)])
    return find_gaps(records, graph, chosen, everywhere=everywhere, as_of=on)


def _same(wanted: str, finding: Finding) -> bool:
    """Whether a finding is of the forum meant: by a part of its name, by its slug, or by the code of its type."""
    if finding.forum is None:
        return False
    text = wanted.casefold()
    kind = finding.forum_type.iri if finding.forum_type else ""
    names = (finding.forum.sv.casefold(), finding.forum.label("en").casefold())
    return any(text in name for name in names) or finding.forum.iri.endswith(f"/{text}") or kind.endswith(f"/{text}")


def _of_forum(found: list[Finding], wanted: str, *, everything: list[Finding], lang: Lang) -> list[Finding]:
    """Return the findings of the forum meant; raises `UnknownName` where no forum of the reports is called so."""
    if not any(_same(wanted, each) for each in everything):
        names = sorted({each.forum.label(lang) for each in everything if each.forum})
        raise UnknownName("forum", wanted, tuple(difflib.get_close_matches(wanted, names, n=3, cutoff=0.4)))
    return [each for each in found if _same(wanted, each)]


@click.command("gaps")
@reports_option
@click.option("--forum", default="", help="Only forums whose name or type has this in it.")
@click.option("--basis", type=click.Choice(BASES), multiple=True, help="Only norms on this ground.")
@click.option(
    "--outcome", type=click.Choice([each.value for each in Outcome]), multiple=True, help="Only this outcome."
)
@click.option("--all", "everything", is_flag=True, help="Questions, what is met and what does not apply, too.")
@on_option
@format_option("table", "csv", "json", "md", "html")
@click.option(
    "--fail-on",
    type=click.Choice(["never", "ska", "bor", "kan"]),
    default="never",
    show_default=True,
    help="Exit 1 on a gap of this obligation or above.",
)
@lang_option
@store_option
@output_option
def gaps_command(
    municipality: str,
    reports: tuple[str, ...],
    all_reports: bool,
    forum: str,
    basis: tuple[str, ...],
    outcome: tuple[str, ...],
    everything: bool,
    on: date | None,
    output_format: str,
    fail_on: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> int:
    """Confront norms with what the reports say of each forum.

    Lists gaps and comparisons, gaps first. What a norm expects and a report does not name is a question, never a gap:
    it is shown with --all.

    Example: kg gaps --municipality Växjö --report vaxjo-2022
    """
    found = compute(
        read_wanted(store, folders), municipality=municipality, reports=reports, all_reports=all_reports, on=on
    )
    computed = found
    if not everything and not outcome:
        found = [each for each in found if each.stands_out]
    if outcome:
        found = [each for each in found if each.outcome.value in outcome]
    if basis:
        found = [each for each in found if each.basis and last_part(each.basis.iri) in basis]
    if forum:
        found = _of_forum(found, forum, everything=computed, lang=lang)
    match output_format:
        case "json":
            deliver(findings_json(found, lang), output)
        case "csv":
            rows = [(*row, sentence(each, lang)) for row, each in zip(finding_rows(found, lang), found, strict=True)]
            deliver(to_csv((*FINDING_COLUMNS[lang], "mening" if lang == "sv" else "sentence"), rows), output)
        case "html":
            from kg.pages import findings_page  # noqa: PLC0415  the other formats need no templates

            deliver(findings_page(found, lang), output)
        case _:
            deliver(listed(FINDING_COLUMNS[lang], finding_rows(found, lang), output_format, output), output)
    limit = STRENGTH.get(fail_on, 9)
    obliged = [each.obligation for each in found if each.is_gap and each.obligation]
    return int(any(STRENGTH[last_part(each.iri)] >= limit for each in obliged))
