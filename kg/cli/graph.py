"""`kg load`: triples into a folder store, or to an endpoint."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from kg.cli.options import endpoint_limits, endpoint_options
from kg.errors import DataError, LocationError
from kg.store import Quad, is_address, open_store, read_quads

__all__ = ["load_command"]


@click.command("load")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--store",
    required=True,
    metavar="FOLDER|URL",
    help="The folder store to make or add to, or the endpoint to publish to.",
)
@click.option(
    "--with-shipped", "--shipped", is_flag=True, help="Put the shipped graph, ontology and norms in it too, or alone."
)
@click.option("--replace", is_flag=True, help="At an endpoint: empty each of these graphs first.")
@click.option(
    "--update-url", default="", metavar="URL", help="Where the endpoint takes updates, if not where it is asked."
)
@endpoint_options
def load_command(files: tuple[Path, ...], store: str, with_shipped: bool, replace: bool, update_url: str) -> None:
    """Load files of triples into a folder store, all of them or none; or publish them to a SPARQL endpoint.

    An endpoint is sent what it lacks, in batches, and its graphs are counted afterwards. What was stopped goes on when
    the same command is run again.

    Example: kg load mina-uppgifter.trig --store min-graf
    """
    if not files and not with_shipped:
        raise click.UsageError("name files of triples, or say --shipped")
    for path in files:
        if path.is_dir():
            raise DataError("is a folder; name the files in it", file=path)
    quads = [quad for path in files for quad in read_quads(path)]
    if is_address(store):
        _publish(store, update_url, quads, with_shipped=with_shipped, replace=replace)
        return
    if replace or update_url:
        raise click.UsageError("--replace and --update-url are for an endpoint")
    count = _load(Path(store), quads, with_shipped=with_shipped)
    click.echo(f"{count} triples in {store}", err=True)


def _load(store: Path, quads: list[Quad], *, with_shipped: bool) -> int:
    """Add the quads to the store in a folder, whole or not at all, and return how many it then holds."""
    if store.is_file():
        raise LocationError(f"{store} is a file; a store is a folder")
    if store.exists() and any(store.iterdir()) and not (store / "CURRENT").is_file():
        raise LocationError(f"{store} holds other files; name an empty or new folder")
    if (store / "CURRENT").is_file():
        return _fill(store, quads, with_shipped=with_shipped)
    store.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{store.name}-", dir=store.parent))
    try:
        count = _fill(building, quads, with_shipped=with_shipped)
        if store.exists():
            store.rmdir()
        building.rename(store)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return count


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


def _publish(store: str, update_url: str, quads: list[Quad], *, with_shipped: bool, replace: bool) -> None:
    """Publish the quads to an endpoint, and tell on stderr what became of each graph."""
    from kg.cache import load_everything  # noqa: PLC0415  only with the flag
    from kg.store.opening import open_updates  # noqa: PLC0415  a folder store does not need it
    from kg.store.publishing import publish  # noqa: PLC0415

    if with_shipped:
        quads = [*load_everything(open_store("memory")).quads(), *quads]
    limits, insecure = endpoint_limits()
    endpoint, updates = open_updates(store, update_url, limits=limits, insecure=insecure)
    try:
        done = publish(endpoint, quads, updates=updates, replace=replace, tell=lambda said: click.echo(said, err=True))
    finally:
        updates.close()
        endpoint.close()
    sent = sum(each.sent for each in done)
    click.echo(
        f"{sent} triples sent, {sum(each.after for each in done)} in {len(done)} graphs, counted there", err=True
    )
