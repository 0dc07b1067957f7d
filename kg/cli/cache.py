"""`kg cache`: what is kept so that commands start fast, and how to remove it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cache import Entry, cache_dir, cached_entries, clear_cache
from kg.cli.options import lang_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.findings import Lang

__all__ = ["cache_command"]

COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("nyckel", "MB", "tripler", "gjord", "senast använd", "läge", "innehåll"),
    "en": ("key", "MB", "triples", "made", "last used", "state", "holds"),
}
STATES: dict[str, tuple[str, str]] = {
    "whole": ("hel", "whole"),
    "in-use": ("används", "in use"),
    "broken": ("trasig", "broken"),
}
HOLDS: dict[str, tuple[str, str]] = {
    "shipped": ("den medföljande grafen", "the shipped graph"),
    "records": ("det som analyserna läser", "what the analyses read"),
}


@click.command("cache")
@click.option("--clear", is_flag=True, help="Remove every entry that no running command uses.")
@format_option("table", "json")
@lang_option
@output_option
def cache_command(clear: bool, output_format: str, lang: Lang, output: Path | None) -> None:
    """Show what is kept so that commands start fast: where, how much, when, of what; or remove it.

    The shipped graph and your data are built once into a folder and built anew when anything in them changes. Nothing
    is lost by removing them. FOREBYGG_CACHE names another folder.

    Example: kg cache
    """
    if clear:
        removed, kept = clear_cache()
        if output_format == "json":
            deliver(_json([*removed, *kept], removed=removed), output)
        else:
            deliver(_cleared(removed, kept, lang), output)
        return
    entries = cached_entries()
    if output_format == "json":
        deliver(_json(entries), output)
        return
    table = listed(COLUMNS[lang], [_row(each, lang) for each in entries], "table", output) if entries else ""
    deliver(f"{_head(entries, lang)}\n{table and chr(10)}{table}", output)


def _megabytes(entries: list[Entry]) -> str:
    return f"{sum(each.size for each in entries) / 1e6:.1f}"


def _head(entries: list[Entry], lang: Lang) -> str:
    if lang == "sv":
        return f"{cache_dir()}: {len(entries)} {'post' if len(entries) == 1 else 'poster'}, {_megabytes(entries)} MB"
    return f"{cache_dir()}: {len(entries)} {'entry' if len(entries) == 1 else 'entries'}, {_megabytes(entries)} MB"


def _cleared(removed: list[Entry], kept: list[Entry], lang: Lang) -> str:
    if lang == "sv":
        left = f"; {len(kept)} används och är kvar" if kept else ""
        return f"{len(removed)} {'post' if len(removed) == 1 else 'poster'} borta, {_megabytes(removed)} MB{left}\n"
    left = f"; {len(kept)} in use and left" if kept else ""
    word = "entry" if len(removed) == 1 else "entries"
    return f"{len(removed)} {word} removed, {_megabytes(removed)} MB{left}\n"


def _state(entry: Entry) -> str:
    return "in-use" if entry.in_use else "whole" if entry.whole else "broken"


def _row(entry: Entry, lang: Lang) -> tuple[str, ...]:
    made = f"{entry.made.astimezone():%Y-%m-%d %H:%M}" if entry.made else ""
    return (
        entry.key[:8],
        f"{entry.size / 1e6:.1f}",
        str(entry.triples) if entry.whole else "",
        made,
        f"{entry.used.astimezone():%Y-%m-%d %H:%M}",
        STATES[_state(entry)][lang == "en"],
        ", ".join(HOLDS.get(each, (each, each))[lang == "en"] for each in entry.holds),
    )


def _json(entries: list[Entry], *, removed: list[Entry] | None = None) -> str:
    plain = [
        {
            "key": each.key,
            "folder": str(each.folder),
            "bytes": each.size,
            "triples": each.triples if each.whole else None,
            "made": each.made.isoformat() if each.made else None,
            "used": each.used.isoformat(timespec="seconds"),
            "state": _state(each),
            "holds": list(each.holds),
            **({"removed": each in removed} if removed is not None else {}),
        }
        for each in entries
    ]
    whole = {"folder": str(cache_dir()), "bytes": sum(each.size for each in entries), "entries": plain}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
