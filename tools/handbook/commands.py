"""The reference of commands, written from the help that each command gives of itself."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from kg.cli import cli
from tools.handbook.markdown import code, fence, prose, table

__all__ = ["commands_page", "walk"]

_EXAMPLE = re.compile(r"^Example: (?P<line>kg .+)$", re.MULTILINE)


def walk(group: click.Group, name: str = "kg") -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield every command that can be run, with its full name; groups before what is in them."""
    context = click.Context(group, info_name=name)
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        if command is None or command.hidden:
            continue
        yield f"{name} {each}", command, click.Context(command, info_name=f"{name} {each}")
        if isinstance(command, click.Group):
            yield from walk(command, f"{name} {each}")


def _said(command: click.Command) -> tuple[str, list[str]]:
    """Return what the help says, paragraphs as Markdown, and its examples."""
    text = inspect.cleandoc(command.help or "").replace("\b", "")
    examples = _EXAMPLE.findall(text)
    rest = _EXAMPLE.sub("", text)
    return "\n\n".join(prose(" ".join(part.split())) for part in rest.split("\n\n") if part.strip()), examples


def _options(command: click.Command, context: click.Context) -> str:
    rows = [
        (code(record[0]), prose(record[1]))
        for parameter in command.get_params(context)
        if (record := parameter.get_help_record(context)) and "--help" not in record[0]
    ]
    return table(("option", "what it does"), rows) if rows else ""


def _section(name: str, command: click.Command, context: click.Context) -> str:
    said, examples = _said(command)
    usage = fence(" ".join([name, *command.collect_usage_pieces(context)]), "text")
    depth = "#" * (1 + len(name.split()) - 1)
    shown = fence("\n".join(f"$ {line}" for line in examples), "console") if examples else ""
    parts = [f"{depth} {name}", said, usage, f"Example:\n\n{shown}" if shown else "", _options(command, context)]
    return "\n\n".join(part for part in parts if part)


def commands_page() -> str:
    """Return the page: every command with what it does, its example and its options."""
    lead = (
        "Written from what each command says of itself with `--help`. Exit codes: 0 fine, 1 findings, "
        "2 wrong input, 3 a missing extra, 4 input or output, 130 interrupted; what the messages mean stands "
        "under [errors](../docs/errors.md)."
    )
    sections = [_section(name, command, context) for name, command, context in walk(cli)]
    return "\n\n".join(["# Commands", lead, *sections]) + "\n"
