"""`kg project`: the folder of your own data that every command reads."""

from __future__ import annotations

from pathlib import Path

import click

from kg.project import forget_project, project_folder, remember_project
from kg.resources import files_of_triples

__all__ = ["project_command"]


@click.command("project")
@click.argument("folder", required=False, type=click.Path(file_okay=False, exists=True, path_type=Path))
@click.option("--forget", is_flag=True, help="Forget the folder; what is in it stays.")
def project_command(folder: Path | None, forget: bool) -> None:
    """Remember a folder of your own data, show it, or forget it.

    Every command then reads it beside the shipped graph, as if --data FOLDER were given; --data takes its place.

    Example: kg project
    """
    if folder and forget:
        raise click.UsageError("name a folder or say --forget, not both")
    if forget:
        forget_project()
        click.echo("No folder is remembered.")
        return
    found = remember_project(folder) if folder else project_folder()
    if found is None:
        click.echo("No folder is remembered. Remember one with: kg project FOLDER")
        return
    own = len(files_of_triples(found))
    click.echo(f"{found} ({own} {'file' if own == 1 else 'files'} of triples)")
