"""`kg load`: triples into a folder store."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from kg.errors import DataError, LocationError
from kg.store import Quad, open_store, read_quads

__all__ = ["load_command"]


@click.command("load")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--store",
    required=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="The folder store to make or add to.",
)
@click.option("--with-shipped", is_flag=True, help="Put the shipped graph, ontology and norms in it too.")
def load_command(files: tuple[Path, ...], store: Path, with_shipped: bool) -> None:
    """Load files of triples into a folder store, all of them or none.

    Example: kg load mina-uppgifter.trig --store min-graf
    """
    for path in files:
        if path.is_dir():
            raise DataError("is a folder; name the files in it", file=path)
    quads = [quad for path in files for quad in read_quads(path)]
    if store.is_file():
        raise LocationError(f"{store} is a file; a store is a folder")
    if store.exists() and any(store.iterdir()) and not (store / "CURRENT").is_file():
        raise LocationError(f"{store} holds other files; name an empty or new folder")
    if (store / "CURRENT").is_file():
        count = _fill(store, quads, with_shipped=with_shipped)
    else:
        store.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f".{store.name}-", dir=store.parent))
        try:
            count = _fill(building, quads, with_shipped=with_shipped)
            if store.exists():
                store.rmdir()
            building.rename(store)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    click.echo(f"{count} triples in {store}", err=True)


def _fill(folder: Path, quads: list[Quad], *, with_shipped: bool) -> int:
    """Add the quads to the store in a folder, making it where it is lacking, and return how many it then holds."""
    from kg.cache import load_everything  # noqa: PLC0415  only with the flag

    opened = open_store(folder, read_only=False)
    if with_shipped:
        load_everything(opened)
    opened.extend(quads)
    count = len(opened)
    opened.close()
    return count
