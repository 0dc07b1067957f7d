"""A server on loopback that answers what a test writes, to the byte, and remembers what it was asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs

__all__ = ["Asked", "Loopback", "answer", "json_answer", "loopback"]

JSON = "application/sparql-results+json"


@dataclass(frozen=True)
class Asked:
    """One request: its first line, headers by lower-case name, and form."""

    line: str
    headers: dict[str, str]
    form: dict[str, str]


Reply = bytes | Callable[[socket.socket], None]


@dataclass
class Loopback:
    """Where the server listens, the requests that it was sent, and what is to be closed with it."""

    port: int
    asked: list[Asked] = field(default_factory=list)
    closing: ExitStack = field(default_factory=ExitStack)

    @property
    def address(self) -> str:
        """The address of an endpoint there."""
        return f"http://127.0.0.1:{self.port}/sparql"


def answer(body: bytes, *, status: str = "200 OK", kind: str = JSON, length: int | None = -1, **headers: str) -> bytes:
    """Return an answer as it is sent; `length` is told of the body, None tells none, -1 the true one."""
    told = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
    if length is not None:
        told["Content-Length"] = str(len(body) if length < 0 else length)
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def json_answer(rows: int, *, variable: str = "a") -> bytes:
    """Return a body of so many rows of one IRI."""
    bindings = ",".join(f'{{"{variable}":{{"type":"uri","value":"urn:{number}"}}}}' for number in range(rows))
    return f'{{"head":{{"vars":["{variable}"]}},"results":{{"bindings":[{bindings}]}}}}'.encode()


@contextmanager
def loopback(reply: Callable[[int, Asked], Reply]) -> Iterator[Loopback]:
    """Serve for the time of a `with` block; `reply` is given the number of the request, from 0, and the request.

    Every answer closes its connection, so that what is not told is not kept open.
    """
    listening = socket.create_server(("127.0.0.1", 0), backlog=16)
    here = Loopback(listening.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                asked = _read(connection)
                if asked is None:
                    continue
                here.asked.append(asked)
                given = reply(len(here.asked) - 1, asked)
                try:
                    if callable(given):
                        given(connection)
                    else:
                        connection.sendall(given)
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        here.closing.close()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(timeout=10)


def _read(connection: socket.socket) -> Asked | None:
    content = b""
    while b"\r\n\r\n" not in content:
        part = connection.recv(65536)
        if not part:
            return None
        content += part
    head, _, body = content.partition(b"\r\n\r\n")
    line, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    return Asked(line, headers, {name: values[0] for name, values in parse_qs(body.decode()).items()})
