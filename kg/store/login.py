"""How a login is told to an endpoint: as a token, a name and password, or the digest that Virtuoso asks of writers."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.request import HTTPDigestAuthHandler, HTTPPasswordMgr, Request, parse_http_list, parse_keqv_list

from kg.errors import EndpointError
from kg.store.access import Credentials

__all__ = ["Login"]


class Login:
    """What an endpoint is told of who asks, in the way that it wants."""

    def __init__(self, credentials: Credentials | None) -> None:
        self._credentials, self._challenge, self._bare = credentials, "", False

    @property
    def known(self) -> bool:
        """Whether there is a login to tell."""
        return self._credentials is not None

    def headers(self, method: str, target: str) -> dict[str, str]:
        """Return the headers that tell it; raises `EndpointError` for a challenge that is not understood."""
        held = self._credentials
        if held is None:
            return {}
        if held.token:
            return {"Authorization": f"Bearer {held.token}"}
        if self._challenge:
            return {"Authorization": _digest(self._challenge, method, target, held)}
        if self._bare:
            return {}
        pair = base64.b64encode(f"{held.user}:{held.password}".encode()).decode("ascii")
        return {"Authorization": f"Basic {pair}"}

    def challenged(self, headers: Mapping[str, str]) -> bool:
        """Whether to ask again after a refusal: with a digest if wanted, bare if it was not said what is wanted."""
        challenge = headers.get("WWW-Authenticate", "")
        if not self._credentials or self._credentials.token:
            return False
        if challenge.lower().startswith("digest "):
            self._challenge = challenge
            return True
        silent, self._bare = not challenge and not self._bare, True
        return silent


class _Passwords(HTTPPasswordMgr):
    """One login, whatever realm and address are named."""

    def __init__(self, credentials: Credentials) -> None:
        super().__init__()
        self._login = credentials.user, credentials.password

    def find_user_password(self, realm: str, authuri: str) -> tuple[str | None, str | None]:
        return self._login


def _digest(challenge: str, method: str, target: str, credentials: Credentials) -> str:
    """Return the answer to a challenge, which the standard library computes."""
    handler = HTTPDigestAuthHandler(_Passwords(credentials))
    request = Request(f"http://localhost{target}", method=method)
    try:
        asked = parse_keqv_list([part for part in parse_http_list(challenge.partition(" ")[2]) if part])
        answer = handler.get_authorization(request, asked)
    except (ValueError, IndexError, OSError) as error:
        raise EndpointError("the endpoint asks for a login in a way that is not understood") from error
    if not answer:
        raise EndpointError("the endpoint asks for a login in a way that is not understood")
    return f"Digest {answer}"
