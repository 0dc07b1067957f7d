"""The command `kg`: the only place that prints, writes the user's files and exits."""

from __future__ import annotations

import atexit
import importlib
import os
import sys
import threading
from typing import Any, NoReturn

import click

from kg import __version__
from kg.errors import KgError, LocationError

__all__ = ["cli", "main"]

COMMANDS: dict[str, tuple[str, str]] = {
    "app": ("kg.cli.app", "Open a page where a workbook is dropped and its map is read."),
    "atlas": ("kg.cli.atlas", "Write maps, gap lists and an index page for every report."),
    "coverage": ("kg.cli.coverage", "Show which ages, levels and risk groups a report covers."),
    "audit": ("kg.cli.audit", "Lay the auditors' findings beside those of Förebygg."),
    "brief": ("kg.cli.brief", "Write a brief of one report on paper: for a committee, auditors, a meeting."),
    "cache": ("kg.cli.cache", "Show what is kept so that commands start fast, or remove it."),
    "compare": ("kg.cli.compare", "Put municipalities side by side by kind of forum or actor."),
    "diff": ("kg.cli.diff", "Show what two reports on one municipality say differently."),
    "explain": ("kg.cli.explain", "Show what a finding or remark rests on: norm, source, claims, sections."),
    "export": ("kg.cli.export", "Write data for Excel, Gephi, Cytoscape, Kumu, R or a triple store."),
    "gaps": ("kg.cli.gaps", "Confront norms with what the reports say of each forum."),
    "governance": ("kg.cli.governance", "Say how the work is governed, and what a report leaves unsaid."),
    "load": ("kg.cli.graph", "Load files of triples into a folder store."),
    "map": ("kg.cli.atlas", "Write the interactive map of a report, or of the country, as one offline file."),
    "meetings": ("kg.cli.overlaps", "Show how many meetings a year each member sits in."),
    "norms": ("kg.cli.norms", "List the norms: who is expected where, on what ground."),
    "path": ("kg.cli.path", "Show how a signal gets from one actor or forum to another."),
    "overlaps": ("kg.cli.overlaps", "Show which forums share members, and whether by design."),
    "position": ("kg.cli.position", "Show who alone joins forums, and what a vacancy would leave."),
    "project": ("kg.cli.project", "Remember a folder of your own data that every command reads."),
    "query": ("kg.cli.query", "Answer a named question, a query file or SPARQL text."),
    "serve": ("kg.cli.serve", "Answer SPARQL over HTTP, within limits."),
    "sources": ("kg.cli.sources", "List the reports; hold claims against their texts."),
    "triage": ("kg.cli.triage", "Put what matters most of a report first, and say why."),
    "validate": ("kg.cli.validate", "Check triples against the shapes and the quality checks."),
    "workbook": ("kg.cli.workbook", "Describe your own municipality in a spreadsheet; import it."),
    "whatif": ("kg.cli.whatif", "Suppose a change and see which findings open and close."),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is run, and not for the list of commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib  # noqa: PLC0415  only a wrong name needs it

            near = difflib.get_close_matches(args[0], COMMANDS, n=2)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Who meets where to keep the young out of crime and substance abuse, and who is missing.

    Answers come from a knowledge graph of public audit reports; every claim leads to a report and a section.

    Example: kg atlas -o atlas
    """


def _fail(message: str, code: int) -> int:
    click.echo(f"kg: {' '.join(message.split())}", err=True)
    return code


def _run(arguments: list[str] | None) -> int:
    try:
        result: Any = cli.main(args=arguments, prog_name="kg", standalone_mode=False)
    except click.exceptions.Abort:
        return _fail("interrupted", 130)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KgError as error:
        return _fail(str(error), error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        return _fail(what, LocationError.exit_code)
    return result if isinstance(result, int) else 0


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit: 0 fine, 1 findings, 2 input, 3 a missing extra, 4 files, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    # Our matrices are small: several threads of the linear algebra wait for each other and take twice the time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    code = _run(arguments)
    if arguments is None and threading.active_count() == 1:
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> NoReturn:
    """End the process without taking apart all that it holds, which would be a sixth of the time of `kg gaps`.

    What is to be done at an exit is done. Where the last of the output cannot be written Python ends the process, and
    says so.
    """
    atexit._run_exitfuncs()
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):
        sys.exit(code)
    os._exit(code)
