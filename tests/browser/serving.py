"""An application on loopback, and the pages of a visitor who may go nowhere else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from playwright.sync_api import Browser, Page
from starlette.types import ASGIApp

Visit = Callable[..., Page]
"""Opens a path of the application, in a context with the options given."""


@contextmanager
def served(application: ASGIApp) -> Iterator[str]:
    """Serve on a free port of loopback for the time of a `with` block; gives the address, without a slash at its end."""
    server = uvicorn.Server(
        uvicorn.Config(application, port=0, loop="asyncio", log_level="error", timeout_graceful_shutdown=1)
    )
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started and running.is_alive():
        running.join(0.02)
    assert server.started
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    running.join(10)


@contextmanager
def visitor(browser: Browser, address: str) -> Iterator[Visit]:
    """Open pages of an application; a request to anywhere else, or a complaint of the browser, is an error at the end."""
    asked: list[str] = []
    complaints: list[str] = []
    contexts = []

    def visit(path: str, **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}, **options})
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(f"{address}{path}")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert [each for each in asked if not each.startswith(address)] == []
    assert [each for each in complaints if "Failed to load resource" not in each] == []
