"""The answer to a digest challenge of HTTP, as Virtuoso asks of those who write; the standard library computes it."""

from __future__ import annotations

from urllib.request import HTTPDigestAuthHandler, HTTPPasswordMgr, Request, parse_http_list, parse_keqv_list

from kg.errors import EndpointError

__all__ = ["digest_answer"]


class _Login(HTTPPasswordMgr):
    """One login, whatever realm and address are named."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__()
        self._login = user, password

    def find_user_password(self, realm: str, authuri: str) -> tuple[str | None, str | None]:
        return self._login


def digest_answer(challenge: str, method: str, target: str, user: str, password: str) -> str:
    """Return what `Authorization` answers to a challenge; raises `EndpointError` for one that is not understood."""
    handler = HTTPDigestAuthHandler(_Login(user, password))
    request = Request(f"http://localhost{target}", method=method)
    try:
        asked = parse_keqv_list([part for part in parse_http_list(challenge.partition(" ")[2]) if part])
        answer = handler.get_authorization(request, asked)
    except (ValueError, IndexError, OSError) as error:
        raise EndpointError("the endpoint asks for a login in a way that is not understood") from error
    if not answer:
        raise EndpointError("the endpoint asks for a login in a way that is not understood")
    return f"Digest {answer}"
