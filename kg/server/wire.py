"""Frames between the pool and a worker: four bytes of length, a head of JSON, and so many bytes as the head says."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.server.jobs import Job, Limits

if TYPE_CHECKING:
    import asyncio

__all__ = ["read_frame", "receive_frame", "to_frame", "to_request", "to_task"]

_LENGTH = struct.Struct(">I")


def to_frame(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    """Return a frame."""
    raw = json.dumps({**head, "bytes": len(body)}).encode()
    return _LENGTH.pack(len(raw)) + raw + body


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Read a frame from a pipe, waiting for it; None where the other end has closed."""
    start = stream.read(_LENGTH.size)
    if len(start) < _LENGTH.size:
        return None
    head: dict[str, Any] = json.loads(stream.read(_LENGTH.unpack(start)[0]))
    return head, stream.read(head["bytes"])


async def receive_frame(stream: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    """Read a frame; raises `asyncio.IncompleteReadError` where the other end closes before its end."""
    start = await stream.readexactly(_LENGTH.size)
    head: dict[str, Any] = json.loads(await stream.readexactly(_LENGTH.unpack(start)[0]))
    return head, await stream.readexactly(head["bytes"])


def to_request(job: Job, limits: Limits) -> bytes:
    """Return the frame that asks a worker to answer."""
    asked = {"text": job.text, "kind": job.kind, "bindings": dict(job.bindings)}
    dataset = {"default_graphs": job.default_graphs, "named_graphs": job.named_graphs}
    return to_frame({"job": {**asked, **dataset}, "limits": _values(limits)})


_values = lru_cache(maxsize=8)(asdict)


def to_task(head: Mapping[str, Any]) -> tuple[Job, Limits]:
    """Return what a request asks for."""
    job, limits = head["job"], head["limits"]
    bindings = {name: value if isinstance(value, str) else tuple(value) for name, value in job["bindings"].items()}
    default, named = tuple(job["default_graphs"]), tuple(job["named_graphs"])
    return Job(job["text"], job["kind"], bindings, default, named), Limits(**limits)
