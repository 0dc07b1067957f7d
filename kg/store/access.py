"""Whom an endpoint may be, who asks it, and how much it may cost: address, credentials and limits."""

from __future__ import annotations

import ipaddress
import netrc
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from kg.errors import EndpointError, QueryError

__all__ = ["Address", "Credentials", "Limits", "find_credentials", "limits_of", "read_address"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an endpoint may take and how much it may say.

    Seconds to connect, between two parts of an answer, and for a whole answer with its retries; bytes and rows of one
    answer; how many times a request is sent at most.
    """

    connect: float = 10.0
    silence: float = 120.0
    seconds: float = 900.0
    megabytes: float = 2000.0
    rows: int = 10_000_000
    tries: int = 4


def limits_of(given: Mapping[str, str]) -> Limits:
    """Return limits from words such as `seconds=60`; raises `QueryError` for one that is not known or no number.

    >>> limits_of({"seconds": "60"}).seconds, limits_of({}).tries
    (60.0, 4)
    """
    known = {each.name: type(getattr(Limits(), each.name)) for each in fields(Limits)}
    values: dict[str, Any] = {}
    for name, text in given.items():
        if name not in known:
            raise QueryError(f"--endpoint {name}: expected one of {', '.join(known)}")
        try:
            values[name] = known[name](text)
        except ValueError:
            values[name] = 0
        if not 0 < values[name] < float("inf"):
            raise QueryError(f"--endpoint {name}={text}: expected a number above nought")
    return Limits(**values)


@dataclass(frozen=True, slots=True)
class Address:
    """Where an endpoint is: `target` is path and query, as it is sent; `shown` is what may be printed."""

    secure: bool
    host: str
    port: int
    target: str

    @property
    def shown(self) -> str:
        """The address without what may be a key."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}{self.target.partition('?')[0]}"

    @property
    def near(self) -> bool:
        """Whether the endpoint is on this machine."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a token; neither is shown when they are printed."""

    user: str = ""
    password: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return "Credentials(…)"


def read_address(location: str, *, insecure: bool = False) -> Address:
    """Return the parts of an address; raises `EndpointError` for one that may not be asked.

    Plain http is for this machine alone, unless `insecure`; names and passwords never stand in an address, and the
    error does not repeat them.
    """
    try:
        parts = urlsplit(location)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise EndpointError("the address of the endpoint cannot be read; write https://host/path") from None
    if not host or any(character.isspace() or character < " " for character in location):
        raise EndpointError("the address of the endpoint cannot be read; write https://host/path")
    if parts.username is not None or parts.password is not None:
        raise EndpointError(
            f"a name and password stand in the address of {host}; leave them out and set FOREBYGG_ENDPOINT_USER and "
            "FOREBYGG_ENDPOINT_PASSWORD, or use netrc"
        )
    secure = parts.scheme.lower() == "https"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not target.isascii():
        raise EndpointError(f"the address of the endpoint at {host} has letters that must be percent-encoded")
    address = Address(secure, host, port or (443 if secure else 80), target)
    if not secure and not address.near and not insecure:
        raise EndpointError(
            f"{address.shown} is plain http to another machine, where anyone on the way can read and change the "
            "answers; use https, or say --insecure-http"
        )
    return address


def find_credentials(address: Address) -> Credentials | None:
    """Return the credentials of the environment, else those that netrc has for this host, else None.

    `FOREBYGG_ENDPOINT_TOKEN` is a bearer token; `FOREBYGG_ENDPOINT_USER` and `FOREBYGG_ENDPOINT_PASSWORD` a login. The
    default entry of netrc is for no particular host and is not sent. Raises `EndpointError` where netrc is broken.
    """
    if token := os.environ.get("FOREBYGG_ENDPOINT_TOKEN"):
        return Credentials(token=token)
    if user := os.environ.get("FOREBYGG_ENDPOINT_USER"):
        return Credentials(user, os.environ.get("FOREBYGG_ENDPOINT_PASSWORD", ""))
    try:
        entries = netrc.netrc(os.environ.get("NETRC") or None).hosts
    except FileNotFoundError:
        return None
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError):
        raise EndpointError("the file netrc cannot be read; mend it, or set FOREBYGG_ENDPOINT_USER") from None
    if address.host not in entries:
        return None
    user, _, password = entries[address.host]
    return Credentials(user, password or "")
