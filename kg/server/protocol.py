"""The SPARQL 1.1 Protocol, query operation: a request becomes a job, or is refused with its status and a sentence.

Pure: nothing here reads a socket. An update is refused whichever way it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.server.errors import RequestRefused
from kg.server.forms import form_of
from kg.server.jobs import GRAPH_KINDS, Job
from kg.server.negotiation import GRAPHS, NAMES, RESULTS, choose

__all__ = ["ALLOW", "LARGEST_ADDRESS", "LARGEST_BODY", "Asked", "read_request"]

LARGEST_ADDRESS = 16_000
"""Bytes of the longest query string; a longer query is sent by POST."""

LARGEST_BODY = 1_000_000
"""Bytes of the largest body of a POST."""

ALLOW = "GET, HEAD, POST, OPTIONS"

_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_UPDATES = {"update", "using-graph-uri", "using-named-graph-uri"}


@dataclass(frozen=True, slots=True)
class Asked:
    """An understood request: a job and the content type of its answer; without a job, the service description."""

    job: Job | None
    kind: str
    media: str


def _fields(raw: str, where: str) -> list[tuple[str, str]]:
    """Return the fields of a query string or form; raises `RequestRefused` for text that is not UTF-8."""
    try:
        return parse_qsl(raw, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise RequestRefused(400, f"{where} is not UTF-8") from error
    except ValueError as error:
        raise RequestRefused(400, f"{where} has more than 1000 fields") from error


def _content_type(header: str) -> tuple[str, str]:
    """Return the media type of a body, in small letters, and its charset."""
    media, *parameters = (each.strip() for each in header.split(";"))
    named = (each.partition("=") for each in parameters)
    charset = next((value.strip('" ') for name, _, value in named if name.strip().lower() == "charset"), "utf-8")
    return media.lower(), charset.lower()


def _body_fields(content_type: str, body: bytes) -> list[tuple[str, str]]:
    """Return the fields of a POST; raises `RequestRefused` for any way of sending but the two of the protocol."""
    if len(body) > LARGEST_BODY:
        raise RequestRefused(413, f"a query may have {LARGEST_BODY} bytes at most")
    media, charset = _content_type(content_type)
    if media == _UPDATE:
        raise RequestRefused(403, "this endpoint answers queries; it takes no updates")
    if media not in {_FORM, _DIRECT}:
        found = f"{media!r}" if media else "none"
        raise RequestRefused(415, f"send the query as {_DIRECT}, or as the field query of a {_FORM}; found {found}")
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise RequestRefused(415, f"send the query as UTF-8; found {charset}")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RequestRefused(400, f"the body is not UTF-8 (byte {error.start})") from error
    return _fields(text, "the form") if media == _FORM else [("query", text)]


def read_request(method: str, query_string: str, headers: Mapping[str, str], body: bytes = b"") -> Asked:
    """Return what a request asks for; `headers` in small letters.

    Raises `RequestRefused`: 400 for a request without sense, 403 for an update, 405 for another method, 406 where no
    type is accepted, 413 and 414 for one too long, 415 for a body of another type.
    """
    if method not in {"GET", "HEAD", "POST"}:
        raise RequestRefused(405, f"{method} is no way to ask; use GET or POST", allow=ALLOW)
    if len(query_string) > LARGEST_ADDRESS:
        raise RequestRefused(414, f"an address may have {LARGEST_ADDRESS} bytes after its ?; send the query by POST")
    fields = _fields(query_string, "the address")
    if method == "POST":
        in_address = {name for name, _ in fields}
        if in_address & {"query", "update"}:
            raise RequestRefused(400, "with POST the query stands in the body, not in the address")
        fields += _body_fields(headers.get("content-type", ""), body)
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if _UPDATES & values.keys():
        raise RequestRefused(403, "this endpoint answers queries; it takes no updates")
    return _asked(values, headers.get("accept", ""), described=method != "POST")


def _asked(values: Mapping[str, list[str]], accept: str, *, described: bool) -> Asked:
    queries, formats = values.get("query", []), values.get("format", [])
    if len(queries) > 1 or len(formats) > 1:
        raise RequestRefused(400, f"{'query' if len(queries) > 1 else 'format'} is given more than once")
    if not queries and not described:
        raise RequestRefused(400, "the field query is missing")
    form = form_of(queries[0]) if queries else ""
    is_graph = not queries or form in {"CONSTRUCT", "DESCRIBE"}
    offered = GRAPHS if is_graph else RESULTS
    kind = _kind(formats[0], is_graph=is_graph) if formats else choose(accept, offered)
    if kind is None:
        what = "triples are" if is_graph else "rows are"
        known = ", ".join(medias[0] for medias in offered.values())
        raise RequestRefused(406, f"the header Accept takes nothing that {what} written as: {known}")
    if not queries:
        return Asked(None, kind, offered[kind][0])
    dataset = (tuple(values.get(name, ())) for name in ("default-graph-uri", "named-graph-uri"))
    return Asked(Job(queries[0], kind, {}, *dataset), kind, offered[kind][0])


def _kind(name: str, *, is_graph: bool) -> str | None:
    """Return the kind that `format` names, by its own name, another name or a media type; None for an unfit one."""
    offered = GRAPHS if is_graph else RESULTS
    said = name.strip().lower()
    wanted = NAMES.get(said, said)
    if is_graph and wanted == "json":
        wanted = "jsonld"
    if wanted in offered:
        return wanted
    by_media = {media: kind for kind, medias in offered.items() for media in medias}
    if said in by_media:
        return by_media[said]
    if wanted in {*GRAPH_KINDS, *RESULTS}:
        return None
    raise RequestRefused(400, f"unknown format {name!r}; expected one of {', '.join(offered)}")
