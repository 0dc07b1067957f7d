"""A small store on disk, a pool on it and a client of its endpoint, for the tests of the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import httpx2 as httpx
from starlette.types import ASGIApp

from kg.store import make_quad, open_store

BASE = "http://example.org/"
GRAPHS = ("g0", "g1", "g2")
MONSTER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
"""A product that no machine finishes."""
GLUTTON = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?f ?c"
"""A sort of millions of rows."""


def name(local: str) -> str:
    return BASE + local


def build(folder: Path, *, graphs: Iterable[str] = GRAPHS, things: int = 100) -> Path:
    """Write a store where each graph says of itself that it is a Document, and g0 numbers its things."""
    store = open_store(folder, read_only=False)
    a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    store.extend(make_quad(name(each), a, name("Document"), name(each)) for each in graphs)
    store.extend(
        make_quad(name(f"n{i:04}"), name("word"), f'ord "{i}", {{}},{{ö', name("g0"), language="sv")
        for i in range(things)
    )
    store.close()
    return folder


def client(app: ASGIApp, *, host: str = "127.0.0.1") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(host, 1)), base_url="http://kg.example")


async def until(true: Callable[[], object], seconds: float = 20) -> None:
    """Wait for an event that must come; fail where it does not."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.005)
