"""SPARQL servers of others, started on loopback and stopped: `oxigraph` from PyPI, Virtuoso 7 from Debian."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

__all__ = ["oxigraph", "virtuoso"]

SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 8
CheckpointInterval = 0
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 6
MaxClientConnections = 6
HTTPThreadSize = 280000
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = {seconds}
"""


def _free_ports(count: int) -> list[int]:
    """Return ports of loopback that nobody listens on."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


@contextmanager
def _running(command: Sequence[str], folder: Path, port: int) -> Iterator[None]:
    """Run a server until the block ends; raise where it ends by itself, or does not listen within a minute."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > ends:
                    raise RuntimeError(f"{command[0]} does not listen") from None
                time.sleep(0.02)
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def oxigraph(folder: Path, *, union: bool = True) -> Iterator[str]:
    """Yield the address of an empty oxigraph in memory, whose default graph is the union of all where `union`."""
    (port,) = _free_ports(1)
    command = [str(Path(sys.executable).parent / "oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"]
    with _running([*command, *["--union-default-graph"][: int(union)]], folder, port):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(folder: Path, *, rows: int = 10_000_000, buffers: int = 20_000, seconds: int = 0) -> Iterator[str]:
    """Yield the address of an empty Virtuoso that cuts answers at `rows`; its user for updates is dba, dba.

    It holds `buffers` pages of 8 kB in memory, and ends a query after so many seconds, where they are not 0.
    """
    program = shutil.which("virtuoso-t")
    if program is None:
        raise RuntimeError("Virtuoso is tested too: sudo apt-get install virtuoso-opensource-7-bin, or make virtuoso")
    sql, http = _free_ports(2)
    settings = SETTINGS.format(sql=sql, http=http, rows=rows, buffers=buffers, dirty=buffers * 3 // 4, seconds=seconds)
    (folder / "virtuoso.ini").write_text(settings, encoding="ascii")
    with _running([program, "+foreground", "+configfile", "virtuoso.ini"], folder, http):
        yield f"http://127.0.0.1:{http}/sparql"
