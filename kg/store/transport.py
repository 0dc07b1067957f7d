"""HTTP to one endpoint: bounded, with retries of what may be sent twice, and nothing short taken for whole.

urllib3 sends and reads. No compression is asked for, so that what arrives is what is counted.
"""

from __future__ import annotations

import contextlib
import http.client
import logging
import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode, urljoin

from kg.errors import EndpointError, needing
from kg.store.access import Address, Credentials, Limits, read_address
from kg.store.login import Login

with needing("endpoint"):
    from urllib3 import HTTPResponse
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.exceptions import HTTPError

__all__ = ["Body", "Transport"]

logging.getLogger("urllib3").setLevel(logging.CRITICAL)  # it would print addresses, with what may be a key in them

BUSY = frozenset({429, 502, 503, 504})
MOVED = frozenset({301, 302, 307, 308})
LONGEST_PAUSE = 30.0
CHUNK = 65536
NETWORK = (HTTPError, http.client.HTTPException, OSError)
"""What urllib3 and the system raise; an `EndpointError` is an `OSError` too and is passed on first."""
FINAL = (TimeoutError, ssl.SSLError)
"""What is not tried again: an endpoint that is slow would only be asked twice, and a wrong certificate stays wrong."""


class Body:
    """The body of an answer, read as a file: never more than the limit, and an error where it breaks off."""

    def __init__(self, response: HTTPResponse, most: float, ended: Callable[[bool], None], told: str) -> None:
        self._response, self._left, self._ended, self._told = response, most, ended, told
        self._chunk, self._at, self._open = b"", 0, True
        self.headers: Mapping[str, str] = response.headers
        self.whole = False

    @property
    def kind(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def framed(self) -> bool:
        """Whether the answer tells its own end, so that one that breaks off is seen whatever its format."""
        return "Content-Length" in self.headers or "chunked" in self.headers.get("Transfer-Encoding", "").lower()

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes, all that is left for -1, b"" at the end."""
        if size < 0:
            parts = []
            while part := self.read(CHUNK):
                parts.append(part)
            return b"".join(parts)
        if self._at >= len(self._chunk):
            self._chunk, self._at = self._next(), 0
        part = self._chunk[self._at : self._at + size]
        self._at += len(part)
        return part

    def _next(self) -> bytes:
        if self.whole:
            return b""
        try:
            chunk = self._response.read(CHUNK)
        except NETWORK as error:
            self.close()
            raise EndpointError(f"the answer of {self._told} broke off: {_reason(error)}; nothing is used") from error
        if not chunk:
            self.whole = True
            self.close()
        self._left -= len(chunk)
        if self._left < 0:
            self.close()
            raise EndpointError(
                f"the answer of {self._told} is larger than the limit; raise it with --endpoint megabytes=N"
            )
        return chunk

    def close(self) -> None:
        """Let go of the answer; the connection is kept where the answer was read to its end."""
        if self._open:
            self._open = False
            self._ended(self.whole)


class Transport:
    """Requests to one endpoint, over a connection that is kept between them."""

    def __init__(
        self,
        address: Address,
        credentials: Credentials | None = None,
        limits: Limits | None = None,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.address, self.limits = address, limits or Limits()
        self._login, self._pause = Login(credentials), pause
        self._idle: list[HTTPConnection] = []
        self._target = address.target

    def post(self, form: Mapping[str, str], *, accept: str, again: bool = True) -> Body:
        """Send a form and return the body of the answer; sent once more only where nothing was answered, or "later".

        `again` is false for what may not be sent twice. Raises `EndpointError` for every answer but a good one.
        """
        sent = urlencode(form).encode("ascii")
        ends = time.monotonic() + self.limits.seconds
        hops, logins = 0, 0
        for attempt in range(self.limits.tries + 4):
            last = not again or attempt + 1 >= self.limits.tries + hops
            try:
                response, ended = self._once(sent, accept, ends)
            except EndpointError:
                raise
            except NETWORK as error:
                if isinstance(error, FINAL) or time.monotonic() >= ends or last:
                    raise EndpointError(f"{self.address.shown} gave no answer: {_reason(error)}") from error
                self._wait(attempt, "", ends)
                continue
            moved = response.status in MOVED and hops < 3
            wanted = response.status == 401 and logins < 2 and self._login.challenged(response.headers)
            busy = response.status in BUSY and not last
            if not (moved or wanted or busy):
                return self._checked(response, ended)
            ended(False)
            if busy:
                self._wait(attempt, response.headers.get("Retry-After", ""), ends)
                continue
            if moved:
                self._move(response.headers.get("Location", ""))
            logins += wanted
            hops += 1
        raise EndpointError(f"{self.address.shown} sends on in a circle")

    def close(self) -> None:
        """Close the connections that are kept."""
        while self._idle:
            self._idle.pop().close()

    def __del__(self) -> None:
        self.close()

    def _once(self, sent: bytes, accept: str, ends: float) -> tuple[HTTPResponse, Callable[[bool], None]]:
        """Send once; a watch cuts the connection at the end of the time, however slowly an answer drips."""
        connection = self._idle.pop() if self._idle else self._connection()
        cut, answered = threading.Event(), contextlib.ExitStack()

        def expire() -> None:
            cut.set()
            held = getattr(connection, "sock", None)
            if held is not None:
                with contextlib.suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)

        watch = threading.Timer(max(ends - time.monotonic(), 0.001), expire)
        watch.daemon = True
        watch.start()

        def ended(keep: bool) -> None:
            watch.cancel()
            kept = keep and not cut.is_set() and connection.is_connected
            if kept:
                self._idle.append(connection)
            else:
                answered.close()
                connection.close()
            if cut.is_set():
                raise EndpointError(
                    f"{self.address.shown} took longer than {self.limits.seconds:g} seconds; raise it with "
                    "--endpoint seconds=N"
                )

        try:
            if not connection.is_connected:
                connection.close()
                connection.timeout = self.limits.connect
                connection.connect()
            connection.timeout = self.limits.silence
            if connection.sock is not None:
                connection.sock.settimeout(self.limits.silence)
            headers = {
                "Accept": accept,
                "Accept-Encoding": "identity",
                "Content-Type": "application/x-www-form-urlencoded",
                "User-Agent": "forebygg",
                **self._login.headers("POST", self._target),
            }
            connection.request("POST", self._target, sent, headers, preload_content=False, decode_content=False)
            response = connection.getresponse()
        except BaseException:
            ended(False)
            raise
        answered.callback(response.close)
        return response, ended

    def _connection(self) -> HTTPConnection:
        if self.address.secure:
            return HTTPSConnection(self.address.host, self.address.port, ssl_context=ssl.create_default_context())
        return HTTPConnection(self.address.host, self.address.port)

    def _move(self, location: str) -> None:
        """Take a redirect within the same scheme, host and port; raises `EndpointError` for any other."""
        try:
            there = read_address(urljoin(self.address.shown, location), insecure=True)
        except EndpointError:
            there = None
        here = self.address
        if (
            not location
            or there is None
            or (there.secure, there.host, there.port) != (here.secure, here.host, here.port)
        ):
            raise EndpointError(
                f"{here.shown} sends on to {there.shown if there else 'another address'}, which is not followed; give "
                "that address yourself if it is right"
            )
        self._target = there.target

    def _wait(self, attempt: int, after: str, ends: float) -> None:
        """Pause before sending again: as the endpoint says, else twice as long each time, with some chance."""
        asked = float(after) if after.isdecimal() else 0.0
        if asked > LONGEST_PAUSE:
            raise EndpointError(f"{self.address.shown} is busy and asks to come back in {asked:g} seconds")
        pause = asked or min(0.25 * 2**attempt, LONGEST_PAUSE) * random.uniform(0.5, 1.0)  # noqa: S311  no secret
        if time.monotonic() + pause >= ends:
            raise EndpointError(f"{self.address.shown} is busy; more time is given with --endpoint seconds=N")
        self._pause(pause)

    def _checked(self, response: HTTPResponse, ended: Callable[[bool], None]) -> Body:
        """Return the body of a good answer; raises `EndpointError` for a failure, or an answer that is only a part."""
        shown, headers = self.address.shown, response.headers
        body = Body(response, self.limits.megabytes * 1e6, ended, shown)
        if 200 <= response.status < 300:
            if headers.get("Content-Encoding", "identity").lower() != "identity":
                body.close()
                raise EndpointError(f"{shown} answers compressed, which was not asked for")
            if response.status == 206 or headers.get("X-SQL-State"):
                body.close()
                raise EndpointError(f"{shown} answers only in part, for want of time; raise its limit on time")
            if headers.get("X-SPARQL-MaxRows"):
                body.close()
                raise EndpointError(
                    f"{shown} cuts its answers at {_line(headers['X-SPARQL-MaxRows'], 12)} rows and has reached that; "
                    "raise ResultSetMaxRows in virtuoso.ini"
                )
            return body
        said = ""
        with contextlib.suppress(EndpointError):
            said = _line(body.read(2000).decode("utf-8", "replace")) if "html" not in body.kind else ""
        body.close()
        if response.status in {401, 403}:
            what = (
                "set FOREBYGG_ENDPOINT_USER and FOREBYGG_ENDPOINT_PASSWORD"
                if not self._login.known
                else "see its rights"
            )
            raise EndpointError(f"{shown} refuses ({response.status}); {what}")
        raise EndpointError(f"{shown} fails with {response.status}{': ' if said else ''}{said}")


def _line(text: str, limit: int = 200) -> str:
    """Return the first line of a text that an endpoint wrote, without control characters."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return "".join(character for character in first if character.isprintable())[:limit]


def _reason(error: BaseException) -> str:
    return _line(str(error)) or type(error).__name__
