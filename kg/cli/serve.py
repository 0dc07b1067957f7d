"""`kg serve`: the graph as a SPARQL endpoint, with pages for people and data for programs."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import open_wanted, read_wanted, store_option
from kg.errors import KgError, LocationError, needing

if TYPE_CHECKING:
    from kg.server.data import Served
    from kg.server.pages import Shelf
    from kg.server.workers import Pool

__all__ = ["serve_command"]

_SWITCH = 0.0005
"""Seconds after which a thread that makes a page lets requests pass; Python has 0.005, met some ten times a request."""
_COLLECT = (700, 10, 100)
"""How seldom the collector of cycles walks everything: 30 ms with the shipped reports, in which all requests wait.

Python has 10 for the last: a walk after 70,000 objects more than were let go of. Here it comes after 700,000.
"""


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        raise LocationError(f"cannot listen on {host} port {port}: {error.strerror}; name another port") from error
    return listener


class _Data:
    """What is served, opened anew when it is asked for or has changed."""

    def __init__(self, store: str, folders: tuple[Path, ...]) -> None:
        self._store, self._folders = store, folders
        self.served = self._open()
        self.before: Served | None = None  # queries under way may still read it

    def _open(self) -> Served:
        from kg.server.data import serve_from  # noqa: PLC0415  the server is an optional part

        return serve_from(open_wanted(self._store, self._folders))

    def renew(self) -> Served | None:
        """Return what is to be served now, None where it is as before; a cache is built in another process."""
        if not self._store:
            chosen = [word for folder in self._folders for word in ("--data", str(folder))]
            subprocess.run(  # noqa: S603  our own command; the server goes on answering meanwhile
                [sys.executable, "-m", "kg", "query", "ASK {}", *chosen], check=False, stdout=subprocess.DEVNULL
            )
        fresh = self._open()
        return None if fresh.key == self.served.key else fresh


def _heed_signals() -> None:
    """Have SIGTERM end the command with exit code 0 from its start on, and SIGHUP, which asks for new data, not end it.

    The first process of a container would else be deaf to SIGTERM while it starts, and be killed in the end.
    """
    heeded: dict[int, Callable[..., object]] = {signal.SIGTERM: lambda *_: sys.exit(0)}
    if sys.platform != "win32":
        heeded[signal.SIGHUP] = lambda *_: None
    before = {each: signal.signal(each, what) for each, what in heeded.items()}

    def put_back() -> None:
        for each, what in before.items():
            signal.signal(each, what or signal.SIG_DFL)

    click.get_current_context().call_on_close(put_back)


async def _reload(pool: Pool, data: _Data, shelf: Shelf) -> None:
    try:
        fresh = await asyncio.to_thread(data.renew)
        if fresh is not None:
            await pool.reload(fresh.folder, key=fresh.key)
            data.before, data.served = data.served, fresh
            await asyncio.to_thread(shelf.renew)
            click.echo(f"kg: serving {fresh.key} now", err=True)
    except Exception as error:  # noqa: BLE001  whatever it is, new data must still be looked for
        told = error if isinstance(error, (KgError, OSError)) else f"{type(error).__name__}: {error}"
        click.echo(f"kg: {told}; what was served before is still served", err=True)


async def _keep_up(pool: Pool, data: _Data, shelf: Shelf, asked: asyncio.Event, seconds: float) -> None:
    """Load anew whenever it is asked for, and, where `seconds` is not 0, look so often whether the data has changed."""
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds or None):
                await asked.wait()
        asked.clear()
        await _reload(pool, data, shelf)


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: any that is free.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option(
    "--seconds", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True, help="A query may run so long."
)
@click.option(
    "--memory", type=click.IntRange(50), default=1000, show_default=True, help="Megabytes that a query may take."
)
@click.option("--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows an answer may have.")
@click.option("--megabytes", type=click.IntRange(1), default=64, show_default=True, help="Size an answer may have.")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=None,
    help="Named questions that run at once, and as many other queries. Default: twice as many as processors.",
)
@click.option(
    "--answers", type=click.IntRange(0), default=64, show_default=True, help="Megabytes of answers that are kept."
)
@click.option("--queue", type=click.IntRange(1), default=64, show_default=True, help="Queries that may wait.")
@click.option(
    "--grace", type=click.FloatRange(0, 600), default=5.0, show_default=True, help="Seconds to finish at a stop."
)
@click.option(
    "--watch", type=click.FloatRange(0), default=0.0, help="Look every so many seconds for new data. Default: never."
)
@click.option(
    "--trust-proxy", default="", metavar="ADDRESSES", help="Believe X-Forwarded-For of these, parted by commas."
)
@click.option("--log", metavar="FILE|-", default="", help="Write a line of JSON a request; - is standard error.")
@click.option("--log-queries", is_flag=True, help="Write queries and paths too. Never addresses of clients.")
@store_option
def serve_command(
    port: int,
    host: str,
    seconds: float,
    memory: int,
    rows: int,
    megabytes: int,
    workers: int | None,
    answers: int,
    queue: int,
    grace: float,
    watch: float,
    trust_proxy: str,
    log: str,
    log_queries: bool,
    store: str,
    folders: tuple[Path, ...],
) -> None:
    """Serve pages for people (/), data for programs (/api) and SPARQL (/sparql).

    /health and /metrics (Prometheus) are for who watches over it.

    Each query runs in a process of its own with limits on time, memory, rows and size; at a limit it is stopped and an
    error is sent, never a shortened answer. Updates, SERVICE and graphs that are not loaded are refused. SIGHUP loads
    new data without dropping a request; Ctrl+C or SIGTERM lets queries end and stops.

    Example: kg serve --port 8080
    """
    _heed_signals()
    with needing("server"):
        from kg.server.listening import Server, configure  # noqa: PLC0415  only this command needs a server
        from kg.server.metrics import Metrics  # noqa: PLC0415
        from kg.server.pages import Shelf, page_routes, warm  # noqa: PLC0415
        from kg.server.watching import Watched, places_of, to_file, to_stream  # noqa: PLC0415
        from kg.server.web import make_app  # noqa: PLC0415
    from kg.server.jobs import Limits  # noqa: PLC0415  see above
    from kg.server.processors import count_processors  # noqa: PLC0415
    from kg.server.workers import Pool  # noqa: PLC0415

    data = _Data(store, folders)
    limits = Limits(seconds=seconds, megabytes=memory, rows=rows, answer_megabytes=megabytes)
    count = workers or 2 * max(2, count_processors())
    pool = Pool(data.served.folder, key=data.served.key, limits=limits, workers=count, queue=queue, answers=answers)
    shelf = Shelf(lambda: read_wanted(store, folders))
    lines = (to_stream(sys.stderr) if log == "-" else to_file(Path(log))) if log else None
    site = make_app(pool, routes=page_routes(pool, shelf), grace=grace)
    app = Watched(site, Metrics(pool), places=places_of(site.routes), log=lines, queries=log_queries)

    sys.setswitchinterval(_SWITCH)
    gc.set_threshold(*_COLLECT)

    async def run(listener: socket.socket) -> None:
        loop, asked = asyncio.get_running_loop(), asyncio.Event()
        server = Server(
            configure(app, grace=grace, trusted=trust_proxy),
            lambda: loop.call_soon_threadsafe(lambda: asyncio.ensure_future(pool.stop(grace))),
        )
        if hasattr(signal, "SIGHUP"):
            loop.add_signal_handler(signal.SIGHUP, asked.set)
        keeping_up = asyncio.create_task(_keep_up(pool, data, shelf, asked, watch))
        # uvicorn raises SIGTERM again when all is answered: pages that nobody waits for any longer are not waited for
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        warming = asyncio.create_task(asyncio.to_thread(warm, shelf))
        await server.serve(sockets=[listener])
        keeping_up.cancel()
        warming.cancel()

    with _listen(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"http://{shown}:{listener.getsockname()[1]}/")
        asyncio.run(run(listener))
